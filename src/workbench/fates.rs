use std::cmp::Reverse;
use std::net::IpAddr;

use crate::eval::{Evaluator, Experience, Verdict};
use crate::net::{Action, IpSet, Request, StatelessAction};

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
    let usual = request.dst.unwrap_or_else(|| request.somewhere());
    let fate = |set: IpSet, address: IpAddr| {
        let (verdict, experience) = evaluator.verdict(&request.flow(address));
        Fate { set, address, verdict, experience }
    };
    if request.dst.is_some() {
        return vec![fate(IpSet::host(usual), usual)];
    }
    let mut classes = evaluator.destinations(&request.flow(usual));
    classes.sort_by_key(|c| Reverse(c.set.count()));
    let mut fates: Vec<Fate> = Vec::new();
    for class in classes {
        let address = request.somewhere_in(&class.set).unwrap_or(class.representative);
        let new = fate(class.set, address);
        let same =
            |old: &&mut Fate| (&old.verdict, old.experience) == (&new.verdict, new.experience);
        match fates.iter_mut().find(same) {
            Some(old) => old.set = old.set.union(&new.set),
            None => fates.push(new),
        }
    }
    fates
}
