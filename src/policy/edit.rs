use thiserror::Error;

use super::{Field, Thing};
use crate::messages::{Lang, Text, policy as say};

/// The place of a rule: group and position in the order of the file, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RulePlace {
    /// Index into [`super::Policy::rule_groups`].
    pub group: usize,
    /// Index into the group's rules; for a target of a move, the index it will have.
    pub rule: usize,
}

/// A field of a rule that a form can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleField {
    /// `name`.
    Name,
    /// `action`.
    Action,
    /// `from`, entries with commas.
    From,
    /// `to`, entries with commas.
    To,
    /// `protocols`, entries with commas.
    Protocols,
    /// `ports`, entries with commas.
    Ports,
    /// `log`: `true` or nothing.
    Log,
    /// `enabled`: `false` or nothing.
    Enabled,
    /// `sid`.
    Sid,
    /// `note`.
    Note,
    /// `ticket`.
    Ticket,
    /// `owner`.
    Owner,
    /// `expires`.
    Expires,
    /// `accept`: findings that are as they should be, entries with commas.
    Accept,
    /// `suricata`: the text of a hand-written rule.
    Suricata,
}

impl RuleField {
    /// The fields of a rule in the words of the policy, in the order a form shows them.
    pub const OF_MATCH: [Self; 14] = [
        Self::Name,
        Self::Action,
        Self::From,
        Self::To,
        Self::Protocols,
        Self::Ports,
        Self::Log,
        Self::Enabled,
        Self::Sid,
        Self::Note,
        Self::Ticket,
        Self::Owner,
        Self::Expires,
        Self::Accept,
    ];
}

/// A rule to be inserted: its fields as a form holds them, in the order they are to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleDraft {
    /// Field and text; an empty text is left out.
    pub fields: Vec<(RuleField, String)>,
}

/// A change of a policy. Reversible: applying one returns the edit that undoes it, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Takes the rule at `from` and puts it where it will have the place `to`, comments and all.
    MoveRule {
        /// Where it is.
        from: RulePlace,
        /// Where it will be, counted after it was taken out.
        to: RulePlace,
    },
    /// Puts a new rule at `at`; what stood there moves down.
    InsertRule {
        /// Where it will be.
        at: RulePlace,
        /// What it says.
        rule: RuleDraft,
    },
    /// Puts a copy of the rule right below it, under a new name and without a sid.
    DuplicateRule {
        /// The rule to copy.
        at: RulePlace,
        /// The copy's name.
        name: String,
    },
    /// Takes the rule out, with the comments that belong to it.
    RemoveRule {
        /// Where it is.
        at: RulePlace,
    },
    /// Sets or (with `None`) removes fields of a rule.
    SetRule {
        /// The rule.
        at: RulePlace,
        /// Fields with their new text.
        fields: Vec<(RuleField, Option<String>)>,
    },
    /// Sets or (with `None`) removes fields of something; what names it follows a new name.
    Set {
        /// What.
        thing: Thing,
        /// Fields with their new text.
        fields: Vec<(Field, Option<String>)>,
    },
    /// Puts something new where it will be `thing`.
    Add {
        /// What it will be; a set or a reference with the name that is among the fields.
        thing: Thing,
        /// Fields and texts; an empty text is left out.
        fields: Vec<(Field, String)>,
    },
    /// Takes something out, with the comments that belong to it; refused while something names it.
    Remove {
        /// What.
        thing: Thing,
    },
    /// Makes edits one after another, as one; each is about the policy that the one before leaves.
    Several {
        /// The edits, none of them several.
        edits: Vec<Edit>,
        /// What they are together.
        what: super::Batch,
    },
    /// Puts bytes back: what undoing any edit amounts to.
    Splice {
        /// The pieces to replace, in the order of the text, none touching another's bytes.
        pieces: Vec<Splice>,
    },
}

/// A piece of the text and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes to replace.
    pub range: std::ops::Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// Why an edit was refused; the document is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// No such rule, group or case.
    #[error("{}", say::no_such_place().say(Lang::English))]
    NoSuchPlace,
    /// The text would no longer be a valid policy: the first problem it would have.
    #[error("{}", .0.say(Lang::English))]
    Refused(Text),
}

impl EditError {
    /// Why it was refused, for a person.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::NoSuchPlace => say::no_such_place(),
            Self::Refused(why) => why.clone(),
        }
    }
}

impl RuleDraft {
    /// The name it will have, or nothing yet.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.fields.iter().find(|(field, _)| *field == RuleField::Name);
        name.map_or("", |(_, text)| text)
    }
}
