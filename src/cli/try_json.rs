use serde_json::{Value, json};

use super::try_request::Shown;
use super::try_rows::SHOWN;
use super::try_what_if;
use crate::eval::{Experience, Met};
use crate::messages::{Lang, Text};
use crate::net::{Action, RuleOrder};
use crate::workbench::{
    Answer, BothOrders, ByDestination, Decider, Known, LogComparison, LookAt, Reason, RuleName,
    VariantAnswer, asked, deciding_packet, lists, timeline, why,
};

/// The answer for programs; its shape is documented in the README.
pub fn to_json(shown: &Shown<'_>, all: bool) -> Value {
    let mut value = answer(shown.answer());
    let mut add = |key: &str, part: Value| {
        value.as_object_mut().map(|object| object.insert(key.to_owned(), part))
    };
    add("packets", packets(shown.answer().first()));
    add("rules", rules(shown, all));
    if !shown.tested.by_source.is_empty() {
        let one = |(set, a): &(crate::net::IpSet, Answer)| {
            let cidrs: Vec<String> = set.cidrs().iter().map(ToString::to_string).collect();
            json!({"cidrs": cidrs, "verdict": overall(a), "reason": say(&a.sentence)})
        };
        add("by_source", shown.tested.by_source.iter().map(one).collect());
    }
    if let Some(log) = &shown.log {
        add("log", of_log(log));
    }
    if let Some(found) = &shown.what_if {
        add("what_if", try_what_if::to_json(found));
    }
    if let Some(orders) = &shown.orders {
        add("orders", of_orders(orders));
    }
    if let Some(variants) = &shown.variants {
        add("variants", variants.iter().map(variant).collect());
    }
    if let Some(looks) = &shown.elsewhere {
        add("elsewhere", looks.iter().map(look).collect());
    }
    value
}

fn answer(answer: &Answer) -> Value {
    let first = answer.first();
    let packet = deciding_packet(&first.trace).map(|i| first.trace.packets[i].name.clone());
    let (by, of_rule, default) = match &first.decider {
        Decider::Rule(_) => (json!("rule"), decider(first), Value::Null),
        Decider::Default(name) => (json!("default"), Value::Null, json!(format!("aws:{name}"))),
        Decider::Unmatched => (json!("unmatched"), Value::Null, Value::Null),
        Decider::Stateless(_) => (json!("stateless"), decider(first), Value::Null),
        Decider::StatelessDefault(action) => {
            (json!("stateless-default"), Value::Null, json!(action.word()))
        }
        Decider::StreamException(_) => (json!("stream-exception"), Value::Null, Value::Null),
        Decider::Undetermined(_) => (Value::Null, Value::Null, Value::Null),
    };
    let rows: Vec<Value> = answer
        .by_destination
        .iter()
        .flat_map(|d| {
            d.set.cidrs().into_iter().map(
                |cidr| json!({"cidr": cidr.to_string(), "verdict": verdict(d), "rule": decider(d)}),
            )
        })
        .collect();
    let one = |v: Value| if answer.depends { Value::Null } else { v };
    json!({
        "verdict": overall(answer),
        "experience": if answer.depends { "unknown" } else { experience(first.trace.experience) },
        "decided_by": one(by),
        "rule": one(of_rule),
        "default_action": one(default),
        "packet": one(json!(packet)),
        "reason": say(&answer.sentence),
        "seen_in_part": answer.seen_in_part.as_ref().map(say),
        "intent": answer.rows.order.lost().map(say),
        "closest": answer.rows.closest.as_ref().map(say),
        "by_destination": rows,
    })
}

fn say(text: &Text) -> &str {
    text.say(Lang::English)
}

fn overall(answer: &Answer) -> &'static str {
    if answer.depends { "depends" } else { verdict(answer.first()) }
}

fn verdict(outcome: &ByDestination) -> &'static str {
    outcome.action.map_or("undetermined", Action::word)
}

const fn experience(experience: Experience) -> &'static str {
    match experience {
        Experience::Works => "works",
        Experience::TimesOut => "times_out",
        Experience::IsReset => "reset",
        Experience::HalfWorks => "partly",
        Experience::CannotTell => "unknown",
    }
}

fn decider(outcome: &ByDestination) -> Value {
    match &outcome.decider {
        Decider::Rule(r) => rule(r),
        Decider::Stateless(r) => json!({
            "name": r.name,
            "group": r.group,
            "priority": r.priorities.0,
            "rule_priority": r.priorities.1,
        }),
        Decider::Default(_)
        | Decider::Unmatched
        | Decider::StatelessDefault(_)
        | Decider::StreamException(_)
        | Decider::Undetermined(_) => Value::Null,
    }
}

fn rule(r: &RuleName) -> Value {
    json!({
        "name": r.name, "group": r.group, "priority": r.priority, "number": r.number, "sid": r.sid,
    })
}

/// The packets on which something happens.
fn packets(outcome: &ByDestination) -> Value {
    let moments = timeline(&outcome.trace).into_iter().map(|m| {
        json!({
            "packet": m.packet,
            "direction": if m.to_server { "to_server" } else { "to_client" },
            "dropped": m.dropped,
            "stateless": m.stateless.word(),
            "learned": m.learned,
            "decided": m.decided,
        })
    });
    moments.collect()
}

/// The three lists, the longer two cut unless all is asked for; `count` is how many there are.
fn rules(shown: &Shown<'_>, all: bool) -> Value {
    let outcome = shown.answer().first();
    if let Some(asked_about) = &shown.why {
        return json!({"asked": reason(shown, asked_about)});
    }
    let reasons = why(shown.policy, shown.compiled, outcome);
    let lists = lists(shown.policy, &shown.answer().request, outcome, &reasons);
    let list = |rows: &[&Reason]| {
        let limit = if all { rows.len() } else { SHOWN };
        let shown: Vec<Value> = rows.iter().take(limit).map(|r| reason(shown, r)).collect();
        json!({"count": rows.len(), "rows": shown})
    };
    json!({
        "decided": list(&lists.decided),
        "came_after": list(&lists.came_after),
        "missed": list(&lists.missed),
    })
}

fn reason(shown: &Shown<'_>, reason: &Reason) -> Value {
    let conditions: Vec<Value> = asked(shown.policy, &shown.answer().request, reason)
        .into_iter()
        .map(|a| {
            let met = match a.met {
                Met::Yes => "yes",
                Met::No => "no",
                Met::Unknown => "unknown",
            };
            json!({"what": a.what.word().say(Lang::English),
                "wanted": say(&a.wanted),
                "got": say(&a.got),
                "met": met,})
        })
        .collect();
    let standing = reason.standing_words(&shown.answer().first().trace);
    json!({
        "rule": rule(&reason.rule),
        "action": reason.action.word(),
        "standing": standing.as_ref().map(say),
        "conditions": conditions,
    })
}

fn of_log(log: &LogComparison) -> Value {
    json!({
        "logged": say(&log.logged),
        "agrees": log.agrees,
        "why": log.why.as_ref().map(say),
    })
}

fn of_orders(orders: &BothOrders) -> Value {
    let one = |(order, a): &(RuleOrder, Answer)| {
        let order = match order {
            RuleOrder::Strict => "strict",
            RuleOrder::Action => "action",
        };
        json!({"rule_order": order, "verdict": overall(a), "reason": say(&a.sentence)})
    };
    json!([one(&orders.own), one(&orders.other)])
}

fn variant(variant: &VariantAnswer) -> Value {
    json!({
        "client": variant.name().say(Lang::English),
        "verdict": verdict(&variant.outcome),
        "experience": experience(variant.outcome.trace.experience),
        "differs": variant.differs,
        "reason": say(&variant.outcome.sentence()),
        "why": variant.why.as_ref().map(say),
    })
}

fn look(look: &LookAt) -> Value {
    let (known, because) = match &look.known {
        Known::Likely(text) => ("likely", Some(say(text))),
        Known::RuledOut(text) => ("ruled_out", Some(say(text))),
        Known::Open => ("open", None),
    };
    json!({"look_at": say(&look.what), "known": known, "because": because})
}
