//! A screen of a terminal as SVG: text on a grid, frames as lines, so that it looks the same with every font.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
use vt100::{Cell, Color, Screen};

/// Size of a cell, and where in it letters stand, in units of the picture.
const WIDTH: usize = 8;
const HEIGHT: usize = 17;
const BASE: usize = 13;
const MARGIN: usize = 10;

/// Colours of a terminal that names none: those of the default ground and text, and the sixteen.
const GROUND: &str = "#16181d";
const TEXT: &str = "#d5d8df";
const SIXTEEN: [&str; 16] = [
    "#16181d", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#abb2bf",
    "#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff",
];

/// Characters that are lines: up, down, left, right.
const LINES: [(&str, [bool; 4]); 11] = [
    ("─", [false, false, true, true]),
    ("│", [true, true, false, false]),
    ("┌", [false, true, false, true]),
    ("┐", [false, true, true, false]),
    ("└", [true, false, false, true]),
    ("┘", [true, false, true, false]),
    ("├", [true, true, false, true]),
    ("┤", [true, true, true, false]),
    ("┬", [false, true, true, true]),
    ("┴", [true, false, true, true]),
    ("┼", [true, true, true, true]),
];

/// How a run of cells looks.
#[derive(Clone, PartialEq)]
struct Look {
    text: String,
    ground: String,
    bold: bool,
    dim: bool,
    underline: bool,
}

fn colour(colour: Color, otherwise: &str) -> String {
    match colour {
        Color::Default => otherwise.to_owned(),
        Color::Idx(at @ 0..=15) => SIXTEEN[usize::from(at)].to_owned(),
        Color::Idx(at @ 16..=231) => {
            let part = |of: u8| if of == 0 { 0 } else { 55 + 40 * of };
            let at = at - 16;
            format!("#{:02x}{:02x}{:02x}", part(at / 36), part(at / 6 % 6), part(at % 6))
        }
        Color::Idx(at) => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (at - 232)),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    }
}

fn look(cell: &Cell) -> Look {
    let (mut text, mut ground) = (colour(cell.fgcolor(), TEXT), colour(cell.bgcolor(), GROUND));
    if cell.inverse() {
        std::mem::swap(&mut text, &mut ground);
    }
    Look { text, ground, bold: cell.bold(), dim: cell.dim(), underline: cell.underline() }
}

/// The screen as a picture that needs nothing beside it.
pub fn picture(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (width, height) =
        (usize::from(columns) * WIDTH + 2 * MARGIN, usize::from(rows) * HEIGHT + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <style>text{{font:13px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{GROUND}\"/>\n"
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            column = run(&mut out, screen, row, column, columns);
        }
    }
    out + "</svg>\n"
}

/// Draws the cells from `begin` on that look the same, in one piece; returns where the next piece begins.
fn run(out: &mut String, screen: &Screen, row: u16, begin: u16, columns: u16) -> u16 {
    let Some(first) = screen.cell(row, begin) else { return begin + 1 };
    let style = look(first);
    let mut end = begin;
    let mut text = String::new();
    while end < columns
        && let Some(cell) = screen.cell(row, end).filter(|cell| look(cell) == style)
    {
        let wide = cell.is_wide_continuation();
        text += if cell.has_contents() || wide { cell.contents() } else { " " };
        end += 1;
    }
    let (x, y) = (MARGIN + usize::from(begin) * WIDTH, MARGIN + usize::from(row) * HEIGHT);
    if style.ground != GROUND {
        let width = usize::from(end - begin) * WIDTH;
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{}\"/>",
            style.ground
        );
    }
    lines(out, &text, (x, y), &style);
    words(out, &text, (x, y + BASE), &style);
    end
}

/// The frames of a run, as strokes from the middle of each cell to its edges.
fn lines(out: &mut String, text: &str, (x, y): (usize, usize), style: &Look) {
    let mut path = String::new();
    let mut at = x;
    for c in text.chars() {
        if let Some((_, [up, down, left, right])) =
            LINES.iter().find(|(line, _)| line.starts_with(c))
        {
            let (middle, centre) = (at + WIDTH / 2, y + HEIGHT / 2);
            let ends = [
                (*up, (middle, y)),
                (*down, (middle, y + HEIGHT)),
                (*left, (at, centre)),
                (*right, (at + WIDTH, centre)),
            ];
            for (_, (to_x, to_y)) in ends.iter().filter(|(is, _)| *is) {
                let _ = write!(path, "M{middle} {centre}L{to_x} {to_y}");
            }
        }
        at += WIDTH * c.width().unwrap_or(0);
    }
    if !path.is_empty() {
        let _ = writeln!(
            out,
            "<path d=\"{path}\" stroke=\"{}\" fill=\"none\"{}/>",
            style.text,
            faint(style)
        );
    }
}

fn faint(style: &Look) -> &'static str {
    if style.dim { " opacity=\".6\"" } else { "" }
}

/// The words of a run, in pieces that several blanks tell apart; what is a frame is blank too. Not every viewer keeps the
/// width of a text, but each keeps where it begins.
fn words(out: &mut String, text: &str, (x, y): (usize, usize), style: &Look) {
    let is_line = |c: char| LINES.iter().any(|(line, _)| line.starts_with(c));
    let bare = text.replace(is_line, " ");
    let mut rest = bare.as_str();
    let mut at = x;
    while !rest.trim_start().is_empty() {
        let blanks = rest.len() - rest.trim_start().len();
        rest = &rest[blanks..];
        at += blanks * WIDTH;
        let piece = rest.split("  ").next().unwrap_or(rest).trim_end();
        word(out, piece, (at, y), style);
        at += piece.width() * WIDTH;
        rest = &rest[piece.len()..];
    }
}

fn word(out: &mut String, shown: &str, (x, y): (usize, usize), style: &Look) {
    let width = shown.width() * WIDTH;
    let bold = if style.bold { " font-weight=\"bold\"" } else { "" };
    let underline = if style.underline { " text-decoration=\"underline\"" } else { "" };
    let (colour, faint) = (&style.text, faint(style));
    let shown = shown.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{width}\" fill=\"{colour}\"{bold}{underline}{faint}>{shown}</text>"
    );
}
