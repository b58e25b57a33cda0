//! How each rule fared with a flow: told when somebody looks, since that costs far more than the verdict.

use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::evaluator::Wanted;
use super::{Evaluator, RuleStep};
use crate::net::{Flow, Sid};

/// How rules fared, in the order in which they are asked. To read it as a slice tells it of all of them.
#[derive(Clone)]
pub struct RuleSteps(Told);

#[derive(Clone)]
enum Told {
    Already(Vec<RuleStep>),
    WhenAsked(Arc<Asked>),
}

/// A flow and all that is needed to tell about it.
struct Asked {
    evaluator: Evaluator,
    flow: Flow,
    all: OnceLock<Vec<RuleStep>>,
    /// What was told last: a picture asks for the same rules again and again.
    last: Mutex<Option<(HashSet<Sid>, Vec<RuleStep>)>>,
}

impl Asked {
    fn some(&self, rules: &HashSet<Sid>) -> Vec<RuleStep> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, steps)) = last.as_ref().filter(|(of, _)| of == rules) {
            return steps.clone();
        }
        let steps = self.evaluator.explained(&self.flow, Wanted::These(rules));
        *last = Some((rules.clone(), steps.clone()));
        steps
    }
}

impl RuleSteps {
    /// Of a flow that was asked of `evaluator`: of every rule, later.
    pub(super) fn later(evaluator: &Evaluator, flow: &Flow) -> Self {
        let (evaluator, flow) = (evaluator.clone(), flow.clone());
        Self(Told::WhenAsked(Arc::new(Asked {
            evaluator,
            flow,
            all: OnceLock::new(),
            last: Mutex::default(),
        })))
    }

    /// How these rules fared.
    #[must_use]
    pub fn some(&self, rules: &HashSet<Sid>) -> Vec<RuleStep> {
        let among = |all: &[RuleStep]| -> Vec<RuleStep> {
            all.iter().filter(|step| rules.contains(&step.sid)).cloned().collect()
        };
        match &self.0 {
            Told::Already(all) => among(all),
            Told::WhenAsked(asked) => match asked.all.get() {
                Some(all) => among(all),
                None => asked.some(rules),
            },
        }
    }

    /// How this rule fared.
    #[must_use]
    pub fn one(&self, rule: Sid) -> Option<RuleStep> {
        self.some(&HashSet::from([rule])).into_iter().next()
    }

    /// The rules that match or have a condition met that is about names, contents or certain servers, and perhaps more. Nothing
    /// where that is not known without asking each.
    #[must_use]
    pub fn near(&self) -> Option<HashSet<Sid>> {
        match &self.0 {
            Told::Already(_) => None,
            Told::WhenAsked(asked) => asked.evaluator.near(&asked.flow),
        }
    }

    /// The steps, of all rules.
    pub(super) fn into_vec(self) -> Vec<RuleStep> {
        match self.0 {
            Told::Already(all) => all,
            Told::WhenAsked(_) => self.to_vec(),
        }
    }
}

impl From<Vec<RuleStep>> for RuleSteps {
    fn from(steps: Vec<RuleStep>) -> Self {
        Self(Told::Already(steps))
    }
}

impl Default for RuleSteps {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl Deref for RuleSteps {
    type Target = [RuleStep];

    fn deref(&self) -> &[RuleStep] {
        match &self.0 {
            Told::Already(all) => all,
            Told::WhenAsked(asked) => {
                asked.all.get_or_init(|| asked.evaluator.explained(&asked.flow, Wanted::All))
            }
        }
    }
}

impl PartialEq for RuleSteps {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for RuleSteps {}

impl fmt::Debug for RuleSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
