use serde_json::{Value, json};

use super::check::{Checked, Found};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::Lang;

/// Every problem of every file, for programs.
pub fn problems_json(all: &[Checked]) -> Value {
    let rows = all.iter().flat_map(|checked| checked.found.iter().map(|found| row(checked, found)));
    let accepted = all.iter().flat_map(|checked| {
        checked.accepted.iter().map(move |accepted| {
            let mut row = told(&checked.name, &accepted.diagnostic);
            row["reason"] = json!(accepted.reason);
            row
        })
    });
    json!({
        "diagnostics": rows.collect::<Vec<Value>>(),
        "accepted": accepted.collect::<Vec<Value>>(),
    })
}

fn row(checked: &Checked, found: &Found) -> Value {
    let mut row = told(&checked.name, &found.diagnostic);
    row["fix"] = json!(found.fix);
    row
}

fn told(file: &str, diagnostic: &Diagnostic) -> Value {
    json!({
        "file": file,
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "confidence": diagnostic.confidence.word(),
        "line": diagnostic.place.as_ref().map(|p| p.line),
        "column": diagnostic.place.as_ref().map(|p| p.column),
        "message": diagnostic.message.say(Lang::English),
        "help": diagnostic.help.as_ref().map(|h| h.say(Lang::English)),
    })
}

/// Line and column where a place begins, and where it ends: the column behind its last character. Nothing for a place that
/// means the file as a whole.
pub fn region(place: Option<&Place>, text: &str) -> Option<[(usize, usize); 2]> {
    let place = place.filter(|place| place.line > 0)?;
    let end = Place::of(text, place.span.end..place.span.end);
    Some([(place.line, place.column), (end.line, end.column)])
}
