//! What a form holds in a field: one value, or entries with commas.

use crate::net::PortSet;
use crate::policy::fault::Fault;
use crate::policy::value::{
    accepted, action, boolean, date, endpoint, free, port, protocol, sid, target, title,
};
use crate::policy::{MatchRule, Rule, RuleBody, RuleField};

/// A field's new value: as it is written, entry by entry, and as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The entries, without quotes; one for a field that is no list.
    pub entries: Vec<String>,
    /// How [`field_text`] says it.
    pub meant: String,
}

/// What an entry that is written somehow means, as it is compared; `None` where it cannot be read.
pub type Means = fn(&str) -> Option<String>;

impl Given {
    /// One value, as it is written.
    pub fn one(text: &str) -> Option<Self> {
        Some(Self { entries: vec![text.to_owned()], meant: text.to_owned() })
    }

    /// Entries as they are written, with what they mean.
    pub fn list<T: ToString>(entries: &[String], values: &[T]) -> Option<Self> {
        Some(Self { entries: entries.to_vec(), meant: joined(values.iter()) })
    }
}

/// Reads what a form holds; `None`: the field is to be left out.
pub fn given(field: RuleField, text: Option<&str>) -> Result<Option<Given>, Fault> {
    let whole = text.unwrap_or_default();
    let text = whole.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(match field {
        RuleField::Name => {
            title("name", text)?;
            Given::one(text)
        }
        RuleField::Action => {
            action(text)?;
            Given::one(text)
        }
        RuleField::From => {
            let entries = split(text);
            Given::list(&entries, &all(&entries, endpoint)?)
        }
        RuleField::To => {
            let entries = split(text);
            Given::list(&entries, &all(&entries, target)?)
        }
        RuleField::Protocols => {
            let entries = split(text);
            Given::list(&entries, &all(&entries, protocol)?)
        }
        RuleField::Ports if text == "any" => None,
        RuleField::Ports => {
            let entries = split(text);
            let sets = all(&entries, port)?;
            let set = sets.iter().fold(PortSet::default(), |all, set| all.union(set));
            Some(Given { entries, meant: set.to_string() })
        }
        RuleField::Accept => {
            let entries = split(text);
            Given::list(&entries, &all(&entries, accepted)?)
        }
        RuleField::Log => boolean("log", text)?.then(|| Given::one(text)).flatten(),
        RuleField::Enabled => (!boolean("enabled", text)?).then(|| Given::one(text)).flatten(),
        RuleField::Sid => {
            let sid = sid(text)?.to_string();
            Given::one(&sid)
        }
        RuleField::Expires => Given::one(&date(text)?),
        RuleField::Note => {
            free("note", text, true)?;
            Given::one(text)
        }
        RuleField::Ticket => {
            free("ticket", text, false)?;
            Given::one(text)
        }
        RuleField::Owner => {
            free("owner", text, false)?;
            Given::one(text)
        }
        // Blanks at the beginning are part of a hand-written rule, however wrong they are.
        RuleField::Suricata => Given::one(whole.trim_end_matches(['\n', '\r'])),
    })
}

/// What an entry of a field of a rule means.
pub const fn means(field: RuleField) -> Means {
    match field {
        RuleField::From => |text| endpoint(text).ok().map(|from| from.to_string()),
        RuleField::To => |text| target(text).ok().map(|to| to.to_string()),
        RuleField::Ports => |text| port(text).ok().map(|ports| ports.to_string()),
        RuleField::Accept => |text| accepted(text).ok().map(|accepted| accepted.to_string()),
        RuleField::Name
        | RuleField::Action
        | RuleField::Protocols
        | RuleField::Log
        | RuleField::Enabled
        | RuleField::Sid
        | RuleField::Note
        | RuleField::Ticket
        | RuleField::Owner
        | RuleField::Expires
        | RuleField::Suricata => |text| Some(text.to_owned()),
    }
}

/// Reads each entry.
pub fn all<T>(
    entries: &[String],
    read: impl Fn(&str) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    entries.iter().map(|entry| read(entry)).collect()
}

/// Splits entries at their commas; those within quotes, brackets or the path of a URL are part of an entry. Between quotes
/// two quotes stand for one.
pub fn split(text: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let (mut depth, mut quoted) = (0_usize, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let entry = entries.last().map_or("", String::as_str);
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => {}
            '"' if entry.trim().is_empty() || quoted => {
                quoted = !quoted;
                continue;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && !quoted => {
                let path =
                    entry.trim_start().strip_prefix("http://").is_some_and(|r| r.contains('/'));
                if !path || chars.peek().is_none_or(|next| next.is_whitespace()) {
                    entries.push(String::new());
                    continue;
                }
            }
            _ => {}
        }
        if let Some(entry) = entries.last_mut() {
            entry.push(c);
        }
    }
    let entries = entries.iter().map(|entry| entry.trim().to_owned());
    entries.filter(|entry| !entry.is_empty()).collect()
}

/// Entries with commas, so that they are read back as they were.
pub fn joined<'a, T: ToString + 'a>(values: impl Iterator<Item = &'a T>) -> String {
    let quoted = |value: &T| {
        let text = value.to_string();
        if split(&text) == [text.as_str()] {
            text
        } else {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
    };
    values.map(quoted).collect::<Vec<_>>().join(", ")
}

/// What a field of `rule` says, as a form holds it and as it is compared; `None` where the file says nothing.
#[must_use]
pub fn field_text(rule: &Rule, field: RuleField) -> Option<String> {
    match field {
        RuleField::Name => Some(rule.name.value.clone()),
        RuleField::Enabled => (!rule.enabled).then(|| "false".to_owned()),
        RuleField::Sid => rule.sid.map(|sid| sid.to_string()),
        RuleField::Note => rule.note.clone(),
        RuleField::Ticket => rule.ticket.clone(),
        RuleField::Owner => rule.owner.clone(),
        RuleField::Expires => rule.expires.clone(),
        RuleField::Accept if rule.accept.is_empty() => None,
        RuleField::Accept => Some(joined(rule.accept.iter().map(|at| &at.value))),
        RuleField::Suricata => match &rule.body {
            RuleBody::Suricata(hand) => Some(hand.text.clone()),
            RuleBody::Match(_) => None,
        },
        _ => match &rule.body {
            RuleBody::Match(row) => match_text(row, field),
            RuleBody::Suricata(_) => None,
        },
    }
}

fn match_text(row: &MatchRule, field: RuleField) -> Option<String> {
    match field {
        RuleField::Action => Some(row.action.word().to_owned()),
        RuleField::From => Some(joined(row.from.iter().map(|from| &from.value))),
        RuleField::To => Some(joined(row.to.iter().map(|to| &to.value))),
        RuleField::Protocols if row.protocols.is_empty() => None,
        RuleField::Protocols => Some(joined(row.protocols.iter())),
        RuleField::Ports => row.ports.as_ref().map(ToString::to_string),
        RuleField::Log => row.log.then(|| "true".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, split};

    #[test]
    fn comma_within_an_entry_is_part_of_it() {
        assert_eq!(split("a, b,c ,"), ["a", "b", "c"]);
        assert_eq!(split("regex:a{1,3}, b"), ["regex:a{1,3}", "b"]);
        assert_eq!(split("http://a/x,y, b"), ["http://a/x,y", "b"]);
        assert_eq!(split("\"regex:a, b\", c"), ["regex:a, b", "c"]);
    }

    #[test]
    fn entries_in_a_form_are_read_back_as_they_were() {
        for entries in [
            &["a", "b"][..],
            &["regex:a, b", "c"],
            &["regex:a{1,3}", "http://a/x,y"],
            &["a because b, \"c\"", "\"d\"", "e \"f\", g"],
        ] {
            assert_eq!(split(&joined(entries.iter())), entries);
        }
    }
}
