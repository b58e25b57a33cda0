//! Cases as JUnit XML, which build servers read: a suite for each policy.
//!
//! There is no standard of it. Elements and attributes are those that most tools write and read. Source:
//! <https://github.com/testmoapp/junitxml> at 1bcb6fb, "Complete JUnit XML example".

use std::fmt::Write as _;

use crate::messages::{Lang, printable};
use crate::policy::Policy;
use crate::workbench::{CaseResult, Outcome};

/// The suites, as they are written one policy after the other.
#[derive(Debug, Default)]
pub struct Junit {
    suites: String,
    all: Counts,
}

/// How many cases there are, how many got another verdict, how many cannot be read.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Junit {
    /// Adds what the cases of a policy came to.
    pub fn add(&mut self, policy: &Policy, results: &[CaseResult], file: &str) {
        let counts = Counts::of(results);
        self.all.tests += counts.tests;
        self.all.failures += counts.failures;
        self.all.errors += counts.errors;
        let name = escaped(&policy.name);
        let file = escaped(file);
        let _ = writeln!(self.suites, "  <testsuite name=\"{name}\" file=\"{file}\"{counts}>");
        for result in results {
            self.case(policy, result, &file);
        }
        self.suites.push_str("  </testsuite>\n");
    }

    fn case(&mut self, policy: &Policy, result: &CaseResult, file: &str) {
        let case = &policy.cases[result.case];
        let (name, line) = (escaped(&case.name.value), case.place.line);
        let group = escaped(&policy.name);
        let _ = write!(
            self.suites,
            "    <testcase name=\"{name}\" classname=\"{group}\" file=\"{file}\" line=\"{line}\""
        );
        let Some(why) = &result.why else {
            self.suites.push_str("/>\n");
            return;
        };
        let word = if is_error(result) { "error" } else { "failure" };
        let why = escaped(why.say(Lang::English));
        let verdict = result.outcome.word().say(Lang::English).to_lowercase();
        let _ = writeln!(
            self.suites,
            ">\n      <{word} type=\"{verdict}\" message=\"{why}\">line {line}: {why}</{word}>\n    </testcase>"
        );
    }

    /// The whole document.
    #[must_use]
    pub fn document(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sekisho\"{}>\n{}</testsuites>\n",
            self.all, self.suites
        )
    }
}

impl Counts {
    fn of(results: &[CaseResult]) -> Self {
        let errors = results.iter().filter(|result| is_error(result)).count();
        let wrong = results.iter().filter(|result| !result.passed).count();
        Self { tests: results.len(), failures: wrong - errors, errors }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { tests, failures, errors } = self;
        write!(f, " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }
}

/// Whether the case itself cannot be read.
fn is_error(result: &CaseResult) -> bool {
    !result.passed && result.outcome == Outcome::Unreadable
}

/// Text as XML takes it; characters that it does not take at all are written as escapes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
