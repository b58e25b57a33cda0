//! Sources outside `home_net`: rows from `any`, and `$HOME_NET`, do not see them (pain 1).

use super::Finding;
use super::under::{Under, hand_written};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::outside_home_net as say;
use crate::net::IpSet;
use crate::policy::{Edit, Endpoint, Field, Rule, RuleBody, Thing};

/// Networks of a source that are named.
const NAMED: usize = 3;

/// Said for each source with addresses of its own outside, where some row is about the inside as a whole.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let policy = under.policy;
    let own = |group: usize| policy.rule_groups[group].home_net.is_some();
    if !under.rows().any(|(place, rule)| !own(place.group) && is_about_the_inside(rule)) {
        return Vec::new();
    }
    let home: IpSet = policy.home_net.iter().copied().collect();
    let outside = policy.sources.iter().filter_map(|source| {
        let own: IpSet = source.cidrs.iter().copied().collect();
        let own = own.minus(&source.except.iter().copied().collect());
        let outside = own.minus(&home);
        (!outside.is_empty()).then_some((source, outside))
    });
    outside
        .map(|(source, outside)| {
            let networks = outside.networks();
            let named = networks[..networks.len().min(NAMED)].join(", ");
            let message = say::message(&source.name.value, &named, networks.len() > NAMED);
            let at = source.name.place.clone();
            let warning = Diagnostic::warning("outside-home-net", at, message).help(say::HELP);
            let written = policy.home_net.iter().map(ToString::to_string);
            let more: Vec<String> = written.chain(networks).collect();
            let fields = vec![(Field::HomeNet, Some(more.join(", ")))];
            Finding::from(warning.confidence(Confidence::Medium))
                .mended_by(Edit::Set { thing: Thing::Policy, fields })
        })
        .collect()
}

fn is_about_the_inside(rule: &Rule) -> bool {
    match &rule.body {
        RuleBody::Match(row) => row.from.iter().any(|from| from.value == Endpoint::Any),
        RuleBody::Suricata(_) => {
            hand_written(rule).is_some_and(|written| written.text.contains("$HOME_NET"))
        }
    }
}
