use ratatui::text::{Line, Span};

use crate::messages::{Text, elsewhere as say_elsewhere, explain as say, why};
use crate::net::{Action, RuleOrder};
use crate::tui::cells::{width, wrap};
use crate::tui::pane::test::{labelled, verdict_lines};
use crate::tui::pane::timeline;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, experience_role};
use crate::workbench::{
    Answer, BothOrders, ByDestination, Known, LookAt, VariantAnswer, experience_word,
};

/// Cells of the mark in front of a client whose request ends otherwise.
const MARK: usize = 2;
/// From this room on the sentence stands beside the name of the client.
const BESIDE: usize = 90;
/// From this room on the rule orders stand side by side.
const TWO: usize = 100;

/// The same request as other clients send it: verdict beside verdict, and why where they differ.
#[must_use]
pub fn clients(
    scene: &Scene<'_>,
    answer: &Answer,
    clients: &[VariantAnswer],
    room: usize,
) -> Vec<Line<'static>> {
    let mut lines = wrapped(scene, &scene.say(why::list::VARIANTS), room, Role::Muted);
    lines.push(Line::default());
    let names = clients.iter().map(VariantAnswer::name).chain([say::USUAL_CLIENT]);
    let name = names.map(|name| width(&scene.say(name))).max().unwrap_or_default() + 2;
    let usual = answer.first();
    lines.extend(sent(scene, ("", &scene.say(say::USUAL_CLIENT)), usual, None, name, room));
    for client in clients {
        let mark = if client.differs { why::DIFFERS } else { "" };
        let alike = !client.differs && client.outcome.decider.same(&usual.decider);
        lines.extend(if alike {
            same(scene, client, name, room)
        } else {
            let why = client.why.as_ref();
            sent(scene, (mark, &scene.say(client.name())), &client.outcome, why, name, room)
        });
    }
    if clients.is_empty() {
        lines.push(Line::default());
        lines.extend(wrapped(scene, &scene.say(why::NO_VARIANTS), room, Role::Muted));
    }
    lines
}

/// A client whose request ends as the usual one's does, by the same rule.
fn same(scene: &Scene<'_>, client: &VariantAnswer, name: usize, room: usize) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    let head = format!("{:MARK$}{}", "", scene.say(client.name()));
    let word = experience_word(client.outcome.trace.experience);
    let text = scene.say(say::same(word));
    labelled((&head, muted), (&text, muted), MARK + name, room)
}

/// A client with the sentence about its request; what explains a difference below it.
fn sent(
    scene: &Scene<'_>,
    (mark, client): (&str, &str),
    outcome: &ByDestination,
    why: Option<&Text>,
    name: usize,
    room: usize,
) -> Vec<Line<'static>> {
    let differs = !mark.is_empty();
    let head = format!("{mark:MARK$}{client}");
    let head_style = scene.style(if differs { Role::Changed } else { Role::Text });
    let sentence = outcome.sentence();
    let sentence = scene.say(sentence);
    let style = scene.style(experience_role(outcome.trace.experience, outcome.action));
    let mut lines = Vec::new();
    let (label, indent) = if room >= BESIDE {
        (head.as_str(), MARK + name)
    } else {
        lines.push(Line::styled(head.clone(), head_style));
        ("", 2 * MARK)
    };
    lines.extend(labelled((label, head_style), (&sentence, style), indent, room));
    if let Some(why) = why {
        let text = scene.style(Role::Text);
        lines.extend(labelled(("", text), (&scene.say(why), text), indent, room));
    }
    lines
}

/// What the request gets in strict and in action order: side by side where there is room.
#[must_use]
pub fn orders(scene: &Scene<'_>, both: &BothOrders, room: usize) -> Vec<Line<'static>> {
    let (own, other) = (&both.own, &both.other);
    if room < TWO {
        let mut lines = order(scene, own, true, room);
        lines.push(Line::default());
        lines.extend(order(scene, other, false, room));
        return lines;
    }
    let half = (room - 3) / 2;
    let left = order(scene, own, true, half);
    let right = order(scene, other, false, half);
    let beside = |at: usize| {
        let mut spans = left.get(at).map(|line| line.spans.clone()).unwrap_or_default();
        let taken: usize = spans.iter().map(|span| width(&span.content)).sum();
        spans.push(Span::raw(" ".repeat((half + 3).saturating_sub(taken))));
        spans.extend(right.get(at).into_iter().flat_map(|line| line.spans.clone()));
        Line::from(spans)
    };
    (0..left.len().max(right.len())).map(beside).collect()
}

fn order(
    scene: &Scene<'_>,
    (order, answer): &(RuleOrder, Answer),
    own: bool,
    room: usize,
) -> Vec<Line<'static>> {
    let head = say::order(*order == RuleOrder::Strict, own);
    let mut lines = vec![Line::from(Span::styled(scene.say(head), scene.bold())), Line::default()];
    lines.extend(verdict_lines(scene, answer, room));
    lines.push(Line::default());
    lines.push(timeline::flat(scene, answer.first()));
    lines
}

/// What to look at outside the policy, in the order in which it is most often the cause.
#[must_use]
pub fn elsewhere(
    scene: &Scene<'_>,
    answer: &Answer,
    looks: &[LookAt],
    room: usize,
) -> Vec<Line<'static>> {
    let blocked = answer.first().action.is_some_and(Action::blocks);
    let mut lines = wrapped(scene, &scene.say(why::list::elsewhere(blocked)), room, Role::Muted);
    lines.push(Line::default());
    for (at, look) in (1..).zip(looks) {
        let (known, role) = match &look.known {
            Known::Likely(text) => (Some(say_elsewhere::likely(text)), Role::Changed),
            Known::RuledOut(text) => (Some(say_elsewhere::ruled_out(text)), Role::Muted),
            Known::Open => (None, Role::Muted),
        };
        let what =
            scene.style(if role == Role::Muted && known.is_some() { role } else { Role::Text });
        let number = scene.style(Role::Muted);
        let text = scene.say(&look.what);
        lines.extend(labelled((&format!("{at}."), number), (&text, what), 4, room));
        if let Some(known) = known {
            let style = scene.style(role);
            let text = scene.say(known);
            lines.extend(labelled(("", style), (&text, style), 4, room));
        }
    }
    lines
}

fn wrapped(scene: &Scene<'_>, text: &str, room: usize, role: Role) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::styled(line, scene.style(role))).collect()
}
