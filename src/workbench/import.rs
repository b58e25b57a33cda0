//! Files that others wrote, read to make a policy of them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::files::{FileError, Input, files_in, load_bytes};
use crate::interop::ImportFile;
use crate::messages::Text;
use crate::policy::{Document, Edit, Field, Thing};

/// The policy with these names in the list of that name, which is made where there is none; names that are there stay where they
/// are, and everything else keeps its bytes.
///
/// # Errors
/// Why the edit cannot be made, such as a name that no list can have.
pub fn with_names(mut policy: Document, list: &str, names: &[String]) -> Result<Document, Text> {
    let lists = &policy.policy().domain_lists;
    let at = lists.iter().position(|known| known.name.value == list);
    let edit = match at {
        Some(at) => {
            let mut all: Vec<String> =
                lists[at].names.iter().map(|n| n.value.to_string()).collect();
            let known: HashSet<String> = all.iter().cloned().collect();
            all.extend(names.iter().filter(|name| !known.contains(*name)).cloned());
            let fields = vec![(Field::Names, Some(all.join(", ")))];
            Edit::Set { thing: Thing::List(at), fields }
        }
        None => {
            let fields = vec![(Field::Name, list.to_owned()), (Field::Names, names.join(", "))];
            Edit::Add { thing: Thing::List(lists.len()), fields }
        }
    };
    policy.apply(&edit).map_err(|error| error.words())?;
    Ok(policy)
}

/// What the files of a folder are called that can be imported.
const EXTENSIONS: [&str; 6] = ["json", "yaml", "yml", "template", "tf", "rules"];

/// The files of these paths, those of a folder by name.
///
/// # Errors
/// [`FileError`] for a path that is missing, and for a file that cannot be read.
pub fn import_files(paths: &[PathBuf]) -> Result<Vec<ImportFile>, FileError> {
    let mut files = Vec::new();
    for path in paths {
        let all =
            if path == Path::new("-") { vec![path.clone()] } else { files_in(path, &EXTENSIONS)? };
        for path in all {
            let input = Input::from_argument(Some(&path));
            files.push(ImportFile::new(input.name(), &load_bytes(&input)?));
        }
    }
    Ok(files)
}
