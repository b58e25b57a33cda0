//! What was counted so far. Bounded: what does not fit is counted without being told apart, and it is said how much that was.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use super::client::kept;
use super::decision::{Decision, Fate};
use super::flows::Flows;
use super::index::{Index, Key, Spot};
use super::judge::Judge;
use super::known::{Decided, Known};
use super::line::{Kind, Why};
use super::seen::{Logged, Place, Seen, Unsaid};
use super::url::written;
use crate::interop::Told;
use crate::messages::Text;
use crate::net::{Manner, Request, Scheme};

/// How many outcomes a log can tell.
pub(super) const LOGGED: usize = Logged::ALL.len();

/// How much is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Distinct requests: who asked for what.
    pub rows: usize,
    /// Distinct sources, and distinct names, of requests beyond those.
    pub names: usize,
    /// Connections of which further events may come.
    pub flows: usize,
    /// Unreadable lines that are kept.
    pub unreadable: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { rows: 200_000, names: 200_000, flows: 1_000_000, unreadable: 10 }
    }
}

/// A request that was asked once or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who asked for what; of several paths and servers that make no difference, the first.
    pub request: Request,
    /// What the log does not say of it.
    pub unsaid: Option<Unsaid>,
    /// How the client asked, as far as the log tells it and rules ask for it.
    pub manner: Manner,
    /// What becomes of it: index into [`Tally::decisions`].
    pub decision: u32,
    /// What became of it in the policy it is compared with.
    pub before: Option<u32>,
    /// How often, by what the log says became of it ([`Logged::index`]).
    pub counts: [u64; LOGGED],
    /// Where it stands first.
    pub first: Place,
    /// The classes of the server's addresses; `u32::MAX` without one.
    pub(super) class: [u32; 2],
    /// Whether its path is part of what tells it apart.
    pub(super) by_path: bool,
}

impl Row {
    /// How often it was asked.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// Something that was not read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file.
    pub file: String,
    /// Why.
    pub why: Text,
}

/// Requests beyond the bound of rows, which are counted only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// By decision, decision before, and what the log says.
    pub decided: BTreeMap<(u32, Option<u32>), [u64; LOGGED]>,
    /// By source.
    pub sources: HashMap<IpAddr, [u64; Fate::ALL.len()]>,
    /// By host.
    pub hosts: HashMap<String, [u64; Fate::ALL.len()]>,
    /// Of some requests not even source or host was kept.
    pub unnamed: u64,
}

/// Everything that was counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// The logs, by their names.
    pub files: Vec<String>,
    /// The distinct requests, in the order in which they came.
    pub rows: Vec<Row>,
    /// The distinct decisions.
    pub decisions: Vec<Decision>,
    /// Requests for which there was no row left.
    pub beyond: Beyond,
    /// Lines by kind.
    pub lines: BTreeMap<Kind, u64>,
    /// Events that are no requests.
    pub other: u64,
    /// Further events of connections that are counted already; known once nothing more is to come ([`Tally::settled`]).
    pub repeated: u64,
    /// Events that were counted though earlier ones of their connection may have been: there were too many connections.
    pub unpaired: u64,
    /// Lines, or parts of them, that cannot be used.
    pub unreadable: u64,
    /// The first of them.
    pub first_unreadable: Vec<(Place, Text)>,
    /// Logs that were not read to their end.
    pub troubles: Vec<Trouble>,
    /// Whether it was ended before its end.
    pub cancelled: bool,
    /// The rules of the policy, as [`Decision::rules`] names them.
    pub rules: Vec<String>,
    /// What tells its policies from others: parts of other policies are not to be joined with it.
    pub policy: String,
    /// Whether it was compared with another policy.
    pub against: bool,
    pub(super) bounds: Bounds,
    pub(super) flows: Flows,
    /// Events of the connections in `flows`.
    pub(super) paired: u64,
    pub(super) index: Index,
    /// What was counted of each row since that was put to its counts, and of how many requests.
    pub(super) fresh: Vec<[u32; LOGGED]>,
    pub(super) since: u32,
    pub(super) decided: HashMap<Decision, u32>,
    pub(super) known: Known,
}

/// The policies that are asked: the one, and the one it is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judges<'a> {
    pub now: &'a Judge<'a>,
    pub before: Option<&'a Judge<'a>>,
}

impl Judges<'_> {
    /// What a line does not say and one of the policies may ask.
    fn unsaid(&self, seen: &Seen<'_>) -> Option<Unsaid> {
        let asks = |judge: &Judge<'_>| judge.tells_clients_apart(seen);
        let client = || (asks(self.now) || self.before.is_some_and(asks)).then_some(Unsaid::Client);
        seen.unsaid.or_else(client)
    }

    /// What a line tells of how the client asked, as far as one of the policies asks for it.
    fn manner<'s>(&self, seen: &'s Seen<'_>) -> Told<'s> {
        let now = self.now.manner(seen).unwrap_or_default();
        match self.before.and_then(|before| before.manner(seen)) {
            None => now,
            Some(before) => Told {
                version: now.version.or(before.version),
                method: now.method.or(before.method),
                agent: now.agent.or(before.agent),
                referer: now.referer.or(before.referer),
            },
        }
    }

    /// What tells these policies from others.
    pub(super) fn mark(&self) -> String {
        let before = self.before.map(|before| format!(" {}", before.mark()));
        self.now.mark() + &before.unwrap_or_default()
    }
}

/// A request that is counted with others: all of them look for their rows, then all are counted, so that one need not wait until
/// memory has answered to the other.
#[derive(Debug)]
pub(super) struct Waiting<'a> {
    seen: Seen<'a>,
    place: Place,
    /// Where its row is looked for; nothing where there was none as it came.
    spot: Option<(u64, Spot)>,
    row: Option<u32>,
}

/// How many requests are counted together.
pub(super) const TOGETHER: usize = 64;

/// After so many requests their counts are put to the rest, before one can be too large.
const MOST_FRESH: u32 = 1 << 31;

/// A row, or why there is none.
enum Found {
    Row(u32),
    /// No row is left; what becomes of it.
    Beyond(Box<Row>),
    Not(Why),
}

impl Tally {
    /// An empty one.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, ..Self::default() }
    }

    /// Counts a request, sooner or later: see [`Waiting`].
    pub(super) fn take<'a>(
        &mut self,
        judges: Judges<'_>,
        waiting: &mut Vec<Waiting<'a>>,
        (seen, place): (Seen<'a>, Place),
    ) {
        let spot = self.index.spot(&key(judges, &seen));
        waiting.push(Waiting { seen, place, spot, row: None });
        if waiting.len() == TOGETHER {
            self.count_all(judges, waiting);
        }
    }

    /// Counts all that wait.
    pub(super) fn count_all(&mut self, judges: Judges<'_>, waiting: &mut Vec<Waiting<'_>>) {
        for one in &mut *waiting {
            one.row = one.spot.as_ref().and_then(|(hash, spot)| self.index.at(*hash, spot));
        }
        for one in waiting.drain(..) {
            match one.row {
                Some(row) => self.count_in(row, &one.seen),
                None => self.count(judges, &one.seen, one.place),
            }
            self.since += 1;
        }
        if self.since > MOST_FRESH {
            self.put_together();
        }
    }

    /// Puts what was counted last to the rest.
    pub(super) fn put_together(&mut self) {
        self.since = 0;
        for (row, fresh) in self.rows.iter_mut().zip(&mut self.fresh) {
            for (to, fresh) in row.counts.iter_mut().zip(fresh) {
                *to += u64::from(std::mem::take(fresh));
            }
        }
    }

    fn count_in(&mut self, row: u32, seen: &Seen<'_>) {
        if let Some(flow) = seen.flow {
            let event = (row, seen.unsaid.is_none(), seen.logged);
            if self.flows.add(flow, event, self.bounds.flows, &self.rows) {
                self.paired += 1;
                return;
            }
            self.unpaired += 1;
        }
        self.fresh[row as usize][seen.logged.index()] += 1;
    }

    /// Counts a request.
    fn count(&mut self, judges: Judges<'_>, seen: &Seen<'_>, place: Place) {
        match self.row_of(judges, seen, place) {
            Found::Row(row) => self.count_in(row, seen),
            Found::Beyond(row) => {
                self.unpaired += u64::from(seen.flow.is_some());
                let mut counts = [0; LOGGED];
                counts[seen.logged.index()] = 1;
                self.add_beyond(&Row { counts, ..*row });
            }
            Found::Not(why) => self.cannot_read(place, why),
        }
    }

    /// Counts something that cannot be used.
    pub(super) fn cannot_read(&mut self, place: Place, why: Why) {
        self.unreadable += 1;
        if self.first_unreadable.len() < self.bounds.unreadable {
            self.first_unreadable.push((place, why.words()));
        }
    }

    fn row_of(&mut self, judges: Judges<'_>, seen: &Seen<'_>, place: Place) -> Found {
        let key = key(judges, seen);
        if let Some(row) = self.index.find(&key) {
            return Found::Row(row);
        }
        let Key { class, unsaid, path, manner, .. } = key;
        let (by_path, tells, manner) = (path.is_some(), (class, unsaid), kept(&manner));
        self.new_row(judges, seen, (tells, by_path, manner), place)
    }

    /// A row for a request that is not known as it is written.
    fn new_row(
        &mut self,
        judges: Judges<'_>,
        seen: &Seen<'_>,
        ((class, unsaid), by_path, manner): (([u32; 2], Option<Unsaid>), bool, Manner),
        first: Place,
    ) -> Found {
        let url = written(seen.scheme, &seen.host, seen.port, &seen.path);
        let dst = seen.dst.map(|dst| dst.to_string());
        let request = match Request::parse(&seen.from.to_string(), &url, dst.as_deref()) {
            Ok(request) => request,
            Err(error) => return Found::Not(Why::NoRequest(error.words())),
        };
        let counts = [0; LOGGED];
        let row = Row {
            request,
            unsaid,
            manner,
            decision: 0,
            before: None,
            counts,
            first,
            class,
            by_path,
        };
        // Names may be written in several ways.
        if let Some(row) = self.same_row(&row) {
            return Found::Row(row);
        }
        let (decision, before) = self.decide(judges, &row);
        let row = Row { decision, before, ..row };
        match self.add_row(row) {
            Ok(at) => Found::Row(at),
            Err(row) => Found::Beyond(row),
        }
    }

    /// What becomes of a request now and before; asked once for all requests that no rule tells apart.
    fn decide(&mut self, judges: Judges<'_>, row: &Row) -> Decided {
        let mut known = std::mem::take(&mut self.known);
        let decided = known.or_decide(judges, row, self.bounds.rows, || {
            let now = judges.now.decide(&row.request, row.unsaid, &row.manner);
            let before =
                judges.before.map(|judge| judge.decide(&row.request, row.unsaid, &row.manner));
            (self.decision(now), before.map(|before| self.decision(before)))
        });
        self.known = known;
        decided
    }

    /// Adds a row that is not there; gives it back when there is no more room.
    pub(super) fn add_row(&mut self, row: Row) -> Result<u32, Box<Row>> {
        let at = match u32::try_from(self.rows.len()) {
            Ok(at) if self.rows.len() < self.bounds.rows => at,
            _ => return Err(Box::new(row)),
        };
        self.index.add(&row.key(), at);
        self.rows.push(row);
        self.fresh.push([0; LOGGED]);
        Ok(at)
    }

    /// The row that is told apart by the same.
    pub(super) fn same_row(&self, row: &Row) -> Option<u32> {
        self.index.find(&row.key())
    }

    /// The number of a decision.
    pub(super) fn decision(&mut self, decision: Decision) -> u32 {
        if let Some(known) = self.decided.get(&decision) {
            return *known;
        }
        let number = u32::try_from(self.decisions.len()).unwrap_or(u32::MAX);
        self.decisions.push(decision.clone());
        self.decided.insert(decision, number);
        number
    }

    /// Where a line stands, as editors take it.
    #[must_use]
    pub fn place(&self, place: Place) -> String {
        let file = self.files.get(place.file as usize).map_or("", String::as_str);
        format!("{file}:{}", place.line)
    }

    /// How many requests had no row left.
    #[must_use]
    pub fn requests_beyond(&self) -> u64 {
        self.beyond.decided.values().flatten().sum()
    }

    /// Counts every connection: nothing more is known to come of them.
    #[must_use]
    pub fn settled(mut self) -> Self {
        let flows = std::mem::take(&mut self.flows);
        self.repeated = std::mem::take(&mut self.paired);
        for (row, logged) in flows.outcomes() {
            self.rows[row as usize].counts[logged.index()] += 1;
            self.repeated = self.repeated.saturating_sub(1);
        }
        self
    }
}

/// What tells a request from others.
fn key<'k>(judges: Judges<'_>, seen: &'k Seen<'_>) -> Key<'k> {
    let class = |judge: &Judge<'_>| judge.server_class(seen.from, seen.dst);
    let by_path = seen.scheme == Scheme::Http
        && (judges.now.asks_path() || judges.before.is_some_and(Judge::asks_path));
    Key {
        from: seen.from,
        scheme: seen.scheme,
        host: &seen.host,
        port: seen.port,
        path: by_path.then_some(if seen.path.is_empty() { "/" } else { &seen.path }),
        class: [class(judges.now), judges.before.map_or(u32::MAX, class)],
        unsaid: judges.unsaid(seen),
        manner: judges.manner(seen),
    }
}

/// Adds counts to others.
pub(super) fn add<const N: usize>(to: &mut [u64; N], counts: &[u64; N]) {
    for (to, count) in to.iter_mut().zip(counts) {
        *to += count;
    }
}
