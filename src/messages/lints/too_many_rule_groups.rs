//! More rule groups than a policy may have.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(groups: usize, most: usize) -> Text {
    (
        format!("the policy has {groups} rule groups; AWS takes {most}, managed ones among them, and does not raise that"),
        format!("ルールグループが {groups} 個あります。AWS ではマネージドグループを含めて {most} 個までで、引き上げはできません"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "join groups: one can hold the rows of several teams, each with its `owner`",
    "グループをまとめてください。1 つのグループに複数チームの行を、`owner` を付けて置けます",
);

/// The page.
pub const PAGE: Page = Page {
    code: "too-many-rule-groups",
    what: words(
        "The policy has more rule groups than AWS takes, or hardly room for another.",
        "ルールグループの数が AWS の上限を超えているか、ほとんど余裕がありません。",
    ),
    why: words(
        "A firewall policy has at most 20 stateful rule groups, those that AWS or partners keep among them; the quota is fixed. A design with one group for each team or each list of names ends there.",
        "1 つのポリシーに置けるステートフルルールグループは、AWS やパートナーが管理するものを含めて 20 個までで、変更できません。チームごと、ドメインリストごとにグループを作る設計はここで行き詰まります。",
    ),
    example: "rule_groups:\n  - {name: team-01, priority: 100, rules: []}\n  # … 20 more",
    remedy: words(
        "Join groups. Rows with `from` need no group of their own, since each row says who asks.",
        "グループをまとめてください。各行が `from` で送信元を示すため、送信元ごとのグループは要りません。",
    ),
    references: &["AWS Network Firewall quotas"],
};
