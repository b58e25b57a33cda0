use super::answer::{Answer, ByDestination, Decider};
use super::row_trace::{conditions_of_row, row_steps, row_traces};
use super::why::misses_of;
use crate::compile::Compiled;
use crate::eval::{Condition, Evaluator};
use crate::messages::variant::{name, no_longer_matches};
use crate::messages::{Text, Words};
use crate::net::{ClientVariant, IpSet};
use crate::policy::{Policy, RulePlace};

/// The same request as another client sends it.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantAnswer {
    /// Which client.
    pub variant: ClientVariant,
    /// What becomes of its request.
    pub outcome: ByDestination,
    /// Whether that differs from what becomes of the usual client's.
    pub differs: bool,
    /// Why it differs: the rule that no longer matches, and on what.
    pub why: Option<Text>,
}

impl VariantAnswer {
    /// What the client does differently, short enough for a list.
    #[must_use]
    pub const fn name(&self) -> Words {
        match self.variant {
            ClientVariant::PostQuantum => name::POST_QUANTUM,
            ClientVariant::NoServerName => name::NO_SERVER_NAME,
            ClientVariant::UpperCase => name::UPPER_CASE,
            ClientVariant::TrailingDot => name::TRAILING_DOT,
            ClientVariant::HostWithPort => name::HOST_WITH_PORT,
            ClientVariant::PlainOn443 => name::PLAIN_ON_443,
            ClientVariant::Quic => name::QUIC,
            ClientVariant::SecondRequest => name::SECOND_REQUEST,
            ClientVariant::Connect => name::CONNECT,
        }
    }
}

/// Asks the request of `answer` as other clients send it, to the likeliest of its destinations.
#[must_use]
pub fn variants(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    answer: &Answer,
) -> Vec<VariantAnswer> {
    let usual = answer.first();
    let dst = usual.address;
    let ask = |variant: ClientVariant| {
        let trace = evaluator.evaluate(&variant.flow(&answer.request, dst));
        let outcome =
            ByDestination::of(policy, compiled, &answer.request, (IpSet::host(dst), dst), trace);
        let differs =
            outcome.action != usual.action || outcome.trace.experience != usual.trace.experience;
        let why = if differs { explain(compiled, usual, &outcome) } else { None };
        VariantAnswer { variant, outcome, differs, why }
    };
    ClientVariant::of(&answer.request).into_iter().map(ask).collect()
}

/// What the rule that decides for the usual client misses with this one.
fn explain(compiled: &Compiled, usual: &ByDestination, other: &ByDestination) -> Option<Text> {
    let Decider::Rule(rule) = &usual.decider else {
        return None;
    };
    let condition = nearest_miss(compiled, rule.place, other)?;
    let rule = usual.decider.words();
    Some(no_longer_matches(&rule, &condition.wanted, &condition.got, lacks(&condition)))
}

/// The first condition that misses, of the row's compiled rule that comes closest.
fn nearest_miss(
    compiled: &Compiled,
    place: RulePlace,
    outcome: &ByDestination,
) -> Option<Condition> {
    let steps = row_steps(compiled, &outcome.trace, place);
    let rules = row_traces(compiled, &steps, place);
    let missing = rules.iter().filter(|row| row.step.would_match_at.is_none());
    let misses = missing.map(|row| conditions_of_row(&rules, row.step));
    let misses = misses.filter(|all| !misses_of(all).is_empty());
    let nearest = misses.min_by_key(|all| misses_of(all).len())?;
    misses_of(&nearest).first().map(|c| (*c).clone())
}

/// The word that would make a rule match capitals too, if it lacks one: `http.host` takes no `nocase`
/// (`docs/suricata.md` §4).
fn lacks(condition: &Condition) -> Option<&'static str> {
    let has = |word| condition.wanted.contains(word);
    let capitals = condition.got.bytes().any(|b| b.is_ascii_uppercase());
    let lacks = capitals && !has("nocase") && !has("to_lowercase");
    lacks.then(|| if has("http.host;") { "to_lowercase" } else { "nocase" })
}
