//! The words of the network that every room shares: actions, orders, address and port sets,
//! domain names, flows and requests.
//!
//! Knows: nothing but addresses and names. Must not know: policies, rules, files, screens.

mod action;
mod address;
mod class;
mod flow;
mod logged;
mod manner;
mod name;
mod port;
mod protocol;
mod request;
mod sid;
mod stateless;
mod variant;
mod wire;

pub use action::{Action, RuleOrder};
pub use address::{IpSet, ParseAddressError, literal, parse_cidr};
pub use class::{AddressClass, Holders, classes, classes_of_each};
pub use flow::{Dns, Flow, Http, Icmp, Quic, Talk, Tcp, Tls, TlsVersion, Udp};
pub use logged::logged_address;
pub use manner::{Manner, is_header_value, is_method};
pub use name::{DomainPattern, NameError};
pub use port::{PortError, PortSet};
pub use protocol::Protocol;
pub use request::{CLIENT_PORT, Request, RequestError, RequestNote, Scheme, short};
pub use sid::Sid;
pub use stateless::{
    FlagTest, PROTOCOL_NUMBERS, StatelessAction, StatelessRule, StatelessRules, StreamPolicy,
    TCP_FLAGS, flag_names, protocol_word,
};
pub use variant::ClientVariant;
pub use wire::{Transport, WirePacket, wire};
