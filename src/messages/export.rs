//! What there is to say when a policy is exported.

use super::{Lang, Text, Words, words};

/// AWS takes letters, digits and hyphens in a name.
#[must_use]
pub fn renamed(written: &str, given: &str) -> Text {
    (
        format!("`{written}` is `{given}` in AWS: names there have letters, digits and `-` only, and none stands twice"),
        format!("`{written}` は AWS では `{given}` になります。AWS の名前に使えるのは英数字とハイフンで、重複もできません"),
    )
        .into()
}

/// A description has 512 characters at the most.
#[must_use]
pub fn shortened(group: &str) -> Text {
    (
        format!("the note of group `{group}` is cut: AWS takes 512 characters in a description"),
        format!("グループ `{group}` のメモは途中までになります。AWS の説明は 512 文字までです"),
    )
        .into()
}

/// A group is larger than AWS takes.
#[must_use]
pub fn split(group: &str, parts: usize) -> Text {
    (
        format!("group `{group}` is larger than AWS takes: it becomes {parts} groups, one after the other"),
        format!("グループ `{group}` は AWS の上限を超えるため、連続する {parts} 個のグループに分けます"),
    )
        .into()
}

/// There is no priority left for its parts.
#[must_use]
pub fn no_room(group: &str, parts: usize, next: u32) -> Text {
    (
        format!(
            "group `{group}` must become {parts} groups, and the next group has priority {next}: give that one a higher number, so that there is room between"
        ),
        format!(
            "グループ `{group}` は {parts} 個に分ける必要がありますが、次のグループの優先度が {next} です。次のグループの優先度を上げて間を空けてください"
        ),
    )
        .into()
}

/// More groups than a policy takes.
#[must_use]
pub fn too_many_groups(groups: usize) -> Text {
    (
        format!("the policy would have {groups} stateful rule groups, AWS takes 20: put groups together"),
        format!("ステートフルルールグループが {groups} 個になります。AWS の上限は 20 個です。グループをまとめてください"),
    )
        .into()
}

/// References need the ARNs of the groups.
pub const NO_ACCOUNT: Words = words(
    "the firewall policy refers to its groups by ARN: give `--region` and `--account`, or `--current` with what is deployed",
    "ファイアウォールポリシーはグループを ARN で参照します。`--region` と `--account`、または `--current` でデプロイ済みの内容を指定してください",
);

/// `CloudFormation` takes 1 MB.
#[must_use]
pub fn template_too_large(bytes: usize) -> Text {
    (
        format!("the template would have {bytes} bytes, CloudFormation takes 1000000: export requests (`--to aws`) or Terraform instead"),
        format!("テンプレートが {bytes} バイトになります。CloudFormation の上限は 1000000 バイトです。リクエスト (`--to aws`) か Terraform でエクスポートしてください"),
    )
        .into()
}

/// A value has no form in HCL.
#[must_use]
pub fn not_written(error: &str) -> Text {
    (format!("it cannot be written as HCL: {error}"), format!("HCL として書けません: {error}"))
        .into()
}

/// A file is no JSON of AWS.
#[must_use]
pub fn not_json(file: &str, error: &str) -> Text {
    (
        format!("`{file}` is no answer of AWS: {error}"),
        format!("`{file}` は AWS の応答として読めません: {error}"),
    )
        .into()
}

/// A file describes neither a rule group nor a firewall policy.
#[must_use]
pub fn no_answer(file: &str) -> Text {
    (
        format!(
            "`{file}` describes neither a rule group nor a firewall policy: it is not looked at"
        ),
        format!("`{file}` はルールグループでもファイアウォールポリシーでもないため、使いません"),
    )
        .into()
}

/// Stock Suricata has no strict order.
pub const STRICT_ORDER_LOST: Words = words(
    "the policy is in strict order, and stock Suricata asks all pass rules first, then drop, reject, alert, whatever their order in the file: `sekisho try --orders` shows a request in both; deploy it to AWS, or write it for action order (`rule_order: action`)",
    "ポリシーは strict 順ですが、標準の Suricata はファイル内の順番に関係なく pass、drop、reject、alert の順に評価します。`sekisho try --orders` で両方の結果を確認できます。AWS にデプロイするか、action 順 (`rule_order: action`) で書いてください",
);

/// Stock Suricata has no default actions.
pub const DEFAULT_ACTIONS_LOST: Words = words(
    "the default actions are AWS's own and not in the file: what no rule matches passes in stock Suricata",
    "デフォルトアクションは AWS の機能でファイルには含まれません。標準の Suricata では、どのルールにも一致しない通信は通過します",
);

/// Variables have their place in the configuration.
#[must_use]
pub fn home_net_elsewhere(networks: &str) -> Text {
    (
        format!("`$HOME_NET` and other variables have their place in `suricata.yaml`: HOME_NET is [{networks}]"),
        format!("`$HOME_NET` などの変数は `suricata.yaml` に書きます。HOME_NET は [{networks}] です"),
    )
        .into()
}

/// A group of others.
#[must_use]
pub fn managed_lost(group: &str) -> Text {
    (
        format!("the rules of `{group}` are kept by others and not in the file"),
        format!("`{group}` のルールは他者が管理しているため、ファイルには含まれません"),
    )
        .into()
}

/// Variables of one group.
#[must_use]
pub fn group_variables_lost(group: &str) -> Text {
    (
        format!(
            "group `{group}` has variables of its own: Suricata has one of each name for all rules"
        ),
        format!(
            "グループ `{group}` には固有の変数があります。Suricata の変数はすべてのルールで共通です"
        ),
    )
        .into()
}

/// `@NAME` is AWS's.
#[must_use]
pub fn reference_lost(name: &str) -> Text {
    (
        format!("`@{name}` is AWS's: Suricata does not load the rules that name it"),
        format!("`@{name}` は AWS の機能です。これを使うルールを Suricata は読み込みません"),
    )
        .into()
}

/// Stateless rules are no rules of Suricata.
pub const STATELESS_LOST: Words = words(
    "the stateless rules are AWS's and not in the file",
    "ステートレスルールは AWS の機能で、ファイルには含まれません",
);

/// What is done to an object of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is made.
    Create,
    /// It is changed; nothing of it has to be made anew.
    Update,
    /// It is made anew under another name: its capacity is too small, and AWS does not change that.
    Replace,
    /// It is as it should be.
    Nothing,
    /// The policy does not use it any more.
    Unused,
}

/// What is done to one object: made, changed, made anew, left alone, not used any more.
#[must_use]
pub fn planned(change: Change, name: &str, capacity: Option<(usize, usize)>) -> Text {
    let (english, japanese) = match change {
        Change::Create => ("+ create ", "+ 作成     "),
        Change::Update => ("~ update ", "~ 更新     "),
        Change::Replace => ("± replace", "± 作り直し"),
        Change::Nothing => ("= as it is", "= 変更なし"),
        Change::Unused => ("- unused ", "- 不使用   "),
    };
    Text::made(|lang| {
        let word = if lang == Lang::English { english } else { japanese };
        let capacity = match (capacity, lang) {
            (None, _) => String::new(),
            (Some((needs, has)), Lang::English) => format!(", {needs} of {has} units of capacity"),
            (Some((needs, has)), Lang::Japanese) => format!("、容量 {has} のうち {needs} を使用"),
        };
        format!("{word} {name}{capacity}")
    })
}
