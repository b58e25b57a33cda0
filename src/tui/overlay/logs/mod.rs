//! What was counted of logs: counts, then the requests behind one.

mod counts;
mod entries;
mod files;
mod requests;
mod suggestion;
mod unreadable;
mod view;

pub use files::LogFilesForm;
pub use files::accept as read_files;
pub use suggestion::SuggestionView;
pub use view::{LogsView, accept, draw, nothing_behind};
