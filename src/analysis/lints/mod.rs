//! What operators of the real firewall trip over, one file for each: what it is, when it is said, what would mend it.
//!
//! A lint says what can be seen in the policy, or what a request shows that was tried; where it cannot tell, it says nothing.
//! Its page, in both languages, is in `messages::lints`, under the same name. A new one: a file, a line in [`LINTS`], a page,
//! and two policies in `tests/lints/`.

mod action_order;
mod by_hand;
mod case_sensitive_name;
mod default_drop_not_logged;
mod dns_to_anyone;
mod dotprefix;
mod drops_server_packets;
mod exact_name_only;
mod expired_rule;
mod lookalike_name;
mod name_aws_refuses;
mod no_default_drop;
mod no_priority_gap;
mod outside_home_net;
mod pass_above_managed;
mod pass_not_logged;
mod port_open_to_anything;
mod split_hello_dropped;
mod stream_exceptions;
mod too_big_for_cloudformation;
mod too_many_rule_groups;
mod udp_forgotten;
mod under;
mod whole_top_level;

use std::sync::atomic::{AtomicBool, Ordering};

use under::Under;

use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;
use crate::eval::Evaluator;
use crate::messages::lints as say;
use crate::policy::{Edit, Policy};

/// Something that may not be as meant, and an edit that mends it, where one is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, where, what to do.
    pub diagnostic: Diagnostic,
    /// What would mend it; the finding is gone then.
    pub fix: Option<Edit>,
}

/// A lint: the code that its findings have, and how they are found.
type Lint = (&'static str, fn(&Under<'_>) -> Vec<Finding>);

/// Every lint, those first that let traffic through or stop it altogether.
const LINTS: [Lint; 21] = [
    ("no-default-drop", no_default_drop::find),
    ("action-order", action_order::find),
    ("outside-home-net", outside_home_net::find),
    ("split-hello-dropped", split_hello_dropped::find),
    ("lookalike-name", lookalike_name::find),
    ("case-sensitive-name", case_sensitive_name::find),
    ("whole-top-level", whole_top_level::find),
    ("dns-to-anyone", dns_to_anyone::find),
    ("port-open-to-anything", port_open_to_anything::find),
    ("pass-above-managed", pass_above_managed::find),
    ("default-drop-not-logged", default_drop_not_logged::find),
    ("drops-server-packets", drops_server_packets::find),
    ("stream-exceptions", stream_exceptions::find),
    ("udp-forgotten", udp_forgotten::find),
    ("exact-name-only", exact_name_only::find),
    ("expired-rule", expired_rule::find),
    ("pass-not-logged", pass_not_logged::find),
    ("too-many-rule-groups", too_many_rule_groups::find),
    ("no-priority-gap", no_priority_gap::find),
    ("too-big-for-cloudformation", too_big_for_cloudformation::find),
    ("name-aws-refuses", name_aws_refuses::find),
];

/// Findings of one lint that are told one by one; the rest is counted.
const SHOWN: usize = 20;

/// Looks for everything that operators trip over, until `stop` is set; `today` as policies write days, `2027-03-31`.
#[must_use]
pub fn lint(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    today: &str,
    stop: &AtomicBool,
) -> Vec<Finding> {
    let under = Under::new(policy, compiled, evaluator, today, stop);
    let mut found = Vec::new();
    for (code, find) in LINTS {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let is_accepted = |finding: &Finding| under.accepts.entry(&finding.diagnostic).is_some();
        let (accepted, mut of_this): (Vec<_>, Vec<_>) =
            find(&under).into_iter().partition(is_accepted);
        found.extend(accepted);
        let left = of_this.len().saturating_sub(SHOWN);
        of_this.truncate(SHOWN);
        if left > 0 {
            of_this.push(Diagnostic::note(code, None, say::more(code, left)).into());
        }
        found.append(&mut of_this);
    }
    found
}

/// The codes of the lints.
pub fn lint_codes() -> impl Iterator<Item = &'static str> {
    LINTS.iter().map(|(code, _)| *code)
}

/// What would mend a problem that compiling the policy tells, where that is certain.
#[must_use]
pub fn fix(policy: &Policy, problem: &Diagnostic) -> Option<Edit> {
    dotprefix::fix(policy, problem)
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, fix: None }
    }
}

impl Finding {
    /// The same with an edit that mends it.
    fn mended_by(self, fix: impl Into<Option<Edit>>) -> Self {
        Self { fix: fix.into(), ..self }
    }
}
