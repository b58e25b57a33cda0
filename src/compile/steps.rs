//! The whole list: what stands at the top, the rows in order, the tail, the default actions.

use super::defaults::add_defaults;
use super::hand_written;
use super::managed::add_managed;
use super::meets::{Waiting, waiting};
use super::output::Output;
use super::questions::{Reader, Row};
use super::rows::{Context, Step, add_row};
use super::scopes::scope;
use super::tail::{add_preamble, add_tail};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::Text;
use crate::messages::compile as say;
use crate::net::{Action, Protocol, RuleOrder};
use crate::policy::{MatchRule, Policy, RuleBody, RulePlace};
use crate::suricata::Variables;

/// Adds every rule in the order in which strict order asks them.
pub(super) fn add_all(policy: &Policy, order: &[usize], scopes: &[Variables], out: &mut Output) {
    let steps = steps(policy, order, scopes, out);
    let context = Context::new(policy, &steps);
    let waits = match policy.rule_order {
        RuleOrder::Strict => waiting(&steps),
        RuleOrder::Action => no_waiting(&steps),
    };
    add_preamble(&waits, out);
    let mut tail = Output::default();
    add_tail(policy, order, context, &steps, &waits, &mut tail);
    for (step, waits) in steps.into_iter().zip(waits) {
        match step {
            Step::Row(row) => add_row(&row, &waits, context, policy, out),
            Step::HandWritten(row) => row.add(out),
            Step::Managed(group) => add_managed(group, &policy.rule_groups[group], out),
        }
    }
    out.append(tail);
    add_defaults(policy, out);
}

/// The rows that are compiled, in order.
fn steps<'a>(
    policy: &'a Policy,
    order: &[usize],
    scopes: &[Variables],
    out: &mut Output,
) -> Vec<Step<'a>> {
    let mut reader = Reader::new(policy);
    let mut steps = Vec::new();
    for &index in order {
        let group = &policy.rule_groups[index];
        if group.managed.is_some() {
            steps.push(Step::Managed(index));
        }
        for (at, rule) in group.rules.iter().enumerate() {
            let place = RulePlace { group: index, rule: at };
            match &rule.body {
                RuleBody::Suricata(written) if rule.enabled => {
                    let scope = scope(policy, index);
                    let row = hand_written::read(place, written, scope, &scopes[scope], out);
                    steps.push(Step::HandWritten(row));
                }
                RuleBody::Suricata(_) => {}
                RuleBody::Match(body) => {
                    let row = reader.row(place).filter(|row| is_compiled(row, body, out));
                    steps.extend(row.map(Step::Row));
                }
            }
        }
    }
    steps
}

fn no_waiting(steps: &[Step<'_>]) -> Vec<Vec<Waiting>> {
    let none = |step: &Step<'_>| match step {
        Step::Row(row) => vec![Waiting::No; row.questions.len()],
        Step::HandWritten(_) | Step::Managed(_) => Vec::new(),
    };
    steps.iter().map(none).collect()
}

/// Whether a row becomes any rule; says where it becomes less than it says.
fn is_compiled(row: &Row<'_>, body: &MatchRule, out: &mut Output) -> bool {
    let name = &row.rule.name;
    let mut tell = |diagnostic: fn(&'static str, Place, Text) -> Diagnostic, code, message| {
        out.diagnostics.push(diagnostic(code, name.place.clone(), message));
    };
    if row.from.set.is_empty() {
        tell(Diagnostic::warning, "no-source", say::no_source(&name.value));
    }
    if row.questions.is_empty() {
        tell(Diagnostic::warning, "no-question", say::no_question(&name.value));
    }
    let unreset = [Protocol::Udp, Protocol::Icmp, Protocol::Quic, Protocol::Dns];
    if let Some(protocol) = body.protocols.iter().find(|p| unreset.contains(p))
        && row.action == Action::Reject
    {
        tell(Diagnostic::note, "reject-drops", say::reject_drops(&name.value, protocol.word()));
    }
    !row.from.set.is_empty() && !row.questions.is_empty()
}
