use std::net::IpAddr;

use super::answer::{Decider, RuleName, deciding_packet, request_packet};
use super::stateless::{because_midstream, because_stateless};
use crate::analysis::target_matches;
use crate::compile::Compiled;
use crate::eval::{Condition, Met, Part, Trace};
use crate::messages::{Text, because as say};
use crate::net::{Request, Scheme};
use crate::policy::{At, InRow, MatchRule, Policy, RuleBody, Target};

/// Why the decider decides this request: what of the request its row, or its rule, asks for.
pub(super) fn because(
    policy: &Policy,
    compiled: &Compiled,
    (request, dst): (&Request, IpAddr),
    decider: &Decider,
    trace: &Trace,
) -> Option<Text> {
    match decider {
        Decider::Rule(rule) => of_rule(policy, request, dst, rule, trace),
        Decider::Default(_) => {
            let blocked = trace.packets.iter().any(|p| p.dropped);
            blocked.then(|| say::nothing_passed(!before_the_name(request, trace)))
        }
        Decider::Stateless(_) | Decider::StatelessDefault(_) => Some(because_stateless(trace)),
        Decider::StreamException(_) => Some(because_midstream(policy, compiled, trace)),
        Decider::Unmatched | Decider::Undetermined(_) => None,
    }
}

fn of_rule(
    policy: &Policy,
    request: &Request,
    dst: IpAddr,
    rule: &RuleName,
    trace: &Trace,
) -> Option<Text> {
    let early = before_the_name(request, trace);
    let why = match &policy.rule(rule.place)?.body {
        RuleBody::Match(row) => of_row(policy, row, request, dst),
        RuleBody::Suricata(_) => of_conditions(rule, trace),
    };
    if early { Some(say::before_the_name(why.as_ref())) } else { why }
}

/// The entry of the row that asks for this request.
fn of_row(policy: &Policy, row: &MatchRule, request: &Request, dst: IpAddr) -> Option<Text> {
    let asks = |to: &&At<Target, InRow>| target_matches(policy, row, &to.value, request, dst);
    let entry = &row.to.iter().find(asks)?.value;
    let host = request.host.as_str();
    Some(match entry {
        Target::Any => {
            let from: Vec<String> = row.from.iter().map(|f| f.value.to_string()).collect();
            let ports = row.ports.as_ref().map(ToString::to_string);
            say::anything(&from.join(", "), ports.as_deref())
        }
        Target::Net(_) => say::address(&entry.to_string(), &dst.to_string()),
        Target::List(list) => {
            let names = &policy.list(list)?.names;
            let name = names.iter().find(|name| name.value.matches(host))?;
            say::name(&name.value.to_string(), Some(list), host)
        }
        Target::Url(_) => say::name(&entry.to_string(), None, &request.to_string()),
        Target::Name(_) | Target::Regex(_) => say::name(&entry.to_string(), None, host),
    })
}

/// What a hand-written rule asks for beyond addresses and ports.
fn of_conditions(rule: &RuleName, trace: &Trace) -> Option<Text> {
    let step = trace.rules.one(rule.sid)?;
    let telling = |c: &&Condition| c.met == Met::Yes && c.part == Part::Buffer;
    let condition = step.conditions.iter().find(telling)?;
    Some(say::condition(&condition.wanted, &condition.got))
}

/// Whether the request has a name, and was decided before the firewall could know it.
fn before_the_name(request: &Request, trace: &Trace) -> bool {
    let named = match request.scheme {
        Scheme::Https | Scheme::Http => request.host.parse::<IpAddr>().is_err(),
        Scheme::Quic | Scheme::Dns | Scheme::Tcp | Scheme::Udp | Scheme::Icmp => false,
    };
    let at = deciding_packet(trace);
    // Of a request in several segments the name is complete with the last.
    named && at.zip(request_packet(trace)).is_some_and(|(at, request)| at < request)
}
