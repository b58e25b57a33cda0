//! `sekisho import`: what becomes of what exists, what is said of the rest, and that nothing changes on the way there and back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use sekisho::compile::compile;
use sekisho::interop::{ImportFile, ImportOptions, Imported, Notation, import};
use sekisho::messages::Lang;
use sekisho::workbench::{ExportTo, TestInput, outcomes};
use serde_json::Value;

#[path = "shared/exported.rs"]
mod exported;
#[path = "import/terraform.rs"]
mod terraform;

use exported::{document, exported, without_comments};

const SAMPLES: [&str; 4] = [
    "tests/exports/policy.yaml",
    "samples/first-steps/policy.yaml",
    "samples/central-egress/policy.yaml",
    "samples/action-order/policy.yaml",
];

/// Standard output, standard error, exit code.
fn sekisho(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn text(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn imported(name: &str, text: &str) -> Imported {
    imported_with(name, text, &ImportOptions::default())
}

fn imported_with(name: &str, text: &str, options: &ImportOptions) -> Imported {
    import(&[ImportFile::new(name, text.as_bytes())], options)
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.report.problems.iter().map(|problem| problem.diagnostic.code).collect()
}

/// What becomes of many requests: what the cases of `asked` ask for, and more, from several clients.
fn verdicts(policy: &str, asked: &str) -> Vec<&'static str> {
    let asked = document(asked);
    let more = [
        "https://nobody.example:8443",
        "http://PASTE.example/x",
        "tcp://203.0.113.5:22",
        "tcp://203.0.113.5:23",
        "udp://203.0.113.5:123",
        "dns://example.com",
        "icmp://203.0.113.5",
        "quic://example.com",
    ];
    let urls = asked.policy().cases.iter().map(|case| case.url.as_str()).chain(more);
    let mut cases = String::from("\ncases:\n");
    for (number, url) in urls.enumerate() {
        for from in ["10.1.2.3", "10.2.0.5", "192.0.2.9"] {
            let name = format!("{number} from {from}");
            cases +=
                &format!("  - {{name: \"{name}\", from: {from}, url: \"{url}\", expect: pass}}\n");
        }
    }
    let policy = policy.split("\ncases:").next().unwrap().to_owned() + &cases;
    let derived = outcomes(&document(&policy), &TestInput::default(), 0);
    derived.cases.iter().map(|case| case.outcome.word().say(Lang::English)).collect()
}

#[test]
fn what_is_exported_comes_back_and_goes_out_the_same() {
    for file in SAMPLES {
        let policy = text(file);
        let first = exported(&policy, ExportTo::Requests);
        let there = imported("requests.json", &first);
        let back = there.policy.clone().unwrap();
        assert_eq!(there.report.imported, there.report.rules, "{file}: {:?}", codes(&there));
        assert!(!there.report.has_losses(), "{file}: {:?}", codes(&there));
        let second = exported(&back, ExportTo::Requests);
        assert_eq!(without_comments(&second), without_comments(&first), "{file}");
        // From there on nothing changes any more, not even a comment.
        let again = imported("requests.json", &second);
        assert_eq!(again.policy.as_deref(), Some(back.as_str()), "{file}");
        assert_eq!(exported(&back, ExportTo::Requests), second, "{file}");
        let (before, after) = (verdicts(&policy, &policy), verdicts(&back, &policy));
        assert_eq!(before, after, "{file}");
        assert!(before.iter().any(|word| *word != before[0]), "{file}: a policy decides something");
    }
}

#[test]
fn folder_of_answers_and_requests_becomes_a_policy_and_a_list_of_what_it_cannot_say() {
    let (policy, said, code) = sekisho(&["import", "tests/imports/aws"]);
    assert_eq!(code, 2, "{said}");
    insta::assert_snapshot!("aws", format!("{policy}\n--- standard error\n{said}"));
    let document = document(&policy);
    let errors = compile(document.policy()).diagnostics.into_iter().filter(|d| d.is_error());
    assert_eq!(errors.count(), 0, "what is imported can be checked");
    // What it says is not lost when it goes to AWS and comes back.
    let there = exported(&policy, ExportTo::Requests);
    let back = imported("requests.json", &there);
    let again = exported(&back.policy.unwrap(), ExportTo::Requests);
    assert_eq!(without_comments(&again), without_comments(&there));
}

#[test]
fn templates_and_terraform_come_back_as_requests_do() {
    for file in SAMPLES {
        let policy = text(file);
        let requests = exported(&policy, ExportTo::Requests);
        let (wanted, _) = without_comments(&requests);
        let forms = [
            ("a.yaml", ExportTo::CloudFormation(Notation::Yaml)),
            ("a.json", ExportTo::CloudFormation(Notation::Json)),
            ("a.tf", ExportTo::Terraform),
        ];
        for (name, to) in forms {
            let there = exported(&policy, to);
            let made = imported(name, &there);
            assert!(!made.report.has_losses(), "{file} {name}: {:?}", codes(&made));
            let back = made.policy.unwrap();
            assert_eq!(
                without_comments(&exported(&back, ExportTo::Requests)).0,
                wanted,
                "{file} {name}"
            );
            let again = imported(name, &exported(&back, to));
            assert_eq!(again.policy.as_deref(), Some(back.as_str()), "{file} {name}");
        }
    }
}

#[test]
fn template_is_resolved_as_far_as_it_says_what_is_meant() {
    let (policy, said, code) = sekisho(&["import", "tests/imports/template.yaml"]);
    assert_eq!(code, 2, "{said}");
    insta::assert_snapshot!("template", format!("{policy}\n--- standard error\n{said}"));
    document(&policy);
    let call = ["import", "tests/imports/template.yaml", "--set", "Partner=203.0.113.0/24"];
    let (policy, _, _) = sekisho(&call);
    assert!(policy.contains("PARTNER: [203.0.113.0/24, 192.0.2.0/24]"), "{policy}");
}

#[test]
fn terraform_files_of_a_folder_are_one_module() {
    let (policy, said, code) = sekisho(&["import", "tests/imports/terraform"]);
    assert_eq!(code, 2, "{said}");
    insta::assert_snapshot!("from_terraform", format!("{policy}\n--- standard error\n{said}"));
    document(&policy);
}

#[test]
fn file_of_rules_becomes_a_group_in_which_no_line_is_lost() {
    let rules = "# head\n\npass tls any any -> any any (tls.sni; content:\"a.example\"; sid:1;)\nbroken [\n  # tail\n";
    let made = imported("team.rules", rules);
    let policy = made.policy.clone().unwrap();
    for line in rules.lines() {
        assert!(policy.contains(line.trim()), "{line}");
    }
    assert_eq!((made.report.imported, made.report.rules), (1, 2));
    assert!(policy.contains("  - name: team\n"), "{policy}");
    let same = imported("team.txt", rules).policy;
    assert_eq!(same, made.policy, "rules are known by what they say");
    let options = ImportOptions {
        rules: sekisho::interop::RulesOptions {
            vars: vec![("DNS".to_owned(), "10.0.0.53".to_owned())],
            ..Default::default()
        },
        ..ImportOptions::default()
    };
    let made = imported_with("a.rules", "drop udp any any -> $DNS any (sid:1;)\n", &options);
    assert!(made.policy.unwrap().contains("DNS: [10.0.0.53]"));
}

#[test]
fn result_is_written_once_and_programs_are_told_as_much_as_people() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("policy.yaml");
    let out = out.to_str().unwrap();
    let call = ["import", "tests/imports/aws", "-o", out, "--format", "json"];
    let (said, err, code) = sekisho(&call);
    assert_eq!((err.as_str(), code), ("", 2));
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said["imported"], &said["rules"]), (&Value::from(11), &Value::from(17)));
    let off = said["diagnostics"].as_array().unwrap().iter().find(|d| d["code"] == "switched-off");
    let off = off.unwrap();
    assert_eq!((&off["line"], &off["lost"]), (&Value::from(14), &Value::Bool(true)));
    assert!(fs::read_to_string(out).unwrap().starts_with("sekisho: 1\nname: central-egress\n"));
    let (_, err, code) = sekisho(&call);
    assert_eq!(code, 1);
    assert!(err.contains("is there already"), "{err}");
    let (_, _, code) = sekisho(&[&call[..], &["--force"]].concat());
    assert_eq!(code, 2);
}

#[test]
fn domain_list_becomes_a_row_where_that_is_asked_for() {
    let options = ImportOptions { lists_as_rows: true, ..ImportOptions::default() };
    let made = imported_with("a.json", &text("tests/imports/aws/blocked-names.json"), &options);
    let policy = made.policy.unwrap();
    let row = "action: reject\n        from: any\n        to: list:blocked-names\n        protocols: [tls, http]\n";
    assert!(policy.contains(row), "{policy}");
    assert!(
        policy.contains(
            "domain_lists:\n  blocked-names:\n    - .paste.example\n    - files.example\n"
        ),
        "{policy}"
    );
    document(&policy);
}

#[test]
fn domain_list_of_a_group_with_its_own_servers_stays_rules_that_ask_for_them() {
    let options = ImportOptions { lists_as_rows: true, ..ImportOptions::default() };
    let list = text("tests/imports/aws/blocked-names.json");
    let sets = r#""RuleVariables":{"IPSets":{"EXTERNAL_NET":{"Definition":["203.0.113.0/24"]}}},"RulesSource""#;
    let own = list.replacen("\"RulesSource\"", sets, 1);
    assert_ne!(own, list);
    let made = imported_with("a.json", &own, &options);
    assert!(codes(&made).contains(&"list-as-rules"), "{:?}", codes(&made));
    let policy = made.policy.unwrap();
    assert!(policy.contains("external_net: [203.0.113.0/24]"), "{policy}");
    assert!(policy.contains("$EXTERNAL_NET") && !policy.contains("to: list:"), "{policy}");
}

#[test]
fn lists_of_groups_with_one_name_are_two_and_an_order_that_is_no_word_is_said() {
    let options = ImportOptions { lists_as_rows: true, ..ImportOptions::default() };
    let one = text("tests/imports/aws/blocked-names.json");
    let other = one.replace("blocked-names", "blocked names").replace("STRICT_ORDER", "STRICT");
    assert_ne!(one, other);
    let files: Vec<ImportFile> =
        [&one, &other].map(|text| ImportFile::new("a.json", text.as_bytes())).into();
    let made = sekisho::interop::import(&files, &options);
    let policy = made.policy.clone().unwrap();
    document(&policy);
    for line in ["to: list:blocked-names\n", "to: list:blocked-names-2\n"] {
        assert!(policy.contains(line), "{line}: {policy}");
    }
    assert!(codes(&made).contains(&"bad-value"), "{:?}", codes(&made));
}

#[test]
fn several_names_in_a_line_are_all_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names");
    fs::write(&file, "a.example, b.example\nc.example\td.example\ne.example;f.example\n").unwrap();
    let (policy, said, _) = sekisho(&["import", "--list", "l", file.to_str().unwrap()]);
    for name in ["a", "b", "c", "d", "e", "f"] {
        assert!(policy.contains(&format!("- {name}.example\n")), "{policy}{said}");
    }
}

#[test]
fn broken_text_is_used_as_far_as_it_goes_and_said_to_be_broken() {
    let whole = text("tests/imports/aws/team-rules.json");
    let cut = &whole[..whole.find("sid:103").unwrap()];
    let made = imported("cut.json", cut);
    let policy = made.policy.clone().unwrap();
    assert!(policy.contains("sid:101"), "{policy}");
    assert!(codes(&made).contains(&"not-whole"), "{:?}", codes(&made));
    assert!(codes(&made).contains(&"switched-off"), "the rule that is cut does not load");

    let made = imported("nul.json", &whole.replace("payroll: bank", "pay\0roll"));
    assert!(codes(&made).contains(&"not-text"));
    document(made.policy.as_deref().unwrap());

    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(whole.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let made = import(&[ImportFile::new("a.json", &utf16)], &ImportOptions::default());
    assert_eq!(made.policy, imported("a.json", &whole).policy, "some shells write UTF-16");

    let files = [
        ("a.json", whole.as_str()),
        ("b.json", "{\"Some\": 1}"),
        ("c.json", "\u{1}"),
        ("d.json", ""),
    ];
    let files = files.map(|(name, text)| ImportFile::new(name, text.as_bytes()));
    let made = import(&files, &ImportOptions::default());
    let unused = made.report.problems.iter().filter(|p| p.diagnostic.code == "not-looked-at");
    assert_eq!(unused.map(|p| p.file).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    assert!(made.policy.is_some());

    let (_, said, code) = sekisho(&["import", "tests/exports/check.py"]);
    assert_eq!(code, 3);
    assert!(said.contains("there is nothing to import"), "{said}");
}

#[test]
fn many_problems_of_a_kind_are_counted_and_the_first_shown() {
    let rules: String =
        (0..40).map(|n| format!("drop tls any any -> any any (tls.snj; sid:{n};)\\n")).collect();
    let made =
        imported("a.json", &format!("{{\"RulesSource\": {{\"RulesString\": \"{rules}\"}}}}"));
    assert_eq!(made.report.more["switched-off"], 35);
    assert_eq!(codes(&made).iter().filter(|code| **code == "switched-off").count(), 5);
    assert_eq!((made.report.imported, made.report.rules), (0, 40));
    let lines: Vec<usize> = made
        .report
        .problems
        .iter()
        .filter_map(|p| Some(p.diagnostic.place.as_ref()?.column))
        .collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "each has its place: {lines:?}");
}

/// Whatever was read, a policy that came out can be read and compiled without errors that stop a check.
fn holds(files: &[ImportFile]) {
    let made = import(files, &ImportOptions::default());
    if let Some(policy) = made.policy {
        document(&policy);
    }
    assert!(made.report.imported <= made.report.rules);
    for problem in &made.report.problems {
        assert!(!problem.diagnostic.message.say(Lang::Japanese).is_empty());
    }
}

#[test]
fn list_of_names_is_put_into_a_policy_that_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let hosts = path("hosts", "127.0.0.1 localhost\n0.0.0.0 ads.example tracker.example # both\n");
    let plain = path(
        "plain.txt",
        "# head\nADS.example\n.wide.example\nx.wide.example\nnot a name\n||blocked.example^\n",
    );
    let table =
        path("table.csv", "Protocol,Domain,Hits\nHTTP,site.example,3\nTLS,\"other.example\",4\n");
    let (policy, said, code) = sekisho(&["import", "--list", "blocked", &hosts, &plain, &table]);
    assert_eq!(code, 2, "a line that is no name is lost: {said}");
    for name in [
        "ads.example",
        "tracker.example",
        ".wide.example",
        ".blocked.example",
        "site.example",
        "other.example",
    ] {
        assert!(policy.contains(&format!("    - {name}\n")), "{name}: {policy}");
    }
    assert_eq!(document(&policy).policy().domain_lists[0].names.len(), 6);
    assert!(said.contains("`ads.example` was there before"), "{said}");
    assert!(said.contains("`x.wide.example` is left out: `.wide.example` means it too"), "{said}");
    assert!(said.contains("`not a name` is not a domain name"), "{said}");
    assert!(said.contains("6 of 9 names are in the list `blocked` now"), "{said}");

    let original = text("samples/first-steps/policy.yaml");
    let into = path("policy.yaml", &original);
    let (_, said, code) = sekisho(&["import", "--list", "blocked", &hosts, "--into", &into]);
    assert_eq!(code, 0, "{said}");
    let after = fs::read_to_string(&into).unwrap();
    let added: Vec<&str> =
        after.lines().filter(|line| !original.lines().any(|l| l == *line)).collect();
    assert!(original.lines().all(|line| after.lines().any(|l| l == line)), "nothing is lost");
    assert_eq!(added.join("").matches("example").count(), 2, "{added:?}");
    let (_, _, code) = sekisho(&["import", "--list", "blocked", &table, "--into", &into]);
    assert_eq!(code, 0);
    let policy = fs::read_to_string(&into).unwrap();
    let list = document(&policy)
        .policy()
        .domain_lists
        .iter()
        .find(|l| l.name.value == "blocked")
        .unwrap()
        .names
        .len();
    assert_eq!(list, 4);
}

#[test]
fn list_goes_into_policy_files_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hosts"), "a.example\n").unwrap();
    let rules = "pass tls any any -> any any (sid:1; rev:1;)\n";
    fs::write(folder.path().join("r.rules"), rules).unwrap();
    for (into, name) in [("-", "standard input"), ("r.rules", "r.rules")] {
        let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
            .current_dir(folder.path())
            .env_clear()
            .args(["import", "--list", "blocked", "hosts", "--into", into])
            .write_stdin(text("samples/first-steps/policy.yaml"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let meant = format!(
            "error: {name} is not a policy file that could be written: leave out `--into`\n"
        );
        assert_eq!((said, output.status.code()), (meant, Some(1)), "{into}");
    }
    assert!(!folder.path().join("-").exists());
    assert_eq!(fs::read_to_string(folder.path().join("r.rules")).unwrap(), rules);
}

#[test]
fn rules_for_suricata_say_what_a_file_of_rules_cannot() {
    let (out, said, code) = sekisho(&["export", "tests/exports/policy.yaml", "--to", "rules"]);
    assert_eq!(code, 0, "{said}");
    let (compiled, _, _) = sekisho(&["compile", "tests/exports/policy.yaml"]);
    assert_eq!(out, compiled);
    for words in [
        "strict order",
        "default actions",
        "HOME_NET is [10.0.0.0/8,",
        "`threats`",
        "`@PARTNERS`",
        "stateless rules",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (_, said, _) = sekisho(&["export", "samples/action-order/policy.yaml", "--to", "rules"]);
    assert!(!said.contains("strict order"), "{said}");
}

#[test]
fn networks_that_are_given_are_read_as_those_of_rules_and_the_last_counts() {
    let given = |vars: &[&str], home_net: &[&str]| ImportOptions {
        rules: sekisho::interop::RulesOptions {
            vars: vars.iter().map(|value| ("HOME_NET".to_owned(), (*value).to_owned())).collect(),
            home_net: home_net.iter().map(|net| (*net).to_owned()).collect(),
            ..Default::default()
        },
        ..ImportOptions::default()
    };
    let rules = "drop udp any any -> any any (sid:1;)\n";
    let cases = [
        (given(&["[192.0.2.0/24]", "[10.0.0.0/31,![10.0.0.1]]"], &[]), "home_net: [10.0.0.0/32]\n"),
        (
            given(&["[10.0.0.0/8,[192.0.2.0/24]]"], &["192.168.0.0/16"]),
            "home_net: [10.0.0.0/8, 192.0.2.0/24]\n",
        ),
        (given(&[], &["10.0.0.0/8 "]), "home_net: [10.0.0.0/8]\n"),
    ];
    for (options, home) in cases {
        let made = imported_with("a.rules", rules, &options);
        assert!(!made.report.has_losses(), "{:?}", codes(&made));
        let policy = made.policy.unwrap();
        assert!(policy.contains(home), "{home}{policy}");
        document(&policy);
        let opened = sekisho::interop::rules_to_policy(rules, &options.rules);
        assert!(opened.contains(home), "{home}{opened}");
        document(&opened);
    }
    for options in [given(&["nonsense"], &[]), given(&[""], &[]), given(&[], &["10.0.0.1/8"])] {
        let made = imported_with("a.rules", rules, &options);
        assert!(codes(&made).contains(&"not-a-policy"), "{:?}", codes(&made));
    }
}

#[test]
fn what_is_no_policy_is_not_said_to_be_nothing() {
    let mut options = ImportOptions::default();
    options.rules.default_actions = vec!["nonsense".to_owned()];
    let made = imported_with("a.rules", "drop udp any any -> any any (sid:1;)\n", &options);
    assert!(made.policy.is_none());
    assert!(codes(&made).contains(&"not-a-policy"), "{:?}", codes(&made));
    assert!(!codes(&made).contains(&"nothing"), "{:?}", codes(&made));
    assert!(codes(&imported("a.json", "{}")).contains(&"nothing"));
}

#[test]
fn order_that_is_no_word_is_said_once() {
    for source in ["\"RulesSource\": {\"RulesString\": \"\"}", "\"RulesString\": \"\""] {
        let text = format!(
            "{{\"RuleGroup\": {{{source}, \"StatefulRuleOptions\": {{\"RuleOrder\": \"STRICT\"}}}}}}"
        );
        let said = codes(&imported("a.json", &text));
        assert_eq!(said.iter().filter(|code| **code == "bad-value").count(), 1, "{said:?}");
    }
}

#[test]
fn target_that_no_list_can_have_is_left_out_of_a_row() {
    let text =
        text("tests/imports/aws/blocked-names.json").replace("iles.example", "iles..example");
    for lists_as_rows in [true, false] {
        let options = ImportOptions { lists_as_rows, ..ImportOptions::default() };
        let made = imported_with("a.json", &text, &options);
        let mut said = made.report.problems.iter().map(|p| p.diagnostic.message.say(Lang::English));
        let is_said = said.any(|said| said.contains("`files..example` is not"));
        assert_eq!(is_said, lists_as_rows, "{:?}", codes(&made));
        let policy = made.policy.unwrap();
        assert!(policy.contains(".paste.example"), "{policy}");
        assert_eq!(policy.contains("files..example"), !lists_as_rows, "{policy}");
    }
}

#[test]
fn reasons_are_said_in_the_language_of_the_rest() {
    let sets = "{\"RulesSource\": {\"RulesString\": \"drop tls $A any -> any any (sid:1;)\"}, \"RuleVariables\": {\"IPSets\": \
                {\"A\": {\"Definition\": [\"nonsense\"]}, \"HOME_NET\": {\"Definition\": [\"nonsense\"]}}}}";
    let mut problems = imported("a.json", sets).report.problems;
    let names = [ImportFile::new("a.txt", b"10.0.0.1\na..b\n")];
    problems.extend(sekisho::interop::domain_names(&names).report.problems);
    let said = problems.iter().map(|problem| &problem.diagnostic);
    let said: Vec<_> = said.filter(|d| ["bad-set", "not-a-name"].contains(&d.code)).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    for diagnostic in said {
        let japanese = diagnostic.message.say(Lang::Japanese);
        for english in ["is not", "an address", "cannot"] {
            assert!(!japanese.contains(english), "{japanese}");
        }
    }
}

#[test]
fn rules_behind_long_comments_have_their_own_lines() {
    let comments =
        "# a comment as long as a line may be, and more of them than a rule has room for\n"
            .repeat(400);
    let rules = format!(
        "\u{feff}{comments}drop tls any any -> any any (tls.snj; sid:1;)\n# b\ndrop tls any any -> any any (tls.snj; sid:2;)\n"
    );
    let heredoc = rules.trim_start_matches('\u{feff}');
    let files = [
        ("a.rules", rules.clone(), vec![401, 403]),
        ("a.rules", rules.replace('\n', "\r\n"), vec![401, 403]),
        (
            "a.tf",
            format!(
                "resource \"aws_networkfirewall_rule_group\" \"a\" {{\n  rules = <<EOT\n{heredoc}EOT\n}}\n"
            ),
            vec![403, 405],
        ),
        (
            "a.json",
            serde_json::json!({"RulesSource": {"RulesString": heredoc}}).to_string(),
            vec![1, 1],
        ),
    ];
    for (name, text, wanted) in files {
        let made = imported(name, &text);
        let off = made.report.problems.iter().filter(|p| p.diagnostic.code == "switched-off");
        let places: Vec<_> = off.map(|p| p.diagnostic.place.clone().unwrap()).collect();
        assert_eq!(places.iter().map(|place| place.line).collect::<Vec<_>>(), wanted, "{name}");
        for place in places {
            assert!(text[place.span.clone()].starts_with("drop tls any"), "{name}: {place:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_an_import_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.json", "a.yaml", "a.tf", "a.rules"] {
            holds(&[ImportFile::new(name, &bytes)]);
        }
        let names = sekisho::interop::domain_names(&[ImportFile::new("a.txt", &bytes)]);
        assert!(names.names.len() <= names.report.rules);
    }

    #[test]
    fn no_change_of_a_real_text_makes_an_import_panic(
        file in 0..8_usize,
        at in any::<prop::sample::Index>(),
        take in 0..40_usize,
        put in "[\\PC\"{}\\[\\],:0-9/!$\\\\]{0,6}",
    ) {
        let names = [
            "aws/policy.json",
            "aws/team-rules.json",
            "aws/blocked-names.json",
            "aws/five-tuples.json",
            "aws/stateless.json",
            "template.yaml",
            "terraform/groups.tf",
            "terraform/policy.tf",
        ];
        let name = names[file];
        let mut bytes = text(&format!("tests/imports/{name}")).into_bytes();
        let at = at.index(bytes.len());
        let end = (at + take).min(bytes.len());
        bytes.splice(at..end, put.bytes());
        holds(&[ImportFile::new(name, &bytes)]);
    }
}

#[test]
fn options_that_squid_has_no_use_for_are_refused_and_what_it_left_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("squid.conf");
    let text = "acl good dstdomain .wiki.example\nhttp_access allow !good\nhttp_access deny all\n";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let (out, err, code) = sekisho(&["import", file, "--lists-as-rows"]);
    assert!(out.is_empty() && code != 0 && err.contains("--lists-as-rows"), "{err}");
    // The line below every request is asked for what the one above leaves to it.
    let (out, err, _) = sekisho(&["import", file]);
    assert!(out.contains("line 3"), "{out}");
    assert!(!err.contains("squid-unreached"), "{err}");
}
