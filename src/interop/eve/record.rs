//! What is read of an event, as it stands in the line.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::value::{Message, Number, Queries, Resource, Text};

/// An event, or what is put around it: only one of the two has fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    pub event: Option<Box<Record<'a>>>,
    #[serde(borrow, rename = "@message", alias = "message")]
    pub message: Message<'a>,
    /// What CloudWatch sends on, and what its command line prints.
    #[serde(borrow, rename = "logEvents", alias = "events")]
    pub events: Vec<Record<'a>>,
    #[serde(borrow, rename = "aws_metadata")]
    pub resource: Resource<'a>,
    #[serde(borrow)]
    pub event_type: Text<'a>,
    #[serde(borrow)]
    pub src_ip: Text<'a>,
    #[serde(borrow)]
    pub dest_ip: Text<'a>,
    pub src_port: Number,
    pub dest_port: Number,
    #[serde(borrow)]
    pub proto: Text<'a>,
    #[serde(borrow)]
    pub app_proto: Text<'a>,
    #[serde(borrow)]
    pub direction: Text<'a>,
    pub flow_id: Number,
    #[serde(borrow)]
    pub alert: Option<Alert<'a>>,
    #[serde(borrow)]
    pub verdict: Option<Verdict<'a>>,
    #[serde(borrow)]
    pub tls: Option<Tls<'a>>,
    #[serde(borrow)]
    pub quic: Option<Quic<'a>>,
    #[serde(borrow)]
    pub http: Option<Http<'a>>,
    #[serde(borrow)]
    pub dns: Option<Dns<'a>>,
    pub tls_error: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Alert<'a> {
    #[serde(borrow)]
    pub action: Text<'a>,
    pub signature_id: Number,
    #[serde(borrow)]
    pub signature: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Verdict<'a> {
    #[serde(borrow)]
    pub action: Text<'a>,
    pub reject: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tls<'a> {
    #[serde(borrow)]
    pub sni: Text<'a>,
    #[serde(borrow)]
    pub version: Text<'a>,
    pub ja3: Option<IgnoredAny>,
    pub ja4: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quic<'a> {
    #[serde(borrow)]
    pub sni: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Http<'a> {
    #[serde(borrow)]
    pub hostname: Text<'a>,
    #[serde(borrow)]
    pub url: Text<'a>,
    #[serde(borrow)]
    pub http_method: Text<'a>,
    #[serde(borrow)]
    pub http_user_agent: Text<'a>,
    #[serde(borrow)]
    pub http_refer: Text<'a>,
}

/// A query, or in newer events a list of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dns<'a> {
    #[serde(borrow)]
    pub rrname: Text<'a>,
    #[serde(borrow, rename = "type")]
    pub kind: Text<'a>,
    #[serde(borrow)]
    pub query: Queries<'a>,
}
