use serde_json::{Map, Value, json};

use super::bundle::{Bundle, ExportError, Group};
use super::names::logical_names;
use crate::messages::export as say;
use crate::policy::{yaml_block, yaml_text};

/// The largest template, in bytes, when it comes from a bucket.
///
/// Source: AWS CloudFormation quotas, "Template body size in an object": 1 MB.
const LARGEST: usize = 1_000_000;

/// How a template is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// For people.
    Yaml,
    /// For programs.
    Json,
}

/// A template with the rule groups, the firewall policy, and the alert log of a firewall where one is named when it is deployed.
///
/// No function that replaces `${…}` is used, so that rules keep their text.
///
/// # Errors
/// [`ExportError`] when the template would be larger than CloudFormation takes.
pub fn cloudformation(bundle: &Bundle, notation: Notation) -> Result<String, ExportError> {
    let template = template(bundle);
    let text = match notation {
        Notation::Json => format!("{template:#}\n"),
        Notation::Yaml => yaml(&template),
    };
    if text.len() > LARGEST {
        return Err(ExportError(say::template_too_large(text.len())));
    }
    Ok(text)
}

fn template(bundle: &Bundle) -> Value {
    let mut resources = Map::new();
    let ids = logical_names(bundle.groups.iter().map(|group| group.name.as_str()));
    for (group, id) in bundle.groups.iter().zip(&ids) {
        resources.insert(id.clone(), rule_group(group));
    }
    let arn = |group: usize| json!({ "Fn::GetAtt": [ids[group], "RuleGroupArn"] });
    resources.insert(
        "FirewallPolicy".to_owned(),
        json!({
            "Type": "AWS::NetworkFirewall::FirewallPolicy",
            "Properties": {
                "FirewallPolicyName": bundle.name,
                "FirewallPolicy": bundle.policy(&arn),
            },
        }),
    );
    resources.insert("AlertLog".to_owned(), alert_log());
    let text = |default: &str, of: &str| json!({ "Type": "String", "Default": default, "Description": of });
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!("Egress policy {}. Made by sekisho from a policy file: edit that, not this.", bundle.name),
        "Parameters": {
            "FirewallArn": text("", "The firewall whose alert log is switched on; empty: none"),
            "AlertLogGroup": text("/network-firewall/alerts", "The CloudWatch log group it goes to"),
        },
        "Conditions": {
            "HasFirewall": { "Fn::Not": [{ "Fn::Equals": [{ "Ref": "FirewallArn" }, ""] }] },
        },
        "Resources": resources,
        "Outputs": {
            "FirewallPolicyArn": { "Value": { "Fn::GetAtt": ["FirewallPolicy", "FirewallPolicyArn"] } },
        },
    })
}

fn rule_group(group: &Group) -> Value {
    let kind = if group.stateless { "STATELESS" } else { "STATEFUL" };
    let mut properties = json!({
        "RuleGroupName": group.name_with_capacity(),
        "Type": kind,
        "Capacity": group.capacity,
    });
    if let Some(description) = &group.description {
        properties["Description"] = json!(description);
    }
    properties["RuleGroup"] = json!(group.rules);
    json!({ "Type": "AWS::NetworkFirewall::RuleGroup", "Properties": properties })
}

/// Without alert logs nobody sees what was dropped.
fn alert_log() -> Value {
    json!({
        "Type": "AWS::NetworkFirewall::LoggingConfiguration",
        "Condition": "HasFirewall",
        "Properties": {
            "FirewallArn": { "Ref": "FirewallArn" },
            "LoggingConfiguration": {
                "LogDestinationConfigs": [{
                    "LogType": "ALERT",
                    "LogDestinationType": "CloudWatchLogs",
                    "LogDestination": { "logGroup": { "Ref": "AlertLogGroup" } },
                }],
            },
        },
    })
}

/// A value as YAML: texts of several lines as blocks, so that rules can be read.
fn yaml(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                out.push_str(&" ".repeat(indent));
                out.push_str(&yaml_text(name));
                out.push(':');
                below(value, indent, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&" ".repeat(indent));
                out.push('-');
                if is_leaf(item) {
                    below(item, indent, out);
                } else {
                    // What begins on the line of the hyphen stands where it would stand on the next.
                    let mut inner = String::new();
                    write(item, indent + 2, &mut inner);
                    out.push(' ');
                    out.push_str(inner.trim_start_matches(' '));
                }
            }
        }
        leaf => {
            out.push_str(&scalar(leaf, indent));
            out.push('\n');
        }
    }
}

fn below(value: &Value, indent: usize, out: &mut String) {
    if is_leaf(value) {
        out.push(' ');
        out.push_str(&scalar(value, indent + 2));
        out.push('\n');
    } else {
        out.push('\n');
        write(value, indent + 2, out);
    }
}

fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn scalar(value: &Value, indent: usize) -> String {
    match value {
        Value::String(text) if text.contains('\n') => yaml_block(text, indent),
        Value::String(text) => yaml_text(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}
