use super::answer::{Answer, answer};
use crate::compile::compile;
use crate::eval::Evaluator;
use crate::net::{Request, RuleOrder};
use crate::policy::Policy;

/// The same request under both rule orders, the policy's own first.
#[derive(Debug, Clone, PartialEq)]
pub struct BothOrders {
    /// What the policy's own order gives.
    pub own: (RuleOrder, Answer),
    /// What the other would give.
    pub other: (RuleOrder, Answer),
}

/// Asks `request` of the policy as it is and of the same rows under the other rule order.
///
/// Default actions exist in strict order only: under action order what no rule matches passes.
#[must_use]
pub fn both_orders(policy: &Policy, request: &Request) -> BothOrders {
    let turned = match policy.rule_order {
        RuleOrder::Strict => {
            Policy { rule_order: RuleOrder::Action, default_actions: Vec::new(), ..policy.clone() }
        }
        RuleOrder::Action => Policy { rule_order: RuleOrder::Strict, ..policy.clone() },
    };
    let ask = |policy: &Policy| {
        let compiled = compile(policy);
        let evaluator = Evaluator::new(&compiled.ruleset);
        (policy.rule_order, answer(policy, &compiled, &evaluator, request))
    };
    BothOrders { own: ask(policy), other: ask(&turned) }
}
