//! A rule written by hand that is about a name: asked alone, and rewritten.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::order::stands::{Asks, Stand, by_hand};
use crate::compile::Compiled;
use crate::diagnostic::Place;
use crate::eval::Evaluator;
use crate::net::{Flow, Request, Scheme, Sid};
use crate::policy::{Edit, HandWritten, Policy, Rule as Row, RuleField, RulePlace};
use crate::suricata::{
    BufferMatch, Content, ContentTest, Rule, Ruleset, WrittenOption, written_options,
};

/// A hand-written rule about the name in TLS or HTTP.
pub(super) struct ByHand<'a> {
    pub place: RulePlace,
    pub row: &'a Row,
    pub rule: &'a Rule,
    /// Where it stands in the text of the row.
    span: Range<usize>,
    /// The buffer that holds the name, and what it must contain first of all.
    pub buffer: &'a BufferMatch,
    pub content: &'a Content,
    pub scheme: Scheme,
    written: &'a HandWritten,
    stand: Stand,
    policy: &'a Policy,
    compiled: &'a Compiled,
}

impl<'a> ByHand<'a> {
    pub(super) fn of(
        policy: &'a Policy,
        compiled: &'a Compiled,
        place: RulePlace,
        (rule, span): (&'a Rule, &Range<usize>),
    ) -> Option<Self> {
        let row = policy.rule(place)?;
        let written = super::under::hand_written(row)?;
        let (scheme, buffer) = rule.buffers.iter().find_map(|b| match b.buffer.name() {
            "tls.sni" => Some((Scheme::Https, b)),
            "http.host" => Some((Scheme::Http, b)),
            _ => None,
        })?;
        let content = buffer.tests.iter().find_map(|test| match test {
            ContentTest::Content(content) if !content.negated => Some(content),
            _ => None,
        })?;
        let home = policy.rule_groups[place.group].home_net(policy).iter().copied().collect();
        let stand = by_hand(place, rule, compiled, &home)?;
        if !matches!(stand.asks, Asks::Name { .. }) {
            return None;
        }
        let span = span.clone();
        Some(Self {
            place,
            row,
            rule,
            span,
            buffer,
            content,
            scheme,
            written,
            stand,
            policy,
            compiled,
        })
    }

    /// The name that it looks for, without a dot in front, where what it looks for is a name: `amazon.com`, or `ru` of `.ru`.
    pub(super) fn name(&self) -> Option<&'a str> {
        let text = std::str::from_utf8(&self.content.bytes).ok()?;
        let name = text.strip_prefix('.').unwrap_or(text);
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let ends = [name.starts_with(['.', '-']), name.ends_with(['.', '-']), name.is_empty()];
        (text.contains('.') && !ends.contains(&true) && name.chars().all(fits)).then_some(name)
    }

    /// Whether a dot stands in front of the name.
    pub(super) fn is_dotted(&self) -> bool {
        self.content.bytes.starts_with(b".")
    }

    /// A request for `host` from where, and to where, the rule is about.
    pub(super) fn request(&self, host: &str) -> Option<Request> {
        let port = if self.scheme == Scheme::Http { 80 } else { 443 };
        let request = self.stand.request(port)?;
        Some(Request { host: host.to_owned(), ..request })
    }

    /// A request that the rule alone matches, as usual clients send it.
    pub(super) fn example(&self) -> Option<Request> {
        let name = self.name()?.to_ascii_lowercase();
        let hosts = [name.clone(), format!("www.{name}")];
        let mut requests = hosts.iter().filter_map(|host| self.request(host));
        requests.find(|request| self.alone().matches(&request.dst.map(|dst| request.flow(dst))))
    }

    /// The rule without the others.
    pub(super) fn alone(&self) -> Alone {
        let mut rule = self.rule.clone();
        rule.scope = 0;
        let variables = self.compiled.ruleset.variables(self.rule).clone();
        let order = self.compiled.ruleset.order;
        let ruleset = Ruleset::of_scopes(order, vec![rule], vec![variables]);
        Alone(Evaluator::new(&ruleset), HashSet::from([self.rule.sid]))
    }

    /// Where the rule begins in the text of its row; nothing where it is spread over lines.
    fn at(&self) -> Option<usize> {
        let as_it_is = self.written.text.get(self.span.clone()) == Some(self.rule.text.as_str());
        as_it_is.then_some(self.span.start)
    }

    /// Where an option of the rule stands in the file; the row's name where that is not known.
    pub(super) fn place_of(&self, option: &Range<usize>) -> Option<Place> {
        let inside = match self.at() {
            Some(at) => &self.written.in_row(&(at + option.start..at + option.end)),
            None => &self.row.name.place,
        };
        self.policy.place_in(self.place, inside)
    }

    /// The option that names the buffer, and the content in it.
    pub(super) fn written(&self) -> Option<(WrittenOption<'a>, WrittenOption<'a>)> {
        let mut options = written_options(&self.rule.text).into_iter();
        let named = self.buffer.buffer.name();
        let buffer = options.find(|option| option.name.eq_ignore_ascii_case(named))?;
        let content = options.find(|option| {
            let negated = option.value.is_some_and(|value| value.trim_start().starts_with('!'));
            option.name.eq_ignore_ascii_case("content") && !negated
        })?;
        Some((buffer, content))
    }

    /// The edit that writes other texts in place of parts of the rule, the first part first.
    pub(super) fn rewritten(&self, parts: &[(Range<usize>, String)]) -> Option<Edit> {
        let at = self.at()?;
        let mut text = self.written.text.clone();
        for (range, new) in parts.iter().rev() {
            text.replace_range(at + range.start..at + range.end, new);
        }
        let fields = vec![(RuleField::Suricata, Some(text))];
        Some(Edit::SetRule { at: self.place, fields })
    }
}

/// A rule that is asked without the others.
pub(super) struct Alone(Evaluator, HashSet<Sid>);

impl Alone {
    /// Whether it is certain that the rule matches the flow.
    pub(super) fn matches(&self, flow: &Option<Flow>) -> bool {
        let Some(flow) = flow else { return false };
        let trace = self.0.evaluate_only(flow, &self.1);
        trace.open.is_empty() && trace.rules.iter().any(|step| step.matched_at.is_some())
    }

    /// Whether it is certain that it does not.
    pub(super) fn misses(&self, flow: &Option<Flow>) -> bool {
        let Some(flow) = flow else { return false };
        let trace = self.0.evaluate_only(flow, &self.1);
        trace.open.is_empty() && trace.rules.iter().all(|step| step.matched_at.is_none())
    }
}
