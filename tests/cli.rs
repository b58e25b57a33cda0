//! The binary without a screen: standard output, standard error, exit code.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const FIRST_STEPS: &str = "samples/first-steps/policy.yaml";
const CENTRAL_EGRESS: &str = "samples/central-egress/policy.yaml";

/// What a run of the binary left behind.
struct Run {
    out: String,
    err: String,
    code: i32,
}

/// Runs the binary in the project's folder, in an empty environment.
fn sekisho_with(stdin: &[u8], arguments: &[&str]) -> Run {
    sekisho_remembering(Path::new("no-such-folder"), stdin, arguments)
}

/// The same, with `state` as the folder where the system keeps what programs remember.
fn sekisho_remembering(state: &Path, stdin: &[u8], arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("XDG_CONFIG_HOME", Path::new(env!("CARGO_MANIFEST_DIR")).join("no-such-folder"))
        .env("XDG_STATE_HOME", Path::new(env!("CARGO_MANIFEST_DIR")).join(state))
        .args(arguments)
        .write_stdin(stdin)
        .timeout(std::time::Duration::from_secs(120))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        out: text(output.stdout),
        err: text(output.stderr),
        code: output.status.code().unwrap_or_else(|| panic!("{arguments:?} ended by a signal")),
    }
}

fn sekisho(arguments: &[&str]) -> Run {
    sekisho_with(b"", arguments)
}

/// A file of this content in a folder of its own.
fn file(name: &str, content: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    (folder, path)
}

fn first_steps() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FIRST_STEPS)).unwrap()
}

mod trying {
    use super::*;

    fn json(arguments: &[&str]) -> Value {
        let run = sekisho(&[&["try", "--format", "json"], arguments].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}\n{}{}", run.out, run.err))
    }

    #[test]
    fn answer_begins_with_what_the_client_experiences() {
        let run =
            sekisho(&["try", FIRST_STEPS, "--from", "10.1.2.3", "https://upload.wiki.example"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let first = run.out.lines().next().unwrap();
        assert!(first.starts_with("TIMES OUT"), "{first}");
        assert!(first.contains("wiki-uploads"), "{first}");
    }

    #[test]
    fn expectation_that_is_not_met_exits_with_2() {
        let ask = |url, expect| {
            sekisho(&["try", FIRST_STEPS, "--from", "10.1.2.3", url, "--expect", expect]).code
        };
        assert_eq!(ask("https://en.wiki.example", "pass"), 0);
        assert_eq!(ask("https://en.wiki.example", "drop"), 2);
        assert_eq!(ask("https://www.paste.example", "drop"), 0);
        assert_eq!(ask("https://www.paste.example", "reject"), 2);
    }

    #[test]
    fn json_names_the_rule_that_decided() {
        let answer = json(&[FIRST_STEPS, "--from", "10.1.2.3", "https://en.wiki.example"]);
        let keys: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        let promised = [
            "verdict",
            "experience",
            "decided_by",
            "rule",
            "default_action",
            "packet",
            "reason",
            "by_destination",
        ];
        assert!(promised.iter().all(|key| keys.contains(key)), "{keys:?}");
        assert_eq!(answer["verdict"], "pass");
        assert_eq!(answer["experience"], "works");
        assert_eq!(answer["decided_by"], "rule");
        assert_eq!(answer["default_action"], Value::Null);
        assert_eq!(answer["packet"], "client_hello");
        let rule = &answer["rule"];
        assert_eq!((&rule["name"], &rule["group"]), (&"wiki".into(), &"web".into()));
        assert_eq!((&rule["priority"], &rule["number"]), (&200.into(), &3.into()));
        assert!((200_200..200_300).contains(&rule["sid"].as_u64().unwrap()), "{rule}");
        assert!(answer["reason"].as_str().unwrap().starts_with("WORKS"));
    }

    #[test]
    fn json_names_the_default_action_that_decided() {
        let answer = json(&[FIRST_STEPS, "--from", "10.1.2.3", "https://games.example"]);
        assert_eq!(answer["verdict"], "drop");
        assert_eq!(answer["experience"], "times_out");
        assert_eq!(answer["decided_by"], "default");
        assert_eq!(answer["default_action"], "aws:drop_established_app_layer_to_server");
        assert_eq!(answer["rule"], Value::Null);
    }

    #[test]
    fn json_says_which_address_gives_which_verdict() {
        let answer = json(&[CENTRAL_EGRESS, "--from", "10.8.1.1", "https://docs.rs"]);
        assert_eq!(answer["verdict"], "depends");
        assert_eq!(answer["rule"], Value::Null);
        let classes = answer["by_destination"].as_array().unwrap();
        let of = |verdict: &str| classes.iter().filter(|c| c["verdict"] == verdict).count();
        assert_eq!(of("drop") + of("pass"), classes.len(), "{classes:?}");
        let pool = classes.iter().find(|c| c["cidr"] == "198.51.100.128/26").unwrap();
        assert_eq!(
            (&pool["verdict"], &pool["rule"]["name"]),
            (&"drop".into(), &"mining-pools".into())
        );
        let given = json(&[
            CENTRAL_EGRESS,
            "--from",
            "10.8.1.1",
            "https://docs.rs",
            "--dst",
            "198.51.100.130",
        ]);
        assert_eq!(given["verdict"], "drop");
    }

    #[test]
    fn bare_name_means_https_and_a_hidden_path_is_said_to_be_hidden() {
        let bare = sekisho(&["try", FIRST_STEPS, "--from", "10.1.2.3", "en.wiki.example"]);
        assert_eq!(bare.code, 0);
        assert!(bare.out.contains("https"), "{}", bare.out);
        let path =
            sekisho(&["try", FIRST_STEPS, "--from", "10.1.2.3", "https://en.wiki.example/x"]);
        assert_eq!(path.code, 0);
        assert!(path.out.contains("path"), "{}", path.out);
    }

    #[test]
    fn request_that_cannot_be_read_exits_with_1_and_says_what_to_write() {
        for (from, url, part) in [
            ("10.1.2", "https://en.wiki.example", "10.1.2"),
            ("10.1.2.3", "gopher://en.wiki.example", "gopher"),
            ("10.1.2.3", "tcp://en.wiki.example", "port"),
            ("10.1.2.3", "", "URL"),
            ("2001:db8::1", "https://203.0.113.5", "families"),
            ("10.1.2.3", "https://me:secret@en.wiki.example", "leave out the user name"),
            ("10.1.2.3", "https://en wiki.example", "letters, digits"),
            ("10.1.2.3", "https://en.wiki.example:0", "not a port"),
            ("10.1.2.3", "https://en.wiki.example:70000", "not a port"),
            ("10.1.2.3", "https://[fe80::1%25eth0]", "zone"),
            ("10.1.2.3", &format!("https://{}.example", "a".repeat(10_000)), "at most 253"),
            ("fe80::1%eth0", "https://en.wiki.example", "write `fe80::1`"),
            ("ofice", "https://en.wiki.example", "did you mean `office`"),
            ("10.1.2.3/8", "https://en.wiki.example", "did you mean 10.0.0.0/8"),
            ("nobody here", "https://en.wiki.example", "not a source"),
            ("", "https://en.wiki.example", "no source"),
        ] {
            let run = sekisho(&["try", FIRST_STEPS, "--from", from, url]);
            assert!(run.err.len() < 300 && !run.err.contains("secret"), "{}", run.err);
            assert_eq!((run.code, run.out.as_str()), (1, ""), "{from} {url}: {}", run.err);
            assert!(run.err.starts_with("error") && run.err.contains(part), "{}", run.err);
        }
    }
}

mod testing {
    use super::*;

    #[test]
    fn cases_of_every_sample_pass() {
        let run =
            sekisho(&["test", FIRST_STEPS, CENTRAL_EGRESS, "samples/action-order/policy.yaml"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
        assert!(run.out.ends_with("passed, 0 failed\n"), "{}", run.out);
    }

    #[test]
    fn failed_case_exits_with_2_and_names_its_line() {
        let text = first_steps().replace("pass, by: wiki}", "drop, by: wiki}");
        let line = text.lines().position(|l| l.contains("drop, by: wiki}")).unwrap() + 1;
        let (_folder, path) = file("policy.yaml", text.as_bytes());
        let run = sekisho(&["test", path.to_str().unwrap()]);
        assert_eq!(run.code, 2);
        assert!(
            run.out.contains("FAIL") && run.out.contains(&format!("line {line}")),
            "{}",
            run.out
        );
        assert!(run.out.ends_with("7 passed, 1 failed\n"), "{}", run.out);
    }

    #[test]
    fn json_counts_and_lists_the_cases() {
        let run = sekisho(&["test", "--format", "json", FIRST_STEPS]);
        let report: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((&report["passed"], &report["failed"]), (&8.into(), &0.into()));
        assert_eq!(report["cases"].as_array().unwrap().len(), 8);
    }

    #[test]
    fn policy_on_standard_input_is_tested_too() {
        let run = sekisho_with(first_steps().as_bytes(), &["test", "-"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    }
}

mod checking {
    use super::*;

    #[test]
    fn sample_without_problems_exits_with_0() {
        let run = sekisho(&["check", FIRST_STEPS]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    }

    #[test]
    fn misspelt_field_is_an_error_with_line_snippet_and_the_right_word() {
        let text = first_steps().replace("expect: pass, by: wiki}", "expects: pass, by: wiki}");
        let line = text.lines().position(|l| l.contains("expects:")).unwrap() + 1;
        let (_folder, path) = file("policy.yaml", text.as_bytes());
        let run = sekisho(&["check", path.to_str().unwrap()]);
        let said = run.out + &run.err;
        assert_eq!(run.code, 3, "{said}");
        assert!(said.contains(&format!("policy.yaml:{line}:")), "{said}");
        assert!(said.contains("expects") && said.contains("`expect`"), "{said}");
    }
}

mod compiling {
    use super::*;

    #[test]
    fn rules_go_to_standard_output_and_nothing_else() {
        let run = sekisho(&["compile", FIRST_STEPS]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        for line in run.out.lines().filter(|l| !l.trim().is_empty()) {
            let begins = ["#", "pass ", "drop ", "reject ", "alert "];
            assert!(begins.iter().any(|b| line.starts_with(b)), "{line}");
        }
    }

    #[test]
    fn compiled_rules_can_be_asked_again() {
        let compiled = sekisho(&["compile", FIRST_STEPS]).out;
        let (_folder, path) = file("compiled.rules", compiled.as_bytes());
        let path = path.to_str().unwrap();
        for (url, verdict) in [
            ("https://en.wiki.example", "pass"),
            ("https://upload.wiki.example", "drop"),
            ("https://games.example", "drop"),
        ] {
            let run = sekisho(&[
                "try",
                path,
                "--from",
                "10.1.2.3",
                url,
                "--expect",
                verdict,
                "--home-net",
                "10.0.0.0/8",
                "--default-action",
                "drop_established_app_layer_to_server",
            ]);
            assert_eq!(run.code, 0, "{url}: {}{}", run.out, run.err);
        }
    }
}

mod plain_rules {
    use super::*;

    const RULES: &str = "\
# two rules whose order matters
drop tls $CLIENTS any -> any any (tls.sni; content:\"bad.example\"; endswith; nocase; sid:1001;)
pass tls $CLIENTS any -> any any (tls.sni; content:\".example\"; endswith; nocase; sid:1002;)
";

    fn ask(options: &[&str], url: &str, expect: &str) -> i32 {
        let (_folder, path) = file("some.rules", RULES.as_bytes());
        let path = path.to_str().unwrap();
        let arguments = ["try", path, "--from", "10.1.2.3", url, "--expect", expect];
        let vars = ["--var", "CLIENTS=10.1.0.0/16"];
        sekisho(&[&arguments, &vars[..], options].concat()).code
    }

    #[test]
    fn order_of_lines_decides_in_strict_order_and_the_action_in_action_order() {
        let bad = "https://bad.example";
        assert_eq!(ask(&["--rule-order", "strict"], bad, "drop"), 0);
        assert_eq!(ask(&["--rule-order", "action"], bad, "pass"), 0);
    }

    #[test]
    fn default_action_and_home_net_are_taken_from_the_options() {
        let other = "https://other.test";
        assert_eq!(ask(&["--rule-order", "strict"], other, "pass"), 0);
        let default = ["--default-action", "aws:drop_established", "--home-net", "10.0.0.0/8"];
        assert_eq!(ask(&default, other, "drop"), 0);
    }

    #[test]
    fn rule_that_does_not_load_is_an_error_with_its_line() {
        let (_folder, path) =
            file("some.rules", b"pass tls any any -> any any (sid:1;)\ndrop tls any (sid:2;)\n");
        let run = sekisho(&["check", path.to_str().unwrap()]);
        let said = run.out + &run.err;
        assert_ne!(run.code, 0, "{said}");
        assert!(said.contains("error"), "{said}");
    }

    #[test]
    fn problems_stand_at_their_lines_of_the_file() {
        let rules = b"\xef\xbb\xbf# head\n\npass tls any any -> any any (sid:1;)\ndrop tls any any -> any any (tls.snj; sid:2;)\n";
        let (_folder, path) = file("some.rules", rules);
        let check = |format| sekisho(&["check", path.to_str().unwrap(), "--format", format]).out;
        let json: serde_json::Value = serde_json::from_str(&check("json")).unwrap();
        let all = json["diagnostics"].as_array().unwrap();
        let error = all.iter().find(|d| d["severity"] == "error").unwrap();
        assert_eq!((error["line"].as_u64(), error["column"].as_u64()), (Some(4), Some(30)));
        assert!(check("github").contains("line=4,"), "{}", check("github"));
        assert!(check("sarif").contains("\"startLine\": 4"), "{}", check("sarif"));
        let text = check("text");
        assert!(text.contains("some.rules:4:30"), "{text}");
        assert!(text.contains("4 | drop tls any any"), "{text}");
    }
}

mod bad_input {
    use super::*;

    /// Every command must refuse the file with this exit code, a sentence, and nothing on standard output.
    fn refused(path: &str, code: i32, part: &str) {
        let commands: [&[&str]; 3] = [
            &["try", path, "--from", "10.1.2.3", "https://a.example"],
            &["test", path],
            &["compile", path],
        ];
        for command in commands {
            let run = sekisho(command);
            assert_eq!((run.code, run.out.as_str()), (code, ""), "{command:?}: {}", run.err);
            assert!(run.err.starts_with("error"), "{command:?}: {}", run.err);
            assert!(run.err.contains(part), "{command:?} does not say `{part}`: {}", run.err);
            assert!(!run.err.contains("panicked"), "{}", run.err);
        }
    }

    fn refused_text(text: &str, part: &str) {
        let (_folder, path) = file("policy.yaml", text.as_bytes());
        refused(path.to_str().unwrap(), 3, part);
    }

    #[test]
    fn missing_file_and_directory_are_refused() {
        refused("samples/no-such/policy.yaml", 1, "no such file");
        refused("samples", 1, "is a directory");
    }

    #[test]
    fn empty_file_is_refused() {
        refused_text("", "");
        refused_text("\n# only a comment\n", "");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_line() {
        let (_folder, path) = file("policy.yaml", b"sekisho: 1\nname: \xff\xfe\n");
        refused(path.to_str().unwrap(), 1, "line 2");
    }

    #[test]
    fn a_hundred_megabytes_of_a_are_refused() {
        let (_folder, path) = file("policy.yaml", &vec![b'a'; 100 * 1024 * 1024]);
        refused(path.to_str().unwrap(), 1, "larger than");
        let (_folder, path) = file("policy.yaml", &vec![b'a'; 4 * 1024 * 1024]);
        let run = sekisho(&["test", path.to_str().unwrap()]);
        assert_eq!((run.code, run.out.as_str()), (3, ""));
        assert!(run.err.len() < 10_000, "it prints the whole line: {} bytes", run.err.len());
    }

    #[test]
    fn alias_bomb_is_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..10 {
            let before = format!("*a{}", n - 1);
            bomb += &format!("a{n}: &a{n} [{}]\n", [before.as_str(); 10].join(", "));
        }
        refused_text(&bomb, "");
    }

    #[test]
    fn control_characters_of_a_policy_do_not_reach_the_terminal() {
        let text = first_steps().replace("name: wiki,", "name: \"wi\\eki\", colour: \"\\e[31m\",");
        let (_folder, path) = file("policy.yaml", text.as_bytes());
        let run = sekisho(&["check", path.to_str().unwrap()]);
        assert_ne!(run.code, 0);
        assert!(!run.out.contains('\x1b') && !run.err.contains('\x1b'));
    }

    #[test]
    fn each_mistake_in_a_policy_is_named() {
        let text = first_steps();
        for (right, wrong, part) in [
            ("name: news,", "name: wiki,", "wiki"),
            ("from: servers, to: 203", "from: servrs, to: 203", "`servers`"),
            ("list:updates", "list:update", "`updates`"),
            ("office: {cidrs: [10.1.0.0/16]", "office: {cidrs: [10.1.0.1/16]", "10.1.0.0/16"),
            ("ports: [22]", "ports: [9000-22]", "9000-22"),
            ("[news.example]", "[\"https://news.example/today\"]", "path"),
            ("rule_order: strict", "rule_order: strikt", "strict"),
            ("expect: pass, by: sftp", "expect: pass, by: stfp", "stfp"),
            ("priority: 200", "priority: 100", "priority"),
            (
                "action: drop, from: any, to: [.paste",
                "action: dorp, from: any, to: [.paste",
                "drop",
            ),
            ("home_net:", "home_nets:", "home_net"),
            ("name: first-steps", "name: first-steps\nname: twice", "name"),
        ] {
            assert!(text.contains(right), "{right}");
            refused_text(&text.replacen(right, wrong, 1), part);
        }
    }

    #[test]
    fn wrong_usage_exits_with_1() {
        for arguments in [&["try", FIRST_STEPS][..], &["test"], &["compile", FIRST_STEPS, "x"]] {
            let run = sekisho(arguments);
            assert_eq!((run.code, run.out.as_str()), (1, ""), "{arguments:?}");
            assert!(run.err.contains("Usage"), "{}", run.err);
        }
        // A word that is no command is taken for a file.
        let typo = sekisho(&["tyr"]);
        assert_eq!((typo.code, typo.out.as_str()), (1, ""));
        assert!(typo.err.contains("`tyr`"), "{}", typo.err);
        assert_eq!(sekisho(&["--help"]).code, 0);
        assert_eq!(sekisho(&["--version"]).code, 0);
    }
}

mod explaining {
    use super::*;

    #[test]
    fn a_rule_is_explained_with_its_type_and_its_conditions() {
        let rule = r#"drop tls $HOME_NET any -> any 443 (tls.sni; content:"a.org"; nocase; endswith; geoip:dst,US; flow:to_server; sid:7; rev:2;)"#;
        let run = sekisho(&["explain", "rule", rule]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        for part in [
            "sid 7, revision 2",
            "drop: discards without a word",
            "app_tx: asked on the packet that completes what it looks at",
            "from          $HOME_NET, port any",
            r#"asks          tls.sni; content:"a.org"; nocase; endswith"#,
            "asks          flow:to_server",
            "not evaluated geoip",
        ] {
            assert!(run.out.contains(part), "{part}\n{}", run.out);
        }
    }

    #[test]
    fn negation_in_a_variable_is_seen_in_the_type() {
        let rule = "pass tcp $HOME_NET any -> $EXTERNAL_NET any (sid:1;)";
        assert!(sekisho(&["explain", "rule", rule]).out.contains("like_ip_only"));
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_shown_in_it() {
        let run = sekisho(&["explain", "rule", "drop tls any any -> any any (tls.snj; sid:1;)"]);
        assert_eq!(run.code, 3);
        assert!(run.out.contains("did you mean `tls.sni`?"), "{}", run.out);
        let warned = sekisho(&["explain", "rule", "drop icmp any any -> any 8 (sid:1;)"]);
        assert_eq!(warned.code, 0);
        assert!(warned.out.contains("ICMP has no ports"), "{}", warned.out);
    }

    #[test]
    fn keywords_are_listed_with_those_that_are_not_evaluated() {
        let run = sekisho(&["explain", "keywords"]);
        let (evaluated, carried) = run.out.split_once("Read and kept").unwrap();
        assert!(evaluated.contains("\n  tls.sni\n") && evaluated.contains("\n  flowbits\n"));
        assert!(carried.contains("\n  lua\n") && carried.contains("\n  aws_domain_category\n"));
    }

    #[test]
    fn exit_codes_are_explained_and_other_topics_named() {
        assert!(sekisho(&["explain", "exit-codes"]).out.contains("3  the input is not valid"));
        let run = sekisho(&["explain", "weather"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert!(run.err.contains("`weather`") && run.err.contains("`exit-codes`"), "{}", run.err);
        assert_eq!(sekisho(&["explain", "rule"]).code, 1);
        assert_eq!(sekisho(&["explain", "rule", "# nothing"]).code, 3);
    }
}

#[test]
fn people_are_spoken_to_in_the_language_they_ask_for() {
    let english = sekisho(&["explain", "exit-codes"]);
    assert!(english.out.contains("all is well"), "{}", english.out);
    for asked in
        [["--lang", "ja", "explain", "exit-codes"], ["explain", "exit-codes", "--lang", "ja"]]
    {
        let japanese = sekisho(&asked);
        assert!(japanese.out.contains("問題なし"), "{}", japanese.out);
    }
    let both = sekisho(&["policy.yaml", "keys"]);
    assert_eq!((both.code, both.out.as_str()), (1, ""), "a file to open and a command");
    let of_the_locale = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .env_clear()
        .env("LANG", "ja_JP.UTF-8")
        .args(["check", "-"])
        .write_stdin("a: 1\na: 2\n")
        .output()
        .unwrap();
    let said = String::from_utf8(of_the_locale.stdout).unwrap();
    assert!(said.contains("`a` が 2 回書かれています"), "{said}");
    assert!(said.starts_with("エラー[") && !said.contains("error"), "{said}");
}

#[test]
fn new_policy_is_written_once_and_is_fine() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.yaml");
    let name = file.to_str().unwrap();
    let missing = sekisho(&["check", name]);
    assert!(missing.err.contains(&format!("sekisho new {name}")), "{}", missing.err);
    let made = sekisho(&["new", name]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    assert!(made.out.contains(&format!("sekisho {name}")), "{}", made.out);
    assert_eq!(sekisho(&["test", name]).code, 0);
    let text = fs::read_to_string(&file).unwrap();
    let again = sekisho(&["new", name]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("there already") || again.err.contains("is there"), "{}", again.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[cfg(target_os = "linux")]
mod settings {
    use super::*;

    #[test]
    fn keys_are_printed_as_the_settings_have_them() {
        let usual = sekisho(&["keys"]);
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md"));
        assert_eq!((usual.code, usual.out), (0, page.unwrap()));
        let (_folder, path) = file("mine.toml", b"[keys]\npick-up = \"Z\"\n");
        let path = path.to_str().unwrap();
        for arguments in [["keys", "--config", path], ["--config", path, "keys"]] {
            let mine = sekisho(&arguments);
            assert_eq!((mine.code, mine.err.as_str()), (0, ""));
            assert!(mine.out.contains("| `Z` | pick the rule up, to carry it | `pick-up` |"));
        }
    }

    #[test]
    fn what_is_wrong_in_them_is_told_with_its_line_and_the_rest_is_used() {
        let text = "theme = \"drak\"\n[keys]\npick-pu = \"M\"\nundo = \"D\"\nredo = \"Z\"\n";
        let (_folder, path) = file("mine.toml", text.as_bytes());
        let run = sekisho(&["keys", "--config", path.to_str().unwrap()]);
        assert_eq!(run.code, 3);
        assert!(run.out.contains("| `Z` | make it again | `redo` |"), "{}", run.out);
        assert!(run.out.contains("| `u` | take the last change back | `undo` |"), "{}", run.out);
        let said = run.err.replace(path.to_str().unwrap(), "mine.toml");
        insta::assert_snapshot!("settings_with_faults", said);
    }

    #[test]
    fn language_of_the_settings_is_used_unless_another_is_asked_for() {
        let (_folder, path) = file("mine.toml", b"language = \"ja\"\n");
        let path = path.to_str().unwrap();
        let error =
            |arguments: &[&str]| sekisho(&[&["test", "nowhere.yaml"], arguments].concat()).err;
        assert_ne!(error(&["--config", path]), error(&[]));
        assert_eq!(error(&["--config", path, "--lang", "en"]), error(&[]));
    }

    #[test]
    fn named_file_that_is_missing_is_an_error() {
        let run = sekisho(&["keys", "--config", "nowhere.toml"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert!(run.err.contains("nowhere.toml"), "{}", run.err);
    }
}

mod journals {
    use sekisho::interop::RulesOptions;
    use sekisho::policy::{Edit, Thing};
    use sekisho::workbench::{Input, Journals, Session};

    use super::*;

    #[test]
    fn journal_of_unsaved_changes_is_said_beside_the_answer() {
        let (folder, path) = file("policy.yaml", first_steps().as_bytes());
        let journals = Journals::in_folder(folder.path().join("sekisho/journals"));
        let input = Input::File(path.clone());
        let rules = RulesOptions::default();
        let mut session = Session::open_with_journal(&input, &rules, &journals).unwrap();
        let test = || sekisho_remembering(folder.path(), b"", &["test", path.to_str().unwrap()]);
        let before = test();
        assert_eq!((before.code, before.err.as_str()), (0, ""), "nothing is unsaved");

        session.apply(&Edit::Remove { thing: Thing::Case(0) }).unwrap();
        let run = test();
        assert!(
            run.err.starts_with("note: ") && run.err.contains("recovery journal"),
            "{}",
            run.err
        );
        assert_eq!((run.code, run.out), (before.code, before.out), "and nothing more");
        drop(session);
        assert!(!test().err.is_empty(), "it was left behind");
    }

    #[test]
    fn journal_of_one_piped_policy_does_not_speak_for_another() {
        let folder = tempfile::tempdir().unwrap();
        let journals = Journals::in_folder(folder.path().join("sekisho/journals"));
        let mut journal = journals.begin(&Input::Stdin, &first_steps()).unwrap();
        journal
            .record(
                &sekisho::messages::Text::verbatim("an edit"),
                &first_steps().replace("news", "olds"),
            )
            .unwrap();
        drop(journal);
        let piped = |text: &str, arguments: &[&str]| {
            sekisho_remembering(folder.path(), text.as_bytes(), arguments)
        };
        let run = piped(&first_steps(), &["compile", "-"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "nothing of this policy is unsaved");
        let run = piped("sekisho: 1\nname: [\n", &["-"]);
        assert_eq!((run.code, run.out.as_str()), (3, ""), "{}", run.err);
        assert!(run.err.contains("--> standard input:"), "{}", run.err);
    }
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let commands = ["try", "check", "impact", "import", "replay", "learn", "completions"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sekisho_with(b"", &["completions", shell]);
        assert_eq!(run.code, 0, "{shell}: {}", run.err);
        for command in commands {
            assert!(run.out.contains(command), "{shell}: {command}");
        }
    }
    let man = sekisho_with(b"", &["man"]);
    assert_eq!(man.code, 0, "{}", man.err);
    for command in commands {
        let heading = format!(".SH \"SEKISHO {}\"", command.to_uppercase());
        assert!(man.out.contains(&heading), "{command}");
    }
    assert!(man.out.contains("Exit codes"));
}

#[test]
fn cases_are_printed_as_junit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    let text = fs::read_to_string(FIRST_STEPS).unwrap();
    let text = text.replace("name: the wiki can be read", "name: \"<wiki> & \\\"read\\\"\"");
    let text = text.replace("start\", expect: pass", "start\", expect: drop");
    fs::write(&path, text).unwrap();
    let run = sekisho(&["test", "--format", "junit", FIRST_STEPS, path.to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (2, ""), "{}", run.out);
    let sums = "<testsuites name=\"sekisho\" tests=\"16\" failures=\"1\" errors=\"0\">";
    assert!(run.out.contains(sums), "{}", run.out);
    let name = "<testcase name=\"&lt;wiki&gt; &amp; &quot;read&quot;\"";
    assert!(run.out.contains(name), "{}", run.out);
    assert_eq!(run.out.matches("<failure type=\"pass\" message=").count(), 1, "{}", run.out);
    assert_eq!(run.out.matches("<testcase ").count(), 16);
    assert_eq!(run.out.matches("/>").count(), 15, "those that passed");

    let run = sekisho(&["test", "--format", "junit", "--coverage", FIRST_STEPS]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("--coverage"), "{}", run.err);
}
