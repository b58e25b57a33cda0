use super::answer::{Answer, Decider, decider};
use super::refresh::TestInput;
use crate::compile::Compiled;
use crate::interop::LogEvent;
use crate::messages::{Text, log as say, verdict};
use crate::net::Sid;
use crate::policy::Policy;

/// A line of the firewall's log beside what this policy does with the same request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogComparison {
    /// What the log says.
    pub logged: Text,
    /// Whether this policy gives the same outcome; `None` where one of the two is not known.
    pub agrees: Option<bool>,
    /// What explains a difference, or what the line does not say; nothing where both agree on outcome and rule.
    pub why: Option<Text>,
}

impl LogComparison {
    /// What the log says beside what this policy does, in one sentence.
    #[must_use]
    pub fn compared(&self) -> Text {
        say::compared(&self.logged, self.agrees)
    }
}

/// The test that asks what the line is about.
#[must_use]
pub fn logged_request(event: &LogEvent) -> TestInput {
    TestInput {
        from: event.client.to_string(),
        url: event.request().map_or_else(|_| event.url(), |r| r.to_string()),
        dst: event.server.to_string(),
    }
}

/// Compares what was logged with what this policy does.
#[must_use]
pub fn compare(
    policy: &Policy,
    compiled: &Compiled,
    answer: &Answer,
    event: &LogEvent,
) -> LogComparison {
    let ours = answer.first();
    let by = logged_by(policy, compiled, event);
    let agrees = event.outcome.zip(ours.action).map(|(logged, here)| logged == here);
    let why = match (agrees, &by) {
        // `alert.action` only says what that one rule did.
        _ if event.outcome.is_none() => Some(say::no_outcome()),
        (_, By::Unknown(sid)) => Some(say::unknown_sid(*sid, event.resource.as_deref())),
        (_, By::Default) if !matches!(ours.decider, Decider::Default(_)) => {
            Some(say::default_then(&ours.decider.words()))
        }
        (_, By::Row(then)) if then.words() != ours.decider.words() => {
            Some(say::other_rule(&then.words(), &ours.decider.words()))
        }
        (Some(false), _) => Some(say::changed()),
        _ => None,
    };
    let outcome = event.outcome.map(crate::net::Action::word);
    let name = match &by {
        By::Row(then) => then.words(),
        By::Default => verdict::default_action(event.default_action.as_deref().unwrap_or_default()),
        By::Unknown(sid) => say::rule(*sid, &event.signature),
        By::Nobody => say::nobody(),
    };
    LogComparison { logged: say::logged(outcome, &name), agrees, why }
}

/// Who wrote a log line, as far as this policy knows it.
enum By {
    Row(Decider),
    Default,
    Unknown(u32),
    Nobody,
}

fn logged_by(policy: &Policy, compiled: &Compiled, event: &LogEvent) -> By {
    if event.default_action.is_some() {
        return By::Default;
    }
    let Some(sid) = event.sid else {
        return By::Nobody;
    };
    match decider(policy, compiled, Sid(sid)) {
        row @ Decider::Rule(_) => By::Row(row),
        Decider::Default(_) => By::Default,
        // What comes before the stateful rules writes no log.
        Decider::Unmatched
        | Decider::Stateless(_)
        | Decider::StatelessDefault(_)
        | Decider::StreamException(_)
        | Decider::Undetermined(_) => By::Unknown(sid),
    }
}
