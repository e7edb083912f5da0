//! The list of check numbers, in the form that `sha256sum -c` and `shasum -c` read.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::PAGE;

/// The most bytes of a list that is read; it has a line a file.
const MOST: u64 = 1 << 20;

/// A list of names and their check numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(pub Vec<(String, String)>);

impl Sums {
    /// Reads a list that we wrote. Nothing where it is another's, or none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let mut text = String::new();
        let file = File::open(path).ok()?;
        file.take(MOST).read_to_string(&mut text).ok()?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Option<Self> {
        let line = |line: &str| {
            let (digits, name) = line.split_once("  ")?;
            let is_number = digits.len() == 64 && digits.bytes().all(|it| it.is_ascii_hexdigit());
            (is_number && !name.is_empty()).then(|| (name.to_owned(), digits.to_owned()))
        };
        let all: Option<Vec<_>> = text.lines().map(line).collect();
        let sums = Self(all?);
        // What we write always has the page among it.
        sums.0.iter().any(|(name, _)| name == PAGE).then_some(sums)
    }

    /// Whether a file is listed with this number. While a copy is under way, a file stands there with the number it had as well.
    pub(super) fn has(&self, name: &str, digits: &str) -> bool {
        self.0
            .iter()
            .any(|(it, known)| it == name && known == digits)
    }

    /// As it stands in the file.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        for (name, digits) in &self.0 {
            // Writing to a string cannot fail.
            _ = writeln!(text, "{digits}  {name}");
        }
        text
    }
}

/// The check number of what `source` gives, each part of which goes to `part` as well.
pub(super) fn digest<E: From<io::Error>>(
    mut source: impl Read,
    mut part: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(String, u64), E> {
    let mut buffer = vec![0; 1 << 20];
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let some = buffer.get(..read).unwrap_or_default();
        hash.update(some);
        bytes += some.len() as u64;
        part(some)?;
    }
    let mut digits = String::new();
    for byte in hash.finalize() {
        _ = write!(digits, "{byte:02x}");
    }
    Ok((digits, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let digits = "0".repeat(64);
        let sums = Sums(vec![
            ("packs/a b.offprint".to_owned(), "a".repeat(64)),
            (PAGE.to_owned(), digits.clone()),
        ]);
        assert_eq!(Sums::parse(&sums.to_text()), Some(sums.clone()));
        assert!(sums.has(PAGE, &digits));
        assert!(!sums.has("b", &digits) && !sums.has(PAGE, &"a".repeat(64)));
    }

    #[test]
    fn a_list_of_others_is_not_ours() {
        let digits = "0".repeat(64);
        for text in [
            String::new(),
            format!("{digits}  linux.iso\n"),
            format!("{digits} {PAGE}\n"),
            format!("{}  {PAGE}\n", "0".repeat(40)),
            format!("{digits}  {PAGE}\nwords\n"),
        ] {
            assert_eq!(Sums::parse(&text), None, "{text}");
        }
    }

    #[test]
    fn a_check_number_is_that_of_all_bytes() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut seen = Vec::new();
        let found = digest(&b"abc"[..], |part| {
            seen.extend_from_slice(part);
            Ok::<(), io::Error>(())
        });
        assert_eq!(found.unwrap(), (abc.to_owned(), 3));
        assert_eq!(seen, b"abc");
    }
}
