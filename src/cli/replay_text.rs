//! A replay for people.

use std::io;

use super::Streams;
use super::args::ReplayArgs;
use super::page::{Page, cut, fill};
use crate::messages::{Text, Words, printable, replay as say};
use crate::replay::{Change, Count, Fate, Fates, Report, Row, Tally};

/// How wide a name stands before the counts.
const NAME: usize = 52;
/// How many examples a change has.
const EXAMPLES: usize = 3;

/// Prints the report.
pub fn text(
    tally: &Tally,
    report: &Report,
    args: &ReplayArgs,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let lang = streams.lang;
    let top = args.top;
    let mut printed = Printed { tally, page: streams.page(), top };
    printed.sums(report)?;
    printed.counts(say::DECIDED_BY, &report.deciders, |by| by.say(lang).to_owned())?;
    printed.counts(say::WHO_ASKS, &report.sources, ToString::to_string)?;
    printed.counts(say::WHAT_FOR, &report.hosts, String::clone)?;
    printed.against(report, args)?;
    printed.cannot_tell(report)?;
    printed.unused(report)
}

/// A replay, and the page that it is written on.
struct Printed<'p> {
    tally: &'p Tally,
    page: Page<'p>,
    top: usize,
}

impl Printed<'_> {
    fn sums(&mut self, report: &Report) -> io::Result<()> {
        let tally = self.tally;
        if tally.cancelled {
            self.page.say(say::cancelled())?;
        }
        for trouble in &tally.troubles {
            let why = trouble.why.say(self.page.lang);
            self.page.say(say::not_read(&trouble.file, why))?;
        }
        let lines = tally.lines.values().sum();
        self.page.say(say::read(report.requests(), lines, tally.files.len()))?;
        for fate in Fate::ALL {
            let requests = report.fates[fate.index()];
            let (of, number) = (report.requests().max(1), say::number(requests));
            let tenths = u128::from(requests) * 1000 / u128::from(of);
            let percent = format!("{}.{} %", tenths / 10, tenths % 10);
            let word = pad(fate.words().say(self.page.lang), 12);
            self.page.line(&format!("  {word}  {number:>13}  {percent:>7}"))?;
        }
        for (events, words) in [
            (tally.other, say::other as fn(u64) -> Text),
            (tally.repeated, say::repeated),
            (tally.unpaired, say::unpaired),
        ] {
            if events > 0 {
                self.page.say(words(events))?;
            }
        }
        let beyond = tally.requests_beyond();
        if beyond > 0 {
            self.page.say(say::beyond(beyond, tally.rows.len() as u64, tally.beyond.unnamed))?;
        }
        if tally.unreadable > 0 {
            self.page.say(say::unreadable(tally.unreadable))?;
            for (at, why) in &tally.first_unreadable {
                let (at, why) = (tally.place(*at), why.say(self.page.lang));
                self.page.line(&format!("  {at}: {why}"))?;
            }
        }
        Ok(())
    }

    fn counts<T>(
        &mut self,
        head: Words,
        all: &[Count<T>],
        name: impl Fn(&T) -> String,
    ) -> io::Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        let lang = self.page.lang;
        let columns: Vec<Fate> = Fate::ALL
            .into_iter()
            .filter(|fate| all.iter().any(|count| count.fates[fate.index()] > 0))
            .collect();
        let words = columns.iter().map(|fate| fate.words().say(lang));
        let heads: String = std::iter::once(say::REQUESTS.say(lang))
            .chain(words)
            .map(|word| format!("  {}", lead(word, 11)))
            .collect();
        self.page.gap()?;
        self.page.line(&format!("{}{heads}", pad(head.say(lang), NAME + 2)))?;
        for count in all.iter().take(self.top) {
            let numbers = numbers(count.requests(), &count.fates, &columns);
            self.page.line(&format!("  {}{numbers}", pad(&name(&count.what), NAME)))?;
        }
        self.more(all.len())
    }

    fn more(&mut self, all: usize) -> io::Result<()> {
        match all.checked_sub(self.top) {
            Some(more) if more > 0 => {
                self.page.say(say::more(more).map(|more| format!("  {more}")))
            }
            _ => Ok(()),
        }
    }

    fn against(&mut self, report: &Report, args: &ReplayArgs) -> io::Result<()> {
        let sum = |changes: &[Change]| changes.iter().map(|change| change.requests).sum();
        self.page.gap()?;
        if report.compared == 0 {
            self.page.say(say::no_outcomes())?;
        } else {
            self.page.say(say::against_log(sum(&report.changes), report.compared))?;
            self.changes(&report.changes)?;
        }
        if self.tally.against {
            let policy = args.against.as_ref().map(|path| path.display().to_string());
            let policy = policy.unwrap_or_else(|| self.page.said(say::OTHER_POLICY));
            self.page.gap()?;
            self.page.say(say::against_policy(&policy, sum(&report.against)))?;
            self.changes(&report.against)?;
        }
        Ok(())
    }

    fn changes(&mut self, changes: &[Change]) -> io::Result<()> {
        let tally = self.tally;
        for change in changes {
            let (number, after) = (say::number(change.requests), change.after.words());
            let before = say::outcome_word(change.before).say(self.page.lang);
            self.page.line(&format!("  {number:>11}  {before} → {}", after.say(self.page.lang)))?;
            for at in change.rows.iter().take(EXAMPLES) {
                let row = &tally.rows[*at];
                let by = tally.decisions[row.decision as usize].by.say(self.page.lang);
                let example = self.example(row);
                self.page.line(&format!("               {example}: {by}"))?;
            }
        }
        Ok(())
    }

    fn example(&self, row: &Row) -> String {
        let (from, url) = (row.request.from.to_string(), row.request.to_string());
        let at = self.tally.place(row.first);
        self.page.said(say::example(&from, &url, &at, row.requests()))
    }

    fn cannot_tell(&mut self, report: &Report) -> io::Result<()> {
        if report.cannot_tell.is_empty() {
            return Ok(());
        }
        let tally = self.tally;
        self.page.gap()?;
        let all = report.cannot_tell.iter().map(|told| told.requests).sum();
        self.page.say(say::cannot_tell(all))?;
        for told in report.cannot_tell.iter().take(self.top) {
            let (number, why) = (say::number(told.requests), told.why.say(self.page.lang));
            let why = match told.depends {
                true => self.page.said(say::hangs_on_address(why)),
                false => why.to_owned(),
            };
            self.page.line(&format!("  {number:>11}  {why}"))?;
            if let Some(first) = told.rows.first() {
                let example = self.example(&tally.rows[*first]);
                self.page.line(&format!("               {example}"))?;
            }
        }
        self.more(report.cannot_tell.len())
    }

    fn unused(&mut self, report: &Report) -> io::Result<()> {
        if report.unused.is_empty() || report.told() == 0 {
            return Ok(());
        }
        self.page.gap()?;
        let open = report.requests() - report.told();
        self.page.say(say::unused(report.unused.len(), self.tally.rules.len(), open))?;
        for rule in report.unused.iter().take(self.top) {
            self.page.line(&format!("  {rule}"))?;
        }
        self.more(report.unused.len())
    }
}

fn numbers(requests: u64, fates: &Fates, columns: &[Fate]) -> String {
    let counts = columns.iter().map(|fate| fates[fate.index()]);
    std::iter::once(requests)
        .chain(counts)
        .map(|n| format!("  {:>11}", if n == 0 { "·".to_owned() } else { say::number(n) }))
        .collect()
}

/// A text cut or filled up to so many cells.
fn pad(text: &str, cells: usize) -> String {
    fill(&cut(&printable(text), cells), cells)
}

/// The same, to the right.
fn lead(text: &str, columns: usize) -> String {
    let width = unicode_width::UnicodeWidthStr::width(text);
    " ".repeat(columns.saturating_sub(width)) + text
}
