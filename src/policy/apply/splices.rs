use std::ops::Range;

use crate::policy::Splice;

/// Puts splices in the order of the text; deletions that overlap become one. `None` when two contradict.
pub fn in_order(mut splices: Vec<Splice>) -> Option<Vec<Splice>> {
    splices.sort_by_key(|s| (s.range.start, s.range.end));
    let mut ordered: Vec<Splice> = Vec::with_capacity(splices.len());
    for splice in splices {
        match ordered.last_mut() {
            Some(last) if splice.range.start < last.range.end => {
                if !last.text.is_empty() || !splice.text.is_empty() {
                    return None;
                }
                last.range.end = last.range.end.max(splice.range.end);
            }
            _ => ordered.push(splice),
        }
    }
    Some(ordered)
}

/// The text after the splices, which are in order; `None` when one does not fit the text.
pub fn spliced(text: &str, splices: &[Splice]) -> Option<String> {
    let added: usize = splices.iter().map(|s| s.text.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut at = 0;
    for splice in splices {
        out.push_str(text.get(at..splice.range.start)?);
        text.get(splice.range.clone())?;
        out.push_str(&splice.text);
        at = splice.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The splices that lead back to `text`.
pub fn undo(text: &str, splices: &[Splice]) -> Vec<Splice> {
    let mut back = Vec::with_capacity(splices.len());
    let (mut removed, mut added) = (0, 0);
    for splice in splices {
        let start = splice.range.start - removed + added;
        back.push(Splice {
            range: start..start + splice.text.len(),
            text: text[splice.range.clone()].to_owned(),
        });
        removed += splice.range.len();
        added += splice.text.len();
    }
    back
}

/// The one piece in which two texts differ: its bytes in the first, and what stands there in the second.
pub fn difference<'a>(before: &str, after: &'a str) -> (Range<usize>, &'a str) {
    let mut start = same_at_begin(before.as_bytes(), after.as_bytes());
    while !before.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = same_at_end(&before.as_bytes()[start..], &after.as_bytes()[start..]);
    while !before.is_char_boundary(before.len() - end) {
        end -= 1;
    }
    (start..before.len() - end, &after[start..after.len() - end])
}

/// Bytes that are compared at once: a text of some megabytes is compared with every edit.
const CHUNK: usize = 4096;

fn same_at_begin(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.chunks(CHUNK).zip(b.chunks(CHUNK));
    let whole = chunks.take_while(|(a, b)| a.len() == CHUNK && a == b).count() * CHUNK;
    whole + a[whole..].iter().zip(&b[whole..]).take_while(|(a, b)| a == b).count()
}

fn same_at_end(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.rchunks(CHUNK).zip(b.rchunks(CHUNK));
    let whole = chunks.take_while(|(a, b)| a.len() == CHUNK && a == b).count() * CHUNK;
    let (a, b) = (&a[..a.len() - whole], &b[..b.len() - whole]);
    whole + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_of_two_texts_leads_from_one_to_the_other() {
        for (before, after) in [
            ("", "a"),
            ("a", ""),
            ("関所", "関守"),
            ("aé", "aè"),
            ("aaa", "aa"),
            ("ab", "ab"),
            ("破関所", "所"),
        ] {
            let long = "関".repeat(CHUNK);
            let fill = |text: &str| format!("{long}{text}{long}{text}{long}");
            for (before, after) in [
                (before.to_owned(), after.to_owned()),
                (fill(before), fill(after)),
                (long.clone() + before, long.clone() + after),
            ] {
                let (range, put) = difference(&before, &after);
                let made = format!("{}{put}{}", &before[..range.start], &before[range.end..]);
                assert_eq!(made, after);
            }
        }
    }

    #[test]
    fn change_is_no_larger_than_it_must_be() {
        assert_eq!(difference("from: any, to: a", "from: all, to: a"), (7..9, "ll"));
        let long = "x".repeat(3 * CHUNK + 7);
        let (before, after) = (format!("{long}a{long}"), format!("{long}b{long}"));
        assert_eq!(difference(&before, &after), (long.len()..long.len() + 1, "b"));
    }
}
