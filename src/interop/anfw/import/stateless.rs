//! A stateless group of AWS as one of a policy.

use super::importer::Importer;
use super::objects::GroupObject;
use crate::interop::anfw::stateless as aws;
use crate::interop::draft::{DraftStatelessGroup, DraftStatelessRow, title};
use crate::messages::import as say;
use crate::messages::{Text, policy as words};
use crate::net::{FlagTest, ParseAddressError, StatelessAction, TCP_FLAGS, parse_cidr};
use crate::policy::Item;

/// What a match asks.
///
/// Source: AWS Network Firewall API reference, `MatchAttributes`.
const ASKS: [&str; 6] =
    ["Sources", "Destinations", "SourcePorts", "DestinationPorts", "Protocols", "TCPFlags"];

/// Takes over a stateless group.
pub fn group(object: &GroupObject, to: &mut Importer<'_>) -> DraftStatelessGroup {
    let file = object.file;
    let mut group = DraftStatelessGroup {
        name: object.name.clone(),
        note: object.description.as_deref().and_then(title),
        ..DraftStatelessGroup::default()
    };
    to.others(file, &object.rules, &object.name, &["RulesSource"]);
    let Some(source) = object.rules.get("RulesSource") else { return group };
    to.others(file, source, &object.name, &["StatelessRulesAndCustomActions"]);
    let Some(all) = source.get("StatelessRulesAndCustomActions") else { return group };
    to.others(file, all, &object.name, &["StatelessRules"]);
    for rule in all.get("StatelessRules").map_or(&[][..], Item::items) {
        to.report.rules += 1;
        let priority = rule.get("Priority").and_then(Item::text).unwrap_or("?").to_owned();
        match row(rule, &group.rows, object, to) {
            Ok(row) => group.rows.push(row),
            Err(why) => {
                let said = say::stateless_row(&priority, &why);
                to.lose((file, &rule.span), "stateless-rule", said);
            }
        }
    }
    group.rows.sort_by_key(|row| row.priority);
    group
}

/// A rule as a row, or why it cannot be one.
fn row(
    rule: &Item,
    before: &[DraftStatelessRow],
    object: &GroupObject,
    to: &mut Importer<'_>,
) -> Result<DraftStatelessRow, Text> {
    let file = object.file;
    let name = &object.name;
    let missing = |field: &str| say::missing(field, name);
    to.others(file, rule, name, &["Priority", "RuleDefinition"]);
    let priority = rule.get("Priority").and_then(Item::text).unwrap_or_default();
    let priority: u32 = priority.parse().map_err(|_| missing("Priority"))?;
    if !(1..=65_535).contains(&priority) || before.iter().any(|row| row.priority == priority) {
        return Err(say::bad_value("Priority", &priority.to_string()));
    }
    let definition = rule.get("RuleDefinition").ok_or_else(|| missing("RuleDefinition"))?;
    let (action, custom) = action(definition.get("Actions")).ok_or_else(|| missing("Actions"))?;
    if !custom.is_empty() {
        let said = say::no_place(&custom, name);
        to.lose((file, &definition.span), "no-place", said);
    }
    let asks = definition.get("MatchAttributes").ok_or_else(|| missing("MatchAttributes"))?;
    if let Some((field, _)) =
        asks.fields().iter().find(|(field, _)| !ASKS.contains(&field.as_str()))
    {
        return Err(say::no_place(field, name));
    }
    let row = DraftStatelessRow {
        priority,
        action,
        from: addresses(asks.get("Sources"))?,
        to: addresses(asks.get("Destinations"))?,
        protocols: protocols(asks.get("Protocols"))?,
        source_ports: ports(asks.get("SourcePorts"))?,
        ports: ports(asks.get("DestinationPorts"))?,
        tcp_flags: flags(asks.get("TCPFlags"))?,
    };
    let ports = [(&row.source_ports, "source_ports"), (&row.ports, "ports")];
    let with_ports = !row.protocols.is_empty() && row.protocols.iter().all(|p| [6, 17].contains(p));
    if let Some((_, field)) = ports.iter().find(|(ports, _)| !ports.is_empty() && !with_ports) {
        return Err(words::ports_need(field).0);
    }
    if !row.tcp_flags.is_empty() && row.protocols != [6] {
        return Err(words::flags_need_tcp().0);
    }
    Ok(row)
}

/// The one action that AWS has a word for, and the names of custom ones.
pub fn action(actions: Option<&Item>) -> Option<(StatelessAction, String)> {
    let words = actions.map_or(&[][..], Item::items).iter().map(Item::text);
    let words: Vec<&str> = words.collect::<Option<_>>()?;
    let actions = [StatelessAction::Pass, StatelessAction::Drop, StatelessAction::Forward];
    let known = |word: &str| actions.into_iter().find(|action| aws::action(*action) == word);
    let found: Vec<StatelessAction> = words.iter().filter_map(|word| known(word)).collect();
    let custom: Vec<&str> = words.iter().filter(|word| known(word).is_none()).copied().collect();
    let [action] = found[..] else { return None };
    Some((action, custom.join(", ")))
}

/// Networks; every address, of both kinds, asks nothing.
fn addresses(list: Option<&Item>) -> Result<Vec<String>, Text> {
    let mut nets: Vec<String> = Vec::new();
    for item in list.map_or(&[][..], Item::items) {
        let text = item.get("AddressDefinition").unwrap_or(item).text();
        let text = text.ok_or_else(|| say::missing("AddressDefinition", "StatelessRules"))?;
        let net = match parse_cidr(text) {
            Ok(net) => net,
            // AWS asks the network that an address with its prefix lies in.
            Err(ParseAddressError::HostBits { meant, .. }) => meant,
            Err(ParseAddressError::NotAnAddress(_)) => {
                return Err(say::bad_value("AddressDefinition", text));
            }
        };
        if !nets.contains(&net.to_string()) {
            nets.push(net.to_string());
        }
    }
    let everywhere = ["0.0.0.0/0", "::/0"];
    let is_any = everywhere.iter().all(|net| nets.iter().any(|own| own == net));
    Ok(if is_any { Vec::new() } else { nets })
}

fn number<T: std::str::FromStr>(item: Option<&Item>, field: &str) -> Result<T, Text> {
    let text = item.and_then(Item::text).ok_or_else(|| say::missing(field, "StatelessRules"))?;
    text.trim().parse().map_err(|_| say::bad_value(field, text))
}

fn protocols(list: Option<&Item>) -> Result<Vec<u8>, Text> {
    let mut protocols = Vec::new();
    for item in list.map_or(&[][..], Item::items) {
        let protocol = number(Some(item), "Protocols")?;
        if !protocols.contains(&protocol) {
            protocols.push(protocol);
        }
    }
    Ok(protocols)
}

fn ports(list: Option<&Item>) -> Result<Vec<(u16, u16)>, Text> {
    let range = |item: &Item| {
        let from: u16 = number(item.get("FromPort"), "FromPort")?;
        let to: u16 = number(item.get("ToPort"), "ToPort")?;
        if from <= to { Ok((from, to)) } else { Err(say::bad_value("ToPort", &to.to_string())) }
    };
    list.map_or(&[][..], Item::items).iter().map(range).collect()
}

/// Flags and masks; without masks AWS looks at all flags.
fn flags(list: Option<&Item>) -> Result<Vec<FlagTest>, Text> {
    let bits = |names: Option<&Item>| -> Result<u8, Text> {
        names.map_or(&[][..], Item::items).iter().try_fold(0, |bits, item| {
            let name = item.text().unwrap_or_default();
            let flag = TCP_FLAGS.iter().find(|(flag, _)| *flag == name);
            flag.map(|(_, bit)| bits | bit).ok_or_else(|| say::bad_value("TCPFlags", name))
        })
    };
    let test = |item: &Item| {
        let (flags, masks) = (bits(item.get("Flags"))?, bits(item.get("Masks"))?);
        let masks = if masks == 0 { u8::MAX } else { masks };
        let test = FlagTest { flags, masks };
        if flags & !masks == 0 { Ok(test) } else { Err(say::bad_value("TCPFlags", "Flags")) }
    };
    list.map_or(&[][..], Item::items).iter().map(test).collect()
}
