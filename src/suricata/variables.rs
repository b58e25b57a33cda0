//! What only shows once the variables of a rule are known.

use std::collections::BTreeMap;

use super::parse::{ParsedRule, header_spans};
use super::{RuleProblem, addresses, ports};

/// Sets that headers name, name without `$` -> text. The engine keeps those for addresses and those for ports apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// `$NAME` where addresses stand.
    pub addresses: BTreeMap<String, String>,
    /// `$NAME` where ports stand.
    pub ports: BTreeMap<String, String>,
}

impl Variables {
    /// No variables.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Variables = Variables { addresses: BTreeMap::new(), ports: BTreeMap::new() };
        &NONE
    }
}

/// Variables of which nobody says what they are for: each can be either.
impl From<BTreeMap<String, String>> for Variables {
    fn from(all: BTreeMap<String, String>) -> Self {
        Self { addresses: all.clone(), ports: all }
    }
}

/// The names behind each `$` of an address or port field.
pub fn variable_names(field: &str) -> impl Iterator<Item = &str> {
    field.split('$').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// What the engine would refuse in a rule's addresses and ports with these variables: a variable that is
/// not defined, a list that leaves nothing, a port that is none.
///
/// Addresses with an IP set reference (`@NAME`) are not judged: what they hold is not known.
#[must_use]
pub fn check_variables(parsed: &ParsedRule, variables: &Variables) -> Vec<RuleProblem> {
    let header = &parsed.rule.header;
    let spans = header_spans(&parsed.rule.text);
    let place = |at: usize| match &spans {
        Some(spans) => {
            let span = &spans[at];
            parsed.span.start + span.start..parsed.span.start + span.end
        }
        None => parsed.span.clone(),
    };
    let mut problems = Vec::new();
    for (at, text) in [(2, &header.source), (5, &header.destination)] {
        if !text.contains('@') {
            let fault = addresses(text, variables).err();
            problems.extend(fault.map(|m| problem(place(at), m, &variables.addresses)));
        }
    }
    for (at, text) in [(3, &header.source_ports), (6, &header.destination_ports)] {
        let fault = ports(text, variables).err();
        problems.extend(fault.map(|m| problem(place(at), m, &variables.ports)));
    }
    problems
}

fn problem(
    span: std::ops::Range<usize>,
    message: String,
    known: &BTreeMap<String, String>,
) -> RuleProblem {
    let Some(name) = message.strip_prefix("the variable `$").and_then(|m| m.split('`').next())
    else {
        return RuleProblem::error("bad-address-or-port", span, message);
    };
    let near = known
        .keys()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, _)| *distance <= 2)
        .min();
    let help = match near {
        Some((_, near)) => format!("did you mean `${near}`?"),
        None => "define it among the variables of the rule group".to_owned(),
    };
    RuleProblem::error("unknown-variable", span, message.clone()).help(help)
}
