use crate::messages::Words;
use crate::messages::thing::definitions as say;
use crate::policy::{Policy, Thing};
use crate::tui::action::Motion;

/// Lines that page up and page down go.
const PAGE: usize = 10;

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The policy's own fields.
    Settings,
    /// Sources.
    Sources,
    /// Domain lists.
    Lists,
    /// Sets of addresses.
    IpSets,
    /// Sets of ports.
    PortSets,
    /// IP set references.
    References,
    /// Rule groups.
    Groups,
    /// What comes before the stateful rules.
    Stateless,
    /// Cases.
    Cases,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// The head of a part, and how much there is of it.
    Head(Part, usize),
    /// Something.
    Thing(Thing),
}

/// The list, and the selected line.
#[derive(Debug, Default)]
pub struct DefinitionsView {
    at: usize,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Settings,
        Self::Sources,
        Self::Lists,
        Self::IpSets,
        Self::PortSets,
        Self::References,
        Self::Groups,
        Self::Stateless,
        Self::Cases,
    ];

    /// What it is called.
    pub const fn title(self) -> Words {
        match self {
            Self::Settings => say::SETTINGS,
            Self::Sources => say::SOURCES,
            Self::Lists => say::LISTS,
            Self::IpSets => say::IP_SETS,
            Self::PortSets => say::PORT_SETS,
            Self::References => say::REFERENCES,
            Self::Groups => say::GROUPS,
            Self::Stateless => say::STATELESS,
            Self::Cases => say::CASES,
        }
    }

    const fn of(thing: &Thing) -> Self {
        match thing {
            Thing::Policy => Self::Settings,
            Thing::Source(_) => Self::Sources,
            Thing::List(_) => Self::Lists,
            Thing::IpSet(..) => Self::IpSets,
            Thing::PortSet(..) => Self::PortSets,
            Thing::Reference(..) => Self::References,
            Thing::Group(_) => Self::Groups,
            Thing::Stateless | Thing::StatelessGroup(_) | Thing::StatelessRow(_) => Self::Stateless,
            Thing::Case(_) => Self::Cases,
        }
    }
}

/// The list from top to bottom.
pub fn rows(policy: &Policy) -> Vec<Row> {
    let all = Thing::all(policy);
    let mut rows = Vec::with_capacity(all.len() + Part::ALL.len());
    for part in Part::ALL {
        let own: Vec<&Thing> = all.iter().filter(|thing| Part::of(thing) == part).collect();
        rows.push(Row::Head(part, own.len()));
        rows.extend(own.into_iter().map(|thing| Row::Thing(thing.clone())));
    }
    rows
}

impl DefinitionsView {
    /// The list with its first line selected that is no heading.
    #[must_use]
    pub const fn new() -> Self {
        Self { at: 1 }
    }

    /// The selected line's index in `rows`.
    pub fn at(&self, rows: &[Row]) -> usize {
        self.at.min(rows.len().saturating_sub(1))
    }

    /// The selected line.
    #[must_use]
    pub fn selected(&self, policy: &Policy) -> Option<Row> {
        let rows = rows(policy);
        rows.get(self.at(&rows)).cloned()
    }

    /// The selected thing; nothing while a heading is selected.
    #[must_use]
    pub fn thing(&self, policy: &Policy) -> Option<Thing> {
        match self.selected(policy)? {
            Row::Thing(thing) => Some(thing),
            Row::Head(..) => None,
        }
    }

    /// Selects a thing.
    pub fn select(&mut self, policy: &Policy, thing: &Thing) {
        let rows = rows(policy);
        let is = |row: &Row| matches!(row, Row::Thing(other) if other == thing);
        if let Some(at) = rows.iter().position(is) {
            self.at = at;
        }
    }

    /// Selects a line.
    pub const fn select_line(&mut self, line: usize) {
        self.at = line;
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, policy: &Policy) {
        let rows = rows(policy);
        self.at = motion.from(self.at(&rows), rows.len(), PAGE);
    }
}
