use hcl::expr::{Expression, Heredoc, TemplateExpr, Traversal, Variable};
use hcl::structure::{Attribute, Block, BlockBuilder, Body, Structure};
use hcl::{Identifier, format};
use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use super::bundle::{Bundle, ExportError, Group};
use super::names::logical_names;
use crate::messages::export as say;

/// Terraform's resource types.
///
/// Source: documentation of the provider `hashicorp/aws`.
const RULE_GROUP: &str = "aws_networkfirewall_rule_group";
const POLICY: &str = "aws_networkfirewall_firewall_policy";
const LOGGING: &str = "aws_networkfirewall_logging_configuration";

/// Lists of objects that are repeated blocks: their names in the API and here.
const BLOCKS: [(&str, &str); 8] = [
    ("StatelessRules", "stateless_rule"),
    ("Sources", "source"),
    ("Destinations", "destination"),
    ("SourcePorts", "source_port"),
    ("DestinationPorts", "destination_port"),
    ("TCPFlags", "tcp_flag"),
    ("StatefulRuleGroupReferences", "stateful_rule_group_reference"),
    ("StatelessRuleGroupReferences", "stateless_rule_group_reference"),
];

/// Maps that are repeated blocks with a key: the name in the API, of the block, and of the block in it.
const KEYED: [(&str, &str, &str); 3] = [
    ("IPSets", "ip_sets", "ip_set"),
    ("PortSets", "port_sets", "port_set"),
    ("IPSetReferences", "ip_set_references", "ip_set_reference"),
];

/// What stands above the resources.
const HEAD: &str = "# Made by sekisho from a policy file: edit that, not this.\n\
    # A rule group's capacity cannot be changed: it is part of the name, so that a larger one is made before the old one goes.\n\n";

/// Resources for Terraform: the rule groups, the firewall policy, and the alert log of a firewall where one is named.
///
/// # Errors
/// [`ExportError`] when a value cannot be written as HCL.
pub fn terraform(bundle: &Bundle) -> Result<String, ExportError> {
    let fail = |error: String| ExportError(say::not_written(&error));
    let ids = logical_names(bundle.groups.iter().map(|group| group.name.as_str()));
    let ids: Vec<String> = ids.iter().map(|id| format!("group_{id}")).collect();
    let mut body = Body::builder().add_blocks(variables());
    for (group, id) in bundle.groups.iter().zip(&ids) {
        body = body.add_block(rule_group(group, id).map_err(&fail)?);
    }
    let policy = json!(bundle.policy(&|group| json!({ "Ref": ids[group] })));
    let policy = Block::builder("resource")
        .add_labels([POLICY, "egress"])
        .add_attribute(("name", bundle.name.as_str()))
        .add_block(block("firewall_policy", &policy).map_err(&fail)?)
        .build();
    let body = body.add_block(policy).add_block(alert_log()).build();
    Ok(HEAD.to_owned() + &format::to_string(&body).map_err(|e| fail(e.to_string()))?)
}

fn variables() -> [Block; 2] {
    [
        ("firewall_arn", "The firewall whose alert log is switched on; null: none"),
        ("alert_log_group", "The CloudWatch log group it goes to"),
    ]
    .map(|(name, description)| {
        Block::builder("variable")
            .add_label(name)
            .add_attribute(("type", Variable::unchecked("string")))
            .add_attribute(("default", Expression::Null))
            .add_attribute(("description", description))
            .build()
    })
}

fn rule_group(group: &Group, id: &str) -> Result<Block, String> {
    let kind = if group.stateless { "STATELESS" } else { "STATEFUL" };
    let mut resource = Block::builder("resource")
        .add_labels([RULE_GROUP, id])
        .add_attribute(("name", group.name_with_capacity()))
        .add_attribute(("type", kind))
        .add_attribute(("capacity", group.capacity as u64));
    if let Some(description) = &group.description {
        resource = resource.add_attribute(("description", description.as_str()));
    }
    let lifecycle =
        Block::builder("lifecycle").add_attribute(("create_before_destroy", true)).build();
    Ok(resource.add_block(block("rule_group", &json!(group.rules))?).add_block(lifecycle).build())
}

/// Without alert logs nobody sees what was dropped.
fn alert_log() -> Block {
    let variable = |name: &str| Traversal::builder(Variable::unchecked("var")).attr(name).build();
    let destination = Expression::from_iter([("logGroup", variable("alert_log_group"))]);
    let config = Block::builder("log_destination_config")
        .add_attribute(("log_type", "ALERT"))
        .add_attribute(("log_destination_type", "CloudWatchLogs"))
        .add_attribute(("log_destination", destination))
        .build();
    let count = hcl::expr::Conditional::new(
        hcl::expr::BinaryOp::new(
            variable("firewall_arn"),
            hcl::expr::BinaryOperator::Eq,
            Expression::Null,
        ),
        0,
        1,
    );
    Block::builder("resource")
        .add_labels([LOGGING, "alerts"])
        .add_attribute(("count", count))
        .add_attribute(("firewall_arn", variable("firewall_arn")))
        .add_block(Block::builder("logging_configuration").add_block(config).build())
        .build()
}

/// An object of the API as a block.
fn block(name: &str, value: &Value) -> Result<Block, String> {
    let none = Map::new();
    let mut block = Block::builder(name);
    for (name, value) in value.as_object().unwrap_or(&none) {
        for structure in field(name, value)? {
            block = block.add_structure(structure);
        }
    }
    Ok(block.build())
}

fn field(name: &str, value: &Value) -> Result<Vec<Structure>, String> {
    if let Some((_, outer, inner)) = KEYED.iter().find(|(api, _, _)| *api == name) {
        return keyed(outer, inner, value);
    }
    // The policy's variables have no level for the kind of set: there is addresses only.
    if name == "RuleVariables" && value.get("HOME_NET").is_some() {
        return keyed("rule_variables", "ip_set", value);
    }
    if let Some((_, block_name)) = BLOCKS.iter().find(|(api, _)| *api == name) {
        let items = value.as_array().into_iter().flatten();
        return items.map(|item| block(block_name, item).map(Structure::Block)).collect();
    }
    let here = snake(name);
    Ok(vec![match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("Ref") => {
            let id = fields["Ref"].as_str().unwrap_or_default();
            let group = Traversal::builder(Variable::unchecked(RULE_GROUP)).attr(id).attr("arn");
            Attribute::new(Identifier::sanitized(&here), group.build()).into()
        }
        Value::Object(_) => block(&here, value)?.into(),
        Value::String(text) if name == "RulesString" => {
            Attribute::new(Identifier::sanitized(&here), rules(text)).into()
        }
        other => {
            let value = hcl::Value::deserialize(other).map_err(|e| e.to_string())?;
            Attribute::new(Identifier::sanitized(&here), value).into()
        }
    }])
}

fn keyed(outer: &str, inner: &str, value: &Value) -> Result<Vec<Structure>, String> {
    let sets = value.as_object().into_iter().flatten();
    let one = |(key, set): (&String, &Value)| -> Result<Structure, String> {
        let keyed = Block::builder(outer).add_attribute(("key", key.as_str()));
        Ok(BlockBuilder::build(keyed.add_block(block(inner, set)?)).into())
    };
    sets.map(one).collect()
}

/// Rules as they are, but for what begins a template.
fn rules(text: &str) -> TemplateExpr {
    let plain = text.replace("${", "$${").replace("%{", "%%{");
    TemplateExpr::Heredoc(Heredoc::new(Identifier::unchecked("RULES"), plain))
}

/// `StatefulRuleOptions` as Terraform writes it.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_terraform_does() {
        assert_eq!(snake("StatelessRulesAndCustomActions"), "stateless_rules_and_custom_actions");
    }

    #[test]
    fn texts_come_back_as_they_were() {
        let text = "drop tls any any -> any any (msg:\"${x} %{y} $HOME \\\\\"; sid:1;)\n";
        let name = "a ${b} \"c\" %{d}";
        let body = Body::builder().add_attribute(("rules", rules(text)));
        let body = body.add_attribute(("name", name)).build();
        let written = format::to_string(&body).unwrap();
        let context = hcl::eval::Context::new();
        let read: std::collections::BTreeMap<String, String> =
            hcl::eval::from_str(&written, &context).unwrap();
        assert_eq!((read["rules"].as_str(), read["name"].as_str()), (text, name), "{written}");
    }
}
