//! No input makes the program take for ever, or all memory: what is not refused is bounded. Nothing here measures a time: where
//! a bound is missing, the test does not end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt::Write as _;
#[cfg(target_os = "linux")]
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::Path,
    process::{Command, Output},
};

use sekisho::messages::Lang;
use sekisho::policy::Document;
use sekisho::workbench::{Derived, TestInput, outcomes};

/// Expressions that take an engine that goes back twice as long for each character that almost fits.
const EXPRESSIONS: [&str; 4] = ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(a*)*b$"];

/// A policy of these rules, each in one line.
fn policy(rules: &[String]) -> Result<Document, String> {
    let mut text = String::from(
        "sekisho: 1\nname: p\nrule_order: strict\ndefault_actions: [drop_established]\nhome_net: [10.0.0.0/8]\nrule_groups:\n  \
         - name: g\n    priority: 100\n    rules:\n",
    );
    for (number, rule) in rules.iter().enumerate() {
        let _ = writeln!(text, "      - {{name: r{number}, {rule}}}");
    }
    Document::read(text).map_err(|problems| problems[0].message.say(Lang::English).to_owned())
}

fn asked(document: &Document, url: &str) -> Derived {
    let test = TestInput { from: "10.1.2.3".to_owned(), url: url.to_owned(), dst: String::new() };
    outcomes(document, &test, 1)
}

fn sentence(derived: &Derived) -> &str {
    derived.answer().unwrap().sentence.say(Lang::English)
}

#[test]
fn expressions_of_a_policy_are_linear_in_the_name() {
    let rules: Vec<String> = EXPRESSIONS
        .iter()
        .map(|e| format!("action: pass, from: any, to: [\"regex:{e}\"]"))
        .collect();
    let document = policy(&rules).unwrap();
    let derived =
        asked(&document, &format!("https://{}.example", vec!["a".repeat(60); 3].join(".")));
    assert!(sentence(&derived).contains("no rule passes it"), "{}", sentence(&derived));
}

#[test]
fn expressions_of_rules_are_linear_in_the_path() {
    let rules: Vec<String> = EXPRESSIONS
        .iter()
        .enumerate()
        .map(|(n, e)| {
            let sid = 1000 + n;
            format!("suricata: 'pass http $HOME_NET any -> any any (http.uri; pcre:\"/{}/\"; sid:{sid};)'", e.replace('^', "^\\/"))
        })
        .collect();
    let document = policy(&rules).unwrap();
    let derived = asked(&document, &format!("http://www.example/{}!", "a".repeat(4_000)));
    assert!(
        derived.diagnostics.iter().all(|problem| !problem.is_error()),
        "{:?}",
        derived.diagnostics
    );
    assert!(sentence(&derived).contains("no rule passes it"), "{}", sentence(&derived));
}

#[test]
fn expression_that_needs_much_memory_is_refused_or_not_evaluated() {
    let refused =
        policy(&["action: pass, from: any, to: [\"regex:((x{1000}){1000}){1000}\"]".to_owned()]);
    assert!(refused.is_err_and(|said| said.contains("regular expression")));
    let rule = "pass http $HOME_NET any -> any any (http.uri; pcre:\"/((x{1000}){1000}){1000}/\"; sid:1000;)";
    let document = policy(&[format!("suricata: '{rule}'")]).unwrap();
    let derived = asked(&document, "http://www.example/x");
    assert!(derived.answer().unwrap().first().action.is_none(), "{}", sentence(&derived));
}

/// Runs the program with the memory that `docs/limits.md` states for whatever is not a policy with many rules.
#[cfg(target_os = "linux")]
fn within_256_mib(folder: &Path, arguments: &[&str]) -> Output {
    let run = "ulimit -v 262144 && exec \"$@\"";
    let shell = ["-c", run, "sh", env!("CARGO_BIN_EXE_sekisho")];
    // One arena: memory that threads set aside is not memory that is used.
    let mut command = Command::new("sh");
    command.args(shell).args(arguments).current_dir(folder).env("MALLOC_ARENA_MAX", "1");
    let done = command.env("LC_ALL", "C").output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code().is_some_and(|code| code <= 3), "{arguments:?}: {said}");
    assert!(!said.contains("memory allocation"), "{arguments:?}: {said}");
    done
}

#[cfg(target_os = "linux")]
#[test]
fn logs_that_unpack_to_much_more_or_have_no_lines_need_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("policy.yaml"), include_str!("../samples/first-steps/policy.yaml")).unwrap();
    File::create(at("zeros.log")).unwrap().set_len(1 << 30).unwrap();
    let packed = File::create(at("bomb.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::best());
    io::copy(&mut io::repeat(0).take(1 << 28), &mut packed).unwrap();
    packed.finish().unwrap();
    // A frame that asks for a window of 2 GiB.
    fs::write(at("window.zst"), [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00]).unwrap();
    for log in ["zeros.log", "bomb.gz", "window.zst"] {
        let done = within_256_mib(folder.path(), &["replay", "policy.yaml", log]);
        let told = [done.stdout, done.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains(log), "{log} is not named: {told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn texts_that_are_deep_long_or_large_need_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let many = |text: &str, count: usize| text.repeat(count);
    let address = (0..200_000).map(|n| format!("10.{}.{}.{}", n % 256, n / 256 % 256, n / 65_536));
    let addresses: Vec<String> = address.collect();
    let texts = [
        ("check", "deep.yaml", format!("a: {}", many("[", 2_000_000))),
        ("check", "long.yaml", format!("sekisho: 1\nname: \"{}\"\n", many("x", 8_000_000))),
        ("import", "deep.json", many("[", 2_000_000)),
        ("import", "deep.tf", format!("a = {}", many("[", 2_000_000))),
        ("import", "deep.template", format!("Resources: {}", many("{a: ", 500_000))),
        ("import", "long.json", format!("{{\"a\": \"{}\"}}", many("\\u0041", 2_000_000))),
        (
            "check",
            "long.rules",
            format!("pass ip [{}] any -> any any (sid:1;)\n", addresses.join(",")),
        ),
        ("check", "lines.rules", many("pass \\\n", 500_000)),
    ];
    for (command, name, text) in texts {
        let mut file = File::create(folder.path().join(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let done = within_256_mib(folder.path(), &[command, name]);
        let said = String::from_utf8_lossy(&done.stderr);
        let told = String::from_utf8_lossy(&done.stdout);
        assert!(said.contains(name) || told.contains(name), "{name} is not named: {said}");
    }
}
