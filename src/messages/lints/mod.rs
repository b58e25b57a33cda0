//! One page for each finding: what it is, why it matters, an example, what to do, where it is from; and the words of the lints.

pub mod accepts_nothing;
pub mod action_order;
pub mod alert_too_late;
pub mod case_sensitive_name;
pub mod correlated_rules;
pub mod default_drop_not_logged;
pub mod dns_to_anyone;
pub mod dotprefix_without_dot;
pub mod drops_server_packets;
pub mod exact_name_only;
pub mod expired_rule;
pub mod external_net_of_policy;
pub mod generalised_rule;
pub mod lookalike_name;
pub mod name_aws_refuses;
pub mod no_default_drop;
pub mod no_name_no_match;
pub mod no_priority_gap;
pub mod order_not_kept;
pub mod order_not_known;
pub mod outside_home_net;
mod page;
pub mod pass_above_managed;
pub mod pass_not_logged;
pub mod port_open_to_anything;
pub mod quic_not_asked;
pub mod redundant_rule;
pub mod refused_by_aws;
pub mod rule_too_long;
pub mod shadowed_by_rule;
pub mod sid_clash;
pub mod sid_reserved;
pub mod split_hello_dropped;
pub mod stateless_broad_pass;
pub mod stateless_one_way;
pub mod stream_exceptions;
pub mod too_big_for_cloudformation;
pub mod too_many_rule_groups;
pub mod udp_forgotten;
pub mod unreachable_rule;
pub mod waits_for_names;
pub mod whole_top_level;

pub use page::Page;

use super::Text;

/// Every page, by code.
pub const PAGES: [&Page; 41] = [
    &accepts_nothing::PAGE,
    &action_order::PAGE,
    &alert_too_late::PAGE,
    &case_sensitive_name::PAGE,
    &correlated_rules::PAGE,
    &default_drop_not_logged::PAGE,
    &dns_to_anyone::PAGE,
    &dotprefix_without_dot::PAGE,
    &drops_server_packets::PAGE,
    &exact_name_only::PAGE,
    &expired_rule::PAGE,
    &external_net_of_policy::PAGE,
    &generalised_rule::PAGE,
    &lookalike_name::PAGE,
    &name_aws_refuses::PAGE,
    &no_default_drop::PAGE,
    &no_name_no_match::PAGE,
    &no_priority_gap::PAGE,
    &order_not_kept::PAGE,
    &order_not_known::PAGE,
    &outside_home_net::PAGE,
    &pass_above_managed::PAGE,
    &pass_not_logged::PAGE,
    &port_open_to_anything::PAGE,
    &quic_not_asked::PAGE,
    &redundant_rule::PAGE,
    &refused_by_aws::PAGE,
    &rule_too_long::PAGE,
    &shadowed_by_rule::PAGE,
    &sid_clash::PAGE,
    &sid_reserved::PAGE,
    &split_hello_dropped::PAGE,
    &stateless_broad_pass::PAGE,
    &stateless_one_way::PAGE,
    &stream_exceptions::PAGE,
    &too_big_for_cloudformation::PAGE,
    &too_many_rule_groups::PAGE,
    &udp_forgotten::PAGE,
    &unreachable_rule::PAGE,
    &waits_for_names::PAGE,
    &whole_top_level::PAGE,
];

/// The page about findings with this code.
#[must_use]
pub fn page(code: &str) -> Option<&'static Page> {
    PAGES.into_iter().find(|page| page.code == code)
}

/// Findings of one kind that are not told one by one.
#[must_use]
pub fn more(code: &str, number: usize) -> Text {
    (
        format!("{number} more findings of `{code}`"),
        format!("`{code}` の指摘がほかに {number} 件あります"),
    )
        .into()
}
