//! The selected row in full: what it says, how it fared in the test, what it is compiled to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::conditions::condition_lines;
use super::rules::Selection;
use crate::diagnostic::Severity;
use crate::messages::{Lang, screen as say, verdict};
use crate::policy::{Rule, RuleBody, RuleField, RulePlace};
use crate::suricata::RuleType;
use crate::tui::action::Target;
use crate::tui::app::Pane;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{fit, wrap};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, action_role, draw_lines, frame_of};
use crate::workbench::{
    RowTrace, compiled_rules, deciding_packet, field_text, row_trace, rule_action,
};

/// Cells of the words in front of what a rule says.
const LABEL: usize = 9;

/// Draws the pane.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let inner = frame_of(scene, frame, area, Pane::Rule, say::RULE);
    cache.target(area, Target::Pane(Pane::Rule));
    let lines = match scene.selection() {
        Selection::Nothing => Vec::new(),
        Selection::Group(group) => group_lines(scene, group, inner.width.into()),
        Selection::Rule(place) => rule_lines(scene, place, inner.width.into()),
    };
    let about = scene.selection();
    let first = cache.text(Scrolled::Pane(Pane::Rule), &about, lines.len(), inner.height.into());
    draw_lines(frame, inner, lines, first);
}

fn group_lines(scene: &Scene<'_>, group: usize, room: usize) -> Vec<Line<'static>> {
    let Some(one) = scene.policy.rule_groups.get(group) else { return Vec::new() };
    let capacity = scene.derived.compiled.capacity.get(group).copied();
    let mut lines =
        vec![title(scene, &one.name.value, &say::group(one.priority.value, one.rules.len()))];
    let mut row = |label: &str, text: &str| lines.extend(labelled(scene, label, text, room));
    if let Some(arn) = &one.managed {
        row(say::label::MANAGED, arn);
        row("", say::MANAGED_IS_UNKNOWN);
    }
    if let Some(note) = &one.note {
        row(say::label::NOTE, note);
    }
    if let Some(units) = capacity.filter(|_| one.managed.is_none()) {
        row(say::label::CAPACITY, &say::capacity(units));
    }
    lines
}

fn rule_lines(scene: &Scene<'_>, place: RulePlace, room: usize) -> Vec<Line<'static>> {
    let Some(rule) = scene.policy.rule(place) else { return Vec::new() };
    let group = &scene.policy.rule_groups[place.group];
    let at = say::rule_place(&group.name.value, group.priority.value, place.rule + 1, rule.enabled);
    let mut lines = vec![title(scene, &rule.name.value, &at)];
    lines.extend(what_it_says(scene, rule, room));
    if let Some((problem, current)) = scene.problem_at(place) {
        let help = problem.help.as_ref().map(|help| help.say(Lang::English)).unwrap_or_default();
        let role = match problem.severity {
            Severity::Error => Role::Error,
            Severity::Warning => Role::Changed,
            Severity::Note => Role::Muted,
        };
        let said = problem.message.say(Lang::English);
        let (said, role) =
            if current { (said.to_owned(), role) } else { (say::stale(said), Role::Muted) };
        lines.push(Line::default());
        lines.extend(coloured(scene, &said, room, role));
        lines.extend(coloured(scene, help, room, Role::Muted));
    }
    let trace = scene.answer().map(|answer| &answer.first().trace);
    let row = trace.and_then(|trace| row_trace(&scene.derived.compiled, trace, place));
    if let Some(row) = row {
        lines.push(Line::default());
        lines.push(how_it_fared(scene, &row));
        lines.extend(condition_lines(scene, &row.step.conditions, room));
    }
    lines.extend(compiled(scene, place, row, room));
    lines
}

fn title(scene: &Scene<'_>, name: &str, rest: &str) -> Line<'static> {
    let bold = scene.style(Role::Text).add_modifier(Modifier::BOLD);
    Line::from(vec![
        Span::styled(fit(name, crate::tui::cells::width(name)) + "   ", bold),
        Span::styled(rest.to_owned(), scene.style(Role::Muted)),
    ])
}

fn labelled(scene: &Scene<'_>, label: &str, text: &str, room: usize) -> Vec<Line<'static>> {
    let line = |(at, line): (usize, String)| {
        let word = if at == 0 { label } else { "" };
        Line::from(vec![
            Span::styled(fit(word, LABEL), scene.style(Role::Muted)),
            Span::styled(line, scene.style(Role::Text)),
        ])
    };
    wrap(text, room.saturating_sub(LABEL)).into_iter().enumerate().map(line).collect()
}

fn coloured(scene: &Scene<'_>, text: &str, room: usize, role: Role) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::styled(line, scene.style(role))).collect()
}

/// Action, source and target in a line or two; then whatever else is written.
fn what_it_says(scene: &Scene<'_>, rule: &Rule, room: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let RuleBody::Match(_) = rule.body {
        let text = |field| field_text(rule, field);
        let ends = say::from_to(&text(RuleField::From), &text(RuleField::To));
        let more = say::narrowed(&text(RuleField::Protocols), &text(RuleField::Ports));
        lines = labelled(scene, "", &(ends + &more), room);
        if let (Some(first), Some(action)) = (lines.first_mut(), rule_action(rule)) {
            let role = if rule.enabled { action_role(action) } else { Role::Muted };
            let word = fit(&action.word().to_uppercase(), LABEL);
            first.spans[0] = Span::styled(word, scene.style(role));
        }
    }
    for (label, field) in [
        (say::label::NOTE, RuleField::Note),
        (say::label::TICKET, RuleField::Ticket),
        (say::label::OWNER, RuleField::Owner),
        (say::label::EXPIRES, RuleField::Expires),
        (say::label::LOG, RuleField::Log),
    ] {
        let text = field_text(rule, field);
        if field == RuleField::Log && !text.is_empty() {
            lines.extend(labelled(scene, label, say::LOGGED_TOO, room));
        } else if !text.is_empty() {
            lines.extend(labelled(scene, label, &text, room));
        }
    }
    lines
}

/// One sentence: decides it, matches too late, does not match.
fn how_it_fared(scene: &Scene<'_>, row: &RowTrace<'_>) -> Line<'static> {
    let Some(answer) = scene.answer() else { return Line::default() };
    let trace = &answer.first().trace;
    let packet =
        |at: usize| trace.packets.get(at).map(|p| verdict::packet(&p.name)).unwrap_or_default();
    let decides = deciding_packet(trace)
        .and_then(|at| trace.packets[at].decided_by)
        .is_some_and(|sid| sid == row.rule.sid);
    let misses = row.step.conditions.iter().filter(|c| c.met == crate::eval::Met::No).count();
    let (text, role) = match (row.step.matched_at, row.step.would_match_at) {
        (Some(at), _) if decides => (say::decides(&packet(at)), action_role(row.rule.action)),
        (Some(at), _) => (say::matches(&packet(at)), Role::Text),
        (None, Some(at)) => (say::too_late(&packet(at)), Role::Text),
        (None, None) => (say::misses(misses), Role::Text),
    };
    Line::styled(text, scene.style(role).add_modifier(Modifier::BOLD))
}

/// The text that is deployed for the row, and when the engine asks it.
fn compiled(
    scene: &Scene<'_>,
    place: RulePlace,
    row: Option<RowTrace<'_>>,
    room: usize,
) -> Vec<Line<'static>> {
    let rules: Vec<_> = compiled_rules(&scene.derived.compiled, place).collect();
    let mut lines = vec![Line::default()];
    let Some(first) = rules.first() else {
        lines.push(Line::styled(say::NOT_COMPILED, scene.style(Role::Muted)));
        return lines;
    };
    let kind = row.map_or(first.kind, |row| row.rule.kind);
    lines.extend(coloured(scene, &say::compiled_to(rules.len()), room, Role::Text));
    lines.extend(coloured(scene, kind_sentence(kind), room, Role::Muted));
    for rule in rules {
        lines.extend(coloured(scene, &rule.text, room, Role::Muted));
    }
    lines
}

/// When a rule of this type is asked, and how far its action reaches.
#[must_use]
pub const fn kind_sentence(kind: RuleType) -> &'static str {
    match kind {
        RuleType::IpOnly => say::kind::IP_ONLY,
        RuleType::LikeIpOnly => say::kind::LIKE_IP_ONLY,
        RuleType::PdOnly => say::kind::PD_ONLY,
        RuleType::DeOnly => say::kind::DE_ONLY,
        RuleType::Pkt => say::kind::PKT,
        RuleType::PktStream => say::kind::PKT_STREAM,
        RuleType::Stream => say::kind::STREAM,
        RuleType::AppLayer => say::kind::APP_LAYER,
        RuleType::AppTx => say::kind::APP_TX,
    }
}
