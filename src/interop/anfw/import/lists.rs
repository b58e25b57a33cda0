//! Domain lists: the rules that AWS makes of them.
//!
//! Source: AWS Network Firewall developer guide, stateful domain list rule groups. AWS publishes the rules of allow and deny
//! lists; those of reject and alert lists are taken to be like the latter.

use crate::net::RuleOrder;

/// What a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListType {
    Allow,
    Deny,
    Reject,
    Alert,
}

/// Where names are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameIn {
    Tls,
    Http,
}

impl ListType {
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "ALLOWLIST" => Some(Self::Allow),
            "DENYLIST" => Some(Self::Deny),
            "REJECTLIST" => Some(Self::Reject),
            "ALERTLIST" => Some(Self::Alert),
            _ => None,
        }
    }

    pub const fn action(self) -> &'static str {
        match self {
            Self::Allow => "pass",
            Self::Deny => "drop",
            Self::Reject => "reject",
            Self::Alert => "alert",
        }
    }

    const fn listed(self) -> &'static str {
        match self {
            Self::Allow => "allowlisted",
            Self::Deny => "denylisted",
            Self::Reject => "rejectlisted",
            Self::Alert => "alertlisted",
        }
    }
}

impl NameIn {
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "TLS_SNI" => Some(Self::Tls),
            "HTTP_HOST" => Some(Self::Http),
            _ => None,
        }
    }

    pub const fn protocol(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Http => "http",
        }
    }

    const fn upper(self) -> &'static str {
        match self {
            Self::Tls => "TLS",
            Self::Http => "HTTP",
        }
    }

    /// The conditions on a target, up to the message.
    fn asks(self, target: &str) -> String {
        let (buffer, nocase) = match self {
            Self::Tls => ("ssl_state:client_hello; tls.sni; ", "nocase; "),
            Self::Http => ("http.host; ", ""),
        };
        if target.starts_with('.') {
            format!("{buffer}dotprefix; content:\"{target}\"; {nocase}endswith; ")
        } else {
            format!("{buffer}content:\"{target}\"; startswith; {nocase}endswith; ")
        }
    }
}

/// A domain list.
pub struct DomainList<'a> {
    pub kind: ListType,
    pub names_in: Vec<NameIn>,
    /// Lower-case names, with a leading dot or without.
    pub targets: Vec<&'a str>,
}

impl DomainList<'_> {
    /// The rules that AWS makes of the list, with numbers from `sid`. In action order an allow list ends with drops of everything
    /// else of its protocols; a list in strict order does not.
    pub fn rules(&self, order: RuleOrder, mut sid: impl FnMut() -> u32) -> Vec<String> {
        let priority = match order {
            RuleOrder::Action => "priority:1; ",
            RuleOrder::Strict => "",
        };
        let mut rules = Vec::new();
        let mut add = |action: &str, names_in: NameIn, before: &str, msg: String, after: &str| {
            rules.push(format!(
                "{action} {} $HOME_NET any -> $EXTERNAL_NET any ({before}msg:\"{msg}\"; {priority}{after}\
                 flow:to_server, established; sid:{}; rev:1;)",
                names_in.protocol(),
                sid(),
            ));
        };
        for target in &self.targets {
            for &names_in in &self.names_in {
                let msg = format!("matching {} {} FQDNs", names_in.upper(), self.kind.listed());
                add(self.kind.action(), names_in, &names_in.asks(target), msg, "");
            }
        }
        let closes = self.kind == ListType::Allow && order == RuleOrder::Action;
        for names_in in [NameIn::Http, NameIn::Tls] {
            if closes && self.names_in.contains(&names_in) {
                let msg = format!("not matching any {} allowlisted FQDNs", names_in.upper());
                match names_in {
                    NameIn::Http => {
                        let asks = "http.header_names; content:\"|0d 0a|\"; startswith; ";
                        add("drop", names_in, asks, msg, "");
                    }
                    NameIn::Tls => add("drop", names_in, "", msg, "ssl_state:client_hello; "),
                }
            }
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(kind: ListType, order: RuleOrder) -> Vec<String> {
        let list = DomainList {
            kind,
            names_in: vec![NameIn::Tls, NameIn::Http],
            targets: vec![".amazon.com", "example.com"],
        };
        let mut sid = 0;
        list.rules(order, || {
            sid += 1;
            sid
        })
    }

    #[test]
    fn rules_are_those_that_aws_publishes() {
        let rules = rules(ListType::Allow, RuleOrder::Action);
        assert_eq!(rules.len(), 6);
        assert_eq!(
            rules[0],
            "pass tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; tls.sni; dotprefix; content:\".amazon.com\"; nocase; endswith; msg:\"matching TLS allowlisted FQDNs\"; priority:1; flow:to_server, established; sid:1; rev:1;)"
        );
        assert_eq!(
            rules[3],
            "pass http $HOME_NET any -> $EXTERNAL_NET any (http.host; content:\"example.com\"; startswith; endswith; msg:\"matching HTTP allowlisted FQDNs\"; priority:1; flow:to_server, established; sid:4; rev:1;)"
        );
        assert_eq!(
            rules[4],
            "drop http $HOME_NET any -> $EXTERNAL_NET any (http.header_names; content:\"|0d 0a|\"; startswith; msg:\"not matching any HTTP allowlisted FQDNs\"; priority:1; flow:to_server, established; sid:5; rev:1;)"
        );
        assert_eq!(
            rules[5],
            "drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"not matching any TLS allowlisted FQDNs\"; priority:1; ssl_state:client_hello; flow:to_server, established; sid:6; rev:1;)"
        );
    }

    #[test]
    fn list_in_strict_order_has_no_closing_drops() {
        let rules = rules(ListType::Allow, RuleOrder::Strict);
        assert_eq!(rules.len(), 4);
        assert!(rules.iter().all(|rule| rule.starts_with("pass") && !rule.contains("priority")));
        assert!(self::rules(ListType::Alert, RuleOrder::Action)[0].starts_with("alert tls"));
    }
}
