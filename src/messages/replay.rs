//! Logs against a policy, in words.

use super::{Lang, Text, Words, words};

/// A line of no known kind.
#[must_use]
pub fn no_kind() -> Text {
    (
        "no event of a firewall, no line of a proxy's log, no columns with commas",
        "ファイアウォールのイベント、プロキシのログ、カンマ区切りのいずれでもありません",
    )
        .into()
}

/// A line that is too long.
#[must_use]
pub fn too_long(limit: usize) -> Text {
    (
        format!("longer than {limit} bytes: not read"),
        format!("{limit} バイトを超えるため、読み込みませんでした"),
    )
        .into()
}

/// Bytes that are no text.
#[must_use]
pub fn not_text() -> Text {
    ("not UTF-8 text", "UTF-8 のテキストではありません").into()
}

/// Not JSON; `why` is what its reader says.
#[must_use]
pub fn not_json(why: &str) -> Text {
    (format!("not a whole JSON event: {why}"), format!("完全な JSON イベントではありません: {why}"))
        .into()
}

/// A field that is missing.
#[must_use]
pub fn lacks(field: &str) -> Text {
    (format!("lacks `{field}`"), format!("`{field}` がありません")).into()
}

/// A field with a value that it cannot have.
#[must_use]
pub fn bad(field: &str, value: &str) -> Text {
    (format!("`{field}` cannot be `{value}`"), format!("`{field}` に `{value}` は使えません"))
        .into()
}

/// A file, or the rest of one, that cannot be read.
#[must_use]
pub fn not_read(file: &str, why: &str) -> Text {
    (
        format!("{file}: not read to its end: {why}"),
        format!("{file}: 最後まで読めませんでした: {why}"),
    )
        .into()
}

/// A folder, a pipe, a device.
#[must_use]
pub fn no_file() -> Text {
    ("it is no file", "ファイルではありません").into()
}

/// A file that unpacks to far more than a log does.
#[must_use]
pub fn unpacks_too_far() -> Text {
    (
        "it unpacks to more than a thousand times its size: the rest is not read",
        "展開すると元の千倍を超えるため、残りは読み込みませんでした",
    )
        .into()
}

/// What a log does not say, and the verdict hangs on.
#[must_use]
pub fn unsaid_protocol() -> Text {
    (
        "the log does not say which protocol was spoken",
        "ログにはどのプロトコルだったかが記録されていません",
    )
        .into()
}

/// The same of what was said in a protocol that is not modelled.
#[must_use]
pub fn unsaid_other() -> Text {
    (
        "some rule asks for what was said in a protocol that is not modelled",
        "未対応のプロトコルの内容を条件とするルールがあります",
    )
        .into()
}

/// The same of the name.
#[must_use]
pub fn unsaid_name() -> Text {
    (
        "the log does not say which name or path was asked for",
        "ログには要求された名前またはパスが記録されていません",
    )
        .into()
}

/// The same of how the client asked.
#[must_use]
pub fn unsaid_client() -> Text {
    (
        "some rule asks what the log does not say of the client (method, headers, TLS version, case of the name)",
        "ログにないクライアントの情報（メソッド、ヘッダー、TLS バージョン、名前の大文字小文字）を条件とするルールがあります",
    )
        .into()
}

/// The same of who began.
#[must_use]
pub fn unsaid_sides() -> Text {
    (
        "the log does not say which side is the client",
        "ログにはどちらがクライアントかが記録されていません",
    )
        .into()
}

/// A word of a table: what becomes of requests.
pub const PASS: Words = words("pass", "通過");
/// The same.
pub const DROP: Words = words("drop", "ドロップ");
/// The same.
pub const REJECT: Words = words("reject", "拒否");
/// The same.
pub const UNDETERMINED: Words = words("cannot tell", "判断不能");
/// The same.
pub const DEPENDS: Words = words("depends", "宛先次第");

/// A number with its thousands apart.
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// How much was read.
#[must_use]
pub fn read(requests: u64, lines: u64, files: usize) -> Text {
    let (asked, read) = (number(requests), number(lines));
    let (one, of) = (
        if requests == 1 { "request" } else { "requests" },
        if lines == 1 { "line" } else { "lines" },
    );
    let logs = if files == 1 { "log" } else { "logs" };
    (
        format!("{asked} {one} in {read} {of} of {files} {logs}"),
        format!("リクエスト {asked} 件 (ログ {files} 個、{read} 行)"),
    )
        .into()
}

/// It was ended before its end.
#[must_use]
pub fn cancelled() -> Text {
    (
        "ended before the end of the logs: this is what was counted until then",
        "途中で中止しました。それまでに数えた結果です",
    )
        .into()
}

/// How events of one connection are counted.
#[must_use]
pub fn repeated(events: u64) -> Text {
    let events = number(events);
    (
        format!("{events} further events of connections that are counted already: a connection counts once for each name and path it asked for"),
        format!("既に数えた接続のイベントがほかに {events} 件あります。1 つの接続は、要求した名前とパスごとに 1 回だけ数えます"),
    )
        .into()
}

/// Events that may belong to connections counted before.
#[must_use]
pub fn unpaired(events: u64) -> Text {
    let events = number(events);
    (
        format!("there were too many connections to remember: {events} events counted as requests of their own may be further ones of others"),
        format!("接続が多すぎて覚えきれません。別のリクエストとして数えた {events} 件のイベントは、同じ接続のものかもしれません"),
    )
        .into()
}

/// Requests that are counted without being told apart.
#[must_use]
pub fn beyond(requests: u64, rows: u64, unnamed: u64) -> Text {
    let (requests, rows, unnamed) = (number(requests), number(rows), number(unnamed));
    (
        format!("more than {rows} different requests: {requests} are in the sums and not among the examples, {unnamed} of them not among sources and names"),
        format!("異なるリクエストが {rows} 件を超えました。{requests} 件は合計にのみ含まれ、例には出ません。うち {unnamed} 件は送信元と名前の集計にも含まれません"),
    )
        .into()
}

/// Events that are no requests.
#[must_use]
pub fn other(events: u64) -> Text {
    let english = match events {
        1 => "one event that is no request".to_owned(),
        n => format!("{} events that are no requests", number(n)),
    };
    let events = number(events);
    (english, format!("リクエストではないイベント {events} 件")).into()
}

/// Heads the lines that cannot be used.
#[must_use]
pub fn unreadable(lines: u64) -> Text {
    let english = match lines {
        1 => "one line cannot be used".to_owned(),
        n => format!("{} lines cannot be used; the first of them:", number(n)),
    };
    (english, format!("使えない行が {} 行あります:", number(lines))).into()
}

/// Heads those who decide.
pub const DECIDED_BY: Words = words("Decided by", "判定したもの");
/// Heads those who ask.
pub const WHO_ASKS: Words = words("Who asks", "送信元");
/// Heads what is asked for.
pub const WHAT_FOR: Words = words("What is asked for", "宛先");
/// A column: how often.
pub const REQUESTS: Words = words("requests", "件数");

/// How many more a list has.
#[must_use]
pub fn more(n: usize) -> Text {
    (format!("and {n} more"), format!("ほか {n} 件")).into()
}

/// Heads the requests that become something else than what was logged.
#[must_use]
pub fn against_log(changes: u64, of: u64) -> Text {
    let (changes, of) = (number(changes), number(of));
    (
        format!("Against the log: {changes} of {of} requests become something else (of the others the log does not say it, or it cannot be told)"),
        format!("ログとの比較: {of} 件中 {changes} 件の結果が変わります (ほかは、ログに結果がないか、判断できません)"),
    )
        .into()
}

/// Of no request are both known: what became of it by the log, and what would.
#[must_use]
pub fn no_outcomes() -> Text {
    (
        "Against the log: nothing to compare, where it does not say what became of a request, or that cannot be told here",
        "ログとの比較: 比べられるものがありません。ログに結果がないか、ここでは判定できないリクエストだけです",
    )
        .into()
}

/// Heads the requests that become something else than what was logged, in few words.
#[must_use]
pub fn against_log_short(changes: u64, of: u64) -> Text {
    let (changes, of) = (number(changes), number(of));
    (
        format!("Against the log: {changes} of {of} become something else"),
        format!("ログとの比較: {of} 件中 {changes} 件の結果が変わります"),
    )
        .into()
}

/// Heads the requests that become something else than in another policy.
#[must_use]
pub fn against_policy(policy: &str, changes: u64) -> Text {
    let changes = number(changes);
    (
        format!("Against {policy}: {changes} requests become something else"),
        format!("{policy} との比較: {changes} 件の結果が変わります"),
    )
        .into()
}

/// Heads the requests that cannot be told.
#[must_use]
pub fn cannot_tell(requests: u64) -> Text {
    let requests = number(requests);
    (
        format!("Of {requests} requests it cannot be told"),
        format!("判断できないリクエスト: {requests} 件"),
    )
        .into()
}

/// What a request hangs on: the server's address decides between these.
#[must_use]
pub fn hangs_on_address(deciders: &str) -> Text {
    (
        format!("the server's address, which the log does not say: {deciders}"),
        format!("ログにないサーバーのアドレスによります: {deciders}"),
    )
        .into()
}

/// What is not known of rules.
#[must_use]
pub fn hangs_on_rules(rules: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("what is not known of {}", rules.say(lang)),
        Lang::Japanese => format!("{} の分からない条件によります", rules.say(lang)),
    })
}

/// Heads the rules that decided no request; `open`: how many requests cannot be told, which some of them may decide.
#[must_use]
pub fn unused(rules: usize, of: usize, open: u64) -> Text {
    if open == 0 {
        return (
            format!("{rules} of {of} rules decided none of these requests"),
            format!("{of} 個のルールのうち {rules} 個は、どのリクエストも判定しませんでした"),
        )
            .into();
    }
    let open = number(open);
    (
        format!("{rules} of {of} rules decided none of the requests that can be told; they may decide some of the {open} that cannot"),
        format!("{of} 個のルールのうち {rules} 個は、判定できたリクエストのどれも判定しませんでした。判定できない {open} 件は、そのルールによるかもしれません"),
    )
        .into()
}

/// A request as an example, with its line.
#[must_use]
pub fn example(from: &str, url: &str, place: &str, requests: u64) -> Text {
    let times = number(requests);
    (
        format!("{from} → {url}  ({times} times, first in {place})"),
        format!("{from} → {url}  ({times} 回、最初は {place})"),
    )
        .into()
}

/// How far it has come: what of it in hundred, megabytes a second, lines, seconds left; and the key that ends it.
#[must_use]
pub fn progress(
    (percent, left): (Option<u64>, Option<u64>),
    megabytes: f64,
    lines: u64,
    key: &str,
) -> Text {
    let lines = number(lines);
    let percent = percent.map(|percent| format!("{percent:3} %  ")).unwrap_or_default();
    let time = |unit: [&str; 3]| match left {
        None => String::new(),
        Some(left) if left < 90 => format!("  {}", unit[0].replace('#', &left.to_string())),
        Some(left) => format!("  {}", unit[1].replace('#', &(left / 60).to_string())),
    };
    (
        format!(
            "{percent}{megabytes:.1} MB/s  {lines} lines{}  {key} ends",
            time(["# s left", "# min left", ""])
        ),
        format!(
            "{percent}{megabytes:.1} MB/s  {lines} 行{}  {key} で中止",
            time(["残り # 秒", "残り # 分", ""])
        ),
    )
        .into()
}

/// Parts that were counted with other policies.
#[must_use]
pub fn other_policy(part: &str, first: &str) -> Text {
    (
        format!("{part} was counted with another policy than {first}: they cannot be joined"),
        format!("{part} は {first} と異なるポリシーで数えられているため、合わせられません"),
    )
        .into()
}

/// A file is no part.
#[must_use]
pub fn not_a_part(why: &str) -> Text {
    (
        format!("not a part of a replay: {why}"),
        format!("`replay --partial` の出力ではありません: {why}"),
    )
        .into()
}

/// A part of another form.
#[must_use]
pub fn other_form(form: u32, known: u32) -> Text {
    (
        format!(
            "written in form {form}, which this version of sekisho does not read (it reads {known})"
        ),
        format!("形式 {form} で書かれており、この版の sekisho では読めません (読めるのは {known})"),
    )
        .into()
}

/// A part names something that is not in it.
#[must_use]
pub fn broken(what: &str) -> Text {
    let japanese = match what {
        "decision" | "verdict" => "判定",
        "kind" => "行の種類",
        "outcome" => "結果",
        "reason" => "理由",
        "row" => "行",
        "source" => "送信元",
        other => other,
    };
    (
        format!("it names a {what} that it does not hold"),
        format!("存在しない{japanese}を参照しています"),
    )
        .into()
}

/// A part would be written over something else.
#[must_use]
pub fn over_another_file(file: &str) -> Text {
    (
        format!("`{file}` is there already and is no part of a replay: name another file"),
        format!(
            "`{file}` は既にあり、`replay --partial` の出力ではありません。別の名前を指定してください"
        ),
    )
        .into()
}

/// A part would be written over what it is counted of.
#[must_use]
pub fn over_what_is_read(file: &str) -> Text {
    (
        format!("`{file}` is a policy or a log that is read: name another file for `--partial`"),
        format!(
            "`{file}` は読み込むポリシーまたはログです。`--partial` には別の名前を指定してください"
        ),
    )
        .into()
}

/// Only one of several inputs can be standard input.
#[must_use]
pub fn twice_standard_input() -> Text {
    (
        "only one of policy, other policy and logs can be read from standard input",
        "標準入力から読めるのは、ポリシー・比較対象・ログのうち 1 つだけです",
    )
        .into()
}

/// A policy whose name is not known.
pub const OTHER_POLICY: Words = words("the other policy", "比較対象のポリシー");

/// An outcome by its word in JSON: those of policies, and those of logs.
#[must_use]
pub fn outcome_word(word: &str) -> Words {
    match word {
        "pass" => PASS,
        "drop" => DROP,
        "reject" => REJECT,
        "denied" => words("denied by the proxy", "プロキシが拒否"),
        "depends" => DEPENDS,
        _ => UNDETERMINED,
    }
}
