//! Whatever is typed, pasted, clicked: the workbench stands, its text is a policy, and nothing raw reaches the screen.

use std::fs;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sekisho::interop::RulesOptions;
use sekisho::learn::Progress;
use sekisho::messages::printable;
use sekisho::policy::Document;
use sekisho::tui::{Beside, Colours, Input, Key, Screen, Theme};
use sekisho::workbench::{Input as From, Journals, Session};

const SAMPLES: [&str; 3] = [
    include_str!("../../samples/first-steps/policy.yaml"),
    include_str!("../../samples/action-order/policy.yaml"),
    include_str!("../fixtures/policies/stateless.yaml"),
];

/// Keys that have a name; the other bytes are the character that they are.
const NAMED: [Key; 14] = [
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::Delete,
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
];

/// What may be pasted.
const PASTED: [&str; 8] = [
    "10.2.3.4 https://api.bank.example",
    "https://upload.wiki.example/a",
    "{\"event\":{\"event_type\":\"alert\",\"src_ip\":\"10.1.2.3\",\"dest_ip\":\"203.0.113.7\",\"dest_port\":443,\"proto\":\"TCP\",\"tls\":{\"sni\":\"news.example\"},\"alert\":{\"action\":\"blocked\"}}}",
    "\u{1b}[2J\u{202e}\u{7}\r\n",
    "name: [",
    "関所, été",
    "any",
    ".wiki.example, list:updates",
];

/// Sizes of the terminal; it may become any of them.
const SIZES: [(u16, u16); 5] = [(120, 40), (80, 24), (60, 20), (12, 4), (1, 1)];

/// Two bytes are one input: what it is, and which.
fn input(kind: u8, which: u8) -> Input {
    let named = NAMED[usize::from(which) % NAMED.len()];
    let character = char::from(b' ' + which % 95);
    match kind % 16 {
        0..=6 => Input::Key(Key::Char(character)),
        7..=10 => Input::Key(named),
        11 => Input::Key(Key::Ctrl(char::from(b'a' + which % 26))),
        12 => Input::Paste(PASTED[usize::from(which) % PASTED.len()].to_owned()),
        13 => Input::Click(u16::from(which) / 2, u16::from(kind) / 4),
        14 => Input::Wheel(u16::from(which) / 2, u16::from(kind) / 4, isize::from(which % 7) - 3),
        _ if which.is_multiple_of(2) => Input::Focus,
        _ => Input::Resize,
    }
}

/// Types what the bytes say into the workbench.
pub fn keys(bytes: &[u8]) {
    let [sample, inputs @ ..] = bytes else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    fs::write(&path, SAMPLES[usize::from(*sample) % SAMPLES.len()]).unwrap();
    let journals = Journals::in_folder(folder.path().join("journals"));
    let session =
        Session::open_with_journal(&From::File(path), &RulesOptions::default(), &journals);
    let lessons = sample / 3 % 2 == 1;
    // What takes long is not begun: it has tests of its own, and keys must do without.
    let mut screen = Screen::new(session.unwrap(), Theme::new(Colours::Any), Beside::held())
        .with_lessons(Progress::default(), lessons);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    for pair in inputs.chunks_exact(2).take(120) {
        let input = input(pair[0], pair[1]);
        if input == Input::Resize {
            let (columns, rows) = SIZES[usize::from(pair[1] / 2) % SIZES.len()];
            terminal.backend_mut().resize(columns, rows);
        }
        if would_write_elsewhere(&screen, &input) {
            continue;
        }
        if screen.take(input) {
            return;
        }
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        for cell in terminal.backend().buffer().content() {
            assert_eq!(printable(cell.symbol()), cell.symbol(), "something is drawn raw");
        }
        let session = &screen.app().session;
        let again = Document::read(session.text().to_owned());
        let again = again.unwrap_or_else(|problems| panic!("{problems:?}\n{}", session.text()));
        assert!(again.policy() == session.policy(), "the model is not what the text says");
    }
}

/// Whether it would write a file of any name anywhere.
fn would_write_elsewhere(screen: &Screen, input: &Input) -> bool {
    *input == Input::Key(Key::Enter)
        && screen.app().overlays.last().is_some_and(|top| format!("{top:?}").starts_with("SaveAs"))
}
