//! What an edit means, to be compared with what was read after its splices.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entries::{field_text, given};
use super::given::meant;
use super::plan::FieldsOf;
use crate::policy::same::same_rule;
use crate::policy::thing::{forget, rename, thing_texts};
use crate::policy::{Edit, Field, Policy, Rule, RuleField, RuleGroup, RulePlace, Rules, Thing};

/// Whether `after` is what `edit` of `before` means; a splice means its bytes.
///
/// `rows`: whether nothing but rows was read again, so that all else of `after` is that of `before`.
pub fn is_meant(before: &Policy, edit: &Edit, after: &Policy, rows: bool) -> bool {
    let is = match edit {
        Edit::Splice { .. } => Some(true),
        // A document applies them one by one, and each of them is compared.
        Edit::Several { .. } => None,
        Edit::Set { thing, fields } => is_set(before, (thing, fields), after),
        Edit::Add { thing, fields } => is_added(before, (thing, fields), after),
        Edit::Remove { thing } => {
            let mut expected = before.clone();
            forget(&mut expected, thing).map(|()| same(&expected, after, &[]))
        }
        Edit::MoveRule { .. }
        | Edit::InsertRule { .. }
        | Edit::DuplicateRule { .. }
        | Edit::RemoveRule { .. }
        | Edit::SetRule { .. } => RulesMeant::of(before, edit).map(|meant| meant.is(after, rows)),
    };
    is.unwrap_or(false)
}

/// Whether `after` is what setting fields of several rules, each once, of `before` means.
pub fn are_set(before: &Policy, rules: &[FieldsOf<'_>], after: &Policy, rows: bool) -> bool {
    let mut meant = RulesMeant::unchanged(before);
    rules.iter().all(|(at, fields)| meant.set_rule(*at, fields).is_some()) && meant.is(after, rows)
}

fn is_set(
    before: &Policy,
    (thing, fields): (&Thing, &[(Field, Option<String>)]),
    after: &Policy,
) -> Option<bool> {
    let mut set = Vec::new();
    let mut renamed = None;
    for (field, text) in fields {
        let text = meant(thing, *field, text.as_deref().unwrap_or_default())?;
        if *field == Field::Name && thing.name(before) != Some(text.as_str()) {
            renamed = Some(text);
        } else {
            set.push((*field, text));
        }
    }
    let now = renamed.as_ref().map_or_else(|| thing.clone(), |name| thing.called(name));
    let set: Vec<(Thing, Field, String)> =
        set.into_iter().map(|(field, text)| (now.clone(), field, text)).collect();
    let Some(name) = renamed else { return Some(same(before, after, &set)) };
    let mut expected = before.clone();
    rename(&mut expected, thing, &name)?;
    Some(same(&expected, after, &set))
}

fn is_added(
    before: &Policy,
    (thing, fields): (&Thing, &[(Field, String)]),
    after: &Policy,
) -> Option<bool> {
    let text = |field: Field| {
        let given = fields.iter().find(|(f, _)| *f == field);
        meant(thing, field, given.map_or("", |(_, text)| text))
    };
    let wanted: Option<Vec<String>> =
        thing.fields().iter().map(|(field, _)| text(*field)).collect();
    let is_so = wanted == thing_texts(after, thing) && wanted.is_some();
    let no_rules = match thing {
        Thing::Group(at) => after.rule_groups.get(*at)?.rules.is_empty(),
        Thing::StatelessGroup(at) => after.stateless.rule_groups.get(*at)?.rules.is_empty(),
        _ => true,
    };
    let mut others = after.clone();
    forget(&mut others, thing)?;
    Some(is_so && no_rules && same(before, &others, &[]))
}

/// Whether two policies say the same but for what is `set`, wherever their files say it.
fn same(before: &Policy, after: &Policy, set: &[(Thing, Field, String)]) -> bool {
    let groups = before.rule_groups.iter().zip(&after.rule_groups);
    same_things(before, after, set) && { groups }.all(|(a, b)| same_rules(&a.rules, &b.rules))
}

/// Whether two groups have rules that say the same.
fn same_rules(a: &Rules, b: &Rules) -> bool {
    let same = |(a, b): (&Arc<Rule>, &Arc<Rule>)| Arc::ptr_eq(a, b) || same_rule(a, b);
    a.are_those(b) || a.len() == b.len() && a.shared().iter().zip(b.shared()).all(same)
}

/// Whether everything beside the rules is the same but for what is `set`.
fn same_things(before: &Policy, after: &Policy, set: &[(Thing, Field, String)]) -> bool {
    let things = Thing::all(before);
    let texts = |thing: &Thing| {
        let mut texts = thing_texts(before, thing)?;
        for (_, field, text) in set.iter().filter(|(of, ..)| of == thing) {
            let at = thing.fields().iter().position(|(f, _)| f == field)?;
            texts[at].clone_from(text);
        }
        Some(texts)
    };
    things == Thing::all(after)
        && things.iter().all(|thing| texts(thing) == thing_texts(after, thing))
}

/// The rules that an edit of them means, as differences to those before.
struct RulesMeant<'a> {
    before: &'a Policy,
    /// Those of the groups that it changes.
    groups: BTreeMap<usize, Vec<RuleMeant<'a>>>,
    /// What the cases say that name a rule which is called otherwise afterwards.
    deciders: Vec<(Thing, Field, String)>,
}

/// A rule: one that was there, with these fields set.
struct RuleMeant<'a> {
    base: Option<&'a Arc<Rule>>,
    set: Vec<(RuleField, Option<String>)>,
}

impl<'a> RulesMeant<'a> {
    /// The rules as they are.
    const fn unchanged(before: &'a Policy) -> Self {
        Self { before, groups: BTreeMap::new(), deciders: Vec::new() }
    }

    /// The rules of a group.
    fn group(&mut self, group: usize) -> Option<&mut Vec<RuleMeant<'a>>> {
        let rules = self.before.rule_groups.get(group)?.rules.shared();
        let rule = |rule: &'a Arc<Rule>| RuleMeant { base: Some(rule), set: Vec::new() };
        Some(self.groups.entry(group).or_insert_with(|| rules.iter().map(rule).collect()))
    }

    /// What `edit` means for the policy `before`; `None` where it has no place in it.
    fn of(before: &'a Policy, edit: &'a Edit) -> Option<Self> {
        let mut meant = Self::unchanged(before);
        match edit {
            Edit::MoveRule { from, to } => meant.move_rule(*from, *to)?,
            Edit::InsertRule { at, rule } => {
                let set = rule.fields.iter().map(|(f, text)| (*f, given_text(*f, Some(text))));
                meant.insert(*at, RuleMeant { base: None, set: set.collect() })?;
            }
            Edit::DuplicateRule { at, name } => {
                let set = vec![
                    (RuleField::Name, given_text(RuleField::Name, Some(name))),
                    (RuleField::Sid, None),
                ];
                let base = before.rule_groups.get(at.group)?.rules.shared().get(at.rule);
                let below = RulePlace { rule: at.rule + 1, ..*at };
                meant.insert(below, RuleMeant { base, set })?;
            }
            Edit::RemoveRule { at } => {
                before.rule(*at)?;
                meant.group(at.group)?.remove(at.rule);
            }
            Edit::SetRule { at, fields } => meant.set_rule(*at, fields)?,
            Edit::Set { .. }
            | Edit::Add { .. }
            | Edit::Remove { .. }
            | Edit::Several { .. }
            | Edit::Splice { .. } => return None,
        }
        Some(meant)
    }

    fn insert(&mut self, at: RulePlace, rule: RuleMeant<'a>) -> Option<()> {
        let rules = self.group(at.group)?;
        (at.rule <= rules.len()).then(|| rules.insert(at.rule, rule))
    }

    fn move_rule(&mut self, from: RulePlace, to: RulePlace) -> Option<()> {
        let rule = &self.before.rule(from)?.name.value;
        let taken = self.group(from.group)?.remove(from.rule);
        self.insert(to, taken)?;
        let name = |group: usize| &self.before.rule_groups[group].name.value;
        self.rename(&format!("{}/{rule}", name(from.group)), &format!("{}/{rule}", name(to.group)));
        Some(())
    }

    fn set_rule(&mut self, at: RulePlace, fields: &[(RuleField, Option<String>)]) -> Option<()> {
        let group = &self.before.rule_groups.get(at.group)?.name.value;
        let old = &self.before.rule(at)?.name.value;
        for (field, text) in fields {
            let text = given_text(*field, text.as_deref());
            if let (RuleField::Name, Some(new)) = (field, &text) {
                self.rename(old, new);
                self.rename(&format!("{group}/{old}"), &format!("{group}/{new}"));
            }
            self.group(at.group)?.get_mut(at.rule)?.set.push((*field, text));
        }
        Some(())
    }

    /// Lets cases that say `from` decides say `to`.
    fn rename(&mut self, from: &str, to: &str) {
        let cases = self.before.cases.iter().enumerate();
        let named = cases.filter(|(_, case)| case.by.as_deref() == Some(from));
        self.deciders.extend(named.map(|(at, _)| (Thing::Case(at), Field::By, to.to_owned())));
    }

    /// Whether `after` is the policy that is meant.
    fn is(&self, after: &Policy, rows: bool) -> bool {
        let is = |(meant, rule): (&RuleMeant<'_>, &Arc<Rule>)| meant.is(rule);
        let group = |(index, (before, after)): (usize, (&RuleGroup, &RuleGroup))| {
            let (before, after) = (&before.rules, &after.rules);
            match self.groups.get(&index) {
                None => same_rules(before, after),
                Some(meant) => {
                    meant.len() == after.len() && meant.iter().zip(after.shared()).all(is)
                }
            }
        };
        let same = rows && self.deciders.is_empty();
        let groups = self.before.rule_groups.iter().zip(&after.rule_groups);
        self.before.rule_groups.len() == after.rule_groups.len()
            && groups.enumerate().all(group)
            && (same || same_things(self.before, after, &self.deciders))
    }
}

/// What a form's text means; a text that is refused never gets this far.
fn given_text(field: RuleField, text: Option<&str>) -> Option<String> {
    given(field, text).ok().flatten().map(|given| given.meant)
}

impl RuleMeant<'_> {
    fn is(&self, rule: &Arc<Rule>) -> bool {
        if let (Some(base), true) = (self.base, self.set.is_empty()) {
            return Arc::ptr_eq(base, rule) || same_rule(base, rule);
        }
        RuleField::OF_MATCH.into_iter().chain([RuleField::Suricata]).all(|field| {
            let set = self.set.iter().rev().find(|(f, _)| *f == field);
            let meant = match set {
                Some((_, text)) => text.clone(),
                None => self.base.and_then(|base| field_text(base, field)),
            };
            meant == field_text(rule, field)
        })
    }
}
