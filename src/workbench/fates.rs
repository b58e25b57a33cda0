use std::cmp::Reverse;
use std::net::IpAddr;

use crate::eval::{Evaluator, Experience, Verdict};
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
    fates_of(evaluator, request, &|dst| request.flow(dst))
}

/// The same for a client that asks in another way than usual ones: `flow` is what it sends to an address.
pub(super) fn fates_of(
    evaluator: &Evaluator,
    request: &Request,
    flow: &dyn Fn(IpAddr) -> Flow,
) -> Vec<Fate> {
    let mut ask = |address| evaluator.verdict(&flow(address));
    let found = by_destination(evaluator, request, flow, &mut ask, |old, new| old == new);
    let fate = |(set, address, (verdict, experience))| Fate { set, address, verdict, experience };
    found.into_iter().map(fate).collect()
}

/// What `ask` gives for the sets of destinations, those joined that give the `same`; in the order of [`fates`], each with one
/// of its addresses: that which was asked for.
pub(super) fn by_destination<T>(
    evaluator: &Evaluator,
    request: &Request,
    flow: &dyn Fn(IpAddr) -> Flow,
    ask: &mut dyn FnMut(IpAddr) -> T,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(IpSet, IpAddr, T)> {
    let usual = request.dst.unwrap_or_else(|| request.somewhere());
    if request.dst.is_some() {
        return vec![(IpSet::host(usual), usual, ask(usual))];
    }
    let mut classes = evaluator.destinations(&flow(usual));
    classes.sort_by_key(|c| Reverse(c.set.count()));
    let mut found: Vec<(IpSet, IpAddr, T)> = Vec::new();
    for class in classes {
        let address = request.somewhere_in(&class.set).unwrap_or(class.representative);
        let new = ask(address);
        match found.iter_mut().find(|(_, _, old)| same(old, &new)) {
            Some((set, ..)) => *set = set.union(&class.set),
            None => found.push((class.set, address, new)),
        }
    }
    found
}
