use crate::net::Sid;
use crate::suricata::{BitOp, BitOption, Rule, RuleOption, RuleType, Ruleset};

/// Two rules that stock Suricata does not ask in strict order, though it matters: what one does to a variable, the other asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The rule that stands above and asks about the variable.
    pub reader: Sid,
    /// The rule that changes it.
    pub setter: Sid,
    /// The variable.
    pub variable: String,
}

/// The pairs of rules because of which a ruleset in strict order cannot be asked on stock Suricata.
///
/// Within a packet the engine asks in phases (ip-only rules, packet rules, transactions), and in each phase first the rules that
/// only set flow variables, then those that set and read or only read. Where a rule reads a variable above one that only sets it,
/// that is another order than the list's. Readers of `xbits` it asks before all setters.
///
/// Source: Suricata 7.0.10, `detect-engine-sigorder.c`, `detect.c`; measured.
#[must_use]
pub fn clashes(ruleset: &Ruleset) -> Vec<Clash> {
    let rules = ruleset.rules.iter().map(|rule| rule.as_ref()).enumerate();
    let touching: Vec<(usize, &Rule)> = rules.filter(|(_, rule)| touches_bits(rule)).collect();
    let mut clashes = Vec::new();
    for &(above, reader) in &touching {
        for &(below, setter) in &touching {
            if phase(reader.kind) != phase(setter.kind) || above == below {
                continue;
            }
            let turned = above < below && reads_flowbits(reader) && !reads_flowbits(setter);
            let flowbit = turned.then(|| shared(reader, setter, flowbits, |op, by| op != by));
            let variable =
                flowbit.flatten().or_else(|| shared(reader, setter, xbits, |_, _| false));
            if let Some(variable) = variable {
                clashes.push(Clash { reader: reader.sid, setter: setter.sid, variable });
            }
        }
    }
    clashes
}

/// Whether a rule asks about a flow variable.
pub(super) fn reads_flowbits(rule: &Rule) -> bool {
    rule.options.iter().filter_map(flowbits).any(|bits| bits.op.reads())
}

/// Whether a rule changes a flow variable.
pub(super) fn changes_flowbits(rule: &Rule) -> bool {
    rule.options.iter().filter_map(flowbits).any(|bits| !bits.op.reads())
}

const fn phase(kind: RuleType) -> u8 {
    match kind {
        RuleType::IpOnly => 0,
        RuleType::AppTx => 2,
        _ => 1,
    }
}

fn touches_bits(rule: &Rule) -> bool {
    rule.options.iter().any(|o| flowbits(o).or_else(|| xbits(o)).is_some())
}

const fn flowbits(option: &RuleOption) -> Option<&BitOption> {
    match option {
        RuleOption::Flowbits(bits) => Some(bits),
        _ => None,
    }
}

const fn xbits(option: &RuleOption) -> Option<&BitOption> {
    match option {
        RuleOption::Xbits(bits, _) => Some(bits),
        _ => None,
    }
}

/// A variable that `setter` changes and `reader` asks about, or changes in a way that `differs`.
fn shared(
    reader: &Rule,
    setter: &Rule,
    kind: fn(&RuleOption) -> Option<&BitOption>,
    differs: fn(BitOp, BitOp) -> bool,
) -> Option<String> {
    let asked = || reader.options.iter().filter_map(kind);
    for change in setter.options.iter().filter_map(kind).filter(|bits| !bits.op.reads()) {
        for name in &change.names {
            let matters = |bits: &BitOption| {
                bits.names.contains(name) && (bits.op.reads() || differs(bits.op, change.op))
            };
            if asked().any(matters) {
                return Some(name.clone());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::net::RuleOrder;
    use crate::suricata::parse_rules;

    fn found(lines: &[&str]) -> Vec<String> {
        let rules: Vec<Rule> =
            parse_rules(&lines.join("\n")).rules.into_iter().map(|p| p.rule).collect();
        assert_eq!(rules.len(), lines.len());
        clashes(&Ruleset::new(RuleOrder::Strict, rules, BTreeMap::new()))
            .into_iter()
            .map(|c| format!("{} reads {} of {}", c.reader, c.variable, c.setter))
            .collect()
    }

    const READ: &str = "drop tcp any any -> any any (flow:to_server; flowbits:isset,x; sid:1;)";
    const SET: &str = "alert tcp any any -> any any (flow:to_server; flowbits:set,x; sid:2;)";
    const SET_BY_NAME: &str =
        "alert tls any any -> any any (tls.sni; content:\"a\"; flowbits:set,x; sid:3;)";

    #[test]
    fn a_reader_above_a_setter_is_a_clash() {
        assert_eq!(found(&[READ, SET]), ["1 reads x of 2"]);
    }

    #[test]
    fn a_reader_below_a_setter_is_none() {
        assert!(found(&[SET, READ]).is_empty());
    }

    #[test]
    fn rules_of_different_phases_never_clash() {
        assert!(found(&[READ, SET_BY_NAME]).is_empty());
    }

    #[test]
    fn a_setter_that_reads_is_asked_in_its_place() {
        let both = "alert tcp any any -> any any (flow:to_server; flowbits:isnotset,x; flowbits:set,x; sid:4;)";
        assert!(found(&[READ, both]).is_empty());
    }

    #[test]
    fn readers_of_xbits_are_asked_first_wherever_they_stand() {
        let set = "alert tcp any any -> any any (flow:to_server; xbits:set,y,track ip_src; sid:5;)";
        let read =
            "drop tcp any any -> any any (flow:to_server; xbits:isset,y,track ip_src; sid:6;)";
        assert_eq!(found(&[set, read]), ["6 reads y of 5"]);
    }
}
