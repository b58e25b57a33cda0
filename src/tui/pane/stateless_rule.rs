//! A selected stateless row in full: what it says, what its action does, how it stands to the test.

use ratatui::text::{Line, Span};

use super::rule::{coloured, labelled, problem_lines, title};
use super::rules::{Selection, row_of, stateless_role};
use crate::compile::{stateless_capacity, stateless_rows};
use crate::messages::{Text, Words, screen as say, stateless as words, verdict, why};
use crate::net::StatelessAction;
use crate::policy::StatelessPlace;
use crate::tui::cells::fit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::{StatelessLine, deciding_packet, stateless_text};

/// Cells of the action in front of what a row says.
const LABEL: usize = 9;

/// The lines of the pane.
pub(super) fn stateless_lines(
    scene: &Scene<'_>,
    line: StatelessLine,
    room: usize,
) -> Vec<Line<'static>> {
    let mut lines = match line {
        StatelessLine::Group(group) => group_lines(scene, group, room),
        StatelessLine::Rule(place) => row_lines(scene, place, room),
        StatelessLine::Default => {
            let action = scene.policy.stateless.default_action;
            let mut lines = vec![title(scene, say::BY_STATELESS_DEFAULT, Text::verbatim(""))];
            lines.extend(said(scene, (action, true), &scene.say(words::EVERY_OTHER_PACKET), room));
            lines.extend(labelled(scene, None, &scene.say(does(action)), room));
            lines
        }
    };
    let decides = scene.answer().and_then(|answer| row_of(&answer.first().decider));
    if decides == Some(Selection::Stateless(line)) {
        let trace = scene.answer().map(|answer| &answer.first().trace);
        let at = trace.and_then(|trace| Some(&trace.packets.get(deciding_packet(trace)?)?.name));
        let text = at.map(|name| why::standing::decided(&verdict::packet(name)));
        lines.insert(
            1,
            Line::styled(text.map(|text| scene.say(text)).unwrap_or_default(), scene.bold()),
        );
    }
    lines.push(Line::default());
    lines.extend(coloured(scene, &scene.with_keys(words::WHERE_EDITED), room, Role::Muted));
    lines
}

fn group_lines(scene: &Scene<'_>, group: usize, room: usize) -> Vec<Line<'static>> {
    let Some(one) = scene.policy.stateless.rule_groups.get(group) else { return Vec::new() };
    let about = words::group(one.priority.value, one.rules.len());
    let mut lines = vec![title(scene, &one.name.value, about)];
    lines.extend(coloured(scene, &scene.say(words::EACH_PACKET), room, Role::Text));
    let mut row = |label, text: &str| lines.extend(labelled(scene, Some(label), text, room));
    if let Some(note) = &one.note {
        row(say::label::NOTE, note);
    }
    if let Some(units) = scene.derived.compiled.stateless.capacity.get(group) {
        row(say::label::CAPACITY, &scene.say(say::capacity(*units)));
    }
    lines
}

fn row_lines(scene: &Scene<'_>, place: StatelessPlace, room: usize) -> Vec<Line<'static>> {
    let policy = scene.policy;
    let Some(row) = policy.stateless_row(place) else { return Vec::new() };
    let group = &policy.stateless.rule_groups[place.group];
    let origins = stateless_rows(policy).into_iter().flat_map(|(_, rows)| rows);
    let own = origins.into_iter().find(|o| o.place == place).map_or(0, |o| o.priority);
    let at = words::row_place(&group.name.value, (group.priority.value, own), row.enabled);
    let mut lines = vec![title(scene, &row.name.value, at)];
    let text = stateless_text(row);
    let ends = scene.say(say::from_to(&text.from, &text.to, "", ""));
    let asks = text.asks.iter().map(|asked| scene.say(asked));
    let asks = std::iter::once(ends).chain(asks).collect::<Vec<_>>().join(", ");
    lines.extend(said(scene, (row.action, row.enabled), &asks, room));
    lines.extend(labelled(scene, None, &scene.say(does(row.action)), room));
    for (label, text) in [
        (say::label::NOTE, &row.note),
        (say::label::TICKET, &row.ticket),
        (say::label::OWNER, &row.owner),
    ] {
        let text = text.as_deref().filter(|text| !text.is_empty());
        lines.extend(text.into_iter().flat_map(|text| labelled(scene, Some(label), text, room)));
    }
    let units = scene.say(say::capacity(stateless_capacity(policy, place)));
    lines.extend(labelled(scene, Some(say::label::CAPACITY), &units, room));
    lines.extend(problem_lines(scene, scene.problem_at_stateless(place), room));
    lines
}

/// The action, and what it is done with.
fn said(
    scene: &Scene<'_>,
    (action, enabled): (StatelessAction, bool),
    text: &str,
    room: usize,
) -> Vec<Line<'static>> {
    let mut lines = labelled(scene, None, text, room);
    if let Some(first) = lines.first_mut() {
        let role = if enabled { stateless_role(action) } else { Role::Muted };
        let word = fit(&action.word().to_uppercase(), LABEL);
        first.spans[0] = Span::styled(word, scene.style(role));
    }
    lines
}

/// What an action does, in a sentence.
const fn does(action: StatelessAction) -> Words {
    match action {
        StatelessAction::Pass => words::PASSES,
        StatelessAction::Drop => words::DROPS,
        StatelessAction::Forward => words::FORWARDS,
    }
}
