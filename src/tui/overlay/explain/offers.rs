use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::view::{ExplainView, Offers, Tab};
use crate::messages::{explain as say, screen, what_if};
use crate::tui::action::{Action, Heard, Target};
use crate::tui::app::{App, Pane};
use crate::tui::beside::Beside;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, fit_right, width, wrap};
use crate::tui::effect::Effect;
use crate::tui::overlay::Overlay;
use crate::tui::pane::rules::Selection;
use crate::tui::pane::test::{labelled, verdict_lines};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};
use crate::tui::worker::Job;
use crate::workbench::{Answer, Decider, Offer, TestInput, WhatIf};

/// Offers that stand below the three lists.
const FEW: usize = 3;
/// From this room on what an offer changes stands beside it.
const BESIDE: usize = 90;
/// Cells of the mark and the number in front of an offer, with their gaps.
const MARK: usize = 2;
const NUMBER: usize = 2;
const HANG: usize = MARK + NUMBER + 2;

/// The search that is due: somebody looks at a view that shows offers, and nobody searched for them yet.
pub fn due(app: &mut App) -> Option<Effect> {
    for overlay in &mut app.overlays {
        if let Overlay::Explain(view) = overlay
            && matches!(view.tab, Tab::Why | Tab::Change)
            && matches!(view.offers, Offers::NotSearched)
        {
            view.offers = Offers::Searching;
            return Some(Effect::SearchOffers);
        }
    }
    None
}

/// Searches beside the screen for what would change the verdict.
pub fn search(app: &App, beside: &mut Beside) {
    let about = (app.session.revision(), app.session.test().clone());
    let Some(search) = app.session.what_if_job(None) else { return };
    let job: Job = Box::new(move |_: &AtomicBool| {
        let found = Box::new(search());
        Action::Heard(Heard::Offered { about, found })
    });
    beside.offers.give(job, Duration::ZERO);
}

/// Takes in what was found; what is about another policy or request than the one explained is dropped.
pub fn offered(app: &mut App, about: &(u64, TestInput), found: WhatIf) {
    for overlay in &mut app.overlays {
        if let Overlay::Explain(view) = overlay
            && view.about() == about
        {
            view.chosen = 0;
            view.offers = Offers::Found(Box::new(found));
            return;
        }
    }
}

/// Makes the chosen edit: one step that undo takes back. Returns whether it was made.
pub fn apply(app: &mut App, view: &ExplainView) -> bool {
    let Some(offer) = view.offer() else {
        app.say(say::NO_OFFER);
        return false;
    };
    let (edit, by) = (offer.edit.clone(), offer.by.clone());
    let made = app.apply(&edit);
    if made {
        app.focus = Pane::Rules;
        if let Decider::Rule(rule) = by {
            app.panes.rules.select(Selection::Rule(rule.place));
        }
    }
    made
}

/// Draws the offers, the chosen one in full below them.
pub fn draw(
    view: &ExplainView,
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    cache: &mut ViewCache,
    answer: &Answer,
) {
    let room = usize::from(area.width);
    let mut above = verdict_lines(scene, answer, room);
    above.truncate(usize::from(area.height / 4).max(3));
    above.push(Line::default());
    let Offers::Found(found) = &view.offers else {
        above.push(Line::styled(scene.say(say::SEARCHING), scene.style(Role::Muted)));
        draw_lines(frame, area, above, 0);
        return;
    };
    above.push(head(scene, found, room));
    let height = u16::try_from(above.len()).unwrap_or(u16::MAX).min(area.height);
    draw_lines(frame, Rect { height, ..area }, above, 0);
    let body = Rect { y: area.y + height, height: area.height - height, ..area };
    let full = in_full(view, scene, found, room);
    let wanted = u16::try_from(found.offers.len()).unwrap_or(u16::MAX);
    let list = Rect { height: wanted.min(body.height / 2).max(body.height.min(1)), ..body };
    let (chosen, height) = (view.chosen, usize::from(list.height));
    let first = cache.list(Scrolled::Offers, chosen, found.offers.len(), height);
    for (y, (at, offer)) in (0..list.height).zip(found.offers.iter().enumerate().skip(first)) {
        let line = line_at(list, y);
        cache.target(line, Target::Offer(at));
        let chosen = at == view.chosen;
        if chosen {
            frame.buffer_mut().set_style(line, scene.style(Role::Selected));
        }
        frame.render_widget(row(scene, found, (at, offer), chosen, room), line);
    }
    let used = if found.offers.is_empty() { 0 } else { list.height };
    let below = Rect { y: body.y + used, height: body.height - used, ..body };
    draw_lines(frame, below, full, 0);
}

/// The first offers, to stand below something else: always as many lines, so that nothing moves when they are found.
#[must_use]
pub fn digest(view: &ExplainView, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    let mut lines = vec![Line::default()];
    if let Offers::Found(found) = &view.offers {
        lines.push(head(scene, found, room));
        let few = found.offers.iter().enumerate().take(FEW);
        lines.extend(few.map(|offer| row(scene, found, offer, false, room)));
        if found.offers.len() > FEW {
            let more = scene.say(screen::more(found.offers.len() - FEW));
            lines.push(Line::styled(format!("  {more}"), muted));
        }
        if let Some(remark) = found.remarks().first().filter(|_| found.offers.is_empty()) {
            lines.push(Line::styled(cut(&scene.say(remark), room), muted));
        }
    } else {
        lines.push(Line::styled(scene.say(say::SEARCHING), muted));
    }
    lines.resize(FEW + 3, Line::default());
    lines
}

fn head(scene: &Scene<'_>, found: &WhatIf, room: usize) -> Line<'static> {
    Line::from(Span::styled(cut(&scene.say(found.head()), room), scene.bold()))
}

/// An offer in a line: its number, the edit, and where there is room how much it changes.
fn row(
    scene: &Scene<'_>,
    found: &WhatIf,
    (at, offer): (usize, &Offer),
    chosen: bool,
    room: usize,
) -> Line<'static> {
    let mark = if chosen { screen::SELECTED } else { "" };
    let number = fit(mark, MARK) + &fit_right(&(at + 1).to_string(), NUMBER) + "  ";
    let short =
        what_if::in_short(offer.cases.len(), offer.broken(), offer.flows.len(), found.sampled);
    let short = scene.say(short);
    let beside = if room >= BESIDE { width(&short) + 2 } else { 0 };
    let words = fit(&scene.say(&offer.words), room.saturating_sub(HANG + beside));
    let mut spans = vec![
        Span::styled(number, scene.style(if chosen { Role::Accent } else { Role::Muted })),
        Span::styled(words, scene.style(Role::Text)),
    ];
    if beside > 0 {
        let role = if offer.broken() > 0 { Role::Changed } else { Role::Muted };
        spans.push(Span::styled(format!("  {short}"), scene.style(role)));
    }
    Line::from(spans)
}

/// The chosen offer with everything it changes, then what is to be said below the offers.
fn in_full(
    view: &ExplainView,
    scene: &Scene<'_>,
    found: &WhatIf,
    room: usize,
) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    let mut lines = Vec::new();
    if let Some(offer) = found.offers.get(view.chosen) {
        lines.push(Line::default());
        lines.extend(
            wrap(&scene.say(&offer.words), room).into_iter().map(|l| Line::styled(l, scene.bold())),
        );
        let text = scene.style(Role::Text);
        let by = what_if::decides_then(&offer.by.words());
        lines.extend(labelled(("", text), (&scene.say(by), text), MARK, room));
        for effect in found.effects(offer) {
            lines.extend(labelled(("", text), (&scene.say(effect), text), MARK, room));
        }
    }
    let remarks = found.remarks();
    if !remarks.is_empty() {
        lines.push(Line::default());
    }
    for remark in remarks {
        lines.extend(wrap(&scene.say(remark), room).into_iter().map(|l| Line::styled(l, muted)));
    }
    lines
}
