use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, floor_char};
use crate::messages::findings::severity;
use crate::messages::{Lang, is_hidden, printable};

/// Draws a diagnostic with the lines of `text` it is about, as compilers do.
///
/// `file` is the name to print. Control characters never reach the result raw.
#[must_use]
pub fn render(diagnostic: &Diagnostic, file: &str, text: &str, lang: Lang, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(diagnostic.severity.words().say(lang));
    let message = printable(diagnostic.message.say(lang)).into_owned();
    let mut group = level
        .primary_title(message)
        .id(diagnostic.code)
        .elements(Vec::<annotate_snippets::Message<'_>>::new());
    let clean;
    if let Some(place) = &diagnostic.place
        && place.line > 0
    {
        let window = window(text, place.span.start);
        let marked;
        (clean, marked) = visible(text, window.clone(), &place.span);
        let snippet = Snippet::source(&clean)
            .path(file)
            .line_start(text[..window.start].matches('\n').count() + 1)
            .annotation(AnnotationKind::Primary.span(marked));
        group = group.element(snippet);
    } else {
        group = group.element(annotate_snippets::Origin::path(file));
    }
    if let Some(help) = &diagnostic.help {
        let level = Level::HELP.with_name(severity::HELP.say(lang));
        group = group.element(level.message(printable(help.say(lang)).into_owned()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The text of a window with `\u{fffd}` for each character that is hidden, and where the span is in it.
fn visible(text: &str, window: Range<usize>, span: &Range<usize>) -> (String, Range<usize>) {
    let mut clean = String::with_capacity(window.len());
    let (mut start, mut end) = (None, None);
    for (at, c) in text[window.clone()].char_indices() {
        let at = window.start + at;
        if at + c.len_utf8() > span.start {
            start.get_or_insert(clean.len());
        }
        if at + c.len_utf8() > span.end {
            end.get_or_insert(clean.len());
        }
        clean.push(if is_hidden(c) && c != '\n' && c != '\t' { '\u{fffd}' } else { c });
    }
    let start = start.unwrap_or(clean.len());
    let end = end.unwrap_or(clean.len()).max(start);
    (clean, start..end)
}

/// The lines around `at`, so that a file of 100 MB costs no more than one of 100 bytes.
fn window(text: &str, at: usize) -> Range<usize> {
    let at = floor_char(text, at);
    let from = floor_char(text, at.saturating_sub(2_000));
    let to = floor_char(text, at + 2_000);
    let from = text[from..at].rfind('\n').map_or(from, |i| from + i + 1);
    let to = text[at..to].find('\n').map_or(to, |i| at + i);
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::messages::Text;

    #[test]
    fn mark_stands_under_its_text_behind_what_is_hidden() {
        let text = "a\u{1b}\u{ad}\u{202e}b: wrong\n";
        let at = text.find("wrong").unwrap();
        let problem =
            Diagnostic::error("code", Some(Place::of(text, at..at + 5)), Text::verbatim("said"));
        let drawn = render(&problem, "file", text, Lang::English, false);
        let lines: Vec<&str> = drawn.lines().collect();
        let line = lines.iter().position(|line| line.contains("wrong")).unwrap();
        assert_eq!(lines[line].split("| ").nth(1), Some("a\u{fffd}\u{fffd}\u{fffd}b: wrong"));
        let mark = lines[line + 1].find('^').unwrap();
        assert_eq!(lines[line + 1].matches('^').count(), 5);
        assert_eq!(lines[line].chars().skip(mark).collect::<String>(), "wrong");
    }
}
