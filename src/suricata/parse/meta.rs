//! What a rule says about itself, and words that ask nothing.

use super::classes::{REFERENCES, class_priority, classes};
use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::{Value, bad_piece, bad_word, nearest, whole};
use crate::messages::Text;
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{Logging, Remark, RuleProblem, keyword};

impl<'a> Reader<'a> {
    pub(super) fn meta(
        &mut self,
        name: &'static str,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        let once = |is: bool| match is {
            true => Err(fault("written-twice", option, say::written_twice(name))),
            false => Ok(()),
        };
        let piece = value.map(|v| v.piece);
        match (name, piece) {
            ("sid", Some(piece)) => {
                once(self.sid.is_some())?;
                self.sid = Some(positive(name, piece)?);
            }
            ("rev", Some(piece)) => {
                once(self.rev.is_some())?;
                self.rev = Some(positive(name, piece)?);
            }
            ("msg", Some(piece)) => {
                once(self.msg.is_some())?;
                if let Some(swallowed) = swallowed(piece) {
                    let (span, message) = (swallowed.span(), say::SWALLOWED_BY_MSG);
                    let problem = RuleProblem::warning("swallowed-option", span, message);
                    self.warnings.push(problem.help(say::END_MSG));
                }
                self.msg = Some(unescaped(piece.text));
            }
            ("priority", Some(piece)) => self.priority(piece, option)?,
            ("classtype", Some(piece)) => self.classtype(piece, option)?,
            ("gid", Some(piece)) => {
                whole(piece.text, u64::from(u32::MAX) - 1)
                    .ok_or_else(|| bad_piece(piece, words::GID))?;
                self.remark(name, option);
            }
            ("reference", Some(piece)) => self.reference(piece, option)?,
            ("target", Some(piece)) => self.target(piece, option)?,
            ("alert", _) => self.logging = Logging::Always,
            ("noalert", _) => self.logging = Logging::Never,
            ("fast_pattern", piece) => self.fast_pattern(piece, option)?,
            ("prefilter", _) => self.prefilter(option)?,
            _ => self.remark(name, option),
        }
        Ok(())
    }

    fn remark(&mut self, keyword: &'static str, option: &WrittenOption<'_>) {
        let value = option.value.map_or("", |v| v.text).to_owned();
        self.remarks.push(Remark { keyword, value });
    }

    /// The highest one counts where several are written, as the lowest number (measured).
    fn priority(&mut self, piece: Piece<'_>, option: &WrittenOption<'_>) -> Result<(), Fault> {
        if !piece.text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad_piece(piece, words::PRIORITY));
        }
        // The engine keeps the lower half of what it read.
        let wide: u64 = piece.text.parse().unwrap_or(u64::MAX);
        let priority = u32::try_from(wide & u64::from(u32::MAX)).unwrap_or_default();
        if self.priority.is_some() {
            self.warn("priority-twice", option, words::PRIORITY_TWICE, words::KEEP_ONE);
        } else if !(1..=255).contains(&wide) {
            let message = words::unusual_priority(piece.text);
            self.warn("unusual-priority", option, message, words::USUAL_PRIORITY);
        }
        self.priority = Some(self.priority.map_or(priority, |before| before.min(priority)));
        Ok(())
    }

    fn classtype(&mut self, piece: Piece<'_>, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let class = piece.text;
        let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !class.starts_with(|c: char| c.is_ascii_alphabetic()) || !class.chars().all(named) {
            return Err(bad_piece(piece, words::CLASS));
        }
        let priority = class_priority(class);
        if priority.is_none() {
            let message = words::unknown_class(class);
            let help = match nearest(class, classes()) {
                Some(near) => say::did_you_mean(near),
                None => words::UNKNOWN_CLASS_HELP.into(),
            };
            self.warn("unknown-class", option, message, help);
        }
        let priority = priority.unwrap_or(3);
        self.class_priority = Some(self.class_priority.map_or(priority, |p| p.min(priority)));
        self.remark("classtype", option);
        Ok(())
    }

    fn reference(&mut self, piece: Piece<'_>, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let (kind, id) = piece.text.split_once(',').unwrap_or((piece.text, ""));
        let (kind, id) = (kind.trim(), id.trim());
        let plain = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain || id.is_empty() || !id.is_ascii() {
            return Err(bad_piece(piece, words::REFERENCE));
        }
        if !REFERENCES.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
            let message = words::unknown_reference(kind);
            self.warn("unknown-reference", option, message, words::USUAL_REFERENCES);
        }
        self.remark("reference", option);
        Ok(())
    }

    fn target(&mut self, piece: Piece<'_>, option: &WrittenOption<'_>) -> Result<(), Fault> {
        const TARGETS: [&str; 2] = ["src_ip", "dest_ip"];
        if !TARGETS.contains(&piece.text) {
            return Err(bad_word(piece, say::what::TARGET, &TARGETS));
        }
        if self.remarks.iter().any(|r| r.keyword == "target" && r.value != piece.text) {
            return Err(fault("written-twice", option, words::ONE_TARGET));
        }
        self.remark("target", option);
        Ok(())
    }

    pub(super) fn warn(
        &mut self,
        code: &'static str,
        option: &WrittenOption<'_>,
        message: impl Into<Text>,
        help: impl Into<Text>,
    ) {
        let problem = RuleProblem::warning(code, option.span(), message);
        self.warnings.push(problem.help(help));
    }
}

fn positive(name: &str, piece: Piece<'_>) -> Result<u32, Fault> {
    let most = u32::MAX - 1;
    let number = whole(piece.text, most.into()).filter(|n| *n > 0);
    number
        .and_then(|n| u32::try_from(n).ok())
        .ok_or_else(|| bad_piece(piece, say::from_one_to(name, most)))
}

/// An option inside a message, behind a quote that should have ended it.
fn swallowed(piece: Piece<'_>) -> Option<Piece<'_>> {
    let bytes = piece.text.as_bytes();
    let quote = (1..bytes.len()).find(|&at| bytes[at] == b'"' && bytes[at - 1] != b'\\')?;
    let rest = piece.from(quote + 1).trimmed();
    let name = rest.text.split([':', ' ']).next().unwrap_or_default();
    keyword(name).map(|_| rest)
}

/// Takes the backslashes out of a message.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}
