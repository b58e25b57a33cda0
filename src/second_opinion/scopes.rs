//! Stock Suricata has one set of variables for all rules, AWS one for each rule group: each scope gets names of its own.

use std::borrow::Cow;

use crate::suricata::{Header, Rule};

/// The engine's name of a scope's variable. Names of variables begin with a letter, so none is met twice.
pub(super) fn name_in_scope(name: &str, scope: usize) -> String {
    if scope == 0 { name.to_owned() } else { format!("{scope}_{name}") }
}

/// The engine's name of a reference that is modelled: to stock Suricata it is a variable too.
pub(super) fn reference_in_scope(name: &str, scope: usize) -> String {
    format!("{scope}r_{name}")
}

/// A field or the value of a variable with the engine's names of the variables in it.
pub(super) fn in_scope(text: &str, scope: usize) -> Cow<'_, str> {
    if scope == 0 {
        return text.into();
    }
    text.replace('$', &format!("${scope}_")).replace('@', &format!("${scope}r_")).into()
}

/// The rule's header with the engine's names; `None` where it can stand as it is written.
pub(super) fn header_in_scope(rule: &Rule) -> Option<Header> {
    let header = &rule.header;
    let field = |text: &str| in_scope(text, rule.scope).into_owned();
    (rule.scope > 0).then(|| Header {
        source: field(&header.source),
        source_ports: field(&header.source_ports),
        destination: field(&header.destination),
        destination_ports: field(&header.destination_ports),
        ..header.clone()
    })
}
