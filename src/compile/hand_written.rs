//! Rules written by hand: parsed, evaluated as they are, deployed as they are written.

use super::kept::Gist;
use super::meets::Reach;
use super::output::Output;
use crate::net::{Action, IpSet, PortSet};
use crate::policy::{HandWritten, Policy, RulePlace};
use crate::suricata::{
    AppProto, Direction, Header, HeaderProtocol, ParsedRule, Rule, RuleProblem, RuleType,
    Variables, addresses, check_variables, parse_rules, ports,
};

/// Reads the rules of a hand-written row; its problems go to `out`, with their places in the policy file.
pub(super) fn read(
    policy: &Policy,
    (place, written): (RulePlace, &HandWritten),
    scope: usize,
    out: &mut Output<'_>,
) -> (Vec<ParsedRule>, Gist) {
    let variables = &out.scopes[scope];
    let parsed = parse_rules(&written.text);
    let of_variables = parsed.rules.iter().flat_map(|rule| check_variables(rule, variables));
    let of_variables: Vec<RuleProblem> = of_variables.collect();
    for problem in parsed.problems.iter().chain(&of_variables) {
        let mut diagnostic = problem.to_diagnostic(&written.text, 0);
        diagnostic.place = policy.place_in(place, &written.in_row(&problem.span));
        out.diagnostics.push(diagnostic);
    }
    let mut rules = parsed.rules;
    for parsed in &mut rules {
        parsed.rule.scope = scope;
    }
    let names: Vec<&Rule> = rules.iter().map(|p| &p.rule).filter(|r| asks_names(r)).collect();
    let late = names.iter().filter(|r| r.action != Action::Alert);
    let late = late.map(|r| (r.action, reach(&r.header, variables))).collect();
    let asks_names = !names.is_empty();
    (rules, Gist::ByHand { asks_names, late })
}

/// Whether a rule asks for what TLS or HTTP says, and so decides later than addresses do.
fn asks_names(rule: &Rule) -> bool {
    let tcp = match rule.header.protocol {
        HeaderProtocol::App(app) => [AppProto::TLS, AppProto::HTTP, AppProto::HTTP1].contains(&app),
        HeaderProtocol::Tcp | HeaderProtocol::Ip => true,
        _ => false,
    };
    let app = matches!(rule.header.protocol, HeaderProtocol::App(_));
    tcp && (app || rule.kind == RuleType::AppTx)
}

/// What its header lets through; a field that cannot be resolved lets everything through.
fn reach(header: &Header, variables: &Variables) -> Reach {
    let address =
        |text: &str| addresses(text, variables).map_or_else(|_| IpSet::any(), |a| a.possible);
    let port = |text: &str| ports(text, variables).unwrap_or_else(|_| PortSet::any());
    match header.direction {
        Direction::ToRight => Reach::new(
            address(&header.source),
            address(&header.destination),
            port(&header.destination_ports),
        ),
        Direction::Both => {
            let both = address(&header.source).union(&address(&header.destination));
            Reach::new(both.clone(), both, PortSet::any())
        }
    }
}
