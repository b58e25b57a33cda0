//! A field of a form: which it is, what it is called, what it holds.

use crate::messages::screen as say;
use crate::messages::{Text, Words, thing as words};
use crate::policy::{Field, FieldKind, RuleField};
use crate::tui::text_edit::TextEdit;

/// Which field of which thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Of a rule.
    Rule(RuleField),
    /// Of something else, and what it can hold.
    Of(Field, FieldKind),
    /// The group that a new set is for; nothing: the policy.
    Group,
}

/// A field of a form.
#[derive(Debug)]
pub struct FormField {
    /// Which one.
    pub key: Key,
    /// What is typed.
    pub edit: TextEdit,
    was: String,
}

impl FormField {
    /// A field that holds `text`; a note that has several lines keeps them.
    pub fn new(key: Key, text: &str) -> Self {
        let text = if key.is_note() { text.trim_end_matches(['\n', '\r']) } else { text };
        let has_lines = key.is_rules() || (key.is_note() && text.contains('\n'));
        let edit = if has_lines { TextEdit::lines(text) } else { TextEdit::line(text) };
        Self { key, was: edit.text(), edit }
    }

    /// A field that holds a text which most replace.
    pub fn suggested(key: Key, text: &str) -> Self {
        Self { key, was: text.to_owned(), edit: TextEdit::suggested(text) }
    }

    /// What is typed, where that is something else than before; nothing where it is nothing.
    pub fn changed(&self) -> Option<Option<String>> {
        let text = self.edit.text();
        let given = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        (text != self.was).then_some(given)
    }
}

impl Key {
    /// Whether it holds rules in the engine's language.
    pub const fn is_rules(self) -> bool {
        matches!(self, Self::Rule(RuleField::Suricata))
    }

    const fn is_note(self) -> bool {
        matches!(self, Self::Rule(RuleField::Note) | Self::Of(_, FieldKind::Note))
    }

    /// Whether it holds entries with commas.
    pub const fn is_list(self) -> bool {
        match self {
            Self::Rule(field) => {
                matches!(field, RuleField::From | RuleField::To | RuleField::Protocols)
            }
            Self::Of(_, kind) => kind.is_list(),
            Self::Group => false,
        }
    }

    /// What it is called.
    pub fn label(self) -> Text {
        match self {
            Self::Rule(field) => Text::verbatim(label_of(field)),
            Self::Of(field, _) => Text::verbatim(field.word()),
            Self::Group => words::OF_GROUP.into(),
        }
    }

    /// What it is like while it is empty.
    pub const fn like(self) -> Words {
        match self {
            Self::Rule(field) => like_of(field),
            Self::Of(_, kind) => words::like(like_word(kind)),
            Self::Group => words::ALL_GROUPS,
        }
    }
}

/// The kind of a field as `messages` knows it.
const fn like_word(kind: FieldKind) -> words::Like {
    use words::Like;
    match kind {
        FieldKind::Key => Like::Name,
        FieldKind::Variable => Like::Variable,
        FieldKind::Title => Like::Title,
        FieldKind::Line => Like::Line,
        FieldKind::Note => Like::Note,
        FieldKind::RuleOrder => Like::RuleOrder,
        FieldKind::StreamPolicy => Like::StreamPolicy,
        FieldKind::DefaultActions => Like::DefaultActions,
        FieldKind::Nets => Like::Nets,
        FieldKind::Sources => Like::Sources,
        FieldKind::Domains => Like::Domains,
        FieldKind::Addresses => Like::Addresses,
        FieldKind::PortEntries => Like::PortEntries,
        FieldKind::Arn => Like::Arn,
        FieldKind::Priority => Like::Priority,
        FieldKind::StatelessAction => Like::StatelessAction,
        FieldKind::Ends => Like::Ends,
        FieldKind::IpProtocols => Like::IpProtocols,
        FieldKind::PortRanges => Like::PortRanges,
        FieldKind::TcpFlags => Like::TcpFlags,
        FieldKind::Enabled => Like::Enabled,
        FieldKind::Verdict => Like::Verdict,
        FieldKind::Decider => Like::Decider,
        FieldKind::Accept => Like::Accept,
    }
}

const fn label_of(field: RuleField) -> &'static str {
    match field {
        RuleField::Name => say::form::NAME,
        RuleField::Action => say::form::ACTION,
        RuleField::From => say::form::FROM,
        RuleField::To => say::form::TO,
        RuleField::Protocols => say::form::PROTOCOLS,
        RuleField::Ports => say::form::PORTS,
        RuleField::Log => say::form::LOG,
        RuleField::Enabled => say::form::ENABLED,
        RuleField::Sid => say::form::SID,
        RuleField::Note => say::form::NOTE,
        RuleField::Ticket => say::form::TICKET,
        RuleField::Owner => say::form::OWNER,
        RuleField::Expires => say::form::EXPIRES,
        RuleField::Accept => say::form::ACCEPT,
        RuleField::Suricata => say::form::SURICATA,
    }
}

const fn like_of(field: RuleField) -> Words {
    match field {
        RuleField::Name => say::like::NAME,
        RuleField::Action => say::like::ACTION,
        RuleField::From => say::like::FROM,
        RuleField::To => say::like::TO,
        RuleField::Protocols => say::like::PROTOCOLS,
        RuleField::Ports => say::like::PORTS,
        RuleField::Log => say::like::LOG,
        RuleField::Enabled => say::like::ENABLED,
        RuleField::Sid => say::like::SID,
        RuleField::Expires => say::like::EXPIRES,
        RuleField::Accept => say::like::ACCEPT,
        RuleField::Note | RuleField::Ticket | RuleField::Owner | RuleField::Suricata => {
            words::like(words::Like::Note)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::messages::{Lang, thing as words};
    use crate::policy::{StatelessPlace, Thing};

    #[test]
    fn every_field_of_a_thing_says_what_it_means() {
        let none = String::new;
        for thing in [
            Thing::Policy,
            Thing::Source(0),
            Thing::List(0),
            Thing::IpSet(None, none()),
            Thing::PortSet(None, none()),
            Thing::Reference(0, none()),
            Thing::Group(0),
            Thing::Stateless,
            Thing::StatelessGroup(0),
            Thing::StatelessRow(StatelessPlace { group: 0, rule: 0 }),
            Thing::Case(0),
        ] {
            for (field, _) in thing.fields() {
                let meaning = words::meaning(thing.kind_word(), field.word());
                for lang in Lang::ALL {
                    assert!(!meaning.say(lang).is_empty(), "{thing:?} {field:?} {lang:?}");
                }
            }
        }
    }
}
