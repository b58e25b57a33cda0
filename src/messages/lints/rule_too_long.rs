//! A rule that is too long.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "rule-too-long",
    what: words(
        "A rule has more characters than AWS takes, with its variables written out.",
        "変数を展開したルールの文字数が、AWS の上限を超えています。",
    ),
    why: words(
        "AWS takes 8,192 characters for a rule, counts the values of variables in place of their names, and adds some of its own. A long list of networks is counted in each rule that names it.",
        "AWS の上限は 1 ルール 8,192 文字です。変数は名前ではなく値で数え、AWS が加える文字も含みます。長いネットワークの一覧は、それを使うルールごとに数えられます。",
    ),
    example: "sources:\n  everybody: {cidrs: [10.0.0.0/24, 10.0.2.0/24]}   # and 600 more",
    remedy: words(
        "Split sources or destinations over several rows, use wider networks, or an IP set reference (`references`), which is not written out.",
        "送信元や宛先を複数の行に分けるか、より広いネットワークを使うか、展開されない IP セット参照(`references`)を使ってください。",
    ),
    references: &["AWS Network Firewall quotas"],
};
