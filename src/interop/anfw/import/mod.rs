//! What AWS Network Firewall has, and what is written for it, as policies.

mod group;
mod importer;
mod lists;
mod objects;
mod policy;
mod rows;
mod sets;
mod stateless;

pub use importer::Importer;
pub use objects::Objects;
pub use policy::draft;
