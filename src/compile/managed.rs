//! Rule groups that AWS or a partner keeps: nobody knows their rules, so nobody can tell what they would decide.

use super::Origin;
use super::forms::escaped;
use super::output::Output;
use super::sids;
use crate::policy::RuleGroup;
use crate::suricata::{NotModelled, NotModelledKind, RuleOption, parse_rules};

/// Adds two rules that stand for the group: each packet might be passed or dropped by it, and it cannot be told.
pub(super) fn add_managed(index: usize, group: &RuleGroup, out: &mut Output<'_>) {
    let arn = group.managed.clone().unwrap_or_default();
    let first = sids::MANAGED + 2 * u32::try_from(index).unwrap_or_default();
    for (sid, action) in (first..).zip(["pass", "drop"]) {
        let name = escaped(&group.name.value);
        let text = format!("{action} ip any any -> any any (msg:\"{name}\"; sid:{sid}; rev:1;)");
        for mut parsed in parse_rules(&text).rules {
            parsed.rule.options.push(RuleOption::NotModelled(NotModelled {
                keyword: "managed",
                value: arn.clone(),
                kind: NotModelledKind::Packet,
            }));
            out.push(Origin::Managed(index), parsed.rule);
        }
    }
}
