//! The counts that are listed, part by part.

use crate::messages::{Text, logs_pane as say, replay as words};
use crate::replay::{Change, Count, Fate, Fates, Pick};
use crate::tui::logs::Counted;

/// Counts that a part lists until it is opened, and then.
const FEW: usize = 8;
const MANY: usize = 1000;

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What becomes of the requests.
    Verdicts,
    /// What becomes something else than the log says.
    Changes,
    /// Who decides.
    Deciders,
    /// Who asks.
    Sources,
    /// What is asked for.
    Names,
    /// What cannot be told.
    CannotTell,
    /// Rules that decide nothing.
    Unused,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Requests.
    Requests(Pick),
    /// Lines that cannot be used.
    Unreadable,
    /// Nothing: a rule that decides no request.
    Rule(String),
    /// The rest of the part.
    More,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The part it belongs to.
    pub part: Part,
    /// What is counted.
    pub what: What,
    /// What it is called.
    pub name: Text,
    /// How often; 0 where that means nothing.
    pub requests: u64,
    /// The same by what becomes of them, where they are told apart by something else.
    pub fates: Option<Fates>,
}

/// Everything that is listed; `open` are the parts that are listed with more than the first few.
#[must_use]
pub fn entries(counted: &Counted, open: &[Part]) -> Vec<Entry> {
    let mut listed = Listed { open, entries: Vec::new() };
    let report = &counted.report;
    listed.entries.extend(verdicts(counted));
    listed.part(Part::Changes, &report.changes, change);
    listed.part(Part::Deciders, &report.deciders, |count| {
        by(Part::Deciders, count, &count.what, Pick::Decider(count.what.clone()))
    });
    listed.part(Part::Sources, &report.sources, |count| {
        let name = Text::verbatim(&count.what.to_string());
        by(Part::Sources, count, &name, Pick::Source(count.what))
    });
    listed.part(Part::Names, &report.hosts, |count| {
        let name = Text::verbatim(&count.what);
        by(Part::Names, count, &name, Pick::Host(count.what.clone()))
    });
    listed.part(Part::CannotTell, &report.cannot_tell, |told| {
        let address =
            || Text::made(|lang| words::hangs_on_address(told.why.say(lang)).say(lang).to_owned());
        let name = if told.depends { address() } else { told.why.clone() };
        let pick = Pick::CannotTell(told.why.clone(), told.depends);
        entry(Part::CannotTell, What::Requests(pick), name, told.requests)
    });
    listed.part(Part::Unused, &report.unused, |rule| {
        entry(Part::Unused, What::Rule(rule.clone()), Text::verbatim(rule), 0)
    });
    listed.entries
}

fn entry(part: Part, what: What, name: Text, requests: u64) -> Entry {
    Entry { part, what, name, requests, fates: None }
}

fn by<T>(part: Part, count: &Count<T>, name: &Text, pick: Pick) -> Entry {
    let fates = Some(count.fates);
    Entry { fates, ..entry(part, What::Requests(pick), name.clone(), count.requests()) }
}

fn change(change: &Change) -> Entry {
    let name = say::becomes(words::outcome_word(change.before), change.after.words());
    let pick = Pick::Change(change.before, change.after);
    entry(Part::Changes, What::Requests(pick), name, change.requests)
}

/// What becomes of the requests: pass, drop and reject always, the others where there are any.
fn verdicts(counted: &Counted) -> impl Iterator<Item = Entry> {
    let fates = counted.report.fates;
    let shown = move |fate: &Fate| fate.passes().is_some() || fates[fate.index()] > 0;
    let verdict = move |fate: Fate| {
        let what = What::Requests(Pick::Fate(fate));
        entry(Part::Verdicts, what, fate.words().into(), fates[fate.index()])
    };
    let lines = counted.tally.unreadable;
    let unreadable = entry(Part::Verdicts, What::Unreadable, say::UNREADABLE.into(), lines);
    let unreadable = (lines > 0).then_some(unreadable);
    Fate::ALL.into_iter().filter(shown).map(verdict).chain(unreadable)
}

struct Listed<'o> {
    open: &'o [Part],
    entries: Vec<Entry>,
}

impl Listed<'_> {
    fn part<T>(&mut self, part: Part, all: &[T], make: impl Fn(&T) -> Entry) {
        let is_open = self.open.contains(&part);
        let most = if is_open { MANY } else { FEW };
        // A line that says there is one more takes as much room as that one.
        let most = if all.len() == most + 1 { all.len() } else { most };
        self.entries.extend(all.iter().take(most).map(make));
        let more = all.len().saturating_sub(most);
        if more > 0 {
            let name = if is_open { say::not_shown(more) } else { say::and_more(more) };
            self.entries.push(entry(part, What::More, name, 0));
        }
    }
}
