//! A name compared at one end only: lookalikes match too (pain 14).

use super::Finding;
use super::by_hand::ByHand;
use super::under::Under;
use crate::diagnostic::Diagnostic;
use crate::messages::lints::lookalike_name as say;
use crate::net::Action;
use crate::policy::Edit;
use crate::suricata::Content;

/// How many findings are looked for.
const MOST: usize = 100;

/// Said for each hand-written rule that matches a name which only looks like the one it is about.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    under.by_hand().filter_map(|rule| finding(&rule)).take(MOST).collect()
}

fn finding(rule: &ByHand<'_>) -> Option<Finding> {
    let Content { startswith, endswith, .. } = *rule.content;
    // What stands between both ends, or behind a transform, is another matter.
    if (startswith && endswith) || !rule.buffer.transforms.is_empty() {
        return None;
    }
    if rule.rule.text.to_ascii_lowercase().contains("dotprefix") {
        return None;
    }
    let name = rule.name()?.to_ascii_lowercase();
    let lookalikes = match rule.is_dotted() {
        true => vec![format!("www.{name}.evil.example")],
        false => vec![format!("not{name}"), format!("{name}.evil.example")],
    };
    let alone = rule.alone();
    let lookalike = lookalikes.into_iter().find(|host| {
        let request = rule.request(host);
        alone.matches(&request.and_then(|request| Some(request.flow(request.dst?))))
    })?;
    let shown = if rule.is_dotted() { format!(".{name}") } else { name.clone() };
    let (_, content) = rule.written()?;
    let message = say::message(&rule.row.name.value, rule.rule.action.word(), &shown, &lookalike);
    let at = rule.place_of(&content.span);
    let warning = match rule.rule.action {
        Action::Pass | Action::Drop | Action::Reject => {
            Diagnostic::warning("lookalike-name", at, message)
        }
        Action::Alert => Diagnostic::note("lookalike-name", at, message),
    };
    Some(Finding::from(warning.help(say::help(&name))).mended_by(fix(rule)))
}

/// `dotprefix` and a dot: the name and what is below it; behind a dot, the end. What begins with the name is meant otherwise.
fn fix(rule: &ByHand<'_>) -> Option<Edit> {
    let Content { startswith, endswith, .. } = *rule.content;
    let alone = rule.buffer.tests.len() == 1;
    if startswith || !alone || endswith == rule.is_dotted() {
        return None;
    }
    let name = rule.name()?;
    let (buffer, content) = rule.written()?;
    if rule.is_dotted() {
        let text = &rule.rule.text[content.span.clone()];
        return rule.rewritten(&[(content.span.clone(), format!("{text}; endswith"))]);
    }
    let dotted = format!("{}; dotprefix", buffer.name);
    let named = format!("content:\".{name}\"");
    rule.rewritten(&[(buffer.span, dotted), (content.span, named)])
}
