//! Which bindings can be used where, beyond what [`disabled`] says of an action.

use super::app::App;
use super::keymap::{Binding, Scope};
use super::update::disabled;
use crate::messages::logs_pane::why as logs;
use crate::messages::{Words, marks, status::elsewhere as say, thing::definitions};

/// Why what a binding does cannot be done where the keys are looked up in `scopes`; `None` when it can.
///
/// The panes can be reached from each other; a rule in the air, a field or an overlay has its own actions only.
#[must_use]
pub fn why_not(app: &App, binding: &Binding, scopes: &[Scope]) -> Option<Words> {
    let marked = binding.scope == Scope::Marked && !app.panes.rules.marked.is_empty();
    let reached =
        scopes.contains(&binding.scope) || (marked && scopes.contains(&Scope::Everywhere));
    if !reached && let Some(why) = out_of_reach(binding.scope, scopes) {
        return Some(why);
    }
    disabled(app, &binding.action)
}

fn out_of_reach(scope: Scope, now: &[Scope]) -> Option<Words> {
    match scope {
        Scope::Everywhere | Scope::Rules | Scope::Rule | Scope::Test | Scope::Cases => match now {
            _ if now.contains(&Scope::Everywhere) => None,
            [Scope::Carry] => Some(say::IN_THE_AIR),
            [Scope::Field] => Some(say::TYPING),
            _ => Some(say::OVERLAY),
        },
        Scope::Carry => Some(say::CARRYING),
        Scope::Marked => Some(marks::NONE_MARKED),
        Scope::Found => Some(say::FOUND),
        Scope::Field => Some(say::FIELD),
        Scope::Definitions => Some(definitions::NOT_OPEN),
        Scope::Form | Scope::FormText => Some(say::FORM),
        Scope::Prompt => Some(say::PROMPT),
        Scope::Keep => Some(say::KEEP),
        Scope::Search => Some(say::SEARCH),
        Scope::Leave => Some(say::LEAVE),
        Scope::Left => Some(say::LEFT),
        Scope::Disk => Some(say::DISK),
        Scope::Notice => Some(say::NOTICE),
        Scope::Diff => Some(say::DIFF),
        Scope::Opinion => Some(say::OPINION),
        Scope::Findings => Some(say::FINDINGS),
        Scope::Explain | Scope::Reasons | Scope::Offers => Some(say::EXPLAIN),
        Scope::Filter => Some(say::FILTER),
        Scope::Matrix => Some(crate::messages::matrix::NOT_OPEN),
        Scope::Access => Some(crate::messages::access::NOT_OPEN),
        Scope::Lessons | Scope::Lesson => Some(crate::messages::learn::NO_LESSON),
        Scope::LogFiles => Some(logs::NOT_ASKED),
        Scope::Logs | Scope::LogRequests => Some(logs::NOT_OPEN),
        Scope::Suggestion => Some(logs::NO_SUGGESTION),
        Scope::Tour => Some(crate::messages::tour::NO_TOUR),
        Scope::Palette => Some(say::PALETTE),
        Scope::Help => Some(say::HELP),
    }
}
