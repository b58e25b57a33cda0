use std::io;

use serde_json::{Value, json};

use super::args::{Format, ImpactArgs};
use super::flow_sets::{Said, Set, print, witness};
use super::open::open;
use super::page::Page;
use super::{Exit, Streams};
use crate::analysis::{Decider, Fate, Flows, Impact};
use crate::messages::{Lang, flows as words, impact as say};
use crate::policy::Policy;
use crate::workbench::{FlowWords, FlowWriter, by_words, decider_words, impact_of, outcome_word};

/// Prints which flows get another verdict in the new policy than in the old.
pub fn run(args: &ImpactArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let old = match open(&args.old, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let new = match open(&args.new, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let impact = impact_of(old.policy(), new.policy());
    let report = Report { old: old.policy(), new: new.policy(), impact: &impact };
    match args.format {
        Format::Json => writeln!(streams.out, "{}", report.json())?,
        Format::Text => report.text(&mut streams.page())?,
    }
    let found = args.exit_code && impact.unchanged() != Some(true);
    Ok(if found { Exit::Findings } else { Exit::Fine })
}

struct Report<'a> {
    old: &'a Policy,
    new: &'a Policy,
    impact: &'a Impact,
}

impl Report<'_> {
    fn policy(&self, after: bool) -> &Policy {
        if after { self.new } else { self.old }
    }

    fn text(&self, page: &mut Page<'_>) -> io::Result<()> {
        let (impact, lang) = (self.impact, page.lang);
        let changes = self.changes(lang);
        let head = match (impact.unchanged(), changes.len()) {
            (Some(true), _) => say::nothing_changes(),
            (_, 0) => say::none_known(),
            (_, sets) => say::changes(sets),
        };
        page.say(head)?;
        print(changes, page)?;
        let doubts = self.doubts(lang);
        if !doubts.is_empty() {
            page.gap()?;
            page.say(say::cannot_tell(doubts.len()))?;
            print(doubts, page)?;
        }
        page.gap()?;
        for beyond in &impact.beyond {
            let rule = decider_words(self.policy(beyond.after), beyond.rule, lang);
            page.say(say::beyond(&rule, beyond.keyword))?;
        }
        if !impact.left_out.is_empty() {
            let protocols: Vec<&str> = impact.left_out.iter().map(|s| s.word()).collect();
            page.say(say::left_out(&protocols.join(", ")))?;
        }
        page.say(words::universe())
    }

    /// The changes, those of several protocols in one; each with its first witness.
    fn changes(&self, lang: Lang) -> Vec<Set> {
        let writer = FlowWriter::new(&[self.old, self.new], lang);
        let word = |fate: &Fate| outcome_word(fate.outcome, lang);
        let changes = self.impact.changes.iter().map(|change| {
            let turns = say::turns(&word(&change.before), &word(&change.after));
            let before = by_words(self.old, &change.before, lang);
            let after = by_words(self.new, &change.after, lang);
            let why = say::deciders(&before, &after).say(lang).to_owned();
            (writer.words(&change.flows), Said { head: turns, why }, change.flows.witness.clone())
        });
        FlowWords::joined(changes.collect())
    }

    fn doubts(&self, lang: Lang) -> Vec<Set> {
        let writer = FlowWriter::new(&[self.old, self.new], lang);
        let doubts = self.impact.cannot_tell.iter().map(|doubt| {
            let rules = self.rules(&doubt.because, lang).join(", ");
            let said =
                Said { head: "?".to_owned(), why: say::because(&rules).say(lang).to_owned() };
            (writer.words(&doubt.flows), said, doubt.flows.witness.clone())
        });
        FlowWords::joined(doubts.collect())
    }

    /// Each rule once, though it may stand in both policies.
    fn rules(&self, because: &[(bool, Decider)], lang: Lang) -> Vec<String> {
        let words = |(after, by): &(bool, Decider)| decider_words(self.policy(*after), *by, lang);
        let mut rules: Vec<String> = because.iter().map(words).collect();
        rules.sort();
        rules.dedup();
        rules
    }

    fn json(&self) -> Value {
        let unchanged = match self.impact.unchanged() {
            Some(unchanged) => json!(unchanged),
            None => json!("cannot tell"),
        };
        let changes = self.impact.changes.iter().map(|change| {
            let mut row = self.row(&change.flows, &change.before, &change.after);
            row["witness"] = witness(&change.flows.witness);
            row
        });
        let doubts = self.impact.cannot_tell.iter().map(|doubt| {
            let mut row = self.row(&doubt.flows, &doubt.before, &doubt.after);
            row["because"] = json!(self.rules(&doubt.because, Lang::English));
            row["example"] = witness(&doubt.flows.witness);
            row
        });
        let beyond = self.impact.beyond.iter().map(|beyond| {
            let rule = decider_words(self.policy(beyond.after), beyond.rule, Lang::English);
            json!({"rule": rule, "keyword": beyond.keyword})
        });
        let left_out = self.impact.left_out.iter().map(|s| json!({"protocol": s.word()}));
        json!({
            "unchanged": unchanged,
            "universe": words::universe().say(Lang::English),
            "cannot_tell": doubts.chain(beyond).chain(left_out).collect::<Vec<Value>>(),
            "changes": changes.collect::<Vec<Value>>(),
        })
    }

    fn row(&self, flows: &Flows, before: &Fate, after: &Fate) -> Value {
        let lang = Lang::English;
        let words = FlowWriter::new(&[self.old, self.new], lang).words(flows);
        json!({
            "from": words.who(true, lang),
            "to": words.whom(true, lang),
            "port": words.ports,
            "protocol": flows.scheme.word(),
            "before": before.outcome.word(),
            "before_by": by_words(self.old, before, lang),
            "after": after.outcome.word(),
            "after_by": by_words(self.new, after, lang),
        })
    }
}
