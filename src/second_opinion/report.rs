use std::time::Duration;

use super::clash::Clash;
use super::fate::Fate;
use crate::messages::{Text, verify as say};
use crate::net::{Flow, RuleOrder, Sid};

/// How far our evaluator and the real engine agree.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The engine's version.
    pub version: String,
    /// In which order the rules are asked; in strict order the engine only says what matches.
    pub order: RuleOrder,
    /// How many questions were asked.
    pub questions: usize,
    /// How many of them have the same answer.
    pub agree: usize,
    /// How many one of the two cannot tell.
    pub undetermined: usize,
    /// How many have another answer.
    pub disagree: usize,
    /// How many never reach the engine: stateless rules take every packet.
    pub not_asked: usize,
    /// Those that cannot be told, by name.
    pub untold: Vec<Untold>,
    /// The flows with another answer.
    pub disagreements: Vec<Disagreement>,
    /// Rules that the engine did not load, and why.
    pub refused: Vec<Refused>,
    /// Why nothing was compared: the order of these rules cannot be had on stock Suricata.
    pub not_verifiable: Vec<Clash>,
    /// How many flows and packets were sent.
    pub sent: (usize, u64),
    /// Where the time went.
    pub times: Times,
}

/// A question that one of the two cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// Which.
    pub question: String,
    /// Why.
    pub why: WhyUntold,
}

/// Why a question cannot be answered by both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyUntold {
    /// Stateless rules take every packet: the engine is never asked.
    NeverSeen,
    /// More rules match on a packet than the engine keeps.
    TooManyMatches,
    /// We cannot tell.
    ByUs,
}

/// How things stand after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing speaks against our answers.
    Agrees,
    /// Something does.
    Differs,
    /// Stock Suricata cannot be asked about this ruleset.
    NotVerifiable,
}

/// A rule that the engine did not load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Which rule.
    pub sid: Sid,
    /// What the engine says.
    pub reason: String,
    /// Whether we evaluate all of it: then the two disagree about the rule itself. Otherwise it has something that we
    /// do not evaluate either, such as a category that only AWS knows.
    pub understood: bool,
}

/// Where the time of a run went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// Making the capture.
    pub craft: Duration,
    /// The engine, from its start to its end.
    pub engine: Duration,
    /// Our own evaluation, which goes on meanwhile.
    pub evaluate: Duration,
    /// Reading the engine's events and comparing.
    pub compare: Duration,
}

/// A flow that the two engines treat differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The question.
    pub question: String,
    /// The flow.
    pub flow: Flow,
    /// The names of its packets.
    pub packets: Vec<String>,
    /// What we say.
    pub ours: Fate,
    /// What the engine says.
    pub theirs: Fate,
    /// Why the engine dropped a packet, where no rule says so.
    pub reason: Option<String>,
    /// The first packet on which other rules match, although it makes no difference to what is dropped.
    pub matches: Option<MatchDifference>,
}

/// Rules that match on a packet for one of the two only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchDifference {
    /// The packet, from 0.
    pub packet: usize,
    /// Rules that match for us only.
    pub ours: Vec<Sid>,
    /// Rules that match for the engine only.
    pub theirs: Vec<Sid>,
}

impl Report {
    /// Whether nothing speaks against our answers.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.disagree == 0 && self.refused.iter().all(|rule| !rule.understood)
    }

    /// Takes another run into account, in numbers.
    pub fn add(&mut self, other: Self) {
        self.version = other.version;
        self.questions += other.questions;
        self.agree += other.agree;
        self.undetermined += other.undetermined;
        self.disagree += other.disagree;
        self.not_asked += other.not_asked;
        self.refused.extend(other.refused);
        self.sent = (self.sent.0 + other.sent.0, self.sent.1 + other.sent.1);
        self.times.craft += other.times.craft;
        self.times.engine += other.times.engine;
        self.times.evaluate += other.times.evaluate;
        self.times.compare += other.times.compare;
    }

    /// How things stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (self.not_verifiable.is_empty(), self.is_fine()) {
            (false, _) => Standing::NotVerifiable,
            (true, false) => Standing::Differs,
            (true, true) => Standing::Agrees,
        }
    }

    /// The result in one line: `agrees with Suricata 7.0.10: 41 of 41`.
    #[must_use]
    pub fn summary(&self) -> Text {
        let (version, of) = (&self.version, self.questions - self.not_asked);
        match self.standing() {
            Standing::Agrees => say::agrees(version, self.agree, of, self.undetermined),
            Standing::Differs if self.disagree == 0 => say::loads_less(version, self.loads_less()),
            Standing::Differs => say::differs_in(version, self.disagree, of),
            Standing::NotVerifiable => say::cannot_verify(version),
        }
    }

    /// The same where there is little room: `Suricata agrees: 41 of 41`.
    #[must_use]
    pub fn short(&self) -> Text {
        let of = self.questions - self.not_asked;
        match self.standing() {
            Standing::Agrees => say::agrees_short(self.agree, of),
            Standing::Differs if self.disagree == 0 => say::loads_less_short(self.loads_less()),
            Standing::Differs => say::differs_short(self.disagree, of),
            Standing::NotVerifiable => say::cannot_verify_short(),
        }
    }

    /// How many rules we load and the engine does not.
    fn loads_less(&self) -> usize {
        self.refused.iter().filter(|rule| rule.understood).count()
    }
}

impl Disagreement {
    /// The name of a packet.
    #[must_use]
    pub fn packet(&self, at: usize) -> &str {
        self.packets.get(at).map_or("?", String::as_str)
    }

    /// The first packet that only one of the two drops, and whether it is we who do.
    #[must_use]
    pub fn first(&self) -> Option<(&str, bool)> {
        let ours = |at: &usize| self.ours.dropped.contains(at);
        let theirs = |at: &usize| self.theirs.dropped.contains(at);
        let at = (0..self.packets.len()).find(|at| ours(at) != theirs(at))?;
        Some((self.packet(at), ours(&at)))
    }
}
