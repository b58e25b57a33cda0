//! Rules as text: rows of a group, each with the comments above it.

use std::ops::Range;

use super::importer::Importer;
use crate::compile::KEPT;
use crate::diagnostic::floor_char;
use crate::interop::anfw::names::plain;
use crate::interop::draft::{DraftBody, DraftRow, Titles};
use crate::interop::rules::{Piece, known, names, pieces};
use crate::messages::import as say;
use crate::policy::Item;
use crate::suricata::written_options;

/// The rows of a group, and what the group was called where it was exported from.
pub struct Rows {
    pub group: Option<String>,
    pub rows: Vec<DraftRow>,
}

/// A row that is being put together.
struct Open {
    titles: Vec<String>,
    lines: Vec<String>,
    /// Whether rules that follow belong to it too: an export named it.
    titled: bool,
    rules: usize,
    span: Range<usize>,
}

/// Makes rows of a text of rules. An export writes a row's name above its rules; elsewhere each rule is a row.
///
/// No line is lost: comments stay above the rule they stand above, those at the end stay with the last one.
pub fn rows(text: &str, file: usize, item: &Item, aws_name: &str, to: &mut Importer<'_>) -> Rows {
    let mut places = Places::new(&to.files[file].text, item.span.clone(), text);
    let text = text.replace('\r', "");
    let known = known(&text);
    let mut group = None;
    let mut done: Vec<Open> = Vec::new();
    let mut above: Vec<String> = Vec::new();
    let mut title: Option<String> = None;
    for piece in pieces(&text) {
        match piece {
            Piece::Blank => {}
            Piece::Comment(comment) => match row_title(comment, aws_name) {
                Some((of, row)) => {
                    let behind = std::mem::take(&mut above);
                    keep_behind(&mut done, behind, &mut above);
                    group.get_or_insert(of);
                    title = Some(row);
                }
                None => above.push(comment.to_owned()),
            },
            Piece::Rule { line, start, text } => {
                let span = places.of(&text, start);
                let loads = known.get(&start);
                let rule = match loads {
                    Some((_, sid)) => numbered(&text, *sid, (file, &span), to),
                    None => text,
                };
                // What an export adds around the rows belongs to none of them.
                let own = loads.is_some_and(|(_, sid)| *sid < KEPT);
                let goes_on = title.is_none() && own && done.last().is_some_and(|row| row.titled);
                if goes_on && let Some(row) = done.last_mut() {
                    row.lines.append(&mut above);
                    row.lines.push(rule);
                    row.rules += 1;
                    continue;
                }
                let titled = title.is_some() && loads.is_some();
                let mut titles: Vec<String> = title.take().into_iter().collect();
                titles.extend(names(loads, line));
                let mut lines = std::mem::take(&mut above);
                lines.push(rule);
                done.push(Open { titles, lines, titled, rules: 1, span });
            }
        }
    }
    if !above.is_empty() {
        match done.last_mut() {
            Some(last) => last.lines.append(&mut above),
            None => done.push(Open {
                titles: vec!["comments".to_owned()],
                lines: above,
                titled: false,
                rules: 0,
                span: item.span.clone(),
            }),
        }
    }
    let mut given = Titles::default();
    let rows = done.into_iter().map(|open| DraftRow {
        name: given.give(&open.titles),
        body: DraftBody::Hand(open.lines.join("\n")),
        off: None,
        rules: open.rules,
        origin: (file, open.span),
    });
    Rows { group, rows: rows.collect() }
}

/// Comments above the name of a row belong to the row before, where there is one.
fn keep_behind(done: &mut [Open], mut comments: Vec<String>, above: &mut Vec<String>) {
    match done.last_mut() {
        Some(last) => last.lines.append(&mut comments),
        None => above.append(&mut comments),
    }
}

/// The group and the row that an export names in a comment; `aws_name` is what the group is called in AWS.
fn row_title(comment: &str, aws_name: &str) -> Option<(String, String)> {
    let (group, row) = comment.strip_prefix("# ")?.split_once(" / ")?;
    let own = plain(group).unwrap_or_else(|| "group".to_owned());
    let rest = aws_name.strip_prefix(&own)?;
    let number = rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
    let is_own = (rest.is_empty() || number) && !row.ends_with(" (disabled)");
    is_own.then(|| (group.to_owned(), row.to_owned()))
}

/// The rule with a number of its own.
fn numbered(rule: &str, sid: u32, at: (usize, &Range<usize>), to: &mut Importer<'_>) -> String {
    if to.take_sid(sid) {
        return rule.to_owned();
    }
    // Joined lines are read as one; blanks of the same length keep the places right.
    let joined = rule.replace("\\\n", "  ");
    let options = written_options(&joined);
    let Some(option) = options.iter().find(|o| o.name.eq_ignore_ascii_case("sid")) else {
        return rule.to_owned();
    };
    let new = to.fresh_sid();
    to.note(at, "sid-changed", say::sid_changed(sid, new));
    let span = option.span.clone();
    format!("{}sid:{new}{}", &rule[..span.start], &rule[span.end..])
}

/// Where rules stand in the file that holds their text in its own notation.
struct Places<'a> {
    text: &'a str,
    within: Range<usize>,
    /// Whether the file holds the text as it is, but for its `\r`.
    is_plain: bool,
    /// As far as the file was read, and the text.
    at: usize,
    read: usize,
    /// How many bytes may still be searched in vain: a search that finds nothing would read all of the file for each rule.
    vain: usize,
}

impl<'a> Places<'a> {
    /// The places of rules in `text`, which `within` of the file means.
    fn new(file: &'a str, within: Range<usize>, text: &str) -> Self {
        let end = within.end.min(file.len());
        let within = within.start.min(end)..end;
        let held = file.get(within.clone()).unwrap_or_default();
        let bare = held.trim_start_matches('\u{feff}');
        let (is_plain, at) = (bare == text, within.end - bare.len());
        let vain = held.len() * 16 + 65_536;
        Self { text: file, within, is_plain, at, read: 0, vain }
    }

    /// The place of the first line of a rule that begins at `start` of the text: as it is, or as JSON writes it; the whole text where
    /// it is neither.
    fn of(&mut self, rule: &str, start: usize) -> Range<usize> {
        let line = rule.lines().next().unwrap_or_default().trim();
        let start = start + rule.len() - rule.trim_start().len();
        if self.is_plain {
            self.read_to(start);
            return self.at..self.at + line.len();
        }
        let rest = self.text.get(self.at..self.within.end).unwrap_or_default();
        let escaped = serde_json::to_string(line).unwrap_or_default();
        let escaped = escaped.trim_matches('"');
        let hcl = line.replace("${", "$${").replace("%{", "%%{");
        // What stands before the rule takes at most six times its room in JSON, and somewhat more where it is indented.
        let far = (start.saturating_sub(self.read) + rule.len()) * 6 + 4_096;
        let near = &rest[..floor_char(rest, far.min(self.vain))];
        for written in [line, escaped, &hcl] {
            if let Some(found) = near.find(written).filter(|_| !written.is_empty()) {
                let place = self.at + found;
                self.at = place + written.len();
                self.read = start + line.len();
                return place..self.at;
            }
        }
        self.vain -= near.len();
        self.within.clone()
    }

    /// Reads the file up to byte `start` of the text, which has no `\r`.
    fn read_to(&mut self, start: usize) {
        for byte in self.text.bytes().skip(self.at) {
            if byte != b'\r' {
                if self.read >= start {
                    break;
                }
                self.read += 1;
            }
            self.at += 1;
        }
    }
}
