use super::rows::{Row, rows};
use crate::messages::{Text, why as say};
use crate::policy::{Policy, RulePlace};

/// The row that a person means by a name, by group and name (`payroll/bank-api`), or by its number (`7`, `#7`).
///
/// # Errors
/// That there is none, or that there are several; with what to write instead.
pub fn row_named(policy: &Policy, asked: &str) -> Result<RulePlace, Text> {
    let all = rows(policy).into_iter().filter_map(|row| match row {
        Row::Rule { place, number } => {
            let rule = policy.rule(place)?;
            let group = &policy.rule_groups.get(place.group)?.name.value;
            Some((place, number, rule.name.value.as_str(), format!("{group}/{}", rule.name.value)))
        }
        Row::Group(_) | Row::Stateless(_) => None,
    });
    let all: Vec<(RulePlace, usize, &str, String)> = all.collect();
    let named: Vec<_> =
        all.iter().filter(|(.., name, path)| *name == asked || path == asked).collect();
    match named[..] {
        [(place, ..)] => return Ok(*place),
        [] => {}
        _ => {
            let paths: Vec<String> = named.into_iter().map(|(.., path)| path.clone()).collect();
            return Err(say::several_rules(asked, &paths));
        }
    }
    let number = asked.trim_start_matches('#').parse::<usize>().ok();
    if let Some((place, ..)) = all.iter().find(|(_, n, ..)| Some(*n) == number) {
        return Ok(*place);
    }
    let near = all
        .iter()
        .map(|(_, _, name, _)| (strsim::damerau_levenshtein(name, asked), *name))
        .min()
        .filter(|(far, _)| *far <= 2);
    Err(say::no_such_rule(asked, near.map(|(_, name)| name)))
}
