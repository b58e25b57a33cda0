//! The keys, by scope, those of the moment first; what is impossible now says why. Typing finds some of them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::palette::{SCATTERED, draw_filter, likeness};
use super::popup::large;
use crate::messages::{Words, screen as say, verify};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::keymap::{Binding, Scope, name_of};
use crate::tui::possible::why_not;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};

/// The help, and what is typed to find something in it.
#[derive(Debug)]
pub struct HelpView {
    /// What is typed.
    pub edit: TextEdit,
}

impl HelpView {
    /// Shows every key.
    #[must_use]
    pub fn new() -> Self {
        Self { edit: TextEdit::line("") }
    }

    /// Draws the help.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let inner = large(scene, frame, area, say::KEYS, (92, u16::MAX));
        let hint = say::palette::FIND_KEY;
        draw_filter(scene, frame, line_at(inner, 0), (&self.edit, hint));
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let lines = self.lines(scene, body.width.into());
        let first = cache.text(Scrolled::Help, &self.edit.text(), lines.len(), body.height.into());
        draw_lines(frame, body, lines, first);
    }

    fn lines(&self, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
        let keymap = &scene.app.prefers.keymap;
        let now = scene.app.scopes_below();
        let others = Scope::ALL.into_iter().filter(|scope| !now.contains(scope));
        let order: Vec<Scope> = now.iter().copied().chain(others).collect();
        let keys = keymap.bindings.iter().map(|b| width(&b.key_names())).max().unwrap_or_default();
        let text = self.edit.text();
        let found = |b: &&Binding| {
            let (help, title) = (scene.say(b.help), scene.say(b.scope.title()));
            let texts = [&help, name_of(&b.action), &b.key_names(), &title];
            likeness(&text, &texts).is_some_and(|rank| rank < SCATTERED)
        };
        let mut lines = if text.is_empty() { missing_engine(scene, room) } else { Vec::new() };
        for scope in order {
            let scopes = [scope];
            let bindings: Vec<&Binding> = keymap.active(&scopes).filter(found).collect();
            if bindings.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(scene.say(scope.title()), scene.bold()));
            let why = |b: &Binding| why_not(scene.app, b, &now).filter(|_| now.contains(&scope));
            lines.extend(bindings.iter().map(|b| line(scene, b, why(b), (keys, room))));
        }
        if lines.is_empty() {
            lines.push(Line::styled(scene.say(say::palette::NONE), scene.style(Role::Muted)));
        }
        lines
    }
}

/// How to get the engine, where there is none.
fn missing_engine(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    if !scene.app.second.is_missing() {
        return Vec::new();
    }
    let style = scene.style(Role::Text);
    let how = wrap(&scene.say(verify::install_here()), room.saturating_sub(2));
    let how = how.into_iter().map(|line| Line::styled(format!("  {line}"), style));
    [Line::styled(scene.say(say::SECOND_OPINION), scene.bold())].into_iter().chain(how).collect()
}

fn line(
    scene: &Scene<'_>,
    binding: &Binding,
    why: Option<Words>,
    (keys, room): (usize, usize),
) -> Line<'static> {
    let (key, text) =
        if why.is_some() { (Role::Muted, Role::Muted) } else { (Role::Accent, Role::Text) };
    let reason = why.map(|why| format!("   {}", scene.with_keys(why))).unwrap_or_default();
    let help = scene.with_keys(binding.help);
    Line::from(vec![
        Span::styled(fit(&format!("  {}", binding.key_names()), keys + 4), scene.style(key)),
        Span::styled(
            cut(&format!("{help}{reason}"), room.saturating_sub(keys + 4)),
            scene.style(text),
        ),
    ])
}
