use std::collections::BTreeMap;

use serde_json::Value;

use super::names::Names;
use super::shapes::{
    Definition, FirewallPolicy, IpSetReference, PolicyVariables, Reference, ReferenceSets,
    RuleGroup, RuleVariables, RulesSource, StatefulEngineOptions, StatefulRuleOptions,
};
use super::stateless;
use crate::compile::{
    Compiled, DeployedGroup, DeployedSet, GROUPS, NAME_LENGTH, RULES, groups_in_order,
    stateless_capacity, stateless_rows,
};
use crate::interop::networks::entries;
use crate::messages::Text;
use crate::messages::export as say;
use crate::net::{RuleOrder, StreamPolicy};
use crate::policy::{Policy, RuleGroup as Written};

/// Characters of a description.
///
/// Source: AWS Network Firewall API reference, `Description`.
const DESCRIPTION: usize = 512;

/// The last priority a group can have.
const LAST: u32 = 65_535;

/// Capacities to reserve: it is fixed when a group is made, so that a little growth must not ask for a new group.
const STEPS: [usize; 10] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, RULES];

/// A compiled policy as AWS's objects.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The name of the firewall policy.
    pub name: String,
    /// The rule groups: the stateful ones in the order in which they are asked, then the stateless ones.
    pub groups: Vec<Group>,
    /// What is not as somebody may expect: names that AWS does not take, groups that were split.
    pub notes: Vec<Text>,
    policy: FirewallPolicy,
    /// The references of the policy in order; ours by index into `groups`.
    references: Vec<(Target, Option<u32>)>,
}

/// A rule group that is made of the policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name as AWS takes it.
    pub name: String,
    /// Whether it is stateless.
    pub stateless: bool,
    /// The capacity to reserve.
    pub capacity: usize,
    /// The units it needs now.
    pub needs: usize,
    /// What it is for.
    pub description: Option<String>,
    /// Its rules.
    pub rules: RuleGroup,
}

/// What a policy refers to.
#[derive(Debug, Clone)]
enum Target {
    /// One of [`Bundle::groups`].
    Own(usize),
    /// A group that others keep.
    Arn(String),
}

/// Why a policy cannot be exported, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportError(pub Text);

/// A group's rules, or those of one part of it.
struct Part {
    lines: Vec<String>,
    rules: usize,
}

impl Bundle {
    /// Makes AWS's objects of a policy. `most_bytes` is how much text a group's rules may have: 2,000,000 for the API,
    /// 1,000,000 in a template; a group that has more is split.
    ///
    /// # Errors
    /// [`ExportError`] when a limit cannot be met by splitting groups.
    pub fn of(
        policy: &Policy,
        compiled: &Compiled,
        most_bytes: usize,
    ) -> Result<Self, ExportError> {
        let mut bundle = Self {
            name: Names::default().give(&policy.name, "policy"),
            groups: Vec::new(),
            notes: Vec::new(),
            policy: firewall_policy(policy),
            references: Vec::new(),
        };
        bundle.renamed(&policy.name, &bundle.name.clone());
        let mut names = Names::default();
        let deployed = compiled.groups(policy);
        let order = groups_in_order(policy);
        for (at, &index) in order.iter().enumerate() {
            let group = &policy.rule_groups[index];
            let priority = group.priority.value;
            if let Some(arn) = &group.managed {
                let place = (policy.rule_order == RuleOrder::Strict).then_some(priority);
                bundle.references.push((Target::Arn(arn.clone()), place));
                continue;
            }
            let Some(rules) = deployed.iter().find(|d| d.group == index) else { continue };
            let next = order.get(at + 1);
            let end = next.map_or(LAST + 1, |&next| policy.rule_groups[next].priority.value);
            bundle.add(policy, rules, (priority, end), most_bytes, &mut names)?;
        }
        bundle.add_stateless(policy, &mut Names::default());
        let stateful = bundle.references.len() - policy.stateless.rule_groups.len();
        if stateful > GROUPS {
            return Err(ExportError(say::too_many_groups(stateful)));
        }
        bundle.reserve();
        Ok(bundle)
    }

    /// The firewall policy; `arn` says what stands for one of [`Self::groups`], by its index.
    #[must_use]
    pub fn policy(&self, arn: &dyn Fn(usize) -> Value) -> FirewallPolicy {
        let mut policy = self.policy.clone();
        for (target, priority) in &self.references {
            let (resource_arn, stateless) = match target {
                Target::Own(index) => (arn(*index), self.groups[*index].stateless),
                Target::Arn(arn) => (Value::from(arn.clone()), false),
            };
            let reference = Reference { resource_arn, priority: *priority, ..Reference::default() };
            if stateless {
                policy.stateless_rule_group_references.push(reference);
            } else {
                policy.stateful_rule_group_references.push(reference);
            }
        }
        policy
    }

    fn renamed(&mut self, written: &str, given: &str) {
        if written != given {
            self.notes.push(say::renamed(written, given));
        }
    }

    /// A note on one line, as long as AWS takes it.
    fn description(&mut self, group: &str, note: Option<&str>) -> Option<String> {
        let note = note?.split_whitespace().collect::<Vec<_>>().join(" ");
        let kept: String = note.chars().take(DESCRIPTION).collect();
        if kept.len() < note.len() {
            self.notes.push(say::shortened(group));
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// Adds a group, in parts if it has to be split; `places` are the priorities it may have: its own, and the next group's.
    fn add(
        &mut self,
        policy: &Policy,
        deployed: &DeployedGroup,
        places: (u32, u32),
        most_bytes: usize,
        names: &mut Names,
    ) -> Result<(), ExportError> {
        let written = &policy.rule_groups[deployed.group];
        let name = &written.name.value;
        let parts = parts(&deployed.lines, most_bytes);
        let strict = policy.rule_order == RuleOrder::Strict;
        if strict && parts.len() > (places.1 - places.0) as usize {
            return Err(ExportError(say::no_room(name, parts.len(), places.1)));
        }
        if parts.len() > 1 {
            self.notes.push(say::split(name, parts.len()));
        }
        let one = parts.len() == 1;
        let description = self.description(name, written.note.as_deref());
        for (priority, (number, part)) in (places.0..).zip(parts.into_iter().enumerate()) {
            let wanted = if one { name.clone() } else { format!("{name}-{}", number + 1) };
            let given = names.give(&wanted, "group");
            self.renamed(&wanted, &given);
            self.references.push((Target::Own(self.groups.len()), strict.then_some(priority)));
            self.groups.push(Group {
                name: given,
                stateless: false,
                capacity: 0,
                needs: part.rules.max(1),
                description: description.clone(),
                rules: stateful(policy, written, deployed, &part.lines),
            });
        }
        Ok(())
    }

    fn add_stateless(&mut self, policy: &Policy, names: &mut Names) {
        for (index, rows) in stateless_rows(policy) {
            let group = &policy.stateless.rule_groups[index];
            let name = names.give(&group.name.value, "group");
            self.renamed(&group.name.value, &name);
            let enabled = |place| policy.stateless_row(place).is_some_and(|row| row.enabled);
            let needs = rows.iter().map(|row| row.place).filter(|place| enabled(*place));
            let needs: usize = needs.map(|place| stateless_capacity(policy, place)).sum();
            let rules = Some(stateless::rules(policy, &rows));
            let description = self.description(&group.name.value, group.note.as_deref());
            self.references.push((Target::Own(self.groups.len()), Some(group.priority.value)));
            self.groups.push(Group {
                name,
                stateless: true,
                capacity: 0,
                needs: needs.max(1),
                description,
                rules: RuleGroup {
                    rules_source: RulesSource {
                        stateless_rules_and_custom_actions: rules,
                        ..RulesSource::default()
                    },
                    ..RuleGroup::default()
                },
            });
        }
    }

    /// Reserves capacity with room to grow, or just what is needed where all of it would be more than AWS gives.
    fn reserve(&mut self) {
        for stateless in [false, true] {
            let of_kind = || self.groups.iter().filter(|g| g.stateless == stateless);
            let fits = of_kind().map(|g| roomy(g.needs)).sum::<usize>() <= RULES;
            for group in self.groups.iter_mut().filter(|g| g.stateless == stateless) {
                group.capacity = if fits { roomy(group.needs) } else { group.needs };
            }
        }
    }
}

impl Group {
    /// A name that changes with the capacity: templates make a group anew when that changes, and the new one stands beside the old
    /// one for a while.
    pub(super) fn name_with_capacity(&self) -> String {
        let end = format!("-c{}", self.capacity);
        let kept = NAME_LENGTH - end.len();
        self.name.chars().take(kept).chain(end.chars()).collect()
    }
}

/// A capacity in which a fifth more rules find room.
fn roomy(needs: usize) -> usize {
    let wanted = needs + needs.div_ceil(5);
    STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(RULES).max(needs)
}

/// The lines in parts that AWS takes.
fn parts(lines: &[String], most_bytes: usize) -> Vec<Part> {
    let mut parts = vec![Part { lines: Vec::new(), rules: 0 }];
    let mut bytes = 0;
    for line in lines {
        let rules = usize::from(!line.trim_start().starts_with('#'));
        let last = parts.last().map_or(0, |part| part.rules);
        if bytes + line.len() + 1 > most_bytes || last + rules > RULES {
            parts.push(Part { lines: Vec::new(), rules: 0 });
            bytes = 0;
        }
        bytes += line.len() + 1;
        if let Some(part) = parts.last_mut() {
            part.rules += rules;
            part.lines.push(line.clone());
        }
    }
    parts
}

fn stateful(
    policy: &Policy,
    written: &Written,
    deployed: &DeployedGroup,
    lines: &[String],
) -> RuleGroup {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let references = written.references.iter().map(|(name, reference)| {
        (name.clone(), IpSetReference { reference_arn: reference.arn.clone() })
    });
    let references: BTreeMap<_, _> = references.collect();
    RuleGroup {
        rule_variables: variables(&deployed.sets),
        reference_sets: (!references.is_empty())
            .then_some(ReferenceSets { ip_set_references: references }),
        rules_source: RulesSource { rules_string: Some(text), ..RulesSource::default() },
        stateful_rule_options: Some(StatefulRuleOptions {
            rule_order: Some(rule_order(policy.rule_order).to_owned()),
        }),
        ..RuleGroup::default()
    }
}

fn variables(sets: &[DeployedSet]) -> Option<RuleVariables> {
    let of = |ports: bool| -> BTreeMap<String, Definition> {
        let sets = sets.iter().filter(|set| set.of_ports == ports);
        sets.map(|set| (set.name.clone(), Definition { definition: entries(&set.value) })).collect()
    };
    let all = RuleVariables { ip_sets: of(false), port_sets: of(true), ..RuleVariables::default() };
    (!sets.is_empty()).then_some(all)
}

/// The word that AWS has for what becomes of streams whose beginning was missed.
pub(super) const fn stream(policy: StreamPolicy) -> &'static str {
    match policy {
        StreamPolicy::Drop => "DROP",
        StreamPolicy::Continue => "CONTINUE",
        StreamPolicy::Reject => "REJECT",
    }
}

/// The word that AWS has for a rule order.
pub(super) const fn rule_order(order: RuleOrder) -> &'static str {
    match order {
        RuleOrder::Strict => "STRICT_ORDER",
        RuleOrder::Action => "DEFAULT_ACTION_ORDER",
    }
}

/// The policy without its references. Default actions belong to strict order.
///
/// Source: error of the API, `StatefulDefaultActions has invalid rule order`.
fn firewall_policy(policy: &Policy) -> FirewallPolicy {
    let strict = policy.rule_order == RuleOrder::Strict;
    let defaults = policy.default_actions.iter().filter(|_| strict);
    let home = policy.home_net.iter().map(ToString::to_string).collect();
    let action = |action| vec![stateless::action(action).to_owned()];
    FirewallPolicy {
        stateless_default_actions: action(policy.stateless.default_action),
        stateless_fragment_default_actions: action(policy.stateless.fragment_default_action),
        stateful_default_actions: defaults.map(|d| format!("aws:{}", d.word())).collect(),
        stateful_engine_options: Some(StatefulEngineOptions {
            rule_order: Some(rule_order(policy.rule_order).to_owned()),
            stream_exception_policy: Some(stream(policy.stream_exception_policy).to_owned()),
            ..StatefulEngineOptions::default()
        }),
        policy_variables: Some(PolicyVariables {
            rule_variables: BTreeMap::from([(
                "HOME_NET".to_owned(),
                Definition { definition: home },
            )]),
        }),
        ..FirewallPolicy::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_has_room_for_a_fifth_more() {
        assert_eq!([1, 41, 42, 250, 24_000, 30_000].map(roomy), [50, 50, 100, 500, 30_000, 30_000]);
    }

    #[test]
    fn set_in_brackets_is_a_list_and_inner_brackets_stay() {
        assert_eq!(entries("[10.0.0.0/8,![10.1.0.0/16, 10.2.0.0/16]]").len(), 2);
        assert_eq!(entries("!$HOME_NET"), ["!$HOME_NET"]);
        assert_eq!(entries("80"), ["80"]);
    }

    #[test]
    fn lines_are_split_by_size() {
        let lines = ["# a", "drop 1", "# b", "drop 2"].map(str::to_owned);
        let sizes: Vec<usize> = parts(&lines, 12).iter().map(|part| part.rules).collect();
        assert_eq!(sizes, [1, 1]);
        assert_eq!(parts(&lines, 100).len(), 1);
    }
}
