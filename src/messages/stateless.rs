//! Stateless rules: what is wrong with them in a policy file.

use super::policy::{Said, said, short};

/// A custom action of AWS.
#[must_use]
pub fn no_metrics(field: &str) -> Said {
    said(
        format!("`{field}`: custom actions, which publish metrics, are not kept"),
        "take it out: it changes no verdict; add it in AWS",
    )
}

/// An action that stateless rules do not have.
#[must_use]
pub fn no_such_action(word: &str) -> Said {
    said(
        format!("stateless rules cannot {word}: they see single packets and write no log"),
        format!("write `forward`, and `{word}` in a stateful rule"),
    )
}

/// Neither `from` nor `to`.
#[must_use]
pub fn no_ends() -> Said {
    said("a stateless rule lacks both `from` and `to`: AWS wants one of them", "add `from: any`")
}

/// `any` in a list with others.
#[must_use]
pub fn any_beside_others(field: &str) -> Said {
    said(
        format!("`any` in `{field}` makes its other entries meaningless"),
        format!("write `{field}: any`, or take `any` out"),
    )
}

/// A host name where only addresses are seen.
#[must_use]
pub fn no_names(text: &str) -> Said {
    said(
        format!("stateless rules see addresses and no names: `{}`", short(text)),
        "write addresses, networks, names from `sources`, or `any`",
    )
}

/// A source that does not exist and looks like a host name.
#[must_use]
pub fn no_such_source(text: &str) -> Said {
    said(
        format!("there is no source `{}`, and stateless rules see no host names", short(text)),
        "write addresses, networks, names from `sources`, or `any`",
    )
}

/// Not a protocol.
#[must_use]
pub fn bad_protocol(text: &str) -> Said {
    said(
        format!("`{}` is no protocol that a stateless rule can ask for", short(text)),
        "write `tcp`, `udp`, `icmp` (1), `icmpv6` (58), or a number from 0 to 255",
    )
}

/// Not a port.
#[must_use]
pub fn bad_port(text: &str) -> Said {
    said(
        format!("`{}` is not a port", short(text)),
        "write a number from 0 to 65535, or a range like `1024-65535`",
    )
}

/// Ports without TCP or UDP.
#[must_use]
pub fn ports_need(field: &str) -> Said {
    said(
        format!("`{field}` of a stateless rule is only asked of TCP and UDP"),
        "write `protocols: [tcp]`, `[udp]` or `[tcp, udp]`",
    )
}

/// Flags without TCP.
#[must_use]
pub fn flags_need_tcp() -> Said {
    said("`tcp_flags` are only asked of TCP", "write `protocols: [tcp]`")
}

/// Flags that are not looked at.
#[must_use]
pub fn flags_outside_masks(flags: &str) -> Said {
    said(
        format!("`flags` wants what `masks` does not look at: {flags}"),
        format!("add {flags} to `masks`, or take it out of `flags`"),
    )
}

/// Two rows of a group with one priority.
#[must_use]
pub fn same_priority(priority: u32, other: &str) -> Said {
    said(
        format!("priority {priority} is taken by the rule `{}` of this group", short(other)),
        "give every rule its own number, or leave all priorities out: the rows' order counts then",
    )
}

/// Some rows of a group have a priority, this one has none.
#[must_use]
pub fn some_priorities(rule: &str) -> Said {
    said(
        format!("the rule `{}` has no priority, others of its group have one", short(rule)),
        "give every rule its own number, or leave all priorities out: the rows' order counts then",
    )
}

/// Stateless rules that are read but not evaluated yet.
#[must_use]
pub fn not_evaluated_yet() -> Said {
    said(
        "stateless rules are not evaluated yet: everything must be forwarded to the stateful rules",
        "write `stateless: {default_action: forward, rule_groups: []}`, or leave it out",
    )
}
