use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use thiserror::Error;

use crate::messages::{Lang, Text, verify as say};

/// How long a run may take: loading 30,000 rules takes about a tenth of it.
const LIMIT: Duration = Duration::from_secs(180);

/// How often a run is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// How many lines of the engine's log are shown.
const TAIL: usize = 8;

/// An installed Suricata. It is only ever run on files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    program: PathBuf,
    limit: Duration,
}

/// Why the engine gave no answer.
#[derive(Debug, Error)]
#[error("{}", self.words().say(Lang::English))]
pub enum EngineError {
    /// There is none.
    Missing {
        /// What was to be started.
        program: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// It ended without having done its work.
    Failed {
        /// How it ended.
        what: Text,
        /// The end of its log.
        log: Vec<String>,
    },
    /// It took too long and was killed.
    Hung {
        /// The time it was given.
        limit: Duration,
        /// The end of its log.
        log: Vec<String>,
    },
    /// Nobody wants its answer any more; it was killed.
    Stopped,
    /// A file could not be written, or what the engine wrote could not be read.
    File {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl EngineError {
    /// What is wrong, in a line.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Missing { program, reason } => {
                say::cannot_start(&program.display().to_string(), reason)
            }
            Self::Failed { what, .. } => what.clone(),
            Self::Hung { limit, .. } => say::too_slow(limit.as_secs()),
            Self::Stopped => say::STOPPED.into(),
            Self::File { file, reason } => {
                Text::verbatim(&format!("`{}`: {reason}", file.display()))
            }
        }
    }

    /// A file and what the system says about it.
    pub(super) fn file(file: &Path, reason: impl ToString) -> Self {
        Self::File { file: file.to_owned(), reason: reason.to_string() }
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self { program: PathBuf::from("suricata"), limit: LIMIT }
    }
}

impl Engine {
    /// The engine at `program`, or the one on the path; `limit` is the longest a run may take.
    #[must_use]
    pub fn new(program: Option<&Path>, limit: Option<Duration>) -> Self {
        let usual = Self::default();
        // It is started in another folder: a path must not depend on this one.
        let here = |path: &Path| match path.parent() {
            Some(folder) if folder != Path::new("") => {
                fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
            }
            _ => path.to_owned(),
        };
        Self { program: program.map_or(usual.program, here), limit: limit.unwrap_or(usual.limit) }
    }

    /// Asks the engine for its version, such as `7.0.10`.
    ///
    /// # Errors
    /// [`EngineError`] when it cannot be started, hangs, is stopped, or says something else.
    pub fn version(&self, folder: &Path, stop: &AtomicBool) -> Result<String, EngineError> {
        self.run(&["-V".as_ref()], folder, "version", stop)?;
        let said = console(folder, "version");
        let version = said.split_once("version ").and_then(|(_, v)| v.split_whitespace().next());
        version.map(str::to_owned).ok_or_else(|| EngineError::Failed {
            what: say::no_version(&self.program.display().to_string()),
            log: tail(&said),
        })
    }

    /// Runs the engine in `folder`, its log file and what it says there, and waits for its end.
    ///
    /// # Errors
    /// [`EngineError`] when it cannot be started, fails, takes longer than the limit, or is stopped.
    pub(super) fn run(
        &self,
        args: &[&Path],
        folder: &Path,
        name: &str,
        stop: &AtomicBool,
    ) -> Result<(), EngineError> {
        go_on(stop)?;
        let said = folder.join(format!("{name}.out"));
        let to = File::create(&said).map_err(|e| EngineError::file(&said, e))?;
        let also = to.try_clone().map_err(|e| EngineError::file(&said, e))?;
        let started = Command::new(&self.program)
            .args(args)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(to)
            .stderr(also)
            .spawn();
        let mut child = started.map_err(|e| EngineError::Missing {
            program: self.program.clone(),
            reason: match e.kind() {
                io::ErrorKind::NotFound => "there is no such program".to_owned(),
                _ => e.to_string(),
            },
        })?;
        let begin = Instant::now();
        let status = loop {
            match child.try_wait().map_err(|e| EngineError::file(&self.program, e))? {
                Some(status) => break status,
                None if begin.elapsed() < self.limit && go_on(stop).is_ok() => sleep(LOOK),
                None => {
                    // It may just have ended by itself; what counts is that it is gone.
                    let _ = child.kill();
                    let _ = child.wait();
                    go_on(stop)?;
                    let log = end_of_log(folder, name);
                    return Err(EngineError::Hung { limit: self.limit, log });
                }
            }
        };
        go_on(stop)?;
        if status.success() {
            return Ok(());
        }
        Err(EngineError::Failed { what: ending(status), log: end_of_log(folder, name) })
    }
}

/// Nothing, unless somebody wants the run to stop.
pub(super) fn go_on(stop: &AtomicBool) -> Result<(), EngineError> {
    if stop.load(Ordering::Relaxed) { Err(EngineError::Stopped) } else { Ok(()) }
}

/// How a process ended, in words.
fn ending(status: ExitStatus) -> Text {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return say::crashed(signal);
    }
    say::ended(status.code())
}

/// What the engine printed.
fn console(folder: &Path, name: &str) -> String {
    let bytes = fs::read(folder.join(format!("{name}.out"))).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The last lines of the log in `folder`, or of what was printed when there is no log.
fn end_of_log(folder: &Path, name: &str) -> Vec<String> {
    let log = log(folder);
    if log.is_empty() { tail(&console(folder, name)) } else { tail(&log) }
}

/// The log that the engine wrote into `folder`.
pub(super) fn log(folder: &Path) -> String {
    let bytes = fs::read(folder.join("suricata.log")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The last lines of a text.
pub(super) fn tail(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(TAIL)..].iter().map(|line| (*line).to_owned()).collect()
}
