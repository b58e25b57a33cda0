//! The view that explains a verdict: its tabs, heads and invitations.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// Names of the tabs, each behind the key that leads to it.
pub mod tab {
    use super::{Words, words};

    /// The three lists.
    pub const WHY: Words = words("Why", "理由");
    /// Edits that would change the verdict.
    pub const CHANGE: Words = words("Change it", "変えるには");
    /// The same where there is little room.
    pub const CHANGE_SHORT: Words = words("Change", "変更");
    /// Client variants.
    pub const CLIENTS: Words = words("Other clients", "別のクライアント");
    /// The same where there is little room.
    pub const CLIENTS_SHORT: Words = words("Clients", "別の端末");
    /// Both rule orders.
    pub const ORDERS: Words = words("Both orders", "2 つの順序");
    /// The same where there is little room.
    pub const ORDERS_SHORT: Words = words("Orders", "順序");
    /// Causes outside the policy.
    pub const ELSEWHERE: Words = words("Blocked all the same", "それでも遮断される");
    /// The same where there is little room.
    pub const ELSEWHERE_SHORT: Words = words("Elsewhere", "ほかの原因");
}

/// Edits are being searched for.
pub const SEARCHING: Words =
    words("what would change it is being searched for …", "判定を変える編集を探しています …");
/// There is no edit to make.
pub const NO_OFFER: Words = words("there is no edit to make", "行える編集がありません");
/// In front of what is typed to filter the rows.
pub const FILTER: Words = words("only rows with", "絞り込み");
/// The filter leaves nothing.
pub const NOTHING_LEFT: Words = words(
    "no row has that in its name, source, target or sid",
    "名前・送信元・宛先・sid にそれを含む行はありません",
);
/// The client whose request was typed.
pub const USUAL_CLIENT: Words = words("as a usual client sends it", "通常のクライアント");

/// A client whose request ends as the usual one's does.
#[must_use]
pub fn same(experience: Words) -> Text {
    Text::made(|lang| match lang {
        English => format!("{}   by the same rule", experience.say(lang)),
        Japanese => format!("{}   同じルールによる", experience.say(lang)),
    })
}

/// One of the two rule orders, in a word.
#[must_use]
pub const fn order_word(strict: bool) -> Words {
    if strict { words("strict", "厳格な順序") } else { words("action", "アクション順") }
}

/// One of the two rule orders; `own`: that of the policy.
#[must_use]
pub const fn order(strict: bool, own: bool) -> Words {
    match (strict, own) {
        (true, true) => words("strict order, as this policy has it", "厳格な順序 (このポリシー)"),
        (true, false) => words("strict order", "厳格な順序"),
        (false, true) => {
            words("action order, as this policy has it", "アクション順 (このポリシー)")
        }
        (false, false) => words("action order", "アクション順"),
    }
}
