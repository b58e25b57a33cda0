use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::capture::{Capture, client_port};
use super::clash::{Clash, clashes};
use super::configuration::{MOST_ALERTS, configuration};
use super::engine::{Engine, EngineError, log, tail};
use super::events::{Told, read_events, read_log, read_types};
use super::fate::{Fate, Rules};
use super::quic::on_the_wire;
use super::rules_file::rules_file;
use crate::eval::{Evaluator, Outline};
use crate::messages::{Text, verify as say};
use crate::net::{Action, Flow, RuleOrder, Sid, wire};
use crate::suricata::{Rule, RuleOption, Ruleset, addresses, ports};

/// Something to ask both engines: a request, as one flow or as several that only differ in where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What a person calls it.
    pub name: String,
    /// What is sent.
    pub flows: Vec<Flow>,
}

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
    /// How many our evaluator cannot tell.
    pub undetermined: usize,
    /// How many have another answer.
    pub disagree: usize,
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

/// How to ask.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asking<'a> {
    /// Where the files of the run are left; nowhere: they are removed.
    pub keep: Option<&'a Path>,
    /// Whether to compare too which rules match where it makes no difference (strict order only).
    pub every_match: bool,
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
        self.refused.extend(other.refused);
        self.sent = (self.sent.0 + other.sent.0, self.sent.1 + other.sent.1);
        self.times.craft += other.times.craft;
        self.times.engine += other.times.engine;
        self.times.evaluate += other.times.evaluate;
        self.times.compare += other.times.compare;
    }

    /// The result in one line: `agrees with Suricata 7.0.10: 41 of 41`.
    #[must_use]
    pub fn summary(&self) -> Text {
        say::summary(&self.version, self.agree, self.questions, self.undetermined)
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

/// How one flow compares.
enum Compared {
    Same,
    CannotTell,
    Other(Box<Disagreement>),
}

/// Asks both engines all questions and compares what becomes of each flow.
///
/// Action order is the engine's own verdict. In strict order, which stock Suricata does not have, the engine tells what matches on each
/// packet and what type each rule has, and the arbitration is ours. Files are written to the folder to keep, or to a temporary one that is removed.
///
/// # Errors
/// [`EngineError`] when the engine is missing, fails or hangs, or when a file cannot be written or read.
pub fn verify(
    ruleset: &Ruleset,
    evaluator: &Evaluator,
    questions: &[Question],
    engine: &Engine,
    asking: Asking<'_>,
) -> Result<Report, EngineError> {
    let scratch = Scratch::new(asking.keep)?;
    let mut report = Report {
        version: engine.version(&scratch.path)?,
        order: ruleset.order,
        questions: questions.len(),
        ..Report::default()
    };
    if ruleset.order == RuleOrder::Strict {
        report.not_verifiable = clashes(ruleset);
        if !report.not_verifiable.is_empty() {
            return Ok(report);
        }
    }
    let comparable = if asking.every_match { comparable(ruleset) } else { HashSet::new() };
    let run = Run { ruleset, evaluator, engine, folder: &scratch.path, comparable };
    run.go(questions, &mut report)?;
    Ok(report)
}

/// The folder of a run.
struct Scratch {
    path: PathBuf,
    /// Removes the folder when the run is over.
    _temporary: Option<tempfile::TempDir>,
}

impl Scratch {
    fn new(keep: Option<&Path>) -> Result<Self, EngineError> {
        let Some(keep) = keep else {
            let made = tempfile::Builder::new().prefix("sekisho-verify-").tempdir();
            let folder = made.map_err(|e| EngineError::file(Path::new("temporary folder"), e))?;
            return Ok(Self { path: folder.path().to_owned(), _temporary: Some(folder) });
        };
        fs::create_dir_all(keep).map_err(|e| EngineError::file(keep, e))?;
        // The engine appends to what it finds.
        for old in ["eve.json", "suricata.log", "rules.json"] {
            let _ = fs::remove_file(keep.join(old));
        }
        let path = fs::canonicalize(keep).map_err(|e| EngineError::file(keep, e))?;
        Ok(Self { path, _temporary: None })
    }
}

struct Run<'a> {
    ruleset: &'a Ruleset,
    evaluator: &'a Evaluator,
    engine: &'a Engine,
    folder: &'a Path,
    /// The rules whose matches are compared even where they make no difference.
    comparable: HashSet<Sid>,
}

impl Run<'_> {
    fn go(&self, questions: &[Question], report: &mut Report) -> Result<(), EngineError> {
        let begin = Instant::now();
        let flows = own_ports(questions);
        let capture = self.write_files(&flows)?;
        report.sent = (flows.len(), capture.packets());
        report.times.craft = begin.elapsed();
        let (ran, ours) = thread::scope(|scope| {
            let engine = scope.spawn(|| {
                let begin = Instant::now();
                self.run_engine(&capture).map(|refused| (refused, begin.elapsed()))
            });
            let begin = Instant::now();
            let ours: Vec<Outline> = flows.iter().map(|f| self.evaluator.outline(f)).collect();
            report.times.evaluate = begin.elapsed();
            (engine.join(), ours)
        });
        let (refused, time) = match ran {
            Ok(ran) => ran?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        report.refused = refused;
        report.times.engine = time;
        let begin = Instant::now();
        self.compare(questions, &flows, &ours, &capture, report)?;
        report.times.compare = begin.elapsed();
        Ok(())
    }

    fn write_files(&self, flows: &[Flow]) -> Result<Capture, EngineError> {
        self.write("suricata.yaml", &configuration(&self.ruleset.variables))?;
        self.write("policy.rules", &rules_file(self.ruleset))?;
        let path = self.folder.join("capture.pcap");
        let fail = |e| EngineError::file(&path, e);
        let mut out = BufWriter::new(File::create(&path).map_err(fail)?);
        Capture::write(flows.iter().map(|flow| (flow, on_the_wire(flow))), &mut out).map_err(fail)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), EngineError> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|e| EngineError::file(&path, e))
    }

    /// Runs the capture through the engine; the rules it did not load come back.
    fn run_engine(&self, capture: &Capture) -> Result<Vec<Refused>, EngineError> {
        let args = "-c suricata.yaml -S policy.rules -r capture.pcap --simulate-ips -k none -l .";
        self.suricata(args, "suricata")?;
        let text = log(self.folder);
        let log = read_log(&text);
        let refused: Vec<Refused> = log
            .refused
            .into_iter()
            .filter_map(|(line, reason)| {
                let rule = self.ruleset.rules.get(line.checked_sub(1)?)?;
                let understood = understood(rule, &self.ruleset.variables);
                Some(Refused { sid: rule.sid, reason, understood })
            })
            .collect();
        if log.packets != Some(capture.packets()) {
            let read = log.packets.map_or("none".to_owned(), |n| n.to_string());
            return Err(EngineError::Failed {
                what: format!(
                    "suricata read {read} of {} packets of `capture.pcap`",
                    capture.packets()
                ),
                log: tail(&text),
            });
        }
        if self.ruleset.order == RuleOrder::Strict {
            self.write("loaded.rules", &rules_file(&self.loaded(&refused)))?;
            let args = "-c suricata.yaml -S loaded.rules --engine-analysis -l .";
            self.suricata(args, "analysis")?;
        }
        Ok(refused)
    }

    fn suricata(&self, args: &str, name: &str) -> Result<(), EngineError> {
        let args: Vec<&Path> = args.split(' ').map(Path::new).collect();
        self.engine.run(&args, self.folder, name)
    }

    /// The ruleset as it was loaded: the analysis of a file with a bad rule crashes (7.0.10, measured).
    fn loaded(&self, refused: &[Refused]) -> Ruleset {
        let mut loaded = self.ruleset.clone();
        loaded.rules.retain(|rule| refused.iter().all(|r| r.sid != rule.sid));
        loaded
    }

    fn compare(
        &self,
        questions: &[Question],
        flows: &[Flow],
        ours: &[Outline],
        capture: &Capture,
        report: &mut Report,
    ) -> Result<(), EngineError> {
        let told = read_events(&self.folder.join("eve.json"), capture)?;
        let types = match self.ruleset.order {
            RuleOrder::Strict => read_types(&self.folder.join("rules.json"))?,
            RuleOrder::Action => HashMap::new(),
        };
        let rules = Rules::new(self.ruleset, &types);
        let mut rest = flows.iter().zip(ours).zip(&told);
        for question in questions {
            let before = report.disagreements.len();
            let mut unknown = false;
            for ((flow, ours), told) in rest.by_ref().take(question.flows.len()) {
                match self.one(question, flow, ours, told, &rules) {
                    Compared::Same => {}
                    Compared::CannotTell => unknown = true,
                    Compared::Other(other) => report.disagreements.push(*other),
                }
            }
            match (report.disagreements.len() > before, unknown) {
                (true, _) => report.disagree += 1,
                (false, true) => report.undetermined += 1,
                (false, false) => report.agree += 1,
            }
        }
        Ok(())
    }

    /// The first packet on which comparable rules match for one of the two only, while we ask rules at all.
    fn other_matches(&self, outline: &Outline, told: &[Told]) -> Option<MatchDifference> {
        let packets = outline.packets.iter().zip(told).enumerate();
        packets.into_iter().find_map(|(packet, (ours, told))| {
            let counted = |sids: &mut dyn Iterator<Item = Sid>| -> BTreeSet<Sid> {
                sids.filter(|sid| self.comparable.contains(sid)).collect()
            };
            let ours = counted(&mut ours.matched.as_ref()?.iter().copied());
            let theirs = counted(&mut told.matched.iter().map(|m| m.sid));
            (ours != theirs).then(|| MatchDifference {
                packet,
                ours: ours.difference(&theirs).copied().collect(),
                theirs: theirs.difference(&ours).copied().collect(),
            })
        })
    }

    fn one(
        &self,
        question: &Question,
        flow: &Flow,
        outline: &Outline,
        told: &[Told],
        rules: &Rules,
    ) -> Compared {
        let Some(ours) = Fate::outlined(outline) else { return Compared::CannotTell };
        if told.iter().any(|packet| packet.matched.len() >= MOST_ALERTS) {
            return Compared::CannotTell;
        }
        let theirs = match self.ruleset.order {
            RuleOrder::Strict => Fate::arbitrated(told, rules),
            RuleOrder::Action => Fate::told(told, rules),
        };
        let reason = told
            .iter()
            .filter_map(|packet| packet.dropped.as_ref())
            .map(|dropped| dropped.reason.clone())
            .find(|reason| reason != "rules" && reason != "flow drop");
        let silent = theirs.action != Action::Pass && theirs.by.is_none();
        let same = ours.action == theirs.action
            && ours.dropped == theirs.dropped
            && (silent || ours.by == theirs.by);
        let matches = same.then(|| self.other_matches(outline, told)).flatten();
        if same && reason.is_none() && matches.is_none() {
            return Compared::Same;
        }
        Compared::Other(Box::new(Disagreement {
            question: question.name.clone(),
            flow: flow.clone(),
            packets: wire(flow).into_iter().map(|packet| packet.name).collect(),
            ours,
            theirs,
            reason,
            matches,
        }))
    }
}

/// The rules whose matches can be compared: strict order, all of the rule evaluated, nothing that other flows change.
fn comparable(ruleset: &Ruleset) -> HashSet<Sid> {
    let across_flows =
        |o: &RuleOption| matches!(o, RuleOption::Xbits(..) | RuleOption::Threshold(_));
    let rules = ruleset.rules.iter().filter(|rule| {
        ruleset.order == RuleOrder::Strict
            && understood(rule, &ruleset.variables)
            && !rule.options.iter().any(across_flows)
    });
    rules.map(|rule| rule.sid).collect()
}

/// Whether every condition of a rule is one that we evaluate.
fn understood(rule: &Rule, variables: &BTreeMap<String, String>) -> bool {
    let header = &rule.header;
    let resolved =
        [&header.source, &header.destination].iter().all(|text| addresses(text, variables).is_ok())
            && [&header.source_ports, &header.destination_ports]
                .iter()
                .all(|text| ports(text, variables).is_ok());
    let options = rule.options.iter().all(|o| !matches!(o, RuleOption::NotModelled(_)));
    resolved && options && rule.buffers.iter().all(|b| b.buffer.keyword().evaluated)
}

/// All flows in turn, each with a client port of its own.
fn own_ports(questions: &[Question]) -> Vec<Flow> {
    let flows = questions.iter().flat_map(|question| &question.flows).enumerate();
    flows.map(|(number, flow)| Flow { src_port: client_port(number), ..flow.clone() }).collect()
}
