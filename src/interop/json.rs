//! Reads JSON with the places of its values, as far as it goes: of a text that was cut short, what stands before the cut.

use crate::policy::{Item, ItemKind};

/// Deeper than any answer of AWS.
const DEEPEST: usize = 64;

/// Why the reading ended before the text did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The text ends in the middle of a value.
    AtEnd,
    /// A character that no JSON has there.
    At(usize, char),
    /// Too many values in each other.
    TooDeep(usize),
}

/// The values of a text, usually one, and why there are no more of them.
pub fn json(text: &str) -> (Vec<Item>, Option<Stopped>) {
    let mut reader = Reader { text, at: 0, depth: 0, stopped: None };
    let mut values = Vec::new();
    reader.blanks();
    while reader.stopped.is_none() && reader.at < text.len() {
        values.extend(reader.value());
        reader.blanks();
    }
    (values, reader.stopped)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    stopped: Option<Stopped>,
}

impl Reader<'_> {
    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
    }

    /// Goes over `wanted`, if it comes next.
    fn take(&mut self, wanted: char) -> bool {
        self.blanks();
        let found = self.next() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn stop(&mut self) {
        let why = self.next().map_or(Stopped::AtEnd, |c| Stopped::At(self.at, c));
        self.stopped.get_or_insert(why);
    }

    /// The next value; after a stop, what of it was read.
    fn value(&mut self) -> Option<Item> {
        self.blanks();
        let start = self.at;
        let kind = match self.next() {
            Some('{' | '[') if self.depth == DEEPEST => {
                self.stopped = Some(Stopped::TooDeep(start));
                return None;
            }
            Some('{') => self.inside(Self::fields),
            Some('[') => self.inside(Self::items),
            Some('"') => ItemKind::Text(self.string()),
            _ => self.word()?,
        };
        Some(Item::new(start..self.at, kind))
    }

    fn inside(&mut self, read: fn(&mut Self) -> ItemKind) -> ItemKind {
        self.at += 1;
        self.depth += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn fields(&mut self) -> ItemKind {
        let mut fields = Vec::new();
        while self.stopped.is_none() && !self.take('}') {
            if self.next() != Some('"') {
                self.stop();
                break;
            }
            let name = self.string();
            if !self.take(':') {
                self.stop();
                break;
            }
            fields.extend(self.value().map(|value| (name, value)));
            self.between('}');
        }
        ItemKind::Map(fields)
    }

    fn items(&mut self) -> ItemKind {
        let mut items = Vec::new();
        while self.stopped.is_none() && !self.take(']') {
            items.extend(self.value());
            self.between(']');
        }
        ItemKind::List(items)
    }

    /// A comma, or the end that comes next.
    fn between(&mut self, end: char) {
        if self.stopped.is_none() && !self.take(',') && self.next() != Some(end) {
            self.stop();
        }
    }

    fn word(&mut self) -> Option<ItemKind> {
        let rest = &self.text[self.at..];
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        let kind = match word {
            "null" => ItemKind::Null,
            "true" | "false" => ItemKind::Word(word.to_owned()),
            _ if word.parse::<f64>().is_ok_and(f64::is_finite) => ItemKind::Word(word.to_owned()),
            _ => {
                self.stop();
                return None;
            }
        };
        self.at += word.len();
        Some(kind)
    }

    /// A string, from its quote on.
    fn string(&mut self) -> String {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(['"', '\\']).unwrap_or(rest.len());
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.next() {
                Some('"') => {
                    self.at += 1;
                    return out;
                }
                Some(_) => {
                    let Some(c) = self.escape() else { return out };
                    out.push(c);
                }
                None => {
                    self.stop();
                    return out;
                }
            }
        }
    }

    /// A character behind a backslash; half a pair of surrogates is the replacement character.
    fn escape(&mut self) -> Option<char> {
        let written = self.text[self.at + 1..].chars().next();
        let c = match written {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('u') => return self.unicode(),
            _ => {
                self.at += if written.is_some() { 1 } else { self.text.len() - self.at };
                self.stop();
                return None;
            }
        };
        self.at += 2;
        Some(c)
    }

    fn unicode(&mut self) -> Option<char> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
            u16::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self.at) else {
            self.at += 1;
            self.stop();
            return None;
        };
        let second = unit(self.at + 6);
        let pair = second.and_then(|low| char::decode_utf16([first, low]).next()?.ok());
        let is_pair = pair.is_some_and(|c| c.len_utf16() == 2);
        self.at += if is_pair { 12 } else { 6 };
        let alone = char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER);
        Some(pair.filter(|_| is_pair).unwrap_or(alone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_any_reader_of_json() {
        let text = r#" {"a": ["x\n\"é😀\u0041", -1.5e3, true, null, {}], "b": {"c": []}} "#;
        let (values, stopped) = json(text);
        assert_eq!(stopped, None);
        let read: serde_json::Value = serde_json::from_str(text).unwrap();
        let a = &values[0].get("a").unwrap().items();
        assert_eq!(a[0].text(), read["a"][0].as_str());
        assert_eq!(a[1].text(), Some("-1.5e3"));
        assert_eq!((a[2].text(), &a[3].kind), (Some("true"), &ItemKind::Null));
        assert_eq!(&text[a[0].span.clone()][..3], "\"x\\");
        assert_eq!(values[0].get("b").unwrap().fields()[0].0, "c");
    }

    #[test]
    fn text_cut_short_says_what_stands_before_the_cut() {
        let (values, stopped) = json(r#"{"a": 1, "b": ["x", "y"#);
        assert_eq!(stopped, Some(Stopped::AtEnd));
        assert_eq!(values[0].get("a").unwrap().text(), Some("1"));
        assert_eq!(values[0].get("b").unwrap().items()[1].text(), Some("y"));
        let (values, stopped) = json("{\"a\": 1} {\"a\": x");
        assert_eq!((values.len(), stopped), (2, Some(Stopped::At(15, 'x'))));
        assert_eq!(json(&"[".repeat(100)).1, Some(Stopped::TooDeep(64)));
        assert_eq!(json("\"\\").1, Some(Stopped::AtEnd));
        assert_eq!(json("\"\\x").1, Some(Stopped::At(2, 'x')));
    }
}
