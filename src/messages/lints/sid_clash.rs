//! A sid that two rules have.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "sid-clash",
    what: words(
        "Two rows have rules with the same sid.",
        "2 つの行に、同じ sid のルールがあります。",
    ),
    why: words(
        "Log lines name a rule by its sid. Within a group the engine refuses the second rule or lets it replace the first; in two groups nobody can tell which of them wrote the line.",
        "ログの行はルールを sid で示します。同じグループではエンジンが 2 つ目を拒否するか 1 つ目と置き換え、別のグループではどちらが書いた行か分かりません。",
    ),
    example: "- {name: wiki, sid: 200100, action: pass, from: any, to: [.wiki.example]}\n- {name: news, sid: 200100, action: pass, from: any, to: [news.example]}",
    remedy: words(
        "Give each group a band of its own and each row a block in it: a row needs as many numbers as it has rules.",
        "グループごとに番号の範囲を、行ごとにその中の区画を割り当ててください。行にはルールの数だけ番号が要ります。",
    ),
    references: &["AWS Network Firewall API: Duplicate signature"],
};
