//! A policy, from its text to its verdicts.

use sekisho::analysis::evaluator;
use sekisho::compile::{Compiled, compile};
use sekisho::eval::{Evaluator, Verdict};
use sekisho::policy::Document;

use crate::clock::{Load, often};
use crate::names::Asking;

pub struct Ours {
    document: Document,
    compiled: Compiled,
    evaluator: Evaluator,
}

impl Ours {
    /// Reads a policy; how long it took from compiled rules, and from the text, to a first verdict.
    pub fn load(text: &str) -> Result<(Self, Load, Load), String> {
        let (document, read) = often(|| Document::read(text.to_owned()));
        let document = document.map_err(|problems| format!("{:?}", problems.first()))?;
        let (compiled, made) = often(|| compile(document.policy()));
        let first = Asking::first()?;
        let (evaluator, index) = often(|| {
            let evaluator = evaluator(&compiled);
            std::hint::black_box(evaluator.verdict(&first));
            evaluator
        });
        let all = Load(read.0 + made.0 + index.0);
        Ok((Self { document, compiled, evaluator }, index, all))
    }

    pub fn rules(&self) -> usize {
        self.compiled.ruleset.rules.len()
    }

    pub fn rules_text(&self) -> String {
        self.compiled.text(self.document.policy())
    }

    pub fn verdict(&self, asking: &Asking, at: usize) -> bool {
        self.evaluator.verdict(&asking.flows[at]).0 == Verdict::Unmatched
    }

    pub fn trace(&self, asking: &Asking, at: usize) -> bool {
        !self.evaluator.evaluate(&asking.flows[at]).rules.is_empty()
    }
}
