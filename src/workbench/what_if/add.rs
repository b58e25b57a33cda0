use super::OfferKind;
use super::goal::{Candidate, Goal, match_row};
use super::widen::{name, protocol, url_for};
use crate::compile::groups_in_order;
use crate::net::{Action, Request, Scheme};
use crate::policy::{Edit, Endpoint, RuleDraft, RuleField, RulePlace, Target};
use crate::workbench::fresh_sid;

/// A new row for this client and this request, where it is asked in time.
pub(super) fn add(goal: &Goal<'_>) -> Vec<Candidate> {
    let mut ways = Vec::new();
    // Where a row for it exists, to have that one decide is smaller than a second.
    let second = if goal.would().next().is_some() { 3 } else { 0 };
    for (by_name, weight) in [(true, 4), (false, 5)] {
        let Some(asks) = asks(goal.request, by_name) else { continue };
        for at in places(goal) {
            let rule = draft(goal, at, &asks);
            ways.push(Candidate::new(
                Edit::InsertRule { at, rule },
                OfferKind::Add,
                weight + second,
            ));
        }
    }
    ways
}

/// What a row asks that asks for this request only, by the name it tells or by its address; `None` where it has none.
fn asks(request: &Request, by_name: bool) -> Option<Vec<(RuleField, String)>> {
    let to = |target: Target| (RuleField::To, target.to_string());
    if by_name && let Some(name) = name(request) {
        return Some(match url_for(request) {
            Some(url) => vec![to(Target::Url(url))],
            None => {
                let protocol = protocol(request.scheme).word().to_owned();
                vec![to(Target::Name(name)), (RuleField::Protocols, protocol)]
            }
        });
    }
    let named = name(request).is_some();
    let target = match request.dst {
        Some(dst) => Target::Net(dst.into()),
        // By the address of a name that is not known nothing small can be asked.
        None if named => return None,
        None => Target::Any,
    };
    if by_name == named {
        return None;
    }
    let transport = match request.scheme {
        Scheme::Https | Scheme::Http | Scheme::Tcp => "tcp",
        Scheme::Udp | Scheme::Dns | Scheme::Quic => "udp",
        Scheme::Icmp => return Some(vec![to(target), (RuleField::Protocols, "icmp".to_owned())]),
    };
    Some(vec![
        to(target),
        (RuleField::Protocols, transport.to_owned()),
        (RuleField::Ports, request.port.to_string()),
    ])
}

/// Where the new row may stand: in the group that is about this client, above what decides otherwise, first of all.
fn places(goal: &Goal<'_>) -> Vec<RulePlace> {
    let groups = &goal.policy.rule_groups;
    let open: Vec<usize> = groups_in_order(goal.policy)
        .into_iter()
        .filter(|group| groups[*group].managed.is_none())
        .collect();
    let mut places = Vec::new();
    if let Some(home) = home(goal, &open) {
        let end = RulePlace { group: home, rule: groups[home].rules.len() };
        match goal.usually {
            Some(against) if against.group == home => places.push(against),
            Some(against) => {
                let order = |group: usize| open.iter().position(|g| *g == group);
                places.extend((order(home) < order(against.group)).then_some(end));
            }
            None => places.push(end),
        }
    }
    places.extend(goal.usually);
    places.extend(goal.against.first());
    places.extend(open.first().map(|group| RulePlace { group: *group, rule: 0 }));
    let mut seen = Vec::new();
    places.retain(|place| {
        let new = !seen.contains(place);
        seen.push(*place);
        new
    });
    places
}

/// The group with the most rows for this client by name; else the last.
fn home(goal: &Goal<'_>, open: &[usize]) -> Option<usize> {
    let who = goal.who();
    let rows = |group: usize| {
        let rules = goal.policy.rule_groups[group].rules.len();
        let for_client = |rule: &usize| {
            let row = match_row(goal.policy, RulePlace { group, rule: *rule });
            row.is_some_and(|row| row.from.iter().any(|from| from.value == who))
        };
        (0..rules).filter(for_client).count()
    };
    // Of several the first: `max_by_key` gives the last.
    let best = open.iter().rev().copied().max_by_key(|group| rows(*group))?;
    if rows(best) > 0 && who != Endpoint::Any { Some(best) } else { open.last().copied() }
}

fn draft(goal: &Goal<'_>, at: RulePlace, asks: &[(RuleField, String)]) -> RuleDraft {
    let sid = fresh_sid(goal.policy, goal.compiled, at.group).map(|sid| sid.to_string());
    let mut fields = vec![(RuleField::Name, free_name(goal))];
    fields.extend(sid.map(|sid| (RuleField::Sid, sid)));
    fields.push((RuleField::Action, goal.wanted.action().word().to_owned()));
    fields.push((RuleField::From, goal.who().to_string()));
    fields.extend_from_slice(asks);
    RuleDraft { fields }
}

/// A name that says what the row is for, and that no other row has.
fn free_name(goal: &Goal<'_>) -> String {
    let verb = if goal.wanted.action() == Action::Pass { "allow" } else { "block" };
    let host: String = goal.request.host.chars().take(60).collect();
    let host = host.replace(['.', ':'], "-");
    let taken = |name: &String| {
        let mut rules = goal.policy.rule_groups.iter().flat_map(|group| &group.rules);
        rules.any(|rule| rule.name.value == *name)
    };
    let numbered = |number: usize| match number {
        1 => format!("{verb}-{host}"),
        _ => format!("{verb}-{host}-{number}"),
    };
    (1..).map(numbered).find(|name| !taken(name)).unwrap_or_default()
}
