//! A policy under the eyes of the lints.

use std::net::IpAddr;
use std::sync::atomic::AtomicBool;

use super::by_hand::ByHand;
use crate::analysis::order::ask::{Ask, Outcome};
use crate::analysis::order::stands::{Stand, stands};
use crate::compile::{Compiled, Origin};
use crate::eval::Evaluator;
use crate::net::{IpSet, Request};
use crate::policy::{
    DefaultAction, Edit, Field, HandWritten, Policy, Rule, RuleBody, RulePlace, Thing,
};

/// A policy, what it becomes, and who can be asked about it.
pub(super) struct Under<'a> {
    pub policy: &'a Policy,
    pub compiled: &'a Compiled,
    evaluator: &'a Evaluator,
    /// Set when nobody wants to know any more.
    stop: &'a AtomicBool,
    /// What stands in it, in the order in which strict order asks it.
    pub stands: Vec<Stand>,
}

impl<'a> Under<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        stop: &'a AtomicBool,
    ) -> Self {
        Self { policy, compiled, evaluator, stop, stands: stands(policy, compiled) }
    }

    /// Somebody to ask about some requests; each lint asks its own.
    pub(super) fn ask(&self) -> Ask<'a> {
        Ask::new(self.policy, self.compiled, self.evaluator, self.stop)
    }

    /// The row at `place`.
    pub(super) fn row(&self, place: RulePlace) -> Option<&'a Rule> {
        self.policy.rule(place)
    }

    /// A request from inside as `url` says it, to an address that no rule is likely to name.
    pub(super) fn asked_from_inside(&self, url: &str) -> Option<Request> {
        let home: IpSet = self.policy.home_net.iter().copied().collect();
        let first = home.first()?;
        let inside = match first {
            IpAddr::V4(a) => IpAddr::V4(a.to_bits().saturating_add(1).into()),
            IpAddr::V6(a) => IpAddr::V6(a.to_bits().saturating_add(1).into()),
        };
        let from = if home.contains(inside) { inside } else { first };
        let mut request = Request::parse(&from.to_string(), url, None).ok()?;
        request.dst = request.dst.or_else(|| Some(request.somewhere()));
        Some(request)
    }

    /// Rules written by hand that are about a name, with their rows.
    pub(super) fn by_hand(&self) -> impl Iterator<Item = ByHand<'a>> {
        let rules = self.compiled.ruleset.rules.iter().zip(&self.compiled.origins);
        let (policy, compiled) = (self.policy, self.compiled);
        rules.filter_map(move |(rule, origin)| match origin {
            Origin::Rule(place) => ByHand::of(policy, compiled, *place, rule),
            _ => None,
        })
    }

    /// Every row in its own words or by hand that is not switched off, in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = (RulePlace, &'a Rule)> {
        let groups = self.policy.rule_groups.iter().enumerate();
        let all = groups.flat_map(|(group, one)| {
            let rules = one.rules.iter().enumerate();
            rules.map(move |(rule, row)| (RulePlace { group, rule }, row))
        });
        all.filter(|(_, row)| row.enabled)
    }

    /// The default action that drops.
    pub(super) fn default_drop(&self) -> Option<DefaultAction> {
        self.policy.default_actions.iter().copied().find(|action| action.is_drop())
    }
}

/// What becomes of a request whose destination is given.
pub(super) fn outcome(ask: &Ask<'_>, request: &Request) -> Option<Outcome> {
    ask.engine(&request.flow(request.dst?))
}

/// The text of a row that is written by hand.
pub(super) fn hand_written(row: &Rule) -> Option<&HandWritten> {
    match &row.body {
        RuleBody::Suricata(written) => Some(written),
        RuleBody::Match(_) => None,
    }
}

/// The edit that makes these the default actions.
pub(super) fn set_defaults(actions: &[DefaultAction]) -> Edit {
    let words: Vec<&str> = actions.iter().map(|action| action.word()).collect();
    let fields = vec![(Field::DefaultActions, Some(words.join(", ")))];
    Edit::Set { thing: Thing::Policy, fields }
}

/// What AWS recommends, and sets for new policies: drop what nobody passed once its name is known, and log it.
///
/// Source: AWS Network Firewall best-practices guide; the console's default since 2026-06-22 (anfw.md §0.5, §2.3).
pub(super) const RECOMMENDED: [DefaultAction; 2] = [
    DefaultAction::DropEstablishedAppLayerToServer,
    DefaultAction::AlertEstablishedAppLayerToServer,
];
