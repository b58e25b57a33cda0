//! Who reaches what: a picture with a cell for each client and target, to go through and to try.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Overlay;
use super::popup::large;
use crate::eval::Evaluator;
use crate::messages::{Lang, Text, matrix as say, printable, screen};
use crate::tui::action::{Look, Motion};
use crate::tui::app::App;
use crate::tui::cells::{cut, fit, width};
use crate::tui::pane::test;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, action_role, draw_lines, line_at};
use crate::workbench::{Cell as Square, Matrix, Session, Shade, TestInput};

/// Lines that page up and page down go.
const PAGE: usize = 10;
/// Cells between columns.
const GAP: usize = 2;
/// Cells of the widest word in a cell, `reject*`, and of the widest head.
const COLUMN: (usize, usize) = (7, 14);
/// Cells of the mark of the selected line.
const MARK: usize = 2;
/// Lines below the picture, for what the selected cell says, with a blank one.
const BELOW: u16 = 4;
/// Lines above it: what it is, and the heads.
const ABOVE: u16 = 2;

/// The picture, and the cell that is selected.
#[derive(Debug)]
pub struct MatrixView {
    matrix: Matrix,
    evaluator: Arc<Evaluator>,
    /// Cells of the longest name of a target, in the language it was measured in.
    longest: Cell<Option<(Lang, usize)>>,
    /// Those that were looked at.
    cells: RefCell<HashMap<(usize, usize), Square>>,
    /// Its line, from 0.
    pub target: usize,
    /// Its column, from 0.
    pub client: usize,
}

impl MatrixView {
    /// The picture of the policy as it is now.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let derived = session.derived();
        let saved = Some(session.saved_text()).filter(|saved| *saved != session.text());
        let matrix = Matrix::of(session.policy(), &derived.compiled, &derived.evaluator, saved);
        let evaluator = Arc::clone(&derived.evaluator);
        Self {
            matrix,
            evaluator,
            cells: RefCell::default(),
            longest: Cell::default(),
            target: 0,
            client: 0,
        }
    }

    /// Goes up and down.
    pub fn go(&mut self, motion: Motion) {
        self.target = motion.from(self.target, self.matrix.targets.len(), PAGE);
    }

    /// Goes left and right.
    pub fn across(&mut self, by: isize) {
        let last = self.matrix.clients.len().saturating_sub(1);
        self.client = self.client.saturating_add_signed(by).min(last);
    }

    fn longest(&self, scene: &Scene<'_>) -> usize {
        let lang = scene.lang();
        let names = || (0..self.matrix.targets.len()).map(|at| width(&scene.say(target(self, at))));
        let known = self.longest.get().filter(|(of, _)| *of == lang);
        let known = known.unwrap_or_else(|| (lang, names().max().unwrap_or_default()));
        self.longest.set(Some(known));
        known.1
    }

    fn is_empty(&self) -> bool {
        self.matrix.clients.is_empty() || self.matrix.targets.is_empty()
    }

    /// Draws the picture over the panes.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let lines = u16::try_from(self.matrix.targets.len()).unwrap_or(u16::MAX);
        let rows = lines.saturating_add(ABOVE + BELOW + 2).max(8);
        let inner = large(scene, frame, area, say::TITLE, (160, rows));
        if self.is_empty() {
            scene.invite(frame, inner, say::EMPTY);
            return;
        }
        let picture = Picture::of(self, scene, inner.width.into());
        let about = cut(&scene.with_keys(say::ABOUT), inner.width.into());
        frame.render_widget(Line::styled(about, scene.style(Role::Muted)), line_at(inner, 0));
        frame.render_widget(picture.heads(), line_at(inner, 1));
        let height = inner.height.saturating_sub(ABOVE + BELOW);
        let body = Rect { y: inner.y + ABOVE, height, ..inner };
        let first = (self.target + 1).saturating_sub(height.into());
        for (y, target) in (0..height).zip(first..self.matrix.targets.len()) {
            let line = picture.line(target);
            frame.render_widget(line, line_at(body, y));
        }
        let below = Rect { y: body.bottom() + 1, height: BELOW - 1, ..inner };
        draw_lines(frame, below, picture.selected(), 0);
    }

    fn cell(&self, target: usize, client: usize) -> Square {
        let mut cells = self.cells.borrow_mut();
        let find = || self.matrix.cell(&self.evaluator, target, client);
        cells.entry((target, client)).or_insert_with(find).clone()
    }
}

/// The part of the matrix that there is room for.
struct Picture<'a> {
    view: &'a MatrixView,
    scene: &'a Scene<'a>,
    room: usize,
    /// Cells of the targets' names.
    names: usize,
    /// The columns that are shown, each with its cells.
    columns: Vec<(usize, usize)>,
}

impl<'a> Picture<'a> {
    fn of(view: &'a MatrixView, scene: &'a Scene<'a>, room: usize) -> Self {
        let names = view.longest(scene).min(room * 2 / 5);
        let mut left = room.saturating_sub(MARK + names);
        let mut columns = Vec::new();
        // Pages of columns: the one that is selected is on one of them.
        for at in 0..view.matrix.clients.len() {
            let cells = width(&scene.say(client(view, at))).clamp(COLUMN.0, COLUMN.1);
            if cells + GAP > left && !columns.is_empty() {
                if at > view.client {
                    break;
                }
                columns.clear();
                left = room.saturating_sub(MARK + names);
            }
            left = left.saturating_sub(cells + GAP);
            columns.push((at, cells));
        }
        Self { view, scene, room, names, columns }
    }

    fn heads(&self) -> Line<'static> {
        let last = self.view.matrix.clients.len() - 1;
        let before = if self.columns[0].0 > 0 { screen::MORE_LEFT } else { "" };
        let more = self.columns.last().is_some_and(|(at, _)| *at < last);
        let mut spans = vec![Span::raw(fit("", MARK + self.names))];
        spans.push(Span::styled(fit(before, GAP), self.scene.style(Role::Accent)));
        for (at, cells) in &self.columns {
            let role = if *at == self.view.client { Role::Accent } else { Role::Muted };
            let name = fit(&self.scene.say(client(self.view, *at)), *cells);
            spans.push(Span::styled(name, self.scene.style(role)));
            spans.push(Span::raw(" ".repeat(GAP)));
        }
        if more {
            spans.pop();
            spans.push(Span::styled(screen::MORE_RIGHT, self.scene.style(Role::Accent)));
        }
        Line::from(spans)
    }

    fn line(&self, at: usize) -> Line<'static> {
        let selected = at == self.view.target;
        let mark = if selected { screen::SELECTED } else { "" };
        let role = if selected { Role::Accent } else { Role::Text };
        let name = fit(&self.scene.say(target(self.view, at)), self.names);
        let mut spans = vec![
            Span::styled(fit(mark, MARK), self.scene.style(Role::Accent)),
            Span::styled(name, self.scene.style(role)),
        ];
        for (client, cells) in &self.columns {
            let cell = self.view.cell(at, *client);
            let changed = if cell.before.is_some() { say::CHANGED } else { "" };
            let word = format!("{}{changed}", self.scene.say(word(cell.shade)));
            let style = match (selected && *client == self.view.client, cell.before) {
                (true, _) => self.scene.style(Role::Selected),
                (false, Some(_)) => self.scene.style(Role::Changed),
                (false, None) => self.scene.style(role_of(cell.shade)),
            };
            spans.push(Span::raw(" ".repeat(GAP)));
            spans.push(Span::styled(fit(&word, *cells), style));
        }
        Line::from(spans)
    }

    /// What the selected cell says.
    fn selected(&self) -> Vec<Line<'static>> {
        let view = self.view;
        let cell = view.cell(view.target, view.client);
        let whole =
            say::cell(&client(view, view.client), &target(view, view.target), &word(cell.shade));
        let mut lines = vec![self.below(whole, role_of(cell.shade))];
        lines.extend(cell.before.map(|before| self.below(say::was(&word(before)), Role::Changed)));
        let example = match &cell.example {
            Some(request) => say::example(&request.from.to_string(), &request.to_string()),
            None if view.matrix.targets[view.target].urls.is_empty() => say::NO_EXAMPLE.into(),
            None => say::NO_REQUEST.into(),
        };
        lines.push(self.below(example, Role::Muted));
        lines
    }

    fn below(&self, text: Text, role: Role) -> Line<'static> {
        Line::styled(cut(&self.scene.with_keys(text), self.room), self.scene.style(role))
    }
}

fn client(view: &MatrixView, at: usize) -> Text {
    match view.matrix.clients.get(at).and_then(|column| column.name.as_ref()) {
        Some(name) => Text::verbatim(name),
        None => say::OTHER_CLIENTS.into(),
    }
}

fn target(view: &MatrixView, at: usize) -> Text {
    let line = &view.matrix.targets[at];
    match (&line.name, line.urls.first()) {
        (Some(name), _) => Text::verbatim(&printable(name)),
        (None, url) => say::elsewhere(url.map_or("", String::as_str)),
    }
}

fn word(shade: Shade) -> Text {
    match shade {
        Shade::All(action) => Text::verbatim(action.word()),
        Shade::Mixed => say::MIXED.into(),
        Shade::CannotTell => say::CANNOT_TELL.into(),
    }
}

const fn role_of(shade: Shade) -> Role {
    match shade {
        Shade::All(action) => action_role(action),
        Shade::Mixed => Role::Text,
        Shade::CannotTell => Role::Unknown,
    }
}

/// Opens the picture, or goes through its columns.
pub fn look_at_matrix(app: &mut App, look: Look) {
    let by = match look {
        Look::Open => {
            let view = MatrixView::new(&app.session);
            return app.overlays.push(Overlay::Matrix(Box::new(view)));
        }
        Look::Left => -1,
        Look::Right => 1,
    };
    if let Some(Overlay::Matrix(view)) = app.overlays.last_mut() {
        view.across(by);
    }
}

/// Puts the example of the selected cell into the test bar; without one the picture stays.
pub fn accept(app: &mut App, view: Box<MatrixView>) {
    let example = view.cell(view.target, view.client).example;
    let Some(request) = example.filter(|_| !view.is_empty()) else {
        app.overlays.push(Overlay::Matrix(view));
        return;
    };
    let (from, url) = (request.from.to_string(), request.to_string());
    test::try_it(app, TestInput { from, url, dst: String::new() });
}
