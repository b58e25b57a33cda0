use std::io;

use super::page::{Page, cut, fill};
use super::try_request::Shown;
use crate::messages::{
    Text, Words, elsewhere as say_elsewhere, explain, screen, verdict as say, why as words,
};
use crate::net::{Action, RuleOrder, StatelessAction};
use crate::policy::Policy;
use crate::workbench::{
    Answer, BothOrders, ByDestination, Known, LogComparison, LookAt, Moment, VariantAnswer,
    known_at_first, note_words, rest_of_flow, timeline,
};

/// Cells of the words in front of sentences, of a packet's name, of what became of it, and of a client.
const LABEL: usize = 10;
const PACKET: usize = 22;
const FATE: usize = 8;
const CLIENT: usize = 34;

/// A sentence behind a word.
fn labelled(page: &mut Page<'_>, label: Words, text: &Text) -> io::Result<()> {
    let label = fill(&page.said(label), LABEL);
    page.line(&format!("{label}{}", text.say(page.lang)))
}

/// Notes on what was typed, the sentence, what stands beside it, the outcomes per destination.
pub fn sentences(answer: &Answer, page: &mut Page<'_>) -> io::Result<()> {
    for note in &answer.request.notes {
        labelled(page, screen::NOTE, &note_words(*note).into())?;
    }
    page.say(&answer.sentence)?;
    if let Some(part) = &answer.seen_in_part {
        labelled(page, screen::SEEN, part)?;
    }
    if let Some(intent) = answer.rows.order.lost() {
        labelled(page, screen::BUT, intent)?;
    }
    if let Some(closest) = &answer.rows.closest {
        labelled(page, screen::CLOSEST, closest)?;
    }
    if answer.depends {
        for outcome in &answer.by_destination {
            let word = page.said(say::action_word(outcome.action.map(Action::word)));
            let to = answer.destinations(outcome).map(|to| cut(to, 100));
            let rest = page.said(words::by_and_to(&outcome.decider.words(), &to));
            page.line(&format!("  {}  {rest}", fill(&word, 6)))?;
        }
    }
    Ok(())
}

/// The packets of the likeliest outcome, and what the action does to the rest.
pub fn packets(policy: &Policy, answer: &Answer, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = answer.first();
    page.gap()?;
    for (at, moment) in timeline(&outcome.trace).iter().enumerate() {
        let mut learned = moment.learned.join(", ");
        if at == 0 {
            let known = page.said(known_at_first(policy, answer));
            learned = if learned.is_empty() { known } else { format!("{known}, {learned}") };
        }
        packet(moment, &learned, outcome, page)?;
    }
    match rest_of_flow(outcome) {
        Some(rest) => page.say(rest.map(|rest| format!("  {rest}"))),
        None => Ok(()),
    }
}

fn packet(
    moment: &Moment,
    learned: &str,
    outcome: &ByDestination,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let arrow = if moment.to_server { "→" } else { "←" };
    let fate = match (moment.dropped, moment.stateless) {
        (true, _) => words::packet::DROPPED,
        (false, StatelessAction::Pass) => words::packet::BYPASSES,
        (false, StatelessAction::Forward | StatelessAction::Drop) => words::packet::PASSES,
    };
    let name = fill(&page.said(say::packet(&moment.packet)), PACKET);
    let fate = fill(&page.said(fate), FATE);
    let mark = if moment.decided {
        format!("  {}", page.said(words::decided_by(&outcome.decider.words())))
    } else {
        String::new()
    };
    page.line(&format!("  {arrow} {name} {fate} {learned}{mark}"))
}

/// Who asked, where it was not one address.
pub fn who(shown: &Shown<'_>, page: &mut Page<'_>) -> io::Result<()> {
    match shown.tested.by_source.as_slice() {
        [] => Ok(()),
        [(set, answer)] => page
            .say(say::same_for_all(&cut(&set.to_string(), 60), &answer.request.from.to_string())),
        several => {
            page.say(say::depends_on_source(several.len()))?;
            for (set, answer) in several {
                let set = cut(&set.to_string(), 60);
                page.say(say::from_set(&set, &answer.sentence).map(|text| format!("  {text}")))?;
            }
            let (_, first) = &several[0];
            page.gap()?;
            page.say(say::shown_for(&first.request.from.to_string()))
        }
    }
}

/// What the log says beside the policy.
pub fn log(log: &LogComparison, page: &mut Page<'_>) -> io::Result<()> {
    labelled(page, screen::LOG, &log.compared())?;
    match &log.why {
        Some(why) => page.say(why.map(|why| format!("{:LABEL$}{why}", ""))),
        None => Ok(()),
    }
}

/// Strict and action order side by side.
pub fn orders(orders: &BothOrders, page: &mut Page<'_>) -> io::Result<()> {
    page.gap()?;
    page.say(words::list::ORDERS)?;
    for (order, answer) in [&orders.own, &orders.other] {
        let order = page.said(explain::order_word(*order == RuleOrder::Strict));
        page.say(answer.sentence.map(|text| format!("  {} {text}", fill(&order, 7))))?;
    }
    Ok(())
}

/// The same request as other clients send it.
pub fn variants(variants: &[VariantAnswer], page: &mut Page<'_>) -> io::Result<()> {
    page.gap()?;
    page.say(words::list::VARIANTS)?;
    if variants.is_empty() {
        return page.say(Text::from(words::NO_VARIANTS).map(|none| format!("  {none}")));
    }
    for variant in variants {
        let mark = if variant.differs { words::DIFFERS } else { " " };
        let name = fill(&page.said(variant.name()), CLIENT);
        page.say(variant.outcome.sentence().map(|text| format!("{mark} {name} {text}")))?;
        if let Some(why) = &variant.why {
            page.say(why.map(|why| format!("  {:CLIENT$} {why}", "")))?;
        }
    }
    Ok(())
}

/// What to look at outside the policy.
pub fn elsewhere(answer: &Answer, looks: &[LookAt], page: &mut Page<'_>) -> io::Result<()> {
    page.gap()?;
    let blocked = answer.first().action.is_some_and(Action::blocks);
    page.say(words::list::elsewhere(blocked))?;
    for (at, look) in (1..).zip(looks) {
        page.say(look.what.map(|what| format!("  {at}. {what}")))?;
        let known = match &look.known {
            Known::Likely(text) => say_elsewhere::likely(text),
            Known::RuledOut(text) => say_elsewhere::ruled_out(text),
            Known::Open => continue,
        };
        page.say(known.map(|known| format!("     {known}")))?;
    }
    Ok(())
}
