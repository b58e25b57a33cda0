use super::answer::Answer;
use super::variants::VariantAnswer;
use crate::compile::Compiled;
use crate::interop::LogEvent;
use crate::messages::{Text, Words, elsewhere as say};
use crate::net::{Action, IpSet, Sid, StreamPolicy};
use crate::policy::{DefaultAction, Policy};

/// One thing to look at outside the policy when a request passes here and is blocked all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAt {
    /// What to look at, and what for.
    pub what: Text,
    /// What this policy says of it already.
    pub known: Known,
}

/// What a policy says of a cause that lies outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// This is likely the cause.
    Likely(Text),
    /// This is not the cause.
    RuledOut(Text),
    /// The policy cannot say.
    Open,
}

/// What to look at, in the order in which it is most often the cause.
///
/// Source: the pains of AWS Network Firewall's operators (asymmetric routes, HOME_NET, old flows, timeouts) as its
/// troubleshooting and best-practices guides tell them.
#[must_use]
pub fn look_elsewhere(
    policy: &Policy,
    compiled: &Compiled,
    answer: &Answer,
    variants: &[VariantAnswer],
    log: Option<&LogEvent>,
) -> Vec<LookAt> {
    let look = |what: Text, known: Known| LookAt { what, known };
    vec![
        look(say::home_net(), home_net(policy, answer)),
        look(say::deployed(), deployed(compiled, log)),
        look(say::client(), other_clients(answer, variants)),
        look(say::old_flow(), Known::Open),
        look(say::routing(), routing(policy)),
        look(say::default_drop(), default_drop(policy)),
        look(say::dns(), Known::Open),
        look(say::idle(), Known::Open),
        look(say::server(), Known::Open),
    ]
}

fn home_net(policy: &Policy, answer: &Answer) -> Known {
    let inside: IpSet = policy.home_net.iter().copied().collect();
    let from = answer.request.from;
    if inside.contains(from) {
        Known::RuledOut(say::inside(&from.to_string(), &inside.to_string()))
    } else {
        Known::Likely(say::outside(&from.to_string(), &inside.to_string()))
    }
}

fn deployed(compiled: &Compiled, log: Option<&LogEvent>) -> Known {
    match log.and_then(|event| event.sid.filter(|_| event.default_action.is_none())) {
        None => Known::Open,
        Some(sid) if compiled.origin(Sid(sid)).is_some() => Known::RuledOut(say::sid_known(sid)),
        Some(sid) => Known::Likely(say::sid_unknown(sid)),
    }
}

fn other_clients(answer: &Answer, variants: &[VariantAnswer]) -> Known {
    if answer.first().action != Some(Action::Pass) {
        return Known::Open;
    }
    let blocked: Vec<Words> = variants
        .iter()
        .filter(|v| v.differs && v.outcome.action.is_some_and(|a| a.blocks()))
        .map(VariantAnswer::name)
        .collect();
    if blocked.is_empty() {
        Known::RuledOut(say::clients_alike())
    } else {
        Known::Likely(say::clients_blocked(&blocked))
    }
}

/// Midstream packets, after a failover or on an asymmetric route, meet the stream exception policy.
fn routing(policy: &Policy) -> Known {
    match policy.stream_exception_policy {
        StreamPolicy::Drop => Known::Likely(say::midstream_silent()),
        StreamPolicy::Reject | StreamPolicy::Continue => Known::Open,
    }
}

fn default_drop(policy: &Policy) -> Known {
    let drop = policy.default_actions.iter().find(|d| d.is_drop());
    match drop {
        None => Known::RuledOut(say::no_default_drop()),
        Some(DefaultAction::DropEstablishedAppLayer) => Known::Likely(say::both_directions()),
        Some(drop) if !policy.default_actions.contains(&drop.twin()) => {
            Known::Likely(say::unlogged(drop.word()))
        }
        Some(_) => Known::Open,
    }
}
