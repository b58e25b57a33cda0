//! Names of groups that AWS does not take (pain 43).

use super::Finding;
use super::under::Under;
use crate::compile::NAME_LENGTH;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::name_aws_refuses as say;
use crate::policy::{Edit, Field, Thing};

/// Said for each group, and the policy, with such a name; a group that others keep has theirs.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let policy = under.policy;
    let mut found: Vec<Finding> = Vec::new();
    if !is_taken(&policy.name) {
        found.push(note(None, &policy.name).into());
    }
    for (group, one) in policy.rule_groups.iter().enumerate() {
        let name = &one.name.value;
        if one.managed.is_some() || is_taken(name) {
            continue;
        }
        let new = taken(name).filter(|new| policy.rule_groups.iter().all(|g| g.name.value != *new));
        let fix = new.map(|new| Edit::Set {
            thing: Thing::Group(group),
            fields: vec![(Field::Name, Some(new))],
        });
        let finding = Finding::from(note(Some(one.name.place.clone()), name));
        found.push(finding.mended_by(fix));
    }
    found
}

fn note(at: Option<crate::diagnostic::Place>, name: &str) -> Diagnostic {
    let note = Diagnostic::note("name-aws-refuses", at, say::message(name)).help(say::HELP);
    note.confidence(Confidence::Medium)
}

fn is_taken(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !name.is_empty() && name.len() <= NAME_LENGTH && name.chars().all(fits)
}

/// The name with `-` in place of what is not taken; nothing where little would be left of it.
fn taken(name: &str) -> Option<String> {
    let like = |c: char| if matches!(c, '_' | ' ' | '.' | '/') { '-' } else { c };
    let new: String = name.chars().map(like).collect();
    is_taken(&new).then_some(new)
}
