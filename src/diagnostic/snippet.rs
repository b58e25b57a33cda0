use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, floor_char};
use crate::messages::findings::severity;
use crate::messages::{Lang, printable};

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
        clean = text[window.clone()]
            .replace(|c: char| c.is_control() && c != '\n' && c != '\t', "\u{fffd}");
        let start = floor_char(&clean, place.span.start - window.start);
        let end = floor_char(&clean, place.span.end.saturating_sub(window.start)).max(start);
        let snippet = Snippet::source(&clean)
            .path(file)
            .line_start(text[..window.start].matches('\n').count() + 1)
            .annotation(AnnotationKind::Primary.span(start..end));
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

/// The lines around `at`, so that a file of 100 MB costs no more than one of 100 bytes.
fn window(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = floor_char(text, at);
    let from = floor_char(text, at.saturating_sub(2_000));
    let to = floor_char(text, at + 2_000);
    let from = text[from..at].rfind('\n').map_or(from, |i| from + i + 1);
    let to = text[at..to].find('\n').map_or(to, |i| at + i);
    from..to
}
