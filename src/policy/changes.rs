//! Which rows edits changed, one after another.

use std::collections::HashMap;
use std::ops::Range;

/// Rows that an edit changed: nothing else of the policy differs but places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsChanged {
    /// The group.
    pub group: usize,
    /// The rows before.
    pub rows: Range<usize>,
    /// How many rows stand there now.
    pub count: usize,
}

/// Each stretch with the rows that stand there now; the stretches of a group go from the top.
pub fn with_rows_now(
    changed: &[RowsChanged],
) -> impl Iterator<Item = (&RowsChanged, Range<usize>)> {
    let mut longer: HashMap<usize, isize> = HashMap::new();
    changed.iter().map(move |change| {
        let longer = longer.entry(change.group).or_default();
        let start = change.rows.start.wrapping_add_signed(*longer);
        *longer += change.more();
        (change, start..start + change.count)
    })
}

impl RowsChanged {
    /// How many more rows there are.
    fn more(&self) -> isize {
        self.count.wrapping_sub(self.rows.len()).cast_signed()
    }
}

/// Rows as they stand between two edits, of which the first made them or the second changes them.
struct Between {
    group: usize,
    rows: Range<usize>,
    /// How many more they were before the first edit.
    before: isize,
    /// How many more they are after the second.
    after: isize,
}

/// What two edits changed together; each list goes from the top, and no stretch of one touches another's rows.
///
/// Stretches that touch each other become one.
pub fn joined(first: &[RowsChanged], second: &[RowsChanged]) -> Vec<RowsChanged> {
    let made = with_rows_now(first).map(|(change, rows)| Between {
        group: change.group,
        rows,
        before: -change.more(),
        after: 0,
    });
    let changed = second.iter().map(|change| Between {
        group: change.group,
        rows: change.rows.clone(),
        before: 0,
        after: change.more(),
    });
    let mut all: Vec<Between> = made.chain(changed).collect();
    all.sort_by_key(|one| (one.group, one.rows.start, one.rows.end));
    all.dedup_by(|next, last| {
        let touch = next.group == last.group && next.rows.start <= last.rows.end;
        if touch {
            last.rows.end = last.rows.end.max(next.rows.end);
            last.before += next.before;
            last.after += next.after;
        }
        touch
    });
    let (mut group, mut longer) = (None, 0);
    let more = |one: Between| {
        if group != Some(one.group) {
            (group, longer) = (Some(one.group), 0);
        }
        let start = one.rows.start.wrapping_add_signed(longer);
        longer += one.before;
        let rows = start..start + one.rows.len().wrapping_add_signed(one.before);
        let count = one.rows.len().wrapping_add_signed(one.after);
        RowsChanged { group: one.group, rows, count }
    };
    all.into_iter().map(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(group: usize, rows: Range<usize>, count: usize) -> RowsChanged {
        RowsChanged { group, rows, count }
    }

    /// Lists of numbers in which each new row has a number of its own.
    fn make(lists: &mut [Vec<usize>], changes: &[RowsChanged], next: &mut usize) {
        for RowsChanged { group, rows, count } in changes.iter().rev() {
            lists[*group].splice(rows.clone(), *next..*next + count);
            *next += count;
        }
    }

    #[test]
    fn rows_outside_of_what_two_edits_changed_are_the_same() {
        let cases = [
            (vec![changed(0, 2..3, 1)], vec![changed(0, 5..6, 1)]),
            (vec![changed(0, 2..4, 1)], vec![changed(0, 1..3, 4), changed(0, 6..7, 1)]),
            (vec![changed(0, 1..2, 3), changed(1, 4..6, 1)], vec![changed(1, 0..4, 4)]),
            (vec![changed(1, 3..4, 2), changed(1, 6..7, 3)], vec![changed(1, 4..8, 1)]),
            (vec![changed(0, 0..2, 1)], vec![changed(0, 0..1, 2), changed(1, 9..10, 1)]),
            (vec![], vec![changed(1, 0..10, 1)]),
        ];
        for (first, second) in cases {
            let before: [Vec<usize>; 2] = [(0..10).collect(), (100..110).collect()];
            let (mut after, mut next) = (before.clone(), 1_000);
            make(&mut after, &first, &mut next);
            make(&mut after, &second, &mut next);
            // Put back, from the bottom, what stood in the stretches before: what comes out is what there was.
            let all = joined(&first, &second);
            let now: Vec<(&RowsChanged, Range<usize>)> = with_rows_now(&all).collect();
            for (RowsChanged { group, rows, .. }, now) in now.into_iter().rev() {
                after[*group].splice(now, before[*group][rows.clone()].iter().copied());
            }
            assert_eq!(after, before, "{first:?} {second:?} {all:?}");
        }
    }
}
