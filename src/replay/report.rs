//! What a tally says, for people and programs: sums, what is most frequent, what changes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;

use super::decision::Fate;
use super::seen::Logged;
use super::tally::{LOGGED, Row, Tally, add};
use crate::messages::Text;

/// How often, by what becomes of it ([`Fate::index`]).
pub type Fates = [u64; Fate::ALL.len()];

/// Something with how often it was asked, or asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count<T> {
    /// What.
    pub what: T,
    /// How often.
    pub fates: Fates,
}

impl<T> Count<T> {
    /// How often in all.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.fates.iter().sum()
    }
}

/// Requests that become something else than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of them: by the log, or in the policy compared with.
    pub before: &'static str,
    /// What becomes of them.
    pub after: Fate,
    /// How often.
    pub requests: u64,
    /// The rows, by index, the most frequent first; those beyond the bounds are not among them.
    pub rows: Vec<usize>,
}

/// Requests of which it cannot be told, by the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The reason.
    pub why: Text,
    /// Whether it hangs on the server's address.
    pub depends: bool,
    /// How often.
    pub requests: u64,
    /// The rows, by index, the most frequent first.
    pub rows: Vec<usize>,
}

/// Everything a tally says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// All requests, by what becomes of them.
    pub fates: Fates,
    /// All requests, by what the log says.
    pub logged: [u64; LOGGED],
    /// Who decides, the most frequent first.
    pub deciders: Vec<Count<Text>>,
    /// Who asks, the most frequent first.
    pub sources: Vec<Count<IpAddr>>,
    /// What is asked for, the most frequent first.
    pub hosts: Vec<Count<String>>,
    /// What would be another outcome than the one that was logged.
    pub changes: Vec<Change>,
    /// Requests of which the log says what became of them, and it can be told what becomes of them now.
    pub compared: u64,
    /// What is another outcome than in the policy that it is compared with.
    pub against: Vec<Change>,
    /// What cannot be told.
    pub cannot_tell: Vec<Told>,
    /// Rules that decide no request.
    pub unused: Vec<String>,
}

impl Report {
    /// Makes it of a tally of which nothing more is to come ([`Tally::settled`]).
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        let mut making = Making { tally, ..Making::new(tally) };
        let rows: Vec<&Row> = tally.rows.iter().filter(|row| row.requests() > 0).collect();
        for row in &rows {
            let fate = tally.decisions[row.decision as usize].fate.index();
            making.count(row.decision, row.before, &row.counts);
            making.sources.entry(row.request.from).or_default()[fate] += row.requests();
            match making.hosts.get_mut(row.request.host.as_str()) {
                Some(fates) => fates[fate] += row.requests(),
                None => {
                    making.hosts.entry(&row.request.host).or_default()[fate] = row.requests();
                }
            }
        }
        for ((now, before), counts) in &tally.beyond.decided {
            making.count(*now, *before, counts);
        }
        for (source, fates) in &tally.beyond.sources {
            add(making.sources.entry(*source).or_default(), fates);
        }
        for (host, fates) in &tally.beyond.hosts {
            add(making.hosts.entry(host).or_default(), fates);
        }
        making.done()
    }

    /// All requests.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.fates.iter().sum()
    }

    /// The requests of which it can be told what becomes of them.
    #[must_use]
    pub fn told(&self) -> u64 {
        let open: u64 = self.cannot_tell.iter().map(|told| told.requests).sum();
        self.requests() - open
    }
}

/// A report in the making.
struct Making<'a> {
    tally: &'a Tally,
    report: Report,
    deciders: HashMap<&'a Text, Fates>,
    sources: HashMap<IpAddr, Fates>,
    hosts: HashMap<&'a str, Fates>,
    changes: BTreeMap<(Logged, Fate), u64>,
    against: BTreeMap<(Fate, Fate), u64>,
    cannot_tell: BTreeMap<u32, u64>,
    used: HashSet<&'a str>,
}

impl<'a> Making<'a> {
    fn new(tally: &'a Tally) -> Self {
        Self {
            tally,
            report: Report::default(),
            deciders: HashMap::new(),
            sources: HashMap::new(),
            hosts: HashMap::new(),
            changes: BTreeMap::new(),
            against: BTreeMap::new(),
            cannot_tell: BTreeMap::new(),
            used: HashSet::new(),
        }
    }

    fn count(&mut self, now: u32, before: Option<u32>, counts: &[u64; LOGGED]) {
        let tally = self.tally;
        let decision = &tally.decisions[now as usize];
        let (fate, requests) = (decision.fate, counts.iter().sum::<u64>());
        self.report.fates[fate.index()] += requests;
        add(&mut self.report.logged, counts);
        self.used.extend(decision.rules.iter().map(String::as_str));
        if fate.passes().is_some() {
            self.deciders.entry(&decision.by).or_default()[fate.index()] += requests;
        } else {
            *self.cannot_tell.entry(now).or_default() += requests;
        }
        for (logged, requests) in Logged::ALL.into_iter().zip(counts) {
            let known = logged != Logged::Nothing && fate.passes().is_some();
            self.report.compared += if known { *requests } else { 0 };
            if *requests > 0 && differs(logged, fate) {
                *self.changes.entry((logged, fate)).or_default() += requests;
            }
        }
        let before = before.map(|before| tally.decisions[before as usize].fate);
        if let Some(before) = before.filter(|before| *before != fate) {
            *self.against.entry((before, fate)).or_default() += requests;
        }
    }

    fn done(self) -> Report {
        let Self { tally, report, .. } = self;
        let fate = |number: u32| tally.decisions[number as usize].fate;
        let mut rows = rows_by(tally, &self.changes, |row| {
            let after = fate(row.decision);
            Logged::ALL.into_iter().zip(row.counts).map(move |(logged, n)| ((logged, after), n))
        });
        let changes = self.changes.iter().map(|(change @ (logged, after), requests)| Change {
            before: logged.word(),
            after: *after,
            requests: *requests,
            rows: rows.remove(change).unwrap_or_default(),
        });
        let changes = most_first(changes);
        let mut rows = rows_by(tally, &self.against, |row| {
            row.before.map(|before| ((fate(before), fate(row.decision)), row.requests()))
        });
        let against = self.against.iter().map(|(change @ (before, after), requests)| Change {
            before: before.word(),
            after: *after,
            requests: *requests,
            rows: rows.remove(change).unwrap_or_default(),
        });
        let against = most_first(against);
        let mut rows = rows_by(tally, &self.cannot_tell, |row| [(row.decision, row.requests())]);
        let cannot_tell = self.cannot_tell.iter().map(|(number, requests)| Told {
            why: tally.decisions[*number as usize].by.clone(),
            depends: fate(*number) == Fate::Depends,
            requests: *requests,
            rows: rows.remove(number).unwrap_or_default(),
        });
        let mut cannot_tell: Vec<Told> = cannot_tell.collect();
        cannot_tell.sort_by_key(|told| std::cmp::Reverse(told.requests));
        let unused = tally.rules.iter().filter(|rule| !self.used.contains(rule.as_str()));
        Report {
            deciders: counted(self.deciders.into_iter().map(|(by, f)| (by.clone(), f)), |by| {
                by.say(crate::messages::Lang::English).to_owned()
            }),
            sources: counted(self.sources, |source| *source),
            hosts: counted(self.hosts.into_iter().map(|(host, f)| (host.to_owned(), f)), |host| {
                host.clone()
            }),
            changes,
            against,
            cannot_tell,
            unused: unused.cloned().collect(),
            ..report
        }
    }
}

/// The rows by what is counted of them, as far as that is in `counts`; of each the most frequent first.
fn rows_by<K: Ord + Copy, T: IntoIterator<Item = (K, u64)>>(
    tally: &Tally,
    counts: &BTreeMap<K, u64>,
    tells: impl Fn(&Row) -> T,
) -> BTreeMap<K, Vec<usize>> {
    let mut by: BTreeMap<K, Vec<(u64, usize)>> = BTreeMap::new();
    for (at, row) in tally.rows.iter().enumerate() {
        for (what, requests) in tells(row) {
            if requests > 0 && counts.contains_key(&what) {
                by.entry(what).or_default().push((requests, at));
            }
        }
    }
    let sorted = |mut rows: Vec<(u64, usize)>| {
        rows.sort_by_key(|(n, at)| (std::cmp::Reverse(*n), tally.rows[*at].first));
        rows.into_iter().map(|(_, at)| at).collect()
    };
    by.into_iter().map(|(what, rows)| (what, sorted(rows))).collect()
}

fn most_first(changes: impl Iterator<Item = Change>) -> Vec<Change> {
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.requests));
    changes
}

/// The most frequent first; of equals the first by name.
fn counted<T, K: Ord>(
    counts: impl IntoIterator<Item = (T, Fates)>,
    name: impl Fn(&T) -> K,
) -> Vec<Count<T>> {
    let counts = counts.into_iter().map(|(what, fates)| Count { what, fates });
    let mut counts: Vec<Count<T>> = counts.collect();
    counts.sort_by_cached_key(|count| (std::cmp::Reverse(count.requests()), name(&count.what)));
    counts
}

/// Whether what was logged is another outcome than this; a proxy's refusal is as good as a drop.
pub(super) const fn differs(logged: Logged, fate: Fate) -> bool {
    match (logged, fate) {
        (Logged::Nothing, _) | (_, Fate::Undetermined | Fate::Depends) => false,
        (Logged::Pass, fate) => !matches!(fate, Fate::Pass),
        (Logged::Denied, fate) => matches!(fate, Fate::Pass),
        (Logged::Drop, fate) => !matches!(fate, Fate::Drop),
        (Logged::Reject, fate) => !matches!(fate, Fate::Reject),
    }
}
