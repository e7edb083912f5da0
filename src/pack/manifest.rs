//! The manifest as it is written: RON structures, field for field, and what RON itself says is wrong.
//! It never decides what a value means; that is `lower`.

use std::fmt;
use std::path::Path;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::PackError;
use super::limits::{ABSURD_LIST, MANIFEST_DEPTH, STORY_LIST, UNKNOWN_FIELDS};

/// The newest format that is known.
pub(super) const FORMAT: u64 = 1;

/// Declares a structure of the manifest. Every field may be left out, and fields that are not known are kept by name.
macro_rules! record {
    ($(#[$doc:meta])* $Name:ident as $name:literal { $($field:ident: $Type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $Name {
            $(pub(super) $field: $Type,)*
            /// Fields that this version does not know.
            pub(super) unknown: Vec<String>,
        }

        impl $Name {
            /// The names of the fields that are known.
            pub(super) const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> Visitor<'de> for Fields {
                    type Value = $Name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("a ", $name))
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$Name, A::Error> {
                        let mut record = $Name::default();
                        $(let mut $field = false;)*
                        while let Some(Key(key)) = map.next_key()? {
                            match key.as_str() {
                                $(stringify!($field) => {
                                    if std::mem::replace(&mut $field, true) {
                                        return Err(de::Error::duplicate_field(stringify!($field)));
                                    }
                                    record.$field = map.next_value()?;
                                })*
                                _ => {
                                    map.next_value::<IgnoredAny>()?;
                                    if record.unknown.len() < UNKNOWN_FIELDS {
                                        record.unknown.push(key);
                                    }
                                }
                            }
                        }
                        Ok(record)
                    }
                }
                deserializer.deserialize_struct($name, Self::FIELDS, Fields)
            }
        }
    };
}

record! {
    /// The whole manifest.
    Pack as "Pack" {
        format: Option<u64>,
        id: Option<String>,
        edition: Option<String>,
        title: Option<String>,
        summary: Option<String>,
        language: Option<String>,
        published: Option<String>,
        publisher: Option<Publisher>,
        rights: Option<String>,
        cover: Option<Image>,
        excerpt: Option<bool>,
        sections: Vec<Section>,
    }
}

record! {
    /// Who answers for the pack.
    Publisher as "Publisher" {
        name: Option<String>,
        url: Option<String>,
    }
}

record! {
    /// A run of stories.
    Section as "Section" {
        id: Option<String>,
        title: Option<String>,
        stories: Vec<Story>,
    }
}

record! {
    /// A story without its body.
    Story as "Story" {
        id: Option<String>,
        headline: Option<String>,
        summary: Option<String>,
        byline: Few,
        published: Option<String>,
        updated: Option<String>,
        thumbnail: Option<Image>,
        tags: Few,
        related: Few,
        source: Option<String>,
        body: Option<String>,
        clipped: Option<Clipped>,
    }
}

record! {
    /// Where a story was taken from.
    Clipped as "Clipped" {
        series: Option<String>,
        edition: Option<String>,
        title: Option<String>,
        published: Option<String>,
        publisher: Option<String>,
        rights: Option<String>,
        language: Option<String>,
        story: Option<String>,
        digest: Option<String>,
    }
}

record! {
    /// A picture.
    Image as "Image" {
        file: Option<String>,
        alt: Option<String>,
        caption: Option<String>,
        credit: Option<String>,
    }
}

record! {
    /// Only what tells whether the rest can be understood; everything else is passed over.
    Format as "Pack" { format: Option<u64> }
}

/// A list of texts, as long as anybody needs; what comes after that is passed over.
#[derive(Debug, Default)]
pub(super) struct Few(Vec<String>);

impl std::ops::Deref for Few {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl IntoIterator for Few {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de> Deserialize<'de> for Few {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Few;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Few, A::Error> {
                let mut few = Vec::new();
                while few.len() < STORY_LIST {
                    match texts.next_element()? {
                        Some(text) => few.push(text),
                        None => return Ok(Few(few)),
                    }
                }
                let mut more = 0;
                while texts.next_element::<IgnoredAny>()?.is_some() {
                    more += 1;
                    if more > ABSURD_LIST {
                        return Err(de::Error::custom("the list is absurdly long; shorten it"));
                    }
                }
                Ok(Few(few))
            }
        }
        deserializer.deserialize_seq(Texts)
    }
}

/// A field's name.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
                Ok(Key(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(Name)
    }
}

/// Reads a manifest. `path` is for the errors only.
pub(super) fn parse<'a>(bytes: &'a [u8], path: &Path) -> Result<(Pack, &'a str), PackError> {
    let text = text(bytes, path)?;
    let options = Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(MANIFEST_DEPTH);
    let syntax = |error: &ron::error::SpannedError| {
        let at = error.span.start;
        syntax_error(text, at.line, at.col, reason(&error.code), path)
    };
    let parsed = options.from_str::<Pack>(text);
    let format = match &parsed {
        Ok(pack) => pack.format,
        // A newer format may be written in ways that look like faults. One that says at once that it is this one need not be gone through
        // again.
        Err(_) if says_this_format(text) => None,
        Err(_) => options.from_str::<Format>(text).ok().and_then(|f| f.format),
    };
    if let Some(format) = format.filter(|format| *format > FORMAT) {
        let path = path.to_owned();
        return Err(PackError::NewerFormat { format, path });
    }
    let pack = parsed.map_err(|error| syntax(&error))?;
    Ok((pack, text))
}

/// Whether the first lines name the format that is known, as nearly every manifest does.
fn says_this_format(text: &str) -> bool {
    const START: usize = 200;
    let start = text.get(..START).unwrap_or(text);
    start.contains("format: 1,")
}

fn text<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, PackError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let (sound, _) = bytes.split_at(error.valid_up_to());
        let sound = String::from_utf8_lossy(sound);
        let line = sound.bytes().filter(|&b| b == b'\n').count() + 1;
        let column = sound.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let reason = "it is not UTF-8 there; save it as UTF-8".to_owned();
        syntax_error(&String::from_utf8_lossy(bytes), line, column, reason, path)
    })
}

/// An error that shows the line at fault.
pub(super) fn syntax_error(
    text: &str,
    line: usize,
    column: usize,
    reason: String,
    path: &Path,
) -> PackError {
    const SHOWN: usize = 120;
    let full = text
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default()
        .trim();
    let mut shown: String = full
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if full.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    PackError::ManifestSyntax {
        line,
        column,
        text: shown,
        reason,
        path: path.to_owned(),
    }
}

fn reason(error: &ron::Error) -> String {
    match error {
        ron::Error::ExceededRecursionLimit => "values lie too deep inside one another".to_owned(),
        ron::Error::Eof => {
            "it ends too early; a bracket or a quotation mark is not closed".to_owned()
        }
        ron::Error::ExpectedStringEnd => "a quotation mark is not closed".to_owned(),
        other => {
            let text = other.to_string();
            let mut chars = text.chars();
            let first = chars.next().map(|c| c.to_lowercase().to_string());
            format!("{}{}", first.unwrap_or_default(), chars.as_str())
        }
    }
}
