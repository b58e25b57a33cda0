//! Doors: other tools' texts in and out.
//!
//! Knows: texts, policies, the rule language. Must not know: files, screens, the session.

mod anfw;
mod domains;
mod draft;
mod eve;
mod import;
mod json;
mod networks;
mod report;
mod rules;
mod squid;

pub use anfw::{
    Account, Bundle, Current, ExportError, Group, NotCurrent, Notation, Planned, Request,
    StatelessRule, cloudformation, requests, stateless_rule, terraform,
};
pub use domains::{DomainNames, domain_names, empty_list, list_policy};
pub use eve::{Alert, Event, EventRead, LogError, LogEvent, Missing, Told, read_events};
pub use import::{ImportOptions, Imported, import};
pub use report::{ImportFile, ImportProblem, ImportReport};
pub use rules::{RulesOptions, RulesPlaces, rules_to_policy};
pub use squid::{SquidOptions, import_squid, is_squid};
