use std::collections::HashSet;

use crate::interop::LogEvent;
use crate::messages::{Words, explain::tab as say};
use crate::policy::{Policy, RulePlace};
use crate::tui::action::Motion;
use crate::tui::pane::rules::matches;
use crate::tui::text_edit::TextEdit;
use crate::workbench::{
    Answer, BothOrders, Derived, LookAt, Offer, Reason, Session, TestInput, VariantAnswer, WhatIf,
    both_orders, lists, look_elsewhere, variants, why,
};

/// Lines that page up and page down go.
const PAGE: usize = 8;

/// Cells that the tabs need to be named in full, and in more than a word.
const NAMES: u16 = 96;
const WORDS: u16 = 72;

/// What is shown of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The rows in three lists.
    Why,
    /// Edits that would give another verdict.
    Change,
    /// The same request as other clients send it.
    Clients,
    /// The same request in both rule orders.
    Orders,
    /// What to look at when it passes here and is blocked all the same.
    Elsewhere,
}

/// The view that explains a verdict.
#[derive(Debug)]
pub struct ExplainView {
    /// What is shown.
    pub tab: Tab,
    /// The selected row.
    pub selected: Option<RulePlace>,
    /// What rows must hold to be listed.
    pub filter: TextEdit,
    /// Whether the filter takes keys.
    pub typing: bool,
    /// The rows, in the order of the policy.
    pub reasons: Vec<Reason>,
    /// The rows by their index in `reasons`, as the three lists have them.
    sorted: Vec<(Head, usize)>,
    /// What is listed, from top to bottom.
    pub entries: Vec<Entry>,
    /// The same request of other clients, once it was asked for.
    pub clients: Option<Vec<VariantAnswer>>,
    /// In both orders, once it was asked for.
    pub orders: Option<Box<BothOrders>>,
    /// What to look at elsewhere, once it was asked for.
    pub elsewhere: Option<Vec<LookAt>>,
    /// What would change the verdict.
    pub offers: Offers,
    /// The offer that is chosen.
    pub chosen: usize,
    about: (u64, TestInput),
}

/// What would change the verdict, as far as that was searched for.
#[derive(Debug)]
pub enum Offers {
    /// Nobody asked yet.
    NotSearched,
    /// The search goes on beside the screen.
    Searching,
    /// What was found.
    Found(Box<WhatIf>),
}

/// A line of the three lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The head of a list.
    Head(Head),
    /// Who decided, where no row did.
    Decider,
    /// A row, by its index in `reasons`.
    Row(usize),
}

/// Which list a head begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// What decided.
    Decided,
    /// What matches too.
    CameAfter,
    /// What does not match.
    Missed,
}

impl Tab {
    /// The tabs from left to right.
    pub const ALL: [Self; 5] =
        [Self::Why, Self::Change, Self::Clients, Self::Orders, Self::Elsewhere];

    /// Its name, in short where a line has less than 96 cells, in a word where it has less than 72.
    #[must_use]
    pub const fn name(self, room: u16) -> Words {
        match self {
            Self::Why => say::WHY,
            Self::Change if room < WORDS => say::CHANGE_SHORT,
            Self::Change => say::CHANGE,
            Self::Clients if room < WORDS => say::CLIENTS_SHORT,
            Self::Clients => say::CLIENTS,
            Self::Orders if room < WORDS => say::ORDERS_SHORT,
            Self::Orders => say::ORDERS,
            Self::Elsewhere if room < NAMES => say::ELSEWHERE_SHORT,
            Self::Elsewhere => say::ELSEWHERE,
        }
    }
}

impl ExplainView {
    /// Explains the answer of the session's test; nothing while there is none.
    #[must_use]
    pub fn new(
        session: &Session,
        log: Option<&LogEvent>,
        tab: Tab,
        selected: Option<RulePlace>,
    ) -> Option<Self> {
        session.derived().answer()?;
        let mut view = Self {
            tab,
            selected,
            filter: TextEdit::line(""),
            typing: false,
            reasons: Vec::new(),
            sorted: Vec::new(),
            entries: Vec::new(),
            clients: None,
            orders: None,
            elsewhere: None,
            offers: Offers::NotSearched,
            chosen: 0,
            about: (session.revision(), session.test().clone()),
        };
        view.look(session, log);
        Some(view)
    }

    /// Explains anew: the policy or the request is another one.
    pub fn look(&mut self, session: &Session, log: Option<&LogEvent>) {
        let Some(answer) = session.derived().answer() else { return };
        self.about = (session.revision(), session.test().clone());
        (self.clients, self.orders, self.elsewhere) = (None, None, None);
        (self.offers, self.chosen) = (Offers::NotSearched, 0);
        self.reasons = why(session.policy(), &session.derived().compiled, answer.first());
        self.sorted = sorted(session.policy(), answer, &self.reasons);
        self.list(session);
        self.ask(session, log);
    }

    /// What the view is about, to know whether it is scrolled back to its top.
    #[must_use]
    pub const fn about(&self) -> &(u64, TestInput) {
        &self.about
    }

    /// Asks what the tab needs that nobody asked for yet.
    pub(super) fn ask(&mut self, session: &Session, log: Option<&LogEvent>) {
        let (policy, derived) = (session.policy(), session.derived());
        let Some(answer) = derived.answer() else { return };
        match self.tab {
            Tab::Why | Tab::Change => {}
            Tab::Clients => self.ask_clients(policy, derived, answer),
            Tab::Orders if self.orders.is_some() => {}
            Tab::Orders => self.orders = Some(Box::new(both_orders(policy, answer))),
            Tab::Elsewhere if self.elsewhere.is_some() => {}
            Tab::Elsewhere => {
                self.ask_clients(policy, derived, answer);
                let clients = self.clients.as_deref().unwrap_or_default();
                let looks = look_elsewhere(policy, &derived.compiled, answer, clients, log);
                self.elsewhere = Some(looks);
            }
        }
    }

    fn ask_clients(&mut self, policy: &Policy, derived: &Derived, answer: &Answer) {
        if self.clients.is_none() {
            let (compiled, evaluator) = (&derived.compiled, &derived.evaluator);
            self.clients = Some(variants(policy, compiled, evaluator, answer));
        }
    }

    /// Lists the rows that the filter lets through.
    fn list(&mut self, session: &Session) {
        let Some(answer) = session.derived().answer() else { return };
        let text = self.filter.text();
        let found: Option<HashSet<RulePlace>> =
            (!text.trim().is_empty()).then(|| matches(session, &text).into_iter().collect());
        let shown = |at: usize| {
            found.as_ref().is_none_or(|found| found.contains(&self.reasons[at].rule.place))
        };
        let by_default = !self.sorted.iter().any(|(head, _)| *head == Head::Decided);
        let mut entries = Vec::new();
        for head in [Head::Decided, Head::CameAfter, Head::Missed] {
            let own = self.sorted.iter().filter(|(of, at)| *of == head && shown(*at));
            let rows: Vec<Entry> = own.map(|(_, at)| Entry::Row(*at)).collect();
            let by_default = head == Head::Decided && by_default;
            if !rows.is_empty() || by_default {
                entries.push(Entry::Head(head));
                entries.extend(by_default.then_some(Entry::Decider));
                entries.extend(rows);
            }
        }
        self.entries = entries;
        self.settle(answer);
    }

    /// Where the selected row is not listed: selects the row that decided; where none did, the closest miss, else what is
    /// listed first.
    fn settle(&mut self, answer: &Answer) {
        let listed: Vec<RulePlace> = self.rows().map(|at| self.reasons[at].rule.place).collect();
        let is_listed = |place: &RulePlace| listed.contains(place);
        let decided = self.sorted.iter().find(|(head, _)| *head == Head::Decided);
        let decided = decided.map(|(_, at)| self.reasons[*at].rule.place);
        let wanted = [self.selected, decided, answer.rows.closest_row];
        let wanted = wanted.into_iter().flatten().find(is_listed);
        self.selected = wanted.or(listed.first().copied());
    }

    /// The listed rows, by their index in `reasons`.
    fn rows(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Row(at) => Some(*at),
            Entry::Head(_) | Entry::Decider => None,
        })
    }

    /// The row that is selected.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        self.reasons.iter().find(|reason| Some(reason.rule.place) == self.selected)
    }

    /// The offer that is chosen.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        match &self.offers {
            Offers::Found(found) => found.offers.get(self.chosen),
            Offers::NotSearched | Offers::Searching => None,
        }
    }

    /// The line of the lists that is selected.
    #[must_use]
    pub fn line(&self) -> usize {
        let selected = |entry: &Entry| match entry {
            Entry::Row(at) => Some(self.reasons[*at].rule.place) == self.selected,
            Entry::Head(_) | Entry::Decider => false,
        };
        self.entries.iter().position(selected).unwrap_or_default()
    }

    /// Moves the selection through the listed rows.
    pub fn go(&mut self, motion: Motion) {
        if self.tab == Tab::Change {
            let offers =
                if let Offers::Found(found) = &self.offers { found.offers.len() } else { 0 };
            self.chosen = motion.from(self.chosen, offers, PAGE);
            return;
        }
        let rows: Vec<RulePlace> = self.rows().map(|at| self.reasons[at].rule.place).collect();
        let at = rows.iter().position(|place| Some(*place) == self.selected).unwrap_or_default();
        if let Some(&place) = rows.get(motion.from(at, rows.len(), PAGE)) {
            self.selected = Some(place);
        }
    }

    /// The filter changed: lists the rows anew.
    pub fn filtered(&mut self, session: &Session) {
        self.list(session);
    }
}

/// The rows as the three lists have them.
fn sorted(policy: &Policy, answer: &Answer, reasons: &[Reason]) -> Vec<(Head, usize)> {
    let lists = lists(policy, &answer.request, answer.first(), reasons);
    // Rows are numbered from 1 in the order of `reasons`.
    let of = |head, rows: Vec<&Reason>| {
        rows.into_iter().map(move |row| (head, row.rule.number - 1)).collect::<Vec<_>>()
    };
    [
        of(Head::Decided, lists.decided),
        of(Head::CameAfter, lists.came_after),
        of(Head::Missed, lists.missed),
    ]
    .concat()
}
