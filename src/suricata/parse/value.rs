//! The values of options: quotes, `!`, numbers.

use super::reader::{Fault, fault};
use super::scan::{BLANKS, Piece, WrittenOption};
use crate::messages::{Text, Words, suricata::shape as say};
use crate::suricata::option::Number;
use crate::suricata::{Keyword, Quotes, RuleProblem};

/// The value of an option, out of its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// Whether a `!` stood before it, where the keyword knows one.
    pub negated: bool,
    /// What is left.
    pub piece: Piece<'a>,
}

/// Reads the value as the keyword wants it: none, with quotes, without.
///
/// Source: Suricata 7.0.10, `detect-parse.c` `SigParseOptions`; which keyword wants what is measured.
pub(super) fn shaped<'a>(
    keyword: &Keyword,
    option: &WrittenOption<'a>,
) -> Result<Option<Value<'a>>, Fault> {
    let name = option.name.text;
    let Some(piece) = option.value else {
        return match keyword.value.needed() {
            true => Err(missing(name, option)),
            false => Ok(None),
        };
    };
    if keyword.value.none() {
        let problem = fault("unexpected-value", option, say::takes_no_value(name));
        return Err(Box::new(problem.help(say::write_alone(name))));
    }
    let (negated, piece) = match piece.text.strip_prefix('!') {
        Some(_) if keyword.value.negatable() => (true, piece.from(1).trimmed()),
        _ => (false, piece),
    };
    if piece.text.is_empty() {
        return Err(missing(name, option));
    }
    let quoted = piece.text.starts_with('"');
    match keyword.value.quotes() {
        Quotes::Required if !quoted => Err(quotes(piece, say::NEEDS_QUOTES, say::WRITE_QUOTES)),
        Quotes::None if quoted => Err(quotes(piece, say::no_quotes(name), say::TAKE_QUOTES_AWAY)),
        _ if quoted => Ok(Some(Value { negated, piece: unquoted(piece)? })),
        _ => Ok(Some(Value { negated, piece })),
    }
}

fn missing(name: &str, option: &WrittenOption<'_>) -> Fault {
    fault("missing-value", option, say::needs_value(name))
}

fn quotes(piece: Piece<'_>, message: impl Into<Text>, help: Words) -> Fault {
    Box::new(RuleProblem::error("quotes", piece.span(), message).help(help))
}

/// What stands between the quotes.
fn unquoted(piece: Piece<'_>) -> Result<Piece<'_>, Fault> {
    let inner = piece.from(1);
    match inner.text.strip_suffix('"') {
        Some("") => Err(quotes(piece, say::EMPTY_QUOTES, say::WRITE_WHAT_IS_MATCHED)),
        Some(text) => Ok(Piece { text, ..inner }),
        None => Err(quotes(piece, say::OPEN_QUOTES, say::ESCAPE_SEMICOLON)),
    }
}

/// An error about a value.
pub(super) fn bad_piece(piece: Piece<'_>, message: impl Into<Text>) -> Fault {
    let message = say::value(piece.text, &message.into());
    Box::new(RuleProblem::error("bad-value", piece.span(), message))
}

/// An error about one word of a value, with the nearest of the words that are known.
pub(super) fn bad_word(piece: Piece<'_>, what: Words, known: &[&'static str]) -> Fault {
    let message = say::is_not(piece.text, what);
    let help = match nearest(piece.text, known.iter().copied()) {
        Some(near) => say::did_you_mean(near),
        None => say::choices(&known.join(", ")),
    };
    Box::new(RuleProblem::error("bad-value", piece.span(), message).help(help))
}

/// The known word that is meant, if one is near enough.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A word much longer than every known one is none of them; measuring it would take long.
    if word.len() > 40 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let most = if word.len() < 5 { 1 } else { 2 };
    known
        .map(|known| (strsim::damerau_levenshtein(known, &word), known))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, near)| near)
}

/// Reads `5`, `=5`, `!5`, `!=5`, `<5`, `<=5`, `>5`, `>=5`, `1-5`, `1<>5`; both ranges leave their ends out.
///
/// Source: Suricata 7.0.10, `rust/src/detect/uint.rs`; measured on every keyword that has such a number.
pub(super) fn number(piece: Piece<'_>, most: u64) -> Result<Number, Fault> {
    read_number(piece.text, most).ok_or_else(|| bad_piece(piece, say::number_up_to(most)))
}

/// The same as a value; `None` where the engine refuses it.
pub(super) fn read_number(text: &str, most: u64) -> Option<Number> {
    let text = text.trim_matches(' ');
    if let Some((low, high)) = text.split_once("<>").or_else(|| text.split_once('-')) {
        let (low, high) = (unit(low.trim_end_matches(' '), most)?, unit(high, most)?);
        return (high > low && high - low > 1).then_some(Number::Between(low, high));
    }
    let after = |sign: &str| text.strip_prefix(sign).map(|rest| unit(rest, most));
    if let Some(n) = after("<=") {
        return n?.checked_add(1).map(Number::Below);
    }
    if let Some(n) = after(">=") {
        // At least 0 is no condition: the engine refuses it.
        return n?.checked_sub(1).map(Number::Above);
    }
    if let Some(n) = after("!=").or_else(|| after("!")) {
        return n.map(Number::IsNot);
    }
    if let Some(n) = after("<") {
        return n.filter(|n| *n > 0).map(Number::Below);
    }
    if let Some(n) = after(">") {
        return n.filter(|n| *n < most).map(Number::Above);
    }
    after("=").unwrap_or_else(|| unit(text, most)).map(Number::Is)
}

/// A whole number with a unit of size, `5`, `5kb`, `5MB`.
fn unit(text: &str, most: u64) -> Option<u64> {
    let text = text.trim_start_matches(' ');
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text[..digits].parse().ok()?;
    let factor: u64 = match text[digits..].to_ascii_lowercase().as_str() {
        "" => 1,
        "kb" => 1 << 10,
        "mb" => 1 << 20,
        "gb" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor).filter(|n| *n <= most)
}

/// A whole number as C reads one: perhaps with a `+`, zeros in front.
pub(super) fn whole(text: &str, most: u64) -> Option<u64> {
    let digits = text.trim_start_matches(BLANKS);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse::<u64>().ok()).flatten().filter(|n| *n <= most)
}
