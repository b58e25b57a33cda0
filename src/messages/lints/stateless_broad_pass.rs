//! Stateless passes that let much by.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "stateless-broad-pass",
    what: words(
        "A stateless rule, or the stateless default action, passes much before the stateful rules see it.",
        "ステートレスルールかそのデフォルトアクションが、ステートフルルールの前に広く通過させています。",
    ),
    why: words(
        "What a stateless rule passes never reaches the stateful engine: no rule about names is asked, and nothing is logged.",
        "ステートレスルールが通過させたものはステートフルエンジンに届きません。名前のルールは問われず、記録も残りません。",
    ),
    example: "stateless:\n  default_action: pass",
    remedy: words(
        "Have no stateless rules, and forward everything: `default_action: forward`.",
        "ステートレスルールを置かず、`default_action: forward` ですべてを転送してください。",
    ),
    references: &["AWS Network Firewall best-practices guide: stateless rules"],
};
