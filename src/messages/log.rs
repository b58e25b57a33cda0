//! A line of the firewall's log beside what the policy does, in words.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// The same outcome.
const AGREES: Words = words("so does this policy", "このポリシーも同じ結果です");
/// Another outcome.
const DIFFERS: Words = words("this policy says otherwise", "このポリシーの結果は異なります");
/// One of the two outcomes is not known.
const NOT_COMPARED: Words =
    words("that cannot be compared with this policy", "このポリシーと比べることはできません");
/// Policy and log line cannot both come from standard input.
pub const TWICE_STANDARD_INPUT: Words = words(
    "policy and log line cannot both be read from standard input: give one of them as a file",
    "ポリシーとログ行の両方を標準入力から読むことはできません。どちらかをファイルで指定してください",
);

/// What the log says beside what this policy does.
#[must_use]
pub fn compared(logged: &Text, agrees: Option<bool>) -> Text {
    let here = match agrees {
        Some(true) => AGREES,
        Some(false) => DIFFERS,
        None => NOT_COMPARED,
    };
    Text::made(|lang| match lang {
        English => format!("{}; {}", logged.say(lang), here.say(lang)),
        Japanese => format!("{}。{}", logged.say(lang), here.say(lang)),
    })
}

/// A request was taken from a log; `more`: lines of it that were not looked at.
#[must_use]
pub fn taken(more: usize) -> Text {
    match more {
        0 => ("taken from the log line", "ログの行から取り込みました").into(),
        1 => (
            "taken from the first log line; one more is not looked at",
            "ログの最初の行から取り込みました。ほかの 1 行は見ていません",
        )
            .into(),
        _ => (
            format!("taken from the first log line; {more} more are not looked at"),
            format!("ログの最初の行から取り込みました。ほかの {more} 行は見ていません"),
        )
            .into(),
    }
}

/// A pasted line that cannot be used.
#[must_use]
pub fn not_taken(why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("not taken: {}", why.say(lang)),
        Japanese => format!("取り込めません: {}", why.say(lang)),
    })
}

/// What the log says: outcome and who wrote the line.
#[must_use]
pub fn logged(outcome: Option<&str>, by: &Text) -> Text {
    Text::made(|lang| {
        let by = by.say(lang);
        match lang {
            English => {
                let outcome = match outcome {
                    Some("pass") => "passed",
                    Some("drop") => "dropped",
                    Some("reject") => "rejected",
                    _ => "an outcome it does not tell,",
                };
                format!("the log says {outcome} by {by}")
            }
            Japanese => match outcome {
                Some("pass") => format!("ログでは {by} が通過させています"),
                Some("drop") => format!("ログでは {by} がドロップしています"),
                Some("reject") => format!("ログでは {by} が拒否しています"),
                _ => format!("ログの行は {by} のもので、結果は書かれていません"),
            },
        }
    })
}

/// A rule that only the log knows.
#[must_use]
pub fn rule(sid: u32, signature: &str) -> Text {
    if signature.is_empty() {
        return Text::verbatim(&format!("sid {sid}"));
    }
    (format!("sid {sid} (`{signature}`)"), format!("sid {sid}(`{signature}`)")).into()
}

/// The line names nobody.
#[must_use]
pub fn nobody() -> Text {
    ("a rule it does not name", "名前のないルール").into()
}

/// Old lines, and lines of `alert` rules, do not say what became of the packet.
#[must_use]
pub fn no_outcome() -> Text {
    (
        "`alert.action` says what that one rule did, not what became of the packet: only `verdict.action` does, and this line has none",
        "`alert.action` はそのルールの動作であって、パケットの結果ではありません。結果を示すのは `verdict.action` だけで、この行にはありません",
    )
        .into()
}

/// The sid is none of this policy's.
#[must_use]
pub fn unknown_sid(sid: u32, resource: Option<&str>) -> Text {
    let place = resource.map(|r| format!(" (the line names {r})")).unwrap_or_default();
    let place_ja = resource.map(|r| format!("(行には {r} とあります)")).unwrap_or_default();
    (
        format!("no rule here has sid {sid}{place}: another revision of this policy was deployed, or another rule group wrote it"),
        format!("sid {sid} のルールはここにありません{place_ja}。このポリシーの別の版が配備されていたか、別のルールグループが記録したものです"),
    )
        .into()
}

/// The default action decided then, a rule does now.
#[must_use]
pub fn default_then(now: &Text) -> Text {
    Text::made(|lang| {
        let now = now.say(lang);
        match lang {
            English => format!(
                "no rule matched when this was logged; here {now} decides: the policy changed since, or is not deployed"
            ),
            Japanese => format!(
                "記録時に一致したルールはありませんでしたが、ここでは {now} が決めます。その後ポリシーが変わったか、まだ配備されていません"
            ),
        }
    })
}

/// Another rule decided then.
#[must_use]
pub fn other_rule(then: &Text, now: &Text) -> Text {
    Text::made(|lang| {
        let (then, now) = (then.say(lang), now.say(lang));
        match lang {
            English => format!(
                "{then} decided when this was logged; here {now} does: the policy changed since"
            ),
            Japanese => format!(
                "記録時は {then} が決めましたが、ここでは {now} が決めます。その後ポリシーが変わりました"
            ),
        }
    })
}

/// The same rule, another outcome.
#[must_use]
pub fn changed() -> Text {
    (
        "the outcome was another when this was logged: the policy changed since",
        "記録時の結果は異なります。その後ポリシーが変わりました",
    )
        .into()
}
