use std::io;

use super::page::{Page, cut, fill};
use super::try_request::Shown;
use unicode_width::UnicodeWidthStr;

use crate::messages::{Lang, screen, verdict as say, why as words};
use crate::workbench::{
    Asked, Lists, Question, Reason, Told, compiled_rules, lists, met_cell, met_word, why,
};

/// Rows of a list that are shown when not every one was asked for.
pub const SHOWN: usize = 5;

/// Cells of the longest action.
const ACTION: usize = 6;

/// The three lists.
pub fn three_lists(shown: &Shown<'_>, all: bool, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = shown.answer().first();
    let reasons = why(shown.policy, shown.compiled, outcome);
    let Lists { decided, came_after, missed } =
        lists(shown.policy, &shown.answer().request, outcome, &reasons);
    let limit = if all { usize::MAX } else { SHOWN };
    let (after, miss) =
        (&came_after[..came_after.len().min(limit)], &missed[..missed.len().min(limit)]);
    let table = Table::of(shown, &[&decided[..], after, miss]);
    page.gap()?;
    table.head(page)?;
    page.say(words::list::DECIDED)?;
    if decided.is_empty() {
        page.say(outcome.decider.words().map(|who| format!("      {who}")))?;
    }
    table.rows(&decided, page)?;
    for (head, rows, of) in [
        (words::list::CAME_AFTER, after, came_after.len()),
        (words::list::MISSED, miss, missed.len()),
    ] {
        if !rows.is_empty() {
            page.say(words::of_many(head, rows.len(), of))?;
            table.rows(rows, page)?;
        }
    }
    if !all && after.len() + miss.len() < came_after.len() + missed.len() {
        page.say(words::MORE)?;
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
        let width = rows().map(|r| told(shown, r).name().width()).max().unwrap_or_default();
        Self { shown, columns, width: width.min(40) }
    }

    fn head(&self, page: &mut Page<'_>) -> io::Result<()> {
        let head = |q: &Question| fill(&page.said(q.word()), width(*q, page.lang));
        let columns: Vec<String> = self.columns.iter().map(head).collect();
        let columns = columns.join("  ");
        let action = fill(&page.said(screen::column::ACTION), ACTION);
        let rule = fill(&page.said(screen::column::RULE), self.width);
        page.line(&format!("     #  {action}  {rule}  {columns}"))
    }

    fn rows(&self, rows: &[&Reason], page: &mut Page<'_>) -> io::Result<()> {
        for reason in rows {
            let told = told(self.shown, reason);
            let cells: Vec<String> = self
                .columns
                .iter()
                .map(|q| fill(&page.said(met_cell(told.met(*q))), width(*q, page.lang)))
                .collect();
            let action = reason.action.word().to_uppercase();
            let name = fill(&cut(&told.name(), self.width), self.width);
            let note = page.said(told.note(self.shown.answer().first()));
            let number = reason.rule.number;
            let cells = cells.join("  ");
            page.line(&format!("  {number:>4}  {action:<ACTION$}  {name}  {cells}  {note}"))?;
        }
        Ok(())
    }
}

/// What a row says of the request.
fn told<'a>(shown: &Shown<'_>, reason: &'a Reason) -> Told<'a> {
    Told::of(shown.policy, &shown.answer().request, reason)
}

/// Cells of a column.
fn width(what: Question, lang: Lang) -> usize {
    what.word().say(lang).width().max(3)
}

/// One row in full: what it was for the request, each condition, the compiled rule.
pub fn one_row(shown: &Shown<'_>, reason: &Reason, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = shown.answer().first();
    let told = told(shown, reason);
    let rule = say::rule(&reason.rule.group, &reason.rule.name, reason.rule.number);
    page.gap()?;
    page.say(words::one_row(reason.action.word(), &rule, &told.note(outcome)))?;
    for Asked { what, wanted, got, met } in &told.asked {
        let what = fill(&page.said(what.word()), 12);
        let met = fill(&page.said(met_word(*met)), 4);
        page.say(words::wants_and_has(wanted, got).map(|text| format!("  {what} {met} {text}")))?;
    }
    let compiled = compiled_rules(shown.compiled, reason.rule.place);
    match compiled.into_iter().find(|rule| rule.sid == reason.rule.sid) {
        Some(rule) => page.line(&format!("  {}", rule.text)),
        None => Ok(()),
    }
}
