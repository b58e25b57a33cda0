//! Every pass is asked before every drop.

use super::Page;
use crate::messages::Lang::{English, Japanese};
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(pass: &Text, block: &Text) -> Text {
    Text::made(|lang| {
        let (pass, block) = (pass.say(lang), block.say(lang));
        match lang {
            English => format!(
                "the policy is in action order: {pass}, and every other pass, is asked before {block}, wherever they stand"
            ),
            Japanese => format!(
                "このポリシーはアクション順です: {pass} をはじめ pass はすべて、位置によらず {block} より先に問われます"
            ),
        }
    })
}

/// What to do about it.
pub const HELP: Words = words(
    "write `rule_order: strict` and look at what changes (`sekisho impact`); in AWS the policy and its groups must be made anew",
    "`rule_order: strict` と書き、`sekisho impact` で何が変わるかを確かめてください。AWS ではポリシーとグループを作り直す必要があります",
);

/// The page.
pub const PAGE: Page = Page {
    code: "action-order",
    what: words(
        "The policy is in action order, in which the place of a row means nothing.",
        "ポリシーがアクション順で、行の位置に意味がありません。",
    ),
    why: words(
        "Action order is what the API takes when nothing is said. The engine asks every pass, then every drop, then every reject, then every alert. A narrow drop above a wide pass never acts, and there are no default actions: what no rule matches passes.",
        "何も指定しないと API はアクション順になります。エンジンは pass、drop、reject、alert の順にすべてのルールを問います。広い pass の上に置いた狭い drop は効かず、デフォルトアクションも使えないため、どのルールにも一致しない通信は通過します。",
    ),
    example: "rule_order: action\nrule_groups:\n  - name: everything\n    priority: 100\n    rules:\n      - {name: drafts, action: drop, from: any, to: [drafts.example]}\n      - {name: handbook, action: pass, from: any, to: [.example]}",
    remedy: words(
        "Use strict order for new policies. Before an old one is switched over, compare both orders: `sekisho try --orders`, `sekisho impact`. The order of a rule group cannot be changed in AWS: make the groups and the policy anew.",
        "新しいポリシーには strict を使ってください。既存のものを切り替える前に、`sekisho try --orders` と `sekisho impact` で両方の順序を比べてください。AWS ではルールグループの順序を後から変えられないため、グループとポリシーを作り直します。",
    ),
    references: &["AWS Network Firewall developer guide: evaluation order for stateful rules"],
};
