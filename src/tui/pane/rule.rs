//! The selected row in full: what it says, how it fared in the test, what it is compiled to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::conditions::condition_lines;
use super::rules::Selection;
use super::stateless_rule::stateless_lines;
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::rule::rule_type;
use crate::messages::{Text, Words, plain, printable, screen as say};
use crate::net;
use crate::policy::{Rule, RuleBody, RuleField, RulePlace};
use crate::suricata::{self, RuleType};
use crate::tui::action::Target;
use crate::tui::app::Pane;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{fit, wrap};
use crate::tui::syntax;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, action_role, draw_lines, frame_of};
use crate::workbench::{
    Answer, PlainRule, Standing, Told, compiled_rules, field_text, plain_rule, rule_action, why_row,
};

/// Cells of the words in front of what a rule says.
const LABEL: usize = 9;

/// Draws the pane.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let inner = frame_of(scene, frame, area, Pane::Rule, say::RULE);
    cache.target(area, Target::Pane(Pane::Rule));
    let lines = match scene.selection() {
        Selection::Nothing => Vec::new(),
        Selection::Stateless(line) => stateless_lines(scene, line, inner.width.into()),
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
        vec![title(scene, &one.name.value, say::group(one.priority.value, one.rules.len()))];
    let mut row = |label: Option<Words>, text: Text| {
        lines.extend(labelled(scene, label, &scene.say(text), room));
    };
    if let Some(arn) = &one.managed {
        row(Some(say::label::MANAGED), Text::verbatim(arn));
        row(None, say::MANAGED_IS_UNKNOWN.into());
    }
    if let Some(note) = &one.note {
        row(Some(say::label::NOTE), Text::verbatim(note));
    }
    if let Some(units) = capacity.filter(|_| one.managed.is_none()) {
        row(Some(say::label::CAPACITY), say::capacity(units));
    }
    lines
}

fn rule_lines(scene: &Scene<'_>, place: RulePlace, room: usize) -> Vec<Line<'static>> {
    let Some(rule) = scene.policy.rule(place) else { return Vec::new() };
    let group = &scene.policy.rule_groups[place.group];
    let at = say::rule_place(&group.name.value, group.priority.value, place.rule + 1, rule.enabled);
    let mut lines = vec![title(scene, &rule.name.value, at)];
    lines.extend(what_it_says(scene, rule, room));
    lines.extend(problem_lines(scene, scene.problem_at(place), room));
    let reason = scene
        .answer()
        .and_then(|answer| why_row(scene.policy, &scene.derived.compiled, answer.first(), place));
    if let Some((answer, reason)) = scene.answer().zip(reason.as_ref()) {
        let told = Told::of(scene.policy, &answer.request, reason);
        lines.push(Line::default());
        lines.extend(how_it_fared(scene, answer, &told, room));
        lines.extend(condition_lines(scene, &told.asked, room));
    }
    let by_hand = matches!(rule.body, RuleBody::Suricata(_));
    lines.extend(compiled(scene, place, by_hand, room));
    lines
}

/// A problem of the row, and what to do about it; one of the policy before says so.
pub(super) fn problem_lines(
    scene: &Scene<'_>,
    problem: Option<(&Diagnostic, bool)>,
    room: usize,
) -> Vec<Line<'static>> {
    let Some((problem, current)) = problem else { return Vec::new() };
    let help = problem.help.as_ref().map(|help| scene.say(help)).unwrap_or_default();
    let role = match problem.severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Changed,
        Severity::Note => Role::Muted,
    };
    let (said, role) = if current {
        (problem.message.clone(), role)
    } else {
        (say::stale(&problem.message), Role::Muted)
    };
    let mut lines = vec![Line::default()];
    lines.extend(coloured(scene, &scene.say(said), room, role));
    lines.extend(coloured(scene, &help, room, Role::Muted));
    lines
}

pub(super) fn title(scene: &Scene<'_>, name: &str, rest: impl Into<Text>) -> Line<'static> {
    let bold = scene.style(Role::Text).add_modifier(Modifier::BOLD);
    Line::from(vec![
        Span::styled(fit(name, crate::tui::cells::width(name)) + "   ", bold),
        Span::styled(scene.say(rest), scene.style(Role::Muted)),
    ])
}

pub(super) fn labelled(
    scene: &Scene<'_>,
    label: Option<Words>,
    text: &str,
    room: usize,
) -> Vec<Line<'static>> {
    let label = label.map(|label| scene.say(label)).unwrap_or_default();
    let line = |(at, line): (usize, String)| {
        let word = if at == 0 { label.as_str() } else { "" };
        Line::from(vec![
            Span::styled(fit(word, LABEL), scene.style(Role::Muted)),
            Span::styled(line, scene.style(Role::Text)),
        ])
    };
    wrap(text, room.saturating_sub(LABEL)).into_iter().enumerate().map(line).collect()
}

pub(super) fn coloured(
    scene: &Scene<'_>,
    text: &str,
    room: usize,
    role: Role,
) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::styled(line, scene.style(role))).collect()
}

/// Action, source and target in a line or two; then whatever else is written.
fn what_it_says(scene: &Scene<'_>, rule: &Rule, room: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let RuleBody::Match(_) = rule.body {
        let text = |field| field_text(rule, field);
        let [from, to, protocols, ports] =
            [RuleField::From, RuleField::To, RuleField::Protocols, RuleField::Ports].map(text);
        let ends = scene.say(say::from_to(&from, &to, &protocols, &ports));
        lines = labelled(scene, None, &ends, room);
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
        (say::label::ACCEPT, RuleField::Accept),
        (say::label::LOG, RuleField::Log),
    ] {
        let text = field_text(rule, field);
        if field == RuleField::Log && !text.is_empty() {
            lines.extend(labelled(scene, Some(label), &scene.say(say::LOGGED_TOO), room));
        } else if !text.is_empty() {
            lines.extend(labelled(scene, Some(label), &text, room));
        }
    }
    lines
}

/// One sentence: decides it, matches too late, what it misses.
fn how_it_fared(
    scene: &Scene<'_>,
    answer: &Answer,
    told: &Told<'_>,
    room: usize,
) -> Vec<Line<'static>> {
    let role = match told.reason.standing {
        Standing::Decided => action_role(told.reason.action),
        Standing::CannotTell => Role::Unknown,
        Standing::CameAfter(_)
        | Standing::Logged(_)
        | Standing::Silenced(_)
        | Standing::Missed
        | Standing::SwitchedOff
        | Standing::NotCompiled
        | Standing::NotAsked => Role::Text,
    };
    let style = scene.style(role).add_modifier(Modifier::BOLD);
    let lines = wrap(&scene.say(told.note(answer.first())), room);
    lines.into_iter().map(|line| Line::styled(line, style)).collect()
}

/// A hand-written rule in plain words, and what is risky about it. A row says itself what it means.
fn in_words(scene: &Scene<'_>, rule: &crate::suricata::Rule, room: usize) -> Vec<Line<'static>> {
    let PlainRule { about, asks, risks } = plain_rule(rule);
    let mut lines = labelled(scene, Some(plain::IN_WORDS), &printable(&scene.say(about)), room);
    for ask in asks {
        lines.extend(labelled(scene, Some(plain::AND), &printable(&scene.say(ask)), room));
    }
    for risk in risks {
        lines.extend(labelled(scene, Some(plain::CAREFUL), &scene.say(risk.words()), room));
    }
    lines
}

/// The text that is deployed for the row, and when the engine asks it.
fn compiled(scene: &Scene<'_>, place: RulePlace, by_hand: bool, room: usize) -> Vec<Line<'static>> {
    let rules: Vec<_> = compiled_rules(&scene.derived.compiled, place).collect();
    let mut lines = vec![Line::default()];
    if rules.is_empty() {
        lines.push(Line::styled(scene.say(say::NOT_COMPILED), scene.style(Role::Muted)));
        return lines;
    }
    lines.extend(coloured(scene, &scene.say(say::compiled_to(rules.len())), room, Role::Text));
    // A row may need rules of several types; each sentence stands above the rules that it is about.
    let alerts = |rule: &suricata::Rule| rule.action == net::Action::Alert;
    for of_one_type in rules.chunk_by(|a, b| (a.kind, alerts(a)) == (b.kind, alerts(b))) {
        // What an alert does holds for nothing.
        let kind = of_one_type.first().map(|rule| match rule.kind {
            kind if alerts(rule) => scene.say(rule_type(kind.word(), false)),
            kind => scene.say(kind_sentence(kind)),
        });
        lines.extend(coloured(scene, &kind.unwrap_or_default(), room, Role::Text));
        for rule in of_one_type {
            lines.extend(syntax::lines(scene.theme, &rule.text, room, Role::Muted));
            if by_hand {
                lines.extend(in_words(scene, rule, room));
            }
        }
    }
    lines
}

/// When a rule of this type is asked, and how far its action reaches.
#[must_use]
pub const fn kind_sentence(kind: RuleType) -> Words {
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
