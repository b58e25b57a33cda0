use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::messages::{Text, screen as say, verdict};
use crate::net::Action;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, action_role, experience_role};
use crate::workbench::{Answer, ByDestination, Looked, Tested, compare, note_words};

/// Cells between a word that stands in front and its text.
const GAP: usize = 3;
/// Sources, or destinations, with answers of their own that are listed at most.
const MOST: usize = 6;

/// What the client notices, then the sentence beside it; which destinations give what; what differs from the order of the rows; the closest miss.
#[must_use]
pub fn verdict_lines(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let sentence = scene.say(&answer.sentence);
    let (indent, word, rest) = split(&sentence);
    let role = if answer.depends {
        Role::Unknown
    } else {
        experience_role(answer.first().trace.experience, answer.first().action)
    };
    let mut lines = labelled((word, scene.style(role)), (rest, scene.bold()), indent, room);
    if answer.depends {
        lines.extend(destinations(scene, answer, room));
    }
    let rows = &answer.rows;
    let old =
        |text: &Text| if rows.looked == Looked::Now { text.clone() } else { say::stale(text) };
    let role = |role: Role| if rows.looked == Looked::Now { role } else { Role::Muted };
    let sought = (rows.looked == Looked::NotYet).then(|| say::ROWS_SOUGHT.into());
    let closest = rows.closest.as_ref().map(old).or(sought);
    let parts = [
        (say::SEEN, answer.seen_in_part.clone(), Role::Changed, Role::Changed),
        (say::BUT, rows.order.lost().map(old), role(Role::Changed), role(Role::Changed)),
        (say::CLOSEST, closest, Role::Muted, role(Role::Text)),
    ];
    for (label, text, label_role, role) in parts {
        let Some(text) = text else { continue };
        let label = scene.say(label);
        // In a language whose loud word is short, a longer word needs room of its own.
        let indent = indent.max(width(&label) + 1);
        let label = (label.as_str(), scene.style(label_role));
        let text = scene.say(text);
        lines.extend(labelled(label, (&text, scene.style(role)), indent, room));
    }
    lines
}

/// The loud word of a sentence and its rest, and how far from the left the rest and everything below it hang.
fn split(text: &str) -> (usize, &str, &str) {
    let (word, rest) = text.split_once("   ").unwrap_or((text, ""));
    (width(word) + GAP, word, rest)
}

/// A word, and a text that hangs beside it `indent` cells from the left.
#[must_use]
pub fn labelled(
    (word, word_style): (&str, Style),
    (text, style): (&str, Style),
    indent: usize,
    room: usize,
) -> Vec<Line<'static>> {
    let lines = wrap(text, room.saturating_sub(indent));
    let line = |(at, line): (usize, String)| {
        let word = if at == 0 { word } else { "" };
        Line::from(vec![Span::styled(fit(word, indent), word_style), Span::styled(line, style)])
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// Who asked, where it was not one address: which of them get which answer.
#[must_use]
pub fn who(scene: &Scene<'_>, tested: &Tested, room: usize) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    let plain =
        |text: Text| wrap(&scene.say(text), room).into_iter().map(move |l| Line::styled(l, muted));
    let first = tested.answer.request.from.to_string();
    let several = match tested.by_source.as_slice() {
        [] => return Vec::new(),
        [(set, _)] => return plain(verdict::same_for_all(&set.to_string(), &first)).collect(),
        several => several,
    };
    let text = scene.say(verdict::depends_on_source(several.len()));
    let (word, rest) = text.split_once("   ").unwrap_or((&text, ""));
    let loud = (word, scene.style(Role::Unknown));
    let mut lines = labelled(loud, (rest, scene.bold()), width(word) + GAP, room);
    for (set, answer) in several.iter().take(MOST) {
        let outcome = answer.first();
        let role = experience_role(outcome.trace.experience, outcome.action);
        let set = cut(&set.to_string(), room / 2);
        let text = scene.say(verdict::from_set(&set, &answer.sentence));
        lines.push(Line::styled(format!("  {}", cut(&text, room - 2)), scene.style(role)));
    }
    if several.len() > MOST {
        lines.extend(plain(say::more(several.len() - MOST).map(|more| format!("  {more}"))));
    }
    lines.push(Line::default());
    lines.extend(plain(verdict::shown_for(&first)));
    lines
}

/// What the log line that the request was taken from says beside the policy.
#[must_use]
pub fn log_lines(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let pane = &scene.app.panes.test;
    let Some(event) = pane.logged(scene.app.session.test()) else { return Vec::new() };
    let log = compare(scene.policy, &scene.derived.compiled, answer, event);
    let role = if log.agrees == Some(false) { Role::Changed } else { Role::Text };
    let word = scene.say(say::LOG);
    let indent = split(&scene.say(&answer.sentence)).0.max(width(&word) + 1);
    let compared = scene.say(log.compared());
    let label = (word.as_str(), scene.style(Role::Muted));
    let text = (compared.as_str(), scene.style(role));
    let mut lines = labelled(label, text, indent, room);
    if let Some(why) = &log.why {
        let why = scene.say(why);
        let text = (why.as_str(), scene.style(Role::Text));
        lines.extend(labelled(("", scene.style(Role::Muted)), text, indent, room));
    }
    lines
}

/// What to tell a person about what was typed.
#[must_use]
pub fn notes(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    let word = scene.say(say::NOTE);
    let one = |note| {
        let text = scene.say(note_words(note));
        labelled((&word, muted), (&text, muted), width(&word) + GAP, room)
    };
    answer.request.notes.iter().copied().flat_map(one).collect()
}

/// Which destinations lead to which outcome.
fn destinations(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let word =
        |outcome: &ByDestination| scene.say(verdict::action_word(outcome.action.map(Action::word)));
    let shown = &answer.by_destination[..answer.by_destination.len().min(MOST)];
    let words = shown.iter().map(|o| width(&word(o))).max().unwrap_or_default();
    let rest = room.saturating_sub(words + 3 * 2);
    let to = |outcome: &ByDestination| scene.say(say::to(&answer.destinations(outcome)));
    let longest = shown.iter().map(|o| width(&to(o))).max().unwrap_or_default();
    let left = longest.min(rest * 2 / 3);
    let line = |outcome: &ByDestination| {
        let role = outcome.action.map_or(Role::Unknown, action_role);
        Line::from(vec![
            Span::styled(format!("  {}", fit(&word(outcome), words + 2)), scene.style(role)),
            Span::styled(fit(&to(outcome), left), scene.style(Role::Text)),
            Span::styled(
                format!("  {}", cut(&scene.say(outcome.decider.words()), rest - left)),
                scene.style(Role::Muted),
            ),
        ])
    };
    let mut lines: Vec<Line<'static>> = shown.iter().map(line).collect();
    if answer.by_destination.len() > MOST {
        let more = answer.by_destination.len() - MOST;
        let more = if answer.whole { say::more(more) } else { say::at_least_more(more) };
        let more = scene.say(more);
        lines.push(Line::styled(format!("  {more}"), scene.style(Role::Muted)));
    }
    lines
}
