//! The same request as other clients send it, in words.

use super::Text;

/// What a client does differently, short enough for a list.
pub mod name {
    /// A hello in two segments.
    pub const POST_QUANTUM: &str = "post-quantum hello, two segments";
    /// No SNI.
    pub const NO_SERVER_NAME: &str = "no server name (SNI)";
    /// Capitals.
    pub const UPPER_CASE: &str = "name in capitals";
    /// A dot behind the name.
    pub const TRAILING_DOT: &str = "name with a dot at its end";
    /// Host with port.
    pub const HOST_WITH_PORT: &str = "`Host:` with port, in capitals";
    /// HTTP on 443.
    pub const PLAIN_ON_443: &str = "plain HTTP on port 443";
    /// QUIC.
    pub const QUIC: &str = "QUIC (HTTP/3)";
    /// A second request.
    pub const SECOND_REQUEST: &str = "second request, to another name";
    /// CONNECT.
    pub const CONNECT: &str = "CONNECT, as to a proxy";
}

/// Why the rule that decides for the usual client does not match this one.
#[must_use]
pub fn no_longer_matches(rule: &str, wanted: &str, got: &str, lacks: Option<&str>) -> Text {
    if let Some(word) = lacks {
        return format!("escapes {rule}: it lacks `{word}`, and the client sends `{got}`").into();
    }
    if got == "nothing" {
        let sends_none = "which this client does not send";
        return format!("{rule} does not match this client: it asks for {wanted}, {sends_none}")
            .into();
    }
    format!("{rule} does not match this client: it asks for {wanted}, not {got}").into()
}
