use super::lines::{Line, Word};
use super::{Access, Beside, Configuration, acl};
use crate::messages::squid as say;

/// Takes an `acl` or `http_access` line; other access lists of Squid are told, its other settings are its own.
pub(super) fn directive(conf: &mut Configuration, line: &Line, beside: &mut Beside<'_>) {
    let mut words = line.words.iter();
    let Some(first) = words.next() else { return };
    match first.text.as_str() {
        "acl" => acl::define(conf, line, beside),
        "http_access" => {
            let action = words.next().map(|word| word.text.as_str());
            let allow = match action {
                Some("allow") => true,
                Some("deny") => false,
                _ => return conf.lose(&line.origin, "squid-broken", say::BROKEN_ACCESS),
            };
            let term = |word: &Word| match word.text.strip_prefix('!') {
                Some(name) => (true, name.to_owned()),
                None => (false, word.text.clone()),
            };
            let terms: Vec<(bool, String)> = words.map(term).collect();
            if terms.is_empty() {
                // Squid ignores a line without an ACL, and warns.
                return conf.lose(&line.origin, "squid-broken", say::BROKEN_ACCESS);
            }
            conf.access.push(Access { allow, terms, origin: line.origin.clone() });
        }
        other @ ("adapted_http_access"
        | "http_access2"
        | "http_reply_access"
        | "ssl_bump"
        | "url_rewrite_program"
        | "url_rewrite_access"
        | "external_acl_type"
        | "miss_access"
        | "reply_body_max_size"
        | "follow_x_forwarded_for"
        | "cache_peer"
        | "cache_peer_access"
        | "adaptation_access"
        | "icap_enable"
        | "never_direct"
        | "always_direct"
        | "redirect_program") => {
            conf.lose(&line.origin, "squid-elsewhere", say::decides_too(other));
        }
        _ => {}
    }
}
