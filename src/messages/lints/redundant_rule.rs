//! A row that makes no difference.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "redundant-rule",
    what: words(
        "Without the row, others would do the same for all that it asks for.",
        "その行がなくても、対象のすべてに対してほかの行が同じことをします。",
    ),
    why: words(
        "It costs capacity and a reader's time, and hides which row really decides.",
        "容量と読む人の時間を費やし、実際にどの行が決めているのかを分かりにくくします。",
    ),
    example: "- {name: wiki, action: pass, from: any, to: [.wiki.example]}\n- {name: english-wiki, action: pass, from: any, to: [en.wiki.example]}",
    remedy: words(
        "Take it out, unless it is there to be read. Every flow keeps its verdict; `sekisho impact` proves it.",
        "説明のために残すのでなければ、取り除いてください。どのフローの判定も変わらないことは `sekisho impact` で確かめられます。",
    ),
    references: &["exact over the flows that docs/flows.md describes"],
};
