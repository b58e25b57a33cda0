//! Random policies, changes of them, and requests near everything that they ask about.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use sekisho::net::Request;

pub const DEFAULTS: [&str; 6] = [
    "",
    "drop_strict",
    "drop_established",
    "drop_established_app_layer",
    "drop_established_app_layer_to_server",
    "drop_established_app_layer_to_server, alert_established_app_layer_to_server",
];

const SOURCES: [&str; 8] = [
    "any",
    "any",
    "10.1.0.0/16",
    "10.2.0.0/16",
    "lab",
    "10.1.2.3",
    "2001:db8:1::/48",
    "[10.1.0.0/16, lab]",
];

/// What rows ask for: `to`, then other fields.
const TARGETS: [&str; 34] = [
    "[good.example]",
    "[bad.example]",
    "[.bad.example]",
    "['*.bad.example']",
    "[.example]",
    "[www.bad.example, other.org]",
    "['list:both']",
    "['regex:^ba']",
    "['regex:(^|\\.)bad\\.example$']",
    "[good.example], protocols: [tls]",
    "[.bad.example], protocols: [http]",
    "[bad.example], protocols: [tls, http, quic]",
    "[.bad.example], protocols: [dns]",
    "['https://good.example:8443']",
    "['http://good.example/export/*']",
    "['http://good.example/export/a', 'http://good.example/private']",
    "['http://bad.example/private']",
    "['http://*/export/*']",
    "any",
    "any, protocol: tcp",
    "any, protocol: tcp, ports: [443]",
    "any, protocol: tcp, ports: [80, 22]",
    "any, protocol: tcp, ports: [1024-65535]",
    "any, protocol: udp",
    "any, protocol: udp, ports: [53, 443]",
    "any, protocol: icmp",
    "any, protocol: tls",
    "203.0.113.0/24",
    "203.0.113.5, protocol: tcp",
    "203.0.113.0/24, protocol: tcp, ports: [443]",
    "10.0.0.0/8, protocol: ip",
    "203.0.113.0/24, protocol: udp",
    "203.0.113.0/24, protocols: [tcp, icmp]",
    "'2001:db8:2::/48', protocol: tcp",
];

/// Rules that operators write by hand, each with a sid to be filled in.
const BY_HAND: [&str; 39] = [
    "drop tcp any any -> any 50000:65535 (flow:to_client; sid:{};)",
    "pass tcp any any -> any 40000:50000 (sid:{};)",
    "drop udp any any <> any 50000:65535 (sid:{};)",
    "pass tcp any any -> any any (sid:{};)",
    "pass ip $HOME_NET any -> $EXTERNAL_NET any (sid:{};)",
    "pass tcp any any -> any 443 (flow:to_server; sid:{};)",
    "drop tcp any any -> any 443 (sid:{};)",
    "drop tcp any any -> any any (flow:established,to_server; sid:{};)",
    "drop tcp any any -> any !443 (sid:{};)",
    "drop ip [10.0.0.0/8,!10.1.0.0/16] any -> 203.0.113.0/24 any (sid:{};)",
    "pass tcp 10.1.0.0/16 any <> 203.0.113.0/24 any (sid:{};)",
    "reject tcp any any -> any [80,443] (flow:to_server; sid:{};)",
    "drop tls any any -> any any (sid:{};)",
    "drop http any any -> any any (flow:to_server; sid:{};)",
    "pass tls any any -> any any (ssl_state:client_hello; tls.sni; content:\"good.example\"; startswith; endswith; nocase; flow:to_server, established; sid:{};)",
    "drop tls any any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:\".bad.example\"; endswith; nocase; sid:{};)",
    "drop tls any any -> any any (tls.sni; content:\"d.example\"; endswith; sid:{};)",
    "drop tls any any -> any any (tls.sni; content:\"bad\"; sid:{};)",
    "pass tls any any -> any any (tls.sni; content:!\".bad.example\"; endswith; sid:{};)",
    "drop tls any any -> any any (tls.sni; content:!\"good\"; sid:{};)",
    "pass tls any any -> any any (tls.sni; pcre:\"/^(good|www)\\./i\"; sid:{};)",
    "drop tls any any -> any any (tls.version:1.2; sid:{};)",
    "pass http any any -> any any (http.host; to_lowercase; content:\"good.example\"; startswith; endswith; sid:{};)",
    "drop http any any -> any any (http.uri; content:\".exe\"; endswith; sid:{};)",
    "drop http any any -> any any (http.uri; content:!\"/export/\"; startswith; sid:{};)",
    "drop http any any -> any any (http.method; content:\"POST\"; sid:{};)",
    "drop http any any -> any any (http.host.raw; content:\"good.example\"; startswith; sid:{};)",
    "drop tcp any any -> any any (app-layer-protocol:!tls; flow:to_server,established; sid:{};)",
    "alert tls any any -> any any (tls.sni; content:\"good.example\"; endswith; flowbits:set,seen; sid:{};)",
    "drop tcp any any -> any any (flowbits:isset,seen; sid:{};)",
    "drop tcp any any -> any any (content:\"good\"; sid:{};)",
    "pass dns any any -> any any (dns.query; content:\"example\"; endswith; sid:{};)",
    "drop quic any any -> any any (sid:{};)",
    "drop ip @PARTNERS any -> any any (sid:{};)",
    "pass tcp [10.1.0.0/16,@PARTNERS] any -> 203.0.113.0/24 any (flow:to_server; sid:{};)",
    "drop tls 10.0.0.0/8 any -> [any,!@PARTNERS] any (tls.sni; content:\"bad\"; sid:{};)",
    "drop tcp any 50000:65535 -> any any (flow:to_server; sid:{};)",
    "pass tls any [1024:49999] -> any any (tls.sni; content:\"good.example\"; endswith; sid:{};)",
    "drop udp any 123 -> any 443 (sid:{};)",
];

/// Rows of a stateless rule group.
const STATELESS: [&str; 8] = [
    "action: pass, from: 10.1.0.0/16, to: any",
    "action: drop, from: any, to: 203.0.113.0/24, protocols: [tcp], ports: [443]",
    "action: drop, from: 203.0.113.0/24, to: any, protocols: [udp]",
    "action: pass, from: any, to: 203.0.113.5",
    "action: forward, from: 10.1.2.3, to: any",
    "action: drop, from: any, to: any, protocols: [icmp]",
    "action: pass, from: any, to: 10.1.0.0/16, protocols: [tcp]",
    "action: drop, from: 10.1.0.0/16, to: any, protocols: [udp], source_ports: [1024-49999]",
];

/// Who asks, for what, where.
const CLIENTS: [&str; 9] = [
    "10.1.2.3",
    "10.1.9.9",
    "10.1.0.0",
    "10.2.0.7",
    "10.3.0.1",
    "10.9.0.1",
    "203.0.113.5",
    "2001:db8:1::7",
    "2001:db8:9::7",
];
const URLS: [&str; 42] = [
    "https://good.example",
    "https://bad.example",
    "https://www.bad.example",
    "https://a.b.bad.example",
    "https://notbad.example",
    "https://example",
    "https://www.good.example",
    "https://good.example:8443",
    "https://other.org:22",
    "https://elsewhere.test",
    "https://203.0.113.5",
    "https://[2001:db8:2::5]",
    "http://good.example/",
    "http://good.example/export/a",
    "http://good.example/export/",
    "http://good.example/export/b.exe",
    "http://good.example/private",
    "http://good.example/private/x",
    "http://bad.example/private",
    "http://www.bad.example/export/b",
    "http://other.org:8080/",
    "http://elsewhere.test:443/x.exe",
    "http://203.0.113.5/export/x",
    "tcp://x.example:22",
    "tcp://x.example:23",
    "tcp://x.example:443",
    "tcp://x.example:80",
    "tcp://x.example:1023",
    "tcp://x.example:1024",
    "tcp://x.example:65535",
    "udp://x.example:53",
    "udp://x.example:443",
    "udp://x.example:80",
    "udp://x.example:5000",
    "icmp://x.example",
    "dns://www.bad.example",
    "dns://bad.example",
    "dns://other.org:5353",
    "dns://bad.example:443",
    "quic://bad.example",
    "quic://other.org",
    "quic://bad.example:8443",
];
const SERVERS: [&str; 9] = [
    "203.0.113.5",
    "203.0.113.80",
    "203.0.112.255",
    "203.0.114.0",
    "198.51.100.7",
    "10.2.3.4",
    "10.1.2.3",
    "2001:db8:2::5",
    "2001:db8:9::5",
];

#[derive(Debug, Clone)]
pub enum Row {
    Match { action: &'static str, from: &'static str, to: &'static str, log: bool },
    ByHand(&'static str),
    Off,
}

pub fn any_row() -> impl Strategy<Value = Row> {
    let actions = ["pass", "pass", "drop", "drop", "reject", "alert"];
    let rows =
        (select(actions.to_vec()), select(&SOURCES[..]), select(&TARGETS[..]), any::<bool>());
    rows.prop_map(|(action, from, to, log)| Row::Match { action, from, to, log })
}

pub fn by_hand() -> impl Strategy<Value = Row> {
    select(&BY_HAND[..]).prop_map(Row::ByHand)
}

/// A policy: its order, its default actions, its rows, and whether a group that others keep stands in the middle.
#[derive(Debug, Clone)]
pub struct Shape {
    pub order: &'static str,
    pub default: &'static str,
    pub home: &'static str,
    pub rows: Vec<Row>,
    pub managed: bool,
    pub stateless: Vec<&'static str>,
}

pub fn any_shape(rows: impl Strategy<Value = Vec<Row>>) -> impl Strategy<Value = Shape> {
    let homes = vec!["10.0.0.0/8", "10.0.0.0/8, '2001:db8:1::/48'"];
    let orders = vec!["strict", "strict", "strict", "action"];
    let before = prop::collection::vec(select(&STATELESS[..]), 1..3);
    let before = prop_oneof![5 => Just(Vec::new()), 1 => before];
    (select(orders), select(&DEFAULTS[..]), select(homes), rows, 0..20_u8, before).prop_map(
        |(order, default, home, rows, managed, stateless)| {
            let default = if order == "action" { "" } else { default };
            Shape { order, default, home, rows, managed: managed == 0, stateless }
        },
    )
}

/// How a policy is changed.
#[derive(Debug, Clone)]
pub enum Edit {
    Nothing,
    Remove(usize),
    Swap(usize, usize),
    Put(usize, Row),
    Insert(usize, Row),
    Default(&'static str),
    Order,
    Managed,
    Stateless(&'static str),
}

pub fn any_edit(row: BoxedStrategy<Row>) -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => Just(Edit::Nothing),
        3 => any::<usize>().prop_map(Edit::Remove),
        4 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Swap(a, b)),
        3 => (any::<usize>(), row.clone()).prop_map(|(at, row)| Edit::Put(at, row)),
        3 => (any::<usize>(), row).prop_map(|(at, row)| Edit::Insert(at, row)),
        1 => select(&DEFAULTS[..]).prop_map(Edit::Default),
        1 => Just(Edit::Order),
        1 => Just(Edit::Managed),
        1 => select(&STATELESS[..]).prop_map(Edit::Stateless),
    ]
}

impl Shape {
    pub fn edited(&self, edit: &Edit) -> Self {
        let mut new = self.clone();
        let len = new.rows.len();
        match edit {
            Edit::Nothing => {}
            // What is taken out leaves a gap, so that the others keep their names.
            Edit::Remove(at) => new.rows[at % len] = Row::Off,
            Edit::Swap(a, b) => new.rows.swap(a % len, b % len),
            Edit::Put(at, row) => new.rows[at % len] = row.clone(),
            Edit::Insert(at, row) => new.rows.insert(at % (len + 1), row.clone()),
            Edit::Default(default) if self.order == "strict" => new.default = default,
            Edit::Default(_) => {}
            Edit::Order => {
                new.order = if self.order == "strict" { "action" } else { "strict" };
                new.default = "";
            }
            Edit::Managed => new.managed = !self.managed,
            Edit::Stateless(row) => new.stateless.push(row),
        }
        new
    }

    /// The policy's file, in groups of three rows.
    pub fn text(&self) -> String {
        let mut text = format!(
            "sekisho: 1\nname: random\nrule_order: {}\ndefault_actions: [{}]\nhome_net: [{}]\n\
             sources:\n  lab: {{cidrs: [10.1.0.0/16, 10.3.0.0/16], except: [10.1.9.0/24]}}\n\
             domain_lists:\n  both: [good.example, .bad.example]\n",
            self.order, self.default, self.home
        );
        if !self.stateless.is_empty() {
            text +=
                "stateless:\n  rule_groups:\n    - name: before\n      priority: 1\n      rules:\n";
            for (at, row) in self.stateless.iter().enumerate() {
                let _ = writeln!(text, "        - {{name: s{at}, {row}}}");
            }
        }
        text += "rule_groups:\n";
        for (number, rows) in self.rows.chunks(3).enumerate() {
            let priority = 10 * (number + 1);
            let _ = write!(text, "  - name: g{number}\n    priority: {priority}\n");
            text += "    references: {PARTNERS: {arn: \"arn:aws:ec2:eu-central-1:111122223333:prefix-list/pl-1\"}}\n    rules:\n";
            for (at, row) in rows.iter().enumerate() {
                let sid = 1000 * (3 * number + at + 1);
                text += &row.text(&format!("r{number}{at}"), sid);
            }
        }
        if self.managed {
            text += "  - {name: threats, priority: 15, managed: \"arn:aws:network-firewall:eu-central-1:aws-managed:stateful-rulegroup/x\"}\n";
        }
        text
    }
}

impl Row {
    fn text(&self, name: &str, sid: usize) -> String {
        match self {
            Self::Match { action, from, to, log } => {
                let log = if *log && *action == "pass" { ", log: true" } else { "" };
                let from =
                    if from.contains(':') { format!("'{from}'") } else { (*from).to_owned() };
                format!(
                    "      - {{name: {name}, sid: {sid}, action: {action}, from: {from}, to: {to}{log}}}\n"
                )
            }
            Self::ByHand(rule) => {
                let rule = rule.replace("{}", &sid.to_string());
                format!("      - name: {name}\n        suricata: |\n          {rule}\n")
            }
            Self::Off => format!(
                "      - {{name: {name}, sid: {sid}, action: alert, from: any, to: any, enabled: false}}\n"
            ),
        }
    }
}

/// Every request that can be asked.
pub fn requests() -> Vec<Request> {
    let ends = CLIENTS.iter().flat_map(|from| SERVERS.iter().map(move |server| (from, server)));
    let ends = ends.filter(|(from, server)| from != server);
    ends.flat_map(|(from, server)| {
        URLS.iter().filter_map(|url| {
            let request = Request::parse(from, url, Some(server)).ok()?;
            // An address in the URL is where the request goes.
            let literal = request.host.parse::<std::net::IpAddr>();
            literal.map_or(true, |host| request.dst == Some(host)).then_some(request)
        })
    })
    .collect()
}
