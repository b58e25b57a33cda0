//! Squid's access rules as a policy of the same meaning.
//!
//! `http_access` lines are asked from the first to the last; within a line every ACL must match, within an ACL one value;
//! where no line matches, the opposite of the last one holds. Source: `squid.conf.documented` of Squid 5.7, `acl` and
//! `http_access`. A line is taken over whole or not at all: what it cannot say is told with its place.

mod acl;
mod branches;
mod condition;
mod directive;
mod lines;
mod regex;
mod rows;
mod text;
mod values;

use std::collections::HashMap;

use acl::Acl;
use branches::Branches;
use directive::directive;
use lines::lines;
use rows::rows;
pub use text::SquidOptions;
use text::policy_text;

use super::import::Imported;
use super::report::{ImportFile, ImportReport, form, loss};
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, squid as say};
use crate::policy::Document;

/// Gets the files that a name in a configuration stands for: several for a pattern of an `include`.
pub type Beside<'a> = dyn FnMut(&str) -> Result<Vec<ImportFile>, Text> + 'a;

/// Whether a text is a configuration of Squid: it has an `http_access` line.
#[must_use]
pub fn is_squid(text: &str) -> bool {
    text.lines().any(|line| line.split_whitespace().next() == Some("http_access"))
}

/// An `http_access` line.
pub(in crate::interop::squid) struct Access {
    /// `allow`, as against `deny`.
    pub allow: bool,
    /// The ACLs that must match, or with `true` must not.
    pub terms: Vec<(bool, String)>,
    /// The file, by its index, and the bytes there.
    pub origin: super::draft::Origin,
}

/// What a configuration says about access.
pub(in crate::interop::squid) struct Configuration {
    pub files: Vec<ImportFile>,
    pub acls: HashMap<String, Acl>,
    pub access: Vec<Access>,
    pub report: ImportReport,
}

impl Configuration {
    /// Says that something does not mean any more what it meant.
    fn lose(&mut self, at: &super::draft::Origin, code: &'static str, said: impl Into<Text>) {
        self.report.add(&self.files, (at.0, &at.1), loss(code, said));
    }

    /// Says that something has another form, or nothing to do with who reaches what.
    fn note(&mut self, at: &super::draft::Origin, code: &'static str, said: impl Into<Text>) {
        self.report.add(&self.files, (at.0, &at.1), form(code, said));
    }
}

/// Makes a policy of a configuration. Returns it with the files that were read, its own first: places are in them.
#[must_use]
pub fn import_squid(
    main: ImportFile,
    options: &SquidOptions,
    beside: &mut Beside<'_>,
) -> (Imported, Vec<ImportFile>) {
    let mut conf = Configuration {
        files: vec![main],
        acls: acl::predefined(),
        access: Vec::new(),
        report: ImportReport::default(),
    };
    conf.report.add_faults(&conf.files, 0);
    let mut branches = Branches::default();
    for line in lines(&mut conf, beside) {
        if branches.takes(&mut conf, &line) {
            directive(&mut conf, &line, beside);
        }
    }
    conf.report.rules = conf.access.len();
    if conf.access.is_empty() {
        conf.report.add_whole(None, Diagnostic::error("nothing", None, say::NO_ACCESS));
        return (Imported { policy: None, report: conf.report }, conf.files);
    }
    let rows = rows(&mut conf);
    conf.report.groups = 1;
    let policy = policy_text(&mut conf, &rows, options);
    if let Err(problems) = Document::read(policy.clone()) {
        conf.report.not_a_policy(&problems);
        return (Imported { policy: None, report: conf.report }, conf.files);
    }
    (Imported { policy: Some(policy), report: conf.report }, conf.files)
}
