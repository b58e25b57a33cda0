use std::io;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Args, Exit, Streams};

/// Prints what lets a shell complete commands, options and values; it is read in the shell's own start file or folder.
pub fn completions(shell: Shell, streams: &mut Streams<'_>) -> io::Result<Exit> {
    // Written whole at once: the generator panics where a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "sekisho", &mut script);
    streams.out.write_all(&script)?;
    Ok(Exit::Fine)
}

/// Prints the manual page, in roff: of the program, and behind it of each command.
pub fn man(streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut program = Args::command();
    program.build();
    let page = clap_mangen::Man::new(program.clone());
    page.render(&mut streams.out)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        writeln!(streams.out, ".SH \"SEKISHO {}\"", command.get_name().to_uppercase())?;
        let page = clap_mangen::Man::new(command.clone());
        page.render_synopsis_section(&mut streams.out)?;
        page.render_description_section(&mut streams.out)?;
        page.render_options_section(&mut streams.out)?;
    }
    Ok(Exit::Fine)
}
