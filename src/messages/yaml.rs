//! What is wrong with the YAML of a policy file, and what to do.

use super::policy::{Said, said, short};

/// A problem of the YAML itself, in the parser's words.
#[must_use]
pub fn not_yaml(what: &str) -> Said {
    said(
        format!("this is not YAML: {what}"),
        "check the indentation, and the brackets and quotes above",
    )
}

/// A `: ` inside a plain value.
#[must_use]
pub fn stray_colon() -> Said {
    said(
        "a second `:` on the line: a plain value cannot contain `: `",
        "put the value between double quotes, or check the indentation of this line",
    )
}

/// A quote that is never closed.
#[must_use]
pub fn unclosed_quote() -> Said {
    said("the quote that opens here is never closed", "add the closing quote")
}

/// A bracket that is not closed where it should be.
#[must_use]
pub fn unclosed_bracket() -> Said {
    said(
        "the brackets do not match, or a comma is missing",
        "close every `[` with `]` and every `{` with `}`, and separate entries with commas",
    )
}

/// A tab where blanks are needed.
#[must_use]
pub fn tab() -> Said {
    said("a tab stands where YAML wants blanks", "indent with blanks")
}

/// A character that no text file should contain.
#[must_use]
pub fn control_character(c: char) -> Said {
    said(
        format!("the control character U+{:04X} cannot be part of a policy", u32::from(c)),
        "delete it",
    )
}

/// A value whose first character means something else to YAML.
#[must_use]
pub fn needs_quotes(word: &str) -> Said {
    let first = word.chars().next().unwrap_or('*');
    let word = word.replace('\\', "\\\\").replace('"', "\\\"");
    said(
        format!("`{first}` at the beginning of a value means something else to YAML"),
        format!("write it between double quotes: \"{word}\""),
    )
}

/// A `%YAML` line.
#[must_use]
pub fn directive() -> Said {
    said("a policy has no YAML directives", "delete the line that begins with `%`")
}

/// A second document in the file.
#[must_use]
pub fn several_documents() -> Said {
    said("a second document begins here: a file holds one policy", "put it into a file of its own")
}

/// An anchor.
#[must_use]
pub fn anchor(name: &str) -> Said {
    said(
        format!("`&{}`: anchors cannot be used in a policy", short(name)),
        "write the value out; for addresses and names that are used often there are `sources` and `domain_lists`",
    )
}

/// An alias.
#[must_use]
pub fn alias(word: &str) -> Said {
    said(
        format!("`{word}`: aliases cannot be used in a policy"),
        format!("write the value out; a text that begins with `*` needs quotes: \"{word}\""),
    )
}

/// A tag.
#[must_use]
pub fn tag(word: &str) -> Said {
    said(
        format!("`{}`: tags cannot be used in a policy", short(word)),
        format!(
            "write the plain value; a text that begins with `!` needs quotes: \"{}\"",
            short(word)
        ),
    )
}

/// `<<`.
#[must_use]
pub fn merge_key() -> Said {
    said("`<<`: merge keys cannot be used in a policy", "write the fields out")
}

/// A list or mapping as a field.
#[must_use]
pub fn complex_key() -> Said {
    said("the name of a field must be a text", "write `field: value`")
}

/// The same field twice.
#[must_use]
pub fn duplicate_field(key: &str) -> Said {
    said(format!("`{}` is written twice", short(key)), "keep one of the two")
}

/// More levels than any policy has.
#[must_use]
pub fn too_deep(deepest: usize) -> Said {
    said(
        format!("nested more than {deepest} levels deep: no policy is"),
        "check the brackets and the indentation",
    )
}

/// A line end of old Macintoshes.
#[must_use]
pub fn bare_return() -> Said {
    said("a line ends with a bare carriage return", "save the file with LF or CRLF line ends")
}
