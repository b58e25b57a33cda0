//! The binary in a pseudo-terminal: keys go in, what a terminal would show comes out.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const ROWS: u16 = 36;
pub const COLUMNS: u16 = 120;
/// Long enough for a busy machine; nothing waits that long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const ESC: &str = "\x1b";
pub const ENTER: &str = "\r";
pub const TAB: &str = "\t";
pub const DOWN: &str = "\x1b[B";
pub const CTRL_S: &str = "\x13";

/// The workbench in a terminal of its own.
pub struct Workbench {
    pub master: Box<dyn MasterPty + Send>,
    pub keys: Box<dyn Write + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub terminal: Arc<Mutex<vt100::Parser>>,
    /// Every byte that was written to the terminal.
    pub written: Arc<Mutex<Vec<u8>>>,
    settings_before: String,
}

pub const fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

impl Workbench {
    /// Opens a policy; what is remembered between two runs is in `state` beside it.
    pub fn open(policy: &Path) -> Self {
        Self::open_with(policy, &[])
    }

    /// With these variables in its environment.
    pub fn open_with(policy: &Path, variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sekisho"));
        command.arg(policy);
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::run(command, policy.parent().unwrap())
    }

    /// As somebody who has seen the tour.
    pub fn run(command: CommandBuilder, folder: &Path) -> Self {
        let data = folder.join("data/sekisho");
        std::fs::create_dir_all(&data).unwrap();
        if !data.join("lessons.json").exists() {
            std::fs::write(data.join("lessons.json"), r#"{"tour": true}"#).unwrap();
        }
        Self::run_first(command, folder)
    }

    /// As somebody who may never have been here.
    pub fn run_first(mut command: CommandBuilder, folder: &Path) -> Self {
        let pty = native_pty_system().openpty(size(ROWS, COLUMNS)).unwrap();
        command.cwd(folder);
        command.env("XDG_STATE_HOME", folder.join("state"));
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_DATA_HOME", folder.join("data"));
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "en_US.UTF-8");
        command.env_remove("NO_COLOR");
        let settings_before = settings(&*pty.master);
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let terminal = Arc::new(Mutex::new(vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0)));
        let mut output = pty.master.try_clone_reader().unwrap();
        let screen = Arc::clone(&terminal);
        let written = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&written);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                all.lock().unwrap().extend_from_slice(&bytes[..n]);
                screen.lock().unwrap().process(&bytes[..n]);
            }
        });
        let keys = pty.master.take_writer().unwrap();
        Self { master: pty.master, keys, child, terminal, written, settings_before }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        if keys == ESC {
            // A terminal tells the key from the beginning of a longer sequence by the pause after it.
            thread::sleep(Duration::from_millis(100));
        }
    }

    pub fn screen(&self) -> String {
        self.terminal.lock().unwrap().screen().contents()
    }

    /// Waits until the screen is as it should be.
    pub fn wait(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if is_so(&self.screen()) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("waited in vain for: {what}\n{}", self.screen());
    }

    pub fn sees(&self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    pub fn resize(&self, rows: u16, columns: u16) {
        self.terminal.lock().unwrap().set_size(cells(rows), cells(columns));
        self.master.resize(size(rows, columns)).unwrap();
    }

    /// Asks a request in the test bar.
    pub fn ask(&mut self, from: &str, url: &str) {
        self.press("t");
        self.press("\x15");
        self.press(from);
        self.press(TAB);
        self.press("\x15");
        self.press(url);
        self.press(ESC);
        self.sees(url);
    }

    /// Moves the selection to the rule of this name.
    pub fn select(&mut self, rule: &str) {
        self.press("/");
        self.press(rule);
        self.press(ENTER);
    }

    pub fn signal(&self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let signal = format!("-{signal}");
        let sent = std::process::Command::new("kill").args([&signal, &id]).status().unwrap();
        assert!(sent.success());
    }

    pub fn wait_for_end(&mut self) {
        let begin = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(begin.elapsed() < PATIENCE, "it does not end\n{}", self.screen());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the end of the process and checks that the terminal is as it was before.
    pub fn ends(mut self) -> u32 {
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begin.elapsed() < PATIENCE, "it does not end\n{}", self.screen());
            thread::sleep(Duration::from_millis(20));
        };
        // What it wrote last may still be on the way.
        while self.terminal.lock().unwrap().screen().alternate_screen() {
            assert!(begin.elapsed() < PATIENCE, "the alternate screen is left behind");
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_millis(100));
        let terminal = self.terminal.lock().unwrap();
        let screen = terminal.screen();
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        self.left_the_line_as_it_was();
        status.exit_code()
    }

    pub fn left_the_line_as_it_was(&self) {
        assert_eq!(settings(&*self.master), self.settings_before, "raw mode is left on");
    }
}

impl Drop for Workbench {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// The line settings of the terminal: echo, line editing, signals.
fn settings(master: &dyn MasterPty) -> String {
    master
        .get_termios()
        .map(|t| format!("{:?} {:?}", t.local_flags, t.input_flags))
        .unwrap_or_default()
}

/// A copy of the sample in a folder of its own.
pub fn copy(folder: &Path) -> PathBuf {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/first-steps/policy.yaml");
    let path = folder.join("policy.yaml");
    fs::copy(sample, &path).unwrap();
    path
}
