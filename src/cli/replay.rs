use std::cell::LazyCell;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use super::args::{ReplayArgs, ReplayFormat, RulesArgs};
use super::open::open;
use super::replay_json::{csv, json};
use super::replay_parts::{of_parts, refusal, write};
use super::replay_text::text;
use super::signals::stop_on_signal;
use super::{Exit, Streams};
use crate::analysis::evaluator;
use crate::compile::{Compiled, compile};
use crate::eval::Evaluator;
use crate::messages::{Lang, replay as say};
use crate::policy::Document;
use crate::replay::{Bounds, Judge, Log, Pace, Progress, Replaying, Report, Tally, replay};

/// How often the progress is drawn.
const DRAWN: Duration = Duration::from_millis(150);

/// Holds logs against a policy, or joins what was counted of parts of them.
pub fn run(args: &ReplayArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if let Some(said) = args.partial.as_deref().and_then(|out| refusal(out, args)) {
        return streams.error(&said, Exit::Failed);
    }
    let tally = match &args.file {
        Some(file) => {
            let against = args.against.as_deref();
            let inputs = Inputs {
                file,
                logs: &args.logs,
                against,
                threads: args.threads,
                rules: &args.rules,
            };
            of_logs(&inputs, streams)?.map(|(tally, _)| tally)
        }
        None => of_parts(&args.merge, streams)?,
    };
    let tally = match tally {
        Ok(tally) => tally,
        Err(exit) => return Ok(exit),
    };
    let ended = tally.cancelled || !tally.troubles.is_empty();
    if let Some(out) = &args.partial {
        let written = write(&tally, out, streams)?;
        return Ok(if ended { Exit::Failed } else { written });
    }
    let tally = tally.settled();
    let report = LazyCell::new(|| Report::of(&tally));
    match args.format {
        ReplayFormat::Text => text(&tally, &report, args, streams)?,
        ReplayFormat::Json => writeln!(streams.out, "{:#}", json(&tally, &report, args.top))?,
        ReplayFormat::Csv => csv(&tally, streams.out)?,
    }
    let changed = || {
        let changes = if tally.against { &report.against } else { &report.changes };
        !changes.is_empty()
    };
    let nothing_read = tally.unreadable > 0 && report.requests() == 0;
    Ok(match (ended, args.exit_code && changed()) {
        (true, _) => Exit::Failed,
        (false, true) => Exit::Findings,
        (false, false) if nothing_read => Exit::Invalid,
        (false, false) => Exit::Fine,
    })
}

/// A policy, ready to be asked.
struct Opened {
    document: Document,
    compiled: Compiled,
    evaluator: Evaluator,
}

impl Opened {
    fn new(document: Document) -> Self {
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        Self { document, compiled, evaluator }
    }

    fn judge(&self) -> Judge<'_> {
        Judge::new(self.document.policy(), &self.compiled, &self.evaluator)
    }
}

/// The logs, and what they are held against.
pub struct Inputs<'a> {
    /// The policy.
    pub file: &'a Path,
    /// The logs.
    pub logs: &'a [PathBuf],
    /// A policy to compare with.
    pub against: Option<&'a Path>,
    /// How many threads read, if that is given.
    pub threads: Option<u8>,
    /// What a `.rules` file cannot say.
    pub rules: &'a RulesArgs,
}

/// Counts what the logs say; with it goes the policy.
pub fn of_logs(
    inputs: &Inputs<'_>,
    streams: &mut Streams<'_>,
) -> io::Result<Result<(Tally, Document), Exit>> {
    let logs: Vec<Log> = inputs.logs.iter().map(|log| Log::of_argument(log)).collect();
    let from_stdin = logs.iter().filter(|log| **log == Log::Stdin).count();
    let policies = [Some(inputs.file), inputs.against].into_iter().flatten();
    if from_stdin + policies.filter(|path| path.as_os_str() == "-").count() > 1 {
        return streams.error(&say::twice_standard_input(), Exit::Failed).map(Err);
    }
    let mut opened = Vec::new();
    for file in [Some(inputs.file), inputs.against].into_iter().flatten() {
        match open(file, inputs.rules, streams)? {
            Ok(document) => opened.push(Opened::new(document)),
            Err(exit) => return Ok(Err(exit)),
        }
    }
    let stop = stop_on_signal()?;
    let tally = {
        let mut judges = opened.iter().map(Opened::judge);
        let Some(now) = judges.next() else { return Ok(Err(Exit::Failed)) };
        let before = judges.next();
        counted(inputs, &logs, (&now, before.as_ref()), &stop, streams)
    };
    let document = opened.swap_remove(0).document;
    Ok(Ok((tally, document)))
}

fn counted(
    inputs: &Inputs<'_>,
    logs: &[Log],
    (now, before): (&Judge<'_>, Option<&Judge<'_>>),
    stop: &AtomicBool,
    streams: &mut Streams<'_>,
) -> Tally {
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    let threads = inputs.threads.map_or_else(processors, usize::from);
    let replaying = Replaying { logs, now, before, threads, bounds: Bounds::default(), stop };
    let mut bar = io::stderr().is_terminal().then(|| Bar::new(streams.lang));
    let err = &mut *streams.err;
    let tally = replay(replaying, &mut |progress| {
        if let Some(bar) = &mut bar {
            bar.draw(progress, err);
        }
    });
    if let Some(bar) = bar {
        bar.wipe(err);
    }
    tally
}

/// How far it has come, on the terminal.
struct Bar {
    lang: Lang,
    begun: Instant,
    drawn: Option<Instant>,
}

impl Bar {
    fn new(lang: Lang) -> Self {
        Self { lang, begun: Instant::now(), drawn: None }
    }

    /// Draws it, if it was not drawn just now. That it cannot be drawn ends nothing.
    fn draw(&mut self, progress: Progress, err: &mut dyn Write) {
        let since = self.begun.elapsed();
        if self.drawn.is_some_and(|drawn| drawn.elapsed() < DRAWN) || since < DRAWN {
            return;
        }
        self.drawn = Some(Instant::now());
        let Pace { percent, rate, left } = progress.pace(since);
        let text = say::progress((percent, left), rate, progress.lines, "ctrl-c");
        let _ = write!(err, "\r{}\x1b[K", text.say(self.lang)).and_then(|()| err.flush());
    }

    fn wipe(&self, err: &mut dyn Write) {
        if self.drawn.is_some() {
            let _ = write!(err, "\r\x1b[K").and_then(|()| err.flush());
        }
    }
}
