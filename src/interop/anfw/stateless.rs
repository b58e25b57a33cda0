//! Stateless groups as AWS's objects.

use super::shapes::{
    Address, MatchAttributes, PortRange, RuleDefinition, StatelessRule,
    StatelessRulesAndCustomActions, TcpFlags,
};
use crate::compile::{StatelessOrigin, stateless_networks};
use crate::net::{FlagTest, StatelessAction, TCP_FLAGS};
use crate::policy::{At, Endpoint, Policy, StatelessRow};

/// The word that AWS has for an action.
pub(super) const fn action(action: StatelessAction) -> &'static str {
    match action {
        StatelessAction::Pass => "aws:pass",
        StatelessAction::Drop => "aws:drop",
        StatelessAction::Forward => "aws:forward_to_sfe",
    }
}

/// The rules of a group that are switched on, in order.
pub(super) fn rules(policy: &Policy, rows: &[StatelessOrigin]) -> StatelessRulesAndCustomActions {
    StatelessRulesAndCustomActions {
        stateless_rules: rows.iter().filter_map(|origin| stateless_rule(policy, *origin)).collect(),
        custom_actions: Vec::new(),
    }
}

/// A row as AWS's API has it; nothing where it is switched off.
#[must_use]
pub fn stateless_rule(policy: &Policy, origin: StatelessOrigin) -> Option<StatelessRule> {
    let row = policy.stateless_row(origin.place).filter(|row| row.enabled)?;
    Some(StatelessRule {
        rule_definition: RuleDefinition {
            match_attributes: attributes(policy, row),
            actions: vec![action(row.action).to_owned()],
        },
        priority: origin.priority,
    })
}

/// What a row asks. AWS wants one end at least: where both are any, the source is written out.
///
/// Source: error of the API, `Sources, Destinations cannot be null or empty`.
fn attributes(policy: &Policy, row: &StatelessRow) -> MatchAttributes {
    let list = |ends: &[At<Endpoint>]| -> Vec<Address> {
        let nets = stateless_networks(policy, ends);
        nets.iter().map(|net| Address { address_definition: net.to_string() }).collect()
    };
    let ports = |ranges: &[(u16, u16)]| -> Vec<PortRange> {
        ranges.iter().map(|&(from_port, to_port)| PortRange { from_port, to_port }).collect()
    };
    let (mut sources, destinations) = (list(&row.from), list(&row.to));
    if sources.is_empty() && destinations.is_empty() {
        let everywhere = ["0.0.0.0/0", "::/0"];
        sources = everywhere.map(|net| Address { address_definition: net.to_owned() }).to_vec();
    }
    MatchAttributes {
        sources,
        destinations,
        source_ports: ports(&row.source_ports),
        destination_ports: ports(&row.ports),
        protocols: row.protocols.clone(),
        tcp_flags: row.tcp_flags.iter().map(flags).collect(),
        other: serde_json::Map::new(),
    }
}

/// Without masks AWS looks at all flags.
fn flags(test: &FlagTest) -> TcpFlags {
    let names = |bits: u8| -> Vec<String> {
        let set = TCP_FLAGS.iter().filter(|(_, bit)| bits & bit != 0);
        set.map(|(name, _)| (*name).to_owned()).collect()
    };
    let masks = if test.masks == u8::MAX { Vec::new() } else { names(test.masks) };
    TcpFlags { flags: names(test.flags), masks }
}
