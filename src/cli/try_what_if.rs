use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::open::policy_file;
use super::page::Page;
use super::{Exit, Streams};
use crate::messages::{Lang, what_if as say};
use crate::net::Action;
use crate::policy::Document;
use crate::workbench::{FileError, FlowChange, Offer, Outcome, Side, TextDiff, WhatIf, save};

/// Offers that are shown when not every one was asked for.
const SHOWN: usize = 5;

/// The edits that would give the verdict wanted, with what else they change.
pub fn to_text(found: &WhatIf, all: bool, page: &mut Page<'_>) -> io::Result<()> {
    page.gap()?;
    page.say(found.head())?;
    let shown = if all { found.offers.len() } else { found.offers.len().min(SHOWN) };
    for (number, offer) in (1..).zip(&found.offers[..shown]) {
        page.say(offer.words.map(|words| format!("  {number}. {words}")))?;
        for effect in found.effects(offer) {
            page.say(effect.map(|effect| format!("     {effect}")))?;
        }
    }
    if shown < found.offers.len() {
        let more = say::more(found.offers.len() - shown);
        page.say(more.map(|more| format!("  {more}")))?;
    }
    for remark in found.remarks() {
        page.say(remark.map(|remark| format!("  {remark}")))?;
    }
    Ok(())
}

/// The same for programs: every offer, with every case and flow it changes.
pub fn to_json(found: &WhatIf) -> Value {
    json!({
        "wanted": found.wanted.word(),
        "offers": found.offers.iter().map(offer).collect::<Vec<Value>>(),
        "reordering": found.reordering.as_ref().map(|text| text.say(Lang::English)),
        "sampled_flows": found.sampled,
        "edits_tried": found.tried,
        "edits_left_out": found.left_out,
    })
}

fn offer(offer: &Offer) -> Value {
    let case = |case: &crate::workbench::CaseChange| {
        json!({
            "name": case.name,
            "before": outcome(&case.before),
            "after": outcome(&case.after),
            "held": case.passed,
            "holds": case.passes,
        })
    };
    let word = |action: Option<Action>| action.map_or("undetermined", Action::word);
    let flow = |flow: &FlowChange| {
        json!({
            "from": flow.from, "to": flow.to, "dst": flow.dst, "before": word(flow.before), "after": word(flow.after),
        })
    };
    let except: Vec<String> = offer.except.cidrs().iter().map(ToString::to_string).collect();
    json!({
        "edit": offer.words.say(Lang::English),
        "kind": offer.kind.word(),
        "decided_by": offer.by.words().say(Lang::English),
        "except_cidrs": except,
        "cases": offer.cases.iter().map(case).collect::<Vec<Value>>(),
        "flows": offer.flows.iter().map(flow).collect::<Vec<Value>>(),
    })
}

fn outcome(outcome: &Outcome) -> String {
    outcome.word().say(Lang::English).to_lowercase()
}

/// Makes the offer of that number, from 1: prints how the file would differ, and writes it only where that is asked for.
pub fn apply(
    (file, document): (&Path, &Document),
    found: Option<&WhatIf>,
    number: usize,
    write: bool,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let offers = found.map_or(&[][..], |found| &found.offers);
    let Some(offer) = number.checked_sub(1).and_then(|at| offers.get(at)) else {
        return streams.error(&say::no_such_offer(number, offers.len()), Exit::Failed);
    };
    let mut after = document.clone();
    if let Err(error) = after.apply(&offer.edit) {
        return streams.error(&error.words(), Exit::Failed);
    }
    if !write {
        diff(&TextDiff::of(document.text(), after.text()), &mut streams.page())?;
        return Ok(Exit::Fine);
    }
    let path = match policy_file(file, "--write") {
        Ok(path) => path,
        Err(said) => return streams.error(&said, Exit::Failed),
    };
    if let Err(FileError(said)) = save(&path, after.text(), Some(document.text())) {
        return streams.error(&said, Exit::Failed);
    }
    streams.page().say(say::written(&offer.words, &path.display().to_string()))?;
    Ok(Exit::Fine)
}

/// The lines that differ, with those around them.
fn diff(diff: &TextDiff, page: &mut Page<'_>) -> io::Result<()> {
    for (number, hunk) in diff.hunks.iter().enumerate() {
        if number > 0 {
            page.line("…")?;
        }
        for changed in hunk {
            let mark = match changed.side {
                Side::Both => ' ',
                Side::Old => '-',
                Side::New => '+',
            };
            let text: String = changed.pieces.iter().map(|piece| piece.text.as_str()).collect();
            page.line(&format!("{mark}{text}"))?;
        }
    }
    Ok(())
}
