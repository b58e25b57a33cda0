//! Text that is being typed: one line, or several. The only file that names the text-area crate.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use tui_textarea::{CursorMove, DataCursor, Input, Key as AreaKey, TextArea, WrapMode};

use super::input::Key;
use crate::messages::printable;

/// A text with a cursor.
#[derive(Debug, Clone)]
pub struct TextEdit {
    area: TextArea<'static>,
    lines: Lines,
}

/// How many lines a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

impl TextEdit {
    /// A text of one line, with the cursor at its end. Line breaks become blanks.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::new(vec![one_line(text)], Lines::One)
    }

    /// The same, all of it selected: what is typed first takes its place.
    #[must_use]
    pub fn suggested(text: &str) -> Self {
        let mut edit = Self::line(text);
        edit.area.select_all();
        edit
    }

    /// A text of several lines, with the cursor at its beginning.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        let mut edit = Self::new(text.split('\n').map(str::to_owned).collect(), Lines::Many);
        edit.area.set_wrap_mode(WrapMode::WordOrGlyph);
        edit.area.move_cursor(CursorMove::Top);
        edit.area.move_cursor(CursorMove::Head);
        edit
    }

    fn new(text: Vec<String>, lines: Lines) -> Self {
        let mut area = TextArea::new(text);
        area.set_cursor_line_style(Style::new());
        area.move_cursor(CursorMove::End);
        Self { area, lines }
    }

    /// What stands there.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// What stands before the cursor on its line.
    #[must_use]
    pub fn before_cursor(&self) -> String {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.area.lines().get(row);
        line.map(|line| line.chars().take(column).collect()).unwrap_or_default()
    }

    /// Types a text at the cursor.
    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Whether it may have several lines.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        self.lines == Lines::Many
    }

    /// Takes a key; keys that mean nothing here do nothing.
    pub fn press(&mut self, key: Key) {
        let Some((key, ctrl)) = area_key(key, self.lines) else { return };
        self.area.input(Input { key, ctrl, alt: false, shift: false });
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match self.lines {
            Lines::One => self.area.insert_str(one_line(text.trim())),
            Lines::Many => self.area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n")),
        };
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.set("");
    }

    /// Replaces it.
    pub fn set(&mut self, text: &str) {
        *self = if self.has_lines() { Self::lines(text) } else { Self::line(text) };
    }

    /// The text with everything in it that a terminal would obey made visible; the cursor stands where it stood.
    fn shown(&self) -> TextArea<'static> {
        let lines = self.area.lines();
        let clean: Vec<String> = lines.iter().map(|line| printable(line).into_owned()).collect();
        if clean == lines {
            return self.area.clone();
        }
        let DataCursor(row, column) = self.area.cursor();
        let before: String =
            lines.get(row).map(|l| l.chars().take(column).collect()).unwrap_or_default();
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let mut shown = Self::new(clean, self.lines).area;
        if self.has_lines() {
            shown.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        let column = printable(&before).chars().count();
        shown.move_cursor(CursorMove::Jump(narrow(row), narrow(column)));
        shown
    }

    /// Draws it; the cursor only shows when it is `typing`.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, style: Style, typing: bool) {
        let mut shown = self.shown();
        shown.set_style(style);
        shown.set_selection_style(style.add_modifier(Modifier::REVERSED));
        let cursor = if typing { style.add_modifier(Modifier::REVERSED) } else { style };
        shown.set_cursor_style(cursor);
        if !typing && self.lines == Lines::One {
            shown.cancel_selection();
            shown.move_cursor(CursorMove::Head);
        }
        frame.render_widget(&shown, area);
    }
}

fn one_line(text: &str) -> String {
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The crate's key for ours, and whether control is held. Its own undo, yank and search are not used.
fn area_key(key: Key, lines: Lines) -> Option<(AreaKey, bool)> {
    Some(match key {
        Key::Char(c) => (AreaKey::Char(c), false),
        Key::Ctrl(c @ ('a' | 'e' | 'k' | 'w')) => (AreaKey::Char(c), true),
        Key::Enter if lines == Lines::Many => (AreaKey::Enter, false),
        Key::Backspace => (AreaKey::Backspace, false),
        Key::Delete => (AreaKey::Delete, false),
        Key::Up if lines == Lines::Many => (AreaKey::Up, false),
        Key::Down if lines == Lines::Many => (AreaKey::Down, false),
        Key::Left => (AreaKey::Left, false),
        Key::Right => (AreaKey::Right, false),
        Key::Home => (AreaKey::Home, false),
        Key::End => (AreaKey::End, false),
        Key::Ctrl(_)
        | Key::Enter
        | Key::Up
        | Key::Down
        | Key::Esc
        | Key::Tab
        | Key::BackTab
        | Key::PageUp
        | Key::PageDown => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_lines_become_one_line_in_a_field() {
        let mut edit = TextEdit::line("a ");
        edit.paste("https://x.example\r\n");
        assert_eq!(edit.text(), "a https://x.example");
    }

    #[test]
    fn first_key_takes_the_place_of_what_is_suggested() {
        let mut edit = TextEdit::suggested("any");
        assert_eq!(edit.text(), "any");
        edit.press(Key::Char('l'));
        edit.press(Key::Char('a'));
        assert_eq!(edit.text(), "la");
        let mut kept = TextEdit::suggested("any");
        kept.press(Key::End);
        kept.press(Key::Char(','));
        assert_eq!(kept.text(), "any,");
    }

    #[test]
    fn enter_makes_a_line_only_where_there_may_be_several() {
        let mut line = TextEdit::line("a");
        line.press(Key::Enter);
        assert_eq!(line.text(), "a");
        let mut lines = TextEdit::lines("a");
        lines.press(Key::Enter);
        assert_eq!(lines.text(), "\na");
    }
}
