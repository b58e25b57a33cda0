//! The whole list: what stands at the top, the rows in order, the tail, the default actions.

use std::sync::Arc;

use super::defaults::add_defaults;
use super::kept::{Asks, Gist, Kept, KeptRow};
use super::managed::add_managed;
use super::meets::{Waiting, waiting};
use super::output::Output;
use super::questions::{Reader, Row};
use super::rows::{Context, Source, Step, add_row};
use super::scopes::scope;
use super::tail::{add_preamble, add_tail};
use super::{Origin, hand_written, limits};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::Text;
use crate::messages::compile as say;
use crate::net::{Action, Protocol, RuleOrder};
use crate::policy::{MatchRule, Policy, RuleBody, RulePlace};
use crate::suricata::ParsedRule;

/// Adds every rule in the order in which strict order asks them; rows that are `kept` as they are need not be read.
pub(super) fn add_all(policy: &Policy, order: &[usize], kept: &mut Kept, out: &mut Output<'_>) {
    let mut reader = Reader::new(policy);
    let steps = steps(policy, order, &mut reader, kept, out);
    let context = Context::new(policy, &steps);
    let as_before = kept.is_in(context);
    let waits = match policy.rule_order {
        RuleOrder::Strict => waiting(&steps),
        RuleOrder::Action => vec![Vec::new(); steps.len()],
    };
    add_preamble(&waits, out);
    let mut tail = Output::new(out.scopes);
    add_tail(policy, order, context, &steps, &waits, &mut tail);
    for (step, waits) in steps.into_iter().zip(waits) {
        match step {
            Step::Managed(group) => add_managed(group, &policy.rule_groups[group], out),
            Step::Row(place, source) => {
                let made = match source {
                    Source::Kept(row) if row.is_as_before(&waits, as_before) => Some((row, true)),
                    Source::Kept(_) => {
                        written_again(place, waits, &mut reader, policy, context, out)
                    }
                    Source::Words { row, asks, silent } => {
                        let (made, said) = in_words(&row, asks, waits, policy, context, out);
                        Some((made, silent && !said))
                    }
                    Source::ByHand { rules, gist, silent } => {
                        Some((by_hand(place, rules, gist, policy, out), silent))
                    }
                };
                let Some((row, silent)) = made else { continue };
                out.add_row(place, &row);
                if silent && row.accepted {
                    kept.keep(place, row);
                }
            }
        }
    }
    out.append(tail);
    add_defaults(policy, out);
}

/// The rules of a row in the words of the policy, and whether anything was said about them.
fn in_words(
    row: &Row<'_>,
    asks: Asks,
    waits: Vec<Waiting>,
    policy: &Policy,
    context: Context,
    out: &mut Output<'_>,
) -> (Arc<KeptRow>, bool) {
    let mut own = Output::new(out.scopes);
    add_row(row, &waits, context, policy, &mut own);
    let said = !own.diagnostics.is_empty();
    out.diagnostics.append(&mut own.diagnostics);
    (made(Gist::Words(asks), waits, own, policy), said)
}

fn by_hand(
    place: RulePlace,
    rules: Vec<ParsedRule>,
    gist: Gist,
    policy: &Policy,
    out: &Output<'_>,
) -> Arc<KeptRow> {
    let mut own = Output::new(out.scopes);
    for rule in rules {
        own.push_written(Origin::Rule(place), rule);
    }
    made(gist, Vec::new(), own, policy)
}

fn made(gist: Gist, waits: Vec<Waiting>, own: Output<'_>, policy: &Policy) -> Arc<KeptRow> {
    let by_hand = matches!(gist, Gist::ByHand { .. });
    let accepted = own
        .rules
        .iter()
        .all(|rule| limits::is_accepted(rule, &own.scopes[rule.scope], policy.rule_order, by_hand));
    let bytes = own.bytes.iter().sum();
    let Output { rules, spans, .. } = own;
    Arc::new(KeptRow { gist, waits, rules, spans, bytes, accepted })
}

/// A row that is as before among others that are not, so that it takes other forms.
fn written_again<'a>(
    place: RulePlace,
    waits: Vec<Waiting>,
    reader: &mut Reader<'a>,
    policy: &'a Policy,
    context: Context,
    out: &mut Output<'_>,
) -> Option<(Arc<KeptRow>, bool)> {
    let row = reader.row(place)?;
    let asks = Asks::of(&row);
    let (row, said) = in_words(&row, asks, waits, policy, context, out);
    Some((row, !said))
}

/// The rows that are compiled, in order.
fn steps<'a>(
    policy: &'a Policy,
    order: &[usize],
    reader: &mut Reader<'a>,
    kept: &mut Kept,
    out: &mut Output<'_>,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for &index in order {
        let group = &policy.rule_groups[index];
        if group.managed.is_some() {
            steps.push(Step::Managed(index));
        }
        for at in 0..group.rules.len() {
            let place = RulePlace { group: index, rule: at };
            let source = match kept.take(place) {
                Some(row) => Some(Source::Kept(row)),
                None => source(policy, place, reader, out),
            };
            steps.extend(source.map(|source| Step::Row(place, source)));
        }
    }
    steps
}

/// Reads a row; nothing where it becomes no rule.
fn source<'a>(
    policy: &'a Policy,
    place: RulePlace,
    reader: &mut Reader<'a>,
    out: &mut Output<'_>,
) -> Option<Source<'a>> {
    let rule = &policy.rule_groups[place.group].rules[place.rule];
    let said = out.diagnostics.len();
    match &rule.body {
        RuleBody::Suricata(written) if rule.enabled => {
            let scope = scope(policy, place.group);
            let (rules, gist) = hand_written::read(policy, (place, written), scope, out);
            Some(Source::ByHand { rules, gist, silent: out.diagnostics.len() == said })
        }
        RuleBody::Suricata(_) => None,
        RuleBody::Match(body) => {
            let row = reader.row(place).filter(|row| is_compiled(policy, row, body, out))?;
            let asks = Asks::of(&row);
            Some(Source::Words { row, asks, silent: out.diagnostics.len() == said })
        }
    }
}

/// Whether a row becomes any rule; says where it becomes less than it says.
fn is_compiled(policy: &Policy, row: &Row<'_>, body: &MatchRule, out: &mut Output<'_>) -> bool {
    let name = &row.rule.name;
    let place = policy.name_place(row.place);
    let mut tell =
        |diagnostic: fn(&'static str, Option<Place>, Text) -> Diagnostic, code, message| {
            out.diagnostics.push(diagnostic(code, place.clone(), message));
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
