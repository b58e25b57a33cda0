//! The workbench without its terminal: what is typed goes in, a picture comes out. The loop in
//! `terminal` and the tests drive it alike.

use std::path::Path;

use ratatui::Frame;

use super::action::Action;
use super::app::App;
use super::beside::{Beside, due};
use super::cache::ViewCache;
use super::effect::{Effect, perform};
use super::input::{Input, typed};
use super::lesson;
use super::overlay::{Notice, Overlay};
use super::prefers::keys_of;
use super::theme::Theme;
use super::tour::{Stop, Tour};
use super::update::{action_of, update};
use super::view::view;
use crate::learn::{Difficulty, Progress};
use crate::messages::{Lang, recovery};
use crate::workbench::{Session, Settings};

/// The workbench.
#[derive(Debug)]
pub struct Screen {
    app: App,
    cache: ViewCache,
    beside: Beside,
    clipboard: Option<String>,
}

impl Screen {
    /// Opens a session; what takes long is done beside.
    #[must_use]
    pub fn new(session: Session, theme: Theme, beside: Beside) -> Self {
        let mut screen =
            Self { app: App::new(session), cache: ViewCache::default(), beside, clipboard: None };
        screen.app.prefers.theme = theme;
        screen.app.second.is_asked = screen.beside.engine().is_some();
        screen.follow();
        screen
    }

    /// Takes the operator's keys, and tells what is wrong with the settings.
    #[must_use]
    pub fn with_settings(mut self, settings: &Settings) -> Self {
        let (keymap, problems) = keys_of(settings);
        self.app.prefers.keymap = keymap;
        if !problems.is_empty() {
            let file = settings.file.as_deref().unwrap_or(Path::new(""));
            let notice = Notice::settings(&file.display().to_string(), &problems);
            self.app.overlays.push(Overlay::Notice(notice));
        }
        self
    }

    /// Speaks this language.
    #[must_use]
    pub const fn in_language(mut self, lang: Lang) -> Self {
        self.app.prefers.lang = lang;
        self
    }

    /// The language of the operator.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.app.prefers.lang
    }

    /// Knows how far somebody is with the lessons; `begin`: begins with the list of them.
    #[must_use]
    pub fn with_lessons(mut self, progress: Progress, begin: bool) -> Self {
        self.app.lessons.progress = progress;
        self.app.lessons.quiz.1 = self.app.lessons.quiz.1.max(1);
        if begin {
            lesson::open(&mut self.app);
        }
        self
    }

    /// Begins the tour where nobody was here before.
    #[must_use]
    pub fn with_tour(mut self) -> Self {
        if self.app.lessons.progress.first_start() {
            self.app.tour = Some(Tour { stop: Stop::Screen, tried: false });
        }
        self
    }

    /// Asks the questions of this seed in the quiz, this hard.
    #[must_use]
    pub const fn with_quiz(mut self, seed: u64, difficulty: Difficulty) -> Self {
        self.app.lessons.quiz = (seed, difficulty);
        self
    }

    /// The state.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Takes what was done; returns whether the workbench is to be left.
    pub fn take(&mut self, input: Input) -> bool {
        self.action(input).is_some_and(|action| self.act(action))
    }

    /// Does what an action asks; returns whether the workbench is to be left.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let effects = update(&mut self.app, action);
        let leave = self.perform(effects);
        if leave {
            self.app.session.leave();
        }
        self.follow();
        leave
    }

    /// Ends as things stand: what is not saved stays in the journal. Returns how that is said.
    pub(super) fn cut_off(&mut self) -> String {
        lesson::leave(&mut self.app);
        let session = &mut self.app.session;
        let (unsaved, kept) = (session.has_unsaved(), session.is_kept());
        if !unsaved {
            session.leave();
        }
        recovery::ended(unsaved, kept).say(self.lang()).to_owned()
    }

    /// Does the work that is held, until none is left.
    pub fn settle(&mut self) {
        loop {
            let done = self.beside.work();
            if done.is_empty() {
                return;
            }
            for action in done {
                let effects = update(&mut self.app, action);
                self.perform(effects);
                self.begin();
            }
        }
    }

    /// Begins the work that is due, and does it where nothing goes on meanwhile.
    fn follow(&mut self) {
        self.begin();
        if self.beside.is_at_once() {
            self.settle();
        }
    }

    fn begin(&mut self) {
        let effects = due(&mut self.app);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        let mut leave = false;
        for effect in effects {
            if let Effect::Copy(text) = &effect {
                self.clipboard = Some(text.clone());
            }
            leave |= perform(effect, &mut self.app, &mut self.cache, &mut self.beside);
        }
        leave
    }

    /// Types keys as tests write them, such as `jjm<down><enter>`; returns whether one of them left.
    pub fn press(&mut self, keys: &str) -> bool {
        typed(keys).into_iter().any(|key| self.take(Input::Key(key)))
    }

    /// What is to be given to the terminal's clipboard.
    pub fn take_clipboard(&mut self) -> Option<String> {
        self.clipboard.take()
    }

    /// Draws the picture.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        view(&self.app, frame, &mut self.cache);
    }

    fn action(&mut self, input: Input) -> Option<Action> {
        match input {
            Input::Key(key) => action_of(&mut self.app, key),
            Input::Paste(text) => Some(Action::Paste(text)),
            Input::Resize => Some(Action::Resize),
            Input::Focus => Some(Action::LookAtDisk),
            Input::Click(x, y) => self.cache.at(x, y).map(Action::Click),
            Input::Wheel(x, y, lines) => Some(Action::Wheel(self.cache.at(x, y), lines)),
        }
    }
}
