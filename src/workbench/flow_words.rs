//! Sets of flows in the words of the policy: sources by name, names, addresses, ports.

use std::collections::{HashMap, HashSet};

use crate::analysis::{
    Decider, Fate, Flows, NameClass, Outcome, PathClass, PathKind, PathText, TextPlace,
};
use crate::messages::{Lang, Text, flows as say, impact, stateless, verdict};
use crate::net::{Action, IpSet, PortSet, Scheme};
use crate::policy::{Policy, RulePlace};

use super::rows::row_number;

/// Parts of a list beyond which only their number is said.
const SHOWN: usize = 6;

/// A set of flows in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowWords {
    /// The protocols, as URLs begin.
    pub protocols: Vec<&'static str>,
    /// Who asks.
    pub from: Vec<String>,
    /// What is asked for: names, and addresses where they matter.
    pub to: Vec<String>,
    /// At which addresses the names are, where that matters.
    pub at: Vec<String>,
    /// The ports; nothing where the protocol has none.
    pub ports: Option<String>,
}

impl FlowWords {
    /// Joins sets of flows that differ in nothing but the protocol, and of which the same is to be said; what else is kept
    /// with them stays that of the first.
    #[must_use]
    pub fn joined<K: PartialEq, T>(all: Vec<(Self, K, T)>) -> Vec<(Self, K, T)> {
        let mut joined: Vec<(Self, K, T)> = Vec::new();
        for (words, said, kept) in all {
            let same = joined.iter_mut().find(|(first, of, _)| {
                *of == said
                    && (&first.from, &first.to, &first.at, &first.ports)
                        == (&words.from, &words.to, &words.at, &words.ports)
            });
            match same {
                Some((first, _, _)) => first.protocols.extend(&words.protocols),
                None => joined.push((words, said, kept)),
            }
        }
        joined
    }

    /// Who asks, in full or cut short.
    #[must_use]
    pub fn who(&self, in_full: bool, lang: Lang) -> String {
        list(&self.from, in_full, lang)
    }

    /// What is asked for, in full or cut short.
    #[must_use]
    pub fn whom(&self, in_full: bool, lang: Lang) -> String {
        let to = list(&self.to, in_full, lang);
        if self.at.is_empty() {
            return to;
        }
        say::at(&to, &list(&self.at, in_full, lang)).say(lang).to_owned()
    }

    /// All of it in one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let ports = self.ports.as_deref().filter(|ports| *ports != say::ANY.say(lang));
        say::line(
            &self.protocols.join(", "),
            &self.who(false, lang),
            &self.whom(false, lang),
            ports,
            lang,
        )
    }
}

/// The entries with commas; of a long list the first, and how many more there are.
fn list(parts: &[String], in_full: bool, lang: Lang) -> String {
    if in_full || parts.len() <= SHOWN + 1 {
        return parts.join(", ");
    }
    say::and_more(&parts[..SHOWN].join(", "), parts.len() - SHOWN).say(lang).to_owned()
}

/// Writes sets of flows for one policy, or for the two that are compared.
#[derive(Debug)]
pub struct FlowWriter {
    /// Sources that mean the same in all of the policies, those of the last policy, the largest first.
    sources: Vec<(String, IpSet)>,
    home: IpSet,
    lang: Lang,
}

impl FlowWriter {
    /// A writer for these policies, the current one last.
    #[must_use]
    pub fn new(policies: &[&Policy], lang: Lang) -> Self {
        let Some((current, others)) = policies.split_last() else {
            return Self { sources: Vec::new(), home: IpSet::empty(), lang };
        };
        let same = |name: &str, set: &IpSet| {
            others.iter().all(|p| p.source(name).is_none() || p.source_set(name) == *set)
        };
        let named = current.sources.iter().map(|source| &source.name.value);
        let named = named.map(|name| (name.clone(), current.source_set(name)));
        let mut sources: Vec<(String, IpSet)> =
            named.filter(|(name, set)| !set.is_empty() && same(name, set)).collect();
        // A name that covers others stands for them; of equals the first in the file.
        sources.sort_by_key(|(_, set)| std::cmp::Reverse(set.count()));
        let home: IpSet = current.home_net.iter().copied().collect();
        Self { sources, home, lang }
    }

    /// A set of flows in words.
    #[must_use]
    pub fn words(&self, flows: &Flows) -> FlowWords {
        // Nobody asks for addresses of the other family.
        let clients = flows.from.families();
        let all = [clients.0.then(IpSet::any_v4), clients.1.then(IpSet::any_v6)];
        let everywhere = IpSet::joined(all.iter().flatten()) == flows.to;
        let spoken = !flows.names.contains(&NameClass::Unspoken) && has_names(flows.scheme);
        let names = if spoken { self.names(flows) } else { Vec::new() };
        let addresses = || match everywhere {
            true => vec![say::ANY_ADDRESS.say(self.lang).to_owned()],
            false => self.addresses(&flows.to, false),
        };
        let (to, at) = match (names.is_empty(), everywhere) {
            (true, _) => (addresses(), Vec::new()),
            (false, true) => (names, Vec::new()),
            (false, false) => (names, addresses()),
        };
        let ports = match flows.scheme {
            Scheme::Icmp => None,
            _ => Some(self.ports(&flows.ports)),
        };
        let from = self.addresses(&flows.from, true);
        FlowWords { protocols: vec![flows.scheme.word()], from, to, at, ports }
    }

    /// Ports, or those that are missing where these are fewer. Nobody asks for port 0.
    fn ports(&self, ports: &PortSet) -> String {
        let any = say::ANY.say(self.lang);
        let others = ports.complement().minus(&PortSet::from_ranges(vec![(0, 0)]));
        if others.is_empty() {
            return any.to_owned();
        }
        if others.ranges().len() >= ports.ranges().len() {
            return ports.to_string();
        }
        say::except(any, &others.to_string()).say(self.lang).to_owned()
    }

    /// A set of addresses, with the names of sources where they fit; `clients` says whether these are clients, of which
    /// `any` means those inside.
    fn addresses(&self, set: &IpSet, clients: bool) -> Vec<String> {
        let inside = if clients { say::INSIDE } else { say::INSIDE_ADDRESSES };
        let wholes = [
            (say::ANY_ADDRESS, IpSet::any()),
            (say::ANY_V4, IpSet::any_v4()),
            (say::ANY_V6, IpSet::any_v6()),
            (inside, self.home.clone()),
            (say::OUTSIDE, self.home.complement()),
            (say::OUTSIDE, self.home.complement().intersection(&IpSet::any_v4())),
        ];
        let mut best = self.cover(set, clients);
        let mut parts = best.len();
        for (words, whole) in wholes {
            if whole == *set {
                return vec![words.say(self.lang).to_owned()];
            }
            if !whole.covers(set) {
                continue;
            }
            let but = self.cover(&whole.minus(set), clients);
            if but.len() + 1 < parts {
                parts = but.len() + 1;
                let all = words.say(self.lang);
                best =
                    vec![say::except(all, &list(&but, false, self.lang)).say(self.lang).to_owned()];
            }
        }
        best
    }

    /// The set as sources and inside addresses as far as they fit into it, and networks for the rest.
    fn cover(&self, set: &IpSet, clients: bool) -> Vec<String> {
        let inside = if clients { say::INSIDE } else { say::INSIDE_ADDRESSES };
        let inside = (inside.say(self.lang).to_owned(), self.home.clone());
        let mut left = set.clone();
        let mut parts = Vec::new();
        for (name, source) in std::iter::once(&inside).chain(&self.sources) {
            if !source.is_empty() && set.covers(source) && left.overlaps(source) {
                left = left.minus(source);
                parts.push(name.clone());
            }
        }
        parts.extend(left.networks());
        parts
    }

    /// The names and paths.
    fn names(&self, flows: &Flows) -> Vec<String> {
        let lang = self.lang;
        let names = if flows.names.is_empty() {
            Vec::new()
        } else if flows.names.contains(&NameClass::Other) {
            let but = flows.known.iter().filter(|class| flows.names.binary_search(class).is_err());
            let but: Vec<NameClass> = but.filter(|c| **c != NameClass::Nameless).cloned().collect();
            vec![self.all_but(say::ANY_NAME.say(lang), &but)]
        } else {
            let but = flows.but();
            let mut names = self.classes(&flows.names);
            if let (false, Some(last)) = (but.is_empty(), names.last_mut()) {
                *last = self.all_but(last, &but);
            }
            names
        };
        let any = flows.paths.iter().any(|path| path.kind == PathKind::Any);
        if flows.scheme != Scheme::Http || any {
            return names;
        }
        let paths = |host: &str| self.paths(host, &flows.paths).join("; ");
        match &names[..] {
            [] => vec![paths("*")],
            [name] if !name.contains(' ') => vec![paths(name)],
            several => vec![format!("{} {}", several.join(", "), paths(""))],
        }
    }

    fn all_but(&self, all: &str, but: &[NameClass]) -> String {
        if but.is_empty() {
            return all.to_owned();
        }
        let but = list(&self.classes(but), false, self.lang);
        say::except(all, &but).say(self.lang).to_owned()
    }

    /// Classes of names as a policy writes names: a name and all below it with a dot in front.
    fn classes(&self, classes: &[NameClass]) -> Vec<String> {
        let has = |class: &NameClass| classes.contains(class);
        let mut words: Vec<String> = Vec::new();
        for class in classes {
            match class {
                NameClass::Is(name) if has(&NameClass::Ends(format!(".{name}"))) => {}
                NameClass::Is(name) => words.push(name.clone()),
                NameClass::Ends(end) => match end.strip_prefix('.') {
                    Some(name) if has(&NameClass::Is(name.to_owned())) => words.push(end.clone()),
                    Some(_) => words.push(format!("*{end}")),
                    None => words.push(format!("…{end}")),
                },
                NameClass::Other => words.push(say::OTHER_NAMES.say(self.lang).to_owned()),
                NameClass::Nameless => words.push(say::NAMELESS.say(self.lang).to_owned()),
                NameClass::Unspoken => {}
            }
        }
        words
    }

    /// Paths as a policy writes them, the first behind `host`. Where all classes that begin so are meant, they are said
    /// once, without endings.
    fn paths(&self, host: &str, paths: &[PathClass]) -> Vec<String> {
        let mut begin: HashMap<&str, usize> = HashMap::new();
        for path in paths {
            if let PathKind::Part { begins, .. } = &path.kind {
                *begin.entry(begins).or_default() += 1;
            }
        }
        let mut words: Vec<String> = Vec::new();
        let mut said: HashSet<&str> = HashSet::new();
        for path in paths {
            let host = if words.is_empty() { host } else { "" };
            let word = match &path.kind {
                PathKind::Any => format!("{host}/*"),
                PathKind::Is(path) => format!("{host}{path}"),
                PathKind::Part { begins, ends, siblings } => {
                    let all = begin.get(begins.as_str()) == Some(siblings);
                    if all && !said.insert(begins) {
                        continue;
                    }
                    let start = format!("{host}{}", if begins.is_empty() { "/" } else { begins });
                    match all {
                        true => self.part(&start, &[], &path.but_any_ending()),
                        false => self.part(&start, ends, &path.but()),
                    }
                }
            };
            words.push(word);
        }
        words
    }

    fn part(&self, start: &str, ends: &[PathText], but: &[&PathText]) -> String {
        let ends_like = |end: &PathText| format!("*{}", self.text(end));
        // All that a path ends with are endings of the longest; of one in any case an exact one tells the spelling.
        let longest = ends.iter().max_by_key(|end| (end.text.len(), !end.any_case));
        let mut path = match longest {
            None => format!("{start}*"),
            Some(end) => format!("{start}{}", ends_like(end)),
        };
        if longest.is_some_and(|end| end.any_case)
            && let Some(exact) = ends.iter().filter(|e| !e.any_case).max_by_key(|e| e.text.len())
        {
            say::also(&path, &ends_like(exact)).say(self.lang).clone_into(&mut path);
        }
        let star = |text: &&PathText| match text.place {
            TextPlace::Whole => text.text.clone(),
            TextPlace::Beginning => format!("{}*", text.text),
            TextPlace::End => ends_like(text),
        };
        let but: Vec<String> = but.iter().map(star).collect();
        if but.is_empty() {
            return path;
        }
        say::except(&path, &list(&but, false, self.lang)).say(self.lang).to_owned()
    }

    fn text(&self, text: &PathText) -> String {
        match text.any_case {
            true => say::any_case(&text.text).say(self.lang).to_owned(),
            false => text.text.clone(),
        }
    }
}

const fn has_names(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Https | Scheme::Http | Scheme::Quic | Scheme::Dns)
}

/// What becomes of flows, in one word.
#[must_use]
pub fn outcome_word(outcome: Outcome, lang: Lang) -> String {
    match outcome {
        Outcome::Half => say::HALF.say(lang).to_uppercase(),
        other => verdict::action_word(other.action().map(Action::word)).say(lang).to_owned(),
    }
}

/// Who decided, as sentences name it.
#[must_use]
pub fn by_words(policy: &Policy, fate: &Fate, lang: Lang) -> String {
    fate.by.map_or_else(|| impact::nobody(lang).to_owned(), |by| decider_words(policy, by, lang))
}

/// A decider as sentences name it.
#[must_use]
pub fn decider_words(policy: &Policy, by: Decider, lang: Lang) -> String {
    decider_text(policy, by).say(lang).to_owned()
}

fn decider_text(policy: &Policy, by: Decider) -> Text {
    match by {
        Decider::Rule(group, rule) => {
            let place = RulePlace { group, rule };
            let number = row_number(policy, place);
            let name = policy.rule(place).map_or("", |rule| &rule.name.value);
            let group = policy.rule_groups.get(group).map_or("", |group| &group.name.value);
            verdict::rule(group, name, number.unwrap_or_default())
        }
        Decider::Default => {
            let default = policy.default_actions.iter().find(|d| d.is_drop());
            verdict::default_action(default.map_or("none", |d| d.word()))
        }
        Decider::Managed(group) => {
            verdict::managed(policy.rule_groups.get(group).map_or("", |g| &g.name.value))
        }
        Decider::Stateless(group, rule) => {
            let group = policy.stateless.rule_groups.get(group);
            let rule = group.and_then(|group| group.rules.get(rule));
            let name = rule.map_or("", |rule| &rule.name.value);
            stateless::rule(group.map_or("", |group| &group.name.value), name)
        }
        Decider::StatelessDefault => {
            stateless::default_action(policy.stateless.default_action.word())
        }
        Decider::StreamException => {
            stateless::stream_exception(policy.stream_exception_policy.word())
        }
        Decider::Unseen => impact::UNSEEN.into(),
    }
}
