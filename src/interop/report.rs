//! What an import took over, and what it could not.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::messages::Text;
use crate::messages::import as say;

/// So many problems of one kind are shown with their place; the rest is counted.
const SHOWN: usize = 5;

/// A file to import: its name, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// The name to show.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What was wrong with its bytes, and where in the text.
    pub(super) faults: Vec<(usize, Text)>,
}

impl ImportFile {
    /// A file of these bytes: UTF-8, or UTF-16 with its mark, as some shells write it. What is neither is replaced, and said.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        let mut faults = Vec::new();
        let text = match bytes {
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        };
        let replaced = text.find(char::REPLACEMENT_CHARACTER);
        let is_text = std::str::from_utf8(bytes).is_ok();
        if let Some(at) = replaced.filter(|_| !is_text) {
            let line = text[..at].matches('\n').count() + 1;
            // Every NUL before it is replaced by something longer.
            let moved =
                text[..at].matches('\0').count() * (char::REPLACEMENT_CHARACTER.len_utf8() - 1);
            faults.push((at + moved, say::not_text(line)));
        }
        if let Some(at) = text.find('\0') {
            faults.push((at, say::NUL.into()));
        }
        let text = text.replace('\0', "\u{fffd}");
        Self { name: name.into(), text, faults }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
    let decoded = char::decode_utf16(units);
    decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// What an import took over, and what it could not.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// What was not taken over, or not as it was: the first of each kind.
    pub problems: Vec<ImportProblem>,
    /// How many there are of each kind of which more were found than shown.
    pub more: BTreeMap<&'static str, usize>,
    /// Rules that the files have.
    pub rules: usize,
    /// Rules that the policy asks.
    pub imported: usize,
    /// Rule groups of the policy, those of others among them.
    pub groups: usize,
    seen: BTreeMap<&'static str, usize>,
    warned: bool,
}

/// Something that was not taken over as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblem {
    /// The file, by its index; nothing where no file says it.
    pub file: Option<usize>,
    /// What, where, what to do.
    pub diagnostic: Diagnostic,
}

impl ImportReport {
    /// Whether something was lost, as against taken over in another form.
    #[must_use]
    pub const fn has_losses(&self) -> bool {
        self.warned
    }

    /// Adds something about a place of a file.
    pub(super) fn add(
        &mut self,
        files: &[ImportFile],
        (file, span): (usize, &Range<usize>),
        diagnostic: Diagnostic,
    ) {
        let text = files.get(file).map_or("", |file| file.text.as_str());
        if self.counts(&diagnostic) {
            let place = Place::of(text, first_line(text, span));
            let diagnostic = Diagnostic { place: Some(place), ..diagnostic };
            self.problems.push(ImportProblem { file: Some(file), diagnostic });
        }
    }

    /// Adds something about the whole.
    pub(super) fn add_whole(&mut self, file: Option<usize>, diagnostic: Diagnostic) {
        if self.counts(&diagnostic) {
            self.problems.push(ImportProblem { file, diagnostic });
        }
    }

    /// Adds something that no file says.
    pub fn add_problem(&mut self, diagnostic: Diagnostic) {
        self.add_whole(None, diagnostic);
    }

    /// Adds that what was made is no policy, for the first of these reasons.
    pub(super) fn not_a_policy(&mut self, problems: &[Diagnostic]) {
        let why = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
        self.add_whole(None, Diagnostic::error("not-a-policy", None, say::not_a_policy(&why)));
    }

    /// Adds what was wrong with the bytes of a file.
    pub(super) fn add_faults(&mut self, files: &[ImportFile], file: usize) {
        for (at, said) in files.get(file).map_or(&[][..], |file| &file.faults) {
            self.add(files, (file, &(*at..*at)), loss("not-text", said.clone()));
        }
    }

    /// Counts it; says whether it is shown.
    fn counts(&mut self, diagnostic: &Diagnostic) -> bool {
        self.warned |= diagnostic.severity != Severity::Note;
        let seen = self.seen.entry(diagnostic.code).or_default();
        *seen += 1;
        if *seen > SHOWN {
            *self.more.entry(diagnostic.code).or_default() += 1;
        }
        *seen <= SHOWN
    }
}

/// The part of a place that stands on its first line.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let meant = text.get(span.clone()).unwrap_or_default();
    let line = meant.lines().next().unwrap_or_default();
    let length = line.char_indices().nth(100).map_or(line.len(), |(at, _)| at);
    span.start..span.start + length
}

/// A loss: something does not mean any more what it meant.
pub(super) fn loss(code: &'static str, message: impl Into<Text>) -> Diagnostic {
    Diagnostic::warning(code, None, message)
}

/// Something taken over in another form.
pub(super) fn form(code: &'static str, message: impl Into<Text>) -> Diagnostic {
    Diagnostic::note(code, None, message)
}
