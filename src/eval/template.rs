//! Conditions on bytes of which some differ from client to client.

use super::Met;
use super::content::{Test, window};
use crate::suricata::Content;

/// Stands for one hexadecimal digit that is not known.
const UNKNOWN: u8 = b'?';

/// Whether the bytes meet all `tests`, where `?` is any hexadecimal digit.
pub(super) fn holds_in_template(tests: &[Test], template: &[u8]) -> Met {
    let mut all = Met::Yes;
    for test in tests {
        match one(test, template) {
            Met::No => return Met::No,
            Met::Unknown => all = Met::Unknown,
            Met::Yes => {}
        }
    }
    all
}

fn one(test: &Test, template: &[u8]) -> Met {
    let yes = |met| if met { Met::Yes } else { Met::No };
    match test {
        Test::Bsize(number) => yes(number.holds(template.len() as u64)),
        Test::IsDataAt { negated, at, relative: false } => yes((*at < template.len()) != *negated),
        Test::Content(content) if content.distance.is_none() && content.within.is_none() => {
            let sure = found(content, template, false);
            let maybe = found(content, template, true);
            // Of a negated one only the first occurrence counts, wherever it is.
            let anywhere = Content { endswith: false, ..content.clone() };
            if content.negated && content.endswith && found(&anywhere, template, true) {
                return Met::Unknown;
            }
            match (sure, maybe) {
                (true, _) => yes(!content.negated),
                (false, true) => Met::Unknown,
                (false, false) => yes(content.negated),
            }
        }
        // Where the last match ended cannot be told.
        Test::Content(_) | Test::IsDataAt { .. } | Test::Pcre { .. } | Test::Unknown => {
            Met::Unknown
        }
    }
}

/// Whether the content lies in its window, unknown digits being as it wants them, or never so.
fn found(content: &Content, template: &[u8], wild: bool) -> bool {
    let Some(window) = window(content, 0, template.len()) else { return false };
    let start = window.start;
    let same = |(have, want): (&u8, &u8)| match *have {
        UNKNOWN => wild && want.is_ascii_hexdigit(),
        have if content.nocase => have.eq_ignore_ascii_case(want),
        have => have == *want,
    };
    template[window].windows(content.bytes.len().max(1)).enumerate().any(|(at, bytes)| {
        let ends = !content.endswith || start + at + bytes.len() == template.len();
        ends && bytes.iter().zip(&content.bytes).all(same)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(content: Content) -> Met {
        holds_in_template(&[Test::content(content)], b"t13d????h2_????????????_????????????")
    }

    fn content(bytes: &[u8]) -> Content {
        Content { bytes: bytes.to_vec(), ..Content::default() }
    }

    #[test]
    fn fixed_part_of_a_fingerprint_is_known() {
        assert_eq!(met(Content { startswith: true, ..content(b"t13d") }), Met::Yes);
        assert_eq!(met(Content { startswith: true, ..content(b"t12d") }), Met::No);
        assert_eq!(met(content(b"_")), Met::Yes);
    }

    #[test]
    fn part_that_differs_between_clients_cannot_be_told() {
        assert_eq!(met(content(b"1516h2")), Met::Unknown);
        assert_eq!(met(Content { negated: true, ..content(b"1516h2") }), Met::Unknown);
    }

    #[test]
    fn what_is_no_digit_is_never_there() {
        assert_eq!(met(content(b"xyz")), Met::No);
        assert_eq!(met(Content { negated: true, ..content(b"xyz") }), Met::Yes);
    }
}
