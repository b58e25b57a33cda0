//! The save that loses nothing: random edits of awkward files.
//!
//! Every line of a file made here carries the names of the rules it belongs to, so that after an edit each
//! line can be asked whether it was the edit's business.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use proptest::prelude::*;
use sekisho::policy::{Batch, Document, Edit, Field, RulePlace, Thing};

#[path = "saving/awkward.rs"]
mod awkward;
#[path = "saving/edits.rs"]
mod edits;
#[path = "saving/entries.rs"]
mod entries;
#[path = "saving/naming.rs"]
mod naming;
#[path = "saving/things.rs"]
mod things;

use awkward::{Choices, awkward};
use edits::{may_be_refused, some_edit};
use things::FIRST_FLAGS;

/// The lines that are nobody's business here: without those of the named rules and cases, blank ones, and the
/// heads of lists, which lose or gain their brackets with the last or first item; a group on one line is such a head,
/// any other line that says more than the brackets is none.
fn others<'a>(document: &'a Document, names: &[String]) -> Vec<&'a str> {
    let head = |line: &str| {
        let line = line.trim_start();
        const HEADS: [&str; 6] =
            ["rules:", "cases:", "rule_groups:", "sources:", "domain_lists:", "stateless:"];
        let rest = HEADS.iter().find_map(|head| line.strip_prefix(head));
        let rest = rest.map(|rest| rest.trim_matches([' ', '[', ']', '{', '}', '\r', '\n']));
        let group = line.starts_with("- {name: g") && line.contains("rules: [");
        group || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
    };
    let policy = document.policy();
    let rules = policy.rule_groups.iter().flat_map(|g| {
        let rules = g.rules.iter().enumerate();
        rules.map(|(at, rule)| (&rule.name.value, g.rules.span(at).unwrap()))
    });
    let cases = policy.cases.iter().map(|c| (&c.name.value, c.place.span.clone()));
    let spans: Vec<_> =
        rules.chain(cases).filter(|(name, _)| names.contains(name)).map(|(_, s)| s).collect();
    let mut at = 0;
    let mut lines = Vec::new();
    for line in document.text().split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let own = spans.iter().any(|span| span.start < end && start < span.end)
            || names.iter().any(|name| line.contains(name.as_str()));
        if !line
            .split("]} # flow")
            .next()
            .unwrap()
            .trim_matches([' ', ']', '}', '\r', '\n'])
            .is_empty()
            && !head(line)
            && !own
        {
            lines.push(line);
        }
    }
    lines
}

/// Whether lines that are nobody's business are the same, byte for byte. Between brackets the last item differs in its
/// comma from the others; the last line of a file gets an end when another one comes after it.
fn same(before: &[&str], after: &[&str]) -> bool {
    let core =
        |line: &str| line.split("]} # flow").next().unwrap().replace(',', "").trim_end().to_owned();
    let between_brackets =
        |line: &str| line.trim_start().starts_with('{') || line.contains("]} # flow");
    let same = |(a, b): (&&str, &&str)| {
        a == b
            || (between_brackets(a) && core(a) == core(b))
            || (!(a.ends_with('\n') && b.ends_with('\n')) && a.trim_end() == b.trim_end())
    };
    before.len() == after.len() && before.iter().zip(after).all(same)
}

/// The comments, sorted; as the parser sees them, so that a `#` within a text is none.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<String> = granit_parser::Parser::new_from_str(text)
        .filter_map(|event| match event.unwrap().0 {
            granit_parser::Event::Comment(comment, _) => Some(comment.trim_end().to_owned()),
            _ => None,
        })
        .collect();
    comments.sort();
    comments
}

/// The rules of groups on one line: a comment that comes among them needs lines, and gives them some.
fn on_one_line(document: &Document) -> Vec<String> {
    let groups = document.policy().rule_groups.iter();
    let flow =
        groups.filter(|g| document.text().contains(&format!("{{name: {}, priority", g.name.value)));
    flow.flat_map(|g| &g.rules).map(|rule| rule.name.value.clone()).collect()
}

/// What hand-written rules ask behind their headers.
fn options(text: &str) -> Vec<&str> {
    let rules = text.lines().filter(|line| line.contains(" any -> any "));
    rules.filter_map(|line| Some(line.split_once(" (")?.1)).collect()
}

/// The comments on the lines of the test of flags that begins a list, where `edit` lets it stay.
fn of_first_flags(document: &Document, edit: &Edit) -> Option<Vec<String>> {
    let Edit::Set { thing: Thing::StatelessRow(at), fields } = edit else { return None };
    let (_, flags) = fields.iter().find(|(field, _)| *field == Field::TcpFlags)?;
    let first = document.policy().stateless_row(*at)?.tcp_flags.first()?;
    let stays = flags.as_ref()?.split(", ").any(|flags| flags == FIRST_FLAGS);
    let of_it = |comment: &String| comment.contains("sls first") || comment.contains("sls masks");
    let of_it = comments(document.text()).into_iter().filter(of_it);
    (stays && (first.flags, first.masks) == (2, 18)).then(|| of_it.collect())
}

/// Whether it gives a group another priority, which is one line.
fn is_priority(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { thing: Thing::Group(_), fields } if fields[0].0 == Field::Priority)
}

fn check_edits(bytes: &[u8]) -> Result<(), TestCaseError> {
    let mut choices = Choices::of(bytes);
    let text = awkward(&mut choices);
    let mut document = Document::read(text.clone()).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    let mut undos = Vec::new();
    for step in 0..6 {
        let Some((edit, mut names)) = some_edit(&document, &mut choices, step) else { continue };
        names.extend(on_one_line(&document));
        // A copy, and a rule under a new name, have comments that say where they come from.
        let origins: Vec<String> =
            names.iter().filter_map(|n| Some(format!("{}_", n.split_once('_')?.0))).collect();
        names.extend(origins);
        let before = document.clone();
        let undo = match document.apply(&edit) {
            Ok(undo) => undo,
            Err(error) => {
                prop_assert!(may_be_refused(&edit, &error), "{error}\n{edit:?}\n{}", before.text());
                prop_assert_eq!(before.text(), document.text());
                continue;
            }
        };
        let shown =
            || format!("{edit:?}\n--- before\n{}\n--- after\n{}", before.text(), document.text());
        let again = Document::read(document.text().to_owned()).unwrap();
        prop_assert!(again.policy() == document.policy(), "{}", shown());
        if is_priority(&edit) {
            let changed =
                before.text().lines().zip(document.text().lines()).filter(|(a, b)| a != b).count();
            prop_assert!(changed <= 1, "{}", shown());
        } else {
            let (old, new) = (others(&before, &names), others(&document, &names));
            prop_assert!(same(&old, &new), "{old:#?}\n{new:#?}\n{}", shown());
        }
        if let Edit::Set { thing: Thing::IpSet(..) | Thing::PortSet(..), .. } = edit {
            prop_assert_eq!(options(before.text()), options(document.text()), "{}", shown());
        }
        if let Some(kept) = of_first_flags(&before, &edit) {
            let after = comments(document.text());
            prop_assert!(kept.iter().all(|comment| after.contains(comment)), "{}", shown());
        }
        if matches!(
            &edit,
            Edit::MoveRule { .. }
                | Edit::Several { what: Batch::Move { .. } | Batch::Space(_), .. }
        ) {
            prop_assert_eq!(comments(before.text()), comments(document.text()), "{}", shown());
        }
        let mut back = document.clone();
        let redo = back.apply(&undo).unwrap();
        prop_assert_eq!(back.text(), before.text());
        back.apply(&redo).unwrap();
        prop_assert_eq!(back.text(), document.text());
        undos.push(undo);
    }
    for undo in undos.iter().rev() {
        document.apply(undo).unwrap();
    }
    prop_assert_eq!(document.text(), text);
    Ok(())
}

/// The names of the rules, group by group.
fn names(document: &Document) -> Vec<Vec<String>> {
    let name = |rule: &sekisho::policy::Rule| rule.name.value.clone();
    document.policy().rule_groups.iter().map(|g| g.rules.iter().map(name).collect()).collect()
}

fn check_marked(bytes: &[u8]) -> Result<(), TestCaseError> {
    let mut choices = Choices::of(bytes);
    let text = awkward(&mut choices);
    let mut document = Document::read(text.clone()).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    let (mut left, mut marked, mut taken) = (names(&document), Vec::new(), Vec::new());
    for (group, rules) in names(&document).iter().enumerate() {
        for (rule, name) in rules.iter().enumerate().filter(|_| choices.yes()) {
            marked.push(RulePlace { group, rule });
            taken.push(name.clone());
            left[group].retain(|other| other != name);
        }
    }
    // Set together they are as they are set one by one.
    if let Some(edit @ Edit::Several { .. }) =
        Edit::switch_rules(document.policy(), &marked, choices.yes())
    {
        let Edit::Several { edits, .. } = &edit else { return Ok(()) };
        let (mut together, mut alone) = (document.clone(), document.clone());
        let undo = together.apply(&edit).unwrap();
        for edit in edits {
            alone.apply(edit).unwrap();
        }
        prop_assert_eq!(together.text(), alone.text(), "{}", text);
        together.apply(&undo).unwrap();
        prop_assert_eq!(together.text(), &text);
    }
    let group = choices.below(left.len());
    let to = RulePlace { group, rule: choices.below(left[group].len() + 1) };
    let edit = Edit::move_rules(document.policy(), &marked, to);
    left[group].splice(to.rule..to.rule, taken);
    let Some(edit) = edit else {
        prop_assert_eq!(left, names(&document));
        return Ok(());
    };
    let undo = document.apply(&edit).unwrap();
    prop_assert_eq!(left, names(&document), "{:?}\n{}\n{}", edit, text, document.text());
    document.apply(&undo).unwrap();
    prop_assert_eq!(document.text(), text);
    Ok(())
}

/// Rules that pass a few others stay, and the others move: the fewer, the sooner.
#[test]
fn many_rules_that_pass_one_are_moved_by_moving_that_one() {
    let rows: String = (0..40)
        .map(|at| format!("      - {{name: r{at}, action: pass, from: any, to: n{at}.example}}\n"))
        .collect();
    let text = format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rows}"
    );
    let document = Document::read(text).unwrap();
    let marked: Vec<RulePlace> = (3..33).map(|rule| RulePlace { group: 0, rule }).collect();
    let moved = |to: usize| {
        let to = RulePlace { group: 0, rule: to };
        let edit = Edit::move_rules(document.policy(), &marked, to).unwrap();
        let mut after = document.clone();
        after.apply(&edit).unwrap();
        let Edit::Several { edits, .. } = edit else { panic!("{edit:?}") };
        (edits.len(), names(&after)[0].clone())
    };
    for (to, edits) in [(4, 1), (2, 1), (0, 3), (10, 7)] {
        let mut left = names(&document)[0].clone();
        let taken: Vec<String> = left.drain(3..33).collect();
        left.splice(to..to, taken);
        assert_eq!(moved(to), (edits, left), "to {to}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_touch_only_their_lines_and_can_be_undone(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_edits(&bytes)?;
    }

    #[test]
    fn marked_rules_stand_together_in_their_order_after_a_move(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        check_marked(&bytes)?;
    }
}
