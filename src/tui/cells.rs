//! Text measured in cells of the terminal: a Japanese character takes two. Text from files becomes
//! printable here, before it is measured.

use ratatui::style::Style;
use ratatui::text::Span;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::messages::printable;

/// How many cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    // Nearly all texts are of such bytes, each of which takes a cell.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    printable(text).width()
}

/// The text in exactly `cells` cells: filled with blanks, or cut with `…`.
#[must_use]
pub fn fit(text: &str, cells: usize) -> String {
    let mut text = cut(text, cells);
    let missing = cells.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The same with the text at the right end.
#[must_use]
pub fn fit_right(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let missing = cells.saturating_sub(text.width());
    format!("{}{text}", " ".repeat(missing))
}

/// The text in at most `cells` cells; a cut text ends in `…`, after a whole word where that costs little.
#[must_use]
pub fn cut(text: &str, cells: usize) -> String {
    let text = printable(text);
    if text.width() <= cells {
        return text.into_owned();
    }
    let mut kept = String::new();
    let mut taken = 0;
    for c in text.chars() {
        let cells_of_c = c.width().unwrap_or(0);
        if taken + cells_of_c + 1 > cells {
            break;
        }
        taken += cells_of_c;
        kept.push(c);
    }
    if let Some(end) = kept.rfind([' ', ','])
        && kept[..end].width() * 3 >= cells * 2
    {
        kept.truncate(end);
        kept.truncate(kept.trim_end_matches([' ', ',']).len());
    }
    if cells > 0 {
        kept.push('…');
    }
    kept
}

/// The text in lines of at most `cells` cells, broken between words where possible.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let clean: Vec<String> = text.lines().map(|line| printable(line).into_owned()).collect();
    let wrap_line = |line: &String| -> Vec<String> {
        let options = how_to_wrap(line, cells.max(4));
        textwrap::wrap(line, options).into_iter().map(|l| l.trim_end().to_owned()).collect()
    };
    clean.iter().flat_map(wrap_line).collect()
}

/// At blanks only where those tell words apart: names and URLs stay whole. Japanese has none.
fn how_to_wrap(line: &str, cells: usize) -> Options<'static> {
    let options = Options::new(cells).word_splitter(WordSplitter::NoHyphenation);
    let japanese = line.chars().any(|c| c.width() == Some(2));
    if japanese { options } else { options.word_separator(WordSeparator::AsciiSpace) }
}

/// Styled pieces of one line in lines of at most `cells` cells. Blanks are kept but for one at which a
/// line ends; it goes on in the next one after a blank or comma where one is near its end.
#[must_use]
pub fn flow(pieces: &[(String, Style)], cells: usize) -> Vec<Vec<Span<'static>>> {
    let chars: Vec<(char, Style)> = pieces
        .iter()
        .flat_map(|(text, style)| printable(text).chars().map(|c| (c, *style)).collect::<Vec<_>>())
        .collect();
    let mut lines = Vec::new();
    let mut rest = chars.as_slice();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(fitting(rest, cells.max(2)));
        lines.push(spans(line));
        rest = match after {
            [(' ', _), after @ ..] => after,
            _ => after,
        };
    }
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    lines
}

/// How many characters go into a line of `cells` cells; at least one.
fn fitting(chars: &[(char, Style)], cells: usize) -> usize {
    let mut taken = 0;
    let fits = chars.iter().take_while(|(c, _)| {
        taken += c.width().unwrap_or(0);
        taken <= cells
    });
    let most = fits.count().max(1);
    if most == chars.len() {
        return most;
    }
    let breaks = |(c, _): &(char, Style)| matches!(c, ' ' | ',' | ';');
    let word_end = chars[..most].iter().rposition(breaks).map_or(0, |at| at + 1);
    if word_end * 3 >= most * 2 { word_end } else { most }
}

/// Characters of one style after another become one span.
fn spans(chars: &[(char, Style)]) -> Vec<Span<'static>> {
    chars
        .chunk_by(|a, b| a.1 == b.1)
        .map(|run| Span::styled(run.iter().map(|(c, _)| *c).collect::<String>(), run[0].1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_measured_not_counted() {
        assert_eq!(fit("関所", 6), "関所  ");
        assert_eq!(cut("関所破り", 5), "関所…");
        assert_eq!(width(&fit("関所破り", 6)), 6);
    }

    #[test]
    fn cut_text_ends_at_a_word_where_it_can() {
        assert_eq!(cut("pypi.org, files.pythonhosted.org", 12), "pypi.org…");
        assert_eq!(cut("a files.pythonhosted.org", 12), "a files.pyt…");
    }

    #[test]
    fn flowing_text_loses_no_word_and_breaks_after_one() {
        let pieces = [
            ("  alert tls, ".to_owned(), Style::new()),
            ("関所破り".to_owned(), Style::new().bold()),
        ];
        let lines = flow(&pieces, 13);
        let text =
            |line: &Vec<Span<'_>>| line.iter().map(|s| s.content.to_string()).collect::<String>();
        let lines: Vec<String> = lines.iter().map(text).collect();
        assert_eq!(lines, ["  alert tls, ", "関所破り"]);
        assert!(
            flow(&pieces, 5).iter().all(|line| line.iter().map(Span::width).sum::<usize>() <= 5)
        );
        assert_eq!(flow(&[], 5).len(), 1);
    }

    #[test]
    fn names_and_urls_are_not_broken_where_they_fit_and_japanese_is_broken_anywhere() {
        assert_eq!(wrap("it names https://a-b.example", 22), ["it names", "https://a-b.example"]);
        assert_eq!(wrap("関所破りは重罪です", 8), ["関所破り", "は重罪で", "す"]);
        assert_eq!(wrap("abcdefghij", 6), ["abcdef", "ghij"]);
    }

    #[test]
    fn escape_sequences_are_shown_not_sent() {
        assert!(!fit("a\u{1b}[2J", 20).contains('\u{1b}'));
        assert!(wrap("a\u{1b}[2J b", 10).iter().all(|l| !l.contains('\u{1b}')));
    }
}
