use serde_json::{Map, Value, json};

use super::check::Checked;
use super::check_json::region;
use crate::diagnostic::Diagnostic;
use crate::messages::{Lang, lints};

/// The problems as a log of static analysis, which code review tools read.
///
/// Source: SARIF 2.1.0, OASIS Standard, 27 March 2020.
pub fn sarif(all: &[Checked]) -> Value {
    let accepted = all.iter().flat_map(|checked| &checked.accepted);
    let found = all.iter().flat_map(|checked| &checked.found).map(|found| &found.diagnostic);
    let mut codes: Vec<&'static str> = found
        .chain(accepted.map(|one| &one.diagnostic))
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let results = all.iter().flat_map(|checked| {
        let codes = &codes;
        let found = checked.found.iter().map(move |found| {
            let mut result = result(checked, &found.diagnostic, codes);
            result["properties"]["fix"] = json!(found.fix);
            result
        });
        let accepted = checked.accepted.iter().map(move |accepted| {
            let mut result = result(checked, &accepted.diagnostic, codes);
            result["suppressions"] =
                json!([{ "kind": "inSource", "justification": accepted.reason }]);
            result
        });
        found.chain(accepted)
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sekisho",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<Value>>(),
        }],
    })
}

/// What there is to say about a code: its page, where it has one.
fn rule(code: &str) -> Value {
    let mut rule = Map::from_iter([("id".to_owned(), json!(code))]);
    if let Some(page) = lints::page(code) {
        let text = page.markdown(Lang::English, 1);
        rule.insert("shortDescription".to_owned(), json!({ "text": page.what.say(Lang::English) }));
        rule.insert("fullDescription".to_owned(), json!({ "text": page.why.say(Lang::English) }));
        rule.insert("help".to_owned(), json!({ "text": text, "markdown": text }));
    }
    Value::Object(rule)
}

fn result(checked: &Checked, diagnostic: &Diagnostic, codes: &[&str]) -> Value {
    let mut place =
        Map::from_iter([("artifactLocation".to_owned(), json!({ "uri": uri(&checked.name) }))]);
    if let Some([(line, column), (end_line, end_column)]) =
        region(diagnostic.place.as_ref(), &checked.text)
    {
        let region = json!({
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        });
        place.insert("region".to_owned(), region);
    }
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.iter().position(|code| *code == diagnostic.code),
        // The words are those of SARIF: error, warning, note.
        "level": diagnostic.severity.word(),
        "message": { "text": message(diagnostic) },
        "locations": [{ "physicalLocation": place }],
        "properties": { "confidence": diagnostic.confidence.word() },
    })
}

/// What is wrong, and what to do.
fn message(diagnostic: &Diagnostic) -> String {
    let message = diagnostic.message.say(Lang::English);
    match &diagnostic.help {
        Some(help) => format!("{message}\n{}", help.say(Lang::English)),
        None => message.to_owned(),
    }
}

/// A file's name as a URI, relative where the name is.
fn uri(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let escaped: String = name
        .bytes()
        .map(|byte| match byte {
            b'\\' if cfg!(windows) => "/".to_owned(),
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    if name.starts_with('/') { format!("file://{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_uris() {
        assert_eq!(uri("policies/central egress.yaml"), "policies/central%20egress.yaml");
        assert_eq!(uri("/srv/a.yaml"), "file:///srv/a.yaml");
        assert_eq!(uri("関所.yaml"), "%E9%96%A2%E6%89%80.yaml");
    }
}
