use std::io;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::args::{AccessArgs, Format};
use super::flow_sets::{print_set, witness};
use super::open::open;
use super::page::line;
use super::{Exit, Streams};
use crate::analysis::{
    Access, Between, Compared, Decider, Fate, Flows, Overlap, OverlapKind, Overlaps, Reach,
    Reaches, access, evaluator,
};
use crate::compile::{Compiled, compile};
use crate::eval::Evaluator;
use crate::messages::{Lang, Text, flows as words};
use crate::policy::{Policy, RulePlace};
use crate::workbench::{
    AccessAnswer, AccessQuestion, AccessSubject, FlowWriter, Reached, by_words, decider_words,
    example_words, row_named,
};

/// Prints what a source can reach, who can reach a server, or a request that reaches a rule.
pub fn run(args: &AccessArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let policy = document.policy();
    let compiled = compile(policy);
    let evaluator = evaluator(&compiled);
    let asked = Asked { policy, compiled: &compiled, evaluator: &evaluator };
    let question = match (&args.from, &args.to, &args.rule) {
        (Some(from), ..) => AccessQuestion::From(from.clone()),
        (_, Some(to), _) => AccessQuestion::To(to.clone()),
        (.., rule) => match row_named(policy, rule.as_deref().unwrap_or_default()) {
            Ok(place) => AccessQuestion::Rule(place),
            Err(error) => return streams.error(&error, Exit::Failed),
        },
    };
    let done = match args.format {
        Format::Json => asked.json(&question, streams),
        Format::Text => {
            let of = Compared { policy, compiled: &compiled, evaluator: &evaluator };
            let answer = question.answer(of, streams.lang, &AtomicBool::new(false));
            answer.map(|answer| text(&question, answer, streams))
        }
    };
    match done {
        Ok(printed) => printed.map(|()| Exit::Fine),
        Err(error) => streams.error(&error, Exit::Failed),
    }
}

fn text(
    question: &AccessQuestion,
    answer: AccessAnswer,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let AccessAnswer { head, example, above, found, above_open, open, notes } = answer;
    line(streams.out, &head)?;
    if let Some(example) = example {
        line(streams.out, &example.says)?;
    }
    if matches!(question, AccessQuestion::Rule(_)) {
        if let Some(above) = above {
            writeln!(streams.out)?;
            line(streams.out, &above)?;
        }
        for pair in found {
            line(streams.out, &format!("- {}", pair.says))?;
        }
    } else {
        sets(found, streams)?;
        if let Some(above) = above_open {
            writeln!(streams.out)?;
            line(streams.out, &above)?;
            sets(open, streams)?;
        }
        writeln!(streams.out)?;
    }
    notes.iter().try_for_each(|note| line(streams.out, note))
}

fn sets(sets: Vec<Reached>, streams: &mut Streams<'_>) -> io::Result<()> {
    let mut page = streams.page();
    for Reached { word, says, why, request, .. } in sets {
        let details = why.into_iter().chain([example_words(&request, page.lang)]);
        print_set(&word, &says, details, &mut page)?;
    }
    Ok(())
}

struct Asked<'a> {
    policy: &'a Policy,
    compiled: &'a Compiled,
    evaluator: &'a Evaluator,
}

impl Asked<'_> {
    fn json(
        &self,
        question: &AccessQuestion,
        streams: &mut Streams<'_>,
    ) -> Result<io::Result<()>, Text> {
        let Self { policy, compiled, evaluator } = *self;
        let said = match question.subject(policy).map_err(|error| error.words())? {
            AccessSubject::Row(place) => self.rule(place),
            AccessSubject::Between(_, between) => {
                let access = access(Compared { policy, compiled, evaluator }, &between);
                self.between(&access, &between)
            }
        };
        Ok(writeln!(streams.out, "{said}"))
    }

    fn rules(&self, rules: &[Decider], lang: Lang) -> Vec<String> {
        rules.iter().map(|by| decider_words(self.policy, *by, lang)).collect()
    }

    fn between(&self, access: &Access, between: &Between) -> Value {
        let lang = Lang::English;
        let writer = FlowWriter::new(&[self.policy], lang);
        let row = |flows: &Flows| {
            let words = writer.words(flows);
            json!({
                "from": words.who(true, lang),
                "to": words.whom(true, lang),
                "port": words.ports,
                "protocol": flows.scheme.word(),
                "witness": witness(&flows.witness),
            })
        };
        let passes = access.passes.iter().map(|(flows, fate): &(Flows, Fate)| {
            let mut row = row(flows);
            row["verdict"] = json!(fate.outcome.word());
            row["by"] = json!(by_words(self.policy, fate, lang));
            row
        });
        let open = access.cannot_tell.iter().map(|(flows, rules)| {
            let mut row = row(flows);
            row["because"] = json!(self.rules(rules, lang));
            row
        });
        let left_out = access.left_out.iter().map(|s| json!({"protocol": s.word()}));
        json!({
            "universe": words::universe().say(lang),
            "protocols": between.protocols().iter().map(|s| s.word()).collect::<Vec<&str>>(),
            "cannot_tell": open.chain(left_out).collect::<Vec<Value>>(),
            "access": passes.collect::<Vec<Value>>(),
        })
    }

    fn rule(&self, place: RulePlace) -> Value {
        let reaches = Reaches::new(self.policy, self.compiled, self.evaluator);
        let mut said = self.rule_json(place, &reaches.of(place));
        said["overlaps"] = self.overlaps_json(&reaches.overlaps_of(place));
        said
    }

    fn name(&self, place: RulePlace, lang: Lang) -> String {
        decider_words(self.policy, Decider::Rule(place.group, place.rule), lang)
    }

    fn is_off(&self, place: RulePlace) -> bool {
        self.policy.rule(place).is_some_and(|rule| !rule.enabled)
    }

    fn overlaps_json(&self, overlaps: &Overlaps) -> Value {
        let pair = |pair: &Overlap| {
            let kind = match pair.kind {
                OverlapKind::Correlated => "correlated",
                OverlapKind::Generalised => "generalised",
                OverlapKind::Shadowed => "shadowed",
                OverlapKind::Open => "cannot tell",
            };
            json!({
                "above": self.name(pair.above, Lang::English),
                "below": self.name(pair.below, Lang::English),
                "kind": kind,
                "now": pair.now.word(),
                "then": pair.then.word(),
                "witness": witness(&pair.request),
            })
        };
        json!({
            "complete": overlaps.open.is_empty(),
            "pairs": overlaps.pairs.iter().map(pair).collect::<Vec<Value>>(),
        })
    }

    fn rule_json(&self, place: RulePlace, reach: &Reach) -> Value {
        let lang = Lang::English;
        let by = |places: &[RulePlace]| -> Vec<String> {
            places.iter().map(|place| self.name(*place, lang)).collect()
        };
        let (reached, request, blocked_by) = match reach {
            Reach::Yes(request) => (json!(true), Some(request), Vec::new()),
            Reach::Never(blocked) => (json!(false), Some(&blocked.request), by(&blocked.by)),
            Reach::Unknown => (json!("cannot tell"), None, Vec::new()),
            Reach::Unasked if self.is_off(place) => (json!("disabled"), None, Vec::new()),
            Reach::Unasked => (json!("not asked"), None, Vec::new()),
        };
        json!({
            "rule": self.name(place, lang),
            "reached": reached,
            "witness": request.map(witness),
            "blocked_by": blocked_by,
        })
    }
}
