use std::collections::HashSet;
use std::net::IpAddr;

use super::goal::Goal;
use super::offer::FlowChange;
use crate::eval::Evaluator;
use crate::net::{Action, Request};
use crate::workbench::fates::action;
use crate::workbench::named::{clients, example_of, targets};

/// So many server addresses with a verdict of their own are asked for.
const SERVERS: usize = 3;

/// Flows that stand for others: who a policy tells apart × what its rows ask for. A sample, no proof.
pub(super) struct Sample {
    probes: Vec<Probe>,
    before: Vec<Option<Action>>,
}

/// A flow that stands for others.
struct Probe {
    from: String,
    request: Request,
}

impl Sample {
    /// At most `limit` flows: of the client to everything, of everybody to what it asks for, then others.
    pub(super) fn new(goal: &Goal<'_>, evaluator: &Evaluator, limit: usize) -> Self {
        let probes = probes(goal, limit);
        let before = probes.iter().map(|probe| verdict(evaluator, &probe.request)).collect();
        Self { probes, before }
    }

    /// How many flows there are.
    pub(super) const fn len(&self) -> usize {
        self.probes.len()
    }

    /// The flows that get another verdict.
    pub(super) fn changes(&self, after: &Evaluator) -> Vec<FlowChange> {
        let change = |(probe, before): (&Probe, &Option<Action>)| {
            let after = verdict(after, &probe.request);
            (after != *before).then(|| FlowChange {
                from: probe.from.clone(),
                to: probe.request.to_string(),
                dst: probe.request.dst,
                before: *before,
                after,
            })
        };
        self.probes.iter().zip(&self.before).filter_map(change).collect()
    }
}

fn verdict(evaluator: &Evaluator, request: &Request) -> Option<Action> {
    let dst = request.dst.unwrap_or_else(|| request.somewhere());
    action(&evaluator.verdict(&request.flow(dst)).0)
}

fn probes(goal: &Goal<'_>, limit: usize) -> Vec<Probe> {
    let own = (goal.request.from.to_string(), goal.request.from);
    let url = goal.request.to_string();
    let servers = servers(goal);
    let clients: Vec<_> = clients(goal.policy, limit).into_iter().filter_map(example_of).collect();
    let targets = urls(goal);
    let asked = servers
        .iter()
        .flat_map(|dst| clients.iter().chain([&own]).map(|client| (client, url.as_str(), *dst)));
    let to_all = targets.iter().map(|url| (&own, url.as_str(), None));
    let pairs = clients.len() * targets.len();
    // A step that is no multiple of a row of the table visits its columns too.
    let step = pairs.div_ceil(limit.max(1)).max(1);
    let step = if step > 1 && step.is_multiple_of(targets.len().max(1)) { step + 1 } else { step };
    let others = (0..pairs).step_by(step).map(|at| {
        let (client, target) = (&clients[at / targets.len()], &targets[at % targets.len()]);
        (client, target.as_str(), None)
    });
    // The request itself is no other flow, to whichever server.
    let mut seen: HashSet<(IpAddr, String, Option<IpAddr>)> =
        servers.iter().map(|dst| (own.1, url.clone(), *dst)).collect();
    let mut probes = Vec::new();
    for ((from, address), url, dst) in asked.chain(to_all).chain(others) {
        if probes.len() >= limit {
            break;
        }
        let server = dst.map(|dst| dst.to_string());
        let Ok(request) = Request::parse(&address.to_string(), url, server.as_deref()) else {
            continue;
        };
        if seen.insert((*address, request.to_string(), dst)) {
            probes.push(Probe { from: from.clone(), request });
        }
    }
    probes
}

/// The addresses of the server for which the request itself fails; `None` stands for the likeliest.
fn servers(goal: &Goal<'_>) -> Vec<Option<IpAddr>> {
    if goal.request.dst.is_some() {
        return vec![goal.request.dst];
    }
    let outcomes = goal.answer.by_destination.iter().skip(1);
    let failing = outcomes.filter(|outcome| !goal.wanted.has_outcome(outcome));
    let addresses = failing.map(|outcome| Some(outcome.address));
    [None].into_iter().chain(addresses.take(SERVERS)).collect()
}

/// What rows ask for, as URLs, and a few things that none does; each once.
fn urls(goal: &Goal<'_>) -> Vec<String> {
    let mut urls: Vec<String> =
        targets(goal.policy, goal.compiled).into_iter().flat_map(|target| target.urls).collect();
    let mut seen = HashSet::new();
    urls.retain(|url| seen.insert(url.clone()));
    urls
}
