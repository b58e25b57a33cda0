use super::fields::Reader;
use crate::diagnostic::Diagnostic;
use crate::messages::policy as say;
use crate::policy::fault::{Faults, fault};
use crate::policy::tree::{Node, tree};

/// Reads a file that is not a policy but written as one: the same YAML, the same words for what is wrong.
///
/// # Errors
/// Every problem found.
pub fn read_as<T>(
    text: &str,
    read: impl for<'a> FnOnce(&mut Reader<'a>, &'a Node) -> Option<T>,
) -> Result<T, Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let tree = tree(text, &mut faults);
    let root = tree.as_ref().map(|tree| &tree.root);
    // The reader borrows the faults no longer than the tree.
    let mut found = Faults::default();
    let value = root.and_then(|root| read(&mut Reader { text, faults: &mut found }, root));
    match value {
        Some(value) if faults.is_empty() && found.is_empty() => Ok(value),
        _ => {
            if faults.is_empty() && found.is_empty() {
                faults.add(fault("empty-file", say::empty_file()), None);
            }
            let mut all = faults.into_sorted();
            all.extend(found.into_sorted());
            Err(all)
        }
    }
}
