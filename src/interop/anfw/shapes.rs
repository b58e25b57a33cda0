//! The objects of AWS Network Firewall's API, as its JSON and CloudFormation write them.
//!
//! Source: AWS Network Firewall API reference: `RuleGroup`, `FirewallPolicy` and what they hold. What is not listed here is kept in
//! `other`, so that it can be named.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A rule group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleGroup {
    /// Named sets for its rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_variables: Option<RuleVariables>,
    /// Resources that its rules name as `@NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_sets: Option<ReferenceSets>,
    /// Its rules.
    pub rules_source: RulesSource,
    /// In which order they are asked (stateful groups).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stateful_rule_options: Option<StatefulRuleOptions>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `RuleVariables`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleVariables {
    /// Sets of addresses.
    #[serde(rename = "IPSets", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ip_sets: BTreeMap<String, Definition>,
    /// Sets of ports.
    #[serde(rename = "PortSets", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub port_sets: BTreeMap<String, Definition>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `IPSet`, `PortSet`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Definition {
    /// What it holds.
    #[serde(default)]
    pub definition: Vec<String>,
}

/// `ReferenceSets`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReferenceSets {
    /// By name.
    #[serde(rename = "IPSetReferences", default)]
    pub ip_set_references: BTreeMap<String, IpSetReference>,
}

/// `IPSetReference`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct IpSetReference {
    /// The resource.
    #[serde(default)]
    pub reference_arn: String,
}

/// `RulesSource`: exactly one of the four.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RulesSource {
    /// Suricata rules, one a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_string: Option<String>,
    /// A domain list, from which AWS makes rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_source_list: Option<DomainListSource>,
    /// Stateful rules, field by field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stateful_rules: Option<Vec<StatefulRule>>,
    /// Stateless rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stateless_rules_and_custom_actions: Option<StatelessRulesAndCustomActions>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `RulesSourceList`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DomainListSource {
    /// Names; a leading dot means the name and all below it.
    pub targets: Vec<String>,
    /// `TLS_SNI`, `HTTP_HOST`.
    pub target_types: Vec<String>,
    /// `ALLOWLIST`, `DENYLIST`, `REJECTLIST`, `ALERTLIST`.
    pub generated_rules_type: String,
}

/// `StatefulRule`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatefulRule {
    /// `PASS`, `DROP`, `ALERT`, `REJECT`.
    pub action: String,
    /// Who, where, how.
    pub header: Header,
    /// What else it asks.
    #[serde(default)]
    pub rule_options: Vec<RuleOption>,
}

/// `Header`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Header {
    /// `TCP`, `TLS`, …
    pub protocol: String,
    /// An address, a network, a variable, or `ANY`.
    pub source: String,
    /// A port, `1990:1994`, a variable, or `ANY`.
    pub source_port: String,
    /// `FORWARD` or `ANY`.
    pub direction: String,
    /// As `source`.
    pub destination: String,
    /// As `source_port`.
    pub destination_port: String,
}

/// `RuleOption`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleOption {
    /// The keyword.
    pub keyword: String,
    /// Its values, with quotes where the rule has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
}

/// `StatelessRulesAndCustomActions`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatelessRulesAndCustomActions {
    /// The rules.
    pub stateless_rules: Vec<StatelessRule>,
    /// Metrics to publish.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_actions: Vec<Value>,
}

/// `StatelessRule`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatelessRule {
    /// What it asks and does.
    pub rule_definition: RuleDefinition,
    /// Its place, 1 to 65535, unique in the group.
    pub priority: u32,
}

/// `RuleDefinition`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleDefinition {
    /// What it asks.
    pub match_attributes: MatchAttributes,
    /// One of `aws:pass`, `aws:drop`, `aws:forward_to_sfe`, and names of custom actions.
    pub actions: Vec<String>,
}

/// `MatchAttributes`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct MatchAttributes {
    /// Where packets come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Address>,
    /// Where they go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<Address>,
    /// Their source ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source_ports: Vec<PortRange>,
    /// Their destination ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub destination_ports: Vec<PortRange>,
    /// Their protocols, by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<u8>,
    /// Their TCP flags.
    #[serde(rename = "TCPFlags", skip_serializing_if = "Vec::is_empty")]
    pub tcp_flags: Vec<TcpFlags>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `Address`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Address {
    /// An address or a network.
    pub address_definition: String,
}

/// `PortRange`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PortRange {
    /// The first.
    pub from_port: u16,
    /// The last.
    pub to_port: u16,
}

/// `TCPFlagField`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TcpFlags {
    /// Those that must be set.
    pub flags: Vec<String>,
    /// Those that are looked at; none: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<String>,
}

/// `StatefulRuleOptions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatefulRuleOptions {
    /// `STRICT_ORDER` or `DEFAULT_ACTION_ORDER`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_order: Option<String>,
}

/// A firewall policy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FirewallPolicy {
    /// What is done with packets that no stateless rule matches.
    pub stateless_default_actions: Vec<String>,
    /// The same for fragments of UDP datagrams.
    pub stateless_fragment_default_actions: Vec<String>,
    /// Its stateless groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stateless_rule_group_references: Vec<Reference>,
    /// Metrics to publish.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stateless_custom_actions: Vec<Value>,
    /// Its stateful groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stateful_rule_group_references: Vec<Reference>,
    /// What is done with what no stateful rule matches (strict order only).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stateful_default_actions: Vec<String>,
    /// How the stateful engine works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stateful_engine_options: Option<StatefulEngineOptions>,
    /// `HOME_NET`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_variables: Option<PolicyVariables>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `StatefulRuleGroupReference`, `StatelessRuleGroupReference`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Reference {
    /// The group: its ARN, or in a template whatever stands for it.
    pub resource_arn: Value,
    /// Its place; action order has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `StatefulEngineOptions`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct StatefulEngineOptions {
    /// `STRICT_ORDER` or `DEFAULT_ACTION_ORDER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_order: Option<String>,
    /// `DROP`, `CONTINUE`, `REJECT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_exception_policy: Option<String>,
    /// Fields that are not known here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `PolicyVariables`: a map of sets, without the level that rule groups have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PolicyVariables {
    /// `HOME_NET` only: AWS refuses every other name.
    pub rule_variables: BTreeMap<String, Definition>,
}
