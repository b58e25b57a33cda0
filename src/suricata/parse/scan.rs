use std::ops::Range;

use crate::suricata::RuleProblem;

/// A piece of a rule's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
}

impl Piece<'_> {
    /// Its bytes.
    pub(super) const fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// An option as written: `content:!"a"` is name and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenOption<'a> {
    /// Its keyword as written.
    pub name: Piece<'a>,
    /// What stands behind the colon, without spaces around it.
    pub value: Option<Piece<'a>>,
}

impl WrittenOption<'_> {
    /// The bytes of the whole option.
    pub(super) fn span(&self) -> Range<usize> {
        let end = self.value.map_or(self.name.span().end, |v| v.span().end);
        self.name.start..end
    }
}

/// A rule cut into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scanned<'a> {
    /// Action, protocol, source, its ports, arrow, destination, its ports.
    pub fields: [Piece<'a>; 7],
    /// The options in the order written.
    pub options: Vec<WrittenOption<'a>>,
}

const FIELDS: [&str; 7] =
    ["action", "protocol", "source", "source port", "direction", "destination", "destination port"];

/// Cuts a rule into header fields and options.
pub(super) fn scan(text: &str) -> Result<Scanned<'_>, Box<RuleProblem>> {
    let mut fields = [Piece { text: "", start: 0 }; 7];
    let mut at = 0;
    for (field, name) in fields.iter_mut().zip(FIELDS) {
        let piece = field_at(text, at);
        if piece.text.is_empty() || piece.text.starts_with('(') || piece.text.ends_with(';') {
            let message = format!("the rule ends before its {name}");
            let help = "a rule is: action protocol source port -> destination port (options)";
            let span = piece.span();
            return Err(Box::new(RuleProblem::error("rule-cut-short", span, message).help(help)));
        }
        at = piece.span().end;
        *field = piece;
    }
    let options = options(text, at)?;
    Ok(Scanned { fields, options })
}

/// The next field: up to a space, unless inside brackets.
fn field_at(text: &str, from: usize) -> Piece<'_> {
    let start = from + (text[from..].len() - text[from..].trim_start().len());
    let mut level = 0_usize;
    for (at, c) in text[start..].char_indices() {
        match c {
            '[' => level += 1,
            ']' => level = level.saturating_sub(1),
            // A parenthesis ends the header also without a space before it.
            '(' if at > 0 && level == 0 => return Piece { text: &text[start..start + at], start },
            c if c.is_whitespace() && level == 0 => {
                return Piece { text: &text[start..start + at], start };
            }
            _ => {}
        }
    }
    Piece { text: &text[start..], start }
}

fn options(text: &str, from: usize) -> Result<Vec<WrittenOption<'_>>, Box<RuleProblem>> {
    let body = trimmed(text, from..text.len());
    let inner = match body.text.strip_prefix('(') {
        Some(rest) => {
            let rest = rest.strip_suffix(')').unwrap_or(rest);
            Piece { text: rest, start: body.start + 1 }
        }
        None => body,
    };
    if inner.text.trim().is_empty() {
        let problem = RuleProblem::error("no-options", body.span(), "the rule has no options");
        return Err(Box::new(problem.help("at least `(sid:1000001;)` is needed")));
    }
    let mut options = Vec::new();
    let mut start = inner.start;
    let end = inner.start + inner.text.len();
    let bytes = text.as_bytes();
    for at in inner.start..end {
        // Quotes do not protect a semicolon, a backslash does (measured).
        if bytes[at] == b';' && (at == 0 || bytes[at - 1] != b'\\') {
            let piece = trimmed(text, start..at);
            if !piece.text.is_empty() {
                options.push(option(text, piece));
            }
            start = at + 1;
        }
    }
    let rest = trimmed(text, start..end);
    if rest.text.is_empty() {
        return Ok(options);
    }
    let problem = RuleProblem::error("missing-semicolon", rest.span(), "no `;` ends this option");
    Err(Box::new(
        problem.help("every option ends with `;`, the last one too, and `)` ends the rule"),
    ))
}

fn option<'a>(text: &'a str, piece: Piece<'a>) -> WrittenOption<'a> {
    match piece.text.find(':') {
        Some(colon) => {
            let colon = piece.start + colon;
            WrittenOption {
                name: trimmed(text, piece.start..colon),
                value: Some(trimmed(text, colon + 1..piece.span().end)),
            }
        }
        None => WrittenOption { name: piece, value: None },
    }
}

/// The piece of `text` in `range`, without spaces around it.
fn trimmed(text: &str, range: Range<usize>) -> Piece<'_> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    Piece { text: piece.trim(), start: if piece.trim().is_empty() { range.start } else { start } }
}
