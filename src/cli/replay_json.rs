//! A replay for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::messages::{Lang, Text};
use crate::replay::{Change, Count, Fate, Fates, Kind, Logged, Report, Row, Tally};

fn english(text: &Text) -> &str {
    text.say(Lang::English)
}

/// The report; of each list the first `top`.
pub fn json(tally: &Tally, report: &Report, top: usize) -> Value {
    let row = |at: &usize| request(tally, &tally.rows[*at]);
    let change = |change: &Change| {
        json!({
            "from": change.before,
            "to": change.after.word(),
            "requests": change.requests,
            "examples": change.rows.iter().take(top).map(row).collect::<Vec<Value>>(),
        })
    };
    let changes = |all: &[Change]| all.iter().map(change).collect::<Vec<Value>>();
    let cannot_tell = report.cannot_tell.iter().take(top).map(|told| {
        json!({
            "because": english(&told.why),
            "verdict": if told.depends { "depends" } else { "undetermined" },
            "requests": told.requests,
            "examples": told.rows.iter().take(top).map(row).collect::<Vec<Value>>(),
        })
    });
    let unreadable = tally
        .first_unreadable
        .iter()
        .map(|(at, why)| json!({"place": tally.place(*at), "why": english(why)}));
    let troubles = tally
        .troubles
        .iter()
        .map(|trouble| json!({"file": trouble.file, "why": english(&trouble.why)}));
    let logged = Logged::ALL.into_iter().zip(report.logged);
    let mut all = Map::new();
    all.insert("requests".into(), json!(report.requests()));
    all.extend(fates(&report.fates));
    let rest = json!({
        "unreadable": tally.unreadable,
        "lines": lines(tally),
        "other_events": tally.other,
        "repeated_events": tally.repeated,
        "unpaired_events": tally.unpaired,
        "beyond_bounds": {
            "requests": tally.requests_beyond(),
            "without_source_or_name": tally.beyond.unnamed,
        },
        "cancelled": tally.cancelled,
        "logs": tally.files,
        "not_read": troubles.collect::<Vec<Value>>(),
        "first_unreadable": unreadable.collect::<Vec<Value>>(),
        "logged": logged.map(|(l, n)| (l.word().to_owned(), json!(n))).collect::<Map<_, _>>(),
        "compared": report.compared,
        "changes": changes(&report.changes),
        "against": tally.against.then(|| changes(&report.against)),
        "decided_by": counts(&report.deciders, top, |by| english(by).to_owned()),
        "sources": counts(&report.sources, top, ToString::to_string),
        "names": counts(&report.hosts, top, String::clone),
        "cannot_tell": cannot_tell.collect::<Vec<Value>>(),
        "rules": tally.rules.len(),
        "unused_rules": report.unused,
    });
    if let Value::Object(rest) = rest {
        all.extend(rest);
    }
    Value::Object(all)
}

fn lines(tally: &Tally) -> Map<String, Value> {
    let of = |kind: Kind| tally.lines.get(&kind).map(|n| (kind.word().to_owned(), json!(n)));
    Kind::ALL.into_iter().filter_map(of).collect()
}

fn fates(fates: &Fates) -> impl Iterator<Item = (String, Value)> {
    Fate::ALL.into_iter().zip(*fates).map(|(fate, n)| (fate.word().to_owned(), json!(n)))
}

fn counts<T>(all: &[Count<T>], top: usize, name: impl Fn(&T) -> String) -> Vec<Value> {
    let count = |count: &Count<T>| {
        let mut row = Map::new();
        row.insert("name".into(), json!(name(&count.what)));
        row.insert("requests".into(), json!(count.requests()));
        row.extend(fates(&count.fates));
        Value::Object(row)
    };
    all.iter().take(top).map(count).collect()
}

fn request(tally: &Tally, row: &Row) -> Value {
    let now = &tally.decisions[row.decision as usize];
    json!({
        "from": row.request.from.to_string(),
        "url": row.request.to_string(),
        "dst": row.request.dst.map(|dst| dst.to_string()),
        "requests": row.requests(),
        "verdict": now.fate.word(),
        "by": english(&now.by),
        "told": row.manner.parts().collect::<BTreeMap<&str, &str>>(),
        "first": tally.place(row.first),
    })
}

/// Every distinct request on a line.
pub fn csv(tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    let logged = Logged::ALL.map(|logged| format!("logged_{}", logged.word())).join(",");
    writeln!(out, "from,url,dst,requests,verdict,by,before,not_said,told,{logged},first")?;
    let mut rows: Vec<&Row> = tally.rows.iter().filter(|row| row.requests() > 0).collect();
    rows.sort_by_key(|row| row.first);
    for row in rows {
        let now = &tally.decisions[row.decision as usize];
        let before = row.before.map(|before| tally.decisions[before as usize].fate.word());
        let told: Vec<String> =
            row.manner.parts().map(|(what, said)| format!("{what}={said}")).collect();
        let fields = [
            row.request.from.to_string(),
            row.request.to_string(),
            row.request.dst.map(|dst| dst.to_string()).unwrap_or_default(),
            row.requests().to_string(),
            now.fate.word().to_owned(),
            english(&now.by).to_owned(),
            before.unwrap_or_default().to_owned(),
            row.unsaid.map(|unsaid| unsaid.word().to_owned()).unwrap_or_default(),
            told.join("; "),
        ];
        let counts = row.counts.iter().map(u64::to_string);
        let fields = fields.into_iter().chain(counts).chain([tally.place(row.first)]);
        let line: Vec<String> = fields.map(|field| quoted(&field)).collect();
        writeln!(out, "{}", line.join(","))?;
    }
    Ok(())
}

/// A field in quotes where it needs them; what a spreadsheet would take for a formula is none.
fn quoted(field: &str) -> String {
    let field = crate::messages::printable(field);
    let formula = field.starts_with(['=', '+', '-', '@']) && field.len() > 1;
    let field = if formula { format!("'{field}").into() } else { field };
    if field.contains([',', '"']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.into_owned()
    }
}
