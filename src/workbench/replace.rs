use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;

/// The steps of replacing a file, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A new file beside the old one.
    Create,
    /// Its bytes.
    Fill,
    /// Owner and mode of the old one.
    Mode,
    /// On the disk, not only in memory.
    Sync,
    /// It takes the old one's name.
    Rename,
    /// The name is on the disk too.
    SyncFolder,
}

/// Asked before each step; what it answers may stop the work there. Tests let steps fail with it.
pub type BeforeStep<'a> = &'a mut dyn FnMut(Step) -> io::Result<()>;

/// Puts a file with these bytes at `target`: whatever happens, the old or the new file is there, never neither.
///
/// `old` is what stands there now; its mode is kept, and its owner where the system lets us.
///
/// # Errors
/// When a step failed. The old file is untouched, unless only the last step did: then the new one is there.
pub fn replace(
    target: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
    before: BeforeStep<'_>,
) -> io::Result<()> {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    before(Step::Create)?;
    let mut file = tempfile::Builder::new().prefix(".sekisho-").tempfile_in(folder)?;
    before(Step::Fill)?;
    file.write_all(bytes)?;
    before(Step::Mode)?;
    like(file.as_file(), old)?;
    before(Step::Sync)?;
    file.as_file().sync_all()?;
    before(Step::Rename)?;
    file.persist(target).map_err(|e| e.error)?;
    before(Step::SyncFolder)?;
    sync_folder(folder)
}

/// Writes the names in a folder to the disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network disks know no such thing.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        done => done,
    }
}

/// A new file is readable by all, as an editor would make it; a temporary one is not.
#[cfg(unix)]
fn like(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Some(old) = old else {
        return file.set_permissions(std::fs::Permissions::from_mode(0o644));
    };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away. Who may write the folder may put a file of their own into it.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn like(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    const STEPS: [Step; 6] =
        [Step::Create, Step::Fill, Step::Mode, Step::Sync, Step::Rename, Step::SyncFolder];
    const OLD: &str = "the old file";
    const NEW: &str = "the new file, which is longer";
    const VICTIM: &str = "workbench::replace::tests::process_that_dies_before_a_step";

    fn number(step: Step) -> usize {
        STEPS.iter().position(|s| *s == step).unwrap()
    }

    #[test]
    fn failing_step_leaves_the_old_file_alone_and_nothing_beside_it() {
        for failing in &STEPS[..5] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("policy.yaml");
            fs::write(&path, OLD).unwrap();
            let fails = &mut |step| {
                if step == *failing { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
            };
            let old = fs::metadata(&path).unwrap();
            let error = replace(&path, NEW.as_bytes(), Some(&old), fails).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            assert_eq!(fs::read_to_string(&path).unwrap(), OLD, "{failing:?}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{failing:?}");
        }
    }

    #[test]
    fn process_killed_between_any_two_steps_leaves_the_old_or_the_new_file() {
        for step in STEPS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("policy.yaml");
            fs::write(&path, OLD).unwrap();
            let status = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", VICTIM, "--ignored"])
                .env("SEKISHO_DIES_AT", &path)
                .env("SEKISHO_DIES_BEFORE", number(step).to_string())
                .output()
                .unwrap()
                .status;
            assert_eq!(status.code(), None, "it was to be killed before {step:?}");
            let expected = if step == Step::SyncFolder { NEW } else { OLD };
            assert_eq!(fs::read_to_string(&path).unwrap(), expected, "{step:?}");
        }
    }

    #[test]
    #[ignore = "killed by the test above"]
    fn process_that_dies_before_a_step() {
        let (path, step) = ("SEKISHO_DIES_AT", "SEKISHO_DIES_BEFORE");
        let (Ok(path), Ok(step)) = (std::env::var(path), std::env::var(step)) else { return };
        let last: usize = step.parse().unwrap();
        let dies = &mut |step| {
            if number(step) == last { std::process::abort() } else { Ok(()) }
        };
        let old = fs::metadata(&path).unwrap();
        replace(Path::new(&path), NEW.as_bytes(), Some(&old), dies).unwrap();
    }
}
