//! Questions for both engines: cases as they stand, and random requests near the edges of the rules.

use std::net::IpAddr;

use super::edges::{Edges, edges};
use super::random::Random;
use super::verify::Question;
use crate::eval::Evaluator;
use crate::net::{ClientVariant, Flow, Request, Scheme, Talk, Tcp, TlsVersion};
use crate::suricata::Ruleset;

impl Question {
    /// A request as a usual client sends it: to its destination, or to one address of each class that the rules tell apart.
    #[must_use]
    pub fn new(name: String, request: &Request, evaluator: &Evaluator) -> Self {
        let to = match request.dst {
            Some(dst) => vec![dst],
            None => {
                let usual = request.somewhere();
                let classes = evaluator.destinations(&request.flow(request.somewhere()));
                let address = |class: &crate::net::AddressClass| {
                    if class.set.contains(usual) { usual } else { class.representative }
                };
                classes.iter().map(address).collect()
            }
        };
        Self { name, flows: to.into_iter().map(|dst| request.flow(dst)).collect() }
    }
}

/// `number` random requests near the edges of the rules; the same seed gives the same requests.
#[must_use]
pub fn random_questions(ruleset: &Ruleset, number: usize, seed: u64) -> Vec<Question> {
    let edges = edges(ruleset);
    let mut random = Random::new(seed);
    (0..number).filter_map(|_| question(&edges, &mut random)).collect()
}

/// Clients and servers when the rules name none.
const CLIENTS: [&str; 3] = ["10.1.2.3", "192.0.2.9", "2001:db8:1::9"];
const SERVERS: [&str; 4] = ["203.0.113.5", "198.51.100.77", "10.200.0.9", "2001:db8:a::5"];
/// Ports that are always worth a try.
const PORTS: [u16; 8] = [22, 25, 53, 80, 443, 3306, 8080, 8443];
const NAMES: [&str; 3] = ["other.example", "www.example.com", "xn--bcher-kva.example"];

fn question(edges: &Edges, random: &mut Random) -> Option<Question> {
    let from = address(&edges.sources, &CLIENTS, None, random)?;
    let dst = address(&edges.destinations, &SERVERS, Some(from), random)?;
    let scheme = match random.below(100) {
        0..35 => Scheme::Https,
        35..63 => Scheme::Http,
        63..75 => Scheme::Tcp,
        75..83 => Scheme::Udp,
        83..91 => Scheme::Dns,
        91..95 => Scheme::Icmp,
        _ => Scheme::Quic,
    };
    let request = Request {
        from,
        scheme,
        host: host(edges, dst, random),
        port: port(edges, scheme, random),
        path: path(edges, random),
        dst: Some(dst),
        notes: Vec::new(),
    };
    let (flow, manner) = sent(&request, dst, random);
    let manner = if manner.is_empty() { String::new() } else { format!(", {}", manner.join(", ")) };
    Some(Question { name: format!("{from} {request} at {dst}{manner}"), flows: vec![flow] })
}

/// An address near an edge, or a usual one, of the family of `like`.
fn address(
    near: &[IpAddr],
    usual: &[&str],
    like: Option<IpAddr>,
    random: &mut Random,
) -> Option<IpAddr> {
    let fits = |a: &IpAddr| like.is_none_or(|like| like.is_ipv4() == a.is_ipv4());
    let near: Vec<IpAddr> = near.iter().copied().filter(fits).collect();
    let usual: Vec<IpAddr> = usual.iter().filter_map(|a| a.parse().ok()).filter(fits).collect();
    let among = if !near.is_empty() && random.chance(70) { near } else { usual };
    random.of(&among).copied()
}

fn host(edges: &Edges, dst: IpAddr, random: &mut Random) -> String {
    match random.of(&edges.names) {
        Some(name) if random.chance(85) => name.clone(),
        _ if random.chance(10) => dst.to_string(),
        _ => random.word(&NAMES).to_owned(),
    }
}

fn port(edges: &Edges, scheme: Scheme, random: &mut Random) -> u16 {
    let usual = match scheme {
        Scheme::Https | Scheme::Quic => 443,
        Scheme::Http => 80,
        Scheme::Dns => 53,
        Scheme::Icmp => return 0,
        Scheme::Tcp | Scheme::Udp => 22,
    };
    match random.below(10) {
        0..5 => usual,
        5..8 => random.of(&edges.ports).copied().unwrap_or(usual),
        _ => random.of(&PORTS).copied().unwrap_or(usual),
    }
}

fn path(edges: &Edges, random: &mut Random) -> String {
    match random.of(&edges.paths) {
        Some(path) if random.chance(70) => path.clone(),
        _ => random.word(&["/", "/index.html", "/a/b?c=d"]).to_owned(),
    }
}

/// The flow as some client sends it, and what is unusual about that.
fn sent(request: &Request, dst: IpAddr, random: &mut Random) -> (Flow, Vec<String>) {
    let mut manner = Vec::new();
    let variants = ClientVariant::of(request);
    let mut flow = match random.of(&variants) {
        Some(variant) if random.chance(30) => {
            manner.push(format!("{variant:?}"));
            variant.flow(request, dst)
        }
        _ => request.flow(dst),
    };
    match &mut flow.talk {
        Talk::Tls(tls) if random.chance(25) => {
            tls.version = if random.chance(70) { TlsVersion::V1_2 } else { TlsVersion::V1_1 };
            manner.push(format!("{:?}", tls.version));
        }
        Talk::Tcp(tcp) => {
            *tcp = talk(random);
            manner.push(format!("says {:?}", String::from_utf8_lossy(&tcp.to_server)));
            let banner = tcp.banner.as_deref().map(String::from_utf8_lossy);
            manner.extend(banner.map(|banner| format!("told {banner:?} first")));
        }
        _ => {}
    }
    let tcp = matches!(flow.talk, Talk::Tls(_) | Talk::Http(_) | Talk::Tcp(_));
    if tcp && flow.split.is_none() && random.chance(20) {
        flow.split = random.of(&[5, 30, 100, 200]).copied();
        manner.extend(flow.split.map(|n| format!("in segments of {n}")));
    }
    if tcp && random.chance(10) {
        flow.extra_acks = true;
        manner.push("window updates".to_owned());
    }
    if tcp && random.chance(5) {
        flow.reset = true;
        manner.push("ends with a reset".to_owned());
    }
    if random.chance(3) {
        flow.reply = false;
        manner.push("no answer".to_owned());
    }
    (flow, manner)
}

/// What is said over plain TCP.
fn talk(random: &mut Random) -> Tcp {
    let bytes = |text: &str| text.as_bytes().to_vec();
    match random.below(4) {
        0 => Tcp {
            banner: Some(bytes("SSH-2.0-OpenSSH_9.6\r\n")),
            to_server: bytes("SSH-2.0-client\r\n"),
            to_client: Vec::new(),
        },
        1 => Tcp {
            banner: Some(bytes("220 mail.example ESMTP\r\n")),
            to_server: bytes("EHLO a.example\r\n"),
            to_client: bytes("250 mail.example\r\n"),
        },
        2 => Tcp { banner: None, to_server: bytes("hello\r\n"), to_client: bytes("hello\r\n") },
        _ => Tcp {
            banner: None,
            to_server: bytes("*1\r\n$4\r\nPING\r\n"),
            to_client: bytes("+PONG\r\n"),
        },
    }
}
