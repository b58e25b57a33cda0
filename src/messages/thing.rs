//! What things of a policy are called, and what is said about edits of them.

use super::{Text, Words, words};

/// A kind of thing, as sentences name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum ThingWord {
    Policy,
    Source,
    List,
    IpSet,
    PortSet,
    Reference,
    Group,
    Stateless,
    StatelessGroup,
    StatelessRow,
    Case,
}

impl ThingWord {
    /// One of it.
    #[must_use]
    pub const fn one(self) -> Words {
        match self {
            Self::Policy => words("policy", "ポリシー"),
            Self::Source => words("source", "送信元"),
            Self::List => words("domain list", "ドメインリスト"),
            Self::IpSet => words("IP set", "IP セット"),
            Self::PortSet => words("port set", "ポートセット"),
            Self::Reference => words("IP set reference", "IP セット参照"),
            Self::Group => words("rule group", "ルールグループ"),
            Self::Stateless => words("stateless defaults", "ステートレスの既定"),
            Self::StatelessGroup => words("stateless group", "ステートレスグループ"),
            Self::StatelessRow => words("stateless rule", "ステートレスルール"),
            Self::Case => words("case", "ケース"),
        }
    }

    fn both(self) -> (&'static str, &'static str) {
        let one = self.one();
        (one.say(super::Lang::English), one.say(super::Lang::Japanese))
    }
}

/// The edit that adds a thing.
#[must_use]
pub fn add(what: ThingWord, name: &str) -> Text {
    let (en, ja) = what.both();
    (format!("add {en} `{name}`"), format!("{ja} `{name}` を追加")).into()
}

/// The edit that deletes one.
#[must_use]
pub fn delete(what: ThingWord, name: &str) -> Text {
    let (en, ja) = what.both();
    (format!("delete {en} `{name}`"), format!("{ja} `{name}` を削除")).into()
}

/// The edit that gives one another name.
#[must_use]
pub fn rename(what: ThingWord, name: &str, new: &str) -> Text {
    let (en, ja) = what.both();
    let english = format!("rename {en} `{name}` to `{new}`");
    (english, format!("{ja} `{name}` の名前を `{new}` に変更")).into()
}

/// The edit that changes fields of one.
#[must_use]
pub fn change(what: ThingWord, name: &str, fields: &[&str]) -> Text {
    let fields = fields.join(", ");
    match what {
        ThingWord::Policy => {
            (format!("change the policy: {fields}"), format!("ポリシーを変更: {fields}")).into()
        }
        ThingWord::Stateless => {
            let english = format!("change the stateless defaults: {fields}");
            (english, format!("ステートレスの既定を変更: {fields}")).into()
        }
        _ => {
            let (en, ja) = what.both();
            let japanese = format!("{ja} `{name}` を変更: {fields}");
            (format!("change {en} `{name}`: {fields}"), japanese).into()
        }
    }
}

/// The edit that gives a thing more entries.
#[must_use]
pub fn more(entries: &str, what: ThingWord, name: &str) -> Text {
    let (en, ja) = what.both();
    let english = format!("add {entries} to {en} `{name}`");
    (english, format!("{ja} `{name}` に {entries} を追加")).into()
}

/// The edit that takes entries out of one.
#[must_use]
pub fn less(entries: &str, what: ThingWord, name: &str) -> Text {
    let (en, ja) = what.both();
    let english = format!("take {entries} out of {en} `{name}`");
    (english, format!("{ja} `{name}` から {entries} を除く")).into()
}

/// Something is not deleted because others name it.
#[must_use]
pub fn still_named(name: &str, users: &[String]) -> Text {
    const MOST: usize = 3;
    let listed: Vec<String> = users.iter().take(MOST).map(|user| format!("`{user}`")).collect();
    let listed = listed.join(", ");
    let more = users.len().saturating_sub(MOST);
    let (en, ja) = match more {
        0 => (listed.clone(), listed),
        n => (format!("{listed} and {n} more"), format!("{listed} ほか {n} 件")),
    };
    let english = format!("`{name}` is used by {en}: change or delete that first");
    (english, format!("`{name}` は {ja} で使われています。先にそちらを変更か削除してください"))
        .into()
}

/// A thing without a name.
#[must_use]
pub fn needs_name(what: ThingWord) -> Text {
    needs(what, ("a name", "名前"))
}

/// A reference that says nothing of what it stands for.
#[must_use]
pub fn needs_arn(what: ThingWord) -> Text {
    needs(what, ("an ARN (`arn:…`)", " ARN (`arn:…`) "))
}

fn needs(what: ThingWord, needed: (&str, &str)) -> Text {
    let (en, ja) = what.both();
    let article = if en.starts_with('I') { "an" } else { "a" };
    (format!("{article} {en} needs {}", needed.0), format!("{ja}には{}が必要です", needed.1)).into()
}

/// A set is not renamed because its name, old or new, means another set too.
#[must_use]
pub fn set_twice(name: &str, group: Option<&str>) -> Text {
    let (en, ja) = match group {
        Some(group) => (format!("group `{group}` has"), format!("グループ `{group}` に")),
        None => ("the policy has".to_owned(), "ポリシーに".to_owned()),
    };
    let english = format!("{en} another set `{name}`: hand-written rules would mean another one");
    let japanese =
        format!("{ja}別のセット `{name}` があり、手書きルールの意味が変わってしまいます");
    (english, japanese).into()
}

/// What a field is like while it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is a kind of field")]
pub enum Like {
    Name,
    Variable,
    Title,
    Line,
    Note,
    RuleOrder,
    StreamPolicy,
    DefaultActions,
    Nets,
    Sources,
    Domains,
    Addresses,
    PortEntries,
    Arn,
    Priority,
    StatelessAction,
    Ends,
    IpProtocols,
    PortRanges,
    TcpFlags,
    Enabled,
    Verdict,
    Decider,
    Accept,
}

/// What stands in an empty field.
#[must_use]
pub const fn like(kind: Like) -> Words {
    match kind {
        Like::Name => words("letters, digits, - _ .", "英数字、- _ ."),
        Like::Variable => words("like PARTNER_NET, without $", "例: PARTNER_NET ($ は付けない)"),
        Like::Title => words("unique among its like", "同じ種類の中で一意"),
        Like::Line | Like::Note => words("", ""),
        Like::RuleOrder => words("strict or action", "strict か action"),
        Like::StreamPolicy => words("drop, reject or continue", "drop、reject、continue のどれか"),
        Like::DefaultActions => {
            words("none: unmatched traffic passes", "なし: 一致しない通信は通る")
        }
        Like::Nets => words("like 10.1.0.0/16, 192.0.2.7", "例: 10.1.0.0/16, 192.0.2.7"),
        Like::Sources => words("names of other sources", "ほかの送信元の名前"),
        Like::Domains => {
            words("like .example.com, www.example.net", "例: .example.com, www.example.net")
        }
        Like::Addresses => {
            words("like 10.0.0.0/8, !10.1.0.0/16, $OTHER", "例: 10.0.0.0/8, !10.1.0.0/16, $OTHER")
        }
        Like::PortEntries => words("like 443, 8000-8010, !8005", "例: 443, 8000-8010, !8005"),
        Like::Arn => words("arn:aws:…", "arn:aws:…"),
        Like::Priority => words("1 to 65535", "1 から 65535"),
        Like::StatelessAction => words("forward; or pass, drop", "forward (ほかに pass、drop)"),
        Like::Ends => {
            words("any, a source, an address or network", "any、送信元、アドレス、ネットワーク")
        }
        Like::IpProtocols => {
            words("any; or tcp, udp, icmp, a number", "any (ほかに tcp、udp、icmp、番号)")
        }
        Like::PortRanges => words("any; or like 443, 8000-8010", "any (例: 443, 8000-8010)"),
        Like::TcpFlags => words("any; or like SYN/SYN+ACK", "any (例: SYN/SYN+ACK)"),
        Like::Enabled => words("true, or false", "true(または false)"),
        Like::Verdict => words("pass, drop or reject", "pass、drop、reject のどれか"),
        Like::Decider => words("any rule; or a rule, group/rule, default", "どのルールでもよい"),
        Like::Accept => words("nothing, or CODE because REASON", "なし。または CODE because 理由"),
    }
}

/// The field that says which group a new set is for.
pub const OF_GROUP: Words = words("group", "グループ");
/// What stands in it while it is empty.
pub const ALL_GROUPS: Words = words("all of them: a set of the policy", "すべて: ポリシーのセット");

/// Title of the form of a thing.
#[must_use]
pub fn form_of(what: ThingWord, name: &str) -> Text {
    match what {
        ThingWord::Policy => ("Policy settings", "ポリシーの設定").into(),
        ThingWord::Stateless => ("Stateless defaults", "ステートレスの既定").into(),
        _ => {
            let (en, ja) = what.both();
            (format!("{} {name}", capital(en)), format!("{ja} {name}")).into()
        }
    }
}

/// Title of the form of a new thing.
#[must_use]
pub fn form_new(what: ThingWord) -> Text {
    let (en, ja) = what.both();
    (format!("New {en}"), format!("新しい{ja}")).into()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Head of the text that would be deployed for a thing.
#[must_use]
pub fn deployed(what: ThingWord, rules: usize) -> Text {
    match (what, rules) {
        (ThingWord::StatelessRow, _) => {
            ("for AWS, as JSON of the API", "AWS の API に渡す JSON").into()
        }
        (ThingWord::Policy, _) => ("settings of the whole policy", "ポリシー全体の設定").into(),
        (ThingWord::Stateless | ThingWord::StatelessGroup, _) => {
            ("every packet is asked here first", "すべてのパケットがまずここで評価されます").into()
        }
        (ThingWord::Case, _) => (
            "a case is checked here and not deployed",
            "ケースはここで確かめるだけで、配備されません",
        )
            .into(),
        (_, 0) => ("no rule uses it", "使っているルールはありません").into(),
        (_, 1) => ("one rule uses it", "1 件のルールが使っています").into(),
        (_, n) => (format!("{n} rules use it"), format!("{n} 件のルールが使っています")).into(),
    }
}

/// What a field of a thing means, by the name that a file has for it.
#[must_use]
pub fn meaning(what: ThingWord, field: &str) -> Words {
    match (what, field) {
        (ThingWord::Policy, "name") => {
            words("what reports call this policy", "レポートでのポリシーの呼び名")
        }
        (ThingWord::Group, "home_net") => words(
            "what $HOME_NET and `any` mean in this group; nothing: the policy's",
            "このグループでの $HOME_NET と any の意味。空ならポリシーのもの",
        ),
        (ThingWord::PortSet, "entries") => words(
            "what $NAME means as a port in hand-written rules",
            "手書きルールのポートでの $名前 の意味",
        ),
        (ThingWord::StatelessRow, "priority") => words(
            "its place in the group; nothing: the order of the rows",
            "グループ内の順番。空なら行の順",
        ),
        (ThingWord::Case, "from") => words("the client's address", "クライアントのアドレス"),
        _ => in_definitions(field),
    }
}

/// What fields mean that sources, lists, sets and groups have.
fn in_definitions(field: &str) -> Words {
    match field {
        "name" => words(
            "others name it by this; a new name goes to all of them",
            "ほかから参照する名前。変えると参照もすべて変わる",
        ),
        "home_net" => words(
            "the inside networks, $HOME_NET; everything else is $EXTERNAL_NET",
            "内側のネットワーク $HOME_NET。それ以外が $EXTERNAL_NET",
        ),
        "external_net" => words(
            "what $EXTERNAL_NET means in this group; nothing: the policy's",
            "このグループでの $EXTERNAL_NET の意味。空ならポリシーのもの",
        ),
        "cidrs" => words("the networks that belong to it", "含まれるネットワーク"),
        "except" => words("networks taken out of cidrs", "cidrs から除くネットワーク"),
        "of" => words("other sources that are part of it", "含まれるほかの送信元"),
        "account" => words("the AWS account; for people only", "AWS アカウント。説明用"),
        "owner" => words("who answers for it; for people only", "責任者。説明用"),
        "ticket" => {
            words("the ticket that asked for it; for people only", "依頼のチケット。説明用")
        }
        "accept" => words(
            "findings that are as they should be: CODE because REASON",
            "受け入れる指摘。CODE because 理由",
        ),
        "note" => words("free text; for people only", "自由な説明"),
        "names" => words(
            "a leading dot is the name and all below it; *. only what is below",
            "先頭の . はその名前と下すべて、*. は下だけ",
        ),
        "entries" => words(
            "what $NAME means as an address in hand-written rules",
            "手書きルールのアドレスでの $名前 の意味",
        ),
        "arn" => words(
            "the resource of AWS, such as a prefix list",
            "プレフィックスリストなど AWS のリソース",
        ),
        "modelled_as" => words(
            "what it is taken to hold when requests are tried; nothing: cannot tell",
            "試すときに入っているとみなすもの。空なら判定不能",
        ),
        _ => in_rules(field),
    }
}

/// What fields mean that say what is done, and when.
fn in_rules(field: &str) -> Words {
    match field {
        "rule_order" => words(
            "strict asks the rules from top to bottom; action asks all passes first",
            "strict は上から順に、action は pass を先にすべて問う",
        ),
        "default_actions" => {
            words("what happens to traffic that no rule decides", "どのルールも決めない通信の扱い")
        }
        "stream_exception_policy" => words(
            "what happens to connections whose beginning was not seen",
            "始まりを見ていない接続の扱い",
        ),
        "priority" => words("lower is asked first", "小さいほど先に問う"),
        "managed" => words(
            "the ARN of a group that AWS or a partner keeps; it has no rules here",
            "AWS やパートナーが管理するグループの ARN。ここにルールは無い",
        ),
        "default_action" => words(
            "what is done with packets that no stateless rule matches",
            "どのステートレスルールにも一致しないパケットの扱い",
        ),
        "fragment_default_action" => {
            words("the same for fragments of UDP datagrams", "UDP の断片についての同じ設定")
        }
        "action" => words("what is done with the packets it matches", "一致したパケットの扱い"),
        "from" => words("where packets come from", "パケットの送信元"),
        "to" => words("where packets go", "パケットの宛先"),
        "protocols" => words("their protocols; nothing: any", "プロトコル。空なら何でも"),
        "source_ports" => {
            words("their source ports, of TCP and UDP only", "送信元ポート。TCP と UDP だけ")
        }
        "ports" => {
            words("their destination ports, of TCP and UDP only", "宛先ポート。TCP と UDP だけ")
        }
        "tcp_flags" => words(
            "flags that must be set, and behind / those that are looked at",
            "立っているべきフラグと、/ の後に見るフラグ",
        ),
        "enabled" => words(
            "false: it stays in the file and is not deployed",
            "false ならファイルに残し、配備しない",
        ),
        "url" => words(
            "what is asked for: https://, http://, tcp://host:port, …",
            "要求: https://、http://、tcp://host:port など",
        ),
        "dst" => words("the server's address; nothing: any", "サーバーのアドレス。空なら何でも"),
        "expect" => words("the verdict it must get", "あるべき判定"),
        "by" => words("the rule that must decide; nothing: any", "決めるべきルール。空なら何でも"),
        _ => words("", ""),
    }
}

/// The parts of the list of definitions.
pub mod definitions {
    use super::{Text, Words, words};

    /// Title of the list.
    pub const TITLE: Words =
        words("Policy: everything but its rules", "ポリシー: ルール以外のすべて");
    /// Settings.
    pub const SETTINGS: Words = words("Settings", "設定");
    /// Sources.
    pub const SOURCES: Words = words("Sources", "送信元");
    /// Domain lists.
    pub const LISTS: Words = words("Domain lists", "ドメインリスト");
    /// IP sets.
    pub const IP_SETS: Words = words("IP sets", "IP セット");
    /// Port sets.
    pub const PORT_SETS: Words = words("Port sets", "ポートセット");
    /// References.
    pub const REFERENCES: Words = words("IP set references", "IP セット参照");
    /// Rule groups.
    pub const GROUPS: Words = words("Rule groups", "ルールグループ");
    /// What comes before the stateful rules.
    pub const STATELESS: Words = words("Stateless", "ステートレス");
    /// Cases.
    pub const CASES: Words = words("Cases", "ケース");
    /// A part that is empty.
    pub const NONE: Words =
        words("none yet: `{add-definition}` adds one", "まだありません: `{add-definition}` で追加");
    /// Settings cannot be deleted.
    pub const ALWAYS_THERE: Words = words(
        "settings are always there; empty a field instead",
        "設定は消せません。項目を空にしてください",
    );
    /// A head is selected.
    pub const NOT_A_HEAD: Words = words(
        "select one of the lines below the heading first",
        "先に見出しの下の行を選んでください",
    );
    /// Settings are not added.
    pub const ONE_ONLY: Words = words("there is one of it in a policy", "ポリシーに 1 つだけです");
    /// References need a group.
    pub const NO_GROUP: Words = words(
        "add a rule group first: references belong to one",
        "先にルールグループを追加してください。参照はグループのものです",
    );
    /// The list is not open.
    pub const NOT_OPEN: Words =
        words("only in the list of definitions", "定義の一覧の中だけで使えます");
    /// Nobody names it.
    pub const UNUSED: Words = words("nothing uses it", "使われていません");

    /// Who names it.
    #[must_use]
    pub fn used_by(names: &[String], more: usize) -> Text {
        let names = names.join(", ");
        match more {
            0 => (format!("used by {names}"), format!("使用: {names}")).into(),
            n => (format!("used by {names} and {n} more"), format!("使用: {names} ほか {n} 件"))
                .into(),
        }
    }

    /// What a line says of a group: priority, rules.
    #[must_use]
    pub fn group(priority: u32, rules: Option<usize>) -> Text {
        match rules {
            Some(1) => {
                (format!("priority {priority}, 1 rule"), format!("優先度 {priority}、ルール 1 件"))
                    .into()
            }
            Some(n) => (
                format!("priority {priority}, {n} rules"),
                format!("優先度 {priority}、ルール {n} 件"),
            )
                .into(),
            None => {
                (format!("priority {priority}, managed"), format!("優先度 {priority}、マネージド"))
                    .into()
            }
        }
    }
}
