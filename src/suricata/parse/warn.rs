//! What the engine loads without a word although it does not do what it seems to.

use std::ops::Range;

use super::reader::{OpenBuffer, Reader};
use super::scan::Piece;
use crate::messages::Text;
use crate::messages::suricata::{condition as says, content as words};
use crate::suricata::address::is_v6_range;
use crate::suricata::{
    AppProto, Content, ContentTest, FlagCompare, HeaderProtocol, Number, RuleOption, RuleProblem,
    SslState, Transform, keyword,
};

/// Warnings about a rule as a whole.
pub(super) fn whole_rule(reader: &mut Reader<'_>, text: &str, fields: &[Piece<'_>; 7]) {
    let mut warnings = Vec::new();
    no_parentheses(text, fields, &mut warnings);
    never_seen(reader, &mut warnings);
    ports_of_icmp(reader, fields, &mut warnings);
    syn_only(reader, &mut warnings);
    ranges_of_v6(fields, &mut warnings);
    negated_versions(reader, &mut warnings);
    late_negations(reader, &mut warnings);
    for open in &reader.buffers {
        contents(open, &mut warnings);
        lengths(open, &mut warnings);
    }
    reader.warnings.append(&mut warnings);
}

fn warn(
    warnings: &mut Vec<RuleProblem>,
    code: &'static str,
    span: Range<usize>,
    message: impl Into<Text>,
    help: impl Into<Text>,
) {
    warnings.push(RuleProblem::warning(code, span, message).help(help));
}

fn no_parentheses(text: &str, fields: &[Piece<'_>; 7], warnings: &mut Vec<RuleProblem>) {
    let end = fields[6].span().end;
    if !text[end..].trim_start().starts_with('(') {
        let (message, help) = (says::NO_PARENTHESES, says::NO_PARENTHESES_HELP);
        warn(warnings, "no-parentheses", end..text.len(), message, help);
    }
}

/// A protocol's words under a transport that does not carry it.
fn never_seen(reader: &Reader<'_>, warnings: &mut Vec<RuleProblem>) {
    use HeaderProtocol as H;
    let Some(app) = reader.app.and_then(AppProto::from_word) else { return };
    let carries = match reader.header.protocol {
        H::Udp => app.is_udp_only() || matches!(app.word(), "dns" | "krb5" | "nfs" | "dcerpc"),
        H::Tcp | H::TcpPkt | H::TcpStream => !app.is_udp_only() || app.word() == "sip",
        H::Icmp | H::Icmpv4 | H::Icmpv6 | H::Sctp | H::Pkthdr => false,
        H::Ip | H::Ipv4 | H::Ipv6 | H::App(_) => true,
    };
    if carries {
        return;
    }
    let about =
        |o: &&super::scan::WrittenOption<'_>| keyword(o.name.text).is_some_and(|k| k.app.is_some());
    let span = reader.written.iter().find(about).map_or(0..0, super::scan::WrittenOption::span);
    let header = reader.header.protocol.word();
    let app = app.to_string();
    let message = says::never_sees(header, &app);
    warn(warnings, "never-matches", span, message, says::begin_with(&app));
}

/// ICMP has no ports, so that a rule that asks for one never matches.
///
/// Source: Suricata 7.0.10, `detect.c` `DetectRunInspectRuleHeader`; measured.
fn ports_of_icmp(reader: &Reader<'_>, fields: &[Piece<'_>; 7], warnings: &mut Vec<RuleProblem>) {
    use HeaderProtocol as H;
    if !matches!(reader.header.protocol, H::Icmp | H::Icmpv4 | H::Icmpv6) {
        return;
    }
    for port in [fields[3], fields[6]] {
        if !port.text.eq_ignore_ascii_case("any") {
            warn(warnings, "never-matches", port.span(), says::ICMP_PORTS, says::WRITE_ANY);
        }
    }
}

/// Source: Suricata 7.0.10, `detect-engine-build.c`, which says so in its log; measured.
fn syn_only(reader: &Reader<'_>, warnings: &mut Vec<RuleProblem>) {
    let any = reader.header.destination_ports.eq_ignore_ascii_case("any");
    let directed =
        reader.options.iter().any(|o| matches!(o, RuleOption::Flow(f) if f.direction.is_some()));
    let syn = reader.options.iter().any(|o| match o {
        RuleOption::Flags(f) => f.set == 2 && f.compare != FlagCompare::Not,
        _ => false,
    });
    if any || directed || !syn {
        return;
    }
    let named = |o: &&super::scan::WrittenOption<'_>| {
        keyword(o.name.text).is_some_and(|k| k.name == "tcp.flags")
    };
    let span = reader.written.iter().find(named).map_or(0..0, super::scan::WrittenOption::span);
    warn(warnings, "one-way", span, says::SYN_ONLY, says::SYN_ONLY_HELP);
}

/// Source: measured; whether the range then counts is not known.
fn ranges_of_v6(fields: &[Piece<'_>; 7], warnings: &mut Vec<RuleProblem>) {
    for field in [fields[2], fields[5]] {
        let entries = field.text.trim_matches(['[', ']']).split(',');
        if entries.map(|e| e.trim().trim_start_matches('!')).any(is_v6_range) {
            warn(warnings, "ipv6-range", field.span(), says::V6_RANGE, says::V6_RANGE_HELP);
        }
    }
}

fn negated_versions(reader: &Reader<'_>, warnings: &mut Vec<RuleProblem>) {
    for option in &reader.options {
        let (name, message, help) = match option {
            RuleOption::TlsVersion { negated: true, .. } => {
                ("ssl_version", says::SSL_VERSION_NEVER, says::WRITE_VERSIONS)
            }
            RuleOption::SslState { states, negated: false } if *states == [SslState::Unknown] => {
                ("ssl_state", says::SSL_STATE_NEVER, says::SSL_STATE_HELP)
            }
            _ => continue,
        };
        let named = |o: &&super::scan::WrittenOption<'_>| o.name.text.eq_ignore_ascii_case(name);
        let span = reader.written.iter().find(named).map_or(0..0, super::scan::WrittenOption::span);
        warn(warnings, "never-matches", span, message, help);
    }
}

/// Negated contents behind a transform, in a rule that searches for nothing else: once the part of the conversation that says the buffer is
/// over, the engine looks for them in the buffer as it was sent; and for those with a place always.
///
/// Source: Suricata 7.0.10, `detect-engine.c` `DetectEngineInspectBufferGeneric`; measured (`docs/suricata.md` §8).
fn late_negations(reader: &Reader<'_>, warnings: &mut Vec<RuleProblem>) {
    let searches = reader.buffers.iter().flat_map(OpenBuffer::contents).any(|(c, _)| !c.negated);
    let is_hello = |option: &RuleOption| matches!(option, RuleOption::SslState { .. });
    if searches {
        return;
    }
    let hello = reader.options.iter().any(is_hello);
    for open in reader.buffers.iter().filter(|open| !open.transforms.is_empty()) {
        let (part, help) = match open.buffer.keyword().app {
            Some("tls") => (words::HELLOS, "ssl_state:client_hello;"),
            Some("http" | "http1") => (words::THAT_PART, "http.start; content:\"|20|\";"),
            _ => continue,
        };
        let dotted = open.transforms[..] == [Transform::Dotprefix];
        // A dot in front changes nothing of what stands behind it.
        let same =
            |content: &Content| dotted && !content.is_placed() && !content.bytes.starts_with(b".");
        for (content, test) in open.contents().filter(|(content, _)| !same(content)) {
            let (message, help) = match content.is_placed() {
                true => (words::BITES_BARE.into(), words::ADD_WANTED.into()),
                false if hello => continue,
                false => (words::bites_late(part), words::add(help)),
            };
            warn(warnings, "negation-bites-late", test.span.clone(), message, help);
        }
    }
}

/// Contents that do not do what they seem to.
fn contents(open: &OpenBuffer, warnings: &mut Vec<RuleProblem>) {
    let name = open.buffer.name();
    let mut before: Option<&Content> = None;
    for (content, test) in open.contents() {
        let span = || test.span.clone();
        if content.endswith && content.offset.is_some() {
            let (message, help) = (words::ENDSWITH_OFFSET, words::KEEP_ONE);
            warn(warnings, "endswith-with-offset", span(), message, help);
        }
        let behind = content.distance.is_some_and(|d| d >= 0) && !content.negated;
        if behind && before.is_some_and(|b| b.endswith && !b.negated) {
            let (message, help) = (words::BEHIND_END, words::TAKE_ENDSWITH_AWAY);
            warn(warnings, "never-matches", span(), message, help);
        }
        let hosts = matches!(name, "tls.sni" | "http.host" | "dns.query" | "quic.sni");
        if hosts && !content.negated && content.bytes.contains(&b'/') {
            warn(warnings, "never-matches", span(), words::SLASH_IN_HOST, words::NAME_ALONE);
        }
        let dotted = open.transforms.contains(&Transform::Dotprefix);
        if dotted && content.endswith && !content.bytes.starts_with(b".") {
            let text = String::from_utf8_lossy(&content.bytes);
            let (message, help) = (words::without_dot(&text), words::with_dot(&text));
            warn(warnings, "dotprefix-without-dot", span(), message, help);
        }
        before = Some(content);
    }
    let hosts = open.buffer.name() == "http.host" && open.transforms.is_empty();
    for test in open.tests.iter().filter(|_| hosts) {
        let ContentTest::Pcre(pcre) = &test.test else { continue };
        if !pcre.flags.contains('i') && plain_capital(&pcre.pattern) {
            let (message, help) = (words::HARDLY_MATCHES, words::ADD_I);
            warn(warnings, "hardly-matches", test.span.clone(), message, help);
        }
    }
}

/// Whether an expression asks for a capital letter as such, not as an escape such as `\S` or in a group's name.
fn plain_capital(pattern: &str) -> bool {
    let bytes = pattern.as_bytes();
    let plain = |at: usize| bytes[at].is_ascii_uppercase() && (at == 0 || bytes[at - 1] != b'\\');
    !pattern.contains("A-Z") && !pattern.contains("(?") && (0..bytes.len()).any(plain)
}

/// Lengths that exclude each other, or a content.
fn lengths(open: &OpenBuffer, warnings: &mut Vec<RuleProblem>) {
    let all = open.tests.iter().filter_map(|t| match t.test {
        ContentTest::Bsize(number) => Some((number, t.span.clone())),
        _ => None,
    });
    let (mut low, mut high) = (0, u64::MAX);
    let mut newest = None;
    for (number, span) in all {
        let (from, to) = match number {
            Number::Is(n) => (n, n),
            Number::Below(n) => (0, n.saturating_sub(1)),
            Number::Above(n) => (n.saturating_add(1), u64::MAX),
            Number::Between(a, b) => (a.saturating_add(1), b.saturating_sub(1)),
            Number::IsNot(_) => continue,
        };
        (low, high) = (low.max(from), high.min(to));
        newest = Some(span);
    }
    let Some(span) = newest else { return };
    let exact = |c: &Content| c.startswith && c.endswith && !c.negated;
    let longest = open.contents().filter(|(c, _)| !c.negated).map(|(c, _)| c.bytes.len()).max();
    let whole = open.contents().find(|(c, _)| exact(c)).map(|(c, _)| c.bytes.len() as u64);
    let misses = whole.is_some_and(|len| !(low..=high).contains(&len))
        || longest.is_some_and(|len| len as u64 > high);
    if low > high {
        warn(warnings, "never-matches", span, words::NO_LENGTH, words::KEEP_ONE);
    } else if misses {
        warn(warnings, "never-matches", span, words::OTHER_LENGTH, words::CORRECT_BSIZE);
    }
}
