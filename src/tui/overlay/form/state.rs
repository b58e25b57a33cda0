use super::complete::{candidates, completed, in_rule};
use super::field::{FormField, Key};
use super::preview::Preview;
use crate::messages::screen as say;
use crate::policy::{Edit, Field, Policy, RuleDraft, RuleField, RulePlace, Thing, thing_texts};
use crate::tui::app::App;
use crate::tui::overlay::Overlay;
use crate::tui::pane::rules::Selection;
use crate::tui::text_edit::TextEdit;
use crate::workbench::{HAND_FIELDS, Session, field_text, fresh_priority, fresh_sid, rule_fields};

/// The form of a rule, or of anything else that a policy says.
#[derive(Debug)]
pub struct Form {
    /// What it is about.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The rule at this place.
    Rule(RulePlace),
    /// A new rule for this place.
    NewRule(RulePlace),
    /// Something else that is there.
    Thing(Thing),
    /// Something new; of a set the name is that of the field.
    NewThing(Thing),
}

impl Form {
    /// A form with what the rule at `at` says.
    #[must_use]
    pub fn of_rule(session: &Session, at: RulePlace) -> Option<Self> {
        let rule = session.policy().rule(at)?;
        let field = |&field: &RuleField| FormField::new(Key::Rule(field), &field_text(rule, field));
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
            RuleField::Sid => sid.clone(),
            RuleField::Suricata => say::new_rule::suricata(&sid),
            _ => String::new(),
        };
        let all: &[RuleField] = if by_hand { &HAND_FIELDS } else { &RuleField::OF_MATCH };
        let field = |&field: &RuleField| match field {
            RuleField::From => FormField::suggested(Key::Rule(field), say::new_rule::FROM),
            _ => FormField::new(Key::Rule(field), &text(field)),
        };
        Self::begin(session, What::NewRule(at), all.iter().map(field).collect())
    }

    /// A form with what a thing says.
    #[must_use]
    pub fn of_thing(session: &Session, thing: &Thing) -> Option<Self> {
        let texts = thing_texts(session.policy(), thing)?;
        let fields = thing.fields().iter().zip(&texts);
        let fields =
            fields.map(|((field, kind), text)| FormField::new(Key::Of(*field, *kind), text));
        Some(Self::begin(session, What::Thing(thing.clone()), fields.collect()))
    }

    /// A form for something new, where `thing` will be.
    #[must_use]
    pub fn new_thing(session: &Session, thing: &Thing) -> Self {
        let policy = session.policy();
        let text = |field: Field| match (thing, field) {
            (Thing::Group(_) | Thing::StatelessGroup(_), Field::Priority) => {
                fresh_priority(policy, thing).map(|p| p.to_string()).unwrap_or_default()
            }
            // A row that passes all packets would take them from the engine.
            (Thing::StatelessRow(_), Field::Action) => "forward".to_owned(),
            (Thing::StatelessRow(_), Field::From | Field::To) => "any".to_owned(),
            (Thing::Case(_), Field::From) => session.test().from.clone(),
            (Thing::Case(_), Field::Url) => session.test().url.clone(),
            (Thing::Case(_), Field::Dst) => session.test().dst.clone(),
            (Thing::Case(_), Field::Expect) => "pass".to_owned(),
            _ => String::new(),
        };
        let fields = thing.fields().iter();
        let mut fields: Vec<FormField> = fields
            .map(|(field, kind)| FormField::new(Key::Of(*field, *kind), &text(*field)))
            .collect();
        let owner = match thing {
            Thing::IpSet(owner, _) | Thing::PortSet(owner, _) => Some(*owner),
            Thing::Reference(group, _) => Some(Some(*group)),
            _ => None,
        };
        if let Some(owner) = owner {
            let group = owner.and_then(|group| policy.rule_groups.get(group));
            let name = group.map_or("", |group| group.name.value.as_str());
            fields.insert(1, FormField::new(Key::Group, name));
        }
        Self::begin(session, What::NewThing(thing.clone()), fields)
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

    /// Goes to another field, round and round.
    pub fn step(&mut self, by: isize) {
        let count = self.fields.len();
        self.at = self.at.wrapping_add(count).wrapping_add_signed(by) % count;
    }

    /// Completes the word in the field, or goes to the next field.
    pub fn complete(&mut self, session: &Session) {
        let (text, words) = self.completions(session);
        let field = &mut self.fields[self.at];
        match completed(field.key, &text, &words) {
            Some(longer) if field.key.is_rules() => {
                field.edit.insert(&longer[text.len()..]);
                self.look(session);
            }
            Some(longer) => {
                field.edit.set(&longer);
                self.look(session);
            }
            None => self.step(1),
        }
    }

    /// What is being typed, and the words that could go on from there.
    pub fn completions(&self, session: &Session) -> (String, Vec<String>) {
        let field = &self.fields[self.at];
        match &self.what {
            What::Rule(at) | What::NewRule(at) if field.key.is_rules() => {
                let before = field.edit.before_cursor();
                let words = in_rule(session.policy(), at.group, &before);
                (before, words)
            }
            _ => (field.edit.text(), candidates(session, field.key)),
        }
    }

    fn text_of(&self, key: impl Fn(Key) -> bool) -> Option<String> {
        let field = self.fields.iter().find(|f| key(f.key))?;
        Some(field.edit.text().trim().to_owned())
    }

    /// The name that is typed.
    pub fn name(&self) -> Option<String> {
        let name = self.text_of(|key| matches!(key, Key::Of(Field::Name, _)));
        name.filter(|name| !name.is_empty())
    }

    /// What a new thing will be: a set belongs to the group, and has the name, that is typed.
    pub fn placed(&self, thing: &Thing, policy: &Policy) -> Thing {
        let typed = self.text_of(|key| key == Key::Group).unwrap_or_default();
        let groups = || policy.rule_groups.iter();
        let group = groups().position(|group| group.name.value == typed);
        // A group that does not exist is a place that does not exist.
        let owner = if typed.is_empty() { None } else { Some(group.unwrap_or(usize::MAX)) };
        let name = self.name().unwrap_or_default();
        match thing {
            Thing::IpSet(..) => Thing::IpSet(owner, name),
            Thing::PortSet(..) => Thing::PortSet(owner, name),
            Thing::Reference(..) => Thing::Reference(owner.unwrap_or(usize::MAX), name),
            thing => thing.clone(),
        }
    }

    /// The edit that the fields amount to; `None` where nothing is changed.
    #[must_use]
    pub fn change(&self, policy: &Policy) -> Option<Edit> {
        let of = |key: Key| if let Key::Of(field, _) = key { Some(field) } else { None };
        let of_rule = |key: Key| if let Key::Rule(field) = key { Some(field) } else { None };
        match &self.what {
            What::Rule(at) => {
                let fields = self.fields.iter();
                let fields: Vec<(RuleField, Option<String>)> =
                    fields.filter_map(|f| Some((of_rule(f.key)?, f.changed()?))).collect();
                (!fields.is_empty()).then_some(Edit::SetRule { at: *at, fields })
            }
            What::NewRule(at) => {
                let given =
                    |f: &FormField| Some((of_rule(f.key)?, f.edit.text().trim().to_owned()));
                let fields = self.fields.iter().filter_map(given);
                let fields = fields.filter(|(_, text)| !text.is_empty()).collect();
                Some(Edit::InsertRule { at: *at, rule: RuleDraft { fields } })
            }
            What::Thing(thing) => {
                let fields = self.fields.iter();
                let fields: Vec<(Field, Option<String>)> =
                    fields.filter_map(|f| Some((of(f.key)?, f.changed()?))).collect();
                (!fields.is_empty()).then(|| Edit::Set { thing: thing.clone(), fields })
            }
            What::NewThing(thing) => {
                let given = |f: &FormField| Some((of(f.key)?, f.edit.text().trim().to_owned()));
                let fields = self.fields.iter().filter_map(given);
                let fields = fields.filter(|(_, text)| !text.is_empty()).collect();
                Some(Edit::Add { thing: self.placed(thing, policy), fields })
            }
        }
    }

    /// Looks what the fields would mean.
    pub fn look(&mut self, session: &Session) {
        self.warned = false;
        self.preview = match self.change(session.policy()) {
            None => Preview::of_now(self, session),
            Some(edit) => Preview::of(self, session, &edit),
        };
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

/// Makes the edit and selects what it is about; the form stays open when it is refused.
pub fn accept(app: &mut App, mut form: Box<Form>) {
    if let Some((field, why)) = form.preview.problem.clone() {
        form.at = field;
        app.fail(say::form_has_problem(&why));
        app.overlays.push(Overlay::Form(form));
        return;
    }
    let Some(edit) = form.change(app.session.policy()) else { return };
    if !app.apply(&edit) {
        app.overlays.push(Overlay::Form(form));
        return;
    }
    let thing = match &form.what {
        What::Rule(at) | What::NewRule(at) => {
            app.panes.rules.select(Selection::Rule(*at));
            return;
        }
        What::Thing(thing) => form.name().map_or_else(|| thing.clone(), |name| thing.called(&name)),
        What::NewThing(thing) => form.placed(thing, app.session.policy()),
    };
    if let (Thing::Case(at), What::NewThing(_)) = (&thing, &form.what) {
        app.panes.cases.selected = *at;
    }
    if let Some(Overlay::Definitions(view)) = app.overlays.last_mut() {
        view.select(app.session.policy(), &thing);
    }
}
