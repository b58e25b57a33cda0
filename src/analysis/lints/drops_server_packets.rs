//! A default action that also drops what servers send (pain 10).

use super::Finding;
use super::under::{Under, set_defaults};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::drops_server_packets as say;
use crate::policy::DefaultAction as D;

/// Said of `drop_established_app_layer`, which has a twin that asks the client's packets only.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    if under.default_drop() != Some(D::DropEstablishedAppLayer) {
        return Vec::new();
    }
    let one_way = |action: &D| match action {
        D::DropEstablishedAppLayer => D::DropEstablishedAppLayerToServer,
        D::AlertEstablishedAppLayer => D::AlertEstablishedAppLayerToServer,
        D::DropStrict
        | D::DropEstablished
        | D::DropEstablishedAppLayerToServer
        | D::AlertStrict
        | D::AlertEstablished
        | D::AlertEstablishedAppLayerToServer => *action,
    };
    let mut actions: Vec<D> = under.policy.default_actions.iter().map(one_way).collect();
    actions.dedup();
    let note = Diagnostic::note("drops-server-packets", None, say::message()).help(say::HELP);
    let note = note.confidence(Confidence::Medium);
    vec![Finding::from(note).mended_by(set_defaults(&actions))]
}
