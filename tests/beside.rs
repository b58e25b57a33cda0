//! What is computed beside the screen: shown dimmed with `…` until it is there, and never as if it were of now.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sekisho::tui::{Beside, Colours, Role, Screen, Theme};
use sekisho::workbench::Session;

const THEME: Theme = Theme::new(Colours::Any);

/// `early` decides what `by-name` is about on the first packet: a finding, at `early`.
const POLICY: &str = "\
sekisho: 1
name: early
rule_order: strict
default_actions: [drop_established]
home_net: [10.0.0.0/8]
rule_groups:
  - name: first
    priority: 100
    rules:
      - {name: above, action: drop, from: 10.9.0.0/16, to: [other.example], sid: 9000}
      - {name: by-name, action: drop, from: any, to: [bad.example], sid: 10000}
      - name: early
        suricata: 'pass tcp $HOME_NET any -> any any (sid:20000;)'
";

/// The workbench with its work held until the test wants it done.
struct Bench {
    screen: Screen,
    terminal: Terminal<TestBackend>,
}

impl Bench {
    fn open(policy: &str) -> Self {
        let session = Session::scratch(policy.to_owned()).unwrap();
        let screen = Screen::new(session, THEME, Beside::held());
        let mut bench =
            Self { screen, terminal: Terminal::new(TestBackend::new(120, 36)).unwrap() };
        bench.draw();
        bench
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| self.screen.draw(frame)).unwrap();
    }

    fn press(&mut self, keys: &str) {
        self.screen.press(keys);
        self.draw();
    }

    fn settle(&mut self) {
        self.screen.settle();
        self.draw();
    }

    fn lines(&self) -> Vec<String> {
        self.to_string().lines().map(str::to_owned).collect()
    }

    fn sees(&self, text: &str) {
        assert!(self.to_string().contains(text), "`{text}` is not on the screen\n{self}");
    }

    fn misses(&self, text: &str) {
        assert!(!self.to_string().contains(text), "`{text}` is on the screen\n{self}");
    }

    /// The row of the list that holds `text`, without its frame.
    fn row(&self, text: &str) -> String {
        let lines = self.lines();
        let found = lines.iter().find(|line| line.contains(text) && line.starts_with('│'));
        found.unwrap_or_else(|| panic!("`{text}` is in no row\n{self}")).chars().skip(1).collect()
    }

    /// The role of the first cell of `text`.
    fn has_role(&self, text: &str, role: Role) {
        let buffer = self.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        let symbols: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
        let at = (0..symbols.len()).find(|&at| {
            let end = at - at % width + width;
            symbols[at..end].concat().starts_with(text)
        });
        let at = at.unwrap_or_else(|| panic!("`{text}` is not on the screen\n{self}"));
        assert_eq!(buffer.content[at].style().fg, THEME.style(role).fg, "`{text}`: not {role:?}");
    }
}

impl fmt::Display for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let buffer = self.terminal.backend().buffer();
        for row in buffer.content.chunks(buffer.area.width.into()) {
            let line: String = row.iter().map(|cell| cell.symbol()).collect();
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[test]
fn findings_come_after_the_first_picture() {
    let mut bench = Bench::open(POLICY);
    bench.sees("problems …");
    bench.misses("1 problem");
    bench.settle();
    bench.sees("1 problem ");
    bench.has_role("1 problem", Role::Changed);
    bench.misses("…  ");
    assert!(bench.row("early").starts_with(" ! "), "{bench}");
    bench.has_role("! ", Role::Error);
}

#[test]
fn findings_of_the_policy_before_an_edit_are_dimmed_and_stay_with_their_rows() {
    let mut bench = Bench::open(POLICY);
    bench.settle();
    bench.press("d");
    bench.sees("1 problem …");
    bench.has_role("1 problem …", Role::Muted);
    assert!(bench.row("early").starts_with(" ! "), "{bench}");
    bench.has_role("! ", Role::Muted);
    bench.press("G");
    bench.has_role("row order is not kept", Role::Muted);
    bench.settle();
    bench.sees("1 problem ");
    bench.misses("1 problem …");
}

#[test]
fn finding_that_an_edit_mended_goes_when_somebody_has_looked() {
    let mut bench = Bench::open(POLICY);
    bench.settle();
    bench.press("Gx");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
}

#[test]
fn carried_rule_is_looked_at_where_it_would_be_put_down() {
    let mut bench = Bench::open(POLICY);
    bench.settle();
    bench.press("Gm<up><up>");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
    bench.press("<esc>");
    bench.sees("1 problem ");
    bench.misses("1 problem …");
    bench.press("m<up><up><enter>");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
}

#[test]
fn verdict_and_cases_do_not_wait() {
    let mut bench = Bench::open(POLICY);
    bench.press("t10.1.2.3<tab>https://bad.example<esc>");
    bench.sees("WORKS");
    bench.press("Gx");
    bench.sees("TIMES OUT");
    bench.sees("problems …");
}
