//! Where rows, read from top to bottom, and the engine, packet by packet, part ways; and what names cannot do.
//!
//! What to look at follows from the rows; each finding is confirmed by evaluating the request that it shows, so that none
//! is ever false. Which combinations there are is in `docs/compile-table.md`.

pub(super) mod ask;
mod early;
mod evade;
mod everywhere;
mod notes;
mod second;
pub(super) mod stands;

use std::sync::atomic::AtomicBool;

use ask::Ask;

use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;
use crate::eval::Evaluator;
use crate::messages::order as say;
use crate::net::{Action, Request, RuleOrder, Scheme};
use crate::policy::{Policy, RulePlace};

/// A request that the engine decides otherwise than the rows say, or than their author may think.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFinding {
    /// What it comes from.
    pub kind: OrderKind,
    /// The row whose say is lost.
    pub meant: Option<RulePlace>,
    /// What it says.
    pub action: Action,
    /// Who decides instead; `None`: the default action, or its absence.
    pub by: Option<RulePlace>,
    /// The request; its destination is given.
    pub request: Request,
    /// The request before it on the same connection, for [`OrderKind::SecondRequest`].
    pub before: Option<Request>,
}

/// What a difference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderKind {
    /// A hand-written row below, or the default action, decides on an earlier packet.
    DecidedEarlier,
    /// A pass by name holds for the whole connection.
    SecondRequest,
    /// A request with an unknown method is not recognised as HTTP in time.
    UnknownMethod,
    /// QUIC carries the name past a row about TLS and HTTP.
    Quic,
    /// The client sends no server name.
    NoName,
}

/// What was found about the order of a policy's rows.
#[derive(Debug, Clone, Default)]
pub struct OrderReport {
    /// Each way found in which the order of rows is not kept, and what names cannot do.
    pub findings: Vec<OrderFinding>,
    /// Rows that keep their order and yet work otherwise than they look.
    pub notes: Vec<Diagnostic>,
    /// Protocols of which it is not known of every flow that a hand-written row is about.
    pub left_out: Vec<Scheme>,
}

/// Looks for requests that the engine decides otherwise than the rows say; there is nothing to find in action order,
/// where the place of a row means nothing. Once `stop` is set, nothing more is looked for.
#[must_use]
pub fn order(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    stop: &AtomicBool,
) -> OrderReport {
    if policy.rule_order != RuleOrder::Strict {
        return OrderReport::default();
    }
    let ask = Ask::new(policy, compiled, evaluator, stop);
    let stands = stands::stands(policy, compiled);
    let mut findings = early::decided_earlier(&ask, &stands);
    let everywhere = everywhere::everywhere(&ask);
    let new = |found: &OrderFinding| !findings.iter().any(|f| f.by == found.by);
    let more: Vec<OrderFinding> = everywhere.findings.into_iter().filter(new).collect();
    findings.extend(more);
    findings.extend(second::second_requests(&ask, &stands));
    findings.extend(evade::evasions(&ask, &stands));
    OrderReport { findings, notes: notes::notes(&ask, &stands), left_out: everywhere.left_out }
}

impl OrderReport {
    /// All of it as problems of the policy, each at its row.
    #[must_use]
    pub fn diagnostics(self, policy: &Policy) -> Vec<Diagnostic> {
        let protocols: Vec<&str> = self.left_out.iter().map(|scheme| scheme.word()).collect();
        let left_out = (!protocols.is_empty()).then(|| {
            Diagnostic::note("order-not-known", None, say::left_out(&protocols.join(", ")))
        });
        let findings = self.findings.iter().map(|f| f.diagnostic(policy));
        findings.chain(self.notes).chain(left_out).collect()
    }
}

impl OrderFinding {
    /// The finding in words, at the row that the operator would change.
    #[must_use]
    pub fn diagnostic(&self, policy: &Policy) -> Diagnostic {
        let drop = policy.default_actions.iter().find(|d| d.is_drop()).map(|d| d.word());
        let name = |place: Option<RulePlace>| {
            let rule = place.and_then(|place| Some((place, policy.rule(place)?)));
            rule.map_or_else(
                || say::default(drop),
                |(at, rule)| say::row(&rule.name.value, policy.line_of(at)),
            )
        };
        let (meant, by, request) = (name(self.meant), name(self.by), self.request.to_string());
        let from = self.request.from.to_string();
        let (message, help) = match self.kind {
            OrderKind::DecidedEarlier => {
                let help = if self.by.is_some() {
                    say::DECIDED_EARLIER_HELP
                } else {
                    say::DEFAULT_EARLIER_HELP
                };
                (say::decided_earlier(&meant, self.action.blocks(), &request, &from, &by), help)
            }
            OrderKind::SecondRequest => {
                let first = self.before.as_ref().map(ToString::to_string).unwrap_or_default();
                (say::second_request(&by, &first, &request, &meant), say::SECOND_REQUEST_HELP)
            }
            OrderKind::UnknownMethod => {
                (say::unknown_method(&meant, &request, &by), say::UNKNOWN_METHOD_HELP)
            }
            OrderKind::Quic => (say::quic(&meant, &self.request.host, &by), say::QUIC_HELP),
            OrderKind::NoName => (say::no_name(&meant, &by), say::NO_NAME_HELP),
        };
        let at = match self.kind {
            OrderKind::DecidedEarlier | OrderKind::SecondRequest => self.by.or(self.meant),
            _ => self.meant,
        };
        let at = at.and_then(|place| policy.name_place(place));
        match self.kind {
            OrderKind::DecidedEarlier => Diagnostic::warning("order-not-kept", at, message),
            OrderKind::Quic => Diagnostic::warning("quic-not-asked", at, message),
            OrderKind::NoName => Diagnostic::note("no-name-no-match", at, message),
            OrderKind::SecondRequest | OrderKind::UnknownMethod => {
                Diagnostic::note("order-not-kept", at, message)
            }
        }
        .help(help)
    }
}
