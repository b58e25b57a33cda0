use std::path::Path;

use super::files::{FileError, save};
use crate::messages::Lang;

/// A policy to begin with, with comments in a language: it is valid, and its cases pass.
#[must_use]
pub const fn new_policy(lang: Lang) -> &'static str {
    match lang {
        Lang::English => include_str!("../../assets/new-policy/en.yaml"),
        Lang::Japanese => include_str!("../../assets/new-policy/ja.yaml"),
    }
}

/// Writes it to a file that is not there yet.
///
/// # Errors
/// [`FileError`] where there is a file, or none can be written.
pub fn write_new_policy(path: &Path, lang: Lang) -> Result<(), FileError> {
    save(path, new_policy(lang), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::policy::Document;
    use crate::workbench::run_cases;

    #[test]
    fn every_language_begins_with_the_same_rules_and_cases_that_pass() {
        let texts = [Lang::English, Lang::Japanese].map(|lang| {
            let document = Document::read(new_policy(lang).to_owned()).unwrap();
            let compiled = compile(document.policy());
            let cases = run_cases(document.policy(), &compiled, &evaluator(&compiled));
            assert!(cases.len() > 1 && cases.iter().all(|case| case.passed), "{lang:?}");
            compiled.ruleset.rules.iter().map(|rule| rule.text.clone()).collect::<Vec<_>>()
        });
        assert_eq!(texts[0], texts[1]);
    }
}
