use std::collections::{BTreeSet, HashMap, HashSet};

use super::configuration::MOST_ALERTS;
use super::events::Told;
use super::fate::{Fate, MIDSTREAM, Rules};
use super::report::{Disagreement, MatchDifference, Refused, WhyUntold};
use crate::eval::Outline;
use crate::net::{Action, Flow, RuleOrder, Sid};
use crate::suricata::{ContentTest, Rule, RuleOption, Ruleset, Variables, addresses, ports};

/// How one flow compares.
pub(super) enum Compared {
    /// The same.
    Same,
    /// One of the two does not say.
    CannotTell(WhyUntold),
    /// Otherwise.
    Other(Box<Disagreement>),
}

/// All that is needed to compare the flows of a run.
pub(super) struct Comparison {
    order: RuleOrder,
    rules: Rules,
    /// The rules whose matches are compared even where they make no difference.
    comparable: HashSet<Sid>,
}

impl Comparison {
    /// With the types that the engine gave the rules; `every_match`: whether matches without effect count.
    pub(super) fn new(
        ruleset: &Ruleset,
        types: &HashMap<Sid, String>,
        refused: &[Refused],
        every_match: bool,
    ) -> Self {
        let mut comparable = if every_match { comparable(ruleset) } else { HashSet::new() };
        comparable.retain(|sid| refused.iter().all(|r| r.sid != *sid));
        Self { order: ruleset.order, rules: Rules::new(ruleset, types), comparable }
    }

    /// The first packet on which comparable rules match for one of the two only, while we ask rules at all.
    fn other_matches(&self, outline: &Outline, told: &[Told]) -> Option<MatchDifference> {
        let packets = outline.packets.iter().zip(told).enumerate();
        packets.into_iter().find_map(|(packet, (ours, told))| {
            let counted = |sids: &mut dyn Iterator<Item = Sid>| -> BTreeSet<Sid> {
                sids.filter(|sid| self.comparable.contains(sid)).collect()
            };
            let ours = counted(&mut ours.matched.as_ref()?.iter().copied());
            let theirs = counted(&mut told.matched.iter().map(|m| m.sid));
            (ours != theirs).then(|| MatchDifference {
                packet,
                ours: ours.difference(&theirs).copied().collect(),
                theirs: theirs.difference(&ours).copied().collect(),
            })
        })
    }

    /// Compares what becomes of a flow; `question` is what a person calls it.
    pub(super) fn flow(
        &self,
        question: &str,
        flow: &Flow,
        outline: &Outline,
        told: &[Told],
    ) -> Compared {
        let Some(ours) = Fate::outlined(outline) else {
            return Compared::CannotTell(WhyUntold::ByUs);
        };
        if told.iter().any(|packet| packet.matched.len() >= MOST_ALERTS) {
            return Compared::CannotTell(WhyUntold::TooManyMatches);
        }
        // Stateless rules took all of it: the engine was asked nothing.
        if told.is_empty() {
            return Compared::CannotTell(WhyUntold::NeverSeen);
        }
        let theirs = match (Fate::of_exception(told), self.order) {
            (Some(fate), _) => fate,
            (None, RuleOrder::Strict) => Fate::arbitrated(told, &self.rules),
            (None, RuleOrder::Action) => Fate::told(told, &self.rules).with_pass_of(&ours, told),
        };
        let reason = told
            .iter()
            .filter_map(|packet| packet.dropped.as_ref())
            .map(|dropped| dropped.reason.clone())
            .find(|reason| !["rules", "flow drop", MIDSTREAM].contains(&reason.as_str()));
        let silent = theirs.action != Action::Pass && theirs.by.is_none();
        let same = ours.action == theirs.action
            && ours.dropped == theirs.dropped
            && (silent || ours.by == theirs.by);
        let matches = same.then(|| self.other_matches(outline, told)).flatten();
        if same && reason.is_none() && matches.is_none() {
            return Compared::Same;
        }
        Compared::Other(Box::new(Disagreement {
            question: question.to_owned(),
            flow: flow.clone(),
            packets: outline.packets.iter().map(|packet| packet.name.clone()).collect(),
            ours,
            theirs,
            reason,
            matches,
        }))
    }
}

/// The rules whose matches can be compared: strict order, all of the rule evaluated, nothing that other flows change.
fn comparable(ruleset: &Ruleset) -> HashSet<Sid> {
    let across_flows =
        |o: &RuleOption| matches!(o, RuleOption::Xbits(..) | RuleOption::Threshold(_));
    let rules = ruleset.rules.iter().filter(|rule| {
        ruleset.order == RuleOrder::Strict
            && understood(rule, ruleset.variables(rule))
            && !rule.options.iter().any(across_flows)
            && !may_repeat(rule)
    });
    rules.map(|rule| rule.sid).collect()
}

/// Whether it hangs on what else was inspected whether a rule matches again: it searches for nothing, in a buffer with transforms,
/// or in one of several (`docs/suricata.md` §8).
fn may_repeat(rule: &Rule) -> bool {
    let contents = |negated: bool| {
        let wanted = move |test: &ContentTest| matches!(test, ContentTest::Content(content) if content.negated == negated);
        rule.buffers.iter().flat_map(|buffer| &buffer.tests).any(wanted)
    };
    let app = |option: &RuleOption| {
        matches!(
            option,
            RuleOption::SslState { .. } | RuleOption::TlsVersion { .. } | RuleOption::Urilen { .. }
        )
    };
    let several = rule.buffers.len() > 1 || rule.options.iter().any(app);
    let transforms = rule.buffers.iter().any(|buffer| !buffer.transforms.is_empty());
    !contents(false) && (transforms || (contents(true) && several))
}

/// Whether every condition of a rule is one that we evaluate.
pub(super) fn understood(rule: &Rule, variables: &Variables) -> bool {
    let header = &rule.header;
    let resolved = [&header.source, &header.destination]
        .iter()
        .all(|text| addresses(text, variables).is_ok_and(|addresses| addresses.is_known()))
        && [&header.source_ports, &header.destination_ports]
            .iter()
            .all(|text| ports(text, variables).is_ok());
    let options = rule.options.iter().all(|o| !matches!(o, RuleOption::NotModelled(_)));
    resolved && options && rule.buffers.iter().all(|b| b.buffer.keyword().evaluated)
}
