use std::collections::HashSet;
use std::net::IpAddr;

use ipnet::IpNet;

use super::fields::field_text;
use super::rows::{Row, rows};
use crate::compile::{Compiled, Origin};
use crate::net::{DomainPattern, IpSet, parse_cidr};
use crate::policy::{Endpoint, Policy, Rule, RuleBody, RuleField, RulePlace, Target};

/// The fields in which text is looked for.
const FIELDS: [RuleField; 11] = [
    RuleField::Name,
    RuleField::Action,
    RuleField::From,
    RuleField::To,
    RuleField::Protocols,
    RuleField::Ports,
    RuleField::Note,
    RuleField::Ticket,
    RuleField::Owner,
    RuleField::Expires,
    RuleField::Suricata,
];

/// What a search looks through: made once for a policy, asked at each key.
#[derive(Debug)]
pub struct RuleIndex {
    /// The rules from top to bottom.
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    place: RulePlace,
    /// Everything that its fields say, in lower case.
    text: String,
    /// The sids of the rules it is compiled to, and its own.
    sids: Vec<u32>,
}

/// A word to look for, and what else it could mean.
struct Word {
    text: String,
    sid: Option<u32>,
    /// Sources that hold this address, and the address.
    address: Option<(IpNet, HashSet<String>)>,
    /// Domain lists that hold this name, and the name.
    host: Option<(DomainPattern, HashSet<String>)>,
}

impl RuleIndex {
    /// Reads every rule of the policy.
    #[must_use]
    pub fn of(policy: &Policy, compiled: &Compiled) -> Self {
        let mut entries = Vec::new();
        for row in rows(policy) {
            let Row::Rule { place, .. } = row else { continue };
            let Some(rule) = policy.rule(place) else { continue };
            let said: Vec<String> = FIELDS.iter().map(|&field| field_text(rule, field)).collect();
            let sids = rule.sid.into_iter().collect();
            entries.push(Entry { place, text: said.join("\n").to_lowercase(), sids });
        }
        let at: std::collections::HashMap<RulePlace, usize> =
            entries.iter().enumerate().map(|(at, entry)| (entry.place, at)).collect();
        for (rule, origin) in compiled.ruleset.rules.iter().zip(&compiled.origins) {
            if let Origin::Rule(place) = origin
                && let Some(&at) = at.get(place)
            {
                entries[at].sids.push(rule.sid.0);
            }
        }
        Self { entries }
    }

    /// The rules in which every word of `text` is found, from top to bottom.
    ///
    /// A word is found in what the fields say, in any case of letters. A number is also found as a sid of the rule or
    /// of one it is compiled to; an address in the networks and sources that hold it; a host name in the names,
    /// URLs and lists that mean it. What is for any address or name is not found by one.
    #[must_use]
    pub fn find(&self, policy: &Policy, text: &str) -> Vec<RulePlace> {
        let words: Vec<Word> =
            text.split_whitespace().map(|word| Word::read(policy, word)).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let has_all = |entry: &&Entry| {
            policy
                .rule(entry.place)
                .is_some_and(|rule| words.iter().all(|word| word.is_in(entry, rule)))
        };
        self.entries.iter().filter(has_all).map(|entry| entry.place).collect()
    }

    /// The rule of this number, then those of this sid.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Vec<RulePlace> {
        let nth = usize::try_from(number).ok().and_then(|n| self.entries.get(n.checked_sub(1)?));
        let of_sid = self.entries.iter().filter(|entry| entry.sids.contains(&number));
        let mut found: Vec<RulePlace> = Vec::new();
        for entry in nth.into_iter().chain(of_sid) {
            if !found.contains(&entry.place) {
                found.push(entry.place);
            }
        }
        found
    }
}

impl Word {
    fn read(policy: &Policy, word: &str) -> Self {
        let net = word.parse::<IpAddr>().map(IpNet::from).ok().or_else(|| parse_cidr(word).ok());
        let address = net.map(|net| {
            let set = IpSet::from_iter([net]);
            let holds = |name: &str| policy.source_set(name).covers(&set);
            let names = policy.sources.iter().map(|source| source.name.value.as_str());
            (net, names.filter(|name| holds(name)).map(str::to_owned).collect())
        });
        let named = word.contains('.') && net.is_none();
        let pattern = named.then(|| word.parse::<DomainPattern>().ok()).flatten();
        let host = pattern.map(|pattern| {
            let holds = |names: &[crate::policy::At<DomainPattern>]| {
                names.iter().any(|name| name.value.covers(&pattern))
            };
            let lists = policy.domain_lists.iter().filter(|list| holds(&list.names));
            let names = lists.map(|list| list.name.value.clone()).collect();
            (pattern, names)
        });
        Self { text: word.to_lowercase(), sid: word.parse().ok(), address, host }
    }

    fn is_in(&self, entry: &Entry, rule: &Rule) -> bool {
        entry.text.contains(&self.text)
            || self.sid.is_some_and(|sid| entry.sids.contains(&sid))
            || self.is_meant_by(rule)
    }

    /// Whether an end of the rule means the address or host name.
    fn is_meant_by(&self, rule: &Rule) -> bool {
        let RuleBody::Match(row) = &rule.body else { return false };
        let from = row.from.iter().any(|end| match (&end.value, &self.address) {
            (Endpoint::Source(name), Some((_, sources))) => sources.contains(name),
            (Endpoint::Net(net), Some((wanted, _))) => net.contains(wanted),
            (Endpoint::Any, _) | (_, None) => false,
        });
        from || row.to.iter().any(|target| match &target.value {
            Target::Net(net) => {
                self.address.as_ref().is_some_and(|(wanted, _)| net.contains(wanted))
            }
            Target::Name(name) => self.host.as_ref().is_some_and(|(host, _)| name.covers(host)),
            Target::Url(url) => {
                let pair = url.host.as_ref().zip(self.host.as_ref());
                pair.is_some_and(|(name, (host, _))| name.covers(host))
            }
            Target::List(list) => self.host.as_ref().is_some_and(|(_, lists)| lists.contains(list)),
            Target::Any | Target::Regex(_) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::compile;
    use crate::policy::Document;

    const POLICY: &str = r#"sekisho: 1
name: x
rule_order: strict
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16], except: [10.1.9.0/24]}
  tokyo: {of: [payroll]}
domain_lists:
  updates: [.windowsupdate.com]
rule_groups:
  - name: g
    priority: 1
    rules:
      - {name: bank, sid: 5000, action: pass, from: tokyo, to: [.bank.example], ticket: SEC-12, note: "Monthly pay"}
      - {name: patches, sid: 6000, action: pass, from: any, to: [list:updates]}
      - {name: sftp, sid: 7000, action: pass, from: 10.2.0.0/16, to: 203.0.113.0/28, protocol: tcp}
      - name: hand
        suricata: |
          drop ip any any -> any any (msg:"by hand"; sid:9;)
"#;

    fn names(found: &[RulePlace], policy: &Policy) -> Vec<String> {
        found.iter().map(|at| policy.rule(*at).unwrap().name.value.clone()).collect()
    }

    fn find(text: &str) -> Vec<String> {
        let document = Document::read(POLICY.to_owned()).unwrap();
        let index = RuleIndex::of(document.policy(), &compile(document.policy()));
        names(&index.find(document.policy(), text), document.policy())
    }

    #[test]
    fn words_are_found_in_every_field_in_any_case() {
        assert_eq!(find("sec-12"), ["bank"]);
        assert_eq!(find("monthly"), ["bank"]);
        assert_eq!(find("BY HAND"), ["hand"]);
        assert_eq!(find("pass any"), ["patches"]);
        assert_eq!(find("pass nowhere"), [""; 0]);
        assert_eq!(find("  "), [""; 0]);
    }

    #[test]
    fn address_is_found_in_the_sources_and_networks_that_hold_it() {
        assert_eq!(find("10.1.2.3"), ["bank"]);
        assert_eq!(find("10.1.9.1"), [""; 0], "it is excepted");
        assert_eq!(find("10.2.0.0/24"), ["sftp"]);
        assert_eq!(find("203.0.113.9"), ["sftp"]);
    }

    #[test]
    fn host_name_is_found_in_the_names_and_lists_that_mean_it() {
        assert_eq!(find("api.bank.example"), ["bank"]);
        assert_eq!(find("ctldl.windowsupdate.com"), ["patches"]);
        assert_eq!(find("otherbank.example"), [""; 0]);
    }

    #[test]
    fn sid_of_a_compiled_rule_leads_to_its_row() {
        assert_eq!(find("6001"), ["patches"], "the rule for HTTP");
        assert_eq!(find("5000"), ["bank"]);
    }

    #[test]
    fn number_means_the_rule_of_this_number_before_that_of_this_sid() {
        let document = Document::read(POLICY.replace("sid:9;", "sid:3;")).unwrap();
        let index = RuleIndex::of(document.policy(), &compile(document.policy()));
        assert_eq!(names(&index.numbered(3), document.policy()), ["sftp", "hand"]);
        assert_eq!(names(&index.numbered(7000), document.policy()), ["sftp"]);
        assert!(index.numbered(0).is_empty() && index.numbered(99).is_empty());
    }
}
