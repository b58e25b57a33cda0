use std::fmt::Write as _;

use crate::compile::stateless_rows;
use crate::policy::{Endpoint, Policy, Rule, RuleBody, Rules};
use crate::tui::cells::width;
use crate::workbench::stateless_text;

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
    widest: Widest,
    /// Digits of the largest priority in a stateless group.
    own: usize,
}

/// The longest texts of some rows, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Widest {
    name: usize,
    /// Of the names of rules that are switched off.
    off: usize,
    from: usize,
}

/// What the rows of each group would like to be: an edit leaves most groups as they are.
#[derive(Debug, Default)]
pub struct OfGroups(Vec<(Rules, Widest)>);

/// Cells of words that depend on the language.
#[derive(Debug, Clone, Copy)]
pub struct LeastWords {
    /// Of the head of FROM.
    pub from: usize,
    /// Of what stands behind the name of a rule that is switched off.
    pub off: usize,
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
    /// Looks at every rule of the policy, but for groups that are `known`; from now on these groups are.
    #[must_use]
    pub fn of(policy: &Policy, known: &mut OfGroups) -> Self {
        let mut wishes = Self::default();
        let before = std::mem::take(&mut known.0);
        for (at, group) in policy.rule_groups.iter().enumerate() {
            wishes.rules += group.rules.len();
            wishes.priority = wishes.priority.max(group.priority.value);
            wishes.longest_group = wishes.longest_group.max(group.rules.len());
            wishes.widest.named(&group.name.value, true);
            let same = before.get(at).filter(|(rules, _)| rules.are_those(&group.rules));
            let widest = same.map_or_else(|| Widest::of(&group.rules), |(_, widest)| *widest);
            wishes.widest = wishes.widest.or(widest);
            known.0.push((group.rules.clone(), widest));
        }
        for (group, rows) in stateless_rows(policy) {
            let group = &policy.stateless.rule_groups[group];
            wishes.priority = wishes.priority.max(group.priority.value);
            wishes.widest.named(&group.name.value, true);
            let own = rows.iter().map(|origin| origin.priority.to_string().len()).max();
            wishes.own = wishes.own.max(own.unwrap_or_default());
            for row in &group.rules {
                wishes.widest.named(&row.name.value, row.enabled);
                wishes.widest.from = wishes.widest.from.max(width(&stateless_text(row).from));
            }
        }
        wishes
    }

    /// The columns in `room` cells; `words` are those that they must have room for.
    #[must_use]
    pub fn columns(self, room: usize, words: LeastWords) -> Columns {
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
        let Widest { name, off, from } = self.widest;
        let off = if off > 0 { off + 1 + words.off } else { 0 };
        columns.name = name.max(off).clamp(8, (rest * 2 / 5).max(8)).min(rest);
        let rest = rest - columns.name;
        if room >= NARROW {
            columns.from = from.clamp(words.from, (rest * 2 / 5).max(words.from));
        }
        let from = if columns.from > 0 { columns.from + gap } else { 0 };
        columns.to = rest.saturating_sub(from);
        columns
    }
}

impl Widest {
    fn of(rules: &Rules) -> Self {
        let mut widest = Self::default();
        let mut room = String::new();
        for rule in rules {
            widest.named(&rule.name.value, rule.enabled);
            widest.from = widest.from.max(from_width(rule, &mut room));
        }
        widest
    }

    fn named(&mut self, name: &str, enabled: bool) {
        let longest = if enabled { &mut self.name } else { &mut self.off };
        *longest = width(name).max(*longest);
    }

    /// Of these and others.
    fn or(self, other: Self) -> Self {
        Self {
            name: self.name.max(other.name),
            off: self.off.max(other.off),
            from: self.from.max(other.from),
        }
    }
}

impl Columns {
    /// Cells of PRIORITY: room for `200 / 2←4`, so that nothing shifts when a rule is picked up.
    #[must_use]
    pub const fn priority(&self) -> usize {
        if self.group == 0 { 0 } else { self.group + 3 + self.position + 1 + self.position }
    }
}

/// Cells of FROM, as `field_text` says it, which is too slow for all rows of a large policy after each key.
fn from_width(rule: &Rule, room: &mut String) -> usize {
    let RuleBody::Match(row) = &rule.body else { return 0 };
    let entries = row.from.iter().map(|entry| match &entry.value {
        Endpoint::Source(name) => width(name),
        other @ (Endpoint::Any | Endpoint::Net(_)) => {
            room.clear();
            // Writing to a string cannot fail.
            let _ = write!(room, "{other}");
            width(room)
        }
    });
    entries.sum::<usize>() + ", ".len() * row.from.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Document, Edit, RuleField, RulePlace};
    use crate::workbench::field_text;

    #[test]
    fn from_is_as_wide_as_its_text() {
        let samples = [
            include_str!("../../../../samples/first-steps/policy.yaml"),
            include_str!("../../../../samples/central-egress/policy.yaml"),
        ];
        for sample in samples {
            let document = Document::read(sample.to_owned()).unwrap();
            for rule in document.policy().rule_groups.iter().flat_map(|group| &group.rules) {
                let text = field_text(rule, RuleField::From);
                assert_eq!(from_width(rule, &mut String::new()), width(&text), "{text}");
            }
        }
    }

    #[test]
    fn groups_that_stay_are_known_and_those_that_change_are_looked_at() {
        let sample = include_str!("../../../../samples/central-egress/policy.yaml");
        let mut document = Document::read(sample.to_owned()).unwrap();
        let mut known = OfGroups::default();
        let before = Wishes::of(document.policy(), &mut known);
        let (mut at, mut longest) = (RulePlace { group: 0, rule: 0 }, 0);
        for (group, rows) in document.policy().rule_groups.iter().enumerate() {
            for (rule, row) in rows.rules.iter().enumerate() {
                let name = width(&row.name.value);
                if name > longest {
                    (at, longest) = (RulePlace { group, rule }, name);
                }
            }
        }
        let elsewhere = RulePlace { group: usize::from(at.group == 0), rule: 0 };
        let edits = [
            Edit::SetRule { at, fields: vec![(RuleField::Name, Some("x".repeat(longest + 7)))] },
            Edit::SetRule { at, fields: vec![(RuleField::Enabled, Some("false".to_owned()))] },
            Edit::MoveRule { from: at, to: elsewhere },
            Edit::SetRule { at: elsewhere, fields: vec![(RuleField::Name, Some("y".to_owned()))] },
        ];
        let mut seen = Vec::new();
        for edit in edits {
            document.apply(&edit).unwrap();
            let wishes = Wishes::of(document.policy(), &mut known);
            assert_eq!(wishes, Wishes::of(document.policy(), &mut OfGroups::default()), "{edit:?}");
            seen.push(wishes);
        }
        let named = |wishes: &Wishes| (wishes.widest.name, wishes.widest.off);
        assert_eq!(named(&before).0, longest);
        assert_eq!(named(&seen[0]).0, longest + 7);
        assert_eq!(named(&seen[1]).1, longest + 7);
        assert_eq!(seen[2].widest, seen[1].widest);
        assert!(named(&seen[3]).1 < longest + 7);
    }

    #[test]
    fn columns_fill_the_room_exactly() {
        let wishes = Wishes {
            rules: 92,
            priority: 1000,
            longest_group: 13,
            widest: Widest { name: 24, off: 0, from: 16 },
            own: 0,
        };
        for room in [38, 58, 66, 78, 110] {
            let c = wishes.columns(room, LeastWords { from: 4, off: 3 });
            let shown = [MARK + c.number, c.priority(), ACTION, c.name, c.from, c.to];
            let gaps = shown.iter().filter(|&&w| w > 0).count() - 1;
            assert_eq!(shown.iter().sum::<usize>() + gaps * c.gap, room, "{room}: {c:?}");
        }
    }
}
