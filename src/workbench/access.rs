//! Who can reach what, and which request reaches a row: questions as people write them, and answers in words.

use std::sync::atomic::AtomicBool;

use thiserror::Error;

use super::by_source::{Who, WhoError};
use super::flow_words::{FlowWords, FlowWriter, by_words, decider_words, outcome_word};
use super::row_named::row_named;
use crate::analysis::{
    Access, Between, Compared, Decider, Outcome, Reach, Reaches, access, overlap_words,
};
use crate::messages::{Lang, Text, access as say, flows as words, impact, overlap, request};
use crate::net::{DomainPattern, IpSet, NameError, Request, literal, parse_cidr, short};
use crate::policy::{Policy, RulePlace};

/// Why it cannot be told between whom access is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AccessError {
    /// Not a source.
    #[error(transparent)]
    From(#[from] WhoError),
    /// Neither a name nor an address.
    #[error("{}", self.words().say(Lang::English))]
    To(String, NameError),
}

impl AccessError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::From(error) => error.words(),
            Self::To(text, why) => request::no_name_or_address(text, &why.words()),
        }
    }
}

/// What is asked, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessQuestion {
    /// What this source, network or address can reach.
    From(String),
    /// Who can reach this name, network or address.
    To(String),
    /// Which request reaches this row, and with which rows its order decides.
    Rule(RulePlace),
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessSubject<'a> {
    /// Flows between these; what was written for one of the ends.
    Between(&'a str, Between),
    /// A row.
    Row(RulePlace),
}

/// What is known of it, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccessAnswer {
    /// In a sentence.
    pub head: String,
    /// Of a row: a request that reaches it, or that it would decide, without a word for what becomes of it.
    pub example: Option<Reached>,
    /// What stands above the list.
    pub above: Option<String>,
    /// Sets of flows that get through; of a row: requests that its order with another decides.
    pub found: Vec<Reached>,
    /// How many sets cannot be told.
    pub above_open: Option<String>,
    /// Sets of flows of which it cannot be told.
    pub open: Vec<Reached>,
    /// What else there is to know.
    pub notes: Vec<String>,
}

/// A set of flows, or a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// What becomes of it; nothing where it cannot be told.
    pub outcome: Option<Outcome>,
    /// The same in a word.
    pub word: String,
    /// What it is, in short where it is about a pair of rows.
    pub brief: String,
    /// What it is.
    pub says: String,
    /// Who decides; nothing where `says` tells it.
    pub why: Option<String>,
    /// One of the flows.
    pub request: Request,
    /// The row to look at.
    pub row: Option<RulePlace>,
}

/// Reads who asks.
fn from_whom(policy: &Policy, from: &str) -> Result<Between, AccessError> {
    Ok(Between::From(match Who::read(policy, from)? {
        Who::Address(address) => IpSet::range(address, address),
        Who::Several(set) => set,
    }))
}

/// Reads what is asked for.
fn to_whom(to: &str) -> Result<Between, AccessError> {
    let to = to.trim();
    if let Some(address) = literal(to) {
        return Ok(Between::To(IpSet::range(address, address)));
    }
    if let Ok(net) = parse_cidr(to) {
        return Ok(Between::To(IpSet::from(net)));
    }
    let name = to.parse::<DomainPattern>();
    name.map(Between::Named).map_err(|error| AccessError::To(short(to), error))
}

impl AccessAnswer {
    /// All requests that it tells, in the order in which they are shown.
    pub fn all(&self) -> impl Iterator<Item = &Reached> {
        self.example.iter().chain(&self.found).chain(&self.open)
    }
}

impl AccessQuestion {
    /// Reads `from payroll`, `to github.com` or `rule bank-api`.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn read(policy: &Policy, text: &str) -> Result<Self, Text> {
        let text = text.trim();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        let question = match word {
            _ if rest.is_empty() => return Err(say::NO_QUESTION.into()),
            "from" => Self::From(rest.to_owned()),
            "to" => Self::To(rest.to_owned()),
            "rule" => Self::Rule(row_named(policy, rest)?),
            _ => return Err(say::NO_QUESTION.into()),
        };
        question.subject(policy).map_err(|error| error.words())?;
        Ok(question)
    }

    /// What it is about in this policy.
    ///
    /// # Errors
    /// [`AccessError`], which says what to write instead.
    pub fn subject(&self, policy: &Policy) -> Result<AccessSubject<'_>, AccessError> {
        Ok(match self {
            Self::From(from) => AccessSubject::Between(from, from_whom(policy, from)?),
            Self::To(to) => AccessSubject::Between(to, to_whom(to)?),
            Self::Rule(place) => AccessSubject::Row(*place),
        })
    }

    /// The question as [`Self::read`] takes it.
    #[must_use]
    pub fn text(&self, policy: &Policy) -> String {
        match self {
            Self::From(from) => format!("from {from}"),
            Self::To(to) => format!("to {to}"),
            Self::Rule(place) => {
                let group = policy.rule_groups.get(place.group);
                let group = group.map_or("", |group| &group.name.value);
                let rule = policy.rule(*place).map_or("", |rule| &rule.name.value);
                format!("rule {group}/{rule}")
            }
        }
    }

    /// Answers it. `stop` ends the search early; then what is told of a row may be less than there is.
    ///
    /// # Errors
    /// What is wrong with the question.
    pub fn answer(
        &self,
        of: Compared<'_>,
        lang: Lang,
        stop: &AtomicBool,
    ) -> Result<AccessAnswer, Text> {
        Ok(match self.subject(of.policy).map_err(|error| error.words())? {
            AccessSubject::Between(asked, between) => {
                reached(of.policy, asked, &access(of, &between), &between, lang)
            }
            AccessSubject::Row(place) => of_row(of, place, lang, stop),
        })
    }
}

/// A request as the example for others.
#[must_use]
pub fn example_words(request: &Request, lang: Lang) -> String {
    let to = request.dst.map(|to| to.to_string()).unwrap_or_default();
    words::example(&request.to_string(), &request.from.to_string(), &to).say(lang).to_owned()
}

fn example(request: Request, lang: Lang) -> Reached {
    let says = example_words(&request, lang);
    Reached {
        outcome: None,
        word: String::new(),
        brief: says.clone(),
        says,
        why: None,
        request,
        row: None,
    }
}

fn reached(
    policy: &Policy,
    subject: &str,
    access: &Access,
    between: &Between,
    lang: Lang,
) -> AccessAnswer {
    let protocols: Vec<&str> = between.protocols().iter().map(|scheme| scheme.word()).collect();
    let protocols = protocols.join(", ");
    let found = passes(policy, access, lang);
    let told = access.cannot_tell.is_empty() && access.left_out.is_empty();
    let head = match (told, between) {
        (false, _) => say::at_least(subject, found.len()),
        (true, Between::From(_)) => say::reaches(subject, found.len()),
        (true, Between::To(_)) => say::reached(subject, found.len()),
        (true, Between::Named(_)) => say::reached_by_name(subject, &protocols, found.len()),
    };
    let open = open(policy, access, lang);
    let mut notes = Vec::new();
    if !access.left_out.is_empty() {
        let protocols: Vec<&str> = access.left_out.iter().map(|scheme| scheme.word()).collect();
        notes.push(impact::left_out(&protocols.join(", ")));
    }
    if matches!(between, Between::Named(_)) {
        notes.push(say::only_by_name(&protocols));
    }
    notes.push(words::universe());
    AccessAnswer {
        head: head.say(lang).to_owned(),
        found,
        above_open: (!open.is_empty())
            .then(|| impact::cannot_tell(open.len()).say(lang).to_owned()),
        open,
        notes: notes.iter().map(|note| note.say(lang).to_owned()).collect(),
        ..AccessAnswer::default()
    }
}

fn passes(policy: &Policy, access: &Access, lang: Lang) -> Vec<Reached> {
    let writer = FlowWriter::new(&[policy], lang);
    let sets = access.passes.iter().map(|(flows, fate)| {
        let why = say::by(&by_words(policy, fate, lang)).say(lang).to_owned();
        let said = (outcome_word(fate.outcome, lang), why);
        (writer.words(flows), said, (flows.witness.clone(), fate))
    });
    let joined = FlowWords::joined(sets.collect()).into_iter();
    let reached = joined.map(|(flows, (word, why), (request, fate))| Reached {
        outcome: Some(fate.outcome),
        word,
        brief: flows.line(lang),
        says: flows.line(lang),
        why: Some(why),
        request,
        row: fate.by.and_then(row),
    });
    reached.collect()
}

fn open(policy: &Policy, access: &Access, lang: Lang) -> Vec<Reached> {
    let writer = FlowWriter::new(&[policy], lang);
    let sets = access.cannot_tell.iter().map(|(flows, by)| {
        let rules: Vec<String> = by.iter().map(|by| decider_words(policy, *by, lang)).collect();
        let why = impact::because(&rules.join(", ")).say(lang).to_owned();
        (writer.words(flows), why, (flows.witness.clone(), by.iter().copied().find_map(row)))
    });
    let joined = FlowWords::joined(sets.collect()).into_iter();
    let reached = joined.map(|(flows, why, (request, row))| Reached {
        outcome: None,
        word: say::CANNOT_TELL.to_owned(),
        brief: flows.line(lang),
        says: flows.line(lang),
        why: Some(why),
        request,
        row,
    });
    reached.collect()
}

const fn row(by: Decider) -> Option<RulePlace> {
    match by {
        Decider::Rule(group, rule) => Some(RulePlace { group, rule }),
        _ => None,
    }
}

fn of_row(of: Compared<'_>, place: RulePlace, lang: Lang, stop: &AtomicBool) -> AccessAnswer {
    let Compared { policy, compiled, evaluator } = of;
    let reaches = Reaches::until(policy, compiled, evaluator, stop);
    let (reach, overlaps) = (reaches.of(place), reaches.overlaps_of(place));
    let name = |at: RulePlace| decider_words(policy, Decider::Rule(at.group, at.rule), lang);
    let rule = name(place);
    let is_off = policy.rule(place).is_some_and(|rule| !rule.enabled);
    let head = match &reach {
        _ if is_off => say::rule_is_off(&rule),
        Reach::Yes(_) => say::rule_is_reached(&rule),
        Reach::Unknown => say::rule_is_not_known(&rule),
        Reach::Unasked => say::rule_is_not_asked(&rule),
        Reach::Never(blocked) => {
            let by: Vec<String> = blocked.by.iter().copied().map(name).collect();
            say::rule_is_not_reached(&rule, &by)
        }
    };
    let pairs = overlaps.pairs.iter().zip(overlap_words(policy, &overlaps));
    let found = pairs.map(|(pair, says)| {
        let is_upper = pair.above == place;
        let other = if is_upper { pair.below } else { pair.above };
        let brief = overlap::brief(&name(other), !is_upper, &outcome_word(pair.then, lang));
        Reached {
            outcome: Some(pair.now),
            word: outcome_word(pair.now, lang),
            brief: brief.say(lang).to_owned(),
            says: says.say(lang).to_owned(),
            why: None,
            request: pair.request.clone(),
            row: Some(other),
        }
    });
    let found: Vec<Reached> = found.collect();
    let note = match (found.is_empty(), overlaps.open.is_empty()) {
        (_, false) => Some(overlap::OPEN),
        (true, true) if !is_off => Some(overlap::NONE),
        (_, true) => None,
    };
    AccessAnswer {
        head: head.say(lang).to_owned(),
        example: match reach {
            Reach::Yes(request) => Some(example(request, lang)),
            Reach::Never(blocked) => Some(example(blocked.request, lang)),
            Reach::Unknown | Reach::Unasked => None,
        },
        above: (!found.is_empty()).then(|| overlap::ORDER_DECIDES.say(lang).to_owned()),
        found,
        notes: note.map(|note| note.say(lang).to_owned()).into_iter().collect(),
        ..AccessAnswer::default()
    }
}
