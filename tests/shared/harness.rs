use std::fmt;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Style;
use sekisho::tui::{Beside, Colours, Input, Role, Screen, Theme};
use sekisho::workbench::Session;

pub const THEME: Theme = Theme::new(Colours::Any);

/// The workbench on a terminal that is only a picture.
pub struct Harness {
    pub screen: Screen,
    pub terminal: Terminal<TestBackend>,
}

impl Harness {
    pub fn new(session: Session, beside: Beside) -> Self {
        Self {
            screen: Screen::new(session, THEME, beside),
            terminal: Terminal::new(TestBackend::new(120, 36)).unwrap(),
        }
        .drawn()
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.drawn()
    }

    pub fn drawn(mut self) -> Self {
        self.draw();
        self
    }

    pub fn draw(&mut self) {
        self.terminal.draw(|frame| self.screen.draw(frame)).unwrap();
    }

    /// Types keys; returns whether one of them left the workbench.
    pub fn press(&mut self, keys: &str) -> bool {
        let left = self.screen.press(keys);
        self.draw();
        left
    }

    pub fn lines(&self) -> Vec<String> {
        self.to_string().lines().map(str::to_owned).collect()
    }

    pub fn sees(&self, text: &str) {
        assert!(self.to_string().contains(text), "`{text}` is not on the screen\n{self}");
    }

    pub fn misses(&self, text: &str) {
        assert!(!self.to_string().contains(text), "`{text}` is on the screen\n{self}");
    }

    /// Column and row of the first cell of `text`.
    pub fn place(&self, text: &str) -> (u16, u16) {
        let buffer = self.terminal.backend().buffer();
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let rest: String =
                    (x..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
                if rest.starts_with(text) {
                    return (x, y);
                }
            }
        }
        panic!("`{text}` is not on the screen\n{self}");
    }

    pub fn style(&self, text: &str) -> Style {
        let (x, y) = self.place(text);
        self.terminal.backend().buffer()[(x, y)].style()
    }

    pub fn has_role(&self, text: &str, role: Role) {
        assert_eq!(self.style(text).fg, THEME.style(role).fg, "`{text}` is not {role:?}");
    }

    pub fn click(&mut self, text: &str) {
        let (x, y) = self.place(text);
        self.screen.take(Input::Click(x, y));
        self.draw();
    }
}

impl fmt::Display for Harness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let buffer = self.terminal.backend().buffer();
        for y in 0..buffer.area.height {
            let mut skip = 0;
            let mut line = String::new();
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
