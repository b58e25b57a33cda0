//! Rows that overlap and act differently.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "correlated-rules",
    what: words(
        "Two rows act differently and overlap, each with requests of its own, or it cannot be told whether: the one that stands first decides what they share.",
        "動作の異なる 2 行の対象が一部だけ重なるか、一部だけかどうか判断できません。重なる部分は、先に置いた方が決めます。",
    ),
    why: words(
        "It is how priority works, and mostly as it is meant. But neither row looks like an exception to the other, so whoever moves one of them, or puts a new row between them, may not see that requests change hands. Told only when asked for, with `sekisho check --overlaps` or `sekisho access --rule NAME`; with a request that the upper row decides, and what the lower one alone would make of it.",
        "優先順位の本来の働きで、多くは意図どおりです。ただ、どちらの行も相手の例外には見えないため、一方を移したり間に行を加えたりしたときに、決める行が変わることに気づきにくくなります。`sekisho check --overlaps` または `sekisho access --rule 名前` で尋ねたときだけ、上の行が決めるリクエストと、下の行だけならどうなるかを示します。",
    ),
    example: "- {name: paste-sites, action: drop, from: any, to: [.paste.example]}\n- {name: payroll, action: pass, from: payroll, to: [.example]}",
    remedy: words(
        "Nothing, if the order is meant. Keep a case for the request that is shown, so that `sekisho test` fails when the rows change places; or accept the finding with a reason.",
        "順序が意図どおりなら、何もする必要はありません。示されたリクエストをケースにしておくと、行が入れ替わったときに `sekisho test` が失敗します。理由を付けて受け入れることもできます。",
    ),
    references: &[
        "E. Al-Shaer, H. Hamed, Discovery of Policy Anomalies in Distributed Firewalls, INFOCOM 2004: correlation",
        "exact over the flows that docs/flows.md describes",
    ],
};
