//! A rule group that would let through what the default action blocks, made of a log: an edit to review.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use super::decision::Fate;
use super::judge::Judge;
use super::tally::{Row, Tally};
use crate::analysis::evaluator;
use crate::compile::compile;
use crate::messages::{Text, suggest as say};
use crate::net::{IpSet, Request, Scheme};
use crate::policy::{
    Batch, Document, Edit, EditError, Field, Policy, RuleDraft, RuleField, RulePlace, Target,
    Thing, target,
};
use crate::workbench::{fresh_priority, fresh_sid};

/// How many names below one registered name stand for all names below it.
const ENOUGH: usize = 3;
/// The most rules that are proposed: those with the most requests.
const MOST: usize = 100;
/// What the group is called; a number follows where that is taken.
const NAME: &str = "from-logs";

/// A rule group made of a log.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The policy with it.
    pub document: Document,
    /// The edits that make it, one after the other.
    pub edits: Vec<Edit>,
    /// The lines that it adds.
    pub text: String,
    /// How many rules it has.
    pub rules: usize,
    /// Requests that the default action blocks.
    pub blocked: u64,
    /// Those of them that pass with it.
    pub passed: u64,
    /// Requests that rules of the policy block: for these nothing is proposed.
    pub by_rules: u64,
    /// Names that stand for all below them, with how many of these were asked for.
    pub collapsed: Vec<(String, usize)>,
    /// Rules that were left out because there were too many.
    pub left_out: usize,
    /// Requests that were not told apart in the tally, and were not looked at.
    pub beyond: u64,
}

impl Suggestion {
    /// What there is to know before it is taken, line by line.
    #[must_use]
    pub fn notes(&self) -> Vec<Text> {
        let mut notes = vec![say::proposal(self.rules), say::passes(self.passed, self.blocked)];
        if self.by_rules > 0 {
            notes.push(say::by_rules(self.by_rules));
        }
        notes.extend(self.collapsed.iter().map(|(name, names)| say::collapsed(name, *names)));
        if self.left_out > 0 {
            notes.push(say::left_out(self.left_out));
        }
        if self.beyond > 0 {
            notes.push(say::beyond(self.beyond));
        }
        notes
    }

    /// All of it as one edit.
    #[must_use]
    pub fn edit(&self) -> Edit {
        let what = Batch::FromLogs(self.rules);
        Edit::Several { edits: self.edits.clone(), what }
    }
}

/// What one rule is about: source, protocol, port.
type Key = (String, &'static str, Option<u16>);

/// What one rule would allow.
#[derive(Default)]
struct Wanted {
    to: BTreeSet<String>,
    requests: u64,
}

/// Proposes a group for what the default action blocks in a log; `None` where it blocks nothing, or where it is told to `stop`.
///
/// Sources are the smallest of the policy's that hold the address, else the address. Names are collapsed to `.name` where at
/// least three below a name that somebody registered (by the public suffix list, its ICANN part) were blocked by default, and
/// no rule blocks any below it in this log.
///
/// # Errors
/// When the policy cannot take the group.
pub fn suggest(
    tally: &Tally,
    document: &Document,
    stop: &AtomicBool,
) -> Result<Option<Suggestion>, EditError> {
    let policy = document.policy();
    let blocked = |row: &&Row| {
        let fate = tally.decisions[row.decision as usize].fate;
        matches!(fate, Fate::Drop | Fate::Reject) && row.requests() > 0 && row.unsaid.is_none()
    };
    let (by_default, by_rules): (Vec<&Row>, Vec<&Row>) = tally
        .rows
        .iter()
        .filter(blocked)
        .partition(|row| tally.decisions[row.decision as usize].by_default);
    let sum = |rows: &[&Row]| rows.iter().map(|row| row.requests()).sum();
    let sources = Sources::of(policy);
    let mut wanted: BTreeMap<Key, Wanted> = BTreeMap::new();
    for row in &by_default {
        let Some((key, to)) = asked(&sources, row) else { continue };
        let wanted = wanted.entry(key).or_default();
        wanted.requests += row.requests();
        wanted.to.insert(to);
    }
    if wanted.is_empty() {
        return Ok(None);
    }
    let closed: BTreeSet<&str> =
        by_rules.iter().filter_map(|row| registered(&row.request.host)).collect();
    let mut collapsed = BTreeMap::new();
    for wanted in wanted.values_mut() {
        wanted.to = collapse(&wanted.to, &closed, &mut collapsed);
    }
    let mut wanted: Vec<(Key, Wanted)> = wanted.into_iter().collect();
    wanted.sort_by_key(|(_, wanted)| Reverse(wanted.requests));
    let left_out = wanted.len().saturating_sub(MOST);
    wanted.truncate(MOST);
    let (with, edits) = made(document, &wanted, stop)?;
    let passed = passed(&with, &by_default, stop);
    if stop.load(Ordering::Relaxed) {
        return Ok(None);
    }
    Ok(Some(Suggestion {
        text: added(document.text(), with.text()),
        edits,
        rules: wanted.len(),
        blocked: sum(&by_default),
        passed,
        by_rules: sum(&by_rules),
        collapsed: collapsed.into_iter().collect(),
        left_out,
        beyond: tally.requests_beyond(),
        document: with,
    }))
}

/// What a rule for a request is about, and what it allows; nothing where no small rule can be.
fn asked(sources: &Sources<'_>, row: &Row) -> Option<(Key, String)> {
    let request = &row.request;
    let address = request.host.parse::<IpAddr>().ok();
    let port = Some(request.port);
    let (protocol, port) = match (request.scheme, address) {
        (Scheme::Https, None) => ("tls", port),
        (Scheme::Http, None) => ("http", port),
        (Scheme::Quic, None) => ("quic", port),
        (Scheme::Dns, None) => ("dns", port),
        (Scheme::Https | Scheme::Http | Scheme::Tcp, Some(_)) => ("tcp", port),
        (Scheme::Udp | Scheme::Quic | Scheme::Dns, Some(_)) => ("udp", port),
        (Scheme::Icmp, Some(_)) => ("icmp", None),
        (Scheme::Tcp | Scheme::Udp | Scheme::Icmp, None) => return None,
    };
    // What a log calls a host may mean something else in a policy, such as `any`, or nothing, such as `0`.
    if !matches!(target(&request.host), Ok(Target::Name(_) | Target::Net(_))) {
        return None;
    }
    Some(((sources.source(request.from), protocol, port), request.host.clone()))
}

/// The sources of a policy, the smallest first.
struct Sources<'a>(Vec<(IpSet, &'a str)>);

impl<'a> Sources<'a> {
    fn of(policy: &'a Policy) -> Self {
        let named = policy.sources.iter().map(|source| source.name.value.as_str());
        let mut sources: Vec<_> = named.map(|name| (policy.source_set(name), name)).collect();
        sources.sort_by_key(|(set, name)| (set.count(), *name));
        Self(sources)
    }

    /// The smallest that holds an address, else the address.
    fn source(&self, address: IpAddr) -> String {
        let smallest = self.0.iter().find(|(set, _)| set.contains(address));
        smallest.map_or_else(|| address.to_string(), |(_, name)| (*name).to_owned())
    }
}

/// The name that somebody registered and that a name lies below; nothing where the suffix is not known to be public.
fn registered(host: &str) -> Option<&str> {
    let suffix = psl::suffix(host.as_bytes())?;
    let public = suffix.is_known() && suffix.typ() == Some(psl::Type::Icann);
    public.then(|| psl::domain_str(host)).flatten()
}

/// Names with those below one registered name collapsed, where that is safe.
fn collapse(
    names: &BTreeSet<String>,
    closed: &BTreeSet<&str>,
    collapsed: &mut BTreeMap<String, usize>,
) -> BTreeSet<String> {
    let mut below: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.iter().filter_map(|name| registered(name)) {
        *below.entry(name).or_default() += 1;
    }
    let one = |name: &String| match registered(name) {
        Some(of) if below[of] >= ENOUGH && !closed.contains(of) => format!(".{of}"),
        _ => name.clone(),
    };
    for (of, many) in &below {
        if *many >= ENOUGH && !closed.contains(of) {
            let known = collapsed.entry(format!(".{of}")).or_default();
            *known = (*known).max(*many);
        }
    }
    names.iter().map(one).collect()
}

/// The policy with the group, and the edits that make it.
fn made(
    document: &Document,
    wanted: &[(Key, Wanted)],
    stop: &AtomicBool,
) -> Result<(Document, Vec<Edit>), EditError> {
    let policy = document.policy();
    let group = policy.rule_groups.len();
    let taken: BTreeSet<String> =
        policy.rule_groups.iter().map(|group| group.name.value.clone()).collect();
    let name = untaken(NAME.to_owned(), &taken);
    let priority = fresh_priority(policy, &Thing::Group(group)).unwrap_or_default();
    let fields = vec![(Field::Name, name), (Field::Priority, priority.to_string())];
    let mut with = document.clone();
    let add = Edit::Add { thing: Thing::Group(group), fields };
    with.apply(&add)?;
    let mut edits = vec![add];
    let mut names = BTreeSet::new();
    let compiled = compile(policy);
    for (rule, ((source, protocol, port), wanted)) in wanted.iter().enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let port = port.map(|port| port.to_string()).unwrap_or_default();
        let parts = [source.as_str(), protocol, &port];
        let name = parts.join("-").trim_end_matches('-').replace(['.', ':', '/'], "-");
        // Sources `a.b` and `a-b` make one name.
        let name = untaken(name, &names);
        names.insert(name.clone());
        let to = wanted.to.iter().cloned().collect::<Vec<String>>().join(", ");
        // Logs keep their meaning as long as rules keep their sids.
        let sid = fresh_sid(with.policy(), &compiled, group);
        let fields = vec![
            (RuleField::Name, name),
            (RuleField::Sid, sid.map(|sid| sid.to_string()).unwrap_or_default()),
            (RuleField::Action, "pass".to_owned()),
            (RuleField::From, source.clone()),
            (RuleField::To, to),
            (RuleField::Protocols, (*protocol).to_owned()),
            (RuleField::Ports, port),
        ];
        let at = RulePlace { group, rule };
        let insert = Edit::InsertRule { at, rule: RuleDraft { fields } };
        with.apply(&insert)?;
        edits.push(insert);
    }
    Ok((with, edits))
}

/// The name, with a number behind it where it is taken.
fn untaken(name: String, taken: &BTreeSet<String>) -> String {
    let free = |name: &String| !taken.contains(name);
    if free(&name) {
        return name;
    }
    (2..).map(|n: u32| format!("{name}-{n}")).find(free).unwrap_or(name)
}

/// The lines that one text has and the other has not, which only grew in one place.
fn added(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[same..].iter().rev().zip(new[same..].iter().rev());
    let behind = rest.take_while(|(a, b)| a == b).count();
    new[same..new.len() - behind].join("\n")
}

/// How many of these requests pass in the policy.
fn passed(document: &Document, rows: &[&Row], stop: &AtomicBool) -> u64 {
    let compiled = compile(document.policy());
    let evaluator = evaluator(&compiled);
    let judge = Judge::new(document.policy(), &compiled, &evaluator);
    // Asked once for all addresses that no rule tells apart; of each row the log says everything.
    let mut known: HashMap<_, bool> = HashMap::new();
    let mut passed = 0;
    for row in rows {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let Request { from, dst, scheme, host, port, path, .. } = &row.request;
        let server = judge.server_class(*from, *dst);
        let asked = (host.as_str(), path.as_str(), &row.manner);
        let asked = (judge.class(*from), judge.compared(*from), server, *scheme, *port, asked);
        let passes = known.entry(asked).or_insert_with(|| {
            judge.decide(&row.request, row.unsaid, &row.manner).fate == Fate::Pass
        });
        passed += if *passes { row.requests() } else { 0 };
    }
    passed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_sources_of_like_names_have_names_of_their_own() {
        let text = "sekisho: 1\nname: p\nrule_order: strict\ndefault_actions: [drop_established]\n\
            home_net: [10.0.0.0/8]\nsources:\n  a.b: {cidrs: [10.1.0.0/16]}\n  \
            a-b: {cidrs: [10.2.0.0/16]}\nrule_groups: []\n";
        let document = Document::read(text.to_owned()).unwrap();
        let wanted = |source: &str| {
            let to = BTreeSet::from(["x.example".to_owned()]);
            ((source.to_owned(), "tls", Some(443)), Wanted { to, requests: 1 })
        };
        let wanted = [wanted("a.b"), wanted("a-b")];
        let (with, _) = made(&document, &wanted, &AtomicBool::new(false)).unwrap();
        let rules = &with.policy().rule_groups[0].rules;
        let names: Vec<String> = (0..rules.len())
            .filter_map(|rule| {
                let place = RulePlace { group: 0, rule };
                with.policy().rule(place).map(|rule| rule.name.value.clone())
            })
            .collect();
        assert_eq!(names, ["a-b-tls-443", "a-b-tls-443-2"]);
    }

    #[test]
    fn smallest_source_that_holds_an_address_is_named() {
        let text = "sekisho: 1\nname: p\nrule_order: strict\ndefault_actions: [drop_established]\n\
            home_net: [10.0.0.0/8]\nsources:\n  all: {cidrs: [10.0.0.0/8]}\n  \
            b: {cidrs: [10.1.0.0/16]}\n  a: {cidrs: [10.1.0.0/16]}\nrule_groups: []\n";
        let document = Document::read(text.to_owned()).unwrap();
        let sources = Sources::of(document.policy());
        for (address, source) in [("10.1.2.3", "a"), ("10.2.2.3", "all"), ("8.8.8.8", "8.8.8.8")] {
            assert_eq!(sources.source(address.parse().unwrap()), source);
        }
    }

    #[test]
    fn names_are_collapsed_only_below_a_registered_name_nothing_blocks() {
        let names =
            |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<BTreeSet<String>>();
        let asked = names(&[
            "a.shop.com",
            "b.shop.com",
            "shop.com",
            "a.bank.co.jp",
            "b.bank.co.jp",
            "x.github.io",
            "y.github.io",
            "z.github.io",
            "a.b.example",
            "c.b.example",
            "d.b.example",
            "a.shut.com",
            "b.shut.com",
            "c.shut.com",
        ]);
        let mut collapsed = BTreeMap::new();
        let found = collapse(&asked, &BTreeSet::from(["shut.com"]), &mut collapsed);
        let mut expected = asked.clone();
        for below in ["a.shop.com", "b.shop.com", "shop.com"] {
            expected.remove(below);
        }
        expected.insert(".shop.com".to_owned());
        assert_eq!(found, expected);
        assert_eq!(collapsed, BTreeMap::from([(".shop.com".to_owned(), 3)]));
    }
}
