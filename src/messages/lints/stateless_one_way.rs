//! Stateless rules that treat both directions differently.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "stateless-one-way",
    what: words(
        "A stateless rule passes packets one way, and their answers are forwarded; or the other way round.",
        "ステートレスルールが片方向を通過させ、その応答は転送されます(またはその逆)。",
    ),
    why: words(
        "Stateless rules know no connections: each direction is asked on its own. The stateful engine then sees half of a connection, takes it for one that it did not see begin, and applies the stream exception policy.",
        "ステートレスルールは接続を知らず、方向ごとに問われます。ステートフルエンジンは接続の半分しか見ず、開始を見ていない接続としてストリーム例外ポリシーを適用します。",
    ),
    example: "stateless:\n  rule_groups:\n    - name: shortcuts\n      priority: 1\n      rules:\n        - {name: out, action: pass, from: 10.0.0.0/8, to: 203.0.113.0/24}",
    remedy: words(
        "Write a rule for the answers too, or forward both ways.",
        "応答側のルールも書くか、両方向を転送してください。",
    ),
    references: &[
        "AWS Network Firewall API: AnalyzeRuleGroup, asymmetric forwarding",
        "each finding is tried with the packets that it shows",
    ],
};
