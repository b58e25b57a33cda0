//! The session: a policy being worked on, its history, and everything derived from it.
//!
//! Knows: all that stands below; it alone touches the disk. Must not know: screens, arguments.
//! Start at [`Session`]; the command line, which needs no session, calls [`refresh`].

mod access;
mod answer;
mod asked;
mod because;
mod by_source;
mod cases;
mod changes;
mod closest;
mod coverage;
mod diff;
mod elsewhere;
mod excerpt;
mod fates;
mod fields;
mod files;
mod find_rules;
mod findings;
mod flow_words;
mod folders;
mod fresh_sid;
mod history;
mod impact;
mod journal;
mod log_line;
mod on_disk;
mod orders;
mod pasted;
mod recovery;
mod refresh;
mod replace;
mod revision;
mod row_named;
mod row_trace;
mod rows;
mod session;
mod settings;
mod stateless;
mod stateless_text;
mod tested;
mod timeline;
mod told;
mod variants;
mod what_if;
mod why;

pub use access::{AccessError, between};
pub use answer::{
    Answer, ByDestination, Decider, RuleName, answer, decider, deciding_packet, experience_word,
};
pub use asked::{Asked, Question, asked, sources_of, with_source};
pub use by_source::{CLASSES, Who, WhoError, by_source};
pub use cases::{CaseResult, Outcome, run_cases};
pub use changes::{CaseChange, case_changes};
pub use coverage::{RowCoverage, coverage};
pub use diff::{DiffLine, Piece, Side, TextDiff, Unsaved};
pub use elsewhere::{Known, LookAt, look_elsewhere};
pub use excerpt::{rule_text, stateless_rule_text, try_command};
pub use fields::{HAND_FIELDS, field_text, rule_action, rule_fields};
pub use files::{FileError, Input, load, save};
pub use find_rules::RuleIndex;
pub use findings::{Findings, find};
pub use flow_words::{FlowWords, FlowWriter, by_words, decider_words, outcome_word};
pub use folders::state_folder;
pub use fresh_sid::fresh_sid;
pub use impact::impact_of;
pub use journal::{Journals, Left};
pub use log_line::{LogComparison, compare, logged_request};
pub use on_disk::{NotTaken, OnDisk, Watch};
pub use orders::{BothOrders, both_orders};
pub use pasted::Pasted;
pub use refresh::{Derived, TestInput, outcomes, refresh};
pub use row_named::row_named;
pub use row_trace::compiled_rules;
pub use rows::{Row, StatelessLine, rows};
pub use session::{OpenError, Session, read};
pub use settings::{KeySetting, Settings, ThemeName, Written, locale_language};
pub use stateless::StatelessName;
pub use stateless_text::{StatelessText, stateless_text};
pub use tested::{TestError, Tested, note_words, test};
pub use timeline::{Moment, known_at_first, rest_of_flow, timeline};
pub use told::{Told, met_cell, met_word};
pub use variants::{VariantAnswer, variants};
pub use what_if::{FlowChange, Offer, OfferKind, Wanted, WhatIf, what_if};
pub use why::{Lists, Reason, Standing, lists, why, why_row};
