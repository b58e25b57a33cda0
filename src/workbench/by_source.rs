use std::net::IpAddr;

use ipnet::IpNet;
use thiserror::Error;

use super::answer::{Answer, outcomes};
use super::fates::{Fate, fates};
use crate::compile::Compiled;
use crate::eval::{Evaluator, Experience, Verdict};
use crate::messages::{Lang, Text, request::who as say};
use crate::net::{IpSet, ParseAddressError, Request, parse_cidr, short};
use crate::policy::Policy;

/// So many classes of sources are asked one by one at most; more would say nothing to a person.
pub const CLASSES: usize = 256;

/// Who asks, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// One address.
    Address(IpAddr),
    /// Every address of a network or of a source of the policy; never empty.
    Several(IpSet),
}

/// Why it cannot be told who asks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.words().say(Lang::English))]
pub enum WhoError {
    /// Nothing is written.
    Nobody,
    /// Neither an address nor a name of the policy.
    Unknown(String),
    /// Nearly a name of the policy.
    Meant(String, String),
    /// A network with bits behind its prefix.
    HostBits(String, String),
    /// A source that holds no address.
    Empty(String),
    /// An address of one network card.
    Zone(String, String),
    /// The rules tell too many of its addresses apart.
    TooMany(usize),
}

impl WhoError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Nobody => say::NOBODY.into(),
            Self::Unknown(text) => say::unknown(text),
            Self::Meant(text, near) => say::meant(text, near),
            Self::HostBits(text, meant) => say::host_bits(text, meant),
            Self::Empty(source) => say::empty(source),
            Self::Zone(text, without) => say::zone(text, without),
            Self::TooMany(kinds) => say::too_many(*kinds),
        }
    }
}

impl Who {
    /// Reads an address, a network, or the name of a source.
    ///
    /// # Errors
    /// [`WhoError`], which says what to write instead.
    pub fn read(policy: &Policy, text: &str) -> Result<Self, WhoError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(WhoError::Nobody);
        }
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        if let Some((address, _)) = text.split_once('%').filter(|(a, _)| is_address(a)) {
            return Err(WhoError::Zone(short(text), address.to_owned()));
        }
        if policy.source(text).is_some() {
            return Self::of_set(text, policy.source_set(text));
        }
        if text == "any" {
            return Self::of_set(text, policy.home_net.iter().copied().collect());
        }
        match parse_cidr(text) {
            Ok(net) => Self::of_set(text, IpSet::from(net)),
            Err(ParseAddressError::HostBits { text, meant }) => {
                Err(WhoError::HostBits(text, meant.to_string()))
            }
            Err(ParseAddressError::NotAnAddress(text)) => Err(unknown(policy, &text)),
        }
    }

    fn of_set(text: &str, set: IpSet) -> Result<Self, WhoError> {
        if set.is_empty() { Err(WhoError::Empty(text.to_owned())) } else { Ok(Self::Several(set)) }
    }

    /// One of the addresses.
    #[must_use]
    pub fn example(&self) -> Option<IpAddr> {
        match self {
            Self::Address(address) => Some(*address),
            Self::Several(set) => example(set),
        }
    }
}

/// An address of the set that a machine could have: not the first of a network where there is another.
pub(super) fn example(set: &IpSet) -> Option<IpAddr> {
    let first = set.first()?;
    let next = match first {
        IpAddr::V4(a) => IpAddr::V4(a.to_bits().saturating_add(1).into()),
        IpAddr::V6(a) => IpAddr::V6(a.to_bits().saturating_add(1).into()),
    };
    Some(if set.contains(next) { next } else { first })
}

fn is_address(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

fn unknown(policy: &Policy, text: &str) -> WhoError {
    let text = short(text);
    let names = policy.sources.iter().map(|source| source.name.value.as_str());
    let near = names
        .map(|name| (strsim::damerau_levenshtein(name, &text), name))
        .min()
        .filter(|(far, _)| *far <= 2);
    match near {
        Some((_, meant)) => WhoError::Meant(text, meant.to_owned()),
        None => WhoError::Unknown(text),
    }
}

/// The answers for the sources in `set`, each with the addresses that get it; that of the lowest address first.
///
/// Nobody looked through the rows for them. One address stands for all those that no rule tells apart; at most `most` such classes are asked.
///
/// # Errors
/// [`WhoError::TooMany`].
pub(super) fn by_source(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    request: &Request,
    set: &IpSet,
    most: usize,
) -> Result<Vec<(IpSet, Answer)>, WhoError> {
    let parts = told_apart(evaluator, request.dst, set);
    if parts.len() > most {
        return Err(WhoError::TooMany(parts.len()));
    }
    // Most parts get the same verdicts: those are joined before anything is explained.
    let mut alike: Vec<(IpSet, Request, Verdicts)> = Vec::new();
    for part in parts {
        let Some(from) = example(&part) else { continue };
        let asked = Request { from, ..request.clone() };
        let of = |fate: Fate| (fate.set, (fate.verdict, fate.experience));
        let new: Verdicts = fates(evaluator, &asked).into_iter().map(of).collect();
        match alike.iter_mut().find(|(_, _, old)| *old == new) {
            Some((set, ..)) => *set = set.union(&part),
            None => alike.push((part, asked, new)),
        }
    }
    let mut answers: Vec<(IpSet, Answer)> = Vec::new();
    for (part, asked, _) in alike {
        let new = outcomes(policy, compiled, evaluator, &asked, usize::MAX);
        match answers.iter_mut().find(|(_, old)| same(old, &new)) {
            Some((set, _)) => *set = set.union(&part),
            None => answers.push((part, new)),
        }
    }
    answers.sort_by_key(|(set, _)| set.first());
    Ok(answers)
}

/// What an evaluator gives for each set of destinations.
type Verdicts = Vec<(IpSet, (Verdict, Experience))>;

/// The parts of `set` that rules tell apart, of both families unless the destination is given, which is of one.
pub(super) fn told_apart(evaluator: &Evaluator, dst: Option<IpAddr>, set: &IpSet) -> Vec<IpSet> {
    let [v4, v6] = families(set);
    let askable = |family: &IpSet| match (family.first(), dst) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(from), Some(dst)) => from.is_ipv4() == dst.is_ipv4(),
    };
    let mut parts = Vec::new();
    for family in [v4, v6].into_iter().filter(askable) {
        let Some(like) = family.first() else { continue };
        // Rules of which the server's packets have this address as their source count too: the classes are the same.
        let classes = evaluator.addresses(like);
        let inside = classes.iter().map(|class| class.set.intersection(&family));
        parts.extend(inside.filter(|part| !part.is_empty()));
    }
    parts
}

/// The addresses of each family.
fn families(set: &IpSet) -> [IpSet; 2] {
    let (v4, v6): (Vec<IpNet>, Vec<IpNet>) =
        set.cidrs().into_iter().partition(|net| net.addr().is_ipv4());
    [v4, v6].map(|nets| nets.into_iter().collect())
}

/// Whether two answers differ in nothing but who asked.
fn same(a: &Answer, b: &Answer) -> bool {
    let outcome = |answer: &Answer| {
        let of = |o: &super::ByDestination| {
            (o.set.clone(), o.action, o.trace.experience, o.decider.words())
        };
        answer.by_destination.iter().map(of).collect::<Vec<_>>()
    };
    outcome(a) == outcome(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Document;

    const POLICY: &str = "\
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established]
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16]}
  nobody: {cidrs: [10.9.0.0/16], except: [10.9.0.0/16]}
rule_groups:
  - name: g
    priority: 1
    rules:
      - {name: half, action: pass, from: 10.1.0.0/17, to: a.example}
";

    #[test]
    fn source_is_an_address_a_network_or_a_name_of_the_policy() {
        let document = Document::read(POLICY.to_owned()).unwrap();
        let policy = document.policy();
        assert!(matches!(Who::read(policy, "10.1.2.3"), Ok(Who::Address(_))));
        assert!(matches!(Who::read(policy, "10.1.0.0/24"), Ok(Who::Several(_))));
        assert_eq!(Who::read(policy, "payroll"), Who::read(policy, "10.1.0.0/16"));
        for (text, part) in [
            ("payrol", "did you mean `payroll`"),
            ("10.1", "not a source"),
            ("10.1.2.3/8", "did you mean 10.0.0.0/8"),
            ("fe80::1%eth0", "write `fe80::1`"),
            ("", "no source"),
            ("nobody", "holds no address"),
        ] {
            let error = Who::read(policy, text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn addresses_that_rules_tell_apart_are_asked_one_by_one() {
        let document = Document::read(POLICY.to_owned()).unwrap();
        let policy = document.policy();
        let compiled = crate::compile::compile(policy);
        let evaluator = crate::analysis::evaluator(&compiled);
        let request = Request::parse("10.1.0.0", "https://a.example", None).unwrap();
        let set = policy.source_set("payroll");
        let answers = by_source(policy, &compiled, &evaluator, &request, &set, 2).unwrap();
        let texts: Vec<String> = answers.iter().map(|(set, _)| set.to_string()).collect();
        assert_eq!(texts, ["10.1.0.0/17", "10.1.128.0/17"]);
        let actions: Vec<_> = answers.iter().map(|(_, a)| a.first().action).collect();
        use crate::net::Action;
        assert_eq!(actions, [Some(Action::Pass), Some(Action::Drop)]);
        let refused = by_source(policy, &compiled, &evaluator, &request, &set, 1);
        assert_eq!(refused, Err(WhoError::TooMany(2)));
    }
}
