//! A group that CloudFormation does not take.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(group: &str, length: usize) -> Text {
    (
        format!("the rules of `{group}` have {length} characters: the API takes them, CloudFormation takes 1,000,000"),
        format!("`{group}` のルールは {length} 文字です: API は受け付けますが、CloudFormation は 1,000,000 文字までです"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "make two groups of it, or deploy it through the API",
    "2 つのグループに分けるか、API でデプロイしてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "too-big-for-cloudformation",
    what: words(
        "A rule group is too long for CloudFormation.",
        "ルールグループが CloudFormation には長すぎます。",
    ),
    why: words(
        "The API takes 2,000,000 characters of rules in a group, the schema of CloudFormation half of that. The whole template has a limit too.",
        "API は 1 グループにつき 2,000,000 文字まで受け付けますが、CloudFormation のスキーマはその半分です。テンプレート全体にも上限があります。",
    ),
    example: "domain_lists:\n  all-of-them: []   # 5,000 names become 10,000 rules",
    remedy: words(
        "Make two groups of it. Rows with networks or fewer names are shorter.",
        "2 つのグループに分けてください。ネットワークで書くか、名前を減らすと短くなります。",
    ),
    references: &["CloudFormation schema: AWS::NetworkFirewall::RuleGroup, RulesString"],
};
