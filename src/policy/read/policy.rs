use super::case::cases;
use super::check::check;
use super::fields::{Fields, Reader};
use super::group::groups;
use super::rule::accepts;
use super::source::{domain_lists, sources};
use super::stateless::stateless;
use super::variables::variables;
use crate::messages::policy as say;
use crate::net::{RuleOrder, StreamPolicy};
use crate::policy::fault::{Faults, fault};
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{self, net, title};
use crate::policy::{DefaultAction, Policy, Stateless};

/// The fields of a policy, in the order in which they are usually written.
pub const FIELDS: [&str; 15] = [
    "sekisho",
    "name",
    "rule_order",
    "default_actions",
    "stream_exception_policy",
    "home_net",
    "variables",
    "port_sets",
    "sources",
    "domain_lists",
    "rule_groups",
    "stateless",
    "cases",
    "accept",
    "note",
];

/// The one version of the format there is.
const VERSION: &str = "1";

/// Reads the tree of a policy. What is returned counts only if no fault was found.
pub fn policy(root: &Node, text: &str, faults: &mut Faults) -> Option<Policy> {
    let mut reader = Reader { text, faults };
    let reader = &mut reader;
    if !matches!(root.kind, Kind::Map { .. }) {
        reader.refuse(root, fault("not-a-policy", say::not_a_policy()));
        return None;
    }
    let of = reader.fields(root, "a policy", &FIELDS)?;
    version(reader, of);
    let sources = of.get("sources").map_or_else(Vec::new, |n| sources(reader, n));
    let lists = of.get("domain_lists").map_or_else(Vec::new, |n| domain_lists(reader, n));
    let mut policy = Policy {
        name: String::new(),
        rule_order: rule_order(reader, of),
        default_actions: Vec::new(),
        stream_exception_policy: stream_policy(reader, of),
        home_net: Vec::new(),
        sources,
        domain_lists: lists,
        variables: variables(reader, of),
        rule_groups: Vec::new(),
        stateless: Stateless::default(),
        cases: Vec::new(),
        accept: accepts(reader, of),
        note: reader.note(of, "note"),
    };
    if let Some(name) = reader.required(of, "a policy", "name")
        && let Some(name) = reader.line(name, "name")
    {
        policy.name = name;
    }
    if let Some(home) = reader.required(of, "a policy", "home_net") {
        policy.home_net =
            reader.values(home, "home_net", net).into_iter().map(|a| a.value).collect();
    }
    policy.default_actions = default_actions(reader, of, policy.rule_order);
    if let Some(node) = reader.required(of, "a policy", "rule_groups") {
        policy.rule_groups = groups(reader, node);
    }
    if let Some(node) = of.get("stateless") {
        policy.stateless = stateless(reader, node);
    }
    let cases = of.get("cases").map_or_else(Vec::new, |n| cases(reader, n));
    check(reader, of, &policy, &cases);
    policy.cases = cases.into_iter().map(|c| c.case).collect();
    Some(policy)
}

fn version(reader: &mut Reader<'_>, of: Fields<'_>) {
    let Some(node) = of.get("sekisho") else {
        reader.refuse(of.node, fault("missing-field", say::missing_version()));
        return;
    };
    let written = node.text(reader.text).unwrap_or_default();
    if written != VERSION {
        reader.refuse(node, fault("unknown-version", say::unknown_version(written)));
    }
}

fn rule_order<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> RuleOrder {
    let order = of.get("rule_order").and_then(|node| {
        let text = reader.text(node, "rule_order")?;
        reader.take(node, value::rule_order(text))
    });
    order.unwrap_or_default()
}

fn stream_policy<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> StreamPolicy {
    let policy = of.get("stream_exception_policy").and_then(|node| {
        let text = reader.text(node, "stream_exception_policy")?;
        reader.take(node, value::stream_policy(text))
    });
    policy.unwrap_or_default()
}

/// Reads the default actions; which go together is AWS's rule (developer guide, strict evaluation order).
fn default_actions<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    order: RuleOrder,
) -> Vec<DefaultAction> {
    let Some(node) = of.get("default_actions") else { return Vec::new() };
    let mut actions: Vec<DefaultAction> = Vec::new();
    for item in reader.list(node, "default_actions") {
        let Some(text) = reader.text(item, "default_actions") else { continue };
        let Some(action) = reader.take(item, value::default_action(text)) else { continue };
        let clash = actions.iter().find_map(|&other| clash(other, action));
        match clash {
            Some(said) => reader.refuse(item, fault("default-actions-clash", said)),
            None => actions.push(action),
        }
    }
    if order == RuleOrder::Action && !actions.is_empty() {
        reader
            .refuse(node, fault("default-action-in-action-order", say::default_in_action_order()));
    }
    actions
}

fn clash(one: DefaultAction, other: DefaultAction) -> Option<say::Said> {
    use DefaultAction as D;
    // 0: goes with both families; 1: as soon as established; 2: as soon as the name is known.
    let family = |action| match action {
        D::DropStrict | D::AlertStrict => 0,
        D::DropEstablished | D::AlertEstablished => 1,
        _ => 2,
    };
    if one == other {
        return Some(say::default_twice(other.word()));
    }
    if one.is_drop() && other.is_drop() {
        return Some(say::two_drops(one.word(), other.word()));
    }
    let (a, b) = (family(one), family(other));
    (a != b && a != 0 && b != 0).then(|| say::mixed_defaults(one.word(), other.word()))
}

/// Reads the name of a thing that is listed with others.
pub fn named<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    what: &str,
) -> Option<crate::policy::At<String>> {
    let node = reader.required(of, what, "name")?;
    let text = reader.text(node, "name")?;
    reader.take(node, title("name", text))?;
    Some(crate::policy::At { value: text.to_owned(), place: node.head(reader.text) })
}
