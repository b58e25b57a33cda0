//! A policy after an edit of its rows: only the rows whose lines changed are read again.
//!
//! What comes out is what reading the whole text gives, or nothing: then the whole text is read.

use std::ops::Range;
use std::sync::Arc;

use super::changes::RowsChanged;
use super::document::bare_return;
use super::fault::Faults;
use super::names::names_hold;
use super::places::each_place;
use super::read::{Reader, rule};
use super::rows::{self, Around, Part, State, Stretch, stretches};
use super::tree::{Kind, Node, Shift, Tree};
use super::{Endpoint, Policy, Rule, RuleBody, Rules, Splice, Start, Target};

/// A stretch of rows after an edit.
struct Read {
    stretch: Stretch,
    /// How far what stands behind it moved.
    behind: Shift,
    list: Node,
    comments: Vec<Range<usize>>,
    rules: Vec<(Arc<Rule>, Start)>,
}

/// The tree and the policy of `text`, which is that of `before` after `pieces`; and the rows that changed, from the top.
pub fn patched(
    before: State<'_>,
    pieces: &[Splice],
    text: &str,
) -> Option<(Tree, Policy, Vec<RowsChanged>)> {
    let stretches = stretches(before, pieces)?;
    let mut moved = Shift::default();
    let mut read = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let one = again(before, text, stretch, moved)?;
        moved = one.behind;
        read.push(one);
    }
    let changed = |Read { stretch, rules, .. }: &Read| RowsChanged {
        group: stretch.group,
        rows: stretch.rows.clone(),
        count: rules.len(),
    };
    let changed: Vec<RowsChanged> = read.iter().map(changed).collect();
    let policy = patch_policy(before.policy, &read)?;
    let holds = read.iter().flat_map(|one| &one.rules).all(|(rule, _)| refers(&policy, rule))
        && names_hold(before.policy, &policy, &changed);
    let tree = patch_tree(before, &policy, &read).filter(|_| holds)?;
    Some((tree, policy, changed))
}

fn again(state: State<'_>, new: &str, stretch: Stretch, before: Shift) -> Option<Read> {
    let old = state.text;
    let was = old.get(stretch.bytes.clone())?;
    let start = stretch.bytes.start.checked_add_signed(before.bytes)?;
    let end = stretch.bytes.end.checked_add_signed(before.bytes + stretch.longer)?;
    let lines = new.get(start..end)?;
    let last = stretch.bytes.end == old.len();
    if bare_return(lines).is_some() || !(lines.ends_with('\n') || last) {
        return None;
    }
    let mut faults = Faults::default();
    let first = state.rules(stretch.group)?.start(stretch.rows.start)?;
    let line = first.line.checked_add_signed(before.lines)?;
    let count = |text: &str| isize::try_from(text.matches('\n').count()).ok();
    let behind = Shift {
        bytes: before.bytes + stretch.longer,
        lines: before.lines + count(lines)? - count(was)?,
    };
    let around = Around::of(state, stretch.group)?;
    let Part { list, comments } = rows::read(lines, &around, (start, line), &mut faults)?;
    let mut reader = Reader { text: new, faults: &mut faults };
    let rules: Option<Vec<(Arc<Rule>, Start)>> =
        list.items().iter().map(|item| rule(&mut reader, item)).collect();
    let rules = rules.filter(|_| faults.is_empty())?;
    Some(Read { stretch, behind, list, comments, rules })
}

/// How far what stands at a byte of the text before moved: as all that is behind the stretches above it.
fn moved(read: &[Read], byte: usize) -> Shift {
    let above = read.partition_point(|one| one.stretch.bytes.end <= byte);
    above.checked_sub(1).map_or_else(Shift::default, |last| read[last].behind)
}

/// The tree is searched before anything in it moves, since fields are found by what the text before says.
fn patch_tree(before: State<'_>, policy: &Policy, read: &[Read]) -> Option<Tree> {
    let State { tree, text, .. } = before;
    let field = |map: &Node, name| {
        map.entries().iter().position(|entry| entry.key.text(text) == Some(name))
    };
    let of_groups = field(&tree.root, "rule_groups")?;
    let groups = tree.root.entries()[of_groups].value.items();
    let of_rules: Vec<Option<usize>> = groups.iter().map(|group| field(group, "rules")).collect();
    let mut tree = tree.clone();
    move_node(&mut tree.root, read);
    for one in read.iter().rev() {
        let group = one.stretch.group;
        let groups = &mut tree.root.entries_mut()?.get_mut(of_groups)?.value;
        let map = groups.items_mut()?.get_mut(group)?;
        let list = &mut map.entries_mut()?.get_mut((*of_rules.get(group)?)?)?.value;
        if one.stretch.rows.start == 0 {
            (list.span.start, list.line) = (one.list.span.start, one.list.line);
        }
        let rules = &policy.rule_groups.get(group)?.rules;
        list.span.end = rules.span(rules.len().checked_sub(1)?)?.end;
        end_with_last(map);
        end_with_last(groups);
    }
    end_with_last(&mut tree.root);
    tree.comments = comments(&tree.comments, read);
    Some(tree)
}

/// Moves all that was read from the text before.
fn move_node(node: &mut Node, read: &[Read]) {
    let (start, end) = (moved(read, node.span.start), moved(read, node.span.end));
    node.line = node.line.wrapping_add_signed(start.lines);
    node.span.start = node.span.start.wrapping_add_signed(start.bytes);
    node.span.end = node.span.end.wrapping_add_signed(end.bytes);
    match &mut node.kind {
        Kind::List { items, .. } => items.iter_mut().for_each(|item| move_node(item, read)),
        Kind::Map { entries, .. } => {
            for entry in entries {
                move_node(&mut entry.key, read);
                move_node(&mut entry.value, read);
            }
        }
        Kind::Scalar { .. } | Kind::Broken | Kind::Rows | Kind::Unread { .. } => {}
    }
}

/// A list or mapping with a line for each part ends where its last part does.
fn end_with_last(node: &mut Node) {
    let last = match &node.kind {
        Kind::List { flow: false, items } => items.last().map(|item| item.span.end),
        Kind::Map { flow: false, entries } => {
            entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end))
        }
        _ => None,
    };
    node.span.end = last.unwrap_or(node.span.end);
}

/// The comments after the edit: those outside of the stretches moved, those inside read again.
fn comments(before: &[Range<usize>], read: &[Read]) -> Vec<Range<usize>> {
    let inside = |comment: &Range<usize>| {
        let at = read.partition_point(|one| one.stretch.bytes.end <= comment.start);
        read.get(at).is_some_and(|one| one.stretch.bytes.start <= comment.start)
    };
    let outside = before.iter().filter(|comment| !inside(comment)).cloned().map(|mut comment| {
        moved(read, comment.start).span(&mut comment);
        comment
    });
    let again = read.iter().flat_map(|one| one.comments.iter().cloned());
    let mut all: Vec<Range<usize>> = outside.chain(again).collect();
    all.sort_by_key(|comment| comment.start);
    all
}

fn patch_policy(before: &Policy, read: &[Read]) -> Option<Policy> {
    let mut policy = before.clone();
    each_place(&mut policy, &mut |place| moved(read, place.span.start).place(place));
    for (index, group) in policy.rule_groups.iter_mut().enumerate() {
        let Some(first) = group.rules.start(0) else { continue };
        let start = read.partition_point(|one| one.stretch.group < index);
        let end = read.partition_point(|one| one.stretch.group <= index);
        group.rules = match read.get(start..end)? {
            [] => group.rules.moved(moved(read, first.byte).start(first)),
            own => patch_rules(&group.rules, own, read)?,
        };
    }
    Some(policy)
}

/// The rules of a group of which some, `own`, were read again.
fn patch_rules(before: &Rules, own: &[Read], read: &[Read]) -> Option<Rules> {
    let mut rules: Vec<(Arc<Rule>, Start)> = Vec::with_capacity(before.len());
    let starts: Vec<Start> = before.starts().collect();
    let kept = |rows: Range<usize>| {
        let rows = before.shared().get(rows.clone())?.iter().zip(starts.get(rows)?);
        Some(rows.map(|(rule, start)| (Arc::clone(rule), moved(read, start.byte).start(*start))))
    };
    let mut next = 0;
    for one in own {
        rules.extend(kept(next..one.stretch.rows.start)?);
        rules.extend(one.rules.iter().cloned());
        next = one.stretch.rows.end;
    }
    rules.extend(kept(next..before.len())?);
    Some(Rules::new(rules))
}

/// Whether what a rule names exists.
fn refers(policy: &Policy, rule: &Rule) -> bool {
    let RuleBody::Match(body) = &rule.body else { return true };
    let from = body.from.iter().all(|from| match &from.value {
        Endpoint::Source(name) => policy.source(name).is_some(),
        Endpoint::Any | Endpoint::Net(_) => true,
    });
    let to = body.to.iter().all(|to| match &to.value {
        Target::List(name) => policy.list(name).is_some(),
        Target::Any | Target::Name(_) | Target::Url(_) | Target::Regex(_) | Target::Net(_) => true,
    });
    from && to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::apply::spliced;
    use crate::policy::{Document, Edit, RuleDraft, RuleField, RulePlace};

    /// Lists indented and not, rows on one line and on several, texts that hold what looks like rows, comments anywhere.
    const POLICY: &str = "\
# Top.
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established]
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16]}
rule_groups:
  - name: first
    priority: 100
    rules:
      # Above.
      - {name: a, action: pass, from: payroll, to: [a.example]} # beside
      - name: b
        action: drop
        from: any
        to: any

      # Between.
      - name: c
        note: |
          two lines
            - {name: not-a-row}
        action: pass
        from: [10.2.0.0/16, payroll]
        to: \"*.c.example\"
        accept: [shadowed-by-rule because it is so]
      - name: d
        suricata: |
          drop tls any any -> any any (tls.sni; content:\"d.example\"; sid:9;)

          pass tcp any any -> any any (sid:10;)
  - name: second
    rules:
    - {name: a, action: pass, from: any, to: [second.example],
       ports: [443]}
    - {name: e, action: reject, from: any, to: https://e.example}
    # Below.

    priority: 200
  - name: third
    priority: 300
    rules: [{name: f, action: pass, from: any, to: f.example}]
cases:
  - {name: one, from: 10.1.2.3, url: https://a.example, expect: pass, by: first/a}
  - {name: two, from: 10.1.2.3, url: https://e.example, expect: drop, by: e}
accept: [no-default-drop because of that]
";

    const PIECES: [&str; 26] = [
        "",
        "",
        "",
        "\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        "# c\n",
        "#",
        "|",
        ">",
        "'",
        "\"",
        "- ",
        ": ",
        "}",
        "]",
        "---\n",
        "...\n",
        "&x ",
        "x",
        "a",
        "      - {name: g, action: pass, from: any, to: any}\n",
        "    - {name: e, action: pass, from: nobody, to: any}\n",
    ];

    struct Random(u64);

    impl Random {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % end.max(1)
        }
    }

    fn document(text: &str) -> Document {
        Document::read(text.to_owned()).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn texts() -> Vec<String> {
        let crlf = POLICY.replace('\n', "\r\n");
        let rows_last = POLICY.split("  - name: third").next().unwrap_or_default().to_owned();
        let open_end = rows_last.split("    # Below").next().unwrap_or_default();
        let open_end =
            open_end.replace("    rules:\n    -", "    priority: 200\n    rules:\n    -");
        let sample = include_str!("../../samples/central-egress/policy.yaml").to_owned();
        vec![POLICY.to_owned(), crlf, rows_last, open_end.trim_end().to_owned(), sample]
    }

    #[test]
    fn rows_read_alone_are_what_the_whole_text_says() {
        let mut random = Random(7);
        let (mut alone, mut whole) = (0, 0);
        for text in texts() {
            let before = document(&text);
            for _ in 0..3_000 {
                let place = |random: &mut Random| {
                    let mut at = random.below(text.len());
                    while !text.is_char_boundary(at) {
                        at -= 1;
                    }
                    // Lines often, anything sometimes.
                    if random.below(2) == 0 {
                        text[..at].rfind('\n').map_or(0, |at| at + 1)
                    } else {
                        at
                    }
                };
                let mut pieces: Vec<Splice> = Vec::new();
                for _ in 0..1 + random.below(2) {
                    let start = place(&mut random);
                    let mut end = (start + [0, 0, 1, 40][random.below(4)]).min(text.len());
                    if random.below(3) == 0 {
                        end = text[start..].find('\n').map_or(text.len(), |line| start + line + 1);
                    }
                    while !text.is_char_boundary(end) {
                        end += 1;
                    }
                    let piece = PIECES[random.below(PIECES.len())].to_owned();
                    pieces.push(Splice { range: start..end, text: piece });
                }
                pieces.sort_by_key(|piece| piece.range.start);
                if pieces.windows(2).any(|two| two[1].range.start < two[0].range.end) {
                    continue;
                }
                let Some(new) = spliced(&text, &pieces) else { continue };
                match patched(before.state(), &pieces, &new) {
                    None => whole += 1,
                    Some((tree, policy, _)) => {
                        alone += 1;
                        let again = match Document::read(new.clone()) {
                            Ok(again) => again,
                            Err(problems) => panic!("{pieces:?} is refused: {problems:?}\n{new}"),
                        };
                        assert_eq!(&policy, again.policy(), "{pieces:?}\n{new}");
                        assert_eq!(&tree, again.state().tree, "{pieces:?}\n{new}");
                    }
                }
            }
        }
        assert!(alone > 500 && whole > 500, "{alone} read alone, {whole} read as a whole");
    }

    #[test]
    fn many_edits_and_their_undoing_leave_what_reading_gives() {
        for text in texts() {
            let mut random = Random(11);
            let mut document = document(&text);
            let mut undos: Vec<Edit> = Vec::new();
            let mut made = 0;
            for turn in 0..120 {
                let groups = &document.policy().rule_groups;
                let mut any = |more: usize| {
                    let group = random.below(groups.len());
                    RulePlace { group, rule: random.below(groups[group].rules.len() + more) }
                };
                let (at, to) = (any(0), any(1));
                let name = format!("n{turn}");
                let set = |field, value: &str| Edit::SetRule {
                    at,
                    fields: vec![(field, Some(value.to_owned()))],
                };
                let draft = [
                    (RuleField::Name, name.as_str()),
                    (RuleField::Action, "pass"),
                    (RuleField::From, "payroll"),
                    (RuleField::To, "n.example"),
                ];
                let fields = draft.map(|(field, text)| (field, text.to_owned())).to_vec();
                let edit = match random.below(9) {
                    0 | 1 => Edit::MoveRule { from: at, to },
                    2 => Edit::InsertRule { at: to, rule: RuleDraft { fields } },
                    3 => Edit::DuplicateRule { at, name },
                    4 => Edit::RemoveRule { at },
                    5 => set(RuleField::Name, &name),
                    6 => set(RuleField::Note, "a: 'b' # c"),
                    7 => set(RuleField::Action, "drop"),
                    _ => match undos.pop() {
                        Some(undo) => undo,
                        None => continue,
                    },
                };
                let is_undo = matches!(edit, Edit::Splice { .. });
                if let Ok(undo) = document.apply(&edit) {
                    made += 1;
                    if !is_undo {
                        undos.push(undo);
                    }
                }
                let again = self::document(document.text());
                assert_eq!(document.policy(), again.policy(), "{edit:?}\n{}", document.text());
                assert_eq!(
                    document.state().tree,
                    again.state().tree,
                    "{edit:?}\n{}",
                    document.text()
                );
            }
            while let Some(undo) = undos.pop() {
                document.apply(&undo).unwrap();
            }
            assert_eq!(document.text(), text);
            assert!(made > 50, "{made} edits were made");
        }
    }
}
