use std::path::{Path, PathBuf};

use super::lesson::Lesson;
use super::read::read_lesson;
use crate::diagnostic::Diagnostic;
use crate::workbench::{FileError, Input, folders_in, load};

/// Lessons that come with the program: folder, `lesson.yaml`, `policy.yaml`.
macro_rules! ours {
    ($($id:literal),* $(,)?) => {
        [$((
            $id,
            include_str!(concat!("../../assets/lessons/", $id, "/lesson.yaml")),
            include_str!(concat!("../../assets/lessons/", $id, "/policy.yaml")),
        )),*]
    };
}

/// In the order in which they are taught.
const OURS: [(&str, &str, &str); 29] = ours![
    "01-first-match",
    "02-groups",
    "03-alert-goes-on",
    "04-default-action",
    "05-reject",
    "06-action-order",
    "07-exact-and-dot",
    "08-star",
    "09-lookalikes",
    "10-upper-case",
    "11-trailing-dot",
    "12-host-with-port",
    "13-paths",
    "14-no-name",
    "15-syn-first",
    "16-lower-pass-wins",
    "17-split-hello",
    "18-both-directions",
    "19-quic",
    "20-keep-alive",
    "21-http-on-443",
    "22-home-net",
    "23-logging-passes",
    "24-shadowed",
    "25-who-asks",
    "26-from-squid",
    "27-numbers",
    "28-reading-the-log",
    "29-safe-change",
];

/// A folder that should be a lesson.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The folder.
    pub folder: PathBuf,
    /// The text of its `lesson.yaml`.
    pub text: String,
    /// The text of its `policy.yaml`.
    pub policy: String,
    /// The lesson, or everything that is wrong with its file.
    pub lesson: Result<Lesson, Vec<Diagnostic>>,
}

impl Shelf {
    fn of(folder: PathBuf, text: String, policy: String) -> Self {
        let id = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let lesson = read_lesson(&id, &text, &policy);
        Self { folder, text, policy, lesson }
    }
}

/// The lessons that come with the program.
#[must_use]
pub fn shelf() -> Vec<Shelf> {
    let of = |(id, text, policy): &(&str, &str, &str)| {
        Shelf::of(PathBuf::from(id), (*text).to_owned(), (*policy).to_owned())
    };
    OURS.iter().map(of).collect()
}

/// The lessons in a folder: each a folder with `lesson.yaml` and `policy.yaml`.
///
/// # Errors
/// [`FileError`] when something cannot be read.
pub fn folder(path: &Path) -> Result<Vec<Shelf>, FileError> {
    let lessons = folders_in(path, "lesson.yaml")?.into_iter();
    let read = |folder: PathBuf| {
        let text = load(&Input::File(folder.join("lesson.yaml")))?;
        let policy = load(&Input::File(folder.join("policy.yaml")))?;
        Ok(Shelf::of(folder, text, policy))
    };
    lessons.map(read).collect()
}
