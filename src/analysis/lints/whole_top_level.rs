//! A pass for everything below a top-level domain (pain 13).

use super::Finding;
use super::under::Under;
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::lints::whole_top_level as say;
use crate::net::{Action, DomainPattern};
use crate::policy::{At, InRow, Policy, RuleBody, RulePlace, Target};

/// Said for each row that passes names below a name without a dot, such as `.com`.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, rule) in under.rows() {
        let RuleBody::Match(row) = &rule.body else { continue };
        if row.action != Action::Pass {
            continue;
        }
        for entry in &row.to {
            for (place, pattern) in names(under.policy, at, entry) {
                if matches!(pattern, DomainPattern::Exact(_)) || pattern.name().contains('.') {
                    continue;
                }
                let message = say::message(&rule.name.value, &pattern.to_string());
                let warning = Diagnostic::warning("whole-top-level", place, message);
                found.push(warning.help(say::HELP).into());
            }
        }
    }
    found
}

/// The names that an entry of the row at `at` asks for, each with its place.
pub(super) fn names<'a>(
    policy: &'a Policy,
    at: RulePlace,
    entry: &'a At<Target, InRow>,
) -> Vec<(Place, &'a DomainPattern)> {
    let here = || policy.place_in(at, &entry.place).unwrap_or_default();
    match &entry.value {
        Target::Name(name) => vec![(here(), name)],
        Target::Url(url) => url.host.iter().map(|host| (here(), host)).collect(),
        Target::List(list) => {
            let names = policy.list(list).map_or(&[][..], |list| &list.names);
            names.iter().map(|name| (name.place.clone(), &name.value)).collect()
        }
        Target::Any | Target::Regex(_) | Target::Net(_) => Vec::new(),
    }
}
