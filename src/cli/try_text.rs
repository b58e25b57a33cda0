use std::io::{self, Write};

use super::try_request::Shown;
use crate::messages::{Lang, elsewhere as say_elsewhere, printable, verdict as say, why as words};
use crate::net::{Action, RuleOrder, StatelessAction};
use crate::policy::Policy;
use crate::workbench::{
    Answer, BothOrders, ByDestination, Known, LogComparison, LookAt, Moment, VariantAnswer,
    known_at_first, note_words, rest_of_flow, timeline,
};

/// Writes one line, with nothing in it that a terminal would obey.
pub fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", printable(text.trim_end()))
}

/// Notes on what was typed, the sentence, what stands beside it, the outcomes per destination.
pub fn sentences(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for note in &answer.request.notes {
        line(out, &format!("note      {}", note_words(*note)))?;
    }
    line(out, answer.sentence.say(Lang::English))?;
    if let Some(part) = &answer.seen_in_part {
        line(out, &format!("seen      {}", part.say(Lang::English)))?;
    }
    if let Some(intent) = &answer.intent {
        line(out, &format!("but       {}", intent.say(Lang::English)))?;
    }
    if let Some(closest) = &answer.closest {
        line(out, &format!("closest   {}", closest.say(Lang::English)))?;
    }
    if answer.depends {
        for outcome in &answer.by_destination {
            let word = say::action_word(outcome.action.map(Action::word));
            let to = cut(&answer.destinations(outcome), 100);
            line(out, &format!("  {word:<6}  by {:<40}  to {to}", outcome.decider.words()))?;
        }
    }
    Ok(())
}

/// The packets of the likeliest outcome, and what the action does to the rest.
pub fn packets(policy: &Policy, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let outcome = answer.first();
    writeln!(out)?;
    for (at, moment) in timeline(&outcome.trace).iter().enumerate() {
        let mut learned = moment.learned.join(", ");
        if at == 0 {
            let known = known_at_first(policy, answer);
            learned = if learned.is_empty() { known } else { format!("{known}, {learned}") };
        }
        line(out, &packet(moment, &learned, outcome))?;
    }
    match rest_of_flow(outcome) {
        Some(rest) => line(out, &format!("  {rest}")),
        None => Ok(()),
    }
}

fn packet(moment: &Moment, learned: &str, outcome: &ByDestination) -> String {
    let arrow = if moment.to_server { "→" } else { "←" };
    let fate = match (moment.dropped, moment.stateless) {
        (true, _) => "dropped",
        (false, StatelessAction::Pass) => "bypasses",
        (false, StatelessAction::Forward | StatelessAction::Drop) => "passes",
    };
    let name = say::packet(&moment.packet);
    let mark = if moment.decided {
        format!("  decided by {}", outcome.decider.words())
    } else {
        String::new()
    };
    format!("  {arrow} {name:<22} {fate:<8} {learned}{mark}")
}

/// Who asked, where it was not one address.
pub fn who(shown: &Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    match shown.tested.by_source.as_slice() {
        [] => Ok(()),
        [(set, answer)] => line(
            out,
            &say::same_for_all(&cut(&set.to_string(), 60), &answer.request.from.to_string()),
        ),
        several => {
            line(out, &say::depends_on_source(several.len()))?;
            for (set, answer) in several {
                let set = cut(&set.to_string(), 60);
                let text = say::from_set(&set, answer.sentence.say(Lang::English));
                line(out, &format!("  {text}"))?;
            }
            let (_, first) = &several[0];
            writeln!(out)?;
            line(out, &say::shown_for(&first.request.from.to_string()))
        }
    }
}

/// What the log says beside the policy.
pub fn log(log: &LogComparison, out: &mut dyn Write) -> io::Result<()> {
    line(out, &format!("log       {}", log.compared().say(Lang::English)))?;
    match &log.why {
        Some(why) => line(out, &format!("          {}", why.say(Lang::English))),
        None => Ok(()),
    }
}

/// Strict and action order side by side.
pub fn orders(orders: &BothOrders, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    line(out, words::list::ORDERS)?;
    for (order, answer) in [&orders.own, &orders.other] {
        let order = match order {
            RuleOrder::Strict => "strict",
            RuleOrder::Action => "action",
        };
        line(out, &format!("  {order:<7} {}", answer.sentence.say(Lang::English)))?;
    }
    Ok(())
}

/// The same request as other clients send it.
pub fn variants(variants: &[VariantAnswer], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    line(out, words::list::VARIANTS)?;
    if variants.is_empty() {
        return line(out, &format!("  {}", words::NO_VARIANTS));
    }
    for variant in variants {
        let mark = if variant.differs { words::DIFFERS } else { " " };
        let sentence = variant.outcome.sentence();
        line(out, &format!("{mark} {:<34} {}", variant.name(), sentence.say(Lang::English)))?;
        if let Some(why) = &variant.why {
            line(out, &format!("  {:<34} {}", "", why.say(Lang::English)))?;
        }
    }
    Ok(())
}

/// What to look at outside the policy.
pub fn elsewhere(answer: &Answer, looks: &[LookAt], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let blocked = answer.first().action.is_some_and(Action::blocks);
    line(out, words::list::elsewhere(blocked))?;
    for (at, look) in (1..).zip(looks) {
        line(out, &format!("  {at}. {}", look.what.say(Lang::English)))?;
        let (word, known) = match &look.known {
            Known::Likely(text) => (say_elsewhere::LIKELY, text),
            Known::RuledOut(text) => (say_elsewhere::RULED_OUT, text),
            Known::Open => continue,
        };
        let known = say_elsewhere::known(word, known.say(Lang::English));
        line(out, &format!("     {known}"))?;
    }
    Ok(())
}

/// The text, cut at so many characters.
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
