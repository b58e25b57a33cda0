use super::complete::{candidates, completed};
use crate::messages::{Lang, screen as say};
use crate::policy::{Edit, EditError, RuleDraft, RuleField, RulePlace};
use crate::tui::app::App;
use crate::tui::overlay::Overlay;
use crate::tui::pane::rules::Selection;
use crate::tui::text_edit::TextEdit;
use crate::workbench::{
    CaseChange, HAND_FIELDS, Session, case_changes, compiled_rules, field_text, fresh_sid,
    rule_fields,
};

/// The form of a rule.
#[derive(Debug)]
pub struct RuleForm {
    /// Whether the rule exists or is to be made.
    pub what: What,
    /// The fields.
    pub fields: Vec<FormField>,
    /// The field that takes keys.
    pub at: usize,
    /// What the fields would mean.
    pub preview: Preview,
    /// Whether it was said that `esc` would lose what is typed.
    warned: bool,
}

/// What a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The rule at this place.
    Rule(RulePlace),
    /// A new rule for this place.
    New(RulePlace),
}

/// A field of a form.
#[derive(Debug)]
pub struct FormField {
    /// Which one.
    pub field: RuleField,
    /// What is typed.
    pub edit: TextEdit,
    was: String,
}

/// What the fields of a form would mean.
#[derive(Debug, Default)]
pub struct Preview {
    /// What is wrong, and the field it is about.
    pub problem: Option<(usize, String)>,
    /// What the rule would be compiled to.
    pub rules: Vec<String>,
    /// What would become of the test.
    pub sentence: Option<String>,
    /// The cases that would change.
    pub changes: Vec<CaseChange>,
}

impl FormField {
    fn new(field: RuleField, text: String) -> Self {
        let edit = if field == RuleField::Suricata {
            TextEdit::lines(&text)
        } else {
            TextEdit::line(&text)
        };
        // What a line cannot hold, such as a note of several lines, is unchanged until it is typed over.
        Self { field, was: edit.text(), edit }
    }

    fn changed(&self) -> Option<Option<String>> {
        let text = self.edit.text();
        let given = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        (text != self.was).then_some(given)
    }
}

impl RuleForm {
    /// A form with what the rule at `at` says.
    #[must_use]
    pub fn of_rule(session: &Session, at: RulePlace) -> Option<Self> {
        let rule = session.policy().rule(at)?;
        let field = |&field: &RuleField| FormField::new(field, field_text(rule, field));
        let fields = rule_fields(rule).iter().map(field).collect();
        Some(Self::begin(session, What::Rule(at), fields))
    }

    /// A form for a new rule at `at`, in the words of the policy or by hand.
    #[must_use]
    pub fn new_rule(session: &Session, at: RulePlace, by_hand: bool) -> Self {
        let sid = fresh_sid(session.policy(), &session.derived().compiled, at.group);
        let sid = sid.map(|sid| sid.to_string()).unwrap_or_default();
        let text = |field: RuleField| match field {
            RuleField::Action => say::new_rule::ACTION.to_owned(),
            RuleField::From => say::new_rule::FROM.to_owned(),
            RuleField::Sid => sid.clone(),
            RuleField::Suricata => say::new_rule::suricata(&sid),
            _ => String::new(),
        };
        let all: &[RuleField] = if by_hand { &HAND_FIELDS } else { &RuleField::OF_MATCH };
        let fields = all.iter().map(|&field| FormField::new(field, text(field))).collect();
        Self::begin(session, What::New(at), fields)
    }

    fn begin(session: &Session, what: What, fields: Vec<FormField>) -> Self {
        let mut form = Self { what, fields, at: 0, preview: Preview::default(), warned: false };
        form.look(session);
        form
    }

    /// The text that takes keys.
    pub fn edit(&mut self) -> &mut TextEdit {
        &mut self.fields[self.at].edit
    }

    /// Whether a text of several lines takes keys: there `enter` and the arrows belong to it.
    #[must_use]
    pub fn is_in_lines(&self) -> bool {
        self.fields[self.at].edit.has_lines()
    }

    /// Where the rule stands or will stand.
    #[must_use]
    pub const fn place(&self) -> RulePlace {
        match self.what {
            What::Rule(place) | What::New(place) => place,
        }
    }

    /// Goes to another field, round and round.
    pub fn step(&mut self, by: isize) {
        let count = self.fields.len();
        self.at = self.at.wrapping_add(count).wrapping_add_signed(by) % count;
    }

    /// Completes the word in the field, or goes to the next field.
    pub fn complete(&mut self, session: &Session) {
        let field = &mut self.fields[self.at];
        match completed(field.field, &field.edit.text(), &candidates(session, field.field)) {
            Some(text) => {
                field.edit.set(&text);
                self.look(session);
            }
            None => self.step(1),
        }
    }

    /// The edit that the fields amount to; `None` where nothing is changed.
    #[must_use]
    pub fn change(&self) -> Option<Edit> {
        match self.what {
            What::Rule(at) => {
                let fields: Vec<_> =
                    self.fields.iter().filter_map(|f| Some((f.field, f.changed()?))).collect();
                (!fields.is_empty()).then_some(Edit::SetRule { at, fields })
            }
            What::New(at) => {
                let given = |f: &FormField| (f.field, f.edit.text().trim().to_owned());
                let fields = self.fields.iter().map(given).filter(|(_, text)| !text.is_empty());
                Some(Edit::InsertRule { at, rule: RuleDraft { fields: fields.collect() } })
            }
        }
    }

    /// Looks what the fields would mean.
    pub fn look(&mut self, session: &Session) {
        self.warned = false;
        self.preview = match self.change() {
            None => Preview {
                rules: compiled_rules(&session.derived().compiled, self.place())
                    .map(|rule| rule.text.clone())
                    .collect(),
                ..Preview::default()
            },
            Some(edit) => self.preview_of(session, &edit),
        };
    }

    fn preview_of(&self, session: &Session, edit: &Edit) -> Preview {
        let (policy, derived) = match session.preview(edit) {
            Ok(preview) => preview,
            Err(error) => {
                let problem = Some((self.field_of(session, &error), error.to_string()));
                return Preview { problem, ..Preview::default() };
            }
        };
        let before = (session.policy(), session.derived().cases.as_slice());
        let span =
            policy.rule(self.place()).map(|rule| rule.place.span.clone()).unwrap_or_default();
        let problem = derived.diagnostics.iter().find(|d| {
            d.is_error() && d.place.as_ref().is_some_and(|p| span.contains(&p.span.start))
        });
        let sentence = derived.answer();
        Preview {
            problem: problem.map(|d| (self.at, d.message.say(Lang::English).to_owned())),
            rules: compiled_rules(&derived.compiled, self.place())
                .map(|r| r.text.clone())
                .collect(),
            sentence: sentence.map(|answer| answer.sentence.say(Lang::English).to_owned()),
            changes: case_changes(before, (&policy, &derived.cases)),
        }
    }

    /// The field that a refusal is about: the one that is refused alone, or the one that is missing,
    /// or else the one being typed.
    fn field_of(&self, session: &Session, error: &EditError) -> usize {
        let refused_alone = |f: &FormField| match (self.what, f.changed()) {
            (What::Rule(at), Some(text)) => {
                session.check(&Edit::SetRule { at, fields: vec![(f.field, text)] }).is_err()
            }
            (What::Rule(_), None) => false,
            (What::New(_), _) => {
                let text = f.edit.text();
                !text.trim().is_empty() && error.to_string().contains(&format!("`{}`", text.trim()))
            }
        };
        let missing = |f: &FormField| {
            matches!(f.field, RuleField::Name | RuleField::To) && f.edit.text().trim().is_empty()
        };
        let empty =
            self.fields.iter().position(missing).filter(|_| matches!(self.what, What::New(_)));
        self.fields.iter().position(refused_alone).or(empty).unwrap_or(self.at)
    }

    /// Whether closing the form would lose typed text and this was not said yet.
    #[must_use]
    pub fn would_lose_text(&self) -> bool {
        !self.warned && self.fields.iter().any(|field| field.changed().is_some())
    }

    /// It is said now that closing the form loses what is typed.
    pub const fn warn(&mut self) {
        self.warned = true;
    }
}

/// Makes the edit and selects the rule; the form stays open when it is refused.
pub fn accept(app: &mut App, mut form: Box<RuleForm>) {
    if let Some((field, why)) = form.preview.problem.clone() {
        form.at = field;
        app.fail(say::form_has_problem(&why));
        app.overlays.push(Overlay::Rule(form));
        return;
    }
    let Some(edit) = form.change() else { return };
    if app.apply(&edit) {
        app.panes.rules.select(Selection::Rule(form.place()));
    } else {
        app.overlays.push(Overlay::Rule(form));
    }
}
