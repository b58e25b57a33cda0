use crate::compile::{Compiled, GROUP_BYTES, TEMPLATE_BYTES};
use crate::interop::{
    Account, Bundle, Current, ExportError, Notation, Planned, Request, cloudformation, requests,
    terraform,
};
use crate::messages::Text;
use crate::policy::Policy;

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
    let most = match to {
        ExportTo::Requests | ExportTo::Terraform => GROUP_BYTES,
        ExportTo::CloudFormation(_) => TEMPLATE_BYTES,
    };
    let bundle = Bundle::of(policy, compiled, most)?;
    let (content, plan) = match to {
        ExportTo::Requests => {
            let (requests, plan) = requests(&bundle, current, account)?;
            (Content::Requests(requests), plan)
        }
        ExportTo::CloudFormation(notation) => {
            (Content::File(cloudformation(&bundle, notation)?), Vec::new())
        }
        ExportTo::Terraform => (Content::File(terraform(&bundle)?), Vec::new()),
    };
    Ok(Exported { content, plan, notes: bundle.notes })
}

/// Whether an export goes on in spite of this problem of a rule group: it is split.
#[must_use]
pub fn is_split(code: &str) -> bool {
    matches!(code, "too-much-text" | "too-many-rules")
}
