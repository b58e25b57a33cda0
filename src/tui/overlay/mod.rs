//! What lies over the panes: a stack, the topmost takes the keys.

mod accept_finding;
mod access;
mod case_name;
mod choices;
mod definitions;
mod diff;
pub mod disk;
mod explain;
mod findings;
mod form;
mod help;
mod leave;
pub mod left;
mod lessons;
mod logs;
mod matrix;
mod notice;
mod palette;
mod popup;
mod priority;
mod save_as;
mod search;
mod second_opinion;
mod stack;

pub use accept_finding::{ReasonForm, accept_finding, cannot_accept};
pub use access::{
    About, AccessForm, AccessView, answer as answer_access, answered, ask_access, due as access_due,
};
pub use case_name::CaseNameForm;
pub use definitions::{DefinitionsView, cannot as cannot_define, define, edit_thing};
pub use diff::DiffView;
pub use disk::DiskView;
pub use explain::{
    ExplainView, Tab, choose as choose_offer, explain, filter, leave_filter, offered, offers_due,
    search_offers, show as show_reason,
};
pub use findings::{FindingsView, apply_fix, no_fix, show_findings};
pub use form::Form;
pub use help::HelpView;
pub use left::LeftView;
pub use lessons::LessonsView;
pub use logs::{LogFilesForm, LogsView, SuggestionView, nothing_behind};
pub use matrix::{MatrixView, look_at_matrix};
pub use notice::Notice;
pub use palette::Palette;
pub use priority::PriorityForm;
pub use save_as::SaveAsForm;
pub use search::SearchLine;
pub use stack::{
    Overlay, accept, cannot, close, complete, draw, other_verdict, save, show_difference, step_tab,
    typed,
};
