//! Colours for rules in the engine's language, finished or not: what is what is told by its look alone, so that a rule
//! being typed has colours too. The text says all; colours add nothing to it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::cells::wrap;
use super::theme::{Role, Theme};
use crate::messages::printable;

/// What a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `pass`, `drop`, …: the first word.
    Action(Role),
    /// Protocol, addresses, ports.
    Header,
    /// The name of an option.
    Keyword,
    /// A text in quotes.
    Quoted,
    /// A number of an option.
    Number,
    /// `:`, `;`, `(`, and values that are words.
    Other,
    /// A line that is no rule.
    Comment,
}

impl Part {
    /// Its style, where plain text has the style of the role `plain`.
    fn style(self, theme: &Theme, plain: Role) -> Style {
        theme.style(match self {
            Self::Action(role) => role,
            Self::Keyword => Role::Keyword,
            Self::Quoted => Role::Quoted,
            Self::Number => Role::Number,
            Self::Comment => Role::Muted,
            Self::Header | Self::Other => plain,
        })
    }
}

/// Where in a rule the next character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Action(Role),
    Header,
    Name,
    Value,
    Quotes,
    Escape,
    Comment,
}

/// What each character of a text belongs to.
fn parts(text: &str) -> Vec<(char, Part)> {
    let mut at = At::Start;
    let mut told = Vec::with_capacity(text.len());
    let mut before = '\n';
    for (start, c) in text.char_indices() {
        if at == At::Start && !c.is_whitespace() {
            at = if c == '#' { At::Comment } else { At::Action(role_of(&text[start..])) };
        }
        let part;
        (part, at) = step(at, c, before);
        told.push((c, part));
        before = c;
    }
    told
}

/// What a character is, and where the next one stands.
fn step(at: At, c: char, before: char) -> (Part, At) {
    match (at, c) {
        (At::Start, _) => (Part::Other, At::Start),
        (At::Comment, '\n') => (Part::Comment, At::Start),
        (At::Comment, _) => (Part::Comment, At::Comment),
        (At::Action(_) | At::Header, '(') => (Part::Other, At::Name),
        (At::Action(_) | At::Header, '\n') => (Part::Other, At::Start),
        (At::Action(role), c) if c.is_whitespace() => (Part::Action(role), At::Header),
        (At::Action(role), _) => (Part::Action(role), at),
        (At::Header, _) => (Part::Header, at),
        (At::Name, ':') => (Part::Other, At::Value),
        (At::Name | At::Value, ')') => (Part::Other, At::Start),
        (At::Name, ';') => (Part::Other, At::Name),
        (At::Name, _) => (Part::Keyword, at),
        (At::Value, ';') => (Part::Other, At::Name),
        (At::Value, '"') => (Part::Quoted, At::Quotes),
        (At::Value, c) if c.is_ascii_digit() && !is_word(before) => (Part::Number, at),
        (At::Value, _) => (Part::Other, at),
        (At::Quotes, '\\') => (Part::Quoted, At::Escape),
        (At::Quotes, '"') => (Part::Quoted, At::Value),
        (At::Quotes, _) | (At::Escape, _) => (Part::Quoted, At::Quotes),
    }
}

/// Whether a digit behind this character is a part of a word: that of `sha1`, not that of `1.2`.
fn is_word(before: char) -> bool {
    before.is_alphabetic() || before == '_'
}

/// The role of the action that a rule begins with.
fn role_of(rule: &str) -> Role {
    let word = rule.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "pass" => Role::Pass,
        "drop" => Role::Drop,
        "reject" | "rejectsrc" | "rejectdst" | "rejectboth" => Role::Reject,
        "alert" => Role::Alert,
        _ => Role::Text,
    }
}

/// The visible characters of a text, as the terminal gets them, each with what it belongs to.
fn visible(text: &str) -> Vec<(char, Part)> {
    let clean: Vec<_> = text.split('\n').map(printable).collect();
    let all = parts(&clean.join("\n"));
    all.into_iter().filter(|(c, _)| !c.is_whitespace()).collect()
}

/// A rule in lines of at most `room` cells; what has no colour of its own has that of the role `plain`.
pub fn lines(theme: &Theme, text: &str, room: usize, plain: Role) -> Vec<Line<'static>> {
    let mut told = visible(text).into_iter();
    let mut line = |line: String| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for c in line.chars() {
            let part = if c.is_whitespace() { None } else { told.next() };
            let style = part.map_or(Part::Other, |(_, part)| part).style(theme, plain);
            match spans.last_mut() {
                Some(span) if span.style == style => span.content.to_mut().push(c),
                Some(_) | None => spans.push(Span::styled(c.to_string(), style)),
            }
        }
        Line::from(spans)
    };
    wrap(text, room).into_iter().map(&mut line).collect()
}

/// Colours the cells in which a text, or what there is room for, was drawn as plain text.
pub fn colour(theme: &Theme, frame: &mut Frame<'_>, area: Rect, text: &str) {
    let told = visible(text);
    let buffer = frame.buffer_mut();
    let cells: Vec<(u16, u16, char)> = area
        .positions()
        .filter_map(|at| {
            let c = buffer.cell(at)?.symbol().chars().next()?;
            (!c.is_whitespace()).then_some((at.x, at.y, c))
        })
        .collect();
    // A text that is longer than its place was scrolled: what is seen is looked for in it.
    let same = |window: &[(char, Part)]| window.iter().zip(&cells).all(|(a, b)| a.0 == b.2);
    let Some(shown) = (!cells.is_empty())
        .then(|| told.windows(cells.len()).find(|window| same(window)))
        .flatten()
    else {
        return;
    };
    for ((_, part), (x, y, _)) in shown.iter().zip(&cells) {
        buffer[(*x, *y)].set_style(part.style(theme, Role::Text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, part: Part) -> String {
        parts(text).into_iter().filter(|(_, p)| *p == part).map(|(c, _)| c).collect()
    }

    #[test]
    fn parts_of_a_rule_are_told_apart() {
        let rule = "# why\ndrop tls $HOME_NET any -> any 443 (tls.sni; content:\"a;\\\"b\"; depth:12; sid:7;)\n";
        assert_eq!(told(rule, Part::Comment), "# why\n");
        assert_eq!(told(rule, Part::Action(Role::Drop)).trim(), "drop");
        assert_eq!(told(rule, Part::Header).trim(), "tls $HOME_NET any -> any 443");
        assert_eq!(told(rule, Part::Quoted), "\"a;\\\"b\"");
        assert_eq!(told(rule, Part::Number), "127");
        assert_eq!(told(rule, Part::Keyword), "tls.sni content depth sid");
    }

    #[test]
    fn rule_that_is_being_typed_has_colours_and_the_next_one_too() {
        assert_eq!(told("pass tls any", Part::Action(Role::Pass)).trim(), "pass");
        assert_eq!(told("alert ip (msg:\"x", Part::Quoted), "\"x");
        let two = "pass ip any any -> any any (sid:1;)\nreject tcp any any -> any 25 (sid:2;)";
        assert_eq!(told(two, Part::Action(Role::Reject)).trim(), "reject");
        assert_eq!(told("drop tls (app-layer-protocol:sha1;)", Part::Number), "");
    }

    #[test]
    fn lines_say_the_same_as_without_colours() {
        let rule = "drop tls $HOME_NET any -> any 443 (msg:\"送信 は \u{1b}[31m\"; sid:7; rev:1;)";
        let plain = wrap(rule, 24);
        let theme = Theme::default();
        let text = |line: &Line<'_>| line.spans.iter().map(|s| s.content.as_ref()).collect();
        let coloured: Vec<String> = lines(&theme, rule, 24, Role::Muted).iter().map(text).collect();
        assert_eq!(coloured, plain);
    }
}
