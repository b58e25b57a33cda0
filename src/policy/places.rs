use super::{At, Policy, RuleGroup, Stateless, Variables};
use crate::diagnostic::Place;

/// Shows every place that a policy keeps of its text, but for those of its rows, which keep their own.
pub fn each_place(policy: &mut Policy, see: &mut dyn FnMut(&mut Place)) {
    for source in &mut policy.sources {
        see(&mut source.name.place);
        each(&mut source.of, see);
    }
    for list in &mut policy.domain_lists {
        see(&mut list.name.place);
        each(&mut list.names, see);
    }
    of_variables(&mut policy.variables, see);
    policy.rule_groups.iter_mut().for_each(|group| of_group(group, see));
    of_stateless(&mut policy.stateless, see);
    for case in &mut policy.cases {
        see(&mut case.name.place);
        see(&mut case.place);
    }
    each(&mut policy.accept, see);
}

fn each<T>(values: &mut [At<T>], see: &mut dyn FnMut(&mut Place)) {
    values.iter_mut().for_each(|value| see(&mut value.place));
}

fn of_variables(variables: &mut Variables, see: &mut dyn FnMut(&mut Place)) {
    let Variables { ip_sets, port_sets } = variables;
    ip_sets.values_mut().chain(port_sets.values_mut()).for_each(|set| see(&mut set.place));
}

fn of_group(group: &mut RuleGroup, see: &mut dyn FnMut(&mut Place)) {
    see(&mut group.name.place);
    see(&mut group.priority.place);
    group.home_net.iter_mut().chain(&mut group.external_net).for_each(|net| see(&mut net.place));
    of_variables(&mut group.variables, see);
    group.references.values_mut().for_each(|reference| see(&mut reference.place));
    each(&mut group.accept, see);
}

fn of_stateless(stateless: &mut Stateless, see: &mut dyn FnMut(&mut Place)) {
    for group in &mut stateless.rule_groups {
        see(&mut group.name.place);
        see(&mut group.priority.place);
        for row in &mut group.rules {
            see(&mut row.name.place);
            row.priority.iter_mut().for_each(|priority| see(&mut priority.place));
            each(&mut row.from, see);
            each(&mut row.to, see);
            see(&mut row.place);
        }
    }
}
