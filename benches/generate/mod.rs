//! Policies and requests that look random and are the same for the same seed: for benches and for tests of large policies.
//!
//! Sources are the accounts of a company of 200; of the names 60 % are exact, 35 % stand for all below them, 5 % are
//! wildcards and regular expressions. Requests ask for few names often and for many seldom; 30 % fit no row.

#![allow(dead_code, reason = "each bench and test uses some of it")]

use std::fmt::Write;

use sekisho::second_opinion::Random;

/// Accounts, each a source with a network of its own.
const ACCOUNTS: usize = 200;
/// Rows of a rule group, unless AWS's 20 groups would not hold them.
const GROUP: usize = 1_500;
/// Of a hundred requests so many fit no row.
const UNMATCHED: usize = 30;

/// What a policy is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Names of many organisations.
    Usual,
    /// All rows ask for one name, each for other sources.
    OneName,
    /// Rows about networks that have nothing to do with each other.
    Networks,
    /// One row that asks for a list of so many names.
    List,
    /// Rows about single machines.
    Hosts,
    /// Rows about ranges of addresses that cut each other.
    Overlapping,
    /// Rows that ask for nothing but expressions.
    Expressions,
}

impl Shape {
    /// Every shape, each with its word.
    pub const ALL: [(&'static str, Self); 7] = [
        ("usual", Self::Usual),
        ("one-name", Self::OneName),
        ("networks", Self::Networks),
        ("list", Self::List),
        ("hosts", Self::Hosts),
        ("overlapping", Self::Overlapping),
        ("expressions", Self::Expressions),
    ];
}

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// What the policy is like.
    pub shape: Shape,
    /// How many rows; of a list, how many names.
    pub rows: usize,
    /// How many cases.
    pub cases: usize,
    /// Whether the rows stand in strict order.
    pub strict: bool,
    /// Another seed, other numbers.
    pub seed: u64,
}

impl Wish {
    /// A usual policy in strict order.
    pub const fn usual(rows: usize) -> Self {
        Self { shape: Shape::Usual, rows, cases: 0, strict: true, seed: 1 }
    }

    /// The same with cases.
    pub const fn with_cases(self, cases: usize) -> Self {
        Self { cases, ..self }
    }

    /// The same with another shape.
    pub const fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }
}

/// What a row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// This name.
    Exact(String),
    /// It and all below it.
    Below(String),
    /// Names below it, one label deeper or more.
    Wildcard(String),
    /// What the expression finds something in.
    Regex {
        /// The expression.
        pattern: String,
        /// A name in which it does.
        example: String,
    },
    /// A network.
    Network([u8; 4], u8),
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// `pass` or `drop`.
    pub action: &'static str,
    /// Numbers of accounts; at [`ACCOUNTS`] stands the whole company.
    pub from: Vec<usize>,
    /// What it asks for.
    pub asked: Asked,
    /// `tls` or `http`.
    pub protocol: &'static str,
}

/// A request: the address that asks, the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub from: String,
    /// What is asked for.
    pub url: String,
    /// The row that it was made for, and may be decided by another one of.
    pub row: Option<usize>,
}

/// A number below `end`, small ones oftener than large ones: about as names are asked for (Zipf).
fn often_small(random: &mut Random, end: usize) -> usize {
    let unit = random.below(1 << 24) as f64 / f64::from(1 << 24);
    let rank = (unit * ((end + 1) as f64).ln()).exp() - 1.0;
    (rank as usize).min(end.saturating_sub(1))
}

/// The network of an account.
fn network(account: usize) -> String {
    format!("10.{account}.0.0/16")
}

/// A machine of an account, or of any for the whole company.
fn machine(account: usize, random: &mut Random) -> String {
    let account = if account == ACCOUNTS { random.below(ACCOUNTS) } else { account };
    format!("10.{account}.{}.{}", random.below(256), 1 + random.below(250))
}

/// The rows of a policy.
pub fn rows(wish: Wish) -> Vec<Row> {
    let mut random = Random::new(wish.seed);
    (0..wish.rows).map(|at| row(wish.shape, at, &mut random)).collect()
}

fn row(shape: Shape, at: usize, random: &mut Random) -> Row {
    let from = match random.below(20) {
        0 => vec![ACCOUNTS],
        _ => (0..1 + random.below(5)).map(|_| random.below(ACCOUNTS)).collect::<Vec<usize>>(),
    };
    let asked = match shape {
        Shape::Usual | Shape::List => asked(at, random),
        Shape::Hosts => Asked::Network(numbered(at), 32),
        Shape::Overlapping => overlapping(random),
        Shape::Expressions => {
            let pattern = format!(r"(^|\.)x{}[a-z]*{at}\.", at % 50);
            Asked::Regex { pattern, example: format!("x{}a{at}.example", at % 50) }
        }
        Shape::OneName => Asked::Exact("www.everybody.example".to_owned()),
        Shape::Networks => Asked::Network(
            [
                u8::try_from(20 + at / 65_536 % 80).unwrap_or_default(),
                u8::try_from(at / 256 % 256).unwrap_or_default(),
                u8::try_from(at % 256).unwrap_or_default(),
                0,
            ],
            24,
        ),
    };
    let mut from = from;
    from.sort_unstable();
    from.dedup();
    Row {
        action: if random.chance(70) { "pass" } else { "drop" },
        from,
        asked,
        protocol: if random.chance(80) { "tls" } else { "http" },
    }
}

/// An address outside the company, another for each number.
fn numbered(at: usize) -> [u8; 4] {
    let byte = |shift: usize| u8::try_from(at >> shift & 255).unwrap_or_default();
    [20 + byte(24) % 80, byte(16), byte(8), byte(0)]
}

/// A network that holds, or lies in, many of the others.
fn overlapping(random: &mut Random) -> Asked {
    let bits = 9 + random.below(16);
    let mask = u32::MAX << (32 - bits);
    let address = (20 << 24 | u32::try_from(random.below(1 << 26)).unwrap_or_default()) & mask;
    Asked::Network(address.to_be_bytes(), u8::try_from(bits).unwrap_or(24))
}

fn asked(at: usize, random: &mut Random) -> Asked {
    let company = format!("company{}.example", at / 3);
    match random.below(100) {
        0..60 => Asked::Exact(format!("{}{at}.{company}", ["www", "api", "cdn"][random.below(3)])),
        60..95 if random.chance(50) => Asked::Below(company),
        60..95 => Asked::Below(format!("region{at}.{company}")),
        95..97 => Asked::Wildcard(format!("edge{at}.{company}")),
        // Most expressions end in a domain, some hold a name inside, few hold neither.
        _ => match random.below(10) {
            0..6 => Asked::Regex {
                pattern: format!(r"^node[0-9]+\.site{at}\.example$"),
                example: format!("node7.site{at}.example"),
            },
            6..9 => Asked::Regex {
                pattern: format!(r"tenant{at}[a-f]+"),
                example: format!("tenant{at}cafe.hosting.example"),
            },
            _ => Asked::Regex {
                pattern: format!(r"^[a-z]{{{}}}[0-9]+x$", 3 + at % 20),
                example: format!("{}12x", "q".repeat(3 + at % 20)),
            },
        },
    }
}

impl Asked {
    /// As `to:` says it.
    fn target(&self) -> String {
        match self {
            Self::Exact(name) => name.clone(),
            Self::Below(name) => format!(".{name}"),
            Self::Wildcard(name) => format!("\"*.{name}\""),
            Self::Regex { pattern, .. } => format!("'regex:{pattern}'"),
            Self::Network([a, b, c, d], bits) => format!("{a}.{b}.{c}.{d}/{bits}"),
        }
    }

    /// A host that it is about.
    fn host(&self, random: &mut Random) -> String {
        match self {
            Self::Exact(name) => name.clone(),
            Self::Below(name) => match random.below(3) {
                0 => name.clone(),
                _ => format!("s{}.{name}", random.below(50)),
            },
            Self::Wildcard(name) => format!("e{}.{name}", random.below(50)),
            Self::Regex { example, .. } => example.clone(),
            Self::Network([a, b, c, _], _) => format!("{a}.{b}.{c}.{}", 1 + random.below(250)),
        }
    }

    /// Its name, where it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Exact(name) | Self::Below(name) | Self::Wildcard(name) => Some(name),
            Self::Regex { .. } | Self::Network(..) => None,
        }
    }
}

/// The text of a policy.
pub fn policy(wish: Wish) -> String {
    let rows = rows(wish);
    let mut text = head(wish);
    if wish.shape == Shape::List {
        text.push_str("domain_lists:\n  all:\n");
        for row in &rows {
            line(&mut text, format_args!("    - {}", of_list(&row.asked)));
        }
    }
    text.push_str("rule_groups:\n");
    if wish.shape == Shape::List {
        text.push_str("  - name: lists\n    priority: 100\n    rules:\n");
        text.push_str(
            "      - {name: listed, sid: 1000, action: pass, from: company, to: [list:all], protocol: tls}\n",
        );
    } else {
        groups(&mut text, &rows);
    }
    cases(&mut text, wish, &rows);
    text
}

fn head(wish: Wish) -> String {
    let mut text = "# Generated.\nsekisho: 1\nname: generated\n".to_owned();
    if wish.strict {
        text.push_str(
            "rule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n",
        );
    } else {
        text.push_str("rule_order: action\n");
    }
    text.push_str("home_net: [10.0.0.0/8]\nsources:\n");
    for account in 0..ACCOUNTS {
        line(&mut text, format_args!("  account{account}: {{cidrs: [{}]}}", network(account)));
    }
    text.push_str("  company: {cidrs: [10.0.0.0/8]}\n");
    text
}

/// Lists hold names only.
fn of_list(asked: &Asked) -> String {
    match asked {
        Asked::Regex { example, .. } => example.clone(),
        other => other.target(),
    }
}

fn groups(text: &mut String, rows: &[Row]) {
    let size = GROUP.max(rows.len().div_ceil(19));
    for (group, rows) in rows.chunks(size).enumerate() {
        line(
            text,
            format_args!("  - name: group{group}\n    priority: {}\n    rules:", 100 * (group + 1)),
        );
        for (at, row) in rows.iter().enumerate() {
            let number = group * size + at;
            let from: Vec<String> = row.from.iter().map(|&account| source(account)).collect();
            let from = match &from[..] {
                [one] => one.clone(),
                more => format!("[{}]", more.join(", ")),
            };
            let protocol = match row.asked {
                Asked::Network(..) => "ip",
                _ => row.protocol,
            };
            line(
                text,
                format_args!(
                    "      - {{name: row{number}, sid: {}, action: {}, from: {from}, to: {}, protocol: {protocol}}}",
                    1_000 + 10 * number,
                    row.action,
                    row.asked.target(),
                ),
            );
        }
    }
}

fn source(account: usize) -> String {
    if account == ACCOUNTS { "company".to_owned() } else { format!("account{account}") }
}

fn cases(text: &mut String, wish: Wish, rows: &[Row]) {
    if wish.cases == 0 {
        return;
    }
    text.push_str("cases:\n");
    for (at, request) in requests(wish, rows, wish.cases).iter().enumerate() {
        let expect = match (wish.shape, request.row) {
            (Shape::List, Some(_)) => "pass",
            (_, Some(row)) => rows[row].action,
            (_, None) => "drop",
        };
        line(
            text,
            format_args!(
                "  - {{name: case{at}, from: {}, url: \"{}\", expect: {expect}}}",
                request.from, request.url
            ),
        );
    }
}

/// Requests to a policy with these rows.
pub fn requests(wish: Wish, rows: &[Row], count: usize) -> Vec<Request> {
    let mut random = Random::new(wish.seed ^ 0x5eed);
    // Rows that are asked for often stand anywhere.
    let stride = rows.len() / 2 + 1;
    let mut one = || {
        if rows.is_empty() || random.chance(UNMATCHED) {
            let from = machine(random.below(ACCOUNTS), &mut random);
            let host = often_small(&mut random, 100_000);
            return Request { from, url: format!("https://h{host}.unlisted.example"), row: None };
        }
        let at = often_small(&mut random, rows.len()) * stride % rows.len();
        let row = &rows[at];
        let from = machine(row.from[random.below(row.from.len())], &mut random);
        let host = row.asked.host(&mut random);
        let scheme = if row.protocol == "tls" { "https" } else { "http" };
        Request { from, url: format!("{scheme}://{host}"), row: Some(at) }
    };
    (0..count).map(|_| one()).collect()
}

fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
    text.push('\n');
}
