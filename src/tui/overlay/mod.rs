//! What lies over the panes: a stack, the topmost takes the keys.

mod case_name;
mod choices;
mod diff;
pub mod disk;
mod explain;
mod help;
mod leave;
pub mod left;
mod notice;
mod palette;
mod popup;
mod priority;
mod rule_form;
mod save_as;
mod search;
mod second_opinion;
mod stack;

pub use case_name::CaseNameForm;
pub use diff::DiffView;
pub use disk::DiskView;
pub use explain::{
    ExplainView, Tab, choose as choose_offer, explain, filter, leave_filter, offered, offers_due,
    search_offers, show as show_reason,
};
pub use help::HelpView;
pub use left::LeftView;
pub use notice::Notice;
pub use palette::Palette;
pub use priority::PriorityForm;
pub use rule_form::RuleForm;
pub use save_as::SaveAsForm;
pub use search::SearchLine;
pub use stack::{
    Overlay, accept, cannot, close, draw, other_verdict, save, show_difference, step_tab, typed,
};
