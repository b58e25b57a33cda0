//! What only shows once the variables of a rule are known.

use std::collections::BTreeMap;

use super::parse::{ParsedRule, header_spans};
use super::{FieldError, RuleProblem, addresses, ports};
use crate::messages::suricata::shape as say;

/// Sets that headers name, name without `$` -> text. The engine keeps those for addresses and those for ports apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// `$NAME` where addresses stand.
    pub addresses: BTreeMap<String, String>,
    /// `$NAME` where ports stand.
    pub ports: BTreeMap<String, String>,
    /// `@NAME`, an IP set reference of AWS, without `@`: what it is modelled as, if anybody says it.
    pub references: BTreeMap<String, Option<String>>,
}

impl Variables {
    /// No variables.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Variables = Variables {
            addresses: BTreeMap::new(),
            ports: BTreeMap::new(),
            references: BTreeMap::new(),
        };
        &NONE
    }
}

/// Variables of which nobody says what they are for: each can be either.
impl From<BTreeMap<String, String>> for Variables {
    fn from(all: BTreeMap<String, String>) -> Self {
        Self { addresses: all.clone(), ports: all, references: BTreeMap::new() }
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
/// not defined, a list that leaves nothing, a port that is none; and an IP set reference that is not declared.
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
    let addresses = [(2, &header.source), (5, &header.destination)]
        .map(|(at, text)| (at, addresses(text, variables).err(), &variables.addresses));
    let ports = [(3, &header.source_ports), (6, &header.destination_ports)]
        .map(|(at, text)| (at, ports(text, variables).err(), &variables.ports));
    let mut faults: Vec<_> = addresses.into_iter().chain(ports).collect();
    faults.sort_by_key(|(at, ..)| *at);
    let problem = |(at, error, known): (usize, Option<FieldError>, &BTreeMap<String, String>)| {
        Some(problem(place(at), &error?, known, &variables.references))
    };
    faults.into_iter().filter_map(problem).collect()
}

fn problem(
    span: std::ops::Range<usize>,
    error: &FieldError,
    variables: &BTreeMap<String, String>,
    references: &BTreeMap<String, Option<String>>,
) -> RuleProblem {
    let (code, help) = match error {
        FieldError::Refused(_) => {
            return RuleProblem::error("bad-address-or-port", span, error.words());
        }
        FieldError::Variable(name) => (
            "unknown-variable",
            near(name, variables.keys())
                .map_or_else(say::field::define, |near| say::did_you_mean(&format!("${near}"))),
        ),
        FieldError::Reference(name) => (
            "undeclared-reference",
            near(name, references.keys())
                .map_or_else(say::field::declare, |near| say::did_you_mean(&format!("@{near}"))),
        ),
    };
    RuleProblem::error(code, span, error.words()).help(help)
}

/// The name that is probably meant.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    known
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, near)| near)
}
