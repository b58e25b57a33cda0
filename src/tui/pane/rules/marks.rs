//! Rules that are marked, to be moved, copied, switched or taken out in one step.

use std::collections::{BTreeSet, HashMap};

use super::{Load, RulesPane, Selection};
use crate::messages::{Words, marks as say, stateless, status};
use crate::policy::{Edit, Policy, RulePlace, StatelessPlace};
use crate::tui::app::App;
use crate::tui::update::no_new_rule;
use crate::workbench::{Row, StatelessLine, rows};

/// What is asked about marks, and about all rules that are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Marks the rule, or takes its mark away.
    One,
    /// Marks every rule from the one marked last to the selected one.
    Range,
    /// Marks all rules of the group, or takes their marks away.
    Group,
    /// Takes all marks away.
    Unmark,
    /// Moves the marked rules below the selected row.
    MoveHere,
    /// Copies them there.
    CopyHere,
    /// Gives the groups priorities with gaps.
    SpaceGroups,
}

impl RulesPane {
    /// The marked rules in the order of the list; where none is marked, the selected one.
    #[must_use]
    pub fn meant(&self, policy: &Policy) -> Vec<RulePlace> {
        if self.marked.is_empty() {
            return self.selected.rule().into_iter().collect();
        }
        places(policy).into_iter().filter(|place| self.marked.contains(place)).collect()
    }

    /// The selected stateless row, unless rules are marked: then those are meant.
    #[must_use]
    pub fn stateless_meant(&self) -> Option<StatelessPlace> {
        match self.selected {
            Selection::Stateless(StatelessLine::Rule(at)) if self.marked.is_empty() => Some(at),
            Selection::Stateless(_)
            | Selection::Rule(_)
            | Selection::Group(_)
            | Selection::Nothing => None,
        }
    }

    /// Lets the marks follow their rules, which are known by their names, from one policy to another.
    pub fn follow(&mut self, before: &Policy, after: &Policy) {
        if self.marked.is_empty() {
            return;
        }
        let mut in_group = HashMap::new();
        // Where several groups have a rule of this name, none of them.
        let mut alone: HashMap<&str, Option<RulePlace>> = HashMap::new();
        for (group, of) in after.rule_groups.iter().enumerate() {
            for (rule, row) in of.rules.iter().enumerate() {
                let at = RulePlace { group, rule };
                in_group.insert((of.name.value.as_str(), row.name.value.as_str()), at);
                alone.entry(&row.name.value).and_modify(|at| *at = None).or_insert(Some(at));
            }
        }
        let now = |place: &RulePlace| {
            let group = before.rule_groups.get(place.group)?.name.value.as_str();
            let rule = before.rule(*place)?.name.value.as_str();
            // In another group it is the same rule as long as no other has its name.
            let stays = in_group.get(&(group, rule)).copied();
            stays.or_else(|| alone.get(rule).copied().flatten()).or_else(|| {
                // One that has another name now stands where it stood, under a name that was not there.
                let lengths = |policy: &Policy| -> Vec<usize> {
                    policy.rule_groups.iter().map(|group| group.rules.len()).collect()
                };
                let new = &after.rule(*place)?.name.value;
                let known = before.rule_names().any(|(of, name)| of == group && name == new);
                (lengths(before) == lengths(after) && !known).then_some(*place)
            })
        };
        self.marked = self.marked.iter().filter_map(now).collect();
        self.last_marked = None;
    }

    fn mark(&mut self, place: RulePlace, is: bool) {
        if is {
            self.marked.insert(place);
            self.last_marked = Some(place);
        } else {
            self.marked.remove(&place);
            self.last_marked = None;
        }
    }

    /// Marks all of `places`, or none of them where all are marked.
    fn mark_all(&mut self, places: &[RulePlace]) {
        let mark = !places.iter().all(|place| self.marked.contains(place));
        for place in places {
            self.mark(*place, mark);
        }
    }
}

/// Every rule in the order of the list.
fn places(policy: &Policy) -> Vec<RulePlace> {
    let place = |row| match row {
        Row::Rule { place, .. } => Some(place),
        Row::Group(_) | Row::Stateless(_) => None,
    };
    rows(policy).into_iter().filter_map(place).collect()
}

fn of_group(policy: &Policy, group: usize) -> Vec<RulePlace> {
    let rules = policy.rule_groups.get(group).map_or(0, |group| group.rules.len());
    (0..rules).map(|rule| RulePlace { group, rule }).collect()
}

/// Does what an action asks about marks and about all rules that are marked.
pub fn marking(app: &mut App, what: Marking) {
    match what {
        Marking::One => mark(app),
        Marking::Range => mark_range(app),
        Marking::Group => mark_group(app),
        Marking::Unmark => unmark(app),
        Marking::MoveHere => move_here(app),
        Marking::CopyHere => copy_here(app),
        Marking::SpaceGroups => space_groups(app),
    }
}

/// Why that cannot be done now.
#[must_use]
pub fn cannot_mark(app: &App, what: Marking) -> Option<Words> {
    let pane = &app.panes.rules;
    let needs = |is: bool, why: Words| (!is).then_some(why);
    let carries_rules =
        pane.carry.as_ref().is_some_and(|carry| matches!(carry.load, Load::Rules(_)));
    match what {
        Marking::One | Marking::Group => {
            needs(pane.selected.group().is_some(), say::NOTHING_TO_MARK)
        }
        Marking::Range => needs(pane.selected.rule().is_some(), say::NOTHING_TO_MARK),
        Marking::Unmark => needs(!pane.marked.is_empty(), say::NONE_MARKED),
        Marking::MoveHere | Marking::CopyHere => {
            let none = needs(!pane.marked.is_empty(), say::NONE_MARKED);
            none.or_else(|| match pane.selected {
                Selection::Stateless(_) => Some(stateless::WHERE_EDITED),
                Selection::Rule(_) | Selection::Group(_) | Selection::Nothing => no_new_rule(app),
            })
        }
        Marking::SpaceGroups => needs(!carries_rules, say::RULES_IN_THE_AIR).or_else(|| {
            app.session.policy().rule_groups.is_empty().then_some(status::why::NO_GROUPS)
        }),
    }
}

/// Marks the selected rule, or takes its mark away; on a group's head all of the group.
fn mark(app: &mut App) {
    match app.panes.rules.selected {
        Selection::Rule(place) => {
            let is = app.panes.rules.marked.contains(&place);
            app.panes.rules.mark(place, !is);
        }
        Selection::Group(_) | Selection::Stateless(_) | Selection::Nothing => mark_group(app),
    }
}

/// Marks all rules of the selected group, or takes their marks away.
fn mark_group(app: &mut App) {
    if let Some(group) = app.panes.rules.selected.group() {
        let places = of_group(app.session.policy(), group);
        app.panes.rules.mark_all(&places);
    }
}

/// Marks every rule from the one marked last to the selected one.
fn mark_range(app: &mut App) {
    let Some(to) = app.panes.rules.selected.rule() else { return };
    let from = app.panes.rules.last_marked.unwrap_or(to);
    let places = places(app.session.policy());
    let at = |place| places.iter().position(|p| *p == place).unwrap_or_default();
    let (from, to) = (at(from), at(to));
    for place in &places[from.min(to)..=from.max(to)] {
        app.panes.rules.mark(*place, true);
    }
    app.panes.rules.last_marked = places.get(to).copied();
}

/// Takes all marks away.
fn unmark(app: &mut App) {
    app.panes.rules.marked.clear();
    app.panes.rules.last_marked = None;
}

/// Moves the marked rules right below the selected row, in its group.
fn move_here(app: &mut App) {
    let rules = app.panes.rules.meant(app.session.policy());
    let taken: BTreeSet<&RulePlace> = rules.iter().collect();
    let to = match app.panes.rules.selected {
        Selection::Rule(below) => {
            let stays = |rule: &usize| !taken.contains(&RulePlace { rule: *rule, ..below });
            RulePlace { rule: (0..=below.rule).filter(stays).count(), ..below }
        }
        Selection::Group(group) => RulePlace { group, rule: 0 },
        Selection::Stateless(_) | Selection::Nothing => return,
    };
    move_to(app, &rules, to);
}

/// Moves rules to where the first will have the place `to`; returns whether they stand there then.
pub fn move_to(app: &mut App, rules: &[RulePlace], to: RulePlace) -> bool {
    match Edit::move_rules(app.session.policy(), rules, to) {
        Some(edit) => moved(app, &edit, rules.len(), to),
        None => {
            app.say(say::STAND_HERE);
            false
        }
    }
}

/// Makes the edit that moves so many rules to where the first has the place `to`; returns whether they stand there then.
pub fn moved(app: &mut App, edit: &Edit, rules: usize, to: RulePlace) -> bool {
    let were_marked = !app.panes.rules.marked.is_empty();
    let moved = app.apply(edit);
    if moved {
        let stand = (0..rules).map(|nth| RulePlace { rule: to.rule + nth, ..to });
        app.panes.rules.marked = stand.filter(|_| were_marked).collect();
        app.panes.rules.select(Selection::Rule(to));
    }
    moved
}

/// Puts copies of the marked rules right below the selected row, in its group.
fn copy_here(app: &mut App) {
    let to = match app.panes.rules.selected {
        Selection::Rule(place) => RulePlace { rule: place.rule + 1, ..place },
        Selection::Group(group) => RulePlace { group, rule: 0 },
        Selection::Stateless(_) | Selection::Nothing => return,
    };
    copy_to(app, to);
}

/// Puts copies of the marked rules where the first will have the place `to`, and selects it.
pub fn copy_to(app: &mut App, to: RulePlace) {
    let rules = app.panes.rules.meant(app.session.policy());
    let Some(edit) = Edit::copy_rules(app.session.policy(), &rules, to) else { return };
    if app.apply(&edit) {
        unmark(app);
        app.panes.rules.select(Selection::Rule(to));
    }
}

/// Gives the groups priorities with gaps, as one edit.
fn space_groups(app: &mut App) {
    let policy = app.session.policy();
    let order = match &app.panes.rules.carry {
        Some(carry) => carry.groups(policy),
        None => crate::compile::groups_in_order(policy),
    };
    match Edit::space_groups(policy, &order) {
        None => app.say(say::SPACED),
        Some(edit) => {
            if app.apply(&edit) {
                app.panes.rules.carry = None;
            }
        }
    }
}
