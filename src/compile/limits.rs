//! What AWS accepts: sizes of rules and groups, and words that it refuses in hand-written rules.
//!
//! Source: AWS Network Firewall quotas and the developer guide's limitations for Suricata rules; errors of the API.

use std::collections::BTreeMap;

use super::Origin;
use super::output::Done;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::{Text, Words, compile as say};
use crate::net::{Action, RuleOrder};
use crate::policy::{Policy, RuleBody, RulePlace};
use crate::suricata::{HeaderProtocol, Rule, Variables, variable_names};

/// Characters of a rule with its variables written out: 8,192, less what AWS adds to each rule.
const RULE_LENGTH: usize = 8_175;
/// Rules of a group, and of a policy unless AWS raises it.
pub const RULES: usize = 30_000;
/// Groups of one kind in a policy, those that others keep among them.
pub const GROUPS: usize = 20;
/// Bytes of a group's rules.
pub const GROUP_BYTES: usize = 2_000_000;
/// The same in a template.
///
/// Source: schema of `AWS::NetworkFirewall::RuleGroup`, `RulesString`.
pub const TEMPLATE_BYTES: usize = 1_000_000;
/// Characters of a resource's name.
///
/// Source: AWS Network Firewall API reference, `ResourceName`: 1 to 128 of `[a-zA-Z0-9-]`.
pub const NAME_LENGTH: usize = 128;

/// Keywords that AWS does not support at all.
const REFUSED: [&str; 23] = [
    "dataset",
    "datarep",
    "iprep",
    "lua",
    "luajit",
    "filestore",
    "filename",
    "file.name",
    "fileext",
    "filemagic",
    "file.magic",
    "filemd5",
    "filesha1",
    "filesha256",
    "filesize",
    "file.data",
    "file_data",
    "detection_filter",
    "tag",
    "hostbits",
    "gid",
    "enip_command",
    "cip_service",
];
/// Keywords that AWS's guide lists as not supported, thresholds and bits kept for addresses, while AWS's best-practice guide for
/// the firewall uses them in its rules (both read in November 2026).
const DOUBTED: [&str; 2] = ["threshold", "xbits"];
/// Protocols that AWS does not support.
const REFUSED_PROTOCOLS: [&str; 5] = ["enip", "ftp-data", "ike", "ikev2", "sctp"];
/// Keywords of which one must stand beside an expression.
const BESIDE_PCRE: [&str; 6] =
    ["content", "tls.sni", "http.host", "dns.query", "http.uri", "uricontent"];

/// The capacity units of each group; what stands around the rows counts to the group that is asked first or last.
pub(super) fn capacity(policy: &Policy, order: &[usize], done: &Done) -> Vec<usize> {
    let mut capacity: Vec<usize> = done.sizes.iter().map(|(rules, _)| *rules).collect();
    capacity.resize(policy.rule_groups.len(), 0);
    // They stand before all rows, and behind them.
    let is_row = |origin: &&Origin| matches!(origin, Origin::Rule(_));
    let preamble = done.origins.iter().take_while(|origin| **origin == Origin::Preamble).count();
    let tail = done.origins.iter().rev().take_while(|origin| !is_row(origin));
    let tail = tail.filter(|origin| **origin == Origin::Tail).count();
    let first = order.iter().copied().find(|g| policy.rule_groups[*g].managed.is_none());
    for (group, count) in [(first, preamble), (last_group(policy, order), tail)] {
        if let Some(group) = group {
            capacity[group] += count;
        }
    }
    capacity
}

/// The group in which the tail is deployed: the last that is not kept by others.
pub(super) fn last_group(policy: &Policy, order: &[usize]) -> Option<usize> {
    order.iter().rev().copied().find(|&g| policy.rule_groups[g].managed.is_none())
}

/// Whether a group that is kept by others is asked after every group that is not; not where there are only such.
pub(super) fn is_below_all_own(policy: &Policy, order: &[usize], group: usize) -> bool {
    let rank = |group: usize| order.iter().position(|other| *other == group);
    last_group(policy, order).is_some_and(|last| rank(last) < rank(group))
}

/// Says where the policy exceeds what AWS accepts.
pub(super) fn check(policy: &Policy, capacity: &[usize], scopes: &[Variables], out: &mut Done) {
    let mut found = long_rules(policy, scopes, out);
    found.extend(big_groups(policy, capacity, out));
    found.extend(refused(policy, out));
    out.diagnostics.extend(found);
}

/// Whether AWS accepts a rule; one of a row in the words of the policy may be refused for its expression only, and its length.
pub(super) fn is_accepted(
    rule: &Rule,
    variables: &Variables,
    order: RuleOrder,
    by_hand: bool,
) -> bool {
    expanded_length(rule, variables) <= RULE_LENGTH
        && (!may_be_refused(rule, by_hand) || refusals(rule, order).is_empty())
}

/// Whether AWS may refuse a rule for what it asks: of what rows compile to, only an expression may stand where it refuses one.
fn may_be_refused(rule: &Rule, by_hand: bool) -> bool {
    by_hand || rule.text.contains("pcre:")
}

/// The first rule of each row that is too long.
fn long_rules(policy: &Policy, scopes: &[Variables], out: &Done) -> Vec<Diagnostic> {
    let mut found: Vec<(RulePlace, usize)> = Vec::new();
    for (rule, origin) in out.doubtful.iter().map(|at| (&out.rules[*at], &out.origins[*at])) {
        let Origin::Rule(place) = origin else { continue };
        let length = expanded_length(rule, &scopes[rule.scope]);
        if length > RULE_LENGTH && found.last().is_none_or(|(last, _)| last != place) {
            found.push((*place, length));
        }
    }
    let diagnostic = |(place, length): (RulePlace, usize)| {
        let message = say::rule_too_long(&policy.rule(place)?.name.value, length);
        let error = Diagnostic::error("rule-too-long", policy.name_place(place), message);
        Some(error.help(say::RULE_TOO_LONG_HELP))
    };
    found.into_iter().filter_map(diagnostic).collect()
}

/// Variables name variables no deeper than this.
const DEPTH: usize = 4;

/// Characters of a rule once its variables are written out.
fn expanded_length(rule: &Rule, variables: &Variables) -> usize {
    let header = &rule.header;
    let addresses = [&header.source, &header.destination].map(|e| (e, &variables.addresses));
    let ports = [&header.source_ports, &header.destination_ports].map(|e| (e, &variables.ports));
    let ends = addresses.into_iter().chain(ports);
    rule.text.chars().count() + ends.map(|(end, sets)| added(end, sets, DEPTH)).sum::<usize>()
}

/// How many characters more a field has once its variables are written out.
fn added(field: &str, sets: &BTreeMap<String, String>, depth: usize) -> usize {
    let Some(depth) = depth.checked_sub(1) else { return 0 };
    let more = |name: &str| {
        let value = sets.get(name)?;
        let length = value.chars().count() + added(value, sets, depth);
        Some(length.saturating_sub(name.len() + 1))
    };
    variable_names(field).filter_map(more).sum()
}

fn big_groups(policy: &Policy, capacity: &[usize], out: &Done) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let bytes = out.sizes.iter().map(|(_, bytes)| *bytes).chain(std::iter::repeat(0));
    for (group, (&count, bytes)) in policy.rule_groups.iter().zip(capacity.iter().zip(bytes)) {
        let at = group.name.place.clone();
        if count > RULES {
            let message = say::too_many_rules(Some(&group.name.value), count);
            found.push(Diagnostic::error("too-many-rules", at.clone(), message));
        }
        if bytes > GROUP_BYTES {
            let message = say::too_much_text(&group.name.value, bytes);
            found.push(Diagnostic::error("too-much-text", at, message));
        }
    }
    let all: usize = capacity.iter().sum();
    if all > RULES && found.is_empty() {
        let message = say::too_many_rules(None, all);
        found.push(Diagnostic::warning("too-many-rules", None, message));
    }
    found
}

/// What AWS refuses although the engine takes it.
fn refused(policy: &Policy, out: &Done) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut last: Option<RulePlace> = None;
    for &at in &out.doubtful {
        let (rule, span) = (&out.rules[at], out.spans.get(at));
        let Origin::Rule(place) = &out.origins[at] else { continue };
        let Some(row) = policy.rule(*place) else { continue };
        let at = match &row.body {
            RuleBody::Suricata(written) => {
                span.map_or_else(|| written.place.clone(), |span| written.in_row(span))
            }
            RuleBody::Match(_) if last == Some(*place) || !may_be_refused(rule, false) => continue,
            RuleBody::Match(_) => row.name.place.clone(),
        };
        last = Some(*place);
        let at = policy.place_in(*place, &at);
        for (message, help, sure) in refusals(rule, policy.rule_order) {
            let warning = Diagnostic::warning("refused-by-aws", at.clone(), message);
            let warning = warning.confidence(sure);
            found.push(match help {
                Some(help) => warning.help(help),
                None => warning,
            });
        }
    }
    found.dedup();
    found
}

/// What AWS refuses in a rule, whatever the rule order.
#[must_use]
pub fn refused_by_aws(rule: &Rule) -> Vec<Text> {
    refusals(rule, RuleOrder::Action).into_iter().map(|(said, ..)| said).collect()
}

fn refusals(rule: &Rule, order: RuleOrder) -> Vec<(Text, Option<Words>, Confidence)> {
    let keywords = keywords(&rule.text);
    let has = |word: &str| keywords.iter().any(|k| k == word);
    let sure = Confidence::High;
    let mut found = Vec::new();
    for word in &keywords {
        if order == RuleOrder::Strict && matches!(word.as_str(), "priority" | "classtype") {
            let help = say::KEYWORD_REFUSED_IN_STRICT_HELP;
            found.push((say::keyword_refused_in_strict(word), Some(help), sure));
        } else if DOUBTED.contains(&word.as_str()) {
            found.push((say::keyword_doubted(word), Some(say::ASK_AWS_HELP), Confidence::Medium));
        } else if REFUSED.contains(&word.as_str()) {
            found.push((say::keyword_refused(word), None, sure));
        }
    }
    if has("pcre") && !BESIDE_PCRE.iter().any(|k| has(k)) {
        found.push((say::PCRE_REFUSED.into(), Some(say::PCRE_REFUSED_HELP), sure));
    }
    let protocol = rule.header.protocol.word();
    if REFUSED_PROTOCOLS.contains(&protocol) {
        found.push((say::protocol_refused(protocol), None, sure));
    }
    let resets = matches!(
        rule.header.protocol,
        HeaderProtocol::Tcp | HeaderProtocol::TcpPkt | HeaderProtocol::TcpStream
    ) || ["http", "http1", "tls", "smb", "ssh", "smtp", "dcerpc"].contains(&protocol);
    if rule.action == Action::Reject && !resets {
        found.push((say::reject_refused(protocol), Some(say::REJECT_REFUSED_HELP), sure));
    }
    found
}

/// The keywords of a rule in lower case, in the order written.
fn keywords(text: &str) -> Vec<String> {
    let Some(open) = text.find('(') else { return Vec::new() };
    let mut found = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut escaped, mut in_word) = (false, false, true);
    for c in text[open + 1..].chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                if !word.trim().is_empty() {
                    found.push(word.trim().to_ascii_lowercase());
                }
                word.clear();
                in_word = true;
            }
            ':' if !quoted => in_word = false,
            c if in_word => word.push(c),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::keywords;

    #[test]
    fn keywords_are_told_from_what_is_quoted() {
        let text = r#"drop tcp any any -> any any (msg:"a; priority:1\" b"; PCRE:"/x;/"; classtype : bad; sid:1;)"#;
        assert_eq!(keywords(text), ["msg", "pcre", "classtype", "sid"]);
    }
}
