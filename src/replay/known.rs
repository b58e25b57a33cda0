//! What was decided before: requests that no rule tells apart are asked once.

use std::net::IpAddr;

use hashbrown::HashMap;

use super::judge::Judge;
use super::seen::Unsaid;
use super::tally::{Judges, Row};
use crate::net::{Manner, Scheme};

/// The numbers of a decision, and of that in the policy it is compared with.
pub(super) type Decided = (u32, Option<u32>);

/// Decisions by what they were asked about.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    by_name: HashMap<Asked, Decided>,
    by_rules: HashMap<Asked, Decided>,
    /// What was found last, to be used again.
    found: [Vec<u32>; 2],
}

/// A request as far as the rules of both policies may tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    /// The classes of the client's address, and of the server's.
    classes: [u32; 4],
    /// The client, where a rule compares it with the server, which may be one that no line tells.
    client: Option<IpAddr>,
    scheme: Scheme,
    port: u16,
    path: Option<Box<str>>,
    unsaid: Option<Unsaid>,
    manner: Manner,
    name: Name,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Written(Box<str>),
    /// What the rules of both policies find in it.
    Rules([Box<[u32]>; 2]),
}

impl Asked {
    fn of(judges: Judges<'_>, row: &Row, name: Name) -> Self {
        let from = row.request.from;
        let before = judges.before.map_or(u32::MAX, |judge| judge.class(from));
        let compared = |judge: &Judge<'_>| judge.compared(from);
        Self {
            classes: [judges.now.class(from), before, row.class[0], row.class[1]],
            client: compared(judges.now).or_else(|| judges.before.and_then(compared)),
            scheme: row.request.scheme,
            port: row.request.port,
            path: row.by_path.then(|| row.request.path.as_str().into()),
            unsaid: row.unsaid,
            manner: row.manner.clone(),
            name,
        }
    }
}

impl Known {
    /// The decision on a request, where it was asked before or one that no rule tells from it; else what `decide` says is kept.
    /// No more than `most` are remembered at a time.
    pub(super) fn or_decide(
        &mut self,
        judges: Judges<'_>,
        row: &Row,
        most: usize,
        decide: impl FnOnce() -> Decided,
    ) -> Decided {
        let by_name = Asked::of(judges, row, Name::Written(row.request.host.as_str().into()));
        if let Some(known) = self.by_name.get(&by_name) {
            return *known;
        }
        let by_rules = self.found(judges, row).map(|name| Asked { name, ..by_name.clone() });
        let known = by_rules.as_ref().and_then(|asked| self.by_rules.get(asked)).copied();
        let decided = known.unwrap_or_else(decide);
        if self.by_name.len() >= most {
            self.by_name.clear();
            self.by_rules.clear();
        }
        self.by_name.insert(by_name, decided);
        if let Some(asked) = by_rules.filter(|_| known.is_none()) {
            self.by_rules.insert(asked, decided);
        }
        decided
    }

    /// What the rules find in the name; nothing where some may ask for it otherwise.
    fn found(&mut self, judges: Judges<'_>, row: &Row) -> Option<Name> {
        let [now, before] = &mut self.found;
        before.clear();
        let asked = (&row.request, &row.manner);
        let named = judges.now.named(asked, now)
            && judges.before.is_none_or(|judge| judge.named(asked, before));
        named.then(|| Name::Rules([now.as_slice().into(), before.as_slice().into()]))
    }
}
