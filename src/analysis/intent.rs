use std::collections::HashMap;
use std::net::IpAddr;

use crate::compile::{Compiled, Origin, groups_in_order};
use crate::eval::{Met, RuleStep, Trace};
use crate::net::{Action, DomainPattern, PortSet, Protocol, Request, Scheme, Sid};
use crate::policy::{Endpoint, MatchRule, Path, Policy, RuleBody, RulePlace, Target, UrlTarget};

/// What the operator means: rows read from top to bottom, the first that matches the request decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    /// This row, and what it does.
    Row(RulePlace, Action),
    /// No row: the default action.
    Default(Action),
    /// A row that cannot be read as a question about a request stands before any that decides.
    Unknown(RulePlace),
}

/// Whether a hand-written row matches the request somewhere, and what it then does; `None`: cannot be told.
pub type HandWrittenMatch<'a> = &'a dyn Fn(RulePlace) -> Option<Option<Action>>;

impl Intent {
    /// What is meant to become of the request.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Row(_, action) | Self::Default(action) => Some(action),
            Self::Unknown(_) => None,
        }
    }
}

/// Reads the rows of a strict-order policy from top to bottom.
///
/// `alert` rows do not decide; `reject` means `drop` for everything but TCP, which alone has a reset
/// (compile table, section 1).
#[must_use]
pub fn intent(
    policy: &Policy,
    request: &Request,
    dst: IpAddr,
    by_hand: HandWrittenMatch<'_>,
) -> Intent {
    for group in groups_in_order(policy) {
        if policy.rule_groups[group].managed.is_some() {
            return Intent::Unknown(RulePlace { group, rule: 0 });
        }
        for (rule, row) in policy.rule_groups[group].rules.iter().enumerate() {
            let place = RulePlace { group, rule };
            if !row.enabled {
                continue;
            }
            let action = match &row.body {
                RuleBody::Match(m) if matches(policy, group, m, request, dst) => Some(m.action),
                RuleBody::Match(_) => None,
                RuleBody::Suricata(_) => match by_hand(place) {
                    Some(action) => action,
                    None => return Intent::Unknown(place),
                },
            };
            match action {
                None | Some(Action::Alert) => {}
                Some(Action::Reject) if !is_tcp(request.scheme) => {
                    return Intent::Row(place, Action::Drop);
                }
                Some(action) => return Intent::Row(place, action),
            }
        }
    }
    let drops = policy.default_actions.iter().any(|d| d.is_drop());
    Intent::Default(if drops { Action::Drop } else { Action::Pass })
}

/// What rows do with the flow of a trace somewhere, told from the rules they are compiled to: answers to
/// [`HandWrittenMatch`].
#[derive(Debug)]
pub struct ByHand {
    /// `None`: cannot be told.
    rows: HashMap<RulePlace, Option<Match>>,
}

/// The first packet on which a row matches, and what it then does; `None`: nowhere.
type Match = Option<(usize, Action)>;

impl ByHand {
    /// Reads the answers from a trace in which the rules written by hand are explained.
    #[must_use]
    pub fn of(compiled: &Compiled, trace: &Trace) -> Self {
        let by_hand = |at: usize| compiled.spans.get(at).is_some();
        let rules = compiled.ruleset.rules.iter().enumerate();
        let sids = rules.filter(|(at, _)| by_hand(*at)).map(|(_, rule)| rule.sid);
        Self::read(compiled, &trace.rules.some(&sids.collect()), by_hand)
    }

    /// The same where only some of the rules can match, and are explained.
    #[must_use]
    pub fn among(compiled: &Compiled, trace: &Trace, can_match: impl Fn(usize) -> bool) -> Self {
        Self::read(compiled, &trace.rules, can_match)
    }

    fn read(compiled: &Compiled, steps: &[RuleStep], can_match: impl Fn(usize) -> bool) -> Self {
        let steps: HashMap<Sid, &RuleStep> = steps.iter().map(|step| (step.sid, step)).collect();
        let mut rows: HashMap<RulePlace, Option<Match>> = HashMap::new();
        let rules = compiled.ruleset.rules.iter().zip(&compiled.origins).enumerate();
        for (at, (rule, origin)) in rules {
            let Origin::Rule(place) = origin else { continue };
            if !can_match(at) {
                continue;
            }
            let row = rows.entry(*place).or_insert(Some(None));
            let known = |step: &&&RuleStep| step.conditions.iter().all(|c| c.met != Met::Unknown);
            let (Some(first), Some(step)) = (*row, steps.get(&rule.sid).filter(known)) else {
                *row = None;
                continue;
            };
            if let Some(at) = step.would_match_at.or(step.matched_at)
                && rule.action != Action::Alert
                && first.is_none_or(|(before, _)| at < before)
            {
                *row = Some(Some((at, rule.action)));
            }
        }
        Self { rows }
    }

    /// What the row at `place` does; one without rules matches nothing.
    #[must_use]
    pub fn at(&self, place: RulePlace) -> Option<Option<Action>> {
        let row = self.rows.get(&place).copied().unwrap_or(Some(None));
        row.map(|found| found.map(|(_, action)| action))
    }
}

const fn is_tcp(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Https | Scheme::Http | Scheme::Tcp)
}

/// Whether the row at `place` asks for this request, to this destination; a hand-written one is not asked.
#[must_use]
pub fn row_matches(policy: &Policy, place: RulePlace, request: &Request, dst: IpAddr) -> bool {
    let row = policy.rule(place).map(|rule| &rule.body);
    matches!(row, Some(RuleBody::Match(row)) if matches(policy, place.group, row, request, dst))
}

/// Which of the questions of a row a request answers with yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// Who asks.
    pub source: bool,
    /// To which port.
    pub port: bool,
    /// For what, and in which protocol.
    pub target: bool,
}

impl Answers {
    /// How many are answered with no.
    #[must_use]
    pub fn misses(self) -> usize {
        [self.source, self.port, self.target].into_iter().filter(|yes| !yes).count()
    }
}

/// What a request answers to each question of the row at `place`; `None` for a hand-written one.
#[must_use]
pub fn row_answers(
    policy: &Policy,
    place: RulePlace,
    request: &Request,
    dst: IpAddr,
) -> Option<Answers> {
    let RuleBody::Match(row) = &policy.rule(place)?.body else { return None };
    Some(Answers {
        source: asks_source(policy, place.group, row, request),
        port: asks_port(row, request),
        target: asks_target(policy, row, request, dst),
    })
}

fn matches(policy: &Policy, group: usize, row: &MatchRule, request: &Request, dst: IpAddr) -> bool {
    asks_source(policy, group, row, request)
        && asks_port(row, request)
        && asks_target(policy, row, request, dst)
}

fn asks_source(policy: &Policy, group: usize, row: &MatchRule, request: &Request) -> bool {
    row.from.iter().any(|from| is_source(policy, group, &from.value, request.from))
}

fn asks_port(row: &MatchRule, request: &Request) -> bool {
    let asks = |ports: &PortSet| has_ports(request.scheme) && ports.contains(request.port);
    row.ports.as_ref().is_none_or(asks)
}

fn asks_target(policy: &Policy, row: &MatchRule, request: &Request, dst: IpAddr) -> bool {
    row.to.iter().any(|to| target_matches(policy, row, &to.value, request, dst))
}

const fn has_ports(scheme: Scheme) -> bool {
    !matches!(scheme, Scheme::Icmp)
}

fn is_source(policy: &Policy, group: usize, from: &Endpoint, address: IpAddr) -> bool {
    match from {
        Endpoint::Any => {
            policy.rule_groups[group].home_net(policy).iter().any(|net| net.contains(&address))
        }
        Endpoint::Source(name) => policy.source_contains(name, address),
        Endpoint::Net(net) => net.contains(&address),
    }
}

/// Whether one entry of a row's `to` asks for this request, whatever the row says of sources and ports.
#[must_use]
pub fn target_matches(
    policy: &Policy,
    row: &MatchRule,
    to: &Target,
    request: &Request,
    dst: IpAddr,
) -> bool {
    match to {
        Target::Any => asks_address(&row.protocols, request.scheme),
        Target::Net(net) => net.contains(&dst) && asks_address(&row.protocols, request.scheme),
        Target::Name(name) => name_matches(&row.protocols, request, |host| name.matches(host)),
        Target::Regex(regex) => name_matches(&row.protocols, request, |host| {
            let regex = regex::RegexBuilder::new(regex).case_insensitive(true).build();
            regex.is_ok_and(|regex| regex.is_match(host))
        }),
        Target::List(list) => policy.list(list).is_some_and(|list| {
            let any = |host: &str| list.names.iter().any(|n| n.value.matches(host));
            name_matches(&row.protocols, request, any)
        }),
        Target::Url(url) => url_matches(url, request),
    }
}

/// Whether a row that tells no name asks for this protocol; nothing written means every protocol.
fn asks_address(protocols: &[Protocol], scheme: Scheme) -> bool {
    protocols.is_empty()
        || protocols.iter().any(|p| match p {
            Protocol::Ip => true,
            Protocol::Tcp => is_tcp(scheme),
            Protocol::Udp => matches!(scheme, Scheme::Udp | Scheme::Dns | Scheme::Quic),
            Protocol::Tls => scheme == Scheme::Https,
            Protocol::Http => scheme == Scheme::Http,
            Protocol::Quic => scheme == Scheme::Quic,
            Protocol::Dns => scheme == Scheme::Dns,
            Protocol::Icmp => scheme == Scheme::Icmp,
        })
}

/// Whether a row that tells a name asks for this request: TLS and HTTP unless `protocols` says otherwise.
fn name_matches(protocols: &[Protocol], request: &Request, name: impl Fn(&str) -> bool) -> bool {
    let (protocol, usual) = match request.scheme {
        Scheme::Https => (Protocol::Tls, true),
        Scheme::Http => (Protocol::Http, true),
        Scheme::Quic => (Protocol::Quic, false),
        Scheme::Dns => (Protocol::Dns, false),
        Scheme::Tcp | Scheme::Udp | Scheme::Icmp => return false,
    };
    let asked = if protocols.is_empty() { usual } else { protocols.contains(&protocol) };
    // An address in the URL is no server name: clients send no SNI for it.
    let has_name = request.scheme == Scheme::Http || request.host.parse::<IpAddr>().is_err();
    asked && has_name && name(&request.host)
}

fn url_matches(url: &UrlTarget, request: &Request) -> bool {
    let wanted = if url.protocol == Protocol::Tls { Scheme::Https } else { Scheme::Http };
    let host = |pattern: &DomainPattern| pattern.matches(&request.host);
    request.scheme == wanted
        && (wanted == Scheme::Http || request.host.parse::<IpAddr>().is_err())
        && url.host.as_ref().is_none_or(host)
        && url.port.is_none_or(|port| port == request.port)
        && match &url.path {
            Path::Any => true,
            Path::Exact(path) => request.path == *path,
            Path::Prefix(path) => request.path.starts_with(path.as_str()),
        }
}
