use std::io;
use std::net::IpAddr;

use super::args::{Expected, Format, TryArgs};
use super::open::open;
use super::page::Page;
use super::{Exit, Streams, try_json, try_rows, try_text, try_what_if};
use crate::analysis::evaluator;
use crate::compile::{Compiled, compile};

use crate::interop::LogEvent;
use crate::messages::{Text, verdict, why as words};
use crate::net::Action;
use crate::policy::{Document, Policy};
use crate::workbench::{
    Answer, BothOrders, CLASSES, Input, LogComparison, LookAt, Reason, TestInput, Tested,
    VariantAnswer, Wanted, WhatIf, both_orders, compare, load, logged_request, look_elsewhere,
    row_named, test, variants, what_if, why,
};

/// Everything that is shown about one request.
pub struct Shown<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// What it is compiled to.
    pub compiled: &'a Compiled,
    /// What came of the request.
    pub tested: Tested,
    /// The row that was asked about.
    pub why: Option<Reason>,
    /// What a line of the log says of it.
    pub log: Option<LogComparison>,
    /// The same request of other clients.
    pub variants: Option<Vec<VariantAnswer>>,
    /// The same request in both rule orders.
    pub orders: Option<BothOrders>,
    /// What to look at outside the policy.
    pub elsewhere: Option<Vec<LookAt>>,
    /// What would give the verdict that is expected, or let through what is blocked.
    pub what_if: Option<WhatIf>,
}

impl Shown<'_> {
    /// The answer; where several sources asked, that of the first.
    pub const fn answer(&self) -> &Answer {
        &self.tested.answer
    }
}

/// Asks one request and explains the answer.
pub fn run(args: &TryArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let policy = document.policy();
    let compiled = compile(policy);
    let shown = match show(args, &document, &compiled) {
        Ok(shown) => shown,
        Err(error) => return streams.error(&error, Exit::Failed),
    };
    if let Some(number) = args.apply {
        let found = shown.what_if.as_ref();
        return try_what_if::apply((&args.file, &document), found, number, args.write, streams);
    }
    match args.format {
        Format::Json => writeln!(streams.out, "{:#}", try_json::to_json(&shown, args.also.all))?,
        Format::Text => to_text(&shown, args.also.all, &mut streams.page())?,
    }
    Ok(match args.expect.filter(|wanted| !is_expected(*wanted, &shown)) {
        None => Exit::Fine,
        Some(wanted) => {
            let said = verdict::not_expected(wanted.action().word());
            writeln!(streams.err, "{}", said.say(streams.lang))?;
            Exit::Findings
        }
    })
}

fn show<'a>(
    args: &TryArgs,
    document: &'a Document,
    compiled: &'a Compiled,
) -> Result<Shown<'a>, Text> {
    let policy = document.policy();
    let evaluator = evaluator(compiled);
    let event = args.log.as_ref().map(|_| log_event(args)).transpose()?;
    let input = match &event {
        Some(event) => logged_request(event),
        None => typed(args),
    };
    let tested = test(policy, compiled, &evaluator, &input, CLASSES).map_err(|e| e.words())?;
    let answer = &tested.answer;
    let reason =
        args.why.as_ref().map(|rule| one_row(policy, compiled, answer, rule)).transpose()?;
    let log = event.as_ref().map(|event| compare(policy, compiled, answer, event));
    let blocked_in_log = event.as_ref().and_then(|e| e.outcome).is_some_and(Action::blocks);
    let passes = answer.first().action == Some(Action::Pass);
    let elsewhere = args.also.elsewhere || passes && blocked_in_log;
    let clients =
        (args.also.variants || elsewhere).then(|| variants(policy, compiled, &evaluator, answer));
    let elsewhere = elsewhere.then(|| {
        let clients = clients.as_deref().unwrap_or_default();
        look_elsewhere(policy, compiled, answer, clients, event.as_ref())
    });
    let orders = args.also.orders.then(|| both_orders(policy, answer));
    let variants = clients.filter(|_| args.also.variants);
    let wanted = args.expect.map_or(Wanted::Pass, |expect| Wanted::exactly(expect.action()));
    let what_if =
        (!wanted.has(answer)).then(|| what_if(document, compiled, &evaluator, answer, wanted));
    let why = reason;
    Ok(Shown { policy, compiled, tested, why, log, variants, orders, elsewhere, what_if })
}

impl Expected {
    const fn action(self) -> Action {
        match self {
            Self::Pass => Action::Pass,
            Self::Drop => Action::Drop,
            Self::Reject => Action::Reject,
        }
    }
}

/// What was typed.
fn typed(args: &TryArgs) -> TestInput {
    TestInput {
        from: args.from.clone().unwrap_or_default(),
        url: args.url.clone().unwrap_or_default(),
        dst: args.dst.as_ref().map(IpAddr::to_string).unwrap_or_default(),
    }
}

/// The first line of the log that was given which is not empty.
fn log_event(args: &TryArgs) -> Result<LogEvent, Text> {
    let path = args.log.as_deref();
    let input = Input::from_argument(path);
    if matches!(input, Input::Stdin)
        && matches!(Input::from_argument(Some(&args.file)), Input::Stdin)
    {
        return Err(crate::messages::log::TWICE_STANDARD_INPUT.into());
    }
    let text = load(&input).map_err(|e| e.0)?;
    let (event, _) = LogEvent::first_of(&text).map_err(|e| e.words())?;
    Ok(event)
}

/// Why the rule of that name (or `group/name`, or number in the list) did or did not decide.
fn one_row(
    policy: &Policy,
    compiled: &Compiled,
    answer: &Answer,
    asked: &str,
) -> Result<Reason, Text> {
    let place = row_named(policy, asked)?;
    let reasons = why(policy, compiled, answer.first()).into_iter();
    let mut reasons = reasons.filter(|reason| reason.rule.place == place);
    reasons.next().ok_or_else(|| words::no_such_rule(asked, None))
}

fn is_expected(expected: Expected, shown: &Shown<'_>) -> bool {
    let wanted = expected.action();
    let is = |answer: &Answer| !answer.depends && answer.first().action == Some(wanted);
    is(&shown.tested.answer) && shown.tested.by_source.iter().all(|(_, answer)| is(answer))
}

/// The answer for people.
fn to_text(shown: &Shown<'_>, all: bool, page: &mut Page<'_>) -> io::Result<()> {
    try_text::who(shown, page)?;
    try_text::sentences(shown.answer(), page)?;
    if let Some(log) = &shown.log {
        try_text::log(log, page)?;
    }
    try_text::packets(shown.policy, shown.answer(), page)?;
    match &shown.why {
        Some(reason) => try_rows::one_row(shown, reason, page)?,
        None => try_rows::three_lists(shown, all, page)?,
    }
    if let Some(found) = &shown.what_if {
        try_what_if::to_text(found, all, page)?;
    }
    if let Some(orders) = &shown.orders {
        try_text::orders(orders, page)?;
    }
    if let Some(variants) = &shown.variants {
        try_text::variants(variants, page)?;
    }
    if let Some(elsewhere) = &shown.elsewhere {
        try_text::elsewhere(shown.answer(), elsewhere, page)?;
    }
    Ok(())
}
