//! The firewall policy as people edit it: sources, domain lists, rule groups, rules, cases; its
//! text and the edits that lose nothing.
//!
//! Knows: YAML, edits. Must not know: the rule language, the engine, files, screens.
//! A [`Document`] is a policy and its text; [`Edit`] is the only way to change it.

mod apply;
mod batch;
mod changes;
mod document;
mod edit;
mod edit_words;
mod fault;
mod items;
mod lookup;
mod model;
mod names;
mod patch;
mod places;
mod read;
mod rows;
mod rules;
mod same;
mod stateless;
mod syntax;
mod thing;
mod tree;
mod value;
mod variables;
mod words;
mod write;
mod yaml_items;

pub use apply::{difference, field_text, joined};
pub use batch::{Batch, Beside};
pub use changes::RowsChanged;
pub use document::Document;
pub use edit::{Edit, EditError, RuleDraft, RuleField, RulePlace, Splice};
pub use fault::{Fault, fault};
pub use items::{Item, ItemKind};
pub use model::{
    Accepted, At, Case, CaseExpect, DefaultAction, DomainList, Endpoint, HandWritten, MatchRule,
    Path, Policy, Rule, RuleBody, RuleGroup, Source, Target, UrlTarget,
};
pub use read::{Fields, Reader, read_as};
pub use rules::{InRow, Rules, RulesIter, Start};
pub use stateless::{Stateless, StatelessGroup, StatelessPlace, StatelessRow};
pub use thing::{Field, FieldKind, Thing, User, list_text, source_text, thing_texts, users};
pub use tree::Node;
pub use value::target;
pub use variables::{NamedSet, Reference, Variables};
pub use write::{is_special, yaml_block, yaml_text};
pub use yaml_items::yaml_items;
