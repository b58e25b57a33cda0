use super::apply::{field_text, split};
use super::{
    Batch, Beside, Edit, Field, FieldKind, Policy, Rule, RuleDraft, RuleField, RulePlace, Thing,
    thing_texts,
};
use crate::messages::{Text, edit as say, marks, suggest, thing as words};

impl Edit {
    /// The edit in words, as the undo line and a list of offers name it. `policy` is the one it applies to.
    #[must_use]
    pub fn words(&self, policy: &Policy) -> Text {
        match self {
            Self::MoveRule { from, to } => move_rule(policy, *from, *to),
            Self::InsertRule { at, rule } => insert_rule(policy, *at, rule),
            Self::DuplicateRule { at, .. } => say::duplicate(name(policy, *at)),
            Self::RemoveRule { at } => say::delete_rule(name(policy, *at)),
            Self::SetRule { at, fields } => match policy.rule(*at) {
                Some(rule) => set_rule(rule, fields),
                None => say::change_rule(say::SOMETHING, &[]),
            },
            Self::Set { thing, fields } => set_thing(policy, thing, fields),
            Self::Add { thing, fields } => {
                let name = fields.iter().find(|(field, _)| *field == Field::Name);
                words::add(thing.kind_word(), name.map_or("", |(_, text)| text.trim()))
            }
            Self::Remove { thing } => {
                let name = thing.name(policy).unwrap_or(say::SOMETHING);
                words::delete(thing.kind_word(), name)
            }
            Self::Several { what, .. } => several(policy, *what),
            Self::Splice { .. } => say::put_back(),
        }
    }
}

fn name(policy: &Policy, at: RulePlace) -> &str {
    policy.rule(at).map_or(say::SOMETHING, |rule| &rule.name.value)
}

/// Says what is done with all of them.
fn several(policy: &Policy, what: Batch) -> Text {
    let group = |at: usize| {
        policy.rule_groups.get(at).map_or(say::SOMETHING, |group| group.name.value.as_str())
    };
    match what {
        Batch::Move { rules, to, across, beside } => {
            let other = across.then(|| group(to));
            match beside {
                Some(Beside::Above(row)) => marks::moved_above(rules, name(policy, row), other),
                Some(Beside::Below(row)) => marks::moved_below(rules, name(policy, row), other),
                None => marks::moved_to(rules, group(to)),
            }
        }
        Batch::Copy(rules, to) => marks::copied(rules, group(to)),
        Batch::Remove(rules) => marks::deleted(rules),
        Batch::Enable(rules) => marks::enabled(rules),
        Batch::Disable(rules) => marks::disabled(rules),
        Batch::Space(gap) => marks::spaced(gap),
        Batch::FromLogs(rules) => suggest::added(rules),
    }
}

/// Says what the new rule does, and beside which one it will stand.
fn insert_rule(policy: &Policy, at: RulePlace, rule: &RuleDraft) -> Text {
    let text = |field: RuleField| {
        let given = rule.fields.iter().find(|(f, _)| *f == field);
        given.map(|(_, text)| text.as_str())
    };
    let fields = [RuleField::Action, RuleField::From, RuleField::To].map(text);
    let Some(group) = policy.rule_groups.get(at.group) else { return say::add_rule(rule.name()) };
    let beside = |at: usize| group.rules.get(at).map(|rule| rule.name.value.as_str());
    let place = match (beside(at.rule), at.rule.checked_sub(1).and_then(beside)) {
        (Some(above), _) => say::Beside::Above(above),
        (None, Some(below)) => say::Beside::Below(below),
        (None, None) => say::Beside::InGroup(&group.name.value),
    };
    match fields {
        [Some(action), Some(from), Some(to)] => {
            let (protocols, ports) = (text(RuleField::Protocols), text(RuleField::Ports));
            let row = say::Row { action, from, to, protocols, ports };
            say::add_row(rule.name(), place, row)
        }
        _ => say::add_rule(rule.name()),
    }
}

/// Says beside which rule it will stand: above the one it passes on its way up, below that on its way down.
fn move_rule(policy: &Policy, from: RulePlace, to: RulePlace) -> Text {
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

fn set_rule(rule: &Rule, fields: &[(RuleField, Option<String>)]) -> Text {
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
        | RuleField::Expires
        | RuleField::Accept => None,
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

/// Says what becomes of a thing; entries that a list gains or loses by name.
fn set_thing(policy: &Policy, thing: &Thing, fields: &[(Field, Option<String>)]) -> Text {
    let name = thing.name(policy).unwrap_or(say::SOMETHING);
    let texts = thing_texts(policy, thing).unwrap_or_default();
    let before = |field: Field| {
        let at = thing.fields().iter().position(|(f, _)| *f == field);
        at.and_then(|at| texts.get(at)).map_or("", String::as_str)
    };
    let words: Vec<&str> = fields.iter().map(|(field, _)| field.word()).collect();
    let other = || words::change(thing.kind_word(), name, &words);
    let [(field, after)] = fields else { return other() };
    let after = after.as_deref().unwrap_or_default().trim();
    let change = || Entries::between(before(*field), after);
    let said = match (thing, field) {
        (_, Field::Name) => Some(words::rename(thing.kind_word(), name, after)),
        (Thing::Group(_), Field::Priority) => Some(say::group_priority(name, after)),
        (Thing::Policy, Field::DefaultActions) => {
            let change = change();
            let said = change.said(say::to_default_actions, say::from_default_actions);
            let other =
                || say::other_default_actions(&change.less.join(", "), &change.more.join(", "));
            Some(said.unwrap_or_else(other))
        }
        (Thing::Source(_), Field::Cidrs | Field::Of) => {
            change().said(|e| say::to_source(e, name), |e| say::from_source(e, name))
        }
        (Thing::List(_), Field::Names) => {
            change().said(|e| say::to_list(e, name), |e| say::from_list(e, name))
        }
        (_, field) if thing.kind_of(*field).is_some_and(FieldKind::is_list) => change().said(
            |e| words::more(e, thing.kind_word(), name),
            |e| words::less(e, thing.kind_word(), name),
        ),
        _ => None,
    };
    said.unwrap_or_else(other)
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
    fn said(&self, more: impl Fn(&str) -> Text, less: impl Fn(&str) -> Text) -> Option<Text> {
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
        RuleField::Accept => "accept",
        RuleField::Suricata => "suricata",
    }
}
