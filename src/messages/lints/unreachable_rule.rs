//! A row in the shadow of several, or never asked.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "unreachable-rule",
    what: words(
        "Several rows together decide all that a row asks for, or what stands around the rows does.",
        "複数の行が合わせて対象のすべてを決めているか、行の前後にあるものが決めています。",
    ),
    why: words(
        "The row never decides anything, and no single row is to blame: each leaves something, together they leave nothing. Or the default action acts on packets that come before what the row asks for.",
        "その行は何も決めません。原因は 1 行ではなく、それぞれは一部を残しても、合わせると何も残りません。または、問われる前のパケットにデフォルトアクションが働いています。",
    ),
    example: "- {name: low, action: drop, from: any, to: 203.0.113.0/25}\n- {name: high, action: drop, from: any, to: 203.0.113.128/25}\n- {name: partner, action: pass, from: any, to: 203.0.113.0/24}",
    remedy: words(
        "Move it above the first row that is named, or take it out. Where the default action is named, let the handshake through first: write the names as rows in the words of the policy.",
        "挙げられた最初の行より上へ移すか、取り除いてください。デフォルトアクションが挙げられている場合は、名前をポリシーの言葉で行として書き、まずハンドシェイクを通してください。",
    ),
    references: &["exact over the flows that docs/flows.md describes"],
};
