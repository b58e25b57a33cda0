use std::io;

use serde_json::{Value, json};

use super::Streams;
use super::flow_sets::witness;
use super::page::line;
use crate::analysis::{Decider, Reach, Reaches};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{Lang, coverage as say};
use crate::net::Request;
use crate::policy::{Policy, RulePlace};
use crate::workbench::{RowCoverage, coverage, decider_words, example_words};

/// Which rows no case exercises, each with a request that would, where there is one.
pub struct Coverage<'a> {
    policy: &'a Policy,
    rows: Vec<RowCoverage>,
    missing: Vec<(RulePlace, Option<Request>)>,
}

impl<'a> Coverage<'a> {
    /// Runs the cases of a policy.
    pub fn new(policy: &'a Policy, compiled: &Compiled, evaluator: &Evaluator) -> Self {
        let rows = coverage(policy, compiled, evaluator);
        let reaches = Reaches::new(policy, compiled, evaluator);
        let missing = rows.iter().filter(|row| row.cases.is_empty());
        let missing = missing.map(|row| match reaches.of(row.place) {
            Reach::Yes(request) => (row.place, Some(request)),
            Reach::Unknown | Reach::Unasked | Reach::Never(_) => (row.place, None),
        });
        Self { policy, missing: missing.collect(), rows }
    }

    fn name(&self, place: RulePlace, lang: Lang) -> String {
        decider_words(self.policy, Decider::Rule(place.group, place.rule), lang)
    }

    /// For people.
    pub fn text(&self, streams: &mut Streams<'_>) -> io::Result<()> {
        let lang = streams.lang;
        for (place, request) in &self.missing {
            line(streams.out, say::uncovered(&self.name(*place, lang)).say(lang))?;
            if let Some(request) = request {
                line(streams.out, &format!("      {}", example_words(request, lang)))?;
            }
        }
        let covered = self.rows.len() - self.missing.len();
        line(streams.out, say::covered(covered, self.rows.len()).say(lang))
    }

    /// For programs.
    pub fn json(&self, file: &str) -> Value {
        let missing = self.missing.iter().map(|(place, request)| {
            let line = self.policy.name_place(*place).map(|name| name.line);
            let rule = self.name(*place, Lang::English);
            json!({"rule": rule, "line": line, "request": request.as_ref().map(witness)})
        });
        json!({
            "file": file,
            "rules": self.rows.len(),
            "covered": self.rows.len() - self.missing.len(),
            "missing": missing.collect::<Vec<Value>>(),
        })
    }
}
