//! A policy as logs are held against it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::client::Habits;
use super::decision::{Decision, Fate};
use super::networks::Networks;
use super::seen::{Seen, Unsaid};
use crate::analysis::{asks_name_otherwise, asks_path};
use crate::compile::Compiled;
use crate::eval::{Asking, Evaluator, Played};
use crate::interop::Told;
use crate::messages::{Text, replay as say};
use crate::net::{Action, Manner, Request, Scheme, TlsVersion};
use crate::policy::{Policy, RulePlace};
use crate::suricata::{BufferMatch, NotModelledKind, Rule, RuleOption, keyword};
use crate::workbench::{Decider, judged};

/// A compiled policy that answers for each request of a log what `try` answers.
#[derive(Debug)]
pub struct Judge<'a> {
    policy: &'a Policy,
    compiled: &'a Compiled,
    evaluator: &'a Evaluator,
    networks: Networks,
    /// Whether some rule asks for the path of a request, or for what depends on it.
    by_path: bool,
    /// Whether some rule asks for a protocol above TCP and UDP, or for what was said in one.
    by_protocol: bool,
    /// Whether some rule compares the addresses of both sides, which their classes do not tell.
    by_sides: bool,
    /// What rules ask of how a client asks.
    habits: Habits,
    /// Of TLS and of HTTP: the buffer that holds the name, where rules ask for it in no other way.
    names: [Option<Asking>; 2],
}

/// Told of a server's class where it is the client itself; there are never so many classes.
const ITSELF: u32 = 1 << 31;

/// Protocols in which a name is asked for in one buffer, in the order of [`Judge::names`].
const NAMED_IN: [(Scheme, &str); 2] = [(Scheme::Https, "tls.sni"), (Scheme::Http, "http.host")];

impl<'a> Judge<'a> {
    /// Makes a policy ready.
    #[must_use]
    pub fn new(policy: &'a Policy, compiled: &'a Compiled, evaluator: &'a Evaluator) -> Self {
        let classes = |like: IpAddr| evaluator.addresses(like);
        let v4 = classes(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let v6 = classes(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        let rules = &compiled.ruleset.rules;
        let asking = |(scheme, buffer): (Scheme, &'static str)| {
            let otherwise = rules.iter().any(|rule| asks_name_otherwise(rule, scheme));
            if otherwise { None } else { evaluator.asking(buffer) }
        };
        Self {
            policy,
            compiled,
            evaluator,
            networks: Networks::new(&v4, &v6),
            by_path: rules.iter().any(|rule| asks_path(rule)),
            by_protocol: rules.iter().any(|rule| asks_protocol(rule)),
            by_sides: rules.iter().any(|rule| rule.options.contains(&RuleOption::SameIp)),
            habits: Habits::of(rules),
            names: NAMED_IN.map(asking),
        }
    }

    /// Finds what the rules know of the name of a request: another request of which the same is found, and which is the same but
    /// for the name and for what no rule tells apart, gets the same decision. Whether that is so of this request.
    pub(super) fn named(
        &self,
        (request, manner): (&Request, &Manner),
        found: &mut Vec<u32>,
    ) -> bool {
        let asking = match request.scheme {
            Scheme::Https => &self.names[0],
            Scheme::Http => &self.names[1],
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp | Scheme::Dns | Scheme::Quic => &None,
        };
        // Whoever asks for an address says no name, or another one; so does who asks for a tunnel: its target is the path.
        let other_name = request.host.parse::<IpAddr>().is_ok()
            || manner.method.as_deref().is_some_and(|method| method == "CONNECT");
        let Some(asking) = asking.as_ref().filter(|_| !other_name) else { return false };
        self.evaluator.named(asking, request.from, request.host.as_bytes(), found);
        true
    }

    /// The number of an address's class: no rule tells two addresses of one class apart.
    #[must_use]
    pub fn class(&self, address: IpAddr) -> u32 {
        self.networks.class(address)
    }

    /// The number of a server's class for one client: that of its address, and whether it is the client itself where a rule
    /// asks for that; `u32::MAX` without an address.
    #[must_use]
    pub fn server_class(&self, from: IpAddr, dst: Option<IpAddr>) -> u32 {
        let itself = if self.by_sides && dst == Some(from) { ITSELF } else { 0 };
        dst.map_or(u32::MAX, |dst| self.class(dst) | itself)
    }

    /// The client, where a rule compares it with the server: then its class does not tell all of it.
    pub(super) fn compared(&self, from: IpAddr) -> Option<IpAddr> {
        self.by_sides.then_some(from)
    }

    /// Whether the path of a request can make a difference.
    #[must_use]
    pub const fn asks_path(&self) -> bool {
        self.by_path
    }

    /// Whether the verdict may hang on how the client asked, where a line does not tell it.
    pub(super) fn tells_clients_apart(&self, seen: &Seen<'_>) -> bool {
        self.habits.tell_apart(seen)
    }

    /// What a line tells of how the client asked, as far as the verdict may hang on it; nothing where usual clients ask so.
    pub(super) fn manner<'s>(&self, seen: &'s Seen<'_>) -> Option<Told<'s>> {
        self.habits
            .any_told()
            .then(|| self.habits.manner(seen))
            .filter(|manner| *manner != Told::default())
    }

    /// Every rule of the policy that has a say, as [`Decision::rules`] names it.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        let mut rules: Vec<String> = Vec::new();
        for (at, group) in self.policy.rule_groups.iter().enumerate() {
            for rule in 0..group.rules.len() {
                rules.extend(self.name(RulePlace { group: at, rule }));
            }
        }
        rules
    }

    /// What tells the policy from others: what its rules are called, their text, what their variables mean, in which order
    /// they are asked.
    pub(super) fn mark(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hasher = Sha256::new();
        let ruleset = &self.compiled.ruleset;
        for rule in &ruleset.rules {
            hasher.update(format!("{} {:?}\n", rule.scope, rule.text));
        }
        hasher.update(format!("{:?}\n{:?}\n{:?}\n", ruleset.order, ruleset.scopes, self.rules()));
        hasher.update(format!("{:?}", self.compiled.stateless.rules));
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What becomes of a request in this manner; `unsaid` is what the log does not say of it, so that `request` is one of several
    /// that it may have been.
    #[must_use]
    pub fn decide(&self, request: &Request, unsaid: Option<Unsaid>, manner: &Manner) -> Decision {
        let early =
            |unsaid: Unsaid| self.before(request).unwrap_or_else(|| unknown(unsaid.words()));
        match unsaid {
            None => self.in_manner(request, manner),
            Some(sides @ Unsaid::Sides) => unknown(sides.words()),
            Some(Unsaid::Client) if !self.habits.matter(request.scheme) => {
                self.in_manner(request, manner)
            }
            // Where no rule knows a protocol, it is like any other bytes.
            Some(Unsaid::Other) if !self.by_protocol => self.in_manner(request, manner),
            Some(unsaid @ (Unsaid::Name | Unsaid::Protocol | Unsaid::Client | Unsaid::Other)) => {
                early(unsaid)
            }
        }
    }

    /// What becomes of a request in this manner. A version of TLS that both sides agreed on may be lower than the one that the
    /// client offered, which may be any above it: then it is only known where that makes no difference.
    fn in_manner(&self, request: &Request, manner: &Manner) -> Decision {
        let told = self.said(request, manner);
        let Some(agreed) = manner.version else { return told };
        let mut above = TlsVersion::ALL.into_iter().filter(|version| *version > agreed);
        let same = above.all(|version| {
            told == self.said(request, &Manner { version: Some(version), ..manner.clone() })
        });
        if same { told } else { unknown(Unsaid::Client.words()) }
    }

    fn said(&self, request: &Request, manner: &Manner) -> Decision {
        let judged = judged(self.policy, self.compiled, self.evaluator, (request, manner));
        let fate = match judged.action {
            _ if judged.depends => Fate::Depends,
            Some(Action::Pass | Action::Alert) => Fate::Pass,
            Some(Action::Drop) => Fate::Drop,
            Some(Action::Reject) => Fate::Reject,
            None => Fate::Undetermined,
        };
        let words: Vec<Text> = judged.deciders.iter().map(Decider::words).collect();
        let by = match (fate, words.first()) {
            (Fate::Undetermined, Some(rules)) => say::hangs_on_rules(rules),
            (Fate::Depends, _) => Text::made(|lang| {
                words.iter().map(|by| by.say(lang)).collect::<Vec<&str>>().join(", ")
            }),
            (_, Some(by)) => by.clone(),
            (_, None) => Text::verbatim(""),
        };
        let rule = |by: &Decider| match by {
            Decider::Rule(rule) => self.name(rule.place),
            _ => None,
        };
        let by_default = matches!(judged.deciders.first(), Some(Decider::Default(_)));
        Decision { fate, by, by_default, rules: judged.deciders.iter().filter_map(rule).collect() }
    }

    /// The decision, where it stands whatever the client says: before it says anything.
    fn before(&self, request: &Request) -> Option<Decision> {
        let spoken = match request.scheme {
            Scheme::Https | Scheme::Http => request.clone(),
            // The handshake is the same for all of TCP.
            Scheme::Tcp => Request { scheme: Scheme::Https, ..request.clone() },
            Scheme::Udp | Scheme::Icmp | Scheme::Dns | Scheme::Quic => return None,
        };
        let to = spoken.dst?;
        let gist = self.evaluator.among(&Played::new(spoken.flow(to)), self.evaluator.order());
        gist.early.then(|| self.said(&spoken, &Manner::default()))
    }

    fn name(&self, place: RulePlace) -> Option<String> {
        rule_name(self.policy, place)
    }
}

/// A rule as [`Decision::rules`] names it.
#[must_use]
pub fn rule_name(policy: &Policy, place: RulePlace) -> Option<String> {
    let group = policy.rule_groups.get(place.group)?;
    let rule = policy.rule(place)?;
    Some(format!("{} / {}", group.name.value, rule.name.value))
}

const fn unknown(by: Text) -> Decision {
    Decision { fate: Fate::Undetermined, by, by_default: false, rules: Vec::new() }
}

/// Protocols of which a log says the names that were asked for.
const NAMED: [&str; 2] = ["tls", "quic"];

/// Whether a rule asks for a protocol above TCP and UDP, or for what was said in one. A log names the protocol and does not
/// tell what was said in it, and rules know protocols by other names than logs (`http` is also `http2`). TLS and QUIC do not
/// count: where they were spoken the log says a name, or that there was none.
fn asks_protocol(rule: &Rule) -> bool {
    let buffer = |buffer: &BufferMatch| {
        let keyword = buffer.buffer.keyword();
        keyword.app.is_some_and(|app| !NAMED.contains(&app))
            || ["payload", "frame", "file.data"].contains(&keyword.name)
    };
    let app = rule.header.protocol.app().map(|_| rule.header.protocol.word());
    if app.is_some_and(|app| NAMED.contains(&app)) {
        return false;
    }
    app.is_some() || rule.options.iter().any(asks_what_was_said) || rule.buffers.iter().any(buffer)
}

fn asks_what_was_said(option: &RuleOption) -> bool {
    match option {
        RuleOption::AppLayerProtocol { .. } | RuleOption::Urilen { .. } => true,
        RuleOption::NotModelled(other) => {
            other.kind == NotModelledKind::App
                || keyword(other.keyword)
                    .and_then(|keyword| keyword.app)
                    .is_some_and(|app| !NAMED.contains(&app))
        }
        _ => false,
    }
}
