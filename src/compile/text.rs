//! The deployable text: groups and rows under comments, rules under rows; the same group by group, as AWS takes it.

use std::fmt::Write as _;
use std::iter::{Peekable, Zip};
use std::slice::Iter;

use super::questions::groups_in_order;
use super::scopes::{self, DeployedSet};
use super::{Compiled, Origin};
use crate::messages::printable;
use crate::policy::{Policy, RuleBody, RulePlace, Stateless};
use crate::suricata::{Rule, RuleIter};

/// A rule group as AWS takes it.
#[derive(Debug, Clone)]
pub struct DeployedGroup {
    /// Its index in `Policy::rule_groups`.
    pub group: usize,
    /// Its rules in order, one rule a line, under comments that name their rows.
    pub lines: Vec<String>,
    /// The named sets its rules need, but for the policy's own HOME_NET and what follows from it.
    pub sets: Vec<DeployedSet>,
}

/// The groups that are deployed, in the order in which they are asked; those kept by others are not among them.
///
/// AWS takes one rule a line: a rule that goes on behind a `\` is written in one.
///
/// Source: AWS Network Firewall API: `Illegal option syntax: \`.
pub(super) fn groups(compiled: &Compiled, policy: &Policy) -> Vec<DeployedGroup> {
    let mut rules = Rules::of(compiled);
    let mut before = lines_of(&rules.take(Origin::Preamble));
    let (mut groups, mut tail): (Vec<DeployedGroup>, Vec<&Rule>) = (Vec::new(), Vec::new());
    for group in groups_in_order(policy) {
        if policy.rule_groups[group].managed.is_some() {
            tail.extend(rules.take(Origin::Tail));
            rules.take(Origin::Managed(group));
            continue;
        }
        let sets = rules.sets(policy, group);
        let mut lines = std::mem::take(&mut before);
        lines
            .extend(rows(policy, group, &mut rules).into_iter().flat_map(|text| one_a_line(&text)));
        groups.push(DeployedGroup { group, lines, sets });
    }
    tail.extend(rules.take(Origin::Tail));
    if let Some(last) = groups.last_mut() {
        last.lines.extend(lines_of(&tail));
    }
    groups
}

fn lines_of(rules: &[&Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.text.clone()).collect()
}

/// The lines of a text that say something, each rule on one.
fn one_a_line(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let is_comment = open.is_empty() && line.trim_start().starts_with('#');
        match line.strip_suffix('\\').filter(|_| !is_comment) {
            Some(begun) => open.push_str(begun),
            None => lines.push(std::mem::take(&mut open) + line),
        }
    }
    lines.push(open);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The rules that are deployed, as text.
pub(super) fn text(compiled: &Compiled, policy: &Policy) -> String {
    let mut out = header(compiled, policy);
    let mut rules = Rules::of(compiled);
    section(&mut out, "bits that rows below ask for", &rules.take(Origin::Preamble));
    const TAIL: &str = "the default action, said so that it waits for names";
    for group in groups_in_order(policy) {
        if policy.rule_groups[group].managed.is_some() {
            section(&mut out, TAIL, &rules.take(Origin::Tail));
        }
        write_group(&mut out, policy, group, &mut rules);
    }
    section(&mut out, TAIL, &rules.take(Origin::Tail));
    out
}

/// The rules in order, taken origin by origin.
struct Rules<'a> {
    compiled: &'a Compiled,
    left: Peekable<Zip<RuleIter<'a>, Iter<'a, Origin>>>,
}

impl<'a> Rules<'a> {
    fn of(compiled: &'a Compiled) -> Self {
        Self { compiled, left: compiled.ruleset.rules.iter().zip(&compiled.origins).peekable() }
    }

    /// The rules of this origin that come next.
    fn take(&mut self, origin: Origin) -> Vec<&'a Rule> {
        let next = || self.left.next_if(|(_, of)| **of == origin);
        std::iter::from_fn(next).map(|(rule, _)| rule.as_ref()).collect()
    }

    /// The named sets that a group's rules are deployed with.
    fn sets(&self, policy: &Policy, group: usize) -> Vec<DeployedSet> {
        let Compiled { ruleset, origins, .. } = self.compiled;
        let of_group = |origin: &Origin| matches!(origin, Origin::Rule(at) if at.group == group);
        let rules = ruleset.rules.iter().zip(origins).filter(|(_, origin)| of_group(origin));
        let scope = &ruleset.scopes[scopes::scope(policy, group)];
        scopes::deployed(rules.map(|(rule, _)| rule.as_ref()), &policy.rule_groups[group], scope)
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
    for DeployedSet { name, of_ports, value } in rules.sets(policy, index) {
        let kind = if of_ports { "port set" } else { "IP set" };
        _ = writeln!(out, "# {kind} ${name} = {}", printable(&value));
    }
    for text in rows(policy, index, rules) {
        _ = writeln!(out, "{text}");
    }
}

/// What a group's rows become: a comment that names the row, then its rules.
fn rows(policy: &Policy, index: usize, rules: &mut Rules<'_>) -> Vec<String> {
    let group = &policy.rule_groups[index];
    let name = printable(&group.name.value);
    let mut texts = Vec::new();
    for (at, rule) in group.rules.iter().enumerate() {
        let disabled = if rule.enabled { "" } else { " (disabled)" };
        texts.push(format!("# {name} / {}{disabled}", printable(&rule.name.value)));
        let own = rules.take(Origin::Rule(RulePlace { group: index, rule: at }));
        match &rule.body {
            RuleBody::Suricata(written) if rule.enabled => {
                texts.push(written.text.trim_end().to_owned());
            }
            RuleBody::Suricata(_) | RuleBody::Match(_) => texts.extend(lines_of(&own)),
        }
    }
    texts
}
