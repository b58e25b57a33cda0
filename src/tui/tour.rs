//! The tour of the first start: five stops in the workbench as it is, each with a key to try.

use super::action::Learn;
use super::app::{App, Pane};
use super::overlay::Overlay;
use crate::messages::{Words, tour as say};
use crate::net::RuleOrder;

/// A stop of the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// What is on the screen.
    Screen,
    /// A request is tried.
    Request,
    /// Why it got its verdict.
    Why,
    /// A rule is carried.
    Move,
    /// What leads on from here.
    Keep,
}

/// Where the tour is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tour {
    /// The stop.
    pub stop: Stop,
    /// Whether what the stop is about was tried.
    pub tried: bool,
}

impl Stop {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Screen, Self::Request, Self::Why, Self::Move, Self::Keep];

    /// Its place, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|&stop| stop == self).unwrap_or_default()
    }

    /// What it is about.
    #[must_use]
    pub const fn title(self) -> Words {
        match self {
            Self::Screen => say::SCREEN,
            Self::Request => say::REQUEST,
            Self::Why => say::WHY,
            Self::Move => say::MOVE,
            Self::Keep => say::KEEP,
        }
    }

    /// What it says before something was tried, and after, where there is something to try.
    #[must_use]
    pub const fn says(self, order: RuleOrder) -> (Words, Option<Words>) {
        match self {
            Self::Screen => match order {
                RuleOrder::Strict => (say::SCREEN_STRICT, None),
                RuleOrder::Action => (say::SCREEN_ACTION, None),
            },
            Self::Request => (say::REQUEST_TASK, Some(say::REQUEST_SEEN)),
            Self::Why => (say::WHY_TASK, Some(say::WHY_SEEN)),
            Self::Move => (say::MOVE_TASK, Some(say::MOVE_SEEN)),
            Self::Keep => (say::KEEP_TASK, None),
        }
    }
}

/// Begins the tour, or goes on, back or out of it.
pub fn act(app: &mut App, what: Learn) {
    match what {
        Learn::Tour => {
            app.overlays.clear();
            visit(app, Stop::Screen);
        }
        Learn::NextStop => match app.tour.map(|tour| Stop::ALL.get(tour.stop.place() + 1)) {
            Some(Some(stop)) => visit(app, *stop),
            Some(None) | None => end(app),
        },
        Learn::StopBefore => {
            if let Some(tour) = app.tour {
                visit(app, Stop::ALL[tour.stop.place().saturating_sub(1)]);
            }
        }
        Learn::EndTour => end(app),
        Learn::Open
        | Learn::Choose(_)
        | Learn::Next
        | Learn::Skip
        | Learn::Back
        | Learn::Hint
        | Learn::Leave => {}
    }
}

/// Why something of the tour cannot be done now.
#[must_use]
pub fn cannot(app: &App, what: Learn) -> Option<Words> {
    match (what, app.tour) {
        (Learn::Tour, _) => app.lessons.running.is_some().then_some(say::IN_LESSON),
        (_, None) => Some(say::NO_TOUR),
        (Learn::StopBefore, Some(tour)) if tour.stop == Stop::Screen => Some(say::FIRST_STOP),
        (_, Some(_)) => None,
    }
}

fn visit(app: &mut App, stop: Stop) {
    if stop == Stop::Move {
        // The key that carries means something in the rule list only.
        app.focus = Pane::Rules;
    }
    app.tour = Some(Tour { stop, tried: false });
}

fn end(app: &mut App) {
    app.tour = None;
    app.say(say::OVER);
}

/// Notes that what the stop is about was tried.
pub fn follow(app: &mut App) {
    let Some(Tour { stop, tried: false }) = app.tour else { return };
    let tried = match stop {
        Stop::Screen | Stop::Keep => false,
        Stop::Request => {
            app.panes.test.typing.is_none() && app.session.derived().answer().is_some()
        }
        Stop::Why => app.overlays.iter().any(|overlay| matches!(overlay, Overlay::Explain(_))),
        Stop::Move => app.panes.rules.carry.is_some(),
    };
    app.tour = Some(Tour { stop, tried });
}

/// The tour where its panel stands: it steps aside for a lesson.
#[must_use]
pub fn shown(app: &App) -> Option<Tour> {
    app.tour.filter(|_| app.lessons.running.is_none())
}
