//! Arguments in, exit code out.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use sekisho::cli::{self, Args, Command, Exit, Streams};
use sekisho::tui;
use sekisho::workbench::{
    FileError, Input, Journals, Session, Settings, ThemeName, locale_language, state_folder,
};

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
    let settings = Settings::read(args.config.as_deref());
    let liked = settings.as_ref().ok().and_then(|settings| settings.language);
    let lang = args.lang.map(Into::into).or(liked).unwrap_or_else(locale_language);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let coloured = colour && io::stderr().is_terminal();
    let journals = state_folder().map(|folder| Journals::in_folder(folder.join("journals")));
    let mut streams = Streams { out: &mut out, err: &mut err, colour: coloured, lang, journals };
    let exit = match (settings, &args.command) {
        (Err(FileError(said)), _) => {
            writeln!(streams.err, "error: {}", said.say(lang)).map(|()| Exit::Failed)
        }
        (Ok(settings), Some(Command::Keys)) => keys(&settings, &mut streams),
        (Ok(settings), Some(Command::Learn(learn))) if learn.on_screen() => {
            workbench(&args, settings, &mut streams, colour)
        }
        (Ok(_), Some(command)) => cli::run(command, &mut streams),
        (Ok(settings), None) => workbench(&args, settings, &mut streams, colour),
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

/// Prints every key, and what is wrong with the settings.
fn keys(settings: &Settings, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let (page, problems) = tui::keys_markdown(settings, streams.lang);
    streams.out.write_all(page.as_bytes())?;
    cli::report_settings(&problems, settings, streams)
}

/// Opens the terminal workbench.
fn workbench(
    args: &Args,
    settings: Settings,
    streams: &mut Streams<'_>,
    colour: bool,
) -> io::Result<Exit> {
    let input = Input::from_argument(args.file.as_deref());
    let rules = args.rules.options();
    let opened = match &streams.journals {
        Some(journals) => Session::open_with_journal(&input, &rules, journals),
        None => Session::open(&input, &rules),
    };
    match opened {
        Ok(session) => {
            let term = |name| std::env::var(name).ok();
            let (colorterm, kind) = (term("COLORTERM"), term("TERM"));
            let colours = tui::Colours::of(!colour, colorterm.as_deref(), kind.as_deref());
            let suits = ThemeName::of_terminal();
            let learn = args.command.is_some();
            let quiz = match &args.command {
                Some(Command::Learn(learn)) => (learn.seed, learn.difficulty),
                _ => (1, 1),
            };
            let lang = streams.lang;
            let options = tui::Options { colours, suits, learn, quiz, lang, settings };
            tui::run(session, &options).map(|()| Exit::Fine)
        }
        Err(error) => {
            cli::report(&error, &input.name(), streams)?;
            Ok(cli::exit(&error))
        }
    }
}
