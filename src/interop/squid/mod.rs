//! Squid's access rules as a policy of the same meaning.
//!
//! `http_access` lines are asked from the first to the last; within a line every ACL must match, within an ACL one value;
//! where no line matches, the opposite of the last one holds. Source: `squid.conf.documented` of Squid 5.7, `acl` and
//! `http_access`. A line is taken over whole or not at all: what it cannot say is told with its place.

mod acl;
mod condition;
mod lines;
mod regex;
mod rows;
mod text;
mod values;

use std::collections::HashMap;

use acl::Acl;
use lines::{Line, lines};
use rows::rows;
pub use text::SquidOptions;
use text::policy_text;

use super::import::Imported;
use super::report::{ImportFile, ImportReport, form, loss};
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, squid as say};

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
    for (at, said) in conf.files[0].faults.clone() {
        conf.lose(&(0, at..at), "not-text", said);
    }
    for line in lines(&mut conf, beside) {
        directive(&mut conf, &line, beside);
    }
    conf.report.rules = conf.access.len();
    if conf.access.is_empty() {
        conf.report.add_whole(None, Diagnostic::error("nothing", None, say::NO_ACCESS));
        return (Imported { policy: None, report: conf.report }, conf.files);
    }
    let rows = rows(&mut conf);
    conf.report.groups = 1;
    let policy = policy_text(&mut conf, &rows, options);
    (Imported { policy: Some(policy), report: conf.report }, conf.files)
}

/// Takes an `acl` or `http_access` line; other access lists of Squid are told, its other settings are its own.
fn directive(conf: &mut Configuration, line: &Line, beside: &mut Beside<'_>) {
    let mut words = line.words.iter();
    let Some(first) = words.next() else { return };
    match first.text.as_str() {
        "acl" => acl::define(conf, line, beside),
        "http_access" => {
            let action = words.next().map(|word| word.text.as_str());
            let allow = match action {
                Some("allow") => true,
                Some("deny") => false,
                _ => return conf.lose(&line.origin, "squid-broken", say::BROKEN_ACCESS),
            };
            let term = |word: &lines::Word| match word.text.strip_prefix('!') {
                Some(name) => (true, name.to_owned()),
                None => (false, word.text.clone()),
            };
            let terms: Vec<(bool, String)> = words.map(term).collect();
            if terms.is_empty() {
                // Squid ignores a line without an ACL, and warns.
                return conf.lose(&line.origin, "squid-broken", say::BROKEN_ACCESS);
            }
            conf.access.push(Access { allow, terms, origin: line.origin.clone() });
        }
        other @ ("adapted_http_access"
        | "http_access2"
        | "http_reply_access"
        | "ssl_bump"
        | "url_rewrite_program"
        | "url_rewrite_access"
        | "external_acl_type"
        | "miss_access"
        | "reply_body_max_size"
        | "follow_x_forwarded_for"
        | "cache_peer") => {
            conf.lose(&line.origin, "squid-elsewhere", say::decides_too(other));
        }
        _ => {}
    }
}
