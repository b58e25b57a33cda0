//! A firewall policy of AWS, with its groups, as a policy.

use std::collections::HashSet;

use super::group::{Taken, group, order_of, order_word};
use super::importer::{Importer, unknown};
use super::objects::{GroupObject, Objects, PolicyObject};
use super::{sets, stateless};
use crate::interop::anfw::bundle;
use crate::interop::draft::{Draft, DraftBody, DraftGroup, Titles, title};
use crate::interop::networks::{PRIVATE, private};
use crate::interop::report::loss;
use crate::messages::import as say;
use crate::net::{RuleOrder, StatelessAction, StreamPolicy};
use crate::policy::{DefaultAction, Item};

/// What a policy says that is read here.
const KNOWN: [&str; 7] = [
    "StatelessDefaultActions",
    "StatelessFragmentDefaultActions",
    "StatelessRuleGroupReferences",
    "StatefulRuleGroupReferences",
    "StatefulDefaultActions",
    "StatefulEngineOptions",
    "PolicyVariables",
];

/// Priorities of groups that have none.
const STEP: u32 = 100;

/// A group, and where the policy puts it.
struct Placed<'a> {
    priority: Option<u32>,
    group: Source<'a>,
}

enum Source<'a> {
    Own(&'a GroupObject),
    /// The ARN of a group whose rules are not among the files.
    Others(String),
}

/// Makes a policy of the objects; nothing where there are none.
pub fn draft(objects: &Objects, to: &mut Importer<'_>) -> Option<Draft> {
    let policy = chosen(objects, to);
    if policy.is_none() && objects.groups.is_empty() {
        return None;
    }
    let mut draft = match policy {
        Some(object) => settings(object, to),
        None => without_policy(objects, to),
    };
    if draft.home_net.is_empty() {
        draft.home_net = to.options.rules.home();
    }
    if draft.home_net.is_empty() {
        draft.home_net = private();
        let said = loss("no-home-net", say::no_home_net(&PRIVATE.join(", ")));
        let file = policy.map(|object| object.file);
        to.report.add_whole(file, said.help(say::NO_HOME_NET_HELP));
    }
    let mut names = Titles::default();
    for stateless in [false, true] {
        let placed = match policy {
            Some(object) => placed(object, objects, stateless, to),
            None => all(objects, stateless),
        };
        let mut priorities = Priorities::new(&placed);
        for Placed { priority, group } in placed {
            add(&mut draft, group, (priority, stateless), &mut names, &mut priorities, to);
        }
    }
    draft.groups.sort_by_key(|group| group.priority);
    draft.stateless.sort_by_key(|group| group.priority);
    to.report.groups = draft.groups.len() + draft.stateless.len();
    Some(draft)
}

/// The policy to import; the others are said to be left out.
fn chosen<'a>(objects: &'a Objects, to: &mut Importer<'_>) -> Option<&'a PolicyObject> {
    let wanted = to.options.policy.as_deref();
    let named = |object: &&PolicyObject| wanted.is_none_or(|name| name == object.name);
    let chosen = objects.policies.iter().find(named);
    if let (None, Some(name)) = (chosen, wanted) {
        to.report.add_whole(None, loss("other-policy", say::no_such_policy(name)));
    }
    let chosen = chosen.or_else(|| objects.policies.first());
    for object in &objects.policies {
        let taken = chosen.filter(|taken| !std::ptr::eq(*taken, object));
        if let Some(taken) = taken {
            let said = loss("other-policy", say::other_policy(&object.name, &taken.name));
            to.say((object.file, &object.span), said.help(say::OTHER_POLICY_HELP));
        }
    }
    chosen
}

/// What a policy says beside its groups.
fn settings(object: &PolicyObject, to: &mut Importer<'_>) -> Draft {
    let (file, item, name) = (object.file, &object.policy, object.name.as_str());
    to.others(file, item, name, &KNOWN);
    if object.description.is_some() {
        to.no_place((file, &object.span), "Description", name);
    }
    let none = Item::new(object.span.clone(), crate::policy::ItemKind::Null);
    let options = item.get("StatefulEngineOptions").unwrap_or(&none);
    to.others(file, options, name, &["RuleOrder", "StreamExceptionPolicy"]);
    let word = to.text(file, options, "StreamExceptionPolicy");
    let streams = [StreamPolicy::Drop, StreamPolicy::Continue, StreamPolicy::Reject];
    let known = |word: &str| streams.into_iter().find(|stream| bundle::stream(*stream) == word);
    let stream = word.as_deref().and_then(known);
    if let (Some(word), None) = (word, stream) {
        let said = say::bad_value("StreamExceptionPolicy", &word);
        to.lose((file, &options.span), "bad-value", said);
    }
    let mut draft = Draft {
        name: title(name).unwrap_or_else(|| "imported".to_owned()),
        rule_order: order_of(options.get("RuleOrder"), file, to),
        // Source: API reference, `StatefulEngineOptions`: DROP where nothing is said.
        stream: stream.unwrap_or(StreamPolicy::Drop),
        ..Draft::default()
    };
    draft.stateless_default = default_action(object, "StatelessDefaultActions", to);
    draft.stateless_fragments = default_action(object, "StatelessFragmentDefaultActions", to);
    for (word, at) in to.texts(file, item, "StatefulDefaultActions") {
        let known = DefaultAction::from_word(&word);
        let strict = draft.rule_order == RuleOrder::Strict;
        match known.filter(|_| strict) {
            Some(action) => draft.default_actions.push(action.word().to_owned()),
            None => {
                let said = say::bad_value("StatefulDefaultActions", &word);
                to.lose((file, &at.span), "bad-value", said);
            }
        }
    }
    draft.home_net = home_net(object, to);
    draft
}

fn default_action(object: &PolicyObject, field: &str, to: &mut Importer<'_>) -> StatelessAction {
    let actions = object.policy.get(field);
    let (file, span) = (object.file, actions.map_or(&object.span, |item| &item.span));
    match stateless::action(actions) {
        Some((action, custom)) => {
            if !custom.is_empty() {
                to.no_place((file, span), &custom, field);
            }
            action
        }
        None => {
            to.lose((file, span), "bad-value", say::missing(field, &object.name));
            StatelessAction::Forward
        }
    }
}

fn home_net(object: &PolicyObject, to: &mut Importer<'_>) -> Vec<String> {
    let file = object.file;
    let Some(variables) = object.policy.get("PolicyVariables") else { return Vec::new() };
    to.others(file, variables, &object.name, &["RuleVariables"]);
    let Some(sets) = variables.get("RuleVariables") else { return Vec::new() };
    to.others(file, sets, &object.name, &["HOME_NET"]);
    let Some(home) = sets.get("HOME_NET") else { return Vec::new() };
    let entries = sets::definition("HOME_NET", home, file, to);
    sets::networks("HOME_NET", &entries, home, file, to).unwrap_or_default()
}

/// The groups in the order in which they came, in the rule order of the first.
fn without_policy(objects: &Objects, to: &mut Importer<'_>) -> Draft {
    to.report.add_whole(None, crate::interop::report::form("no-policy", say::NO_POLICY));
    let stateful = objects.groups.iter().find(|group| !group.stateless);
    let order = stateful.and_then(|group| group.order);
    let options = stateful.and_then(|group| group.rules.get("StatefulRuleOptions"));
    let word = options.and_then(|options| options.get("RuleOrder"));
    // What is no order is said with its group.
    let rule_order = order.or_else(|| order_word(word?)).unwrap_or(RuleOrder::Action);
    let only = match &objects.groups[..] {
        [one] => one.name.as_str(),
        _ => "imported",
    };
    Draft {
        name: title(only).unwrap_or_else(|| "imported".to_owned()),
        rule_order,
        default_actions: match order {
            Some(_) => to.options.rules.default_actions.clone(),
            None => Vec::new(),
        },
        ..Draft::default()
    }
}

fn all(objects: &Objects, stateless: bool) -> Vec<Placed<'_>> {
    let groups = objects.groups.iter().filter(|group| group.stateless == stateless);
    groups.map(|group| Placed { priority: None, group: Source::Own(group) }).collect()
}

/// The groups that the policy refers to.
fn placed<'a>(
    object: &PolicyObject,
    objects: &'a Objects,
    stateless: bool,
    to: &mut Importer<'_>,
) -> Vec<Placed<'a>> {
    let field =
        if stateless { "StatelessRuleGroupReferences" } else { "StatefulRuleGroupReferences" };
    let file = object.file;
    let mut placed = Vec::new();
    let mut used = HashSet::new();
    for reference in object.policy.get(field).map_or(&[][..], Item::items) {
        to.others(file, reference, field, &["ResourceArn", "Priority"]);
        let priority = to.number(file, reference, "Priority", 1..=65_535);
        let Some(arn) = reference.get("ResourceArn") else {
            to.lose((file, &reference.span), "bad-value", say::missing("ResourceArn", field));
            continue;
        };
        let found = objects.referred(arn, file, stateless);
        let group = match found {
            Some(index) => {
                used.insert(index);
                Source::Own(&objects.groups[index])
            }
            None => {
                let text = arn.text().map(str::to_owned).or_else(|| unknown(arn));
                let text = sets::known_arn(&text.unwrap_or_default(), (file, arn), to);
                let said = say::group_of_others(&text);
                let managed = text.contains(":aws-managed:");
                let said = if managed && !stateless {
                    crate::interop::report::form("group-of-others", said)
                } else {
                    loss("group-missing", said).help(say::GROUP_OF_OTHERS_HELP)
                };
                to.say((file, &arn.span), said);
                if stateless {
                    continue;
                }
                Source::Others(text)
            }
        };
        placed.push(Placed { priority, group });
    }
    for (index, group) in objects.groups.iter().enumerate() {
        if group.stateless == stateless && !used.contains(&index) {
            let said = say::unused_group(&group.name);
            to.lose((group.file, &group.span), "unused-group", said);
        }
    }
    placed
}

/// Priorities that are taken, and the next one for a group without.
struct Priorities {
    taken: HashSet<u32>,
    next: u32,
}

impl Priorities {
    fn new(placed: &[Placed<'_>]) -> Self {
        let last = placed.iter().filter_map(|placed| placed.priority).max().unwrap_or(0);
        let next = if last > 60_000 { 0 } else { last };
        Self { taken: HashSet::new(), next: next.div_ceil(STEP) * STEP }
    }

    /// The wanted priority if nobody has it, else another; says whether it is the wanted one.
    fn give(&mut self, wanted: Option<u32>) -> (u32, bool) {
        if let Some(priority) = wanted.filter(|priority| self.taken.insert(*priority)) {
            return (priority, true);
        }
        let steps = (self.next + STEP..=65_535).step_by(STEP as usize).chain(1..=65_535);
        let free = steps.into_iter().find(|priority| !self.taken.contains(priority));
        let free = free.unwrap_or(65_535);
        self.next = free.max(self.next);
        self.taken.insert(free);
        (free, false)
    }
}

fn add(
    draft: &mut Draft,
    source: Source<'_>,
    (priority, stateless): (Option<u32>, bool),
    names: &mut Titles,
    priorities: &mut Priorities,
    to: &mut Importer<'_>,
) {
    let (priority, kept) = priorities.give(priority);
    let object = match source {
        Source::Own(object) => object,
        Source::Others(arn) => {
            let last = arn.rsplit(['/', ':']).next().unwrap_or(&arn);
            let name = names.give(&[last, "group"]);
            let managed = Some(arn);
            draft.groups.push(DraftGroup { name, priority, managed, ..DraftGroup::default() });
            return;
        }
    };
    let at = (object.file, &object.span);
    let in_order = draft.rule_order == RuleOrder::Strict || stateless;
    let name = if stateless {
        let mut group = stateless::group(object, to);
        group.name = names.give(&[&group.name]);
        group.priority = priority;
        to.report.imported += group.rows.len();
        let name = group.name.clone();
        draft.stateless.push(group);
        name
    } else {
        let Taken { mut group, lists } = group(object, draft.rule_order, to);
        let wanted = group.name.clone();
        group.name = names.give(&[&wanted]);
        if group.name != wanted {
            to.note(at, "renamed", say::renamed(&wanted, &group.name));
        }
        group.priority = priority;
        to.report.rules += group.rows.iter().map(|row| row.rules).sum::<usize>();
        let name = group.name.clone();
        for (name, targets) in lists {
            let known = |name: &String| draft.domain_lists.iter().any(|(other, _)| other == name);
            let numbered = (2..).map(|number| format!("{name}-{number}"));
            let free = std::iter::once(name.clone()).chain(numbered).find(|name| !known(name));
            let free = free.unwrap_or_default();
            for row in &mut group.rows {
                match &mut row.body {
                    DraftBody::List(_, list, _) if *list == name => list.clone_from(&free),
                    DraftBody::List(..) | DraftBody::Hand(_) => {}
                }
            }
            draft.domain_lists.push((free, targets));
        }
        draft.groups.push(group);
        name
    };
    if !kept && in_order {
        to.note(at, "priority-given", say::priority_given(&name, priority));
    }
}
