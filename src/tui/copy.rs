//! What can be copied to the clipboard of the terminal, wherever that runs (OSC 52).

use super::app::App;
use super::effect::Effect;
use super::pane::rules::Selection;
use crate::messages::status::copy as say;
use crate::workbench::{
    StatelessLine, compiled_rules, rule_text, stateless_rule_text, try_command,
};

/// Bytes that a terminal takes: an OSC 52 sequence may be 100,000 bytes long, and base64 makes 4 of 3.
/// Source: the limit that hterm and `osc52.sh` of Chromium OS keep; other terminals take more.
const MOST: usize = 74_994;

/// Something that can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The selected rule, as the file writes it.
    Rule,
    /// The Suricata rules it is compiled to.
    Compiled,
    /// The sentence about the request.
    Sentence,
    /// The request, as a command.
    Request,
}

/// Copies, and says what; or says why it cannot.
pub fn copy(app: &mut App, what: Copied) -> Vec<Effect> {
    let Some(text) = text(app, what) else {
        app.say(say::NOTHING);
        return Vec::new();
    };
    if text.len() > MOST {
        app.fail(say::too_long(text.len(), MOST));
        return Vec::new();
    }
    app.say(match what {
        Copied::Rule => say::rule(&name(app)),
        Copied::Compiled => say::compiled(&name(app), text.lines().count()),
        Copied::Sentence => say::SENTENCE.into(),
        Copied::Request => say::request(&text),
    });
    vec![Effect::Copy(text)]
}

fn text(app: &App, what: Copied) -> Option<String> {
    let session = &app.session;
    let row = app.panes.rules.selected;
    let selected = row.rule();
    match what {
        Copied::Rule => match row {
            Selection::Stateless(StatelessLine::Rule(place)) => {
                stateless_rule_text(session.policy(), session.text(), place)
            }
            Selection::Rule(place) => rule_text(session.policy(), session.text(), place),
            Selection::Stateless(_) | Selection::Group(_) | Selection::Nothing => None,
        },
        Copied::Compiled => {
            let rules = compiled_rules(&session.derived().compiled, selected?);
            let text: String = rules.map(|rule| format!("{}\n", rule.text)).collect();
            (!text.is_empty()).then_some(text)
        }
        Copied::Sentence => {
            let sentence = session.derived().answer()?.sentence.say(app.prefers.lang);
            Some(sentence.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Copied::Request => Some(try_command(session.file()?, session.test())),
    }
}

fn name(app: &App) -> String {
    let policy = app.session.policy();
    let name = match app.panes.rules.selected {
        Selection::Rule(place) => policy.rule(place).map(|rule| &rule.name.value),
        Selection::Stateless(StatelessLine::Rule(place)) => {
            policy.stateless_row(place).map(|row| &row.name.value)
        }
        Selection::Stateless(_) | Selection::Group(_) | Selection::Nothing => None,
    };
    name.cloned().unwrap_or_default()
}
