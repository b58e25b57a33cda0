use crate::net::Action;
use crate::policy::{Rule, RuleBody, RuleField, field_text as text};

/// The fields of a hand-written rule.
pub const HAND_FIELDS: [RuleField; 8] = [
    RuleField::Name,
    RuleField::Suricata,
    RuleField::Enabled,
    RuleField::Note,
    RuleField::Ticket,
    RuleField::Owner,
    RuleField::Expires,
    RuleField::Accept,
];

/// The fields that apply to `rule`.
#[must_use]
pub const fn rule_fields(rule: &Rule) -> &'static [RuleField] {
    match rule.body {
        RuleBody::Match(_) => &RuleField::OF_MATCH,
        RuleBody::Suricata(_) => &HAND_FIELDS,
    }
}

/// What a field of `rule` says, as a form holds it; nothing where the file says nothing.
#[must_use]
pub fn field_text(rule: &Rule, field: RuleField) -> String {
    let text = text(rule, field).unwrap_or_default();
    if field == RuleField::Suricata { text.trim_end().to_owned() } else { text }
}

/// What a rule does: for a hand-written one, what its first line does.
#[must_use]
pub fn rule_action(rule: &Rule) -> Option<Action> {
    match &rule.body {
        RuleBody::Match(row) => Some(row.action),
        RuleBody::Suricata(hand) => {
            let line =
                hand.text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'))?;
            Action::from_word(line.split_whitespace().next()?)
        }
    }
}
