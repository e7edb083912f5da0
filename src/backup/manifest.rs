//! `backup.ron`: what a backup says of itself. Any program that opens ZIP files shows it.

use std::fmt::Write as _;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// The name of the entry.
pub(super) const NAME: &str = "backup.ron";
/// The newest form this program understands, and the one it writes.
pub(super) const FORMAT: u32 = 1;
/// The most bytes of it; a million files take a fifth.
pub(super) const MOST: u64 = 1 << 30;

/// What a backup says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename = "Backup")]
pub(super) struct Manifest {
    /// Its form.
    pub format: u32,
    /// The version of the program that made it.
    #[serde(default)]
    pub program: String,
    /// When: RFC 3339, UTC.
    #[serde(default)]
    pub made: String,
    /// What is in it.
    pub files: Vec<Part>,
}

/// The fields of every form that there will be.
#[derive(Deserialize)]
#[serde(rename = "Backup")]
struct Head {
    format: u32,
    #[serde(default)]
    program: String,
}

/// A file in a backup.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "File")]
pub(super) struct Part {
    /// Its name in the data folder and in the archive.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The digest of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What is wrong with a manifest.
pub(super) enum Fault {
    /// A newer program of this version made it.
    Newer(String),
    /// It is no manifest; a reason without a full stop.
    Damaged(String),
}

impl Part {
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            sha256: digest(bytes),
        }
    }

    /// Whether these are its bytes.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes.len() as u64 && self.sha256 == digest(bytes)
    }
}

impl Manifest {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let damaged = |reason: String| Fault::Damaged(reason);
        let text = str::from_utf8(bytes).map_err(|_| damaged("it is not text".to_owned()))?;
        let wrong = |error: ron::error::SpannedError| {
            let (line, what) = (error.span.start.line, error.code);
            damaged(format!("line {line}: {what}"))
        };
        let head: Head = ron::from_str(text).map_err(wrong)?;
        if head.format > FORMAT {
            return Err(Fault::Newer(head.program));
        }
        ron::from_str(text).map_err(wrong)
    }

    /// As it stands in the archive.
    pub(super) fn to_text(&self) -> String {
        let quote = |text: &str| ron::to_string(text).unwrap_or_default();
        let mut text = format!(
            "// A backup of your Offprint files. Put it back with Settings, or with `offprint restore`.\nBackup(\n    format: {},\n    program: {},\n    made: {},\n    files: [\n",
            self.format,
            quote(&self.program),
            quote(&self.made),
        );
        for part in &self.files {
            // Writing to a string cannot fail.
            _ = writeln!(
                text,
                "        File(name: {}, bytes: {}, sha256: {}),",
                quote(&part.name),
                part.bytes,
                quote(&part.sha256)
            );
        }
        text.push_str("    ],\n)\n");
        text
    }
}

fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let manifest = Manifest {
            format: FORMAT,
            program: "1.2.3".to_owned(),
            made: "2026-01-02T03:04:05Z".to_owned(),
            files: vec![Part::of("bookmarks/a \"b\".ron", b"x")],
        };
        let text = manifest.to_text();
        let Ok(read) = Manifest::parse(text.as_bytes()) else {
            panic!("{text}")
        };
        assert_eq!(read.to_text(), text);
        assert!(read.files[0].is(b"x") && !read.files[0].is(b"y"));
    }

    #[test]
    fn what_is_newer_or_no_manifest_is_told() {
        let newer = "Backup(format: 2, program: \"9.0\", parts: { \"a\": 1 })";
        assert!(matches!(
            Manifest::parse(newer.as_bytes()),
            Err(Fault::Newer(program)) if program == "9.0"
        ));
        for bad in [
            "",
            "Backup(",
            "Backup(format: 1)",
            "Pack(format: 1, files: [])",
        ] {
            let parsed = Manifest::parse(bad.as_bytes());
            assert!(matches!(parsed, Err(Fault::Damaged(_))), "{bad}");
        }
        // A field that is not known is passed over.
        assert!(Manifest::parse(b"Backup(format: 1, files: [], x: 1)").is_ok());
    }
}
