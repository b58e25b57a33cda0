use std::net::IpAddr;
use std::ops::Range;

use ipnet::IpNet;

use super::{
    DefaultAction, DomainList, HandWritten, InRow, Policy, Rule, RuleGroup, RulePlace, Source,
    Start,
};
use crate::diagnostic::Place;
use crate::net::IpSet;

impl DefaultAction {
    /// Every default action, in the order of the AWS guide.
    pub const ALL: [Self; 8] = [
        Self::DropStrict,
        Self::DropEstablished,
        Self::DropEstablishedAppLayer,
        Self::DropEstablishedAppLayerToServer,
        Self::AlertStrict,
        Self::AlertEstablished,
        Self::AlertEstablishedAppLayer,
        Self::AlertEstablishedAppLayerToServer,
    ];

    /// AWS's name without the prefix `aws:`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DropStrict => "drop_strict",
            Self::DropEstablished => "drop_established",
            Self::DropEstablishedAppLayer => "drop_established_app_layer",
            Self::DropEstablishedAppLayerToServer => "drop_established_app_layer_to_server",
            Self::AlertStrict => "alert_strict",
            Self::AlertEstablished => "alert_established",
            Self::AlertEstablishedAppLayer => "alert_established_app_layer",
            Self::AlertEstablishedAppLayerToServer => "alert_established_app_layer_to_server",
        }
    }

    /// Reads AWS's name, with or without `aws:`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.strip_prefix("aws:").unwrap_or(word);
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// Whether it drops, as against only logging.
    #[must_use]
    pub const fn is_drop(self) -> bool {
        matches!(
            self,
            Self::DropStrict
                | Self::DropEstablished
                | Self::DropEstablishedAppLayer
                | Self::DropEstablishedAppLayerToServer
        )
    }

    /// The alert that logs what this drop drops, and the other way round.
    #[must_use]
    pub const fn twin(self) -> Self {
        match self {
            Self::DropStrict => Self::AlertStrict,
            Self::DropEstablished => Self::AlertEstablished,
            Self::DropEstablishedAppLayer => Self::AlertEstablishedAppLayer,
            Self::DropEstablishedAppLayerToServer => Self::AlertEstablishedAppLayerToServer,
            Self::AlertStrict => Self::DropStrict,
            Self::AlertEstablished => Self::DropEstablished,
            Self::AlertEstablishedAppLayer => Self::DropEstablishedAppLayer,
            Self::AlertEstablishedAppLayerToServer => Self::DropEstablishedAppLayerToServer,
        }
    }
}

impl Policy {
    /// Group and name of every rule, stateless ones behind the others, in the order of the file.
    pub fn rule_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let stateful = self.rule_groups.iter().flat_map(|group| {
            let of = group.name.value.as_str();
            group.rules.iter().map(move |rule| (of, rule.name.value.as_str()))
        });
        let stateless = self.stateless.rule_groups.iter().flat_map(|group| {
            let of = group.name.value.as_str();
            group.rules.iter().map(move |row| (of, row.name.value.as_str()))
        });
        stateful.chain(stateless)
    }

    /// Where something of the row at `at` stands in the text.
    #[must_use]
    pub fn place_in(&self, at: RulePlace, inside: &InRow) -> Option<Place> {
        let group = self.rule_groups.get(at.group)?;
        group.rules.start(at.rule).map(|start| inside.in_text(start))
    }

    /// The bytes of the text that the row at `at` is.
    #[must_use]
    pub fn row_span(&self, at: RulePlace) -> Option<Range<usize>> {
        self.rule_groups.get(at.group)?.rules.span(at.rule)
    }

    /// Where the name of the row at `at` stands in the text.
    #[must_use]
    pub fn name_place(&self, at: RulePlace) -> Option<Place> {
        self.place_in(at, &self.rule(at)?.name.place)
    }

    /// The line of the text on which the name of the row at `at` stands, from 1; 0 where there is no such row.
    #[must_use]
    pub fn line_of(&self, at: RulePlace) -> usize {
        self.name_place(at).map_or(0, |place| place.line)
    }

    /// The rule at `place`.
    #[must_use]
    pub fn rule(&self, place: RulePlace) -> Option<&Rule> {
        self.rule_groups.get(place.group)?.rules.get(place.rule)
    }

    /// The source of that name.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.name.value == name)
    }

    /// The domain list of that name.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&DomainList> {
        self.domain_lists.iter().find(|l| l.name.value == name)
    }

    /// The addresses of a source with everything that is part of it: each source on its own
    /// (`cidrs` without `except`), then joined, so that an exception never cuts another source.
    #[must_use]
    pub fn source_set(&self, name: &str) -> IpSet {
        let mut set = IpSet::empty();
        // Each source once: many that share their parts would else be walked without end.
        let mut seen: Vec<&str> = Vec::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some(source) = self.source(name).filter(|_| !seen.contains(&name)) else {
                continue;
            };
            seen.push(name);
            let own: IpSet = source.cidrs.iter().copied().collect();
            set = set.union(&own.minus(&source.except.iter().copied().collect()));
            open.extend(source.of.iter().map(|part| part.value.as_str()));
        }
        set
    }

    /// Whether an address is in [`Policy::source_set`], which is not put together for that.
    #[must_use]
    pub fn source_contains(&self, name: &str, address: IpAddr) -> bool {
        let within = |nets: &[IpNet]| nets.iter().any(|net| net.contains(&address));
        let mut seen: Vec<&str> = Vec::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some(source) = self.source(name).filter(|_| !seen.contains(&name)) else {
                continue;
            };
            if within(&source.cidrs) && !within(&source.except) {
                return true;
            }
            seen.push(name);
            open.extend(source.of.iter().map(|part| part.value.as_str()));
        }
        false
    }
}

impl HandWritten {
    /// The place of some bytes of the text; the whole of it where that is not known.
    #[must_use]
    pub fn in_row(&self, span: &Range<usize>) -> InRow {
        let found = |at: usize| {
            let before = self.text.get(..at)?;
            let line = self.lines.get(before.matches('\n').count())?.in_text(Start::default());
            Some((line, &before[before.rfind('\n').map_or(0, |end| end + 1)..]))
        };
        let (Some((line, before)), Some((last, before_end))) = (found(span.start), found(span.end))
        else {
            return self.place.clone();
        };
        let start = line.span.start + before.len();
        let place = Place {
            line: line.line,
            column: line.column + before.chars().count(),
            span: start..(last.span.start + before_end.len()).max(start),
        };
        InRow::of(&place, Start::default())
    }
}

impl RuleGroup {
    /// What `any` and `$HOME_NET` mean in its rules: its own inside networks, or those of its `policy`.
    #[must_use]
    pub fn home_net<'a>(&'a self, policy: &'a Policy) -> &'a [IpNet] {
        self.home_net.as_ref().map_or(&policy.home_net, |own| &own.value)
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::Document;

    #[test]
    fn address_is_in_a_source_where_it_is_in_the_set_of_it() {
        let text = "sekisho: 1\nname: sources\nrule_order: strict\nhome_net: [10.0.0.0/8]\nsources:\n  \
            a: {cidrs: [10.1.0.0/16], except: [10.1.2.0/24]}\n  b: {cidrs: [10.1.2.0/25, 10.3.0.0/16]}\n  \
            both: {of: [a, b]}\n  more: {of: [both, a], cidrs: [10.9.0.0/16], except: [10.9.9.0/24]}\nrule_groups: []\n";
        let document = Document::read(text.to_owned()).unwrap();
        let policy = document.policy();
        let mut inside = 0;
        for name in ["a", "b", "both", "more", "none"] {
            let set = policy.source_set(name);
            for address in
                ["10.1.0.0", "10.1.2.3", "10.1.2.200", "10.3.4.5", "10.9.9.1", "10.9.1.1"]
            {
                let address = address.parse().unwrap();
                assert_eq!(
                    policy.source_contains(name, address),
                    set.contains(address),
                    "{name} {address}"
                );
                inside += usize::from(set.contains(address));
            }
        }
        assert!(inside > 5);
    }
}
