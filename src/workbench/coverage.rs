use super::fates::fates;
use super::rows::{Row, rows};
use crate::compile::{Compiled, Origin};
use crate::eval::{Evaluator, Played};
use crate::net::Request;
use crate::policy::{Case, Policy, RulePlace};

/// Which cases let a row do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCoverage {
    /// The row.
    pub place: RulePlace,
    /// Indices into `Policy::cases`; empty: no case exercises it.
    pub cases: Vec<usize>,
}

/// For each row that is asked, in the order of the list, the cases in which it decides a packet or writes a log line.
#[must_use]
pub fn coverage(policy: &Policy, compiled: &Compiled, evaluator: &Evaluator) -> Vec<RowCoverage> {
    let mut covered: Vec<RowCoverage> = rows(policy)
        .into_iter()
        .filter_map(|row| match row {
            Row::Rule { place, .. } if policy.rule(place)?.enabled => {
                Some(RowCoverage { place, cases: Vec::new() })
            }
            Row::Rule { .. } | Row::Group(_) | Row::Stateless(_) => None,
        })
        .collect();
    for (number, case) in policy.cases.iter().enumerate() {
        let acting = acting(compiled, evaluator, case);
        for row in covered.iter_mut().filter(|row| acting.contains(&row.place)) {
            row.cases.push(number);
        }
    }
    covered
}

/// The rows that do something in a case, to whatever address it goes, as long as its client goes on.
fn acting(compiled: &Compiled, evaluator: &Evaluator, case: &Case) -> Vec<RulePlace> {
    let Ok(request) = Request::parse(&case.from, &case.url, case.dst.as_deref()) else {
        return Vec::new();
    };
    let addresses = fates(evaluator, &request).into_iter().map(|fate| fate.address);
    let played = addresses.map(|address| Played::new(request.flow(address)));
    let acted = played.flat_map(|played| evaluator.whole(&played).acted);
    let row = |rule: usize| match compiled.origins.get(rule)? {
        Origin::Rule(place) => Some(*place),
        Origin::Preamble | Origin::Tail | Origin::DefaultAction | Origin::Managed(_) => None,
    };
    acted.filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::policy::Document;

    #[test]
    fn a_row_is_exercised_by_the_cases_that_it_decides_or_logs() {
        let policy = "\
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established_app_layer_to_server]
home_net: [10.0.0.0/8]
rule_groups:
  - name: g
    priority: 1
    rules:
      - {name: watch, action: alert, from: any, to: [.example]}
      - {name: a, action: pass, from: any, to: [a.example]}
      - {name: b, action: pass, from: any, to: [b.example]}
      - {name: c, action: pass, from: any, to: [c.example], enabled: false}
cases:
  - {name: one, from: 10.1.2.3, url: https://a.example, expect: pass}
  - {name: two, from: 10.1.2.3, url: https://c.example, expect: drop}
";
        let document = Document::read(policy.to_owned()).unwrap();
        let compiled = compile(document.policy());
        let covered = coverage(document.policy(), &compiled, &evaluator(&compiled));
        let cases: Vec<&[usize]> = covered.iter().map(|row| &row.cases[..]).collect();
        assert_eq!(cases, [&[0, 1][..], &[0], &[]]);
    }
}
