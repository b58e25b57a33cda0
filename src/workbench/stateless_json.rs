use serde_json::{Value, json};

use crate::net::{FlagTest, IpSet, PortSet, StatelessAction, StatelessRule, TCP_FLAGS};

/// A stateless rule as AWS's API has it, in lines.
///
/// Source: AWS Network Firewall API reference, `StatelessRule`, `RuleDefinition`, `MatchAttributes`.
#[must_use]
pub fn stateless_json(rule: &StatelessRule, priority: u32) -> Vec<String> {
    let mut asks = serde_json::Map::new();
    let mut ask = |name: &str, entries: Vec<Value>| {
        if !entries.is_empty() {
            asks.insert(name.to_owned(), entries.into());
        }
    };
    ask("Sources", addresses(rule.sources.as_ref()));
    ask("Destinations", addresses(rule.destinations.as_ref()));
    ask("SourcePorts", ports(rule.source_ports.as_ref()));
    ask("DestinationPorts", ports(rule.destination_ports.as_ref()));
    ask("Protocols", rule.protocols.iter().map(|&number| json!(number)).collect());
    ask("TCPFlags", rule.tcp_flags.iter().map(|test| flags(*test)).collect());
    let action = match rule.action {
        StatelessAction::Pass => "aws:pass",
        StatelessAction::Drop => "aws:drop",
        StatelessAction::Forward => "aws:forward_to_sfe",
    };
    let own = |(name, entries): (&String, &Value)| format!("      \"{name}\": {entries}");
    let mut asks: Vec<String> = asks.iter().map(own).collect();
    let last = asks.len().saturating_sub(1);
    for line in &mut asks[..last] {
        line.push(',');
    }
    let mut lines = vec![
        "{".to_owned(),
        format!("  \"Priority\": {priority},"),
        "  \"RuleDefinition\": {".to_owned(),
        "    \"MatchAttributes\": {".to_owned(),
    ];
    lines.extend(asks);
    lines.push("    },".to_owned());
    lines.push(format!("    \"Actions\": [\"{action}\"]"));
    lines.extend(["  }", "}"].map(str::to_owned));
    lines
}

fn addresses(set: Option<&IpSet>) -> Vec<Value> {
    let nets = set.into_iter().flat_map(IpSet::cidrs);
    nets.map(|net| json!({ "AddressDefinition": net.to_string() })).collect()
}

fn ports(set: Option<&PortSet>) -> Vec<Value> {
    let ranges = set.into_iter().flat_map(PortSet::ranges);
    ranges.map(|(low, high)| json!({ "FromPort": low, "ToPort": high })).collect()
}

fn flags(test: FlagTest) -> Value {
    let names = |bits: u8| -> Vec<&str> {
        TCP_FLAGS.iter().filter(|(_, bit)| bits & bit != 0).map(|(name, _)| *name).collect()
    };
    match test.masks {
        u8::MAX => json!({ "Flags": names(test.flags) }),
        masks => json!({ "Flags": names(test.flags), "Masks": names(masks) }),
    }
}

#[cfg(test)]
mod tests {
    use super::stateless_json;
    use crate::net::{FlagTest, StatelessAction, StatelessRule};

    #[test]
    fn rule_is_json_with_one_line_for_each_attribute() {
        let rule = StatelessRule {
            protocols: vec![6],
            tcp_flags: vec![FlagTest { flags: 2, masks: 18 }],
            action: StatelessAction::Forward,
            ..StatelessRule::default()
        };
        let lines = stateless_json(&rule, 10);
        let value: serde_json::Value = serde_json::from_str(&lines.concat()).unwrap();
        let definition = &value["RuleDefinition"];
        assert_eq!(value["Priority"], 10);
        assert_eq!(definition["Actions"][0], "aws:forward_to_sfe");
        assert_eq!(definition["MatchAttributes"]["TCPFlags"][0]["Masks"][1], "ACK");
        assert!(lines.contains(&"      \"Protocols\": [6],".to_owned()), "{lines:?}");
        let anything = stateless_json(&StatelessRule::default(), 1).concat();
        assert!(serde_json::from_str::<serde_json::Value>(&anything).is_ok(), "{anything}");
    }
}
