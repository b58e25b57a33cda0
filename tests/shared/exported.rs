//! What an export gives, and how two are compared.

use sekisho::compile::compile;
use sekisho::interop::{Account, Current};
use sekisho::policy::Document;
use sekisho::suricata::parse_rules;
use sekisho::workbench::{Content, ExportTo, export};
use serde_json::Value;

/// Sids that an import has to change: exports keep them for what stands around the rows.
const KEPT: u32 = 3_999_999_000;

pub fn document(policy: &str) -> Document {
    Document::read(policy.to_owned()).unwrap_or_else(|problems| panic!("{problems:?}\n{policy}"))
}

/// What is exported: a file, or the requests as a list.
pub fn exported(policy: &str, to: ExportTo) -> String {
    let document = document(policy);
    let compiled = compile(document.policy());
    let account = Account {
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
        logging: None,
    };
    let current = Current::default();
    let made = export(document.policy(), &compiled, to, &current, &account).unwrap();
    match made.content {
        Content::File(text) => text,
        Content::Requests(requests) => {
            let inputs = requests.into_iter().map(|request| request.input);
            format!("{:#}", Value::Array(inputs.collect()))
        }
    }
}

/// Every rule with its number, but for the numbers that an import has to change, and the words of every set and setting.
pub fn without_comments(requests: &str) -> (Vec<(Option<u32>, String)>, Value) {
    let mut requests: Value = serde_json::from_str(requests).unwrap();
    let mut rules = Vec::new();
    for request in requests.as_array_mut().unwrap() {
        let source = &mut request["RuleGroup"]["RulesSource"]["RulesString"];
        let text = source.as_str().unwrap_or_default().to_owned();
        if !source.is_null() {
            *source = Value::Null;
        }
        for parsed in parse_rules(&text).rules {
            let sid = Some(parsed.rule.sid.0)
                .filter(|sid| !(900_000_000..900_000_999).contains(sid) && *sid < KEPT);
            let words = parsed.rule.text.split("sid:").next().unwrap().to_owned();
            rules.push((sid, words));
        }
    }
    (rules, requests)
}
