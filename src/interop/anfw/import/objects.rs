//! Which objects of AWS Network Firewall a text holds.
//!
//! Source: AWS Network Firewall API reference: `CreateRuleGroup`, `UpdateRuleGroup`, `DescribeRuleGroup` and the same of firewall
//! policies.

use std::ops::Range;

use super::importer::Importer;
use crate::messages::import as say;
use crate::net::RuleOrder;
use crate::policy::{Item, ItemKind};

/// A rule group.
#[derive(Debug, Clone)]
pub struct GroupObject {
    pub file: usize,
    pub span: Range<usize>,
    pub name: String,
    pub arn: Option<String>,
    /// Its name in its template.
    pub id: Option<String>,
    pub stateless: bool,
    pub description: Option<String>,
    /// The order of a file of rules, which says none itself.
    pub order: Option<RuleOrder>,
    /// `RuleGroup`, or a text of rules.
    pub rules: Item,
}

/// A firewall policy.
#[derive(Debug, Clone)]
pub struct PolicyObject {
    pub file: usize,
    pub span: Range<usize>,
    pub name: String,
    pub description: Option<String>,
    /// `FirewallPolicy`.
    pub policy: Item,
}

/// The objects of all files.
#[derive(Debug, Clone, Default)]
pub struct Objects {
    pub groups: Vec<GroupObject>,
    pub policies: Vec<PolicyObject>,
}

/// Fields that say that something belongs to AWS's newer policies.
const NEXT_GENERATION: [&str; 3] = ["FirewallPolicyV2", "FirewallRuleGroup", "IpsRuleGroup"];

/// Fields of requests and answers that say nothing about what is asked of traffic.
const ABOUT: [&str; 9] = [
    "UpdateToken",
    "RuleGroupName",
    "RuleGroupArn",
    "Type",
    "Capacity",
    "Tags",
    "DryRun",
    "AnalyzeRuleGroup",
    "RuleGroupResponse",
];

impl Objects {
    /// Takes the objects of a JSON value; says whether there were any.
    pub fn take(&mut self, item: &Item, file: usize, to: &mut Importer<'_>) -> bool {
        if let ItemKind::List(items) = &item.kind {
            return items.iter().fold(false, |any, item| self.take(item, file, to) | any);
        }
        // What `sekisho export` prints.
        if let Some(requests) = item.get("requests") {
            let mut any = false;
            for request in requests.items() {
                any |= request.get("input").is_some_and(|input| self.take(input, file, to));
            }
            return any;
        }
        if let Some(kind) = NEXT_GENERATION.iter().find(|kind| item.get(kind).is_some()) {
            to.lose((file, &item.span), "next-generation", say::next_generation(kind));
            return true;
        }
        if item.get("RulesSource").is_some() {
            let name = stem(&to.files[file].name);
            self.add_group(item, item, name, file, to);
        } else if item.get("StatelessDefaultActions").is_some() {
            let name = stem(&to.files[file].name);
            self.add_policy(item, item, name, file, to);
        } else if let Some(rules) = item.get("RuleGroup").or_else(|| item.get("Rules")) {
            let answer = item.get("RuleGroupResponse");
            let about = answer.unwrap_or(item);
            let name = name(about, "RuleGroup").unwrap_or_else(|| stem(&to.files[file].name));
            self.add_group(about, rules, name, file, to);
            if answer.is_none() {
                let known = [&ABOUT[..], &["RuleGroup", "Rules", "Description"]].concat();
                to.others(file, item, "RuleGroup", &known);
            }
        } else if let Some(policy) = item.get("FirewallPolicy") {
            let about = item.get("FirewallPolicyResponse").unwrap_or(item);
            let name = name(about, "FirewallPolicy").unwrap_or_else(|| stem(&to.files[file].name));
            self.add_policy(about, policy, name, file, to);
        } else {
            return false;
        }
        true
    }

    /// Adds a rule group of which `about` says the rest.
    pub fn add_group(
        &mut self,
        about: &Item,
        rules: &Item,
        name: String,
        file: usize,
        to: &mut Importer<'_>,
    ) {
        let source = rules.get("RulesSource").unwrap_or(rules);
        let kind = about.get("Type").and_then(Item::text);
        let stateless = source.get("StatelessRulesAndCustomActions").is_some()
            || kind.is_some_and(|kind| kind == "STATELESS");
        self.groups.push(GroupObject {
            file,
            span: about.span.clone(),
            name,
            arn: about.get("RuleGroupArn").and_then(Item::text).map(str::to_owned),
            id: None,
            order: None,
            stateless,
            description: to.text(file, about, "Description"),
            rules: rules.clone(),
        });
    }

    /// Adds a file of rules.
    pub fn add_rules(&mut self, file: usize, to: &Importer<'_>) {
        let of = &to.files[file];
        let span = 0..of.text.len();
        self.groups.push(GroupObject {
            file,
            span: span.clone(),
            name: stem(&of.name),
            arn: None,
            id: None,
            order: Some(to.options.rules.rule_order),
            stateless: false,
            description: None,
            rules: Item::new(
                span,
                ItemKind::Text(of.text.trim_start_matches('\u{feff}').to_owned()),
            ),
        });
    }

    /// Adds a firewall policy of which `about` says the rest.
    pub fn add_policy(
        &mut self,
        about: &Item,
        policy: &Item,
        name: String,
        file: usize,
        to: &mut Importer<'_>,
    ) {
        self.policies.push(PolicyObject {
            file,
            span: about.span.clone(),
            name,
            description: to.text(file, about, "Description"),
            policy: policy.clone(),
        });
    }

    /// The group that a policy refers to: by its ARN, by the name in that, or by its name in the same template.
    pub fn referred(&self, arn: &Item, file: usize, stateless: bool) -> Option<usize> {
        let of_kind = |g: &(usize, &GroupObject)| g.1.stateless == stateless;
        let mut groups = self.groups.iter().enumerate().filter(of_kind);
        let found = match &arn.kind {
            ItemKind::Resource(id) => {
                // Terraform's names have a dot, and hold for all files of a folder.
                let near = |g: &GroupObject| g.file == file || id.contains('.');
                let exact = groups.clone().find(|(_, g)| near(g) && g.id.as_deref() == Some(id));
                // Where nobody can tell how often a resource is made, it stands there once.
                let whole = id.split('[').next();
                exact.or_else(|| groups.find(|(_, g)| near(g) && g.id.as_deref() == whole))
            }
            ItemKind::Text(text) => {
                let exact = groups.clone().find(|(_, g)| g.arn.as_deref() == Some(text));
                // A request says no ARN: the name stands behind the last slash.
                exact.or_else(|| {
                    let own = !text.contains(":aws-managed:");
                    let name = text.rsplit_once('/').map_or("", |(_, name)| name);
                    groups.find(|(_, g)| own && g.arn.is_none() && g.name == name)
                })
            }
            ItemKind::Null
            | ItemKind::Word(_)
            | ItemKind::List(_)
            | ItemKind::Map(_)
            | ItemKind::Unknown(_) => None,
        };
        found.map(|(index, _)| index)
    }
}

/// A name without the capacity that an export for templates puts behind it.
pub fn without_capacity(name: &str, capacity: Option<&str>) -> String {
    let end = capacity.map(|capacity| format!("-c{capacity}"));
    let plain = end.and_then(|end| name.strip_suffix(end.as_str()));
    plain.filter(|plain| !plain.is_empty()).unwrap_or(name).to_owned()
}

/// The name that an object has, or that is in its ARN.
fn name(about: &Item, kind: &str) -> Option<String> {
    let field = |end: &str| about.get(&format!("{kind}{end}")).and_then(Item::text);
    let of_arn = || field("Arn")?.rsplit_once('/').map(|(_, name)| name.to_owned());
    field("Name").map(str::to_owned).or_else(of_arn)
}

/// A file's name without folders and ending.
fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
