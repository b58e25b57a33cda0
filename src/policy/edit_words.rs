use super::apply::{field_text, list_text, policy_text, source_text, split};
use super::{
    Edit, GroupField, Policy, PolicyField, Rule, RuleDraft, RuleField, RulePlace, SourceField,
};
use crate::messages::edit as say;

impl Edit {
    /// The edit in words, as the undo line and a list of offers name it. `policy` is the one it applies to.
    #[must_use]
    pub fn words(&self, policy: &Policy) -> String {
        match self {
            Self::MoveRule { from, to } => move_rule(policy, *from, *to),
            Self::InsertRule { at, rule } => insert_rule(policy, *at, rule),
            Self::DuplicateRule { at, .. } => say::duplicate(name(policy, *at)),
            Self::RemoveRule { at } => say::delete_rule(name(policy, *at)),
            Self::SetRule { at, fields } => match policy.rule(*at) {
                Some(rule) => set_rule(rule, fields),
                None => say::change_rule(say::SOMETHING, &[]),
            },
            Self::SetGroup { group, field, value } => {
                let name = policy.rule_groups.get(*group).map(|g| g.name.value.as_str());
                let name = name.unwrap_or(say::SOMETHING);
                match (field, value) {
                    (GroupField::Priority, Some(priority)) => say::group_priority(name, priority),
                    _ => say::change_group(name),
                }
            }
            Self::SetPolicy { fields } => set_policy(policy, fields),
            Self::SetSource { source, fields } => set_source(policy, *source, fields),
            Self::SetList { list, names } => match policy.domain_lists.get(*list) {
                Some(list) => {
                    let change = Entries::between(&list_text(list), names);
                    let name = &list.name.value;
                    change
                        .said(|e| say::to_list(e, name), |e| say::from_list(e, name))
                        .unwrap_or_else(|| say::change_list(name))
                }
                None => say::change_list(say::SOMETHING),
            },
            Self::AddCase { name, .. } => say::add_case(name),
            Self::RemoveCase { case } => {
                let case = policy.cases.get(*case).map(|case| case.name.value.as_str());
                say::delete_case(case.unwrap_or(say::SOMETHING))
            }
            Self::Splice { .. } => say::put_back(),
        }
    }
}

fn name(policy: &Policy, at: RulePlace) -> &str {
    policy.rule(at).map_or(say::SOMETHING, |rule| &rule.name.value)
}

/// Says what the new rule does, and beside which one it will stand.
fn insert_rule(policy: &Policy, at: RulePlace, rule: &RuleDraft) -> String {
    let text = |field: RuleField| {
        let given = rule.fields.iter().find(|(f, _)| *f == field);
        given.map(|(_, text)| text.as_str())
    };
    let fields = [RuleField::Action, RuleField::From, RuleField::To].map(text);
    let only = [text(RuleField::Protocols), text(RuleField::Ports)];
    let Some(group) = policy.rule_groups.get(at.group) else { return say::add_rule(rule.name()) };
    let beside = |at: usize| group.rules.get(at).map(|rule| rule.name.value.as_str());
    let place = match (beside(at.rule), at.rule.checked_sub(1).and_then(beside)) {
        (Some(above), _) => say::above(above),
        (None, Some(below)) => say::below(below),
        (None, None) => say::in_group(&group.name.value),
    };
    match fields {
        [Some(action), Some(from), Some(to)] => {
            say::add_row(rule.name(), &place, &say::row(action, from, to, only))
        }
        _ => say::add_rule(rule.name()),
    }
}

/// Says beside which rule it will stand: above the one it passes on its way up, below that on its way down.
fn move_rule(policy: &Policy, from: RulePlace, to: RulePlace) -> String {
    let moved = name(policy, from);
    let Some(group) = policy.rule_groups.get(to.group) else { return say::moved(moved) };
    let here = from.group == to.group;
    let rule = |at: usize| group.rules.get(at).map(|rule| rule.name.value.as_str());
    let (above, below) = if here && to.rule > from.rule {
        (None, rule(to.rule))
    } else {
        (rule(to.rule), to.rule.checked_sub(1).and_then(rule))
    };
    let group = (!here).then_some(group.name.value.as_str());
    match (above, below) {
        (Some(above), _) => say::moved_above(moved, above, group),
        (None, Some(below)) => say::moved_below(moved, below, group),
        (None, None) => group.map_or_else(|| say::moved(moved), |g| say::moved_to(moved, g)),
    }
}

fn set_rule(rule: &Rule, fields: &[(RuleField, Option<String>)]) -> String {
    let name = &rule.name.value;
    let before = |field| field_text(rule, field).unwrap_or_default();
    let [(field, after)] = fields else {
        let fields: Vec<&str> = fields.iter().map(|(field, _)| word(*field)).collect();
        return say::change_rule(name, &fields);
    };
    let text = after.as_deref().unwrap_or_default();
    let entries = || Entries::between(&before(*field), text);
    let said = match field {
        RuleField::Enabled if text == "false" => Some(say::disable(name)),
        RuleField::Enabled => Some(say::enable(name)),
        RuleField::Action => Some(say::action(name, &before(*field), text)),
        RuleField::From => {
            entries().said(|e| say::to_sources(e, name), |e| say::from_sources(e, name))
        }
        RuleField::To => {
            entries().said(|e| say::to_targets(e, name), |e| say::from_targets(e, name))
        }
        RuleField::Ports if before(*field).is_empty() || text.is_empty() => None,
        RuleField::Ports => {
            entries().said(|e| say::to_ports(e, name), |e| say::from_ports(e, name))
        }
        RuleField::Protocols if before(*field).is_empty() || text.is_empty() => None,
        RuleField::Protocols => {
            entries().said(|e| say::to_protocols(e, name), |e| say::from_protocols(e, name))
        }
        RuleField::Name
        | RuleField::Log
        | RuleField::Sid
        | RuleField::Note
        | RuleField::Ticket
        | RuleField::Owner
        | RuleField::Expires => None,
        RuleField::Suricata => {
            let before = before(*field);
            other_action(&before, text).map(|(before, after)| say::action(name, before, after))
        }
    };
    said.unwrap_or_else(|| say::change_rule(name, &[word(*field)]))
}

/// The actions of the one line that differs in nothing else.
fn other_action<'a>(before: &'a str, after: &'a str) -> Option<(&'a str, &'a str)> {
    let (before, after) = (before.lines(), after.lines());
    let mut changed = before.zip(after).filter(|(a, b)| a != b);
    let (before, after) = changed.next()?;
    let one = changed.next().is_none();
    let (before, rest) = before.trim_start().split_once(' ')?;
    let (after, same) = after.trim_start().split_once(' ')?;
    (one && rest == same && before != after).then_some((before, after))
}

fn set_policy(policy: &Policy, fields: &[(PolicyField, Option<String>)]) -> String {
    match fields {
        [(PolicyField::DefaultActions, after)] => {
            let before = policy_text(policy, PolicyField::DefaultActions);
            let change = Entries::between(&before, after.as_deref().unwrap_or_default());
            change.said(say::to_default_actions, say::from_default_actions).unwrap_or_else(|| {
                say::other_default_actions(&change.less.join(", "), &change.more.join(", "))
            })
        }
        _ => {
            let fields: Vec<&str> = fields.iter().map(|(field, _)| field.word()).collect();
            say::change_policy(&fields)
        }
    }
}

fn set_source(policy: &Policy, source: usize, fields: &[(SourceField, Option<String>)]) -> String {
    let Some(source) = policy.sources.get(source) else {
        return say::change_source(say::SOMETHING);
    };
    let name = &source.name.value;
    let said = match fields {
        [(field @ (SourceField::Cidrs | SourceField::Of), after)] => {
            let before = source_text(source, *field).unwrap_or_default();
            Entries::between(&before, after.as_deref().unwrap_or_default())
                .said(|e| say::to_source(e, name), |e| say::from_source(e, name))
        }
        _ => None,
    };
    said.unwrap_or_else(|| say::change_source(name))
}

/// The entries that a list gains and loses.
struct Entries {
    more: Vec<String>,
    less: Vec<String>,
}

impl Entries {
    fn between(before: &str, after: &str) -> Self {
        let (before, after) = (split(before), split(after));
        let without = |from: &[String], other: &[String]| {
            from.iter().filter(|e| !other.contains(e)).cloned().collect()
        };
        Self { more: without(&after, &before), less: without(&before, &after) }
    }

    /// What it gains or loses in words; nothing where it does both.
    fn said(&self, more: impl Fn(&str) -> String, less: impl Fn(&str) -> String) -> Option<String> {
        match (self.more.is_empty(), self.less.is_empty()) {
            (false, true) => Some(more(&self.more.join(", "))),
            (true, false) => Some(less(&self.less.join(", "))),
            _ => None,
        }
    }
}

/// The field as the file names it.
const fn word(field: RuleField) -> &'static str {
    match field {
        RuleField::Name => "name",
        RuleField::Action => "action",
        RuleField::From => "from",
        RuleField::To => "to",
        RuleField::Protocols => "protocols",
        RuleField::Ports => "ports",
        RuleField::Log => "log",
        RuleField::Enabled => "enabled",
        RuleField::Sid => "sid",
        RuleField::Note => "note",
        RuleField::Ticket => "ticket",
        RuleField::Owner => "owner",
        RuleField::Expires => "expires",
        RuleField::Suricata => "suricata",
    }
}
