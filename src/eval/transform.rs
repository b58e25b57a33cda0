use std::borrow::Cow;

use crate::suricata::Transform;

/// The buffer as its transforms leave it, in the order written; `None` when one of them is not modelled.
///
/// Source: Suricata 7.0.10, `detect-transform-*.c`; dotprefix and `to_lowercase` measured.
pub(super) fn transformed<'a>(buffer: &'a [u8], transforms: &[Transform]) -> Option<Cow<'a, [u8]>> {
    let mut bytes = Cow::Borrowed(buffer);
    for transform in transforms {
        bytes = Cow::Owned(match transform {
            Transform::Dotprefix => [b".", bytes.as_ref()].concat(),
            Transform::ToLowercase => bytes.to_ascii_lowercase(),
            Transform::ToUppercase => bytes.to_ascii_uppercase(),
            Transform::StripWhitespace => bytes.iter().copied().filter(|b| !is_space(*b)).collect(),
            Transform::CompressWhitespace => compressed(&bytes),
            Transform::UrlDecode | Transform::NotModelled(_) => return None,
        });
    }
    Some(bytes)
}

/// C's `isspace`.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

/// Keeps the first of each run of spaces.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = false;
    for &byte in bytes {
        let space = is_space(byte);
        if !(space && before) {
            out.push(byte);
        }
        before = space;
    }
    out
}
