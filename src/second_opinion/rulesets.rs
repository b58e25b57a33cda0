use std::collections::BTreeMap;

use super::random::Random;
use crate::net::RuleOrder;
use crate::suricata::{Ruleset, parse_rules};

/// A policy made up in the shapes that operators write, rules and order; the same seed gives the same one.
///
/// Every rule is one that our parser takes. In strict order no rule reads a flow variable above one that sets it.
#[must_use]
pub fn random_ruleset(seed: u64) -> Ruleset {
    let mut random = Random::new(seed ^ 0x5eed_5eed);
    let order = if random.chance(50) { RuleOrder::Strict } else { RuleOrder::Action };
    let number = 3 + random.below(12);
    let mut lines: Vec<String> = (1..=number).map(|sid| rule(sid, &mut random)).collect();
    if random.chance(60) {
        let last = random.word(&LAST);
        lines.push(last.replace("SID", &(number + 1).to_string()));
    }
    let parsed = parse_rules(&lines.join("\n"));
    let rules = parsed.rules.into_iter().map(|parsed| parsed.rule).collect();
    let variables = [
        ("HOME_NET", random.word(&["10.0.0.0/8", "[10.0.0.0/8,2001:db8:1::/48]"])),
        ("EXTERNAL_NET", "!$HOME_NET"),
        ("SERVERS", "[203.0.113.0/24,198.51.100.64/26,2001:db8:a::/64]"),
        ("WEB", "[80,443,8000:8010]"),
    ];
    let variables: BTreeMap<String, String> =
        variables.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    Ruleset::new(order, rules, variables)
}

/// The last line of many policies.
const LAST: [&str; 6] = [
    "drop tcp $HOME_NET any -> $EXTERNAL_NET any (flow:to_server,established; sid:SID;)",
    "drop ip any any -> any any (sid:SID;)",
    "drop ip any any -> any any (flowbits:isnotset,never; sid:SID;)",
    "drop tls any any -> any any (ssl_state:client_hello; sid:SID;)",
    "pass tcp any any -> any any (flow:to_server; sid:SID;)",
    "drop tcp any any -> any any (sid:SID;)",
];

const SOURCES: [&str; 7] = [
    "$HOME_NET",
    "$HOME_NET",
    "any",
    "10.1.0.0/16",
    "[10.2.0.0/16,10.3.4.0/24]",
    "[10.0.0.0/8,!10.9.0.0/16]",
    "2001:db8:1::/48",
];
const DESTINATIONS: [&str; 7] = [
    "$EXTERNAL_NET",
    "$EXTERNAL_NET",
    "any",
    "any",
    "$SERVERS",
    "203.0.113.0/24",
    "!198.51.100.0/24",
];
const PORTS: [&str; 8] = ["any", "any", "any", "443", "80", "$WEB", "!443", "8000:8010"];
const FLOWS: [&str; 6] = [
    "",
    "flow:to_server; ",
    "flow:to_server,established; ",
    "flow:to_server,established; ",
    "flow:established; ",
    "flow:to_client; ",
];

fn rule(sid: usize, random: &mut Random) -> String {
    let action = match random.below(100) {
        0..45 => "pass",
        45..80 => "drop",
        80..87 => "reject",
        _ => "alert",
    };
    let protocol = match random.below(100) {
        0..35 => "tls",
        35..60 => "http",
        60..78 => "tcp",
        78..84 => "udp",
        84..90 => "dns",
        90..94 => "icmp",
        94..97 => "ip",
        _ => "quic",
    };
    let of_name = ["tls", "http", "dns", "quic"].contains(&protocol);
    let (ports, mut matches) = (port(protocol, random), of_protocol(protocol, random));
    let flow = if random.chance(if of_name { 70 } else { 55 }) { random.word(&FLOWS) } else { "" };
    let server_speaks = flow.contains("to_client") && matches.contains("; ");
    let flow = if server_speaks { "" } else { flow };
    matches.push_str(bits(random));
    let arrow = if random.chance(4) { "<>" } else { "->" };
    let mut extra = String::new();
    if random.chance(10) {
        extra.push_str("noalert; ");
    }
    if random.chance(15) {
        extra = format!("{extra}priority:{}; ", 1 + random.below(5));
    }
    let (source, destination) = (random.word(&SOURCES), random.word(&DESTINATIONS));
    format!(
        "{action} {protocol} {source} any {arrow} {destination} {ports} ({matches}{flow}{extra}sid:{sid};)"
    )
}

fn port(protocol: &str, random: &mut Random) -> &'static str {
    match protocol {
        "icmp" | "ip" => "any",
        "dns" => ["any", "53"][random.below(2)],
        "udp" => ["any", "53", "443", "123"][random.below(4)],
        "tcp" => ["any", "22", "25", "443", "!443", "$WEB", "1024:65535"][random.below(7)],
        _ => PORTS[random.below(PORTS.len())],
    }
}

fn bits(random: &mut Random) -> &'static str {
    match random.below(100) {
        0..4 => "flowbits:set,seen; ",
        4..7 => "flowbits:isset,seen; ",
        7..9 => "flowbits:isnotset,seen; ",
        _ => "",
    }
}

const NAMES: [&str; 5] =
    ["example.com", "good.example", "bad.example", "api.bank.example", "cdn.example.net"];

/// What a rule asks of a buffer with a host name.
fn name(random: &mut Random) -> String {
    let name = random.word(&NAMES);
    match random.below(7) {
        0 | 1 => format!("dotprefix; content:\".{name}\"; nocase; endswith; "),
        2 | 3 => format!("content:\"{name}\"; startswith; nocase; endswith; "),
        4 => format!("content:\"{name}\"; "),
        5 => format!("content:!\"{name}\"; endswith; "),
        _ => format!("pcre:\"/(^|\\.){}$/i\"; ", name.replace('.', "\\.")),
    }
}

fn of_protocol(protocol: &str, random: &mut Random) -> String {
    match protocol {
        "tls" => match random.below(10) {
            0..6 => format!("tls.sni; {}", name(random)),
            6 => format!("ssl_state:client_hello; tls.sni; {}", name(random)),
            7 => "ssl_state:client_hello; ".to_owned(),
            8 => random.word(&["tls.version:1.2; ", "tls.version:1.3; "]).to_owned(),
            _ => String::new(),
        },
        "http" => match random.below(10) {
            0..5 => format!("http.host; {}", name(random).replace("nocase; ", "")),
            5 => format!("http.host; to_lowercase; {}", name(random).replace("nocase; ", "")),
            6 => "http.uri; content:\"/export/\"; startswith; ".to_owned(),
            7 => "http.method; content:\"GET\"; ".to_owned(),
            8 => "http.header_names; content:\"|0d 0a|\"; startswith; ".to_owned(),
            _ => String::new(),
        },
        "dns" if random.chance(80) => format!("dns.query; {}", name(random)),
        "quic" if random.chance(60) => format!("quic.sni; {}", name(random)),
        "tcp" => random
            .word(&[
                "",
                "",
                "",
                "dsize:>0; ",
                "flags:S; ",
                "content:\"hello\"; ",
                "content:\"SSH-\"; depth:4; ",
                "app-layer-protocol:!tls; ",
                "app-layer-protocol:http; ",
            ])
            .to_owned(),
        "udp" => random.word(&["", "", "content:\"hello\"; ", "dsize:<10; "]).to_owned(),
        "icmp" => random.word(&["", "itype:8; "]).to_owned(),
        "ip" => random.word(&["", "ip_proto:!6; "]).to_owned(),
        _ => String::new(),
    }
}
