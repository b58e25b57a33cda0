use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use sekisho::analysis::{ByHand, Intent, OrderKind, OrderReport, intent, order};
use sekisho::compile::Origin;
use sekisho::eval::Verdict;
use sekisho::net::{Request, RuleOrder, Sid};
use sekisho::policy::{RuleBody, RulePlace};

use crate::policies::{Shape, any_row, any_shape, by_hand, requests};
use crate::{Ready, try_random};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 17;

/// What a request shows: the row that is meant to decide it, and who does; nothing where it is kept, or cannot be told.
fn lost(ready: &Ready, request: &Request) -> Option<(RulePlace, Option<RulePlace>)> {
    let policy = ready.document.policy();
    let flow = request.flow(request.dst.unwrap());
    let trace = ready.evaluator.evaluate(&flow);
    let rows = ByHand::of(&ready.compiled, &trace);
    let meant = intent(policy, request, request.dst.unwrap(), &|place| rows.at(place));
    let Intent::Row(place, action) = meant else { return None };
    let Verdict::Decided { by, .. } = trace.verdict else { return None };
    let by = match ready.compiled.origin(by)? {
        Origin::Rule(place) => Some(place),
        Origin::DefaultAction | Origin::Preamble | Origin::Tail => None,
        Origin::Managed(_) => return None,
    };
    let outcome = ready.outcome(request)?;
    let other = by != Some(place) && outcome.action() != Some(action);
    (other && ready.evaluator.sees_all(&flow)).then_some((place, by))
}

fn report(ready: &Ready) -> OrderReport {
    let never = AtomicBool::new(false);
    order(ready.document.policy(), &ready.compiled, &ready.evaluator, &never)
}

/// Whether a hand-written row that does more than to write log lines is about the request, for what it says of it.
fn by_hand_asks(ready: &Ready, request: &Request) -> bool {
    let policy = ready.document.policy();
    let of = ready.compiled.ruleset.rules.iter().zip(&ready.compiled.origins);
    let written = |origin: &Origin| match origin {
        Origin::Rule(place) => {
            matches!(policy.rule(*place).map(|r| &r.body), Some(RuleBody::Suricata(_)))
        }
        _ => false,
    };
    let sids: HashSet<Sid> = of.filter(|(_, o)| written(o)).map(|(rule, _)| rule.sid).collect();
    let trace = ready.evaluator.evaluate_only(&request.flow(request.dst.unwrap()), &sids);
    trace.rules.iter().any(|rule| rule.would_match_at.is_some() || rule.matched_at.is_some())
}

fn fault(shape: &Shape, offset: usize) -> Option<String> {
    let text = shape.text();
    let ready = Ready::new(&text);
    if ready.document.policy().rule_order != RuleOrder::Strict {
        return None;
    }
    let report = report(&ready);
    let told = |by: Option<RulePlace>| {
        report.findings.iter().any(|f| f.kind == OrderKind::DecidedEarlier && f.by == by)
    };
    let missed = |request: &Request| {
        let (meant, by) = lost(&ready, request)?;
        let known = told(by) || report.left_out.contains(&request.scheme);
        (!known && by_hand_asks(&ready, request))
            .then(|| format!("missed: {request:?}: {meant:?} lost to {by:?}"))
    };
    let sampled = requests().into_iter().skip(offset).step_by(STEP);
    let fault = sampled.into_iter().find_map(|request| missed(&request))?;
    Some(format!("{fault}\n{text}\n{}", ready.compiled.text(ready.document.policy())))
}

#[test]
fn no_decider_is_missed_that_takes_what_another_row_is_meant_to_decide() {
    let row = prop_oneof![2 => any_row(), 3 => by_hand()];
    let rows = prop::collection::vec(row, 2..7);
    try_random(25, (any_shape(rows), 0..STEP), |(shape, offset)| fault(&shape, offset));
}

/// Examples are taken of the first rows above; what is lost by a later one is found all the same.
#[test]
fn what_examples_do_not_show_is_found_with_a_request_that_does() {
    let never: String = (0..9)
        .map(|n| {
            format!(
                "      - {{name: n{n}, action: pass, from: any, to: [n{n}.x.example], protocols: [tls]}}\n"
            )
        })
        .collect();
    let ready = Ready::new(&format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
         - {{name: x, action: drop, from: any, to: [.x.example]}}\n{never}      \
         - {{name: late, action: pass, from: 10.3.0.0/16, to: [late.example], protocols: [tls]}}\n      \
         - {{name: early, suricata: 'drop tcp 10.3.0.0/16 any -> 203.0.113.0/24 8443 (sid:9001;)'}}\n",
    ));
    let (late, by) = (RulePlace { group: 0, rule: 10 }, RulePlace { group: 0, rule: 11 });
    let report = report(&ready);
    assert_eq!(report.left_out, []);
    let found: Vec<_> = report.findings.iter().filter(|f| f.by == Some(by)).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(lost(&ready, &found[0].request), Some((late, Some(by))));
}
