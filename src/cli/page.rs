//! What a command writes for people: lines in their language, columns measured in cells.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::messages::{Lang, Text, printable};

/// Where lines go to, and the language they are in.
pub struct Page<'a> {
    /// Where to.
    pub out: &'a mut dyn Write,
    /// Which language.
    pub lang: Lang,
}

/// Writes one line, with nothing in it that a terminal would obey.
pub fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", printable(text.trim_end()))
}

impl Page<'_> {
    /// Words in the language of the page.
    pub fn said(&self, words: impl Into<Text>) -> String {
        words.into().say(self.lang).to_owned()
    }

    /// Writes words as a line.
    pub fn say(&mut self, words: impl Into<Text>) -> io::Result<()> {
        self.line(&self.said(words))
    }

    /// Writes one line, with nothing in it that a terminal would obey.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        line(self.out, text)
    }

    /// Writes an empty line.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}

/// The text filled with blanks to so many cells.
pub fn fill(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

/// The text, cut at so many cells.
pub fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let mut taken = 1;
    let fits = text.chars().take_while(|c| {
        taken += c.width().unwrap_or(0);
        taken <= cells
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_measured_not_counted() {
        assert_eq!(fill("関所", 6), "関所  ");
        assert_eq!(cut("関所破り", 6), "関所…");
        assert_eq!(cut("abcdef", 5), "abcd…");
    }
}
