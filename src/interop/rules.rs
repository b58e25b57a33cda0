/// What a `.rules` file cannot say.
#[derive(Debug, Clone, Default)]
pub struct RulesOptions {
    /// x
    pub rule_order: crate::net::RuleOrder,
    /// x
    pub default_actions: Vec<String>,
    /// x
    pub home_net: Vec<String>,
    /// x
    pub vars: Vec<(String, String)>,
}

/// Turns the text of a `.rules` file into the text of a policy with one group of hand-written rules.
#[must_use]
pub fn rules_to_policy(_text: &str, _options: &RulesOptions) -> String {
    todo!()
}
