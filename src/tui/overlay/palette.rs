//! Every action of the key table: found by typing, greyed with the reason where it cannot be done now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Overlay;
use super::popup::large;
use crate::messages::screen::{palette as say, place as place_words};
use crate::messages::{Lang, Text, Words};
use crate::policy::RulePlace;
use crate::tui::action::{Action, Motion};
use crate::tui::app::{App, Pane};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Scope, name_of};
use crate::tui::pane::rules::Selection;
use crate::tui::possible::why_not;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::update::update;
use crate::tui::view::{Scene, ViewCache, line_at};
use crate::workbench::Session;

/// The worst likeness: the letters are there, here and there.
pub const SCATTERED: u8 = 3;
/// Lines that page up and page down go.
const PAGE: usize = 10;

/// The list of actions, and what is typed to find one.
#[derive(Debug)]
pub struct Palette {
    /// What is typed.
    pub edit: TextEdit,
    entries: Vec<Entry>,
    /// What is found, the best first.
    shown: Vec<Found>,
    at: usize,
    /// Whether the rule list can be reached from here.
    may_go: bool,
}

/// Something that is found.
#[derive(Debug, Clone, Copy)]
enum Found {
    /// An action, by its place among the entries.
    Action(usize),
    /// A rule, by its number or sid.
    Rule(RulePlace),
}

/// An action, and why it cannot be done.
#[derive(Debug)]
struct Entry {
    binding: Binding,
    why: Option<Text>,
}

impl Palette {
    /// Lists every action once: those of the moment first.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let now = app.scopes();
        let others = Scope::ALL.into_iter().filter(|scope| !now.contains(scope));
        let order: Vec<Scope> = now.iter().copied().chain(others).collect();
        let mut entries: Vec<Entry> = Vec::new();
        for binding in app.prefers.keymap.active(&order) {
            if !entries.iter().any(|entry| entry.binding.action == binding.action) {
                let why = why_not(app, binding, &now);
                let filled = |why: Words| Text::from(why).map(|why| app.prefers.keymap.fill(why));
                let why = why.map(filled);
                entries.push(Entry { binding: binding.clone(), why });
            }
        }
        let motion = |entry: &Entry| matches!(entry.binding.action, Action::Move(_));
        entries.sort_by_key(|entry| (entry.why.is_some(), motion(entry)));
        let shown = (0..entries.len()).map(Found::Action).collect();
        let may_go = now.contains(&Scope::Everywhere);
        Self { edit: TextEdit::line(""), entries, shown, at: 0, may_go }
    }

    /// Finds the actions that what is typed could mean; a number means a rule.
    pub fn look(&mut self, session: &Session, lang: Lang) {
        self.at = 0;
        let text = self.edit.text();
        if let Some(number) = self.number() {
            self.shown = session.index().numbered(number).into_iter().map(Found::Rule).collect();
            return;
        }
        let rank = |entry: &Entry| {
            let b = &entry.binding;
            let (help, title) = (b.help.say(lang), b.scope.title().say(lang));
            likeness(&text, &[help, name_of(&b.action), &b.key_names(), title])
        };
        let mut found: Vec<(u8, usize)> = Vec::new();
        found.extend(self.entries.iter().enumerate().filter_map(|(i, e)| Some((rank(e)?, i))));
        // Scattered letters are a guess; otherwise what can be done stands first.
        found.sort_by_key(|&(rank, i)| (rank == SCATTERED, self.entries[i].why.is_some(), rank));
        self.shown = found.into_iter().map(|(_, index)| Found::Action(index)).collect();
    }

    /// The number typed, where the rule list can be reached.
    fn number(&self) -> Option<u32> {
        self.edit.text().trim().parse().ok().filter(|_| self.may_go)
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion) {
        self.at = motion.from(self.at, self.shown.len(), PAGE);
    }

    /// Draws the list.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let height = u16::try_from(self.entries.len()).unwrap_or(u16::MAX).saturating_add(6);
        let inner = large(scene, frame, area, say::TITLE, (84, height));
        draw_filter(scene, frame, line_at(inner, 0), (&self.edit, say::FIND));
        let body = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(4),
            ..inner
        };
        let below = line_at(inner, inner.height.saturating_sub(1));
        let Some(&selected) = self.shown.get(self.at) else {
            let none = if self.number().is_some() { say::NO_RULE } else { say::NONE };
            frame.render_widget(
                Span::styled(scene.say(none), scene.style(Role::Muted)),
                line_at(body, 0),
            );
            return;
        };
        let keys = self.entries.iter().map(|e| width(&e.binding.key_names())).max().unwrap_or(0);
        let keys = keys.min(usize::from(body.width) / 3);
        let first = cache.list(Scrolled::Help, self.at, self.shown.len(), usize::from(body.height));
        for (y, &found) in (0..body.height).zip(&self.shown[first..]) {
            let line = line_at(body, y);
            if usize::from(y) + first == self.at {
                frame.buffer_mut().set_style(line, scene.style(Role::Selected));
            }
            let row = match found {
                Found::Action(at) => row(scene, &self.entries[at], keys, line.width.into()),
                Found::Rule(place) => rule(scene, place, line.width.into()),
            };
            frame.render_widget(row, line);
        }
        let about = cut(&scene.say(self.about(selected)), below.width.into());
        frame.render_widget(Span::styled(about, scene.style(Role::Muted)), below);
    }

    /// The line below the list: the action's name and place, or why it cannot be done.
    fn about(&self, found: Found) -> Text {
        let Found::Action(at) = found else { return Text::verbatim("") };
        let entry = &self.entries[at];
        let about = || say::about(name_of(&entry.binding.action), entry.binding.scope.title());
        entry.why.clone().unwrap_or_else(about)
    }
}

/// A rule that a number leads to: where it stands, and its name.
fn rule(scene: &Scene<'_>, place: RulePlace, room: usize) -> Line<'static> {
    let Some(rule) = scene.policy.rule(place) else { return Line::default() };
    let group = &scene.policy.rule_groups[place.group];
    let at = place_words(&group.name.value, group.priority.value, place.rule + 1);
    let go = format!("{}  ", scene.say(say::GO_TO));
    let rest = room.saturating_sub(width(&go) + width(&at) + 2);
    Line::from(vec![
        Span::styled(go, scene.style(Role::Muted)),
        Span::styled(fit(&rule.name.value, rest), scene.bold()),
        Span::styled(format!("  {at}"), scene.style(Role::Muted)),
    ])
}

fn row(scene: &Scene<'_>, entry: &Entry, keys: usize, room: usize) -> Line<'static> {
    let (text, key) = match entry.why {
        Some(_) => (Role::Muted, Role::Muted),
        None => (Role::Text, Role::Accent),
    };
    let rest = room.saturating_sub(keys + 2);
    let help = scene.with_keys(entry.binding.help);
    let reason = entry.why.as_ref().map(|why| format!("   {}", scene.say(why))).unwrap_or_default();
    Line::from(vec![
        Span::styled(fit(&format!("{help}{reason}"), rest), scene.style(text)),
        Span::raw("  "),
        Span::styled(fit(&entry.binding.key_names(), keys), scene.style(key)),
    ])
}

/// The line in which something is typed to be found.
pub fn draw_filter(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    line: Rect,
    (edit, hint): (&TextEdit, Words),
) {
    edit.draw(frame, line, scene.style(Role::Text), true);
    if edit.text().is_empty() && line.width > 2 {
        let beside = Rect { x: line.x + 2, width: line.width - 2, ..line };
        let text = cut(&scene.say(hint), beside.width.into());
        frame.render_widget(Span::styled(text, scene.style(Role::Muted)), beside);
    }
}

/// How well what is typed goes with any of `texts`, 0 best; `None` where it does not.
///
/// Every word typed must be in one of the texts, at best at the beginning of a word; failing that, its
/// letters must be in the first text in this order.
#[must_use]
pub fn likeness(typed: &str, texts: &[&str]) -> Option<u8> {
    let typed = typed.trim().to_lowercase();
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let word_starts = |text: &str, word: &str| {
        text.match_indices(word)
            .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    };
    if texts.iter().any(|text| text.starts_with(&typed)) {
        return Some(0);
    }
    if typed.split_whitespace().all(|word| texts.iter().any(|text| word_starts(text, word))) {
        return Some(1);
    }
    if typed.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word))) {
        return Some(2);
    }
    let mut letters = texts.first()?.chars();
    let scattered = typed.chars().filter(|c| !c.is_whitespace()).all(|c| letters.any(|l| l == c));
    scattered.then_some(SCATTERED)
}

/// Does the selected action, in the pane it belongs to; one that cannot be done says why and the list stays.
pub fn accept(app: &mut App, palette: Palette) -> Vec<Effect> {
    let entry = match palette.shown.get(palette.at) {
        Some(&Found::Action(at)) => &palette.entries[at],
        Some(&Found::Rule(place)) => {
            app.focus = Pane::Rules;
            app.panes.rules.select(Selection::Rule(place));
            return Vec::new();
        }
        None => {
            app.overlays.push(Overlay::Palette(palette));
            return Vec::new();
        }
    };
    if let Some(why) = &entry.why {
        app.say(why.clone());
        app.overlays.push(Overlay::Palette(palette));
        return Vec::new();
    }
    let pane = Pane::ALL.into_iter().find(|pane| pane.scope() == entry.binding.scope);
    if let Some(pane) = pane {
        app.focus = pane;
    }
    update(app, entry.binding.action.clone())
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn what_is_typed_finds_beginnings_before_words_before_letters() {
        let texts = ["pick the rule up, to carry it", "pick-up", "m"];
        assert_eq!(likeness("pick", &texts), Some(0));
        assert_eq!(likeness("rule carry", &texts), Some(1));
        assert_eq!(likeness("arry", &texts), Some(2));
        assert_eq!(likeness("ptru", &texts), Some(3));
        assert_eq!(likeness("quit", &texts), None);
        assert_eq!(likeness("", &texts), Some(0));
    }
}
