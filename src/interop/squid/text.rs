use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Configuration;
use super::condition::{Condition, To};
use super::rows::{Row, Rows};
use crate::interop::draft::{Titles, title};
use crate::interop::networks::PRIVATE;
use crate::interop::report::{form, loss};
use crate::messages::{Lang, import, squid as say};
use crate::net::{DomainPattern, IpSet, PortSet, parse_cidr};
use crate::policy::yaml_text;

/// What a configuration of Squid cannot say.
#[derive(Debug, Clone, Default)]
pub struct SquidOptions {
    /// The policy's name.
    pub name: String,
    /// The inside networks; empty: all that its `src` ACLs name, or the private addresses.
    pub home_net: Vec<String>,
}

/// The text of the policy.
pub(super) fn policy_text(conf: &mut Configuration, rows: &Rows, options: &SquidOptions) -> String {
    let home = home_net(conf, rows, options);
    let mut writer = Writer {
        home: home.clone(),
        sources: BTreeMap::new(),
        lists: BTreeMap::new(),
        titles: Titles::default(),
    };
    let mut body = String::new();
    let mut lost = rows.lost.iter().peekable();
    for row in &rows.rows {
        // A line that is lost stands where it stood, switched off.
        while let Some(gone) =
            lost.next_if(|gone| row.below.or(row.line).is_none_or(|at| gone.line < at))
        {
            writer.write_lost(conf, gone.line, gone.why.say(Lang::English), &mut body);
        }
        let all_denied = !row.allow && row.asks == Condition::every();
        // Clients that are not inside are asked for by no other row either: what is denied to them nobody allows.
        let outside = !row.allow && !row.asks.from.overlaps(&home);
        if outside && let Some(line) = row.line {
            let at = conf.access[line].origin.clone();
            conf.note(&at, "squid-outside", say::OUTSIDE);
        }
        if !all_denied && !outside {
            writer.write_row(conf, row, &mut body);
        }
    }
    for gone in lost {
        writer.write_lost(conf, gone.line, gone.why.say(Lang::English), &mut body);
    }
    let name = title(&options.name).unwrap_or_else(|| "squid".to_owned());
    let mut out = format!("sekisho: 1\nname: {}\nrule_order: strict\n", yaml_text(&name));
    // What no row passes is dropped once its name is known, and logged.
    out += "default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]\n";
    out += "stream_exception_policy: reject\n";
    _ = writeln!(out, "home_net: [{}]", nets(&home).join(", "));
    for (field, sets) in [("sources", &writer.sources), ("domain_lists", &writer.lists)] {
        if !sets.is_empty() {
            _ = writeln!(out, "{field}:");
        }
        for (name, set) in sets {
            _ = writeln!(out, "  {}:{set}", yaml_text(name));
        }
    }
    out += "rule_groups:\n  - name: squid\n    priority: 100\n";
    out += if body.is_empty() { "    rules: []\n" } else { "    rules:\n" };
    out + &body
}

/// Where clients are: as asked for, else the private addresses and whatever networks rows name.
fn home_net(conf: &mut Configuration, rows: &Rows, options: &SquidOptions) -> IpSet {
    let mut given = Vec::new();
    for net in &options.home_net {
        match parse_cidr(net.trim()) {
            Ok(net) => given.push(net),
            Err(_) => {
                let said = import::bad_value("home_net", net);
                conf.report.add_whole(None, loss("bad-set", said));
            }
        }
    }
    if !given.is_empty() {
        return given.into_iter().collect();
    }
    let named = rows.rows.iter().filter(|row| row.asks.source.is_some());
    let named = IpSet::joined(&named.map(|row| row.asks.from.clone()).collect::<Vec<_>>());
    let private: IpSet = PRIVATE.iter().filter_map(|net| parse_cidr(net).ok()).collect();
    let home = private.union(&named);
    let assumed = say::home_net(&nets(&home).join(", "));
    conf.report.add_whole(None, form("squid-home-net", assumed));
    home
}

struct Writer {
    home: IpSet,
    /// What follows the name of a source.
    sources: BTreeMap<String, String>,
    lists: BTreeMap<String, String>,
    titles: Titles,
}

impl Writer {
    fn write_row(&mut self, conf: &Configuration, row: &Row, out: &mut String) {
        let name = self.titles.give(&[&row_name(conf, row)]);
        let action = if row.allow { "pass" } else { "drop" };
        let Condition { to, list, ports, tls, http, .. } = &row.asks;
        let from = self.from(&row.asks);
        let to = self.to(to, list.as_deref());
        _ = write!(
            out,
            "      - {{name: {}, action: {action}, from: {from}, to: {}",
            yaml_text(&name),
            to.text
        );
        let protocols = match (tls, http) {
            _ if to.says_protocol => "",
            (true, true) if to.is_named => "",
            (true, true) => ", protocols: [tls, http]",
            (true, false) => ", protocol: tls",
            (false, _) => ", protocol: http",
        };
        *out += protocols;
        // The port of a URL is in it.
        // Nobody asks for port 0, and a policy has no such port.
        let zero = PortSet::from_ranges(vec![(0, 0)]);
        let is_any = ports.union(&zero).is_any();
        if !is_any && !to.says_protocol {
            let ports = ports.minus(&zero);
            _ = write!(out, ", ports: [{ports}]");
        }
        *out += "}\n";
    }

    fn write_lost(&mut self, conf: &Configuration, line: usize, why: &str, out: &mut String) {
        let access = &conf.access[line];
        let name = self.titles.give(&[&line_name(conf, line)]);
        let action = if access.allow { "pass" } else { "drop" };
        let note = title(&say::lost_note(why)).unwrap_or_default();
        _ = writeln!(
            out,
            "      - {{name: {}, enabled: false, action: {action}, from: any, to: any, protocols: [tls, http], note: {}}}",
            yaml_text(&name),
            yaml_text(&note),
        );
    }

    fn from(&mut self, asks: &Condition) -> String {
        let here = asks.from.intersection(&self.home);
        if here == self.home {
            return "any".to_owned();
        }
        // Clients that are nowhere inside are asked for as they are written: a finding says so.
        let set = if here.is_empty() { &asks.from } else { &here };
        match asks.source.as_ref().filter(|name| is_name(name)) {
            Some(name) => {
                let cidrs = format!(" {{cidrs: [{}]}}", nets(&asks.from).join(", "));
                self.sources.insert(name.clone(), cidrs);
                yaml_text(name)
            }
            None => format!("[{}]", nets(set).join(", ")),
        }
    }

    fn to(&mut self, to: &To, list: Option<&str>) -> Target {
        let texts = |texts: Vec<String>| {
            let texts: Vec<String> = texts.iter().map(|text| yaml_text(text)).collect();
            format!("[{}]", texts.join(", "))
        };
        match to {
            To::Any => Target { text: "any".to_owned(), is_named: false, says_protocol: false },
            To::Nets(set) => Target {
                text: format!("[{}]", nets(set).join(", ")),
                is_named: false,
                says_protocol: false,
            },
            To::Urls(urls) => {
                Target { text: texts(urls.clone()), is_named: true, says_protocol: true }
            }
            To::Regexes(regexes) => {
                let all = regexes.iter().map(|regex| format!("regex:{regex}")).collect();
                Target { text: texts(all), is_named: true, says_protocol: false }
            }
            To::Names(names) => {
                let text = match list.filter(|name| is_name(name) && names.len() > 1) {
                    Some(name) => {
                        let lines = names
                            .iter()
                            .map(|name| format!("\n    - {}", yaml_text(&name.to_string())));
                        self.lists.insert(name.to_owned(), lines.collect());
                        yaml_text(&format!("list:{name}"))
                    }
                    None => texts(names.iter().map(DomainPattern::to_string).collect()),
                };
                Target { text, is_named: true, says_protocol: false }
            }
        }
    }
}

struct Target {
    text: String,
    /// Whether names are asked for, which are those of TLS and HTTP.
    is_named: bool,
    says_protocol: bool,
}

/// Whether a policy can name a source or a list so: a word that is nothing else.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.chars().all(plain)
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text != "any"
        && text.len() <= 100
}

fn nets(set: &IpSet) -> Vec<String> {
    set.cidrs()
        .iter()
        .map(|net| {
            if net.prefix_len() == net.max_prefix_len() {
                net.addr().to_string()
            } else {
                net.to_string()
            }
        })
        .map(|net| yaml_text(&net))
        .collect()
}

fn row_name(conf: &Configuration, row: &Row) -> String {
    let own = row.line.map_or_else(|| "no line matched".to_owned(), |line| line_name(conf, line));
    match row.below {
        Some(whose) => {
            let (at, file) = place(conf, whose);
            format!("{own}, left by {file}line {at}")
        }
        None => own,
    }
}

/// The line as Squid has it, and where.
fn line_name(conf: &Configuration, line: usize) -> String {
    let access = &conf.access[line];
    let (at, file) = place(conf, line);
    let terms =
        access.terms.iter().map(|(not, name)| format!("{}{name}", if *not { "!" } else { "" }));
    let terms: Vec<String> = terms.collect();
    let action = if access.allow { "allow" } else { "deny" };
    let said: String = format!("{action} {}", terms.join(" ")).chars().take(80).collect();
    format!("{said} ({file}line {at})")
}

fn place(conf: &Configuration, line: usize) -> (usize, String) {
    let (file, span) = &conf.access[line].origin;
    let text = &conf.files[*file].text;
    let at = text[..span.start].matches('\n').count() + 1;
    let name = match file {
        0 => String::new(),
        file => {
            let name = &conf.files[*file].name;
            format!("{} ", name.rsplit(['/', '\\']).next().unwrap_or(name))
        }
    };
    (at, name)
}
