//! What rules ask of the protocol and of the client, and logs tell or do not.

use super::*;

/// A policy of one hand-written rule, that lets through what the rule does not stop.
fn written(rule: &str) -> String {
    format!(
        "sekisho: 1\nname: written\nrule_order: strict\ndefault_actions: [alert_established]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: own\n    priority: 100\n    rules:\n      \
         - name: own\n        suricata: '{rule}'\n"
    )
}

#[test]
fn rules_that_ask_a_protocol_are_not_passed_by_what_is_known_by_its_name_only() {
    let folder = tempfile::tempdir().unwrap();
    let sums_of = |rule: &str, app: &str| {
        let event = Event { flow: 1, kind: "alert", from: "10.1.2.3", app, sni: "", verdict: "" };
        let log = [file(folder.path(), "log", event.line())];
        sums(&count(&[&written(rule)], &log, 1, Bounds::default()))
    };
    for (rule, app) in [
        ("drop dns any any -> any any (sid:1;)", "dns"),
        ("drop tcp any any -> any any (dns.query; content:\"bad\"; sid:1;)", "dns"),
        ("drop http any any -> any any (sid:1;)", "http2"),
        ("drop tcp any any -> any any (ssh.proto; content:\"2.0\"; sid:1;)", "ssh"),
    ] {
        assert_eq!(sums_of(rule, app), [1, 0, 0, 0, 1, 0], "{app}: {rule}");
    }
    // HTTP/2 with its name is no request of HTTP/1.
    let event =
        Event { flow: 1, kind: "alert", from: "10.1.2.3", app: "http2", sni: "", verdict: "" };
    let named = event.line().replace(
        r#""app_proto":"http2""#,
        r#""app_proto":"http2","http":{"hostname":"a.example","url":"/x"}"#,
    );
    let log = [file(folder.path(), "log", named)];
    let host = "drop http any any -> any any (http.host; content:\"a.example\"; sid:1;)";
    let tally = count(&[&written(host)], &log, 1, Bounds::default());
    assert_eq!(sums(&tally), [1, 0, 0, 0, 1, 0]);
    assert_eq!(tally.rows[0].request.to_string(), "http://a.example:443/x");
    let tls = "drop tls any any -> any any (tls.sni; content:\"x.example\"; sid:1;)";
    assert_eq!(sums_of(tls, "ssh"), [1, 1, 0, 0, 0, 0], "what is known to be SSH is no TLS");
    let ports = "drop tcp any any -> any 22 (sid:1;)";
    assert_eq!(sums_of(ports, "ssh"), [1, 1, 0, 0, 0, 0], "no rule asks what was said");
}

#[test]
fn policies_are_told_apart_by_variables_order_and_names() {
    let folder = tempfile::tempdir().unwrap();
    let log = [file(folder.path(), "log", "10.1.2.3,https://www.wiki.example\n")];
    let mark = |text: &str| count(&[text], &log, 1, Bounds::default()).policy;
    let own = written("drop tcp $HOME_NET any -> any 443 (sid:1;)");
    assert_eq!(mark(&own), mark(&own));
    for (from, to) in [
        ("home_net: [10.0.0.0/8]", "home_net: [192.168.0.0/16]"),
        ("name: own\n        suricata", "name: other\n        suricata"),
        ("name: own\n    priority", "name: other\n    priority"),
    ] {
        assert_ne!(mark(&own.replace(from, to)), mark(&own), "{to}");
    }
    let action = "rule_order: strict\ndefault_actions: [alert_established]";
    let by_action = own.replace(action, "rule_order: action");
    let strict = own.replace(action, "rule_order: strict\ndefault_actions: []");
    assert_ne!(mark(&by_action), mark(&strict));
}

#[test]
fn rules_that_ask_how_a_client_asks_cannot_be_told_where_the_log_does_not_say_it() {
    let folder = tempfile::tempdir().unwrap();
    let http = |method: &str| {
        let asked = format!("{method} http://www.example.com/x");
        squid("10.1.2.3", "TCP_MISS/200", &asked, "HIER_DIRECT/203.0.113.7")
    };
    let tls = |sni: &str| {
        Event { flow: 1, kind: "alert", from: "10.1.2.3", app: "tls", sni, verdict: "" }.line()
    };
    let get = "drop http any any -> any any (http.method; content:\"POST\"; sid:1;)";
    let agent = "drop http any any -> any any (http.user_agent; content:\"wget\"; sid:1;)";
    let case = "drop tls any any -> any any (tls.sni; content:\"A.EXAMPLE\"; sid:1;)";
    let nocase = "drop tls any any -> any any (tls.sni; content:\"A.EXAMPLE\"; nocase; sid:1;)";
    let version = "drop tls any any -> any any (tls.version:1.0; sid:1;)";
    let (pass, drop, unknown) = ([1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0]);
    for (rule, line, expected) in [
        (get, http("GET"), pass),
        (get, http("POST"), drop),
        (get, "10.1.2.3,http://www.example.com/x\n".to_owned(), unknown),
        (agent, http("GET"), unknown),
        (case, tls("A.EXAMPLE"), unknown),
        (case, tls("a.example"), pass),
        (nocase, tls("A.EXAMPLE"), drop),
        (version, tls("a.example"), unknown),
        (version, http("POST"), pass),
    ] {
        let log = [file(folder.path(), "log", &line)];
        let tally = count(&[&written(rule)], &log, 1, Bounds::default());
        assert_eq!(sums(&tally), expected, "{rule}: {line}");
        assert_eq!(sums(&through_text(&tally)), expected, "{rule}: {line}");
    }
}

#[test]
fn what_an_event_tells_of_the_client_is_what_rules_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let line = |app: &str, port: u16, said: &str| {
        format!(
            r#"{{"event_type":"{app}","src_ip":"10.1.2.3","src_port":40000,"dest_ip":"203.0.113.9","dest_port":{port},"proto":"TCP","app_proto":"{app}","{app}":{{{said}}}}}"#
        ) + "\n"
    };
    let http =
        |said: &str| line("http", 80, &format!(r#""hostname":"a.example","url":"/x"{said}"#));
    let tls = |said: &str| line("tls", 443, &format!(r#""sni":"a.example"{said}"#));
    let method = "drop http any any -> any any (http.method; content:\"POST\"; sid:1;)";
    let agent = "drop http any any -> any any (http.user_agent; content:\"wget\"; sid:1;)";
    let from = "drop http any any -> any any (http.referer; content:\"b.example\"; sid:1;)";
    let cookie = "drop http any any -> any any (http.cookie; content:\"x\"; sid:1;)";
    let old = "drop tls any any -> any any (tls.version:1.0; sid:1;)";
    let new = "drop tls any any -> any any (tls.version:1.3; sid:1;)";
    let middle = "drop tls any any -> any any (tls.version:1.2; sid:1;)";
    let hash = "drop tls any any -> any any (ja3.hash; content:\"1be8360b66649edee1de25f81d98ec27\"; sid:1;)";
    let (pass, drop, unknown) = ([1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0]);
    for (rule, line, expected) in [
        (method, http(r#","http_method":"POST""#), drop),
        (method, http(r#","http_method":"GET""#), pass),
        (method, http(""), unknown),
        (agent, http(r#","http_user_agent":"wget/1""#), drop),
        (agent, http(r#","http_user_agent":"curl/8""#), pass),
        (agent, http(r#","http_method":"GET""#), unknown),
        (from, http(r#","http_refer":"http://b.example/""#), drop),
        (from, http(""), unknown),
        (cookie, http(r#","http_method":"GET","http_user_agent":"curl/8""#), unknown),
        (old, tls(r#","version":"TLS 1.2""#), pass),
        (old, tls(r#","version":"TLS 1.3""#), pass),
        (old, tls(r#","version":"UNDETERMINED""#), unknown),
        (new, tls(r#","version":"TLS 1.3""#), drop),
        // The client may have offered 1.3 as well, and its hello is what the rule sees first.
        (new, tls(r#","version":"TLS 1.2""#), unknown),
        (middle, tls(r#","version":"TLS 1.2""#), unknown),
        // It may have offered one in between.
        (middle, tls(r#","version":"TLS 1.1""#), unknown),
        (old, tls(r#","version":"TLS 1.1""#), pass),
        // What cannot be sent as it is written is not known.
        (agent, http(r#","http_user_agent":"curl\r\nX: wget""#), unknown),
        (from, http(r#","http_refer":"x\u0000http://b.example/""#), unknown),
        (method, http(r#","http_method":"GET POST""#), unknown),
        // Who asks for a tunnel asks for no host of a header.
        (method, http(r#","http_method":"CONNECT""#), unknown),
        (
            hash,
            tls(r#","version":"TLS 1.3","ja3":{"hash":"1be8360b66649edee1de25f81d98ec27"}"#),
            unknown,
        ),
    ] {
        let log = [file(folder.path(), "log", &line)];
        let tally = count(&[&written(rule)], &log, 1, Bounds::default());
        assert_eq!(sums(&tally), expected, "{rule}: {line}");
        assert_eq!(sums(&through_text(&tally)), expected, "{rule}: {line}");
    }
    // Requests that differ in what is told are told apart, and only where a rule asks for it.
    let both = http(r#","http_user_agent":"wget/1""#) + &http(r#","http_user_agent":"curl/8""#);
    let log = [file(folder.path(), "log", both)];
    for (rule, rows) in [(agent, 2), (old, 1)] {
        assert_eq!(count(&[&written(rule)], &log, 1, Bounds::default()).rows.len(), rows);
    }
}
