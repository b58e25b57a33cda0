//! Makes a policy of files that others wrote, and says what it could not take over.

use std::ops::Range;

use super::RulesOptions;
use super::anfw::{Importer, Objects, draft, take_template, take_terraform};
use super::draft::Draft;
use super::json::{Stopped, json};
use super::report::{ImportFile, ImportReport, form, loss};
use crate::compile::compile;
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::Text;
use crate::messages::import as say;
use crate::policy::{Document, Policy, RulePlace, yaml_items};
use crate::suricata::parse_rules;

/// Rules that do not load are switched off; those that hang on them are found once more each time.
const ROUNDS: usize = 8;

/// What files cannot say.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Rule order, default actions and networks, where no policy says them.
    pub rules: RulesOptions,
    /// Which firewall policy is taken, by name; the first where nothing is said.
    pub policy: Option<String>,
    /// Parameters of templates and variables of Terraform: name and value.
    pub values: Vec<(String, String)>,
    /// Whether a domain list becomes a list and a row, as against the rules that AWS makes of it.
    pub lists_as_rows: bool,
}

/// What an import made.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The text of the policy; nothing where there was nothing to import.
    pub policy: Option<String>,
    /// What was taken over, and what was not.
    pub report: ImportReport,
}

/// Makes one policy of files. Whatever they hold, something is said about each of them, and nothing is lost in silence.
#[must_use]
pub fn import(files: &[ImportFile], options: &ImportOptions) -> Imported {
    let mut importer = Importer::new(files, options);
    let mut objects = Objects::default();
    let mut terraform = Vec::new();
    for (index, file) in files.iter().enumerate() {
        importer.report.add_faults(files, index);
        if is_terraform(file) {
            terraform.push(index);
        } else if !objects_of(file, index, &mut objects, &mut importer) {
            not_looked_at(index, &mut importer);
        }
    }
    let found = take_terraform(&terraform, &mut objects, &mut importer);
    for (index, _) in terraform.iter().zip(found).filter(|(_, found)| !found) {
        // The variables of a module often have a file of their own.
        let said = form("not-looked-at", say::NOTHING_KNOWN);
        importer.report.add_whole(Some(*index), said);
    }
    let draft = draft(&objects, &mut importer);
    if draft.is_none() {
        importer.report.add_whole(None, Diagnostic::error("nothing", None, say::NOTHING));
    }
    let policy = draft.and_then(|draft| finished(draft, &mut importer));
    Imported { policy, report: importer.report }
}

/// Takes what a file holds; says whether it holds anything that is known.
fn objects_of(
    file: &ImportFile,
    index: usize,
    objects: &mut Objects,
    to: &mut Importer<'_>,
) -> bool {
    if file.name.ends_with(".rules") {
        objects.add_rules(index, to);
        return true;
    }
    let (values, stopped) = json(&file.text);
    if values.iter().all(|value| value.fields().is_empty() && value.items().len() < 2) {
        return template_or_rules(file, index, objects, to);
    }
    if let Some(stopped) = stopped.filter(|_| !values.is_empty()) {
        let end = file.text.len();
        let (at, said): (usize, Text) = match stopped {
            Stopped::AtEnd => (end, say::CUT_SHORT.into()),
            Stopped::At(at, c) => (at, say::not_json(c)),
            Stopped::TooDeep(at) => (at, say::TOO_DEEP.into()),
        };
        to.lose((index, &(at..end)), "not-whole", said);
    }
    values.iter().fold(false, |any, value| {
        take_template(value, index, objects, to) | objects.take(value, index, to) | any
    })
}

fn not_looked_at(file: usize, to: &mut Importer<'_>) {
    to.report.add_whole(Some(file), loss("not-looked-at", say::NOTHING_KNOWN));
}

/// Whether a file is one of Terraform, by its name or by what it says.
fn is_terraform(file: &ImportFile) -> bool {
    let says = |line: &str| line.starts_with("resource \"aws_networkfirewall");
    file.name.ends_with(".tf") || file.text.lines().any(says)
}

/// Takes a template in YAML, or rules under another name.
fn template_or_rules(
    file: &ImportFile,
    index: usize,
    objects: &mut Objects,
    to: &mut Importer<'_>,
) -> bool {
    if file.text.lines().any(|line| line.trim_end() == "Resources:") {
        let (values, stopped) = yaml_items(&file.text);
        if let Some((at, why)) = stopped {
            to.lose((index, &(at..at)), "not-whole", say::not_yaml(&why));
        }
        return values
            .iter()
            .fold(false, |any, value| take_template(value, index, objects, to) | any);
    }
    let holds_rules = !parse_rules(&file.text).rules.is_empty();
    if holds_rules {
        objects.add_rules(index, to);
    }
    holds_rules
}

/// The text of a policy in which everything loads: what does not is switched off, and said.
fn finished(mut draft: Draft, to: &mut Importer<'_>) -> Option<String> {
    for _ in 0..ROUNDS {
        let text = draft.text();
        let document = match Document::read(text) {
            Ok(document) => document,
            Err(problems) => {
                to.report.not_a_policy(&problems);
                return None;
            }
        };
        let errors =
            compile(document.policy()).diagnostics.into_iter().filter(Diagnostic::is_error);
        let changed = errors.fold(false, |changed, error| {
            switch_off(&mut draft, document.policy(), &error, to) | changed
        });
        if !changed {
            let rows = draft.groups.iter().flat_map(|group| &group.rows);
            let asked = rows.filter(|row| row.off.is_none()).map(|row| row.rules);
            to.report.imported += asked.sum::<usize>();
            return Some(document.text().to_owned());
        }
    }
    to.report.add_whole(None, Diagnostic::error("not-settled", None, say::NOT_SETTLED));
    None
}

/// Takes out what a problem is about; says whether anything changed.
fn switch_off(
    draft: &mut Draft,
    policy: &Policy,
    error: &Diagnostic,
    to: &mut Importer<'_>,
) -> bool {
    let Some(place) = &error.place else { return false };
    if let Some(at) = row_at(policy, place) {
        let row = draft.groups.get_mut(at.group).and_then(|group| group.rows.get_mut(at.rule));
        let Some(row) = row.filter(|row| row.off.is_none()) else { return false };
        let english = error.message.say(crate::messages::Lang::English);
        row.off = super::draft::title(english);
        let (file, span) = row.origin.clone();
        let said = say::switched_off(&row.name, &error.message);
        let said = match &error.help {
            Some(help) => loss("switched-off", said).help(help.clone()),
            None => loss("switched-off", said),
        };
        to.say((file, &span), said);
        return true;
    }
    for (written, group) in policy.rule_groups.iter().zip(&mut draft.groups) {
        let sets = [
            (&written.variables.ip_sets, &mut group.ip_sets),
            (&written.variables.port_sets, &mut group.port_sets),
        ];
        for (written, own) in sets {
            let bad = written.iter().find(|(_, set)| set.place == *place);
            if let Some((name, _)) = bad.filter(|(name, _)| own.contains_key(*name)) {
                own.remove(name);
                let said = loss("bad-set", say::bad_set(name, &error.message));
                to.report.add_whole(None, said);
                return true;
            }
        }
    }
    false
}

/// The row in which a place lies, or at whose end: there it is about what the row lacks.
fn row_at(policy: &Policy, place: &Place) -> Option<RulePlace> {
    let start = place.span.start;
    policy.rule_groups.iter().enumerate().find_map(|(group, written)| {
        let holds = |span: &Range<usize>| span.start <= start && start <= span.end;
        let mut rules = (0..written.rules.len()).rev();
        let rule = rules.find(|rule| written.rules.span(*rule).is_some_and(|span| holds(&span)))?;
        Some(RulePlace { group, rule })
    })
}
