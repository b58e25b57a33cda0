//! `requires`: a rule for another engine is passed over without an error.

use super::reader::Fault;
use super::scan::{Piece, WrittenOption};
use super::value::bad_piece;
use crate::messages::suricata::condition as words;
use crate::suricata::{RuleProblem, keyword};

/// The engine whose answers this program gives.
const VERSION: [u32; 3] = [7, 0, 10];

/// What `requires` asks for that the engine lacks; the rule is then not even looked at.
///
/// Source: Suricata 7.0.10, `rust/src/detect/requires.rs`; measured.
pub(super) fn unmet(options: &[WrittenOption<'_>]) -> Result<Option<RuleProblem>, Fault> {
    let requires = options.iter().filter(|o| o.name.text.eq_ignore_ascii_case("requires"));
    for option in requires {
        let Some(value) = option.value else { continue };
        for piece in value.split(',') {
            if !is_met(piece)? {
                let message = words::lacks(piece.text);
                let problem = RuleProblem::warning("requirement-unmet", piece.span(), message);
                return Ok(Some(problem.help(words::ANSWERS_OF)));
            }
        }
    }
    Ok(None)
}

fn is_met(piece: Piece<'_>) -> Result<bool, Fault> {
    let (word, rest) = piece.text.split_once([' ', '\t']).unwrap_or((piece.text, ""));
    match word {
        "keyword" => Ok(keyword(rest.trim()).is_some()),
        "version" => {
            let mut any = false;
            for alternative in rest.split('|') {
                any |= version_met(alternative, piece)?;
            }
            Ok(any)
        }
        "feature" => Ok(matches!(rest.trim(), "ja3" | "ja4" | "geoip")),
        // A word of later engines is none of this one.
        _ => Ok(false),
    }
}

/// `>= 7.0.4 < 8`: all of it holds.
fn version_met(text: &str, piece: Piece<'_>) -> Result<bool, Fault> {
    let bad = || bad_piece(piece, words::REQUIRES_VERSION);
    let mut rest = text.trim();
    let mut all = true;
    while !rest.is_empty() {
        let (op, after) = ["<=", ">=", "<", ">"]
            .into_iter()
            .find_map(|op| Some((op, rest.strip_prefix(op)?)))
            .ok_or_else(bad)?;
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
        let version = version(&after[..end]).ok_or_else(bad)?;
        all &= match op {
            "<=" => VERSION <= version,
            ">=" => VERSION >= version,
            "<" => VERSION < version,
            _ => VERSION > version,
        };
        rest = after[end..].trim_start();
    }
    Ok(all)
}

fn version(text: &str) -> Option<[u32; 3]> {
    let mut parts = [0; 3];
    for (at, part) in text.split('.').enumerate() {
        *parts.get_mut(at)? = part.parse().ok()?;
    }
    Some(parts)
}
