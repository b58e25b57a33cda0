//! Why rows did or did not decide a request, in words.

/// What a row can ask.
pub mod part {
    /// Who asks.
    pub const SOURCE: &str = "source";
    /// Which server.
    pub const DESTINATION: &str = "destination";
    /// Which port.
    pub const PORT: &str = "port";
    /// Which protocol.
    pub const PROTOCOL: &str = "protocol";
    /// Which name.
    pub const NAME: &str = "name";
    /// Which path.
    pub const PATH: &str = "path";
    /// Direction, state, bits, options.
    pub const PACKET: &str = "packet";
}

/// A condition that is met.
pub const YES: &str = "yes";
/// One that misses.
pub const NO: &str = "no";
/// One of which it cannot be told.
pub const CANNOT_TELL: &str = "?";
/// A condition that a row does not have.
pub const NOT_ASKED: &str = "-";

/// A row in a table of several groups.
#[must_use]
pub fn row(group: &str, name: &str) -> String {
    format!("{group} / {name}")
}

/// Heads of the three lists.
pub mod list {
    /// The row that decided.
    pub const DECIDED: &str = "Decided it";
    /// Rows that match as well.
    pub const CAME_AFTER: &str = "Matched too, but came after";
    /// Rows that miss.
    pub const MISSED: &str = "Did not match";
    /// Both rule orders.
    pub const ORDERS: &str = "In either rule order";
    /// Client variants.
    pub const VARIANTS: &str = "The same request as other clients send it (≠: it ends otherwise)";

    /// Causes outside the policy.
    #[must_use]
    pub const fn elsewhere(blocked: bool) -> &'static str {
        if blocked {
            "It is blocked here already. If it passes one day, and is blocked all the same, look at"
        } else {
            "It passes here. If it is blocked all the same, look at"
        }
    }
}

/// In front of a client whose request ends otherwise than the usual one's.
pub const DIFFERS: &str = "≠";

/// One row in full: what it does, what it is called, what it was for the request.
#[must_use]
pub fn one_row(action: &str, rule: &str, note: &str) -> String {
    format!("{} {rule}: {note}", action.to_uppercase())
}

/// How many rows of a list are shown.
#[must_use]
pub fn of_many(head: &str, shown: usize, all: usize) -> String {
    if shown == all { head.to_owned() } else { format!("{head}: the closest {shown} of {all}") }
}

/// How to see the rest.
pub const MORE: &str = "`--all` shows every row, `--why RULE` one of them in full";

/// A server whose address nobody gave: somewhere that no rule speaks of.
pub const SOMEWHERE: &str = "an address elsewhere";

/// An address that is in none of the sets asked for.
#[must_use]
pub fn not_in(got: &str, wanted: &str) -> String {
    format!("{got} is not in {wanted}")
}

/// Addresses of which some are only modelled: what an IP set reference of AWS holds is not known.
#[must_use]
pub fn modelled(wanted: &str) -> String {
    format!("{wanted} (modelled)")
}

/// Another port.
#[must_use]
pub fn other_port(got: &str, wanted: &str) -> String {
    format!("it is for port {wanted}, not {got}")
}

/// Other names.
#[must_use]
pub fn other_name(wanted: &str) -> String {
    format!("it is for {wanted}")
}

/// Anything else.
#[must_use]
pub fn other(got: &str, wanted: &str) -> String {
    format!("it asks for {wanted}, not {got}")
}

/// Protocols of which any will do.
#[must_use]
pub fn one_of(protocols: &[String]) -> String {
    protocols.join(" or ")
}

/// What a row was for the request, as a sentence about it.
pub mod standing {
    /// It decided, on this packet.
    #[must_use]
    pub fn decided(at: &str) -> String {
        format!("decides, at {at}")
    }

    /// It matches on a packet on which, or before which, another rule had decided.
    #[must_use]
    pub fn came_after(at: &str, decided: Option<&str>) -> String {
        match decided {
            Some(before) if before != at => {
                format!("matches at {at}; it was decided before that, at {before}")
            }
            _ => format!("matches at {at}, but what stands above it decides"),
        }
    }

    /// An alert that writes its line.
    #[must_use]
    pub fn logged(at: &str) -> String {
        format!("writes a log line at {at}; alerts do not decide")
    }

    /// An alert that a pass, or a flow that is decided, keeps from writing its line.
    #[must_use]
    pub fn silenced(at: &str) -> String {
        format!("would write a log line at {at}, but it was decided before it is asked")
    }

    /// Switched off.
    pub const SWITCHED_OFF: &str = "is switched off";
    /// No rule comes of it.
    pub const NOTHING_COMPILED: &str = "compiles to no rule";
    /// No packet gets as far.
    pub const NOT_ASKED: &str = "is not asked: no packet gets as far";
    /// It hangs on what is not modelled.
    pub const CANNOT_TELL: &str = "cannot be told";
    /// Every condition is met, but never all on one packet.
    pub const NEVER_TOGETHER: &str = "what it asks for never comes together on one packet";
}

/// What the action that decided does to the rest of the connection.
#[must_use]
pub fn sticks(action: &str) -> String {
    match action {
        "pass" => {
            "the pass holds for the whole connection: later packets are not inspected, both ways"
        }
        "drop" => {
            "the drop holds for the whole connection: every later packet is dropped, both ways"
        }
        _ => "the reject holds for the whole connection: every later packet is dropped, both ways",
    }
    .to_owned()
}

/// The action held for single packets.
pub const PER_PACKET: &str = "the action holds packet by packet: every later one is asked again";

/// A request that every client sends alike.
pub const NO_VARIANTS: &str = "no other way of sending it is known here";

/// What is known from the first packet on.
#[must_use]
pub fn known_at_first(from: &str, to: &str, port: Option<u16>) -> String {
    match port {
        Some(port) => format!("{from} → {to} port {port}"),
        None => format!("{from} → {to}"),
    }
}

/// No rule of that name or number.
#[must_use]
pub fn no_such_rule(asked: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("no rule `{asked}`: did you mean `{meant}`?"),
        None => {
            format!("no rule `{asked}`: give its name, `group/name`, or its number in the list")
        }
    }
}

/// A name that several groups use.
#[must_use]
pub fn several_rules(asked: &str, places: &[String]) -> String {
    format!("`{asked}` names several rules: write one of {}", places.join(", "))
}
