//! The lines at the edges: title, status, footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::action::{Action, Target};
use super::cells::{cut, width};
use super::keymap::Binding;
use super::overlay::Overlay;
use super::pane::rules::{Carry, Load};
use super::theme::Role;
use super::update::disabled;
use super::view::{Scene, ViewCache, cells_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::{Text, marks, recovery, screen as say, status};
use crate::net::RuleOrder;
use crate::policy::Policy;
use crate::workbench::OnDisk;

/// Keys that a footer shows at most.
const MOST_KEYS: usize = 8;
/// Cells of the words of an edit in the footer, at least and at most.
const LEAST_WORDS: usize = 12;
const MOST_WORDS: usize = 48;

/// From this width on the title says things in full.
const WIDE: u16 = 110;

/// A fact of the title: what is said in full, what where there is little room, and whose turn it is to get some.
struct Fact {
    text: String,
    short: Option<String>,
    role: Role,
    turn: u8,
}

/// The title: the file, whether it is saved, order, what happens to unmatched traffic, how much there is; at the right
/// the second opinion.
pub fn title(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let session = &scene.app.session;
    let unsaved = if session.has_unsaved() { say::UNSAVED } else { "" };
    let mut spans = vec![
        Span::styled(format!(" {}  ", say::PROGRAM), scene.style(Role::Accent)),
        Span::styled(cut(&session.name(), usize::from(area.width / 4).clamp(12, 40)), scene.bold()),
        Span::styled(unsaved.to_owned(), scene.style(Role::Changed)),
    ];
    let mut room = usize::from(area.width).saturating_sub(cells_of(&spans));
    // A lesson has its own goals, and no cases before its task.
    let lesson = scene.app.lessons.running.is_some();
    let opinion = scene.app.second.line(scene.app, area.width < WIDE).filter(|_| !lesson);
    let opinion = opinion.map(|(text, role)| (format!("   {} ", scene.with_keys(text)), role));
    if let Some((text, role)) = opinion.filter(|(text, _)| width(text) <= room) {
        let cells = width(&text);
        room -= cells;
        let cells = u16::try_from(cells).unwrap_or(u16::MAX).min(area.width);
        let right = Rect { x: area.right() - cells, width: cells, ..area };
        cache.target(right, Target::Opinion);
        let style = scene.style(role);
        let style = match role {
            Role::Error => style.add_modifier(Modifier::BOLD),
            _ => style.remove_modifier(Modifier::BOLD),
        };
        frame.render_widget(Span::styled(text, style), right);
    }
    for (text, role) in fitting(facts(scene), room.saturating_sub(1)) {
        spans.push(Span::styled(format!("   {text}"), scene.style(role)));
    }
    let cells = u16::try_from(cells_of(&spans)).unwrap_or(u16::MAX).min(area.width);
    frame.render_widget(Line::from(spans), Rect { width: cells, ..area });
}

/// The facts that there is room for, in their order: the more important ones first, in full if all are in.
fn fitting(facts: Vec<Fact>, room: usize) -> Vec<(String, Role)> {
    let cells = |text: &str| width(text) + 3;
    let mut turns: Vec<usize> = (0..facts.len()).collect();
    turns.sort_by_key(|&at| facts[at].turn);
    let mut left = room;
    let mut is_in = vec![false; facts.len()];
    for at in turns {
        let needs = cells(facts[at].short.as_ref().unwrap_or(&facts[at].text));
        is_in[at] = needs <= left;
        left -= if is_in[at] { needs } else { 0 };
    }
    let mut shown = Vec::new();
    for (fact, _) in facts.into_iter().zip(is_in).filter(|(_, is_in)| *is_in) {
        let text = match fact.short {
            Some(short) if cells(&fact.text) - cells(&short) > left => short,
            Some(short) => {
                left -= cells(&fact.text) - cells(&short);
                fact.text
            }
            None => fact.text,
        };
        shown.push((text, fact.role));
    }
    shown
}

fn facts(scene: &Scene<'_>) -> Vec<Fact> {
    let policy = scene.policy;
    let rules = policy.rule_groups.iter().map(|g| g.rules.len()).sum();
    let order = match policy.rule_order {
        RuleOrder::Strict => say::STRICT_ORDER,
        RuleOrder::Action => say::ACTION_ORDER,
    };
    let muted = |text: Text, short: Option<Text>, turn| Fact {
        text: scene.say(text),
        short: short.map(|short| scene.say(short)),
        role: Role::Muted,
        turn,
    };
    let short = unmatched(policy, true);
    let counts = say::counts(rules, policy.rule_groups.len());
    let mut facts = vec![
        muted(order.into(), None, 1),
        muted(unmatched(policy, false), Some(short), 2),
        muted(counts, None, 3),
    ];
    let problems = problems(scene);
    let first = file(scene).chain(failing(scene)).chain(problems);
    facts.extend(first.map(|(text, role)| Fact { text, short: None, role, turn: 0 }));
    facts
}

/// What became of the file, and of what is not in it yet.
fn file(scene: &Scene<'_>) -> impl Iterator<Item = (String, Role)> {
    let session = &scene.app.session;
    let changed = match session.on_disk() {
        OnDisk::AsKnown => None,
        OnDisk::Changed(_) => Some(recovery::CHANGED_ON_DISK),
        OnDisk::Gone => Some(recovery::GONE_FROM_DISK),
        OnDisk::Unreadable(_) => Some(recovery::UNREADABLE),
    };
    let not_kept = session.journal_fault().map(|_| recovery::NOT_KEPT);
    let elsewhere = session.others().first().map(|_| recovery::OPEN_ELSEWHERE);
    let said = |words| scene.say(words);
    let errors = changed.into_iter().chain(not_kept).map(move |w| (said(w), Role::Error));
    errors.chain(elsewhere.into_iter().map(move |w| (said(w), Role::Changed)))
}

/// How many cases get another verdict than they expect.
fn failing(scene: &Scene<'_>) -> Option<(String, Role)> {
    let failing = scene.derived.cases.iter().filter(|case| !case.passed).count();
    (failing > 0).then(|| (scene.say(say::cases_fail(failing)), Role::Error))
}

/// How many problems there are; dimmed while they are looked for.
fn problems(scene: &Scene<'_>) -> Option<(String, Role)> {
    if scene.app.lessons.hides_findings() {
        return None;
    }
    let problems = scene.derived.problems().filter(|d| d.severity > Severity::Note).count();
    let worst = if scene.derived.problems().any(Diagnostic::is_error) {
        Role::Error
    } else {
        Role::Changed
    };
    match (problems, scene.derived.findings.is_current()) {
        (0, true) => None,
        (n, true) => Some((scene.say(say::problems(n)), worst)),
        (0, false) => Some((scene.say(say::PROBLEMS_SOUGHT), Role::Muted)),
        (n, false) => Some((scene.say(say::stale(&say::problems(n))), Role::Muted)),
    }
}

/// What happens to traffic that no rule matches.
fn unmatched(policy: &Policy, short: bool) -> Text {
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
        (Some(status), _) if status.failed => (scene.say(&status.text), Role::Error),
        (Some(status), _) => (scene.say(&status.text), Role::Text),
        (None, Some(Carry { refused: Some(why), .. })) => {
            (scene.with_keys(say::cannot_stay(why)), Role::Error)
        }
        (None, Some(carry)) => (scene.say(carrying(scene, carry)), Role::Changed),
        (None, None) if !scene.app.panes.rules.marked.is_empty() => {
            let marked = marks::marked(scene.app.panes.rules.marked.len());
            (scene.say(marked), Role::Accent)
        }
        (None, None) => return,
    };
    let text = format!(" {}", cut(&text, usize::from(area.width).saturating_sub(2)));
    frame.render_widget(Span::styled(text, scene.style(role)), area);
}

/// What is in the air.
fn carrying(scene: &Scene<'_>, carry: &Carry) -> Text {
    let policy = scene.app.session.policy();
    match &carry.load {
        Load::Rules(rules) => match rules.as_slice() {
            [one] => say::carrying(policy.rule(*one).map_or("", |rule| &rule.name.value)),
            several => marks::carrying_rules(several.len()),
        },
        Load::Group(group) => {
            let name = policy.rule_groups.get(*group).map_or("", |group| &group.name.value);
            marks::carrying_group(name)
        }
    }
}

/// The keys of the moment; those that lead to all others stand last.
pub fn footer(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let scopes = scene.app.scopes();
    let keymap = &scene.app.prefers.keymap;
    // A key that means something further in is not shown with what it means further out.
    let reached = |b: &&Binding| {
        b.keys.first().is_some_and(|&key| keymap.lookup(&scopes, key).as_ref() == Some(&b.action))
    };
    let possible = |b: &&Binding| b.footer.is_some() && disabled(scene.app, &b.action).is_none();
    let leads_on = |b: &&Binding| matches!(b.action, Action::Help | Action::Palette);
    let (help, others): (Vec<&Binding>, Vec<&Binding>) =
        keymap.active(&scopes).filter(possible).filter(reached).partition(leads_on);
    let last: Vec<Span<'static>> = help.iter().flat_map(|b| key(scene, b)).collect();
    let mut room = usize::from(area.width).saturating_sub(cells_of(&last));
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut undo = None;
    for binding in others.iter().take(MOST_KEYS - help.len()) {
        let key = key(scene, binding);
        let cells = cells_of(&key);
        if cells > room {
            break;
        }
        room -= cells;
        spans.extend(key);
        if let (Action::Undo, Some(word)) = (&binding.action, binding.footer) {
            undo = Some((spans.len() - 1, word));
        }
    }
    // Where there is room, it says what it would take back.
    if let (Some((at, word)), Some(words)) = (undo, scene.app.session.next_undo())
        && room >= LEAST_WORDS
    {
        let text = scene.say(status::would_undo(word, words));
        let cells = (width(&scene.say(word)) + room).min(MOST_WORDS);
        spans[at].content = format!(" {}  ", cut(&text, cells)).into();
    }
    spans.extend(last);
    frame.render_widget(Line::from(spans), area);
}

fn key(scene: &Scene<'_>, binding: &Binding) -> Vec<Span<'static>> {
    let Some((key, word)) = binding.keys.first().zip(binding.footer) else { return Vec::new() };
    vec![
        Span::styled(format!(" {key}"), scene.style(Role::Accent)),
        Span::styled(format!(" {}  ", scene.say(word)), scene.style(Role::Muted)),
    ]
}
