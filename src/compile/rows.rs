//! Which forms a row becomes (`docs/compile-table.md`, the rows).

use std::sync::Arc;

use super::block::Block;
use super::forms::{self, Form, HEADERS, HELLO, NAMED, NOT_TCP, TO_CLIENT, TO_SERVER, message};
use super::kept::{Asks, Gist, KeptRow};
use super::meets::{Reach, Waiting};
use super::output::Output;
use super::questions::{Kind, Question, Row};
use super::{Origin, sids};
use crate::diagnostic::Place;
use crate::net::{Action, Protocol, RuleOrder};
use crate::policy::{DefaultAction, Policy, RulePlace};
use crate::suricata::ParsedRule;

/// A row or group in the order in which strict order asks them.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// A row.
    Row(RulePlace, Source<'a>),
    /// Rows that are as before: where the first stands.
    Same(RulePlace, Arc<Block>),
    /// A group that others keep, by its index.
    Managed(usize),
}

/// Where the rules of a row come from; `silent`: nothing was said about it when it was read.
#[derive(Debug)]
pub(super) enum Source<'a> {
    /// They are those of before.
    Kept(Arc<KeptRow>),
    /// A row in the words of the policy.
    Words { row: Row<'a>, asks: Asks, silent: bool },
    /// A hand-written one: its rules that load.
    ByHand { rules: Vec<ParsedRule>, gist: Gist, silent: bool },
    /// It becomes no rule.
    Nothing { silent: bool },
}

impl Step<'_> {
    /// What a row in the words of the policy asks for.
    pub(super) fn asks(&self) -> Option<&Asks> {
        match self {
            Self::Row(_, Source::Words { asks, .. }) => Some(asks),
            Self::Row(_, Source::ByHand { .. } | Source::Nothing { .. })
            | Self::Same(..)
            | Self::Managed(_) => None,
            Self::Row(_, Source::Kept(row)) => row.asks(),
        }
    }

    /// How many questions it asks.
    pub(super) fn questions(&self) -> usize {
        match self {
            Self::Same(_, block) => block.questions,
            Self::Row(..) | Self::Managed(_) => self.asks().map_or(0, |asks| asks.questions.len()),
        }
    }

    /// What a hand-written row is about: whether it asks for names, and what it decides late.
    pub(super) fn by_hand(&self) -> Option<(bool, &[(Action, Reach)])> {
        match self {
            Self::Row(_, Source::ByHand { gist, .. }) => gist.by_hand(),
            Self::Row(_, Source::Kept(row)) => row.gist.by_hand(),
            Self::Row(_, Source::Words { .. } | Source::Nothing { .. })
            | Self::Same(..)
            | Self::Managed(_) => None,
        }
    }
}

/// What about a policy decides the forms of all its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Context {
    pub order: RuleOrder,
    /// The default action that drops.
    pub default: Option<DefaultAction>,
    /// Whether any row asks for a name.
    pub names: bool,
}

impl Context {
    pub(super) fn new(policy: &Policy, steps: &[Step<'_>]) -> Self {
        let names = steps.iter().any(|step| {
            step.asks().is_some_and(|asks| asks.names)
                || step.by_hand().is_some_and(|(names, _)| names)
                || matches!(step, Step::Same(_, block) if block.names)
        });
        let drop = policy.default_actions.iter().copied().find(|d| d.is_drop());
        let default = drop.filter(|_| policy.rule_order == RuleOrder::Strict);
        Self { order: policy.rule_order, default, names }
    }

    /// Whether the default action would drop the server's packets of a connection that is passed packet by packet.
    fn drops_answers(self) -> bool {
        matches!(
            self.default,
            Some(DefaultAction::DropStrict | DefaultAction::DropEstablishedAppLayer)
        )
    }

    /// Whether every connection is decided on its first packet, so that positions are order.
    fn decides_first_packets(self) -> bool {
        self.default == Some(DefaultAction::DropStrict) && !self.names
    }

    /// Whether address rows are asked packet by packet, since nothing drops what they do not pass.
    fn per_packet(self) -> bool {
        self.order == RuleOrder::Action || self.default.is_none()
    }
}

/// How many sids a question keeps for its forms, whatever stands around the row.
const fn width(question: &Question<'_>) -> u32 {
    match question.kind {
        Kind::App { .. } => 1,
        Kind::Address(Protocol::Tcp) => TCP_WIDTH,
        Kind::Address(Protocol::Ip) => TCP_WIDTH + REST_WIDTH,
        Kind::Address(_) => REST_WIDTH,
    }
}

/// Places of the forms of a TCP question within its sids; the first serves P1, D1, F1 and W3.
const REPLY: u32 = 1;
const BY_HELLO: u32 = 2;
const BY_HEADERS: u32 = 3;
const LOG: u32 = 4;
const TCP_WIDTH: u32 = 5;
/// Places of the forms of any other protocol; the first serves F1 and F2.
const REST_LOG: u32 = 1;
const REST_WIDTH: u32 = 2;

/// Adds the rules of a row.
pub(super) fn add_row(
    row: &Row<'_>,
    waits: &[Waiting],
    context: Context,
    policy: &Policy,
    out: &mut Output<'_>,
) {
    let group = &policy.rule_groups[row.place.group].name.value;
    let mut writer = Writer {
        row,
        context,
        name: policy.name_place(row.place).unwrap_or_default(),
        msg: message(group, &row.rule.name.value),
        sid: sids::base(group, row.rule),
        out,
    };
    for (at, question) in row.questions.iter().enumerate() {
        writer.question(question, waits.get(at).copied().unwrap_or(Waiting::No));
        writer.sid = writer.sid.saturating_add(width(question));
    }
}

/// Writes the rules of one row.
struct Writer<'a, 'b> {
    row: &'a Row<'a>,
    context: Context,
    /// Where its name stands.
    name: Place,
    msg: String,
    /// The first sid of the question being written.
    sid: u32,
    out: &'a mut Output<'b>,
}

impl Writer<'_, '_> {
    fn add(&mut self, at: u32, form: &Form<'_>) {
        let text = form.text(&self.msg, self.sid.saturating_add(at));
        let name = (self.row.rule.name.value.as_str(), self.name.clone());
        self.out.add(Origin::Rule(self.row.place), &text, Some(name));
    }

    /// A rule from the row's sources to what is asked for.
    fn there(
        &mut self,
        at: u32,
        action: Action,
        protocol: &'static str,
        q: &Question<'_>,
        conditions: &str,
    ) {
        let form = Form::there(action, protocol, &self.row.from, q, conditions);
        self.add(at, &form);
    }

    fn question(&mut self, question: &Question<'_>, waits: Waiting) {
        match question.kind {
            Kind::App { protocol, host, path } => {
                let action = match protocol {
                    Protocol::Quic | Protocol::Dns => without_reset(self.row.action),
                    _ => self.row.action,
                };
                let conditions = forms::app(protocol, host, path) + self.logged(true);
                self.there(0, action, protocol.word(), question, &conditions);
            }
            Kind::Address(protocol) => self.address(protocol, question, waits),
        }
    }

    fn address(&mut self, protocol: Protocol, question: &Question<'_>, waits: Waiting) {
        let action = self.row.action;
        match protocol {
            Protocol::Ip => {
                let one = action == Action::Alert
                    || action != Action::Reject
                        && (self.context.order == RuleOrder::Action
                            || self.context.decides_first_packets());
                if one {
                    self.whole(0, "ip", "", question);
                } else {
                    self.tcp(question, waits);
                    self.whole(TCP_WIDTH, "ip", NOT_TCP, question);
                }
            }
            Protocol::Tcp => self.tcp(question, waits),
            other => self.whole(0, other.word(), "", question),
        }
    }

    /// F1 or F2: connections that their first packet decides.
    fn whole(
        &mut self,
        at: u32,
        protocol: &'static str,
        conditions: &str,
        question: &Question<'_>,
    ) {
        let action =
            if protocol == "tcp" { self.row.action } else { without_reset(self.row.action) };
        if action == Action::Alert || !self.context.per_packet() {
            let conditions = format!("{conditions}{}", self.logged(true));
            self.there(at, action, protocol, question, &conditions);
            return;
        }
        if self.row.log && action == Action::Pass && self.context.order == RuleOrder::Strict {
            self.log(at, at + REST_LOG, protocol, conditions, question);
        }
        let conditions = format!("{conditions}{TO_SERVER}{}", self.logged(false));
        self.there(at, action, protocol, question, &conditions);
    }

    fn tcp(&mut self, question: &Question<'_>, waits: Waiting) {
        let action = self.row.action;
        let alone = action == Action::Alert
            || self.context.order == RuleOrder::Action
            || self.context.decides_first_packets();
        match (action, waits) {
            _ if alone => self.whole(0, "tcp", "", question),
            (Action::Pass, _) => {
                if self.row.log {
                    self.log(0, LOG, "tcp", "", question);
                }
                self.there(0, action, "tcp", question, TO_SERVER);
                if self.context.drops_answers() {
                    let there = Form::there(action, "tcp", &self.row.from, question, TO_CLIENT);
                    self.add(REPLY, &there.reversed());
                }
            }
            (_, Waiting::No) => self.there(0, action, "tcp", question, TO_SERVER),
            (_, Waiting::Yes { reset }) => self.waiting(question, reset),
        }
    }

    /// W1 to W4: with the hello, with the headers, or with the first data of anything else.
    fn waiting(&mut self, question: &Question<'_>, reset: bool) {
        let action = self.row.action;
        let unnamed = |direction: &str| format!("{direction}dsize:>0; flowbits:isnotset,{NAMED}; ");
        self.there(BY_HELLO, action, "tls", question, &format!("{HELLO}{TO_SERVER}"));
        self.there(BY_HEADERS, action, "http", question, &format!("{HEADERS}{TO_SERVER}"));
        self.there(0, action, "tcp", question, &unnamed(TO_SERVER));
        if reset && self.context.drops_answers() {
            let conditions = unnamed(TO_CLIENT);
            let there = Form::there(action, "tcp", &self.row.from, question, conditions);
            self.add(REPLY, &there.reversed());
        }
    }

    /// An alert above a pass that is asked packet by packet: one line per connection.
    fn log(
        &mut self,
        of: u32,
        at: u32,
        protocol: &'static str,
        conditions: &str,
        q: &Question<'_>,
    ) {
        let bit = format!("sekisho.log.{}", self.sid.saturating_add(of));
        let once = format!("flowbits:isnotset,{bit}; flowbits:set,{bit}; ");
        self.there(at, Action::Alert, protocol, q, &format!("{conditions}{TO_SERVER}{once}"));
    }

    /// `alert;` in a pass that is to be logged, where one match is one connection (`once`) or order does not count.
    fn logged(&self, once: bool) -> &'static str {
        let inside = once || self.context.order == RuleOrder::Action;
        if self.row.log && self.row.action == Action::Pass && inside { "alert; " } else { "" }
    }
}

/// Only TCP has a reset.
const fn without_reset(action: Action) -> Action {
    match action {
        Action::Reject => Action::Drop,
        other => other,
    }
}
