//! AWS Network Firewall: what its API, CloudFormation and Terraform say, in and out.
//!
//! [`Bundle`] is a compiled policy as AWS's objects; each format writes it down in its own way.

mod bundle;
mod cloudformation;
mod import;
mod keep;
mod names;
mod plan;
mod requests;
mod shapes;
mod stateless;
mod terraform;

pub use bundle::{Bundle, ExportError, Group};
pub use cloudformation::{Notation, cloudformation};
pub use import::{Importer, Objects, draft, take_template, take_terraform};
pub use plan::{Current, NotCurrent, Planned};
pub use requests::{Account, Request, requests};
pub use shapes::StatelessRule;
pub use stateless::stateless_rule;
pub use terraform::terraform;
