//! What becomes of connections that were not seen to begin (pain 32).

use super::Finding;
use super::under::Under;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::stream_exceptions as say;
use crate::net::StreamPolicy;
use crate::policy::{Edit, Field, Thing};

/// Said of `drop`, which lets clients hang, and of `continue`, with which names are never seen.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let found = match under.policy.stream_exception_policy {
        StreamPolicy::Reject => return Vec::new(),
        StreamPolicy::Drop => Diagnostic::note("stream-exceptions", None, say::drops()),
        StreamPolicy::Continue => Diagnostic::warning("stream-exceptions", None, say::goes_on()),
    };
    let fields = vec![(Field::StreamExceptionPolicy, Some("reject".to_owned()))];
    let found = found.help(say::HELP).confidence(Confidence::Medium);
    vec![Finding::from(found).mended_by(Edit::Set { thing: Thing::Policy, fields })]
}
