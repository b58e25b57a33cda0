//! The list of lessons: which are done, which comes next.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup::popup;
use crate::learn::Topic;
use crate::messages::{Text, learn as say, screen};
use crate::tui::action::Motion;
use crate::tui::cells::{cut, fit, width};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, line_at};

/// Lines that page up and page down go.
const PAGE: usize = 8;
/// Cells of the mark of what is selected.
const MARK: usize = 2;

/// The list, and the lesson that is selected.
#[derive(Debug, Clone, Copy)]
pub struct LessonsView {
    /// Its number, from 0.
    pub at: usize,
    /// How many there are.
    pub len: usize,
}

impl LessonsView {
    /// Goes through the list.
    pub fn go(&mut self, motion: Motion) {
        self.at = motion.from(self.at, self.len, PAGE);
    }

    /// Draws the list over the panes.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, _: &mut ViewCache) {
        let lessons = &scene.app.lessons;
        let area = Rect { height: area.height.saturating_sub(1), ..area };
        let rows = u16::try_from(self.len).unwrap_or(u16::MAX).saturating_add(2);
        let size = (area.width.saturating_sub(4).min(92), rows.min(area.height));
        let done = lessons.progress.done.len();
        let title = scene.say(say::title(done, lessons.list.len()));
        let inner = popup(scene, frame, area, Text::verbatim(&title), size);
        let room = usize::from(inner.width);
        let words = [say::IS_DONE, say::IS_BEGUN].map(|words| scene.say(words));
        let state = words.iter().map(|word| width(word)).max().unwrap_or_default() + 2;
        let parts = crate::learn::Part::ALL.map(|part| scene.say(say::part(part.word())));
        let part = parts.iter().map(|part| width(part)).max().unwrap_or_default() + 2;
        let first = (self.at + 1).saturating_sub(inner.height.into());
        for (y, at) in (0..inner.height).zip(first..self.len) {
            let line = line_at(inner, y);
            let chosen = at == self.at;
            if chosen {
                frame.buffer_mut().set_style(line, scene.style(Role::Selected));
            }
            let Some(lesson) = lessons.list.get(at) else {
                frame.render_widget(quiz(scene, chosen, room), line);
                continue;
            };
            let word = if lessons.progress.done.contains(&lesson.id) {
                &words[0]
            } else if lessons.progress.at.contains_key(&lesson.id) {
                &words[1]
            } else {
                ""
            };
            let muted = scene.style(Role::Muted);
            let title =
                cut(lesson.title.say(scene.lang()), room.saturating_sub(MARK + 4 + part + state));
            let row = Line::from(vec![
                Span::styled(
                    fit(if chosen { screen::SELECTED } else { "" }, MARK),
                    scene.style(Role::Accent),
                ),
                Span::styled(format!("{:>2}  ", at + 1), muted),
                Span::styled(fit(&scene.say(say::part(lesson.part.word())), part), muted),
                Span::styled(fit(word, state), scene.style(Role::Pass)),
                Span::styled(title, scene.style(Role::Text)),
            ]);
            frame.render_widget(row, line);
        }
    }
}

/// The last line: the quiz, and how its topics stand.
fn quiz(scene: &Scene<'_>, chosen: bool, room: usize) -> Line<'static> {
    let lessons = &scene.app.lessons;
    let mut text = scene.say(say::quiz(lessons.quiz.1));
    for topic in Topic::ALL {
        if let Some((right, all)) = lessons.progress.quiz.get(topic.word()) {
            let words = say::accuracy(say::topic(topic.word()), *right, *all);
            text = format!("{text}   {}", scene.say(words));
        }
    }
    let mark = if chosen { screen::SELECTED } else { "" };
    Line::from(vec![
        Span::styled(fit(mark, MARK), scene.style(Role::Accent)),
        Span::styled(cut(&text, room.saturating_sub(MARK)), scene.style(Role::Text)),
    ])
}
