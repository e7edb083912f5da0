//! The file name of a series, and back. Safe on every file system, equal only for equal series.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::SeriesId;

/// The longest name; it leaves room for a date and an ending within the 255 bytes file systems give.
const LONGEST: usize = 160;
/// How much of a name that is too long stays readable.
const READABLE: usize = 100;
/// Begins the digest of a name that is too long. No escape looks like it.
const DIGEST_MARK: &str = "%~";
/// Follows the name of a file that was set aside.
pub(super) const KEPT_MARK: &str = ".kept-";
/// Begins the number of a volume. No escape looks like it, so that the name of a volume is the name of no series.
const VOLUME_MARK: &str = "%v";

/// The name of a series' files, without the ending.
///
/// An id of the format is its own name. Everything else is escaped as `%` and two hex digits a byte: capitals too,
/// because some file systems take them for small letters, and the names Windows keeps for devices.
pub fn file_stem(series: &SeriesId) -> String {
    let id = series.as_str();
    let mut stem = String::with_capacity(id.len());
    for (at, byte) in id.bytes().enumerate() {
        let plain = match byte {
            b'a'..=b'z' => at > 0 || !is_device(id),
            b'0'..=b'9' | b'-' | b'_' => true,
            b'.' => at > 0 && at + 1 < id.len() && !id[at..].starts_with(KEPT_MARK),
            _ => false,
        };
        if plain {
            stem.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            _ = write!(stem, "%{byte:02X}");
        }
    }
    if stem.is_empty() {
        return "%".to_owned();
    }
    if stem.len() <= LONGEST {
        return stem;
    }
    let mut cut = READABLE;
    while stem.as_bytes()[cut - 2..cut].contains(&b'%') {
        cut -= 1;
    }
    stem.truncate(cut);
    stem.push_str(DIGEST_MARK);
    for byte in &Sha256::digest(id.as_bytes())[..16] {
        _ = write!(stem, "{byte:02x}");
    }
    stem
}

/// The series whose files have this name; `None` where the name is not one we give, or too long to tell.
pub fn series_of_stem(stem: &str) -> Option<SeriesId> {
    let mut bytes = Vec::with_capacity(stem.len());
    let mut rest = stem.bytes();
    while let Some(byte) = rest.next() {
        let hex = |it: u8| char::from(it).to_digit(16);
        match byte {
            b'%' if stem.len() == 1 => break,
            b'%' => bytes.push((hex(rest.next()?)? * 16 + hex(rest.next()?)?) as u8),
            _ => bytes.push(byte),
        }
    }
    let series = SeriesId::new(String::from_utf8(bytes).ok()?);
    (file_stem(&series) == stem).then_some(series)
}

/// Whether a file of this name, without the ending, is one of ours.
pub(super) fn is_ours(stem: &str) -> bool {
    let is_digest = |it: &str| it.len() == 32 && it.bytes().all(|b| b.is_ascii_hexdigit());
    series_of_stem(stem).is_some()
        || stem
            .rsplit_once(DIGEST_MARK)
            .is_some_and(|(_, digest)| is_digest(digest))
}

/// The name of a volume of the series whose files are named `stem`, without the ending; numbers begin with 1.
pub(super) fn volume_stem(stem: &str, number: u32) -> String {
    format!("{stem}{VOLUME_MARK}{number:04}")
}

/// The name of the series' files and the number of the volume, for the name of a volume.
pub(super) fn volume_of(stem: &str) -> Option<(&str, u32)> {
    let (series, digits) = stem.rsplit_once(VOLUME_MARK)?;
    let number = digits.parse().ok().filter(|it| *it > 0)?;
    // One name a number: what another program made of a name is not ours.
    (is_ours(series) && volume_stem(series, number) == stem).then_some((series, number))
}

/// The name of the series that a file of ours belongs to, the one in use or a volume of it.
pub(super) fn series_stem(stem: &str) -> Option<&str> {
    match volume_of(stem) {
        Some((series, _)) => Some(series),
        None => is_ours(stem).then_some(stem),
    }
}

/// Whether Windows would take the name for a device.
fn is_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default();
    let numbered = |it: &str| matches!(it.strip_prefix("com").or(it.strip_prefix("lpt")), Some(n) if n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    matches!(base, "con" | "prn" | "aux" | "nul") || numbered(base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_readable_and_safe() {
        let cases = [
            ("org.example.world-desk", "org.example.world-desk"),
            ("", "%"),
            ("..", "%2E%2E"),
            (".a.", "%2Ea%2E"),
            ("a/b\\c", "a%2Fb%5Cc"),
            ("Desk", "%44esk"),
            ("nul.news", "%6Eul.news"),
            ("com1", "%63om1"),
            ("com.example", "com.example"),
            ("a.kept-20250101", "a%2Ekept-20250101"),
            ("100%", "100%25"),
            ("é", "%C3%A9"),
        ];
        for (id, stem) in cases {
            let series = SeriesId::new(id);
            assert_eq!(file_stem(&series), stem);
            assert_eq!(series_of_stem(stem), Some(series), "{stem}");
        }
        for foreign in [
            "a b",
            "A",
            "a.sync-conflict-20250101-ABC",
            "%4",
            "%zz",
            "%61",
            "a (copy)",
        ] {
            assert_eq!(series_of_stem(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_volume_is_told_from_a_series() {
        for (stem, expected) in [
            ("a%v0001", Some(("a", 1))),
            ("%%v0012", Some(("%", 12))),
            ("a%v12345", Some(("a", 12_345))),
            ("a%v0000", None),
            ("a%v1", None),
            ("a%v00001", None),
            ("a%v+001", None),
            ("A%v0001", None),
            ("a%v0001%v0001", None),
            ("a%v0001.kept-20250101-101112", None),
            ("a", None),
        ] {
            assert_eq!(volume_of(stem), expected, "{stem}");
            assert!(expected.is_none() || !is_ours(stem), "{stem}");
        }
    }

    proptest! {
        #[test]
        fn a_name_leads_back_or_is_a_digest(id in ".{0,120}") {
            let series = SeriesId::new(&id);
            let stem = file_stem(&series);
            let volume = volume_stem(&stem, 7);
            prop_assert!(!is_ours(&volume));
            prop_assert_eq!(volume_of(&volume), Some((stem.as_str(), 7)));
            prop_assert_eq!(volume_of(&stem), None);
            prop_assert!(stem.len() <= LONGEST);
            prop_assert!(is_ours(&stem));
            prop_assert!(!stem.contains(KEPT_MARK));
            match series_of_stem(&stem) {
                Some(back) => prop_assert_eq!(back, series),
                None => prop_assert!(stem.contains(DIGEST_MARK)),
            }
        }

        #[test]
        fn names_differ_as_series_do(a in "[aA%.é]{0,80}", b in "[aA%.é]{0,80}") {
            let (a, b) = (SeriesId::new(a), SeriesId::new(b));
            let same = file_stem(&a).to_lowercase() == file_stem(&b).to_lowercase();
            prop_assert_eq!(same, a == b);
        }
    }
}
