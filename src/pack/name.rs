//! The name of a file inside a pack, safe by construction.
//! It never touches a disk: whether the file exists, and whether a link leads out of the pack, is asked of the source.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use super::error::PackError;
use super::limits::NAME_BYTES;

/// A relative path with `/` between its parts that cannot leave the pack on any system.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Box<str>);

impl Name {
    /// Takes a name as an author wrote it.
    pub fn new(name: &str) -> Result<Self, PackError> {
        match fault(name) {
            None => Ok(Self(name.into())),
            Some(fault) => Err(PackError::UnsafeName {
                name: name.chars().take(NAME_BYTES).collect(),
                fault,
            }),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts of the name.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The folder, empty at the top, and the name inside it.
    pub fn split(&self) -> (&str, &str) {
        self.0.rsplit_once('/').unwrap_or(("", &self.0))
    }

    /// What follows the last dot, in small letters.
    pub fn extension(&self) -> Option<String> {
        let (_, file) = self.split();
        file.rsplit_once('.')
            .map(|(_, ext)| ext.to_ascii_lowercase())
    }
}

/// What a file system takes a name for that minds neither capitals nor ways of writing an accent. Two names that are alike cannot lie
/// in one folder everywhere.
pub(super) fn alike(name: &str) -> String {
    name.nfd().flat_map(char::to_lowercase).nfc().collect()
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with a name.
fn fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.len() > NAME_BYTES {
        return Some("it is longer than 240 bytes");
    }
    if name.contains('\\') {
        return Some("it has a backslash");
    }
    if name.starts_with('/') {
        return Some("it starts with a slash");
    }
    if matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        return Some("it starts with a drive letter");
    }
    if name.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return Some("it has a character that Windows does not take in names");
    }
    if name.chars().any(is_hidden) {
        return Some("it has a control character");
    }
    name.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<&'static str> {
    match part {
        "" => Some("one of its parts is empty"),
        "." => Some("it has a part “.”"),
        ".." => Some("it has a part “..”"),
        _ if part.ends_with(['.', ' ']) => {
            Some("one of its parts ends in a dot or a space, which Windows drops")
        }
        _ if is_reserved(part) => Some("Windows reserves one of its parts for a device"),
        _ => None,
    }
}

/// Control characters, and those that make a name read as another.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let stem = stem.to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        _ => stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"))
            .is_some_and(|n| {
                matches!(
                    n,
                    "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
                )
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_safe_names_only() {
        for good in [
            "pack.ron",
            "stories/a.md",
            "images/été 2025.jpg",
            "a/b/c",
            "...a",
            ".hidden",
            "images/地図.png",
            "console.md",
            "com10.md",
            "%2e%2e/a",
        ] {
            assert!(Name::new(good).is_ok(), "{good}");
        }
        let long = "a".repeat(241);
        for bad in [
            "",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a/..",
            ".",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:/a",
            "c:a",
            "a:b",
            "a/b:c",
            "what?.md",
            "a\0b",
            "a\nb",
            "a\u{202E}gpj.exe",
            "a\u{85}",
            "con",
            "images/NUL.png",
            "aux.tar.gz",
            "com1",
            "LPT9.txt",
            "a./b",
            "a /b",
            &long,
        ] {
            assert!(Name::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn splits() {
        let name = Name::new("images/Map.PNG").unwrap();
        assert_eq!(name.split(), ("images", "Map.PNG"));
        assert_eq!(name.extension().as_deref(), Some("png"));
        assert_eq!(Name::new("mimetype").unwrap().split(), ("", "mimetype"));
    }
}
