use std::collections::HashMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use super::capture::{Capture, client_port};
use super::clash::clashes;
use super::compare::{Compared, Comparison, understood};
use super::configuration::configuration;
use super::engine::{Engine, EngineError, go_on, log, tail};
use super::events::{read_events, read_log, read_types};
use super::quic::on_the_wire;
use super::report::{Refused, Report, Untold, WhyUntold};
use super::rules_file::rules_file;
use crate::eval::{Evaluator, Outline};
use crate::messages::verify as say;
use crate::net::{Flow, RuleOrder, Sid, WirePacket};
use crate::suricata::Ruleset;

/// Something to ask both engines: a request, as one flow or as several that only differ in where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What a person calls it.
    pub name: String,
    /// What is sent.
    pub flows: Vec<Flow>,
}

/// How to ask.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asking<'a> {
    /// Where the files of the run are left; nowhere: they are removed.
    pub keep: Option<&'a Path>,
    /// Whether to compare too which rules match where it makes no difference (strict order only).
    pub every_match: bool,
    /// Set to true by whoever wants the run to stop: the engine is killed, and nothing is left behind.
    pub stop: Option<&'a AtomicBool>,
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
    let never = AtomicBool::new(false);
    let stop = asking.stop.unwrap_or(&never);
    let scratch = Scratch::new(asking.keep)?;
    let mut report = Report {
        version: engine.version(&scratch.path, stop)?,
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
    if questions.iter().all(|question| question.flows.is_empty()) {
        return Ok(report);
    }
    let every_match = asking.every_match;
    let run = Run { ruleset, evaluator, engine, folder: &scratch.path, every_match, stop };
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
    every_match: bool,
    stop: &'a AtomicBool,
}

/// What the engine said of the rules.
struct OfRules {
    refused: Vec<Refused>,
    /// Strict order only.
    types: HashMap<Sid, String>,
    time: Duration,
}

impl Run<'_> {
    fn go(&self, questions: &[Question], report: &mut Report) -> Result<(), EngineError> {
        let begin = Instant::now();
        let flows = own_ports(questions);
        let capture = self.write_files(&flows)?;
        report.sent = (flows.len(), capture.packets());
        report.times.craft = begin.elapsed();
        let (ran, ours) = thread::scope(|scope| {
            let engine = scope.spawn(|| self.run_engine(&capture));
            let begin = Instant::now();
            let ours: Vec<Outline> = self.outlines(&flows);
            report.times.evaluate = begin.elapsed();
            (engine.join(), ours)
        });
        let of_rules = match ran {
            Ok(ran) => ran?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        go_on(self.stop)?;
        let begin = Instant::now();
        let OfRules { refused, types, time } = of_rules;
        report.times.engine = time;
        let comparison = Comparison::new(self.ruleset, &types, &refused, self.every_match);
        report.refused = refused;
        self.compare(questions, (&flows, &ours), &capture, &comparison, report)?;
        report.times.compare = begin.elapsed();
        Ok(())
    }

    /// What we say of each flow, for as long as somebody wants to know.
    fn outlines(&self, flows: &[Flow]) -> Vec<Outline> {
        let wanted = flows.iter().take_while(|_| go_on(self.stop).is_ok());
        wanted.map(|flow| self.evaluator.outline(flow)).collect()
    }

    fn write_files(&self, flows: &[Flow]) -> Result<Capture, EngineError> {
        self.write("suricata.yaml", &configuration(self.ruleset, self.evaluator.midstream()))?;
        self.write("policy.rules", &rules_file(self.ruleset))?;
        let path = self.folder.join("capture.pcap");
        let fail = |e| EngineError::file(&path, e);
        let mut out = BufWriter::new(File::create(&path).map_err(fail)?);
        Capture::write(flows.iter().map(|flow| (flow, self.reaching(flow))), &mut out).map_err(fail)
    }

    /// The packets of a flow that reach the engine.
    fn reaching(&self, flow: &Flow) -> Vec<WirePacket> {
        let all = on_the_wire(flow);
        match self.evaluator.seen(flow) {
            Some(seen) => seen.iter().filter_map(|&at| all.get(at).cloned()).collect(),
            None => all,
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), EngineError> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|e| EngineError::file(&path, e))
    }

    /// Runs the capture through the engine, then, for strict order, the engine's analysis of the rules.
    fn run_engine(&self, capture: &Capture) -> Result<OfRules, EngineError> {
        let begin = Instant::now();
        let args = "-c suricata.yaml -S policy.rules -r capture.pcap --simulate-ips -k none -l .";
        self.suricata(args, "suricata")?;
        let text = log(self.folder);
        let log = read_log(&text);
        if log.packets != Some(capture.packets()) {
            let what = say::read_less(log.packets, capture.packets());
            return Err(EngineError::Failed { what, log: tail(&text) });
        }
        let refused = self.refused(log.refused);
        let loaded = self.loaded(&refused);
        let mut types = HashMap::new();
        if self.ruleset.order == RuleOrder::Strict && !loaded.rules.is_empty() {
            self.write("loaded.rules", &rules_file(&loaded))?;
            let args = "-c suricata.yaml -S loaded.rules --engine-analysis -l .";
            self.suricata(args, "analysis")?;
            types = read_types(&self.folder.join("rules.json"))?;
        }
        Ok(OfRules { refused, types, time: begin.elapsed() })
    }

    /// The rules that were not loaded, by their lines in the rules file.
    fn refused(&self, lines: Vec<(usize, String)>) -> Vec<Refused> {
        let rule = |(line, reason): (usize, String)| {
            let rule = self.ruleset.rules.get(line.checked_sub(1)?)?;
            let understood = understood(rule, self.ruleset.variables(rule));
            Some(Refused { sid: rule.sid, reason, understood })
        };
        lines.into_iter().filter_map(rule).collect()
    }

    fn suricata(&self, args: &str, name: &str) -> Result<(), EngineError> {
        let args: Vec<&Path> = args.split(' ').map(Path::new).collect();
        self.engine.run(&args, self.folder, name, self.stop)
    }

    /// The ruleset as it was loaded: the analysis of a file with a bad rule crashes (7.0.10, measured).
    fn loaded(&self, refused: &[Refused]) -> Ruleset {
        let rules = self.ruleset.rules.iter();
        let rules = rules.filter(|rule| refused.iter().all(|r| r.sid != rule.sid)).cloned();
        Ruleset { rules: rules.collect(), ..self.ruleset.clone() }
    }

    fn compare(
        &self,
        questions: &[Question],
        (flows, ours): (&[Flow], &[Outline]),
        capture: &Capture,
        comparison: &Comparison,
        report: &mut Report,
    ) -> Result<(), EngineError> {
        let told = read_events(&self.folder.join("eve.json"), capture)?;
        let mut rest = flows.iter().zip(ours).zip(&told);
        for question in questions {
            let before = report.disagreements.len();
            let (mut unknown, mut compared) = (None, false);
            for ((flow, ours), told) in rest.by_ref().take(question.flows.len()) {
                match comparison.flow(&question.name, flow, ours, told) {
                    Compared::Same => compared = true,
                    Compared::CannotTell(why) => unknown = unknown.max(Some(why)),
                    Compared::Other(other) => report.disagreements.push(*other),
                }
            }
            // What reached the engine for some destinations was compared.
            unknown = unknown.filter(|why| *why != WhyUntold::NeverSeen || !compared);
            match (report.disagreements.len() > before, unknown) {
                (true, _) => report.disagree += 1,
                (false, Some(why)) => {
                    match why {
                        WhyUntold::NeverSeen => report.not_asked += 1,
                        WhyUntold::TooManyMatches | WhyUntold::ByUs => report.undetermined += 1,
                    }
                    report.untold.push(Untold { question: question.name.clone(), why });
                }
                (false, None) => report.agree += 1,
            }
        }
        Ok(())
    }
}

/// All flows in turn, each with a client port of its own.
fn own_ports(questions: &[Question]) -> Vec<Flow> {
    let flows = questions.iter().flat_map(|question| &question.flows).enumerate();
    flows.map(|(number, flow)| Flow { src_port: client_port(number), ..flow.clone() }).collect()
}
