//! Where one is in the logs: which count, which request behind it. Going in, going back.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::entries::{Entry, Part, What, entries};
use super::requests::{Requests, try_selected};
use super::{counts, requests, unreadable};
use crate::messages::{Text, Words, logs_pane as say, replay as words};
use crate::policy::{Policy, RulePlace};
use crate::replay::{Fate, Log, Pick, rule_name};
use crate::tui::action::Motion;
use crate::tui::app::{App, Pane};
use crate::tui::cells::{cut, wrap};
use crate::tui::logs::{Counted, Run};
use crate::tui::overlay::Overlay;
use crate::tui::overlay::popup::page;
use crate::tui::pane::rules::Selection;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// Lines that page up and page down go.
const PAGE: usize = 10;

/// Logs that were not read to their end and are named, at most.
const TROUBLES: usize = 3;
/// Cells of the bar.
const BAR: usize = 20;

/// Where one is in the pane.
#[derive(Debug, Default)]
pub struct LogsView {
    /// The counts, as they are listed.
    pub entries: Vec<Entry>,
    /// The one that is selected.
    pub at: usize,
    /// What lies behind one.
    pub below: Option<Below>,
    /// Parts that are listed with more than their first few counts.
    open: Vec<Part>,
}

/// What lies behind a count.
#[derive(Debug)]
pub enum Below {
    /// Requests.
    Requests(Requests),
    /// Lines that cannot be used, and the one that is selected.
    Unreadable(usize),
}

impl LogsView {
    /// Lists what was counted anew; what was looked at stays so as far as it is there. At first that is what is blocked.
    pub fn counted(&mut self, counted: &Counted) {
        let before = self.entries.get(self.at).map(|entry| (Some(entry.part), entry.what.clone()));
        self.list(counted);
        let at = |(part, what): &(Option<Part>, What)| {
            let is =
                |entry: &Entry| part.is_none_or(|part| part == entry.part) && entry.what == *what;
            self.entries.iter().position(is)
        };
        let blocked = [Fate::Reject, Fate::Drop]
            .into_iter()
            .max_by_key(|fate| counted.report.fates[fate.index()])
            .map(|fate| (None, What::Requests(Pick::Fate(fate))));
        let wanted = [before, blocked].into_iter().flatten();
        self.at = wanted.filter_map(|wanted| at(&wanted)).next().unwrap_or_default();
        match &mut self.below {
            Some(Below::Requests(requests)) => requests.pick_anew(counted),
            Some(Below::Unreadable(at)) => {
                *at = (*at).min(counted.tally.first_unreadable.len().saturating_sub(1));
            }
            None => {}
        }
    }

    fn list(&mut self, counted: &Counted) {
        self.entries = entries(counted, &self.open);
    }

    /// Goes through the list.
    pub fn go(&mut self, motion: Motion, counted: Option<&Counted>) {
        match &mut self.below {
            Some(Below::Requests(requests)) => requests.go(motion, PAGE),
            Some(Below::Unreadable(at)) => {
                let lines = counted.map_or(0, |counted| counted.tally.first_unreadable.len());
                *at = motion.from(*at, lines, PAGE);
            }
            None => self.at = motion.from(self.at, self.entries.len(), PAGE),
        }
    }

    /// Selects a line.
    pub fn choose(&mut self, line: usize) {
        match &mut self.below {
            Some(Below::Requests(requests)) => requests.at = line,
            Some(Below::Unreadable(at)) => *at = line,
            None => self.at = line,
        }
    }

    /// Goes to the next part of the counts, or with `-1` to the one before, round and round.
    pub fn step_part(&mut self, by: isize) {
        let first: Vec<usize> = (0..self.entries.len())
            .filter(|&at| at == 0 || self.entries[at].part != self.entries[at - 1].part)
            .collect();
        let now = first.iter().rposition(|&start| start <= self.at).unwrap_or_default();
        let to = (now + first.len()).wrapping_add_signed(by).checked_rem(first.len());
        if let (Some(to), None) = (to, &self.below) {
            self.at = first[to];
        }
    }

    /// Looks at the requests that are blocked, now or in the log.
    pub fn look_at_blocked(&mut self, counted: &Counted) {
        let requests = Requests::of(counted, Pick::Blocked, say::BLOCKED.into());
        self.below = Some(Below::Requests(requests));
    }

    /// Goes back from what lies behind a count; returns whether there was something to go back from.
    pub fn back(&mut self) -> bool {
        self.below.take().is_some()
    }

    /// Looks behind the selected count; returns the rule that it is about, where it is about one.
    fn look_behind(&mut self, counted: &Counted) -> Option<String> {
        let entry = self.entries.get(self.at)?;
        match &entry.what {
            What::Rule(rule) => return Some(rule.clone()),
            What::Requests(pick) => {
                let requests = Requests::of(counted, pick.clone(), entry.name.clone());
                self.below = Some(Below::Requests(requests));
            }
            What::Unreadable => self.below = Some(Below::Unreadable(0)),
            What::More => {
                let part = entry.part;
                if !self.open.contains(&part) {
                    self.open.push(part);
                    self.list(counted);
                }
            }
        }
        None
    }
}

/// Looks behind what is selected: from a count to its requests, from a request to its verdict, from a rule to its row.
pub fn accept(app: &mut App) {
    app.overlays.push(Overlay::Logs);
    let Some(counted) = app.logs.counted.clone() else { return };
    match &app.logs.view.below {
        Some(Below::Requests(_)) => try_selected(app, &counted),
        Some(Below::Unreadable(_)) => {}
        None => {
            let rule = app.logs.view.look_behind(&counted);
            if let Some(rule) = rule {
                go_to(app, &rule);
            }
        }
    }
}

/// Why nothing lies behind what is selected.
#[must_use]
pub fn nothing_behind(app: &App) -> Option<Words> {
    if !matches!(app.overlays.last(), Some(Overlay::Logs)) {
        return None;
    }
    let unreadable = matches!(app.logs.view.below, Some(Below::Unreadable(_)));
    let nothing = app.logs.counted.is_none().then_some(say::NOTHING_YET);
    nothing.or(unreadable.then_some(say::NOTHING_TO_TRY))
}

fn go_to(app: &mut App, rule: &str) {
    match place_of(app.session.policy(), rule) {
        Some(place) => {
            app.overlays.clear();
            app.focus = Pane::Rules;
            app.panes.rules.select(Selection::Rule(place));
        }
        None => app.say(say::NO_SUCH_RULE),
    }
}

fn place_of(policy: &Policy, name: &str) -> Option<RulePlace> {
    let groups = policy.rule_groups.iter().enumerate();
    let mut places = groups
        .flat_map(|(group, one)| (0..one.rules.len()).map(move |rule| RulePlace { group, rule }));
    places.find(|place| rule_name(policy, *place).as_deref() == Some(name))
}

/// Draws the pane between the title and the status line.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let logs = &scene.app.logs;
    let title = match &logs.view.below {
        Some(Below::Requests(requests)) => say::title_of(&requests.title),
        Some(Below::Unreadable(_)) => say::title(&scene.say(say::UNREADABLE_LINES)),
        None => say::title(names(scene, &logs.files).as_str()),
    };
    let inner = page(scene, frame, area, title);
    let above = above(scene, inner.width.into());
    let height = u16::try_from(above.len()).unwrap_or(u16::MAX).min(inner.height);
    draw_lines(frame, Rect { height, ..inner }, above, 0);
    let body = Rect { y: inner.y + height, height: inner.height - height, ..inner };
    let Some(counted) = &logs.counted else {
        if logs.run.is_none() {
            scene.invite(frame, body, say::NOTHING_YET);
        }
        return;
    };
    match &logs.view.below {
        Some(Below::Requests(below)) => requests::draw(scene, frame, body, cache, (counted, below)),
        Some(Below::Unreadable(at)) => unreadable::draw(scene, frame, body, cache, (counted, *at)),
        None => counts::draw(scene, frame, body, cache, counted),
    }
}

/// The names of the logs, without their folders.
fn names(scene: &Scene<'_>, logs: &[Log]) -> String {
    let name = logs.first().map(Log::name).unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    scene.say(say::names(name, logs.len().saturating_sub(1)))
}

/// What stands above: how far a reading has come, what there is to know of what is shown.
fn above(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    let logs = &scene.app.logs;
    let mut lines: Vec<Line<'static>> = Vec::new();
    if let Some(run) = &logs.run {
        lines.push(Line::styled(cut(&progress(scene, run), room), scene.style(Role::Accent)));
    }
    let Some(counted) = &logs.counted else { return lines };
    let stale = logs.is_stale(scene.app.session.revision()).then_some(say::STALE);
    let of_before = logs.run.is_some().then_some(say::OF_BEFORE);
    let tally = &counted.tally;
    let cancelled = tally.cancelled.then(words::cancelled);
    let troubles = tally.troubles.iter().take(TROUBLES).map(|trouble| {
        Text::made(|lang| {
            words::not_read(&trouble.file, trouble.why.say(lang)).say(lang).to_owned()
        })
    });
    let more = tally.troubles.len().saturating_sub(TROUBLES);
    let more = (more > 0).then(|| words::more(more));
    let old = of_before.or(stale).map(Text::from);
    let said = old.into_iter().chain(cancelled).chain(troubles);
    let style = scene.style(Role::Changed);
    let told = said.chain(more).flat_map(|text| wrap(&scene.with_keys(text), room));
    lines.extend(told.map(|line| Line::styled(line, style)));
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

/// A bar with how far a reading has come, its rate and the time left.
fn progress(scene: &Scene<'_>, run: &Run) -> String {
    if run.is_ending() {
        return scene.say(say::ENDING);
    }
    let Some(progress) = run.progress else { return scene.say(say::BEGUN) };
    let pace = progress.pace(run.begun.elapsed());
    let key = scene.with_keys(Text::verbatim("`{stop-replay}`"));
    let text = words::progress((pace.percent, pace.left), pace.rate, progress.lines, &key);
    let full = pace.percent.map_or(0, |percent| BAR * usize::try_from(percent).unwrap_or(0) / 100);
    let bar = format!("{}{}", "━".repeat(full), "─".repeat(BAR.saturating_sub(full)));
    format!("{bar} {}", scene.say(text))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::replay::Progress;
    use crate::workbench::Session;

    #[test]
    fn bar_says_how_far_it_has_come_and_which_key_ends_it() {
        let policy =
            "sekisho: 1\nname: bar\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups: []\n";
        let app = App::new(Session::scratch(policy.to_owned()).unwrap());
        let scene = Scene::of(&app);
        let begun = Instant::now().checked_sub(Duration::from_secs(2)).unwrap();
        let read = Progress { read: 50_000_000, of: Some(100_000_000), lines: 1_234_567 };
        let run = Run::at(begun, Some(read));
        let said = progress(&scene, &run);
        assert!(said.starts_with("━━━━━━━━━━──────────"), "{said}");
        assert!(said.contains(" 50 % ") && said.contains("1,234,567 lines"), "{said}");
        assert!(said.contains("s left") && said.ends_with("`x` ends"), "{said}");
        let unknown = Run::at(begun, Some(Progress { of: None, ..read }));
        assert!(!progress(&scene, &unknown).contains('%'));
    }
}
