//! Writes an archive: the same bytes for the same entries in the same order, wherever and whenever it is done.
//!
//! Compression is `miniz_oxide`'s and no other's: faster ones choose their matches by what the processor can do.

use std::io::{self, Write};

use super::{DEFLATED, STORED};
use crate::pack::limits::{EXPANSION, EXPANSION_FREE};
use crate::pack::name::Name;

/// The content of an entry as it lies in the file.
#[derive(Debug)]
pub(in crate::pack) struct Packed {
    /// The bytes.
    pub(in crate::pack) bytes: Vec<u8>,
    method: u16,
    crc: u32,
    size: u64,
}

/// As hard as is worth its time; a harder level wins two percent.
const LEVEL: u8 = 6;

impl Packed {
    /// The content as it is.
    pub(in crate::pack) fn stored(bytes: Vec<u8>) -> Self {
        Self {
            method: STORED,
            crc: crc32fast::hash(&bytes),
            size: bytes.len() as u64,
            bytes,
        }
    }

    /// The content compressed, if that makes it smaller, and not so much smaller that a reader would take it for a bomb.
    pub(in crate::pack) fn deflated(bytes: Vec<u8>) -> Self {
        let packed = miniz_oxide::deflate::compress_to_vec(&bytes, LEVEL);
        let most = (packed.len() as u64).saturating_mul(EXPANSION);
        if packed.len() >= bytes.len() || bytes.len() as u64 > most.saturating_add(EXPANSION_FREE) {
            return Self::stored(bytes);
        }
        Self {
            method: DEFLATED,
            crc: crc32fast::hash(&bytes),
            size: bytes.len() as u64,
            bytes: packed,
        }
    }

    /// What an entry of another archive holds, as it lies there.
    pub(in crate::pack) fn copied(entry: &super::Entry, bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            method: entry.method,
            crc: entry.crc,
            size: entry.size,
        }
    }
}

/// Writes entries one after another, and the directory in the end.
#[derive(Debug)]
pub(in crate::pack) struct Writer<W> {
    out: W,
    at: u64,
    central: Vec<u8>,
    entries: u64,
}

/// The name is UTF-8 and not plain ASCII.
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the first day there is (and a time of 0).
const DAY: u16 = 1 << 5 | 1;
/// A regular file that everybody may read.
const ATTRIBUTES: u32 = 0o100_644 << 16;
const UNIX: u16 = 3 << 8;
/// The versions of ZIP that know stored entries, deflated ones, and ZIP64.
const VERSIONS: [u16; 3] = [10, 20, 45];

impl<W: Write> Writer<W> {
    pub(in crate::pack) fn new(out: W) -> Self {
        Self {
            out,
            at: 0,
            central: Vec::new(),
            entries: 0,
        }
    }

    /// Writes an entry. Its content must be under 4 GiB, which the limits of every kind of file see to.
    pub(in crate::pack) fn add(&mut self, name: &Name, content: &Packed) -> io::Result<()> {
        self.add_text(name.as_str(), content)
    }

    /// The same under a name that somebody else has seen to.
    pub(in crate::pack) fn add_text(&mut self, name: &str, content: &Packed) -> io::Result<()> {
        let too_large = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let size = u32::try_from(content.size).map_err(too_large)?;
        let packed = u32::try_from(content.bytes.len()).map_err(too_large)?;
        let name = name.as_bytes();
        let length = u16::try_from(name.len()).map_err(too_large)?;
        let flags = if name.is_ascii() { 0 } else { UTF8 };
        let wide = self.at >= u64::from(u32::MAX);
        let [stored, deflated, zip64] = VERSIONS;
        let plain = if content.method == STORED {
            stored
        } else {
            deflated
        };
        let central_version = if wide { zip64 } else { plain };

        // What the local header and the directory have in common (APPNOTE 4.3.7).
        let common = |version: u16, extra: u16| {
            let mut bytes = Vec::with_capacity(26);
            for number in [version, flags, content.method, 0, DAY] {
                bytes.extend(number.to_le_bytes());
            }
            for number in [content.crc, packed, size] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(length.to_le_bytes());
            bytes.extend(extra.to_le_bytes());
            bytes
        };
        let mut local = b"PK\x03\x04".to_vec();
        local.extend(common(plain, 0));
        local.extend(name);

        let mut extra = Vec::new();
        if wide {
            extra.extend([1_u16, 8].map(u16::to_le_bytes).concat());
            extra.extend(self.at.to_le_bytes());
        }
        self.central.extend(b"PK\x01\x02");
        self.central.extend((UNIX | central_version).to_le_bytes());
        self.central
            .extend(common(central_version, extra.len() as u16));
        // No comment, the first disk, no remarks on the content.
        self.central.extend([0; 6]);
        self.central.extend(ATTRIBUTES.to_le_bytes());
        let offset = u32::try_from(self.at).unwrap_or(u32::MAX);
        self.central.extend(offset.to_le_bytes());
        self.central.extend(name);
        self.central.extend(extra);
        self.entries += 1;

        self.write(&local)?;
        self.write(&content.bytes)
    }

    /// Writes the directory and gives back what was written to.
    pub(in crate::pack) fn finish(mut self) -> io::Result<W> {
        let start = self.at;
        let central = std::mem::take(&mut self.central);
        self.write(&central)?;
        let (size, entries) = (central.len() as u64, self.entries);
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let count = u16::try_from(entries).unwrap_or(u16::MAX);
        if count == u16::MAX || narrow(size) == u32::MAX || narrow(start) == u32::MAX {
            let at = self.at;
            let mut wide = b"PK\x06\x06".to_vec();
            wide.extend(44_u64.to_le_bytes());
            let [_, _, zip64] = VERSIONS;
            wide.extend((UNIX | zip64).to_le_bytes());
            wide.extend(zip64.to_le_bytes());
            wide.extend([0; 8]);
            for number in [entries, entries, size, start] {
                wide.extend(number.to_le_bytes());
            }
            wide.extend(b"PK\x06\x07\0\0\0\0");
            wide.extend(at.to_le_bytes());
            wide.extend(1_u32.to_le_bytes());
            self.write(&wide)?;
        }
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend([count, count].map(u16::to_le_bytes).concat());
        end.extend([narrow(size), narrow(start)].map(u32::to_le_bytes).concat());
        end.extend([0; 2]);
        self.write(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}
