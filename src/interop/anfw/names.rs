//! Names as AWS takes them.

use std::collections::HashSet;

use crate::compile::NAME_LENGTH;

/// Names that differ from each other.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// The name of a resource for what the policy calls `name`: letters, digits and hyphens, none twice;
    /// `otherwise` where nothing of it is left.
    pub(super) fn give(&mut self, name: &str, otherwise: &str) -> String {
        let plain = plain(name).unwrap_or_else(|| otherwise.to_owned());
        let mut free = plain.clone();
        let mut number = 1;
        while !self.given.insert(free.to_ascii_lowercase()) {
            number += 1;
            let end = format!("-{number}");
            free = plain.chars().take(NAME_LENGTH - end.len()).chain(end.chars()).collect();
        }
        free
    }
}

/// The letters, digits and hyphens of a name; nothing where none is left.
pub(super) fn plain(name: &str) -> Option<String> {
    let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let mut plain = String::new();
    for c in name.chars().map(allowed) {
        if c != '-' || !plain.is_empty() && !plain.ends_with('-') {
            plain.push(c);
        }
    }
    let plain: String = plain.trim_end_matches('-').chars().take(NAME_LENGTH).collect();
    (!plain.is_empty()).then_some(plain)
}

/// Names for resources of templates, none twice.
pub(super) fn logical_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for name in names {
        let plain = logical(name);
        let numbered = (2..).map(|number| format!("{plain}{number}"));
        let mut candidates = std::iter::once(plain.clone()).chain(numbered);
        let free = candidates.find(|c| !given.contains(c) && !RESERVED.contains(&c.as_str()));
        given.extend(free);
    }
    given
}

/// What a template calls its other resources.
const RESERVED: [&str; 2] = ["FirewallPolicy", "AlertLog"];

/// The name as CloudFormation's and Terraform's resources have it: `paste-sites` is `PasteSites`.
fn logical(name: &str) -> String {
    let parts = name.split('-').filter(|part| !part.is_empty());
    let capital = |part: &str| {
        let (first, rest) = part.split_at(1);
        first.to_ascii_uppercase() + rest
    };
    parts.map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_aws_takes_and_differ() {
        let mut names = Names::default();
        let given =
            ["web", "Web", "a_b c", "関所", "--x--", "group"].map(|n| names.give(n, "group"));
        assert_eq!(given, ["web", "Web-2", "a-b-c", "group", "x", "group-2"]);
        let long = "x".repeat(200);
        assert_eq!([0, 1].map(|_| names.give(&long, "group").len()), [128, 128]);
    }

    #[test]
    fn logical_names_have_letters_and_digits_only() {
        let names = ["paste-sites-2", "paste-sites2", "firewall-policy"].into_iter();
        assert_eq!(logical_names(names), ["PasteSites2", "PasteSites22", "FirewallPolicy2"]);
    }
}
