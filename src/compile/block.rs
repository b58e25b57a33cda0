//! Rows that follow each other, with what they gave and what others need to know of them: policies that have them share it.

use std::ops::Range;
use std::sync::Arc;

use super::kept::{Asked, Gist, KeptRow};
use super::meets::{Reach, distinct, waits};
use super::sids::is_reserved;
use super::spans::Spans;
use super::tail::counts;
use crate::net::{Action, IpSet, PortSet, Sid};
use crate::policy::{Rule, RuleBody};
use crate::suricata::RulePart;

/// So many rows make a block, or up to twice as many.
const ROWS: usize = 256;

/// Rows of one group that follow each other.
#[derive(Debug)]
pub(super) struct Block {
    /// What they gave; nothing for a row that is read again each time.
    pub rows: Vec<Option<Arc<KeptRow>>>,
    /// Their rules, in order.
    pub rules: RulePart,
    /// How many rules each row gave.
    pub counts: Vec<usize>,
    /// Where rules of hand-written rows stand, by their places in `rules`.
    pub spans: Spans,
    /// The rules of which it is not known that AWS accepts them, by their places in `rules`.
    pub doubtful: Vec<usize>,
    /// How long the rules are, with their line ends.
    pub bytes: usize,
    /// The sids in order, with places in `rules`.
    pub sids: Vec<(Sid, usize)>,
    /// Whether some sid is in a band that is kept free.
    pub reserved: bool,
    /// How many rows have sids that hang on their names, and the first of them.
    pub unnumbered: (usize, usize),
    /// Whether some row is one in the words of the policy that becomes rules.
    pub words: bool,
    /// How many questions its rows ask.
    pub questions: usize,
    /// Whether some row asks for a name.
    pub names: bool,
    /// What rows could block on a first packet although rows above decide it later.
    pub early: Vec<(Action, Reach)>,
    /// What is decided late.
    pub late: Vec<(Action, Reach)>,
    /// Whether some row waits.
    pub waits: bool,
    /// What rows reject that wait.
    pub rejected: Vec<Reach>,
    /// For whom and for which ports the tail waits; nothing: for nobody.
    pub awaited: Option<(IpSet, PortSet)>,
}

impl Block {
    /// Puts `rows` together, which gave this, and whether that is kept; `rules` are the rows themselves.
    pub(super) fn new<'a>(
        rows: Vec<(Arc<KeptRow>, bool)>,
        rules: impl Iterator<Item = &'a Rule>,
    ) -> Self {
        let mut block = Self {
            rows: Vec::with_capacity(rows.len()),
            rules: RulePart::default(),
            counts: rows.iter().map(|(row, _)| row.rules.len()).collect(),
            spans: Spans::default(),
            doubtful: Vec::new(),
            bytes: rows.iter().map(|(row, _)| row.bytes).sum(),
            sids: Vec::new(),
            reserved: false,
            unnumbered: unnumbered(rules),
            words: false,
            questions: 0,
            names: false,
            early: Vec::new(),
            late: Vec::new(),
            waits: false,
            rejected: Vec::new(),
            awaited: None,
        };
        let mut all = Vec::with_capacity(block.counts.iter().sum());
        for (row, _) in &rows {
            block.spans.append(all.len(), &row.spans);
            if !row.accepted {
                block.doubtful.extend(all.len()..all.len() + row.rules.len());
            }
            all.extend(row.rules.iter().cloned());
            block.hear(row);
        }
        block.late = distinct(std::mem::take(&mut block.late));
        block.early = distinct(std::mem::take(&mut block.early));
        block.sids = all.iter().map(|rule| rule.sid).zip(0..).collect();
        block.sids.sort_unstable();
        block.reserved = block.sids.iter().any(|(sid, _)| is_reserved(sid.0));
        block.rules = Arc::new(all);
        block.rows.extend(rows.into_iter().map(|(row, keep)| keep.then_some(row)));
        block
    }

    /// Takes in what others need to know of a row.
    fn hear(&mut self, row: &KeptRow) {
        match &row.gist {
            Gist::Nothing => {}
            Gist::ByHand { asks_names, late } => {
                self.names |= asks_names;
                self.late.extend_from_slice(late);
            }
            Gist::Words(asks) => {
                self.words = true;
                self.questions += asks.questions.len();
                self.names |= asks.names;
                self.early.extend(asks.early());
                self.late.extend(asks.late(&row.waits));
                self.waits |= !row.waits.is_empty();
                self.rejected.extend(row.rejected());
                let counted =
                    |(at, q): &(usize, &Asked)| counts(asks.action, q, waits(&row.waits, *at));
                for (_, question) in asks.questions.iter().enumerate().filter(counted) {
                    let (from, ports) = self.awaited.get_or_insert_default();
                    if !from.covers(&asks.from.set) {
                        *from = from.union(&asks.from.set);
                    }
                    if !ports.is_any() {
                        *ports = ports.union(question.reach.ports());
                    }
                }
            }
        }
    }

    /// Whether these are the very rows that it was put together of.
    pub(super) fn is_of(&self, rows: &[(Arc<KeptRow>, bool)]) -> bool {
        let same = |(old, (new, keep)): (&Option<Arc<KeptRow>>, &(Arc<KeptRow>, bool))| {
            *keep && old.as_ref().is_some_and(|old| Arc::ptr_eq(old, new))
        };
        self.rows.len() == rows.len() && self.rows.iter().zip(rows).all(same)
    }

    /// Whether all that its rows gave is kept.
    pub(super) fn is_whole(&self) -> bool {
        self.rows.iter().all(Option::is_some)
    }

    /// The places in `rules` of the rules with this sid, in order.
    pub(super) fn with_sid(&self, sid: Sid) -> impl Iterator<Item = usize> {
        let first = self.sids.partition_point(|(other, _)| *other < sid);
        let same = self.sids[first..].iter().take_while(move |(other, _)| *other == sid);
        same.map(|(_, at)| *at)
    }
}

/// How many rows have sids that hang on their names, and the first of them.
fn unnumbered<'a>(rules: impl Iterator<Item = &'a Rule>) -> (usize, usize) {
    let without = |rule: &Rule| rule.sid.is_none() && matches!(rule.body, RuleBody::Match(_));
    let mut all = rules.enumerate().filter(|(_, rule)| without(rule)).map(|(at, _)| at);
    all.next().map_or((0, 0), |first| (1 + all.count(), first))
}

/// Blocks of a group, as they were or with rows that are not known.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    /// As they were.
    Same(Arc<Block>),
    /// What each gave, if that is known.
    Others(Vec<Option<Arc<KeptRow>>>),
}

impl Rows {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Same(block) => block.rows.len(),
            Self::Others(rows) => rows.len(),
        }
    }

    /// What each gave.
    pub(super) fn each(&self) -> &[Option<Arc<KeptRow>>] {
        match self {
            Self::Same(block) => &block.rows,
            Self::Others(rows) => rows,
        }
    }
}

/// So many unknown rows, in blocks.
pub(super) fn unknown(rows: usize) -> Vec<Rows> {
    let starts = (0..rows).step_by(ROWS);
    starts.map(|start| Rows::Others(vec![None; ROWS.min(rows - start)])).collect()
}

/// Puts unknown rows in place of some, and returns what those gave; nothing where there are no such rows.
pub(super) fn replace(
    blocks: &mut Vec<Rows>,
    rows: Range<usize>,
    count: usize,
) -> Option<Vec<Option<Arc<KeptRow>>>> {
    let mut begins = Vec::with_capacity(blocks.len());
    let mut all = 0;
    for block in &*blocks {
        begins.push(all);
        all += block.len();
    }
    if rows.end > all || rows.start > rows.end {
        return None;
    }
    let first = begins.partition_point(|begin| *begin <= rows.start).saturating_sub(1);
    let mut last = begins.partition_point(|begin| *begin < rows.end).max(first + 1);
    let begin = begins.get(first).copied().unwrap_or_default();
    // A block that few rows are left of is joined with the next.
    let end = begins.get(last).copied().unwrap_or(all);
    if end - begin + count < rows.len() + ROWS / 2 {
        last += 1;
    }
    let last = last.min(blocks.len());
    let mut each: Vec<Option<Arc<KeptRow>>> =
        blocks.get(first..last)?.iter().flat_map(|block| block.each().iter().cloned()).collect();
    let new = std::iter::repeat_n(None, count);
    let went = each.splice(rows.start - begin..rows.end - begin, new).collect();
    let size = if each.len() > 2 * ROWS { ROWS } else { each.len().max(1) };
    let new: Vec<Rows> = each.chunks(size).map(|rows| Rows::Others(rows.to_vec())).collect();
    blocks.splice(first..last, new);
    Some(went)
}
