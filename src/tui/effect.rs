//! The only doer: what `update` decides, but may not do itself.

use std::path::PathBuf;
use std::time::Duration;

use super::app::App;
use super::beside::{self, Beside};
use super::cache::{By, Scrolled, ViewCache};
use super::opinion;
use crate::messages::{printable, screen as say};

/// What follows a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The work goes on.
    Stay,
    /// The workbench is left.
    Leave,
}

/// Something to be done outside the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Leaves.
    Exit,
    /// Writes the policy to its file, or to another one that becomes its file.
    Save {
        /// The other file.
        path: Option<PathBuf>,
        /// What follows when it is written.
        then: Then,
    },
    /// Gives a text to the terminal's clipboard; the loop that owns the terminal does it.
    Copy(String),
    /// Scrolls.
    Scroll(Scrolled, By),
    /// Has somebody look for findings in the policy that is shown.
    LookForFindings,
    /// Has the real engine asked about the cases, once the policy has been left alone for so long.
    AskEngine {
        /// How long.
        quiet: Duration,
    },
    /// Stops asking it.
    LeaveEngine,
}

/// Does what was decided; returns whether the workbench is to be left.
pub fn perform(effect: Effect, app: &mut App, cache: &mut ViewCache, work: &mut Beside) -> bool {
    match effect {
        Effect::Exit => true,
        Effect::Copy(_) => false,
        Effect::LookForFindings => {
            beside::look_for_findings(app, work);
            false
        }
        Effect::AskEngine { quiet } => {
            opinion::ask(app, work, quiet);
            false
        }
        Effect::LeaveEngine => {
            work.opinion.stop();
            false
        }
        Effect::Scroll(what, by) => {
            cache.go(what, by);
            false
        }
        Effect::Save { path, then } => match app.session.save(path.as_deref()) {
            Ok(file) => {
                work.opinion.hurry();
                app.say(say::saved(&printable(&file.display().to_string())));
                then == Then::Leave
            }
            Err(error) => {
                app.fail(printable(&error.to_string()));
                false
            }
        },
    }
}
