//! What a form holds in a field of a thing, read as the file would be.

use super::entries::{Given, Means, all, split};
use super::fields::{Change, Shape};
use crate::messages::policy as say;
use crate::net::{FlagTest, RuleOrder, StatelessAction, StreamPolicy, TCP_FLAGS};
use crate::policy::fault::{Fault, fault};
use crate::policy::read::{stateless_action, stateless_end, verdict};
use crate::policy::thing::{flag_text, ranges};
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{
    accepted, boolean, closest, default_action, domain, free, ip_protocol, name, net, port_range,
    priority, rule_order, stream_policy, title,
};
use crate::policy::{Endpoint, Field, FieldKind, Thing};

/// Reads what a form holds for `field`; `None`: the field is to be left out.
pub fn given(thing: &Thing, field: Field, text: &str) -> Result<Option<Given>, Fault> {
    let Some(kind) = thing.kind_of(field) else { return Ok(None) };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let word = field.word();
    let one = |read: Result<(), Fault>| read.map(|()| Given::one(text));
    let what = if matches!(thing, Thing::List(_)) { "domain list" } else { "source" };
    match kind {
        FieldKind::Key => one(name(what, text)),
        FieldKind::Title => one(title(word, text)),
        FieldKind::Variable | FieldKind::Line | FieldKind::Arn | FieldKind::Decider => {
            one(free(word, text, false))
        }
        FieldKind::Note => one(free(word, text, true)),
        FieldKind::RuleOrder => Ok(Given::one(rule_order(text)?.word())),
        FieldKind::StreamPolicy => Ok(Given::one(stream_policy(text)?.word())),
        FieldKind::Verdict => Ok(Given::one(verdict(text)?.word())),
        FieldKind::StatelessAction => Ok(Given::one(stateless_action(text)?.word())),
        FieldKind::Priority => Ok(Given::one(&priority(text)?.to_string())),
        FieldKind::Enabled => Ok(if boolean(word, text)? { None } else { Given::one("false") }),
        FieldKind::DefaultActions
        | FieldKind::Nets
        | FieldKind::Sources
        | FieldKind::Domains
        | FieldKind::Addresses
        | FieldKind::PortEntries
        | FieldKind::Ends
        | FieldKind::IpProtocols
        | FieldKind::PortRanges
        | FieldKind::TcpFlags
        | FieldKind::Accept => entries(kind, word, text),
    }
}

fn entries(kind: FieldKind, word: &str, text: &str) -> Result<Option<Given>, Fault> {
    let entries = split(text);
    let meant = all(&entries, |entry| entry_means(kind, word, entry))?;
    Ok(if entries.is_empty() { None } else { Given::list(&entries, &meant) })
}

/// What one entry of a list means, however it is written.
fn entry_means(kind: FieldKind, word: &str, text: &str) -> Result<String, Fault> {
    Ok(match kind {
        FieldKind::DefaultActions => default_action(text)?.word().to_owned(),
        FieldKind::Nets => Endpoint::Net(net(text)?).to_string(),
        FieldKind::Sources => {
            name("source", text)?;
            text.to_owned()
        }
        FieldKind::Domains => domain(text)?.to_string(),
        FieldKind::Ends => stateless_end(text)?.to_string(),
        FieldKind::IpProtocols => crate::net::protocol_word(ip_protocol(text)?),
        FieldKind::PortRanges => ranges(&[port_range(text)?]),
        FieldKind::TcpFlags => flag_text(flag_test(text)?),
        FieldKind::Accept => accepted(text)?.to_string(),
        FieldKind::PortEntries => {
            free(word, text, false)?;
            crate::policy::read::port_entry(text)
        }
        _ => {
            free(word, text, false)?;
            text.to_owned()
        }
    })
}

/// Reads a test of TCP flags as [`flag_text`] writes it.
fn flag_test(text: &str) -> Result<FlagTest, Fault> {
    let bits = |text: &str| -> Result<u8, Fault> {
        let names = text.split('+').map(str::trim).filter(|name| *name != "none");
        names.map(flag_bit).try_fold(0, |bits, bit| Ok(bits | bit?))
    };
    Ok(match text.split_once('/') {
        Some((flags, masks)) => FlagTest { flags: bits(flags)?, masks: bits(masks)? },
        None => FlagTest { flags: bits(text)?, masks: u8::MAX },
    })
}

fn flag_bit(text: &str) -> Result<u8, Fault> {
    let found = TCP_FLAGS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, bit)| *bit).ok_or_else(|| {
        let names = TCP_FLAGS.map(|(name, _)| name);
        let meant = closest(text, names.into_iter());
        fault("unknown-word", say::unknown_word("TCP flag", text, &names, meant))
    })
}

/// A test of TCP flags as a file writes it; what a form holds is read before it gets here.
pub fn written_flags(text: &str) -> String {
    let Ok(test) = flag_test(text) else { return text.to_owned() };
    let flags = crate::net::flag_names(test.flags);
    match test.masks {
        u8::MAX => format!("{{flags: [{flags}]}}"),
        masks => format!("{{flags: [{flags}], masks: [{}]}}", crate::net::flag_names(masks)),
    }
}

/// A test of TCP flags in the file, as a form has it; nothing where it is something else.
pub fn flags_in_form(node: &Node, source: &str) -> Option<String> {
    let names = |node: &Node| match &node.kind {
        Kind::List { items, .. } if items.is_empty() => Some("none".to_owned()),
        Kind::List { items, .. } => {
            let names: Option<Vec<&str>> = items.iter().map(|item| item.text(source)).collect();
            Some(names?.join("+"))
        }
        _ => node.text(source).map(str::to_owned),
    };
    let flags = names(node.field(source, "flags")?)?;
    match node.field(source, "masks") {
        Some(masks) => Some(format!("{flags}/{}", names(masks)?)),
        None => Some(flags),
    }
}

/// What it means that a field is not written.
pub const fn unwritten(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::RuleOrder => RuleOrder::Strict.word(),
        FieldKind::StreamPolicy => StreamPolicy::Drop.word(),
        FieldKind::StatelessAction => StatelessAction::Forward.word(),
        FieldKind::Ends => "any",
        FieldKind::Key
        | FieldKind::Variable
        | FieldKind::Title
        | FieldKind::Line
        | FieldKind::Note
        | FieldKind::DefaultActions
        | FieldKind::Nets
        | FieldKind::Sources
        | FieldKind::Domains
        | FieldKind::Addresses
        | FieldKind::PortEntries
        | FieldKind::Arn
        | FieldKind::Priority
        | FieldKind::IpProtocols
        | FieldKind::PortRanges
        | FieldKind::TcpFlags
        | FieldKind::Enabled
        | FieldKind::Verdict
        | FieldKind::Decider
        | FieldKind::Accept => "",
    }
}

/// What a form's text means, as it is compared; a text that is refused never gets this far.
pub fn meant(thing: &Thing, field: Field, text: &str) -> Option<String> {
    let kind = thing.kind_of(field)?;
    let given = given(thing, field, text).ok()?;
    Some(given.map_or_else(|| unwritten(kind).to_owned(), |given| given.meant))
}

impl Change {
    /// A change of a field of a thing.
    pub fn of_thing(field: Field, kind: FieldKind, value: Option<Given>) -> Self {
        let shape = match kind {
            FieldKind::Key
            | FieldKind::Variable
            | FieldKind::Title
            | FieldKind::Line
            | FieldKind::Note
            | FieldKind::RuleOrder
            | FieldKind::StreamPolicy
            | FieldKind::Arn
            | FieldKind::StatelessAction
            | FieldKind::Verdict
            | FieldKind::Decider => Shape::Text,
            FieldKind::Priority | FieldKind::Enabled => Shape::Bare,
            FieldKind::DefaultActions | FieldKind::Accept => Shape::List,
            FieldKind::Nets | FieldKind::Sources | FieldKind::Domains | FieldKind::Ends => {
                Shape::OneOrMore
            }
            FieldKind::Addresses | FieldKind::PortEntries => Shape::Entries,
            FieldKind::IpProtocols | FieldKind::PortRanges => Shape::Ports,
            FieldKind::TcpFlags => Shape::Flags,
        };
        Self { key: field.word(), other: None, shape, means: means(kind), value }
    }
}

/// What an entry of a field means, as it is compared; `None` where it cannot be read.
const fn means(kind: FieldKind) -> Means {
    match kind {
        FieldKind::DefaultActions => |text| entry_means(FieldKind::DefaultActions, "", text).ok(),
        FieldKind::Accept => |text| entry_means(FieldKind::Accept, "", text).ok(),
        FieldKind::Nets => |text| entry_means(FieldKind::Nets, "", text).ok(),
        FieldKind::Domains => |text| entry_means(FieldKind::Domains, "", text).ok(),
        FieldKind::Ends => |text| entry_means(FieldKind::Ends, "", text).ok(),
        FieldKind::IpProtocols => |text| entry_means(FieldKind::IpProtocols, "", text).ok(),
        FieldKind::PortRanges => |text| entry_means(FieldKind::PortRanges, "", text).ok(),
        FieldKind::PortEntries => |text| Some(crate::policy::read::port_entry(text)),
        FieldKind::TcpFlags => |text| entry_means(FieldKind::TcpFlags, "", text).ok(),
        _ => |text| Some(text.to_owned()),
    }
}
