//! What cases say of the rules of a group: that one of them decides, with the group's name or without it.

use std::collections::HashSet;

use super::Thing;
use crate::policy::Policy;

/// The rules that a group or a stateless row is named by in cases.
#[derive(Debug)]
pub struct Deciders<'a> {
    group: &'a str,
    rules: HashSet<&'a str>,
    /// Whether a new name is that of the one rule, not that of the group.
    is_row: bool,
}

impl<'a> Deciders<'a> {
    /// The rules of `thing`; nothing where cases do not name such things.
    #[must_use]
    pub fn of(policy: &'a Policy, thing: &Thing) -> Option<Self> {
        let (group, rules, is_row): (_, Vec<&String>, _) = match thing {
            Thing::Group(at) => {
                let group = policy.rule_groups.get(*at)?;
                (&group.name, group.rules.iter().map(|rule| &rule.name.value).collect(), false)
            }
            Thing::StatelessGroup(at) => {
                let group = policy.stateless.rule_groups.get(*at)?;
                (&group.name, group.rules.iter().map(|row| &row.name.value).collect(), false)
            }
            Thing::StatelessRow(at) => {
                let group = policy.stateless.rule_groups.get(at.group)?;
                (&group.name, vec![&group.rules.get(at.rule)?.name.value], true)
            }
            Thing::Policy
            | Thing::Source(_)
            | Thing::List(_)
            | Thing::IpSet(..)
            | Thing::PortSet(..)
            | Thing::Reference(..)
            | Thing::Stateless
            | Thing::Case(_) => return None,
        };
        let rules = rules.into_iter().map(String::as_str).collect();
        Some(Self { group: &group.value, rules, is_row })
    }

    /// The rule that `by` of a case names, where it is one of these, and whether it names the group too.
    fn named<'b>(&self, by: &'b str) -> Option<(&'b str, bool)> {
        let rule = by.strip_prefix(self.group).and_then(|rest| rest.strip_prefix('/'));
        match rule {
            Some(rule) if self.rules.contains(rule) => Some((rule, true)),
            // A case may give the rule alone where no other has its name, which may hold a `/` itself.
            _ => self.rules.contains(by).then_some((by, false)),
        }
    }

    /// The cases that say one of these rules decides, by their index.
    #[must_use]
    pub fn cases(&self, policy: &Policy) -> Vec<usize> {
        let cases = policy.cases.iter().enumerate();
        let named = |by: &str| self.named(by).is_some();
        cases.filter(|(_, case)| case.by.as_deref().is_some_and(named)).map(|(at, _)| at).collect()
    }

    /// The cases that say one of these rules decides, and what each says once the group, or the row, has the name `new`.
    #[must_use]
    pub fn renamed(&self, policy: &Policy, new: &str) -> Vec<(usize, String)> {
        let cases = policy.cases.iter().enumerate();
        let named = cases.filter_map(|(at, case)| Some((at, self.named(case.by.as_deref()?)?)));
        let renamed = named.map(|(at, (rule, full))| {
            let by = match (self.is_row, full) {
                (true, true) => format!("{}/{new}", self.group),
                (true, false) => new.to_owned(),
                (false, true) => format!("{new}/{rule}"),
                (false, false) => rule.to_owned(),
            };
            (at, by)
        });
        renamed.collect()
    }
}
