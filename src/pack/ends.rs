//! Both ends of a file, without what lies between where that can be skipped.
//! A picture says in its first bytes what it is, and in its last ones whether it is whole.

use std::io::{Read as _, Seek as _, SeekFrom};

use super::error::PackError;
use super::name::Name;
use super::source::Source;

/// How much is read from the start; whatever a camera writes about a picture lies there.
const START: u64 = 128 << 10;
/// How much is read from the end.
const END: u64 = 64 << 10;

/// The two ends of a file; they overlap in a small one.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) start: Vec<u8>,
    pub(super) end: Vec<u8>,
    /// How many bytes the file has.
    pub(super) length: u64,
}

impl Ends {
    /// The whole file, where it was read as a whole.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        (self.start.len() as u64 == self.length).then_some(&self.start)
    }

    fn of(bytes: Vec<u8>) -> Self {
        Self {
            length: bytes.len() as u64,
            start: bytes,
            end: Vec::new(),
        }
    }
}

impl Source {
    /// Reads the ends of a file that has at most `limit` bytes.
    pub(super) fn ends(&self, name: &Name, limit: u64) -> Result<Ends, PackError> {
        let Self::Folder(folder) = self else {
            // What is compressed has to be read from its start in any case.
            return self.read(name, limit).map(Ends::of);
        };
        let (mut file, length) = folder.open_file(name)?;
        if length > limit {
            let name = name.to_string();
            return Err(PackError::TooLarge { limit, name });
        }
        if length <= START + END {
            return self.read(name, limit).map(Ends::of);
        }
        let mut read = |from: SeekFrom, most: u64| {
            let mut bytes = Vec::new();
            file.seek(from)?;
            file.by_ref().take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let fail = |e: std::io::Error| folder.explain(&e, name);
        Ok(Ends {
            start: read(SeekFrom::Start(0), START).map_err(fail)?,
            end: read(SeekFrom::Start(length - END), END).map_err(fail)?,
            length,
        })
    }
}
