//! Requests that are decided together get what each would get alone.

use super::*;

/// Policies whose rules ask for names in many ways: some in the buffer that holds the name alone, some in others as well.
fn asking_policies() -> Vec<String> {
    let rows = "      - {name: exact, action: pass, from: office, to: [a.example, b.example]}\n      \
        - {name: below, action: drop, from: any, to: [.b.example, \"*.c.example\"]}\n      \
        - {name: found, action: pass, from: any, to: ['regex:^x[0-9]+\\.']}\n      \
        - {name: found-too, action: reject, from: office, to: ['regex:bad']}\n      \
        - {name: path, action: pass, from: any, to: [\"http://a.example/public/*\"]}\n";
    let by_hand = [
        "",
        "drop tls any any -> any any (tls.sni; to_uppercase; content:\"B.EX\"; sid:9000001;)",
        "drop tls any any -> any any (tls.sni; dotprefix; content:!\".a.example\"; endswith; sid:9000001;)",
        "drop tcp any any -> any 443 (content:\"a.example\"; sid:9000001;)",
        "drop http any any -> any any (http.host.raw; content:\"a.\"; startswith; sid:9000001;)",
        "drop tcp any any -> any any (dsize:>220; sid:9000001;)",
        "drop ip any any -> any any (sameip; sid:9000001;)",
        "pass tls 10.1.0.0/16 any -> any any (tls.sni; content:\"x\"; flowbits:set,x; sid:9000001;)",
        "drop http any any -> any any (http.uri; content:\"/x\"; endswith; http.host; content:\"c\"; sid:9000001;)",
    ];
    let group = |rule: &str| match rule {
        "" => String::new(),
        rule => format!("      - name: by-hand\n        suricata: |\n          {rule}\n"),
    };
    let policy = |rule| {
        let begin = POLICY.split_once("    rules:\n").unwrap().0;
        format!("{begin}    rules:\n{}{rows}", group(rule))
    };
    by_hand.into_iter().map(policy).collect()
}

/// Who asked which server how, and what became of it.
fn of_host(request: &Request, decision: &Decision) -> (String, String) {
    let Request { from, scheme, host, port, .. } = request;
    (format!("{from} {} {host} {port}", scheme.word()), format!("{decision:?}"))
}

#[test]
fn requests_that_are_decided_together_get_what_each_would_get_alone() {
    let names =
        ["a", "b", "c", "www.a", "x1.b", "deep.x2.c", "bad", "notbad.a", "x9", "other", "x"];
    let mut log = String::from("from,url,dst\n");
    for name in names {
        for (from, dst) in [
            ("10.1.2.3", ""),
            ("10.1.9.9", "203.0.113.9"),
            ("10.2.2.3", ""),
            ("192.0.2.1", ""),
            // Of no class of their own, and yet a rule may ask whether they are the same.
            ("10.1.2.3", "10.1.2.4"),
            ("10.1.2.3", "10.1.2.3"),
            ("10.1.9.9", "10.1.9.9"),
            ("198.51.100.9", ""),
            ("198.51.100.77", ""),
        ] {
            for url in [
                "https://{}.example",
                "http://{}.example/public/x",
                "http://{}.example:8080/x",
                "quic://{}.example",
            ] {
                writeln!(log, "{from},{},{dst}", url.replace("{}", name)).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    // Servers that are addresses, also the client's own.
    for from in ["10.1.2.3", "10.1.2.4"] {
        writeln!(log, "{from},https://10.1.2.4,\n{from},tcp://10.1.2.3:22,").unwrap();
    }
    let lines = log;
    let log = [file(folder.path(), "asked.csv", &lines)];
    for policy in asking_policies() {
        let document = &documents(&[&policy])[0];
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let judge = Judge::new(document.policy(), &compiled, &evaluator);
        let tally = count(&[&policy], &log, 1, Bounds::default()).settled();
        let fates: std::collections::BTreeSet<Fate> =
            tally.decisions.iter().map(|d| d.fate).collect();
        assert!(tally.rows.len() > 100 && fates.len() > 1, "{policy}");
        let (mut together, mut alone) = (BTreeMap::new(), BTreeMap::new());
        for line in lines.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let request = Request::parse(fields[0], fields[1], Some(fields[2])).unwrap();
            let decision = judge.decide(&request, None, &Manner::default());
            *alone.entry(of_host(&request, &decision)).or_insert(0) += 1;
        }
        for row in &tally.rows {
            let decision = &tally.decisions[row.decision as usize];
            *together.entry(of_host(&row.request, decision)).or_insert(0) += row.requests();
        }
        assert_eq!(together, alone, "{policy}");
        for row in &tally.rows {
            let alone = judge.decide(&row.request, row.unsaid, &row.manner);
            assert_eq!(tally.decisions[row.decision as usize], alone, "{}\n{policy}", row.request);
        }
    }
}
