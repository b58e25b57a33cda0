//! What a source can reach, and who can reach a server.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::flows::{
    Along, Class, Count, Decider, Fate, Flows, NameClass, Outcome, Pieces, Region, Subject,
    Universe, Walk,
};
use super::impact::Compared;
use crate::net::{DomainPattern, IpSet, Scheme};

/// How many classes are looked at, of each protocol, before it is said that not all were.
const MOST: usize = 1_000_000;
/// How many conditions that texts do not say are tried in all ways together.
const UNCLEAR: usize = 5;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Between {
    /// What these clients can reach.
    From(IpSet),
    /// Who can reach these servers.
    To(IpSet),
    /// Who can reach servers of this name: with it, and with all below it where the pattern has these.
    Named(DomainPattern),
}

impl Between {
    /// The protocols that are looked at: of a name those in which who asks for it reaches it.
    #[must_use]
    pub fn protocols(&self) -> Vec<Scheme> {
        match self {
            Self::From(_) | Self::To(_) => Scheme::ALL.into_iter().collect(),
            Self::Named(_) => vec![Scheme::Https, Scheme::Http, Scheme::Quic],
        }
    }
}

/// The flows that get through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Flows that work, or work by half, each with who lets it through.
    pub passes: Vec<(Flows, Fate)>,
    /// Flows of which it cannot be told, and the rules in the way.
    pub cannot_tell: Vec<(Flows, Vec<Decider>)>,
    /// Protocols of which not all was looked at.
    pub left_out: Vec<Scheme>,
}

/// What is said of a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Passes(Fate),
    Open(Vec<Decider>),
}

/// Finds every flow of usual clients between these that gets through.
#[must_use]
pub fn access(of: Compared<'_>, between: &Between) -> Access {
    let inside: IpSet = of.policy.home_net.iter().copied().collect();
    let subject = [Subject { compiled: of.compiled, evaluator: of.evaluator }];
    let along = match between {
        Between::From(set) | Between::To(set) => {
            Along { addresses: vec![set.clone()], names: Vec::new() }
        }
        Between::Named(name) => Along { addresses: Vec::new(), names: vec![name.clone()] },
    };
    // Examples are taken from the clients that are asked about.
    let inside = match between {
        Between::From(set) if !set.overlaps(&inside) => set.clone(),
        Between::From(set) => set.intersection(&inside),
        Between::To(_) | Between::Named(_) => inside,
    };
    let mut access = Access::default();
    for scheme in between.protocols() {
        let universe = Universe::new(scheme, &subject, Count::Acting, &inside, &along);
        one_protocol(&universe, between, &mut access);
    }
    access
}

fn one_protocol(universe: &Universe<'_>, between: &Between, access: &mut Access) {
    let within = |family: usize| {
        let all = universe.grid(family).everything();
        match between {
            Between::From(set) => Region { from: universe.classes_of(family, set), ..all },
            Between::To(set) => Region { to: universe.classes_of(family, set), ..all },
            Between::Named(_) => all,
        }
    };
    let names = match between {
        Between::From(_) | Between::To(_) => None,
        Between::Named(pattern) => Some(universe.names.numbers(|class| meant(pattern, class))),
    };
    let mut walk = Walk::new(universe, MOST);
    walk.within = Some(&within);
    walk.names = names.as_ref();
    let mut pieces: Pieces<Answer> = Pieces::new();
    let ended = walk.go(&mut |class| {
        if let Some(answer) = judge(universe, &class) {
            pieces.add(answer, &class);
        }
        ControlFlow::Continue(())
    });
    if ended.is_break() || !universe.names.lost.is_empty() {
        access.left_out.push(universe.scheme);
    }
    for (answer, flows) in pieces.flows(universe) {
        match answer {
            Answer::Passes(fate) => access.passes.push((flows, fate)),
            Answer::Open(rules) => access.cannot_tell.push((flows, rules)),
        }
    }
}

/// Whether a class of names is one that a pattern means.
fn meant(pattern: &DomainPattern, class: &NameClass) -> bool {
    match class {
        NameClass::Is(name) => pattern.matches(name),
        NameClass::Ends(end) => pattern.matches(&format!("x{end}")),
        NameClass::Other | NameClass::Nameless | NameClass::Unspoken => false,
    }
}

/// What becomes of a class; nothing where it does not get through.
fn judge(universe: &Universe<'_>, class: &Class) -> Option<Answer> {
    let mut played = None;
    let ways = class.ways(universe, UNCLEAR).filter(|_| !class.lost);
    let mut fate = |live: &Vec<_>| class.fate(universe, 0, live, &mut played);
    let fates: Vec<Fate> = ways.iter().flatten().map(&mut fate).collect();
    let gets_through = |fate: &Fate| matches!(fate.outcome, Outcome::Pass | Outcome::Half);
    let alike = |fate: &Fate| fate.is_certain() && fate.outcome == fates[0].outcome;
    if ways.is_some() && fates.iter().all(alike) {
        // Who lets it through may differ from name to name: then it is said of the one that stands for them.
        let fate = match &fates[..] {
            [one] => one.clone(),
            _ => class.exactly(universe, 0),
        };
        return gets_through(&fate).then_some(Answer::Passes(fate));
    }
    let mut rules: BTreeSet<Decider> =
        class.open_rules(universe).into_iter().map(|r| r.1).collect();
    rules.extend(fates.iter().flat_map(|fate| fate.unless.iter().copied()));
    Some(Answer::Open(rules.into_iter().collect()))
}
