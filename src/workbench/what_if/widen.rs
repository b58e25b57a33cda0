use super::OfferKind;
use super::goal::{Candidate, Goal, match_row, set};
use crate::analysis::{Answers, target_matches};
use crate::net::{DomainPattern, IpSet, PortSet, Protocol, Request, Scheme};
use crate::policy::{
    At, Edit, Endpoint, Field, InRow, MatchRule, Path, Rule, RuleBody, RulePlace, Target, Thing,
    UrlTarget, list_text, source_text, target,
};
use crate::workbench::asked::names;
use crate::workbench::closest::distance;

/// Rows that come close, of which so many are widened.
const CLOSE: usize = 10;
/// Rows that are about something else, of which so many get the name.
const FAR: usize = 2;

/// Lets rows that nearly give what is wanted ask for this request too.
pub(super) fn widen(goal: &Goal<'_>) -> Vec<Candidate> {
    let mut rows: Vec<Near<'_>> = (0..goal.reach).filter_map(|at| near(goal, at)).collect();
    rows.sort_by_key(|row| (row.is_far(), row.answers.misses(), row.distance, row.clients));
    let far = rows.iter().position(Near::is_far).unwrap_or(rows.len());
    let rows = rows[..far].iter().take(CLOSE).chain(rows[far..].iter().take(FAR));
    rows.flat_map(|row| ways(goal, row)).collect()
}

/// A row that misses a little.
struct Near<'a> {
    at: RulePlace,
    rule: &'a Rule,
    row: &'a MatchRule,
    answers: Answers,
    /// How far it is from deciding; `None`: it is about something else.
    distance: Option<usize>,
    /// Whether it asks for the name, in another protocol or at another port.
    named: bool,
    /// How many addresses may ask by it.
    clients: u128,
}

impl Near<'_> {
    /// Whether nothing but the client speaks for it.
    fn is_far(&self) -> bool {
        !self.answers.target && !self.named && self.distance.is_none()
    }
}

fn near<'a>(goal: &'a Goal<'_>, number: usize) -> Option<Near<'a>> {
    let reason = &goal.reasons[number];
    let at = reason.rule.place;
    let (rule, row) = (goal.policy.rule(at)?, match_row(goal.policy, at)?);
    let answers = goal.answers(at)?;
    if !rule.enabled || !goal.wanted.by_row(row.action) || !(1..=2).contains(&answers.misses()) {
        return None;
    }
    let distance = distance(goal.policy, goal.request, goal.answer.first(), reason);
    let named = names(goal.policy, row, goal.request);
    let near = Near { at, rule, row, answers, distance, named, clients: clients(goal, at, row) };
    // A row for everybody is no home for a name of somebody.
    (!near.is_far() || near.answers.misses() == 1 && !is_for_any(row)).then_some(near)
}

fn is_for_any(row: &MatchRule) -> bool {
    row.from.iter().any(|from| from.value == Endpoint::Any)
}

fn clients(goal: &Goal<'_>, at: RulePlace, row: &MatchRule) -> u128 {
    let set = |from: &At<Endpoint, InRow>| match &from.value {
        Endpoint::Any => {
            let group = goal.policy.rule_groups.get(at.group);
            group.map_or_else(IpSet::any, |g| g.home_net(goal.policy).iter().copied().collect())
        }
        Endpoint::Source(name) => goal.policy.source_set(name),
        Endpoint::Net(net) => IpSet::from(*net),
    };
    row.from.iter().fold(IpSet::empty(), |all, from| all.union(&set(from))).count()
}

/// The ways to let a row ask for this request: by its own fields, by a list or a source that it uses.
fn ways(goal: &Goal<'_>, near: &Near<'_>) -> Vec<Candidate> {
    let mut ways = Vec::new();
    if let Some(row) = wider(goal, near) {
        let after = Rule { body: RuleBody::Match(row), ..near.rule.clone() };
        let weight = if near.is_far() { 5 } else { 1 + near.answers.misses() };
        let edit = set(goal.policy, near.at, &after);
        ways.extend(edit.map(|edit| Candidate::new(edit, OfferKind::Widen, weight)));
    }
    match near.answers {
        Answers { source: true, port: true, target: false } => ways.extend(longer_list(goal, near)),
        Answers { source: false, port: true, target: true } => {
            ways.extend(larger_source(goal, near))
        }
        _ => {}
    }
    ways
}

/// The row with everything added that it misses.
fn wider(goal: &Goal<'_>, near: &Near<'_>) -> Option<MatchRule> {
    let mut row = near.row.clone();
    if !near.answers.source {
        row.from.push(at(goal.who()));
    }
    if !near.answers.port {
        let port = goal.request.port;
        let ports = row.ports.as_ref().filter(|_| port > 0)?;
        row.ports = Some(ports.union(&PortSet::from_ranges(vec![(port, port)])));
    }
    if near.answers.target { Some(row) } else { with_target(goal, row, !near.is_far()) }
}

/// The row with the protocol, the URL or the name that it misses.
fn with_target(goal: &Goal<'_>, mut row: MatchRule, near: bool) -> Option<MatchRule> {
    let request = goal.request;
    let asks = |row: &MatchRule| {
        row.to.iter().any(|to| target_matches(goal.policy, row, &to.value, request, goal.dst))
    };
    let spoken = with_protocol(&row, request.scheme);
    if let Some(spoken) = spoken.as_ref().filter(|row| asks(row)) {
        return Some(spoken.clone());
    }
    let entry = entry(goal, &row)?;
    row.to.push(at(entry));
    if asks(&row) {
        return Some(row);
    }
    // Name and protocol: for a row that is about this site only.
    with_protocol(&row, request.scheme).filter(|row| near && asks(row))
}

/// The row with the protocol of the request among its own; `None` where it asks for every protocol, or for this one.
fn with_protocol(row: &MatchRule, scheme: Scheme) -> Option<MatchRule> {
    let mut protocols = row.protocols.clone();
    if protocols.is_empty() {
        let named = |to: &At<Target, InRow>| {
            matches!(to.value, Target::Name(_) | Target::List(_) | Target::Regex(_))
        };
        if !row.to.iter().all(named) {
            return None;
        }
        protocols = vec![Protocol::Tls, Protocol::Http];
    }
    let protocol = protocol(scheme);
    if protocols.contains(&protocol) {
        return None;
    }
    protocols.push(protocol);
    Some(MatchRule { protocols, ..row.clone() })
}

/// The protocol that a request speaks, as rows name it.
pub(super) const fn protocol(scheme: Scheme) -> Protocol {
    match scheme {
        Scheme::Https => Protocol::Tls,
        Scheme::Http => Protocol::Http,
        Scheme::Quic => Protocol::Quic,
        Scheme::Dns => Protocol::Dns,
        Scheme::Tcp => Protocol::Tcp,
        Scheme::Udp => Protocol::Udp,
        Scheme::Icmp => Protocol::Icmp,
    }
}

/// The smallest entry of the row's own kind that asks for this request.
fn entry(goal: &Goal<'_>, row: &MatchRule) -> Option<Target> {
    let request = goal.request;
    let Some(name) = name(request) else {
        return request.dst.map(|dst| Target::Net(dst.into()));
    };
    let url = row.to.iter().find_map(|to| match &to.value {
        Target::Url(url) => Some(url),
        _ => None,
    });
    match (url, url_for(request)) {
        (Some(url), Some(new)) => {
            // A row that asks for a path of this host gets another path, not the whole host.
            let narrow = new.protocol == Protocol::Http
                && url.path != Path::Any
                && url.host.as_ref().is_none_or(|host| host.matches(&request.host));
            let path = if narrow { Path::Exact(request.path.clone()) } else { Path::Any };
            Some(Target::Url(UrlTarget { path, ..new }))
        }
        (Some(_), None) => None,
        // Bare, some names would mean something else in the row, such as `any`.
        (None, _) if matches!(target(&request.host), Ok(Target::Name(_))) => {
            Some(Target::Name(name))
        }
        (None, new) => new.map(Target::Url),
    }
}

/// The name that a request tells the firewall.
pub(super) fn name(request: &Request) -> Option<DomainPattern> {
    let tells = match request.scheme {
        Scheme::Https | Scheme::Http | Scheme::Quic | Scheme::Dns => {
            request.host.parse::<std::net::IpAddr>().is_err()
        }
        Scheme::Tcp | Scheme::Udp | Scheme::Icmp => false,
    };
    tells.then(|| DomainPattern::Exact(request.host.clone()))
}

/// The URL of a request without its path; the port only where it is not the scheme's own.
pub(super) fn url_for(request: &Request) -> Option<UrlTarget> {
    let (protocol, usual) = match request.scheme {
        Scheme::Https => (Protocol::Tls, 443),
        Scheme::Http => (Protocol::Http, 80),
        Scheme::Quic | Scheme::Dns | Scheme::Tcp | Scheme::Udp | Scheme::Icmp => return None,
    };
    let port = (request.port != usual).then_some(request.port);
    Some(UrlTarget { protocol, host: Some(name(request)?), port, path: Path::Any })
}

/// The first list that the row uses, with the name.
fn longer_list(goal: &Goal<'_>, near: &Near<'_>) -> Option<Candidate> {
    let lists = &goal.policy.domain_lists;
    let list = near.row.to.iter().find_map(|to| match &to.value {
        Target::List(name) => lists.iter().position(|list| list.name.value == *name),
        _ => None,
    })?;
    let mut after = lists[list].clone();
    after.names.push(at(name(goal.request)?));
    let weight = if near.is_far() { 6 } else { 3 };
    let fields = vec![(Field::Names, Some(list_text(&after)))];
    let edit = Edit::Set { thing: Thing::List(list), fields };
    Some(Candidate::new(edit, OfferKind::Widen, weight))
}

/// The first source that the row names, with the client's address; not where another source holds it.
fn larger_source(goal: &Goal<'_>, near: &Near<'_>) -> Option<Candidate> {
    let Endpoint::Net(client) = goal.who() else { return None };
    let source = near.row.from.iter().find_map(|from| match &from.value {
        Endpoint::Source(name) => {
            goal.policy.sources.iter().position(|source| source.name.value == *name)
        }
        Endpoint::Any | Endpoint::Net(_) => None,
    })?;
    let mut after = goal.policy.sources[source].clone();
    after.cidrs.push(client);
    let fields = vec![(Field::Cidrs, source_text(&after, Field::Cidrs))];
    Some(Candidate::new(Edit::Set { thing: Thing::Source(source), fields }, OfferKind::Widen, 4))
}

/// A value that stands in no file yet.
fn at<T, P: Default>(value: T) -> At<T, P> {
    At { value, place: P::default() }
}
