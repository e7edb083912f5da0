//! One entry of an archive, and its content. What directory and entry say must agree, and the content must be what both say.

use std::io::{self, Read as _};
use std::ops::Range;

use flate2::bufread::DeflateDecoder;

use super::fields::{Fields, Wide};
use super::file::SharedFile;
use super::{DEFLATED, STORED};
use crate::pack::limits::{EXPANSION, EXPANSION_FREE};

/// What the directory says of an entry.
#[derive(Clone, Debug, Default)]
pub(in crate::pack) struct Entry {
    pub(super) offset: u64,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) name: Range<u32>,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) kind: Kind,
    /// It lies where another entry lies, or beyond the end.
    pub(super) out_of_place: bool,
}

/// What an entry stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    File,
    Folder,
    Link,
    /// A pipe, a device and the like.
    Other,
}

impl Kind {
    /// From the system that made the archive and the attributes that it gave.
    pub(super) fn of(made_by: u16, attributes: u32) -> Self {
        const FOLDER_OF_DOS: u32 = 0x10;
        // Unix and macOS keep their own; other systems leave this half empty.
        match (attributes >> 16) & 0o170_000 {
            0o120_000 => Self::Link,
            0o040_000 => Self::Folder,
            0 if attributes & FOLDER_OF_DOS != 0 && made_by >> 8 == 0 => Self::Folder,
            0 | 0o100_000 => Self::File,
            _ => Self::Other,
        }
    }
}

/// Why an entry's content cannot be had.
#[derive(Debug)]
pub(in crate::pack) enum EntryError {
    /// The system could not read.
    Io(io::Error),
    /// It is damaged or of a kind that is refused; a reason without a full stop.
    Refused(String),
    /// Two places say different things of it, or it lies where another does; a reason without a full stop.
    Contradicts(&'static str),
    /// It stands for a symbolic link.
    Link,
    /// It stands for a folder, a pipe or a device.
    NotAFile,
}

/// What local header and directory must both say: encryption, and where the sizes stand.
const AGREED_FLAGS: u16 = ENCRYPTED | SIZES_FOLLOW;
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
pub(super) const SIZES_FOLLOW: u16 = 1 << 3;

impl Entry {
    /// The size of its content in bytes, as the archive states it.
    pub(in crate::pack) fn size(&self) -> u64 {
        self.size
    }

    /// Whether it stands for a folder, which means nothing.
    pub(in crate::pack) fn is_folder(&self) -> bool {
        self.kind == Kind::Folder
    }

    pub(super) fn name_range(&self) -> Range<usize> {
        self.name.start as usize..self.name.end as usize
    }

    /// Where it ends if its extra fields are empty.
    pub(super) fn least_end(&self) -> u64 {
        let head = HEADER as u64 + u64::from(self.name.end - self.name.start);
        self.offset.saturating_add(head).saturating_add(self.packed)
    }

    /// At most `most` bytes of its content. Sizes and check sum are compared if that is all of it.
    pub(in crate::pack) fn read(
        &self,
        file: &SharedFile,
        name: &str,
        most: u64,
    ) -> Result<Vec<u8>, EntryError> {
        let place = self.place(file, name)?;
        if self.method == STORED {
            return self.verified(self.stored(file, place, most)?, most);
        }
        let limit = self.size.saturating_add(1).min(most);
        let mut bytes = Vec::with_capacity(limit.min(1 << 20) as usize);
        DeflateDecoder::new(file.buffered(place))
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(inflating)?;
        self.verified(bytes, most)
    }

    /// Its content as it lies in the file, not unpacked and not looked at.
    pub(in crate::pack) fn raw(
        &self,
        file: &SharedFile,
        name: &str,
    ) -> Result<Vec<u8>, EntryError> {
        let place = self.place(file, name)?;
        self.stored(file, place, self.packed)
    }

    fn stored(
        &self,
        file: &SharedFile,
        place: Range<u64>,
        most: u64,
    ) -> Result<Vec<u8>, EntryError> {
        let most = self.packed.min(most) as usize;
        let bytes = file.bytes(place.start, most).map_err(EntryError::Io)?;
        if bytes.len() < most {
            return Err(EntryError::Refused("it ends too early".to_owned()));
        }
        Ok(bytes)
    }

    fn verified(&self, bytes: Vec<u8>, most: u64) -> Result<Vec<u8>, EntryError> {
        if most < self.size {
            return Ok(bytes);
        }
        let refuse = |reason: &str| Err(EntryError::Refused(reason.to_owned()));
        if bytes.len() as u64 != self.size {
            return refuse("it is damaged: it is not as long as it should be");
        }
        if crc32fast::hash(&bytes) != self.crc {
            return refuse("it is damaged: its check sum is another");
        }
        Ok(bytes)
    }

    /// Where its content lies, if the entry is of a kind that is opened and all that is said of it agrees.
    fn place(&self, file: &SharedFile, name: &str) -> Result<Range<u64>, EntryError> {
        let refuse = |reason: &str| Err(EntryError::Refused(reason.to_owned()));
        match self.kind {
            Kind::File => {}
            Kind::Link => return Err(EntryError::Link),
            Kind::Folder | Kind::Other => return Err(EntryError::NotAFile),
        }
        if self.flags & ENCRYPTED != 0 {
            return refuse("it is encrypted, and packs are not");
        }
        if !matches!(self.method, STORED | DEFLATED) {
            return refuse("it is compressed in a way that packs do not use; use Deflate");
        }
        if self.method == STORED && self.packed != self.size {
            return Err(EntryError::Contradicts("it has two sizes"));
        }
        let most = self.packed.saturating_mul(EXPANSION);
        if self.size > most.saturating_add(EXPANSION_FREE) {
            return refuse(
                "it unpacks to more than 200 times its size, as no text and no picture does",
            );
        }
        if self.out_of_place {
            return Err(EntryError::Contradicts(
                "it lies where another file lies, or beyond the end",
            ));
        }
        self.local(file, name)
    }

    fn local(&self, file: &SharedFile, name: &str) -> Result<Range<u64>, EntryError> {
        let head = file.bytes(self.offset, HEADER).map_err(EntryError::Io)?;
        let Some(local) = Local::read(&head) else {
            return Err(EntryError::Refused(
                "it is not where it should be".to_owned(),
            ));
        };
        let at = self.offset + HEADER as u64;
        let (name_length, extra_length) = (local.name.into(), usize::from(local.extra));
        let tail = file
            .bytes(at, name_length + extra_length)
            .map_err(EntryError::Io)?;
        let (Some(own_name), Some(extra)) = (tail.get(..name_length), tail.get(name_length..))
        else {
            return Err(EntryError::Refused("it ends too early".to_owned()));
        };
        if own_name != name.as_bytes() {
            return Err(EntryError::Contradicts("it has two names"));
        }
        if local.method != self.method || (local.flags ^ self.flags) & AGREED_FLAGS != 0 {
            return Err(EntryError::Contradicts("it is compressed in two ways"));
        }
        if local.flags & SIZES_FOLLOW == 0 {
            let mut wide = Wide::find(extra);
            let sizes = [wide.or_wide(local.size), wide.or_wide(local.packed)];
            if sizes != [Some(self.size), Some(self.packed)] {
                return Err(EntryError::Contradicts("it has two sizes"));
            }
            if local.crc != self.crc {
                return Err(EntryError::Contradicts("it has two check sums"));
            }
        }
        let start = at + tail.len() as u64;
        match start.checked_add(self.packed) {
            Some(end) if end <= file.length() => Ok(start..end),
            _ => Err(EntryError::Refused("it ends too early".to_owned())),
        }
    }
}

/// The length of a local header without name and extra fields.
pub(super) const HEADER: usize = 30;

/// A local header (APPNOTE 4.3.7).
pub(super) struct Local {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    /// The length of the name.
    pub(super) name: u16,
    /// The length of the extra fields.
    pub(super) extra: u16,
}

impl Local {
    pub(super) fn read(head: &[u8]) -> Option<Self> {
        let fields = Fields(head);
        head.starts_with(b"PK\x03\x04").then_some(())?;
        Some(Self {
            flags: fields.u16(6)?,
            method: fields.u16(8)?,
            crc: fields.u32(14)?,
            packed: fields.u32(18)?,
            size: fields.u32(22)?,
            name: fields.u16(26)?,
            extra: fields.u16(28)?,
        })
    }
}

/// What reading through the decompressor came to: the system's own errors are told apart from what is wrong with the bytes.
fn inflating(error: io::Error) -> EntryError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => EntryError::Refused("it ends too early".to_owned()),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            EntryError::Refused("it is damaged: it cannot be unpacked".to_owned())
        }
        _ => EntryError::Io(error),
    }
}
