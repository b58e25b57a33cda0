//! A sid that logs take for something else.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "sid-reserved",
    what: words(
        "A rule has a sid below 1000, or one of those that are made around the rows.",
        "ルールの sid が 1000 未満か、行の前後に作られる範囲にあります。",
    ),
    why: words(
        "AWS logs its default actions with sids such as 2 and 4. A rule with such a number looks the same in a query of the log.",
        "AWS はデフォルトアクションを 2 や 4 などの sid で記録します。同じ番号のルールは、ログの検索では区別できません。",
    ),
    example: "- {name: wiki, sid: 2, action: pass, from: any, to: [.wiki.example]}",
    remedy: words(
        "Use sids from 1000 to 3999998999.",
        "1000 から 3999998999 までの sid を使ってください。",
    ),
    references: &["AWS Network Firewall best-practices guide: log queries; lines of real logs"],
};
