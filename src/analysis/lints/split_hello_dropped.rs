//! A pass by name that waits for the whole hello, and something that drops its first half (pain 9).

use super::Finding;
use super::under::{RECOMMENDED, Under, set_defaults};
use crate::analysis::order::stands::Stand;
use crate::compile::Origin;
use crate::diagnostic::Diagnostic;
use crate::messages::lints::split_hello_dropped as say;
use crate::messages::order as names;
use crate::net::{Action, ClientVariant, Scheme};
use crate::policy::RulePlace;

/// How many rows are tried.
const TRIED: usize = 60;

/// Said for each row that passes a usual hello while one in two segments is lost.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let ask = under.ask();
    let mut tried: Vec<RulePlace> = Vec::new();
    let mut found = Vec::new();
    let passes = |stand: &&Stand| stand.action == Action::Pass && stand.is_name(Scheme::Https);
    for stand in under.stands.iter().filter(passes).take(TRIED) {
        if tried.contains(&stand.place) {
            continue;
        }
        tried.push(stand.place);
        let Some(request) = stand.request(443) else { continue };
        let Some(dst) = request.dst else { continue };
        let Some(usual) = ask.engine(&request.flow(dst)) else { break };
        let Some(split) = ask.engine(&ClientVariant::PostQuantum.flow(&request, dst)) else {
            break;
        };
        let blocks = split.action.is_some_and(Action::blocks);
        let own = |by: Option<Origin>| by == Some(Origin::Rule(stand.place));
        if usual.action != Some(Action::Pass) || !own(usual.by) || !blocks || own(split.by) {
            continue;
        }
        found.extend(finding(under, stand.place, &request.to_string(), split.by));
    }
    found
}

fn finding(
    under: &Under<'_>,
    place: RulePlace,
    request: &str,
    by: Option<Origin>,
) -> Option<Finding> {
    let row = under.row(place)?;
    let name = names::row(&row.name.value, under.policy.line_of(place));
    let (by, fix) = match by {
        Some(Origin::Rule(other)) => {
            let row = under.row(other)?;
            (names::row(&row.name.value, under.policy.line_of(other)), None)
        }
        _ => {
            let drop = under.default_drop()?;
            (names::default(Some(drop.word())), Some(set_defaults(&RECOMMENDED)))
        }
    };
    let message = say::message(&name, request, &by);
    let at = under.policy.name_place(place);
    let warning = Diagnostic::warning("split-hello-dropped", at, message).help(say::HELP);
    Some(Finding::from(warning).mended_by(fix))
}
