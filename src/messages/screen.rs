//! What the workbench says: titles, heads, sentences, invitations.
#![allow(missing_docs, reason = "each sentence says what it is")]

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

// the edges
pub const PROGRAM: &str = "sekisho";
pub const UNSAVED: &str = " *";
pub const STRICT_ORDER: Words = words("strict order", "厳格な順序");
pub const ACTION_ORDER: Words = words("action order", "アクション順");
pub const TOO_SMALL: Words = words(
    "this terminal is too small: at least 40 columns and 10 lines are needed",
    "端末が小さすぎます。40 桁、10 行以上にしてください",
);
pub const TERMINAL_LOST: Words =
    words("the terminal cannot be read any more", "端末を読み取れなくなりました");
pub const SECOND_OPINION: Words = words("Second opinion", "セカンドオピニオン");
pub const WORK_BROKE: Words = words(
    "work beside the screen broke off, and what is dimmed is not renewed; save, and please report it",
    "裏で行っていた処理が途中で止まり、薄く表示したものは更新されません。保存して、ご報告ください",
);

// panes
pub const RULES: Words = words("Rules", "ルール");
pub const RULE: Words = words("Selected rule", "選択中のルール");
pub const TEST: Words = words("Test", "テスト");
pub const CASES: Words = words("Cases", "ケース");
pub const IF_PUT_DOWN: Words = words("If you put it down here", "ここに置くと");

// invitations
pub const NO_RULES: Words = words(
    "no rules yet: a policy needs a rule group first; `{definitions}` makes one (rule groups, \
     `{add-definition}`), then `{new-rule}` makes rules in it",
    "ルールはまだありません。先にルールグループが要ります。`{definitions}` のルールグループで `{add-definition}` を押すと作れ、`{new-rule}` でルールを作れます",
);
pub const NO_RULES_IN_GROUP: Words =
    words("no rules yet: `{new-rule}`", "ルールはまだありません: `{new-rule}`");
pub const NO_CASES: Words = words(
    "no cases yet: `{type-request}` try a request, `{keep-case}` keep it",
    "ケースはまだありません: `{type-request}` でリクエストを試し、`{keep-case}` で残します",
);
pub const NO_REQUEST: Words = words(
    "who may reach what? `{type-request}` types a source and a URL; the verdict appears while you type",
    "だれがどこへ届くでしょうか。`{type-request}` で送信元と URL を入力すると、打つそばから判定が出ます",
);

// marks and words in lists
/// Columns to the left are not shown.
pub const MORE_LEFT: &str = "‹";
/// Columns to the right are not shown.
pub const MORE_RIGHT: &str = " ›";
pub const SELECTED: &str = "»";
pub const ABOVE: &str = "↑";
pub const BELOW: &str = "↓";
pub const SAME_HERE: &str = "·";
pub const PROBLEM: &str = "!";
pub const FOLDED: &str = "▸";
pub const UNFOLDED: &str = "▾";
pub const DECIDES: Words = words("  ◀ decides", "  ◀ 決め手");
pub const DECIDES_SHORT: &str = " ◀";
pub const OFF: Words = words("off", "無効");
pub const OK: Words = words("ok", "合格");
pub const FAIL: Words = words("FAIL", "不合格");
pub const KEPT_BY_OTHERS: Words = words("kept by others", "ほかで管理");
pub const BY_HAND: Words = words("by hand", "手書き");

/// Heads of the rule list.
pub mod column {
    use super::{Words, words};

    pub const NUMBER: Words = words("#", "#");
    pub const PRIORITY: Words = words("PRIORITY", "優先度");
    pub const ASKED: Words = words("ASKED", "評価順");
    pub const ACTION: Words = words("ACTION", "動作");
    pub const RULE: Words = words("RULE", "ルール");
    pub const FROM: Words = words("FROM", "送信元");
    pub const TO: Words = words("TO", "宛先");
}

// the test
pub const BUT: Words = words("but", "ただし");
pub const SEEN: Words = words("seen", "見える範囲");
pub const LOG: Words = words("log", "ログ");
pub const CLOSEST: Words = words("closest", "惜しい行");
/// Behind [`CLOSEST`]: not known yet.
pub const ROWS_SOUGHT: Words = words("looking through the rows …", "行を調べています …");
pub const NOTE: Words = words("note", "注");
pub const CLIENT: Words = words("client", "クライアント");
pub const FIREWALL: Words = words("firewall", "ファイアウォール");
pub const SERVER: Words = words("server", "サーバー");
pub const KNOWN_AT_FIRST: Words = words("addresses and port only", "アドレスとポートだけ");
pub const HOOK: &str = "└ ";

/// The fields of the test bar.
pub mod field {
    use super::{Words, words};

    pub const FROM: Words = words("from", "送信元");
    pub const URL: Words = words("url", "URL");
    pub const DST: Words = words("dst", "宛先");
    pub const FROM_LIKE: Words =
        words("an address, a network or a source", "アドレス、ネットワーク、または送信元の名前");
    pub const URL_LIKE: &str = "https://api.bank.example";
    pub const DST_LIKE: Words = words("any, or an address", "any またはアドレス");
}

// the selected rule
pub const CONDITION: Words = words("condition", "条件");
pub const WANTED: Words = words("wanted", "求める値");
pub const GOT: Words = words("got", "実際の値");
pub const LOGGED_TOO: Words = words("what it passes is logged too", "通過させたものも記録します");
pub const MANAGED_IS_UNKNOWN: Words = words(
    "its rules are not known: what they could decide is undetermined",
    "中のルールは分かりません。それらが決めうるものは判定不能です",
);
pub const NOT_COMPILED: Words =
    words("nothing is compiled from this rule", "このルールからは何もコンパイルされません");

/// Words in front of what a rule or group says.
pub mod label {
    use super::{Words, words};

    pub const NOTE: Words = words("note", "メモ");
    pub const TICKET: Words = words("ticket", "チケット");
    pub const OWNER: Words = words("owner", "所有者");
    pub const EXPIRES: Words = words("expires", "期限");
    pub const ACCEPT: Words = words("accepted", "受け入れ");
    pub const LOG: Words = words("log", "ログ");
    pub const MANAGED: Words = words("managed", "管理元");
    pub const CAPACITY: Words = words("capacity", "容量");
}

/// When a rule of each type is asked, and how far its action reaches (`docs/suricata.md`, section 1.1).
pub mod kind {
    use super::{Words, words};

    pub const IP_ONLY: Words = words(
        "asked on the first packet each way; its action sticks to the whole flow",
        "各方向の最初のパケットで問われ、アクションはフロー全体に及びます",
    );
    pub const LIKE_IP_ONLY: Words = words(
        "asked on every packet; its action sticks to the whole flow",
        "全パケットで問われ、アクションはフロー全体に及びます",
    );
    pub const PD_ONLY: Words = words(
        "asked once the protocol is recognised; its action sticks to the whole flow",
        "プロトコルが判明した時点で問われ、アクションはフロー全体に及びます",
    );
    pub const DE_ONLY: Words =
        words("asked on packets that cannot be decoded", "デコードできないパケットで問われます");
    pub const PKT: Words = words(
        "asked on every packet; its action is for that packet only",
        "全パケットで問われ、アクションはそのパケットだけに及びます",
    );
    pub const PKT_STREAM: Words = words(
        "asked on packets with data; its action sticks where it matched in a TCP stream",
        "データのあるパケットで問われ、TCP ストリームで一致すればアクションは続きます",
    );
    pub const STREAM: Words = words(
        "asked on the data of a stream; its action sticks to the whole flow",
        "ストリームのデータについて問われ、アクションはフロー全体に及びます",
    );
    pub const APP_LAYER: Words = words(
        "asked on every packet from recognising the protocol on; its action sticks to the whole flow",
        "プロトコルが判明してから全パケットで問われ、アクションはフロー全体に及びます",
    );
    pub const APP_TX: Words = words(
        "asked on the packet that completes what it looks at; its action sticks to the whole flow",
        "見る対象が揃ったパケットで問われ、アクションはフロー全体に及びます",
    );
}

// the carried rule
pub const HOME: Words = words("this is where it was picked up", "持ち上げた場所です");
pub const AT_THE_END: Words =
    words("there is no place beyond this one", "この先に場所はありません");
pub const ORDER_KEPT: Words = words(
    "row order   kept by the engine for this test",
    "行の順序   このテストではエンジンも守ります",
);
pub const ORDER_NOT_KEPT: Words = words(
    "row order   not kept by the engine for this test",
    "行の順序   このテストではエンジンが守りません",
);
pub const ORDER_NOT_KNOWN: Words = words(
    "row order   this test does not tell whether the engine keeps it",
    "行の順序   エンジンが守るかはこのテストでは分かりません",
);
pub const ORDER_SOUGHT: Words = words("row order   …", "行の順序   …");
pub const ORDER_UNTESTED: Words = words(
    "row order   `{type-request}` a request shows whether the engine keeps it",
    "行の順序   エンジンが守るかは `{type-request}` でリクエストを入力すると分かります",
);
pub const ORDER_MEANS_NOTHING: Words = words(
    "action order   where a row stands changes nothing: every pass is asked first, then drop, reject, alert; within one action rules with flowbits, then lower `priority`, then lower sid",
    "アクション順   行の位置では何も変わりません。まず pass、次に drop、reject、alert の順に評価し、同じアクションでは flowbits のあるルール、小さい `priority`、小さい sid の順です",
);

// overlays
pub const KEYS: Words = words("Keys", "キー");
pub const LEAVE: Words = words("Unsaved changes", "未保存の変更");
pub const SAVE_AS: Words = words("Save as", "名前を付けて保存");
pub const KEEP_AS: Words = words("Keep as a case named", "ケースとして残す名前");
pub const USUAL_FILE: &str = "policy.yaml";
pub const FILE_IS_NEW: Words = words(
    "a new file, from the folder the workbench was started in",
    "新しいファイル。起動したフォルダーからの相対パスで書けます",
);
pub const NO_NAME: Words = words(
    "a file needs a name: type one, or `{close}`",
    "ファイル名が要ります。入力するか、`{close}` でやめてください",
);
pub const ESC_AGAIN: Words = words(
    "`{close}` once more throws away what is typed; `{accept}` accepts it",
    "もう一度 `{close}` で入力を破棄します。`{accept}` で確定します",
);
pub const PRIORITY_RANGE: Words = words(
    "a number from 1 to 65535 that no other group has; lower ones are asked first",
    "1 から 65535 までの、ほかのグループにない数。小さい順に問われます",
);
pub const BY_DEFAULT: &str = "default";
pub const BY_STATELESS_DEFAULT: &str = "stateless-default";

/// Names of the fields of the rule form: those of the file.
pub mod form {
    pub const NAME: &str = "name";
    pub const ACTION: &str = "action";
    pub const FROM: &str = "from";
    pub const TO: &str = "to";
    pub const PROTOCOLS: &str = "protocols";
    pub const PORTS: &str = "ports";
    pub const LOG: &str = "log";
    pub const ENABLED: &str = "enabled";
    pub const SID: &str = "sid";
    pub const NOTE: &str = "note";
    pub const TICKET: &str = "ticket";
    pub const OWNER: &str = "owner";
    pub const EXPIRES: &str = "expires";
    pub const ACCEPT: &str = "accept";
    pub const SURICATA: &str = "suricata";
}

/// What a field is like while it is empty.
pub mod like {
    use super::{Words, words};

    pub const NAME: Words =
        words("unique in its group, like bank-api", "グループ内で重ならない名前。例: bank-api");
    pub const ACTION: Words =
        words("pass, drop, reject or alert", "pass、drop、reject、alert のどれか");
    pub const FROM: Words =
        words("any, a source, an address or network", "any、送信元の名前、アドレス、ネットワーク");
    pub const TO: Words = words(
        ".example.com, https://…, list:…, an address, any",
        ".example.com、https://…、list:…、アドレス、any",
    );
    pub const PROTOCOLS: Words = words("what the targets say", "宛先に応じて決まる");
    pub const PORTS: Words =
        words("any, or like 443, 8000-8010", "any、または 443, 8000-8010 の形");
    pub const LOG: Words = words("only what is dropped", "ドロップしたものだけ");
    pub const ENABLED: Words = words("true, or false", "true(または false)");
    pub const SID: Words =
        words("derived from the name; changes with it", "名前から決まり、名前とともに変わる");
    pub const EXPIRES: Words = words("never, or like 2027-03-31", "なし、または 2027-03-31 の形");
    pub const ACCEPT: Words =
        words("nothing, or CODE because REASON", "なし。または CODE because 理由");
}

/// What the form of a new rule begins with.
pub mod new_rule {
    pub const ACTION: &str = "pass";
    pub const FROM: &str = "any";

    /// A hand-written rule that loads and does what it looks like.
    #[must_use]
    pub fn suricata(sid: &str) -> String {
        format!(
            "pass tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; tls.sni; content:\"example.com\"; \
             startswith; nocase; endswith; flow:to_server, established; sid:{sid}; rev:1;)"
        )
    }
}

/// The list of all actions, and the help.
pub mod palette {
    use super::{Text, Words, words};

    pub const TITLE: Words = words("Actions", "操作");
    pub const FIND: Words = words(
        "type to find; a number goes to the rule of that number or sid",
        "入力して探す。数字ならその番号か sid のルールへ",
    );
    pub const FIND_KEY: Words = words("type to find", "入力して探す");
    pub const NONE: Words = words("no action is called like that", "そのような操作はありません");
    pub const GO_TO: Words = words("go to", "ルールへ");
    pub const NO_RULE: Words =
        words("no rule has that number or sid", "その番号や sid のルールはありません");

    /// What the selected action is called in settings, and where it belongs.
    #[must_use]
    pub fn about(name: &str, scope: Words) -> Text {
        Text::made(|lang| format!("{name}   {}", scope.say(lang)))
    }
}

/// The view of differences.
pub mod diff {
    use super::{Text, Words, words};

    pub const POLICY: Words = words("Policy text", "ポリシーの文面");
    pub const RULES: Words = words("Compiled rules", "コンパイル後のルール");
    pub const SAME: Words = words("nothing differs", "違いはありません");
    pub const UNENDED: Words = words("   (no line end)", "   (改行なし)");
    pub const TOO_MANY: Words =
        words("more differs than is shown here", "ここに示すより多くの違いがあります");

    /// Title of the view of what is unsaved.
    #[must_use]
    pub fn unsaved(file: &str) -> Text {
        (format!("Unsaved changes of {file}"), format!("{file} の未保存の変更")).into()
    }

    /// Lines that came and went: `+3 -1`.
    #[must_use]
    pub fn counts(added: usize, removed: usize) -> Text {
        match (added, removed) {
            (0, 0) => ("same", "同じ").into(),
            (added, removed) => Text::verbatim(&format!("+{added} -{removed}")),
        }
    }
}

pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// `unmatched: drop established app layer to server, logged`.
#[must_use]
pub fn unmatched(drop: &str, logged: bool) -> Text {
    let drop = drop.replace('_', " ");
    if logged {
        return (format!("unmatched: {drop}, logged"), format!("不一致: {drop}、記録あり")).into();
    }
    (format!("unmatched: {drop}"), format!("不一致: {drop}")).into()
}

/// The same in short.
#[must_use]
pub fn unmatched_dropped(logged: bool) -> Text {
    if logged {
        return ("unmatched: dropped, logged", "不一致: ドロップ、記録あり").into();
    }
    ("unmatched: dropped", "不一致: ドロップ").into()
}

/// No default action drops.
#[must_use]
pub fn unmatched_passes(logged: bool) -> Text {
    if logged {
        return ("unmatched: passes, logged", "不一致: 通過、記録あり").into();
    }
    ("unmatched: passes", "不一致: 通過").into()
}

/// `92 rules in 10 groups`.
#[must_use]
pub fn counts(rules: usize, groups: usize) -> Text {
    (
        format!("{} in {}", count(rules, "rule", "rules"), count(groups, "group", "groups")),
        format!("{groups} グループ {rules} ルール"),
    )
        .into()
}

/// Something that is being computed anew.
#[must_use]
pub fn stale(what: &Text) -> Text {
    Text::made(|lang| format!("{} …", what.say(lang)))
}

/// The number of problems is being looked for, and there were none before.
pub const PROBLEMS_SOUGHT: Words = words("problems …", "問題 …");

/// `2 problems`.
#[must_use]
pub fn problems(n: usize) -> Text {
    (count(n, "problem", "problems"), format!("問題 {n} 件")).into()
}

/// `12 rules`.
#[must_use]
pub fn rules(n: usize) -> Text {
    (count(n, "rule", "rules"), format!("{n} ルール")).into()
}

/// What a hand-written row of several rules is shown as.
#[must_use]
pub fn by_hand(what: &str, more: usize) -> Text {
    match more {
        0 => (format!("by hand: {what}"), format!("手書き: {what}")).into(),
        _ => {
            (format!("by hand: {what}, and {more} more"), format!("手書き: {what} ほか {more} 件"))
                .into()
        }
    }
}

/// `200 / 4  of payroll`.
#[must_use]
pub fn place(group: &str, priority: u32, position: usize) -> String {
    format!("{group} {priority} / {position}")
}

/// Where a carried rule was and would be.
#[must_use]
pub fn from_place(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}

/// What there is to know of a rule's place.
#[must_use]
pub fn rule_place(group: &str, priority: u32, position: usize, enabled: bool) -> Text {
    let place = place(group, priority, position);
    if enabled {
        return Text::verbatim(&place);
    }
    (format!("{place}   off: not compiled"), format!("{place}   無効: コンパイルされません")).into()
}

/// What there is to know of a group.
#[must_use]
pub fn group(priority: u32, rule_count: usize) -> Text {
    let rules = count(rule_count, "rule", "rules");
    (format!("priority {priority}   {rules}"), format!("優先度 {priority}   {rule_count} ルール"))
        .into()
}

/// Capacity units of a group.
#[must_use]
pub fn capacity(units: usize) -> Text {
    (count(units, "unit", "units"), format!("{units} 単位")).into()
}

/// `from payroll to .bank.example, tls, port 443`; protocols and ports where a rule names some.
#[must_use]
pub fn from_to(from: &str, to: &str, protocols: &str, ports: &str) -> Text {
    let protocols = if protocols.is_empty() { String::new() } else { format!(", {protocols}") };
    let (port, port_ja) = if ports.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(", port {ports}"), format!(", ポート {ports}"))
    };
    (
        format!("from {from} to {to}{protocols}{port}"),
        format!("{from} から {to} へ{protocols}{port_ja}"),
    )
        .into()
}

/// The request in a line.
#[must_use]
pub fn request(from: &str, url: &str, dst: &str) -> Text {
    if dst.is_empty() {
        return Text::verbatim(&format!("{from} → {url}"));
    }
    (format!("{from} → {url} at {dst}"), format!("{from} → {url} (宛先 {dst})")).into()
}

/// A destination in a list of outcomes.
#[must_use]
pub fn to(addresses: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("to {}", addresses.say(lang)),
        Japanese => format!("宛先 {}", addresses.say(lang)),
    })
}

/// What was done to a packet (`None`: that hangs on something), and who did it.
#[must_use]
pub fn done_by(action: Option<&str>, who: &Text) -> Text {
    Text::made(|lang| {
        let who = who.say(lang);
        match (lang, action) {
            (English, Some("pass" | "alert")) => format!("passed by {who}"),
            (English, Some("reject")) => format!("rejected by {who}"),
            (English, Some(_)) => format!("dropped by {who}"),
            (English, None) => format!("hangs on {who}"),
            (Japanese, Some("pass" | "alert")) => format!("{who} が通過"),
            (Japanese, Some("reject")) => format!("{who} が拒否"),
            (Japanese, Some(_)) => format!("{who} がドロップ"),
            (Japanese, None) => format!("{who} による"),
        }
    })
}

/// How many rules a row becomes.
#[must_use]
pub fn compiled_to(n: usize) -> Text {
    (format!("{} for Suricata", count(n, "rule", "rules")), format!("Suricata ルール {n} 件"))
        .into()
}

/// `41 ok`.
#[must_use]
pub fn ok(n: usize) -> Text {
    (format!("{n} ok"), format!("合格 {n}")).into()
}

/// `2 fail`.
#[must_use]
pub fn fail(n: usize) -> Text {
    (format!("{n} fail"), format!("不合格 {n}")).into()
}

/// What the last edit did to the cases.
#[must_use]
pub fn last_edit(n: usize) -> Text {
    (format!("the last edit changed {n}"), format!("直前の編集で {n} 件変化")).into()
}

/// `PASS → DROP`, and whether that is what the case expects.
#[must_use]
pub fn change(before: &Text, after: &Text, passes: bool) -> Text {
    Text::made(|lang| {
        let (before, after) = (before.say(lang), after.say(lang));
        let ok = if passes { OK.say(lang) } else { FAIL.say(lang) };
        match lang {
            _ if before != after => format!("{before} → {after}  {ok}"),
            English => format!("{after}, other rule  {ok}"),
            Japanese => format!("{after} (別のルール)  {ok}"),
        }
    })
}

/// How many cases get another verdict than they expect.
#[must_use]
pub fn cases_fail(n: usize) -> Text {
    match n {
        1 => ("1 case fails", "1 件のケースが失敗").into(),
        n => (format!("{n} cases fail"), format!("{n} 件のケースが失敗")).into(),
    }
}

/// How many cases an edit changes.
#[must_use]
pub fn cases_change(n: usize) -> Text {
    match n {
        0 => ("no case changes", "変わるケースはありません").into(),
        1 => ("1 case changes", "1 件のケースが変わります").into(),
        n => (format!("{n} cases change"), format!("{n} 件のケースが変わります")).into(),
    }
}

/// What a list leaves out.
#[must_use]
pub fn more(n: usize) -> Text {
    (format!("… and {n} more"), format!("… ほか {n} 件")).into()
}

/// So many are not shown, and perhaps others are not known yet.
#[must_use]
pub fn at_least_more(n: usize) -> Text {
    (format!("… and {n} more at least"), format!("… ほか {n} 件以上")).into()
}

/// A rule is in the air.
#[must_use]
pub fn carrying(name: &str) -> Text {
    (
        format!("carrying {name}   at `·` no case would change"),
        format!("{name} を移動中   `·` の場所ならケースは変わりません"),
    )
        .into()
}

/// The carried rule may not be put down here.
#[must_use]
pub fn cannot_stay(why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("it cannot stand here: {}", why.say(lang)),
        Japanese => format!("ここには置けません: {}", why.say(lang)),
    })
}

/// A case that is kept expects what the request gets now.
#[must_use]
pub fn case_keeps(expect: &str) -> Text {
    (
        format!("it expects {expect}, as now, and the rule that decides now; `tab` wants another verdict"),
        format!("今と同じ {expect} と、今決めているルールを期待します。`tab` で判定を変えられます"),
    )
        .into()
}

/// A case that is kept expects what the request does not get yet.
#[must_use]
pub fn case_wants(expect: &str, now: Option<&str>) -> Text {
    match now {
        Some(now) => (
            format!("it expects {expect} and gets {now} now: it fails until the policy is changed"),
            format!("期待は {expect}、今は {now} です。ポリシーを変えるまで不合格になります"),
        )
            .into(),
        None => (
            format!(
                "it expects {expect}, and what it gets now cannot be told: it fails until it can"
            ),
            format!("期待は {expect} ですが、今は判定不能です。判定できるまで不合格になります"),
        )
            .into(),
    }
}

/// A name for a case that is kept.
#[must_use]
pub fn case_name(who: &str, works: bool, host: &str) -> Text {
    if works {
        return (format!("{who} reaches {host}"), format!("{who} から {host} へ届く")).into();
    }
    (format!("{who} does not reach {host}"), format!("{who} から {host} へ届かない")).into()
}

/// Whether to leave.
#[must_use]
pub fn leave(file: &str) -> Text {
    (
        format!("{file} is not saved: leave without saving?"),
        format!("{file} は保存されていません。保存せずに終了しますか?"),
    )
        .into()
}

/// Title of the form of a rule.
#[must_use]
pub fn form_of(name: &str) -> Text {
    (format!("Rule {name}"), format!("ルール {name}")).into()
}

/// Title of the form of a new rule.
#[must_use]
pub fn form_new(group: &str) -> Text {
    (format!("New rule in {group}"), format!("{group} の新しいルール")).into()
}

/// The form cannot be accepted yet.
#[must_use]
pub fn form_has_problem(why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("not accepted yet: {}", why.say(lang)),
        Japanese => format!("まだ確定できません: {}", why.say(lang)),
    })
}

/// Title of the question for a group's priority.
#[must_use]
pub fn priority_of(group: &str) -> Text {
    (format!("Priority of {group}"), format!("{group} の優先度")).into()
}

/// Between which groups a group stands, by name and priority.
#[must_use]
pub fn neighbours(above: Option<(String, u32)>, below: Option<(String, u32)>) -> Text {
    let name = |(name, priority): (String, u32)| format!("{name} ({priority})");
    match (above.map(name), below.map(name)) {
        (Some(above), Some(below)) => {
            (format!("between {above} and {below}"), format!("{above} と {below} の間"))
        }
        (Some(above), None) => (format!("last, below {above}"), format!("{above} の下、最後")),
        (None, Some(below)) => (format!("first, above {below}"), format!("{below} の上、最初")),
        (None, None) => ("the only group".to_owned(), "唯一のグループ".to_owned()),
    }
    .into()
}
