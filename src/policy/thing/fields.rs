use super::Thing;

/// A field of a thing, as forms and edits name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the field of the file with that name")]
pub enum Field {
    Name,
    RuleOrder,
    DefaultActions,
    StreamExceptionPolicy,
    HomeNet,
    ExternalNet,
    Cidrs,
    Except,
    Of,
    Account,
    Owner,
    Note,
    Ticket,
    /// The names of a domain list, which is nothing else.
    Names,
    /// The entries of a set, which is nothing else.
    Entries,
    Arn,
    ModelledAs,
    Priority,
    Managed,
    DefaultAction,
    FragmentDefaultAction,
    Action,
    From,
    To,
    Protocols,
    SourcePorts,
    Ports,
    TcpFlags,
    Enabled,
    Url,
    Dst,
    Expect,
    By,
    Accept,
}

/// What a field can hold: it decides how the text of a form is read, written and completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The name of a source or a list: the field that it stands under.
    Key,
    /// The name of a set or a reference.
    Variable,
    /// The name of a group, a row, a case.
    Title,
    /// A line of text.
    Line,
    /// Free text.
    Note,
    /// `strict` or `action`.
    RuleOrder,
    /// `drop`, `reject` or `continue`.
    StreamPolicy,
    /// Stateful default actions.
    DefaultActions,
    /// Networks.
    Nets,
    /// Names of sources.
    Sources,
    /// Domain names.
    Domains,
    /// Networks, `!` networks and other sets, in the engine's language.
    Addresses,
    /// Ports, ranges, `!` ports and other sets.
    PortEntries,
    /// The name of a resource of AWS.
    Arn,
    /// 1 to 65535.
    Priority,
    /// `pass`, `drop` or `forward`.
    StatelessAction,
    /// Networks and sources, or `any`.
    Ends,
    /// Protocols by word or number.
    IpProtocols,
    /// Ports and ranges.
    PortRanges,
    /// TCP flags, as `SYN/SYN+ACK`: of SYN and ACK only SYN is set.
    TcpFlags,
    /// `false` or nothing.
    Enabled,
    /// `pass`, `drop` or `reject`.
    Verdict,
    /// The rule that decides a case.
    Decider,
    /// Findings that are as they should be: `CODE because REASON`.
    Accept,
}

type Fields = &'static [(Field, FieldKind)];

const POLICY: Fields = &[
    (Field::Name, FieldKind::Line),
    (Field::RuleOrder, FieldKind::RuleOrder),
    (Field::DefaultActions, FieldKind::DefaultActions),
    (Field::StreamExceptionPolicy, FieldKind::StreamPolicy),
    (Field::HomeNet, FieldKind::Nets),
    (Field::Accept, FieldKind::Accept),
    (Field::Note, FieldKind::Note),
];
const SOURCE: Fields = &[
    (Field::Name, FieldKind::Key),
    (Field::Cidrs, FieldKind::Nets),
    (Field::Except, FieldKind::Nets),
    (Field::Of, FieldKind::Sources),
    (Field::Account, FieldKind::Line),
    (Field::Owner, FieldKind::Line),
    (Field::Note, FieldKind::Note),
];
const LIST: Fields = &[(Field::Name, FieldKind::Key), (Field::Names, FieldKind::Domains)];
const IP_SET: Fields =
    &[(Field::Name, FieldKind::Variable), (Field::Entries, FieldKind::Addresses)];
const PORT_SET: Fields =
    &[(Field::Name, FieldKind::Variable), (Field::Entries, FieldKind::PortEntries)];
const REFERENCE: Fields = &[
    (Field::Name, FieldKind::Variable),
    (Field::Arn, FieldKind::Arn),
    (Field::ModelledAs, FieldKind::Nets),
];
const GROUP: Fields = &[
    (Field::Name, FieldKind::Title),
    (Field::Priority, FieldKind::Priority),
    (Field::Note, FieldKind::Note),
    (Field::Managed, FieldKind::Arn),
    (Field::HomeNet, FieldKind::Nets),
    (Field::ExternalNet, FieldKind::Nets),
    (Field::Accept, FieldKind::Accept),
];
const STATELESS: Fields = &[
    (Field::DefaultAction, FieldKind::StatelessAction),
    (Field::FragmentDefaultAction, FieldKind::StatelessAction),
];
const STATELESS_GROUP: Fields = &[
    (Field::Name, FieldKind::Title),
    (Field::Priority, FieldKind::Priority),
    (Field::Note, FieldKind::Note),
];
const STATELESS_ROW: Fields = &[
    (Field::Name, FieldKind::Title),
    (Field::Priority, FieldKind::Priority),
    (Field::Action, FieldKind::StatelessAction),
    (Field::From, FieldKind::Ends),
    (Field::To, FieldKind::Ends),
    (Field::Protocols, FieldKind::IpProtocols),
    (Field::SourcePorts, FieldKind::PortRanges),
    (Field::Ports, FieldKind::PortRanges),
    (Field::TcpFlags, FieldKind::TcpFlags),
    (Field::Enabled, FieldKind::Enabled),
    (Field::Owner, FieldKind::Line),
    (Field::Ticket, FieldKind::Line),
    (Field::Note, FieldKind::Note),
];
const CASE: Fields = &[
    (Field::Name, FieldKind::Title),
    (Field::From, FieldKind::Line),
    (Field::Url, FieldKind::Line),
    (Field::Dst, FieldKind::Line),
    (Field::Expect, FieldKind::Verdict),
    (Field::By, FieldKind::Decider),
];

impl Thing {
    /// Its fields, in the order in which a form shows them.
    #[must_use]
    pub const fn fields(&self) -> &'static [(Field, FieldKind)] {
        match self {
            Self::Policy => POLICY,
            Self::Source(_) => SOURCE,
            Self::List(_) => LIST,
            Self::IpSet(..) => IP_SET,
            Self::PortSet(..) => PORT_SET,
            Self::Reference(..) => REFERENCE,
            Self::Group(_) => GROUP,
            Self::Stateless => STATELESS,
            Self::StatelessGroup(_) => STATELESS_GROUP,
            Self::StatelessRow(_) => STATELESS_ROW,
            Self::Case(_) => CASE,
        }
    }

    /// What the field of that name can hold; `None` where the thing has no such field.
    #[must_use]
    pub fn kind_of(&self, field: Field) -> Option<FieldKind> {
        self.fields().iter().find(|(f, _)| *f == field).map(|(_, kind)| *kind)
    }
}

impl Field {
    /// The field as the file names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::RuleOrder => "rule_order",
            Self::DefaultActions => "default_actions",
            Self::StreamExceptionPolicy => "stream_exception_policy",
            Self::HomeNet => "home_net",
            Self::ExternalNet => "external_net",
            Self::Cidrs => "cidrs",
            Self::Except => "except",
            Self::Of => "of",
            Self::Account => "account",
            Self::Owner => "owner",
            Self::Note => "note",
            Self::Ticket => "ticket",
            Self::Names => "names",
            Self::Entries => "entries",
            Self::Arn => "arn",
            Self::ModelledAs => "modelled_as",
            Self::Priority => "priority",
            Self::Managed => "managed",
            Self::DefaultAction => "default_action",
            Self::FragmentDefaultAction => "fragment_default_action",
            Self::Action => "action",
            Self::From => "from",
            Self::To => "to",
            Self::Protocols => "protocols",
            Self::SourcePorts => "source_ports",
            Self::Ports => "ports",
            Self::TcpFlags => "tcp_flags",
            Self::Enabled => "enabled",
            Self::Url => "url",
            Self::Dst => "dst",
            Self::Expect => "expect",
            Self::By => "by",
            Self::Accept => "accept",
        }
    }
}

impl FieldKind {
    /// Whether it holds entries with commas.
    #[must_use]
    pub const fn is_list(self) -> bool {
        match self {
            Self::DefaultActions
            | Self::Nets
            | Self::Sources
            | Self::Domains
            | Self::Addresses
            | Self::PortEntries
            | Self::Ends
            | Self::IpProtocols
            | Self::PortRanges
            | Self::TcpFlags
            | Self::Accept => true,
            Self::Key
            | Self::Variable
            | Self::Title
            | Self::Line
            | Self::Note
            | Self::RuleOrder
            | Self::StreamPolicy
            | Self::Arn
            | Self::Priority
            | Self::StatelessAction
            | Self::Enabled
            | Self::Verdict
            | Self::Decider => false,
        }
    }
}
