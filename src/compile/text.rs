//! The deployable text: groups and rows under comments, rules under rows.

use std::fmt::Write as _;

use super::questions::groups_in_order;
use super::scopes::{self, Deployed};
use super::{Compiled, Origin};
use crate::messages::printable;
use crate::policy::{Policy, RuleBody, RulePlace, Stateless};
use crate::suricata::Rule;

/// The rules that are deployed, as text.
pub(super) fn text(compiled: &Compiled, policy: &Policy) -> String {
    let mut out = header(compiled, policy);
    let mut rules = Rules { compiled, at: 0 };
    section(&mut out, "bits that rows below ask for", &rules.take(Origin::Preamble));
    for group in groups_in_order(policy) {
        write_group(&mut out, policy, group, &mut rules);
    }
    section(
        &mut out,
        "the default action, said so that it waits for names",
        &rules.take(Origin::Tail),
    );
    out
}

/// The rules in order, taken origin by origin.
struct Rules<'a> {
    compiled: &'a Compiled,
    at: usize,
}

impl<'a> Rules<'a> {
    /// The rules of this origin that come next.
    fn take(&mut self, origin: Origin) -> Vec<&'a Rule> {
        let compiled = self.compiled;
        let left = compiled.ruleset.rules[self.at..].iter().zip(&compiled.origins[self.at..]);
        let found: Vec<&Rule> = left.take_while(|(_, o)| **o == origin).map(|(r, _)| r).collect();
        self.at += found.len();
        found
    }

    /// The named sets that a group's rules are deployed with.
    fn sets(&self, policy: &Policy, group: usize) -> Vec<Deployed> {
        let Compiled { ruleset, origins, .. } = self.compiled;
        let of_group = |origin: &Origin| matches!(origin, Origin::Rule(at) if at.group == group);
        let rules = ruleset.rules.iter().zip(origins).filter(|(_, origin)| of_group(origin));
        let scope = &ruleset.scopes[scopes::scope(policy, group)];
        scopes::deployed(rules.map(|(rule, _)| rule), &policy.rule_groups[group], scope)
    }
}

fn header(compiled: &Compiled, policy: &Policy) -> String {
    let defaults: Vec<String> =
        policy.default_actions.iter().map(|d| format!("aws:{}", d.word())).collect();
    let defaults = if defaults.is_empty() { "none".to_owned() } else { defaults.join(", ") };
    let mut out = String::new();
    _ = writeln!(out, "# {}", printable(&policy.name));
    _ = writeln!(out, "# {} order; default actions: {defaults}", policy.rule_order.word());
    let capacity: usize = compiled.capacity.iter().sum();
    _ = writeln!(
        out,
        "# {} in {}",
        count(capacity, "rule"),
        count(policy.rule_groups.len(), "group")
    );
    if policy.stateless != Stateless::default() {
        let groups = count(policy.stateless.rule_groups.len(), "group");
        let rules = count(compiled.stateless.rules.rules.len(), "stateless rule");
        let default = policy.stateless.default_action.word();
        _ = writeln!(
            out,
            "# Before them: {rules} in {groups}, default {default}; they are no Suricata text and not written here."
        );
    }
    _ = writeln!(out, "# Made by sekisho from a policy file: edit that, not this.");
    out
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn section(out: &mut String, title: &str, rules: &[&Rule]) {
    if rules.is_empty() {
        return;
    }
    _ = writeln!(out, "\n# ---- {title}");
    for rule in rules {
        _ = writeln!(out, "{}", rule.text);
    }
}

fn write_group(out: &mut String, policy: &Policy, index: usize, rules: &mut Rules<'_>) {
    let group = &policy.rule_groups[index];
    let name = printable(&group.name.value);
    let capacity = rules.compiled.capacity[index];
    _ = writeln!(out, "\n# ---- {name}: priority {}, capacity {capacity}", group.priority.value);
    if let Some(arn) = &group.managed {
        _ = writeln!(out, "# kept by others: {}", printable(arn));
        rules.take(Origin::Managed(index));
    }
    for (name, reference) in &group.references {
        _ = writeln!(out, "# IP set reference @{name} = {}", printable(&reference.arn));
    }
    for Deployed { name, of_ports, value } in rules.sets(policy, index) {
        let kind = if of_ports { "port set" } else { "IP set" };
        _ = writeln!(out, "# {kind} ${name} = {}", printable(&value));
    }
    for (at, rule) in group.rules.iter().enumerate() {
        let place = RulePlace { group: index, rule: at };
        let disabled = if rule.enabled { "" } else { " (disabled)" };
        _ = writeln!(out, "# {name} / {}{disabled}", printable(&rule.name.value));
        let own = rules.take(Origin::Rule(place));
        match &rule.body {
            RuleBody::Suricata(written) if rule.enabled => {
                _ = writeln!(out, "{}", written.text.trim_end());
            }
            RuleBody::Suricata(_) | RuleBody::Match(_) => {
                for rule in own {
                    _ = writeln!(out, "{}", rule.text);
                }
            }
        }
    }
}
