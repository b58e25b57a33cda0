//! What the fields of a form would mean: problems, the test, the cases, the text that would be deployed.

use super::state::{Form, What};
use crate::messages::{Lang, Text};
use crate::policy::{Edit, EditError, Field, Policy, RuleField, RulePlace, Thing};
use crate::workbench::{
    CaseChange, Derived, Session, case_changes, compiled_rules, deployed_row, rule_numbers,
    rules_using,
};

use super::field::{FormField, Key};

/// Rules whose text is shown, at most: more is not read, and costs time at each key.
const MOST_RULES: usize = 12;

/// What the fields of a form would mean.
#[derive(Debug, Default)]
pub struct Preview {
    /// What is wrong, and the field it is about.
    pub problem: Option<(usize, Text)>,
    /// What would be deployed: for a rule its own text, for something else that of the rules which use it.
    pub rules: Vec<Deployed>,
    /// How many rules use it beyond those.
    pub more: usize,
    /// What would become of the test.
    pub sentence: Option<Text>,
    /// The cases that would change.
    pub changes: Vec<CaseChange>,
}

/// A piece of what would be deployed.
#[derive(Debug, Default)]
pub struct Deployed {
    /// The number and name of the rule, where it is not the one that the form is about.
    pub head: Option<(usize, String)>,
    /// Its text.
    pub lines: Vec<String>,
}

impl Preview {
    /// What the form means as it is, nothing changed.
    pub fn of_now(form: &Form, session: &Session) -> Self {
        let mut preview = Self::default();
        preview.deploy(form, session.policy(), session.derived(), None);
        preview
    }

    /// What `edit` would mean.
    pub fn of(form: &Form, session: &Session, edit: &Edit) -> Self {
        let (policy, derived) = match session.preview(edit) {
            Ok(preview) => preview,
            Err(error) => {
                let problem = Some((field_of(form, session, &error), error.words()));
                return Self { problem, ..Self::default() };
            }
        };
        let before = (session.policy(), session.derived().cases.as_slice());
        let problem = problem(form, session.derived(), &policy, &derived);
        let sentence = derived.answer();
        let mut preview = Self {
            problem,
            sentence: sentence.map(|answer| answer.sentence.clone()),
            changes: case_changes(before, (&policy, &derived.cases)),
            ..Self::default()
        };
        preview.deploy(form, &policy, &derived, form.name().as_deref());
        preview
    }

    fn deploy(&mut self, form: &Form, policy: &Policy, derived: &Derived, name: Option<&str>) {
        let texts = |at: RulePlace| -> Vec<String> {
            compiled_rules(&derived.compiled, at).map(|rule| rule.text.clone()).collect()
        };
        let thing = match &form.what {
            What::Rule(at) | What::NewRule(at) => {
                let lines = texts(*at);
                if !lines.is_empty() {
                    self.rules = vec![Deployed { head: None, lines }];
                }
                return;
            }
            What::Thing(thing) => name.map_or_else(|| thing.clone(), |name| thing.called(name)),
            What::NewThing(thing) => form.placed(thing, policy),
        };
        if let Thing::StatelessRow(at) = thing {
            let lines = deployed_row(policy, at);
            self.rules = lines.into_iter().map(|lines| Deployed { head: None, lines }).collect();
            return;
        }
        let users = rules_using(policy, &thing);
        self.more = users.len().saturating_sub(MOST_RULES);
        let numbers = rule_numbers(policy, &users[..users.len().min(MOST_RULES)]);
        self.rules = numbers
            .into_iter()
            .map(|(number, at)| {
                let name = policy.rule(at).map(|rule| rule.name.value.clone());
                Deployed { head: Some((number, name.unwrap_or_default())), lines: texts(at) }
            })
            .collect();
    }
}

/// What the compiler says of the rule, or of another one because of it, and the field that takes keys.
fn problem(
    form: &Form,
    before: &Derived,
    policy: &Policy,
    derived: &Derived,
) -> Option<(usize, Text)> {
    let (What::Rule(at) | What::NewRule(at)) = form.what else { return None };
    let span = policy.row_span(at).unwrap_or_default();
    let inside = |d: &&crate::diagnostic::Diagnostic| {
        d.is_error() && d.place.as_ref().is_some_and(|p| span.contains(&p.span.start))
    };
    let count = |of: &Derived, code| {
        of.diagnostics.iter().filter(|d| d.is_error() && d.code == code).count()
    };
    let name = policy.rule(at).map(|rule| format!("`{}`", rule.name.value));
    // A number that two rules have is told of the one that comes last.
    let of_another = |d: &&crate::diagnostic::Diagnostic| {
        d.is_error()
            && name.as_ref().is_some_and(|name| d.message.say(Lang::English).contains(name))
            && count(derived, d.code) > count(before, d.code)
    };
    let all = &derived.diagnostics;
    let found = all.iter().find(inside).or_else(|| all.iter().find(of_another));
    found.map(|d| (form.at, d.message.clone()))
}

/// The field that a refusal is about: the one that is refused alone, or the one that is missing,
/// or else the one being typed.
fn field_of(form: &Form, session: &Session, error: &EditError) -> usize {
    let refused_alone = |f: &FormField| match (&form.what, f.key, f.changed()) {
        (What::Rule(at), Key::Rule(field), Some(text)) => {
            session.check(&Edit::SetRule { at: *at, fields: vec![(field, text)] }).is_err()
        }
        (What::Thing(thing), Key::Of(field, _), Some(text)) => {
            let fields = vec![(field, text)];
            session.check(&Edit::Set { thing: thing.clone(), fields }).is_err()
        }
        (What::Rule(_) | What::Thing(_), ..) => false,
        (What::NewRule(_) | What::NewThing(_), ..) => {
            let text = f.edit.text();
            let said = error.to_string();
            // A refusal names the whole text, an entry of it, or the list of an entry.
            let entries = text.split(',').chain([text.as_str()]).map(str::trim);
            let mut names = entries.flat_map(|e| [e, e.strip_prefix("list:").unwrap_or(e)]);
            names.any(|name| !name.is_empty() && said.contains(&format!("`{name}`")))
        }
    };
    let needed = |f: &FormField| match f.key {
        Key::Rule(field) => matches!(field, RuleField::Name | RuleField::To),
        Key::Of(field, _) => {
            !matches!(field, Field::Except | Field::Of | Field::Note | Field::Dst | Field::Accept)
        }
        Key::Group => false,
    };
    let missing = |f: &FormField| needed(f) && f.edit.text().trim().is_empty();
    let is_new = matches!(form.what, What::NewRule(_) | What::NewThing(_));
    let empty = form.fields.iter().position(missing).filter(|_| is_new);
    form.fields.iter().position(refused_alone).or(empty).unwrap_or(form.at)
}
