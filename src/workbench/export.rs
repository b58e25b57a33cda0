use crate::compile::{Compiled, GROUP_BYTES, TEMPLATE_BYTES};
use crate::interop::{
    Account, Bundle, Current, ExportError, Notation, Planned, Request, cloudformation, requests,
    terraform,
};
use crate::messages::Text;
use crate::messages::export as say;
use crate::net::RuleOrder;
use crate::policy::{Policy, RuleGroup, Stateless};

/// What a policy is exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTo {
    /// Requests to AWS's API, one a file.
    Requests,
    /// A `CloudFormation` template.
    CloudFormation(Notation),
    /// Resources for Terraform.
    Terraform,
    /// Rules for Suricata.
    Rules,
}

/// A policy as others take it.
#[derive(Debug, Clone)]
pub struct Exported {
    /// What they are given.
    pub content: Content,
    /// What the requests do to what is deployed, in their order; nothing for templates, whose tools say it themselves.
    pub plan: Vec<Planned>,
    /// What is not as somebody may expect.
    pub notes: Vec<Text>,
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Requests in the order in which they have to be made.
    Requests(Vec<Request>),
    /// One text.
    File(String),
}

/// Exports a compiled policy. `current` is what is deployed, so far as it is known.
///
/// # Errors
/// [`ExportError`] when AWS would not take it.
pub fn export(
    policy: &Policy,
    compiled: &Compiled,
    to: ExportTo,
    current: &Current,
    account: &Account,
) -> Result<Exported, ExportError> {
    let bundle = |most| Bundle::of(policy, compiled, most);
    let (content, plan, notes) = match to {
        ExportTo::Requests => {
            let bundle = bundle(GROUP_BYTES)?;
            let (requests, plan) = requests(&bundle, current, account)?;
            (Content::Requests(requests), plan, bundle.notes)
        }
        ExportTo::CloudFormation(notation) => {
            let bundle = bundle(TEMPLATE_BYTES)?;
            (Content::File(cloudformation(&bundle, notation)?), Vec::new(), bundle.notes)
        }
        ExportTo::Terraform => {
            let bundle = bundle(GROUP_BYTES)?;
            (Content::File(terraform(&bundle)?), Vec::new(), bundle.notes)
        }
        ExportTo::Rules => (Content::File(compiled.text(policy)), Vec::new(), not_in_rules(policy)),
    };
    Ok(Exported { content, plan, notes })
}

/// What a policy says and a file of rules cannot: stock Suricata sorts rules by action, knows neither default actions nor AWS's
/// references and groups, and has its variables elsewhere.
///
/// Source: Suricata 7.0.10, `suricata.yaml`: `action-order`, `vars`; `docs/suricata.md`.
fn not_in_rules(policy: &Policy) -> Vec<Text> {
    let mut notes = Vec::new();
    if policy.rule_order == RuleOrder::Strict {
        notes.push(say::STRICT_ORDER_LOST.into());
    }
    if !policy.default_actions.is_empty() {
        notes.push(say::DEFAULT_ACTIONS_LOST.into());
    }
    let home: Vec<String> = policy.home_net.iter().map(ToString::to_string).collect();
    notes.push(say::home_net_elsewhere(&home.join(",")));
    let own = |group: &RuleGroup| {
        group.home_net.is_some() || group.external_net.is_some() || !group.variables.is_empty()
    };
    for group in &policy.rule_groups {
        let name = &group.name.value;
        if group.managed.is_some() {
            notes.push(say::managed_lost(name));
        }
        if own(group) {
            notes.push(say::group_variables_lost(name));
        }
        notes.extend(group.references.keys().map(|reference| say::reference_lost(reference)));
    }
    if policy.stateless != Stateless::default() {
        notes.push(say::STATELESS_LOST.into());
    }
    notes
}

/// Whether an export goes on in spite of this problem of a rule group: it is split.
#[must_use]
pub fn is_split(code: &str) -> bool {
    matches!(code, "too-much-text" | "too-many-rules")
}
