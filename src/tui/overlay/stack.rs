use ratatui::Frame;
use ratatui::layout::Rect;

use super::choices::choices;
use super::{
    AccessForm, AccessView, CaseNameForm, DefinitionsView, DiffView, DiskView, ExplainView,
    FindingsView, Form, HelpView, LeftView, LessonsView, LogFilesForm, LogsView, MatrixView,
    Notice, Palette, PriorityForm, ReasonForm, SaveAsForm, SearchLine, SuggestionView, Tab, disk,
    explain, leave, left, logs, second_opinion,
};
use crate::messages::{Words, screen as say};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::effect::{Effect, Then};
use crate::tui::keymap::Scope;
use crate::tui::lesson;
use crate::tui::logs::take_rules;
use crate::tui::pane::cases;
use crate::tui::text_edit::TextEdit;
use crate::tui::view::{Scene, ViewCache};

/// Something over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// The keys.
    Help(HelpView),
    /// The list of all actions.
    Palette(Palette),
    /// The question before leaving.
    Leave,
    /// What the real engine said.
    Opinion,
    /// The question about unsaved changes that were left behind.
    Left(Box<LeftView>),
    /// The question about a file that others changed.
    Disk(Box<DiskView>),
    /// Something to be read and closed.
    Notice(Notice),
    /// Differences between texts.
    Diff(DiffView),
    /// What there is to say against the policy.
    Findings(FindingsView),
    /// Why the request got its verdict.
    Explain(Box<ExplainView>),
    /// Everything that a policy says beside its rules.
    Definitions(DefinitionsView),
    /// The form of a rule, or of something else.
    Form(Box<Form>),
    /// The priority of a group.
    Priority(PriorityForm),
    /// The name of a file.
    SaveAs(SaveAsForm),
    /// The name of a case.
    CaseName(CaseNameForm),
    /// Why a finding is accepted.
    Reason(Box<ReasonForm>),
    /// The search line.
    Search(SearchLine),
    /// Who reaches what.
    Matrix(Box<MatrixView>),
    /// What reaches what, exactly.
    Access(Box<AccessView>),
    /// Which question about that is meant.
    AccessForm(AccessForm),
    /// Which logs are meant.
    LogFiles(LogFilesForm),
    /// What was counted of logs.
    Logs,
    /// Rules made of logs, to be reviewed.
    Suggestion(SuggestionView),
    /// The list of lessons.
    Lessons(LessonsView),
    /// The panel of the lesson that is going on takes the keys.
    Lesson,
}

impl Overlay {
    /// Where its keys are looked up, the innermost scope first.
    #[must_use]
    pub fn scopes(&self, logs: &LogsView) -> Vec<Scope> {
        vec![match self {
            Self::LogFiles(_) => Scope::LogFiles,
            Self::Logs if logs.below.is_some() => Scope::LogRequests,
            Self::Logs => Scope::Logs,
            Self::Suggestion(_) => Scope::Suggestion,
            Self::Help(_) => Scope::Help,
            Self::Palette(_) => Scope::Palette,
            Self::Leave => Scope::Leave,
            Self::Left(_) => Scope::Left,
            Self::Disk(_) => Scope::Disk,
            Self::Notice(_) => Scope::Notice,
            Self::Diff(_) => Scope::Diff,
            Self::Opinion => Scope::Opinion,
            Self::Findings(_) => Scope::Findings,
            Self::Explain(view) if view.typing => Scope::Filter,
            Self::Explain(view) if view.tab == Tab::Why => {
                return vec![Scope::Reasons, Scope::Explain];
            }
            Self::Explain(view) if view.tab == Tab::Change => {
                return vec![Scope::Offers, Scope::Explain];
            }
            Self::Explain(_) => Scope::Explain,
            Self::Definitions(_) => Scope::Definitions,
            Self::Form(form) if form.is_in_lines() => Scope::FormText,
            Self::Form(_) => Scope::Form,
            Self::Priority(_) | Self::SaveAs(_) | Self::Reason(_) | Self::AccessForm(_) => {
                Scope::Prompt
            }
            Self::Access(_) => Scope::Access,
            Self::CaseName(_) => Scope::Keep,
            Self::Search(_) => Scope::Search,
            Self::Matrix(_) => Scope::Matrix,
            Self::Lessons(_) => Scope::Lessons,
            Self::Lesson => Scope::Lesson,
        }]
    }

    /// The text that takes keys.
    pub fn edit(&mut self) -> Option<&mut TextEdit> {
        match self {
            Self::Leave
            | Self::Opinion
            | Self::Left(_)
            | Self::Disk(_)
            | Self::Notice(_)
            | Self::Definitions(_)
            | Self::Findings(_)
            | Self::Matrix(_)
            | Self::Access(_)
            | Self::Lessons(_)
            | Self::Lesson
            | Self::Logs
            | Self::Suggestion(_)
            | Self::Diff(_) => None,
            Self::LogFiles(form) => Some(&mut form.edit),
            Self::AccessForm(form) => Some(&mut form.edit),
            Self::Help(view) => Some(&mut view.edit),
            Self::Palette(palette) => Some(&mut palette.edit),
            Self::Explain(view) => view.typing.then_some(&mut view.filter),
            Self::Form(form) => Some(form.edit()),
            Self::Priority(form) => Some(&mut form.edit),
            Self::SaveAs(form) => Some(&mut form.edit),
            Self::CaseName(form) => Some(&mut form.edit),
            Self::Reason(form) => Some(&mut form.edit),
            Self::Search(line) => Some(&mut line.edit),
        }
    }
}

/// The text of the topmost overlay changed: looks what that would mean.
pub fn typed(app: &mut App) {
    let App { session, overlays, prefers, .. } = app;
    match overlays.last_mut() {
        Some(Overlay::Form(form)) => form.look(session),
        Some(Overlay::Priority(form)) => form.look(session),
        Some(Overlay::Explain(view)) => view.filtered(session),
        Some(Overlay::Search(_)) => super::search::look(app),
        Some(Overlay::LogFiles(form)) => form.typed(),
        Some(Overlay::Palette(palette)) => palette.look(session, prefers.lang),
        Some(
            Overlay::Help(_)
            | Overlay::Leave
            | Overlay::Opinion
            | Overlay::Left(_)
            | Overlay::Disk(_)
            | Overlay::Notice(_)
            | Overlay::Findings(_)
            | Overlay::Diff(_)
            | Overlay::Definitions(_)
            | Overlay::Matrix(_)
            | Overlay::Access(_)
            | Overlay::AccessForm(_)
            | Overlay::Lessons(_)
            | Overlay::Lesson
            | Overlay::Logs
            | Overlay::Suggestion(_)
            | Overlay::SaveAs(_)
            | Overlay::CaseName(_)
            | Overlay::Reason(_),
        )
        | None => {}
    }
}

/// Does what the topmost overlay is for; it closes when that succeeds.
pub fn accept(app: &mut App) -> Vec<Effect> {
    let Some(overlay) = app.overlays.pop() else { return Vec::new() };
    match overlay {
        Overlay::Form(form) => super::form::accept(app, form),
        Overlay::Definitions(view) => app.overlays.push(Overlay::Definitions(view)),
        Overlay::Priority(form) => super::priority::accept(app, form),
        Overlay::SaveAs(form) => return super::save_as::accept(app, form),
        Overlay::CaseName(form) => {
            if !cases::keep_as(app, &form) {
                app.overlays.push(Overlay::CaseName(form));
            }
        }
        Overlay::Reason(form) => super::accept_finding::accept(app, form),
        Overlay::Search(line) => super::search::accept(app, &line),
        Overlay::Palette(palette) => return super::palette::accept(app, palette),
        Overlay::Help(_)
        | Overlay::Leave
        | Overlay::Opinion
        | Overlay::Left(_)
        | Overlay::Disk(_)
        | Overlay::Notice(_)
        | Overlay::Diff(_) => {}
        Overlay::Matrix(view) => super::matrix::accept(app, view),
        Overlay::Access(view) => super::access::accept(app, view),
        Overlay::AccessForm(form) => super::access::asked(app, form),
        Overlay::LogFiles(form) => return logs::read_files(app, form),
        Overlay::Logs => logs::accept(app),
        Overlay::Suggestion(view) => take_rules(app, &view.proposal),
        Overlay::Lessons(view) => lesson::start(app, view.at),
        Overlay::Lesson => lesson::next(app),
        Overlay::Findings(view) => super::findings::accept(app, view),
        Overlay::Explain(view) => explain::accept(app, view),
    }
    Vec::new()
}

/// Closes the topmost overlay; a form with typed text asks once before it throws that away.
pub fn close(app: &mut App) {
    match app.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.would_lose_text() => {
            form.warn();
            app.fail(say::ESC_AGAIN);
        }
        Some(Overlay::Search(_)) => super::search::cancel(app),
        Some(Overlay::Explain(_)) => explain::close(app),
        Some(Overlay::Lesson) => lesson::close(app),
        Some(Overlay::Logs) => {
            if !crate::tui::logs::stop_suggesting(app) && !app.logs.view.back() {
                app.overlays.pop();
            }
        }
        Some(Overlay::Left(_)) => {
            app.session.keep_left();
            app.overlays.pop();
        }
        Some(_) | None => {
            app.overlays.pop();
        }
    }
}

/// Why the topmost question cannot be answered with `action`.
#[must_use]
pub fn cannot(app: &App, action: &Action) -> Option<Words> {
    let left = |overlay: &Overlay| {
        if let Overlay::Left(view) = overlay { view.cannot(action) } else { None }
    };
    let disk = |overlay: &Overlay| {
        if let Overlay::Disk(view) = overlay { view.cannot(action) } else { None }
    };
    app.overlays.iter().rev().find_map(|overlay| left(overlay).or_else(|| disk(overlay)))
}

/// Shows the difference that the topmost question is about.
pub fn show_difference(app: &mut App) {
    left::show_difference(app);
    disk::show_difference(app);
}

/// Wants the next verdict of the case that is being kept.
pub fn other_verdict(app: &mut App) {
    if let Some(Overlay::CaseName(form)) = app.overlays.last_mut() {
        form.turn();
    }
}

/// Completes the word that is typed in the topmost form, as far as it is clear.
pub fn complete(app: &mut App) {
    let App { overlays, session, .. } = app;
    match overlays.last_mut() {
        Some(Overlay::Form(form)) => form.complete(session),
        Some(Overlay::LogFiles(form)) => form.complete(),
        Some(_) | None => {}
    }
}

/// Shows the next tab of the topmost overlay, or with `-1` the one before.
pub fn step_tab(app: &mut App, by: isize) {
    match app.overlays.last_mut() {
        Some(Overlay::Diff(view)) => view.next_tab(),
        Some(Overlay::Explain(_)) => explain::step_tab(app, by),
        Some(Overlay::Logs) => app.logs.view.step_part(by),
        Some(_) | None => {}
    }
}

/// Draws the overlays, the topmost last. The search line is drawn as the status line.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    for overlay in &scene.app.overlays {
        match overlay {
            Overlay::Help(view) => view.draw(scene, frame, area, cache),
            Overlay::Palette(palette) => palette.draw(scene, frame, area, cache),
            Overlay::Leave => {
                let question = leave::question(&scene.app.session);
                choices(scene, frame, area, Scope::Leave, &question);
            }
            Overlay::Left(view) => choices(scene, frame, area, Scope::Left, &view.question),
            Overlay::Disk(view) => choices(scene, frame, area, Scope::Disk, &view.question),
            Overlay::Notice(notice) => notice.draw(scene, frame, area, cache),
            Overlay::Diff(view) => view.draw(scene, frame, area, cache),
            Overlay::Findings(view) => view.draw(scene, frame, area, cache),
            Overlay::Opinion => second_opinion::draw(scene, frame, area, cache),
            Overlay::Explain(view) => view.draw(scene, frame, area, cache),
            Overlay::Definitions(view) => view.draw(scene, frame, area, cache),
            Overlay::Form(form) => form.draw(scene, frame, area),
            Overlay::Priority(form) => form.draw(scene, frame, area),
            Overlay::SaveAs(form) => form.draw(scene, frame, area),
            Overlay::CaseName(form) => form.draw(scene, frame, area),
            Overlay::Reason(form) => form.draw(scene, frame, area),
            Overlay::Matrix(view) => view.draw(scene, frame, area),
            Overlay::Access(view) => view.draw(scene, frame, area, cache),
            Overlay::AccessForm(form) => form.draw(scene, frame, area),
            Overlay::LogFiles(form) => form.draw(scene, frame, area),
            Overlay::Logs => logs::draw(scene, frame, area, cache),
            Overlay::Suggestion(view) => view.draw(scene, frame, area, cache),
            Overlay::Lessons(view) => view.draw(scene, frame, area, cache),
            Overlay::Search(_) | Overlay::Lesson => {}
        }
    }
}

/// Saves, after asking for a name where there is no file yet.
pub fn save(app: &mut App, then: Then) -> Vec<Effect> {
    if app.session.file().is_some() {
        return vec![Effect::Save { path: None, then }];
    }
    app.overlays.push(Overlay::SaveAs(SaveAsForm::new(&app.session, then)));
    Vec::new()
}
