//! Paths of HTTP requests: which get through, and how that is said.

use sekisho::analysis::{Access, Between, Compared, access};
use sekisho::messages::Lang;
use sekisho::net::{IpSet, Request, Scheme, parse_cidr};
use sekisho::workbench::FlowWriter;

use crate::Ready;

/// A policy of rules about HTTP, written by hand: `pass` or `drop`, and what they ask for.
fn policy(rules: &[(&str, String)]) -> Ready {
    let row = |(at, (action, asks)): (usize, &(&str, String))| {
        let rule = format!("{action} http any any -> any any ({asks} sid:{};)", 9000 + at);
        format!("      - {{name: r{at}, suricata: '{rule}'}}\n")
    };
    let rows: String = rules.iter().enumerate().map(row).collect();
    Ready::new(&format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rows}"
    ))
}

fn uri(text: &str, rest: &str) -> String {
    format!("http.uri; content:\"{text}\"; {rest}")
}

const ENDS: &str = "endswith;";
const ENDS_IN_ANY_CASE: &str = "nocase; endswith;";

fn reached(ready: &Ready) -> Access {
    let (policy, compiled) = (ready.document.policy(), &ready.compiled);
    let of = Compared { policy, compiled, evaluator: &ready.evaluator };
    access(of, &Between::From(IpSet::from(parse_cidr("10.0.0.0/8").unwrap())))
}

/// What passes of HTTP, in words.
fn words(ready: &Ready, lang: Lang) -> Vec<String> {
    let writer = FlowWriter::new(&[ready.document.policy()], lang);
    let http = reached(ready).passes.into_iter().filter(|(flows, _)| flows.scheme == Scheme::Http);
    http.map(|(flows, _)| writer.words(&flows).whom(false, lang)).collect()
}

fn request(path: &str) -> Request {
    let url = format!("http://good.example{path}");
    Request::parse("10.1.2.3", &url, Some("203.0.113.5")).unwrap()
}

#[test]
fn a_path_that_is_dropped_is_in_no_words_of_what_passes() {
    let whole = "startswith; endswith;";
    let ready = policy(&[
        ("drop", uri("/x", whole)),
        ("drop", uri("/y.exe", whole)),
        ("pass", String::new()),
        ("drop", uri(".exe", ENDS)),
    ]);
    assert_eq!(words(&ready, Lang::English), ["*/* except /x, /y.exe"]);
}

#[test]
fn an_ending_in_any_case_is_said_to_be_one() {
    let any_case = || ("pass", uri(".exe", ENDS_IN_ANY_CASE));
    let exact = || ("drop", uri(".exe", ENDS));
    let ready = policy(&[exact(), any_case()]);
    assert_eq!(words(&ready, Lang::English), ["*/*.exe (any case) except *.exe"]);
    assert_eq!(words(&ready, Lang::Japanese), ["*.exe を除く*/*.exe (大文字・小文字を問わない)"]);
    assert_eq!(
        words(&policy(&[any_case(), exact()]), Lang::English),
        ["*/*.exe; /*.exe (any case) except *.exe"]
    );
    let ready = policy(&[
        ("drop", uri("aXE", ENDS)),
        ("pass", format!("{}{}", uri("XE", ENDS), uri("axe", ENDS_IN_ANY_CASE))),
    ]);
    assert_eq!(words(&ready, Lang::English), ["*/*axe (any case) that is also *XE except *aXE"]);
    assert_eq!(
        words(&ready, Lang::Japanese),
        ["*aXE を除く*XE でもある*/*axe (大文字・小文字を問わない)"]
    );
}

#[test]
fn every_spelling_of_an_ending_in_any_case_is_in_some_set() {
    let ready = policy(&[
        ("drop", uri("abCD", ENDS)),
        ("drop", uri("ABCD", ENDS)),
        ("pass", uri("abcd", ENDS_IN_ANY_CASE)),
        ("drop", uri("CD", ENDS)),
    ]);
    let access = reached(&ready);
    assert_eq!(access.cannot_tell, []);
    for path in ["/abcd", "/abCD", "/ABCD", "/aBCD", "/AbCD", "/abCd", "/ABcd", "/xCD"] {
        let request = request(path);
        let said = access.passes.iter().any(|(flows, _)| flows.contains(&request));
        assert_eq!(
            said,
            ready.outcome(&request) == Some(sekisho::analysis::Outcome::Pass),
            "{path}"
        );
    }
}

/// So many rules about how paths begin, and as many about how they end, above a pass of one path.
fn crossed(count: usize) -> Ready {
    let begins = |at| ("drop", uri(&format!("/b{at}/"), "startswith;"));
    let ends = |at| ("drop", uri(&format!(".e{at}"), ENDS));
    let mut rules: Vec<(&str, String)> = (0..count).flat_map(|at| [begins(at), ends(at)]).collect();
    rules.push(("pass", uri("/x.e1/y", "startswith; endswith;")));
    rules.push(("pass", uri("/c/", "startswith;")));
    policy(&rules)
}

#[test]
fn what_too_many_endings_leave_open_is_said() {
    let (few, many) = (crossed(20), crossed(200));
    let told = reached(&few);
    assert_eq!((told.cannot_tell, told.left_out), (Vec::new(), Vec::new()));
    let access = reached(&many);
    assert_eq!(access.left_out, []);
    let is_open = |path: &str| {
        let request = request(path);
        let passes = access.passes.iter().any(|(flows, _)| flows.contains(&request));
        let open = access.cannot_tell.iter().any(|(flows, _)| flows.contains(&request));
        assert!(!(passes && open), "{path}");
        open
    };
    assert!(is_open("/c/x") && is_open("/c/x.e7"));
    // A whole path is one of which it can be told.
    assert!(!is_open("/x.e1/y"));
    let request = request("/x.e1/y");
    assert!(access.passes.iter().any(|(flows, _)| flows.contains(&request)));
    let named = |rules: &Vec<_>| rules.len() >= 200;
    assert!(access.cannot_tell.iter().all(|(_, rules)| named(rules)), "the rules in the way");
}
