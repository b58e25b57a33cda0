//! What the fields of a thing say, as a form holds them and as they are compared.

use ipnet::IpNet;

use super::{Field, Thing};
use crate::net::{FlagTest, flag_names, protocol_word};
use crate::policy::apply::joined;
use crate::policy::variables::{NamedSet, Reference, Variables};
use crate::policy::{
    At, Case, DomainList, Endpoint, Policy, RuleGroup, Source, Stateless, StatelessGroup,
    StatelessRow,
};

/// What each field of `thing` says, in the order of [`Thing::fields`]; nothing where the file says nothing and nothing is
/// meant by that. `None` where there is no such thing.
#[must_use]
pub fn thing_texts(policy: &Policy, thing: &Thing) -> Option<Vec<String>> {
    let group = |at: &usize| policy.rule_groups.get(*at);
    Some(match thing {
        Thing::Policy => settings(policy).to_vec(),
        Thing::Source(at) => source(policy.sources.get(*at)?).to_vec(),
        Thing::List(at) => {
            let list = policy.domain_lists.get(*at)?;
            vec![list.name.value.clone(), list_text(list)]
        }
        Thing::IpSet(owner, name) => set(name, variables(policy, *owner)?.ip_sets.get(name)?),
        Thing::PortSet(owner, name) => set(name, variables(policy, *owner)?.port_sets.get(name)?),
        Thing::Reference(of, name) => reference(name, group(of)?.references.get(name)?).to_vec(),
        Thing::Group(at) => rule_group(group(at)?).to_vec(),
        Thing::Stateless => {
            let Stateless { default_action, fragment_default_action, rule_groups: _ } =
                &policy.stateless;
            vec![default_action.word().to_owned(), fragment_default_action.word().to_owned()]
        }
        Thing::StatelessGroup(at) => {
            let StatelessGroup { name, priority, rules: _, note } =
                policy.stateless.rule_groups.get(*at)?;
            let note = note.clone().unwrap_or_default();
            vec![name.value.clone(), priority.value.to_string(), note]
        }
        Thing::StatelessRow(at) => row(policy.stateless_row(*at)?).to_vec(),
        Thing::Case(at) => case(policy.cases.get(*at)?).to_vec(),
    })
}

/// The named sets of a group, or of the policy.
pub fn variables(policy: &Policy, owner: Option<usize>) -> Option<&Variables> {
    match owner {
        Some(group) => policy.rule_groups.get(group).map(|group| &group.variables),
        None => Some(&policy.variables),
    }
}

fn settings(policy: &Policy) -> [String; 7] {
    // Whatever a policy has further is a thing of its own.
    let Policy {
        name,
        rule_order,
        default_actions,
        stream_exception_policy,
        home_net,
        sources: _,
        domain_lists: _,
        variables: _,
        rule_groups: _,
        stateless: _,
        cases: _,
        accept,
        note,
    } = policy;
    let actions: Vec<&str> = default_actions.iter().map(|action| action.word()).collect();
    [
        name.clone(),
        rule_order.word().to_owned(),
        joined(actions.iter()),
        stream_exception_policy.word().to_owned(),
        nets(home_net),
        joined(accept.iter().map(|at| &at.value)),
        note.clone().unwrap_or_default(),
    ]
}

fn source(source: &Source) -> [String; 7] {
    let Source { name, cidrs, except, of, account, owner, note } = source;
    [
        name.value.clone(),
        nets(cidrs),
        nets(except),
        joined(of.iter().map(|part| &part.value)),
        account.clone().unwrap_or_default(),
        owner.clone().unwrap_or_default(),
        note.clone().unwrap_or_default(),
    ]
}

/// What a field of `of` says, as a form holds it; nothing where the file says nothing.
#[must_use]
pub fn source_text(of: &Source, field: Field) -> Option<String> {
    let at = Thing::Source(0).fields().iter().position(|(f, _)| *f == field)?;
    source(of).get(at).filter(|text| !text.is_empty()).cloned()
}

/// The names of `list`, as a form holds them.
#[must_use]
pub fn list_text(list: &DomainList) -> String {
    joined(list.names.iter().map(|name| &name.value))
}

fn set(name: &str, set: &NamedSet) -> Vec<String> {
    vec![name.to_owned(), joined(set.value.iter())]
}

fn reference(name: &str, reference: &Reference) -> [String; 3] {
    let Reference { arn, modelled_as, place: _ } = reference;
    [name.to_owned(), arn.clone(), modelled_as.as_deref().map(nets).unwrap_or_default()]
}

fn rule_group(group: &RuleGroup) -> [String; 7] {
    let RuleGroup {
        name,
        priority,
        rules: _,
        managed,
        home_net,
        external_net,
        variables: _,
        references: _,
        accept,
        note,
    } = group;
    let own = |own: &Option<At<Vec<IpNet>>>| own.as_ref().map(|own| nets(&own.value));
    [
        name.value.clone(),
        priority.value.to_string(),
        note.clone().unwrap_or_default(),
        managed.clone().unwrap_or_default(),
        own(home_net).unwrap_or_default(),
        own(external_net).unwrap_or_default(),
        joined(accept.iter().map(|at| &at.value)),
    ]
}

fn row(row: &StatelessRow) -> [String; 13] {
    let StatelessRow {
        name,
        priority,
        enabled,
        action,
        from,
        to,
        protocols,
        source_ports,
        ports,
        tcp_flags,
        note,
        ticket,
        owner,
        place: _,
    } = row;
    let protocols: Vec<String> = protocols.iter().map(|p| protocol_word(*p)).collect();
    let flags: Vec<String> = tcp_flags.iter().map(|test| flag_text(*test)).collect();
    [
        name.value.clone(),
        priority.as_ref().map(|at| at.value.to_string()).unwrap_or_default(),
        action.word().to_owned(),
        ends(from),
        ends(to),
        joined(protocols.iter()),
        ranges(source_ports),
        ranges(ports),
        joined(flags.iter()),
        if *enabled { String::new() } else { "false".to_owned() },
        owner.clone().unwrap_or_default(),
        ticket.clone().unwrap_or_default(),
        note.clone().unwrap_or_default(),
    ]
}

fn case(case: &Case) -> [String; 6] {
    let Case { name, from, url, dst, expect, by, place: _ } = case;
    [
        name.value.clone(),
        from.clone(),
        url.clone(),
        dst.clone().unwrap_or_default(),
        expect.word().to_owned(),
        by.clone().unwrap_or_default(),
    ]
}

fn ends(ends: &[At<Endpoint>]) -> String {
    if ends.is_empty() {
        return Endpoint::Any.to_string();
    }
    joined(ends.iter().map(|end| &end.value))
}

/// Networks with commas, single addresses without their prefix.
pub fn nets(nets: &[IpNet]) -> String {
    let nets: Vec<Endpoint> = nets.iter().map(|net| Endpoint::Net(*net)).collect();
    joined(nets.iter())
}

/// Ranges with commas; a single port is no range.
pub fn ranges(ranges: &[(u16, u16)]) -> String {
    let range = |(low, high): &(u16, u16)| match low == high {
        true => low.to_string(),
        false => format!("{low}-{high}"),
    };
    let ranges: Vec<String> = ranges.iter().map(range).collect();
    joined(ranges.iter())
}

/// A test of TCP flags as a form holds it: the flags, and behind a stroke those that are looked at where it is not all.
pub fn flag_text(test: FlagTest) -> String {
    let names = |bits: u8| match bits {
        0 => "none".to_owned(),
        bits => flag_names(bits).replace(", ", "+"),
    };
    match test.masks {
        u8::MAX => names(test.flags),
        masks => format!("{}/{}", names(test.flags), names(masks)),
    }
}
