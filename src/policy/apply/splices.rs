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
