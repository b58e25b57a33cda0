use super::acl::Value;
use crate::messages::{Text, squid as say};

/// A regular expression on host names as a policy has it: those of a policy never look at the case of letters, as names have
/// none; Squid's do, and see names in lower case.
pub(super) fn host(value: &Value) -> Result<String, Text> {
    let text = &value.text;
    let upper = text.bytes().any(|b| b.is_ascii_uppercase());
    if upper && !value.any_case {
        return Err(say::upper_case(text));
    }
    // No rule may hold one, and no name does.
    if text.contains(char::is_control) {
        return Err(say::other_regex(text));
    }
    // POSIX classes and word boundaries are written otherwise in PCRE.
    let perl = ["\\d", "\\D", "(?", "*?", "+?", "??", "*+", "++"];
    if perl.iter().any(|part| text.contains(part)) {
        return Err(say::other_regex(text));
    }
    if text.contains("[[") || text.contains("\\<") || text.contains("\\>") || text.contains("\\`") {
        return Err(say::other_regex(text));
    }
    regex::Regex::new(text).map_err(|_| say::other_regex(text))?;
    Ok(text.clone())
}

/// A regular expression on URLs that is a URL of plain HTTP up to its end, or the beginning of one behind its host; as a
/// policy writes it. Whatever else it is, a firewall has no place where the whole URL stands.
pub(super) fn url(value: &Value) -> Result<String, Text> {
    let no = || say::not_a_url(&value.text);
    let rest = value.text.strip_prefix("^http://").ok_or_else(no)?;
    let slash = rest.find('/').ok_or_else(no)?;
    let host = literal(&rest[..slash]).ok_or_else(no)?;
    let (path, end) = match rest[slash..].strip_suffix('$') {
        Some(path) => (path, ""),
        None => (&rest[slash..], "*"),
    };
    // Whatever follows may follow, to the end or not.
    let (path, end) = path.strip_suffix(".*").map_or((path, end), |path| (path, "*"));
    let path = literal(path).ok_or_else(no)?;
    // A policy's path has letters as they are; names have no case.
    let letters = path.bytes().any(|b| b.is_ascii_alphabetic());
    if value.any_case && letters || host.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(no());
    }
    // A URL without a port is one of port 80.
    Ok(format!("http://{host}:80{path}{end}"))
}

/// The text that a regular expression is, if it is one text; its dots must be escaped.
fn literal(regex: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(chars.next().filter(|c| c.is_ascii_punctuation())?),
            '.' | '*' | '+' | '?' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | '^' | '$' => {
                return None;
            }
            c if c.is_control() => return None,
            c => text.push(c),
        }
    }
    (!text.contains('*')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        url(&Value { text: text.to_owned(), origin: (0, 0..0), any_case: false }).ok()
    }

    #[test]
    fn expression_with_a_control_character_is_not_taken() {
        let of = |text: &str| Value { text: text.to_owned(), origin: (0, 0..0), any_case: false };
        assert!(host(&of("^a\u{1}b$")).is_err() && host(&of("^ab$")).is_ok());
        assert_eq!(read("^http://a\\.example/\u{1}"), None);
    }

    #[test]
    fn expression_that_is_a_url_becomes_one() {
        assert_eq!(read("^http://a\\.example/x/").as_deref(), Some("http://a.example:80/x/*"));
        assert_eq!(read("^http://a\\.example/x$").as_deref(), Some("http://a.example:80/x"));
        assert_eq!(read("^http://a\\.example/x/.*").as_deref(), Some("http://a.example:80/x/*"));
        assert_eq!(read("^http://a\\.example/x/.*$").as_deref(), Some("http://a.example:80/x/*"));
        for other in
            ["a\\.example", "^http://a.example/", "^http://a\\.example", "^https://a\\.example/x"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
