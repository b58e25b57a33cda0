//! The workbench without its terminal: what is typed goes in, a picture comes out. The loop in
//! `terminal` and the tests drive it alike.

use ratatui::Frame;

use super::action::{Action, Target};
use super::app::{App, Pane};
use super::cache::ViewCache;
use super::effect::perform;
use super::input::{Input, typed};
use super::theme::Theme;
use super::update::{action_of, update};
use super::view::view;
use crate::workbench::Session;

/// The workbench.
#[derive(Debug)]
pub struct Screen {
    app: App,
    cache: ViewCache,
    theme: Theme,
}

impl Screen {
    /// Opens a session.
    #[must_use]
    pub fn new(session: Session, theme: Theme) -> Self {
        Self { app: App::new(session), cache: ViewCache::default(), theme }
    }

    /// The state.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Takes what was done; returns whether the workbench is to be left.
    pub fn take(&mut self, input: Input) -> bool {
        let Some(action) = self.action(input) else { return false };
        let effects = update(&mut self.app, action);
        let mut leave = false;
        for effect in effects {
            leave |= perform(effect, &mut self.app, &mut self.cache);
        }
        leave
    }

    /// Types keys as tests write them, such as `jjm<down><enter>`; returns whether one of them left.
    pub fn press(&mut self, keys: &str) -> bool {
        typed(keys).into_iter().any(|key| self.take(Input::Key(key)))
    }

    /// Draws the picture.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        view(&self.app, &self.theme, frame, &mut self.cache);
    }

    fn action(&mut self, input: Input) -> Option<Action> {
        match input {
            Input::Key(key) => action_of(&mut self.app, key),
            Input::Paste(text) => Some(Action::Paste(text)),
            Input::Resize => Some(Action::Resize),
            Input::Click(x, y) => self.cache.at(x, y).map(Action::Click),
            Input::Wheel(x, y, lines) => {
                let pane = self.cache.at(x, y).map_or(Pane::Rules, |target| match target {
                    Target::Pane(pane) => pane,
                    Target::Group(_) | Target::Rule(_) => Pane::Rules,
                    Target::Field(_) => Pane::Test,
                    Target::Case(_) => Pane::Cases,
                });
                Some(Action::Wheel(pane, lines))
            }
        }
    }
}
