use std::io::{self, Write};

use super::try_request::Shown;
use super::try_text::{cut, line};
use crate::eval::Met;
use crate::messages::{verdict as say, why as words};
use crate::workbench::{
    Asked, ByDestination, Lists, Question, Reason, asked, compiled_rules, lists, why,
};

/// Rows of a list that are shown when not every one was asked for.
pub const SHOWN: usize = 5;

/// The three lists.
pub fn three_lists(shown: &Shown<'_>, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let outcome = shown.answer.first();
    let reasons = why(shown.policy, shown.compiled, outcome);
    let Lists { decided, came_after, missed } =
        lists(shown.policy, &shown.answer.request, outcome, &reasons);
    let limit = if all { usize::MAX } else { SHOWN };
    let (after, miss) =
        (&came_after[..came_after.len().min(limit)], &missed[..missed.len().min(limit)]);
    let table = Table::of(shown, &[&decided[..], after, miss]);
    writeln!(out)?;
    table.head(out)?;
    line(out, words::list::DECIDED)?;
    if decided.is_empty() {
        line(out, &format!("      {}", outcome.decider.words()))?;
    }
    table.rows(&decided, out)?;
    for (head, rows, of) in [
        (words::list::CAME_AFTER, after, came_after.len()),
        (words::list::MISSED, miss, missed.len()),
    ] {
        if !rows.is_empty() {
            line(out, &words::of_many(head, rows.len(), of))?;
            table.rows(rows, out)?;
        }
    }
    if !all && after.len() + miss.len() < came_after.len() + missed.len() {
        line(out, words::MORE)?;
    }
    Ok(())
}

/// Rows as a table, with the columns that any of them asks about.
struct Table<'a> {
    shown: &'a Shown<'a>,
    columns: Vec<Question>,
    width: usize,
}

impl<'a> Table<'a> {
    fn of(shown: &'a Shown<'a>, lists: &[&[&Reason]]) -> Self {
        let rows = || lists.iter().flat_map(|list| list.iter());
        let questions: Vec<Question> = rows()
            .flat_map(|r| asked(shown.policy, &shown.answer.request, r))
            .map(|a| a.what)
            .collect();
        let columns = Question::COLUMNS.into_iter().filter(|q| questions.contains(q)).collect();
        let width = rows().map(|r| full_name(r).chars().count()).max().unwrap_or_default();
        Self { shown, columns, width: width.min(40) }
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns: Vec<String> =
            self.columns.iter().map(|q| format!("{:<1$}", q.word(), width(*q))).collect();
        let columns = columns.join("  ");
        line(out, &format!("     #  ACTION  {:<1$}  {columns}", "RULE", self.width))
    }

    fn rows(&self, rows: &[&Reason], out: &mut dyn Write) -> io::Result<()> {
        for reason in rows {
            let asked = asked(self.shown.policy, &self.shown.answer.request, reason);
            let cells: Vec<String> = self
                .columns
                .iter()
                .map(|q| format!("{:<1$}", cell(&asked, *q), width(*q)))
                .collect();
            let action = reason.action.word().to_uppercase();
            let name = cut(&full_name(reason), self.width);
            let note = note(reason, &asked, self.shown.answer.first());
            let number = reason.rule.number;
            let cells = cells.join("  ");
            line(
                out,
                &format!("  {number:>4}  {action:<6}  {name:<0$}  {cells}  {note}", self.width),
            )?;
        }
        Ok(())
    }
}

/// Cells of a column.
fn width(what: Question) -> usize {
    what.word().len().max(3)
}

fn full_name(reason: &Reason) -> String {
    format!("{} / {}", reason.rule.group, reason.rule.name)
}

/// `yes`, `no`, `?`, or `-` where the row does not ask.
fn cell(asked: &[Asked], what: Question) -> &'static str {
    let mut of = asked.iter().filter(|a| a.what == what).peekable();
    if of.peek().is_none_or(|first| first.is_open()) {
        return "-";
    }
    let mets: Vec<Met> = of.map(|a| a.met).collect();
    let one = |met| mets.contains(&met);
    met_word(if one(Met::No) {
        Met::No
    } else if one(Met::Unknown) {
        Met::Unknown
    } else {
        Met::Yes
    })
}

const fn met_word(met: Met) -> &'static str {
    match met {
        Met::Yes => "yes",
        Met::No => "no",
        Met::Unknown => "?",
    }
}

/// The first thing that misses, or what became of a row that matches.
fn note(reason: &Reason, asked: &[Asked], outcome: &ByDestination) -> String {
    let misses = || asked.iter().filter(|a| a.met == Met::No);
    let telling = misses().find(|a| a.what != Question::Packet).or_else(|| misses().next());
    match (reason.standing_words(&outcome.trace), telling) {
        (words, _) if !words.is_empty() => words,
        (_, Some(miss)) => miss.miss(),
        (_, None) => words::standing::NEVER_TOGETHER.to_owned(),
    }
}

/// One row in full: what it was for the request, each condition, the compiled rule.
pub fn one_row(shown: &Shown<'_>, reason: &Reason, out: &mut dyn Write) -> io::Result<()> {
    let outcome = shown.answer.first();
    let asked = asked(shown.policy, &shown.answer.request, reason);
    let rule = say::rule(&reason.rule.group, &reason.rule.name, reason.rule.number);
    let action = reason.action.word().to_uppercase();
    writeln!(out)?;
    line(out, &format!("{action} {rule}: {}", note(reason, &asked, outcome)))?;
    for Asked { what, wanted, got, met } in &asked {
        let met = met_word(*met);
        line(out, &format!("  {:<12} {met:<4} wants {wanted}   has {got}", what.word()))?;
    }
    let compiled = compiled_rules(shown.compiled, reason.rule.place);
    match compiled.into_iter().find(|rule| rule.sid == reason.rule.sid) {
        Some(rule) => line(out, &format!("  {}", rule.text)),
        None => Ok(()),
    }
}
