//! The terminal: taken over, read, drawn to, and given back whatever happens.

use std::io::{self, Stdout, stdout};
use std::panic;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::Options;
use super::action::Action;
use super::beside::Beside;
use super::input::{Input, input};
use super::opinion::ask_installed;
use super::screen::Screen;
use super::theme::Theme;
use super::worker::{self, Reply};
use crate::learn::Progress;
use crate::messages::screen as say;
use crate::second_opinion::Engine;
use crate::workbench::{Session, Watch, data_folder};

/// How long a change of the file by others may go unnoticed: one look at its size and time costs next to nothing.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// What the loop waits for.
enum Happening {
    /// Something was done at the terminal.
    Input(Input),
    /// Something was done beside the screen.
    Done(Action),
    /// The terminal cannot be read any more.
    Lost(io::Error),
    /// The system asks the process to end.
    Ended,
    /// The shell asks the process to stop for a while.
    Suspended,
}

/// A terminal that was taken over; dropping it gives it back.
struct Taken {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Taken {
    fn take() -> io::Result<Self> {
        restore_on_panic();
        // From here on a failure has something to give back.
        let entered = enter().and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
        entered.map(|terminal| Self { terminal }).inspect_err(|_| restore())
    }
}

impl Taken {
    /// Forgets what was drawn, so that all of it is drawn again. (`Terminal::clear` would ask the terminal where its
    /// cursor is, while the keyboard is read elsewhere.)
    fn forget(&mut self) -> io::Result<()> {
        self.terminal.swap_buffers();
        execute!(stdout(), Clear(ClearType::All))
    }

    /// Gives the terminal back, stops as the shell asked, and takes it again when the shell lets the process go on.
    fn suspend(&mut self) -> io::Result<()> {
        restore();
        stop()?;
        enter()?;
        self.forget()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal over.
fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableMouseCapture,
        EnableBracketedPaste,
        EnableFocusChange
    )
}

/// Gives the terminal back. What fails is passed over: the terminal may be gone.
fn restore() {
    let _ = execute!(
        stdout(),
        DisableFocusChange,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        ratatui::crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
}

/// A panic is only readable on the terminal as it was. One beside the screen does not end it: the screen tells of it.
fn restore_on_panic() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(worker::THREAD) {
            restore();
            before(info);
        }
    }));
}

/// Shows the workbench until it is left.
///
/// # Errors
/// When the terminal cannot be used, or the system ended the process.
pub fn run(session: Session, theme: Theme, options: &Options) -> io::Result<()> {
    let (sender, happenings) = mpsc::channel();
    listen_for_signals(sender.clone())?;
    let mut taken = Taken::take()?;
    // From here on the terminal tells when its size changes; nobody listens before the first look.
    event::poll(Duration::ZERO)?;
    let done = sender.clone();
    let reply: Reply = Arc::new(move |action| drop(done.send(Happening::Done(action))));
    let engine = ask_installed(Engine::default());
    let beside = Beside::meanwhile(&reply).with_engine(engine);
    let of_file = session.watch();
    let mut screen = Screen::new(session, theme, beside)
        .with_settings(&options.settings)
        .in_language(options.lang)
        .with_lessons(Progress::read(data_folder().as_deref()), options.learn)
        .with_quiz(options.quiz.0, options.quiz.1.max(1));
    if !options.learn {
        screen = screen.with_tour();
    }

    let looks = sender.clone();
    thread::spawn(move || watch(&of_file, &looks));
    thread::spawn(move || read(&sender));
    loop {
        taken.terminal.draw(|frame| screen.draw(frame))?;
        let next = take_all(&mut screen, &happenings)?;
        if let Some(text) = screen.take_clipboard() {
            execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?;
        }
        match next {
            Next::Draw => {}
            Next::DrawAnew => taken.forget()?,
            Next::Suspend => taken.suspend()?,
            Next::Leave => return Ok(()),
        }
    }
}

/// What to do after everything that happened was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Draw what differs.
    Draw,
    /// Draw all: a terminal that shrank and grew between two frames has lost what stood at its edges.
    DrawAnew,
    /// Stop until the shell lets it go on.
    Suspend,
    /// Leave.
    Leave,
}

/// Waits for something to happen, then takes all that has happened meanwhile.
fn take_all(screen: &mut Screen, happenings: &Receiver<Happening>) -> io::Result<Next> {
    let mut next = Next::Draw;
    let first =
        happenings.recv().map_err(|_| io::Error::other(say::TERMINAL_LOST.say(screen.lang())))?;
    for happening in std::iter::once(first).chain(happenings.try_iter()) {
        match happening {
            Happening::Input(input) => {
                if matches!(input, Input::Resize) {
                    next = Next::DrawAnew;
                }
                if screen.take(input) {
                    return Ok(Next::Leave);
                }
            }
            Happening::Done(action) => {
                screen.act(action);
            }
            Happening::Lost(error) => {
                screen.cut_off();
                return Err(error);
            }
            Happening::Ended => {
                return Err(io::Error::other(screen.cut_off()));
            }
            Happening::Suspended => return Ok(Next::Suspend),
        }
    }
    Ok(next)
}

/// Reads the terminal for as long as somebody listens.
fn read(sender: &Sender<Happening>) {
    loop {
        let happening = match event::read() {
            Ok(event) => match input(event) {
                Some(input) => Happening::Input(input),
                None => continue,
            },
            Err(error) => Happening::Lost(error),
        };
        let lost = matches!(happening, Happening::Lost(_));
        if sender.send(happening).is_err() || lost {
            return;
        }
    }
}

/// Tells when the file was touched, for as long as somebody listens. A file on a disk that does not answer keeps
/// nobody waiting but this thread.
fn watch(file: &Watch, sender: &Sender<Happening>) {
    loop {
        thread::sleep(BETWEEN_LOOKS);
        if file.was_touched() && sender.send(Happening::Done(Action::LookAtDisk)).is_err() {
            return;
        }
    }
}

#[cfg(unix)]
fn listen_for_signals(sender: Sender<Happening>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGTSTP])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let happening = if signal == SIGTSTP { Happening::Suspended } else { Happening::Ended };
            if sender.send(happening).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Stops the process until it gets `SIGCONT`.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn listen_for_signals(_sender: Sender<Happening>) -> io::Result<()> {
    Ok(())
}
