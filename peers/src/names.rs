//! The same names for those who know less: a hash table with a tree of prefixes, `adblock`, a set of expressions, the rows
//! one after the other.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use adblock::engine::Engine;
use adblock::lists::{FilterSet, ParseOptions};
use adblock::request::Request as Fetch;
use ipnet::Ipv4Net;
use prefix_trie::PrefixMap;
use regex::{Regex, RegexSet};
use sekisho::net::{Flow, Request};

use crate::clock::{Load, often};
use crate::generate::{self, Asked, Row};

/// The whole company, among the accounts of a row.
const EVERYBODY: usize = 200;

/// Requests, ready for everybody.
pub struct Asking {
    pub hosts: Vec<String>,
    pub flows: Vec<Flow>,
    clients: Vec<Ipv4Addr>,
    fetches: Vec<Fetch>,
}

impl Asking {
    pub fn of(requests: &[generate::Request]) -> Result<Self, String> {
        let mut asking = Self { hosts: vec![], flows: vec![], clients: vec![], fetches: vec![] };
        for request in requests {
            let host = request.url.split_once("://").map_or("", |(_, host)| host);
            asking.hosts.push(host.to_owned());
            asking.flows.push(flow(&request.from, &request.url)?);
            asking.clients.push(request.from.parse().map_err(|_| "no address".to_owned())?);
            let fetch =
                Fetch::new(&format!("{}/", request.url), "https://company.example", "other", "get");
            asking.fetches.push(fetch.map_err(|error| error.to_string())?);
        }
        Ok(asking)
    }

    /// A request that can be asked of any policy.
    pub fn first() -> Result<Flow, String> {
        flow("10.1.2.3", "https://www.first.example")
    }
}

fn flow(from: &str, url: &str) -> Result<Flow, String> {
    let request = Request::parse(from, url, None).map_err(|error| format!("{error:?}"))?;
    Ok(request.flow(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))))
}

/// How long each took to load.
pub type Loads = [(&'static str, Load); 2];

pub struct Peers<'a> {
    rows: &'a [Row],
    names: HashMap<&'a str, usize>,
    accounts: PrefixMap<Ipv4Net, usize>,
    adblock: Engine,
    set: RegexSet,
    each: Vec<Regex>,
}

impl<'a> Peers<'a> {
    /// Makes everybody ready; how long those took that load something.
    pub fn load(rows: &'a [Row]) -> Result<(Self, Loads), String> {
        let names = rows.iter().enumerate();
        let names = names.filter_map(|(at, row)| Some((row.asked.name()?, at))).collect();
        let mut accounts = PrefixMap::new();
        for account in 0..EVERYBODY {
            let net =
                format!("10.{account}.0.0/16").parse().map_err(|_| "no network".to_owned())?;
            accounts.insert(net, account);
        }
        let lines: Vec<String> = rows.iter().map(|row| line(&row.asked)).collect();
        let lines = lines.join("\n");
        let (adblock, by_adblock) = often(|| {
            let mut set = FilterSet::new(false);
            set.add_filter_list(lines.clone(), ParseOptions::default());
            Engine::new_with_filter_set(set)
        });
        let expressions: Vec<String> = rows.iter().map(|row| expression(&row.asked)).collect();
        let (set, by_set) =
            often(|| regex::RegexSetBuilder::new(&expressions).size_limit(1 << 30).build());
        let set = set.map_err(|error| error.to_string())?;
        // As good as a row can look alone: an expression only where it is one.
        let each =
            expressions.iter().map(|expression| Regex::new(expression)).collect::<Result<_, _>>();
        let each = each.map_err(|error| error.to_string())?;
        let loads =
            [("adblock, the same names", by_adblock), ("RegexSet of the same names", by_set)];
        Ok((Self { rows, names, accounts, adblock, set, each }, loads))
    }

    pub fn look_up(&self, asking: &Asking, at: usize) -> bool {
        let client = Ipv4Net::from(asking.clients[at]);
        self.accounts.get_lpm(&client).is_some()
            & self.names.contains_key(asking.hosts[at].as_str())
    }

    pub fn blocked(&self, asking: &Asking, at: usize) -> bool {
        self.adblock.check_network_request(&asking.fetches[at]).should_block()
    }

    pub fn expressions(&self, asking: &Asking, at: usize) -> bool {
        let found = self.set.matches(&asking.hosts[at]);
        found.iter().any(|row| self.is_from(row, asking, at))
    }

    pub fn row_by_row(&self, asking: &Asking, at: usize) -> bool {
        (0..self.rows.len())
            .any(|row| self.is_from(row, asking, at) && self.is_named(row, &asking.hosts[at]))
    }

    fn is_from(&self, row: usize, asking: &Asking, at: usize) -> bool {
        let account = usize::from(asking.clients[at].octets()[1]);
        self.rows[row].from.iter().any(|&from| from == EVERYBODY || from == account)
    }

    fn is_named(&self, row: usize, host: &str) -> bool {
        let below = |name: &str| host.strip_suffix(name).is_some_and(|head| head.ends_with('.'));
        match &self.rows[row].asked {
            Asked::Exact(name) => host == name,
            Asked::Below(name) => host == name || below(name),
            Asked::Wildcard(name) => below(name),
            Asked::Regex { .. } => self.each[row].is_match(host),
            Asked::Network(..) => false,
        }
    }
}

/// A line of a filter list.
fn line(asked: &Asked) -> String {
    match asked {
        Asked::Exact(name) => format!("|https://{name}^"),
        Asked::Below(name) | Asked::Wildcard(name) => format!("||{name}^"),
        Asked::Regex { pattern, .. } => {
            let inner = pattern.trim_start_matches('^').trim_end_matches('$');
            format!("/^https?:\\/\\/[^\\/]*{inner}/")
        }
        Asked::Network([a, b, c, d], _) => format!("||{a}.{b}.{c}.{d}^"),
    }
}

/// An expression on the name.
fn expression(asked: &Asked) -> String {
    match asked {
        Asked::Exact(name) => format!("^{}$", regex::escape(name)),
        Asked::Below(name) => format!(r"(^|\.){}$", regex::escape(name)),
        Asked::Wildcard(name) => format!(r"\.{}$", regex::escape(name)),
        Asked::Regex { pattern, .. } => pattern.clone(),
        Asked::Network([a, b, c, d], _) => format!(r"^{a}\.{b}\.{c}\.{d}$"),
    }
}
