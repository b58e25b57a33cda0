//! `flowbits` and `xbits`.

use super::reader::{Fault, Reader};
use super::scan::Piece;
use super::value::{bad_piece, bad_word, whole};
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{BitOp, BitOption, Logging, NotModelled, NotModelledKind, RuleOption, Track};

const OPS: [(&str, BitOp); 5] = [
    ("set", BitOp::Set),
    ("unset", BitOp::Unset),
    ("toggle", BitOp::Toggle),
    ("isset", BitOp::IsSet),
    ("isnotset", BitOp::IsNotSet),
];

fn op(piece: Piece<'_>) -> Result<BitOp, Fault> {
    let known = OPS.iter().find(|(word, _)| *word == piece.text);
    known.map(|(_, op)| *op).ok_or_else(|| {
        bad_word(piece, say::what::BIT, &["set", "unset", "toggle", "isset", "isnotset"])
    })
}

/// Reads `isset,a|b`.
///
/// Source: Suricata 7.0.10, `detect-flowbits.c`; measured.
pub(super) fn flowbits(reader: &mut Reader<'_>, value: Piece<'_>) -> Result<(), Fault> {
    if value.text == "noalert" {
        reader.logging = Logging::Never;
        return Ok(());
    }
    // No blank before the comma, and what stands behind the first one is all name.
    let (word, rest) = value.text.split_once(',').unwrap_or((value.text, ""));
    let op = op(Piece { text: word, start: value.start })?;
    let rest = rest.trim_matches(super::scan::BLANKS);
    if !op.reads() && rest.contains('|') {
        // What the engine makes of several names here is not known.
        let value = value.text.to_owned();
        let kind = match op {
            BitOp::Set => NotModelledKind::IpOnly,
            _ => NotModelledKind::After,
        };
        let other = NotModelled { keyword: "flowbits", value, kind };
        reader.options.push(RuleOption::NotModelled(other));
        return Ok(());
    }
    let names: Vec<String> = if op.reads() {
        rest.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
    } else {
        vec![rest.to_owned()]
    };
    if names.is_empty() || names.iter().any(|n| n.is_empty() || n.contains([' ', '\t'])) {
        return Err(bad_piece(value, words::BIT_NAME));
    }
    reader.options.push(RuleOption::Flowbits(BitOption { op, names, expire: None }));
    Ok(())
}

/// Reads `set,name,track ip_src,expire 60`.
///
/// Source: Suricata 7.0.10, `detect-xbits.c`; measured.
pub(super) fn xbits(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let mut parts = value.split(',');
    let op = op(parts.next().unwrap_or(value))?;
    let name = parts.next().filter(|n| !n.text.is_empty());
    let Some(name) = name else {
        return Err(bad_piece(value, words::XBIT_NAME));
    };
    let track = parts.next().and_then(|p| p.text.strip_prefix("track"));
    let track = match track.map(str::trim) {
        Some("ip_src") => Track::BySource,
        Some("ip_dst") => Track::ByDestination,
        Some("ip_pair") => Track::ByBoth,
        _ => return Err(bad_piece(value, words::XBIT_TRACK)),
    };
    let written = parts.next().and_then(|p| p.text.strip_prefix("expire")).map(str::trim);
    let expire = match written.filter(|e| !e.is_empty()) {
        Some(seconds) => {
            let seconds = whole(seconds, u32::MAX.into()).filter(|n| *n > 0);
            let seconds = seconds.and_then(|n| u32::try_from(n).ok());
            if seconds.is_none() {
                return Err(bad_piece(value, words::XBIT_EXPIRE));
            }
            seconds
        }
        None => None,
    };
    let names = vec![name.text.to_owned()];
    Ok(RuleOption::Xbits(BitOption { op, names, expire }, track))
}
