//! The whole list: what stands at the top, the rows in order, the tail, the default actions.

use std::collections::HashMap;
use std::sync::Arc;

use super::block::{Block, Rows};
use super::defaults::add_defaults;
use super::kept::{Asks, Before, Gist, Kept, KeptRow};
use super::managed::add_managed;
use super::meets::{Waiting, waiting};
use super::output::{Output, bytes};
use super::questions::{QUESTIONS, Reader, Row};
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

/// Adds every rule in the order in which strict order asks them, and returns what the rows gave; rows that are as `before`
/// need not be read.
pub(super) fn add_all(
    policy: &Policy,
    order: &[usize],
    before: Before,
    out: &mut Output<'_>,
) -> Kept {
    let mut reader = Reader::new(policy);
    let Before { context: was, groups, went, apart } = before;
    let mut blocks = Blocks::of(policy);
    let steps = steps(policy, order, groups, (&mut reader, &mut blocks), out);
    let whole =
        reader.left_out() == 0 && steps.iter().map(Step::questions).sum::<usize>() <= QUESTIONS;
    let context = Context::new(policy, &steps);
    let as_before = was == Some(context);
    let steps = if as_before { steps } else { taken_apart(steps, &mut blocks) };
    let (steps, waits) = match policy.rule_order {
        RuleOrder::Strict => waiting(steps, &went, &mut blocks),
        RuleOrder::Action => {
            let waits = vec![Vec::new(); steps.len()];
            (steps, waits)
        }
    };
    add_preamble(&steps, &waits, out);
    let mut tail = Output::new(out.scopes);
    add_tail(policy, order, context, &steps, &waits, &mut tail);
    let mut tail = Some(tail);
    for (step, waits) in steps.into_iter().zip(waits) {
        match step {
            Step::Managed(group) => {
                blocks.close(out);
                // It is deployed in a group of the policy: groups of others below that are asked after it.
                if limits::is_below_all_own(policy, order, group) {
                    tail.take().into_iter().for_each(|tail| out.append(tail));
                }
                add_managed(group, &policy.rule_groups[group], out);
            }
            Step::Same(first, block) => blocks.same(first, block, out),
            Step::Row(place, source) => {
                let (row, keep, fresh) = match source {
                    Source::Kept(row) if row.is_as_before(&waits, as_before) => (row, true, false),
                    Source::Kept(_) => {
                        let (row, silent) =
                            written_again(place, waits, &mut reader, policy, context, out);
                        (row, silent, true)
                    }
                    Source::Words { row, asks, silent } => {
                        let (made, said) = in_words(&row, asks, waits, policy, context, out);
                        (made, silent && !said, true)
                    }
                    Source::ByHand { rules, gist, silent } => {
                        (by_hand(place, rules, gist, policy, out), silent, true)
                    }
                    Source::Nothing { silent } => (Arc::new(KeptRow::nothing()), silent, false),
                };
                if fresh {
                    out.are_fresh(&row.rules);
                }
                let keep = keep && row.accepted;
                blocks.add(place, row, keep, out);
            }
        }
    }
    blocks.close(out);
    tail.into_iter().for_each(|tail| out.append(tail));
    add_defaults(policy, out);
    Kept { context, groups: blocks.groups, apart, whole }
}

/// The blocks of what rows gave, as they come.
pub(super) struct Blocks<'a> {
    policy: &'a Policy,
    groups: Vec<Vec<Arc<Block>>>,
    /// Where blocks begin whose rows come one by one, with what they were before, if they were.
    begins: HashMap<RulePlace, Option<Arc<Block>>>,
    /// The rows of the block that is not put together yet, and where the first of them stands.
    open: Vec<(Arc<KeptRow>, bool)>,
    first: RulePlace,
}

impl<'a> Blocks<'a> {
    fn of(policy: &'a Policy) -> Self {
        let groups = policy.rule_groups.iter().map(|_| Vec::new()).collect();
        let (begins, open) = (HashMap::new(), Vec::new());
        Self { policy, groups, begins, open, first: RulePlace { group: 0, rule: 0 } }
    }

    /// The rows of a block each for itself, most of which will be as they were; the first stands at `first`.
    pub(super) fn take_apart<'b>(
        &mut self,
        first: RulePlace,
        block: Arc<Block>,
    ) -> impl Iterator<Item = Step<'b>> + use<'b> {
        let rows: Vec<Step<'b>> = rows_of(first, &block).collect();
        self.begins.insert(first, Some(block));
        rows.into_iter()
    }

    /// Adds a block as it is; its first row stands at `first`.
    fn same(&mut self, first: RulePlace, block: Arc<Block>, out: &mut Output<'_>) {
        self.close(out);
        out.add_block(first, &block);
        self.groups[first.group].push(block);
    }

    fn add(&mut self, place: RulePlace, row: Arc<KeptRow>, keep: bool, out: &mut Output<'_>) {
        if self.begins.contains_key(&place) {
            self.close(out);
            self.first = place;
        }
        self.open.push((row, keep));
    }

    /// Puts the block together that is open.
    fn close(&mut self, out: &mut Output<'_>) {
        let rows = std::mem::take(&mut self.open);
        if rows.is_empty() {
            return;
        }
        let was = self.begins.remove(&self.first).flatten();
        let block = was.filter(|was| was.is_of(&rows)).unwrap_or_else(|| {
            let rules = self.policy.rule_groups[self.first.group].rules.iter();
            let rules = rules.skip(self.first.rule).take(rows.len());
            Arc::new(Block::new(rows, rules))
        });
        out.add_block(self.first, &block);
        self.groups[self.first.group].push(block);
    }
}

/// The rows of a block each for itself; the first stands at `first`.
fn rows_of<'a>(first: RulePlace, block: &Block) -> impl Iterator<Item = Step<'a>> {
    let rows = block.rows.iter().flatten().zip(first.rule..);
    rows.map(move |(row, rule)| {
        Step::Row(RulePlace { rule, ..first }, Source::Kept(Arc::clone(row)))
    })
}

/// The same with each row of blocks for itself.
fn taken_apart<'a>(steps: Vec<Step<'a>>, blocks: &mut Blocks<'_>) -> Vec<Step<'a>> {
    let mut all = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Step::Same(first, block) => {
                all.extend(rows_of(first, &block));
                blocks.begins.insert(first, None);
            }
            step @ (Step::Row(..) | Step::Managed(_)) => all.push(step),
        }
    }
    all
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
    let Output { rules, spans, .. } = own;
    let bytes = bytes(&rules);
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
) -> (Arc<KeptRow>, bool) {
    let Some(row) = reader.row_again(place) else { return (Arc::new(KeptRow::nothing()), true) };
    let asks = Asks::of(&row);
    let (row, said) = in_words(&row, asks, waits, policy, context, out);
    (row, !said)
}

/// The rows in the order in which they are asked.
fn steps<'a>(
    policy: &'a Policy,
    order: &[usize],
    mut groups: Vec<Vec<Rows>>,
    (reader, blocks): (&mut Reader<'a>, &mut Blocks<'_>),
    out: &mut Output<'_>,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for &group in order {
        if policy.rule_groups[group].managed.is_some() {
            steps.push(Step::Managed(group));
        }
        let mut place = RulePlace { group, rule: 0 };
        for rows in groups.get_mut(group).map(std::mem::take).unwrap_or_default() {
            let count = rows.len();
            match rows {
                Rows::Same(block) if block.is_whole() => {
                    steps.push(Step::Same(place, block));
                }
                rows => {
                    let was = match &rows {
                        Rows::Same(block) => Some(Arc::clone(block)),
                        Rows::Others(_) => None,
                    };
                    blocks.begins.insert(place, was);
                    for (row, rule) in rows.each().iter().zip(place.rule..) {
                        let place = RulePlace { rule, ..place };
                        let source = match row {
                            Some(row) => Source::Kept(Arc::clone(row)),
                            None => source(policy, place, reader, out),
                        };
                        steps.push(Step::Row(place, source));
                    }
                }
            }
            place.rule += count;
        }
    }
    steps
}

/// Reads a row.
fn source<'a>(
    policy: &'a Policy,
    place: RulePlace,
    reader: &mut Reader<'a>,
    out: &mut Output<'_>,
) -> Source<'a> {
    let rule = &policy.rule_groups[place.group].rules[place.rule];
    let said = out.diagnostics.len();
    match &rule.body {
        RuleBody::Suricata(written) if rule.enabled => {
            let scope = scope(policy, place.group);
            let (rules, gist) = hand_written::read(policy, (place, written), scope, out);
            Source::ByHand { rules, gist, silent: out.diagnostics.len() == said }
        }
        RuleBody::Suricata(_) => Source::Nothing { silent: true },
        RuleBody::Match(body) => {
            let row = reader.row(place).filter(|row| is_compiled(policy, row, body, out));
            let silent = out.diagnostics.len() == said;
            let Some(row) = row else { return Source::Nothing { silent } };
            let asks = Asks::of(&row);
            Source::Words { row, asks, silent }
        }
    }
}

/// Whether a row becomes any rule; says where it becomes less than it says.
fn is_compiled(policy: &Policy, row: &Row<'_>, body: &MatchRule, out: &mut Output<'_>) -> bool {
    let name = &row.rule.name;
    let place = policy.name_place(row.place);
    if row.left_out > 0 {
        let message = say::left_out(&name.value, row.left_out, QUESTIONS);
        let error = Diagnostic::error("names-left-out", place.clone(), message);
        out.diagnostics.push(error.help(say::LEFT_OUT_HELP));
    }
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
