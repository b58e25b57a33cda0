//! A row in the shadow of another.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "shadowed-by-rule",
    what: words(
        "One row above decides all that a row asks for, and decides otherwise.",
        "上の 1 行が、対象のすべてを別の結果に決めています。",
    ),
    why: words(
        "The row never decides anything. Whoever reads it believes that something is passed, or blocked, which is not.",
        "その行は何も決めません。読む人は、実際とは違って許可または遮断されていると思い込みます。",
    ),
    example: "- {name: wiki, action: pass, from: any, to: [.wiki.example]}\n- {name: uploads, action: drop, from: any, to: [upload.wiki.example]}",
    remedy: words(
        "Move the narrow row above the wide one, or take it out. The request of the finding shows what would change.",
        "狭い行を広い行の上へ移すか、取り除いてください。指摘のリクエストで、何が変わるかを確かめられます。",
    ),
    references: &["exact over the flows that docs/flows.md describes"],
};
