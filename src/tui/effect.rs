//! The only doer: what `update` decides, but may not do itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::app::App;
use super::beside::{self, Beside};
use super::cache::{By, Scrolled, ViewCache};
use super::logs;
use super::opinion;
use super::overlay::{self, Overlay, SaveAsForm, disk, left};
use crate::messages::{printable, recovery, status};
use crate::workbench::{FileError, OnDisk};

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
    /// Writes the policy over what others wrote to its file.
    Overwrite,
    /// Looks what the file holds.
    LookAtDisk,
    /// Throws a journal away that was left behind.
    DiscardLeft,
    /// Scrolls.
    Scroll(Scrolled, By),
    /// Has somebody look through the rows for what they say about the test.
    LookThroughRows,
    /// Has somebody look for findings in the policy that is shown.
    LookForFindings,
    /// Has somebody count the flows that change where something is carried.
    CountFlows,
    /// Has somebody search for what would change the verdict that is explained.
    SearchOffers,
    /// Has somebody answer who reaches what.
    AnswerAccess,
    /// Has the real engine asked about the cases, once the policy has been left alone for so long.
    AskEngine {
        /// How long.
        quiet: Duration,
    },
    /// Stops asking it.
    LeaveEngine,
    /// Has somebody read the logs.
    ReadLogs,
    /// Has somebody make rules of what was counted.
    SuggestRules,
}

/// Does what was decided; returns whether the workbench is to be left.
pub fn perform(effect: Effect, app: &mut App, cache: &mut ViewCache, work: &mut Beside) -> bool {
    match effect {
        Effect::Exit => return true,
        // The loop that owns the terminal does it.
        Effect::Copy(_) => {}
        Effect::LookForFindings => beside::look_for_findings(app, work),
        Effect::LookThroughRows => beside::look_through_rows(app, work),
        Effect::CountFlows => beside::count_flows(app, work),
        Effect::SearchOffers => overlay::search_offers(app, work),
        Effect::AnswerAccess => overlay::answer_access(app, work),
        Effect::AskEngine { quiet } => opinion::ask(app, work, quiet),
        Effect::ReadLogs => logs::read(app, work),
        Effect::SuggestRules => logs::make_rules(app, work),
        Effect::LeaveEngine => work.opinion.stop(),
        Effect::Scroll(what, by) => cache.go(what, by),
        Effect::Save { path, then } => {
            let saved = save(app, work, path.as_deref());
            // The question stays until a name is good: keys that come next are meant for it.
            if let Some(name) = path.filter(|_| !saved) {
                app.overlays.push(Overlay::SaveAs(SaveAsForm::named(&name, then)));
            }
            return saved && then == Then::Leave;
        }
        Effect::Overwrite => {
            let saved = app.session.overwrite();
            said(app, work, saved);
        }
        Effect::LookAtDisk => {
            if app.session.look_at_disk() {
                disk::news(app);
            }
        }
        Effect::DiscardLeft => {
            app.session.discard_left();
            left::next(app);
        }
    }
    false
}

/// Saves; where others changed the file, asks first. Returns whether it is saved.
fn save(app: &mut App, work: &mut Beside, path: Option<&Path>) -> bool {
    if path.is_none() {
        app.session.look_at_disk();
        if matches!(app.session.on_disk(), OnDisk::Changed(_)) {
            disk::ask(app);
            return false;
        }
    }
    let gone = path.is_none() && *app.session.on_disk() == OnDisk::Gone;
    let saved = app.session.save(path);
    let done = said(app, work, saved);
    if done && gone && app.session.journal_fault().is_none() {
        app.say(recovery::saved_anew(&app.session.name()));
    }
    done
}

/// Says what came of saving; returns whether it is saved.
fn said(app: &mut App, work: &mut Beside, saved: Result<PathBuf, FileError>) -> bool {
    match saved {
        Ok(file) => {
            work.opinion.hurry();
            disk::close(app);
            app.say(status::saved(&printable(&file.display().to_string())));
            app.warn_of_journal();
            true
        }
        Err(error) => {
            // The file may hold what nobody has seen: what is asked next must be about that.
            disk::renew(app);
            app.fail(error.0.map(|text| printable(text).into_owned()));
            false
        }
    }
}
