use std::collections::{HashMap, HashSet};

use super::case::ReadCase;
use super::fields::{Fields, Reader};
use super::rule::RESERVED;
use crate::diagnostic::Place;
use crate::messages::policy as say;
use crate::policy::fault::fault;
use crate::policy::value::closest;
use crate::policy::{At, Endpoint, Policy, RuleBody, Target};

/// Checks what only the whole policy shows: names that do not exist, names that exist twice, circles.
pub fn check(reader: &mut Reader<'_>, of: Fields<'_>, policy: &Policy, cases: &[ReadCase]) {
    let stateless = &policy.stateless.rule_groups;
    let groups = policy.rule_groups.iter().map(|g| &g.name);
    unique(reader, "rule group", groups.chain(stateless.iter().map(|g| &g.name)).map(named));
    unique(reader, "case", cases.iter().map(|c| named(&c.case.name)));
    for group in &policy.rule_groups {
        let rules = group.rules.iter().zip(group.rules.starts());
        let names = rules.map(|(r, start)| (r.name.value.as_str(), r.name.place.in_text(start)));
        unique(reader, "rule", names);
    }
    for group in stateless {
        unique(reader, "rule", group.rules.iter().map(|r| named(&r.name)));
    }
    priorities(reader, policy.rule_groups.iter().map(|g| (&g.name, &g.priority)));
    priorities(reader, stateless.iter().map(|g| (&g.name, &g.priority)));
    sources(reader, policy);
    references(reader, policy);
    stateless_references(reader, policy);
    // A rule that could not be read is still there: its name is known.
    let stateless = of.get("stateless").and_then(|n| n.field(reader.text, "rule_groups"));
    let rules: Vec<(&str, &str)> = [of.get("rule_groups"), stateless]
        .into_iter()
        .flatten()
        .flat_map(|groups| groups.items())
        .flat_map(|group| {
            let text = reader.text;
            let name = group.field(text, "name").and_then(|n| n.text(text)).unwrap_or_default();
            let rules = group.field(text, "rules").map_or(&[][..], |r| r.items());
            rules.iter().filter_map(move |r| Some((name, r.field(text, "name")?.text(text)?)))
        })
        .collect();
    deciders(reader, &rules, cases);
}

fn named(name: &At<String>) -> (&str, Place) {
    (&name.value, name.place.clone())
}

fn unique<'a>(reader: &mut Reader<'_>, what: &str, names: impl Iterator<Item = (&'a str, Place)>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (name, place) in names {
        if let Some(line) = seen.get(name) {
            reader
                .faults
                .add(fault("duplicate-name", say::duplicate_name(what, name, *line)), place);
        } else {
            seen.insert(name, place.line);
        }
    }
}

/// Every group has a priority of its own.
fn priorities<'a>(
    reader: &mut Reader<'_>,
    groups: impl Iterator<Item = (&'a At<String>, &'a At<u32>)> + Clone,
) {
    let taken: HashSet<u32> = groups.clone().map(|(_, priority)| priority.value).collect();
    let mut seen: HashMap<u32, &str> = HashMap::new();
    for (name, at) in groups {
        let priority = at.value;
        if let Some(other) = seen.get(&priority) {
            let free = (priority..=65_535).find(|p| !taken.contains(p));
            let said = say::duplicate_priority(priority, other, &name.value, free);
            reader.faults.add(fault("duplicate-priority", said), at.place.clone());
        } else {
            seen.insert(priority, &name.value);
        }
    }
}

/// Every part of a source exists, and none is a part of itself.
fn sources(reader: &mut Reader<'_>, policy: &Policy) {
    let index: HashMap<&str, usize> =
        policy.sources.iter().enumerate().map(|(i, s)| (s.name.value.as_str(), i)).collect();
    for source in &policy.sources {
        for part in source.of.iter().filter(|p| !index.contains_key(p.value.as_str())) {
            unknown_source(reader, policy, part);
        }
    }
    // 0: not seen, 1: on the way down, 2: done.
    let mut state = vec![0_u8; policy.sources.len()];
    for start in 0..policy.sources.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            if next == 0 && state[at] == 2 {
                continue;
            }
            state[at] = 1;
            let Some(part) = policy.sources[at].of.get(next) else {
                state[at] = 2;
                continue;
            };
            path.push((at, next + 1));
            match index.get(part.value.as_str()) {
                Some(&to) if state[to] == 1 => {
                    let from = path.iter().position(|(p, _)| *p == to).unwrap_or(0);
                    let names: Vec<&str> = path[from..]
                        .iter()
                        .map(|(p, _)| policy.sources[*p].name.value.as_str())
                        .collect();
                    let said = say::circular_source(&names);
                    reader.faults.add(fault("circular-source", said), part.place.clone());
                }
                Some(&to) if state[to] == 0 => path.push((to, 0)),
                _ => {}
            }
        }
    }
}

fn unknown_source(reader: &mut Reader<'_>, policy: &Policy, name: &At<String>) {
    if reader.faults.is_full() {
        return;
    }
    let names = || policy.sources.iter().map(|s| s.name.value.as_str());
    let meant = closest(&name.value, names());
    let said = say::unknown_source(&name.value, meant, names().next().is_some());
    reader.faults.add(fault("unknown-source", said), name.place.clone());
}

/// What rules refer to exists.
fn references(reader: &mut Reader<'_>, policy: &Policy) {
    let sources: HashSet<&str> = policy.sources.iter().map(|s| s.name.value.as_str()).collect();
    let lists: HashSet<&str> = policy.domain_lists.iter().map(|l| l.name.value.as_str()).collect();
    let rules = policy.rule_groups.iter().flat_map(|g| g.rules.iter().zip(g.rules.starts()));
    for (rule, start) in rules {
        let RuleBody::Match(body) = &rule.body else { continue };
        for from in &body.from {
            if let Endpoint::Source(name) = &from.value
                && !sources.contains(name.as_str())
            {
                let name = At { value: name.clone(), place: from.place.in_text(start) };
                unknown_source(reader, policy, &name);
            }
        }
        for to in &body.to {
            if let Target::List(name) = &to.value
                && !lists.contains(name.as_str())
                && !reader.faults.is_full()
            {
                let meant = closest(name, lists.iter().copied());
                let said = say::unknown_list(name, meant);
                reader.faults.add(fault("unknown-list", said), to.place.in_text(start));
            }
        }
    }
}

/// What stateless rules refer to exists.
fn stateless_references(reader: &mut Reader<'_>, policy: &Policy) {
    for row in policy.stateless.rule_groups.iter().flat_map(|g| &g.rules) {
        for end in row.from.iter().chain(&row.to) {
            let Endpoint::Source(name) = &end.value else { continue };
            if policy.source(name).is_some() || reader.faults.is_full() {
                continue;
            }
            let names = policy.sources.iter().map(|s| s.name.value.as_str());
            if name.contains('.') && closest(name, names).is_none() {
                let said = say::no_such_source(name);
                reader.faults.add(fault("names-not-seen", said), end.place.clone());
            } else {
                let name = At { value: name.clone(), place: end.place.clone() };
                unknown_source(reader, policy, &name);
            }
        }
    }
}

/// The rule that a case names exists, and is one rule only.
fn deciders(reader: &mut Reader<'_>, rules: &[(&str, &str)], cases: &[ReadCase]) {
    let mut groups: HashMap<&str, Vec<&str>> = HashMap::new();
    for (group, rule) in rules {
        groups.entry(rule).or_default().push(group);
    }
    let full: HashSet<String> = rules.iter().map(|(g, r)| format!("{g}/{r}")).collect();
    for case in cases {
        let (Some(by), Some(place)) = (&case.case.by, &case.by) else { continue };
        match groups.get(by.as_str()) {
            _ if RESERVED.contains(&by.as_str()) || full.contains(by) => {}
            Some(found) if found.len() == 1 => {}
            Some(found) => {
                let said = say::ambiguous_decider(by, found);
                reader.faults.add(fault("ambiguous-rule", said), place.clone());
            }
            None if reader.faults.is_full() => {}
            None => {
                let words = groups.keys().copied().chain(RESERVED);
                let meant = closest(by, words.chain(full.iter().map(String::as_str)));
                reader
                    .faults
                    .add(fault("unknown-rule", say::unknown_decider(by, meant)), place.clone());
            }
        }
    }
}
