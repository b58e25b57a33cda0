//! The fields of a policy itself, of its sources and its domain lists: what a form holds, and what an edit of them means.

use super::entries::{Given, Means, all, joined, net_means, split};
use super::fields::{Change, Shape};
use crate::net::{RuleOrder, StreamPolicy};
use crate::policy::fault::Fault;
use crate::policy::same::{same_list, same_rest, same_source};
use crate::policy::value::{default_action, domain, free, name, net, rule_order, stream_policy};
use crate::policy::{DomainList, Endpoint, Policy, PolicyField, Source, SourceField};

impl PolicyField {
    /// The field as the file names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::RuleOrder => "rule_order",
            Self::DefaultActions => "default_actions",
            Self::StreamExceptionPolicy => "stream_exception_policy",
            Self::HomeNet => "home_net",
        }
    }
}

impl Change {
    /// A change of a field of the policy.
    pub fn of_policy(field: PolicyField, value: Option<Given>) -> Self {
        let (names, shape): (&'static [&'static str], Shape) = match field {
            PolicyField::Name => (&["name"], Shape::Text),
            PolicyField::RuleOrder => (&["rule_order"], Shape::Text),
            PolicyField::DefaultActions => (&["default_actions"], Shape::List),
            PolicyField::StreamExceptionPolicy => (&["stream_exception_policy"], Shape::Text),
            PolicyField::HomeNet => (&["home_net"], Shape::OneOrMore),
        };
        let means: Means = match field {
            PolicyField::DefaultActions => {
                |text| Some(default_action(text).ok()?.word().to_owned())
            }
            PolicyField::HomeNet => net_means,
            PolicyField::Name | PolicyField::RuleOrder | PolicyField::StreamExceptionPolicy => {
                |text| Some(text.to_owned())
            }
        };
        Self { key: names[0], names, shape, means, value }
    }

    /// A change of a field of a source.
    pub fn of_source(field: SourceField, value: Option<Given>) -> Self {
        let (names, shape): (&'static [&'static str], Shape) = match field {
            SourceField::Cidrs => (&["cidrs"], Shape::OneOrMore),
            SourceField::Except => (&["except"], Shape::OneOrMore),
            SourceField::Of => (&["of"], Shape::OneOrMore),
            SourceField::Account => (&["account"], Shape::Text),
            SourceField::Owner => (&["owner"], Shape::Text),
            SourceField::Note => (&["note"], Shape::Text),
        };
        let means: Means = match field {
            SourceField::Cidrs | SourceField::Except => net_means,
            SourceField::Of | SourceField::Account | SourceField::Owner | SourceField::Note => {
                |text| Some(text.to_owned())
            }
        };
        Self { key: names[0], names, shape, means, value }
    }
}

/// Reads what a form holds for a field of the policy; `None`: the field is to be left out.
pub fn given_policy(field: PolicyField, text: Option<&str>) -> Result<Option<Given>, Fault> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(match field {
        PolicyField::Name => {
            free("name", text, false)?;
            Given::one(text)
        }
        PolicyField::RuleOrder => Given::one(rule_order(text)?.word()),
        PolicyField::DefaultActions => {
            let entries = split(text);
            let words = all(&entries, |entry| default_action(entry).map(|action| action.word()))?;
            Given::list(&entries, &words)
        }
        PolicyField::StreamExceptionPolicy => Given::one(stream_policy(text)?.word()),
        PolicyField::HomeNet => nets(text)?,
    })
}

/// Reads what a form holds for a field of a source.
pub fn given_source(field: SourceField, text: Option<&str>) -> Result<Option<Given>, Fault> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(match field {
        SourceField::Cidrs | SourceField::Except => nets(text)?,
        SourceField::Of => {
            let entries = split(text);
            all(&entries, |entry| name("source", entry))?;
            Given::list(&entries, &entries)
        }
        SourceField::Account => one_line("account", text)?,
        SourceField::Owner => one_line("owner", text)?,
        SourceField::Note => {
            free("note", text, true)?;
            Given::one(text)
        }
    })
}

/// Reads the names of a domain list; none is no list.
pub fn given_names(text: &str) -> Result<Option<Given>, Fault> {
    let entries = split(text);
    let names = all(&entries, domain)?;
    Ok(if entries.is_empty() { None } else { Given::list(&entries, &names) })
}

/// What a name of a domain list means, however it is written.
pub fn name_means(text: &str) -> Option<String> {
    domain(text).ok().map(|name| name.to_string())
}

fn nets(text: &str) -> Result<Option<Given>, Fault> {
    let entries = split(text);
    let nets = all(&entries, |entry| net(entry).map(Endpoint::Net))?;
    Ok(Given::list(&entries, &nets))
}

fn one_line(field: &str, text: &str) -> Result<Option<Given>, Fault> {
    free(field, text, false)?;
    Ok(Given::one(text))
}

/// What a field of `policy` says, as a form holds it and as it is compared; what nothing written stands for is said.
#[must_use]
pub fn policy_text(policy: &Policy, field: PolicyField) -> String {
    match field {
        PolicyField::Name => policy.name.clone(),
        PolicyField::RuleOrder => policy.rule_order.word().to_owned(),
        PolicyField::DefaultActions => {
            let words: Vec<&str> = policy.default_actions.iter().map(|a| a.word()).collect();
            joined(words.iter())
        }
        PolicyField::StreamExceptionPolicy => policy.stream_exception_policy.word().to_owned(),
        PolicyField::HomeNet => nets_text(&policy.home_net),
    }
}

/// What a field of `source` says, as a form holds it; `None` where the file says nothing.
#[must_use]
pub fn source_text(source: &Source, field: SourceField) -> Option<String> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    match field {
        SourceField::Cidrs => some(nets_text(&source.cidrs)),
        SourceField::Except => some(nets_text(&source.except)),
        SourceField::Of => some(joined(source.of.iter().map(|part| &part.value))),
        SourceField::Account => source.account.clone(),
        SourceField::Owner => source.owner.clone(),
        SourceField::Note => source.note.clone(),
    }
}

/// The names of `list`, as a form holds them.
#[must_use]
pub fn list_text(list: &DomainList) -> String {
    joined(list.names.iter().map(|name| &name.value))
}

fn nets_text(nets: &[ipnet::IpNet]) -> String {
    let nets: Vec<Endpoint> = nets.iter().map(|net| Endpoint::Net(*net)).collect();
    joined(nets.iter())
}

/// Fields of a source, with what they mean.
type SourceFields = Vec<(SourceField, Option<String>)>;

/// What a policy means but for its rule groups and cases: that of before, with some of it set.
pub struct FrameMeant<'a> {
    before: &'a Policy,
    policy: Vec<(PolicyField, String)>,
    source: Option<(usize, SourceFields)>,
    list: Option<(usize, String)>,
}

impl<'a> FrameMeant<'a> {
    /// The frame as it is.
    pub const fn same(before: &'a Policy) -> Self {
        Self { before, policy: Vec::new(), source: None, list: None }
    }

    /// Sets fields of the policy; a text that is refused never gets this far.
    pub fn set_policy(&mut self, fields: &[(PolicyField, Option<String>)]) {
        let text = |(field, text): &(PolicyField, Option<String>)| {
            let given = given_policy(*field, text.as_deref()).ok().flatten();
            (*field, given.map_or_else(|| unwritten(*field), |given| given.meant))
        };
        self.policy = fields.iter().map(text).collect();
    }

    /// Sets fields of a source.
    pub fn set_source(
        &mut self,
        source: usize,
        fields: &[(SourceField, Option<String>)],
    ) -> Option<()> {
        self.before.sources.get(source)?;
        let text = |(field, text): &(SourceField, Option<String>)| {
            let given = given_source(*field, text.as_deref()).ok().flatten();
            (*field, given.map(|given| given.meant))
        };
        self.source = Some((source, fields.iter().map(text).collect()));
        Some(())
    }

    /// Sets the names of a list.
    pub fn set_list(&mut self, list: usize, names: &str) -> Option<()> {
        self.before.domain_lists.get(list)?;
        self.list = Some((list, given_names(names).ok().flatten()?.meant));
        Some(())
    }

    /// Whether `after` says what is meant.
    pub fn is(&self, after: &Policy) -> bool {
        let before = self.before;
        let field = |field: PolicyField| {
            let set = self.policy.iter().rev().find(|(f, _)| *f == field);
            let meant = set.map_or_else(|| policy_text(before, field), |(_, text)| text.clone());
            meant == policy_text(after, field)
        };
        let source = |(at, (a, b)): (usize, (&Source, &Source))| match &self.source {
            Some((set, fields)) if *set == at => source_is(a, fields, b),
            _ => same_source(a, b),
        };
        let list = |(at, (a, b)): (usize, (&DomainList, &DomainList))| match &self.list {
            Some((set, names)) if *set == at => {
                a.name.value == b.name.value && *names == list_text(b)
            }
            _ => same_list(a, b),
        };
        same_rest(before, after)
            && PolicyField::ALL.into_iter().all(field)
            && before.sources.len() == after.sources.len()
            && before.sources.iter().zip(&after.sources).enumerate().all(source)
            && before.domain_lists.len() == after.domain_lists.len()
            && before.domain_lists.iter().zip(&after.domain_lists).enumerate().all(list)
    }
}

/// What it means that a field of a policy is not written.
fn unwritten(field: PolicyField) -> String {
    match field {
        PolicyField::RuleOrder => RuleOrder::default().word().to_owned(),
        PolicyField::StreamExceptionPolicy => StreamPolicy::default().word().to_owned(),
        PolicyField::Name | PolicyField::DefaultActions | PolicyField::HomeNet => String::new(),
    }
}

fn source_is(before: &Source, set: &[(SourceField, Option<String>)], after: &Source) -> bool {
    before.name.value == after.name.value
        && SourceField::ALL.into_iter().all(|field| {
            let text = set.iter().rev().find(|(f, _)| *f == field);
            let meant = match text {
                Some((_, text)) => text.clone(),
                None => source_text(before, field),
            };
            meant == source_text(after, field)
        })
}
