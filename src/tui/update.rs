//! From an action to what is remembered and what is to be done. The only place that changes the state.

use super::action::{Action, Heard, Motion, Target};
use super::app::{App, Pane};
use super::beside;
use super::cache::{By, Scrolled};
use super::copy::{Copied, copy};
use super::effect::{Effect, Then};
use super::input::Key;
use super::lesson;
use super::logs;
use super::overlay::{
    self, DiffView, HelpView, Overlay, Palette, SaveAsForm, SearchLine, Tab, disk, left,
};
use super::pane::cases;
use super::pane::rules::{self, Carry, Load, Selection, Spot};
use super::pane::test::{self, Field};
use super::tour;
use crate::messages::{Words, log, printable, screen as say, stateless as words, status};
use crate::workbench::{OnDisk, Pasted, Session, StatelessLine, Tested};

/// Does what `action` asks, or says why it cannot be done now.
pub fn update(app: &mut App, action: Action) -> Vec<Effect> {
    if let Some(why) = disabled(app, &action) {
        app.say(why);
        return Vec::new();
    }
    forget(app, &action);
    let effects = act(app, action);
    lesson::follow(app);
    tour::follow(app);
    effects
}

fn act(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => quit(app),
        Action::Save => overlay::save(app, Then::Stay),
        Action::SaveAndLeave => {
            app.overlays.pop();
            overlay::save(app, Then::Leave)
        }
        Action::Discard => vec![Effect::Exit],
        Action::DiscardLeft => vec![Effect::DiscardLeft],
        Action::Overwrite => vec![Effect::Overwrite],
        Action::LookAtDisk => vec![Effect::LookAtDisk],
        Action::Accept => overlay::accept(app),
        Action::Copy(what) => copy(app, what),
        Action::Logs(what) => logs::act(app, what),
        Action::Move(motion) => go(app, motion),
        Action::Wheel(over, lines) => vec![Effect::Scroll(turned(app, over), By::Lines(lines))],
        action => {
            change(app, action);
            Vec::new()
        }
    }
}

/// The actions that need nothing done outside the state.
fn change(app: &mut App, action: Action) {
    match action {
        Action::SaveAs => save_as(app),
        Action::Help => app.overlays.push(Overlay::Help(HelpView::new())),
        Action::Palette => app.overlays.push(Overlay::Palette(Palette::new(app))),
        Action::Define(what) => overlay::define(app, what),
        Action::Learn(what) => lesson::act(app, what),
        Action::ShowChanges => show_changes(app),
        Action::NextTheme => next_theme(app),
        Action::NextLanguage => next_language(app),
        Action::NextTab => overlay::step_tab(app, 1),
        Action::PreviousTab => overlay::step_tab(app, -1),
        Action::Explain(tab) => overlay::explain(app, tab, None),
        Action::WhyThis => why_this(app),
        Action::Filter => overlay::filter(app),
        Action::Restore | Action::RestoreBoth => left::restore(app, action == Action::RestoreBoth),
        Action::ShowDifference => overlay::show_difference(app),
        Action::TakeTheirs => disk::take(app, Session::take_theirs),
        Action::MergeTheirs => disk::take(app, Session::merge_theirs),
        Action::OtherVerdict => overlay::other_verdict(app),
        Action::Undo => app.undo(),
        Action::Redo => app.redo(),
        Action::NextPane => app.focus = app.focus.step(1),
        Action::PreviousPane => app.focus = app.focus.step(-1),
        Action::ToRules => app.focus = Pane::Rules,
        Action::TypeRequest => type_request(app),
        Action::KeepCase => cases::keep(app),
        Action::Search => search(app),
        Action::GoToDecider => go_to_decider(app),
        Action::Open => open(app),
        Action::Fold | Action::Unfold => fold(app, action == Action::Fold),
        Action::PickUp => pick_up(app),
        Action::MoveRuleUp | Action::MoveRuleDown => {
            rules::move_up_or_down(app, action == Action::MoveRuleDown);
        }
        Action::Marks(what) => rules::marking(app, what),
        Action::EditRule => edit_rule(app),
        Action::NewRule | Action::NewHandWritten => {
            rules::new_rule(app, action == Action::NewHandWritten);
        }
        Action::DeleteRule => rules::delete(app),
        Action::ToggleRule => rules::toggle(app),
        Action::DuplicateRule => rules::duplicate(app),
        Action::GroupPriority => rules::edit_group(app),
        Action::CarryUp | Action::CarryDown => carry(app, action == Action::CarryDown),
        Action::PutDown => put_down(app),
        Action::PutBack => app.panes.rules.carry = None,
        Action::NextMatch => rules::go_to_match(app, true),
        Action::PreviousMatch => rules::go_to_match(app, false),
        Action::NextField | Action::PreviousField => step_field(app, action == Action::NextField),
        Action::ClearField => edit_text(app, super::text_edit::TextEdit::clear),
        Action::LeaveField => leave_field(app),
        Action::ToAnswer => app.panes.test.typing = None,
        Action::LoadCase => test::load(app, app.panes.cases.selected),
        Action::DeleteCase => cases::delete(app),
        Action::Close => overlay::close(app),
        Action::Complete => overlay::complete(app),
        Action::Type(key) => edit_text(app, |edit| edit.press(key)),
        Action::Paste(text) => paste(app, &text),
        Action::Click(target) => click(app, target),
        Action::ShowOpinion => app.overlays.push(Overlay::Opinion),
        Action::ShowFindings => overlay::show_findings(app),
        Action::Matrix(look) => overlay::look_at_matrix(app, look),
        Action::Access(what) => overlay::ask_access(app, what),
        Action::ApplyFix => overlay::apply_fix(app),
        Action::AcceptFinding => overlay::accept_finding(app),
        Action::Heard(heard) => beside::hear(app, heard),
        Action::Resize
        | Action::Quit
        | Action::Save
        | Action::SaveAndLeave
        | Action::Discard
        | Action::DiscardLeft
        | Action::Overwrite
        | Action::LookAtDisk
        | Action::Accept
        | Action::Copy(_)
        | Action::Logs(_)
        | Action::Move(_)
        | Action::Wheel(..) => {}
    }
}

/// What was said belongs to the action before; a search ends with the first other action.
fn forget(app: &mut App, action: &Action) {
    if matches!(
        action,
        Action::Resize
            | Action::Wheel(..)
            | Action::Heard(
                Heard::Found { .. }
                    | Heard::FlowsCounted { .. }
                    | Heard::Offered { .. }
                    | Heard::Told(_)
                    | Heard::Reading(..)
                    | Heard::Counted(..)
                    | Heard::Proposed(..)
            )
            | Action::LookAtDisk
    ) {
        return;
    }
    app.status = None;
    let looking = matches!(app.overlays.last(), Some(Overlay::Help(_) | Overlay::Palette(_)));
    let walks = matches!(
        action,
        Action::NextMatch | Action::PreviousMatch | Action::Help | Action::Palette
    );
    if !looking && !walks {
        app.panes.rules.found = None;
    }
}

/// Another theme for this session; settings keep one.
fn next_theme(app: &mut App) {
    let name = app.prefers.theme.name().next();
    app.prefers.theme = app.prefers.theme.named(name);
    app.say(status::theme(name.word()));
}

fn save_as(app: &mut App) {
    app.overlays.push(Overlay::SaveAs(SaveAsForm::new(&app.session, Then::Stay)));
}

/// Another language for this session; settings keep one.
fn next_language(app: &mut App) {
    let lang = app.prefers.lang.next();
    app.prefers.lang = lang;
    app.say(status::language(lang.code()));
}

fn quit(app: &mut App) -> Vec<Effect> {
    if app.lessons.running.is_some() {
        lesson::leave(app);
        return Vec::new();
    }
    if !app.session.has_unsaved() {
        return vec![Effect::Exit];
    }
    if !matches!(app.overlays.last(), Some(Overlay::Leave)) {
        app.overlays.push(Overlay::Leave);
    }
    Vec::new()
}

fn go(app: &mut App, motion: Motion) -> Vec<Effect> {
    if let Some(Overlay::Palette(palette)) = app.overlays.last_mut() {
        palette.go(motion);
        return Vec::new();
    }
    let policy = app.session.policy();
    match (app.overlays.last_mut(), app.focus) {
        (Some(Overlay::Definitions(view)), _) => view.go(motion, policy),
        (Some(Overlay::Explain(view)), _) if matches!(view.tab, Tab::Why | Tab::Change) => {
            view.go(motion);
        }
        (Some(Overlay::Findings(view)), _) => view.go(motion),
        (Some(Overlay::Lessons(view)), _) => view.go(motion),
        (Some(Overlay::Matrix(view)), _) => view.go(motion),
        (Some(Overlay::Access(view)), _) => view.go(motion),
        (Some(Overlay::Logs), _) => app.logs.view.go(motion, app.logs.counted.as_deref()),
        (Some(_), pane) => return vec![Effect::Scroll(scrolled(app, pane), By::Motion(motion))],
        (None, Pane::Rules) => app.panes.rules.go(motion, policy),
        (None, Pane::Cases) => app.panes.cases.go(motion, &app.session.derived().cases),
        (None, pane @ (Pane::Test | Pane::Rule)) => {
            return vec![Effect::Scroll(Scrolled::Pane(pane), By::Motion(motion))];
        }
    }
    Vec::new()
}

/// What the wheel scrolls that is turned over something.
fn turned(app: &App, over: Option<Target>) -> Scrolled {
    let pane = over.map_or(Pane::Rules, |target| match target {
        Target::Pane(pane) => pane,
        Target::Stateless(_) | Target::Group(_) | Target::Rule(_) => Pane::Rules,
        Target::Field(_) => Pane::Test,
        Target::Case(_) => Pane::Cases,
        Target::Opinion | Target::Definition(_) => Pane::Rules,
        Target::Tab(_) | Target::Reason(_) | Target::Offer(_) | Target::Finding(_) => Pane::Test,
        Target::LogLine(_) | Target::Reached(_) => Pane::Test,
    });
    match (app.overlays.last(), over) {
        (Some(Overlay::Findings(_)), Some(Target::Finding(_))) => Scrolled::Findings,
        (Some(Overlay::Access(_)), Some(Target::Reached(_))) => Scrolled::Access,
        _ => scrolled(app, pane),
    }
}

fn scrolled(app: &App, pane: Pane) -> Scrolled {
    match app.overlays.last() {
        Some(Overlay::Explain(view)) if view.tab == Tab::Change => Scrolled::Offers,
        Some(Overlay::Explain(_)) => Scrolled::Explain,
        Some(Overlay::Lesson) => Scrolled::Lesson,
        Some(Overlay::Logs) if app.logs.view.below.is_some() => Scrolled::LogRequests,
        Some(Overlay::Logs) => Scrolled::Logs,
        Some(_) => Scrolled::Help,
        None => Scrolled::Pane(pane),
    }
}

fn go_to_decider(app: &mut App) {
    let decider = app.session.derived().answer().map(|answer| &answer.first().decider);
    if let Some(row) = decider.and_then(rules::row_of) {
        app.panes.rules.select(row);
        app.focus = Pane::Rules;
    }
}

fn open(app: &mut App) {
    match app.panes.rules.selected {
        Selection::Group(group) => {
            let folded = app.panes.rules.folded.contains(&group);
            app.panes.rules.fold(group, !folded);
        }
        Selection::Stateless(_) | Selection::Rule(_) => app.focus = Pane::Rule,
        Selection::Nothing => {}
    }
}

fn fold(app: &mut App, fold: bool) {
    let selected = app.panes.rules.selected;
    if let Some(group) = selected.group() {
        app.panes.rules.fold(group, fold);
    }
    if let Some(group) = selected.stateless_group() {
        app.panes.rules.fold_stateless(group, fold);
    }
}

/// Explains the selected rule; where nobody selected it for this request, what decided or came closest.
fn why_this(app: &mut App) {
    let rules = &app.panes.rules;
    let row = match app.focus {
        Pane::Rule => rules.selected.rule(),
        Pane::Rules | Pane::Test | Pane::Cases => rules.chosen_rule(),
    };
    overlay::explain(app, Tab::Why, row);
}

/// The row that is meant: the one that is explained, where one is, else the one selected in the list.
fn meant(app: &App) -> Selection {
    let looks = |overlay: &&Overlay| !matches!(overlay, Overlay::Palette(_) | Overlay::Help(_));
    match app.overlays.iter().rev().find(looks) {
        Some(Overlay::Explain(view)) => view.selected.map_or(Selection::Nothing, Selection::Rule),
        Some(_) | None => app.panes.rules.selected,
    }
}

fn pick_up(app: &mut App) {
    let Some(load) = Load::of(&app.panes.rules, app.session.policy()) else { return };
    let mut carry = Carry::new(&app.session, load);
    carry.try_near(&app.session);
    app.panes.rules.carry = Some(carry);
}

fn carry(app: &mut App, down: bool) {
    let App { session, panes, .. } = app;
    if let Some(carry) = &mut panes.rules.carry {
        carry.go(session, down);
        if let Spot::Rule(at) = carry.at {
            panes.rules.folded.remove(&at.group);
        }
    }
}

/// Puts down what is carried: one edit. What is refused stays in the air.
fn put_down(app: &mut App) {
    let Some(carry) = app.panes.rules.carry.take() else { return };
    let done = match (&carry.load, carry.at) {
        _ if carry.is_home() => {
            app.say(say::HOME);
            true
        }
        (load, at) => match (carry.edit(), load, at) {
            (Some(edit), Load::Rules(rules), Spot::Rule(to)) => {
                rules::moved(app, edit, rules.len(), to)
            }
            (Some(edit), ..) => app.apply(edit),
            (None, ..) => {
                app.fail(carry.refused.clone().unwrap_or_default());
                false
            }
        },
    };
    if !done {
        app.panes.rules.carry = Some(carry);
    }
}

/// Opens the search line at the selected row.
fn search(app: &mut App) {
    app.overlays.push(Overlay::Search(SearchLine::new(app.panes.rules.selected)));
}

/// Shows what is unsaved.
fn show_changes(app: &mut App) {
    app.overlays.push(Overlay::Diff(DiffView::unsaved(&app.session)));
}

/// Types a request; what explains the one before closes.
fn type_request(app: &mut App) {
    app.overlays.retain(|overlay| !matches!(overlay, Overlay::Explain(_)));
    test::type_in(app, Field::From);
}

/// Stops typing in the field, or the filter, that takes keys.
fn leave_field(app: &mut App) {
    match app.overlays.last() {
        Some(Overlay::Explain(_)) => overlay::leave_filter(app),
        Some(_) | None => test::leave(app),
    }
}

/// Opens the form of the selected rule: of the one that is explained, where one is.
fn edit_rule(app: &mut App) {
    app.panes.rules.select(meant(app));
    rules::edit_rule(app);
}

fn step_field(app: &mut App, forward: bool) {
    let by = if forward { 1 } else { -1 };
    match app.overlays.last_mut() {
        Some(Overlay::Form(form)) => form.step(by),
        Some(_) => {}
        None => app.panes.test.step(by),
    }
}

/// Changes the text that takes keys, and looks what follows.
fn edit_text(app: &mut App, f: impl FnOnce(&mut super::text_edit::TextEdit)) {
    if let Some(overlay) = app.overlays.last_mut() {
        if let Some(edit) = overlay.edit() {
            f(edit);
            overlay::typed(app);
        }
    } else if let Some(edit) = app.panes.test.typed() {
        f(edit);
        test::retest(app);
    }
}

/// Pastes: a log line, a source with a URL or a URL into the test bar from wherever no other text takes keys.
fn paste(app: &mut App, text: &str) {
    let other_text = match app.overlays.last_mut() {
        Some(overlay) => overlay.edit().is_some() || !matches!(overlay, Overlay::Explain(_)),
        None if app.panes.rules.carry.is_some() => return app.say(status::elsewhere::IN_THE_AIR),
        None => false,
    };
    if other_text {
        return edit_text(app, |edit| edit.paste(text));
    }
    match Pasted::read(text) {
        Pasted::NoLog(error) => {
            app.fail(log::not_taken(&error.words()).map(|text| printable(text).into_owned()))
        }
        pasted @ (Pasted::Log(..) | Pasted::Request(_)) => test::take(app, pasted),
        Pasted::Url(url) => replace_url(app, &url),
        Pasted::Text if app.panes.test.typing.is_some() => edit_text(app, |edit| edit.paste(text)),
        Pasted::Text => replace_url(app, text),
    }
}

/// Puts a text where the URL stands, and goes on typing there.
fn replace_url(app: &mut App, url: &str) {
    app.overlays.clear();
    test::type_in(app, Field::Url);
    edit_text(app, |edit| {
        edit.clear();
        edit.paste(url);
    });
}

/// A click selects; it does not reach below an overlay, nor disturb a rule in the air.
fn click(app: &mut App, target: Target) {
    match (app.overlays.last_mut(), target) {
        (Some(Overlay::Explain(_)), Target::Tab(tab)) => return overlay::explain(app, tab, None),
        (Some(Overlay::Explain(_)), Target::Reason(row)) => return overlay::show_reason(app, row),
        (Some(Overlay::Explain(_)), Target::Offer(at)) => return overlay::choose_offer(app, at),
        (Some(Overlay::Definitions(view)), Target::Definition(line)) => {
            return view.select_line(line);
        }
        (Some(Overlay::Findings(view)), Target::Finding(at)) => return view.choose(at),
        (Some(Overlay::Access(view)), Target::Reached(at)) => return view.choose(at),
        (Some(Overlay::Logs), Target::LogLine(line)) => return app.logs.view.choose(line),
        (Some(_), _) => return,
        (None, _) if app.panes.rules.carry.is_some() => return,
        (None, _) => {}
    }
    if !matches!(target, Target::Field(_)) && app.panes.test.typing.is_some() {
        test::leave(app);
    }
    match target {
        Target::Pane(pane) => app.focus = pane,
        Target::Stateless(line) => {
            app.focus = Pane::Rules;
            app.panes.rules.select(Selection::Stateless(line));
        }
        Target::Group(group) => {
            app.focus = Pane::Rules;
            app.panes.rules.selected = Selection::Group(group);
            open(app);
        }
        Target::Rule(place) => {
            app.focus = Pane::Rules;
            app.panes.rules.select(Selection::Rule(place));
        }
        Target::Field(field) => test::type_in(app, field),
        Target::Opinion => app.overlays.push(Overlay::Opinion),
        Target::Case(case) => {
            app.focus = Pane::Cases;
            app.panes.cases.selected = case;
        }
        Target::Tab(_)
        | Target::Reason(_)
        | Target::Offer(_)
        | Target::Definition(_)
        | Target::LogLine(_)
        | Target::Reached(_)
        | Target::Finding(_) => {}
    }
}

/// Whether a text takes what is typed.
#[must_use]
pub fn is_typing(app: &mut App) -> bool {
    match app.overlays.last_mut() {
        Some(overlay) => overlay.edit().is_some(),
        None => app.panes.rules.carry.is_none() && app.panes.test.typing.is_some(),
    }
}

/// What a key does now; in a text a key without another meaning is typed.
#[must_use]
pub fn action_of(app: &mut App, key: Key) -> Option<Action> {
    let bound = app.prefers.keymap.lookup(&app.scopes(), key);
    bound.or_else(|| is_typing(app).then_some(Action::Type(key)))
}

/// Why an action is impossible now; `None` when it is possible.
#[must_use]
pub fn disabled(app: &App, action: &Action) -> Option<Words> {
    let selected = meant(app);
    let needs = |is: bool, why: Words| (!is).then_some(why);
    let stateless = matches!(selected, Selection::Stateless(_));
    let marked = !app.panes.rules.marked.is_empty();
    let of_rows = |is: bool, why| match stateless {
        _ if marked => None,
        true => Some(words::WHERE_EDITED),
        false => needs(is, why),
    };
    match action {
        Action::ShowChanges => needs(app.session.has_unsaved(), status::why::NOTHING_UNSAVED),
        Action::Undo => needs(app.session.can_undo(), status::why::NOTHING_TO_UNDO),
        Action::TakeTheirs | Action::MergeTheirs | Action::RestoreBoth | Action::ShowDifference => {
            overlay::cannot(app, action)
        }
        Action::Redo => needs(app.session.can_redo(), status::why::NOTHING_TO_REDO),
        Action::Save => {
            let scratch = app.session.file().is_none();
            let same = *app.session.on_disk() == OnDisk::AsKnown;
            needs(scratch || !same || app.session.has_unsaved(), status::why::NOTHING_TO_SAVE)
        }
        Action::Copy(Copied::Sentence) => {
            needs(app.session.derived().answer().is_some(), status::why::NO_REQUEST)
        }
        Action::Copy(Copied::Request) if app.session.test().url.trim().is_empty() => {
            Some(status::why::NO_REQUEST)
        }
        Action::Copy(Copied::Request) => needs(app.session.file().is_some(), status::why::NO_FILE),
        Action::DeleteRule | Action::ToggleRule | Action::NewRule if takes(action, selected) => {
            None
        }
        Action::Copy(Copied::Rule) => match selected {
            Selection::Rule(_) | Selection::Stateless(StatelessLine::Rule(_)) => None,
            Selection::Stateless(_) | Selection::Group(_) | Selection::Nothing => {
                Some(status::why::NO_RULE_SELECTED)
            }
        },
        Action::Copy(Copied::Compiled) if stateless => Some(words::NOT_COMPILED),
        Action::Copy(Copied::Compiled) => {
            needs(selected.rule().is_some(), status::why::NO_RULE_SELECTED)
        }
        Action::PickUp | Action::MoveRuleUp | Action::MoveRuleDown => {
            of_rows(selected.group().is_some(), status::why::NO_RULE_SELECTED)
        }
        Action::DeleteRule | Action::ToggleRule | Action::DuplicateRule => {
            of_rows(selected.rule().is_some(), status::why::NO_RULE_SELECTED)
        }
        Action::Marks(what) => rules::cannot_mark(app, *what),
        Action::Open | Action::EditRule if stateless => None,
        Action::Fold | Action::Unfold if stateless => {
            needs(selected.stateless_group().is_some(), words::NO_GROUP_SELECTED)
        }
        Action::EditRule if selected == Selection::Nothing && !app.overlays.is_empty() => {
            Some(status::why::NO_RULE_SELECTED)
        }
        Action::GroupPriority if stateless => Some(words::WHERE_EDITED),
        Action::EditRule | Action::GroupPriority | Action::Fold | Action::Unfold | Action::Open => {
            needs(selected.group().is_some(), status::why::NO_GROUPS)
        }
        Action::NewRule | Action::NewHandWritten if stateless => Some(words::WHERE_EDITED),
        Action::NewRule | Action::NewHandWritten => no_new_rule(app),
        Action::ApplyFix => overlay::no_fix(app),
        Action::AcceptFinding => overlay::cannot_accept(app),
        Action::ShowOpinion => needs(app.second.is_asked, status::why::NO_OPINION),
        Action::KeepCase => no_case(app),
        Action::Explain(_) | Action::WhyThis => {
            needs(app.session.derived().answer().is_some(), status::why::NO_REQUEST)
        }
        Action::GoToDecider => no_decider(app),
        Action::Define(what) => overlay::cannot_define(app, *what),
        Action::Learn(what) => lesson::cannot(app, *what),
        Action::Logs(what) => logs::cannot(app, *what),
        Action::Accept => overlay::nothing_behind(app),
        Action::LoadCase | Action::DeleteCase => {
            needs(!app.session.policy().cases.is_empty(), crate::messages::screen::NO_CASES)
        }
        _ => None,
    }
}

/// Whether what is selected before the stateful rules takes such an edit.
const fn takes(action: &Action, selected: Selection) -> bool {
    match selected {
        Selection::Stateless(StatelessLine::Rule(_)) => true,
        Selection::Stateless(StatelessLine::Group(_)) => matches!(action, Action::NewRule),
        Selection::Stateless(StatelessLine::Default)
        | Selection::Rule(_)
        | Selection::Group(_)
        | Selection::Nothing => false,
    }
}

/// Why no rule can be put where the selected row is.
pub fn no_new_rule(app: &App) -> Option<Words> {
    let Some(group) = app.panes.rules.selected.group() else { return Some(status::why::NO_GROUPS) };
    let managed = app.session.policy().rule_groups.get(group).is_some_and(|g| g.managed.is_some());
    managed.then_some(status::why::MANAGED)
}

fn no_case(app: &App) -> Option<Words> {
    let tested = app.session.derived().tested();
    if tested.is_some_and(Tested::depends_on_source) {
        return Some(status::why::SOURCE_DEPENDS);
    }
    match tested.map(|tested| &tested.answer) {
        None => Some(status::why::NO_REQUEST),
        Some(answer) if answer.depends => Some(status::why::DEPENDS),
        Some(_) => None,
    }
}

fn no_decider(app: &App) -> Option<Words> {
    match app.session.derived().answer() {
        None => Some(status::why::NO_REQUEST),
        Some(answer) => {
            let row = rules::row_of(&answer.first().decider);
            row.is_none().then_some(status::why::NO_RULE_DECIDES)
        }
    }
}
