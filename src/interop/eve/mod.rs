//! Events of AWS Network Firewall and of Suricata, a JSON object a line: one reader for a line that is pasted and for logs.
//!
//! Source: AWS Network Firewall developer guide, "Contents of a AWS Network Firewall log"; Suricata 7.0.10, `output-json-alert.c`,
//! `output-json-flow.c`, `output-json-netflow.c`; lines of public integration tests. Numbers stand as such or in quotes, the
//! order of keys is arbitrary, old lines have neither `verdict` nor `direction`.

mod ends;
mod event;
mod line;
mod pasted;
mod record;
mod said;
mod value;
mod walk;

pub use event::{Alert, Event, Missing};
pub use line::{EventRead, read_events};
pub use pasted::{LogError, LogEvent};
pub use said::Told;
