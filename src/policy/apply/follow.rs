//! What names a thing, in the text: splices that let it follow a new name.

use granit_parser::ScalarStyle;

use super::plan::Desk;
use super::sheet::{Plan, replace};
use crate::messages::thing as say;
use crate::policy::thing::{
    Deciders, User, header_places, renamed_at, sigil, users, variable_places,
};
use crate::policy::tree::{Kind, Node};
use crate::policy::{EditError, RulePlace, Splice, StatelessPlace, Thing};

impl<'a> Desk<'a> {
    /// Lets everything that names `thing` name it `new`.
    pub(super) fn follow(&self, thing: &Thing, new: &str) -> Plan {
        let Some(old) = thing.name(self.policy) else { return Err(EditError::NoSuchPlace) };
        self.refuse_other_meaning(thing, old, new)?;
        if let Some(deciders) = Deciders::of(self.policy, thing) {
            let cases = deciders.renamed(self.policy, new).into_iter();
            return Ok(cases.filter_map(|(case, by)| self.rename_decider(case, &by)).collect());
        }
        let mut splices = Vec::new();
        for user in users(self.policy, thing) {
            let is_rule = matches!(user, User::Rule(_));
            for node in self.naming(&user, thing) {
                splices.extend(self.renamed((node, is_rule), thing, old, new));
            }
        }
        Ok(splices)
    }

    /// A set or a reference whose name means something else elsewhere, before or after, is not renamed.
    fn refuse_other_meaning(&self, thing: &Thing, old: &str, new: &str) -> Plan<()> {
        let (Thing::IpSet(owner, _) | Thing::PortSet(owner, _)) = thing else { return Ok(()) };
        let clashes = |other: &Thing| {
            let (Thing::IpSet(of, name) | Thing::PortSet(of, name)) = other else { return false };
            let near = owner.is_none() || of.is_none() || of == owner;
            // A set of the group comes before one of the policy: only the new name could be taken from there.
            let taken = name == new || (name == old && (owner.is_none() || of == owner));
            other != thing && near && taken
        };
        match Thing::all(self.policy).iter().find(|other| clashes(other)) {
            Some(Thing::IpSet(of, name) | Thing::PortSet(of, name)) => {
                let group = of.map(|group| self.policy.rule_groups[group].name.value.as_str());
                Err(EditError::Refused(say::set_twice(name, group)))
            }
            _ => Ok(()),
        }
    }

    /// The texts in which a user may name something.
    fn naming(&self, user: &User, thing: &Thing) -> Vec<&'a Node> {
        let text = self.sheet.text;
        let fields = |node: Option<&'a Node>, fields: &[&str]| -> Vec<&'a Node> {
            let values = fields.iter().filter_map(|field| node?.field(text, field));
            values.flat_map(each).collect()
        };
        match user {
            User::Rule(RulePlace { group, rule }) => {
                let rules = self.group(*group).ok().and_then(|group| group.field(text, "rules"));
                let rule = rules.and_then(|rules| rules.items().get(*rule));
                match thing {
                    Thing::Source(_) => fields(rule, &["from"]),
                    Thing::List(_) => fields(rule, &["to"]),
                    _ => fields(rule, &["suricata"]),
                }
            }
            User::Thing(source @ Thing::Source(_)) => fields(self.node(source).ok(), &["of"]),
            User::Thing(row @ Thing::StatelessRow(StatelessPlace { .. })) => {
                fields(self.node(row).ok(), &["from", "to"])
            }
            User::Thing(Thing::Case(_)) => Vec::new(),
            User::Thing(set) => self.node(set).map(each).unwrap_or_default(),
        }
    }

    fn renamed(
        &self,
        (node, is_rule): (&Node, bool),
        thing: &Thing,
        old: &str,
        new: &str,
    ) -> Vec<Splice> {
        let Some(says) = node.text(self.sheet.text) else { return Vec::new() };
        let whole = |is: bool, new: String| {
            if is { vec![self.rescaled(node, &new)] } else { Vec::new() }
        };
        match thing {
            Thing::Source(_) => whole(says == old, new.to_owned()),
            Thing::List(_) => {
                let list = says.strip_prefix("list:").map(str::trim);
                whole(list == Some(old), format!("list:{new}"))
            }
            Thing::IpSet(..) | Thing::PortSet(..) | Thing::Reference(..) => {
                self.variable_renamed(node, (is_rule, says), (sigil(thing), old), new)
            }
            Thing::Policy
            | Thing::Group(_)
            | Thing::Stateless
            | Thing::StatelessGroup(_)
            | Thing::StatelessRow(_)
            | Thing::Case(_) => Vec::new(),
        }
    }

    /// A set or a reference under another name where `says`, the text of a node, names it: anywhere in an entry of a
    /// set, in the headers of hand-written rules.
    fn variable_renamed(
        &self,
        node: &Node,
        (is_rule, says): (bool, &str),
        (sigil, old): (char, &str),
        new: &str,
    ) -> Vec<Splice> {
        let all = variable_places(says, sigil, old);
        let meant = if is_rule { header_places(says, sigil, old) } else { all.clone() };
        // Behind the `|` of a block may stand a comment.
        let written = self.sheet.written(node);
        let head = match node.kind {
            Kind::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => {
                written.find('\n').unwrap_or_default()
            }
            _ => 0,
        };
        let places = variable_places(&written[head..], sigil, old);
        if places.len() != all.len() {
            // An escape stands within a name, or makes one.
            return vec![self.rescaled(node, &renamed_at(says, &meant, new))];
        }
        let start = node.span.start + head;
        let places = places.into_iter().zip(&all).filter(|(_, at)| meant.contains(at));
        places.map(|(at, _)| replace(start + at.start..start + at.end, new)).collect()
    }
}

/// The items of a list, or the one value that stands for a list of one.
fn each(node: &Node) -> Vec<&Node> {
    match &node.kind {
        Kind::List { items, .. } => items.iter().collect(),
        _ => vec![node],
    }
}
