//! Logs of what was asked, against a policy.
//!
//! Knows: logs of firewalls and proxies, and what the workbench answers to a request. Must not know: screens, arguments.
//! Start at [`replay`]; what comes of it is a [`Tally`], of which a [`Report`] is made for people. Tallies of parts of a log
//! are joined with [`Tally::merge`].

mod blocks;
mod client;
mod csv;
mod decision;
mod eve;
mod flows;
mod index;
mod judge;
mod known;
mod line;
mod merge;
mod networks;
mod part;
mod pick;
mod report;
mod run;
mod seen;
mod source;
mod squid;
mod suggest;
mod tally;
mod url;

pub use decision::{Decision, Fate};
pub use judge::{Judge, rule_name};
pub use line::{Kind, LINE_LIMIT, Why};
pub use part::{PartError, load_part, read_part, takes_part, write_part};
pub use pick::{Pick, Picked};
pub use report::{Change, Count, Fates, Report, Told};
pub use run::{Pace, Progress, Replaying, replay};
pub use seen::{Logged, Place, Seen, Unsaid};
pub use source::{Log, complete};
pub use suggest::{Suggestion, suggest};
pub use tally::{Beyond, Bounds, Row, Tally, Trouble};
