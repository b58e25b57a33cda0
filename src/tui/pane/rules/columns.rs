use crate::compile::stateless_rows;
use crate::policy::{Policy, RuleField};
use crate::tui::cells::width;
use crate::workbench::{field_text, stateless_text};

/// Widths of the columns of the rule list, in cells; 0: not shown. They depend on the policy and on
/// the room there is, never on what is scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// Between columns.
    pub gap: usize,
    /// `#`.
    pub number: usize,
    /// Digits of the largest group priority.
    pub group: usize,
    /// Digits of the largest position in a group.
    pub position: usize,
    /// RULE.
    pub name: usize,
    /// FROM.
    pub from: usize,
    /// TO.
    pub to: usize,
}

/// What the columns would like to be, found out once for each revision of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wishes {
    rules: usize,
    priority: u32,
    longest_group: usize,
    name: usize,
    from: usize,
    /// Digits of the largest priority in a stateless group.
    own: usize,
}

/// Cells of the mark in front of a row.
pub const MARK: usize = 2;
/// Cells of ACTION, the longest of which is `REJECT`.
pub const ACTION: usize = 6;
/// From this room on columns stand two cells apart.
const ROOMY: usize = 80;
/// From this room on PRIORITY and FROM are shown.
const NARROW: usize = 50;

impl Wishes {
    /// Looks at every rule of the policy.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let mut wishes = Self::default();
        for group in &policy.rule_groups {
            wishes.rules += group.rules.len();
            wishes.priority = wishes.priority.max(group.priority.value);
            wishes.longest_group = wishes.longest_group.max(group.rules.len());
            wishes.name = wishes.name.max(width(&group.name.value));
            for rule in &group.rules {
                let off = if rule.enabled { 0 } else { 4 };
                wishes.name = wishes.name.max(width(&rule.name.value) + off);
                wishes.from = wishes.from.max(width(&field_text(rule, RuleField::From)));
            }
        }
        for (group, rows) in stateless_rows(policy) {
            let group = &policy.stateless.rule_groups[group];
            wishes.priority = wishes.priority.max(group.priority.value);
            wishes.name = wishes.name.max(width(&group.name.value));
            let own = rows.iter().map(|origin| origin.priority.to_string().len()).max();
            wishes.own = wishes.own.max(own.unwrap_or_default());
            for row in &group.rules {
                let off = if row.enabled { 0 } else { 4 };
                wishes.name = wishes.name.max(width(&row.name.value) + off);
                wishes.from = wishes.from.max(width(&stateless_text(row).from));
            }
        }
        wishes
    }

    /// The columns in `room` cells.
    #[must_use]
    pub fn columns(self, room: usize) -> Columns {
        let digits = |n: usize| n.to_string().len();
        let gap = if room >= ROOMY { 2 } else { 1 };
        let mut columns = Columns {
            gap,
            number: digits(self.rules).max(2),
            group: if room >= NARROW { digits(self.priority as usize).max(3) } else { 0 },
            // Room for `10 / 65535` too.
            position: digits(self.longest_group + 1).max(self.own / 2),
            ..Columns::default()
        };
        let fixed = MARK + columns.number + ACTION + 3 * gap;
        let priority = columns.priority();
        let fixed = fixed + if priority > 0 { priority + gap } else { 0 };
        let rest = room.saturating_sub(fixed);
        columns.name = self.name.clamp(8, (rest * 2 / 5).max(8)).min(rest);
        let rest = rest - columns.name;
        if room >= NARROW {
            columns.from = self.from.clamp(4, (rest * 2 / 5).max(4));
        }
        let from = if columns.from > 0 { columns.from + gap } else { 0 };
        columns.to = rest.saturating_sub(from);
        columns
    }
}

impl Columns {
    /// Cells of PRIORITY: room for `200 / 2←4`, so that nothing shifts when a rule is picked up.
    #[must_use]
    pub const fn priority(&self) -> usize {
        if self.group == 0 { 0 } else { self.group + 3 + self.position + 1 + self.position }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_room_exactly() {
        let wishes =
            Wishes { rules: 92, priority: 1000, longest_group: 13, name: 24, from: 16, own: 0 };
        for room in [38, 58, 66, 78, 110] {
            let c = wishes.columns(room);
            let shown = [MARK + c.number, c.priority(), ACTION, c.name, c.from, c.to];
            let gaps = shown.iter().filter(|&&w| w > 0).count() - 1;
            assert_eq!(shown.iter().sum::<usize>() + gaps * c.gap, room, "{room}: {c:?}");
        }
    }
}
