//! Lists of domain names as others keep them: a name a line, hosts files, tables with commas.

use std::collections::HashSet;
use std::net::IpAddr;
use std::ops::Range;

use super::draft::Draft;
use super::import::ImportOptions;
use super::networks::private;
use super::report::{ImportFile, ImportReport, form, loss};
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, import as say};
use crate::net::DomainPattern;

/// Names that hosts files have for the machine itself.
const OWN: [&str; 14] = [
    "localhost",
    "localhost.localdomain",
    "local",
    "broadcasthost",
    "0.0.0.0",
    "ip6-localhost",
    "ip6-loopback",
    "ip6-localnet",
    "ip6-mcastprefix",
    "ip6-allnodes",
    "ip6-allrouters",
    "ip6-allhosts",
    "localhost4",
    "localhost6",
];

/// What a column with names is called.
const HEADS: [&str; 7] = ["domain", "domains", "domain name", "host", "hostname", "fqdn", "name"];

/// The names of files, as a policy writes them.
#[derive(Debug, Clone)]
pub struct DomainNames {
    /// Each once, none that another one covers, in the order of the files.
    pub names: Vec<String>,
    /// How many there were, how many are taken over, and what became of the others.
    pub report: ImportReport,
}

/// Reads the names of files: one a line, hosts files (`0.0.0.0 name`), tables with a column of names. What is no name is said to be
/// none; a name that is there twice, or that another one covers, is left out and said.
#[must_use]
pub fn domain_names(files: &[ImportFile]) -> DomainNames {
    let mut report = ImportReport::default();
    let mut found: Vec<(usize, Range<usize>, DomainPattern)> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        report.add_faults(files, index);
        let mut column = None;
        let mut at = 0;
        for line in file.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let words = words(line, &mut column);
            for word in words {
                report.rules += 1;
                let offset = line.find(word).unwrap_or(0) + start;
                let span = offset..offset + word.len();
                match pattern(word) {
                    Ok(pattern) => found.push((index, span, pattern)),
                    Err(why) => {
                        let said = say::not_a_domain(word, &why);
                        report.add(files, (index, &span), loss("not-a-name", said));
                    }
                }
            }
        }
    }
    let names = alone(files, found, &mut report);
    report.imported = names.len();
    DomainNames { names, report }
}

/// A policy that has nothing but the list.
#[must_use]
pub fn list_policy(name: &str, names: &[String], options: &ImportOptions) -> String {
    let home = &options.rules.home_net;
    let draft = Draft {
        name: name.to_owned(),
        rule_order: options.rules.rule_order,
        home_net: if home.is_empty() { private() } else { home.clone() },
        domain_lists: vec![(name.to_owned(), names.to_vec())],
        ..Draft::default()
    };
    draft.text()
}

/// The words of a line that are meant as names; `column` is where a table has them, once its head was seen.
fn words<'a>(line: &'a str, column: &mut Option<usize>) -> Vec<&'a str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    // `!` begins comments in lists of ad blockers.
    if line.is_empty() || line.starts_with(['#', '!', ';']) {
        return Vec::new();
    }
    let comment = line.find(" #").or_else(|| line.find("\t#")).unwrap_or(line.len());
    let line = line[..comment].trim_end();
    if let Some(separator) = [',', ';', '\t'].into_iter().find(|c| line.contains(*c))
        && !(separator == '\t' && is_hosts(line))
    {
        let cells: Vec<&str> = line.split(separator).map(|c| c.trim().trim_matches('"')).collect();
        let head = cells.iter().position(|cell| HEADS.contains(&cell.to_lowercase().as_str()));
        if let (Some(head), None) = (head, *column) {
            *column = Some(head);
            return Vec::new();
        }
        let names = || cells.iter().copied().filter(|c| c.contains('.') && pattern(c).is_ok());
        // No table, but several names in a line.
        if column.is_none() && names().count() > 1 {
            return names().collect();
        }
        let at = *column.get_or_insert_with(|| {
            cells.iter().position(|cell| cell.contains('.') && pattern(cell).is_ok()).unwrap_or(0)
        });
        return cells.get(at).copied().filter(|cell| !cell.is_empty()).into_iter().collect();
    }
    if is_hosts(line) {
        let names = line.split_whitespace().skip(1);
        return names.filter(|name| !OWN.contains(name)).collect();
    }
    let bare = line.trim_matches('"');
    if HEADS.contains(&bare.to_lowercase().as_str()) { Vec::new() } else { vec![bare] }
}

/// Whether a line begins with an address and has more.
fn is_hosts(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|first| first.parse::<IpAddr>().is_ok()) && words.next().is_some()
}

/// A name, also as lists of ad blockers write it: `||example.com^` is the name and all below it.
fn pattern(word: &str) -> Result<DomainPattern, Text> {
    if word.parse::<IpAddr>().is_ok() {
        return Err(say::AN_ADDRESS.into());
    }
    let tree = word.strip_prefix("||").and_then(|rest| rest.strip_suffix('^'));
    let word = tree.map_or_else(|| word.to_owned(), |name| format!(".{name}"));
    word.parse::<DomainPattern>().map_err(|error| error.words())
}

/// The names without those that are there twice or that another one covers.
fn alone(
    files: &[ImportFile],
    found: Vec<(usize, Range<usize>, DomainPattern)>,
    report: &mut ImportReport,
) -> Vec<String> {
    let all: HashSet<DomainPattern> = found.iter().map(|(_, _, pattern)| pattern.clone()).collect();
    let mut seen: HashSet<DomainPattern> = HashSet::new();
    let mut names = Vec::new();
    for (file, span, pattern) in found {
        let at = (file, &span);
        if !seen.insert(pattern.clone()) {
            report.add(files, at, form("twice", say::name_twice(&pattern.to_string())));
        } else if let Some(wider) = covering(&pattern, &all) {
            let said = say::name_covered(&pattern.to_string(), &wider.to_string());
            report.add(files, at, form("covered", said));
        } else {
            names.push(pattern.to_string());
        }
    }
    names
}

/// Another pattern of the set that means all that this one does.
fn covering(pattern: &DomainPattern, all: &HashSet<DomainPattern>) -> Option<DomainPattern> {
    let mut name = pattern.name();
    let has = |wider: DomainPattern| {
        (wider != *pattern && wider.covers(pattern) && all.contains(&wider)).then_some(wider)
    };
    loop {
        let found = has(DomainPattern::Tree(name.to_owned()))
            .or_else(|| has(DomainPattern::Below(name.to_owned())));
        if found.is_some() {
            return found;
        }
        name = name.split_once('.')?.1;
    }
}

/// What a program or a person is told of a list that is empty.
#[must_use]
pub fn empty_list() -> Diagnostic {
    Diagnostic::error("nothing", None, say::NO_NAMES)
}
