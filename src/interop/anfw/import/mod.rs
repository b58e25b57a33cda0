//! What AWS Network Firewall has, and what is written for it, as policies.

mod group;
mod hcl;
mod importer;
mod lists;
mod objects;
mod policy;
mod rows;
mod sets;
mod stateless;
mod template;
mod terraform;

pub use importer::Importer;
pub use objects::Objects;
pub use policy::draft;
pub use template::take as take_template;
pub use terraform::take as take_terraform;
