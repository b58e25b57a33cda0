use std::io::{self, Write};

use super::try_request::Shown;
use super::try_text::{cut, line};
use crate::messages::{verdict as say, why as words};
use crate::workbench::{
    Asked, Lists, Question, Reason, Told, compiled_rules, lists, met_cell, met_word, why,
};

/// Rows of a list that are shown when not every one was asked for.
pub const SHOWN: usize = 5;

/// The three lists.
pub fn three_lists(shown: &Shown<'_>, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let outcome = shown.answer().first();
    let reasons = why(shown.policy, shown.compiled, outcome);
    let Lists { decided, came_after, missed } =
        lists(shown.policy, &shown.answer().request, outcome, &reasons);
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
        let questions: Vec<Question> =
            rows().flat_map(|r| told(shown, r).asked).map(|a| a.what).collect();
        let columns = Question::COLUMNS.into_iter().filter(|q| questions.contains(q)).collect();
        let width = rows().map(|r| told(shown, r).name().chars().count()).max().unwrap_or_default();
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
            let told = told(self.shown, reason);
            let cells: Vec<String> = self
                .columns
                .iter()
                .map(|q| format!("{:<1$}", met_cell(told.met(*q)), width(*q)))
                .collect();
            let action = reason.action.word().to_uppercase();
            let name = cut(&told.name(), self.width);
            let note = told.note(self.shown.answer().first());
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

/// What a row says of the request.
fn told<'a>(shown: &Shown<'_>, reason: &'a Reason) -> Told<'a> {
    Told::of(shown.policy, &shown.answer().request, reason)
}

/// Cells of a column.
fn width(what: Question) -> usize {
    what.word().len().max(3)
}

/// One row in full: what it was for the request, each condition, the compiled rule.
pub fn one_row(shown: &Shown<'_>, reason: &Reason, out: &mut dyn Write) -> io::Result<()> {
    let outcome = shown.answer().first();
    let told = told(shown, reason);
    let rule = say::rule(&reason.rule.group, &reason.rule.name, reason.rule.number);
    writeln!(out)?;
    line(out, &words::one_row(reason.action.word(), &rule, &told.note(outcome)))?;
    for Asked { what, wanted, got, met } in &told.asked {
        let met = met_word(*met);
        line(out, &format!("  {:<12} {met:<4} wants {wanted}   has {got}", what.word()))?;
    }
    let compiled = compiled_rules(shown.compiled, reason.rule.place);
    match compiled.into_iter().find(|rule| rule.sid == reason.rule.sid) {
        Some(rule) => line(out, &format!("  {}", rule.text)),
        None => Ok(()),
    }
}
