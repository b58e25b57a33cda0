use std::fmt;

use serde::{Deserialize, Serialize};

/// The number of a rule, as logs report it (`signature_id`).
///
/// Suricata 7.0.10 accepts 1 to 4,294,967,294 (measured, `tests/fixtures/conformance/load.jsonl`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sid(pub u32);

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
