use std::collections::{HashMap, HashSet};

use super::by_source::{example, told_apart};
use super::fates::{Fate, fates};
use super::named::{Clients, clients, targets};
use crate::compile::{Compiled, compile};
use crate::eval::Evaluator;
use crate::net::{Action, IpSet, Request};
use crate::policy::{Document, Policy};

/// So many clients and networks of rows have a column at most.
const MOST_CLIENTS: usize = 200;
/// So many classes of addresses are asked for each client, those that rules tell apart.
const CLASSES: usize = 4;
/// So many requests are tried for each target.
const REQUESTS: usize = 8;

/// Who reaches what: the sources of a policy × what its rows name, told by examples.
///
/// It is a picture, no proof: a cell is what becomes of a few requests. What is exact is `sekisho access` ([`access`](crate::analysis::access)).
#[derive(Debug)]
pub struct Matrix {
    /// Across.
    pub clients: Vec<Column>,
    /// Down.
    pub targets: Vec<Line>,
    /// The policy's last saved text, where it differs.
    saved: Option<Evaluator>,
}

/// A column: clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What the policy calls them; `None`: those inside who are none of the others.
    pub name: Option<String>,
    sets: Vec<IpSet>,
}

/// A line: what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the policy calls it; `None`: what no row names, asked for by the only URL there is.
    pub name: Option<String>,
    /// The requests that are tried, as URLs.
    pub urls: Vec<String>,
}

/// What becomes of the requests of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// The same of all.
    All(Action),
    /// Not the same of all.
    Mixed,
    /// Of at least one it cannot be told, or nobody can say what to ask.
    CannotTell,
}

impl Shade {
    fn of(action: Option<Action>) -> Self {
        action.map_or(Self::CannotTell, Self::All)
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What becomes of its requests.
    pub shade: Shade,
    /// What became of them by the saved policy, where that was something else.
    pub before: Option<Shade>,
    /// A request to look at: one that changed, or else the first.
    pub example: Option<Request>,
}

impl Matrix {
    /// The matrix of a policy; `saved` is the text that changes are counted from, where it is another.
    #[must_use]
    pub fn of(
        policy: &Policy,
        compiled: &Compiled,
        evaluator: &Evaluator,
        saved: Option<&str>,
    ) -> Self {
        let column = |of: Clients| Column { sets: classes(evaluator, &of.set), name: of.name };
        Self {
            clients: clients(policy, MOST_CLIENTS).into_iter().map(column).collect(),
            targets: lines(policy, compiled),
            saved: saved.and_then(|saved| evaluator_of(policy, saved)),
        }
    }

    /// What becomes of the requests from a column to a line.
    #[must_use]
    pub fn cell(&self, evaluator: &Evaluator, target: usize, client: usize) -> Cell {
        let (mut now, mut before, mut changed, mut first) = (None, None, None, None);
        for request in self.requests(target, client) {
            let shade = shade(evaluator, &request);
            let old = self.saved.as_ref().map_or(shade, |saved| self::shade(saved, &request));
            now = Some(now.map_or(shade, |so_far| joined(so_far, shade)));
            before = Some(before.map_or(old, |so_far| joined(so_far, old)));
            if old != shade && changed.is_none() {
                changed = Some(request);
            } else if first.is_none() {
                first = Some(request);
            }
        }
        let shade = now.unwrap_or(Shade::CannotTell);
        Cell { shade, before: before.filter(|_| changed.is_some()), example: changed.or(first) }
    }

    fn requests(&self, target: usize, client: usize) -> impl Iterator<Item = Request> {
        let clients = self.clients.get(client).map_or(&[][..], |column| &column.sets);
        let urls = self.targets.get(target).map_or(&[][..], |line| &line.urls);
        let from = clients.iter().filter_map(example);
        from.flat_map(move |from| {
            urls.iter().filter_map(move |url| Request::parse(&from.to_string(), url, None).ok())
        })
    }
}

/// What becomes of a request, to whichever address its name leads.
fn shade(evaluator: &Evaluator, request: &Request) -> Shade {
    let of = |fate: &Fate| Shade::of(fate.action());
    fates(evaluator, request).iter().map(of).reduce(joined).unwrap_or(Shade::CannotTell)
}

fn joined(a: Shade, b: Shade) -> Shade {
    match (a, b) {
        (Shade::CannotTell, _) | (_, Shade::CannotTell) => Shade::CannotTell,
        (Shade::All(a), Shade::All(b)) if a == b => Shade::All(a),
        (Shade::All(_) | Shade::Mixed, Shade::All(_) | Shade::Mixed) => Shade::Mixed,
    }
}

/// The parts of a client's addresses that rules tell apart, not too many.
fn classes(evaluator: &Evaluator, set: &IpSet) -> Vec<IpSet> {
    let mut parts = told_apart(evaluator, None, set);
    parts.truncate(CLASSES);
    parts
}

/// What rows name, each once, then what none names.
fn lines(policy: &Policy, compiled: &Compiled) -> Vec<Line> {
    let (mut lines, mut others): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    let mut known: HashMap<Option<String>, usize> = HashMap::new();
    for target in targets(policy, compiled) {
        if target.name.is_none() {
            let one = |url: String| Line { name: None, urls: vec![url] };
            others.extend(target.urls.into_iter().map(one));
            continue;
        }
        let at = *known.entry(target.name.clone()).or_insert(lines.len());
        match lines.get_mut(at) {
            Some(line) => line.urls.extend(target.urls),
            None => lines.push(Line { name: target.name, urls: target.urls }),
        }
    }
    for line in &mut lines {
        once(&mut line.urls);
        line.urls.truncate(REQUESTS);
    }
    let mut seen = HashSet::new();
    others.retain(|line| seen.insert(line.urls.clone()));
    lines.into_iter().chain(others).collect()
}

fn once(urls: &mut Vec<String>) {
    let mut seen = HashSet::new();
    urls.retain(|url| seen.insert(url.clone()));
}

/// The evaluator of the saved text, where that says something else and can be read.
fn evaluator_of(policy: &Policy, saved: &str) -> Option<Evaluator> {
    let document = Document::read(saved.to_owned()).ok()?;
    (document.policy() != policy).then(|| crate::analysis::evaluator(&compile(document.policy())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::answer::answer;

    const POLICY: &str = "\
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established]
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16]}
  batch: {cidrs: [10.2.0.0/16]}
domain_lists:
  shops: [a.shop.example, b.shop.example]
rule_groups:
  - name: g
    priority: 1
    rules:
      - {name: half, action: pass, from: 10.1.0.0/17, to: [.bank.example]}
      - {name: batch-only, action: pass, from: batch, to: [.bank.example]}
      - {name: one-shop, action: reject, from: any, to: [a.shop.example]}
      - {name: shops, action: pass, from: any, to: [list:shops]}
      - {name: odd, action: pass, from: any, to: ['regex:^a+\\.example$']}
";

    fn made(text: &str, saved: &str) -> (Matrix, Document, Compiled, Evaluator) {
        let document = Document::read(text.to_owned()).unwrap();
        let compiled = compile(document.policy());
        let evaluator = crate::analysis::evaluator(&compiled);
        let matrix = Matrix::of(document.policy(), &compiled, &evaluator, Some(saved));
        (matrix, document, compiled, evaluator)
    }

    fn at(matrix: &Matrix, target: &str, client: Option<&str>) -> (usize, usize) {
        let line = matrix.targets.iter().position(|line| line.name.as_deref() == Some(target));
        let column = matrix.clients.iter().position(|c| c.name.as_deref() == client);
        (line.unwrap(), column.unwrap())
    }

    #[test]
    fn cells_say_what_becomes_of_their_requests() {
        let (matrix, _, _, evaluator) = made(POLICY, POLICY);
        let shade = |target, client| {
            let (target, client) = at(&matrix, target, client);
            matrix.cell(&evaluator, target, client).shade
        };
        assert_eq!(shade(".bank.example", Some("payroll")), Shade::Mixed, "half of it");
        assert_eq!(shade(".bank.example", Some("10.1.0.0/17")), Shade::All(Action::Pass));
        assert_eq!(shade(".bank.example", Some("batch")), Shade::All(Action::Pass));
        assert_eq!(shade(".bank.example", None), Shade::All(Action::Drop));
        assert_eq!(shade("a.shop.example", None), Shade::All(Action::Reject));
        assert_eq!(shade("list:shops", None), Shade::Mixed);
        assert_eq!(shade("regex:^a+\\.example$", None), Shade::CannotTell);
        let named = matrix.targets.iter().filter(|line| line.name.is_some()).count();
        assert_eq!(named, 4, "each once");
    }

    #[test]
    fn every_request_gets_what_try_says() {
        let (matrix, document, compiled, evaluator) = made(POLICY, POLICY);
        for target in 0..matrix.targets.len() {
            for client in 0..matrix.clients.len() {
                for request in matrix.requests(target, client) {
                    let told = answer(document.policy(), &compiled, &evaluator, &request);
                    let shades = told.by_destination.iter().map(|to| to.action).map(Shade::of);
                    assert_eq!(
                        Some(shade(&evaluator, &request)),
                        shades.reduce(joined),
                        "{request}"
                    );
                }
            }
        }
    }

    #[test]
    fn unsaved_changes_are_marked_where_a_verdict_differs() {
        let edited = POLICY.replace("from: batch, to", "from: payroll, to");
        let (matrix, _, _, evaluator) = made(&edited, POLICY);
        let cell = |target, client| {
            let (target, client) = at(&matrix, target, client);
            matrix.cell(&evaluator, target, client)
        };
        let lost = cell(".bank.example", Some("batch"));
        assert_eq!(
            (lost.shade, lost.before),
            (Shade::All(Action::Drop), Some(Shade::All(Action::Pass)))
        );
        let won = cell(".bank.example", Some("payroll"));
        assert_eq!((won.shade, won.before), (Shade::All(Action::Pass), Some(Shade::Mixed)));
        let example = won.example.unwrap();
        assert_eq!(example.from.to_string(), "10.1.128.1", "the one that changed");
        assert_eq!(cell("list:shops", Some("batch")).before, None);
    }
}
