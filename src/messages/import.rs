//! What there is to say when a policy is made of what exists elsewhere.

use super::{Text, Words, words};

/// How much was taken over.
#[must_use]
pub fn summary(imported: usize, of: usize, groups: usize) -> Text {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    (
        format!(
            "imported {imported} of {of} rule{} in {groups} group{}",
            plural(of),
            plural(groups)
        ),
        format!("{of} 個のルールのうち {imported} 個を {groups} 個のグループにインポートしました"),
    )
        .into()
}

/// More problems of a kind than are shown.
#[must_use]
pub fn more(code: &str, count: usize) -> Text {
    (format!("and {count} more of `{code}`"), format!("`{code}` はほかに {count} 件あります"))
        .into()
}

/// A text that is cut short.
pub const CUT_SHORT: Words = words(
    "the text ends in the middle: what stands before is used",
    "テキストが途中で終わっています。そこまでの内容を使います",
);

/// A character that cannot stand there.
#[must_use]
pub fn not_json(c: char) -> Text {
    let c = c.escape_debug();
    (
        format!("`{c}` cannot stand here in JSON: what stands before is used"),
        format!("JSON のここに `{c}` は書けません。そこまでの内容を使います"),
    )
        .into()
}

/// A place where YAML ends.
#[must_use]
pub fn not_yaml(why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("{}: what stands before is used", why.say(lang)),
        super::Lang::Japanese => format!("{}。そこまでの内容を使います", why.say(lang)),
    })
}

/// Lists in lists in lists.
pub const TOO_DEEP: Words = words(
    "too many lists and objects in each other: what stands before is used",
    "リストとオブジェクトの入れ子が深すぎます。そこまでの内容を使います",
);

/// A file that is no text.
#[must_use]
pub fn not_text(line: usize) -> Text {
    (
        format!("line {line} is not UTF-8: its other bytes are used"),
        format!("{line} 行目が UTF-8 ではありません。ほかのバイトは使います"),
    )
        .into()
}

/// Bytes that no text has.
pub const NUL: Words = words(
    "a NUL byte: it is replaced by `\u{fffd}`",
    "NUL バイトがあります。`\u{fffd}` に置き換えます",
);

/// Something else than expected.
pub const NOTHING_KNOWN: Words = words(
    "neither a rule group nor a firewall policy of AWS Network Firewall: it is not looked at",
    "AWS Network Firewall のルールグループでもファイアウォールポリシーでもないため、使いません",
);

/// No file has anything to import.
pub const NOTHING: Words = words(
    "there is nothing to import: neither a rule group nor a firewall policy was found",
    "インポートするものがありません。ルールグループもファイアウォールポリシーも見つかりません",
);

/// The new kind of policies.
#[must_use]
pub fn next_generation(kind: &str) -> Text {
    (
        format!("`{kind}` belongs to the next generation of AWS's policies, whose rules are written otherwise: it is not imported"),
        format!("`{kind}` は AWS の次世代ポリシーのもので、ルールの書き方が異なるため、インポートしません"),
    )
        .into()
}

/// A part of a file that is no Terraform.
#[must_use]
pub fn not_terraform(why: &str) -> Text {
    (
        format!("this is not Terraform's language: {why}; the resource around it is left out"),
        format!("Terraform の文法ではありません ({why})。このリソースは使いません"),
    )
        .into()
}

/// Values that become more and more.
#[must_use]
pub fn too_large(name: &str) -> Text {
    (
        format!("`{name}` and what else is made of names becomes too large: it is left out where it does not fit"),
        format!("`{name}` など、名前で参照される値が大きくなりすぎます。収まらない箇所では使いません"),
    )
        .into()
}

/// A resource that says nothing about what is asked of traffic.
#[must_use]
pub fn other_resource(kind: &str) -> Text {
    (
        format!("a resource of type `{kind}` says nothing about rules: it is not looked at"),
        format!("`{kind}` のリソースはルールに関係しないため、使いません"),
    )
        .into()
}

/// A resource that is not made.
#[must_use]
pub fn condition_is_false(id: &str) -> Text {
    (
        format!("the condition of `{id}` does not hold: it is left out"),
        format!("`{id}` の条件が成り立たないため、使いません"),
    )
        .into()
}

/// A word that is no domain name.
#[must_use]
pub fn not_a_domain(word: &str, why: &Text) -> Text {
    let word: String = word.chars().take(80).collect();
    Text::made(|lang| match lang {
        super::Lang::English => {
            format!("`{word}` is not a domain name ({}): it is left out", why.say(lang))
        }
        super::Lang::Japanese => {
            format!("`{word}` はドメイン名ではないため、使いません ({})", why.say(lang))
        }
    })
}

/// Why an address is no name.
pub const AN_ADDRESS: Words = words("an address", "アドレスです");

/// A name that was there before.
#[must_use]
pub fn name_twice(name: &str) -> Text {
    (
        format!("`{name}` was there before: it is taken once"),
        format!("`{name}` は重複しています。一度だけ使います"),
    )
        .into()
}

/// A name that another one means too.
#[must_use]
pub fn name_covered(name: &str, wider: &str) -> Text {
    (
        format!("`{name}` is left out: `{wider}` means it too"),
        format!("`{name}` は `{wider}` に含まれるため、使いません"),
    )
        .into()
}

/// A list without names.
pub const NO_NAMES: Words = words("no domain name was found", "ドメイン名が見つかりません");

/// How much of a list was taken over.
#[must_use]
pub fn list_summary(taken: usize, of: usize, list: &str) -> Text {
    let plural = if of == 1 { "" } else { "s" };
    (
        format!("{taken} of {of} name{plural} are in the list `{list}` now"),
        format!("{of} 個の名前のうち {taken} 個をリスト `{list}` に入れました"),
    )
        .into()
}

/// An edit that cannot be made.
#[must_use]
pub fn list_refused(why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => {
            format!("the list cannot be put into the policy: {}", why.say(lang))
        }
        super::Lang::Japanese => format!("リストをポリシーに入れられません: {}", why.say(lang)),
    })
}

/// More than one policy.
#[must_use]
pub fn other_policy(name: &str, taken: &str) -> Text {
    (
        format!("firewall policy `{name}` is left out: `{taken}` is imported"),
        format!("ファイアウォールポリシー `{name}` は使いません。`{taken}` をインポートします"),
    )
        .into()
}

/// How to take the other.
pub const OTHER_POLICY_HELP: Words = words(
    "one policy is imported at a time: `--policy NAME` says which",
    "インポートできるのは一度に一つです。`--policy NAME` で選べます",
);

/// No policy of the name asked for.
#[must_use]
pub fn no_such_policy(name: &str) -> Text {
    (
        format!("no firewall policy is called `{name}`"),
        format!("`{name}` というファイアウォールポリシーはありません"),
    )
        .into()
}

/// A group that the policy does not name.
#[must_use]
pub fn unused_group(name: &str) -> Text {
    (
        format!("the firewall policy does not use rule group `{name}`: it is left out"),
        format!(
            "ルールグループ `{name}` はファイアウォールポリシーから参照されていないため、使いません"
        ),
    )
        .into()
}

/// Groups without a policy.
pub const NO_POLICY: Words = words(
    "no firewall policy is among the files: the groups get priorities in the order in which they came, and there is no default action",
    "ファイアウォールポリシーがありません。グループには読んだ順に優先度を付け、デフォルトアクションはなしにします",
);

/// A group in another order than the rest.
#[must_use]
pub fn other_order(group: &str, order: &str) -> Text {
    (
        format!("rule group `{group}` has another rule order than the policy ({order}): AWS refuses that, the policy's counts"),
        format!("ルールグループ `{group}` の評価順序がポリシー ({order}) と異なります。AWS では拒否されます。ポリシーの順序を使います"),
    )
        .into()
}

/// A group of AWS or of a partner.
#[must_use]
pub fn group_of_others(arn: &str) -> Text {
    (
        format!("`{arn}` is not among the files: its rules are unknown, and wherever they could decide nothing can be told"),
        format!("`{arn}` がファイルにありません。ルールが不明なため、それが決める可能性のあるところは判定できません"),
    )
        .into()
}

/// How to have it.
pub const GROUP_OF_OTHERS_HELP: Words = words(
    "give the answer of `aws network-firewall describe-rule-group` for it too",
    "そのグループの `aws network-firewall describe-rule-group` の応答も渡してください",
);

/// A field for which a policy file has no place.
#[must_use]
pub fn no_place(field: &str, of: &str) -> Text {
    (
        format!("`{field}` of `{of}` has no place in a policy file: it is not imported"),
        format!("`{of}` の `{field}` はポリシーファイルに書けないため、インポートしません"),
    )
        .into()
}

/// Who keeps it.
pub const NO_PLACE_HELP: Words = words(
    "`sekisho export --current` leaves it as it is in AWS",
    "`sekisho export --current` を使うと AWS 側の値がそのまま残ります",
);

/// A value that AWS does not have.
#[must_use]
pub fn bad_value(field: &str, text: &str) -> Text {
    (
        format!("`{text}` is not a `{field}` that is known: it is not imported"),
        format!("`{text}` は `{field}` の値として不明なため、インポートしません"),
    )
        .into()
}

/// A field that has to be there.
#[must_use]
pub fn missing(field: &str, of: &str) -> Text {
    (
        format!("`{field}` of `{of}` is missing: what needs it is not imported"),
        format!("`{of}` に `{field}` がありません。それが必要な部分はインポートしません"),
    )
        .into()
}

/// No `HOME_NET`.
#[must_use]
pub fn no_home_net(taken: &str) -> Text {
    (
        format!("the policy has no HOME_NET: AWS takes the network of the firewall's VPC, which no file says; `home_net` is {taken}"),
        format!("ポリシーに HOME_NET がありません。AWS ではファイアウォールの VPC のネットワークになりますが、ファイルからは分かりません。`home_net` は {taken} にします"),
    )
        .into()
}

/// How to say it.
pub const NO_HOME_NET_HELP: Words = words(
    "give the network of the VPC with `--home-net`",
    "`--home-net` で VPC のネットワークを指定してください",
);

/// A set that is not a list of networks.
#[must_use]
pub fn written_out(name: &str) -> Text {
    (
        format!("`{name}` is written out as the networks it means"),
        format!("`{name}` を、それが表すネットワークの一覧に書き換えました"),
    )
        .into()
}

/// A set that cannot be understood.
#[must_use]
pub fn bad_set(name: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("`{name}` cannot be read: {}", why.say(lang)),
        super::Lang::Japanese => format!("`{name}` を読み取れません: {}", why.say(lang)),
    })
}

/// An entry that only the tool can tell.
#[must_use]
pub fn entry_missing(set: &str, value: &str) -> Text {
    (
        format!("`{set}` lacks an entry: what `{value}` is, no file says"),
        format!("`{set}` の項目が一つ欠けています。`{value}` の値がファイルから分かりません"),
    )
        .into()
}

/// A value that only the tool can tell.
#[must_use]
pub fn unresolved(field: &str, value: &str) -> Text {
    (
        format!("what `{value}` is, no file says: `{field}` is left out"),
        format!("`{value}` の値がファイルから分からないため、`{field}` は使いません"),
    )
        .into()
}

/// A value that only the tool can tell, kept as it is written.
#[must_use]
pub fn left_as_written(value: &str) -> Text {
    (
        format!("what `{value}` is, no file says: it stands in the policy as it is written"),
        format!("`{value}` の値がファイルから分からないため、書かれたまま残します"),
    )
        .into()
}

/// How to say it.
pub const UNRESOLVED_HELP: Words = words(
    "give parameters and variables with `--set NAME=VALUE`",
    "パラメーターや変数は `--set NAME=VALUE` で指定できます",
);

/// A rule that does not load.
#[must_use]
pub fn switched_off(row: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("rule `{row}` is switched off: {}", why.say(lang)),
        super::Lang::Japanese => format!("ルール `{row}` を無効にしました: {}", why.say(lang)),
    })
}

/// Two rules of one number.
#[must_use]
pub fn sid_changed(old: u32, new: u32) -> Text {
    (
        format!("sid {old} is taken or kept free: the rule gets sid {new}"),
        format!("sid {old} は使用済みか予約済みのため、sid {new} に変えました"),
    )
        .into()
}

/// A domain list becomes rules.
#[must_use]
pub fn list_as_rules(group: &str) -> Text {
    (
        format!("the domain list `{group}` becomes the rules that AWS makes of it"),
        format!("ドメインリスト `{group}` は、AWS が生成するルールになります"),
    )
        .into()
}

/// The same where AWS does not publish them.
#[must_use]
pub fn list_as_modelled_rules(group: &str, kind: &str) -> Text {
    (
        format!("the domain list `{group}` becomes rules; AWS publishes none for {kind}: they are modelled on those of DENYLIST"),
        format!("ドメインリスト `{group}` はルールになります。AWS は {kind} のルールを公開していないため、DENYLIST のルールに倣ったものです"),
    )
        .into()
}

/// How to have rows.
pub const LIST_HELP: Words = words(
    "`--lists-as-rows` makes a row and a list that are easier to edit, and mean a little more",
    "`--lists-as-rows` を付けると編集しやすい行とリストになりますが、意味が少し広がります",
);

/// A domain list becomes a row.
#[must_use]
pub fn list_as_row(group: &str) -> Text {
    (
        format!("the domain list `{group}` becomes a row: it asks servers inside HOME_NET too, and HTTP names whatever their case"),
        format!("ドメインリスト `{group}` は行になります。HOME_NET 内のサーバーにも当てはまり、HTTP の名前は大文字小文字を区別しません"),
    )
        .into()
}

/// A domain list that is to become a row and cannot.
#[must_use]
pub fn list_asks_servers(group: &str) -> Text {
    (
        format!("the domain list `{group}` does not become a row: its group has an EXTERNAL_NET of its own, and a row asks any server"),
        format!("ドメインリスト `{group}` は行にできません。グループ独自の EXTERNAL_NET があり、行はどのサーバーにも当てはまるためです"),
    )
        .into()
}

/// Rules field by field.
#[must_use]
pub fn fields_as_text(group: &str) -> Text {
    (
        format!("the rules of `{group}` stand field by field: they become rules as text"),
        format!("`{group}` のルールはフィールド単位で書かれています。テキストのルールになります"),
    )
        .into()
}

/// A rule that lacks something.
pub const BAD_RULE: Words = words(
    "this rule lacks a field, or has a value that is not known: it is not imported",
    "このルールには欠けたフィールドか不明な値があるため、インポートしません",
);

/// A set that no rule names.
#[must_use]
pub fn unused_set(name: &str, group: &str) -> Text {
    (
        format!("no rule of `{group}` names `{name}`: an export leaves it out"),
        format!(
            "`{name}` は `{group}` のどのルールからも使われていません。エクスポートには含まれません"
        ),
    )
        .into()
}

/// A name that policies cannot have, or that is taken.
#[must_use]
pub fn renamed(old: &str, new: &str) -> Text {
    (
        format!("`{old}` is called `{new}` here"),
        format!("`{old}` はここでは `{new}` という名前になります"),
    )
        .into()
}

/// A priority that cannot be.
#[must_use]
pub fn priority_given(group: &str, priority: u32) -> Text {
    (
        format!("`{group}` has no priority of its own: it gets {priority}"),
        format!("`{group}` に固有の優先度がないため、{priority} にします"),
    )
        .into()
}

/// A stateless rule that rows cannot say.
#[must_use]
pub fn stateless_row(priority: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => {
            format!("the stateless rule of priority {priority} is not imported: {}", why.say(lang))
        }
        super::Lang::Japanese => {
            format!("優先度 {priority} のステートレスルールはインポートしません: {}", why.say(lang))
        }
    })
}

/// Rules that are switched off lead to others, again and again: a fault of ours.
pub const NOT_SETTLED: Words = words(
    "each time that what does not load is left out something else does not load: no policy is made of it",
    "読み込めないものを除くたびに別のものが読み込めなくなるため、ポリシーを作れません",
);

/// What cannot be imported makes no policy: a fault of ours.
#[must_use]
pub fn not_a_policy(why: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("what was made of it is no policy: {}", why.say(lang)),
        super::Lang::Japanese => format!("変換した結果がポリシーになりません: {}", why.say(lang)),
    })
}

/// Options that say something about what AWS has, given with a configuration of Squid.
#[must_use]
pub fn not_of_squid() -> Text {
    (
        "a configuration of Squid is imported whole: leave out `--policy`, `--set` and `--lists-as-rows`",
        "Squid の設定は全体を取り込みます。`--policy`、`--set`、`--lists-as-rows` を外してください",
    )
        .into()
}
