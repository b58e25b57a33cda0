//! The question before leaving with unsaved changes.

use super::choices::Question;
use crate::messages::screen as say;
use crate::workbench::Session;

/// Asks whether to leave.
#[must_use]
pub fn question(session: &Session) -> Question {
    let first = say::leave(&session.name());
    Question { title: say::LEAVE.into(), first, details: Vec::new() }
}
