//! What `$NAME` means in a rule group: its own sets first, then the policy's.
//!
//! Source: AWS Network Firewall API reference, `RuleVariables` and `PolicyVariables`: variables belong to a rule group, but for
//! HOME_NET. A group with its own HOME_NET keeps the EXTERNAL_NET of the policy unless it sets that too (developer guide).

use ipnet::IpNet;

use super::Origin;
use super::output::Output;
use super::questions::addresses;
use crate::diagnostic::Diagnostic;
use crate::messages::compile as say;
use crate::policy::{Policy, RuleGroup};
use crate::suricata::{Variables, variable_names};

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
    group.home_net.is_some() || group.external_net.is_some()
}

fn of_policy(policy: &Policy) -> Variables {
    let mut variables =
        Variables { addresses: policy.variables.clone(), ports: policy.variables.clone() };
    variables.addresses.insert("HOME_NET".to_owned(), list(&policy.home_net));
    variables.addresses.insert("EXTERNAL_NET".to_owned(), "!$HOME_NET".to_owned());
    variables
}

fn of_group(policy: &Policy, group: &RuleGroup) -> Variables {
    if !has_own(group) {
        return Variables::default();
    }
    let mut variables = of_policy(policy);
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

fn list(nets: &[IpNet]) -> String {
    addresses(&nets.iter().copied().collect())
}

/// Says where a group's `$EXTERNAL_NET` is not what its `home_net` lets one think.
pub(super) fn check(policy: &Policy, out: &mut Output) {
    for (index, group) in policy.rule_groups.iter().enumerate() {
        let (Some(home), None) = (&group.home_net, &group.external_net) else { continue };
        if !uses(out, index, "EXTERNAL_NET") {
            continue;
        }
        let (inside, own) = (list(&policy.home_net), list(&home.value));
        let message = say::external_net_of_policy(&group.name.value, &inside, &own);
        let warning = Diagnostic::warning("external-net-of-policy", home.place.clone(), message);
        out.diagnostics.push(warning.help(say::EXTERNAL_NET_OF_POLICY_HELP));
    }
}

/// Whether a rule of the group names this variable where addresses stand.
fn uses(out: &Output, group: usize, name: &str) -> bool {
    let of_group = |origin: &Origin| matches!(origin, Origin::Rule(place) if place.group == group);
    out.rules.iter().zip(&out.origins).filter(|(_, origin)| of_group(origin)).any(|(rule, _)| {
        let ends = [&rule.header.source, &rule.header.destination];
        ends.into_iter().flat_map(|end| variable_names(end)).any(|found| found == name)
    })
}
