//! Logs counted in parts: joined they are the whole; what is kept is bounded.

use super::*;

#[test]
fn parts_that_are_joined_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..6_000_u32)
        .map(|n| {
            let from = format!("10.{}.{}.3", n % 3, n % 7);
            match n % 4 {
                0 => squid(
                    &from,
                    "TCP_TUNNEL/200",
                    &format!("CONNECT h{}.wiki.example:443", n % 11),
                    "HIER_DIRECT/203.0.113.7",
                ),
                1 => squid(
                    &from,
                    "TCP_DENIED/403",
                    &format!("CONNECT x{}.closed.example:443", n % 13),
                    "HIER_NONE/-",
                ),
                2 => squid(
                    &from,
                    "TCP_MISS/200",
                    &format!("GET http://files.example/public/{}", n % 5),
                    "HIER_DIRECT/203.0.113.9",
                ),
                _ => Event {
                    flow: u64::from(n / 8),
                    kind: "alert",
                    from: &from,
                    app: "tls",
                    sni: if n % 8 == 3 { "" } else { "a.example" },
                    verdict: "drop",
                }
                .line(),
            }
        })
        .collect();
    let whole = file(folder.path(), "whole", lines.concat());
    let expected = shown(&count(&[POLICY], &[whole], 2, Bounds::default()));
    let mut joined = Tally::new(Bounds::default());
    for (n, part) in lines.chunks(700).enumerate().map(|(n, part)| (n, part.concat())) {
        let part = file(folder.path(), &format!("part{n}"), part);
        joined.merge(through_text(&count(&[POLICY], &[part], 1, Bounds::default())));
    }
    assert_eq!(shown(&joined), expected);
}

/// Everything that is counted, in an order of its own.
fn shown(tally: &Tally) -> String {
    let tally = tally.clone().settled();
    let report = Report::of(&tally);
    let mut rows: Vec<String> = tally
        .rows
        .iter()
        .map(|row| {
            let by = &tally.decisions[row.decision as usize];
            format!("{} {} {:?} {by:?} {:?}", row.request.from, row.request, row.unsaid, row.counts)
        })
        .collect();
    rows.sort();
    let mut all = format!("{:?} {:?} {:?}\n", report.fates, report.logged, report.unused);
    for part in [
        format!("{:?}", report.sources),
        format!("{:?}", report.hosts),
        format!("{:?}", report.deciders),
    ] {
        writeln!(all, "{part}").unwrap();
    }
    writeln!(all, "{} {} {} {:?}", tally.repeated, tally.unreadable, tally.other, tally.lines)
        .unwrap();
    all + &rows.join("\n")
}

#[test]
fn bounds_are_kept_and_the_sums_stay_right() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..2_000)
        .map(|n| {
            format!("10.1.{}.{},https://h{}.wiki.example,203.0.113.7\n", n % 50, n % 40, n % 300)
        })
        .collect();
    let log = [file(folder.path(), "asked.csv", format!("source,url,dst\n{lines}"))];
    let bounds = Bounds { rows: 100, names: 20, ..Bounds::default() };
    let tally = through_text(&count(&[POLICY], &log, 2, bounds));
    assert_eq!(sums(&tally), [2_000, 2_000, 0, 0, 0, 0]);
    assert!(tally.rows.len() <= 100 && tally.requests_beyond() >= 1_000, "{}", tally.rows.len());
    assert!(tally.beyond.unnamed > 0);
}

/// How many events of connections a tally remembers.
fn remembered(tally: &Tally) -> usize {
    let mut part = Vec::new();
    write_part(tally, &mut part).unwrap();
    serde_json::from_slice::<Value>(&part).unwrap()["flows"].as_array().unwrap().len()
}

#[test]
fn connection_that_asks_for_much_is_remembered_within_the_bound() {
    let folder = tempfile::tempdir().unwrap();
    let part = |from: u32| {
        let line = |n: u32| {
            let sni = format!("h{n}.example");
            Event {
                flow: 7,
                kind: "alert",
                from: "10.1.2.3",
                app: "tls",
                sni: &sni,
                verdict: "drop",
            }
            .line()
        };
        let lines: String = (from..from + 20).map(line).collect();
        file(folder.path(), &format!("from-{from}"), lines)
    };
    let bounds = Bounds { flows: 3, ..Bounds::default() };
    let requests = |tally: &Tally| Report::of(&tally.clone().settled()).requests();
    let one = count(&[POLICY], &[part(0)], 1, bounds);
    assert_eq!((remembered(&one), one.unpaired, requests(&one)), (3, 17, 20));
    let mut both = one;
    both.merge(count(&[POLICY], &[part(20)], 1, bounds));
    assert_eq!((remembered(&both), requests(&both)), (3, 40));
    // A part that was counted within other bounds.
    let all = count(&[POLICY], &[part(0)], 1, Bounds::default());
    let mut text = Vec::new();
    write_part(&all, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let read = read_part(&text, bounds).unwrap();
    assert_eq!((remembered(&read), read.unpaired, requests(&read)), (3, 17, 20));
    let few = Bounds { rows: 5, names: 2, ..Bounds::default() };
    let read = read_part(&text, few).unwrap();
    let beyond = (read.requests_beyond(), read.beyond.hosts.len(), read.unpaired);
    assert_eq!((remembered(&read), beyond, requests(&read)), (5, (15, 2, 15), 20));
    assert_eq!(read.settled().repeated, 0);
}

#[test]
fn command_prints_sums_as_json_and_joins_parts() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.yaml");
    fs::write(&policy, POLICY).unwrap();
    let run = |args: &[&str]| {
        let out = assert_cmd::Command::cargo_bin("sekisho")
            .unwrap()
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap();
        (
            String::from_utf8(out.stdout).unwrap(),
            String::from_utf8(out.stderr).unwrap(),
            out.status.code(),
        )
    };
    fs::write(
        folder.path().join("a.csv"),
        "10.1.2.3,https://www.wiki.example\n10.1.2.3,https://x.closed.example\n",
    )
    .unwrap();
    fs::write(folder.path().join("b.csv"), "10.2.2.3,https://www.wiki.example\nnonsense\n")
        .unwrap();
    let (whole, _, code) = run(&["replay", "policy.yaml", "a.csv", "b.csv", "--format", "json"]);
    let whole: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!((code, &whole["requests"], &whole["unreadable"]), (Some(0), &json!(3), &json!(1)));
    assert_eq!(whole["first_unreadable"][0]["place"], "b.csv:2");
    for part in ["a", "b"] {
        let (out, err, code) = run(&[
            "replay",
            "policy.yaml",
            &format!("{part}.csv"),
            "--partial",
            &format!("{part}.part"),
        ]);
        assert_eq!((out.as_str(), err.as_str(), code), ("", "", Some(0)));
    }
    let (joined, _, code) = run(&["replay", "--merge", "a.part", "b.part", "--format", "json"]);
    assert_eq!((code, serde_json::from_str::<Value>(&joined).unwrap()), (Some(0), whole));
    fs::write(&policy, POLICY.replace("reject", "drop")).unwrap();
    run(&["replay", "policy.yaml", "b.csv", "--partial", "b.part"]);
    let (_, err, code) = run(&["replay", "--merge", "a.part", "b.part"]);
    assert_eq!((err.contains("another policy"), code), (true, Some(1)), "{err}");
    let (csv, _, code) = run(&["replay", "policy.yaml", "a.csv", "--format", "csv", "--exit-code"]);
    assert_eq!((csv.lines().count(), code), (3, Some(0)));
}

/// Runs the program in a folder with the policy and a log.
fn in_folder(lang: &str, run: impl FnOnce(&Path, &dyn Fn(&[&str]) -> (String, Option<i32>))) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.yaml"), POLICY).unwrap();
    fs::write(folder.path().join("old.yaml"), POLICY).unwrap();
    fs::write(folder.path().join("a.csv"), "10.1.2.3,https://www.wiki.example\n").unwrap();
    run(folder.path(), &|args| {
        let mut command = assert_cmd::Command::cargo_bin("sekisho").unwrap();
        let out = command.current_dir(folder.path()).args(["--lang", lang]).args(args);
        let out = out.output().unwrap();
        (String::from_utf8(out.stderr).unwrap(), out.status.code())
    });
}

#[test]
fn log_of_which_no_line_can_be_used_is_counted_and_is_no_success() {
    in_folder("en", |folder, run| {
        fs::write(folder.join("junk.log"), "junk\nmore of it\n\n").unwrap();
        let (_, code) = run(&["replay", "policy.yaml", "junk.log"]);
        assert_eq!(code, Some(3));
        let (_, code) = run(&["replay", "policy.yaml", "junk.log", "a.csv"]);
        assert_eq!(code, Some(0));
        let (_, code) = run(&["replay", "policy.yaml", "junk.log", "--partial", "j.part"]);
        assert_eq!(code, Some(0));
        let part = fs::read_to_string(folder.join("j.part")).unwrap();
        assert!(part.contains("unknown"), "{part}");
    });
}

#[test]
fn part_is_never_written_over_a_policy_or_a_log() {
    in_folder("en", |folder, run| {
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        fs::write(folder.join("empty.csv"), "").unwrap();
        fs::write(folder.join("empty.part"), "").unwrap();
        for (out, said) in [
            ("policy.yaml", "is a policy or a log that is read"),
            ("./old.yaml", "is a policy or a log that is read"),
            ("a.csv", "is a policy or a log that is read"),
            ("empty.csv", "is a policy or a log that is read"),
            ("not-there.csv", "is a policy or a log that is read"),
            ("notes.txt", "is there already and is no part of a replay"),
        ] {
            let before = fs::read(folder.join(out)).ok();
            let logs = ["a.csv", "empty.csv", "not-there.csv"];
            let mut args = vec!["replay", "policy.yaml", "--against", "old.yaml"];
            args.extend(logs.iter().chain(&["--partial", out]));
            let (err, code) = run(&args);
            assert_eq!((err.contains(said), code), (true, Some(1)), "{out}: {err}");
            assert_eq!(fs::read(folder.join(out)).ok(), before, "{out}");
        }
        for _ in 0..2 {
            let (err, code) = run(&["replay", "policy.yaml", "a.csv", "--partial", "empty.part"]);
            assert_eq!((err.as_str(), code), ("", Some(0)));
        }
        let (err, code) = run(&["replay", "--merge", "empty.part", "--partial", "notes.txt"]);
        assert_eq!((err.contains("is no part"), code), (true, Some(1)), "{err}");
        assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
    });
}

#[test]
fn what_is_wrong_with_parts_and_logs_is_said_in_the_language_asked_for() {
    in_folder("ja", |folder, run| {
        fs::write(folder.join("no.part"), "{}").unwrap();
        fs::write(folder.join("later.part"), "{\"sekisho_replay\": 99}").unwrap();
        let (err, _) = run(&["replay", "policy.yaml", "a.csv", "--partial", "a.part"]);
        assert_eq!(err, "");
        let part = fs::read_to_string(folder.join("a.part")).unwrap();
        let broken = part.replace("\"fate\":\"pass\"", "\"fate\":\"none\"");
        assert_ne!(part, broken);
        fs::write(folder.join("broken.part"), broken).unwrap();
        for (part, said) in [
            ("missing.part", "そのファイルはありません"),
            ("no.part", "`replay --partial` の出力ではありません"),
            ("later.part", "形式 99 で書かれており"),
            ("broken.part", "存在しない判定を参照しています"),
        ] {
            let (err, code) = run(&["replay", "--merge", part]);
            assert_eq!((err.contains(said), code), (true, Some(1)), "{part}: {err}");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let tally = count(&[POLICY], &[Log::File(folder.path().join("none"))], 1, Bounds::default());
    assert!(tally.troubles[0].why.say(Lang::Japanese).contains("そのファイルはありません"));
}
