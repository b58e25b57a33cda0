use super::lesson::{Change, ChangeKind};
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, learn as say};
use crate::policy::{Document, Edit, Policy, RulePlace};

/// The policy after these changes of its text.
///
/// # Errors
/// What is wrong with the first change that cannot be made, at its place in the lesson's file.
pub fn changed(document: &Document, changes: &[Change]) -> Result<Document, Box<Diagnostic>> {
    let mut document = document.clone();
    for change in changes {
        document = one(&document, change)?;
    }
    Ok(document)
}

fn one(document: &Document, change: &Change) -> Result<Document, Box<Diagnostic>> {
    let place = || change.place.clone();
    let find = |name: &str| {
        rule_place(document.policy(), name).ok_or_else(|| {
            let (message, help) = say::no_such_rule(name);
            Box::new(Diagnostic::error("no-such-rule", place(), message).help(help))
        })
    };
    let edit = match &change.kind {
        ChangeKind::Move { rule, above } => {
            let (from, mut to) = (find(rule)?, find(above)?);
            if from.group == to.group && from.rule < to.rule {
                to.rule -= 1;
            }
            Edit::MoveRule { from, to }
        }
        ChangeKind::Remove(rule) => Edit::RemoveRule { at: find(rule)? },
        ChangeKind::Replace { find, put } => return replaced(document, change, find, put),
    };
    let mut after = document.clone();
    let refused = |error: crate::policy::EditError| {
        let said = say::change_refused(&error.words());
        Box::new(Diagnostic::error("change-refused", place(), said))
    };
    after.apply(&edit).map_err(refused)?;
    Ok(after)
}

fn replaced(
    document: &Document,
    change: &Change,
    find: &str,
    put: &str,
) -> Result<Document, Box<Diagnostic>> {
    let times = document.text().matches(find).count();
    if times != 1 {
        let (message, help) = say::not_once(times);
        let place = change.place.clone();
        return Err(Box::new(Diagnostic::error("not-once", place, message).help(help)));
    }
    Document::read(document.text().replacen(find, put, 1)).map_err(|problems| {
        let first = problems.into_iter().next();
        let said = first.map_or_else(
            || say::change_refused(&Text::default()),
            |problem| say::change_refused(&problem.message),
        );
        Box::new(Diagnostic::error("change-refused", change.place.clone(), said))
    })
}

/// Where the rule of that name stands; `group/rule` where a name is not unique.
pub fn rule_place(policy: &Policy, name: &str) -> Option<RulePlace> {
    for (group, of) in policy.rule_groups.iter().enumerate() {
        for (rule, row) in of.rules.iter().enumerate() {
            let full = || format!("{}/{}", of.name.value, row.name.value);
            if row.name.value == name || full() == name {
                return Some(RulePlace { group, rule });
            }
        }
    }
    None
}
