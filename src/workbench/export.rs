use crate::compile::Compiled;
use crate::interop::{
    Account, Bundle, Current, ExportError, Notation, Planned, cloudformation, requests, terraform,
};
use crate::messages::Text;
use crate::policy::Policy;

/// Bytes of a group's rules: what the API takes, and what a template may hold.
///
/// Source: AWS Network Firewall API reference, `RulesString`; schema of `AWS::NetworkFirewall::RuleGroup`.
const API_BYTES: usize = 2_000_000;
const TEMPLATE_BYTES: usize = 1_000_000;

/// What a policy is exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTo {
    /// Requests to AWS's API, one a file.
    Requests,
    /// A `CloudFormation` template.
    CloudFormation(Notation),
    /// Resources for Terraform.
    Terraform,
}

/// A policy as others take it.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Files by name, in the order in which they are used; one for a template.
    pub files: Vec<(String, String)>,
    /// What the requests do to what is deployed, in their order; nothing for templates, whose tools say it themselves.
    pub plan: Vec<Planned>,
    /// What is not as somebody may expect.
    pub notes: Vec<Text>,
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
    let most = match to {
        ExportTo::Requests | ExportTo::Terraform => API_BYTES,
        ExportTo::CloudFormation(_) => TEMPLATE_BYTES,
    };
    let bundle = Bundle::of(policy, compiled, most)?;
    let notes = bundle.notes.clone();
    let one = |name: &str, text: String| (vec![(name.to_owned(), text)], Vec::new());
    let (files, plan) = match to {
        ExportTo::Requests => {
            let (requests, plan) = requests(&bundle, current, account)?;
            let files = requests.iter().enumerate().map(|(at, request)| {
                let name = format!("{:02}-{}-{}.json", at + 1, request.operation, request.name);
                (name, format!("{:#}\n", request.input))
            });
            (files.collect(), plan)
        }
        ExportTo::CloudFormation(notation) => one(&bundle.name, cloudformation(&bundle, notation)?),
        ExportTo::Terraform => one(&bundle.name, terraform(&bundle)?),
    };
    Ok(Exported { files, plan, notes })
}

/// Whether an export goes on in spite of this problem of a rule group: it is split.
#[must_use]
pub fn is_split(code: &str) -> bool {
    matches!(code, "too-much-text" | "too-many-rules")
}
