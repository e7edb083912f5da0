//! What a single file says of its own making, under `META/`: the digest of every part, and what was left out.
//! A folder has none of this; `build` makes it anew each time.

use std::fmt::Write as _;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::name::Name;

/// The folder that belongs to the container.
pub(super) const META: &str = "META/";
/// The list of parts.
pub(super) const PARTS: &str = "META/parts.ron";
/// The size class; only there if something was left out.
pub(super) const SIZE: &str = "META/size.ron";

/// How much of an edition a single file holds. Ids, manifest and bodies are the same to the byte in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum SizeClass {
    /// No pictures.
    Text,
    /// Pictures at most 480 pixels wide and high.
    Small,
    /// Everything as it is.
    #[default]
    Full,
}

/// The digest of a file: SHA-256 (FIPS 180-4).
pub(super) type Sha = [u8; 32];

/// One part, as the container lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: Name,
    pub(super) bytes: u64,
    pub(super) sha256: Sha,
}

#[derive(Deserialize)]
#[serde(rename = "Size")]
struct SizeRecord {
    class: SizeClass,
}

#[derive(Deserialize)]
#[serde(rename = "Parts")]
struct PartsRecord {
    format: u32,
    parts: Vec<PartRecord>,
}

#[derive(Deserialize)]
#[serde(rename = "Part")]
struct PartRecord {
    name: String,
    bytes: u64,
    sha256: String,
}

impl SizeClass {
    /// What `META/size.ron` says; everything, if that cannot be understood.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        ron::de::from_bytes(bytes).map_or(Self::Full, |size: SizeRecord| size.class)
    }

    /// The text of `META/size.ron`, for a class that has one.
    pub(super) fn to_text(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("Size(class: Text)\n"),
            Self::Small => Some("Size(class: Small)\n"),
            Self::Full => None,
        }
    }
}

/// The digest of some bytes.
pub(super) fn digest(bytes: &[u8]) -> Sha {
    Sha256::digest(bytes).into()
}

/// Bytes in hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads `META/parts.ron`; a sentence says why not.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Part>, String> {
    let record: PartsRecord = ron::de::from_bytes(bytes).map_err(|error| error.to_string())?;
    if record.format != 1 {
        return Err(format!("it is of format {}", record.format));
    }
    let part = |it: PartRecord| {
        Some(Part {
            name: Name::new(&it.name).ok()?,
            bytes: it.bytes,
            sha256: from_hexadecimal(&it.sha256)?,
        })
    };
    let parts: Option<Vec<Part>> = record.parts.into_iter().map(part).collect();
    parts.ok_or_else(|| "one of its lines makes no sense".to_owned())
}

/// The text of `META/parts.ron`: a line a part.
pub(super) fn to_text(parts: &[Part]) -> String {
    let mut text = "Parts(\n    format: 1,\n    parts: [\n".to_owned();
    for part in parts {
        let name = part.name.as_str();
        // A name has neither quotes nor backslashes, so it stands as it is.
        _ = write!(
            text,
            "        Part(name: \"{name}\", bytes: {}, sha256: \"",
            part.bytes
        );
        text.push_str(&hexadecimal(&part.sha256));
        text.push_str("\"),\n");
    }
    text.push_str("    ],\n)\n");
    text
}

fn from_hexadecimal(text: &str) -> Option<Sha> {
    let mut digest = [0; 32];
    if text.len() != 2 * digest.len() {
        return None;
    }
    for (byte, digits) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let part = |name: &str| Part {
            name: Name::new(name).unwrap(),
            bytes: 3,
            sha256: digest(name.as_bytes()),
        };
        let parts = vec![part("pack.ron"), part("images/été.jpg")];
        assert_eq!(parse(to_text(&parts).as_bytes()), Ok(parts));
        for bad in [
            "",
            "Parts(format: 2, parts: [])",
            "Parts(format: 1, parts: [Part(name: \"../a\", bytes: 1, sha256: \"\")])",
            "Parts(format: 1, parts: [Part(name: \"a\", bytes: 1, sha256: \"+f\")])",
        ] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        for class in [SizeClass::Text, SizeClass::Small] {
            assert_eq!(SizeClass::parse(class.to_text().unwrap().as_bytes()), class);
        }
        assert_eq!(SizeClass::parse(b"Size(class: Tiny)"), SizeClass::Full);
    }
}
