//! What the terminal says, in the house's words: an event becomes an [`Input`].

use std::fmt;

use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

/// A key, or a key with a modifier, as a person names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character.
    Char(char),
    /// A character with the control key.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Tab with shift.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// Something the operator or the terminal did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was clicked at a column and row.
    Click(u16, u16),
    /// The wheel was turned at a column and row, by so many lines.
    Wheel(u16, u16, isize),
    /// The terminal has another size.
    Resize,
    /// The terminal is looked at again.
    Focus,
}

/// Keys that have a name: the name as help writes it, and as tests type it between `<` and `>`.
const NAMED: [(Key, &str, &str); 15] = [
    (Key::Enter, "enter", "enter"),
    (Key::Esc, "esc", "esc"),
    (Key::Tab, "tab", "tab"),
    (Key::BackTab, "shift-tab", "shift-tab"),
    (Key::Backspace, "backspace", "backspace"),
    (Key::Delete, "delete", "delete"),
    (Key::Up, "↑", "up"),
    (Key::Down, "↓", "down"),
    (Key::Left, "←", "left"),
    (Key::Right, "→", "right"),
    (Key::Home, "home", "home"),
    (Key::End, "end", "end"),
    (Key::PageUp, "page up", "pgup"),
    (Key::PageDown, "page down", "pgdn"),
    (Key::Char(' '), "space", "space"),
];

/// Lines that one notch of the wheel turns a list by.
const NOTCH: isize = 3;

/// Reads an event of the terminal; what means nothing to us is `None`.
#[must_use]
pub fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) => key(event).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(..) => Some(Input::Resize),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(mouse.column, mouse.row, NOTCH)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(mouse.column, mouse.row, -NOTCH)),
            _ => None,
        },
        Event::FocusGained => Some(Input::Focus),
        Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release || event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    Some(match event.code {
        KeyCode::Char(c) if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}

/// Reads keys as a test types them: `jjm<down><enter><ctrl-s>`; `<lt>` is `<` itself.
/// What stands between brackets and is no name is typed as it stands.
#[must_use]
pub fn typed(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        if let Some((key, after)) = named.and_then(|(name, after)| Some((by_name(name)?, after))) {
            keys.push(key);
            rest = after;
        } else {
            keys.push(Key::Char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}

impl Key {
    /// The key of this name, as settings write it: `x`, `ctrl-x`, `enter`, `up` or `↑`.
    ///
    /// Control with `i`, `m` or `[` is tab, enter or escape to a terminal: these are no keys of their own.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return (!c.is_control()).then_some(Self::Char(c));
        }
        if let Some(letter) = name.strip_prefix("ctrl-") {
            let mut letters = letter.chars();
            return match (letters.next(), letters.next()) {
                (Some('i' | 'm'), None) => None,
                (Some(c), None) if c.is_ascii_lowercase() => Some(Self::Ctrl(c)),
                _ => None,
            };
        }
        let is = |(_, shown, typed): &&(Self, &str, &str)| *shown == name || *typed == name;
        NAMED.iter().find(is).map(|(key, ..)| *key)
    }
}

fn by_name(name: &str) -> Option<Key> {
    if name == "lt" {
        return Some(Key::Char('<'));
    }
    if let Some(letter) = name.strip_prefix("ctrl-") {
        return letter.chars().next().map(Key::Ctrl);
    }
    NAMED.iter().find(|(_, _, typed)| *typed == name).map(|(key, ..)| *key)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (NAMED.iter().find(|(key, ..)| key == self), self) {
            (Some((_, name, _)), _) => f.write_str(name),
            (None, Self::Char(c)) => write!(f, "{c}"),
            (None, Self::Ctrl(c)) => write!(f, "ctrl-{c}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_typed() {
        let keys = typed("jK<down><ctrl-s><lt>x<nothing>");
        assert_eq!(keys[..4], [Key::Char('j'), Key::Char('K'), Key::Down, Key::Ctrl('s')]);
        let rest: String = keys[4..].iter().map(Key::to_string).collect();
        assert_eq!(rest, "<x<nothing>");
    }

    #[test]
    fn release_of_a_key_is_not_a_press() {
        let mut event = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE);
        assert_eq!(key(event), Some(Key::Char('x')));
        event.kind = KeyEventKind::Release;
        assert_eq!(key(event), None);
    }
}
