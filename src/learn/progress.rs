use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::quiz::Difficulty;
use crate::workbench::{FileError, Input, load, write_new};

/// How far somebody is: kept in the folder that the system has for a user's data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The lessons that were finished, by id.
    pub done: BTreeSet<String>,
    /// The step at which an unfinished lesson was left, from 0.
    pub at: BTreeMap<String, usize>,
    /// The first step of an unfinished lesson that was passed over, from 0.
    pub skipped: BTreeMap<String, usize>,
    /// Answers of the quiz by topic: right ones, and all.
    pub quiz: BTreeMap<String, (u32, u32)>,
    /// How far the questions were answered, by seed and difficulty as `7/2`: whoever begins with a seed begins with its
    /// first question.
    pub asked: BTreeMap<String, usize>,
    /// Whether the tour was begun once.
    pub tour: bool,
    /// Where it is kept; nowhere: it is forgotten at the end.
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Progress {
    /// What is known of the person whose files are in `folder`. What cannot be read counts as nothing known but that
    /// somebody has been here, and is written over only when there is something to keep.
    #[must_use]
    pub fn read(folder: Option<&Path>) -> Self {
        let file = folder.map(|folder| folder.join("lessons.json"));
        let text = file.as_ref().and_then(|file| load(&Input::File(file.clone())).ok());
        let is_there = file.as_ref().is_some_and(|file| file.exists());
        let nothing = Self { tour: is_there, ..Self::default() };
        let known = text.and_then(|text| serde_json::from_str(&text).ok());
        Self { file, ..known.unwrap_or(nothing) }
    }

    /// Whether the tour is to begin of itself: once, and only where it can be written down that it did.
    pub fn first_start(&mut self) -> bool {
        if self.tour || self.file.is_none() {
            return false;
        }
        self.tour = true;
        self.keep().is_ok()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be written.
    pub fn keep(&self) -> Result<(), FileError> {
        let Some(file) = &self.file else { return Ok(()) };
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_new(&[(file.clone(), text + "\n")], file.parent(), true)
    }

    /// Notes that a lesson is at this step; `last`: that it is finished.
    pub fn at_step(&mut self, lesson: &str, step: usize, last: bool) {
        if last {
            self.done.insert(lesson.to_owned());
            self.at.remove(lesson);
            self.skipped.remove(lesson);
        } else {
            self.at.insert(lesson.to_owned(), step);
        }
    }

    /// Notes which step of a lesson was passed over first, or that none is any more.
    pub fn passed_over(&mut self, lesson: &str, step: Option<usize>) {
        match step {
            Some(step) => self.skipped.insert(lesson.to_owned(), step),
            None => self.skipped.remove(lesson),
        };
    }

    /// Which question of a quiz comes next, from 0.
    #[must_use]
    pub fn asked(&self, seed: u64, difficulty: Difficulty) -> usize {
        self.asked.get(&quiz(seed, difficulty)).copied().unwrap_or_default()
    }

    /// Notes the answer to a question, told by its number from 0, in the quiz of that seed and difficulty.
    pub fn answered(
        &mut self,
        (seed, difficulty): (u64, Difficulty),
        number: usize,
        topic: &str,
        right: bool,
    ) {
        let asked = self.asked.entry(quiz(seed, difficulty)).or_default();
        *asked = (*asked).max(number + 1);
        let (good, all) = self.quiz.entry(topic.to_owned()).or_default();
        *good += u32::from(right);
        *all += 1;
    }
}

fn quiz(seed: u64, difficulty: Difficulty) -> String {
    format!("{seed}/{difficulty}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        let mut progress = Progress::read(Some(&folder));
        progress.at_step("one", 3, false);
        progress.at_step("two", 4, true);
        progress.answered((7, 2), 0, "order", true);
        // The second was passed over.
        progress.answered((7, 2), 2, "order", false);
        progress.keep().unwrap();
        let again = Progress::read(Some(&folder));
        assert_eq!(again, progress);
        assert_eq!(again.quiz["order"], (1, 2));
        assert_eq!((again.asked(7, 2), again.asked(7, 1), again.asked(8, 2)), (3, 0, 0));
        assert!(again.done.contains("two") && again.at["one"] == 3);
    }

    #[test]
    fn broken_file_is_nothing_known() {
        let folder = tempfile::tempdir().unwrap();
        for broken in [b"{".as_slice(), b"\xff"] {
            std::fs::write(folder.path().join("lessons.json"), broken).unwrap();
            let mut progress = Progress::read(Some(folder.path()));
            assert!(progress.done.is_empty() && !progress.first_start());
        }
    }

    #[test]
    fn first_start_is_once_and_only_where_it_can_be_written_down() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!Progress::read(None).first_start());
        let blocked = folder.path().join("file");
        std::fs::write(&blocked, "").unwrap();
        assert!(!Progress::read(Some(&blocked)).first_start());
        let mut progress = Progress::read(Some(folder.path()));
        assert!(progress.first_start());
        assert!(!progress.first_start());
        assert!(!Progress::read(Some(folder.path())).first_start());
    }
}
