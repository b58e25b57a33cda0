//! The binary in a real pseudo-terminal: from the first key to the restored screen.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

#[path = "shared/workbench.rs"]
mod workbench;
use workbench::{COLUMNS, CTRL_S, DOWN, ENTER, ESC, PATIENCE, ROWS, Workbench, copy};

#[test]
fn carried_rule_flips_the_verdict_and_a_saved_change_touches_its_own_line_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    let before = fs::read_to_string(&path).unwrap();
    let mut bench = Workbench::open(&path);
    bench.sees("wiki-uploads");

    bench.ask("10.1.2.3", "https://upload.wiki.example");
    bench.sees("TIMES OUT");

    bench.select("wiki-uploads");
    bench.press("m");
    bench.press(DOWN);
    bench.wait("the verdict with the rule in the air", |s| {
        s.contains("WORKS") && !s.contains("TIMES OUT")
    });
    bench.sees("DROP → PASS");
    bench.press(ESC);
    bench.sees("TIMES OUT");
    assert_eq!(fs::read_to_string(&path).unwrap(), before, "nothing is written yet");

    bench.press("m");
    bench.press(DOWN);
    bench.sees("WORKS");
    bench.press(ENTER);
    bench.press("u");
    bench.sees("TIMES OUT");

    bench.select("news");
    bench.press("x");
    bench.press(CTRL_S);
    let begin = Instant::now();
    while fs::read_to_string(&path).unwrap() == before {
        assert!(begin.elapsed() < PATIENCE, "nothing was saved\n{}", bench.screen());
        thread::sleep(Duration::from_millis(20));
    }
    let after = fs::read_to_string(&path).unwrap();
    let changed: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].0.contains("name: news,") && changed[0].1.contains("enabled: false"));

    bench.press("q");
    assert_eq!(bench.ends(), 0);
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["data", "policy.yaml", "state"], "something was left behind");
    assert_eq!(journals(folder.path()), 0, "a journal was left behind");
}

#[test]
fn first_start_begins_with_the_tour_and_the_second_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    let begin = || {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sekisho"));
        command.arg(&path);
        Workbench::run_first(command, folder.path())
    };
    // Without a terminal nothing was shown, and the first start is still to come.
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .args([path.as_os_str(), "--config".as_ref(), "/dev/null".as_ref()])
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("XDG_STATE_HOME", folder.path().join("state"))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
        .status;
    assert!(!status.success() && !folder.path().join("data").exists());

    let mut bench = begin();
    bench.sees("Tour 1 of 5");
    bench.press(ESC);
    bench.wait("the workbench without the tour", |s| !s.contains("Tour 1 of 5"));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
    let mut bench = begin();
    bench.sees("wiki-uploads");
    assert!(!bench.screen().contains("Tour 1 of 5"));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn leaving_with_unsaved_changes_asks_first_and_discarding_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    let before = fs::read_to_string(&path).unwrap();
    let mut bench = Workbench::open(&path);
    bench.sees("wiki-uploads");
    bench.select("news");
    bench.press("x");
    bench.press("q");
    bench.sees("leave without saving");
    bench.press("d");
    assert_eq!(bench.ends(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn terminal_that_shrinks_and_grows_again_shows_the_policy_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    bench.sees("wiki-uploads");
    bench.resize(6, 30);
    bench.wait("a word about the size", |s| !s.contains("wiki-uploads") && !s.trim().is_empty());
    bench.resize(ROWS, COLUMNS);
    bench.sees("wiki-uploads");
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn storm_of_two_hundred_sizes_leaves_the_picture_of_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    // The last line of the picture: all of it is there.
    bench.sees("? keys");
    // The title tells of the engine, which may answer meanwhile.
    let picture = |s: &str| s.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let calm = picture(&bench.screen());
    for step in 0..200_u16 {
        // From 1x1 to 100x300, large and small by turns.
        let (rows, columns) = (1 + step * 37 % 100, 1 + step * 113 % 300);
        bench.resize(rows, columns);
        if step % 20 == 0 {
            bench.press(if step % 40 == 0 { "j" } else { "k" });
        }
    }
    bench.resize(ROWS, COLUMNS);
    bench.sees("? keys");
    // Where nothing can be seen keys do nothing, so the selection may stand anywhere.
    bench.press("gj");
    bench.wait("the picture from before the storm", |screen| picture(screen) == calm);
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn stopped_workbench_gives_the_terminal_back_and_takes_it_again_with_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    switch_news_off(&mut bench);
    bench.signal("TSTP");
    let id = bench.child.process_id().unwrap().to_string();
    bench.wait("a stopped process", |_| {
        let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", &id]).output();
        String::from_utf8_lossy(&state.unwrap().stdout).starts_with('T')
    });
    {
        let begin = Instant::now();
        while bench.terminal.lock().unwrap().screen().alternate_screen() {
            assert!(begin.elapsed() < PATIENCE, "the alternate screen is left behind");
            thread::sleep(Duration::from_millis(20));
        }
    }
    bench.left_the_line_as_it_was();
    bench.signal("CONT");
    bench.wait("the screen again", |s| s.contains("wiki-uploads") && s.contains("policy.yaml *"));
    assert!(bench.terminal.lock().unwrap().screen().alternate_screen());
    bench.press("u");
    bench.wait("keys that are obeyed", |s| !s.contains("policy.yaml *"));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

/// How many journals there are in the folder of a policy.
fn journals(folder: &Path) -> usize {
    fs::read_dir(folder.join("state/sekisho/journals")).map_or(0, Iterator::count)
}

#[test]
fn copied_rule_reaches_the_clipboard_of_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    bench.sees("wiki-uploads");
    bench.select("news");
    bench.press("y");
    bench.sees("copied: `news`");
    // `- {name: news, sid: 200300, action: pass, from: office, to: [news.example]}`, in base64.
    let sequence = b"\x1b]52;c;LSB7bmFtZTogbmV3cywgc2lkOiAyMDAzMDAsIGFjdGlvbjogcGFzcywgZnJvbTogb2ZmaWNlLCB0bzogW25ld3MuZXhhbXBsZV19Cg==\x1b\\";
    let written = bench.written.lock().unwrap().clone();
    assert!(written.windows(sequence.len()).any(|window| window == sequence));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn pasted_log_line_is_tried_and_its_escape_sequences_are_shown_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    bench.sees("wiki-uploads");
    let line = r#"{"event":{"event_type":"alert","app_proto":"tls","src_ip":"10.1.2.3","src_port":4000,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","tls":{"sni":"upload.wiki.example"},"alert":{"signature_id":77,"signature":"x\u001b[2J\u001b]0;owned\u0007"},"verdict":{"action":"pass"}}}"#;
    bench.press(&format!("\x1b[200~{line}\n\x1b[201~"));
    bench.sees("taken from the log line");
    bench.sees("TIMES OUT");
    bench.sees("x\\u{1b}[2J\\u{1b}");
    bench.sees("wiki-uploads");
    bench.press("t");
    bench.press("\x1b[200~https://red\x1b[31m.example\x1b[201~");
    bench.sees("https://red\\u{1b}[31m.example");
    bench.press(ESC);
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn logs_are_read_by_threads_while_the_keyboard_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("egress.csv");
    let lines = "10.1.2.3,https://upload.wiki.example\n".repeat(60_000)
        + &"10.1.2.4,https://en.wiki.example\n".repeat(40_000);
    fs::write(&log, lines).unwrap();
    let mut bench = Workbench::open(&copy(folder.path()));
    bench.sees("wiki-uploads");
    bench.press(&format!("R{}{ENTER}", log.display()));
    bench.sees("Logs: egress.csv");
    bench.press(ESC);
    bench.sees("m carry");
    bench.press("R");
    bench.sees("100,000 requests in 100,000 lines of 1 log");
    bench.press("b");
    bench.sees("one request, asked 60,000 times");
    bench.press(ENTER);
    bench.sees("TIMES OUT");
    bench.sees("from egress.csv:1");
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

#[test]
fn signal_ends_it_and_restores_the_terminal() {
    for signal in ["TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let bench = Workbench::open(&copy(folder.path()));
        bench.sees("wiki-uploads");
        bench.signal(signal);
        bench.ends();
        assert_eq!(journals(folder.path()), 0, "nothing was unsaved");
    }
}

/// The rule `news` is off, and that is on the screen.
fn switch_news_off(bench: &mut Workbench) {
    bench.sees("wiki-uploads");
    bench.select("news");
    bench.press("x");
    bench.sees("disable `news`: done");
}

#[test]
fn killed_workbench_offers_at_the_next_start_all_that_was_on_its_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    let before = fs::read_to_string(&path).unwrap();
    let mut bench = Workbench::open(&path);
    switch_news_off(&mut bench);
    bench.signal("KILL");
    bench.wait_for_end();
    assert_eq!(fs::read_to_string(&path).unwrap(), before);

    let mut bench = Workbench::open(&path);
    bench.sees("Unsaved changes were left behind");
    bench.sees("disable `news`");
    bench.press("r");
    bench.sees("news off");
    bench.press(CTRL_S);
    bench.sees("saved to");
    assert!(fs::read_to_string(&path).unwrap().contains("enabled: false"));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
    assert_eq!(journals(folder.path()), 0);
}

#[test]
fn ended_workbench_says_that_its_unsaved_changes_are_kept() {
    for signal in ["TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let path = copy(folder.path());
        let mut bench = Workbench::open(&path);
        switch_news_off(&mut bench);
        bench.signal(signal);
        bench.sees("unsaved changes are kept");
        bench.ends();
        assert_eq!(journals(folder.path()), 1);
        let mut bench = Workbench::open(&path);
        bench.sees("Unsaved changes were left behind");
        bench.press("d");
        bench.wait("the question to be gone", |s| !s.contains("left behind"));
        bench.press("q");
        assert_eq!(bench.ends(), 0);
        assert_eq!(journals(folder.path()), 0);
    }
}

#[test]
fn file_that_others_change_is_noticed_without_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    let mut bench = Workbench::open(&path);
    bench.sees("wiki-uploads");
    let theirs = fs::read_to_string(&path).unwrap().replace("wiki-uploads", "wiki-changes");
    fs::write(&path, &theirs).unwrap();
    bench.sees("changed on disk");
    bench.press(CTRL_S);
    bench.sees("changed by others");
    bench.press("t");
    bench.sees("wiki-changes");
    bench.press("q");
    assert_eq!(bench.ends(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
}

/// A disk that is full as soon as more than these bytes are on it, with a copy of the sample on it. `None` where only root
/// may make one.
fn small_disk(folder: &Path, kilobytes: usize) -> Option<CommandBuilder> {
    let allowed = std::process::Command::new("unshare").args(["-rm", "true"]).status();
    if !allowed.is_ok_and(|status| status.success()) {
        return None;
    }
    let script = format!(
        "mount -t tmpfs -o size={kilobytes}k small \"$0\" && cp policy.yaml \"$0\" && exec \"$1\" \"$0/policy.yaml\""
    );
    let disk = folder.join("disk");
    fs::create_dir(&disk).unwrap();
    let mut command = CommandBuilder::new("unshare");
    command.args(["-rm", "sh", "-c", &script]);
    command.args([disk.as_os_str(), env!("CARGO_BIN_EXE_sekisho").as_ref()]);
    Some(command)
}

#[test]
fn full_disk_is_said_and_the_work_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path());
    // As many pages as the sample takes: another copy of it does not fit.
    let size = fs::metadata(&path).unwrap().len().div_ceil(4096) * 4;
    let Some(command) = small_disk(folder.path(), usize::try_from(size).unwrap()) else {
        eprintln!("skipped: no disk can be made here");
        return;
    };
    let mut bench = Workbench::run(command, folder.path());
    switch_news_off(&mut bench);
    bench.press(CTRL_S);
    bench.sees("the disk is full");
    bench.sees("policy.yaml *");
    bench.press("S");
    bench.press("\x15");
    bench.press(folder.path().join("elsewhere.yaml").to_str().unwrap());
    bench.press(ENTER);
    bench.sees("saved to");
    let saved = fs::read_to_string(folder.path().join("elsewhere.yaml")).unwrap();
    assert!(saved.contains("enabled: false"));
    bench.press("q");
    assert_eq!(bench.ends(), 0);
}

/// A `suricata` that says its version, then neither ends nor answers.
struct HangingEngine {
    folder: tempfile::TempDir,
    temporary: tempfile::TempDir,
}

impl HangingEngine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("suricata");
        let script = format!(
            "#!/bin/sh\nif [ \"$1\" = -V ]; then echo 'This is Suricata version 7.0.10 RELEASE'; exit 0; fi\n\
             echo $$ > {id}.new; mv {id}.new {id}; exec sleep 600\n",
            id = folder.path().join("id").display()
        );
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder, temporary: tempfile::tempdir().unwrap() }
    }

    /// Opens the workbench with this engine on its path, and waits until the engine runs.
    fn open(&self, policy: &Path) -> (Workbench, String) {
        let others = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{others}", self.folder.path().display());
        let temporary = self.temporary.path().to_str().unwrap();
        let bench = Workbench::open_with(policy, &[("PATH", &path), ("TMPDIR", temporary)]);
        bench.sees("asking Suricata …");
        let id = self.folder.path().join("id");
        bench.wait("a running engine", |_| id.exists());
        assert_eq!(fs::read_dir(self.temporary.path()).unwrap().count(), 1);
        (bench, fs::read_to_string(id).unwrap().trim().to_owned())
    }

    /// Nothing of it is left: no process, no file.
    fn is_gone(&self, id: &str) {
        let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", id]).output();
        let state = String::from_utf8_lossy(&state.unwrap().stdout).trim().to_owned();
        assert!(state.is_empty() || state.starts_with('Z'), "the engine still runs: {state}");
        assert_eq!(fs::read_dir(self.temporary.path()).unwrap().count(), 0, "files are left");
    }
}

#[test]
fn engine_that_hangs_does_not_hinder_and_is_gone_when_the_workbench_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let engine = HangingEngine::new();
    let (mut bench, id) = engine.open(&copy(folder.path()));
    bench.ask("10.1.2.3", "https://upload.wiki.example");
    bench.sees("TIMES OUT");
    bench.sees("asking Suricata …");
    bench.press("q");
    assert_eq!(bench.ends(), 0);
    engine.is_gone(&id);
}

#[test]
fn edit_stops_the_engine_that_is_being_asked_about_the_policy_before() {
    let folder = tempfile::tempdir().unwrap();
    let engine = HangingEngine::new();
    let (mut bench, first) = engine.open(&copy(folder.path()));
    bench.select("news");
    bench.press("x");
    bench.press(CTRL_S);
    let id = engine.folder.path().join("id");
    let again = || fs::read_to_string(&id).unwrap().trim().to_owned();
    bench.wait("another engine", |_| again() != first);
    bench.press("q");
    assert_eq!(bench.ends(), 0);
    engine.is_gone(&first);
    engine.is_gone(&again());
}

#[test]
fn signal_ends_the_engine_too() {
    let folder = tempfile::tempdir().unwrap();
    let engine = HangingEngine::new();
    let (bench, id) = engine.open(&copy(folder.path()));
    let process = bench.child.process_id().unwrap().to_string();
    let sent = std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap();
    assert!(sent.success());
    bench.ends();
    engine.is_gone(&id);
}
