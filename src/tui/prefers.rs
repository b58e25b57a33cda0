//! How the operator likes the workbench: from the settings, and switched while it is open.

use super::keymap::Keymap;
use super::theme::Theme;
use crate::diagnostic::Diagnostic;
use crate::messages::Lang;
use crate::workbench::Settings;

/// What can be liked in one way or another.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// The colours.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// The language.
    pub lang: Lang,
}

/// The keys of the settings, and all that is wrong with the settings, in the order of their lines.
#[must_use]
pub fn keys_of(settings: &Settings) -> (Keymap, Vec<Diagnostic>) {
    let (keymap, wrong) = Keymap::with(&settings.keys);
    let mut problems = settings.problems.clone();
    problems.extend(wrong);
    problems.sort_by_key(|problem| problem.place.as_ref().map(|place| place.span.start));
    (keymap, problems)
}
