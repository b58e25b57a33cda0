//! Why the rule that decided matches, in words: what stands behind the colon of a sentence.

/// An entry of a row that covers the name asked for; `list`: the list it stands in.
#[must_use]
pub fn name(entry: &str, list: Option<&str>, host: &str) -> String {
    let place = list.map(|list| format!(" of list `{list}`")).unwrap_or_default();
    if entry == host {
        return format!("it names {host}{place}");
    }
    format!("`{entry}`{place} covers {host}")
}

/// A row for an address or a network.
#[must_use]
pub fn address(entry: &str, dst: &str) -> String {
    if entry == dst { format!("it names {dst}") } else { format!("{dst} is in {entry}") }
}

/// A row for everything that its sources ask for; `ports`: on these ports only.
#[must_use]
pub fn anything(from: &str, ports: Option<&str>) -> String {
    match ports {
        Some(ports) => format!("it is for everything from {from} to port {ports}"),
        None => format!("it is for everything from {from}"),
    }
}

/// A rule that decides on a packet that comes before the name.
#[must_use]
pub fn before_the_name(why: Option<&str>) -> String {
    let known = "the name is not known yet, and it asks for addresses and ports only";
    why.map_or_else(|| known.to_owned(), |why| format!("{why}; the name is not known yet"))
}

/// A condition of a hand-written rule.
#[must_use]
pub fn condition(wanted: &str, got: &str) -> String {
    format!("it asks for {wanted}, and has {got}")
}

/// A default action drops what nothing passed.
#[must_use]
pub fn nothing_passed(name_known: bool) -> String {
    let nothing = "no rule passes it";
    if name_known {
        nothing.to_owned()
    } else {
        format!("{nothing} by then, and the name is not known yet")
    }
}
