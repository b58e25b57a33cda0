//! What an edit means, to be compared with what was read after its splices.

use super::entries::{field_text, given, given_group, group_text};
use super::frame::FrameMeant;
use crate::policy::same::{same_case, same_group_frame, same_rule};
use crate::policy::{
    Case, CaseExpect, Edit, GroupField, Policy, Rule, RuleField, RuleGroup, RulePlace,
};

/// The policy that an edit means, as differences to the one before.
pub struct Meant<'a> {
    before: &'a Policy,
    frame: FrameMeant<'a>,
    groups: Vec<GroupMeant<'a>>,
    cases: Vec<CaseMeant<'a>>,
}

struct GroupMeant<'a> {
    group: &'a RuleGroup,
    set: Option<(GroupField, Option<String>)>,
    rules: Vec<RuleMeant<'a>>,
}

/// A rule: one that was there, with these fields set.
struct RuleMeant<'a> {
    base: Option<&'a Rule>,
    set: Vec<(RuleField, Option<String>)>,
}

/// A case: one that was there, with the rule that decides; or a new one.
enum CaseMeant<'a> {
    Kept { case: &'a Case, by: Option<String> },
    New { texts: [&'a str; 3], dst: Option<&'a str>, expect: CaseExpect, by: Option<&'a str> },
}

impl<'a> Meant<'a> {
    /// What `edit` means for the policy `before`; `None` where the edit has no place in it, or where it
    /// is a splice, which means its bytes.
    pub fn of(before: &'a Policy, edit: &'a Edit) -> Option<Self> {
        let mut meant = Self {
            before,
            frame: FrameMeant::same(before),
            groups: before.rule_groups.iter().map(GroupMeant::same).collect(),
            cases: before
                .cases
                .iter()
                .map(|case| CaseMeant::Kept { case, by: case.by.clone() })
                .collect(),
        };
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
                let base = before.rule(*at);
                let below = RulePlace { rule: at.rule + 1, ..*at };
                meant.insert(below, RuleMeant { base, set })?;
            }
            Edit::RemoveRule { at } => {
                before.rule(*at)?;
                meant.groups[at.group].rules.remove(at.rule);
            }
            Edit::SetRule { at, fields } => meant.set_rule(*at, fields)?,
            Edit::SetGroup { group, field, value } => {
                meant.set_group(*group, *field, value.as_deref())?
            }
            Edit::SetPolicy { fields } => meant.frame.set_policy(fields),
            Edit::SetSource { source, fields } => meant.frame.set_source(*source, fields)?,
            Edit::SetList { list, names } => meant.frame.set_list(*list, names)?,
            Edit::AddCase { name, from, url, dst, expect, by } => {
                let given = |text: &'a Option<String>| {
                    text.as_deref().map(str::trim).filter(|t| !t.is_empty())
                };
                meant.cases.push(CaseMeant::New {
                    texts: [name.trim(), from.trim(), url.trim()],
                    dst: given(dst),
                    expect: *expect,
                    by: given(by),
                });
            }
            Edit::RemoveCase { case } => {
                before.cases.get(*case)?;
                meant.cases.remove(*case);
            }
            Edit::Splice { .. } => return None,
        }
        Some(meant)
    }

    fn insert(&mut self, at: RulePlace, rule: RuleMeant<'a>) -> Option<()> {
        let rules = &mut self.groups.get_mut(at.group)?.rules;
        (at.rule <= rules.len()).then(|| rules.insert(at.rule, rule))
    }

    fn move_rule(&mut self, from: RulePlace, to: RulePlace) -> Option<()> {
        let rule = &self.before.rule(from)?.name.value;
        let taken = self.groups[from.group].rules.remove(from.rule);
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
            self.groups[at.group].rules[at.rule].set.push((*field, text));
        }
        Some(())
    }

    fn set_group(&mut self, group: usize, field: GroupField, value: Option<&str>) -> Option<()> {
        let old = self.before.rule_groups.get(group)?;
        let text = given_group(field, value).ok().flatten().map(|given| given.meant);
        if let (GroupField::Name, Some(new)) = (field, &text) {
            for rule in &old.rules {
                let rule = &rule.name.value;
                self.rename(&format!("{}/{rule}", old.name.value), &format!("{new}/{rule}"));
            }
        }
        self.groups[group].set = Some((field, text));
        Some(())
    }

    /// Lets cases that say `from` decides say `to`.
    fn rename(&mut self, from: &str, to: &str) {
        for case in &mut self.cases {
            if let CaseMeant::Kept { by: Some(by), .. } = case
                && by == from
            {
                to.clone_into(by);
            }
        }
    }

    /// Whether `after` is the policy that is meant.
    pub fn is(&self, after: &Policy) -> bool {
        self.frame.is(after)
            && self.groups.len() == after.rule_groups.len()
            && self.groups.iter().zip(&after.rule_groups).all(|(meant, group)| meant.is(group))
            && self.cases.len() == after.cases.len()
            && self.cases.iter().zip(&after.cases).all(|(meant, case)| meant.is(case))
    }
}

/// What a form's text means; a text that is refused never gets this far.
fn given_text(field: RuleField, text: Option<&str>) -> Option<String> {
    given(field, text).ok().flatten().map(|given| given.meant)
}

impl<'a> GroupMeant<'a> {
    fn same(group: &'a RuleGroup) -> Self {
        let rule = |rule: &'a Rule| RuleMeant { base: Some(rule), set: Vec::new() };
        Self { group, set: None, rules: group.rules.iter().map(rule).collect() }
    }

    fn is(&self, group: &RuleGroup) -> bool {
        let same = |field| {
            let meant = match &self.set {
                Some((set, value)) if *set == field => value.clone(),
                _ => group_text(self.group, field),
            };
            meant == group_text(group, field)
        };
        same_group_frame(self.group, group)
            && GroupField::ALL.into_iter().all(same)
            && self.rules.len() == group.rules.len()
            && self.rules.iter().zip(&group.rules).all(|(meant, rule)| meant.is(rule))
    }
}

impl RuleMeant<'_> {
    fn is(&self, rule: &Rule) -> bool {
        if let (Some(base), true) = (self.base, self.set.is_empty()) {
            return same_rule(base, rule);
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

impl CaseMeant<'_> {
    fn is(&self, case: &Case) -> bool {
        match self {
            Self::Kept { case: kept, by } => same_case(kept, case) && *by == case.by,
            Self::New { texts, dst, expect, by } => {
                [case.name.value.as_str(), &case.from, &case.url] == *texts
                    && case.dst.as_deref() == *dst
                    && case.expect == *expect
                    && case.by.as_deref() == *by
            }
        }
    }
}
