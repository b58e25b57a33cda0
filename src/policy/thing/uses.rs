//! Who names a thing: what must not be deleted, and what follows a new name.

use super::Thing;
use super::deciders::Deciders;
use super::hand::{header_places, renamed_at, variable_places};
use crate::policy::apply::joined;
use crate::policy::{
    At, Endpoint, NamedSet, Policy, RuleBody, RuleGroup, RulePlace, StatelessPlace, Target,
};

/// Something that names a thing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum User {
    /// A rule.
    Rule(RulePlace),
    /// Something else.
    Thing(Thing),
}

impl User {
    /// What it is called in `policy`; a rule with its group.
    #[must_use]
    pub fn name(&self, policy: &Policy) -> String {
        let of_group = |group: &str, rule: &str| format!("{group}/{rule}");
        match self {
            Self::Rule(at) => policy.rule(*at).map_or_else(String::new, |rule| {
                of_group(&policy.rule_groups[at.group].name.value, &rule.name.value)
            }),
            Self::Thing(Thing::StatelessRow(at)) => {
                policy.stateless_row(*at).map_or_else(String::new, |row| {
                    of_group(&policy.stateless.rule_groups[at.group].name.value, &row.name.value)
                })
            }
            Self::Thing(thing) => thing.name(policy).unwrap_or_default().to_owned(),
        }
    }
}

/// Who names `thing` in `policy`: what would be wrong without it.
#[must_use]
pub fn users(policy: &Policy, thing: &Thing) -> Vec<User> {
    let Some(name) = thing.name(policy) else { return Vec::new() };
    let mut users = Vec::new();
    match thing {
        Thing::Source(_) => {
            let parts = policy.sources.iter().enumerate();
            let parts = parts.filter(|(_, s)| s.of.iter().any(|part| part.value == name));
            users.extend(parts.map(|(at, _)| User::Thing(Thing::Source(at))));
            users.extend(rules(policy, |_, body| match body {
                RuleBody::Match(row) => row.from.iter().any(|end| is_source(end, name)),
                RuleBody::Suricata(_) => false,
            }));
            for (group, of) in policy.stateless.rule_groups.iter().enumerate() {
                let rows = of.rules.iter().enumerate();
                let rows = rows
                    .filter(|(_, row)| row.from.iter().chain(&row.to).any(|e| is_source(e, name)));
                users.extend(rows.map(|(rule, _)| {
                    User::Thing(Thing::StatelessRow(StatelessPlace { group, rule }))
                }));
            }
        }
        Thing::List(_) => users.extend(rules(policy, |_, body| match body {
            RuleBody::Match(row) => row.to.iter().any(|to| is_list(to, name)),
            RuleBody::Suricata(_) => false,
        })),
        Thing::IpSet(..) | Thing::PortSet(..) | Thing::Reference(..) => {
            users.extend(variable_users(policy, thing, name));
        }
        Thing::Group(_) | Thing::StatelessGroup(_) | Thing::StatelessRow(_) => {
            let cases = Deciders::of(policy, thing).map(|deciders| deciders.cases(policy));
            let cases = cases.unwrap_or_default().into_iter();
            users.extend(cases.map(|at| User::Thing(Thing::Case(at))));
        }
        Thing::Policy | Thing::Stateless | Thing::Case(_) => {}
    }
    users
}

fn is_source<P>(end: &At<Endpoint, P>, name: &str) -> bool {
    matches!(&end.value, Endpoint::Source(source) if source == name)
}

fn is_list<P>(to: &At<Target, P>, name: &str) -> bool {
    matches!(&to.value, Target::List(list) if list == name)
}

fn rules(policy: &Policy, names: impl Fn(usize, &RuleBody) -> bool) -> Vec<User> {
    let mut found = Vec::new();
    for (group, of) in policy.rule_groups.iter().enumerate() {
        let rules = of.rules.iter().enumerate().filter(|(_, rule)| names(group, &rule.body));
        found.extend(rules.map(|(rule, _)| User::Rule(RulePlace { group, rule })));
    }
    found
}

/// `$` before the name of a set, `@` before that of a reference.
pub const fn sigil(thing: &Thing) -> char {
    match thing {
        Thing::Reference(..) => '@',
        _ => '$',
    }
}

/// The groups in whose rules the name of a set means this one.
fn reach(policy: &Policy, thing: &Thing, name: &str) -> Vec<usize> {
    let own = |group: &RuleGroup| match thing {
        Thing::IpSet(..) => group.variables.ip_sets.contains_key(name),
        Thing::PortSet(..) => group.variables.port_sets.contains_key(name),
        _ => false,
    };
    match owner(thing) {
        Some(group) => vec![group],
        None => (0..policy.rule_groups.len()).filter(|&g| !own(&policy.rule_groups[g])).collect(),
    }
}

const fn owner(thing: &Thing) -> Option<usize> {
    match thing {
        Thing::IpSet(owner, _) | Thing::PortSet(owner, _) => *owner,
        Thing::Reference(group, _) => Some(*group),
        _ => None,
    }
}

/// The sets whose entries may name `thing`: those beside it, and those of the groups that it reaches.
fn sets_around(policy: &Policy, thing: &Thing, name: &str) -> Vec<Thing> {
    let groups = reach(policy, thing, name);
    let near = |owner: Option<usize>| match owner {
        Some(group) => groups.contains(&group),
        None => self::owner(thing).is_none(),
    };
    let all = Thing::all(policy).into_iter();
    all.filter(|other| match other {
        Thing::IpSet(owner, _) | Thing::PortSet(owner, _) => near(*owner),
        _ => false,
    })
    .collect()
}

fn variable_users(policy: &Policy, thing: &Thing, name: &str) -> Vec<User> {
    let names = |text: &str| !variable_places(text, sigil(thing), name).is_empty();
    let in_header = |text: &str| !header_places(text, sigil(thing), name).is_empty();
    let groups = reach(policy, thing, name);
    let mut users = rules(policy, |group, body| match body {
        RuleBody::Suricata(hand) => groups.contains(&group) && in_header(&hand.text),
        RuleBody::Match(_) => false,
    });
    let sets = sets_around(policy, thing, name).into_iter();
    let entries =
        |set: &Thing| named_set(policy, set).is_some_and(|s| names(&joined(s.value.iter())));
    users.extend(sets.filter(entries).map(User::Thing));
    users
}

fn named_set<'a>(policy: &'a Policy, set: &Thing) -> Option<&'a NamedSet> {
    match set {
        Thing::IpSet(owner, name) => super::text::variables(policy, *owner)?.ip_sets.get(name),
        Thing::PortSet(owner, name) => super::text::variables(policy, *owner)?.port_sets.get(name),
        _ => None,
    }
}

/// Gives `thing` the name `new` in a copy of what a file says, and lets what names it follow.
pub fn rename(policy: &mut Policy, thing: &Thing, new: &str) -> Option<()> {
    let old = thing.name(policy)?.to_owned();
    for user in &users(policy, thing) {
        follow(policy, user, thing, &old, new);
    }
    let deciders = Deciders::of(policy, thing).map(|deciders| deciders.renamed(policy, new));
    for (case, by) in deciders.unwrap_or_default() {
        policy.cases[case].by = Some(by);
    }
    let own = |name: &mut String| new.clone_into(name);
    let sets = |policy: &'_ mut Policy, owner: Option<usize>| match owner {
        Some(group) => std::mem::take(&mut policy.rule_groups[group].variables),
        None => std::mem::take(&mut policy.variables),
    };
    match thing {
        Thing::Policy => own(&mut policy.name),
        Thing::Source(at) => own(&mut policy.sources[*at].name.value),
        Thing::List(at) => own(&mut policy.domain_lists[*at].name.value),
        Thing::IpSet(owner, _) | Thing::PortSet(owner, _) => {
            let mut all = sets(policy, *owner);
            let of = if matches!(thing, Thing::IpSet(..)) {
                &mut all.ip_sets
            } else {
                &mut all.port_sets
            };
            let set = of.remove(&old)?;
            of.insert(new.to_owned(), set);
            match owner {
                Some(group) => policy.rule_groups[*group].variables = all,
                None => policy.variables = all,
            }
        }
        Thing::Reference(group, _) => {
            let references = &mut policy.rule_groups[*group].references;
            let reference = references.remove(&old)?;
            references.insert(new.to_owned(), reference);
        }
        Thing::Group(at) => own(&mut policy.rule_groups[*at].name.value),
        Thing::StatelessGroup(at) => own(&mut policy.stateless.rule_groups[*at].name.value),
        Thing::StatelessRow(at) => {
            own(&mut policy.stateless.rule_groups[at.group].rules[at.rule].name.value);
        }
        Thing::Case(at) => own(&mut policy.cases[*at].name.value),
        Thing::Stateless => {}
    }
    Some(())
}

/// Lets one user of `thing` name it `new`; cases are asked of [`Deciders`].
fn follow(policy: &mut Policy, user: &User, thing: &Thing, old: &str, new: &str) {
    match user {
        User::Rule(at) => {
            match policy.rule_groups[at.group].rules.edit(at.rule).map(|r| &mut r.body) {
                None => {}
                Some(RuleBody::Match(row)) => {
                    rename_ends(&mut row.from, thing, old, new);
                    for to in row
                        .to
                        .iter_mut()
                        .filter(|to| matches!(thing, Thing::List(_)) && is_list(to, old))
                    {
                        to.value = Target::List(new.to_owned());
                    }
                }
                Some(RuleBody::Suricata(hand)) => {
                    let places = header_places(&hand.text, sigil(thing), old);
                    hand.text = renamed_at(&hand.text, &places, new);
                }
            }
        }
        User::Thing(Thing::Source(at)) => {
            for part in policy.sources[*at].of.iter_mut().filter(|part| part.value == old) {
                new.clone_into(&mut part.value);
            }
        }
        User::Thing(Thing::StatelessRow(at)) => {
            let row = &mut policy.stateless.rule_groups[at.group].rules[at.rule];
            rename_ends(&mut row.from, thing, old, new);
            rename_ends(&mut row.to, thing, old, new);
        }
        User::Thing(set @ (Thing::IpSet(..) | Thing::PortSet(..))) => {
            if let Some(entries) = named_set_mut(policy, set) {
                for entry in &mut entries.value {
                    *entry = renamed_at(entry, &variable_places(entry, sigil(thing), old), new);
                }
            }
        }
        User::Thing(_) => {}
    }
}

fn rename_ends<P>(ends: &mut [At<Endpoint, P>], thing: &Thing, old: &str, new: &str) {
    let named =
        |end: &&mut At<Endpoint, P>| matches!(thing, Thing::Source(_)) && is_source(end, old);
    for end in ends.iter_mut().filter(named) {
        end.value = Endpoint::Source(new.to_owned());
    }
}

fn named_set_mut<'a>(policy: &'a mut Policy, set: &Thing) -> Option<&'a mut NamedSet> {
    let of = |policy: &'a mut Policy, owner: &Option<usize>| match owner {
        Some(group) => &mut policy.rule_groups[*group].variables,
        None => &mut policy.variables,
    };
    match set {
        Thing::IpSet(owner, name) => of(policy, owner).ip_sets.get_mut(name),
        Thing::PortSet(owner, name) => of(policy, owner).port_sets.get_mut(name),
        _ => None,
    }
}

/// Takes `thing` out of a copy of what a file says.
pub fn forget(policy: &mut Policy, thing: &Thing) -> Option<()> {
    thing.name(policy)?;
    let at = |at: usize, of: usize| (at < of).then_some(at);
    match thing {
        Thing::Policy | Thing::Stateless => return None,
        Thing::Source(i) => {
            policy.sources.remove(at(*i, policy.sources.len())?);
        }
        Thing::List(i) => {
            policy.domain_lists.remove(at(*i, policy.domain_lists.len())?);
        }
        Thing::IpSet(owner, name) | Thing::PortSet(owner, name) => {
            let of = match owner {
                Some(group) => &mut policy.rule_groups.get_mut(*group)?.variables,
                None => &mut policy.variables,
            };
            let sets =
                if matches!(thing, Thing::IpSet(..)) { &mut of.ip_sets } else { &mut of.port_sets };
            sets.remove(name)?;
        }
        Thing::Reference(group, name) => {
            policy.rule_groups.get_mut(*group)?.references.remove(name)?;
        }
        Thing::Group(i) => {
            policy.rule_groups.remove(at(*i, policy.rule_groups.len())?);
        }
        Thing::StatelessGroup(i) => {
            policy.stateless.rule_groups.remove(at(*i, policy.stateless.rule_groups.len())?);
        }
        Thing::StatelessRow(place) => {
            policy.stateless.rule_groups[place.group].rules.remove(place.rule);
        }
        Thing::Case(i) => {
            policy.cases.remove(at(*i, policy.cases.len())?);
        }
    }
    Some(())
}
