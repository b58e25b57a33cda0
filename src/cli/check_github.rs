use std::fmt::Write as _;

use super::check::Checked;
use super::check_json::region;
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::Lang;

/// The problems as GitHub's runners read them from the output of a step, one a line.
///
/// Source: GitHub Actions, workflow commands: `::warning file=…,line=…,title=…::message`; what must be escaped is what
/// `@actions/core` escapes.
pub fn annotations(checked: &Checked) -> String {
    let mut lines = String::new();
    for found in &checked.found {
        let diagnostic = &found.diagnostic;
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(&checked.name);
        let _ = write!(lines, "::{level} file={file}");
        if let Some([(line, column), (end_line, end_column)]) =
            region(diagnostic.place.as_ref(), &checked.text)
        {
            let _ = write!(lines, ",line={line},endLine={end_line}");
            // Columns mean something within one line only, and the last is counted in.
            if line == end_line {
                let last = end_column.saturating_sub(1).max(column);
                let _ = write!(lines, ",col={column},endColumn={last}");
            }
        }
        let _ = writeln!(lines, ",title={}::{}", property(diagnostic.code), message(diagnostic));
    }
    lines
}

fn message(diagnostic: &Diagnostic) -> String {
    let message = diagnostic.message.say(Lang::English);
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {}", help.say(Lang::English)));
    data(&format!("{message}{}", help.unwrap_or_default()))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_annotation() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("a,b:c%\r\n"), "a,b:c%25%0D%0A");
    }

    #[test]
    fn place_goes_with_file_and_title() {
        let text = "one\ntwo three\n";
        let place = crate::diagnostic::Place::of(text, 8..13);
        let text_of = crate::messages::Text::verbatim;
        let diagnostic =
            Diagnostic::note("a-code", place, text_of("said: 100%")).help(text_of("do"));
        let found = vec![crate::cli::check::Found { diagnostic, fix: None }];
        let checked = Checked {
            name: "p,q.yaml".to_owned(),
            text: text.to_owned(),
            found,
            accepted: Vec::new(),
        };
        let line = "::notice file=p%2Cq.yaml,line=2,endLine=2,col=5,endColumn=9,title=a-code::said: 100%25%0Ahelp: do\n";
        assert_eq!(annotations(&checked), line);
    }
}
