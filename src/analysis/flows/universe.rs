//! All flows of one protocol, cut for one policy or two.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::net::IpAddr;

use super::class_set::ClassSet;
use super::names::Names;
use super::near::Near;
use super::paths::are_too_many;
use super::reading::{Reader, Reading, acts};
use super::sample::Samples;
use super::side::{Asked, Side};
use super::space::{PortsId, Sets, Space, number};
use super::split::{Grid, Placed, Region, Tag};
use super::wanted::Need;
use crate::compile::Compiled;
use crate::eval::{Evaluator, PROBED_PORTS};
use crate::net::{DomainPattern, IpSet, PortSet, Scheme};
use crate::suricata::{AppProto, Rule, RuleOption, Ruleset};

/// A policy as the universe is cut for it.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Subject<'a> {
    pub compiled: &'a Compiled,
    pub evaluator: &'a Evaluator,
}

/// What to cut along, though no rule asks about it.
#[derive(Debug, Clone, Default)]
pub(in crate::analysis) struct Along {
    pub addresses: Vec<IpSet>,
    pub names: Vec<DomainPattern>,
}

/// Which rules count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum Count {
    /// Those that can change what becomes of a flow.
    Acting,
    /// Those that only write log lines too.
    All,
}

/// What of a rule may hold or not, and texts do not say which.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Condition<'r> {
    /// An address where a name could stand.
    Host(&'r Need),
    /// What is unclear of the host, and of the path.
    Unclear(Option<&'r str>, Option<&'r str>),
}

impl<'r> Condition<'r> {
    fn of(reading: &'r Reading) -> Self {
        match (&reading.host.unclear, &reading.path.unclear) {
            (None, None) => Self::Host(&reading.host),
            (host, path) => Self::Unclear(host.as_deref(), path.as_deref()),
        }
    }
}

/// All flows of one protocol, cut along everything that the rules of the policies tell apart.
#[derive(Debug)]
pub(in crate::analysis) struct Universe<'a> {
    pub scheme: Scheme,
    pub space: Space,
    pub sides: Vec<Side<'a>>,
    pub names: Names,
    pub samples: Samples,
    /// Ports on which the protocol is recognised otherwise, or not at all.
    apart: Vec<PortsId>,
    /// The headers of rules that are asked whatever the name is, by family.
    near: [OnceCell<Near>; 2],
    /// For each policy and reading a number, the same for the same condition; made when some condition is open.
    conditions: OnceCell<[Vec<u32>; 2]>,
}

impl<'a> Universe<'a> {
    /// Cuts the flows of `scheme` for these policies. `inside` are the addresses to take examples from.
    pub(in crate::analysis) fn new(
        scheme: Scheme,
        subjects: &[Subject<'a>],
        count: Count,
        inside: &IpSet,
        along: &Along,
    ) -> Self {
        let mut sets = Sets::default();
        for set in &along.addresses {
            sets.addresses(set);
        }
        let read = |subject: &Subject<'a>, sets: &mut Sets| {
            let ruleset = &subject.compiled.ruleset;
            let mut readings = Reader::new(ruleset, subject.evaluator, sets).read(scheme);
            let counts = |r: &Reading| ruleset.rules.get(r.rule).is_none_or(|rule| acts(rule));
            readings.retain(|r| count == Count::All || counts(r));
            readings
        };
        let mut readings: Vec<Vec<Reading>> = subjects.iter().map(|s| read(s, &mut sets)).collect();
        if are_too_many(readings.iter().flatten().map(|reading| &reading.path)) {
            readings.iter_mut().flatten().for_each(|reading| reading.path.leave_endings());
        }
        let asks = subjects.iter().any(|s| asks_recognition(&s.compiled.ruleset));
        let apart = told_apart(scheme, asks).iter().map(|set| sets.ports(set)).collect();
        let names = Names::cut(scheme, &readings, &along.names);
        let space = sets.cut();
        let samples = Samples::new(&space, inside);
        let sides = subjects.iter().zip(readings);
        let sides = sides.map(|(s, readings)| Side::new(s.compiled, s.evaluator, readings, scheme));
        let (sides, near, conditions) = (sides.collect(), Default::default(), OnceCell::new());
        Self { scheme, sides, space, names, samples, apart, near, conditions }
    }

    pub(in crate::analysis) fn grid(&self, family: usize) -> Grid<'_> {
        Grid {
            addresses: &self.space.families[family],
            ports: &self.space.ports,
            apart: &self.apart,
        }
    }

    pub(in crate::analysis) fn reading(&self, tag: Tag) -> &Reading {
        &self.sides[tag.side()].readings[tag.reading()]
    }

    /// A number for what a rule asks of names and paths that texts do not say: rules with the same hold together.
    pub(in crate::analysis) fn condition(&self, tag: Tag) -> u32 {
        let all = self.conditions.get_or_init(|| {
            let mut numbers: HashMap<Condition<'_>, u32> = HashMap::new();
            let mut of = |side: usize| -> Vec<u32> {
                let readings = self.sides.get(side).map(|side| side.readings.iter());
                let number = |reading| {
                    let next = number(numbers.len());
                    *numbers.entry(Condition::of(reading)).or_insert(next)
                };
                readings.into_iter().flatten().map(number).collect()
            };
            [of(0), of(1)]
        });
        all[tag.side()][tag.reading()]
    }

    /// The headers of these rules.
    pub(in crate::analysis) fn placed(&self, rules: &[Tag]) -> Vec<Placed> {
        let of = |tag: &Tag| {
            let tag = *tag;
            self.reading(tag).fits.iter().map(move |fit| Placed::of(tag, *fit))
        };
        rules.iter().flat_map(of).collect()
    }

    /// The headers of those rules that are asked whatever the name is, of those that fit some flow of a region; and how many
    /// were looked at.
    pub(in crate::analysis) fn usual_near(
        &self,
        family: usize,
        region: &Region,
    ) -> (Vec<Placed>, usize) {
        let grid = self.grid(family);
        let near =
            self.near[family].get_or_init(|| Near::new(&grid, self.placed(&self.names.usual)));
        near.of(&grid, region)
    }

    /// The classes of addresses of one family that make up a set that this was cut along.
    pub(in crate::analysis) fn classes_of(&self, family: usize, set: &IpSet) -> ClassSet {
        let classes = (0_u32..).zip(&self.space.families[family].classes);
        let within = classes.filter(|(_, class)| class.first().is_some_and(|a| set.contains(a)));
        ClassSet::of(within.map(|(at, _)| at).collect())
    }

    /// What is asked of one of the policies when these rules' headers fit.
    pub(in crate::analysis) fn asked(
        &self,
        side: usize,
        live: &[Tag],
        (from, port, named): (IpAddr, u16, bool),
    ) -> Asked {
        let mut rules: Vec<(u32, u32, u8)> = Vec::new();
        let of = &self.sides[side];
        for tag in live.iter().filter(|tag| tag.side() == side) {
            let rule = of.readings[tag.reading()].rule;
            let number = u32::try_from(rule).unwrap_or(u32::MAX);
            // Stateless rules come before all others.
            rules.push((of.rank.get(rule).map_or(0, |rank| rank + 1), number, tag.way()));
        }
        rules.sort_unstable();
        let mut live: Vec<(u32, u8)> = Vec::new();
        for (_, rule, way) in rules {
            match live.last_mut().filter(|last| last.0 == rule) {
                Some(last) => last.1 |= way,
                None => live.push((rule, way)),
            }
        }
        let told = !self.apart.is_empty() && PROBED_PORTS.contains(&port);
        Asked {
            v4: from.is_ipv4(),
            named,
            any_name: false,
            port: if told { port } else { 0 },
            live,
        }
    }
}

/// Whether some rule asks which protocol was recognised, where that goes by the port.
fn asks_recognition(ruleset: &Ruleset) -> bool {
    let option = |option: &RuleOption| matches!(option, RuleOption::AppLayerProtocol { .. });
    let header = |rule: &Rule| {
        let app = rule.header.protocol.app();
        app.is_some_and(|app| [AppProto::QUIC, AppProto::DNS].contains(&app))
    };
    ruleset.rules.iter().any(|rule| header(rule) || rule.options.iter().any(option))
}

/// Sets of ports that are told apart although no rule names them.
fn told_apart(scheme: Scheme, asks_recognition: bool) -> Vec<PortSet> {
    let one = |port: u16| PortSet::from_ranges(vec![(port, port)]);
    match scheme {
        // Recognised by port (measured; `docs/suricata.md`).
        Scheme::Quic | Scheme::Dns => PROBED_PORTS.into_iter().map(one).collect(),
        Scheme::Tcp | Scheme::Udp if asks_recognition => {
            PROBED_PORTS.into_iter().map(one).collect()
        }
        Scheme::Https | Scheme::Http | Scheme::Tcp | Scheme::Udp | Scheme::Icmp => Vec::new(),
    }
}
