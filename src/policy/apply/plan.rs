//! Each edit as splices of the text.

use super::block::usual_column;
use super::entries::given;
use super::fields::{Change, rescalar, set, within};
use super::flow::Piece;
use super::list::{Item, insert, remove, take};
use super::sheet::{Plan, Sheet, replace};
use super::splices::{in_order, spliced};
use crate::messages::policy as say;
use crate::policy::fault::Fault;
use crate::policy::read::RULE_FIELDS;
use crate::policy::tree::{Entry, Kind, Node, Tree};
use crate::policy::{Edit, EditError, Policy, RuleDraft, RuleField, RulePlace, Splice};

/// Works out the splices of an edit, in the order of the text.
pub fn plan(text: &str, tree: &Tree, policy: &Policy, edit: &Edit) -> Plan {
    let desk = Desk { sheet: Sheet::new(text, tree), policy };
    let splices = match edit {
        Edit::MoveRule { from, to } => desk.move_rule(*from, *to)?,
        Edit::InsertRule { at, rule } => desk.insert_rule(*at, rule)?,
        Edit::DuplicateRule { at, name } => desk.duplicate(*at, name)?,
        Edit::RemoveRule { at } => desk.remove_rule(*at)?,
        Edit::SetRule { at, fields } => desk.set_rule(*at, fields)?,
        Edit::Set { thing, fields } => desk.set_thing(thing, fields)?,
        Edit::Add { thing, fields } => desk.add_thing(thing, fields)?,
        Edit::Remove { thing } => desk.remove_thing(thing)?,
        // A document applies them one by one.
        Edit::Several { .. } => return Err(super::block::lost()),
        Edit::Splice { pieces } => pieces.clone(),
    };
    in_order(splices).ok_or_else(super::block::lost)
}

/// A rule, and fields of it with their new text.
pub type FieldsOf<'a> = (RulePlace, &'a [(RuleField, Option<String>)]);

/// The splices that set fields of several rules, each once.
pub fn plan_set(text: &str, tree: &Tree, policy: &Policy, rules: &[FieldsOf<'_>]) -> Plan {
    let desk = Desk { sheet: Sheet::new(text, tree), policy };
    let mut splices = Vec::new();
    for (at, fields) in rules {
        splices.extend(desk.set_rule(*at, fields)?);
    }
    in_order(splices).ok_or_else(super::block::lost)
}

/// A fault as an edit is refused with it.
pub fn refused(fault: Fault) -> EditError {
    let (message, help) = fault.said;
    EditError::Refused(say::refused(&message, Some(&help)))
}

/// A policy and its text, as edits look at them.
pub(super) struct Desk<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) policy: &'a Policy,
}

impl<'a> Desk<'a> {
    pub(super) fn group(&self, index: usize) -> Plan<&'a Node> {
        let groups = self.sheet.tree.root.field(self.sheet.text, "rule_groups");
        groups.and_then(|g| g.items().get(index)).ok_or(EditError::NoSuchPlace)
    }

    /// A group and its field `rules`.
    fn rules(&self, index: usize) -> Plan<(&'a Node, &'a Entry)> {
        let group = self.group(index)?;
        let entry = group.entry(self.sheet.text, "rules");
        entry.map(|entry| (group, entry)).ok_or_else(|| EditError::Refused(say::no_rules_here()))
    }

    fn rule(&self, at: RulePlace) -> Plan<&'a Node> {
        let (_, rules) = self.rules(at.group)?;
        rules.value.items().get(at.rule).ok_or(EditError::NoSuchPlace)
    }

    /// Where the dashes of an empty list of a group would stand.
    fn usual(&self, entry: &Entry) -> usize {
        let groups = self.sheet.tree.root.field(self.sheet.text, "rule_groups");
        let lists = groups.into_iter().flat_map(Node::items).filter_map(|group| {
            let rules = group.entry(self.sheet.text, "rules")?;
            let rows = matches!(rules.value.kind, Kind::Rows) || !rules.value.items().is_empty();
            let block = !rules.value.is_flow() && rows;
            block.then(|| (rules.key.column - 1, rules.value.column - 1))
        });
        usual_column(lists, entry.key.column - 1)
    }

    fn move_rule(&self, from: RulePlace, to: RulePlace) -> Plan {
        self.rule(from)?;
        if from == to {
            return Ok(Vec::new());
        }
        let (_, source) = self.rules(from.group)?;
        let (parent, target) = self.rules(to.group)?;
        let (item, mut splices) = take(self.sheet, source, from.rule)?;
        let without = (from.group == to.group).then_some(from.rule);
        let usual = self.usual(target);
        splices.extend(insert(self.sheet, parent, target, to.rule, without, &item, usual)?);
        if from.group != to.group {
            let group = &self.policy.rule_groups[to.group].name.value;
            let rule = &self.policy.rule_groups[from.group].rules[from.rule].name.value;
            splices.extend(self.rename_in_cases(from, |full| {
                if full { format!("{group}/{rule}") } else { rule.clone() }
            }));
        }
        Ok(splices)
    }

    fn insert_rule(&self, at: RulePlace, draft: &RuleDraft) -> Plan {
        let (parent, entry) = self.rules(at.group)?;
        let mut changes = Vec::new();
        for (field, text) in &draft.fields {
            if let Some(value) = given(*field, Some(text)).map_err(refused)? {
                changes.push(Change::of_rule(*field, Some(value)));
            }
        }
        let items = entry.value.items();
        let beside =
            at.rule.checked_sub(1).and_then(|i| items.get(i)).or_else(|| items.get(at.rule));
        let by_hand = draft.fields.iter().any(|(field, _)| *field == RuleField::Suricata);
        let between_brackets = parent.is_flow() || (entry.value.is_flow() && !items.is_empty());
        let flow = between_brackets || (!by_hand && beside.is_none_or(Node::is_flow));
        let item = self.written(&changes, flow);
        insert(self.sheet, parent, entry, at.rule, None, &item, self.usual(entry))
    }

    /// A new item with these fields.
    pub(super) fn written(&self, changes: &[Change], flow: bool) -> Item {
        let eol = self.sheet.eol;
        let field = |c: &Change, flow| format!("{}: {}", c.key, c.fresh(flow, 4, eol));
        let brief: Vec<String> = changes.iter().map(|c| field(c, true)).collect();
        let piece = Piece { text: format!("{{{}}}", brief.join(", ")), ..Piece::default() };
        if flow {
            return Item::Piece(piece);
        }
        let lines: Vec<String> = changes.iter().map(|c| field(c, false)).collect();
        let text = format!("- {}", lines.join(&format!("{eol}  ")));
        Item::Lines { text, column: 0, piece }
    }

    fn duplicate(&self, at: RulePlace, name: &str) -> Plan {
        let node = self.rule(at)?;
        let (parent, entry) = self.rules(at.group)?;
        let value = given(RuleField::Name, Some(name)).map_err(refused)?;
        let changes =
            [Change::of_rule(RuleField::Name, value), Change::of_rule(RuleField::Sid, None)];
        let splices = set(self.sheet, node, &RULE_FIELDS, &changes)?;
        let range = self.lines_of(node);
        let ordered = in_order(within(splices, &range)).ok_or_else(super::block::lost)?;
        let text = spliced(&self.sheet.text[range], &ordered).ok_or_else(super::block::lost)?;
        let text = text.trim_start().trim_end_matches([' ', '\r', '\n']).to_owned();
        let column = node.column - 1;
        let brief = super::list::on_one_line(self.sheet, node);
        let item = if entry.value.is_flow() && !node.is_flow() {
            Item::Piece(Piece { text: brief, column, ..Piece::default() })
        } else {
            Item::Piece(Piece { text, column, ..Piece::default() })
        };
        insert(self.sheet, parent, entry, at.rule + 1, None, &item, self.usual(entry))
    }

    /// The bytes of a node; whole lines where it has lines of its own.
    fn lines_of(&self, node: &Node) -> std::ops::Range<usize> {
        if node.is_flow() {
            return node.span.clone();
        }
        let start = node.span.start;
        let first = self.sheet.is_first(start);
        let start = if first { self.sheet.line_start(start) } else { start };
        start..self.sheet.next_line(self.sheet.tail(node.span.end, node.column - 1))
    }

    fn remove_rule(&self, at: RulePlace) -> Plan {
        self.rule(at)?;
        let cases: Vec<&str> = self
            .deciding(at)
            .map(|(case, _)| self.policy.cases[case].name.value.as_str())
            .collect();
        if !cases.is_empty() {
            let rule = &self.policy.rule_groups[at.group].rules[at.rule].name.value;
            return Err(EditError::Refused(say::rule_is_named(rule, &cases)));
        }
        let (_, entry) = self.rules(at.group)?;
        remove(self.sheet, entry, at.rule)
    }

    fn set_rule(&self, at: RulePlace, fields: &[(RuleField, Option<String>)]) -> Plan {
        let node = self.rule(at)?;
        let mut changes = Vec::new();
        let mut name = None;
        for (field, text) in fields {
            let value = given(*field, text.as_deref()).map_err(refused)?;
            if *field == RuleField::Name {
                name = value.as_ref().map(|v| v.meant.clone());
            }
            changes.push(Change::of_rule(*field, value));
        }
        let mut splices = set(self.sheet, node, &RULE_FIELDS, &changes)?;
        if let Some(name) = name {
            let group = &self.policy.rule_groups[at.group].name.value;
            splices.extend(self.rename_in_cases(at, |full| {
                if full { format!("{group}/{name}") } else { name.clone() }
            }));
        }
        Ok(splices)
    }

    /// The cases that say the rule at `at` decides, and whether they say so with its group.
    fn deciding(&self, at: RulePlace) -> impl Iterator<Item = (usize, bool)> {
        let group = &self.policy.rule_groups[at.group];
        let rule = &group.rules[at.rule].name.value;
        let full = format!("{}/{rule}", group.name.value);
        self.policy.cases.iter().enumerate().filter_map(move |(i, case)| {
            let by = case.by.as_ref()?;
            (by == rule || *by == full).then(|| (i, *by != *rule))
        })
    }

    /// Lets the cases that name the rule at `at` name it as it is called afterwards.
    fn rename_in_cases(&self, at: RulePlace, name: impl Fn(bool) -> String) -> Vec<Splice> {
        let cases: Vec<(usize, bool)> = self.deciding(at).collect();
        cases
            .into_iter()
            .filter_map(|(case, full)| self.rename_decider(case, &name(full)))
            .collect()
    }

    /// Lets a case say that another rule decides.
    pub(super) fn rename_decider(&self, case: usize, name: &str) -> Option<Splice> {
        let cases = self.sheet.tree.root.field(self.sheet.text, "cases")?;
        let by = cases.items().get(case)?.field(self.sheet.text, "by")?;
        let Kind::Scalar { style, .. } = by.kind else { return None };
        (by.text(self.sheet.text) != Some(name))
            .then(|| replace(by.span.clone(), rescalar(style, name)))
    }
}
