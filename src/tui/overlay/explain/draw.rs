use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::others::{clients, elsewhere, orders};
use super::view::{ExplainView, Tab};
use super::{offers, table};
use crate::messages::{screen as say, verdict};
use crate::tui::action::{Action, Target};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, width};
use crate::tui::keymap::{Binding, Scope};
use crate::tui::pane::test::{log_lines, verdict_lines};
use crate::tui::pane::timeline;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};
use crate::workbench::Answer;

/// From this height on the packets are drawn with what is known at each.
const TALL: u16 = 24;

/// From this height on the first offers stand below the three lists.
const ROOM_FOR_OFFERS: u16 = 27;

impl ExplainView {
    /// Draws the view between the title and the status line.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let Some(answer) = scene.answer() else { return };
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        let inner = self.framed(scene, frame, body, cache);
        match self.tab {
            Tab::Why => self.why(scene, frame, inner, cache, answer),
            Tab::Change => offers::draw(self, scene, frame, inner, cache, answer),
            Tab::Clients => {
                let others = self.clients.as_deref().unwrap_or_default();
                self.text(frame, inner, cache, clients(scene, answer, others, inner.width.into()));
            }
            Tab::Orders => {
                let Some(both) = &self.orders else { return };
                self.text(frame, inner, cache, orders(scene, both, inner.width.into()));
            }
            Tab::Elsewhere => {
                let looks = self.elsewhere.as_deref().unwrap_or_default();
                let lines = elsewhere(scene, answer, looks, inner.width.into());
                self.text(frame, inner, cache, lines);
            }
        }
    }

    /// Frames the view, with its tabs as the title; returns what is inside.
    fn framed(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        body: Rect,
        cache: &mut ViewCache,
    ) -> Rect {
        frame.render_widget(Clear, body);
        frame.buffer_mut().set_style(body, scene.theme.ground());
        let border = scene.style(Role::Muted);
        let block = Block::bordered().border_type(BorderType::Plain).border_style(border);
        let inner = block.inner(body);
        frame.render_widget(block, body);
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
        self.tabs(scene, frame, line, cache);
        Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
    }

    /// The tabs, each behind its key.
    fn tabs(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, line: Rect, cache: &mut ViewCache) {
        let mut x = line.x;
        for tab in Tab::ALL {
            let key = key_of(scene, tab);
            let name_of_tab = scene.say(tab.name(line.width));
            let text = format!(" {key} {name_of_tab} ");
            let cells = u16::try_from(width(&text)).unwrap_or_default();
            let area = Rect { x, width: cells.min(line.right().saturating_sub(x)), ..line };
            let (role, name) = if tab == self.tab {
                (Role::Accent, scene.style(Role::Accent))
            } else {
                (Role::Muted, scene.style(Role::Muted))
            };
            let spans = vec![
                Span::styled(format!(" {key} "), scene.style(role)),
                Span::styled(format!("{name_of_tab} "), name),
            ];
            frame.render_widget(Line::from(spans), area);
            cache.target(area, Target::Tab(tab));
            x = area.right() + 1;
        }
        let test = scene.app.session.test();
        let asked = scene.say(say::request(test.from.trim(), test.url.trim(), test.dst.trim()));
        let room = usize::from(line.right().saturating_sub(x + 2));
        let asked = format!(" {} ", cut(&asked, room.saturating_sub(2)));
        let cells = u16::try_from(width(&asked)).unwrap_or_default();
        if room > 20 {
            let area = Rect { x: line.right().saturating_sub(cells + 1), width: cells, ..line };
            frame.render_widget(Span::styled(asked, scene.style(Role::Muted)), area);
        }
    }

    /// Lines that scroll.
    fn text(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
        lines: Vec<Line<'static>>,
    ) {
        let (revision, test) = self.about();
        let about = (self.tab, revision, &test.from, &test.url, &test.dst);
        let height = area.height.into();
        let first = cache.text(Scrolled::Explain, &about, lines.len(), height);
        draw_lines(frame, area, lines, first);
    }

    /// The verdict, the packets, the three lists, the selected row in full.
    fn why(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
        answer: &Answer,
    ) {
        let room = usize::from(area.width);
        let mut lines = verdict_lines(scene, answer, room);
        lines.truncate(usize::from(area.height / 4).max(3));
        lines.extend(log_lines(scene, answer, room));
        lines.extend(shown_for(scene, answer, room));
        if area.height >= TALL {
            lines.push(Line::default());
            lines.extend(timeline::across(scene, answer, room));
            lines.push(Line::default());
        } else {
            lines.push(timeline::flat(scene, answer.first()));
        }
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
        draw_lines(frame, Rect { height, ..area }, lines, 0);
        let body = Rect { y: area.y + height, height: area.height - height, ..area };
        let mut full = table::in_full(self, scene, answer, body);
        if area.height >= ROOM_FOR_OFFERS {
            full.extend(offers::digest(self, scene, room));
        }
        let below = u16::try_from(full.len()).unwrap_or(u16::MAX);
        let list = Rect { height: body.height.saturating_sub(below), ..body };
        table::draw(self, scene, frame, list, cache, answer);
        let below = Rect { y: list.bottom(), height: body.height - list.height, ..body };
        draw_lines(frame, below, full, 0);
    }
}

/// For which source and destination the rows are told, where there are several.
fn shown_for(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let several = scene.derived.tested().is_some_and(|tested| !tested.by_source.is_empty());
    let from = several.then(|| answer.request.from.to_string());
    let to = answer.depends.then(|| answer.destinations(answer.first()));
    let Some(text) = verdict::rows_shown_for(from.as_deref(), to.as_ref()) else {
        return Vec::new();
    };
    vec![Line::styled(cut(&scene.say(text), room), scene.style(Role::Muted))]
}

/// The key that leads to a tab, from the key table.
fn key_of(scene: &Scene<'_>, tab: Tab) -> String {
    let leads = |b: &&Binding| b.action == Action::Explain(tab);
    let binding = scene.app.prefers.keymap.active(&[Scope::Explain]).find(leads);
    binding.and_then(|b| b.keys.first()).map(ToString::to_string).unwrap_or_default()
}
