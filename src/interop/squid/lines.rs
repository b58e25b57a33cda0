use super::{Beside, Configuration};
use crate::interop::draft::Origin;
use crate::messages::squid as say;

/// How deep `include` may go. Source: Squid 5.7, `cache_cf.cc`, which stops at 16.
const DEPTH: usize = 16;
/// Lines that are read in all: an include that includes itself twice grows fast.
const LINES: usize = 1_000_000;

/// A word of a line, and whether it stood in quotes: the name of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub quoted: bool,
}

/// A line with all that continues it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub origin: Origin,
}

/// The lines of the first file of a configuration and of all that it includes, in their order.
pub(super) fn lines(conf: &mut Configuration, beside: &mut Beside<'_>) -> Vec<Line> {
    let mut all = Vec::new();
    let mut names = vec![conf.files[0].name.clone()];
    read(conf, 0, &mut names, beside, &mut all);
    all
}

fn read(
    conf: &mut Configuration,
    file: usize,
    names: &mut Vec<String>,
    beside: &mut Beside<'_>,
    all: &mut Vec<Line>,
) {
    for line in of_file(&conf.files[file].text, file) {
        if all.len() >= LINES {
            return conf.lose(&line.origin, "squid-include", say::TOO_MANY_LINES);
        }
        if line.words.first().is_none_or(|word| word.text != "include") {
            all.push(line);
            continue;
        }
        for pattern in line.words.iter().skip(1) {
            let found = match beside(&pattern.text) {
                Ok(found) => found,
                Err(why) => {
                    conf.lose(&line.origin, "squid-file", say::no_file(&pattern.text, &why));
                    continue;
                }
            };
            for included in found {
                if names.len() >= DEPTH || names.contains(&included.name) {
                    let said = say::circular(&included.name);
                    conf.lose(&line.origin, "squid-include", said);
                    continue;
                }
                names.push(included.name.clone());
                let index = add(conf, included);
                read(conf, index, names, beside, all);
                names.pop();
            }
        }
    }
}

/// Keeps a file, and says what was wrong with its bytes.
pub(super) fn add(conf: &mut Configuration, file: super::ImportFile) -> usize {
    let index = conf.files.len();
    conf.files.push(file);
    conf.report.add_faults(&conf.files, index);
    index
}

/// The lines of one file: a `\` at the end goes on in the next, a word that begins with `#` ends it.
///
/// Source: measured with Squid 5.7: what follows is put on without a blank, comments and blank lines between are skipped.
fn of_file(text: &str, file: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut joined, mut at) = (0, String::new(), 0);
    for raw in text.split_inclusive('\n') {
        if joined.is_empty() {
            start = at;
        }
        at += raw.len();
        let line = raw.trim_end_matches(['\n', '\r']);
        let line = line.trim_start();
        // Comments and blank lines do not end a line that goes on.
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(begun) = line.strip_suffix('\\') {
            joined.push_str(begun);
            continue;
        }
        joined.push_str(line);
        let words = words(&joined);
        if !words.is_empty() {
            let end = start + text[start..at].trim_end().len();
            lines.push(Line { words, origin: (file, start..end) });
        }
        joined.clear();
    }
    lines
}

/// The words of a line; within quotes blanks are part of a word.
fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = match rest.strip_prefix('"') {
            Some(inner) => {
                let end = inner.find('"').unwrap_or(inner.len());
                let after = inner.get(end + 1..).unwrap_or_default();
                (Word { text: inner[..end].to_owned(), quoted: true }, after)
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (Word { text: rest[..end].to_owned(), quoted: false }, &rest[end..])
            }
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_goes_on_behind_a_backslash_and_ends_at_a_comment() {
        let text = "# first \\\nacl a src 10.0.0.0/8 \\\n# between\n\n  10.1.0.0/16 # both\r\n\nacl b dstdomain \"a file\"";
        let lines = of_file(text, 0);
        let said: Vec<Vec<&str>> = lines
            .iter()
            .map(|line| line.words.iter().map(|word| word.text.as_str()).collect())
            .collect();
        assert_eq!(
            said,
            [
                vec!["acl", "a", "src", "10.0.0.0/8", "10.1.0.0/16"],
                vec!["acl", "b", "dstdomain", "a file"]
            ]
        );
        assert!(lines[1].words[3].quoted);
        assert!(text[lines[0].origin.1.clone()].starts_with("acl a"));
    }
}
