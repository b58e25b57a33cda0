use super::asked::Got;
use super::lesson::Predict;
use crate::messages::{Lang, Text, learn as say, verdict};
use crate::workbench::timeline;

/// What is shown after a prediction: the engine's sentence, the packets, and the lesson's explanation, a paragraph each.
#[must_use]
pub fn reveal(predict: &Predict, got: &Got) -> Text {
    Text::made(|lang| {
        let sentence = got.outcome.sentence();
        let mut paragraphs = vec![one_line(sentence.say(lang))];
        let packets = packets(got, lang);
        if !packets.is_empty() {
            paragraphs.push(packets);
        }
        if let Some(names) = &predict.logs {
            paragraphs.push(say::logged(names).say(lang).to_owned());
        }
        paragraphs.push(predict.why.say(lang).to_owned());
        paragraphs.join("\n\n")
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `SYN ── SYN/ACK ── ACK ── ClientHello ╳`; what was learned with a packet stands behind it.
fn packets(got: &Got, lang: Lang) -> String {
    let moment = |moment: crate::workbench::Moment| {
        let name = verdict::packet(&moment.packet);
        let learned = moment.learned.join(", ");
        let learned = if learned.is_empty() { learned } else { format!(" ({learned})") };
        let end = if moment.dropped {
            " ╳"
        } else if moment.decided {
            " ✓"
        } else {
            ""
        };
        format!("{}{learned}{end}", name.say(lang))
    };
    timeline(&got.outcome.trace).into_iter().map(moment).collect::<Vec<_>>().join(" ── ")
}
