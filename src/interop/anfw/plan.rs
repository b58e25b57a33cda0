use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::bundle::{Bundle, Group};
use super::shapes::{FirewallPolicy, RuleGroup};
use crate::messages::export::Change;

/// What is deployed now, as `describe-rule-group` and `describe-firewall-policy` print it.
#[derive(Debug, Clone, Default)]
pub struct Current {
    pub(super) groups: Vec<CurrentGroup>,
    pub(super) policy: Option<CurrentPolicy>,
}

/// A rule group that is deployed.
#[derive(Debug, Clone)]
pub(super) struct CurrentGroup {
    pub token: String,
    pub rules: RuleGroup,
    pub about: AboutGroup,
}

/// A firewall policy that is deployed.
#[derive(Debug, Clone)]
pub(super) struct CurrentPolicy {
    pub token: String,
    pub policy: FirewallPolicy,
    pub about: AboutPolicy,
}

/// `RuleGroupResponse`, as far as it matters.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AboutGroup {
    pub rule_group_arn: String,
    pub rule_group_name: String,
    #[serde(rename = "Type")]
    pub kind: String,
    pub capacity: usize,
    pub description: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `FirewallPolicyResponse`, as far as it matters.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AboutPolicy {
    pub firewall_policy_arn: String,
    pub firewall_policy_name: String,
    pub description: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Why a text does not say what is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotCurrent(pub String);

/// One object, and what is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What is done.
    pub change: Change,
    /// The object's name in AWS.
    pub name: String,
    /// The units a group needs and those that are reserved; nothing for the firewall policy.
    pub capacity: Option<(usize, usize)>,
}

impl Current {
    /// Adds what one answer of AWS says; says whether it was one.
    ///
    /// # Errors
    /// [`NotCurrent`] when the text is no JSON, or lacks something that the answer must have.
    pub fn add(&mut self, text: &str) -> Result<bool, NotCurrent> {
        let fail = |error: serde_json::Error| NotCurrent(error.to_string());
        let mut all: BTreeMap<String, Value> = serde_json::from_str(text).map_err(fail)?;
        let mut take = |name: &str| all.remove(name).unwrap_or_default();
        let (group, policy) = (take("RuleGroupResponse"), take("FirewallPolicyResponse"));
        let token = take("UpdateToken").as_str().unwrap_or_default().to_owned();
        if group.is_object() {
            let rules = serde_json::from_value(take("RuleGroup")).map_err(fail)?;
            let about = serde_json::from_value(group).map_err(fail)?;
            self.groups.push(CurrentGroup { token, rules, about });
        } else if policy.is_object() {
            let of = serde_json::from_value(take("FirewallPolicy")).map_err(fail)?;
            let about = serde_json::from_value(policy).map_err(fail)?;
            self.policy = Some(CurrentPolicy { token, policy: of, about });
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// The deployed group of this name and kind.
    pub(super) fn group(&self, name: &str, stateless: bool) -> Option<&CurrentGroup> {
        let same = |g: &&CurrentGroup| {
            g.about.rule_group_name == name && (g.about.kind == "STATELESS") == stateless
        };
        self.groups.iter().find(same)
    }

    /// The deployed group that stands for one of `bundle`: the one of its name, or the one that was made when that became too
    /// small (`web-2` for `web`), whichever the deployed policy uses.
    pub(super) fn stands_for(&self, group: &Group, bundle: &Bundle) -> Option<&CurrentGroup> {
        let of_another = |name: &str| {
            let mut others = bundle.groups.iter().filter(|g| g.stateless == group.stateless);
            others.any(|g| g.name == name)
        };
        let is_later = |name: &str| {
            let number = name.strip_prefix(&group.name).and_then(|end| end.strip_prefix('-'));
            number.is_some_and(|n| n.parse::<u32>().is_ok()) && !of_another(name)
        };
        let later = self.groups.iter().find(|g| {
            (g.about.kind == "STATELESS") == group.stateless
                && is_later(&g.about.rule_group_name)
                && self.is_used(g)
        });
        later.or_else(|| self.group(&group.name, group.stateless))
    }

    /// Whether the deployed policy refers to the group.
    fn is_used(&self, group: &CurrentGroup) -> bool {
        let policy = self.policy.as_ref().map(|p| &p.policy);
        let mut references = policy.into_iter().flat_map(|p| {
            p.stateful_rule_group_references.iter().chain(&p.stateless_rule_group_references)
        });
        let arn = group.about.rule_group_arn.as_str();
        references.any(|r| r.resource_arn.as_str() == Some(arn))
    }

    /// A name that no deployed group has.
    pub(super) fn free_name(&self, name: &str, stateless: bool) -> String {
        let names = (2..).map(|number| format!("{name}-{number}"));
        let mut free = names.filter(|name| self.group(name, stateless).is_none());
        free.next().unwrap_or_default()
    }

    /// The deployed groups that the deployed policy uses and `bundle` does not have.
    pub(super) fn unused(&self, bundle: &Bundle) -> Vec<Planned> {
        let has = |g: &CurrentGroup| {
            let stateless = g.about.kind == "STATELESS";
            let name = &g.about.rule_group_name;
            bundle.groups.iter().any(|own| own.name == *name && own.stateless == stateless)
        };
        let unused = self.groups.iter().filter(|g| !has(g) && self.is_used(g));
        let planned = |g: &CurrentGroup| Planned {
            change: Change::Unused,
            name: g.about.rule_group_name.clone(),
            capacity: None,
        };
        unused.map(planned).collect()
    }
}

impl CurrentGroup {
    /// What has to be done so that it is `group`.
    pub(super) fn change(&self, group: &Group) -> Change {
        if self.about.capacity < group.needs {
            Change::Replace
        } else if same(&self.rules, &group.rules) && self.about.description == group.description {
            Change::Nothing
        } else {
            Change::Update
        }
    }
}

/// Whether both say the same; an empty list or object is as good as none.
pub(super) fn same<T: serde::Serialize>(a: &T, b: &T) -> bool {
    let value = |of: &T| serde_json::to_value(of).map(without_empty).ok();
    value(a) == value(b)
}

fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(name, value)| (name, without_empty(value)));
            let mut kept: Vec<(String, Value)> =
                kept.filter(|(_, value)| !is_empty(value)).collect();
            // Objects are equal whatever the order of their fields.
            kept.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(Map::from_iter(kept))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_empty).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
