//! Host names, cut along what rules ask of them: each name that is named, what lies below, any other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;

use super::class_set::ClassSet;
use super::reading::Reading;
use super::split::Tag;
use super::wanted::{How, Need};
use crate::net::{DomainPattern, Scheme};

/// How many names are tried to find one that no text stands for.
const TRIED: usize = 4_096;

/// Names that no rule's texts tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameClass {
    /// This name.
    Is(String),
    /// Names that end like this, and like nothing longer that is asked about; with a dot in front: names below.
    Ends(String),
    /// Names that end like nothing that is asked about.
    Other,
    /// No name is said: there is an address in the URL.
    Nameless,
    /// The protocol says no name.
    Unspoken,
}

/// A class of names with one of them.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Atom {
    pub class: NameClass,
    /// A name of the class; `None`: none was found, or there is no name.
    pub sample: Option<String>,
}

/// Atoms for which the same rules hold.
#[derive(Debug, Clone, Default)]
pub(in crate::analysis) struct NameGroup {
    /// Numbers of atoms.
    pub atoms: Vec<u32>,
    /// Rules that hold here and not for any other name.
    pub named: Vec<Tag>,
    /// Rules that hold for any other name and not here.
    pub missing: Vec<Tag>,
    /// Of the rules that may hold here, those of which texts do not say so.
    pub open: Vec<Tag>,
}

/// All names that clients of one protocol say.
#[derive(Debug, Clone, Default)]
pub(in crate::analysis) struct Names {
    pub atoms: Vec<Atom>,
    pub groups: Vec<NameGroup>,
    /// Rules that hold for a name of which nothing is known: they ask for none, or only for it to be another.
    pub usual: Vec<Tag>,
    /// Classes of which no name was found: nothing is said about them.
    pub lost: Vec<NameClass>,
    /// For each rule that some groups name, the numbers of these groups.
    pub groups_of: HashMap<Tag, Vec<u32>>,
}

/// What a text must be found in: the whole name, or its end.
type Key = (bool, String);

/// Texts by which rules are found.
struct Index<'r> {
    readings: &'r [Vec<Reading>],
    by_key: HashMap<Key, Vec<Tag>>,
    /// Every text that tells names apart, negated ones too.
    whole: HashSet<String>,
    ends: HashSet<String>,
    /// Usual rules that ask for something.
    picky: Vec<Tag>,
}

impl Names {
    /// Cuts the names of one protocol; `readings` are those of each policy, `along` what to cut along beside them.
    pub(in crate::analysis) fn cut(
        scheme: Scheme,
        readings: &[Vec<Reading>],
        along: &[DomainPattern],
    ) -> Self {
        let mut names = Self::default();
        let mut index = Index::new(readings, &mut names.usual);
        for pattern in along {
            index.mark(How::Is, pattern.name());
            index.mark(How::Tree, pattern.name());
        }
        if matches!(scheme, Scheme::Tcp | Scheme::Udp | Scheme::Icmp) {
            names.atoms.push(Atom { class: NameClass::Unspoken, sample: None });
            names.groups.push(NameGroup { atoms: vec![0], ..NameGroup::default() });
            return names;
        }
        let (atoms, lost): (Vec<Atom>, Vec<Atom>) =
            index.atoms().into_iter().partition(|atom| atom.sample.is_some());
        names.atoms = atoms;
        names.lost = lost.into_iter().map(|atom| atom.class).collect();
        let mut groups: BTreeMap<(Vec<Tag>, Vec<Tag>), Vec<u32>> = BTreeMap::new();
        for (number, atom) in (0_u32..).zip(&names.atoms) {
            let rules = atom.sample.as_deref().map(|name| index.rules(name)).unwrap_or_default();
            groups.entry(rules).or_default().push(number);
        }
        let group =
            |((named, missing), atoms)| NameGroup { atoms, named, missing, open: Vec::new() };
        names.groups = groups.into_iter().map(group).collect();
        if scheme != Scheme::Dns {
            let atom = u32::try_from(names.atoms.len()).unwrap_or(u32::MAX);
            names.atoms.push(Atom { class: NameClass::Nameless, sample: None });
            let group = if scheme == Scheme::Http { index.literal() } else { index.silent() };
            names.groups.push(NameGroup { atoms: vec![atom], ..group });
        }
        for (number, group) in (0_u32..).zip(&names.groups) {
            for tag in &group.named {
                names.groups_of.entry(*tag).or_default().push(number);
            }
        }
        names
    }
}

impl Names {
    /// The numbers of the classes that are asked for.
    pub(in crate::analysis) fn numbers(&self, asked: impl Fn(&NameClass) -> bool) -> ClassSet {
        let classes = (0_u32..).zip(&self.atoms);
        let asked = classes.filter(|(_, atom)| asked(&atom.class));
        ClassSet::of(asked.map(|(at, _)| at).collect())
    }
}

impl<'r> Index<'r> {
    fn new(readings: &'r [Vec<Reading>], usual: &mut Vec<Tag>) -> Self {
        let mut index = Self {
            readings,
            by_key: HashMap::new(),
            whole: HashSet::new(),
            ends: HashSet::new(),
            picky: Vec::new(),
        };
        for (side, readings) in readings.iter().enumerate() {
            for (at, reading) in readings.iter().enumerate() {
                index.add(Tag::new(side, at, false), &reading.host, usual);
            }
        }
        index
    }

    fn add(&mut self, tag: Tag, need: &Need, usual: &mut Vec<Tag>) {
        for wanted in &need.wanted {
            self.mark(wanted.how, &wanted.text);
        }
        match need.wanted.iter().find(|wanted| !wanted.negated) {
            Some(first) => {
                for key in keys(first.how, &first.text) {
                    self.by_key.entry(key).or_default().push(tag);
                }
            }
            None => {
                usual.push(tag);
                if !need.wanted.is_empty() {
                    self.picky.push(tag);
                }
            }
        }
    }

    /// Tells names apart by a text.
    fn mark(&mut self, how: How, text: &str) {
        for (whole, text) in keys(how, text) {
            if whole {
                self.whole.insert(text)
            } else {
                self.ends.insert(text)
            };
        }
    }

    fn need(&self, tag: Tag) -> &Need {
        &self.readings[tag.side()][tag.reading()].host
    }

    /// The rules that hold for this name and not for any other, and the reverse.
    fn rules(&self, name: &str) -> (Vec<Tag>, Vec<Tag>) {
        let mut named: Vec<Tag> = Vec::new();
        let mut find = |whole: bool, text: &str| {
            let found = self.by_key.get(&(whole, text.to_owned()));
            let holds = |tag: &&Tag| self.need(**tag).holds(name);
            named.extend(found.into_iter().flatten().filter(holds));
        };
        find(true, name);
        for at in 0..name.len() {
            if self.ends.contains(&name[at..]) {
                find(false, &name[at..]);
            }
        }
        named.sort_unstable();
        named.dedup();
        let missing = self.picky.iter().copied().filter(|tag| !self.need(*tag).holds(name));
        (named, missing.collect())
    }

    fn atoms(&self) -> Vec<Atom> {
        let mut whole: Vec<&String> = self.whole.iter().filter(|name| is_name(name)).collect();
        whole.sort_unstable();
        let whole = whole
            .into_iter()
            .map(|name| Atom { class: NameClass::Is(name.clone()), sample: Some(name.clone()) });
        let mut ends: Vec<&String> = self.ends.iter().filter(|end| is_end(end)).collect();
        ends.sort_unstable();
        let ends = ends
            .into_iter()
            .map(|end| Atom { class: NameClass::Ends(end.clone()), sample: self.fresh(end) });
        let other = Atom { class: NameClass::Other, sample: self.fresh("") };
        whole.chain(ends).chain([other]).collect()
    }

    /// A name that ends with `end` and with no longer text that is asked about.
    fn fresh(&self, end: &str) -> Option<String> {
        let good = |name: &String| {
            let longer = |at: usize| name.len() - at > end.len() && self.ends.contains(&name[at..]);
            name.len() > end.len()
                && !self.whole.contains(name)
                && !(0..name.len()).any(longer)
                && is_name(name)
        };
        let letters = "nxqabcdefghijklmoprstuvwyz0123456789".chars();
        let candidates: Box<dyn Iterator<Item = String>> = if end.is_empty() {
            let known = ["other.example", "other.org", "elsewhere.test", "unlisted.invalid"];
            let made = letters.map(|c| format!("other.any{c}"));
            Box::new(known.into_iter().map(str::to_owned).chain(made))
        } else if end.starts_with('.') {
            Box::new(["www", "any", "other"].into_iter().map(move |label| format!("{label}{end}")))
        } else {
            let made = letters.map(move |c| format!("{c}{end}"));
            Box::new([format!("not{end}"), format!("www.{end}")].into_iter().chain(made))
        };
        let numbered = (0..TRIED).map(|n| match end.starts_with('.') {
            true => format!("x{n}{end}"),
            false => format!("x{n}.{end}"),
        });
        candidates.chain(numbered).find(good)
    }

    /// Clients that say no name: rules that ask for one do not hold.
    fn silent(&self) -> NameGroup {
        let asks = |tag: &Tag| self.need(*tag).asked && !self.need(*tag).names_some();
        NameGroup { missing: self.all().filter(asks).collect(), ..NameGroup::default() }
    }

    /// Clients that say an address where a name could stand.
    fn literal(&self) -> NameGroup {
        let mut group = NameGroup::default();
        for tag in self.all() {
            let need = self.need(tag);
            let may = |w: &super::wanted::Wanted| w.how != How::Never && is_digits(&w.text);
            let holds = need.wanted.iter().all(|w| w.negated || may(w));
            let usual = !need.names_some();
            if need.wanted.iter().any(may) && holds {
                group.open.push(tag);
            }
            match (usual, holds) {
                (true, false) => group.missing.push(tag),
                (false, true) => group.named.push(tag),
                _ => {}
            }
        }
        group
    }

    fn all(&self) -> impl Iterator<Item = Tag> + '_ {
        let sides = self.readings.iter().enumerate();
        sides.flat_map(|(side, all)| (0..all.len()).map(move |at| Tag::new(side, at, false)))
    }
}

/// The texts that tell names apart for one condition.
fn keys(how: How, text: &str) -> Vec<Key> {
    match how {
        How::Never | How::Begins => Vec::new(),
        How::Is => vec![(true, text.to_owned())],
        How::Ends => vec![(false, text.to_owned())],
        How::Tree => vec![(true, text.to_owned()), (false, format!(".{text}"))],
    }
}

/// Whether a client can say it as a host name.
fn is_name(text: &str) -> bool {
    let exact = || text.parse() == Ok(DomainPattern::Exact(text.to_owned()));
    text.parse::<IpAddr>().is_err() && exact()
}

/// Whether a host name can end like this.
fn is_end(text: &str) -> bool {
    let before = if text.starts_with('.') { "x" } else { "x." };
    is_name(&format!("{before}{text}")) || is_name(&format!("x{text}"))
}

/// Whether an address can end like this.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
