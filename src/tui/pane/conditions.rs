//! The conditions of a rule, wanted and got, one line each.

use ratatui::text::{Line, Span};

use crate::eval::{Condition, Met, Part};
use crate::messages::screen as say;
use crate::tui::cells::{cut, fit, width};
use crate::tui::theme::Role;
use crate::tui::view::Scene;

/// Cells of the part's word, of `yes`, `no`, `?`, and between columns.
const PART: usize = 11;
const MET: usize = 3;
const GAP: usize = 2;

/// A table of conditions in lines of `room` cells, with its heads.
#[must_use]
pub fn condition_lines(
    scene: &Scene<'_>,
    conditions: &[Condition],
    room: usize,
) -> Vec<Line<'static>> {
    // What every packet meets says nothing.
    let conditions: Vec<&Condition> = conditions.iter().filter(|c| c.wanted != "any").collect();
    let rest = room.saturating_sub(PART + MET + 3 * GAP);
    let longest = conditions.iter().map(|c| width(&c.wanted)).max().unwrap_or_default();
    let wanted = longest.max(width(say::WANTED)).min(rest * 3 / 5);
    let got = rest - wanted;
    let gap = " ".repeat(GAP);
    let muted = scene.style(Role::Muted);
    let heads =
        [fit(say::CONDITION, PART), fit("", MET), fit(say::WANTED, wanted), cut(say::GOT, got)];
    let mut lines = vec![Line::styled(heads.join(&gap), muted)];
    lines.extend(conditions.iter().map(|condition| {
        let (word, role) = match condition.met {
            Met::Yes => (say::YES, Role::Pass),
            Met::No => (say::NO, Role::Drop),
            Met::Unknown => (say::CANNOT_TELL, Role::Unknown),
        };
        let text = scene.style(if condition.met == Met::Yes { Role::Muted } else { Role::Text });
        Line::from(vec![
            Span::styled(fit(part(condition.part), PART), text),
            Span::raw(gap.clone()),
            Span::styled(fit(word, MET), scene.style(role)),
            Span::raw(gap.clone()),
            Span::styled(fit(&condition.wanted, wanted), text),
            Span::raw(gap.clone()),
            Span::styled(cut(&condition.got, got), text),
        ])
    }));
    lines
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Protocol => say::part::PROTOCOL,
        Part::Source => say::part::SOURCE,
        Part::SourcePort => say::part::SOURCE_PORT,
        Part::Destination => say::part::DESTINATION,
        Part::DestinationPort => say::part::PORT,
        Part::Flow => say::part::FLOW,
        Part::Buffer => say::part::NAME,
        Part::Option => say::part::OPTION,
        Part::Bits => say::part::BITS,
    }
}
