use crate::interop::StatelessRule;

/// A stateless rule as AWS's API has it, one attribute a line.
#[must_use]
pub fn stateless_json(rule: &StatelessRule) -> Vec<String> {
    let attributes = serde_json::json!(rule.rule_definition.match_attributes);
    let attributes = attributes.as_object().into_iter().flatten();
    let own = attributes.map(|(name, entries)| format!("      \"{name}\": {entries}"));
    let mut attributes: Vec<String> = own.collect();
    let last = attributes.len().saturating_sub(1);
    for line in &mut attributes[..last] {
        line.push(',');
    }
    let actions = serde_json::json!(rule.rule_definition.actions);
    let mut lines = vec![
        "{".to_owned(),
        format!("  \"Priority\": {},", rule.priority),
        "  \"RuleDefinition\": {".to_owned(),
        "    \"MatchAttributes\": {".to_owned(),
    ];
    lines.extend(attributes);
    lines.push("    },".to_owned());
    lines.push(format!("    \"Actions\": {actions}"));
    lines.extend(["  }", "}"].map(str::to_owned));
    lines
}

#[cfg(test)]
mod tests {
    use super::stateless_json;
    use crate::compile::stateless_rows;
    use crate::interop::stateless_rule;
    use crate::policy::Document;

    /// The rule that a row becomes, which is all there is in its policy.
    fn lines_of(row: &str) -> Vec<String> {
        let text = format!(
            "sekisho: 1\nname: t\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups: []\nstateless:\n  \
             rule_groups:\n    - {{name: g, priority: 1, rules: [{{name: r, {row}}}]}}\n"
        );
        let document = Document::read(text).unwrap();
        let (_, rows) = &stateless_rows(document.policy())[0];
        stateless_json(&stateless_rule(document.policy(), rows[0]).unwrap())
    }

    #[test]
    fn rule_is_json_with_one_line_for_each_attribute() {
        let lines = lines_of(
            "action: forward, to: 203.0.113.0/24, protocols: [tcp], tcp_flags: [{flags: [SYN], masks: [SYN, ACK]}]",
        );
        let value: serde_json::Value = serde_json::from_str(&lines.concat()).unwrap();
        let definition = &value["RuleDefinition"];
        assert_eq!(value["Priority"], 10);
        assert_eq!(definition["Actions"][0], "aws:forward_to_sfe");
        assert_eq!(definition["MatchAttributes"]["TCPFlags"][0]["Masks"][1], "ACK");
        assert!(lines.contains(&"      \"Protocols\": [6],".to_owned()), "{lines:?}");
        let anything = lines_of("action: pass, from: any").concat();
        assert!(serde_json::from_str::<serde_json::Value>(&anything).is_ok(), "{anything}");
    }
}
