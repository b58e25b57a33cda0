//! What became of a request, in words.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// What the client notices, as the first word of a sentence: six words, upper case, nowhere else.
pub mod experience {
    use super::{Words, words};

    /// Nothing is lost.
    pub const WORKS: Words = words("WORKS", "通信可");
    /// Packets vanish.
    pub const TIMES_OUT: Words = words("TIMES OUT", "タイムアウト");
    /// The client gets a reset.
    pub const IS_RESET: Words = words("IS RESET", "リセット");
    /// Part of the conversation is lost.
    pub const HALF_WORKS: Words = words("HALF WORKS", "一部のみ可");
    /// Not known.
    pub const CANNOT_TELL: Words = words("CANNOT TELL", "判定不能");
    /// It depends on the destination address.
    pub const DEPENDS: Words = words("DEPENDS", "条件次第");
}

/// Names a packet of the recordings as people call it: `client_hello#2` is `ClientHello (part 2)`.
#[must_use]
pub fn packet(name: &str) -> Text {
    let (stem, part) = name.split_once('#').map_or((name, ""), |(s, p)| (s, p));
    let (stem, ack) = stem.strip_suffix("_ack").map_or((stem, false), |s| (s, true));
    let (part, ack) = part.strip_suffix("_ack").map_or((part, ack), |p| (p, true));
    let (english, japanese) = packet_word(stem);
    let ack_of = if ack { "ACK of " } else { "" };
    let of_ack = if ack { " の ACK" } else { "" };
    if part.is_empty() {
        return (format!("{ack_of}{english}"), format!("{japanese}{of_ack}")).into();
    }
    (format!("{ack_of}{english} (part {part})"), format!("{japanese} ({part} つ目){of_ack}")).into()
}

fn packet_word(stem: &str) -> (&str, &str) {
    match stem {
        "syn" => ("SYN", "SYN"),
        "synack" => ("SYN/ACK", "SYN/ACK"),
        "ack" => ("ACK", "ACK"),
        "lastack" => ("last ACK", "最後の ACK"),
        "fin" => ("FIN", "FIN"),
        "finack" => ("FIN/ACK", "FIN/ACK"),
        "rst" => ("RST", "RST"),
        "c_winupd" => ("window update", "ウィンドウ更新"),
        "s_winupd" => ("server's window update", "サーバーのウィンドウ更新"),
        "client_hello" => ("ClientHello", "ClientHello"),
        "server_hello" => ("ServerHello", "ServerHello"),
        "client_finished" => ("client Finished", "クライアントの Finished"),
        "server_finished" => ("server Finished", "サーバーの Finished"),
        "client_appdata" | "client_data" => ("client data", "クライアントのデータ"),
        "server_appdata" | "server_data" => ("server data", "サーバーのデータ"),
        "http_request" => ("HTTP request", "HTTP リクエスト"),
        "http_response" => ("HTTP response", "HTTP レスポンス"),
        "http_request2" => ("second request", "2 つ目のリクエスト"),
        "http_response2" => ("second response", "2 つ目のレスポンス"),
        "banner" => ("server banner", "サーバーのバナー"),
        "udp" => ("first datagram", "最初のデータグラム"),
        "udp2" => ("second datagram", "2 つ目のデータグラム"),
        "udp_reply" => ("reply", "応答"),
        "dns_query" => ("DNS query", "DNS クエリ"),
        "dns_response" => ("DNS answer", "DNS 応答"),
        "quic_initial" => ("QUIC Initial", "QUIC Initial"),
        "quic_reply" => ("QUIC reply", "QUIC 応答"),
        "icmp" => ("echo request", "エコー要求"),
        "icmp_reply" => ("echo reply", "エコー応答"),
        other => (other, other),
    }
}

/// What was done to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Let through.
    Passed,
    /// Discarded in silence.
    Dropped,
    /// Answered with a reset.
    Rejected,
}

/// `TIMES OUT   dropped by payroll / bank-api (#7, priority 200, sid 200100), at ClientHello: it names …`.
#[must_use]
pub fn decided(
    experience: Words,
    done: Done,
    by: &Text,
    at: Option<&Text>,
    because: Option<&Text>,
) -> Text {
    Text::made(|lang| {
        let (experience, by) = (experience.say(lang), by.say(lang));
        let because = because.map(|b| format!(": {}", b.say(lang))).unwrap_or_default();
        let at = at.map(|at| at.say(lang));
        match lang {
            English => {
                let done = match done {
                    Done::Passed => "passed",
                    Done::Dropped => "dropped",
                    Done::Rejected => "rejected",
                };
                let at = at.map(|at| format!(", at {at}")).unwrap_or_default();
                format!("{experience}   {done} by {by}{at}{because}")
            }
            Japanese => {
                let done = match done {
                    Done::Passed => "通過させます",
                    Done::Dropped => "ドロップします",
                    Done::Rejected => "拒否します",
                };
                let at = at.map(|at| format!("{}{at} で", gap_before(at))).unwrap_or_default();
                format!("{experience}   {by} が{at}{done}{because}")
            }
        }
    })
}

/// The blank that Japanese puts between its own characters and a word in Latin ones.
fn gap_before(word: &str) -> &'static str {
    if word.starts_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" }
}

/// What an action does, as a verb before a noun.
pub(super) fn does_ja(action: &str) -> &'static str {
    match action {
        "pass" => "通過させる",
        "drop" => "ドロップする",
        "reject" => "拒否する",
        "alert" => "記録する",
        _ => "遮断する",
    }
}

/// A rule with everything by which it is found: its number in the list, its group's priority, its sid.
#[must_use]
pub fn rule_in_full(group: &str, name: &str, (number, priority, sid): (usize, u32, u32)) -> Text {
    (
        format!("{group} / {name} (#{number}, priority {priority}, sid {sid})"),
        format!("{group} / {name} (#{number}、優先度 {priority}、sid {sid})"),
    )
        .into()
}

/// A rule as sentences name it.
#[must_use]
pub fn rule(group: &str, name: &str, number: usize) -> Text {
    Text::verbatim(&format!("{group} / {name} (#{number})"))
}

/// Nobody decided.
pub const NO_RULE: Words = words("no rule", "ルールなし");

/// Several rules, or other things, as sentences name them.
#[must_use]
pub fn list(names: &[Text]) -> Text {
    Text::made(|lang| {
        let names: Vec<&str> = names.iter().map(|name| name.say(lang)).collect();
        match lang {
            English => names.join(", "),
            Japanese => names.join("、"),
        }
    })
}

/// A rule group that others keep, as sentences name it: nobody knows its rules.
#[must_use]
pub fn managed(name: &str) -> Text {
    (format!("the managed group `{name}`"), format!("マネージドグループ `{name}`")).into()
}

/// The default action as sentences name it; `words` is the AWS name without its prefix.
#[must_use]
pub fn default_action(words: &str) -> Text {
    let words = words.replace('_', " ");
    (format!("the default action ({words})"), format!("デフォルトアクション ({words})")).into()
}

/// No rule matched and there is no default action.
#[must_use]
pub fn unmatched(experience: Words) -> Text {
    Text::made(|lang| {
        let experience = experience.say(lang);
        match lang {
            English => format!(
                "{experience}   no rule matches and there is no default action: it passes, unlogged"
            ),
            Japanese => format!(
                "{experience}   一致するルールもデフォルトアクションもなく、記録されずに通過します"
            ),
        }
    })
}

/// The outcome hangs on something that is not modelled.
#[must_use]
pub fn undetermined(because: &[Text]) -> Text {
    let because = list(because);
    Text::made(|lang| {
        let (word, because) = (experience::CANNOT_TELL.say(lang), because.say(lang));
        match lang {
            English => format!("{word}   it hangs on what is not modelled: {because}"),
            Japanese => format!("{word}   モデル化していないものに左右されます: {because}"),
        }
    })
}

/// It depends on the destination: what most addresses get, and what those in `to` get.
#[must_use]
pub fn depends(usual: &Text, to: &str, other: &Text) -> Text {
    Text::made(|lang| {
        let word = experience::DEPENDS.say(lang);
        let [usual, other] = [usual, other].map(|text| one_space(text.say(lang)));
        match lang {
            English => format!("{word}   on the destination address: {usual}; to {to} {other}"),
            Japanese => {
                format!("{word}   宛先アドレスによります: {usual}。宛先が {to} なら {other}")
            }
        }
    })
}

/// It depends on the destination: what most addresses get, and how many other outcomes there are; at least, where not all
/// addresses were asked about.
#[must_use]
pub fn depends_widely(usual: &Text, others: usize, whole: bool) -> Text {
    Text::made(|lang| {
        let word = experience::DEPENDS.say(lang);
        let usual = one_space(usual.say(lang));
        match (lang, whole) {
            (English, true) => format!(
                "{word}   on the destination address: {usual}; {others} other outcomes below"
            ),
            (English, false) => format!(
                "{word}   on the destination address: {usual}; {others} other outcomes or more"
            ),
            (Japanese, true) => format!(
                "{word}   宛先アドレスによります: {usual}。ほか {others} 通りの結果は下にあります"
            ),
            (Japanese, false) => format!(
                "{word}   宛先アドレスによります: {usual}。ほかに {others} 通り以上の結果があります"
            ),
        }
    })
}

/// A sentence inside another one: its first word is not set apart.
fn one_space(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several sources asked and get one answer.
#[must_use]
pub fn same_for_all(set: &str, shown: &str) -> Text {
    (
        format!("The same for all of {set}; shown for {shown}"),
        format!("{set} のすべてで同じです。以下は {shown} の場合です"),
    )
        .into()
}

/// Several sources asked and do not get one answer.
#[must_use]
pub fn depends_on_source(answers: usize) -> Text {
    Text::made(|lang| match lang {
        English => format!("{}   on the source: {answers} answers", experience::DEPENDS.say(lang)),
        Japanese => {
            format!("{}   送信元によります: 結果は {answers} 通り", experience::DEPENDS.say(lang))
        }
    })
}

/// What some of the sources get.
#[must_use]
pub fn from_set(set: &str, sentence: &Text) -> Text {
    Text::made(|lang| {
        let sentence = one_space(sentence.say(lang));
        match lang {
            English => format!("from {set}: {sentence}"),
            Japanese => format!("{set} から: {sentence}"),
        }
    })
}

/// What became of a request, in one word of a table.
#[must_use]
pub fn action_word(action: Option<&str>) -> Text {
    action.map_or_else(
        || experience::CANNOT_TELL.into(),
        |action| Text::verbatim(&action.to_uppercase()),
    )
}

/// Whose answer is told in full.
#[must_use]
pub fn shown_for(from: &str) -> Text {
    (format!("In full for {from}:"), format!("{from} の場合の詳細:")).into()
}

/// For which source, and which destinations, rows are told.
#[must_use]
pub fn rows_shown_for(from: Option<&str>, to: Option<&Text>) -> Option<Text> {
    if from.is_none() && to.is_none() {
        return None;
    }
    Some(Text::made(|lang| match (lang, from, to.map(|to| to.say(lang))) {
        (English, Some(from), Some(to)) => format!("shown for {from}, to {to}"),
        (English, Some(from), None) => format!("shown for {from}"),
        (English, None, to) => format!("shown for a request to {}", to.unwrap_or_default()),
        (Japanese, Some(from), Some(to)) => format!("以下は {from} から {to} への場合です"),
        (Japanese, Some(from), None) => format!("以下は {from} の場合です"),
        (Japanese, None, to) => format!("以下は {} への場合です", to.unwrap_or_default()),
    }))
}

/// A destination that is not given.
pub const ANY_ADDRESS: Words = words("any address", "任意のアドレス");

/// Every address that is not named beside it.
pub const ANY_OTHER_ADDRESS: Words = words("any other address", "その他のアドレス");

/// What reading the rows from top to bottom would give, when the engine decides otherwise.
#[must_use]
pub fn order_lost(row: &Text, action: &str) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "row order is not kept: read from top to bottom, {} would {action} it",
            row.say(lang)
        ),
        Japanese => format!(
            "行の順序が守られません: 上から順に読めば {} が{}はずです",
            row.say(lang),
            does_ja(action)
        ),
    })
}

/// The closest miss when the request was blocked (`would` = "pass") or let through (`would` = "drop").
#[must_use]
pub fn closest(rule: &Text, would: &str, but: &[Text]) -> Text {
    Text::made(|lang| {
        let but: Vec<&str> = but.iter().map(|but| but.say(lang)).collect();
        let rule = rule.say(lang);
        match lang {
            English => format!("{rule} would {would} it, but {}", but.join(" and ")),
            Japanese => {
                format!("{rule} なら{}ところですが、{} です", does_ja(would), but.join("、"))
            }
        }
    })
}

/// The closest miss is a rule that is switched off.
#[must_use]
pub fn closest_off(rule: &Text, would: &str) -> Text {
    Text::made(|lang| match lang {
        English => format!("{} would {would} it, but it is switched off", rule.say(lang)),
        Japanese => {
            format!("{} なら{}ところですが、無効になっています", rule.say(lang), does_ja(would))
        }
    })
}

/// A rule that matches as well, but on the same packet below the rule that decided.
#[must_use]
pub fn stands_below(rule: &Text, would: &str, decided: &Text) -> Text {
    Text::made(|lang| {
        let (rule, decided) = (rule.say(lang), decided.say(lang));
        match lang {
            English => format!("{rule} would {would} it too, but {decided} comes first"),
            Japanese => {
                format!("{rule} も{}ところですが、{decided} が先です", does_ja(would))
            }
        }
    })
}

/// A rule that matches as well, on a later packet than the one on which it was decided.
#[must_use]
pub fn too_late(rule: &Text, would: &str, at: &Text, decided: &Text, before: &Text) -> Text {
    Text::made(|lang| {
        let (rule, decided) = (rule.say(lang), decided.say(lang));
        let (at, before) = (at.say(lang), before.say(lang));
        match lang {
            English => format!(
                "{rule} would {would} it at {at}, but {decided} decides before that, at {before}"
            ),
            Japanese => format!(
                "{rule} が{}のは {at} ですが、その前の {before} で {decided} が決めます",
                does_ja(would)
            ),
        }
    })
}

/// The verdict is another one than the command expects, or cannot be told.
#[must_use]
pub fn not_expected(wanted: &str) -> Text {
    (
        format!("this is not the `{wanted}` that `--expect` asks for"),
        format!("`--expect` の `{wanted}` とは異なる結果です"),
    )
        .into()
}

/// Why one condition misses, to stand in [`closest`].
#[must_use]
pub fn misses(part: &str, wanted: &Text, got: &Text) -> Text {
    Text::made(|lang| {
        let (wanted, got) = (wanted.say(lang), got.say(lang));
        match (lang, part) {
            (English, "source") => format!("it is for source {wanted}"),
            (English, "destination") => format!("it is for destination {wanted}"),
            (English, "port") => format!("it is for port {wanted}, not {got}"),
            (English, "name") => format!("it is for {wanted}"),
            (English, _) => format!("it asks for {wanted}, not {got}"),
            (Japanese, "source") => format!("送信元の条件が {wanted}"),
            (Japanese, "destination") => format!("宛先の条件が {wanted}"),
            (Japanese, "port") => format!("ポートの条件が {wanted} (実際は {got})"),
            (Japanese, "name") => format!("名前の条件が {wanted}"),
            (Japanese, _) => format!("条件が {wanted} (実際は {got})"),
        }
    })
}

/// A list of which only the first entries are named.
#[must_use]
pub fn and_more(named: &str, more: usize) -> Text {
    if more == 0 {
        return Text::verbatim(named);
    }
    (format!("{named} and {more} more"), format!("{named} ほか {more} 件")).into()
}

/// Notes on what was typed.
pub mod request_note {
    use super::{Words, words};

    /// No scheme was written.
    pub const ASSUMED_HTTPS: Words =
        words("no scheme written: https is meant", "スキームがないので https とみなします");
    /// The path of an https URL.
    pub const PATH_HIDDEN: Words = words(
        "TLS hides the path: the firewall sees the name only",
        "パスは TLS で隠れます。ファイアウォールに見えるのは名前だけです",
    );
    /// Capitals or letters outside ASCII.
    pub const NORMALISED: Words = words(
        "clients send the name in lower case, in its ASCII form",
        "クライアントは名前を小文字の ASCII 形式で送ります",
    );
}

/// Why a case failed.
pub mod case {
    use super::{English, Japanese, Text};

    /// Another verdict than expected.
    #[must_use]
    pub fn verdict(expected: &str, got: &str, sentence: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!("expected {expected}, got {got}: {}", sentence.say(lang)),
            Japanese => format!("期待は {expected}、結果は {got}: {}", sentence.say(lang)),
        })
    }

    /// The right verdict from another rule.
    #[must_use]
    pub fn decider(expected: &str, got: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!(
                "the verdict is right, but expected to be decided by `{expected}`, not by {}",
                got.say(lang)
            ),
            Japanese => format!(
                "判定は期待どおりですが、決めたのは `{expected}` ではなく {} です",
                got.say(lang)
            ),
        })
    }

    /// It depends on the destination.
    #[must_use]
    pub fn depends() -> Text {
        (
            "it depends on the destination address: give the case a `dst:`",
            "宛先アドレスによって変わります。ケースに `dst:` を書いてください",
        )
            .into()
    }

    /// It cannot be told.
    #[must_use]
    pub fn undetermined(sentence: &Text) -> Text {
        Text::made(|lang| match lang {
            English => format!("cannot be told: {}", sentence.say(lang)),
            Japanese => format!("判定できません: {}", sentence.say(lang)),
        })
    }
}
