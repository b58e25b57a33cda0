//! The packets of a request as a drawing: client on the left, firewall in the middle, server on the
//! right; the deciding rule is pinned to its packet.

use ratatui::text::{Line, Span};

use crate::messages::{screen as say, verdict};
use crate::net::{Action, StatelessAction};
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, action_role};
use crate::workbench::{Answer, ByDestination, Moment, known_at_first, rest_of_flow, timeline};

/// Cells of half an arrow.
const ARROW: usize = 5;

/// The drawing with a line for each packet, in lines of `room` cells.
#[must_use]
pub fn tall(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let outcome = answer.first();
    let moments = timeline(&outcome.trace);
    let names: Vec<String> =
        moments.iter().map(|m| scene.say(verdict::packet(&m.packet))).collect();
    let name = names
        .iter()
        .map(|n| width(n))
        .max()
        .unwrap_or_default()
        .max(width(&scene.say(say::CLIENT)));
    let muted = scene.style(Role::Muted);
    // The lanes' heads stand over the ends and the middle of the arrows.
    let middle = name + 1 + ARROW;
    let in_middle = scene.say(say::FIREWALL);
    // Two cells between the heads at least.
    let firewall =
        middle.saturating_sub(width(&in_middle) / 2).max(width(&scene.say(say::CLIENT)) + 2);
    let heads = fit(&scene.say(say::CLIENT), firewall) + &in_middle + "  ";
    let mut lines = vec![Line::styled(cut(&(heads + &scene.say(say::SERVER)), room), muted)];
    for (at, (moment, packet)) in moments.iter().zip(&names).enumerate() {
        let left = middle + 1 + ARROW + 2;
        let learned = learned(scene, answer, moment, at, room.saturating_sub(left));
        let style = scene.style(fate(moment, outcome));
        lines.push(Line::from(vec![
            Span::styled(fit(packet, name + 1), scene.style(Role::Text)),
            Span::styled(arrow(moment), style),
            Span::styled("  ".to_owned() + &learned, muted),
        ]));
        if moment.decided {
            lines.extend(pin(scene, outcome, middle, room));
        }
    }
    lines
}

/// What the action that decided does to the rest of the connection, in lines of `room` cells.
#[must_use]
pub fn rest(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let Some(rest) = rest_of_flow(answer.first()) else { return Vec::new() };
    let muted = scene.style(Role::Muted);
    wrap(&scene.say(rest), room).into_iter().map(|line| Line::styled(line, muted)).collect()
}

/// What is known with a packet, in `room` cells: at the first addresses and port, later what it adds.
fn learned(scene: &Scene<'_>, answer: &Answer, moment: &Moment, at: usize, room: usize) -> String {
    let learned = moment.learned.join(", ");
    if at > 0 {
        return cut(&learned, room);
    }
    let first = scene.say(known_at_first(scene.policy, answer));
    let all = if learned.is_empty() { first } else { format!("{first}, {learned}") };
    if width(&all) <= room || !learned.is_empty() {
        return cut(&all, room);
    }
    cut(&scene.say(say::KNOWN_AT_FIRST), room)
}

/// Who decided, hanging on the firewall's lane below the deciding packet.
fn pin(
    scene: &Scene<'_>,
    outcome: &ByDestination,
    indent: usize,
    room: usize,
) -> Vec<Line<'static>> {
    let role = outcome.action.map_or(Role::Unknown, action_role);
    let done = outcome.action.map(Action::word);
    let text = scene.say(say::done_by(done, &outcome.decider.words()));
    // The words may begin left of the lane where the room is small.
    let indent = indent.min(room / 3);
    let wrapped = wrap(&text, room.saturating_sub(indent + 2));
    let hang = |(at, line): (usize, String)| {
        let hook = if at == 0 { say::HOOK } else { "  " };
        Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::styled(hook.to_owned() + &line, scene.style(role)),
        ])
    };
    wrapped.into_iter().enumerate().map(hang).collect()
}

/// `──────┼─────▶` a packet that passes, `──────┄─────▶` one that goes around the stateful rules, `──────╳` one that does not.
fn arrow(moment: &Moment) -> String {
    let lane = if moment.stateless == StatelessAction::Pass { "┄" } else { "┼" };
    let line = "─".repeat(ARROW);
    let short = "─".repeat(ARROW - 1);
    let blank = " ".repeat(ARROW);
    match (moment.to_server, moment.dropped) {
        (true, false) => format!("{line}{lane}{short}▶"),
        (false, false) => format!("◀{short}{lane}{line}"),
        (true, true) => format!("{line}╳{blank}"),
        (false, true) => format!("{blank}╳{line}"),
    }
}

fn fate(moment: &Moment, outcome: &ByDestination) -> Role {
    match (moment.dropped, moment.decided) {
        (true, _) => outcome.action.map_or(Role::Drop, action_role),
        (false, true) => outcome.action.map_or(Role::Unknown, action_role),
        (false, false) => Role::Muted,
    }
}

/// The packets side by side with what is known at each below them, in two lines of `room` cells; in one line
/// where they do not fit.
#[must_use]
pub fn across(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let outcome = answer.first();
    let moments = timeline(&outcome.trace);
    let last = moments.iter().position(|moment| moment.decided).unwrap_or(moments.len());
    let moments: Vec<Moment> = moments.into_iter().take(last + 1).collect();
    let known = |(at, moment): (usize, &Moment)| learned(scene, answer, moment, at, room);
    let known: Vec<String> = moments.iter().enumerate().map(known).collect();
    let names: Vec<String> =
        moments.iter().map(|m| scene.say(verdict::packet(&m.packet))).collect();
    let join = " ───── ";
    let line: usize = names.iter().map(|name| width(name) + width(join)).sum();
    if line > room {
        return vec![flat(scene, outcome)];
    }
    let muted = scene.style(Role::Muted);
    let (mut above, mut below, mut taken) = (Vec::new(), String::new(), 0);
    for (at, (moment, name)) in moments.iter().zip(&names).enumerate() {
        if at > 0 {
            above.push(Span::styled(join, muted));
            taken += width(join);
        }
        // What is known stands below its packet, or further right where what stands before it needs the room.
        if !known[at].is_empty() {
            let blank =
                taken.saturating_sub(width(&below)).max(if below.is_empty() { 0 } else { 2 });
            below.push_str(&" ".repeat(blank));
            below.push_str(&known[at]);
        }
        above.push(packet(scene, outcome, moment, name));
        taken += width(name);
    }
    vec![Line::from(above), Line::styled(cut(&below, room), muted)]
}

/// The name of a packet, marked where it is lost or decides.
fn packet(
    scene: &Scene<'_>,
    outcome: &ByDestination,
    moment: &Moment,
    name: &str,
) -> Span<'static> {
    let role = if moment.decided { fate(moment, outcome) } else { Role::Muted };
    let mark = match (moment.dropped, moment.decided) {
        (true, _) => " ╳",
        (false, true) => " ✓",
        (false, false) => "",
    };
    Span::styled(format!("{name}{mark}"), scene.style(role))
}

/// The packets in one line up to the deciding one: `SYN ── SYN/ACK ── ACK ── ClientHello ╳`.
#[must_use]
pub fn flat(scene: &Scene<'_>, outcome: &ByDestination) -> Line<'static> {
    let mut spans = Vec::new();
    for moment in timeline(&outcome.trace) {
        if !spans.is_empty() {
            spans.push(Span::styled(" ── ", scene.style(Role::Muted)));
        }
        let decided = moment.decided;
        spans.push(packet(scene, outcome, &moment, &scene.say(verdict::packet(&moment.packet))));
        if decided {
            break;
        }
    }
    Line::from(spans)
}
