//! A rule group of AWS as a group of a policy.

use std::ops::Range;

use super::importer::Importer;
use super::lists::{DomainList, ListType, NameIn};
use super::objects::GroupObject;
use super::rows::{Rows, rows};
use crate::interop::anfw::bundle;
use crate::interop::draft::{DraftBody, DraftGroup, DraftRow, title};
use crate::messages::import as say;
use crate::net::{DomainPattern, RuleOrder};
use crate::policy::Item;

/// What a group says beside its priority.
pub struct Taken {
    pub group: DraftGroup,
    /// The domain lists that its rows name.
    pub lists: Vec<(String, Vec<String>)>,
}

/// Takes over a stateful group; `order` is the policy's.
pub fn group(object: &GroupObject, order: RuleOrder, to: &mut Importer<'_>) -> Taken {
    let file = object.file;
    let mut taken = Taken {
        group: DraftGroup {
            name: object.name.clone(),
            note: object.description.as_deref().and_then(title),
            ..DraftGroup::default()
        },
        lists: Vec::new(),
    };
    let known = ["RulesSource", "RuleVariables", "ReferenceSets", "StatefulRuleOptions"];
    to.others(file, &object.rules, &object.name, &known);
    if ["RulesSource", "StatefulRuleOptions"].iter().any(|field| object.rules.get(field).is_some())
    {
        rule_order(object, order, to);
    }
    let source = object.rules.get("RulesSource").unwrap_or(&object.rules);
    let known = ["RulesString", "RulesSourceList", "StatefulRules"];
    to.others(file, source, &object.name, &known);
    if let Some(text) = source.get("RulesString").or_else(|| source.text().map(|_| source)) {
        string(object, text, &mut taken.group, to);
    }
    if let Some(list) = source.get("RulesSourceList") {
        domain_list(object, list, order, &mut taken, to);
    }
    if let Some(rules) = source.get("StatefulRules") {
        fields(object, rules, &mut taken.group, to);
    }
    super::sets::sets(object, &mut taken.group, to);
    taken
}

/// AWS refuses a group whose order is not the policy's.
fn rule_order(object: &GroupObject, order: RuleOrder, to: &mut Importer<'_>) {
    let options = object.rules.get("StatefulRuleOptions");
    let word = options.and_then(|options| options.get("RuleOrder"));
    let own = order_of(word, object.file, to);
    if own != order {
        let span = word.map_or(&object.span, |word| &word.span);
        let said = say::other_order(&object.name, order.word());
        to.lose((object.file, span), "other-rule-order", said);
    }
    if let Some(options) = options {
        to.others(object.file, options, &object.name, &["RuleOrder"]);
    }
}

/// AWS's word for a rule order; without one it is action order, and so it is, but said, where the word is not known.
///
/// Source: AWS Network Firewall API reference, `StatefulRuleOptions`.
pub fn order_of(word: Option<&Item>, file: usize, to: &mut Importer<'_>) -> RuleOrder {
    let Some(word) = word else { return RuleOrder::Action };
    order_word(word).unwrap_or_else(|| {
        to.unresolved(file, word, "RuleOrder");
        RuleOrder::Action
    })
}

/// The rule order that AWS has the word for.
pub fn order_word(word: &Item) -> Option<RuleOrder> {
    let orders = [RuleOrder::Strict, RuleOrder::Action];
    orders.into_iter().find(|order| word.text() == Some(bundle::rule_order(*order)))
}

fn string(object: &GroupObject, item: &Item, group: &mut DraftGroup, to: &mut Importer<'_>) {
    let Some(text) = item.text() else {
        to.unresolved(object.file, item, "RulesString");
        return;
    };
    let Rows { group: name, rows } = rows(text, object.file, item, &object.name, to);
    if let Some(name) = name.as_deref().and_then(title) {
        group.name = name;
    }
    group.rows = rows;
}

fn domain_list(
    object: &GroupObject,
    item: &Item,
    order: RuleOrder,
    taken: &mut Taken,
    to: &mut Importer<'_>,
) {
    let (file, name) = (object.file, &object.name);
    to.others(file, item, name, &["Targets", "TargetTypes", "GeneratedRulesType"]);
    let word = to.text(file, item, "GeneratedRulesType").unwrap_or_default();
    let Some(kind) = ListType::of_word(&word) else {
        let said = say::bad_value("GeneratedRulesType", &word);
        to.lose((file, &item.span), "bad-value", said);
        return;
    };
    let mut names_in = Vec::new();
    for (word, at) in to.texts(file, item, "TargetTypes") {
        match NameIn::of_word(&word) {
            Some(known) if !names_in.contains(&known) => names_in.push(known),
            Some(_) => {}
            None => to.lose((file, &at.span), "bad-value", say::bad_value("TargetTypes", &word)),
        }
    }
    // A row asks any server.
    let sets = object.rules.get("RuleVariables").and_then(|variables| variables.get("IPSets"));
    let asks_servers = sets.is_some_and(|sets| sets.get("EXTERNAL_NET").is_some());
    let wanted = to.options.lists_as_rows;
    let as_rows =
        wanted && !asks_servers && !(kind == ListType::Allow && order == RuleOrder::Action);
    if wanted && asks_servers {
        to.note((file, &item.span), "list-as-rules", say::list_asks_servers(name));
    }
    let mut targets = Vec::new();
    for (target, at) in to.texts(file, item, "Targets") {
        let target = target.trim().to_ascii_lowercase();
        // What is a name in rules need not be one in a list of a policy.
        if is_target(&target) && (!as_rows || target.parse::<DomainPattern>().is_ok()) {
            targets.push(target);
        } else {
            to.report.rules += names_in.len();
            to.lose((file, &at.span), "bad-value", say::bad_value("Targets", &target));
        }
    }
    let row = if as_rows {
        to.note((file, &item.span), "list-as-row", say::list_as_row(name));
        let list = list_name(name);
        let protocols = names_in.iter().map(|names| names.protocol()).collect();
        let rules = targets.len() * names_in.len();
        taken.lists.push((list.clone(), targets));
        (DraftBody::List(kind.action(), list, protocols), rules)
    } else {
        let said = match kind {
            ListType::Allow | ListType::Deny => say::list_as_rules(name),
            ListType::Reject | ListType::Alert => say::list_as_modelled_rules(name, &word),
        };
        let note = crate::interop::report::form("list-as-rules", said).help(say::LIST_HELP);
        to.say((file, &item.span), note);
        let targets = targets.iter().map(String::as_str).collect();
        let list = DomainList { kind, names_in, targets };
        let rules = list.rules(order, || to.fresh_sid());
        (DraftBody::Hand(rules.join("\n")), rules.len())
    };
    if row.1 > 0 {
        let name = word.to_ascii_lowercase();
        let origin = (file, item.span.clone());
        taken.group.rows.push(DraftRow { name, body: row.0, off: None, rules: row.1, origin });
    }
}

/// A name or a name with a leading dot, as AWS takes it.
fn is_target(target: &str) -> bool {
    let name = target.strip_prefix('.').unwrap_or(target);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= 255 && name.chars().all(plain) && !name.starts_with('.')
}

/// The name of a list, which `to` refers to.
fn list_name(name: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = name.chars().map(|c| if fits(c) { c } else { '-' }).collect();
    // A name of digits only would be taken for a number or an address.
    if name.chars().any(|c| c.is_ascii_alphabetic()) && name != "any" {
        name
    } else {
        format!("list-{name}")
    }
}

/// Rules field by field, as the text that AWS makes of them.
///
/// Source: AWS Network Firewall developer guide, standard stateful rule groups.
fn fields(object: &GroupObject, rules: &Item, group: &mut DraftGroup, to: &mut Importer<'_>) {
    let file = object.file;
    let said = say::fields_as_text(&object.name);
    to.note((file, &rules.span), "fields-as-text", said);
    let mut lines = Vec::new();
    let mut origins: Vec<Range<usize>> = Vec::new();
    for rule in rules.items() {
        match rule_text(rule, file, to) {
            Some(text) => {
                lines.push(text);
                origins.push(rule.span.clone());
            }
            None => {
                to.report.rules += 1;
                to.lose((file, &rule.span), "bad-rule", say::BAD_RULE);
            }
        }
    }
    let taken = rows(&lines.join("\n"), file, rules, &object.name, to);
    let named = taken.rows.into_iter().zip(origins);
    group.rows.extend(named.map(|(row, span)| DraftRow { origin: (file, span), ..row }));
}

fn rule_text(rule: &Item, file: usize, to: &mut Importer<'_>) -> Option<String> {
    to.others(file, rule, "StatefulRules", &["Action", "Header", "RuleOptions"]);
    let header = rule.get("Header")?;
    let of = |field: &str| {
        let text = header.get(field)?.text()?.trim();
        let one_line = !text.is_empty() && !text.contains(['\n', '(', ')', ';']);
        one_line.then(|| {
            if text.eq_ignore_ascii_case("any") { "any".to_owned() } else { text.to_owned() }
        })
    };
    let direction = match header.get("Direction")?.text()? {
        "FORWARD" => "->",
        "ANY" => "<>",
        _ => return None,
    };
    let action = rule.get("Action")?.text()?.to_ascii_lowercase();
    let protocol = of("Protocol")?.to_ascii_lowercase();
    let mut options = String::new();
    for option in rule.get("RuleOptions").map_or(&[][..], Item::items) {
        let keyword = option.get("Keyword")?.text()?.trim();
        let settings = option.get("Settings").map_or(&[][..], Item::items);
        let settings: Option<Vec<&str>> = settings.iter().map(|s| s.text()).collect();
        let settings = settings?.join(",");
        let settings = if settings.is_empty() { settings } else { format!(":{settings}") };
        options.push_str(&format!(
            "{}{}; ",
            keyword.trim_end_matches(';'),
            settings.trim_end_matches(';')
        ));
    }
    let text = format!(
        "{action} {protocol} {} {} {direction} {} {} ({})",
        of("Source")?,
        of("SourcePort")?,
        of("Destination")?,
        of("DestinationPort")?,
        options.trim_end()
    );
    Some(text.replace(['\n', '\r'], " "))
}
