//! Arguments in, exit code out.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use sekisho::cli::{self, Args, Command, Exit, Streams};
use sekisho::messages::Lang;
use sekisho::tui;
use sekisho::workbench::{Input, Journals, Session, state_folder};

fn main() -> ExitCode {
    // clap would exit with 2 for wrong usage; here 2 means findings.
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
    };
    let colour = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let lang = args.lang.map_or_else(language, Into::into);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let coloured = colour && io::stderr().is_terminal();
    let journals = state_folder().map(|folder| Journals::in_folder(folder.join("journals")));
    let mut streams = Streams { out: &mut out, err: &mut err, colour: coloured, lang, journals };
    let exit = match &args.command {
        Some(Command::Keys) => write!(streams.out, "{}", tui::keys_markdown()).map(|()| Exit::Fine),
        Some(command) => cli::run(command, &mut streams),
        None => workbench(&args, &mut streams, colour),
    };
    let flushed = out.flush();
    match exit.and_then(|exit| flushed.map(|()| exit)) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(err, "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The language of the locale; English where it is another one.
fn language() -> Lang {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(named);
    locale.and_then(|locale| Lang::of_locale(&locale)).unwrap_or_default()
}

/// Opens the terminal workbench.
fn workbench(args: &Args, streams: &mut Streams<'_>, colour: bool) -> io::Result<Exit> {
    let input = Input::from_argument(args.file.as_deref());
    let rules = args.rules.options();
    let opened = match &streams.journals {
        Some(journals) => Session::open_with_journal(&input, &rules, journals),
        None => Session::open(&input, &rules),
    };
    match opened {
        Ok(session) => {
            let term = |name| std::env::var(name).ok();
            let (colorterm, term) = (term("COLORTERM"), term("TERM"));
            let colours = tui::Colours::of(!colour, colorterm.as_deref(), term.as_deref());
            tui::run(session, &tui::Options { colours }).map(|()| Exit::Fine)
        }
        Err(error) => {
            cli::report(&error, &input.name(), streams)?;
            Ok(cli::exit(&error))
        }
    }
}
