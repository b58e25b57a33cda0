//! A policy under the eyes of the lints.

use std::sync::atomic::AtomicBool;

use super::by_hand::ByHand;
use crate::analysis::accepted::Accepts;
use crate::analysis::order::ask::{Ask, Outcome};
use crate::analysis::order::stands::{Stand, an_address, stands};
use crate::compile::{Compiled, Origin};
use crate::eval::Evaluator;
use crate::net::{IpSet, Request};
use crate::policy::{
    DefaultAction, Edit, Endpoint, Field, HandWritten, Policy, Rule, RuleBody, RulePlace, Target,
    Thing,
};

/// A policy, what it becomes, and who can be asked about it.
pub(super) struct Under<'a> {
    pub policy: &'a Policy,
    pub compiled: &'a Compiled,
    evaluator: &'a Evaluator,
    /// The day it is, as policies write days.
    pub today: &'a str,
    /// Set when nobody wants to know any more.
    stop: &'a AtomicBool,
    /// What stands in it, in the order in which strict order asks it.
    pub stands: Vec<Stand>,
    /// What it says is as it should be.
    pub accepts: Accepts<'a>,
}

impl<'a> Under<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        today: &'a str,
        stop: &'a AtomicBool,
    ) -> Self {
        let accepts = Accepts::of(policy);
        Self { policy, compiled, evaluator, today, stop, stands: stands(policy, compiled), accepts }
    }

    /// Somebody to ask about some requests; each lint asks its own.
    pub(super) fn ask(&self) -> Ask<'a> {
        Ask::new(self.policy, self.compiled, self.evaluator, self.stop)
    }

    /// The row at `place`.
    pub(super) fn row(&self, place: RulePlace) -> Option<&'a Rule> {
        self.policy.rule(place)
    }

    /// A request as `url` says it, from a client that no source and no row names where there is one, to an address that no row
    /// names.
    pub(super) fn asked_from_inside(&self, url: &str) -> Option<Request> {
        let home: IpSet = self.policy.home_net.iter().copied().collect();
        let (from, to) = self.named();
        let unnamed = home.minus(&from);
        let from = an_address(if unnamed.is_empty() { &home } else { &unnamed })?;
        let mut request = Request::parse(&from.to_string(), url, None).ok()?;
        let family = if from.is_ipv4() { IpSet::any_v4() } else { IpSet::any_v6() };
        request.dst = Some(request.somewhere_in(&family.minus(&to))?);
        Some(request)
    }

    /// The clients that sources and rows name, and the servers that rows name.
    fn named(&self) -> (IpSet, IpSet) {
        let sources = self.policy.sources.iter().map(|s| self.policy.source_set(&s.name.value));
        let rows = || {
            self.rows().filter_map(|(_, rule)| match &rule.body {
                RuleBody::Match(row) => Some(row),
                RuleBody::Suricata(_) => None,
            })
        };
        let from = rows().flat_map(|row| &row.from).filter_map(|from| match &from.value {
            Endpoint::Net(net) => Some(IpSet::from(*net)),
            Endpoint::Any | Endpoint::Source(_) => None,
        });
        let to = rows().flat_map(|row| &row.to).filter_map(|to| match &to.value {
            Target::Net(net) => Some(IpSet::from(*net)),
            _ => None,
        });
        let (from, to): (Vec<IpSet>, Vec<IpSet>) = (sources.chain(from).collect(), to.collect());
        (IpSet::joined(&from), IpSet::joined(&to))
    }

    /// Whether a request that the row is about leaves a log line, as far as that can be tried.
    pub(super) fn is_logged(&self, place: RulePlace) -> bool {
        let logged = |request: Request| {
            let Some(dst) = request.dst else { return false };
            let trace = self.evaluator.decide(&request.flow(dst));
            trace.packets.iter().any(|packet| !packet.logged.is_empty())
        };
        let own = self.stands.iter().filter(|stand| stand.place == place);
        own.flat_map(|stand| stand.requests_with(stand)).any(logged)
    }

    /// Rules written by hand that are about a name, with their rows.
    pub(super) fn by_hand(&self) -> impl Iterator<Item = ByHand<'a>> {
        let (policy, compiled) = (self.policy, self.compiled);
        let origins = compiled.origins.iter().zip(compiled.spans.iter());
        let rules = compiled.ruleset.rules.iter().zip(origins);
        rules.filter_map(move |(rule, (origin, span))| match (origin, span) {
            (Origin::Rule(place), Some(span)) => ByHand::of(policy, compiled, *place, (rule, span)),
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
