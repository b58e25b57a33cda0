//! The cases: how many are as expected, what the last edit changed, and each one. While a rule is
//! carried the pane says what would change if it were put down.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::effects::change_lines;
use super::rules::{Carry, Load, Spot};
use crate::messages::{Text, marks, screen as say};
use crate::policy::{CaseExpect, Edit, Field, Policy, RulePlace, Thing};
use crate::tui::action::{Motion, Target};
use crate::tui::app::{App, Pane};
use crate::tui::cells::{cut, fit, wrap};
use crate::tui::overlay::{CaseNameForm, Overlay};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, frame_of, line_at, word_role};
use crate::workbench::{
    Answer, CaseChange, CaseResult, Decider, Looked, OrderOfTest, RowsSay, sources_of, with_source,
};

/// What the pane remembers.
#[derive(Debug, Default)]
pub struct CasesPane {
    /// The selected case, by its place in the file.
    pub selected: usize,
    /// What the last edit changed.
    pub changes: Vec<CaseChange>,
}

/// Changed cases that are listed above the cases at most.
const MOST_CHANGES: usize = 5;

impl CasesPane {
    /// Remembers what an edit changed.
    pub fn changed(&mut self, changes: Vec<CaseChange>, policy: &Policy) {
        self.changes = changes;
        self.selected = self.selected.min(policy.cases.len().saturating_sub(1));
    }

    /// Moves the selection through the cases as they are listed.
    pub fn go(&mut self, motion: Motion, results: &[CaseResult]) {
        let order = order(results);
        let at = order.iter().position(|&i| results[i].case == self.selected).unwrap_or_default();
        if let Some(&to) = order.get(motion.from(at, order.len(), 10)) {
            self.selected = results[to].case;
        }
    }
}

/// Indices of the results in the order of the list: those that fail first.
fn order(results: &[CaseResult]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..results.len()).collect();
    order.sort_by_key(|&i| results[i].passed);
    order
}

/// Asks for the name under which the current test is kept, and for the verdict wanted.
pub fn keep(app: &mut App) {
    let Some(answer) = app.session.derived().answer() else { return };
    let from = answer.request.from;
    let sources = sources_of(app.session.policy(), from);
    let who = sources.first().map_or_else(|| from.to_string(), |name| (*name).to_owned());
    // Of a source one address is kept.
    let of_source = app.session.derived().tested().is_some_and(|t| !t.by_source.is_empty());
    let test = app.session.test().from.trim().to_owned();
    let address = if of_source { with_source(app.session.policy(), from) } else { test };
    let (host, expect) = (answer.request.host.clone(), expected(answer));
    let form = CaseNameForm::new((address, who), host, expect, app.prefers.lang);
    app.overlays.push(Overlay::CaseName(form));
}

/// Keeps the current test as the form says; the rule that decides now is named where its verdict is wanted.
pub fn keep_as(app: &mut App, form: &CaseNameForm) -> bool {
    let Some(tested) = app.session.derived().tested() else { return false };
    let answer = &tested.answer;
    let test = app.session.test();
    // A case is about one address; of a source that all get the same answer any will do.
    let one = answer.request.from.to_string();
    let from = if tested.by_source.is_empty() { &test.from } else { &one };
    let by = decider(app.session.policy(), answer).filter(|_| form.is_as_now());
    let fields = vec![
        (Field::Name, form.edit.text()),
        (Field::From, from.clone()),
        (Field::Url, test.url.clone()),
        (Field::Dst, test.dst.clone()),
        (Field::Expect, form.expect.word().to_owned()),
        (Field::By, by.unwrap_or_default()),
    ];
    let edit = Edit::Add { thing: Thing::Case(app.session.policy().cases.len()), fields };
    let kept = app.apply(&edit);
    if kept {
        app.panes.cases.selected = app.session.policy().cases.len().saturating_sub(1);
    }
    kept
}

/// What a case made from this answer expects; `None` where there is no one verdict.
#[must_use]
pub fn expected(answer: &Answer) -> Option<CaseExpect> {
    use crate::net::Action;
    if answer.depends {
        return None;
    }
    answer.first().action.map(|action| match action {
        Action::Pass | Action::Alert => CaseExpect::Pass,
        Action::Drop => CaseExpect::Drop,
        Action::Reject => CaseExpect::Reject,
    })
}

/// The rule that must decide, with its group where the name alone is not clear.
fn decider(policy: &Policy, answer: &Answer) -> Option<String> {
    match &answer.first().decider {
        Decider::Rule(rule) => Some(named(policy, &rule.group, &rule.name)),
        Decider::Stateless(rule) => Some(named(policy, &rule.group, &rule.name)),
        Decider::Default(_) | Decider::Unmatched => Some(say::BY_DEFAULT.to_owned()),
        Decider::StatelessDefault(_) => Some(say::BY_STATELESS_DEFAULT.to_owned()),
        Decider::StreamException(_) | Decider::Undetermined(_) => None,
    }
}

/// A rule by its name, with its group where others have that name too.
fn named(policy: &Policy, group: &str, name: &str) -> String {
    let stateful = policy.rule_groups.iter().flat_map(|g| &g.rules).map(|r| &r.name.value);
    let stateless = policy.stateless.rule_groups.iter().flat_map(|g| &g.rules);
    let namesakes = stateful.chain(stateless.map(|r| &r.name.value)).filter(|n| *n == name);
    if namesakes.count() == 1 { name.to_owned() } else { format!("{group}/{name}") }
}

/// Draws the pane.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    cache.target(area, Target::Pane(Pane::Cases));
    if let Some(carry) = &scene.app.panes.rules.carry {
        let inner = frame_of(scene, frame, area, Pane::Cases, say::IF_PUT_DOWN);
        let lines = carried(scene, carry, inner.width.into(), inner.height.into());
        draw_lines(frame, inner, lines, 0);
        return;
    }
    let inner = frame_of(scene, frame, area, Pane::Cases, say::CASES);
    let results = &scene.derived.cases;
    let changes = &scene.app.panes.cases.changes;
    if results.is_empty() {
        scene.invite(frame, inner, say::NO_CASES);
        return;
    }
    let mut lines = vec![counts(scene, results)];
    if !changes.is_empty() {
        lines.extend(change_lines(scene, changes, inner.width.into(), MOST_CHANGES));
        lines.push(Line::default());
    }
    let above = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inner.height);
    draw_lines(frame, Rect { height: above, ..inner }, lines, 0);
    let body = Rect { y: inner.y + above, height: inner.height - above, ..inner };
    list(scene, frame, body, cache);
}

/// `41 ok   2 fail   the last edit changed 1`.
fn counts(scene: &Scene<'_>, results: &[CaseResult]) -> Line<'static> {
    let failed = results.iter().filter(|r| !r.passed).count();
    let mut spans =
        vec![Span::styled(scene.say(say::ok(results.len() - failed)), scene.style(Role::Pass))];
    if failed > 0 {
        spans.push(Span::raw("   "));
        spans.push(Span::styled(scene.say(say::fail(failed)), scene.style(Role::Drop)));
    }
    let changes = scene.app.panes.cases.changes.len();
    if changes > 0 {
        spans.push(Span::styled(
            format!("   {}", scene.say(say::last_edit(changes))),
            scene.style(Role::Changed),
        ));
    }
    Line::from(spans)
}

fn list(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let results = &scene.derived.cases;
    let order = order(results);
    let pane = &scene.app.panes.cases;
    let focused = scene.app.focus == Pane::Cases;
    let at = order.iter().position(|&i| results[i].case == pane.selected).unwrap_or_default();
    let why = why(scene, &results[order[at]], area);
    let body =
        Rect { height: area.height.saturating_sub(u16::try_from(why.len()).unwrap_or(0)), ..area };
    let first = cache.scroll(Pane::Cases, at, order.len(), body.height.into());
    for (y, &index) in (0..body.height).zip(&order[first..]) {
        let line = line_at(body, y);
        let result = &results[index];
        cache.target(line, Target::Case(result.case));
        let selected = result.case == pane.selected && focused;
        if selected {
            frame.buffer_mut().set_style(line, scene.style(Role::Selected));
        }
        frame.render_widget(row(scene, result, selected, line.width.into()), line);
    }
    let below = Rect { y: body.bottom(), height: area.height - body.height, ..area };
    draw_lines(frame, below, why, 0);
}

/// Why the selected case fails, in at most three lines.
fn why(scene: &Scene<'_>, result: &CaseResult, area: Rect) -> Vec<Line<'static>> {
    let Some(text) = result.why.as_ref().filter(|_| scene.app.focus == Pane::Cases) else {
        return Vec::new();
    };
    let lines = wrap(&scene.say(text), usize::from(area.width).saturating_sub(4));
    let style = scene.style(Role::Muted);
    let most = usize::from(area.height / 2).min(3);
    lines.into_iter().take(most).map(|l| Line::styled(format!("    {l}"), style)).collect()
}

fn row(scene: &Scene<'_>, result: &CaseResult, selected: bool, room: usize) -> Line<'static> {
    let case = &scene.policy.cases[result.case];
    let mark = if selected { say::SELECTED } else { "" };
    let (word, role) = if result.passed { (say::OK, Role::Muted) } else { (say::FAIL, Role::Drop) };
    let verdict = result.outcome.word();
    Line::from(vec![
        Span::styled(fit(mark, 2), scene.style(Role::Accent)),
        Span::styled(fit(&scene.say(word), 6), scene.style(role)),
        Span::styled(fit(&scene.say(verdict), 8), scene.style(word_role(&result.outcome))),
        Span::styled(cut(&case.name.value, room.saturating_sub(16)), scene.style(Role::Text)),
    ])
}

/// What would change if the rule were put down here.
fn carried(scene: &Scene<'_>, carry: &Carry, room: usize, height: usize) -> Vec<Line<'static>> {
    if let Some(why) = &carry.refused {
        return wrap(&scene.with_keys(say::cannot_stay(why)), room)
            .into_iter()
            .map(|line| Line::styled(line, scene.style(Role::Error)))
            .collect();
    }
    let (text, role) = if carry.is_home() {
        (scene.say(say::HOME), Role::Muted)
    } else {
        (scene.say(goes(scene, carry)), Role::Text)
    };
    let mut lines = vec![Line::styled(cut(&text, room), scene.style(role)), Line::default()];
    if carry.is_home() {
        return lines;
    }
    let changes = carry.changes.len();
    let role = if changes > 0 { Role::Changed } else { Role::Muted };
    lines.push(Line::styled(scene.say(say::cases_change(changes)), scene.style(role)));
    lines.extend(change_lines(scene, &carry.changes, room, height.saturating_sub(7).max(1)));
    lines.extend(wrapped(flows(scene, carry), room));
    lines.push(Line::default());
    lines.extend(wrapped(row_order(scene), room));
    lines
}

/// From where to where what is carried goes.
fn goes(scene: &Scene<'_>, carry: &Carry) -> Text {
    let (before, after) = (scene.app.session.policy(), scene.policy);
    let place = |policy: &Policy, at: RulePlace| {
        let group = &policy.rule_groups[at.group];
        say::place(&group.name.value, group.priority.value, at.rule + 1)
    };
    match (&carry.load, carry.from, carry.at) {
        (Load::Group(group), ..) => {
            let of = |policy: &Policy| policy.rule_groups[*group].priority.value;
            let name = &before.rule_groups[*group].name.value;
            marks::group_goes(name, of(before), of(after))
        }
        (Load::Rules(_), Spot::Rule(from), Spot::Rule(at)) => {
            Text::verbatim(&say::from_place(&place(before, from), &place(after, at)))
        }
        (Load::Rules(_), ..) => Text::verbatim(""),
    }
}

/// A line of one style, in as many as it needs.
fn wrapped(line: Line<'static>, room: usize) -> Vec<Line<'static>> {
    wrap(&line.to_string(), room).into_iter().map(|text| Line::styled(text, line.style)).collect()
}

/// How many flows change, once they are counted.
fn flows(scene: &Scene<'_>, carry: &Carry) -> Line<'static> {
    let Some(flows) = carry.flows else {
        return Line::styled(scene.say(marks::COUNTING), scene.style(Role::Muted));
    };
    let text = marks::flows_change(flows.sets, flows.open, flows.whole);
    let role = if flows.sets + flows.open > 0 { Role::Changed } else { Role::Muted };
    Line::styled(scene.say(text), scene.style(role))
}

/// Whether the engine keeps the order of the rows: all of them, once that was looked for, else as far as the test shows.
fn row_order(scene: &Scene<'_>) -> Line<'static> {
    use crate::net::RuleOrder;
    let findings = &scene.derived.findings;
    if scene.policy.rule_order == RuleOrder::Strict && findings.is_current() {
        let (not_kept, not_known) = findings.order_not_kept();
        let role = if not_kept + not_known > 0 { Role::Changed } else { Role::Muted };
        let text = scene.say(marks::order_not_kept(not_kept, not_known));
        return Line::styled(text, scene.style(role));
    }
    let (text, role): (Text, Role) = match (scene.policy.rule_order, scene.answer()) {
        (RuleOrder::Action, _) => (say::ORDER_MEANS_NOTHING.into(), Role::Changed),
        (RuleOrder::Strict, Some(answer)) => order_of_the_test(&answer.rows),
        (RuleOrder::Strict, None) => (say::ORDER_UNTESTED.into(), Role::Muted),
    };
    Line::styled(scene.with_keys(text), scene.style(role))
}

/// Whether the engine keeps the order of the rows for the test.
fn order_of_the_test(rows: &RowsSay) -> (Text, Role) {
    let (kept, role) = match rows.order {
        OrderOfTest::Lost(_) => (say::ORDER_NOT_KEPT, Role::Changed),
        OrderOfTest::Kept => (say::ORDER_KEPT, Role::Muted),
        OrderOfTest::NotKnown => (say::ORDER_NOT_KNOWN, Role::Muted),
    };
    match rows.looked {
        Looked::Now => (kept.into(), role),
        Looked::Before => (say::stale(&kept.into()), Role::Muted),
        Looked::NotYet => (say::ORDER_SOUGHT.into(), Role::Muted),
    }
}

/// Takes the selected case out.
pub fn delete(app: &mut App) {
    let case = app.panes.cases.selected;
    app.apply(&Edit::Remove { thing: Thing::Case(case) });
}
