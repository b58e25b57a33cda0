//! Writes single values so that every reader of YAML, old or new, reads them as the text they are.

use super::value::yaml_type;

/// Writes `text` as a YAML scalar on one line: plain where that is safe, else between double quotes.
#[must_use]
pub fn yaml_text(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Writes `text` as a block scalar (`|`) indented by `indent`, or between quotes where that cannot hold it.
#[must_use]
pub fn yaml_block(text: &str, indent: usize) -> String {
    if fits_block(text) { block(text, indent, "\n") } else { quoted(text) }
}

/// Writes a URL as policies have them, between quotes: the colon in it stops nobody then.
fn is_url(text: &str) -> bool {
    text.contains("://")
}

/// Whether the text can stand without quotes, in flow style too.
pub fn is_plain(text: &str) -> bool {
    let begins = |c: char| {
        !matches!(
            c,
            '-' | '?'
                | ':'
                | ','
                | '['
                | ']'
                | '{'
                | '}'
                | '#'
                | '&'
                | '*'
                | '!'
                | '|'
                | '>'
                | '\''
                | '"'
                | '%'
                | '@'
                | '`'
                | '='
                | '<'
                | '~'
        )
    };
    let inner = |c: char| !is_special(c) && !matches!(c, ',' | '[' | ']' | '{' | '}');
    yaml_type(text).is_none()
        && text.trim() == text
        && text.chars().next().is_some_and(begins)
        && text.chars().all(inner)
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !is_url(text)
        && !matches!(text, "y" | "Y" | "n" | "N")
}

/// A character that cannot stand in a YAML file as it is, or would not survive there.
#[must_use]
pub fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes `text` between double quotes, on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            c if is_special(c) => out.push_str(&escape(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escape(c: char) -> String {
    let code = u32::from(c);
    if code <= 0xff { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") }
}

/// Whether the lines can stand in a block scalar (`|`) as they are.
pub fn fits_block(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| is_special(c) && !matches!(c, '\n' | '\t'))
}

/// Writes `text` as a block scalar whose lines are indented by `indent`, without the last line's end.
///
/// The caller sees to it that the text [`fits_block`].
pub fn block(text: &str, indent: usize, end_of_line: &str) -> String {
    // A blank at the beginning would be taken for indentation.
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let mut out = if first.starts_with([' ', '\t']) { "|2".to_owned() } else { "|".to_owned() };
    for line in text.trim_end_matches('\n').split('\n') {
        out.push_str(end_of_line);
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_yaml_reads_as_something_else_is_quoted() {
        for text in [
            "",
            "no",
            "Off",
            "1",
            "-1",
            "0x1f",
            "1e3",
            "22:30",
            "~",
            "a: b",
            "a #b",
            "*.a",
            "@a",
            "!a",
            "a:",
            " a",
            "https://a",
            "[a",
            "a, b",
            "a\nb",
            "y",
        ] {
            assert!(yaml_text(text).starts_with('"'), "{text}");
        }
        for text in [
            ".example.com",
            "10.1.2.3",
            "10.1.0.0/16",
            "list:a",
            "it's",
            "関所",
            "a#b",
            "2027-03-31",
            "SEC-1",
        ] {
            assert_eq!(yaml_text(text), text);
        }
    }
}
