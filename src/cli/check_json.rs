use serde_json::{Value, json};

use super::check::{Checked, Found};
use crate::diagnostic::Place;
use crate::messages::Lang;

/// Every problem of every file, for programs.
pub fn problems_json(all: &[Checked]) -> Value {
    let rows = all.iter().flat_map(|checked| checked.found.iter().map(|found| row(checked, found)));
    json!({ "diagnostics": rows.collect::<Vec<Value>>() })
}

fn row(checked: &Checked, found: &Found) -> Value {
    let Found { diagnostic, fix } = found;
    json!({
        "file": checked.name,
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "confidence": diagnostic.confidence.word(),
        "line": diagnostic.place.as_ref().map(|p| p.line),
        "column": diagnostic.place.as_ref().map(|p| p.column),
        "message": diagnostic.message.say(Lang::English),
        "help": diagnostic.help.as_ref().map(|h| h.say(Lang::English)),
        "fix": fix,
    })
}

/// Line and column where a place begins, and where it ends: the column behind its last character. Nothing for a place that
/// means the file as a whole.
pub fn region(place: Option<&Place>, text: &str) -> Option<[(usize, usize); 2]> {
    let place = place.filter(|place| place.line > 0)?;
    let end = Place::of(text, place.span.end..place.span.end);
    Some([(place.line, place.column), (end.line, end.column)])
}
