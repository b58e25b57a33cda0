use super::offers;
use super::view::{ExplainView, Tab};
use crate::policy::RulePlace;
use crate::tui::app::{App, Pane};
use crate::tui::overlay::Overlay;
use crate::tui::pane::rules::Selection;

/// Opens the view at a tab, with a row selected, or turns the open one to it.
pub fn explain(app: &mut App, tab: Tab, selected: Option<RulePlace>) {
    let App { session, overlays, panes, .. } = app;
    let log = panes.test.logged(session.test());
    if let Some(Overlay::Explain(view)) = overlays.last_mut() {
        view.tab = tab;
        view.ask(session, log);
        return;
    }
    let view = ExplainView::new(session, log, tab, selected);
    overlays.extend(view.map(|view| Overlay::Explain(Box::new(view))));
}

/// Turns to the next tab, or with `-1` to the one before.
pub fn step_tab(app: &mut App, by: isize) {
    let Some(Overlay::Explain(view)) = app.overlays.last() else { return };
    let count = Tab::ALL.len();
    let at = Tab::ALL.iter().position(|&tab| tab == view.tab).unwrap_or_default();
    explain(app, Tab::ALL[(at + count).wrapping_add_signed(by) % count], None);
}

/// A row was clicked on.
pub fn show(app: &mut App, place: RulePlace) {
    if let Some(Overlay::Explain(view)) = app.overlays.last_mut() {
        view.selected = Some(place);
    }
}

/// Begins to type a filter.
pub fn filter(app: &mut App) {
    if let Some(Overlay::Explain(view)) = app.overlays.last_mut() {
        view.tab = Tab::Why;
        view.typing = true;
    }
}

/// Ends typing the filter, which stays.
pub fn leave_filter(app: &mut App) {
    if let Some(Overlay::Explain(view)) = app.overlays.last_mut() {
        view.typing = false;
    }
}

/// Takes the filter away; without one, closes the view.
pub fn close(app: &mut App) {
    let App { session, overlays, .. } = app;
    let Some(Overlay::Explain(view)) = overlays.last_mut() else { return };
    if !view.typing && view.filter.text().is_empty() {
        overlays.pop();
        return;
    }
    view.typing = false;
    view.filter.clear();
    view.filtered(session);
}

/// An offer was clicked on.
pub fn choose(app: &mut App, offer: usize) {
    if let Some(Overlay::Explain(view)) = app.overlays.last_mut() {
        view.chosen = offer;
    }
}

/// Makes the chosen edit, or goes to the selected row in the rule list; the view is put back where that cannot be done.
pub fn accept(app: &mut App, view: Box<ExplainView>) {
    if view.tab == Tab::Change {
        if !offers::apply(app, &view) {
            app.overlays.push(Overlay::Explain(view));
        }
        return;
    }
    if let Some(place) = view.selected {
        app.panes.rules.select(Selection::Rule(place));
        app.focus = Pane::Rules;
    }
}
