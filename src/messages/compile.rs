//! Problems that come to light when a policy is compiled.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// A sid is taken by two rows.
#[must_use]
pub fn sid_clash(rule: &str, other: &str, sid: u32, line: usize) -> Text {
    (
        format!("`{rule}` and `{other}` (line {line}) both have a rule with sid {sid}"),
        format!("`{rule}` と `{other}` ({line} 行目) のどちらにも sid {sid} のルールがあります"),
    )
        .into()
}

/// What to do about it.
#[must_use]
pub fn sid_clash_help(rule: &str, needs: usize) -> Text {
    match needs {
        1 => (
            format!("write another `sid:` at `{rule}`"),
            format!("`{rule}` に別の `sid:` を書いてください"),
        ),
        n => (
            format!("write another `sid:` at `{rule}`: it needs {n} numbers from there on"),
            format!("`{rule}` に別の `sid:` を書いてください。そこから {n} 個の番号を使います"),
        ),
    }
    .into()
}

/// A sid lies where logs would take it for something else.
#[must_use]
pub fn sid_reserved(rule: &str, sid: u32) -> Text {
    (
        format!("`{rule}` has a rule with sid {sid}, which is kept free"),
        format!("`{rule}` に sid {sid} のルールがあります。この番号は空けておくものです"),
    )
        .into()
}

/// Which sids can be used.
pub const SID_RESERVED_HELP: Words = words(
    "use sids from 1000 to 3999998999: AWS logs its default actions with sids below, and the numbers above \
     belong to rules made around the policy's",
    "sid は 1000 から 3999998999 までを使ってください。それより小さい sid は AWS がデフォルトアクションのログに使い、\
     大きい番号はポリシーのルールの前後に作られるルールのものです",
);

/// Some rules have no sid of their own.
#[must_use]
pub fn sid_provisional(count: usize) -> Text {
    match count {
        1 => (
            "this rule has no `sid:`: its numbers are derived from its name",
            "このルールには `sid:` がありません。番号は名前から決まります",
        )
            .into(),
        n => (
            format!("{n} rules, this one first, have no `sid:`: their numbers are derived from their names"),
            format!("このルールをはじめ {n} 件のルールに `sid:` がありません。番号は名前から決まります"),
        )
            .into(),
    }
}

/// Why that matters.
pub const SID_PROVISIONAL_HELP: Words = words(
    "write a `sid:`, so that log lines keep their meaning when the rule gets another name",
    "`sid:` を書いておくと、ルールの名前を変えてもログの行の意味が変わりません",
);

/// A row asks for nobody.
#[must_use]
pub fn no_source(rule: &str) -> Text {
    (
        format!("`{rule}` has no source address left: it becomes no rule"),
        format!("`{rule}` には送信元アドレスが残っていません。ルールは作られません"),
    )
        .into()
}

/// A row asks for nothing.
#[must_use]
pub fn no_question(rule: &str) -> Text {
    (
        format!("nothing that `{rule}` asks for can be asked with its protocols and ports: it becomes no rule"),
        format!("`{rule}` の条件は、そのプロトコルとポートではどれも調べられません。ルールは作られません"),
    )
        .into()
}

/// Names of a row that are not asked for, because the policy asks for too many.
#[must_use]
pub fn left_out(rule: &str, names: usize, most: usize) -> Text {
    (
        format!("{names} names of `{rule}` are left out: no more than {most} pairs of name and protocol are looked at in a policy; a request that may ask for one of them is undetermined"),
        format!("`{rule}` の {names} 件の名前は外しました。1 つのポリシーで調べるのは、名前とプロトコルの組で {most} 件までです。これらの名前かもしれないリクエストは判定できません"),
    )
        .into()
}

/// What to do about it.
pub const LEFT_OUT_HELP: Words = words(
    "AWS accepts 30000 rules, and a name is one for each protocol: leave out names that `.example.com` covers, or block such a list elsewhere, as with DNS Firewall",
    "AWS では 30000 件のルールまでで、名前はプロトコルごとに 1 件になります。`.example.com` でまとめられる名前を省くか、DNS Firewall など別の仕組みで拒否してください",
);

/// A reject where nothing can be reset.
#[must_use]
pub fn reject_drops(rule: &str, protocol: &str) -> Text {
    (
        format!("only TCP can be reset: for {protocol} `{rule}` drops"),
        format!("リセットできるのは TCP だけです。{protocol} では `{rule}` はドロップします"),
    )
        .into()
}

/// A rule that is longer than AWS accepts.
#[must_use]
pub fn rule_too_long(rule: &str, length: usize) -> Text {
    (
        format!("a rule of `{rule}` has {length} characters with its variables written out; AWS accepts 8175"),
        format!("`{rule}` のルールは変数を展開すると {length} 文字です。AWS では 8175 文字までです"),
    )
        .into()
}

/// What to do about it.
pub const RULE_TOO_LONG_HELP: Words = words(
    "split its sources or destinations over several rules, or use wider networks",
    "送信元や宛先を複数のルールに分けるか、より広いネットワークで書いてください",
);

/// More rules than AWS accepts: in a group, or in all of them together.
#[must_use]
pub fn too_many_rules(group: Option<&str>, count: usize) -> Text {
    match group {
        Some(group) => (
            format!("group `{group}` needs {count} rules; AWS accepts 30000"),
            format!(
                "グループ `{group}` には {count} 件のルールが必要です。AWS では 30000 件までです"
            ),
        ),
        None => (
            format!("the policy needs {count} rules; AWS accepts 30000"),
            format!("ポリシーには {count} 件のルールが必要です。AWS では 30000 件までです"),
        ),
    }
    .into()
}

/// More bytes than AWS accepts in a group.
#[must_use]
pub fn too_much_text(group: &str, bytes: usize) -> Text {
    (
        format!("the rules of group `{group}` have {bytes} bytes; AWS accepts 2000000"),
        format!(
            "グループ `{group}` のルールは {bytes} バイトです。AWS では 2000000 バイトまでです"
        ),
    )
        .into()
}

/// A keyword that AWS refuses.
#[must_use]
pub fn keyword_refused(keyword: &str) -> Text {
    (format!("AWS refuses `{keyword}`"), format!("AWS は `{keyword}` を受け付けません")).into()
}

/// A keyword that AWS refuses in strict order.
#[must_use]
pub fn keyword_refused_in_strict(keyword: &str) -> Text {
    (
        format!("AWS refuses `{keyword}` in strict order"),
        format!("AWS は厳格な順序では `{keyword}` を受け付けません"),
    )
        .into()
}

/// What to do about it.
pub const KEYWORD_REFUSED_IN_STRICT_HELP: Words = words(
    "take it out: the place in the list decides",
    "外してください。順番は一覧での位置で決まります",
);

/// A keyword that AWS says it refuses, and uses itself.
#[must_use]
pub fn keyword_doubted(keyword: &str) -> Text {
    (
        format!("AWS lists `{keyword}` as not supported, although rules that it publishes use it"),
        format!(
            "AWS は `{keyword}` を非対応としていますが、AWS が公開するルールでは使われています"
        ),
    )
        .into()
}

/// What to do about it.
pub const ASK_AWS_HELP: Words = words(
    "`aws network-firewall create-rule-group --dry-run` tells whether it is taken",
    "受け付けるかどうかは `aws network-firewall create-rule-group --dry-run` で分かります",
);

/// A protocol that AWS refuses.
#[must_use]
pub fn protocol_refused(protocol: &str) -> Text {
    (
        format!("AWS refuses the protocol `{protocol}`"),
        format!("AWS はプロトコル `{protocol}` を受け付けません"),
    )
        .into()
}

/// A reject that AWS refuses.
#[must_use]
pub fn reject_refused(protocol: &str) -> Text {
    (
        format!("AWS refuses `reject` for {protocol}: only TCP can be reset"),
        format!("AWS は {protocol} の `reject` を受け付けません。リセットできるのは TCP だけです"),
    )
        .into()
}

/// What to do about it.
pub const REJECT_REFUSED_HELP: Words = words("write `drop`", "`drop` と書いてください");

/// An expression in a place where AWS refuses one.
pub const PCRE_REFUSED: Words = words(
    "AWS refuses `pcre` without `content`, `tls.sni`, `http.host`, `dns.query` or `http.uri`",
    "AWS は `content`、`tls.sni`、`http.host`、`dns.query`、`http.uri` のどれも伴わない `pcre` を受け付けません",
);

/// What an expression needs.
pub const PCRE_REFUSED_HELP: Words = words(
    "ask for names by `.example.com`, or leave out `quic`",
    "名前を `.example.com` の形で書くか、`quic` を外してください",
);

/// A named set that no rule can be asked with.
#[must_use]
pub fn bad_set(name: &str, reason: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("`${name}` cannot be used: {}", reason.say(lang)),
        Japanese => format!("`${name}` は使えません: {}", reason.say(lang)),
    })
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
pub fn not_loadable(rule: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("a rule of `{rule}` cannot be loaded: {}", why.say(lang)),
        Japanese => format!("`{rule}` のルールは読み込めません: {}", why.say(lang)),
    })
}
