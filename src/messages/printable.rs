use std::borrow::Cow;

/// Whether a character acts instead of being seen: control characters, those that turn a line around, and those that
/// nothing is drawn for.
///
/// Source: Unicode, `Bidi_Control` and `Default_Ignorable_Code_Point`, without the selectors U+FE00 to U+FE0F: they only
/// choose how the character before them looks, and people write them.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Makes text from outside safe to show: what is hidden becomes a visible escape, so that a file can neither move the
/// cursor nor forge another row.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if is_hidden(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn escape_sequences_and_overrides_become_visible() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202e}c"), "a\\u{1b}[2Jb\\u{202e}c");
        assert_eq!(
            printable("a\u{ad}b\u{61c}c\u{2060}d\u{e0041}"),
            "a\\u{ad}b\\u{61c}c\\u{2060}d\\u{e0041}"
        );
        assert_eq!(printable("関所 ⚠\u{fe0f}"), "関所 ⚠\u{fe0f}");
    }
}
