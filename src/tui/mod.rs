//! The terminal face: keys in, pictures out.
//!
//! Knows: everything below; it alone knows the terminal. Must not know: the disk, arguments, the environment.
//! The straight line: `input` -> `keymap` -> `action` -> `update` -> `Session` -> `view`; `effect` does the rest, `worker` what takes longer.

mod action;
mod app;
mod bars;
mod beside;
mod bindings;
mod cache;
mod cells;
mod copy;
mod effect;
mod input;
mod keymap;
mod lesson;
mod logs;
mod opinion;
mod overlay;
mod paint;
mod pane;
mod possible;
mod prefers;
mod rebind;
mod screen;
mod syntax;
mod terminal;
mod text_edit;
mod theme;
mod tour;
mod update;
mod view;
mod worker;

use std::io;

pub use app::{App, Pane};
pub use beside::Beside;
pub use input::{Input, Key};
pub use opinion::{AskEngine, ask_installed};
pub use screen::Screen;
pub use theme::{Colours, Role, Theme};

use crate::diagnostic::Diagnostic;
use crate::messages::Lang;
use crate::workbench::{Session, Settings, ThemeName};

/// How the workbench is shown.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The colours that the terminal has.
    pub colours: Colours,
    /// The theme that suits the terminal's ground, where that is known.
    pub suits: Option<ThemeName>,
    /// Whether to begin with the list of lessons.
    pub learn: bool,
    /// Where the quiz begins, and how hard it is.
    pub quiz: (u64, u8),
    /// The language to begin with.
    pub lang: Lang,
    /// What the operator prefers.
    pub settings: Settings,
}

/// Opens the workbench on the terminal and returns when it is left.
///
/// # Errors
/// When the terminal cannot be used, or the system ended the process.
pub fn run(session: Session, options: &Options) -> io::Result<()> {
    let name = options.settings.theme.or(options.suits).unwrap_or_default();
    terminal::run(session, Theme::new(options.colours).named(name), options)
}

/// The page of all keys, as `sekisho keys` prints it, and what is wrong with the settings.
#[must_use]
pub fn keys_markdown(settings: &Settings, lang: Lang) -> (String, Vec<Diagnostic>) {
    let (keymap, problems) = prefers::keys_of(settings);
    (keymap.markdown(lang), problems)
}
