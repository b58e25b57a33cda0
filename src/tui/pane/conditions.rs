//! The conditions of a rule, wanted and got, one line each.

use ratatui::text::{Line, Span};

use crate::eval::Met;
use crate::messages::screen as say;
use crate::tui::cells::{cut, fit, width};
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::{Asked, Question, met_word};

/// Cells of the part's word, and between columns.
const PART: usize = 11;
const GAP: usize = 2;

/// A table of conditions in lines of `room` cells, with its heads.
#[must_use]
pub fn condition_lines(scene: &Scene<'_>, asked: &[Asked], room: usize) -> Vec<Line<'static>> {
    // What every packet meets says nothing.
    let mut conditions: Vec<&Asked> = asked.iter().filter(|asked| !asked.is_open()).collect();
    // Direction and state, which nobody chose, come last.
    conditions.sort_by_key(|asked| asked.what == Question::Packet && asked.met == Met::Yes);
    let met = [Met::Yes, Met::No].map(|met| width(&scene.say(met_word(met))));
    let met = met[0].max(met[1]);
    let rest = room.saturating_sub(PART + met + 3 * GAP);
    let longest = conditions.iter().map(|c| width(&scene.say(&c.wanted))).max().unwrap_or_default();
    let wanted = longest.max(width(&scene.say(say::WANTED))).min(rest * 3 / 5);
    let got = rest - wanted;
    let gap = " ".repeat(GAP);
    let muted = scene.style(Role::Muted);
    let heads = [
        fit(&scene.say(say::CONDITION), PART),
        fit("", met),
        fit(&scene.say(say::WANTED), wanted),
        cut(&scene.say(say::GOT), got),
    ];
    let mut lines = vec![Line::styled(heads.join(&gap), muted)];
    lines.extend(conditions.iter().map(|condition| {
        let role = met_role(condition.met);
        let text = scene.style(if condition.met == Met::Yes { Role::Muted } else { Role::Text });
        Line::from(vec![
            Span::styled(fit(&scene.say(condition.what.word()), PART), text),
            Span::raw(gap.clone()),
            Span::styled(fit(&scene.say(met_word(condition.met)), met), scene.style(role)),
            Span::raw(gap.clone()),
            Span::styled(fit(&scene.say(&condition.wanted), wanted), text),
            Span::raw(gap.clone()),
            Span::styled(cut(&scene.say(&condition.got), got), text),
        ])
    }));
    lines
}

/// The role of `yes`, `no` and `?`.
#[must_use]
pub const fn met_role(met: Met) -> Role {
    match met {
        Met::Yes => Role::Pass,
        Met::No => Role::Drop,
        Met::Unknown => Role::Unknown,
    }
}
