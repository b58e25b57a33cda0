//! What is wrong with names, numbers and what refers to them, and what to do.

use super::words::{Said, in_japanese, meant_or, said, short};
use crate::messages::Text;

/// Not a name of a source or list.
#[must_use]
pub fn bad_name(what: &str, text: &str) -> Said {
    said(
        (
            format!("`{}` cannot be the name of a {what}", short(text)),
            format!("`{}` は{}の名前にできません", short(text), in_japanese(what)),
        ),
        (
            "use letters, digits, `-`, `_` and `.`; not `any`, and nothing that looks like an address",
            "英数字と `-`、`_`、`.` が使えます。`any` や、アドレスに見えるものは使えません",
        ),
    )
}

/// Blanks around a name.
#[must_use]
pub fn blank_around(what: &str, text: &str) -> Said {
    said(
        (
            format!("the {what} `{}` begins or ends with a blank", short(text)),
            format!("{} `{}` の前後に空白があります", in_japanese(what), short(text)),
        ),
        ("write it without", "取り除いてください"),
    )
}

/// A name that is too long.
#[must_use]
pub fn long_name(what: &str) -> Said {
    said(
        (
            format!("the {what} is longer than 200 characters"),
            format!("{}が 200 文字を超えています", in_japanese(what)),
        ),
        ("shorten it, and use `note` for the rest", "短くして、残りは `note` に書いてください"),
    )
}

/// A name with a meaning of its own.
#[must_use]
pub fn reserved_name(name: &str) -> Said {
    said(
        (
            format!("a rule cannot be called `{name}`: in a case it means the default action"),
            format!(
                "ルールに `{name}` という名前は付けられません。ケースではデフォルトアクションを指す言葉です"
            ),
        ),
        ("give it another name", "別の名前にしてください"),
    )
}

/// The name of a variable.
#[must_use]
pub fn bad_variable(name: &str) -> Said {
    said(
        (
            format!("`{}` cannot be the name of a variable", short(name)),
            format!("`{}` は変数の名前にできません", short(name)),
        ),
        (
            "begin with a letter; letters, digits and `_` only, at most 32, and no `$`",
            "英字で始め、英数字と `_` だけで 32 文字以内にしてください。`$` は付けません",
        ),
    )
}

/// Something else where the name of a resource of AWS must be.
#[must_use]
pub fn not_an_arn(text: &str) -> Said {
    said(
        (
            format!("`{}` is not an ARN", short(text)),
            format!("`{}` は ARN ではありません", short(text)),
        ),
        (
            "write the resource as AWS names it: `arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-0123456789abcdef0`",
            "AWS の名前どおりに書いてください: `arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-0123456789abcdef0`",
        ),
    )
}

/// A variable that the policy sets by itself.
#[must_use]
pub fn own_variable(name: &str) -> Said {
    said(
        (
            format!("`{name}` follows from `home_net` and cannot be set"),
            format!("`{name}` は `home_net` から決まるので、設定できません"),
        ),
        (
            "set `home_net`; EXTERNAL_NET is everything else, but where a rule group has an `external_net`",
            "`home_net` を設定してください。EXTERNAL_NET は、グループに `external_net` がなければ、それ以外のすべてです",
        ),
    )
}

/// A name that exists already.
#[must_use]
pub fn duplicate_name(what: &str, name: &str, line: usize) -> Said {
    said(
        (
            format!("a second {what} is called `{}`", short(name)),
            format!("`{}` という名前の{}がもう 1 つあります", short(name), in_japanese(what)),
        ),
        (
            format!("the first is on line {line}; give one of them another name"),
            format!("最初のものは {line} 行目にあります。どちらかを別の名前にしてください"),
        ),
    )
}

/// A priority that another group has.
#[must_use]
pub fn duplicate_priority(priority: u32, other: &str, group: &str, free: Option<u32>) -> Said {
    let help: Text = match free {
        None => ("give it another number", "別の数にしてください").into(),
        Some(free) => (
            format!("every group needs its own number; {free} is free"),
            format!("グループごとに別の数が要ります。{free} が空いています"),
        )
            .into(),
    };
    let (other, group) = (short(other), short(group));
    said(
        (
            format!("`{other}` and `{group}` both have priority {priority}"),
            format!("`{other}` と `{group}` の優先度がどちらも {priority} です"),
        ),
        help,
    )
}

/// Not a priority.
#[must_use]
pub fn bad_priority(text: &str) -> Said {
    said(
        (
            format!("`{}` is no priority", short(text)),
            format!("`{}` は優先度として使えません", short(text)),
        ),
        (
            "write a number from 1 to 65535; lower numbers are asked first",
            "1 から 65535 までの数を書いてください。小さい順に問われます",
        ),
    )
}

/// Not a sid that may be written.
#[must_use]
pub fn bad_sid(text: &str) -> Said {
    said(
        (
            format!("`{}` cannot be the sid of a rule", short(text)),
            format!("`{}` はルールの sid にできません", short(text)),
        ),
        (
            "write a number from 1000 to 3999999999; the numbers below and above are kept free",
            "1000 から 3999999999 までの数を書いてください。その前後の数は空けてあります",
        ),
    )
}

/// A source that does not exist.
#[must_use]
pub fn unknown_source(name: &str, meant: Option<&str>, any: bool) -> Said {
    let help: Text = if any {
        (
            "write a name from `sources`, an address, or `any`",
            "`sources` にある名前か、アドレスか、`any` を書いてください",
        )
            .into()
    } else {
        let example = format!("`sources: {{{}: {{cidrs: [10.1.0.0/16]}}}}`", short(name));
        (format!("define it: {example}"), format!("定義してください: {example}")).into()
    };
    let help = meant_or(meant, help);
    said(
        (
            format!("there is no source `{}`", short(name)),
            format!("送信元 `{}` はありません", short(name)),
        ),
        help,
    )
}

/// A list that does not exist.
#[must_use]
pub fn unknown_list(name: &str, meant: Option<&str>) -> Said {
    let help = meant_or(
        meant,
        (
            "write the name of a list in `domain_lists`",
            "`domain_lists` にあるリストの名前を書いてください",
        ),
    );
    said(
        (
            format!("there is no domain list `{}`", short(name)),
            format!("ドメインリスト `{}` はありません", short(name)),
        ),
        help,
    )
}

/// A source with nothing in it.
#[must_use]
pub fn empty_source(name: &str) -> Said {
    said(
        (
            format!("the source `{}` has no addresses", short(name)),
            format!("送信元 `{}` にアドレスがありません", short(name)),
        ),
        (
            "give it `cidrs: [10.1.0.0/16]`, or `of:` with other sources",
            "`cidrs: [10.1.0.0/16]` か、`of:` でほかの送信元を書いてください",
        ),
    )
}

/// `except` without anything to except from.
#[must_use]
pub fn except_without_cidrs() -> Said {
    said(
        (
            "`except` takes networks out of this source's own `cidrs`, and there are none",
            "`except` はこの送信元自身の `cidrs` から取り除くものですが、`cidrs` がありません",
        ),
        (
            "put it into the source that has the addresses",
            "アドレスを持つ送信元の側に書いてください",
        ),
    )
}

/// Sources that contain each other.
#[must_use]
pub fn circular_source(names: &[&str]) -> Said {
    let first = names.first().copied().unwrap_or_default();
    let names: Vec<String> =
        names.iter().chain([&first]).map(|n| format!("`{}`", short(n))).collect();
    said(
        (
            format!("sources contain each other: {}", names.join(" of ")),
            format!("送信元が互いを含んでいます: {}", names.join(" → ")),
        ),
        ("take one of them out of `of`", "どれかを `of` から外してください"),
    )
}

/// A case that names no rule.
#[must_use]
pub fn unknown_decider(by: &str, meant: Option<&str>) -> Said {
    let help = meant_or(
        meant,
        (
            "write the name of a rule, `group/rule`, or `default`",
            "ルールの名前か、`グループ/ルール` か、`default` を書いてください",
        ),
    );
    said(
        (
            format!("there is no rule `{}`", short(by)),
            format!("ルール `{}` はありません", short(by)),
        ),
        help,
    )
}

/// A case that names several rules.
#[must_use]
pub fn ambiguous_decider(by: &str, groups: &[&str]) -> Said {
    let mut names: Vec<String> =
        groups.iter().map(|g| format!("`{}/{}`", short(g), short(by))).collect();
    names.dedup();
    said(
        (
            format!("several rules are called `{}`", short(by)),
            format!("`{}` という名前のルールがいくつもあります", short(by)),
        ),
        if names.len() > 1 {
            (
                format!("write {}", names.join(" or ")),
                format!("{} のどれかを書いてください", names.join("、")),
            )
        } else {
            (
                format!(
                    "they stand in one group: give all but one of them in {} other names",
                    names.join("")
                ),
                format!(
                    "{} は 1 つのグループに重なっています。1 つを残してほかの名前に変えてください",
                    names.join("")
                ),
            )
        },
    )
}
