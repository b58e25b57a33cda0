//! Logs in the workbench: what of them is asked for, counted, shown and tried.

use super::replay::number;
use super::{Text, Words, words};

/// Heads the pane.
#[must_use]
pub fn title(logs: &str) -> Text {
    (format!("Logs: {logs}"), format!("ログ: {logs}")).into()
}

/// Heads the requests of a count.
#[must_use]
pub fn title_of(what: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("Logs: requests, {}", what.say(lang)),
        super::Lang::Japanese => format!("ログ: リクエスト ({})", what.say(lang)),
    })
}

/// The names of several logs: the first, and how many more.
#[must_use]
pub fn names(first: &str, more: usize) -> Text {
    if more == 0 {
        return Text::verbatim(first);
    }
    (format!("{first} and {more} more"), format!("{first} ほか {more} 個")).into()
}

/// Asks for logs.
pub const ASK: Words = words("Logs to hold against the policy", "ポリシーと照合するログ");
/// What can be typed there.
pub const ASK_HELP: Words = words(
    "files of AWS Network Firewall, Suricata, Squid or CSV, also .gz and .zst; several with blanks between, names with blanks in \"quotes\"",
    "AWS Network Firewall、Suricata、Squid、CSV のファイル (.gz、.zst も可)。複数は空白で区切り、空白を含む名前は \"引用符\" で囲みます",
);
/// Nothing was typed there.
pub const NO_LOG: Words =
    words("no log: type the name of a file", "ログがありません。ファイル名を入力してください");
/// No name of a file begins like this.
pub const NOTHING_BEGINS_LIKE_THIS: Words =
    words("no file or folder begins like this", "この名前で始まるファイルやフォルダーはありません");

/// A log that cannot be read.
#[must_use]
pub fn cannot_read(file: &str, why: &Text) -> Text {
    Text::made(|lang| format!("{file}: {}", why.say(lang)))
}

/// How many more names there are.
#[must_use]
pub fn more_names(more: usize) -> Text {
    (format!("and {more} more"), format!("ほか {more} 個")).into()
}

/// It has begun.
pub const BEGUN: Words = words("reading the logs…", "ログを読み込んでいます…");
/// It is being ended.
pub const ENDING: Words = words(
    "ending: what was counted until now is kept",
    "中止しています。ここまでに数えた分は残します",
);
/// It came to its end while the pane was closed.
pub const DONE: Words = words(
    "the logs are counted: `{logs}` shows them",
    "ログを数え終えました。`{logs}` で表示します",
);
/// The policy is another one since.
pub const STALE: Words = words(
    "stale: the policy was edited since; `{replay-again}` reads the logs again",
    "古い結果です。数えた後にポリシーが編集されました。`{replay-again}` で読み込み直します",
);
/// What is shown was counted before; it is being counted again.
pub const OF_BEFORE: Words = words(
    "below stands what was counted before, until the logs are read",
    "読み込みが終わるまで、下には前回の結果を表示します",
);
/// Nothing is told of them yet.
pub const NOTHING_YET: Words = words("nothing is counted yet", "まだ何も数えていません");
/// There is no request in them.
pub const NO_REQUESTS: Words =
    words("there is no request in these logs", "これらのログにリクエストはありません");
/// A count: lines that cannot be used.
pub const UNREADABLE: Words = words("unreadable", "読めない行");
/// Those lines, as a heading.
pub const UNREADABLE_LINES: Words = words("lines that cannot be used", "使えない行");
/// What is blocked now, or was.
pub const BLOCKED: Words = words("blocked, now or in the log", "現在またはログで止まったもの");

/// One that comes to so many requests, as a name: what they become.
#[must_use]
pub fn becomes(before: Words, after: Words) -> Text {
    Text::made(|lang| format!("{} → {}", before.say(lang), after.say(lang)))
}

/// Opens the rest of a part.
#[must_use]
pub fn and_more(n: usize) -> Text {
    (format!("and {n} more…"), format!("ほか {n} 件…")).into()
}

/// More than are shown.
#[must_use]
pub fn not_shown(n: usize) -> Text {
    let n = number(n as u64);
    (
        format!("{n} more are not shown: `sekisho replay --top` lists them"),
        format!("ほか {n} 件は表示しません。`sekisho replay --top` で一覧できます"),
    )
        .into()
}

/// A count in full: how many requests, and what becomes of how many.
#[must_use]
pub fn in_full(requests: u64, fates: &[(Words, u64)]) -> Text {
    Text::made(|lang| {
        let parts: Vec<String> =
            fates.iter().map(|(word, n)| format!("{} {}", word.say(lang), number(*n))).collect();
        let (all, parts) = (number(requests), parts.join(", "));
        match lang {
            super::Lang::English if requests == 1 => format!("1 request: {parts}"),
            super::Lang::English => format!("{all} requests: {parts}"),
            super::Lang::Japanese => format!("リクエスト {all} 件: {parts}"),
        }
    })
}

/// How many of how many requests are listed, and how many were not told apart.
#[must_use]
pub fn listed(shown: usize, different: usize, requests: u64, beyond: u64) -> Text {
    let (few, all) = (number(shown as u64), number(different as u64));
    let times = match requests {
        1 => "asked once".to_owned(),
        n => format!("asked {} times", number(n)),
    };
    let asked = number(requests);
    let (english, japanese) = if shown < different {
        (
            format!("the {few} most frequent of {all} different requests, {times}"),
            format!("異なるリクエスト {all} 件 (計 {asked} 回) のうち多い順に {few} 件"),
        )
    } else if different == 1 {
        (format!("one request, {times}"), format!("リクエスト 1 件 (計 {asked} 回)"))
    } else {
        (
            format!("{all} different requests, {times}"),
            format!("異なるリクエスト {all} 件 (計 {asked} 回)"),
        )
    };
    if beyond == 0 {
        return (english, japanese).into();
    }
    let beyond = number(beyond);
    (
        format!("{english}; {beyond} more were counted and not kept"),
        format!("{japanese}。ほか {beyond} 回は件数だけで、内容は保持していません"),
    )
        .into()
}

/// How many of the unreadable lines are listed.
#[must_use]
pub fn unreadable_listed(shown: usize, all: u64) -> Text {
    let (few, many) = (number(shown as u64), number(all));
    if shown as u64 == all {
        return (
            format!("{many} lines, or parts of lines, that cannot be used"),
            format!("使えない行または行の一部: {many} 件"),
        )
            .into();
    }
    (
        format!("the first {few} of {many} lines, or parts of lines, that cannot be used"),
        format!("使えない行または行の一部 {many} 件のうち最初の {few} 件"),
    )
        .into()
}

/// Heads of the columns of requests.
pub mod column {
    use super::{Words, words};

    /// How often.
    pub const TIMES: Words = words("times", "回数");
    /// Who asked.
    pub const FROM: Words = words("from", "送信元");
    /// For what.
    pub const URL: Words = words("url", "URL");
    /// What becomes of it.
    pub const VERDICT: Words = words("verdict", "判定");
    /// Who decides.
    pub const BY: Words = words("by", "決め手");
}

/// What becomes of a request, and by whom.
#[must_use]
pub fn verdict(fate: Words, by: &Text) -> Text {
    Text::made(|lang| format!("{}: {}", fate.say(lang), by.say(lang)))
}

/// What the log says became of it, and how often.
#[must_use]
pub fn logged(outcomes: &[(Words, u64)]) -> Text {
    Text::made(|lang| {
        let parts: Vec<String> =
            outcomes.iter().map(|(word, n)| format!("{} {}", word.say(lang), number(*n))).collect();
        let parts = parts.join(", ");
        match lang {
            super::Lang::English => format!("the log says: {parts}"),
            super::Lang::Japanese => format!("ログの記録: {parts}"),
        }
    })
}

/// The log does not say what became of it.
pub const NOTHING_LOGGED: Words = words("nothing", "記録なし");

/// Where a request stands first.
#[must_use]
pub fn first_in(place: &str) -> Text {
    (format!("first in {place}"), format!("最初は {place}")).into()
}

/// A request of the log is tried.
#[must_use]
pub fn tried(place: &str) -> Text {
    (
        format!(
            "from {place}: `{{keep-case}}` keeps it as a case, `{{logs}}` goes back to the logs"
        ),
        format!(
            "{place} のリクエスト: `{{keep-case}}` でケースに残し、`{{logs}}` でログへ戻ります"
        ),
    )
        .into()
}

/// The same, where the log leaves something out.
#[must_use]
pub fn tried_without(place: &str, unsaid: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => {
            format!("from {place}, asked as a usual client would: {}", unsaid.say(lang))
        }
        super::Lang::Japanese => {
            format!("{place} のリクエストを通常のクライアントとして試します: {}", unsaid.say(lang))
        }
    })
}

/// The same, where the log tells of the client what no test can ask.
#[must_use]
pub fn tried_otherwise(place: &str, told: &str) -> Text {
    (
        format!("from {place}, asked as a usual client would; the log tells of its client: {told}"),
        format!(
            "{place} のリクエストを通常のクライアントとして試します。ログのクライアント: {told}"
        ),
    )
        .into()
}

/// There is nothing to try in a line that cannot be used.
pub const NOTHING_TO_TRY: Words = words(
    "there is no request in this line: it cannot be used",
    "この行は使えないため、試すリクエストがありません",
);
/// A rule that is not in the policy any more.
pub const NO_SUCH_RULE: Words =
    words("this rule is not in the policy any more", "このルールはもうポリシーにありません");

/// Heads the proposed group.
pub const SUGGESTION: Words = words("Rules made of the logs", "ログから作ったルール");
/// Heads its difference.
pub const TO_THE_POLICY: Words = words("what the edit adds", "この編集で加わる行");
/// It is being made.
pub const SUGGESTING: Words = words(
    "making rules of the logs… (`esc` ends it)",
    "ログからルールを作っています… (`esc` で中止)",
);
/// It was ended.
pub const SUGGESTING_ENDED: Words =
    words("ended: no rules were made", "中止しました。ルールは作っていません");
/// It is there while another view is open.
pub const SUGGESTED: Words = words(
    "rules were made of the logs: `{logs}`, then `{suggest-rules}` shows them",
    "ログからルールを作りました。`{logs}`、続いて `{suggest-rules}` で表示します",
);
/// It was made of another policy.
pub const SUGGESTION_STALE: Words = words(
    "the policy was edited since: read the logs again first",
    "その後ポリシーが編集されました。先にログを読み込み直してください",
);

/// Why something cannot be done with logs now.
pub mod why {
    use super::{Words, words};

    /// Nothing was counted.
    pub const NO_LOGS: Words = words(
        "no log was read: `{logs}` asks for one",
        "ログを読み込んでいません。`{logs}` で指定してください",
    );
    /// It goes on.
    pub const RUNS: Words = words(
        "the logs are being read: `{stop-replay}` ends that",
        "ログを読み込み中です。`{stop-replay}` で中止できます",
    );
    /// Nothing goes on.
    pub const RUNS_NOT: Words = words("no log is being read", "ログを読み込んでいません");
    /// A place for their keys.
    pub const NOT_OPEN: Words =
        words("only while looking at logs: `{logs}`", "ログを見ているときだけ使えます: `{logs}`");
    /// The prompt.
    pub const NOT_ASKED: Words =
        words("only where logs are asked for", "ログを指定するところだけで使えます");
    /// The proposed group.
    pub const NO_SUGGESTION: Words = words(
        "only while looking at rules made of logs",
        "ログから作ったルールを見ているときだけ使えます",
    );
}
