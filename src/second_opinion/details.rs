use super::engine::EngineError;
use super::fate::Fate;
use super::report::{Disagreement, Refused, Report, Untold, WhyUntold};
use crate::messages::verdict::{list, packet};
use crate::messages::{Text, verify as say};
use crate::net::Sid;

/// Something to say about a run, and what belongs below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What it is.
    pub head: Text,
    /// More about it, a line each.
    pub below: Vec<Text>,
}

/// Names a rule.
pub type RuleNamer<'a> = &'a dyn Fn(Sid) -> Text;

impl Detail {
    fn line(head: Text) -> Self {
        Self { head, below: Vec::new() }
    }
}

impl Report {
    /// Everything that speaks against our answers, then what could not be compared, with its reason.
    #[must_use]
    pub fn details(&self, name: RuleNamer<'_>) -> Vec<Detail> {
        if !self.not_verifiable.is_empty() {
            let mut details: Vec<Detail> = self
                .not_verifiable
                .iter()
                .map(|clash| {
                    let (reader, setter) = (name(clash.reader), name(clash.setter));
                    Detail::line(say::not_verifiable(&reader, &setter, &clash.variable))
                })
                .collect();
            details.push(Detail::line(say::not_verifiable_help()));
            return details;
        }
        let refused = self.refused.iter().map(|Refused { sid, reason, understood }| {
            Detail::line(say::refused(&name(*sid), reason, *understood))
        });
        let differ = self.disagreements.iter().map(|difference| difference.detail(name));
        let untold = self.untold.iter().map(|untold| Detail::line(untold_words(untold)));
        refused.chain(differ).chain(untold).collect()
    }
}

impl Disagreement {
    /// The difference: the flow, what either says, and where they part.
    #[must_use]
    pub fn detail(&self, name: RuleNamer<'_>) -> Detail {
        let Self { question, flow, ours, theirs, .. } = self;
        let said = |fate: &Fate| {
            let dropped: Vec<Text> =
                fate.dropped.iter().map(|&at| packet(self.packet(at))).collect();
            let by = fate.by.map(name);
            let at = fate.at.map(|at| packet(self.packet(at)));
            say::fate(fate.action.word(), by.as_ref(), at.as_ref(), &dropped)
        };
        let mut below = vec![
            say::flow(&flow.src.to_string(), &flow.dst.to_string(), flow.dst_port),
            say::ours(&said(ours)),
            say::theirs(&said(theirs)),
        ];
        below.extend(self.first().map(|(at, ours)| say::first_difference(&packet(at), ours)));
        if let Some(other) = &self.matches {
            let names = |sids: &[Sid]| list(&sids.iter().map(|&sid| name(sid)).collect::<Vec<_>>());
            let at = packet(self.packet(other.packet));
            below.push(say::other_matches(&at, &names(&other.ours), &names(&other.theirs)));
        }
        below.extend(self.reason.as_ref().map(|reason| say::engine_dropped(reason)));
        Detail { head: say::differs(question), below }
    }
}

impl EngineError {
    /// The error with the end of the engine's log, and what to do about it.
    #[must_use]
    pub fn details(&self) -> Vec<Detail> {
        let log = self.log().iter().map(|line| Text::verbatim(line)).collect();
        let error = Detail { head: self.words(), below: log };
        [error].into_iter().chain(self.help().map(Detail::line)).collect()
    }

    /// The end of the engine's log.
    #[must_use]
    pub fn log(&self) -> &[String] {
        match self {
            Self::Failed { log, .. } | Self::Hung { log, .. } => log,
            Self::Missing { .. } | Self::File { .. } | Self::Stopped => &[],
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Text> {
        match self {
            Self::Missing { .. } => Some(say::install()),
            Self::Failed { .. } => Some(say::failed_help()),
            Self::Hung { .. } => Some(say::hung_help()),
            Self::File { .. } | Self::Stopped => None,
        }
    }
}

fn untold_words(untold: &Untold) -> Text {
    match untold.why {
        WhyUntold::NeverSeen => say::never_seen(&untold.question),
        WhyUntold::TooManyMatches => say::untold(&untold.question, false),
        WhyUntold::ByUs => say::untold(&untold.question, true),
    }
}
