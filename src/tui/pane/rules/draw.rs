use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::columns::{ACTION, Columns, LeastWords, MARK};
use super::{Load, Selection, row_of};
use crate::compile::groups_in_order;
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::{marks, screen as say};
use crate::net::RuleOrder;
use crate::policy::{Rule, RuleField, RulePlace, StatelessPlace};
use crate::tui::action::Target;
use crate::tui::app::Pane;
use crate::tui::cache::Turns;
use crate::tui::cells::{cut, fit, fit_right, width};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, action_role, frame_of, line_at};
use crate::workbench::{Derived, Row, field_text, rule_action, turns};

/// Draws the list: heads, then as many rows as there is room for.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let inner = frame_of(scene, frame, area, Pane::Rules, say::RULES);
    cache.target(area, Target::Pane(Pane::Rules));
    let rows = scene.app.panes.rules.visible(scene.policy);
    if rows.is_empty() {
        scene.invite(frame, inner, say::NO_RULES);
        return;
    }
    let wishes = cache.wishes(scene.derived.revision, scene.app.session.policy());
    let cells = |words| width(&scene.say(words));
    let words = LeastWords { from: cells(say::column::FROM), off: cells(say::OFF) };
    let list = RuleList {
        scene,
        columns: wishes.columns(inner.width.into(), words),
        decider: decider(scene),
        stateless: OnceCell::new(),
        turns: turns_of(scene, cache),
    };
    frame.render_widget(list.heads(), line_at(inner, 0));
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let selected = scene.selection();
    let at = rows.iter().position(|&row| Selection::from(row) == selected).unwrap_or_default();
    let body = list.pin_decider(
        frame,
        body,
        &rows,
        cache.scroll(Pane::Rules, at, rows.len(), body.height.into()),
    );
    let first = cache.scroll(Pane::Rules, at, rows.len(), body.height.into());
    for (y, &row) in (0..body.height).zip(&rows[first..]) {
        let line = line_at(body, y);
        cache.target(
            line,
            match row {
                Row::Stateless(line) => Target::Stateless(line),
                Row::Group(group) => Target::Group(group),
                Row::Rule { place, .. } => Target::Rule(place),
            },
        );
        list.row(frame, line, row, Selection::from(row) == selected || list.in_air(row));
    }
}

/// The row that decides the test, and how it is to be shown.
fn decider(scene: &Scene<'_>) -> Option<(Selection, Role)> {
    let first = scene.answer()?.first();
    Some((row_of(&first.decider)?, first.action.map_or(Role::Unknown, action_role)))
}

/// In action order the rows do not stand as they are asked.
fn turns_of(scene: &Scene<'_>, cache: &mut ViewCache) -> Option<Arc<Turns>> {
    let Derived { compiled, evaluator, .. } = scene.derived;
    let find = || turns(compiled, evaluator);
    (scene.policy.rule_order == RuleOrder::Action).then(|| cache.turns(evaluator, find))
}

pub(super) struct RuleList<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) columns: Columns,
    decider: Option<(Selection, Role)>,
    /// The priorities of the stateless rows in their groups, once one is shown.
    pub(super) stateless: OnceCell<HashMap<StatelessPlace, u32>>,
    /// When each row is asked, where its place does not tell.
    turns: Option<Arc<Turns>>,
}

impl RuleList<'_> {
    /// Whether a row is in the air.
    fn in_air(&self, row: Row) -> bool {
        let carry = self.scene.app.panes.rules.carry.as_ref();
        carry.is_some_and(|carry| match (&carry.load, row) {
            (Load::Rules(_), Row::Rule { place, .. }) => carry.was(place).is_some(),
            (Load::Group(carried), Row::Group(group)) => *carried == group,
            (Load::Rules(_) | Load::Group(_), _) => false,
        })
    }

    fn heads(&self) -> Line<'static> {
        let c = self.columns;
        let head = |words, cells| fit(&self.scene.say(words), cells);
        let priority = match self.turns {
            Some(_) => say::column::ASKED,
            None => say::column::PRIORITY,
        };
        let cells = [
            " ".repeat(MARK) + &fit_right(&self.scene.say(say::column::NUMBER), c.number),
            head(priority, c.priority()),
            head(say::column::ACTION, ACTION),
            head(say::column::RULE, c.name),
            head(say::column::FROM, c.from),
            head(say::column::TO, c.to),
        ];
        let shown: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        Line::styled(shown.join(&" ".repeat(c.gap)), self.scene.style(Role::Muted))
    }

    fn row(&self, frame: &mut Frame<'_>, line: Rect, row: Row, selected: bool) {
        let focused = self.scene.app.focus == Pane::Rules;
        if selected {
            let role = if focused { Role::Selected } else { Role::Marked };
            frame.buffer_mut().set_style(line, self.scene.style(role));
        }
        let spans = match row {
            Row::Stateless(line) => self.stateless(line, selected),
            Row::Group(group) => self.group(group, selected),
            Row::Rule { place, number } => self.rule(place, number, selected),
        };
        frame.render_widget(Line::from(spans), line);
        self.mark_decider(frame, line, row.into());
    }

    /// Where the deciding rule is scrolled away, its row stands in the last line; returns what is left.
    fn pin_decider(&self, frame: &mut Frame<'_>, body: Rect, rows: &[Row], first: usize) -> Rect {
        let decider = self.decider.map(|(row, _)| row);
        let at = rows.iter().position(|&row| Some(Selection::from(row)) == decider);
        let seen = first..first + usize::from(body.height);
        let Some(at) = at.filter(|at| !seen.contains(at) && body.height > 4) else { return body };
        let line = line_at(body, body.height - 1);
        self.row(frame, line, rows[at], false);
        let arrow = if at < first { say::ABOVE } else { say::BELOW };
        frame.render_widget(Span::styled(arrow, self.scene.style(Role::Accent)), line);
        Rect { height: body.height - 1, ..body }
    }

    /// The deciding rule says so at the right end of its row.
    fn mark_decider(&self, frame: &mut Frame<'_>, line: Rect, row: Selection) {
        let Some(role) = self.decides_here(row) else { return };
        let word = self.decides(row);
        let cells = u16::try_from(width(&word)).unwrap_or_default().min(line.width);
        let area = Rect { x: line.right() - cells, width: cells, ..line };
        frame.render_widget(Span::styled(word, self.scene.style(role)), area);
    }

    /// The word that marks the deciding rule; a mark alone where its target needs the room.
    pub(super) fn decides(&self, row: Selection) -> String {
        let to = match row {
            Selection::Rule(place) => {
                self.scene.policy.rule(place).map(|rule| width(&self.ends(place, rule).1))
            }
            Selection::Stateless(line) => Some(width(&self.stateless_to(line))),
            Selection::Group(_) | Selection::Nothing => None,
        };
        let decides = self.scene.say(say::DECIDES);
        let fits = to.unwrap_or_default() + width(&decides) <= self.columns.to;
        if fits { decides } else { say::DECIDES_SHORT.to_owned() }
    }

    /// How a row that decides is to be shown.
    pub(super) fn decides_here(&self, row: Selection) -> Option<Role> {
        self.decider.filter(|(decider, _)| *decider == row).map(|(_, role)| role)
    }

    fn group(&self, group: usize, selected: bool) -> Vec<Span<'static>> {
        let c = self.columns;
        let one = &self.scene.policy.rule_groups[group];
        let folded = self.scene.app.panes.rules.folded.contains(&group);
        let fold = if folded { say::FOLDED } else { say::UNFOLDED };
        let plain = self.scene.style(Role::Muted);
        let bold = self.scene.style(Role::Text).add_modifier(ratatui::style::Modifier::BOLD);
        let note = match (&one.managed, folded, one.rules.len()) {
            (Some(_), ..) => self.scene.say(say::KEPT_BY_OTHERS),
            (None, true, rules) => self.scene.say(say::rules(rules)),
            (None, false, 0) => self.scene.with_keys(say::NO_RULES_IN_GROUP),
            (None, false, _) => String::new(),
        };
        let mut spans =
            vec![self.group_mark(group, selected), Span::styled(fit_right(fold, c.number), plain)];
        let mut cell = |text: String, style: Style| {
            spans.push(Span::raw(" ".repeat(c.gap)));
            spans.push(Span::styled(text, style));
        };
        if c.group > 0 {
            let priority = match self.turns {
                Some(_) => String::new(),
                None => one.priority.value.to_string(),
            };
            let priority = fit_right(&priority, c.group);
            match self.old_priority(group) {
                Some(old) => {
                    let role = self.scene.style(Role::Changed);
                    cell(fit(&format!("{priority}←{old}"), c.priority()), role);
                }
                None => cell(fit(&priority, c.priority()), bold),
            }
        }
        cell(" ".repeat(ACTION), plain);
        let room = c.name + if c.from > 0 { c.gap + c.from } else { 0 };
        cell(fit(&one.name.value, room), bold);
        cell(cut(&note, c.to), plain);
        spans
    }

    fn rule(&self, place: RulePlace, number: usize, selected: bool) -> Vec<Span<'static>> {
        let c = self.columns;
        let Some(rule) = self.scene.policy.rule(place) else { return Vec::new() };
        let dim = if rule.enabled { Role::Text } else { Role::Muted };
        let text = self.scene.style(dim);
        let muted = self.scene.style(Role::Muted);
        let action = rule_action(rule);
        let action_style = match action {
            Some(action) if rule.enabled => self.scene.style(action_role(action)),
            _ => muted,
        };
        let action = action.map(|a| a.word().to_uppercase()).unwrap_or_default();
        let number = if self.scene.app.panes.rules.marked.contains(&place) {
            Span::styled(fit_right(&number.to_string(), c.number), self.scene.style(Role::Accent))
        } else {
            Span::styled(fit_right(&number.to_string(), c.number), muted)
        };
        let mut spans: Vec<Span<'static>> = self.mark(selected, place).into();
        spans.push(number);
        let mut cell = |text: String, style: Style| {
            spans.push(Span::raw(" ".repeat(c.gap)));
            spans.push(Span::styled(text, style));
        };
        if c.group > 0 {
            let (priority, role) = self.priority(place);
            cell(fit(&priority, c.priority()), self.scene.style(role));
        }
        cell(fit(&action, ACTION), action_style);
        let row = Selection::Rule(place);
        let decides = self.decides_here(row);
        let name = decides.map_or(text, |role| self.scene.style(role));
        cell(self.name(&rule.name.value, rule.enabled), name);
        let taken = if decides.is_some() { width(&self.decides(row)) } else { 0 };
        let (from, to) = self.ends(place, rule);
        if c.from > 0 {
            cell(fit(&from, c.from), text);
        }
        cell(fit(&to, c.to.saturating_sub(taken)), text);
        spans
    }

    /// FROM and TO; those of a hand-written rule are what its first rule says.
    fn ends(&self, place: RulePlace, rule: &Rule) -> (String, String) {
        let from = field_text(rule, RuleField::From);
        if !from.is_empty() {
            return (from, field_text(rule, RuleField::To));
        }
        let mut rules = crate::workbench::compiled_rules(&self.scene.derived.compiled, place);
        match rules.next() {
            Some(first) => {
                let more = rules.count();
                let what = first.msg.clone().unwrap_or_else(|| first.header.destination.clone());
                (first.header.source.clone(), self.scene.say(say::by_hand(&what, more)))
            }
            None => (String::new(), self.scene.say(say::BY_HAND)),
        }
    }

    /// The name; a rule that is switched off says so behind it.
    pub(super) fn name(&self, name: &str, enabled: bool) -> String {
        let room = self.columns.name;
        if enabled {
            return fit(name, room);
        }
        let off = format!(" {}", self.scene.say(say::OFF));
        let name = cut(name, room.saturating_sub(width(&off)));
        fit(&(name + &off), room)
    }

    /// The priority that a group in the air has now, where it would get another.
    fn old_priority(&self, group: usize) -> Option<u32> {
        let carry = self.scene.app.panes.rules.carry.as_ref()?;
        let of =
            |policy: &crate::policy::Policy| Some(policy.rule_groups.get(group)?.priority.value);
        let (old, new) = (of(self.scene.app.session.policy())?, of(self.scene.policy)?);
        (carry.load == Load::Group(group) && old != new).then_some(old)
    }

    /// `200 / 4`; for a rule in the air what it gets and what it had: `200 / 2←4`. In action order when it is asked.
    fn priority(&self, place: RulePlace) -> (String, Role) {
        let c = self.columns;
        if let Some(turns) = &self.turns {
            let turn = turns.get(&place).map(usize::to_string).unwrap_or_default();
            return (fit_right(&turn, c.group.max(width(&turn))), Role::Muted);
        }
        let new = self.place(place);
        let carry = self.scene.app.panes.rules.carry.as_ref();
        let old = carry.filter(|carry| !carry.is_home()).and_then(|carry| carry.was(place));
        let Some(old) = old else { return (new, Role::Muted) };
        if old.group == place.group {
            return (format!("{}←{}", new.trim_end(), old.rule + 1), Role::Changed);
        }
        let group = self.scene.app.session.policy().rule_groups[old.group].priority.value;
        let whole = format!("{}←{group}/{}", new.trim_end().replace(" / ", "/"), old.rule + 1);
        if width(&whole) <= c.priority() {
            return (whole, Role::Changed);
        }
        (format!("{}←", new.trim_end()), Role::Changed)
    }

    /// Group priority and position, with the strokes below each other.
    fn place(&self, place: RulePlace) -> String {
        let c = self.columns;
        let group = self.scene.policy.rule_groups[place.group].priority.value.to_string();
        format!(
            "{} / {}",
            fit_right(&group, c.group),
            fit(&(place.rule + 1).to_string(), c.position)
        )
    }

    /// What stands in front of a rule: `»` selected, `·` a place where nothing would change, `!` a problem; `+` behind
    /// that a mark.
    fn mark(&self, selected: bool, place: RulePlace) -> [Span<'static>; 2] {
        let pane = &self.scene.app.panes.rules;
        let same = pane.carry.as_ref().is_some_and(|carry| carry.is_same_at(place));
        let mark = self.marked(selected, same, self.scene.problem_at(place));
        let is_marked = pane.carry.is_none() && pane.marked.contains(&place);
        let sign = if is_marked { marks::SIGN } else { "" };
        [
            Span::styled(fit(mark.content.trim_end(), 1), mark.style),
            Span::styled(fit(sign, MARK - 1), self.scene.style(Role::Accent)),
        ]
    }

    /// What stands in front of a group's head.
    fn group_mark(&self, group: usize, selected: bool) -> Span<'static> {
        let carry = self.scene.app.panes.rules.carry.as_ref();
        let nth = || groups_in_order(self.scene.policy).iter().position(|g| *g == group);
        let same = carry
            .filter(|carry| matches!(carry.load, Load::Group(_)))
            .is_some_and(|carry| nth().is_some_and(|nth| carry.is_same_at_group(nth)));
        self.marked(selected, same, None)
    }

    /// The mark of a row with this worst problem, and whether it is one of now.
    pub(super) fn marked(
        &self,
        selected: bool,
        same: bool,
        problem: Option<(&Diagnostic, bool)>,
    ) -> Span<'static> {
        let problem = problem.filter(|(problem, _)| problem.severity > Severity::Note);
        let (mark, role) = match (selected, same, problem) {
            (true, ..) => (say::SELECTED, Role::Accent),
            (false, true, _) => (say::SAME_HERE, Role::Muted),
            (false, false, Some((_, true))) => (say::PROBLEM, Role::Error),
            (false, false, Some((_, false))) => (say::PROBLEM, Role::Muted),
            (false, false, None) => ("", Role::Text),
        };
        Span::styled(fit(mark, MARK), self.scene.style(role))
    }
}
