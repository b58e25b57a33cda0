//! Problems that come to light when a policy is compiled.

use super::{Text, Words, words};

/// A sid is taken by two rows.
#[must_use]
pub fn sid_clash(rule: &str, other: &str, sid: u32, line: usize) -> Text {
    format!("`{rule}` and `{other}` (line {line}) both have a rule with sid {sid}").into()
}

/// What to do about it.
#[must_use]
pub fn sid_clash_help(rule: &str, needs: usize) -> Text {
    match needs {
        1 => format!("write another `sid:` at `{rule}`").into(),
        n => format!("write another `sid:` at `{rule}`: it needs {n} numbers from there on").into(),
    }
}

/// A sid lies where logs would take it for something else.
#[must_use]
pub fn sid_reserved(rule: &str, sid: u32) -> Text {
    format!("`{rule}` has a rule with sid {sid}, which is kept free").into()
}

/// Which sids can be used.
pub const SID_RESERVED_HELP: &str = "use sids from 1000 to 3999998999: AWS logs its default actions with \
     sids below, and the numbers above belong to rules made around the policy's";

/// Some rules have no sid of their own.
#[must_use]
pub fn sid_provisional(count: usize) -> Text {
    match count {
        1 => "this rule has no `sid:`: its numbers are derived from its name".into(),
        n => format!(
            "{n} rules, this one first, have no `sid:`: their numbers are derived from their names"
        )
        .into(),
    }
}

/// Why that matters.
pub const SID_PROVISIONAL_HELP: &str =
    "write a `sid:`, so that log lines keep their meaning when the rule gets another name";

/// A row asks for nobody.
#[must_use]
pub fn no_source(rule: &str) -> Text {
    format!("`{rule}` has no source address left: it becomes no rule").into()
}

/// A row asks for nothing.
#[must_use]
pub fn no_question(rule: &str) -> Text {
    format!("nothing that `{rule}` asks for can be asked with its protocols and ports: it becomes no rule")
        .into()
}

/// A reject where nothing can be reset.
#[must_use]
pub fn reject_drops(rule: &str, protocol: &str) -> Text {
    format!("only TCP can be reset: for {protocol} `{rule}` drops").into()
}

/// A rule that is longer than AWS accepts.
#[must_use]
pub fn rule_too_long(rule: &str, length: usize) -> Text {
    format!("a rule of `{rule}` has {length} characters with its variables written out; AWS accepts 8175")
        .into()
}

/// What to do about it.
pub const RULE_TOO_LONG_HELP: &str =
    "split its sources or destinations over several rules, or use wider networks";

/// More rules than AWS accepts.
#[must_use]
pub fn too_many_rules(what: &str, count: usize) -> Text {
    format!("{what} needs {count} rules; AWS accepts 30000").into()
}

/// More bytes than AWS accepts in a group.
#[must_use]
pub fn too_much_text(group: &str, bytes: usize) -> Text {
    format!("the rules of group `{group}` have {bytes} bytes; AWS accepts 2000000").into()
}

/// A keyword that AWS refuses.
#[must_use]
pub fn keyword_refused(keyword: &str, why: &str) -> Text {
    format!("AWS refuses `{keyword}`{why}").into()
}

/// A protocol that AWS refuses.
#[must_use]
pub fn protocol_refused(protocol: &str) -> Text {
    format!("AWS refuses the protocol `{protocol}`").into()
}

/// A reject that AWS refuses.
#[must_use]
pub fn reject_refused(protocol: &str) -> Text {
    format!("AWS refuses `reject` for {protocol}: only TCP can be reset").into()
}

/// An expression in a place where AWS refuses one.
pub const PCRE_REFUSED: &str =
    "AWS refuses `pcre` without `content`, `tls.sni`, `http.host`, `dns.query` or `http.uri`";

/// What an expression needs.
pub const PCRE_REFUSED_HELP: &str = "ask for names by `.example.com`, or leave out `quic`";

/// A named set that no rule can be asked with.
#[must_use]
pub fn bad_set(name: &str, reason: &str) -> Text {
    (format!("`${name}` cannot be used: {reason}"), format!("`${name}` は使えません: {reason}"))
        .into()
}

/// What to do about ports in the wrong place.
pub const PORTS_AMONG_ADDRESSES: Words =
    words("sets of ports stand in `port_sets`", "ポートの集合は `port_sets` に書いてください");

/// What to do about addresses in the wrong place.
pub const ADDRESSES_AMONG_PORTS: Words = words(
    "sets of addresses stand in `variables`",
    "アドレスの集合は `variables` に書いてください",
);

/// More IP set references than AWS accepts.
#[must_use]
pub fn too_many_references(group: &str, count: usize) -> Text {
    (
        format!("group `{group}` has {count} IP set references; AWS accepts 5"),
        format!("グループ `{group}` の IP セット参照は {count} 個あります。AWS では 5 個までです"),
    )
        .into()
}

/// `$EXTERNAL_NET` does not follow the group's own inside networks.
#[must_use]
pub fn external_net_of_policy(group: &str, policy: &str, own: &str) -> Text {
    let english = format!(
        "in group `{group}` `$EXTERNAL_NET` is everything outside {policy}, the policy's `home_net`, \
         not everything outside the group's own {own}"
    );
    let japanese = format!(
        "グループ `{group}` の `$EXTERNAL_NET` は、グループの {own} の外側ではなく、ポリシーの `home_net` である {policy} の外側すべてを指します"
    );
    (english, japanese).into()
}

/// What to do about it.
pub const EXTERNAL_NET_OF_POLICY_HELP: Words = words(
    "set `external_net` of the group too, or leave its `home_net` out",
    "グループの `external_net` も書くか、グループの `home_net` を外してください",
);

/// A row's rule that the engine would not load.
#[must_use]
pub fn not_loadable(rule: &str, why: &str) -> Text {
    format!("a rule of `{rule}` cannot be loaded: {why}").into()
}
