use std::io;

use serde_json::{Value, json};

use super::args::{AccessArgs, Format};
use super::flow_sets::{Said, Set, example, print, witness};
use super::open::open;
use super::page::line;
use super::{Exit, Streams};
use crate::analysis::{
    Access, Between, Compared, Decider, Fate, Flows, Overlap, OverlapKind, Overlaps, Reach,
    Reaches, access, evaluator, overlap_words,
};
use crate::compile::{Compiled, compile};
use crate::eval::Evaluator;
use crate::messages::{Lang, Text, access as say, flows as words, impact, overlap};
use crate::policy::{Policy, RulePlace};
use crate::workbench::{
    FlowWords, FlowWriter, between, by_words, decider_words, outcome_word, row_named,
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
    let done = match &args.rule {
        Some(rule) => asked.rule(rule, args.format, streams),
        None => asked.between(args, streams),
    };
    match done {
        Ok(printed) => printed.map(|()| Exit::Fine),
        Err(error) => streams.error(&error, Exit::Failed),
    }
}

struct Asked<'a> {
    policy: &'a Policy,
    compiled: &'a Compiled,
    evaluator: &'a Evaluator,
}

impl Asked<'_> {
    fn between(
        &self,
        args: &AccessArgs,
        streams: &mut Streams<'_>,
    ) -> Result<io::Result<()>, Text> {
        let to = args.to.as_deref().unwrap_or_default();
        let between =
            between(self.policy, args.from.as_deref(), to).map_err(|error| error.words())?;
        let Self { policy, compiled, evaluator } = *self;
        let access = access(Compared { policy, compiled, evaluator }, &between);
        Ok(match args.format {
            Format::Json => writeln!(streams.out, "{}", self.json(&access, &between)),
            Format::Text => self.text(args, &access, &between, streams),
        })
    }

    fn text(
        &self,
        args: &AccessArgs,
        access: &Access,
        between: &Between,
        streams: &mut Streams<'_>,
    ) -> io::Result<()> {
        let lang = streams.lang;
        let protocols =
            between.protocols().iter().map(|s| s.word()).collect::<Vec<&str>>().join(", ");
        let passes = self.passes(access, lang);
        let subject = args.from.as_deref().or(args.to.as_deref()).unwrap_or_default();
        let told = access.cannot_tell.is_empty() && access.left_out.is_empty();
        let head = match (told, between) {
            (false, _) => say::at_least(subject, passes.len()),
            (true, Between::From(_)) => say::reaches(subject, passes.len()),
            (true, Between::To(_)) => say::reached(subject, passes.len()),
            (true, Between::Named(_)) => say::reached_by_name(subject, &protocols, passes.len()),
        };
        line(streams.out, head.say(lang))?;
        print(passes, &mut streams.page())?;
        let open = self.open(access, lang);
        if !open.is_empty() {
            writeln!(streams.out)?;
            line(streams.out, impact::cannot_tell(open.len()).say(lang))?;
            print(open, &mut streams.page())?;
        }
        writeln!(streams.out)?;
        if !access.left_out.is_empty() {
            let protocols: Vec<&str> = access.left_out.iter().map(|s| s.word()).collect();
            line(streams.out, impact::left_out(&protocols.join(", ")).say(lang))?;
        }
        if matches!(between, Between::Named(_)) {
            line(streams.out, say::only_by_name(&protocols).say(lang))?;
        }
        line(streams.out, words::universe().say(lang))
    }

    fn passes(&self, access: &Access, lang: Lang) -> Vec<Set> {
        let writer = FlowWriter::new(&[self.policy], lang);
        let sets = access.passes.iter().map(|(flows, fate)| {
            let why = say::by(&by_words(self.policy, fate, lang)).say(lang).to_owned();
            let said = Said { head: outcome_word(fate.outcome, lang), why };
            (writer.words(flows), said, flows.witness.clone())
        });
        FlowWords::joined(sets.collect())
    }

    fn open(&self, access: &Access, lang: Lang) -> Vec<Set> {
        let writer = FlowWriter::new(&[self.policy], lang);
        let sets = access.cannot_tell.iter().map(|(flows, rules)| {
            let rules = self.rules(rules, lang).join(", ");
            let why = impact::because(&rules).say(lang).to_owned();
            (writer.words(flows), Said { head: "?".to_owned(), why }, flows.witness.clone())
        });
        FlowWords::joined(sets.collect())
    }

    fn rules(&self, rules: &[Decider], lang: Lang) -> Vec<String> {
        rules.iter().map(|by| decider_words(self.policy, *by, lang)).collect()
    }

    fn json(&self, access: &Access, between: &Between) -> Value {
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

    fn rule(
        &self,
        asked: &str,
        format: Format,
        streams: &mut Streams<'_>,
    ) -> Result<io::Result<()>, Text> {
        let place = row_named(self.policy, asked)?;
        let reaches = Reaches::new(self.policy, self.compiled, self.evaluator);
        let (reach, overlaps) = (reaches.of(place), reaches.overlaps_of(place));
        Ok(match format {
            Format::Json => {
                let mut said = self.rule_json(place, &reach);
                said["overlaps"] = self.overlaps_json(&overlaps);
                writeln!(streams.out, "{said}")
            }
            Format::Text => self
                .rule_text(place, &reach, streams)
                .and_then(|()| self.overlaps_text(&overlaps, streams)),
        })
    }

    fn name(&self, place: RulePlace, lang: Lang) -> String {
        decider_words(self.policy, Decider::Rule(place.group, place.rule), lang)
    }

    fn is_off(&self, place: RulePlace) -> bool {
        self.policy.rule(place).is_some_and(|rule| !rule.enabled)
    }

    fn rule_text(
        &self,
        place: RulePlace,
        reach: &Reach,
        streams: &mut Streams<'_>,
    ) -> io::Result<()> {
        let lang = streams.lang;
        let rule = self.name(place, lang);
        let said = match reach {
            _ if self.is_off(place) => say::rule_is_off(&rule),
            Reach::Yes(_) => say::rule_is_reached(&rule),
            Reach::Unknown => say::rule_is_not_known(&rule),
            Reach::Unasked => say::rule_is_not_asked(&rule),
            Reach::Never(blocked) => {
                let by: Vec<String> = blocked.by.iter().map(|by| self.name(*by, lang)).collect();
                say::rule_is_not_reached(&rule, &by)
            }
        };
        line(streams.out, said.say(lang))?;
        let request = match reach {
            Reach::Yes(request) => request,
            Reach::Never(blocked) => &blocked.request,
            Reach::Unknown | Reach::Unasked => return Ok(()),
        };
        line(streams.out, &example(request, lang))
    }

    /// The rows whose order with this one decides.
    fn overlaps_text(&self, overlaps: &Overlaps, streams: &mut Streams<'_>) -> io::Result<()> {
        let lang = streams.lang;
        let pairs = overlap_words(self.policy, overlaps);
        if !pairs.is_empty() {
            writeln!(streams.out)?;
            line(streams.out, overlap::ORDER_DECIDES.say(lang))?;
        }
        for pair in &pairs {
            line(streams.out, &format!("- {}", pair.say(lang)))?;
        }
        if !overlaps.open.is_empty() {
            line(streams.out, overlap::OPEN.say(lang))?;
        }
        Ok(())
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
