use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use crate::eval::{Evaluator, Experience, Servers, Verdict};
use crate::net::{Action, Flow, IpSet, Request, StatelessAction};

/// What becomes of a request to a set of server addresses.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fate {
    /// The addresses.
    pub set: IpSet,
    /// One of them.
    pub address: IpAddr,
    /// The verdict.
    pub verdict: Verdict,
    /// What the client notices.
    pub experience: Experience,
}

impl Fate {
    /// What became of the request; `None` when it cannot be told.
    pub(super) const fn action(&self) -> Option<Action> {
        action(&self.verdict)
    }
}

/// What a verdict does with a request; `None` when it cannot be told.
pub(super) const fn action(verdict: &Verdict) -> Option<Action> {
    match verdict {
        Verdict::Undetermined { .. } | Verdict::Unseen { .. } => None,
        Verdict::Decided { action, .. } | Verdict::Midstream { action } => Some(*action),
        Verdict::Stateless { action: StatelessAction::Drop, .. } => Some(Action::Drop),
        Verdict::Stateless { action: StatelessAction::Pass | StatelessAction::Forward, .. }
        | Verdict::Unmatched => Some(Action::Pass),
    }
}

/// The sets of destinations that give another verdict; that of most addresses first, since a name is likeliest to
/// resolve to one of them. Never empty.
pub(super) fn fates(evaluator: &Evaluator, request: &Request) -> Vec<Fate> {
    let servers = servers(evaluator, request);
    let asked = likeliest_first(&servers, request);
    let asked = asked.map(|(class, to)| (class, to, servers.verdict(class, to)));
    let found = joined(&servers, asked, Clone::clone).into_iter();
    found
        .map(|(set, address, (verdict, experience))| Fate { set, address, verdict, experience })
        .collect()
}

/// The servers to which a request may go: the one that is given, or all that rules tell apart.
pub(super) fn servers<'a>(evaluator: &'a Evaluator, request: &Request) -> Servers<'a> {
    servers_of(evaluator, request, &|dst| request.flow(dst))
}

/// The same for a client that asks in another way than usual ones: `flow` is what it sends to an address.
pub(super) fn servers_of<'a>(
    evaluator: &'a Evaluator,
    request: &Request,
    flow: &dyn Fn(IpAddr) -> Flow,
) -> Servers<'a> {
    match request.dst {
        Some(dst) => evaluator.its_server(&flow(dst)),
        None => evaluator.servers(&flow(request.somewhere())),
    }
}

/// The numbers of the classes of servers, each with one of its addresses: that of most addresses first.
pub(super) fn likeliest_first(
    servers: &Servers<'_>,
    request: &Request,
) -> impl Iterator<Item = (usize, IpAddr)> {
    let classes = servers.classes();
    let mut numbers: Vec<usize> = (0..classes.len()).collect();
    numbers.sort_by_cached_key(|number| Reverse(classes[*number].set.count()));
    let address = |number: usize| {
        let class = &classes[number];
        let address = request.dst.or_else(|| request.somewhere_in(&class.set));
        (number, address.unwrap_or(class.representative))
    };
    numbers.into_iter().map(address)
}

/// What was found at classes of servers, those joined that have the same `key`: the servers, and address and finding of the
/// first of them.
pub(super) fn joined<T, K: Hash + Eq>(
    servers: &Servers<'_>,
    found: impl Iterator<Item = (usize, IpAddr, T)>,
    key: impl Fn(&T) -> K,
) -> Vec<(IpSet, IpAddr, T)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut all: Vec<(Vec<&IpSet>, IpAddr, T)> = Vec::new();
    for (class, address, new) in found {
        let place = *places.entry(key(&new)).or_insert(all.len());
        if place == all.len() {
            all.push((Vec::new(), address, new));
        }
        all[place].0.push(&servers.classes()[class].set);
    }
    all.into_iter().map(|(sets, address, found)| (IpSet::joined(sets), address, found)).collect()
}
