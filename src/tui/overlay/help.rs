//! The keys, by scope, those of the moment first; what is impossible now says why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup::popup;
use crate::messages::screen as say;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width};
use crate::tui::keymap::{self, Binding, Scope};
use crate::tui::theme::Role;
use crate::tui::update::disabled;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// Draws the help.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    let size = (area.width.saturating_sub(4).min(92), area.height.saturating_sub(2));
    let inner = popup(scene, frame, area, say::KEYS, size);
    let lines = lines(scene, inner.width.into());
    let first = cache.text(Scrolled::Help, &(), lines.len(), inner.height.into());
    draw_lines(frame, inner, lines, first);
}

fn lines(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    let now = scene.app.scopes_below();
    let others = Scope::ALL.into_iter().filter(|scope| !now.contains(scope));
    let order: Vec<Scope> = now.iter().copied().chain(others).collect();
    let keys = keymap::BINDINGS.iter().map(|b| width(&b.key_names())).max().unwrap_or_default();
    let mut lines = Vec::new();
    for scope in order {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(scope.title(), scene.bold()));
        let is_now = now.contains(&scope);
        lines.extend(
            keymap::active(&[scope]).map(|binding| line(scene, binding, is_now, (keys, room))),
        );
    }
    lines
}

fn line(
    scene: &Scene<'_>,
    binding: &Binding,
    now: bool,
    (keys, room): (usize, usize),
) -> Line<'static> {
    let why = disabled(scene.app, &binding.action).filter(|_| now);
    let (key, text) =
        if why.is_some() { (Role::Muted, Role::Muted) } else { (Role::Accent, Role::Text) };
    let reason = why.map(|why| format!("   {why}")).unwrap_or_default();
    Line::from(vec![
        Span::styled(fit(&format!("  {}", binding.key_names()), keys + 4), scene.style(key)),
        Span::styled(
            cut(&format!("{}{reason}", binding.help), room.saturating_sub(keys + 4)),
            scene.style(text),
        ),
    ])
}
