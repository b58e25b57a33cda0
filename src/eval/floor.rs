//! From where on a content with a distance is looked for at least.

use super::content::Test;

/// Gives contents with a distance the place from which the engine looks for them at least: what it reckons of the content before, as if
/// that stood at the very beginning, were it a negated one.
///
/// Source: Suricata 7.0.10, `detect-content.c` `DetectContentPropagateLimits`; measured.
pub(super) fn set_floors(tests: &mut [Test]) {
    // Where the content before ends at least.
    let mut end = 0_u32;
    for test in tests {
        let content = match test {
            Test::Content(content) => content,
            Test::Pcre { relative: true, .. } => continue,
            Test::Pcre { .. } | Test::IsDataAt { .. } | Test::Bsize(_) | Test::Unknown => {
                end = 0;
                continue;
            }
        };
        let size = u32::try_from(content.bytes.len()).unwrap_or(u32::MAX);
        match content.distance {
            _ if content.negated && content.is_placed() => end = 0,
            Some(distance @ 0..) => {
                let floor = end.saturating_add(distance.unsigned_abs());
                if floor > u16::MAX.into() {
                    return;
                }
                content.offset = Some(floor);
                end = floor.saturating_add(size);
            }
            Some(_) => end = 0,
            None if content.within.is_some() => end = 0,
            None => end = content.offset.unwrap_or(0).saturating_add(size),
        }
    }
}
