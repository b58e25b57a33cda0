//! A row with exceptions above it.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "generalised-rule",
    what: words(
        "A row acts differently from a row above it, and is about all that usual clients send which that one is about, and more: the upper one is an exception to it.",
        "その行は、通常のクライアントについて上の行の対象をすべて含み、動作が異なります。上の行はその例外です。",
    ),
    why: words(
        "That is how exceptions are written. It is worth knowing before rows are moved: below the wide row an exception decides nothing that usual clients send (others may still meet it). Told only when asked for, with `sekisho check --overlaps` or `sekisho access --rule NAME`.",
        "例外はこのように書くものです。行を移す前に知っておくと役立ちます。例外を広い行の下に置くと、通常のクライアントの通信については何も決めなくなります (そのほかのクライアントには働くことがあります)。`sekisho check --overlaps` または `sekisho access --rule 名前` で尋ねたときだけ示します。",
    ),
    example: "- {name: uploads, action: drop, from: any, to: [upload.wiki.example]}\n- {name: wiki, action: pass, from: any, to: [.wiki.example]}",
    remedy: words(
        "Nothing: keep the exceptions above. If the wide row is not meant to cover them, narrow it.",
        "何もする必要はありません。例外は上に置いたままにしてください。広い行に含める意図がないなら、その行を狭めてください。",
    ),
    references: &[
        "E. Al-Shaer, H. Hamed, Discovery of Policy Anomalies in Distributed Firewalls, INFOCOM 2004: generalization",
        "exact over the flows that docs/flows.md describes",
    ],
};
