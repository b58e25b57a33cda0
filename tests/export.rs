//! `sekisho export`: what AWS, CloudFormation and Terraform are given, what becomes of what is deployed, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use sekisho::compile::compile;
use sekisho::interop::Bundle;
use sekisho::policy::Document;
use sekisho::suricata::parse_rules;
use serde_json::{Value, json};

const POLICY: &str = "tests/exports/policy.yaml";
const HERE: [&str; 4] = ["--region", "eu-central-1", "--account", "111122223333"];

/// Standard output, standard error, exit code.
fn export(file: &str, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(["export", file, "--to"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn requests(file: &str, arguments: &[&str]) -> (Vec<Value>, String) {
    let (out, err, code) = export(file, &[&["aws"], &HERE[..], arguments].concat());
    assert_eq!(code, 0, "{err}");
    let all: Value = serde_json::from_str(&out).unwrap();
    (all["requests"].as_array().unwrap().clone(), err)
}

fn document(file: &str) -> Document {
    Document::read(fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn template_says_everything_the_policy_does() {
    let (out, err, code) = export(POLICY, &["cloudformation"]);
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!("cloudformation", format!("{out}\n--- standard error\n{err}"));
    let (json, _, _) = export(POLICY, &["cloudformation-json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["Resources"].as_object().unwrap().len(), 5);
}

#[test]
fn terraform_says_everything_the_policy_does() {
    let (out, err, code) = export(POLICY, &["terraform"]);
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!("terraform", out);
}

#[test]
fn requests_say_everything_the_policy_does() {
    let (requests, err) = requests(POLICY, &[]);
    let requests = serde_json::to_string_pretty(&requests).unwrap();
    insta::assert_snapshot!("requests", format!("{requests}\n--- standard error\n{err}"));
}

#[test]
fn rules_of_the_groups_are_the_compiled_ones_in_their_order() {
    for file in [
        POLICY,
        "samples/first-steps/policy.yaml",
        "samples/central-egress/policy.yaml",
        "samples/action-order/policy.yaml",
    ] {
        let document = document(file);
        let compiled = compile(document.policy()).text(document.policy());
        let rules = |text: &str| -> Vec<(u32, String)> {
            let read = parse_rules(text);
            assert!(!read.rules.is_empty(), "{:?}", read.problems);
            read.rules.iter().map(|r| (r.rule.sid.0, format!("{:?}", r.rule.options))).collect()
        };
        let (requests, _) = requests(file, &[]);
        let source = |r: &Value| {
            let text = r["input"]["RuleGroup"]["RulesSource"]["RulesString"].as_str();
            text.unwrap_or_default().to_owned()
        };
        let exported: String = requests.iter().map(source).collect();
        assert_eq!(rules(&exported), rules(&compiled), "{file}");
        let continued = exported.lines().find(|line| line.ends_with('\\'));
        assert_eq!(continued, None, "AWS takes one rule a line");
    }
}

/// What AWS would answer if the requests had been made.
fn deployed(requests: &[Value], folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (number, request) in requests.iter().enumerate() {
        let input = &request["input"];
        let answer = if let Some(name) = input["RuleGroupName"].as_str() {
            let kind = if input["Type"] == "STATELESS" { "stateless" } else { "stateful" };
            let arn = format!(
                "arn:aws:network-firewall:eu-central-1:111122223333:{kind}-rulegroup/{name}"
            );
            json!({
                "UpdateToken": format!("token-{number}"),
                "RuleGroup": input["RuleGroup"],
                "RuleGroupResponse": {
                    "RuleGroupArn": arn, "RuleGroupName": name, "RuleGroupId": "x",
                    "Type": input["Type"], "Capacity": input["Capacity"],
                    "Description": input["Description"],
                },
            })
        } else {
            let mut policy = input["FirewallPolicy"].clone();
            policy["TLSInspectionConfigurationArn"] = json!("arn:aws:tls");
            policy["StatefulEngineOptions"]["FlowTimeouts"] = json!({"TcpIdleTimeoutSeconds": 600});
            policy["StatefulRuleGroupReferences"][1]["Override"] =
                json!({"Action": "DROP_TO_ALERT"});
            json!({
                "UpdateToken": "token-of-policy",
                "FirewallPolicy": policy,
                "FirewallPolicyResponse": {
                    "FirewallPolicyArn": "arn:policy",
                    "FirewallPolicyName": input["FirewallPolicyName"],
                },
            })
        };
        fs::write(folder.join(format!("{number}.json")), answer.to_string()).unwrap();
    }
}

#[test]
fn what_is_deployed_is_left_alone_changed_or_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let current = folder.path().to_str().unwrap().to_owned();
    let (first, _) = requests(POLICY, &[]);
    deployed(&first, folder.path());
    let (none, said) = requests(POLICY, &["--current", &current]);
    assert_eq!((none.as_slice(), said.matches("= as it is").count()), (&[][..], 4), "{said}");

    let changed = folder.path().join("changed.yaml");
    let text = fs::read_to_string(POLICY).unwrap();
    let names: Vec<String> = (0..60).map(|n| format!("n{n}.example")).collect();
    let text = text
        .replace(".paste.example", ".other.example")
        .replace("[https://api.bank.example]", &format!("[{}]", names.join(", ")))
        .replace("  - name: early\n", "  - name: later\n");
    fs::write(&changed, text).unwrap();
    let (made, said) = requests(changed.to_str().unwrap(), &["--current", &current]);
    let of = |n: usize| (made[n]["file"].as_str().unwrap(), &made[n]["input"]);
    let (name, input) = of(0);
    assert_eq!(name, "01-update-rule-group-block-list.json");
    assert_eq!(input["UpdateToken"], "token-0");
    assert_eq!(input["Capacity"], Value::Null);
    let (name, input) = of(1);
    assert_eq!(name, "02-create-rule-group-block-list-2-2.json", "{said}");
    assert_eq!(input["Capacity"], 200);
    let (name, input) = of(3);
    assert_eq!(name, "04-update-firewall-policy-everything-at-once.json");
    let policy = &input["FirewallPolicy"];
    assert_eq!(policy["TLSInspectionConfigurationArn"], "arn:aws:tls", "it is not lost");
    assert_eq!(policy["StatefulEngineOptions"]["FlowTimeouts"]["TcpIdleTimeoutSeconds"], 600);
    let references = policy["StatefulRuleGroupReferences"].as_array().unwrap();
    assert_eq!(references[1]["Override"]["Action"], "DROP_TO_ALERT");
    assert!(references[2]["ResourceArn"].as_str().unwrap().ends_with("/block-list-2-2"));
    assert!(said.contains("- unused  early"), "{said}");
    assert!(said.contains("- unused  block-list-2\n"), "{said}");

    // Once that is deployed, the group made anew stands for the one it replaced.
    let policy = folder.path().join("3.json");
    let mut answer: Value = serde_json::from_str(&fs::read_to_string(&policy).unwrap()).unwrap();
    answer["FirewallPolicy"] = input["FirewallPolicy"].clone();
    fs::write(&policy, answer.to_string()).unwrap();
    deployed(&made[1..2], &folder.path().join("later"));
    let (again, said) = requests(
        changed.to_str().unwrap(),
        &["--current", &current, "--current", &format!("{current}/later")],
    );
    let names: Vec<&str> = again.iter().map(|r| r["file"].as_str().unwrap()).collect();
    assert_eq!(names[0], "01-update-rule-group-block-list.json");
    assert!(said.contains("= as it is block-list-2-2, "), "{said}");
}

#[test]
fn what_only_aws_holds_of_a_group_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let current = folder.path().to_str().unwrap().to_owned();
    let (first, _) = requests(POLICY, &[]);
    deployed(&first, folder.path());
    let change = |file: &str, how: &dyn Fn(&mut Value)| {
        let file = folder.path().join(file);
        let mut answer: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        how(&mut answer);
        fs::write(file, answer.to_string()).unwrap();
    };
    let metric = json!([{ "ActionName": "Count", "ActionDefinition": {} }]);
    change("2.json", &|answer| {
        let source = &mut answer["RuleGroup"]["RulesSource"]["StatelessRulesAndCustomActions"];
        source["CustomActions"] = metric.clone();
        source["StatelessRules"][1]["RuleDefinition"]["Actions"] = json!(["aws:drop", "Count"]);
    });
    let (none, said) = requests(POLICY, &["--current", &current]);
    assert_eq!(none, Vec::<Value>::new(), "{said}");

    change("0.json", &|answer| {
        answer["RuleGroup"]["RuleVariables"] = json!({ "ContextSets": { "C": {} } });
        answer["RuleGroupResponse"]["SummaryConfiguration"] = json!({ "RuleOptions": ["SID"] });
        answer["RuleGroupResponse"]["ConsumedCapacity"] = json!(2);
    });
    let changed = folder.path().join("changed.yaml");
    let text = fs::read_to_string(POLICY).unwrap();
    let text =
        text.replace(".paste.example", ".other.example").replace("ports: [23]", "ports: [24]");
    fs::write(&changed, text).unwrap();
    let (made, said) = requests(changed.to_str().unwrap(), &["--current", &current]);
    assert_eq!(made.len(), 2, "{said}");
    let stateful = &made[0]["input"];
    assert_eq!(stateful["RuleGroup"]["RuleVariables"]["ContextSets"], json!({ "C": {} }));
    assert_eq!(stateful["SummaryConfiguration"]["RuleOptions"][0], "SID");
    assert_eq!(stateful["ConsumedCapacity"], Value::Null, "no update takes it");
    let stateless = &made[1]["input"]["RuleGroup"]["RulesSource"]["StatelessRulesAndCustomActions"];
    assert_eq!(stateless["CustomActions"], metric);
    let actions = |rule: usize| &stateless["StatelessRules"][rule]["RuleDefinition"]["Actions"];
    assert_eq!((actions(0), actions(1)), (&json!(["aws:drop"]), &json!(["aws:drop", "Count"])));
}

#[test]
fn long_note_is_cut_and_said_to_be_and_a_name_without_letters_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.yaml");
    let text = fs::read_to_string(POLICY).unwrap();
    let text = text.replace("what nobody may reach", &"x".repeat(600));
    fs::write(&file, text.replace("name: everything at once", "name: 関所")).unwrap();
    let (made, said) = requests(file.to_str().unwrap(), &[]);
    assert_eq!(made[0]["input"]["Description"].as_str().unwrap().len(), 512);
    assert!(said.contains("the note of group `block list` is cut"), "{said}");
    assert_eq!(made[3]["input"]["FirewallPolicyName"], "policy");
    let calls = folder.path().join("it's");
    let arguments = [&["aws"], &HERE[..], &["--out", calls.to_str().unwrap()]].concat();
    let (said, _, _) = export(POLICY, &arguments);
    let first = said.lines().next().unwrap();
    assert!(first.starts_with("aws network-firewall create-rule-group --cli-input-json 'file://"));
    assert!(first.contains(r"it'\''s"), "a shell reads the path as it is: {first}");
}

#[test]
fn alert_log_is_switched_on_where_a_firewall_is_named() {
    let (requests, _) = requests(POLICY, &["--firewall", "arn:aws:fw", "--log-group", "alerts"]);
    let last = &requests.last().unwrap()["input"];
    let log = &last["LoggingConfiguration"]["LogDestinationConfigs"][0];
    assert_eq!((&last["FirewallArn"], &log["LogType"]), (&json!("arn:aws:fw"), &json!("ALERT")));
    assert_eq!(log["LogDestination"]["logGroup"], "alerts");
}

#[test]
fn files_are_written_once_and_over_only_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("requests");
    let arguments = [&["aws"], &HERE[..], &["--out", out.to_str().unwrap()]].concat();
    let (said, err, code) = export(POLICY, &arguments);
    assert_eq!(code, 0, "{err}");
    assert!(said.starts_with("aws network-firewall create-rule-group --cli-input-json"), "{said}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 4);
    let (_, err, code) = export(POLICY, &arguments);
    assert_eq!(code, 1);
    assert!(err.contains("is there already: `--force` writes over it"), "{err}");
    let (_, err, code) = export(POLICY, &[&arguments[..], &["--force"]].concat());
    assert_eq!(code, 0, "{err}");
}

#[test]
fn what_cannot_be_exported_says_why() {
    let (out, err, code) = export(POLICY, &["aws"]);
    assert_eq!((out.as_str(), code), ("", 3));
    assert!(err.contains("give `--region` and `--account`"), "{err}");
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{\"RuleGroupResponse\": {}").unwrap();
    let current = ["--current", broken.to_str().unwrap()];
    let (_, err, code) = export(POLICY, &[&["aws"], &HERE[..], &current].concat());
    assert_eq!(code, 3);
    assert!(err.contains("broken.json` is no answer of AWS"), "{err}");
    fs::write(&broken, "{\"Something\": 1}").unwrap();
    let (_, err, code) = export(POLICY, &[&["aws"], &HERE[..], &current].concat());
    assert_eq!(code, 0);
    assert!(err.contains("describes neither a rule group nor a firewall policy"), "{err}");
    let invalid = folder.path().join("invalid.rules");
    fs::write(&invalid, "drop tls any any -> any any (tls.snj; content:\"a\"; sid:1001;)\n")
        .unwrap();
    let (out, err, code) = export(invalid.to_str().unwrap(), &["terraform"]);
    assert_eq!((out.as_str(), code), ("", 3));
    assert!(err.contains("`tls.snj` is not a keyword"), "{err}");
}

#[test]
fn large_group_is_split_where_priorities_leave_room() {
    let rows: String = (0..20)
        .map(|n| {
            format!(
                "      - {{name: r{n}, sid: {}, action: pass, from: any, to: [n{n}.example]}}\n",
                2000 + 10 * n
            )
        })
        .collect();
    let policy = |next: u32| {
        format!(
            "sekisho: 1\nname: large\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups:\n  - name: one\n    priority: 10\n    rules:\n{rows}  - name: two\n    priority: {next}\n    rules:\n      - {{name: z, sid: 9000, action: drop, from: any, to: [z.example]}}\n"
        )
    };
    let bundle = |next, most| {
        let document = Document::read(policy(next)).unwrap();
        Bundle::of(document.policy(), &compile(document.policy()), most)
    };
    let whole = bundle(11, 100_000).unwrap();
    assert_eq!(whole.groups.len(), 2);
    let split = bundle(20, 3_000).unwrap();
    let names: Vec<&str> = split.groups.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(names, ["one-1", "one-2", "one-3", "two"]);
    let policy = json!(split.policy(&|group| split.groups[group].name.clone().into()));
    let references = policy["StatefulRuleGroupReferences"].as_array().unwrap();
    let priorities: Vec<u64> = references.iter().map(|r| r["Priority"].as_u64().unwrap()).collect();
    assert_eq!(priorities, [10, 11, 12, 20]);
    let text = |bundle: &Bundle| -> String {
        let text = |g: &sekisho::interop::Group| g.rules.rules_source.rules_string.clone().unwrap();
        bundle.groups.iter().map(text).collect()
    };
    assert_eq!(text(&split), text(&whole), "no rule is lost, none moves");
    let said = bundle(12, 3_000).unwrap_err().0;
    let said = said.say(sekisho::messages::Lang::English);
    assert!(said.contains("must become 3 groups, and the next group has priority 12"), "{said}");
}
