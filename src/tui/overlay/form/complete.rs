use super::field::Key;
use crate::net::{
    Action, PROTOCOL_NUMBERS, Protocol, RuleOrder, StatelessAction, StreamPolicy, TCP_FLAGS,
};
use crate::policy::{CaseExpect, DefaultAction, FieldKind, Policy, RuleField};
use crate::suricata::keywords;
use crate::workbench::{Session, decider_names};

/// Words that a field can hold.
#[must_use]
pub fn candidates(session: &Session, key: Key) -> Vec<String> {
    let policy = session.policy();
    match key {
        Key::Rule(field) => of_rule(policy, field),
        Key::Of(_, kind) => of_kind(policy, kind),
        Key::Group => policy.rule_groups.iter().map(|group| group.name.value.clone()).collect(),
    }
}

fn of_rule(policy: &Policy, field: RuleField) -> Vec<String> {
    match field {
        RuleField::Action => Action::ALL.iter().map(Action::to_string).collect(),
        RuleField::From => or_any(sources(policy)),
        RuleField::To => {
            let lists = policy.domain_lists.iter().map(|list| format!("list:{}", list.name.value));
            or_any(lists)
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
        | RuleField::Accept
        | RuleField::Suricata => Vec::new(),
    }
}

/// Words that can go on from `before` in a line of a hand-written rule of `group`: an action first, then keywords, and
/// the sets and references that the group knows; nothing within quotes.
#[must_use]
pub fn in_rule(policy: &Policy, group: usize, before: &str) -> Vec<String> {
    let word = last_word(Key::Rule(RuleField::Suricata), before);
    if word.is_empty() || before.matches('"').count() % 2 == 1 {
        return Vec::new();
    }
    let own = policy.rule_groups.get(group);
    let mut words: Vec<String> = if word.starts_with('$') {
        let sets = own.map(|group| &group.variables).into_iter().chain([&policy.variables]);
        let of_sets = sets.flat_map(|sets| sets.ip_sets.keys().chain(sets.port_sets.keys()));
        let of_policy = ["$HOME_NET", "$EXTERNAL_NET"].map(str::to_owned);
        names(of_sets).into_iter().chain(of_policy).collect()
    } else if word.starts_with('@') {
        let references = own.into_iter().flat_map(|group| group.references.keys());
        references.map(|name| format!("@{name}")).collect()
    } else if before.trim_start() == word {
        Action::ALL.iter().map(Action::to_string).collect()
    } else if before.contains('(') {
        keywords().iter().map(|keyword| keyword.name.to_owned()).collect()
    } else {
        Protocol::ALL.iter().map(Protocol::to_string).collect()
    };
    words.sort_unstable();
    words.dedup();
    words
}

fn of_kind(policy: &Policy, kind: FieldKind) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    match kind {
        FieldKind::RuleOrder => words(&[RuleOrder::Strict, RuleOrder::Action].map(RuleOrder::word)),
        FieldKind::StreamPolicy => words(&StreamPolicy::ALL.map(StreamPolicy::word)),
        FieldKind::DefaultActions => words(&DefaultAction::ALL.map(DefaultAction::word)),
        FieldKind::StatelessAction => words(&StatelessAction::ALL.map(StatelessAction::word)),
        FieldKind::Verdict => words(&CaseExpect::ALL.map(CaseExpect::word)),
        FieldKind::Enabled => words(&["false"]),
        FieldKind::IpProtocols => words(&PROTOCOL_NUMBERS.map(|(word, _)| word)),
        FieldKind::TcpFlags => words(&TCP_FLAGS.map(|(word, _)| word)),
        FieldKind::Sources => sources(policy).collect(),
        FieldKind::Ends => or_any(sources(policy)),
        FieldKind::Addresses => names(policy.variables.ip_sets.keys()),
        FieldKind::PortEntries => names(policy.variables.port_sets.keys()),
        FieldKind::Decider => decider_names(policy),
        FieldKind::Key
        | FieldKind::Variable
        | FieldKind::Title
        | FieldKind::Line
        | FieldKind::Accept
        | FieldKind::Note
        | FieldKind::Nets
        | FieldKind::Domains
        | FieldKind::Arn
        | FieldKind::Priority
        | FieldKind::PortRanges => Vec::new(),
    }
}

fn sources(policy: &Policy) -> impl Iterator<Item = String> {
    policy.sources.iter().map(|source| source.name.value.clone())
}

fn or_any(names: impl Iterator<Item = String>) -> Vec<String> {
    names.chain(["any".to_owned()]).collect()
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    names.map(|name| format!("${name}")).collect()
}

/// Those candidates that the last word of `text` begins.
#[must_use]
pub fn fitting<'a>(key: Key, text: &str, candidates: &'a [String]) -> Vec<&'a String> {
    let word = last_word(key, text);
    candidates.iter().filter(|c| c.starts_with(word)).collect()
}

/// The text with its last word completed as far as it is clear; `None` where there is nothing to add.
#[must_use]
pub fn completed(key: Key, text: &str, candidates: &[String]) -> Option<String> {
    let word = last_word(key, text);
    if word.is_empty() {
        return None;
    }
    let fitting = fitting(key, text, candidates);
    let first = fitting.first()?;
    let common = fitting.iter().fold(first.as_str(), |common, c| common_start(common, c));
    (common.len() > word.len()).then(|| format!("{}{common}", &text[..text.len() - word.len()]))
}

/// The entry being typed: entries stand between commas where a field holds several.
fn last_word(key: Key, text: &str) -> &str {
    if key == Key::Rule(RuleField::Suricata) {
        let goes_on =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '$' | '@');
        let start = text.trim_end_matches(goes_on).len();
        return &text[start..];
    }
    if key.is_list() {
        text.rsplit(',').next().unwrap_or_default().trim_start()
    } else {
        text.trim_start()
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
        let complete = |text| completed(Key::Rule(RuleField::From), text, &names);
        assert_eq!(complete("batch, pay").as_deref(), Some("batch, payroll"));
        assert_eq!(complete("w").as_deref(), Some("webshop"));
        assert_eq!(complete("webshop"), None);
        assert_eq!(complete("x"), None);
        assert_eq!(complete("payroll, "), None);
    }

    #[test]
    fn hand_written_rule_is_completed_by_what_can_stand_there() {
        let text = "sekisho: 1\nname: t\nhome_net: [10.0.0.0/8]\nvariables: {PARTNERS: 203.0.113.0/24}\n\
            rule_groups: [{name: g, priority: 1, rules: []}]\n";
        let document = crate::policy::Document::read(text.to_owned()).unwrap();
        let complete = |before: &str| {
            let words = in_rule(document.policy(), 0, before);
            completed(Key::Rule(RuleField::Suricata), before, &words)
        };
        assert_eq!(complete("dr").as_deref(), Some("drop"));
        assert_eq!(complete("drop tls $PA").as_deref(), Some("drop tls $PARTNERS"));
        let rule = "drop tls any any -> any any (ssl_st";
        assert_eq!(complete(rule).as_deref(), Some("drop tls any any -> any any (ssl_state"));
        assert_eq!(complete("drop tls any any -> any any (msg:\"ssl_st"), None);
        assert_eq!(complete("drop tls any any -> any any ("), None);
    }
}
