//! `threshold` and `detection_filter`.

use super::reader::Fault;
use super::scan::Piece;
use super::value::{bad_piece, bad_word};
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{RuleOption, Threshold, ThresholdKind, Track};

/// Reads `type limit, track by_src, count 1, seconds 60` or, for a filter, the same without a type.
///
/// Source: Suricata 7.0.10, `detect-threshold.c`, `detect-detection-filter.c`; measured.
pub(super) fn read(name: &str, value: Piece<'_>) -> Result<RuleOption, Fault> {
    let filter = name == "detection_filter";
    let mut fields = Fields::default();
    for part in value.split(',') {
        fields.read(part, filter)?;
    }
    let kind = if filter { Some(ThresholdKind::DetectionFilter) } else { fields.kind };
    let (Some(kind), Some(track), Some(count), Some(seconds)) =
        (kind, fields.track, fields.count, fields.seconds)
    else {
        let wanted = if filter { "" } else { "type limit, " };
        let message = words::write(&format!("{wanted}track by_src, count 1, seconds 60"));
        return Err(bad_piece(value, message));
    };
    if filter && (count == 0 || seconds == 0) {
        return Err(bad_piece(value, words::ABOVE_ZERO));
    }
    Ok(RuleOption::Threshold(Threshold { kind, track, count, seconds }))
}

#[derive(Default)]
struct Fields {
    kind: Option<ThresholdKind>,
    track: Option<Track>,
    count: Option<u32>,
    seconds: Option<u32>,
}

impl Fields {
    fn read(&mut self, part: Piece<'_>, filter: bool) -> Result<(), Fault> {
        let (key, rest) = part.text.split_once([' ', '\t']).unwrap_or((part.text, ""));
        let word = Piece { text: rest, start: part.start + part.text.len() - rest.len() }.trimmed();
        let twice = match key {
            "type" if !filter => self.kind.replace(kind(word)?).is_some(),
            "track" => self.track.replace(track(word, filter)?).is_some(),
            "count" => self.count.replace(number(word)?).is_some(),
            "seconds" => self.seconds.replace(number(word)?).is_some(),
            _ => {
                let known: &[&'static str] = &["type", "track", "count", "seconds"];
                let key = Piece { text: key, start: part.start };
                return Err(bad_word(key, say::what::THRESHOLD, &known[usize::from(filter)..]));
            }
        };
        match twice {
            true => Err(bad_piece(part, say::TWICE)),
            false => Ok(()),
        }
    }
}

fn number(word: Piece<'_>) -> Result<u32, Fault> {
    let digits = !word.text.is_empty() && word.text.bytes().all(|b| b.is_ascii_digit());
    let number = word.text.parse().ok().filter(|_| digits);
    number.ok_or_else(|| bad_piece(word, say::WHOLE_NUMBER))
}

fn kind(word: Piece<'_>) -> Result<ThresholdKind, Fault> {
    Ok(match word.text {
        "limit" => ThresholdKind::Limit,
        "threshold" => ThresholdKind::Threshold,
        "both" => ThresholdKind::Both,
        _ => return Err(bad_word(word, say::what::TYPE, &["limit", "threshold", "both"])),
    })
}

/// A filter counts by one side only (measured).
fn track(word: Piece<'_>, filter: bool) -> Result<Track, Fault> {
    const TRACKS: [(&str, Track); 4] = [
        ("by_src", Track::BySource),
        ("by_dst", Track::ByDestination),
        ("by_both", Track::ByBoth),
        ("by_rule", Track::ByRule),
    ];
    let tracks = if filter { &TRACKS[..2] } else { &TRACKS[..] };
    if let Some((_, track)) = tracks.iter().find(|(name, _)| *name == word.text) {
        return Ok(*track);
    }
    let known: Vec<&'static str> = tracks.iter().map(|(name, _)| *name).collect();
    Err(bad_word(word, say::what::COUNTED_BY, &known))
}
