//! Reads records as `ron` does, several times as fast: what is written plainly is taken from where it stands, and `ron` is asked for
//! the rest, value by value.

use ron::error::SpannedError;
use ron::extensions::Extensions;
use ron::{Error, Options};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::outline::Walk;

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A record read as RON, the way people write it: without `Some`.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, SpannedError> {
    // Whatever is odd about it, `ron` decides, and says where it is.
    T::deserialize(Record(text)).or_else(|_| options().from_str(text))
}

/// A struct as an outline finds it. Anything else is left to `ron`.
struct Record<'de>(&'de str);

impl<'de> Deserializer<'de> for Record<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let walk = Walk::fields(self.0).map_err(|fault| Error::custom(fault.what))?;
        if self.0.starts_with('#') || !(walk.name.is_empty() || walk.name == name) {
            return Err(Error::custom("another struct"));
        }
        visitor.visit_map(Fields { walk, value: "" })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Fields<'de> {
    walk: Walk<'de>,
    value: &'de str,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let field = self.walk.field();
        let Some((name, value)) = field.map_err(|fault| Error::custom(fault.what))? else {
            return Ok(None);
        };
        let plain = |b: u8| b.is_ascii_alphabetic() || b == b'_';
        if !name.bytes().all(|b| plain(b) || b.is_ascii_digit())
            || !name.bytes().next().is_some_and(plain)
        {
            return Err(Error::custom("an odd name"));
        }
        self.value = value;
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Value(self.value))
    }
}

/// The value of a field.
struct Value<'de>(&'de str);

impl<'de> Value<'de> {
    /// A text in quotation marks with nothing in it that needs to be understood.
    fn plain(&self) -> Option<&'de str> {
        let text = self.0.strip_prefix('"')?.strip_suffix('"')?;
        let odd = |b: u8| b == b'"' || b == b'\\' || b < b' ';
        // To the end, whatever is found: so the processor takes many at a time.
        let any = text.bytes().fold(false, |any, b| any | odd(b));
        (!any).then_some(text)
    }

    /// What `ron` makes of it.
    fn with<T>(
        &self,
        read: impl FnOnce(&mut ron::Deserializer<'de>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let options = options();
        let mut ron =
            ron::Deserializer::from_str_with_options(self.0, &options).map_err(|it| it.code)?;
        let value = read(&mut ron)?;
        ron.end()?;
        Ok(value)
    }
}

macro_rules! ask_ron {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.with(|ron| ron.$method(visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.plain() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => self.with(|ron| ron.deserialize_str(visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.plain() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => self.with(|ron| ron.deserialize_string(visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.plain() {
            Some(_) => visitor.visit_some(self),
            None => self.with(|ron| ron.deserialize_option(visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.plain() {
            Some(_) => visitor.visit_unit(),
            None => self.with(|ron| ron.deserialize_ignored_any(visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_unit_struct(name, visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_newtype_struct(name, visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        count: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_tuple(count, visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        count: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_tuple_struct(name, count, visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_struct(name, fields, visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.with(|ron| ron.deserialize_enum(name, variants, visitor))
    }

    ask_ron! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename = "Part")]
    struct Part {
        at: String,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename = "Whole")]
    struct Whole {
        name: String,
        #[serde(default)]
        maybe: Option<String>,
        #[serde(default)]
        size: f32,
        #[serde(default)]
        parts: Vec<Part>,
        #[serde(default)]
        times: BTreeMap<String, String>,
    }

    /// A value of many kinds, most of them wrong somewhere.
    fn value() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            r#""a""#,
            r#""a\n\u{62}""#,
            r##"r#"a"b"#"##,
            "\"a\nb\"",
            r#"Some("a")"#,
            "None",
            "1",
            "-.5",
            "1.5e3",
            "true",
            r#"[Part(at: "1"), (at: "2"),]"#,
            r#"[Other(at: "1")]"#,
            "[1 2]",
            r#"{"a": "b"}"#,
            "{}",
            "()",
            "@",
            "'a'",
            "b\"a\"",
            "\"a\" /* c */",
            "\"a\" // c\n",
            "1 2",
            "Blue",
        ])
        .prop_map(str::to_owned)
    }

    proptest! {
        #[test]
        fn it_reads_what_ron_reads(
            name in prop::sample::select(vec!["", "Whole", "Other", "#![enable(x)] Whole", " Whole /**/"]),
            fields in prop::collection::vec(
                (
                    prop::sample::select(vec![
                        "name", "maybe", "size", "parts", "times", "else", "r#name", "naïve", "1a", "",
                    ]),
                    value(),
                ),
                0..5,
            ),
            close in prop::sample::select(vec![")", ",)", "", ") x", ") // end"]),
        ) {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            let text = format!("{name}({}{close}", fields.join(", "));
            let ours = parse::<Whole>(&text);
            let theirs = options().from_str::<Whole>(&text);
            prop_assert_eq!(&ours, &theirs, "{}", text);
        }

        #[test]
        fn plain_texts_come_as_they_are(name in any::<String>()) {
            let text = format!("Whole(name: {})", super::super::outline::quote(&name));
            prop_assert_eq!(parse::<Whole>(&text).unwrap().name, name);
        }
    }
}
