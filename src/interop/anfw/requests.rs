use serde_json::{Map, Value, json};

use super::bundle::{Bundle, ExportError, Group};
use super::keep;
use super::plan::{Current, CurrentGroup, CurrentPolicy, Planned, same};
use super::shapes::FirewallPolicy;
use crate::messages::export::{self as say, Change};

/// Whose objects they are.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The region, `eu-central-1`.
    pub region: Option<String>,
    /// The account's number.
    pub account: Option<String>,
    /// The firewall whose alert log is switched on, by ARN, and the log group it goes to.
    pub logging: Option<(String, String)>,
}

/// One call of AWS's API.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The call as the command line of AWS names it: `create-rule-group`.
    pub operation: &'static str,
    /// The object's name.
    pub name: String,
    /// Its input (`--cli-input-json`).
    pub input: Value,
}

impl Request {
    /// The name of a file for its input; `number` says when its turn is, from 1.
    #[must_use]
    pub fn file(&self, number: usize) -> String {
        format!("{number:02}-{}-{}.json", self.operation, self.name)
    }
}

/// The calls that make what is deployed what `bundle` says, in the order in which they have to be made, and what they do.
///
/// Updates are whole objects: what AWS has and a policy file cannot say is taken over from what is deployed.
///
/// # Errors
/// [`ExportError`] when a group's ARN is not known.
pub fn requests(
    bundle: &Bundle,
    current: &Current,
    account: &Account,
) -> Result<(Vec<Request>, Vec<Planned>), ExportError> {
    let planned = bundle;
    let mut bundle = bundle.clone();
    let mut plan = Vec::new();
    let mut requests = Vec::new();
    for group in &mut bundle.groups {
        let plain = group.name.clone();
        let deployed = current.stands_for(group, planned);
        if let Some(deployed) = deployed {
            group.name.clone_from(&deployed.about.rule_group_name);
            keep::group(&mut group.rules, &deployed.rules);
        }
        let change = deployed.map_or(Change::Create, |deployed| deployed.change(group));
        match (change, deployed) {
            (Change::Update, Some(deployed)) => requests.push(update(group, deployed)),
            (Change::Replace, _) => {
                group.name = current.free_name(&plain, group.stateless);
                requests.push(create(group));
            }
            (Change::Create, _) => requests.push(create(group)),
            (Change::Nothing | Change::Unused | Change::Update, _) => {}
        }
        let reserved = deployed.filter(|_| change != Change::Replace).map(|d| d.about.capacity);
        let capacity = Some((group.needs, reserved.unwrap_or(group.capacity)));
        plan.push(Planned { change, name: group.name.clone(), capacity });
    }
    let arns = bundle.groups.iter().map(|group| arn(group, current, account));
    let arns: Option<Vec<String>> = arns.collect();
    let arns = arns.ok_or_else(|| ExportError(say::NO_ACCOUNT.into()))?;
    let policy = bundle.policy(&|group| arns[group].as_str().into());
    let (request, change) = firewall_policy(&bundle.name, policy, current.policy.as_ref());
    requests.extend(request);
    plan.push(Planned { change, name: bundle.name.clone(), capacity: None });
    plan.extend(current.unused(&bundle));
    requests.extend(account.logging.as_ref().map(|(firewall, group)| logging(firewall, group)));
    Ok((requests, plan))
}

fn create(group: &Group) -> Request {
    let mut input = Map::new();
    input.insert("RuleGroupName".to_owned(), json!(group.name));
    let kind = if group.stateless { "STATELESS" } else { "STATEFUL" };
    input.insert("Type".to_owned(), json!(kind));
    input.insert("Capacity".to_owned(), json!(group.capacity));
    rest(&mut input, group);
    Request {
        operation: "create-rule-group",
        name: group.name.clone(),
        input: Value::Object(input),
    }
}

fn update(group: &Group, deployed: &CurrentGroup) -> Request {
    let mut input = Map::new();
    input.insert("UpdateToken".to_owned(), json!(deployed.token));
    input.insert("RuleGroupArn".to_owned(), json!(deployed.about.rule_group_arn));
    input.extend(keep::settings(&deployed.about.other));
    rest(&mut input, group);
    Request {
        operation: "update-rule-group",
        name: group.name.clone(),
        input: Value::Object(input),
    }
}

fn rest(input: &mut Map<String, Value>, group: &Group) {
    input.extend(group.description.as_ref().map(|d| ("Description".to_owned(), json!(d))));
    input.insert("RuleGroup".to_owned(), json!(group.rules));
}

/// A deployed group's ARN, or the one it will have.
///
/// Source: AWS service authorization reference, resource types of Network Firewall; partitions of AWS.
fn arn(group: &Group, current: &Current, account: &Account) -> Option<String> {
    if let Some(deployed) = current.group(&group.name, group.stateless) {
        return Some(deployed.about.rule_group_arn.clone());
    }
    let (region, number) = (account.region.as_ref()?, account.account.as_ref()?);
    let partition = match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    };
    let kind = if group.stateless { "stateless-rulegroup" } else { "stateful-rulegroup" };
    let name = &group.name;
    Some(format!("arn:{partition}:network-firewall:{region}:{number}:{kind}/{name}"))
}

fn firewall_policy(
    name: &str,
    mut policy: FirewallPolicy,
    current: Option<&CurrentPolicy>,
) -> (Option<Request>, Change) {
    let Some(deployed) = current.filter(|c| c.about.firewall_policy_name == name) else {
        let input = json!({ "FirewallPolicyName": name, "FirewallPolicy": policy });
        let operation = "create-firewall-policy";
        return (Some(Request { operation, name: name.to_owned(), input }), Change::Create);
    };
    keep::policy(&mut policy, &deployed.policy);
    if same(&policy, &deployed.policy) {
        return (None, Change::Nothing);
    }
    let about = &deployed.about;
    let mut input = Map::new();
    input.insert("UpdateToken".to_owned(), json!(deployed.token));
    input.insert("FirewallPolicyArn".to_owned(), json!(about.firewall_policy_arn));
    input.extend(about.description.as_ref().map(|d| ("Description".to_owned(), json!(d))));
    input.extend(keep::settings(&about.other));
    input.insert("FirewallPolicy".to_owned(), json!(policy));
    let (operation, input) = ("update-firewall-policy", Value::Object(input));
    (Some(Request { operation, name: name.to_owned(), input }), Change::Update)
}

/// Alert logs: without them nobody sees what was dropped.
///
/// Source: AWS Network Firewall API reference, `LoggingConfiguration`.
fn logging(firewall: &str, log_group: &str) -> Request {
    let destination = json!({
        "LogType": "ALERT",
        "LogDestinationType": "CloudWatchLogs",
        "LogDestination": { "logGroup": log_group },
    });
    let input = json!({
        "FirewallArn": firewall,
        "LoggingConfiguration": { "LogDestinationConfigs": [destination] },
    });
    Request { operation: "update-logging-configuration", name: "alert-log".to_owned(), input }
}
