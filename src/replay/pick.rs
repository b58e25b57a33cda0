//! From a count to the requests that are counted in it.

use std::cmp::Reverse;
use std::net::IpAddr;

use super::decision::Fate;
use super::report::{Report, differs};
use super::seen::Logged;
use super::tally::{LOGGED, Row, Tally};
use crate::messages::Text;

/// Which requests of a tally are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Those of which this becomes.
    Fate(Fate),
    /// Those that are blocked, by the log or now.
    Blocked,
    /// Those of which the log says this ([`Logged::word`]) and of which something else becomes.
    Change(&'static str, Fate),
    /// Those that are decided by this.
    Decider(Text),
    /// Those of which it cannot be told, for this reason; and whether it hangs on the server's address.
    CannotTell(Text, bool),
    /// Those that this client asked.
    Source(IpAddr),
    /// Those for this name.
    Host(String),
}

/// Requests of a tally.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    /// Rows of the tally, with how often each was asked as it is meant; the most frequent first.
    pub rows: Vec<(usize, u64)>,
    /// How many different ones there are, also those that are not among `rows`.
    pub different: usize,
    /// How often all of them were asked, as far as they were told apart.
    pub requests: u64,
    /// How often such were asked that were not told apart: they were beyond the bounds of the tally.
    pub beyond: u64,
}

impl Report {
    /// The requests that are meant, at most so many of them.
    #[must_use]
    pub fn pick(&self, tally: &Tally, pick: &Pick, most: usize) -> Picked {
        let decided: Vec<bool> = tally
            .decisions
            .iter()
            .map(|decision| match pick {
                Pick::Fate(fate) | Pick::Change(_, fate) => decision.fate == *fate,
                Pick::Decider(by) => decision.fate.passes().is_some() && decision.by == *by,
                Pick::CannotTell(why, depends) => {
                    let fate = if *depends { Fate::Depends } else { Fate::Undetermined };
                    decision.fate == fate && decision.by == *why
                }
                Pick::Blocked | Pick::Source(_) | Pick::Host(_) => true,
            })
            .collect();
        let counted = |(at, row): (usize, &Row)| {
            let many = if decided[row.decision as usize] { of_row(tally, row, pick) } else { 0 };
            (many > 0).then_some((at, many))
        };
        let mut rows: Vec<(usize, u64)> =
            tally.rows.iter().enumerate().filter_map(counted).collect();
        let (different, requests) = (rows.len(), rows.iter().map(|(_, many)| many).sum());
        let order = |(at, many): &(usize, u64)| (Reverse(*many), tally.rows[*at].first);
        if rows.len() > most && most > 0 {
            rows.select_nth_unstable_by_key(most - 1, order);
        }
        rows.truncate(most);
        rows.sort_unstable_by_key(order);
        let beyond = match pick {
            Pick::Blocked => blocked_beyond(tally),
            _ => self.all_of(pick).saturating_sub(requests),
        };
        Picked { rows, different, requests, beyond }
    }

    /// How often the requests that are meant were asked, those beyond the bounds too; 0 of those that are blocked.
    fn all_of(&self, pick: &Pick) -> u64 {
        let found = match pick {
            Pick::Fate(fate) => Some(self.fates[fate.index()]),
            Pick::Blocked => None,
            Pick::Change(before, after) => self
                .changes
                .iter()
                .find(|change| (change.before, change.after) == (*before, *after))
                .map(|change| change.requests),
            Pick::Decider(by) => {
                self.deciders.iter().find(|c| c.what == *by).map(super::Count::requests)
            }
            Pick::CannotTell(why, depends) => self
                .cannot_tell
                .iter()
                .find(|told| (&told.why, told.depends) == (why, *depends))
                .map(|told| told.requests),
            Pick::Source(source) => {
                self.sources.iter().find(|c| c.what == *source).map(super::Count::requests)
            }
            Pick::Host(host) => {
                self.hosts.iter().find(|c| c.what == *host).map(super::Count::requests)
            }
        };
        found.unwrap_or_default()
    }
}

/// How often requests were asked that are blocked and were not told apart.
fn blocked_beyond(tally: &Tally) -> u64 {
    let decided = tally.beyond.decided.iter();
    decided.map(|((now, _), counts)| blocked(tally.decisions[*now as usize].fate, counts)).sum()
}

/// How many of these requests are blocked, now or by the log.
fn blocked(fate: Fate, counts: &[u64; LOGGED]) -> u64 {
    let by_log = |logged| matches!(logged, Logged::Denied | Logged::Drop | Logged::Reject);
    let all = Logged::ALL.into_iter().zip(counts);
    all.filter(|(logged, _)| fate.passes() == Some(false) || by_log(*logged)).map(|(_, n)| n).sum()
}

/// How often a request was asked as it is meant; `decided` is looked at already.
fn of_row(tally: &Tally, row: &Row, pick: &Pick) -> u64 {
    let fate = tally.decisions[row.decision as usize].fate;
    let logged = |is: &dyn Fn(Logged) -> bool| {
        Logged::ALL.into_iter().zip(row.counts).filter(|(l, _)| is(*l)).map(|(_, n)| n).sum()
    };
    match pick {
        Pick::Fate(_) | Pick::Decider(_) | Pick::CannotTell(..) => row.requests(),
        Pick::Blocked => blocked(fate, &row.counts),
        Pick::Change(before, _) => logged(&|l| l.word() == *before && differs(l, fate)),
        Pick::Source(source) if row.request.from == *source => row.requests(),
        Pick::Host(host) if row.request.host == *host => row.requests(),
        Pick::Source(_) | Pick::Host(_) => 0,
    }
}
