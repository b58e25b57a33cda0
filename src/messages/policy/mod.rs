//! What is wrong with a policy file, and what to do: two sentences for each problem.

mod fields;
mod groups;
mod names;
mod stateless;
mod targets;
mod words;

pub use fields::{
    control_in, empty, empty_file, empty_list, expected_fields, expected_list, expected_named,
    expected_text, missing_field, missing_version, more_problems, no_reason, not_a_boolean,
    not_a_date, not_a_policy, not_a_text, protocol_twice, several_lines, twice, unknown_field,
    unknown_version, unknown_word,
};
pub use groups::{
    default_in_action_order, default_twice, list_as_written, managed_with_own, mixed_defaults,
    no_rules_here, no_such_place, not_as_meant, refused, rule_is_named, text_lost, two_drops,
    two_kinds,
};
pub use names::{
    ambiguous_decider, bad_name, bad_priority, bad_sid, bad_variable, blank_around,
    circular_source, duplicate_name, duplicate_priority, empty_source, except_without_cidrs,
    long_name, not_an_arn, own_variable, reserved_name, unknown_decider, unknown_list,
    unknown_source,
};
pub use stateless::{
    any_beside_others, bad_protocol, bad_stateless_port, flags_need_tcp, flags_outside_masks,
    no_ends, no_metrics, no_names, no_such_action, no_such_source, ports_need, same_priority,
    some_priorities,
};
pub use targets::{
    address_over_https, any_host, bad_path, bad_port, bad_regex, host_bits, inner_star,
    inverted_range, name_against_protocol, negation, not_a_domain, not_an_address, path_over_https,
    path_without_scheme, port_in_name, ports_on, ports_without_protocol, url_against_ports,
    url_against_protocol, url_scheme,
};
pub use words::Said;
pub(super) use words::{said, short};
