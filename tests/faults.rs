//! Disks that are full or cannot be written, and a process that is killed while it saves: the old or the new file is there,
//! never neither, and what is not in it is in the journal.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use sekisho::interop::RulesOptions;
use sekisho::policy::{Edit, RuleField, RulePlace};
use sekisho::workbench::{Input, Journals, Session};

const POLICY: &str = include_str!("../samples/first-steps/policy.yaml");

fn open(path: &Path, journals: &Path) -> Session {
    let input = Input::File(path.to_owned());
    let journals = Journals::in_folder(journals.to_owned());
    Session::open_with_journal(&input, &RulesOptions::default(), &journals).unwrap()
}

/// Says in the note of the first rule that this is edit number `number`.
fn edit(session: &mut Session, number: usize) {
    let fields = vec![(RuleField::Note, Some(format!("edit {number}, {}", "x".repeat(200))))];
    let at = RulePlace { group: 0, rule: 0 };
    session.apply(&Edit::SetRule { at, fields }).unwrap();
}

/// A disk of 256 kB of its own.
struct Disk(PathBuf);

impl Disk {
    /// Nothing where this process may not have one; that is said.
    #[allow(clippy::print_stdout, reason = "a test says what it skips")]
    fn new(at: PathBuf) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        if mount(&["-t", "tmpfs", "-o", "size=256k", "tmpfs"], &at) {
            return Some(Self(at));
        }
        println!("skipped: no disk may be mounted here");
        None
    }

    /// Takes all room that there is; the file that takes it.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let mut filler = fs::File::create(&path).unwrap();
        while filler.write_all(&[0; 512]).is_ok() {}
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).stderr(Stdio::null()).status();
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    let done = Command::new("mount").args(options).arg(at).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// Saving fails: the file is as it was, nothing is left beside it, the work can go on and outlives the process.
fn saving_fails(session: &mut Session, path: &Path, journals: &Path) {
    let beside = || fs::read_dir(path.parent().unwrap()).unwrap().count();
    let (text, files, old) = (session.text().to_owned(), beside(), fs::read(path).unwrap());
    session.save(None).unwrap_err();
    assert_eq!(fs::read(path).unwrap(), old);
    assert_eq!(beside(), files);
    assert!(session.has_unsaved() && session.can_undo());
    let kept = Journals::in_folder(journals.to_owned());
    assert!(kept.has_edits(&Input::File(path.to_owned()), POLICY), "the journal is gone");
    edit(session, 2);
    session.undo().unwrap();
    assert_eq!(session.text(), text);
}

#[test]
fn full_disk_keeps_the_old_file_and_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(folder.path().join("disk")) else { return };
    let (path, journals) = (disk.0.join("policy.yaml"), folder.path().join("journals"));
    fs::write(&path, POLICY).unwrap();
    let mut session = open(&path, &journals);
    let filler = disk.fill();
    edit(&mut session, 1);
    saving_fails(&mut session, &path, &journals);
    let text = session.text().to_owned();
    drop(session);
    let mut session = open(&path, &journals);
    session.restore(false).unwrap();
    assert_eq!(session.text(), text);
    fs::remove_file(filler).unwrap();
    session.save(None).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn disk_that_became_read_only_keeps_the_old_file_and_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(folder.path().join("disk")) else { return };
    let (path, journals) = (disk.0.join("policy.yaml"), folder.path().join("journals"));
    fs::write(&path, POLICY).unwrap();
    let mut session = open(&path, &journals);
    edit(&mut session, 1);
    assert!(mount(&["-o", "remount,ro"], &disk.0), "what was mounted can be mounted anew");
    saving_fails(&mut session, &path, &journals);
    assert!(mount(&["-o", "remount,rw"], &disk.0));
    session.save(None).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), session.text());
}

#[test]
fn full_disk_of_journals_is_said_and_saving_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(folder.path().join("disk")) else { return };
    let (path, journals) = (folder.path().join("policy.yaml"), disk.0.join("journals"));
    fs::write(&path, POLICY).unwrap();
    let mut session = open(&path, &journals);
    let filler = disk.fill();
    for number in 0..20 {
        edit(&mut session, number);
    }
    assert!(session.journal_fault().is_some(), "nobody is told that nothing is kept");
    fs::remove_file(filler).unwrap();
    edit(&mut session, 20);
    assert!(session.journal_fault().is_none());
    let text = session.text().to_owned();
    drop(session);
    let mut session = open(&path, &journals);
    assert_eq!(session.left().map(|left| left.text.as_str()), Some(text.as_str()));
    session.restore(false).unwrap();
    session.save(None).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

/// How often a process is killed; each time a little later.
const KILLS: u64 = 24;
const VICTIM: &str = "process_that_edits_and_saves_until_it_is_killed";

#[test]
fn process_killed_at_any_moment_leaves_a_file_that_was_saved_and_a_journal_of_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journals) = (folder.path().join("policy.yaml"), folder.path().join("journals"));
    let mut kept = 0;
    for kill in 0..KILLS {
        fs::write(&path, POLICY).unwrap();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", VICTIM, "--ignored", "--nocapture"])
            .env("SEKISHO_VICTIM_IN", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
        said.find(|line| line.contains("begun")).unwrap();
        thread::sleep(Duration::from_micros(kill * 1_700));
        victim.kill().unwrap();
        victim.wait().unwrap();
        let number = |line: String| line.strip_prefix("edit ")?.parse::<usize>().ok();
        let last = said.filter_map(number).last();

        // The file is one that was to be saved, whole, and the last edit that was told is in it or in the journal.
        let held = fs::read_to_string(&path).unwrap();
        let mut session = open(&path, &journals);
        assert_eq!(session.text(), held);
        let texts: Vec<String> =
            std::iter::once(held).chain(session.left().map(|left| left.text.clone())).collect();
        let told =
            |text: &String| text.split("edit ").nth(1)?.split(',').next()?.parse::<usize>().ok();
        let all = texts.iter().filter_map(told).max();
        assert!(all >= last, "edit {last:?} is lost: {all:?} is the last one of {texts:#?}");
        kept += usize::from(session.left().is_some());
        session.discard_left();
        session.leave();
    }
    assert!(kept > 0, "no journal was ever needed");
}

#[test]
#[ignore = "killed by the test above"]
#[allow(clippy::print_stdout, reason = "the test above reads it")]
fn process_that_edits_and_saves_until_it_is_killed() {
    let Some(folder) = std::env::var_os("SEKISHO_VICTIM_IN").map(PathBuf::from) else { return };
    let mut session = open(&folder.join("policy.yaml"), &folder.join("journals"));
    println!("begun");
    for number in 0..2_000 {
        edit(&mut session, number);
        println!("edit {number}");
        if number % 2 == 1 {
            session.save(None).unwrap();
        }
    }
}
