//! What `$NAME` means in a rule group: its own sets first, then the policy's.
//!
//! Source: AWS Network Firewall API reference, `RuleVariables` and `PolicyVariables`: variables belong to a rule group, but for
//! HOME_NET. A group with its own HOME_NET keeps the EXTERNAL_NET of the policy unless it sets that too (developer guide).

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::Origin;
use super::output::Done;
use super::questions;
use crate::diagnostic::Diagnostic;
use crate::messages::Words;
use crate::messages::compile as say;
use crate::policy::{NamedSet, Policy, RuleGroup, Variables as NamedSets};
use crate::suricata::{FieldError, Rule, Variables, addresses, ports, variable_names};

/// IP set references of a rule group, at most.
///
/// Source: AWS Network Firewall quotas.
const REFERENCES: usize = 5;

/// The scopes of a policy's ruleset: the policy's own, then one for each group.
pub(super) fn scopes(policy: &Policy) -> Vec<Variables> {
    let mut all = vec![of_policy(policy)];
    all.extend(policy.rule_groups.iter().map(|group| of_group(policy, group)));
    all
}

/// The scope of a group's rules: the policy's where the group has nothing of its own.
pub(super) fn scope(policy: &Policy, group: usize) -> usize {
    if has_own(&policy.rule_groups[group]) { group + 1 } else { 0 }
}

/// Whether a group has sets of its own.
fn has_own(group: &RuleGroup) -> bool {
    group.home_net.is_some()
        || group.external_net.is_some()
        || !group.variables.is_empty()
        || !group.references.is_empty()
}

fn of_policy(policy: &Policy) -> Variables {
    let mut variables = Variables::default();
    add(&policy.variables, &mut variables);
    variables.addresses.insert("HOME_NET".to_owned(), list(&policy.home_net));
    variables.addresses.insert("EXTERNAL_NET".to_owned(), "!$HOME_NET".to_owned());
    variables
}

fn of_group(policy: &Policy, group: &RuleGroup) -> Variables {
    if !has_own(group) {
        return Variables::default();
    }
    let mut variables = of_policy(policy);
    add(&group.variables, &mut variables);
    for (name, reference) in &group.references {
        let contents = reference.modelled_as.as_deref().map(list);
        variables.references.insert(name.clone(), contents);
    }
    let addresses = &mut variables.addresses;
    if let Some(home) = &group.home_net {
        addresses.insert("HOME_NET".to_owned(), list(&home.value));
        addresses.insert("EXTERNAL_NET".to_owned(), format!("!{}", list(&policy.home_net)));
    }
    if let Some(external) = &group.external_net {
        addresses.insert("EXTERNAL_NET".to_owned(), list(&external.value));
    }
    variables
}

/// Adds named sets; what was called the same before is no longer seen.
fn add(named: &NamedSets, to: &mut Variables) {
    let text = |(name, set): (&String, &NamedSet)| (name.clone(), text(&set.value));
    to.addresses.extend(named.ip_sets.iter().map(text));
    to.ports.extend(named.port_sets.iter().map(text));
}

/// A set as rules write it.
fn text(entries: &[String]) -> String {
    match entries {
        [one] => one.clone(),
        _ => format!("[{}]", entries.join(",")),
    }
}

fn list(nets: &[IpNet]) -> String {
    questions::addresses(&nets.iter().copied().collect())
}

/// Says which named sets cannot be read, and where a group's `$EXTERNAL_NET` is not what its `home_net` lets one think.
pub(super) fn check(policy: &Policy, scopes: &[Variables], out: &mut Done) {
    unreadable(&policy.variables, &scopes[0], out);
    for (index, group) in policy.rule_groups.iter().enumerate() {
        unreadable(&group.variables, &scopes[index + 1], out);
        if group.references.len() > REFERENCES {
            let message = say::too_many_references(&group.name.value, group.references.len());
            let place = group.name.place.clone();
            out.diagnostics.push(Diagnostic::error("too-many-references", place, message));
        }
        external_net(policy, index, group, out);
    }
}

/// Sets that hold nothing a rule can be asked with.
fn unreadable(named: &NamedSets, scope: &Variables, out: &mut Done) {
    let mut refuse = |name: &str, set: &NamedSet, reason: FieldError, help: Option<Words>| {
        let message = say::bad_set(name, &reason.words());
        let error = Diagnostic::error("bad-variable", set.place.clone(), message);
        out.diagnostics.push(match help {
            Some(help) => error.help(help),
            None => error,
        });
    };
    for (name, set) in &named.ip_sets {
        let text = text(&set.value);
        if let Err(reason) = addresses(&text, scope) {
            let of_ports = ports(&text, scope).is_ok().then_some(say::PORTS_AMONG_ADDRESSES);
            refuse(name, set, reason, of_ports);
        }
    }
    for (name, set) in &named.port_sets {
        let text = text(&set.value);
        if let Err(reason) = ports(&text, scope) {
            let of_addresses = addresses(&text, scope).is_ok();
            refuse(name, set, reason, of_addresses.then_some(say::ADDRESSES_AMONG_PORTS));
        }
    }
}

fn external_net(policy: &Policy, index: usize, group: &RuleGroup, out: &mut Done) {
    let (Some(home), None) = (&group.home_net, &group.external_net) else { return };
    if !uses(out, index, "EXTERNAL_NET") {
        return;
    }
    let (inside, own) = (list(&policy.home_net), list(&home.value));
    let message = say::external_net_of_policy(&group.name.value, &inside, &own);
    let warning = Diagnostic::warning("external-net-of-policy", home.place.clone(), message);
    out.diagnostics.push(warning.help(say::EXTERNAL_NET_OF_POLICY_HELP));
}

/// Whether a rule of the group names this variable where addresses stand.
fn uses(out: &Done, group: usize, name: &str) -> bool {
    let of_group = |origin: &Origin| matches!(origin, Origin::Rule(place) if place.group == group);
    out.rules.iter().zip(&out.origins).filter(|(_, origin)| of_group(origin)).any(|(rule, _)| {
        let ends = [&rule.header.source, &rule.header.destination];
        ends.into_iter().flat_map(|end| variable_names(end)).any(|found| found == name)
    })
}

/// A set that is deployed with a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployedSet {
    /// Its name without `$`.
    pub name: String,
    /// Whether it is one of ports.
    pub of_ports: bool,
    /// What it stands for.
    pub value: String,
}

/// The sets that must be deployed with a group: what its hand-written rules name, but for the policy's own `$HOME_NET` and
/// what follows from it.
pub(super) fn deployed<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    group: &RuleGroup,
    scope: &Variables,
) -> Vec<DeployedSet> {
    let mut found = BTreeMap::new();
    let mut names: Vec<(String, bool)> = rules.flat_map(names_of).collect();
    while let Some((name, of_ports)) = names.pop() {
        let of_policy = match name.as_str() {
            "HOME_NET" => group.home_net.is_none(),
            "EXTERNAL_NET" => group.external_net.is_none(),
            _ => false,
        };
        let sets = if of_ports { &scope.ports } else { &scope.addresses };
        let Some(value) = sets.get(&name).filter(|_| !of_policy) else { continue };
        if found.insert((name, of_ports), value.clone()).is_none() {
            names.extend(variable_names(value).map(|name| (name.to_owned(), of_ports)));
        }
    }
    let all = found.into_iter();
    all.map(|((name, of_ports), value)| DeployedSet { name, of_ports, value }).collect()
}

/// The variables that a rule names, and whether each stands where ports do.
fn names_of(rule: &Rule) -> Vec<(String, bool)> {
    let header = &rule.header;
    let addresses = [&header.source, &header.destination].map(|end| (end, false));
    let ports = [&header.source_ports, &header.destination_ports].map(|end| (end, true));
    let ends = addresses.into_iter().chain(ports);
    ends.flat_map(|(end, port)| variable_names(end).map(move |n| (n.to_owned(), port))).collect()
}
