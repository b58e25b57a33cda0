//! Values of events, of whatever type they are written.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::record::{Dns, Record};

/// A text, borrowed where it holds no escapes; nothing where another type stands.
#[derive(Debug, Default)]
pub(super) struct Text<'a>(pub Option<Cow<'a, str>>);

/// A number, as such or in quotes; nothing where another type stands.
#[derive(Debug, Default)]
pub(super) struct Number(pub Option<u64>);

/// An event as a text, or as an object.
#[derive(Debug, Default)]
pub(super) enum Message<'a> {
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    Object(Box<Record<'a>>),
}

/// The name of the first query.
#[derive(Debug, Default)]
pub(super) struct Queries<'a>(pub Option<Cow<'a, str>>);

/// Which resource wrote an event (`aws_metadata.resource_arn`).
#[derive(Debug, Default)]
pub(super) struct Resource<'a>(pub Text<'a>);

impl Text<'_> {
    pub(super) fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.get() == Some(text)
    }
}

impl<'a> Text<'a> {
    /// The text, if it says something.
    pub(super) fn said(self) -> Option<Cow<'a, str>> {
        self.0.filter(|text| !text.is_empty())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|value| match value {
            Value::Text(text) => Self(Some(text)),
            Value::Number(_) | Value::Object(_) | Value::Resource(_) | Value::Else => Self(None),
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|value| match value {
            Value::Text(text) => Self(text.trim().parse().ok()),
            Value::Number(number) => Self(Some(number)),
            Value::Object(_) | Value::Resource(_) | Value::Else => Self(None),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Message<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Events).map(|value| match value {
            Value::Text(text) => Self::Text(text),
            Value::Object(record) => Self::Object(record),
            Value::Number(_) | Value::Resource(_) | Value::Else => Self::Nothing,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Resource<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Metadata).map(|value| match value {
            Value::Resource(arn) => Self(arn),
            Value::Text(_) | Value::Object(_) | Value::Number(_) | Value::Else => {
                Self(Text::default())
            }
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Queries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = Option<Cow<'de, str>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("queries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let first: Option<Dns<'de>> = seq.next_element()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first.and_then(|query| query.rrname.0))
            }
        }
        deserializer.deserialize_seq(First).map(Self)
    }
}

/// A value of whatever type.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(u64),
    Object(Box<Record<'a>>),
    Resource(Text<'a>),
    Else,
}

/// Takes texts and numbers, and passes over everything else.
struct Lenient;

/// The same with objects, which are events.
struct Events;

/// The same with an object that may name a resource.
struct Metadata;

macro_rules! lenient {
    ($visitor:ty, |$map:ident| $object:expr) => {
        impl<'de> Visitor<'de> for $visitor {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value<'de>, E> {
                Ok(Value::Number(number))
            }

            fn visit_i64<E: de::Error>(self, _: i64) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_unit<E: de::Error>(self) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::Else)
            }

            fn visit_map<A: MapAccess<'de>>(self, $map: A) -> Result<Value<'de>, A::Error> {
                $object
            }
        }
    };
}

lenient!(Lenient, |map| {
    let mut map = map;
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(Value::Else)
});
lenient!(Events, |map| {
    let record = Record::deserialize(de::value::MapAccessDeserializer::new(map))?;
    Ok(Value::Object(Box::new(record)))
});
lenient!(Metadata, |map| {
    let (mut map, mut arn) = (map, Text::default());
    while let Some(key) = map.next_key::<Cow<'de, str>>()? {
        if key == "resource_arn" {
            arn = map.next_value()?;
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(Value::Resource(arn))
});
