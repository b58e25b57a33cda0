use super::answer::{Answer, answer};
use crate::analysis::evaluator;
use crate::compile::compile;
use crate::net::RuleOrder;
use crate::policy::Policy;

/// The same request under both rule orders, the policy's own first.
#[derive(Debug, Clone, PartialEq)]
pub struct BothOrders {
    /// What the policy's own order gives.
    pub own: (RuleOrder, Answer),
    /// What the other would give.
    pub other: (RuleOrder, Answer),
}

/// The `answer` of the policy as it is, and what the same rows would give under the other rule order.
///
/// Default actions exist in strict order only: under action order what no rule matches passes.
#[must_use]
pub fn both_orders(policy: &Policy, own: &Answer) -> BothOrders {
    let turned = match policy.rule_order {
        RuleOrder::Strict => {
            Policy { rule_order: RuleOrder::Action, default_actions: Vec::new(), ..policy.clone() }
        }
        RuleOrder::Action => Policy { rule_order: RuleOrder::Strict, ..policy.clone() },
    };
    let compiled = compile(&turned);
    let evaluator = evaluator(&compiled);
    let other = answer(&turned, &compiled, &evaluator, &own.request);
    BothOrders { own: (policy.rule_order, own.clone()), other: (turned.rule_order, other) }
}
