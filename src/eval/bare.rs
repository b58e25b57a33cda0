//! Whether the engine looks at a buffer with its transforms or without them.
//!
//! It transforms a buffer where it searches it for all rules at once, and for a rule that it never searches there; the first that looks at
//! it on a packet decides for all. A negated content with a place is chosen to be searched, but not searched: behind a transform it is
//! looked for in the bare buffer. Source: Suricata 7.0.10, `detect-engine.c` `DetectEngineInspectBufferGeneric`, `detect-engine-mpm.c`
//! `MpmStoreSetup`; measured (`docs/suricata.md` §8).

use super::prepare::searches;
use crate::suricata::{BufferMatch, Content, ContentTest, Rule, Transform};

/// How a buffer with transforms is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// With its transforms.
    Transformed,
    /// Without them.
    Bare,
    /// That hangs on which other rules are inspected, or on what the engine chose to search.
    Either,
}

/// How rules look at a buffer, by its name and transforms: the engine keeps one such buffer on a packet.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    name: &'static str,
    transforms: Vec<Transform>,
    early: View,
    /// `None` where the rule is not tried when the buffer is late.
    late: Option<View>,
}

/// How the rules of a ruleset look at buffers with transforms, each with the number of times.
#[derive(Debug, Clone, Default)]
pub(super) struct Looks(Vec<(Look, usize)>);

impl Looks {
    /// Counts a rule in.
    pub(super) fn add(&mut self, rule: &Rule) {
        for look in looks(rule) {
            match self.0.iter_mut().find(|(other, _)| *other == look) {
                Some((_, count)) => *count += 1,
                None => self.0.push((look, 1)),
            }
        }
    }

    /// Counts a rule out that was counted in.
    pub(super) fn remove(&mut self, rule: &Rule) {
        for look in looks(rule) {
            if let Some((_, count)) = self.0.iter_mut().find(|(other, _)| *other == look) {
                *count = count.saturating_sub(1);
            }
        }
        self.0.retain(|(_, count)| *count > 0);
    }

    /// Whether rules look in the same ways, however many do.
    pub(super) fn same(&self, other: &Self) -> bool {
        let within = |look: &Look| other.0.iter().any(|(other, _)| other == look);
        self.0.len() == other.0.len() && self.0.iter().all(|(look, _)| within(look))
    }

    /// How a rule looks at one of its buffers beside all other rules, while the buffer's part of the conversation goes on and once it is
    /// over.
    pub(super) fn at(&self, rule: &Rule, buffer: &BufferMatch) -> (View, View) {
        let (early, late) = (early(buffer, rule), late(rule, buffer));
        let (name, transforms) = (buffer.buffer.name(), &buffer.transforms);
        let alike = |look: &&Look| (look.name, &look.transforms) == (name, transforms);
        let others = || self.0.iter().map(|(look, _)| look).filter(alike);
        // What is searched for all rules at once was transformed before any rule looks.
        let settled = early == View::Transformed && is_searched(buffer, rule);
        let early = match settled || others().all(|look| look.early == early) {
            true => early,
            false => View::Either,
        };
        let late = match others().filter_map(|look| look.late).all(|other| other == late) {
            true => late,
            false => View::Either,
        };
        (early, late)
    }
}

fn looks(rule: &Rule) -> impl Iterator<Item = Look> {
    let changed = rule.buffers.iter().filter(|buffer| !buffer.transforms.is_empty());
    changed.map(|buffer| {
        let late = late(rule, buffer);
        Look {
            name: buffer.buffer.name(),
            transforms: buffer.transforms.clone(),
            early: early(buffer, rule),
            // A rule that searches for something here is not tried then.
            late: (late != View::Bare || !searches(rule)).then_some(late),
        }
    })
}

/// How a rule alone looks at one of its buffers when it is late: of several with contents the engine chooses one to search in.
fn late(rule: &Rule, buffer: &BufferMatch) -> View {
    let has = |buffer: &&BufferMatch| contents(buffer).next().is_some();
    match (has(&buffer), rule.buffers.iter().filter(has).count()) {
        (false, _) => View::Transformed,
        (true, 1) => View::Bare,
        (true, _) => View::Either,
    }
}

/// The same before.
fn early(buffer: &BufferMatch, rule: &Rule) -> View {
    // A content that must be there is always chosen, and searched.
    if searches(rule) || chosen(buffer).all(|content| !content.is_placed()) {
        return View::Transformed;
    }
    let several = rule.buffers.iter().filter(|other| contents(other).next().is_some()).count() > 1;
    if several || chosen(buffer).any(|content| !content.is_placed()) {
        return View::Either;
    }
    View::Bare
}

/// Whether this is the one buffer in which the engine searches for the rule's sake.
fn is_searched(buffer: &BufferMatch, rule: &Rule) -> bool {
    let wanted = searches(rule);
    let candidate = |buffer: &&BufferMatch| contents(buffer).any(|c| c.negated != wanted);
    candidate(&buffer) && rule.buffers.iter().filter(candidate).count() == 1
}

fn contents(buffer: &BufferMatch) -> impl Iterator<Item = &Content> {
    buffer.tests.iter().filter_map(|test| match test {
        ContentTest::Content(content) => Some(content),
        ContentTest::Pcre(_)
        | ContentTest::IsDataAt { .. }
        | ContentTest::Bsize(_)
        | ContentTest::NotModelled(_) => None,
    })
}

/// The contents of which one may be searched for all rules at once: those that must be there, or else the others.
fn chosen(buffer: &BufferMatch) -> impl Iterator<Item = &Content> {
    let wanted = contents(buffer).any(|content| !content.negated);
    contents(buffer).filter(move |content| content.negated != wanted)
}
