use super::Configuration;
use super::acl::{Asks, key, loopback};
use crate::messages::{Text, squid as say};
use crate::net::{DomainPattern, IpSet, PortSet};

/// What a row asks of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum To {
    Any,
    Names(Vec<DomainPattern>),
    Nets(IpSet),
    Regexes(Vec<String>),
    Urls(Vec<String>),
}

/// Requests that a row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub from: IpSet,
    /// The ACL that says the same as `from`.
    pub source: Option<String>,
    pub to: To,
    /// The ACL that says the same as `to`.
    pub list: Option<String>,
    pub ports: PortSet,
    pub tls: bool,
    pub http: bool,
}

/// A line as conditions: it matches what is in the first and in none of the others.
pub(super) struct Meaning {
    pub all: Condition,
    /// Of servers, those that it leaves to the lines below.
    pub but: Vec<(To, Option<String>)>,
}

impl Condition {
    /// Every request.
    pub fn every() -> Self {
        Self {
            from: IpSet::any(),
            source: None,
            to: To::Any,
            list: None,
            ports: PortSet::any(),
            tls: true,
            http: true,
        }
    }

    pub fn is_empty(&self) -> bool {
        let nothing = match &self.to {
            To::Any => false,
            To::Names(names) => names.is_empty(),
            To::Nets(nets) => nets.is_empty(),
            To::Regexes(texts) | To::Urls(texts) => texts.is_empty(),
        };
        nothing || self.from.is_empty() || self.ports.is_empty() || !(self.tls || self.http)
    }

    /// What is in both; an error where no row can say that.
    pub fn and(&self, other: &Self) -> Result<Self, Text> {
        let source = match (self.from.is_any(), other.from.is_any()) {
            (true, _) => other.source.clone(),
            (_, true) => self.source.clone(),
            // One ACL twice.
            _ => self.source.clone().filter(|_| self.source == other.source),
        };
        let from = self.from.intersection(&other.from);
        let ports = self.ports.intersection(&other.ports);
        let (tls, http) = (self.tls && other.tls, self.http && other.http);
        let both = Self { from, source, ports, tls, http, to: To::Any, list: None };
        if both.is_empty() {
            return Ok(both);
        }
        let (to, list) = meet((&self.to, self.list.as_ref()), (&other.to, other.list.as_ref()))?;
        Ok(Self { to, list, ..both }.settled())
    }

    /// URLs are those of plain HTTP, of its own port.
    fn settled(self) -> Self {
        if !matches!(self.to, To::Urls(_)) {
            return self;
        }
        let http = PortSet::from_ranges(vec![(80, 80)]);
        let ports = self.ports.intersection(&http);
        Self { tls: false, ports, ..self }
    }
}

fn meet(
    (one, list): (&To, Option<&String>),
    (other, its): (&To, Option<&String>),
) -> Result<(To, Option<String>), Text> {
    Ok(match (one, other) {
        (To::Any, _) => (other.clone(), its.cloned()),
        (_, To::Any) => (one.clone(), list.cloned()),
        (one, other) if one == other => (one.clone(), list.cloned()),
        (To::Names(a), To::Names(b)) => (To::Names(common(a, b)), None),
        (To::Nets(a), To::Nets(b)) => (To::Nets(a.intersection(b)), None),
        _ => return Err(say::TWO_KINDS_OF_SERVER.into()),
    })
}

/// The names that both lists mean: two patterns have nothing in common, or one covers the other.
fn common(a: &[DomainPattern], b: &[DomainPattern]) -> Vec<DomainPattern> {
    let covered = |of: &[DomainPattern], by: &[DomainPattern]| -> Vec<DomainPattern> {
        of.iter().filter(|name| by.iter().any(|other| other.covers(name))).cloned().collect()
    };
    let mut names = covered(a, b);
    let more: Vec<DomainPattern> =
        covered(b, a).into_iter().filter(|name| !names.contains(name)).collect();
    names.extend(more);
    names
}

/// Why a line makes no row.
pub(super) enum NoRow {
    /// No request through a firewall is meant.
    Never(Text),
    /// A firewall cannot ask that.
    Lost(Text),
}

/// What the ACLs of a line mean together.
pub(super) fn meaning(
    conf: &Configuration,
    allow: bool,
    terms: &[(bool, String)],
) -> Result<Meaning, NoRow> {
    let mut meaning = Meaning { all: Condition::every(), but: Vec::new() };
    let mut lost = None;
    for (not, name) in terms {
        let Some(acl) = conf.acls.get(&key(name)) else {
            return Err(NoRow::Lost(say::no_acl(name)));
        };
        // Without some of its values it matches less: that must not let more through.
        if acl.lacks && allow == *not {
            lost = Some(say::values_missing(name));
        }
        match (&acl.asks, not) {
            (Asks::Never, false) => return Err(NoRow::Never(say::about_proxy(name))),
            (Asks::All, true) => return Err(NoRow::Never(say::NOTHING_IN_IT.into())),
            (Asks::Never, true) | (Asks::All, false) => {}
            (Asks::Unknown(why), _) => lost = Some(why.clone()),
            (asks, not) => {
                let step = positive(asks, name);
                let and = match (asks, not) {
                    (_, false) => step,
                    (Asks::From(set), true) => {
                        Condition { from: set.complement(), ..Condition::every() }
                    }
                    (Asks::Ports(ports), true) => {
                        Condition { ports: ports.complement(), ..Condition::every() }
                    }
                    (Asks::Tunnel, true) => Condition { tls: false, ..Condition::every() },
                    (Asks::ServerNames(_), true) => {
                        return Err(NoRow::Lost(say::not_negated(name)));
                    }
                    (_, true) => {
                        meaning.but.push((step.to, step.list));
                        continue;
                    }
                };
                meaning.all = meaning.all.and(&and).map_err(NoRow::Lost)?;
            }
        }
    }
    // A line that asks for the machine of the proxy is none, whatever else it asks.
    if loopback().covers(&meaning.all.from) && !meaning.all.from.is_empty() {
        return Err(NoRow::Never(say::about_proxy("localhost")));
    }
    match lost {
        Some(why) => Err(NoRow::Lost(why)),
        None if meaning.all.is_empty() => Err(NoRow::Never(say::NOTHING_IN_IT.into())),
        None => Ok(meaning),
    }
}

/// The requests that an ACL matches.
fn positive(asks: &Asks, name: &str) -> Condition {
    let every = Condition::every();
    let list = Some(name.to_owned());
    match asks {
        Asks::From(set) => Condition { from: set.clone(), source: list, ..every },
        Asks::To(set) => Condition { to: To::Nets(set.clone()), ..every },
        Asks::Names(names) => Condition { to: To::Names(names.clone()), list, ..every },
        Asks::ServerNames(names) => {
            Condition { to: To::Names(names.clone()), list, http: false, ..every }
        }
        Asks::Regexes(texts) => Condition { to: To::Regexes(texts.clone()), ..every },
        Asks::Urls(urls) => Condition { to: To::Urls(urls.clone()), tls: false, ..every },
        Asks::Ports(ports) => Condition { ports: ports.clone(), ..every },
        Asks::Tunnel => Condition { http: false, ..every },
        Asks::All | Asks::Never | Asks::Unknown(_) => every,
    }
}
