//! The lines at the edges: title, status, footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::action::Action;
use super::cells::{cut, width};
use super::keymap::{self, Binding};
use super::overlay::Overlay;
use super::theme::Role;
use super::update::disabled;
use super::view::{Scene, cells_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::screen as say;
use crate::net::RuleOrder;
use crate::policy::Policy;

/// Keys that a footer shows at most.
const MOST_KEYS: usize = 8;

/// The title: the file, whether it is saved, order, what happens to unmatched traffic, how much there is.
pub fn title(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let session = &scene.app.session;
    let muted = scene.style(Role::Muted);
    let unsaved = if session.has_unsaved() { say::UNSAVED } else { "" };
    let mut spans = vec![
        Span::styled(format!(" {}  ", say::PROGRAM), scene.style(Role::Accent)),
        Span::styled(cut(&session.name(), 40), scene.bold()),
        Span::styled(unsaved.to_owned(), scene.style(Role::Changed)),
    ];
    let mut room = usize::from(area.width).saturating_sub(cells_of(&spans));
    for (text, role) in facts(scene, area.width) {
        let text = format!("   {text}");
        if width(&text) < room {
            room -= width(&text);
            let style = if role == Role::Muted { muted } else { scene.style(role) };
            spans.push(Span::styled(text, style));
        }
    }
    frame.render_widget(Line::from(spans), area);
}

fn facts(scene: &Scene<'_>, width: u16) -> Vec<(String, Role)> {
    let policy = scene.policy;
    let rules = policy.rule_groups.iter().map(|g| g.rules.len()).sum();
    let order = match policy.rule_order {
        RuleOrder::Strict => say::STRICT_ORDER,
        RuleOrder::Action => say::ACTION_ORDER,
    };
    let mut facts =
        vec![(order.to_owned(), Role::Muted), (unmatched(policy, width < 110), Role::Muted)];
    facts.extend(problems(scene));
    facts.push((say::counts(rules, policy.rule_groups.len()), Role::Muted));
    facts
}

/// How many problems there are; dimmed while they are looked for.
fn problems(scene: &Scene<'_>) -> Option<(String, Role)> {
    let problems = scene.derived.problems().filter(|d| d.severity > Severity::Note).count();
    let worst = if scene.derived.problems().any(Diagnostic::is_error) {
        Role::Error
    } else {
        Role::Changed
    };
    match (problems, scene.derived.findings.is_current()) {
        (0, true) => None,
        (n, true) => Some((say::problems(n), worst)),
        (0, false) => Some((say::PROBLEMS_SOUGHT.to_owned(), Role::Muted)),
        (n, false) => Some((say::stale(&say::problems(n)), Role::Muted)),
    }
}

/// What happens to traffic that no rule matches.
fn unmatched(policy: &Policy, short: bool) -> String {
    let drop = policy.default_actions.iter().find(|action| action.is_drop());
    let logged = policy.default_actions.iter().any(|action| !action.is_drop());
    match (drop, short) {
        (None, _) => say::unmatched_passes(logged),
        (Some(_), true) => say::unmatched_dropped(logged),
        (Some(drop), false) => say::unmatched(drop.word(), logged),
    }
}

/// The line above the footer: the search, the carried rule, or what was just done.
pub fn status(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    if let Some(Overlay::Search(search)) = scene.app.overlays.last() {
        search.draw(scene, frame, area);
        return;
    }
    let (text, role) = match (&scene.app.status, &scene.app.panes.rules.carry) {
        (Some(status), _) if status.failed => (status.text.clone(), Role::Error),
        (Some(status), _) => (status.text.clone(), Role::Text),
        (None, Some(carry)) => {
            let name = scene.app.session.policy().rule(carry.from).map(|r| r.name.value.clone());
            (say::carrying(&name.unwrap_or_default()), Role::Changed)
        }
        (None, None) => return,
    };
    let text = format!(" {}", cut(&text, usize::from(area.width).saturating_sub(2)));
    frame.render_widget(Span::styled(text, scene.style(role)), area);
}

/// The keys of the moment; those that lead to all others stand last.
pub fn footer(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let scopes = scene.app.scopes();
    let possible = |b: &&Binding| b.footer.is_some() && disabled(scene.app, &b.action).is_none();
    let leads_on = |b: &&Binding| matches!(b.action, Action::Help | Action::Palette);
    let (help, others): (Vec<&Binding>, Vec<&Binding>) =
        keymap::active(&scopes).filter(possible).partition(leads_on);
    let last: Vec<Span<'static>> = help.iter().flat_map(|b| key(scene, b)).collect();
    let mut room = usize::from(area.width).saturating_sub(cells_of(&last));
    let mut spans = Vec::new();
    for binding in others.iter().take(MOST_KEYS - help.len()) {
        let key = key(scene, binding);
        let cells = cells_of(&key);
        if cells > room {
            break;
        }
        room -= cells;
        spans.extend(key);
    }
    spans.extend(last);
    frame.render_widget(Line::from(spans), area);
}

fn key(scene: &Scene<'_>, binding: &Binding) -> Vec<Span<'static>> {
    let Some((key, word)) = binding.keys.first().zip(binding.footer) else { return Vec::new() };
    vec![
        Span::styled(format!(" {key}"), scene.style(Role::Accent)),
        Span::styled(format!(" {word}  "), scene.style(Role::Muted)),
    ]
}
