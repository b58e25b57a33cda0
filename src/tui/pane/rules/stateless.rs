//! The rows that are asked before the stateful rules: read here, edited in forms.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::Selection;
use super::columns::ACTION;
use super::draw::RuleList;
use crate::compile::stateless_rows;
use crate::messages::{screen as say, stateless as words};
use crate::net::StatelessAction;
use crate::policy::StatelessPlace;
use crate::tui::cells::{cut, fit, fit_right, width};
use crate::tui::theme::Role;
use crate::workbench::{StatelessLine, StatelessText, stateless_text};

/// The cells of a row behind its mark and its number, and how they are shown.
struct Cells {
    priority: String,
    action: (StatelessAction, bool),
    name: (String, Style),
    from: String,
    to: String,
}

impl RuleList<'_> {
    /// A row of the stateless part.
    pub(super) fn stateless(&self, line: StatelessLine, selected: bool) -> Vec<Span<'static>> {
        match line {
            StatelessLine::Group(group) => self.stateless_group(group, selected),
            StatelessLine::Rule(place) => self.stateless_rule(place, selected),
            StatelessLine::Default => self.stateless_default(selected),
        }
    }

    /// What stands in the last column of a row.
    pub(super) fn stateless_to(&self, line: StatelessLine) -> String {
        match line {
            StatelessLine::Group(_) => self.scene.say(words::ASKED_BY_PACKET),
            StatelessLine::Rule(place) => {
                let row = self.scene.policy.stateless_row(place);
                row.map_or_else(String::new, |row| self.to(&stateless_text(row)))
            }
            StatelessLine::Default => self.scene.say(words::EVERY_OTHER_PACKET),
        }
    }

    fn stateless_group(&self, group: usize, selected: bool) -> Vec<Span<'static>> {
        let c = self.columns;
        let Some(one) = self.scene.policy.stateless.rule_groups.get(group) else {
            return Vec::new();
        };
        let muted = self.scene.style(Role::Muted);
        let bold = self.scene.style(Role::Text).add_modifier(Modifier::BOLD);
        let folded = self.scene.app.panes.rules.folded_stateless.contains(&group);
        let fold = if folded { say::FOLDED } else { say::UNFOLDED };
        let mut spans = vec![
            self.marked(selected, false, None),
            Span::styled(fit_right(fold, c.number), muted),
        ];
        let mut cell = |text: String, style: Style| {
            spans.push(Span::raw(" ".repeat(c.gap)));
            spans.push(Span::styled(text, style));
        };
        if c.group > 0 {
            let priority = fit_right(&one.priority.value.to_string(), c.group);
            cell(fit(&priority, c.priority()), bold);
        }
        cell(" ".repeat(ACTION), muted);
        cell(fit(&one.name.value, c.name), bold);
        let room = c.to + if c.from > 0 { c.from + c.gap } else { 0 };
        cell(cut(&self.scene.say(words::ASKED_BY_PACKET), room), muted);
        spans
    }

    fn stateless_rule(&self, place: StatelessPlace, selected: bool) -> Vec<Span<'static>> {
        let Some(row) = self.scene.policy.stateless_row(place) else { return Vec::new() };
        let text = stateless_text(row);
        let role = if row.enabled { Role::Text } else { Role::Muted };
        let here = Selection::Stateless(StatelessLine::Rule(place));
        let name = self.decides_here(here).unwrap_or(role);
        let cells = Cells {
            priority: self.stateless_priority(place),
            action: (row.action, row.enabled),
            name: (self.name(&row.name.value, row.enabled), self.scene.style(name)),
            to: self.to(&text),
            from: text.from,
        };
        let mark = self.marked(selected, false, self.scene.problem_at_stateless(place));
        self.cells(mark, here, role, cells)
    }

    /// Destination and what else is asked, in a line.
    fn to(&self, text: &StatelessText) -> String {
        let asks = text.asks.iter().map(|asked| self.scene.say(asked));
        std::iter::once(text.to.clone()).chain(asks).collect::<Vec<_>>().join(", ")
    }

    fn stateless_default(&self, selected: bool) -> Vec<Span<'static>> {
        let here = Selection::Stateless(StatelessLine::Default);
        let role = self.decides_here(here).unwrap_or(Role::Text);
        let cells = Cells {
            priority: String::new(),
            action: (self.scene.policy.stateless.default_action, true),
            name: (fit(say::BY_STATELESS_DEFAULT, self.columns.name), self.scene.style(role)),
            from: String::new(),
            to: self.scene.say(words::EVERY_OTHER_PACKET),
        };
        self.cells(self.marked(selected, false, None), here, Role::Text, cells)
    }

    fn cells(
        &self,
        mark: Span<'static>,
        here: Selection,
        role: Role,
        cells: Cells,
    ) -> Vec<Span<'static>> {
        let c = self.columns;
        let (text, muted) = (self.scene.style(role), self.scene.style(Role::Muted));
        let mut spans = vec![mark, Span::raw(" ".repeat(c.number))];
        let mut cell = |text: String, style: Style| {
            spans.push(Span::raw(" ".repeat(c.gap)));
            spans.push(Span::styled(text, style));
        };
        if c.group > 0 {
            cell(fit(&cells.priority, c.priority()), muted);
        }
        let (action, enabled) = cells.action;
        let style = if enabled { self.scene.style(stateless_role(action)) } else { muted };
        cell(fit(word(action), ACTION), style);
        cell(cells.name.0, cells.name.1);
        if c.from > 0 {
            cell(fit(&cells.from, c.from), text);
        }
        let decides = self.decides_here(here).is_some();
        let taken = if decides { width(&self.decides(here)) } else { 0 };
        cell(fit(&cells.to, c.to.saturating_sub(taken)), text);
        spans
    }

    /// `10 / 20`: the group's priority and the row's own.
    fn stateless_priority(&self, place: StatelessPlace) -> String {
        let policy = self.scene.policy;
        let group = policy.stateless.rule_groups.get(place.group).map(|g| g.priority.value);
        let origins = self.stateless.get_or_init(|| {
            let rows = stateless_rows(policy).into_iter().flat_map(|(_, rows)| rows);
            rows.map(|origin| (origin.place, origin.priority)).collect()
        });
        let own = origins.get(&place).copied();
        let group = fit_right(&group.unwrap_or_default().to_string(), self.columns.group);
        format!("{group} / {}", own.unwrap_or_default())
    }
}

/// The word of an action, at most six wide.
const fn word(action: StatelessAction) -> &'static str {
    match action {
        StatelessAction::Pass => words::PASS,
        StatelessAction::Drop => words::DROP,
        StatelessAction::Forward => words::FORWARD,
    }
}

/// How an action is shown: what is forwarded is not decided yet.
pub const fn stateless_role(action: StatelessAction) -> Role {
    match action {
        StatelessAction::Pass => Role::Pass,
        StatelessAction::Drop => Role::Drop,
        StatelessAction::Forward => Role::Muted,
    }
}
