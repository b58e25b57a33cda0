//! Which rules can match a flow at all, found without asking each.
//!
//! What is found is never too little: every rule that is left out cannot match any packet of the flow, nor be one of
//! which that cannot be told. So a flow is decided the same whether all rules are asked or only those found.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::content::Test;
use super::packets::Packet;
use super::prepare::{End, Prepared, PreparedBuffer};
use super::rules::{Entry, NOWHERE, Rules};
use crate::net::{Flow, Holders, IpSet, RuleOrder, Sid};
use crate::suricata::{Direction, FlowDirection, Transform};

/// So many bytes of an ending are looked at; a longer one is told by its last.
const LONGEST: usize = 255;

/// Rules that ask for one ending are looked for by their clients too from this number on: those of one client are few then.
const CROWD: usize = 64;

/// The rules of an evaluator by the endings of names that they ask for, and by the clients that they are about.
#[derive(Debug)]
pub(super) struct Index {
    /// Of the rules that were there when it was made from nothing; some may be gone.
    base: Arc<Part>,
    /// Of those that came since.
    added: Part,
    /// The rank of each rule by its place, where it is not its place.
    ranks: Option<Vec<u32>>,
}

/// Some of the rules, by their slots.
#[derive(Debug, Default)]
struct Part {
    /// By buffer: the rules that ask for an ending of it.
    endings: BTreeMap<&'static str, Endings>,
    /// The others, by their clients.
    others: Holders,
    /// Whether some rule may tell addresses of servers apart: see [`telling`].
    tells: bool,
    /// The rules that tell any addresses apart, with whichever side.
    telling_any: Vec<u32>,
    /// Those that look into a stream.
    streams: Vec<u32>,
    /// Those of which the index alone does not tell whether what they are about is met.
    loose: Vec<u32>,
    /// All of them by their sids, ascending.
    by_sid: Vec<(Sid, u32)>,
}

/// By what a rule is found.
#[derive(Debug, Clone)]
pub(super) enum FoundBy {
    /// A buffer that it asks for an ending of; the ending's sum and length.
    Ending(&'static str, u64, usize),
    /// The clients whose flows it may match.
    Clients(Arc<IpSet>),
}

/// The sum and length of an ending; the slot of a rule that asks for it, and the rule.
type Asks<'a> = (u64, usize, (u32, &'a Prepared));

/// Rules by an ending that they ask for.
#[derive(Debug, Clone)]
struct Endings {
    /// The lengths that occur.
    lengths: Vec<bool>,
    /// By the last bits of the ending's sum: the first place in `all`.
    heads: Vec<u32>,
    /// The sum of an ending, the slot of the rule that asks for it, and the next with the same last bits.
    all: Vec<(u64, u32, u32)>,
    /// The rules by their clients, of endings that so many ask for that each would cost too much; by the ending's sum.
    crowds: HashMap<u64, Holders>,
}

impl FoundBy {
    pub(super) fn of(rule: &Prepared) -> Self {
        match ending(rule) {
            Some((name, bytes)) => {
                let sum = bytes.iter().rev().fold(0, |sum, byte| add(sum, *byte));
                Self::Ending(name, sum, bytes.len())
            }
            None => Self::Clients(Arc::new(of_client(rule))),
        }
    }

    /// Whether the index finds the rule for a flow of this client in which this is said.
    pub(super) fn finds<'a>(&self, client: IpAddr, said: impl Iterator<Item = Said<'a>>) -> bool {
        match self {
            Self::Clients(set) => set.contains(client),
            Self::Ending(name, sum, length) => {
                let ends = |bytes| sums(bytes).nth(length - 1).is_some_and(|(_, of)| of == *sum);
                said.filter(|(of, _)| of == name).any(|(_, bytes)| ends(bytes))
            }
        }
    }
}

/// The lengths and sums of all endings of what is said, or of that behind a dot, in any case.
fn sums(said: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let bytes = said.iter().rev().chain(b".").map(u8::to_ascii_lowercase);
    let sum = |sum: &mut u64, byte| {
        *sum = add(*sum, byte);
        Some(*sum)
    };
    (1..=LONGEST).zip(bytes.scan(0, sum))
}

/// Whether a rule may tell addresses of servers apart: with its right side on packets to the server, with its left side on
/// packets to the client; `None`: it tells no addresses apart.
pub(super) fn telling(rule: &Prepared) -> Option<[bool; 2]> {
    let [to_server, to_client] = directions(rule);
    let tells = |side: &End| side.sets().any(|set| !set.is_any());
    let sides = [tells(&rule.destination), tells(&rule.source)];
    (sides != [false; 2]).then_some([to_server && sides[0], to_client && sides[1]])
}

impl Index {
    /// Of `rules`, which are asked in `order`. What `before` knows of those that were there when it was made is taken from it.
    pub(super) fn new(
        rules: &Rules,
        order: RuleOrder,
        ranked: &[usize],
        before: Option<&Self>,
    ) -> Self {
        let base = before.map(|before| Arc::clone(&before.base));
        let new = || Arc::new(Part::new((0..NOWHERE).zip(rules.base())));
        let ranks = (order == RuleOrder::Action).then(|| {
            let mut ranks = vec![NOWHERE; ranked.len()];
            for (rank, place) in (0..NOWHERE).zip(ranked) {
                ranks[*place] = rank;
            }
            ranks
        });
        Self { base: base.unwrap_or_else(new), added: Part::new(rules.since()), ranks }
    }

    /// When the rule at a place is asked.
    pub(super) fn rank(&self, place: usize) -> u32 {
        match &self.ranks {
            Some(ranks) => ranks[place],
            None => at(place),
        }
    }

    /// The places of the rules that may match, in the order in which they are asked.
    pub(super) fn candidates(&self, rules: &Rules, flow: &Flow, packets: &[Packet]) -> Vec<usize> {
        let mut slots: Vec<u32> = Vec::new();
        self.find(flow.src, &said(packets), &mut slots);
        self.in_order(rules, slots.into_iter())
    }

    /// Adds the slots of the rules that may match what a client has `said`; some may be gone.
    pub(super) fn find(&self, client: IpAddr, said: &[Said<'_>], found: &mut Vec<u32>) {
        self.parts().into_iter().for_each(|part| part.find(client, said, found));
    }

    /// The places of the rules with these sids, in the order in which they are asked.
    pub(super) fn of_sids(&self, rules: &Rules, sids: &HashSet<Sid>) -> Vec<usize> {
        let found = sids.iter().flat_map(|sid| self.parts().map(|part| part.of_sid(*sid)));
        self.in_order(rules, found.flatten().map(|(_, slot)| *slot))
    }

    /// The places of the rules in these slots that are there still, each once, in the order in which they are asked.
    fn in_order(&self, rules: &Rules, slots: impl Iterator<Item = u32>) -> Vec<usize> {
        let places = slots.filter_map(|slot| rules.place(slot));
        let mut found: Vec<(u32, u32)> =
            places.map(|place| (self.rank(place as usize), place)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(_, place)| place as usize).collect()
    }

    /// Whether it may be that some rule tells addresses of servers apart.
    pub(super) fn tells(&self) -> bool {
        self.parts().iter().any(|part| part.tells)
    }

    /// The rules that tell any addresses apart, with whichever side.
    pub(super) fn telling_any<'a>(
        &'a self,
        rules: &'a Rules,
    ) -> impl Iterator<Item = &'a Prepared> {
        here(rules, self.parts().map(|part| part.telling_any.as_slice()))
    }

    /// The rules that look into a stream.
    pub(super) fn streams<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a Prepared> {
        here(rules, self.parts().map(|part| part.streams.as_slice()))
    }

    /// The rules of which the index alone does not tell whether what they are about is met.
    pub(super) fn loose<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a Prepared> {
        here(rules, self.parts().map(|part| part.loose.as_slice()))
    }

    fn parts(&self) -> [&Part; 2] {
        [&self.base, &self.added]
    }
}

/// The rules in these slots that are there still.
fn here<'a>(rules: &'a Rules, slots: [&'a [u32]; 2]) -> impl Iterator<Item = &'a Prepared> {
    let here = slots.into_iter().flatten().filter(|slot| rules.place(**slot).is_some());
    here.map(|slot| rules.in_slot(*slot).rule.as_ref())
}

impl Part {
    fn new<'a>(rules: impl Iterator<Item = (u32, &'a Entry)>) -> Self {
        let mut part = Self::default();
        let mut endings: BTreeMap<&'static str, Vec<Asks<'a>>> = BTreeMap::new();
        let (mut clients, mut of_clients) = (Vec::new(), Vec::new());
        for (slot, entry) in rules {
            match &entry.by {
                FoundBy::Ending(name, sum, length) => {
                    let rule = (slot, entry.rule.as_ref());
                    endings.entry(name).or_default().push((*sum, *length, rule));
                }
                FoundBy::Clients(set) => {
                    clients.push(set.as_ref());
                    of_clients.push(slot);
                }
            }
            part.tells |= entry.telling.is_some_and(|tells| tells != [false; 2]);
            part.telling_any.extend(entry.telling.map(|_| slot));
            part.streams.extend(entry.streams.then_some(slot));
            part.loose.extend(entry.loose.then_some(slot));
            part.by_sid.push((entry.rule.rule.sid, slot));
        }
        part.by_sid.sort_unstable();
        let of = |(name, all)| (name, Endings::new(all, &mut part.loose));
        part.endings = endings.into_iter().map(of).collect();
        part.others = Holders::new(clients, &of_clients);
        part
    }

    /// The rules with a sid.
    fn of_sid(&self, sid: Sid) -> &[(Sid, u32)] {
        let first = self.by_sid.partition_point(|(other, _)| *other < sid);
        let behind = &self.by_sid[first..];
        &behind[..behind.partition_point(|(other, _)| *other == sid)]
    }

    /// Adds the slots of the rules that may match what a client has `said`.
    fn find(&self, client: IpAddr, said: &[Said<'_>], found: &mut Vec<u32>) {
        found.extend(self.others.of(client));
        for (name, bytes) in said {
            if let Some(endings) = self.endings.get(name) {
                endings.find(client, bytes, found);
            }
        }
    }
}

/// A buffer and what it holds.
pub(super) type Said<'a> = (&'static str, &'a [u8]);

/// What packets say, each once.
pub(super) fn said(packets: &[Packet]) -> Vec<Said<'_>> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for transaction in packets.iter().flat_map(|packet| &packet.transactions) {
        for (name, bytes) in &transaction.buffers {
            if !said.contains(&(*name, bytes.as_slice())) {
                said.push((name, bytes));
            }
        }
    }
    said
}

impl Endings {
    /// Adds to `loose` the rules that are not found for other clients, of whom the ending may be said all the same.
    fn new(mut endings: Vec<Asks<'_>>, loose: &mut Vec<u32>) -> Self {
        endings.sort_by_key(|(sum, ..)| *sum);
        let size = endings.len().next_power_of_two();
        let mut new = Self {
            lengths: vec![false; LONGEST + 1],
            heads: vec![NOWHERE; size],
            all: Vec::with_capacity(endings.len()),
            crowds: HashMap::new(),
        };
        for same in endings.chunk_by(|(a, ..), (b, ..)| a == b) {
            same.iter().for_each(|(_, length, _)| new.lengths[*length] = true);
            let (sum, ..) = same[0];
            if same.len() < CROWD {
                same.iter().for_each(|(_, _, (slot, _))| new.add(sum, *slot));
            } else {
                let clients: Vec<IpSet> = same.iter().map(|(_, _, (_, r))| of_client(r)).collect();
                let slots: Vec<u32> = same.iter().map(|(_, _, (slot, _))| *slot).collect();
                new.crowds.insert(sum, Holders::new(&clients, &slots));
                loose.extend(slots);
            }
        }
        new.all.shrink_to_fit();
        new
    }

    fn add(&mut self, sum: u64, slot: u32) {
        let bucket = self.bucket(sum);
        let next = std::mem::replace(&mut self.heads[bucket], at(self.all.len()));
        self.all.push((sum, slot, next));
    }

    fn bucket(&self, sum: u64) -> usize {
        usize::try_from(sum ^ (sum >> 32)).unwrap_or_default() & (self.heads.len() - 1)
    }

    /// Adds the rules that ask for an ending of `said`, or of `said` behind a dot, in any case; not all that are about other
    /// clients.
    fn find(&self, client: IpAddr, said: &[u8], found: &mut Vec<u32>) {
        for (length, sum) in sums(said) {
            if !self.lengths[length] {
                continue;
            }
            let mut next = self.heads[self.bucket(sum)];
            while let Some(&(other, slot, after)) = self.all.get(next as usize) {
                if other == sum {
                    found.push(slot);
                }
                next = after;
            }
            found.extend(self.crowds.get(&sum).into_iter().flat_map(|crowd| crowd.of(client)));
        }
    }
}

/// The sum of an ending that is one byte longer. Two endings with the same sum only make one rule too many be asked.
const fn add(sum: u64, byte: u8) -> u64 {
    (sum ^ byte as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

fn at(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NOWHERE)
}

/// A buffer that the rule asks for, and bytes with which it must end, behind a dot or not; in lower case.
pub(super) fn ending(rule: &Prepared) -> Option<(&'static str, Vec<u8>)> {
    let endings = rule.buffers.iter().filter_map(|buffer| Some((buffer.name, end_of(buffer)?)));
    let (name, mut bytes) = endings.max_by_key(|(_, bytes)| bytes.len())?;
    bytes.drain(..bytes.len().saturating_sub(LONGEST));
    bytes.make_ascii_lowercase();
    Some((name, bytes))
}

fn end_of(buffer: &PreparedBuffer) -> Option<Vec<u8>> {
    let said = buffer.modelled
        && !buffer.of_packet
        && !matches!(buffer.name, "payload" | "ja3.hash" | "ja4.hash");
    let mut dots = 0;
    let kept = buffer.transforms.iter().all(|transform| match transform {
        Transform::Dotprefix => {
            dots += 1;
            dots == 1
        }
        Transform::ToLowercase => true,
        Transform::ToUppercase
        | Transform::StripWhitespace
        | Transform::CompressWhitespace
        | Transform::UrlDecode
        | Transform::NotModelled(_) => false,
    });
    if !said || !kept {
        return None;
    }
    // Behind a test that is not modelled nothing is asked for certain.
    let known = buffer.tests.iter().take_while(|test| !matches!(test, Test::Unknown));
    let ends = known.filter_map(|test| match test {
        Test::Content(content) if content.endswith && !content.negated => Some(&content.bytes),
        _ => None,
    });
    ends.max_by_key(|bytes| bytes.len()).filter(|bytes| !bytes.is_empty()).cloned()
}

/// The clients whose flows the rule may match.
fn of_client(rule: &Prepared) -> IpSet {
    let [to_server, to_client] = directions(rule);
    let sides = [(to_server, &rule.source), (to_client, &rule.destination)];
    let sides = sides.into_iter().filter(|(may, _)| *may);
    let mut sets = Vec::new();
    for (_, side) in sides {
        match &side.addresses {
            None => return IpSet::any(),
            Some(_) => sets.extend(side.sets()),
        }
    }
    IpSet::joined(sets)
}

/// Whether the rule compares the client with its left side, and with its right: on packets to the server, and to the client.
///
/// A rule for one direction never matches a packet of the other; `<>` turns either way.
pub(super) fn directions(rule: &Prepared) -> [bool; 2] {
    match (rule.rule.header.direction, rule.flow.direction) {
        (Direction::Both, _) | (Direction::ToRight, None) => [true, true],
        (Direction::ToRight, Some(FlowDirection::ToServer)) => [true, false],
        (Direction::ToRight, Some(FlowDirection::ToClient)) => [false, true],
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::CROWD;
    use crate::eval::{Evaluator, Played};
    use crate::net::{Request, RuleOrder};
    use crate::suricata::{Ruleset, Variables, parse_rules};

    /// What rules ask for, so that each kind of condition decides for some request and not for others.
    pub(in crate::eval) const ASKED: [&str; 16] = [
        "tls.sni; content:\"a.example\"; startswith; nocase; endswith; flow:to_server, established;",
        "tls.sni; dotprefix; content:\".A.example\"; nocase; endswith; flow:to_server, established;",
        "tls.sni; content:\"ample\"; endswith; flow:to_server, established;",
        "tls.sni; content:\"a\"; content:!\"b\"; endswith; flow:to_server, established;",
        "tls.sni; pcre:\"/^[ab]\\.example$/\"; flow:to_server, established;",
        "tls.sni; to_uppercase; content:\"A.EXAMPLE\"; endswith; flow:to_server, established;",
        "tls.sni; to_lowercase; dotprefix; content:\".b.example\"; endswith; flow:to_server;",
        "tls.sni; base64_decode; content:\"q.example\"; endswith;",
        "http.host; content:\"b.example\"; endswith; flow:to_server, established;",
        "http.uri; content:\"/x\"; endswith; http.host; content:\"example\"; endswith;",
        "http.server; content:\"nginx\"; endswith; flow:to_client;",
        "flow:to_client;",
        "flow:to_server;",
        "flow:to_server; flowbits:set,seen;",
        "flow:to_server, established; flowbits:isset,seen; content:\"example\";",
        "",
    ];
    pub(in crate::eval) const HEADS: [(&str, &str); 7] = [
        ("tls", "10.1.0.0/16 any -> any any"),
        ("tls", "any any -> any 443"),
        ("tls", "$NOBODY_KNOWS any -> any any"),
        ("http", "[10.1.2.0/24, 10.2.0.0/16] any -> any any"),
        ("tcp", "203.0.113.0/24 any -> 10.1.0.0/16 any"),
        ("tcp", "203.0.113.0/24 any <> 10.2.0.0/16 any"),
        ("ip", "10.1.0.0/16 any -> 203.0.113.0/25 any"),
    ];

    fn evaluator(order: RuleOrder, turn: usize) -> Evaluator {
        let all = HEADS.iter().flat_map(|head| ASKED.iter().map(move |asked| (head, asked)));
        let line = |(number, ((protocol, ends), asked)): (usize, (&(&str, &str), &&str))| {
            let action = ["pass", "drop", "alert", "reject"][(number + turn) % 4];
            format!("{action} {protocol} {ends} ({asked} sid:{};)", number + 1)
        };
        let lines: Vec<String> = all.enumerate().map(line).collect();
        // Of each turn another part: with all of them the first would decide everything.
        let part = lines.into_iter().enumerate().filter(|(at, _)| at % 5 == turn % 5);
        let text: Vec<String> = part.map(|(_, line)| line).collect();
        let rules = parse_rules(&text.join("\n")).rules.into_iter().map(|p| p.rule).collect();
        Evaluator::new(&Ruleset::new(order, rules, Variables::default()))
    }

    #[test]
    fn rules_that_are_left_out_change_nothing() {
        let hosts =
            ["a.example", "x.A.example", "b.example", "aab.example", "q.example", "other.test"];
        let (mut asked, mut left_out) = (0, 0);
        for (turn, order) in (0..20).zip([RuleOrder::Strict, RuleOrder::Action].into_iter().cycle())
        {
            let evaluator = evaluator(order, turn);
            for host in hosts {
                for scheme in ["https", "http"] {
                    for from in ["10.1.2.3", "10.2.0.1", "192.0.2.1"] {
                        for dst in ["203.0.113.7", "203.0.113.200", "198.51.100.1"] {
                            let url = format!("{scheme}://{host}/x");
                            let request = Request::parse(from, &url, Some(dst)).unwrap();
                            let flow = request.flow(dst.parse().unwrap());
                            let played = Played::new(flow.clone());
                            let packets = crate::eval::packets::packets(&flow);
                            let some = evaluator.candidates(&flow, &packets);
                            assert_eq!(
                                evaluator.among(&played, &some),
                                evaluator.among(&played, evaluator.order()),
                                "{url} from {from} to {dst}, turn {turn}"
                            );
                            asked += some.len();
                            left_out += evaluator.order().len() - some.len();
                        }
                    }
                }
            }
        }
        assert!(asked > 1_000 && left_out > 1_000, "{asked} asked, {left_out} left out");
    }

    #[test]
    fn of_a_crowd_of_rules_for_one_name_those_of_the_client_are_asked() {
        let name =
            "tls.sni; content:\"a.example\"; startswith; endswith; flow:to_server, established;";
        let lines = (1..=2 * CROWD).map(|sid| {
            let action = ["pass", "drop"][sid % 2];
            format!("{action} tls 10.{}.0.0/16 any -> any any ({name} sid:{sid};)", sid % 100)
        });
        let text: Vec<String> = lines.collect();
        let rules = parse_rules(&text.join("\n")).rules.into_iter().map(|p| p.rule).collect();
        let evaluator =
            Evaluator::new(&Ruleset::new(RuleOrder::Strict, rules, Variables::default()));
        for (from, number) in [("10.5.1.1", 2), ("10.50.1.1", 1), ("192.0.2.1", 0)] {
            for (url, number) in [("https://a.example", number), ("https://b.example", 0)] {
                let request = Request::parse(from, url, None).unwrap();
                let flow = request.flow(request.somewhere());
                let packets = crate::eval::packets::packets(&flow);
                let asked = evaluator.candidates(&flow, &packets);
                assert_eq!(asked.len(), number, "{url} from {from}");
                let played = Played::new(flow.clone());
                assert_eq!(
                    evaluator.among(&played, &asked),
                    evaluator.among(&played, evaluator.order())
                );
                // What misses only the client comes near.
                let near = if url.contains("a.example") { 2 * CROWD } else { 0 };
                assert_eq!(evaluator.near(&flow).unwrap().len(), near, "{url} from {from}");
            }
        }
    }

    #[test]
    fn servers_are_told_apart_only_by_rules_that_see_them() {
        let classes = |line: &str| {
            let rules = parse_rules(line).rules.into_iter().map(|p| p.rule).collect();
            let ruleset = Ruleset::new(RuleOrder::Strict, rules, Variables::default());
            let request = Request::parse("10.1.2.3", "https://a.example", None).unwrap();
            let flow = request.flow("203.0.113.7".parse().unwrap());
            Evaluator::new(&ruleset).destinations(&flow).len()
        };
        assert_eq!(classes("pass tcp 10.0.0.0/8 any -> any any (flow:to_server; sid:1;)"), 1);
        assert_eq!(classes("pass tcp 10.0.0.0/8 any -> any any (sid:1;)"), 2);
        assert_eq!(classes("pass tcp 10.0.0.0/8 any <> any any (flow:to_server; sid:1;)"), 2);
        assert_eq!(classes("pass tcp any any -> 192.0.2.0/24 any (flow:to_server; sid:1;)"), 2);
        assert_eq!(classes("pass tcp any any -> 192.0.2.0/24 any (flow:to_client; sid:1;)"), 1);
        assert_eq!(classes("pass tcp 192.0.2.0/24 any -> any any (flow:to_client; sid:1;)"), 2);
    }
}
