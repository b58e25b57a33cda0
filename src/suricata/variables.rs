//! What only shows once the variables of a rule are known.

use std::collections::BTreeMap;

use super::parse::{ParsedRule, header_spans};
use super::{RuleProblem, addresses, ports};

/// What the engine would refuse in a rule's addresses and ports with these variables: a variable that is
/// not defined, a list that leaves nothing, a port that is none.
///
/// Addresses with an IP set reference (`@NAME`) are not judged: what they hold is not known.
#[must_use]
pub fn check_variables(
    parsed: &ParsedRule,
    variables: &BTreeMap<String, String>,
) -> Vec<RuleProblem> {
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
            problems
                .extend(addresses(text, variables).err().map(|m| problem(place(at), m, variables)));
        }
    }
    for (at, text) in [(3, &header.source_ports), (6, &header.destination_ports)] {
        problems.extend(ports(text, variables).err().map(|m| problem(place(at), m, variables)));
    }
    problems
}

fn problem(
    span: std::ops::Range<usize>,
    message: String,
    variables: &BTreeMap<String, String>,
) -> RuleProblem {
    let Some(name) = message.strip_prefix("the variable `$").and_then(|m| m.split('`').next())
    else {
        return RuleProblem::error("bad-address-or-port", span, message);
    };
    let near = variables
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
