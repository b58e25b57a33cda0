use std::collections::BTreeMap;

use ipnet::IpNet;

use super::rules::{InRow, Rules};
use super::stateless::Stateless;
use super::variables::{Reference, Variables};
use crate::diagnostic::Place;
use crate::net::{Action, DomainPattern, PortSet, Protocol, RuleOrder, StreamPolicy};

/// A value and where the file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T, P = Place> {
    /// The value.
    pub value: T,
    /// Where it is written: in the text, or in a row of it ([`InRow`]).
    pub place: P,
}

/// A firewall policy, read and checked: every name it uses exists, every field is well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The policy's name.
    pub name: String,
    /// In which order rules are asked.
    pub rule_order: RuleOrder,
    /// `StatefulDefaultActions`; empty: unmatched traffic passes.
    pub default_actions: Vec<DefaultAction>,
    /// What happens to packets of connections the engine has not seen begin.
    pub stream_exception_policy: StreamPolicy,
    /// The inside networks, `$HOME_NET`; `$EXTERNAL_NET` is everything else.
    pub home_net: Vec<IpNet>,
    /// Who: accounts, systems, subnets, by name, in the order of the file.
    pub sources: Vec<Source>,
    /// Named lists of domain names.
    pub domain_lists: Vec<DomainList>,
    /// Named sets for hand-written rules of every group.
    pub variables: Variables,
    /// The rule groups in the order of the file; strict order asks them by `priority`.
    pub rule_groups: Vec<RuleGroup>,
    /// What happens before the stateful engine.
    pub stateless: Stateless,
    /// Requests with the verdict they must get.
    pub cases: Vec<Case>,
    /// Findings of the whole policy that are as they should be.
    pub accept: Vec<At<Accepted>>,
    /// Free text.
    pub note: Option<String>,
}

/// A finding that is as it should be, written as `CODE because REASON`. It counts where it stands: at a rule, a group or
/// the policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Accepted {
    /// The finding's code, such as `shadowed-by-rule`.
    pub code: String,
    /// Why it is as it should be; never empty.
    pub reason: String,
}

/// One of AWS's stateful default actions.
///
/// Source: AWS Network Firewall developer guide, strict evaluation order; `docs/suricata.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefaultAction {
    /// `aws:drop_strict`.
    DropStrict,
    /// `aws:drop_established`.
    DropEstablished,
    /// `aws:drop_established_app_layer`.
    DropEstablishedAppLayer,
    /// `aws:drop_established_app_layer_to_server`.
    DropEstablishedAppLayerToServer,
    /// `aws:alert_strict`.
    AlertStrict,
    /// `aws:alert_established`.
    AlertEstablished,
    /// `aws:alert_established_app_layer`.
    AlertEstablishedAppLayer,
    /// `aws:alert_established_app_layer_to_server`.
    AlertEstablishedAppLayerToServer,
}

/// Who may ask: a named set of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: At<String>,
    /// Networks that belong to it.
    pub cidrs: Vec<IpNet>,
    /// Networks taken out of `cidrs`.
    pub except: Vec<IpNet>,
    /// Other sources that are part of it.
    pub of: Vec<At<String>>,
    /// The AWS account.
    pub account: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Free text.
    pub note: Option<String>,
}

/// A named list of domain names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainList {
    /// Its name.
    pub name: At<String>,
    /// Its names.
    pub names: Vec<At<DomainPattern>>,
}

/// A named, prioritised list of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleGroup {
    /// Its name.
    pub name: At<String>,
    /// Its place among the groups in strict order, 1 to 65535, unique.
    pub priority: At<u32>,
    /// Its rules; empty for a managed group.
    pub rules: Rules,
    /// The ARN of a group that AWS or a partner keeps: its rules are unknown.
    pub managed: Option<String>,
    /// The group's own `$HOME_NET`.
    pub home_net: Option<At<Vec<IpNet>>>,
    /// The group's own `$EXTERNAL_NET`; without it a group has the policy's, whatever its `home_net` is.
    pub external_net: Option<At<Vec<IpNet>>>,
    /// The group's own named sets; they come before the policy's.
    pub variables: Variables,
    /// The IP set references that its hand-written rules may name, `@NAME`.
    pub references: BTreeMap<String, Reference>,
    /// Findings of the group and its rules that are as they should be.
    pub accept: Vec<At<Accepted>>,
    /// Free text.
    pub note: Option<String>,
}

/// One row of a rule group. Its places count from where it begins, so that it stays the same where others are edited:
/// [`Policy::place_in`] says where they are in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name, unique in its group.
    pub name: At<String, InRow>,
    /// What it asks and does.
    pub body: RuleBody,
    /// Whether it is compiled.
    pub enabled: bool,
    /// Base sid of the rules compiled from it; `None`: derived from the names, provisional.
    pub sid: Option<u32>,
    /// Free text.
    pub note: Option<String>,
    /// Ticket that asked for it.
    pub ticket: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Last day, as `2027-03-31`; says nothing to the engine.
    pub expires: Option<String>,
    /// Findings of the rule that are as they should be.
    pub accept: Vec<At<Accepted, InRow>>,
    /// The whole entry.
    pub place: InRow,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleBody {
    /// Written in the words of the policy.
    Match(MatchRule),
    /// Written by hand in the engine's language.
    Suricata(HandWritten),
}

/// A rule in the words of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchRule {
    /// What is done.
    pub action: Action,
    /// Who asks; never empty.
    pub from: Vec<At<Endpoint, InRow>>,
    /// What is asked for; never empty.
    pub to: Vec<At<Target, InRow>>,
    /// `protocol:` / `protocols:` as written; empty: what the targets say.
    pub protocols: Vec<Protocol>,
    /// `ports:`; `None`: any, or the ports of the URLs.
    pub ports: Option<PortSet>,
    /// Whether what it passes is logged too.
    pub log: bool,
}

/// A hand-written rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandWritten {
    /// The text, one or more lines.
    pub text: String,
    /// Where it stands, as a whole.
    pub place: InRow,
    /// Where each of its lines stands; empty where the file writes the text otherwise: folded, or with escapes.
    pub lines: Vec<InRow>,
}

/// One entry of `from`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `any`: the `home_net` of the group, or the policy's.
    Any,
    /// A source's name.
    Source(String),
    /// An address or network.
    Net(IpNet),
}

/// One entry of `to`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// `any`.
    Any,
    /// A domain name: TLS and HTTP, any port.
    Name(DomainPattern),
    /// `list:NAME`.
    List(String),
    /// A URL.
    Url(UrlTarget),
    /// `regex:…` on the host name.
    Regex(String),
    /// An address or network.
    Net(IpNet),
}

/// A URL pattern: the scheme fixes the protocol, a written port fixes the port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UrlTarget {
    /// `Tls` or `Http`.
    pub protocol: Protocol,
    /// The host; `None`: any host (`http://*/path`).
    pub host: Option<DomainPattern>,
    /// The written port.
    pub port: Option<u16>,
    /// The path (HTTP only).
    pub path: Path,
}

/// The path of a URL pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Path {
    /// None written: every path.
    Any,
    /// Exactly this one, query included.
    Exact(String),
    /// `…*`: whatever begins so.
    Prefix(String),
}

/// A request and the verdict it must get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its name, unique.
    pub name: At<String>,
    /// The client's address.
    pub from: String,
    /// The URL.
    pub url: String,
    /// The server's address.
    pub dst: Option<String>,
    /// What must happen.
    pub expect: CaseExpect,
    /// The rule that must decide, by name (`group/rule` where a name is not unique), or `default`.
    pub by: Option<String>,
    /// The whole entry in the file.
    pub place: Place,
}

/// What a case expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseExpect {
    /// It gets through.
    Pass,
    /// It is dropped in silence.
    Drop,
    /// It is answered with a reset.
    Reject,
}
