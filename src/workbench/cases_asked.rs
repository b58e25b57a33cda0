use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use super::answer::{Decider, decision, sentence_of, with_deciders};
use super::fates::{joined, likeliest_first, servers};
use crate::compile::Compiled;
use crate::eval::{Evaluator, Heard, Trace};
use crate::messages::Text;
use crate::net::{Action, IpSet, Request, RequestError};
use crate::policy::{Case, Policy};

/// How the cases of a policy fared, in the order of the file.
///
/// What an edit cannot have changed is taken over: a case fares as before as long as no rule that came, went or moved is one
/// that its flows can meet. Who decided is named anew each time, since rows move and get other names.
#[derive(Debug, Clone, Default)]
pub struct AskedCases(Vec<Arc<AskedCase>>);

/// How a case fared.
#[derive(Debug)]
pub(super) struct AskedCase {
    from: String,
    url: String,
    dst: Option<String>,
    /// What it asks, and what came of it.
    asked: Result<(Request, Vec<Fared>), RequestError>,
    /// Whether all servers were asked about: not, once two were found to differ.
    whole: bool,
    /// What the rules were found by, of all destinations.
    heard: Vec<Heard>,
    /// The traces with the deciders explained, once a sentence needs them.
    explained: OnceLock<Vec<Trace>>,
}

/// What became of a request to a set of destinations.
#[derive(Debug)]
struct Fared {
    set: IpSet,
    address: IpAddr,
    trace: Trace,
}

impl AskedCases {
    /// Asks every case of `policy`. What is the same as `before`, of the evaluator given with it, is taken from there.
    #[must_use]
    pub fn new(
        policy: &Policy,
        compiled: &Compiled,
        evaluator: &Evaluator,
        before: Option<(&Self, &Evaluator)>,
    ) -> Self {
        let asked = |(at, case): (usize, &Case)| {
            let kept = before.and_then(|(before, of)| {
                let kept = before.0.get(at).filter(|kept| kept.is_of(case))?;
                let same = kept.heard.iter().all(|heard| evaluator.decides_as(of, heard));
                let enough = || kept.whole || matches!(kept.decision(policy, compiled), Ok(None));
                (same && enough()).then(|| Arc::clone(kept))
            });
            kept.unwrap_or_else(|| Arc::new(AskedCase::new(case, (policy, compiled), evaluator)))
        };
        Self(policy.cases.iter().enumerate().map(asked).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &AskedCase> {
        self.0.iter().map(Arc::as_ref)
    }

    /// How many of them are those of `other`.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| Arc::ptr_eq(a, b)).count()
    }
}

impl AskedCase {
    fn new(case: &Case, of: (&Policy, &Compiled), evaluator: &Evaluator) -> Self {
        let (from, url, dst) = (case.from.clone(), case.url.clone(), case.dst.clone());
        let (mut heard, mut whole) = (Vec::new(), true);
        let asked = Request::parse(&from, &url, dst.as_deref()).map(|request| {
            let fared;
            (fared, whole) = ask(of, evaluator, &request, &mut heard);
            (request, fared)
        });
        Self { from, url, dst, asked, whole, heard, explained: OnceLock::new() }
    }

    fn is_of(&self, case: &Case) -> bool {
        (&self.from, &self.url, &self.dst) == (&case.from, &case.url, &case.dst)
    }

    /// Who decided and what became of the request; nothing where that depends on the destination.
    ///
    /// # Errors
    /// Why the case cannot be read.
    pub(super) fn decision(
        &self,
        policy: &Policy,
        compiled: &Compiled,
    ) -> Result<Option<(Decider, Option<Action>)>, &RequestError> {
        let (_, fared) = self.asked.as_ref()?;
        Ok(decision(policy, compiled, fared.iter().map(|fared| &fared.trace)))
    }

    /// The outcome of a case that does not depend on the destination, in one sentence; nothing where it cannot be read.
    pub(super) fn sentence(
        &self,
        policy: &Policy,
        compiled: &Compiled,
        evaluator: &Evaluator,
    ) -> Text {
        let Ok((request, fared)) = &self.asked else { return Text::default() };
        let explained = self.explained.get_or_init(|| {
            let explain = |fared: &Fared| {
                with_deciders(evaluator, &request.flow(fared.address), &fared.trace)
            };
            fared.iter().map(explain).collect()
        });
        let traces = fared.iter().zip(explained);
        let traces =
            traces.map(|(fared, trace)| ((fared.set.clone(), fared.address), trace.clone()));
        sentence_of(policy, compiled, request, traces)
    }
}

/// What becomes of a request, with what was heard of it, and whether all servers were asked about: where two differ, it depends
/// on the destination whatever others do.
fn ask(
    (policy, compiled): (&Policy, &Compiled),
    evaluator: &Evaluator,
    request: &Request,
    heard: &mut Vec<Heard>,
) -> (Vec<Fared>, bool) {
    let servers = servers(evaluator, request);
    let (mut whole, mut first) = (true, None);
    let mut asked: Vec<(usize, IpAddr, Trace)> = Vec::new();
    for (class, to) in likeliest_first(&servers, request) {
        let trace = servers.decide_and_hear(class, to, heard);
        let outcome = trace.outcome();
        asked.push((class, to, trace));
        if *first.get_or_insert_with(|| outcome.clone()) != outcome {
            let both = asked.iter().take(1).chain(asked.last()).map(|(_, _, trace)| trace);
            if decision(policy, compiled, both).is_none() {
                whole = false;
                break;
            }
        }
    }
    let all = joined(&servers, asked.into_iter(), Trace::outcome).into_iter();
    let fared: Vec<Fared> =
        all.map(|(set, address, trace)| Fared { set, address, trace }).collect();
    if !whole || request.dst.is_some() {
        let addresses: Vec<IpAddr> = fared.iter().map(|fared| fared.address).collect();
        *heard = heard.drain(..).map(|heard| heard.at(addresses.clone())).collect();
    }
    (fared, whole)
}
