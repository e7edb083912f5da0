//! Archives that are no packs: the same careful reader and the same writer, for what else of the program's is one file.

use std::fs::File;
use std::io::{self, Write};

use super::container::{Directory, DirectoryError, Entry, EntryError, Packed, SharedFile, Writer};
use super::name::Name;

/// Why an archive, or something in it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The system could not read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no archive, it is damaged, or of a kind that is refused; a reason without a full stop.
    #[error("{0}")]
    Refused(String),
}

/// Writes an archive, one file after another.
#[derive(Debug)]
pub struct ArchiveWriter<W>(Writer<W>);

impl<W: Write> ArchiveWriter<W> {
    /// Begins an archive.
    pub fn new(out: W) -> Self {
        Self(Writer::new(out))
    }

    /// Writes a file, compressed where that is asked for and makes it smaller.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>, compress: bool) -> io::Result<()> {
        let content = if compress {
            Packed::deflated(bytes)
        } else {
            Packed::stored(bytes)
        };
        self.0.add_text(name, &content)
    }

    /// Writes the directory and gives back what was written to.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

/// An archive whose directory was read. Nothing in it is believed before it was read and compared.
#[derive(Debug)]
pub struct ArchiveReader {
    file: SharedFile,
    directory: Directory,
}

impl ArchiveReader {
    /// Reads the directory of an archive.
    pub fn new(file: File) -> Result<Self, ArchiveError> {
        let file = SharedFile::new(file)?;
        let directory = Directory::read(&file).map_err(|error| match error {
            DirectoryError::Io(error) => ArchiveError::Io(error),
            DirectoryError::Refused(reason) => ArchiveError::Refused(reason.to_owned()),
        })?;
        Ok(Self { file, directory })
    }

    /// The size of a file in bytes, as the archive states it; nothing where there is no such file.
    pub fn size(&self, name: &str) -> Option<u64> {
        self.directory.get(name).map(Entry::size)
    }

    /// The content of a file of at most `most` bytes.
    pub fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, ArchiveError> {
        let refused = |reason: &str| ArchiveError::Refused(reason.to_owned());
        let entry = self.directory.get(name);
        let entry = entry.ok_or_else(|| refused("it is missing"))?;
        if entry.size() > most {
            return Err(refused("it is larger than such a file can be"));
        }
        entry
            .read(&self.file, name, most)
            .map_err(|error| match error {
                EntryError::Io(error) => ArchiveError::Io(error),
                EntryError::Refused(reason) => ArchiveError::Refused(reason),
                EntryError::Contradicts(reason) => refused(reason),
                EntryError::Link | EntryError::NotAFile => refused("it is not a regular file"),
            })
    }
}

/// Whether a file may be called so on every system: one name, without folders.
pub fn is_safe_part(part: &str) -> bool {
    !part.contains('/') && Name::new(part).is_ok()
}
