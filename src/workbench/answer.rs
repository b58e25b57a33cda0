use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::because::because;
use super::fates::{joined, likeliest_first, servers};
use super::rows::row_number;
use super::rows_say::{Looked, RowsSay, look_through};
use super::stateless::{StatelessName, gap_words, seen_in_part, stateless_decider};
use crate::compile::{Compiled, Origin};
use crate::eval::{Evaluator, Experience, Heard, Sight, Trace, Verdict};
use crate::messages::{Text, Words, stateless, verdict as say};
use crate::net::{Action, Flow, IpSet, Request, Sid, StatelessAction};
use crate::policy::{Policy, RulePlace};

/// Everything known about one request: what the screen and `sekisho try` show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was asked.
    pub request: Request,
    /// The outcomes per set of destination addresses, the likeliest first; one entry when the
    /// destination is given or makes no difference. Never empty.
    pub by_destination: Vec<ByDestination>,
    /// Whether there is more than one outcome.
    pub depends: bool,
    /// Whether all servers were asked about; if not there are two outcomes at least, and perhaps more than are known.
    pub whole: bool,
    /// What the client notices first of all, verdict, rule, packet, reason: one sentence.
    pub sentence: Text,
    /// Which part of the request the stateful rules see, when stateless rules pass the rest.
    pub seen_in_part: Option<Text>,
    /// What the rows say that did not decide, as far as they were looked through.
    pub rows: RowsSay,
    /// What the rules were found by, at all servers.
    heard: Vec<Heard>,
}

/// The outcome for a set of destination addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDestination {
    /// The addresses.
    pub set: IpSet,
    /// The one of them that was asked about: a public one where there is one.
    pub address: IpAddr,
    /// Who decided.
    pub decider: Decider,
    /// What became of the request: `Pass`, `Drop` or `Reject`; `None` when it cannot be told.
    pub action: Option<Action>,
    /// Why the decider matches: what stands behind the colon of the sentence.
    pub because: Option<Text>,
    /// How it came about.
    pub trace: Trace,
}

/// Who decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decider {
    /// A rule of the policy.
    Rule(RuleName),
    /// The default action, by its AWS name without prefix, or the tail that speaks for it.
    Default(String),
    /// Nothing: no rule matched and there is no default action.
    Unmatched,
    /// A stateless rule, before the stateful ones.
    Stateless(StatelessName),
    /// The default action of the stateless rules.
    StatelessDefault(StatelessAction),
    /// The stream exception policy, of a connection that the stateful rules did not see begin.
    StreamException(Action),
    /// It cannot be told; the rules that stand in the way, as sentences name them.
    Undetermined(Vec<Text>),
}

/// A rule of the policy, as a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleName {
    /// Where it stands.
    pub place: RulePlace,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: String,
    /// The group's priority.
    pub priority: u32,
    /// Its number in the list.
    pub number: usize,
    /// The compiled rule's sid.
    pub sid: Sid,
}

impl Answer {
    /// The destinations of an outcome in words: those of the likeliest one are whatever the others are not.
    #[must_use]
    pub fn destinations(&self, outcome: &ByDestination) -> Text {
        if self.depends && std::ptr::eq(outcome, self.first()) {
            return say::ANY_OTHER_ADDRESS.into();
        }
        Text::verbatim(&outcome.set.to_string())
    }

    /// Takes over what the rows said of `before`, where that answers the same request and nobody looked through them for this one.
    pub(super) fn take_rows(&mut self, rows: RowsSay, before: &Self) {
        if self.rows.looked == Looked::NotYet && self.request == before.request {
            self.rows = rows;
        }
    }

    /// Whether it is known that `evaluator` gives what it has from `before`.
    #[must_use]
    pub fn is_as_before(&self, evaluator: &Evaluator, before: &Evaluator) -> bool {
        self.heard.iter().all(|heard| evaluator.decides_as(before, heard))
    }

    /// The likeliest outcome.
    #[must_use]
    pub fn first(&self) -> &ByDestination {
        &self.by_destination[0]
    }
}

impl ByDestination {
    /// What a trace says of these addresses.
    pub(super) fn of(
        policy: &Policy,
        compiled: &Compiled,
        request: &Request,
        (set, address): (IpSet, IpAddr),
        trace: Trace,
    ) -> Self {
        let (decider, action) = decide(policy, compiled, &trace);
        let because = because(policy, compiled, (request, address), &decider, &trace);
        Self { set, address, decider, action, because, trace }
    }

    /// The outcome in one sentence: what the client experiences, what was done, by which rule, at which packet.
    #[must_use]
    pub fn sentence(&self) -> Text {
        sentence(self)
    }
}

impl Decider {
    /// Whether both are the same to a person: a rule that only moved is the same rule.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rule(a), Self::Rule(b)) => a.name == b.name,
            (Self::Stateless(a), Self::Stateless(b)) => a.name == b.name,
            (Self::Undetermined(_), Self::Undetermined(_)) => true,
            _ => self == other,
        }
    }

    /// The decider as the sentence of an answer names it: a rule with everything by which it is found.
    #[must_use]
    pub fn words_in_full(&self) -> Text {
        match self {
            Self::Rule(rule) => {
                let numbers = (rule.number, rule.priority, rule.sid.0);
                say::rule_in_full(&rule.group, &rule.name, numbers)
            }
            Self::Stateless(rule) => {
                stateless::rule_in_full(&rule.group, &rule.name, rule.priorities)
            }
            other => other.words(),
        }
    }

    /// The decider as other sentences name it.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Rule(rule) => say::rule(&rule.group, &rule.name, rule.number),
            Self::Default(words) => say::default_action(words),
            Self::Unmatched => say::NO_RULE.into(),
            Self::Stateless(rule) => stateless::rule(&rule.group, &rule.name),
            Self::StatelessDefault(action) => stateless::default_action(action.word()),
            Self::StreamException(action) => stateless::stream_exception(action.word()),
            Self::Undetermined(rules) => say::list(rules),
        }
    }
}

/// The word a sentence begins with.
#[must_use]
pub const fn experience_word(experience: Experience) -> Words {
    match experience {
        Experience::Works => say::experience::WORKS,
        Experience::TimesOut => say::experience::TIMES_OUT,
        Experience::IsReset => say::experience::IS_RESET,
        Experience::HalfWorks => say::experience::HALF_WORKS,
        Experience::CannotTell => say::experience::CANNOT_TELL,
    }
}

/// Evaluates `request` against the compiled policy.
///
/// Without a destination address every class of addresses that the rules tell apart is asked;
/// classes with the same outcome are joined.
#[must_use]
pub fn answer(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    request: &Request,
) -> Answer {
    let mut answer = outcomes(policy, compiled, evaluator, request, usize::MAX);
    answer.rows = look_through(policy, compiled, &answer);
    answer
}

/// What [`answer`] gives, of which something is known.
#[must_use]
pub fn completed(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    known: Answer,
) -> Answer {
    if !known.whole {
        return answer(policy, compiled, evaluator, &known.request);
    }
    if known.rows.looked == Looked::Now {
        return known;
    }
    Answer { rows: look_through(policy, compiled, &known), ..known }
}

/// The same before anybody looked through the rows, and with no more than so many outcomes.
pub(super) fn outcomes(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    request: &Request,
    most: usize,
) -> Answer {
    let servers = servers(evaluator, request);
    let mut heard = Vec::new();
    let asked = likeliest_first(&servers, request);
    let asked = asked.map(|(class, to)| {
        let trace = servers.evaluate_and_hear(class, to, &mut heard);
        (class, to, trace)
    });
    let (mut different, mut left) = (HashSet::new(), servers.classes().len());
    let asked = asked.take_while(|(_, _, trace)| {
        different.insert(trace.outcome());
        let within = different.len() <= most;
        left -= usize::from(within);
        within
    });
    let found = joined(&servers, asked, Trace::outcome).into_iter();
    let outcome =
        |(set, address, trace)| ByDestination::of(policy, compiled, request, (set, address), trace);
    let by_destination = join_same(found.map(outcome));
    if left > 0 && by_destination.len() == 1 {
        // One row decides by many rules: others may do so elsewhere.
        return outcomes(policy, compiled, evaluator, request, usize::MAX);
    }
    of_outcomes(policy, compiled, request, (by_destination, left == 0), heard)
}

fn of_outcomes(
    policy: &Policy,
    compiled: &Compiled,
    request: &Request,
    (by_destination, whole): (Vec<ByDestination>, bool),
    heard: Vec<Heard>,
) -> Answer {
    Answer {
        depends: by_destination.len() > 1,
        whole,
        sentence: whole_sentence(&by_destination, whole),
        seen_in_part: seen_in_part(policy, compiled, &by_destination[0].trace),
        request: request.clone(),
        rows: RowsSay::default(),
        heard,
        by_destination,
    }
}

/// What [`outcomes`] gives, from the answer to the same request `before`, of the evaluator given with it; nothing where
/// something may have changed. Who decided is named anew, since rows move and get other names.
pub(super) fn outcomes_after(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    (before, of): (&Answer, &Evaluator),
    most: usize,
) -> Option<Answer> {
    let request = &before.request;
    if !before.is_as_before(evaluator, of) {
        return None;
    }
    let again = |outcome: &ByDestination| {
        let trace = evaluator.taken_over(&request.flow(outcome.address), outcome.trace.clone());
        let set = outcome.set.clone();
        ByDestination::of(policy, compiled, request, (set, outcome.address), trace)
    };
    let known = &before.by_destination[..before.by_destination.len().min(most)];
    let whole = before.whole && known.len() == before.by_destination.len();
    let known: Vec<ByDestination> = known.iter().map(again).collect();
    Some(of_outcomes(policy, compiled, request, (known, whole), before.heard.clone()))
}

/// The sentence of [`answer`] from the traces for each set of destinations, in which the deciders are explained.
pub(super) fn sentence_of(
    policy: &Policy,
    compiled: &Compiled,
    request: &Request,
    traces: impl Iterator<Item = ((IpSet, IpAddr), Trace)>,
) -> Text {
    let outcomes = traces.map(|(to, t)| ByDestination::of(policy, compiled, request, to, t));
    whole_sentence(&join_same(outcomes), true)
}

/// A trace in which those rules are explained that decided some packet.
pub(super) fn with_deciders(evaluator: &Evaluator, flow: &Flow, decided: &Trace) -> Trace {
    let deciders = decided.packets.iter().filter_map(|packet| packet.decided_by);
    let mut deciders: HashSet<Sid> = deciders.collect();
    if let Verdict::Decided { by, .. } = decided.verdict {
        deciders.insert(by);
    }
    evaluator.evaluate_only(flow, &deciders)
}

fn whole_sentence(by_destination: &[ByDestination], whole: bool) -> Text {
    match by_destination {
        [one] => sentence(one),
        [first, other] if whole => {
            say::depends(&sentence(first), &other.set.to_string(), &sentence(other))
        }
        all => say::depends_widely(&sentence(&all[0]), all.len() - 1, whole),
    }
}

/// Who decided a request and what became of it, from the traces for each set of destinations; nothing where that depends on
/// the destination address.
pub(super) fn decision<'a>(
    policy: &Policy,
    compiled: &Compiled,
    traces: impl Iterator<Item = &'a Trace>,
) -> Option<(Decider, Option<Action>)> {
    let mut decisions = traces.map(|trace| {
        let (decider, action) = decide(policy, compiled, trace);
        (decider, action, trace.experience)
    });
    let first = decisions.next()?;
    let same = |d: &(Decider, Option<Action>, Experience)| {
        (d.1, d.2, d.0.words()) == (first.1, first.2, first.0.words())
    };
    decisions.all(|d| same(&d)).then_some((first.0, first.1))
}

/// Who decided a request to one address of the server, and what became of it.
pub(super) fn decision_at(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    request: &Request,
    dst: IpAddr,
) -> (Decider, Option<Action>) {
    decide(policy, compiled, &evaluator.decide(&request.flow(dst)))
}

/// Joins outcomes that only differ in which compiled rule of a row decided.
fn join_same(outcomes: impl Iterator<Item = ByDestination>) -> Vec<ByDestination> {
    let mut places: HashMap<(Option<Action>, Experience, Text), usize> = HashMap::new();
    let mut joined: Vec<(ByDestination, Vec<IpSet>)> = Vec::new();
    for outcome in outcomes {
        let key = (outcome.action, outcome.trace.experience, outcome.decider.words());
        let place = *places.entry(key).or_insert(joined.len());
        match joined.get_mut(place) {
            Some((_, others)) => others.push(outcome.set),
            None => joined.push((outcome, Vec::new())),
        }
    }
    let whole = |(first, others): (ByDestination, Vec<IpSet>)| ByDestination {
        set: IpSet::joined(others.iter().chain([&first.set])),
        ..first
    };
    joined.into_iter().map(whole).collect()
}

fn sentence(outcome: &ByDestination) -> Text {
    let word = experience_word(outcome.trace.experience);
    let done = match (&outcome.decider, outcome.action) {
        (Decider::Undetermined(rules), _) => return say::undetermined(rules),
        (_, None) => return say::undetermined(&[]),
        (Decider::Unmatched, _) if outcome.trace.sight == Sight::Part => {
            return stateless::unmatched_in_part(word);
        }
        (Decider::Unmatched, _) => return say::unmatched(word),
        (_, Some(Action::Drop)) => say::Done::Dropped,
        (_, Some(Action::Reject)) => say::Done::Rejected,
        (_, Some(Action::Pass | Action::Alert)) => say::Done::Passed,
    };
    let at = deciding_packet(&outcome.trace).map(|i| say::packet(&outcome.trace.packets[i].name));
    let by = outcome.decider.words_in_full();
    say::decided(word, done, &by, at.as_ref(), outcome.because.as_ref())
}

/// The packet on which the request was decided: for a block the first that was lost, for a pass
/// the one that carries the request, or an earlier one whose pass stuck to the flow.
#[must_use]
pub fn deciding_packet(trace: &Trace) -> Option<usize> {
    match trace.verdict {
        Verdict::Stateless { .. } | Verdict::Midstream { .. } | Verdict::Unseen { .. } => {
            return trace.decided_at;
        }
        Verdict::Decided { .. } | Verdict::Unmatched | Verdict::Undetermined { .. } => {}
    }
    let blocked = trace.packets.iter().position(|p| p.dropped);
    blocked.or_else(|| passing_packet(trace)).or(trace.decided_at)
}

/// The rule that decided the packet on which the request was decided.
pub(super) fn deciding_sid(trace: &Trace) -> Option<Sid> {
    deciding_packet(trace).and_then(|at| trace.packets[at].decided_by)
}

fn passing_packet(trace: &Trace) -> Option<usize> {
    let sticky = trace
        .flow_action
        .and_then(|(_, sid)| trace.packets.iter().position(|p| p.decided_by == Some(sid)));
    let request = request_packet(trace).filter(|&i| trace.packets[i].decided_by.is_some());
    match (sticky, request) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => b.or(a),
    }
}

/// The packet that completes the first thing the client asks for.
pub(super) fn request_packet(trace: &Trace) -> Option<usize> {
    trace.packets.iter().rposition(|p| {
        let stem = p.name.split('#').next().unwrap_or_default();
        !p.name.ends_with("_ack")
            && matches!(
                stem,
                "client_hello"
                    | "http_request"
                    | "client_data"
                    | "udp"
                    | "dns_query"
                    | "icmp"
                    | "quic_initial"
            )
    })
}

/// Who decided, and what became of the request.
pub(super) fn decide(
    policy: &Policy,
    compiled: &Compiled,
    trace: &Trace,
) -> (Decider, Option<Action>) {
    match &trace.verdict {
        Verdict::Undetermined { because, .. } => {
            let mut rules: Vec<Text> =
                because.iter().map(|&sid| decider(policy, compiled, sid).words()).collect();
            rules.dedup();
            (Decider::Undetermined(rules), None)
        }
        Verdict::Decided { action, by } if action.blocks() => {
            (decider(policy, compiled, *by), Some(*action))
        }
        Verdict::Stateless { action, by } => {
            let action = match action {
                StatelessAction::Drop => Action::Drop,
                StatelessAction::Pass | StatelessAction::Forward => Action::Pass,
            };
            (stateless_decider(policy, compiled, *by), Some(action))
        }
        Verdict::Midstream { action } => (Decider::StreamException(*action), Some(*action)),
        Verdict::Unseen { gap } => {
            (Decider::Undetermined(vec![gap_words(policy, compiled, trace, *gap)]), None)
        }
        Verdict::Decided { .. } | Verdict::Unmatched => {
            let by = passing_packet(trace).and_then(|i| trace.packets[i].decided_by);
            let by = by.map_or(Decider::Unmatched, |sid| decider(policy, compiled, sid));
            (by, Some(Action::Pass))
        }
    }
}

/// Leads a sid back to what a person knows.
#[must_use]
pub fn decider(policy: &Policy, compiled: &Compiled, sid: Sid) -> Decider {
    match compiled.origin(sid) {
        Some(Origin::Rule(place)) => Decider::Rule(numbered(policy, place, sid)),
        Some(Origin::Managed(group)) => {
            let name = policy.rule_groups.get(group).map_or("", |g| &g.name.value);
            Decider::Undetermined(vec![say::managed(name)])
        }
        Some(Origin::Preamble | Origin::Tail | Origin::DefaultAction) => {
            let default = policy.default_actions.iter().find(|d| d.is_drop());
            let words = default.or(policy.default_actions.first()).map(|d| d.word().to_owned());
            Decider::Default(words.unwrap_or_default())
        }
        None => Decider::Unmatched,
    }
}

/// The rule at `place`, by its number in the list.
pub(super) fn numbered(policy: &Policy, place: RulePlace, sid: Sid) -> RuleName {
    rule_name(policy, place, row_number(policy, place).unwrap_or_default(), sid)
}

/// Names the rule at `place`.
pub(super) fn rule_name(policy: &Policy, place: RulePlace, number: usize, sid: Sid) -> RuleName {
    let group = &policy.rule_groups[place.group];
    RuleName {
        place,
        name: group.rules[place.rule].name.value.clone(),
        group: group.name.value.clone(),
        priority: group.priority.value,
        number,
        sid,
    }
}
