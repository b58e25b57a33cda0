//! Questions without end: a small policy, a request, four answers. The same seed and number give the same question.

use std::fmt::Write;

use super::asked::{Got, got};
use super::lesson::{Ask, Fate, Lesson, Outcome, Part, Predict, Step};
use crate::diagnostic::Place;
use crate::messages::learn as say;
use crate::net::RuleOrder;
use crate::policy::Document;
use crate::second_opinion::Random;
use crate::workbench::deciding_packet;

/// What a question is about: accuracy is counted by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// The order of rules within a group.
    Order,
    /// The priority of groups.
    Groups,
    /// What no rule matches.
    Default,
    /// Action order.
    ActionOrder,
    /// What is decided before a name is known.
    Packets,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] =
        [Self::Order, Self::Groups, Self::Default, Self::ActionOrder, Self::Packets];

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Groups => "groups",
            Self::Default => "default",
            Self::ActionOrder => "action-order",
            Self::Packets => "packets",
        }
    }
}

/// How hard questions are, from 1 to 3: more groups, then sources, action order and rules that decide at the first packet.
pub type Difficulty = u8;

/// A question, as a lesson of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub topic: Topic,
    /// The policy and the question.
    pub lesson: Lesson,
}

/// Attempts to make a question before a harder policy is given up: nearly every one succeeds at once.
const ATTEMPTS: u64 = 200;

/// The question of that number.
#[must_use]
pub fn question(seed: u64, number: u64, difficulty: Difficulty) -> Option<Question> {
    (0..ATTEMPTS).find_map(|attempt| {
        let mut dice = dice(seed, number, attempt);
        made(&mut dice, difficulty.clamp(1, 3), number)
    })
}

/// The numbers that this attempt at a question is made of.
fn dice(seed: u64, number: u64, attempt: u64) -> Random {
    let mut dice = Random::new(seed ^ number.rotate_left(24) ^ attempt.rotate_left(48));
    // The first number is left out: the questions of a seed stay those that they are.
    dice.below(1);
    dice
}

/// Whether something happens that does so in `of_ten` of ten cases.
fn chance(dice: &mut Random, of_ten: usize) -> bool {
    dice.below(10) < of_ten
}

const BASES: [&str; 6] = ["wiki", "news", "files", "video", "bank", "tools"];
const BELOW: [&str; 4] = ["www", "api", "cdn", "old"];
const NAMES: [&str; 4] = ["rule-a", "rule-b", "rule-c", "rule-d"];

fn made(dice: &mut Random, difficulty: Difficulty, number: u64) -> Option<Question> {
    let base = dice.word(&BASES);
    let policy = policy(dice, base, difficulty);
    let document = Document::read(policy.clone()).ok()?;
    let ask = request(dice, base, difficulty);
    let got = got(&document, &ask).ok()?;
    let answer = outcome(&got)?;
    let topic = topic(&document, &got, &answer);
    let others = others(dice, &document, &answer)?;
    let predict = Predict {
        ask,
        question: None,
        after: Vec::new(),
        answer,
        others,
        packet: None,
        logs: None,
        why: say::topic_why(topic.word()),
        answer_place: Place::default(),
    };
    let lesson = Lesson {
        id: format!("quiz-{number}"),
        part: Part::FirstMatch,
        title: say::topic(topic.word()).into(),
        steps: vec![Step::Predict(Box::new(predict))],
        policy,
        text: String::new(),
    };
    Some(Question { topic, lesson })
}

/// A small policy about names around `base`.
fn policy(dice: &mut Random, base: &str, difficulty: Difficulty) -> String {
    let action_order = difficulty == 3 && chance(dice, 3);
    let mut text = String::from("sekisho: 1\nname: quiz\n");
    if action_order {
        text.push_str("rule_order: action\n");
    } else {
        let default = if chance(dice, 6) {
            "drop_established_app_layer_to_server, alert_established_app_layer_to_server"
        } else {
            ""
        };
        let _ = writeln!(text, "rule_order: strict\ndefault_actions: [{default}]");
    }
    text.push_str("home_net: [10.0.0.0/8]\nrule_groups:\n");
    let rules = 2 + usize::from(difficulty > 1) + dice.below(2);
    let split = difficulty > 1 && chance(dice, 5);
    let first = if split { 100 + 200 * dice.below(2) } else { 100 };
    for (at, of_rule) in NAMES.iter().enumerate().take(rules) {
        if at == 0 || (split && at == rules / 2) {
            let (name, priority) = if at == 0 { ("first", first) } else { ("second", 200) };
            let _ = writeln!(text, "  - name: {name}\n    priority: {priority}\n    rules:");
        }
        rule(dice, (at, of_rule), base, difficulty, &mut text);
    }
    text
}

fn rule(
    dice: &mut Random,
    (at, name): (usize, &str),
    base: &str,
    difficulty: Difficulty,
    text: &mut String,
) {
    let sid = 100_000 + (at + 1) * 100;
    if difficulty == 3 && chance(dice, 2) {
        let (action, flow) = match dice.below(4) {
            0 => ("pass", ""),
            1 => ("drop", ""),
            2 => ("pass", "flow:to_server; "),
            _ => ("drop", "flow:to_server, established; "),
        };
        let _ = writeln!(
            text,
            "      - name: {name}\n        suricata: |\n          \
             {action} tcp $HOME_NET any -> any 443 ({flow}msg:\"{name}\"; sid:{sid}; rev:1;)"
        );
        return;
    }
    let below = dice.word(&BELOW);
    let to = match dice.below(5) {
        0 => format!("{base}.example"),
        1 => format!(".{base}.example"),
        2 => format!("\"*.{base}.example\""),
        3 => format!("{below}.{base}.example"),
        _ => format!(".{below}.{base}.example"),
    };
    let from = match dice.below(4) {
        0 if difficulty > 1 => "10.1.0.0/16",
        1 if difficulty > 1 => "10.2.0.0/16",
        _ => "any",
    };
    let action = match dice.below(10) {
        0..=4 => "pass",
        5..=7 => "drop",
        8 => "reject",
        _ if difficulty > 1 => "alert",
        _ => "drop",
    };
    let _ = writeln!(
        text,
        "      - {{name: {name}, sid: {sid}, action: {action}, from: {from}, to: [{to}]}}"
    );
}

fn request(dice: &mut Random, base: &str, difficulty: Difficulty) -> Ask {
    let below = dice.word(&BELOW);
    let host = match dice.below(6) {
        0 => format!("{base}.example"),
        5 => format!("my{base}.example"),
        _ => format!("{below}.{base}.example"),
    };
    let scheme = if difficulty > 1 && chance(dice, 2) { "http" } else { "https" };
    let from = if chance(dice, 5) { "10.1.2.3" } else { "10.2.3.4" };
    let url = format!("{scheme}://{host}");
    Ask { from: from.to_owned(), url, dst: None, client: None, place: Place::default() }
}

fn outcome(got: &Got) -> Option<Outcome> {
    use crate::workbench::Decider;
    let by = match &got.outcome.decider {
        Decider::Rule(rule) => rule.name.clone(),
        Decider::Default(_) | Decider::Unmatched => "default".to_owned(),
        Decider::Stateless(_)
        | Decider::StatelessDefault(_)
        | Decider::StreamException(_)
        | Decider::Undetermined(_) => return None,
    };
    Some(Outcome { fate: got.fate()?, by })
}

fn topic(document: &Document, got: &Got, answer: &Outcome) -> Topic {
    let trace = &got.outcome.trace;
    let at = deciding_packet(trace).and_then(|at| trace.packets.get(at));
    let policy = document.policy();
    if at.is_some_and(|packet| packet.name == "syn") {
        Topic::Packets
    } else if policy.rule_order == RuleOrder::Action {
        Topic::ActionOrder
    } else if answer.by == "default" {
        Topic::Default
    } else if policy.rule_groups.len() > 1 {
        Topic::Groups
    } else {
        Topic::Order
    }
}

/// Three other outcomes that somebody could take for right: what each rule would do, and the default.
fn others(dice: &mut Random, document: &Document, answer: &Outcome) -> Option<Vec<Outcome>> {
    let mut all: Vec<Outcome> = Vec::new();
    let mut add = |fate: Fate, by: &str| {
        let outcome = Outcome { fate, by: by.to_owned() };
        if outcome != *answer && !all.contains(&outcome) {
            all.push(outcome);
        }
    };
    for rule in document.policy().rule_groups.iter().flat_map(|group| &group.rules) {
        let fate = crate::workbench::rule_action(rule).map_or(Fate::Drop, Fate::of);
        add(fate, &rule.name.value);
    }
    add(Fate::Pass, "default");
    add(Fate::Drop, "default");
    while all.len() > 3 {
        let out = dice.below(all.len());
        all.remove(out);
    }
    (all.len() == 3).then_some(all)
}
