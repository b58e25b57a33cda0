//! YAML that is no policy: CloudFormation's, with its short forms of functions.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::items::{Item, ItemKind};
use super::syntax::syntax;
use super::value::yaml_type;
use crate::messages::Text;

/// A list or mapping whose end has not been seen.
struct Open {
    start: usize,
    tag: Option<String>,
    kind: Kind,
}

enum Kind {
    List(Vec<Item>),
    /// The fields, and the name of the one whose value comes next.
    Map(Vec<(String, Item)>, Option<String>),
}

/// The documents of a text, and where and why it is no YAML any more; what stands before counts.
///
/// A tag such as `!Sub` becomes what it is short for, a mapping from `Fn::Sub`; `!Ref` and `!Condition` have no such prefix.
#[must_use]
pub fn yaml_items(text: &str) -> (Vec<Item>, Option<(usize, Text)>) {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: 64,
        block_nesting_limit: 64,
    };
    let mut builder = Builder { open: Vec::new(), done: Vec::new(), last: 0 };
    let mut stopped = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let rest = text.get(at..).unwrap_or_default();
                stopped = Some((at, syntax(&error, rest).said.0));
                break;
            }
        }
    }
    while !builder.open.is_empty() {
        builder.end(text.len());
    }
    (builder.done, stopped)
}

struct Builder {
    open: Vec<Open>,
    done: Vec<Item>,
    last: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: &Span) {
        let range = span.byte_range().unwrap_or(self.last..self.last);
        self.last = range.end;
        let tag = event.tag().and_then(|tag| match (tag.handle(), tag.suffix()) {
            ("!", "") => None,
            ("!", name @ ("Ref" | "Condition")) => Some(name.to_owned()),
            ("!", name) => Some(format!("Fn::{name}")),
            _ => None,
        });
        match event {
            Event::Scalar(value, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let kind = match yaml_type(&value).filter(|_| plain) {
                    Some("nothing") => ItemKind::Null,
                    Some(_) => ItemKind::Word(value.into_owned()),
                    None => ItemKind::Text(value.into_owned()),
                };
                self.close(tagged(tag, Item::new(range, kind)));
            }
            Event::SequenceStart(..) => {
                self.open.push(Open { start: range.start, tag, kind: Kind::List(Vec::new()) });
            }
            Event::MappingStart(..) => {
                let kind = Kind::Map(Vec::new(), None);
                self.open.push(Open { start: range.start, tag, kind });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.close(Item::new(range, ItemKind::Unknown("*alias".to_owned())));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: usize) {
        let Some(Open { start, tag, kind }) = self.open.pop() else { return };
        let kind = match kind {
            Kind::List(items) => ItemKind::List(items),
            Kind::Map(fields, _) => ItemKind::Map(fields),
        };
        self.close(tagged(tag, Item::new(start..end.max(start), kind)));
    }

    fn close(&mut self, item: Item) {
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.done.push(item),
            Some(Kind::List(items)) => items.push(item),
            Some(Kind::Map(fields, name)) => match name.take() {
                Some(name) => fields.push((name, item)),
                // What is no text names nothing.
                None => *name = Some(item.text().unwrap_or_default().to_owned()),
            },
        }
    }
}

fn tagged(tag: Option<String>, item: Item) -> Item {
    match tag {
        Some(name) => Item::new(item.span.clone(), ItemKind::Map(vec![(name, item)])),
        None => item,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_what_they_are_short_for() {
        let text = "a: !Ref X\nb: !GetAtt [Y, Arn]\nc: !Sub |\n  ${Z}\nd: 10\ne: \"10\"\n";
        let (values, stopped) = yaml_items(text);
        assert_eq!(stopped, None);
        let of = |field: &str, inner: &str| values[0].get(field).unwrap().get(inner).cloned();
        assert_eq!(of("a", "Ref").unwrap().text(), Some("X"));
        assert_eq!(of("b", "Fn::GetAtt").unwrap().items().len(), 2);
        assert_eq!(of("c", "Fn::Sub").unwrap().text(), Some("${Z}\n"));
        assert_eq!(values[0].get("d").unwrap().kind, ItemKind::Word("10".to_owned()));
        assert_eq!(values[0].get("e").unwrap().kind, ItemKind::Text("10".to_owned()));
    }

    #[test]
    fn text_that_breaks_off_is_read_up_to_there() {
        let (values, stopped) = yaml_items("a: [x, y]\nb: {c: d\nf: [\"g\n");
        assert!(stopped.is_some());
        assert_eq!(values[0].get("a").unwrap().items().len(), 2);
    }
}
