use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::lines::{Line, Word, add};
use super::values::{address_set, host_name, methods, port_set};
use super::{Beside, Configuration};
use crate::interop::draft::Origin;
use crate::messages::{Text, squid as say};
use crate::net::{DomainPattern, IpSet, PortSet};

/// What an ACL asks, as far as a firewall can.
#[derive(Debug, Clone)]
pub(super) enum Asks {
    /// The client's address.
    From(IpSet),
    /// The server's address.
    To(IpSet),
    /// The host name of the URL.
    Names(Vec<DomainPattern>),
    /// The name that a TLS client sends.
    ServerNames(Vec<DomainPattern>),
    /// The host name, by regular expressions.
    Regexes(Vec<String>),
    /// URLs of plain HTTP, as a policy writes them.
    Urls(Vec<String>),
    /// The server's port.
    Ports(PortSet),
    /// That it is a tunnel, as against a request in plain HTTP.
    Tunnel,
    /// Everything.
    All,
    /// What no request through a firewall is: requests about the proxy itself.
    Never,
    /// What a firewall cannot ask.
    Unknown(Text),
}

/// An ACL.
#[derive(Debug, Clone)]
pub(super) struct Acl {
    pub kind: String,
    pub asks: Asks,
    /// Whether some of its values could not be read.
    pub lacks: bool,
    /// Whether it is Squid's own.
    predefined: bool,
}

/// The ACLs that are always there. Source: `cf.data.pre` of Squid 5.7.
pub(super) fn predefined() -> HashMap<String, Acl> {
    let nets = |nets: &[&str]| {
        nets.iter().filter_map(|net| address_set(net).ok()).fold(IpSet::empty(), |a, b| a.union(&b))
    };
    let servers = nets(&["127.0.0.0/8", "0.0.0.0", "::1", "::"]);
    let acls = [
        ("all", "src", Asks::All),
        ("manager", "url_regex", Asks::Never),
        ("localhost", "src", Asks::From(loopback())),
        ("to_localhost", "dst", Asks::To(servers)),
        ("connect", "method", Asks::Tunnel),
    ];
    let acl =
        |kind: &str, asks| Acl { kind: kind.to_owned(), asks, lacks: false, predefined: true };
    acls.into_iter().map(|(name, kind, asks)| (name.to_owned(), acl(kind, asks))).collect()
}

/// The name of an ACL as Squid compares it: letters have no case (measured with Squid 5.7).
pub(super) fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The machine of the proxy itself.
pub(super) fn loopback() -> IpSet {
    IpSet::host(Ipv4Addr::LOCALHOST.into()).union(&IpSet::host(Ipv6Addr::LOCALHOST.into()))
}

/// A value of an ACL, and where it stands.
pub(super) struct Value {
    pub text: String,
    pub origin: Origin,
    /// Whether `-i` counts for it.
    pub any_case: bool,
}

/// Takes an `acl` line; several of a name are one ACL.
pub(super) fn define(conf: &mut Configuration, line: &Line, beside: &mut Beside<'_>) {
    let [_, name, kind, rest @ ..] = &line.words[..] else {
        return conf.lose(&line.origin, "squid-broken", say::BROKEN_ACL);
    };
    let (name, kind) = (name.text.clone(), kind.text.clone());
    let (asks, lacks) = match values(conf, line, rest, beside) {
        Some(values) => asks(conf, &kind, &values),
        None => (Asks::Unknown(say::values_missing(&name)), true),
    };
    let all = matches!((kind.as_str(), &asks), ("src", Asks::From(set)) if set.is_any());
    let asks = if all { Asks::All } else { asks };
    let acl = Acl { kind, asks, lacks, predefined: false };
    match conf.acls.get_mut(&key(&name)) {
        // Squid adds to its own as to any other: a file that says again what is there already changes nothing.
        Some(old)
            if old.kind == acl.kind && !(old.predefined && matches!(old.asks, Asks::Never)) =>
        {
            old.asks = joined(&old.asks, acl.asks);
            old.lacks |= acl.lacks;
        }
        Some(old) if !old.predefined => {
            let said = say::two_kinds(&name, &old.kind, &acl.kind);
            conf.lose(&line.origin, "squid-broken", said);
        }
        _ => {
            conf.acls.insert(key(&name), acl);
        }
    }
}

/// The values of a line, those of its list files among them; nothing where one of those is not there.
fn values(
    conf: &mut Configuration,
    line: &Line,
    words: &[Word],
    beside: &mut Beside<'_>,
) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let (mut any_case, mut options) = (false, true);
    for word in words {
        match word.text.as_str() {
            "-i" => any_case = true,
            "+i" => any_case = false,
            "--" => options = false,
            text if options && !word.quoted && text.starts_with('-') && values.is_empty() => {}
            _ if word.quoted => values.extend(listed(conf, line, &word.text, any_case, beside)?),
            text => {
                values.push(Value { text: text.to_owned(), origin: line.origin.clone(), any_case })
            }
        }
    }
    Some(values)
}

/// The values of a list file, one a line.
fn listed(
    conf: &mut Configuration,
    line: &Line,
    name: &str,
    any_case: bool,
    beside: &mut Beside<'_>,
) -> Option<Vec<Value>> {
    let file = match beside(name) {
        Ok(mut files) if files.len() == 1 => files.remove(0),
        Ok(_) => {
            conf.lose(&line.origin, "squid-file", say::NOT_ONE_FILE);
            return None;
        }
        Err(why) => {
            conf.lose(&line.origin, "squid-file", say::no_file(name, &why));
            return None;
        }
    };
    let known = conf.files.iter().position(|known| *known == file);
    let index = known.unwrap_or_else(|| add(conf, file));
    let text = &conf.files[index].text;
    let mut at = 0;
    let mut values = Vec::new();
    for raw in text.split_inclusive('\n') {
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        let value = raw.split([' ', '\t']).scan(0, |at, word| {
            let begin = *at;
            *at += word.len() + 1;
            Some((begin, word))
        });
        let comment = value.clone().find(|(_, word)| word.starts_with('#'));
        let value = raw[..comment.map_or(raw.len(), |(at, _)| at)].trim();
        if !value.is_empty() && !value.starts_with('#') {
            let span: Range<usize> = start..start + value.len();
            values.push(Value { text: value.to_owned(), origin: (index, span), any_case });
        }
    }
    Some(values)
}

/// What the values of an ACL ask, and whether some could not be read.
fn asks(conf: &mut Configuration, kind: &str, values: &[Value]) -> (Asks, bool) {
    let mut lacks = false;
    let asks = match kind {
        "src" => {
            Asks::From(IpSet::joined(&each(conf, values, &mut lacks, |v| address_set(&v.text))))
        }
        "dst" => Asks::To(IpSet::joined(&each(conf, values, &mut lacks, |v| address_set(&v.text)))),
        "dstdomain" => Asks::Names(each(conf, values, &mut lacks, |v| host_name(&v.text))),
        "ssl::server_name" => {
            Asks::ServerNames(each(conf, values, &mut lacks, |v| host_name(&v.text)))
        }
        "dstdom_regex" => Asks::Regexes(each(conf, values, &mut lacks, super::regex::host)),
        "url_regex" => match values.iter().map(super::regex::url).collect() {
            Ok(urls) => Asks::Urls(urls),
            Err(why) => Asks::Unknown(why),
        },
        "port" => {
            let ports = each(conf, values, &mut lacks, |v| port_set(&v.text));
            Asks::Ports(ports.iter().fold(PortSet::default(), |all, one| all.union(one)))
        }
        "method" | "proto" if values.is_empty() => Asks::Names(Vec::new()),
        "method" => methods(values),
        "proto" if values.iter().all(|v| v.text.eq_ignore_ascii_case("cache_object")) => {
            Asks::Never
        }
        other => Asks::Unknown(say::not_asked(other)),
    };
    (asks, lacks)
}

/// Each value as it is read; what cannot be is told.
fn each<T>(
    conf: &mut Configuration,
    values: &[Value],
    lacks: &mut bool,
    read: impl Fn(&Value) -> Result<T, Text>,
) -> Vec<T> {
    let mut all = Vec::new();
    for value in values {
        match read(value) {
            Ok(one) => all.push(one),
            Err(why) => {
                *lacks = true;
                conf.lose(&value.origin, "squid-value", why);
            }
        }
    }
    all
}

/// What two lines of an ACL ask together.
fn joined(one: &Asks, other: Asks) -> Asks {
    let both = |a: &[DomainPattern], b: Vec<DomainPattern>| {
        let new: Vec<DomainPattern> = b.into_iter().filter(|name| !a.contains(name)).collect();
        [a, &new].concat()
    };
    match (one, other) {
        (Asks::From(a), Asks::From(b)) => Asks::From(a.union(&b)),
        (Asks::To(a), Asks::To(b)) => Asks::To(a.union(&b)),
        (Asks::Names(a), Asks::Names(b)) => Asks::Names(both(a, b)),
        (Asks::ServerNames(a), Asks::ServerNames(b)) => Asks::ServerNames(both(a, b)),
        (Asks::Regexes(a), Asks::Regexes(b)) => Asks::Regexes([&a[..], &b].concat()),
        (Asks::Urls(a), Asks::Urls(b)) => Asks::Urls([&a[..], &b].concat()),
        (Asks::Ports(a), Asks::Ports(b)) => Asks::Ports(a.union(&b)),
        (Asks::All, _) | (_, Asks::All) => Asks::All,
        (Asks::Tunnel, Asks::Tunnel) => Asks::Tunnel,
        (Asks::Never, other) | (Asks::Unknown(_), other @ Asks::Unknown(_)) => other,
        (Asks::Unknown(why), _) => Asks::Unknown(why.clone()),
        (_, Asks::Unknown(why)) => Asks::Unknown(why),
        (one, _) => one.clone(),
    }
}
