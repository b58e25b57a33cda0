use std::io;
use std::path::Path;

use super::args::LearnArgs;
use super::open::print;
use super::{Exit, Streams};
use crate::learn::{Lesson, Progress, Shelf, faults, folder, handout, question, shelf};
use crate::messages::{learn as say, printable};
use crate::workbench::{FileError, data_folder, write_new};

/// Lists the lessons, checks a team's own, or writes a handout.
pub fn run(args: &LearnArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if let Some(path) = &args.check {
        return check(path, streams);
    }
    if let Some(path) = &args.export {
        return export(path, args.force, streams);
    }
    if let Some(number) = args.quiz {
        return quiz(number, args, streams);
    }
    list(streams)
}

/// Questions of the quiz as a handout.
fn quiz(number: u64, args: &LearnArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let made = (1..=number).filter_map(|at| question(args.seed, at, args.difficulty));
    let lessons: Vec<Lesson> = made.map(|question| question.lesson).collect();
    let lessons: Vec<&Lesson> = lessons.iter().collect();
    write!(streams.out, "{}", handout(&lessons, streams.lang))?;
    Ok(Exit::Fine)
}

/// One lesson a line: whether it is done, its id, its part, its title.
fn list(streams: &mut Streams<'_>) -> io::Result<Exit> {
    let progress = Progress::read(data_folder().as_deref());
    for lesson in shelf().iter().filter_map(|shelf| shelf.lesson.as_ref().ok()) {
        let mark = if progress.done.contains(&lesson.id) { "x" } else { " " };
        let part = lesson.part.word();
        let title = lesson.title.say(streams.lang);
        writeln!(streams.out, "[{mark}] {:<26} {part:<12} {title}", lesson.id)?;
    }
    Ok(Exit::Fine)
}

/// Asks the engine about every claim of the lessons in a folder.
fn check(path: &Path, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let shelves = match folder(path) {
        Ok(shelves) => shelves,
        Err(FileError(said)) => return streams.error(&said, Exit::Failed),
    };
    if shelves.is_empty() {
        let (message, help) = say::no_lessons(&printable(&path.display().to_string()));
        streams.error(&message, Exit::Failed)?;
        writeln!(streams.err, "help: {}", help.say(streams.lang))?;
        return Ok(Exit::Failed);
    }
    let mut wrong = 0;
    for shelf in &shelves {
        wrong += usize::from(!is_right(shelf, streams)?);
    }
    let said = match wrong {
        0 => say::all_right(shelves.len()),
        wrong => say::some_wrong(wrong, shelves.len()),
    };
    writeln!(streams.out, "{}", said.say(streams.lang))?;
    Ok(if wrong == 0 { Exit::Fine } else { Exit::Invalid })
}

/// Prints what is wrong with a lesson.
fn is_right(shelf: &Shelf, streams: &mut Streams<'_>) -> io::Result<bool> {
    let file = |name: &str| shelf.folder.join(name).display().to_string();
    let how = (streams.lang, streams.colour);
    match &shelf.lesson {
        Err(problems) => {
            print(problems, &file("lesson.yaml"), &shelf.text, streams.err, how)?;
            Ok(false)
        }
        Ok(lesson) => {
            let found = faults(lesson);
            print(&found.lesson, &file("lesson.yaml"), &shelf.text, streams.err, how)?;
            print(&found.policy, &file("policy.yaml"), &shelf.policy, streams.err, how)?;
            Ok(found.is_empty())
        }
    }
}

/// Writes all lessons as one handout.
fn export(path: &Path, force: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let shelves = shelf();
    let lessons: Vec<&Lesson> = shelves.iter().filter_map(|s| s.lesson.as_ref().ok()).collect();
    let file = path.join(format!("lessons.{}.md", streams.lang.code()));
    let text = handout(&lessons, streams.lang);
    let name = printable(&file.display().to_string()).into_owned();
    match write_new(&[(file, text)], Some(path), force) {
        Ok(()) => {
            writeln!(streams.out, "{}", say::written(lessons.len(), &name).say(streams.lang))?;
            Ok(Exit::Fine)
        }
        Err(FileError(said)) => streams.error(&said, Exit::Failed),
    }
}
