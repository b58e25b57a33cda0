//! The evaluator's answers beside what the real engine did.

use std::collections::BTreeSet;

use super::recording::{RecordedFlow, RecordedPolicy, RecordedRule, Recording};
use crate::eval::{Evaluator, Outline, Trace, Verdict};
use crate::messages::{Lang, Text, conformance as say};
use crate::net::{Action, Sid};
use crate::suricata::{Logging, RuleProblem, parse_rules};

/// How many flows, or rules, agree with the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Flows whose verdict, deciding rule and packet, dropped packets and sticky action are the engine's.
    pub agree: usize,
    /// Flows of which it is said that it cannot be told.
    pub undetermined: usize,
    /// Flows that differ.
    pub disagree: usize,
    /// Rules of these policies that have the engine's type, and those that have another.
    pub types: (usize, usize),
    /// Rules that load or are refused as in the engine, and those that are not.
    pub loads: (usize, usize),
}

impl Tally {
    /// How many flows there were.
    #[must_use]
    pub const fn flows(&self) -> usize {
        self.agree + self.undetermined + self.disagree
    }

    /// Whether nothing differs.
    #[must_use]
    pub const fn is_fine(&self) -> bool {
        self.disagree == 0 && self.types.1 == 0 && self.loads.1 == 0
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.agree += other.agree;
        self.undetermined += other.undetermined;
        self.disagree += other.disagree;
        self.types = (self.types.0 + other.types.0, self.types.1 + other.types.1);
        self.loads = (self.loads.0 + other.loads.0, self.loads.1 + other.loads.1);
    }
}

/// Something that is not as the engine has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The policy and the flow, or the rule.
    pub what: String,
    /// What differs, in words: ours first.
    pub how: Vec<Text>,
    /// How ours came about, where it is a flow's.
    pub trace: Option<Trace>,
}

/// Why a flow cannot be told: the rules in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The policy and the flow.
    pub what: String,
    /// The text of the rules.
    pub because: Vec<String>,
}

/// The evaluator and the parser beside what was recorded.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    /// The numbers.
    pub tally: Tally,
    /// Each difference.
    pub differences: Vec<Difference>,
    /// Each flow that cannot be told.
    pub open: Vec<Open>,
}

impl Agreement {
    /// Compares everything that was recorded.
    #[must_use]
    pub fn of(recordings: &[Recording]) -> Self {
        let mut agreement = Self::default();
        let mut rules = Vec::new();
        for recording in recordings {
            match recording {
                Recording::Policy(policy) => agreement.policy(policy),
                Recording::Load(rule) => rules.push(rule),
            }
        }
        agreement.loads(&rules);
        agreement
    }

    fn policy(&mut self, policy: &RecordedPolicy) {
        for rule in &policy.ruleset.rules {
            let Some(recorded) = policy.types.get(&rule.sid) else { continue };
            let ours = rule.kind.word();
            if recorded == ours {
                self.tally.types.0 += 1;
            } else {
                self.tally.types.1 += 1;
                let what = format!("{}: {}", policy.name, rule.text);
                let how = vec![say::differs("type", ours, recorded)];
                self.differences.push(Difference { what, how, trace: None });
            }
        }
        let evaluator = Evaluator::new(&policy.ruleset);
        let silent = policy.ruleset.rules.iter().filter(|rule| rule.logging == Logging::Never);
        let unlogged = silent.map(|rule| rule.sid).collect();
        for recorded in &policy.flows {
            let what = format!("{}: {}", policy.name, recorded.text);
            let ours = evaluator.outline(&recorded.flow);
            let how = differences(recorded, &ours, &unlogged);
            if let Some(because) = not_told(&ours, &how) {
                self.tally.undetermined += 1;
                let text = |sid: &Sid| {
                    let rule = policy.ruleset.rules.iter().find(|r| r.sid == *sid);
                    rule.map(|r| r.text.clone()).unwrap_or_default()
                };
                self.open.push(Open { what, because: because.iter().map(text).collect() });
            } else if how.is_empty() {
                self.tally.agree += 1;
            } else {
                let trace = evaluator.evaluate(&recorded.flow);
                let mut how: Vec<Text> = how.into_iter().map(|(_, how)| how).collect();
                how.extend(first_matches(recorded, &trace));
                self.tally.disagree += 1;
                self.differences.push(Difference { what, how, trace: Some(trace) });
            }
        }
    }

    /// Rules that were loaded together, one a line: a sid may be used only once.
    fn loads(&mut self, rules: &[&RecordedRule]) {
        let lines: Vec<&str> = rules.iter().map(|recorded| recorded.rule.as_str()).collect();
        let parsed = parse_rules(&lines.join("\n"));
        let mut start = 0;
        for recorded in rules {
            let end = start + recorded.rule.len();
            let here = |p: &&RuleProblem| p.is_error() && (start..=end).contains(&p.span.start);
            self.load(recorded, parsed.problems.iter().find(here));
            start = end + 1;
        }
    }

    fn load(&mut self, recorded: &RecordedRule, fault: Option<&RuleProblem>) {
        let wants_a_file = WANT_A_FILE.iter().any(|word| recorded.rule.contains(word));
        if recorded.accepted == fault.is_none() || (!recorded.accepted && wants_a_file) {
            self.tally.loads.0 += 1;
            return;
        }
        self.tally.loads.1 += 1;
        let word = |accepted| if accepted { "accepted" } else { "refused" };
        let because = if recorded.accepted {
            fault.map(|fault| fault.message.say(Lang::English).to_owned()).unwrap_or_default()
        } else {
            recorded.messages.join("; ")
        };
        let recorded_word = format!("{}: {because}", word(recorded.accepted));
        let how = vec![say::differs("rule", word(fault.is_none()), &recorded_word)];
        self.differences.push(Difference { what: recorded.rule.clone(), how, trace: None });
    }
}

/// Keywords that the engine refused for want of a file on the machine of the recording, not for what they say.
const WANT_A_FILE: [&str; 2] = ["geoip:", "iprep:"];

/// What of a flow is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Which packets there are.
    Packets,
    /// The action, the rule and the packet that decided.
    Verdict,
    /// Which packets are dropped, and what sticks to the flow.
    Consequences,
}

/// The rules because of which a flow cannot be told: those of the verdict, or, where only its consequences differ, all that are open.
fn not_told<'a>(ours: &'a Outline, how: &[(Part, Text)]) -> Option<&'a [Sid]> {
    match &ours.verdict {
        Verdict::Undetermined { because, .. } => Some(because),
        Verdict::Decided { .. }
        | Verdict::Unmatched
        | Verdict::Stateless { .. }
        | Verdict::Midstream { .. }
        | Verdict::Unseen { .. } => {
            let only = how.iter().all(|(part, _)| *part == Part::Consequences);
            (only && !how.is_empty() && !ours.open.is_empty()).then_some(&ours.open)
        }
    }
}

/// What differs between the recording and the trace, in words.
fn differences(
    recorded: &RecordedFlow,
    ours: &Outline,
    unlogged: &BTreeSet<Sid>,
) -> Vec<(Part, Text)> {
    let names: Vec<&str> = ours.packets.iter().map(|p| p.name.as_str()).collect();
    if names != recorded.packets {
        let how = say::differs("packets", &names.join(" "), &recorded.packets.join(" "));
        return vec![(Part::Packets, how)];
    }
    let (action, by) = match &ours.verdict {
        Verdict::Decided { action, by } => (*action, Some(*by)),
        // Recordings have no stateless rules.
        Verdict::Unmatched
        | Verdict::Stateless { .. }
        | Verdict::Midstream { .. }
        | Verdict::Unseen { .. }
        | Verdict::Undetermined { .. } => (Action::Pass, None),
    };
    let at = ours.decided_at.map(|at| ours.packets[at].name.clone());
    let dropped: Vec<&str> =
        ours.packets.iter().filter(|p| p.dropped).map(|p| p.name.as_str()).collect();
    let sticks = ours.flow_action.map(|(action, _)| match action {
        Action::Pass => Action::Pass,
        _ => Action::Drop,
    });
    let mut how = Vec::new();
    let mut compare = |part: Part, what: &str, mine: String, theirs: String| {
        if mine != theirs {
            how.push((part, say::differs(what, &mine, &theirs)));
        }
    };
    let sid = |sid: Option<Sid>| sid.map_or_else(|| "none".to_owned(), |sid| sid.0.to_string());
    compare(Part::Verdict, "verdict", action.to_string(), recorded.verdict.to_string());
    // Without a log line the engine does not tell which rule it was.
    let silent = recorded.decided_by.is_none() && by.is_some_and(|by| unlogged.contains(&by));
    if !silent {
        compare(Part::Verdict, "decided by", sid(by), sid(recorded.decided_by));
        compare(Part::Verdict, "decided at", text(&at), text(&recorded.decided_at));
    }
    let list = |names: &[&str]| names.join(" ");
    let theirs: Vec<&str> = recorded.dropped.iter().map(String::as_str).collect();
    compare(Part::Consequences, "dropped", list(&dropped), list(&theirs));
    let word = |action: Option<Action>| text(&action.map(|a| a.to_string()));
    compare(Part::Consequences, "sticks", word(sticks), word(recorded.flow_action));
    how
}

fn text(word: &Option<String>) -> String {
    word.clone().unwrap_or_else(|| "none".to_owned())
}

/// Where rules match for the first time although nothing was decided before, if that is not what was recorded.
fn first_matches(recorded: &RecordedFlow, trace: &Trace) -> Vec<Text> {
    let mut out = Vec::new();
    let name = |at: Option<usize>| at.map_or("never", |at| trace.packets[at].name.as_str());
    let known: BTreeSet<Sid> = recorded.matches.values().flatten().copied().collect();
    for rule in trace.rules.iter() {
        let has = |stage: &str| recorded.matches.get(stage).is_some_and(|s| s.contains(&rule.sid));
        let first = trace.packets.iter().position(|p| has(&p.name));
        if first != rule.would_match_at
            && (known.contains(&rule.sid) || rule.would_match_at.is_some())
        {
            let (ours, theirs) = (name(rule.would_match_at), name(first));
            out.push(say::first_match(rule.sid.0, ours, theirs));
        }
    }
    out
}
