//! Tallies as text: parts of a log may be counted on many machines.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::decision::{Decision, Fate};
use super::line::Kind;
use super::seen::{Logged, Place, Unsaid};
use super::tally::{Beyond, Bounds, LOGGED, Row, Tally, Trouble, add};
use crate::messages::{Lang, Text, files, replay as say};
use crate::net::{Manner, Request, RequestError, TlsVersion};

/// The number of the form; another form has another.
const FORM: u32 = 2;

/// How each form begins.
const BEGIN: &[u8] = b"{\"sekisho_replay\"";

/// No part is larger: its rows, names and connections are bounded.
const LARGEST: u64 = 1 << 30;

/// Why a part cannot be read.
#[derive(Debug, Error)]
pub enum PartError {
    /// It cannot be read, or is too large for one.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no JSON, or of another shape.
    #[error("{}", say::not_a_part(&.0.to_string()).say(Lang::English))]
    NotAPart(#[from] serde_json::Error),
    /// It is of another form.
    #[error("{}", say::other_form(*.0, FORM).say(Lang::English))]
    Form(u32),
    /// A request in it is none.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// It contradicts itself.
    #[error("{}", say::broken(.0).say(Lang::English))]
    Broken(&'static str),
}

impl PartError {
    /// The same in the languages of people.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Io(error) => files::not_read_because(error),
            Self::NotAPart(error) => say::not_a_part(&error.to_string()),
            Self::Form(form) => say::other_form(*form, FORM),
            Self::Request(error) => error.words(),
            Self::Broken(what) => say::broken(what),
        }
    }
}

/// What is written.
#[derive(Serialize, Deserialize)]
struct Part {
    sekisho_replay: u32,
    policy: String,
    files: Vec<String>,
    rules: Vec<String>,
    against: bool,
    cancelled: bool,
    lines: Vec<(String, u64)>,
    other: u64,
    paired: u64,
    unpaired: u64,
    unreadable: u64,
    first_unreadable: Vec<Unreadable>,
    troubles: Vec<(String, [String; 2])>,
    decisions: Vec<PartDecision>,
    rows: Vec<PartRow>,
    /// Connection, row, whether its name is known, outcome.
    flows: Vec<(u64, u32, bool, String)>,
    beyond: PartBeyond,
}

#[derive(Serialize, Deserialize)]
struct Unreadable {
    file: u32,
    line: u64,
    why: [String; 2],
}

#[derive(Serialize, Deserialize)]
struct PartDecision {
    fate: String,
    by: [String; 2],
    by_default: bool,
    rules: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct PartRow {
    from: String,
    url: String,
    dst: Option<String>,
    unsaid: Option<String>,
    /// How the client asked: what, and what it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    manner: Vec<(String, String)>,
    decision: u32,
    before: Option<u32>,
    counts: [u64; LOGGED],
    file: u32,
    line: u64,
    class: [u32; 2],
    by_path: bool,
}

#[derive(Serialize, Deserialize)]
struct PartBeyond {
    decided: Vec<(u32, Option<u32>, [u64; LOGGED])>,
    sources: Vec<(String, [u64; 5])>,
    hosts: Vec<(String, [u64; 5])>,
    unnamed: u64,
}

fn both(text: &Text) -> [String; 2] {
    Lang::ALL.map(|lang| text.say(lang).to_owned())
}

fn text([english, japanese]: [String; 2]) -> Text {
    (english, japanese).into()
}

/// Writes a tally as a line of JSON.
///
/// # Errors
/// When `to` cannot be written.
pub fn write_part(tally: &Tally, to: &mut dyn std::io::Write) -> std::io::Result<()> {
    let decision = |d: &Decision| PartDecision {
        fate: d.fate.word().to_owned(),
        by: both(&d.by),
        by_default: d.by_default,
        rules: d.rules.clone(),
    };
    let flow = |(flow, (row, named, logged)): (u64, (u32, bool, Logged))| {
        (flow, row, named, logged.word().to_owned())
    };
    let part = Part {
        sekisho_replay: FORM,
        policy: tally.policy.clone(),
        files: tally.files.clone(),
        rules: tally.rules.clone(),
        against: tally.against,
        cancelled: tally.cancelled,
        lines: tally.lines.iter().map(|(kind, n)| (kind.word().to_owned(), *n)).collect(),
        other: tally.other,
        paired: tally.paired,
        unpaired: tally.unpaired,
        unreadable: tally.unreadable,
        first_unreadable: tally
            .first_unreadable
            .iter()
            .map(|(at, why)| Unreadable { file: at.file, line: at.line, why: both(why) })
            .collect(),
        troubles: tally.troubles.iter().map(|t| (t.file.clone(), both(&t.why))).collect(),
        decisions: tally.decisions.iter().map(decision).collect(),
        rows: tally.rows.iter().map(written).collect(),
        flows: tally.flows.events().into_iter().map(flow).collect(),
        beyond: beyond(&tally.beyond),
    };
    serde_json::to_writer(&mut *to, &part)?;
    writeln!(to)
}

fn written(row: &Row) -> PartRow {
    PartRow {
        from: row.request.from.to_string(),
        url: row.request.to_string(),
        dst: row.request.dst.map(|dst| dst.to_string()),
        unsaid: row.unsaid.map(|unsaid| unsaid.word().to_owned()),
        manner: row.manner.parts().map(|(what, said)| (what.to_owned(), said.to_owned())).collect(),
        decision: row.decision,
        before: row.before,
        counts: row.counts,
        file: row.first.file,
        line: row.first.line,
        class: row.class,
        by_path: row.by_path,
    }
}

fn beyond(beyond: &Beyond) -> PartBeyond {
    let mut sources: Vec<(String, [u64; 5])> =
        beyond.sources.iter().map(|(source, counts)| (source.to_string(), *counts)).collect();
    let mut hosts: Vec<(String, [u64; 5])> =
        beyond.hosts.iter().map(|(host, counts)| (host.clone(), *counts)).collect();
    sources.sort();
    hosts.sort();
    let decided = beyond.decided.iter().map(|((now, before), counts)| (*now, *before, *counts));
    PartBeyond { decided: decided.collect(), sources, hosts, unnamed: beyond.unnamed }
}

/// Whether a part may be written to a file: none is there yet, it is empty, or it holds a part.
///
/// # Errors
/// When it cannot be read.
pub fn takes_part(path: &Path) -> std::io::Result<bool> {
    let mut begin = Vec::new();
    match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        opened => opened?.take(BEGIN.len() as u64).read_to_end(&mut begin)?,
    };
    Ok(begin.is_empty() || begin == BEGIN)
}

/// Reads the file of a part.
///
/// # Errors
/// [`PartError`], which says what is wrong with it.
pub fn load_part(path: &Path, bounds: Bounds) -> Result<Tally, PartError> {
    let mut text = String::new();
    File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    read_part(&text, bounds)
}

/// Reads what [`write_part`] wrote.
///
/// # Errors
/// [`PartError`], which says what is wrong with it.
pub fn read_part(part: &str, bounds: Bounds) -> Result<Tally, PartError> {
    #[derive(Deserialize)]
    struct Head {
        sekisho_replay: u32,
    }
    let head: Head = serde_json::from_str(part)?;
    if head.sekisho_replay != FORM {
        return Err(PartError::Form(head.sekisho_replay));
    }
    let part: Part = serde_json::from_str(part)?;
    let mut tally = Tally::new(bounds);
    let mut numbers = Vec::with_capacity(part.decisions.len());
    for PartDecision { fate, by, by_default, rules } in part.decisions {
        let fate = Fate::ALL.into_iter().find(|f| f.word() == fate);
        let fate = fate.ok_or(PartError::Broken("verdict"))?;
        numbers.push(tally.decision(Decision { fate, by: text(by), by_default, rules }));
    }
    let decided =
        |old: u32| numbers.get(old as usize).copied().ok_or(PartError::Broken("decision"));
    let mut places = Vec::with_capacity(part.rows.len());
    for row in part.rows {
        let (decision, before) = (decided(row.decision)?, row.before.map(decided).transpose()?);
        places.push(tally.add_counted(Row { decision, before, ..read(row)? }));
    }
    tally.paired = part.paired;
    for (flow, row, named, logged) in part.flows {
        let row = places.get(row as usize).ok_or(PartError::Broken("row"))?;
        let logged = Logged::ALL.into_iter().find(|l| l.word() == logged);
        let logged = logged.ok_or(PartError::Broken("outcome"))?;
        tally.add_event(flow, row, (named, logged));
    }
    let mut beyond = Beyond { unnamed: part.beyond.unnamed, ..Beyond::default() };
    for (now, before, counts) in part.beyond.decided {
        let key = (decided(now)?, before.map(decided).transpose()?);
        add(beyond.decided.entry(key).or_default(), &counts);
    }
    for (source, counts) in part.beyond.sources {
        let source = source.parse().map_err(|_| PartError::Broken("source"))?;
        add(beyond.sources.entry(source).or_default(), &counts);
    }
    for (host, counts) in part.beyond.hosts {
        add(beyond.hosts.entry(host).or_default(), &counts);
    }
    tally.merge_beyond(beyond, |number| number);
    let kind = |word: &str| Kind::ALL.into_iter().find(|kind| kind.word() == word);
    for (word, lines) in part.lines {
        *tally.lines.entry(kind(&word).ok_or(PartError::Broken("kind"))?).or_default() += lines;
    }
    let kept = part.first_unreadable.into_iter();
    tally.first_unreadable =
        kept.map(|u| (Place { file: u.file, line: u.line }, text(u.why))).collect();
    tally.troubles =
        part.troubles.into_iter().map(|(file, why)| Trouble { file, why: text(why) }).collect();
    Ok(Tally {
        policy: part.policy,
        files: part.files,
        rules: part.rules,
        against: part.against,
        cancelled: part.cancelled,
        other: part.other,
        unreadable: part.unreadable,
        unpaired: tally.unpaired + part.unpaired,
        ..tally
    })
}

fn read(row: PartRow) -> Result<Row, PartError> {
    let unsaid = match &row.unsaid {
        None => None,
        Some(word) => Some(
            Unsaid::ALL
                .into_iter()
                .find(|unsaid| unsaid.word() == word)
                .ok_or(PartError::Broken("reason"))?,
        ),
    };
    Ok(Row {
        request: Request::parse(&row.from, &row.url, row.dst.as_deref())?,
        unsaid,
        manner: manner(row.manner)?,
        decision: row.decision,
        before: row.before,
        counts: row.counts,
        first: Place { file: row.file, line: row.line },
        class: row.class,
        by_path: row.by_path,
    })
}

fn manner(parts: Vec<(String, String)>) -> Result<Manner, PartError> {
    let mut manner = Manner::default();
    for (what, said) in parts {
        match what.as_str() {
            "version" => {
                let known = TlsVersion::ALL.into_iter().find(|version| version.word() == said);
                manner.version = Some(known.ok_or(PartError::Broken("version"))?);
            }
            "method" => manner.method = Some(said),
            "agent" => manner.agent = Some(said),
            "referer" => manner.referer = Some(said),
            _ => return Err(PartError::Broken("manner")),
        }
    }
    Ok(manner)
}
