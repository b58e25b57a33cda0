//! Whether two models say the same, wherever their files say it.

use super::variables::same_references;
use super::{
    At, Case, DomainList, HandWritten, MatchRule, Policy, Rule, RuleBody, RuleGroup, Source,
};

/// Whether two lists of values with places say the same.
fn same_values<T: PartialEq>(a: &[At<T>], b: &[At<T>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value == b.value)
}

/// Whether two policies say the same in what no edit sets: all but their fields, sources, lists, rule groups and cases.
pub fn same_rest(a: &Policy, b: &Policy) -> bool {
    let Policy {
        name: _,
        rule_order: _,
        default_actions: _,
        stream_exception_policy: _,
        home_net: _,
        sources: _,
        domain_lists: _,
        variables,
        rule_groups: _,
        stateless,
        cases: _,
    } = a;
    variables.says_the_same(&b.variables) && stateless.says_the_same(&b.stateless)
}

/// Whether two sources say the same.
pub fn same_source(a: &Source, b: &Source) -> bool {
    let Source { name, cidrs, except, of, account, owner, note } = a;
    name.value == b.name.value
        && *cidrs == b.cidrs
        && *except == b.except
        && same_values(of, &b.of)
        && *account == b.account
        && *owner == b.owner
        && *note == b.note
}

/// Whether two domain lists say the same.
pub fn same_list(a: &DomainList, b: &DomainList) -> bool {
    let DomainList { name, names } = a;
    name.value == b.name.value && same_values(names, &b.names)
}

/// Whether two groups say the same but for their rules and for what an edit can set.
pub fn same_group_frame(a: &RuleGroup, b: &RuleGroup) -> bool {
    let RuleGroup {
        name: _,
        priority: _,
        rules: _,
        note: _,
        managed,
        home_net: _,
        external_net: _,
        variables,
        references,
    } = a;
    *managed == b.managed
        && variables.says_the_same(&b.variables)
        && same_references(references, &b.references)
}

/// Whether two rules say the same.
pub fn same_rule(a: &Rule, b: &Rule) -> bool {
    let Rule { name, body, enabled, sid, note, ticket, owner, expires, place: _ } = a;
    name.value == b.name.value
        && same_body(body, &b.body)
        && *enabled == b.enabled
        && *sid == b.sid
        && *note == b.note
        && *ticket == b.ticket
        && *owner == b.owner
        && *expires == b.expires
}

fn same_body(a: &RuleBody, b: &RuleBody) -> bool {
    match (a, b) {
        (RuleBody::Match(a), RuleBody::Match(b)) => {
            let MatchRule { action, from, to, protocols, ports, log } = a;
            *action == b.action
                && same_values(from, &b.from)
                && same_values(to, &b.to)
                && *protocols == b.protocols
                && *ports == b.ports
                && *log == b.log
        }
        (RuleBody::Suricata(a), RuleBody::Suricata(b)) => {
            let HandWritten { text, place: _, lines: _ } = a;
            *text == b.text
        }
        _ => false,
    }
}

/// Whether two cases say the same but for `by`.
pub fn same_case(a: &Case, b: &Case) -> bool {
    let Case { name, from, url, dst, expect, by: _, place: _ } = a;
    name.value == b.name.value
        && *from == b.from
        && *url == b.url
        && *dst == b.dst
        && *expect == b.expect
}
