use crate::net::{Action, Sid};
use crate::suricata::{BitOp, BitOption, Rule, RuleOption};

/// What action order sorts rules by.
pub(super) type Key = (u8, u8, u8, u32, Sid);

/// What action order sorts a rule by.
pub(super) fn key(rule: &Rule) -> Key {
    (action(rule.action), flowbits(rule), xbits(rule), rule.priority, rule.sid)
}

/// The rules, by their places, in the order in which action order asks them.
///
/// It sorts by action, by what a rule does with flowbits, then with xbits, by priority, by sid.
/// Source: Suricata 7.0.10, `detect-engine-sigorder.c`; measured.
pub(super) fn action_order(rules: impl Iterator<Item = (Key, usize)>) -> Vec<usize> {
    let mut rules: Vec<(Key, usize)> = rules.collect();
    // Of rules with the same sid the one that is written first.
    rules.sort();
    rules.into_iter().map(|(_, place)| place).collect()
}

const fn action(action: Action) -> u8 {
    match action {
        Action::Pass => 0,
        Action::Drop => 1,
        Action::Reject => 2,
        Action::Alert => 3,
    }
}

/// Rules that set come before rules that set and read, these before readers, these before all others.
fn flowbits(rule: &Rule) -> u8 {
    let bits = |option: &RuleOption| match option {
        RuleOption::Flowbits(BitOption { op, .. }) => Some(*op),
        _ => None,
    };
    let sets = rule.options.iter().filter_map(bits).any(|op| !op.reads());
    let reads = rule.options.iter().filter_map(bits).any(BitOp::reads);
    match (sets, reads) {
        (true, false) => 0,
        (true, true) => 1,
        (false, true) => 2,
        (false, false) => 3,
    }
}

/// For xbits only readers are told apart (`SCSigGetXbitsType` compares with another keyword's type).
fn xbits(rule: &Rule) -> u8 {
    let reads =
        rule.options.iter().any(|o| matches!(o, RuleOption::Xbits(bits, _) if bits.op.reads()));
    u8::from(!reads)
}
