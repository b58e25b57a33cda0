//! What is passed leaves no trace.

use super::Page;
use crate::messages::Lang::{English, Japanese};
use crate::messages::{Text, Words, words};

/// What is seen; `all`: whether there are no more others than these.
#[must_use]
pub fn message(row: &Text, others: usize, all: bool) -> Text {
    Text::made(|lang| {
        let row = row.say(lang);
        match (lang, others) {
            (English, n) if !all => {
                format!("{row} passes without a log line, and so do {n} other rows at least")
            }
            (Japanese, n) if !all => {
                format!("{row} は記録を残さずに通過させます(ほかに少なくとも {n} 行も同様)")
            }
            (English, 0) => format!("{row} passes without a log line"),
            (English, 1) => format!("{row} passes without a log line, and so does one other row"),
            (English, n) => format!("{row} passes without a log line, and so do {n} other rows"),
            (Japanese, 0) => format!("{row} は記録を残さずに通過させます"),
            (Japanese, n) => format!("{row} は記録を残さずに通過させます(ほかに {n} 行も同様)"),
        }
    })
}

/// What to do about it.
pub const HELP: Words = words(
    "write `log: true` at rows whose use is to be seen; by hand `alert;` in the pass, or an alert above it",
    "使われ方を見たい行に `log: true` を書いてください。手書きなら pass の中に `alert;` を書くか、上に alert を置きます",
);

/// The page.
pub const PAGE: Page = Page {
    code: "pass-not-logged",
    what: words(
        "A pass writes no log line: what it allows cannot be seen, and its hit count stays 0.",
        "pass は記録を残しません。何を許可したかが見えず、ヒット数も 0 のままです。",
    ),
    why: words(
        "The alert log holds what alerts, drops and rejects matched. Without a line nobody can tell whether a pass is still needed. An alert below the pass is not asked any more.",
        "アラートログに残るのは alert、drop、reject が一致したものだけです。記録がなければ、その pass がまだ必要かどうか誰にも分かりません。pass より下の alert は問われません。",
    ),
    example: "- {name: bank, action: pass, from: any, to: [api.bank.example]}",
    remedy: words(
        "`log: true` at the row. Lines cost money where much is passed: log what is rare, new or sensitive.",
        "行に `log: true` を書いてください。通信が多い行では費用がかかるため、まれなもの、新しいもの、重要なものを記録します。",
    ),
    references: &["AWS Network Firewall best-practices guide: logging allowed traffic"],
};
