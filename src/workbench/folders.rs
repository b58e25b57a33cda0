use std::path::PathBuf;

use directories::ProjectDirs;

/// Where the system keeps what a program remembers between two runs and nobody needs to back up; nothing where it
/// knows no such place.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    let folders = ProjectDirs::from("", "", "sekisho")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

/// Where the operator's settings are; nothing where the system knows no such place.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "sekisho")?.config_dir().to_owned())
}

/// Where the system keeps what a person has made with a program, such as how far they are with lessons; nothing where
/// it knows no such place.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "sekisho")?.data_dir().to_owned())
}
