//! The rule language of Suricata 7.0.10: scan, parse, print; the type the engine gives each rule.
//!
//! Knows: rules as text and as values. Must not know: policies, flows' evaluation, files, AWS.
//! Start at [`parse_rules`].

mod address;
mod buffer;
mod header;
mod keyword;
mod kind;
mod option;
mod parse;
mod port;
mod print;
mod problem;
mod rule;
mod rule_list;
mod ruleset;
mod variables;

pub use address::{Addresses, FieldError, addresses};
pub use buffer::{Buffer, BufferMatch, Carried, Content, ContentTest, Pcre, Transform};
pub use header::{AppProto, Direction, Header, HeaderProtocol, says_which};
use keyword::Quotes;
pub use keyword::{Keyword, KeywordKind, Side, keyword, keywords};
pub use option::{
    AppLayer, BitOp, BitOption, FlagCompare, Flags, FlowDirection, FlowOption, FlowState,
    NotModelled, NotModelledKind, Number, RuleOption, SslState, StreamOption, Threshold,
    ThresholdKind, Track,
};
pub use parse::{Parsed, ParsedRule, WrittenOption, parse_rules, written_options};
pub use port::ports;
pub use print::quoted;
pub use problem::RuleProblem;
pub use rule::{Logging, Remark, Rule, RuleType};
pub use rule_list::{RuleIter, RuleList, RulePart};
pub use ruleset::Ruleset;
pub use variables::{Variables, check_variables, variable_names};
