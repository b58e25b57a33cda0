use crate::net::{Action, Protocol};
use crate::policy::RuleField;
use crate::workbench::Session;

/// Words that a field can hold.
#[must_use]
pub fn candidates(session: &Session, field: RuleField) -> Vec<String> {
    let policy = session.policy();
    match field {
        RuleField::Action => Action::ALL.iter().map(Action::to_string).collect(),
        RuleField::From => {
            let sources = policy.sources.iter().map(|source| source.name.value.clone());
            sources.chain(["any".to_owned()]).collect()
        }
        RuleField::To => {
            let lists = policy.domain_lists.iter().map(|list| format!("list:{}", list.name.value));
            lists.chain(["any".to_owned()]).collect()
        }
        RuleField::Protocols => Protocol::ALL.iter().map(Protocol::to_string).collect(),
        RuleField::Log => vec!["true".to_owned()],
        RuleField::Enabled => vec!["false".to_owned()],
        RuleField::Name
        | RuleField::Ports
        | RuleField::Sid
        | RuleField::Note
        | RuleField::Ticket
        | RuleField::Owner
        | RuleField::Expires
        | RuleField::Suricata => Vec::new(),
    }
}

/// Those candidates that the last word of `text` begins.
#[must_use]
pub fn fitting<'a>(field: RuleField, text: &str, candidates: &'a [String]) -> Vec<&'a String> {
    let word = last_word(field, text);
    candidates.iter().filter(|c| c.starts_with(word)).collect()
}

/// The text with its last word completed as far as it is clear; `None` where there is nothing to add.
#[must_use]
pub fn completed(field: RuleField, text: &str, candidates: &[String]) -> Option<String> {
    let word = last_word(field, text);
    if word.is_empty() {
        return None;
    }
    let fitting = fitting(field, text, candidates);
    let first = fitting.first()?;
    let common = fitting.iter().fold(first.as_str(), |common, c| common_start(common, c));
    (common.len() > word.len()).then(|| format!("{}{common}", &text[..text.len() - word.len()]))
}

/// The entry being typed: entries stand between commas where a field holds several.
fn last_word(field: RuleField, text: &str) -> &str {
    match field {
        RuleField::From | RuleField::To | RuleField::Protocols => {
            text.rsplit(',').next().unwrap_or_default().trim_start()
        }
        _ => text.trim_start(),
    }
}

fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let end = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((i, _), _)| i);
    &a[..end.unwrap_or(a.len().min(b.len()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&w| w.to_owned()).collect()
    }

    #[test]
    fn last_entry_is_completed_as_far_as_it_is_clear() {
        let names = words(&["payroll", "webshop", "webshop-staging"]);
        let complete = |text| completed(RuleField::From, text, &names);
        assert_eq!(complete("batch, pay").as_deref(), Some("batch, payroll"));
        assert_eq!(complete("w").as_deref(), Some("webshop"));
        assert_eq!(complete("webshop"), None);
        assert_eq!(complete("x"), None);
        assert_eq!(complete("payroll, "), None);
    }
}
