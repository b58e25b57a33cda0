//! The form of a rule, or of anything else that a policy says: its fields, and at once what they would mean.

mod complete;
mod draw;
mod field;
mod preview;
mod state;

pub use state::{Form, accept};
