use std::collections::BTreeMap;
use std::io;

use super::args::ExplainArgs;
use super::open::print;
use super::{Exit, Streams};
use crate::compile::refused_by_aws;
use crate::diagnostic::Diagnostic;
use crate::messages::{lints, plain, printable, rule as words};
use crate::net::{Action, RuleOrder};
use crate::suricata::{
    ContentTest, Keyword, Rule, RuleOption, Ruleset, Transform, Variables, check_variables,
    keywords, parse_rules,
};
use crate::workbench::{PlainRule, plain_rule};

/// Explains findings, keywords, exit codes, or one rule.
pub fn run(args: &ExplainArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    match (args.topic.as_str(), args.text.as_deref()) {
        ("keywords", None) => explain_keywords(streams),
        ("exit-codes", None) => {
            write!(streams.out, "{}", words::EXIT_CODES.say(streams.lang))?;
            Ok(Exit::Fine)
        }
        ("rule", Some(text)) => explain_rule(text, streams),
        ("rule", None) => {
            writeln!(streams.err, "error: no rule to explain")?;
            let example = "sekisho explain rule 'drop tls any any -> any any (sid:1;)'";
            writeln!(streams.err, "help: write it in quotes: {example}")?;
            Ok(Exit::Failed)
        }
        ("findings", None) => explain_findings(streams),
        (topic, None) if lints::page(topic).is_some() => {
            let page = lints::page(topic).map(|page| page.markdown(streams.lang, 1));
            writeln!(streams.out, "{}", page.unwrap_or_default())?;
            Ok(Exit::Fine)
        }
        (topic, _) => {
            let topic = printable(topic);
            writeln!(streams.err, "error: `{topic}` cannot be explained")?;
            writeln!(streams.err, "help: {}", words::TOPICS.say(streams.lang))?;
            Ok(Exit::Failed)
        }
    }
}

fn explain_findings(streams: &mut Streams<'_>) -> io::Result<Exit> {
    for page in lints::PAGES {
        writeln!(streams.out, "{:<28}{}", page.code, page.what.say(streams.lang))?;
    }
    Ok(Exit::Fine)
}

fn explain_keywords(streams: &mut Streams<'_>) -> io::Result<Exit> {
    let (evaluated, carried): (Vec<&Keyword>, Vec<&Keyword>) =
        keywords().into_iter().filter(|k| k.name != "payload").partition(|k| k.evaluated);
    for (title, list) in [(words::EVALUATED, evaluated), (words::CARRIED, carried)] {
        writeln!(streams.out, "{} ({}):", title.say(streams.lang), list.len())?;
        for keyword in list {
            writeln!(streams.out, "  {}", keyword.name)?;
        }
    }
    Ok(Exit::Fine)
}

fn explain_rule(text: &str, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let parsed = parse_rules(text);
    let variables = shipped_variables();
    let late = parsed.rules.iter().flat_map(|rule| check_variables(rule, &variables));
    // A rule group brings variables of its own: what this program does not know is no fault here.
    let late = late.filter(|p| !["unknown-variable", "undeclared-reference"].contains(&p.code));
    let problems: Vec<Diagnostic> =
        parsed.problems.iter().cloned().chain(late).map(|p| p.to_diagnostic(text, 0)).collect();
    let rules: Vec<Rule> = parsed.rules.into_iter().map(|r| r.rule).collect();
    if rules.is_empty() && problems.is_empty() {
        writeln!(streams.err, "error: there is no rule in this text")?;
        return Ok(Exit::Invalid);
    }
    for rule in &Ruleset::new(RuleOrder::Strict, rules, variables).rules {
        one_rule(rule, streams)?;
    }
    print(&problems, "rule", text, streams.out, (streams.lang, streams.colour))?;
    Ok(match problems.iter().any(Diagnostic::is_error) {
        true => Exit::Invalid,
        false => Exit::Fine,
    })
}

/// The inside and the outside as the engine ships them: negation in a variable changes a rule's type.
fn shipped_variables() -> Variables {
    let all =
        [("HOME_NET", "[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]"), ("EXTERNAL_NET", "!$HOME_NET")];
    BTreeMap::from(all.map(|(name, value)| (name.to_owned(), value.to_owned()))).into()
}

fn one_rule(rule: &Rule, streams: &mut Streams<'_>) -> io::Result<()> {
    let mut row = |name: &str, value: &str| -> io::Result<()> {
        writeln!(streams.out, "{name:<14}{}", printable(value))
    };
    row("rule", &format!("sid {}, revision {}", rule.sid, rule.rev))?;
    let action = words::action(rule.verb);
    row("action", &format!("{}: {}", rule.verb, action.say(streams.lang)))?;
    let kind = words::rule_type(rule.kind.word(), rule.action != Action::Alert);
    row("type", &format!("{}: {}", rule.kind.word(), kind.say(streams.lang)))?;
    let header = &rule.header;
    row("protocol", header.protocol.word())?;
    row("from", &format!("{}, port {}", header.source, header.source_ports))?;
    row("to", &format!("{}, port {}", header.destination, header.destination_ports))?;
    for option in &rule.options {
        row("asks", &option.to_string())?;
    }
    for buffer in &rule.buffers {
        row("asks", &buffer.to_string())?;
    }
    for keyword in not_evaluated(rule) {
        row("not evaluated", keyword)?;
    }
    in_words(rule, streams)?;
    writeln!(streams.out)
}

/// The same in plain words, and what is risky about it.
fn in_words(rule: &Rule, streams: &mut Streams<'_>) -> io::Result<()> {
    let PlainRule { about, asks, risks } = plain_rule(rule);
    let lang = streams.lang;
    writeln!(streams.out, "\n{}: {}", plain::IN_WORDS.say(lang), printable(about.say(lang)))?;
    for ask in &asks {
        writeln!(streams.out, "  - {}", printable(ask.say(lang)))?;
    }
    for risk in risks {
        writeln!(streams.out, "{}: {}", plain::CAREFUL.say(lang), risk.words().say(lang))?;
    }
    for refused in refused_by_aws(rule) {
        writeln!(streams.out, "{}: {}", plain::CAREFUL.say(lang), refused.say(lang))?;
    }
    Ok(())
}

/// The keywords for which the rule cannot be told.
fn not_evaluated(rule: &Rule) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for option in &rule.options {
        if let RuleOption::NotModelled(other) = option {
            names.push(other.keyword);
        }
    }
    for buffer in &rule.buffers {
        if !buffer.buffer.keyword().evaluated {
            names.push(buffer.buffer.name());
        }
        names.extend(buffer.transforms.iter().filter_map(|t| match t {
            Transform::NotModelled(carried) => Some(carried.keyword),
            _ => None,
        }));
        names.extend(buffer.tests.iter().filter_map(|t| match t {
            ContentTest::NotModelled(carried) => Some(carried.keyword),
            _ => None,
        }));
    }
    names.dedup();
    names
}
