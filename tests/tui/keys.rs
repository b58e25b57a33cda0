//! Every action of the key table is tried by its key: something appears that was not there before.

use super::lost::{Desk, both_changed, cut_off};
use super::*;
use sekisho::learn::Progress;

/// What is open when keys are pressed.
#[derive(Debug, Clone, Copy)]
enum Opened {
    /// A copy of the first sample, with a request that a narrow drop blocks.
    Blocked,
    /// A policy with findings.
    Findings,
    /// A file that was changed by others while there are unsaved changes.
    BothChanged,
    /// A policy whose unsaved changes were left behind.
    LeftBehind,
    /// The same, and the file was changed since.
    LeftBehindAndChanged,
    /// A sample, with lessons of which none is begun.
    Lessons,
    /// A sample, with a log that was counted.
    Logs,
    /// The same while the log is being read.
    Reading,
}
use Opened::{
    Blocked, BothChanged, Findings, LeftBehind, LeftBehindAndChanged, Lessons, Logs, Reading,
};

/// The workbench is left.
const LEFT: &str = "";

/// What is opened, the keys before, the key of the action of this name, and what it brings to the screen.
#[rustfmt::skip]
const TRIALS: &[(&str, Opened, &str, &str, &str)] = &[
    ("accept",                Blocked,  "/news", "<enter>", "`n` next"),
    ("accept-finding",        Findings, "F", "x", "because"),
    ("add-definition",        Blocked,  "Pj", "a", "New source"),
    ("apply-fix",             Findings, "F", "a", "Findings: 2 warnings"),
    ("blocked-all-the-same",  Blocked,  "", "b", "Blocked all the same"),
    ("blocked-requests",      Logs,     "", "b", "requests, blocked"),
    ("both-orders",           Blocked,  "", "o", "action order"),
    ("carry-down",            Blocked,  "/wiki-uploads<enter>m", "<down>", "200 / 2←1"),
    ("carry-up",              Blocked,  "/news<enter>m", "<up>", "200 / 2←3"),
    ("choose-first",          Lessons,  "<ctrl-l><enter><enter>", "a", "right"),
    ("choose-fourth",         Lessons,  "<ctrl-l><enter><enter>a<enter>", "d", "right"),
    ("choose-second",         Lessons,  "<ctrl-l><enter><enter>", "b", "not this"),
    ("choose-third",          Lessons,  "<ctrl-l><enter><enter>", "c", "not this"),
    ("clear-field",           Blocked,  "t", "<ctrl-u>", "no source: write"),
    ("close",                 Blocked,  "P", "<esc>", "Selected rule"),
    ("complete",              Blocked,  "/news<enter>e<tab><tab><ctrl-u>serv", "<tab>", "1 case changes"),
    ("copy-compiled",         Blocked,  "/news<enter>", "Y", "of `news` for Suricata"),
    ("copy-here",             Blocked,  "/news<enter> /time<enter>", "C", "11 rules in 3 groups"),
    ("copy-request",          Blocked,  "<tab>", "Y", "copied: sekisho try"),
    ("copy-rule",             Blocked,  "/news<enter>", "y", "copied: `news`"),
    ("copy-sentence",         Blocked,  "<tab>", "y", "copied: the sentence"),
    ("definitions",           Blocked,  "", "P", "everything but its rules"),
    ("delete-case",           Blocked,  "<tab><tab><tab>", "d", "7 ok"),
    ("delete-definition",     Blocked,  "PG", "d", "`servers deliver by sftp`: done"),
    ("delete-rule",           Blocked,  "/packages<enter>", "d", "9 rules in 3 groups"),
    ("discard-and-leave",     Blocked,  "/news<enter>xq", "d", LEFT),
    ("discard-left-behind",   LeftBehind, "", "d", "list:updates"),
    ("down",                  Blocked,  "gj", "j", "»  ▾ 200"),
    ("duplicate-rule",        Blocked,  "/news<enter>", "c", "news-copy"),
    ("edit-case",             Blocked,  "<tab><tab><tab>", "e", "Case the wiki can be read"),
    ("edit-definition",       Blocked,  "P", "e", "esc cancel"),
    ("edit-rule",             Blocked,  "/news<enter>", "e", "protocols"),
    ("filter",                Blocked,  "w", "/", "only rows with"),
    ("first",                 Blocked,  "G", "g", "»  ▾ 100"),
    ("fold",                  Blocked,  "g", "h", "▸ 100"),
    ("go-to-deciding-rule",   Blocked,  "G", ".", "»  2 200 / 1"),
    ("group-priority",        Blocked,  "g", "p", "Priority of block-list"),
    ("help",                  Blocked,  "", "?", "type to find"),
    ("keep-both",             BothChanged, "<ctrl-s>", "m", "merge the changes of the file: done"),
    ("logs",                  Blocked,  "", "R", "Logs to hold against the policy"),
    ("other-logs",            Logs,     "", "o", "Logs to hold against the policy"),
    ("replay-again",          Logs,     "<esc>/news<enter>dR", "r", "31   43.6 %"),
    ("stop-replay",           Reading,  "", "x", "what was counted until now is kept"),
    ("suggest-rules",         Logs,     "", "s", "Rules made of the logs"),
    ("hint",                  Lessons,  "<ctrl-l><enter><enter>a<enter>d<enter>", "h", "Hint 1"),
    ("leave-lesson",          Lessons,  "<ctrl-l><enter>", "q", "Lessons, 0 of 29 done"),
    ("lessons",               Lessons,  "", "<ctrl-l>", "Lessons, 0 of 29 done"),
    ("next-step",             Lessons,  "<ctrl-l><enter>", "<enter>", "a  works, passed by wiki"),
    ("skip-step",             Lessons,  "<ctrl-l><enter><enter>", "<right>", "https://news.example"),
    ("tour",                  Blocked,  "", "<ctrl-t>", "Tour 1 of 5"),
    ("next-stop",             Blocked,  "<ctrl-t>", "<enter>", "Tour 2 of 5"),
    ("stop-before",           Blocked,  "<ctrl-t><enter>", "<backspace>", "Tour 1 of 5"),
    ("end-tour",              Blocked,  "<ctrl-t>", "<esc>", "the tour is over"),
    ("step-back",             Lessons,  "<ctrl-l><enter><enter>", "<left>", "the rules are asked from top to bottom"),
    ("keep-case",             Blocked,  "", "<ctrl-k>", "Keep"),
    ("last",                  Blocked,  "g", "G", "» 10 300 / 2"),
    ("leave-field",           Blocked,  "t", "<esc>", "m carry"),
    ("load-case",             Blocked,  "<tab><tab><tab>j", "<enter>", "trying `nobody uploads to the wiki`"),
    ("mark",                  Blocked,  "/news<enter>", " ", "1 rule marked"),
    ("mark-group",            Blocked,  "/news<enter>", "B", "7 rules marked"),
    ("mark-range",            Blocked,  "/news<enter> jj", "r", "3 rules marked"),
    ("move-here",             Blocked,  "/news<enter> G", "H", "`news`"),
    ("move-rule-down",        Blocked,  "/news<enter>", "J", "»  5 200 / 4"),
    ("move-rule-up",          Blocked,  "/news<enter>", "K", "»  3 200 / 2"),
    ("new-case",              Blocked,  "<tab><tab><tab>", "n", "New case"),
    ("new-hand-written-rule", Blocked,  "/news<enter>", "i", "suricata  pass tls"),
    ("new-rule",              Blocked,  ".", "n", "New rule in web"),
    ("next-field",            Blocked,  "Pjje", "<down>", "the networks that belong to it"),
    ("next-language",         Blocked,  "", "L", "ルール"),
    ("next-match",            Blocked,  "/wiki<enter>", "n", "»  3 200 / 2"),
    ("next-pane",             Blocked,  "", "<tab>", "k keep"),
    ("next-tab",              Blocked,  "w", "<tab>", "enter make the edit"),
    ("next-theme",            Blocked,  "", "T", "theme"),
    ("open",                  Blocked,  "g", "<enter>", "▸ 100"),
    ("other-clients",         Blocked,  "", "v", "clients"),
    ("other-verdict",         Blocked,  "<ctrl-k>", "<tab>", "it expects reject"),
    ("page-down",             Blocked,  "g", "<pgdn>", "»  ▾ 300"),
    ("page-up",               Blocked,  "G", "<pgup>", "»  ▾ 200"),
    ("palette",               Blocked,  "", ":", "Actions"),
    ("pick-up",               Blocked,  "/news<enter>", "m", "carrying"),
    ("access",                Blocked,  "", "A", "What reaches what?"),
    ("access-of-rule",        Blocked,  "/news<enter>", "a", "is reached"),
    ("go-to-rule",            Blocked,  "/sftp<enter>aj", ".", "»  1"),
    ("matrix",                Blocked,  "", "M", "Who reaches what"),
    ("left",                  Blocked,  "Mll", "h", "servers →"),
    ("right",                 Blocked,  "M", "l", "servers →"),
    ("previous-field",        Blocked,  "Pjje<down><down>", "<up>", "the networks that belong to it"),
    ("previous-match",        Blocked,  "/wiki<enter>n", "N", "»  2 200 / 1"),
    ("previous-pane",         Blocked,  "", "<shift-tab>", "enter try it"),
    ("previous-tab",          Blocked,  "w<tab>", "<shift-tab>", "Decided it"),
    ("put-back",              Blocked,  "/news<enter>m<down>", "<esc>", "»  4 200 / 3"),
    ("put-down",              Blocked,  "/news<enter>m<down>", "<enter>", "move `news`"),
    ("quit",                  Blocked,  "", "q", LEFT),
    ("redo",                  Blocked,  "/packages<enter>du", "<ctrl-r>", "9 rules in 3 groups"),
    ("restore",               LeftBehind, "", "r", "restore the unsaved changes: done"),
    ("restore-and-keep-newer", LeftBehindAndChanged, "", "m", "restore the unsaved changes"),
    ("save",                  Blocked,  "/news<enter>x", "<ctrl-s>", "saved"),
    ("save-and-leave",        Blocked,  "/news<enter>xq", "s", LEFT),
    ("save-as",               Blocked,  "", "S", "Save as"),
    ("search",                Blocked,  "", "/", "go there"),
    ("show-changes",          Blocked,  "/news<enter>x", "D", "enabled: false"),
    ("show-difference",       BothChanged, "<ctrl-s>", "v", "name: second-steps"),
    ("show-findings",         Findings, "", "F", "Findings: 3 warnings"),
    ("show-second-opinion",   Blocked,  "", "V", "no engine is asked here"),
    ("space-groups",          Blocked,  "", "=", "have these gaps already"),
    ("take-theirs",           BothChanged, "<ctrl-s>", "t", "take the text of the file: done"),
    ("to-answer",             Blocked,  "t", "<enter>", "y copy"),
    ("to-rules",              Blocked,  "<tab>", "<esc>", "m carry"),
    ("toggle-rule",           Blocked,  "/news<enter>", "x", "disable `news`"),
    ("type-request",          Blocked,  "", "t", "ctrl-u empty"),
    ("undo",                  Blocked,  "/packages<enter>d", "u", "10 rules in 3 groups"),
    ("unfold",                Blocked,  "gh", "l", "▾ 100"),
    ("unmark",                Blocked,  "/news<enter> ", "<esc>", "m carry   e edit"),
    ("up",                    Blocked,  "gj", "k", "»  ▾ 100"),
    ("what-would-change-it",  Blocked,  "", "f", "What would let it through"),
    ("why",                   Blocked,  "<tab>", "w", "Why"),
    ("why-not-this-rule",     Blocked,  "/news<enter>", "w", "Why"),
    ("write-mine",            BothChanged, "<ctrl-s>", "w", "saved to"),
];

fn opened(opened: Opened) -> (Option<Desk>, Harness) {
    match opened {
        Blocked => {
            let desk = Desk::new();
            let mut screen = desk.open();
            screen.ask("10.1.2.3", "https://upload.wiki.example");
            (Some(desk), screen)
        }
        Lessons => {
            let mut screen = Harness::sample("first-steps");
            screen.screen = screen.screen.with_lessons(Progress::read(None), false);
            (None, screen.drawn())
        }
        Logs => {
            let mut screen = Harness::sample("first-steps");
            screen.press(&format!("R{}<enter>", super::logs::LOG));
            (None, screen)
        }
        Reading => (None, super::logs::reading()),
        Findings => (None, Harness::text(super::findings::POLICY)),
        BothChanged => {
            let (desk, screen) = both_changed();
            (Some(desk), screen)
        }
        LeftBehind | LeftBehindAndChanged => {
            let desk = cut_off();
            if matches!(opened, LeftBehindAndChanged) {
                desk.others_change("name: first-steps", "name: second-steps");
            }
            let screen = desk.open();
            (Some(desk), screen)
        }
    }
}

/// The keys of each action, by its name, as the page of the documentation lists them.
fn table() -> Vec<(String, String)> {
    let (page, problems) = sekisho::tui::keys_markdown(&Settings::of(""), Lang::English);
    assert!(problems.is_empty(), "{problems:?}");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(" | ").collect();
        let (first, last) = (cells.first().unwrap(), cells.last().unwrap());
        (last.trim_end_matches(" |").trim_matches('`').to_owned(), first[2..].to_owned())
    };
    rows.map(row).collect()
}

/// A key as the page writes it.
fn shown(key: &str) -> String {
    let name = match key {
        "<down>" => "↓",
        "<up>" => "↑",
        "<left>" => "←",
        "<right>" => "→",
        "<pgdn>" => "page down",
        "<pgup>" => "page up",
        " " => "space",
        other => other.trim_start_matches('<').trim_end_matches('>'),
    };
    format!("`{name}`")
}

#[test]
fn every_action_is_tried_by_its_key() {
    let table = table();
    assert!(table.len() > 100, "{table:?}");
    for (name, _) in &table {
        assert!(TRIALS.iter().any(|trial| trial.0 == name), "`{name}` is not tried by its key");
    }
    for (name, _, _, key, _) in TRIALS {
        let has = |(of, keys): &(String, String)| of == name && keys.contains(&shown(key));
        assert!(table.iter().any(has), "`{key}` is no key of `{name}`");
    }
}

#[test]
fn key_of_every_action_does_what_its_name_says() {
    let mut failed = Vec::new();
    for (name, what, before, key, seen) in TRIALS {
        let (_desk, mut screen) = opened(*what);
        screen.press(before);
        let was = screen.to_string();
        let left = screen.press(key);
        let is = screen.to_string();
        let done = match *seen {
            LEFT => left,
            text => !was.contains(text) && is.contains(text),
        };
        if !done {
            failed.push(format!("`{name}`: `{before}` then `{key}`, left: {left}\n{was}\n{is}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
