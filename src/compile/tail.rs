//! What stands around the rows: bits at the top, the tail before the default action.

use std::collections::HashSet;
use std::sync::Arc;

use super::Origin;
use super::forms::{Form, HEADERS, HELLO, NAMED, TO_CLIENT, TO_SERVER, TO_SERVER_ESTABLISHED};
use super::kept::Asked;
use super::limits::last_group;
use super::meets::{Waiting, waits};
use super::output::Output;
use super::questions::{Side, addresses};
use super::rows::{Context, Step};
use super::sids;
use crate::net::{Action, IpSet, PortSet};
use crate::policy::{DefaultAction, Policy};

/// The longest list of sources or ports that the tail writes; above that it asks for any.
const LONGEST_LIST: usize = 4_000;

/// B: marks the connections in which TLS or HTTP was recognised, where some row waits.
pub(super) fn add_preamble(steps: &[Step<'_>], waits: &[Vec<Waiting>], out: &mut Output<'_>) {
    let in_blocks = |step: &Step<'_>| matches!(step, Step::Same(_, block) if block.waits);
    if !steps.iter().any(in_blocks) && !waits.iter().flatten().any(|waits| waits.is_yes()) {
        return;
    }
    for (sid, protocol) in (sids::PREAMBLE..).zip(["tls", "http"]) {
        let conditions = format!("{TO_SERVER}flowbits:set,{NAMED}; noalert; ");
        let any = ("any", "any");
        let form = Form::between(Action::Alert, protocol, any, any, conditions);
        let text = form.text(&format!("sekisho: {protocol} recognised"), sid);
        out.add(Origin::Preamble, &text, None);
    }
}

/// For whom the tail waits: the sources and ports of rows that pass or reject by name, and of rejects that wait.
struct Named {
    from: String,
    ports: String,
}

/// T1 to T6: what the default action would do, said so that it waits for names.
pub(super) fn add_tail(
    policy: &Policy,
    order: &[usize],
    context: Context,
    steps: &[Step<'_>],
    waits: &[Vec<Waiting>],
    out: &mut Output<'_>,
) {
    use DefaultAction as D;
    let Some(default) = context.default else { return };
    let compiled = steps.iter().any(|step| match step {
        Step::Same(_, block) => block.words,
        Step::Row(..) | Step::Managed(_) => step.asks().is_some(),
    });
    let named = named(policy, order, steps, waits);
    let app_layer =
        matches!(default, D::DropEstablishedAppLayer | D::DropEstablishedAppLayerToServer);
    // What is said for a policy without any row would be said about hand-written rules only: they stay as they are.
    if !compiled || (named.is_none() && !app_layer) {
        return;
    }
    let logged = policy.default_actions.contains(&default.twin());
    let silent = if logged { "" } else { "noalert; " };
    let (from, ports) = match &named {
        Some(named) => (named.from.as_str(), named.ports.as_str()),
        None => ("any", "any"),
    };
    let (client, server) = ((from, "any"), ("any", ports));
    let mut add = |number: u32, what: &str, form: Form<'_>| {
        let text = form.text(&format!("sekisho: {what}"), sids::TAIL + number);
        out.add(Origin::Tail, &text, None);
    };
    if !app_layer {
        let conditions = format!("{HELLO}{TO_SERVER}{silent}");
        add(
            1,
            "default action, by name",
            Form::between(Action::Drop, "tls", client, server, conditions),
        );
    }
    let conditions = format!("{HEADERS}{TO_SERVER}{silent}");
    let (http_client, http_server) =
        if app_layer { (("any", "any"), ("any", "any")) } else { (client, server) };
    let http = Form::between(Action::Drop, "http", http_client, http_server, conditions);
    add(2, "default action, by name", http);
    if named.is_none() {
        return;
    }
    if !app_layer {
        for (number, protocol) in [(3, "tls"), (4, "http")] {
            let pass = Form::between(Action::Pass, protocol, client, server, TO_SERVER_ESTABLISHED);
            add(number, "waits for the name", pass);
        }
    }
    let there = format!("{TO_SERVER}dsize:0; ");
    add(5, "handshake", Form::between(Action::Pass, "tcp", client, server, there));
    if matches!(default, D::DropStrict | D::DropEstablishedAppLayer) {
        let back = format!("{TO_CLIENT}dsize:0; ");
        add(6, "handshake", Form::between(Action::Pass, "tcp", server, client, back));
    }
}

fn named(
    policy: &Policy,
    order: &[usize],
    steps: &[Step<'_>],
    waiting: &[Vec<Waiting>],
) -> Option<Named> {
    let mut from = IpSet::empty();
    let mut ports = PortSet::default();
    let mut found = false;
    let mut seen: HashSet<*const Side> = HashSet::new();
    for (step, waiting) in steps.iter().zip(waiting) {
        if let Step::Same(_, block) = step
            && let Some((clients, servers)) = &block.awaited
        {
            found = true;
            if !from.covers(clients) {
                from = from.union(clients);
            }
            ports = ports.union(servers);
        }
        let Some(row) = step.asks() else { continue };
        let questions = row.questions.iter().enumerate();
        let counted = questions.filter(|(at, q)| counts(row.action, q, waits(waiting, *at)));
        let mut counted = counted.peekable();
        if counted.peek().is_some()
            && seen.insert(Arc::as_ptr(&row.from))
            && !from.covers(&row.from.set)
        {
            from = from.union(&row.from.set);
        }
        for (_, question) in counted {
            found = true;
            if !ports.is_any() {
                ports = ports.union(question.reach.ports());
            }
        }
    }
    if !found {
        return None;
    }
    let home: IpSet = policy.home_net.iter().copied().collect();
    // In the group that it is deployed in, `$HOME_NET` may mean something else.
    let own = last_group(policy, order).is_some_and(|g| policy.rule_groups[g].home_net.is_some());
    let short = |text: String| if text.len() > LONGEST_LIST { "any".to_owned() } else { text };
    let from = if from == home && !own { "$HOME_NET".to_owned() } else { short(addresses(&from)) };
    Some(Named { from, ports: short(super::questions::port_list(&ports)) })
}

/// Whether the tail waits for a question of a row.
pub(super) const fn counts(action: Action, question: &Asked, waits: bool) -> bool {
    match action {
        Action::Pass => question.named,
        Action::Reject => question.named || waits,
        Action::Drop | Action::Alert => false,
    }
}
