//! Which rules can match a flow at all, found without asking each.
//!
//! What is found is never too little: every rule that is left out cannot match any packet of the flow, nor be one of
//! which that cannot be told. So a flow is decided the same whether all rules are asked or only those found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Test;
use super::packets::Packet;
use super::prepare::{End, Prepared, PreparedBuffer};
use crate::net::{Flow, Holders, IpSet};
use crate::suricata::{Direction, FlowDirection, Transform};

/// So many bytes of an ending are looked at; a longer one is told by its last.
const LONGEST: usize = 255;

/// The rules of an evaluator by the endings of names that they ask for, and by the clients that they are about.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// By buffer: the rules that ask for an ending of it.
    endings: BTreeMap<&'static str, Endings>,
    /// The others, by their clients; as places in `ranks`.
    others: Arc<Holders>,
    ranks: Vec<u32>,
    /// Whom each of the others is about.
    clients: Vec<Arc<IpSet>>,
    /// The rules that may tell addresses of servers apart, by their index: with their right side on packets to the server,
    /// with their left side on packets to the client.
    pub telling: Vec<(usize, [bool; 2])>,
    /// The rules that tell any addresses apart, with whichever side.
    pub telling_any: Vec<usize>,
}

/// By what a rule is found.
#[derive(Debug, Clone)]
pub(super) enum FoundBy {
    /// A buffer that it asks for an ending of; the ending's sum and length.
    Ending(&'static str, u64, usize),
    /// The clients whose flows it may match.
    Clients(Arc<IpSet>),
}

/// Rules by an ending that they ask for.
#[derive(Debug, Clone)]
struct Endings {
    /// The lengths that occur.
    lengths: Vec<bool>,
    /// By the last bits of the ending's sum: the first place in `all`.
    heads: Vec<u32>,
    /// The sum of an ending, the rank of the rule that asks for it, and the next with the same last bits.
    all: Vec<(u64, u32, u32)>,
}

const NONE: u32 = u32::MAX;

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
}

/// Whether a rule may tell addresses of servers apart: see [`Index::telling`].
pub(super) fn telling(rule: &Prepared) -> Option<[bool; 2]> {
    let [to_server, to_client] = directions(rule);
    let tells = |side: &End| side.sets().any(|set| !set.is_any());
    let sides = [tells(&rule.destination), tells(&rule.source)];
    (sides != [false; 2]).then_some([to_server && sides[0], to_client && sides[1]])
}

impl Index {
    /// Of rules in the order in which they are asked; `telling` names rules in their own order. What `before` knows of the same
    /// clients is taken from it.
    pub(super) fn new<'a>(
        rules: impl Iterator<Item = &'a FoundBy>,
        telling: impl Iterator<Item = (usize, [bool; 2])>,
        before: Option<&Self>,
    ) -> Self {
        let mut endings: BTreeMap<&'static str, Vec<(u64, usize, u32)>> = BTreeMap::new();
        let (mut ranks, mut clients) = (Vec::new(), Vec::new());
        for (rank, by) in (0..NONE).zip(rules) {
            match by {
                FoundBy::Ending(name, sum, length) => {
                    endings.entry(name).or_default().push((*sum, *length, rank));
                }
                FoundBy::Clients(set) => {
                    ranks.push(rank);
                    clients.push(Arc::clone(set));
                }
            }
        }
        let same = |before: &&Self| {
            let pairs = || before.clients.iter().zip(&clients);
            before.clients.len() == clients.len()
                && pairs().all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
        };
        let others = before.filter(same).map(|before| Arc::clone(&before.others));
        let new = || {
            let places: Vec<u32> = (0..NONE).take(clients.len()).collect();
            Arc::new(Holders::new(clients.iter().map(Arc::as_ref), &places))
        };
        let telling: Vec<(usize, [bool; 2])> = telling.collect();
        Self {
            telling_any: telling.iter().map(|(rule, _)| *rule).collect(),
            telling: telling.into_iter().filter(|(_, tells)| *tells != [false; 2]).collect(),
            endings: endings.into_iter().map(|(name, all)| (name, Endings::new(&all))).collect(),
            others: others.unwrap_or_else(new),
            ranks,
            clients,
        }
    }

    /// The ranks of the rules that may match, ascending.
    pub(super) fn candidates(&self, flow: &Flow, packets: &[Packet]) -> Vec<u32> {
        let others = self.others.of(flow.src).map(|place| self.ranks[place as usize]);
        let mut found = others.collect::<Vec<u32>>();
        for (name, endings) in &self.endings {
            let mut last: Option<&[u8]> = None;
            let transactions = packets.iter().flat_map(|packet| &packet.transactions);
            for said in transactions.filter_map(|tx| tx.buffers.get(name)) {
                if last != Some(said) {
                    endings.find(said, &mut found);
                    last = Some(said);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Endings {
    fn new(endings: &[(u64, usize, u32)]) -> Self {
        let size = endings.len().next_power_of_two();
        let mut new = Self {
            lengths: vec![false; LONGEST + 1],
            heads: vec![NONE; size],
            all: Vec::with_capacity(endings.len()),
        };
        for &(sum, length, rank) in endings {
            new.lengths[length] = true;
            let bucket = new.bucket(sum);
            let next = std::mem::replace(&mut new.heads[bucket], place(new.all.len()));
            new.all.push((sum, rank, next));
        }
        new
    }

    fn bucket(&self, sum: u64) -> usize {
        usize::try_from(sum ^ (sum >> 32)).unwrap_or_default() & (self.heads.len() - 1)
    }

    /// Adds the rules that ask for an ending of `said`, or of `said` behind a dot, in any case.
    fn find(&self, said: &[u8], found: &mut Vec<u32>) {
        let bytes = said.iter().rev().chain(b".").map(u8::to_ascii_lowercase);
        let mut sum = 0;
        for (length, byte) in (1..=LONGEST).zip(bytes) {
            sum = add(sum, byte);
            if !self.lengths[length] {
                continue;
            }
            let mut next = self.heads[self.bucket(sum)];
            while let Some(&(other, rank, after)) = self.all.get(next as usize) {
                if other == sum {
                    found.push(rank);
                }
                next = after;
            }
        }
    }
}

/// The sum of an ending that is one byte longer. Two endings with the same sum only make one rule too many be asked.
const fn add(sum: u64, byte: u8) -> u64 {
    (sum ^ byte as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

/// A buffer that the rule asks for, and bytes with which it must end, behind a dot or not; in lower case.
fn ending(rule: &Prepared) -> Option<(&'static str, Vec<u8>)> {
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
mod tests {
    use crate::eval::{Evaluator, Played};
    use crate::net::{Request, RuleOrder};
    use crate::suricata::{Ruleset, Variables, parse_rules};

    /// What rules ask for, so that each kind of condition decides for some request and not for others.
    const ASKED: [&str; 16] = [
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
    const HEADS: [(&str, &str); 7] = [
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
