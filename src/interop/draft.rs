//! A policy as importers put it together, and the text it becomes.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use crate::net::{FlagTest, RuleOrder, StatelessAction, StreamPolicy, flag_names, protocol_word};
use crate::policy::{is_special, yaml_block, yaml_text};

/// Where something comes from: the file, and its bytes there.
pub type Origin = (usize, Range<usize>);

/// A policy that is being put together.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub name: String,
    pub rule_order: RuleOrder,
    /// As policies write them.
    pub default_actions: Vec<String>,
    pub stream: StreamPolicy,
    /// Networks.
    pub home_net: Vec<String>,
    pub domain_lists: Vec<(String, Vec<String>)>,
    pub groups: Vec<DraftGroup>,
    pub stateless_default: StatelessAction,
    pub stateless_fragments: StatelessAction,
    pub stateless: Vec<DraftStatelessGroup>,
}

/// A rule group.
#[derive(Debug, Clone, Default)]
pub struct DraftGroup {
    pub name: String,
    pub priority: u32,
    pub note: Option<String>,
    /// The ARN of a group that others keep.
    pub managed: Option<String>,
    pub home_net: Option<Vec<String>>,
    pub external_net: Option<Vec<String>>,
    pub ip_sets: BTreeMap<String, Vec<String>>,
    pub port_sets: BTreeMap<String, Vec<String>>,
    /// Name and ARN.
    pub references: BTreeMap<String, String>,
    pub rows: Vec<DraftRow>,
}

/// A row of a group.
#[derive(Debug, Clone)]
pub struct DraftRow {
    pub name: String,
    pub body: DraftBody,
    /// Why it is switched off; nothing where it is on.
    pub off: Option<String>,
    /// How many rules it has.
    pub rules: usize,
    pub origin: Origin,
}

/// What a row says.
#[derive(Debug, Clone)]
pub enum DraftBody {
    /// Rules by hand.
    Hand(String),
    /// A domain list: the action, the list, the protocols.
    List(&'static str, String, Vec<&'static str>),
}

/// A stateless group.
#[derive(Debug, Clone, Default)]
pub struct DraftStatelessGroup {
    pub name: String,
    pub priority: u32,
    pub note: Option<String>,
    pub rows: Vec<DraftStatelessRow>,
}

/// A stateless row; empty lists ask nothing.
#[derive(Debug, Clone, Default)]
pub struct DraftStatelessRow {
    pub priority: u32,
    pub action: StatelessAction,
    pub from: Vec<String>,
    pub to: Vec<String>,
    pub protocols: Vec<u8>,
    pub source_ports: Vec<(u16, u16)>,
    pub ports: Vec<(u16, u16)>,
    pub tcp_flags: Vec<FlagTest>,
}

impl Draft {
    /// The text of the policy.
    pub fn text(&self) -> String {
        let mut out = format!("sekisho: 1\nname: {}\n", yaml_text(&self.name));
        _ = writeln!(out, "rule_order: {}", self.rule_order.word());
        if !self.default_actions.is_empty() {
            _ = writeln!(out, "default_actions: {}", list(&self.default_actions));
        }
        _ = writeln!(out, "stream_exception_policy: {}", self.stream.word());
        _ = writeln!(out, "home_net: {}", list(&self.home_net));
        if !self.domain_lists.is_empty() {
            out += "domain_lists:\n";
        }
        for (name, names) in &self.domain_lists {
            _ = writeln!(out, "  {}:", yaml_text(name));
            for name in names {
                _ = writeln!(out, "    - {}", yaml_text(name));
            }
        }
        out += if self.groups.is_empty() { "rule_groups: []\n" } else { "rule_groups:\n" };
        for group in &self.groups {
            group.write(&mut out);
        }
        self.write_stateless(&mut out);
        out
    }

    fn write_stateless(&self, out: &mut String) {
        let forward = StatelessAction::Forward;
        let defaults = [self.stateless_default, self.stateless_fragments];
        if defaults == [forward; 2] && self.stateless.is_empty() {
            return;
        }
        _ = writeln!(out, "stateless:\n  default_action: {}", defaults[0].word());
        _ = writeln!(out, "  fragment_default_action: {}", defaults[1].word());
        if !self.stateless.is_empty() {
            *out += "  rule_groups:\n";
        }
        for group in &self.stateless {
            _ = writeln!(out, "    - name: {}", yaml_text(&group.name));
            _ = writeln!(out, "      priority: {}", group.priority);
            write_note(group.note.as_deref(), 6, out);
            let none = group.rows.is_empty();
            *out += if none { "      rules: []\n" } else { "      rules:\n" };
            for row in &group.rows {
                _ = writeln!(out, "        - {{{}}}", row.fields());
            }
        }
    }
}

impl DraftGroup {
    fn write(&self, out: &mut String) {
        _ = writeln!(out, "  - name: {}", yaml_text(&self.name));
        _ = writeln!(out, "    priority: {}", self.priority);
        write_note(self.note.as_deref(), 4, out);
        if let Some(arn) = &self.managed {
            _ = writeln!(out, "    managed: {}", yaml_text(arn));
            return;
        }
        for (field, nets) in [("home_net", &self.home_net), ("external_net", &self.external_net)] {
            if let Some(nets) = nets {
                _ = writeln!(out, "    {field}: {}", list(nets));
            }
        }
        for (field, sets) in [("variables", &self.ip_sets), ("port_sets", &self.port_sets)] {
            if !sets.is_empty() {
                _ = writeln!(out, "    {field}:");
            }
            for (name, entries) in sets {
                _ = writeln!(out, "      {}: {}", yaml_text(name), list(entries));
            }
        }
        if !self.references.is_empty() {
            *out += "    references:\n";
        }
        for (name, arn) in &self.references {
            _ = writeln!(out, "      {}: {}", yaml_text(name), yaml_text(arn));
        }
        *out += if self.rows.is_empty() { "    rules: []\n" } else { "    rules:\n" };
        for row in &self.rows {
            row.write(out);
        }
    }
}

impl DraftRow {
    fn write(&self, out: &mut String) {
        _ = writeln!(out, "      - name: {}", yaml_text(&self.name));
        if let Some(why) = &self.off {
            *out += "        enabled: false\n";
            write_note(Some(why), 8, out);
        }
        match &self.body {
            DraftBody::Hand(text) => {
                _ = writeln!(out, "        suricata: {}", yaml_block(text, 10));
            }
            DraftBody::List(action, name, protocols) => {
                _ = writeln!(out, "        action: {action}\n        from: any");
                let name = yaml_text(&format!("list:{name}"));
                _ = writeln!(
                    out,
                    "        to: {name}\n        protocols: [{}]",
                    protocols.join(", ")
                );
            }
        }
    }
}

impl DraftStatelessRow {
    fn fields(&self) -> String {
        let mut out = format!("name: rule-{0}, priority: {0}", self.priority);
        _ = write!(out, ", action: {}", self.action.word());
        let any = ["any".to_owned()];
        let from = if self.from.is_empty() && self.to.is_empty() { &any[..] } else { &self.from };
        for (field, ends) in [("from", from), ("to", &self.to)] {
            match ends {
                [] => {}
                [one] => _ = write!(out, ", {field}: {}", yaml_text(one)),
                _ => _ = write!(out, ", {field}: {}", list(ends)),
            }
        }
        if !self.protocols.is_empty() {
            let words: Vec<String> = self.protocols.iter().map(|p| protocol_word(*p)).collect();
            _ = write!(out, ", protocols: [{}]", words.join(", "));
        }
        for (field, ranges) in [("source_ports", &self.source_ports), ("ports", &self.ports)] {
            let range = |(low, high): &(u16, u16)| {
                if low == high { low.to_string() } else { format!("{low}-{high}") }
            };
            if !ranges.is_empty() {
                let ranges: Vec<String> = ranges.iter().map(range).collect();
                _ = write!(out, ", {field}: [{}]", ranges.join(", "));
            }
        }
        if !self.tcp_flags.is_empty() {
            let tests: Vec<String> = self.tcp_flags.iter().map(flag_test).collect();
            _ = write!(out, ", tcp_flags: [{}]", tests.join(", "));
        }
        out
    }
}

fn flag_test(test: &FlagTest) -> String {
    let masks = match test.masks {
        u8::MAX => String::new(),
        masks => format!(", masks: [{}]", flag_names(masks)),
    };
    format!("{{flags: [{}]{masks}}}", flag_names(test.flags))
}

fn list(entries: &[String]) -> String {
    let entries: Vec<String> = entries.iter().map(|entry| yaml_text(entry)).collect();
    format!("[{}]", entries.join(", "))
}

fn write_note(note: Option<&str>, indent: usize, out: &mut String) {
    if let Some(note) = note {
        _ = writeln!(out, "{:indent$}note: {}", "", yaml_text(note));
    }
}

/// Names that can be given to groups, rows, a policy: on one line, not too long, none twice.
#[derive(Debug)]
pub struct Titles {
    given: HashSet<String>,
}

impl Default for Titles {
    fn default() -> Self {
        // What cases call the default actions.
        Self { given: ["default", "stateless-default"].map(str::to_owned).into() }
    }
}

impl Titles {
    /// The first of the names that is a name and free; else the last with a number.
    pub fn give(&mut self, wanted: &[impl AsRef<str>]) -> String {
        let titles: Vec<String> = wanted.iter().filter_map(|name| title(name.as_ref())).collect();
        let last = titles.last().cloned().unwrap_or_else(|| "rule".to_owned());
        let numbered = (2..).map(|number| format!("{last} ({number})"));
        let free = titles.into_iter().chain(numbered).find(|name| !self.given.contains(name));
        let free = free.unwrap_or_default();
        self.given.insert(free.clone());
        free
    }
}

/// A text as a name: on one line, not too long; nothing where nothing is left.
pub fn title(text: &str) -> Option<String> {
    let clean: String = text.chars().map(|c| if is_special(c) { ' ' } else { c }).collect();
    let title: String = clean.trim().chars().take(120).collect();
    let title = title.trim_end().to_owned();
    (!title.is_empty()).then_some(title)
}
