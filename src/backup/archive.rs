//! Opens a backup. Nothing in it is believed: names, sizes and digests are compared before a byte of it is used.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::BackupError;
use super::manifest::{Fault, MOST, Manifest, NAME, Part};
use super::{Progress, Step};
use crate::pack::{ArchiveError, ArchiveReader, is_safe_part};
use crate::shelf::{is_kept_copy, is_readers_file};

/// The most bytes of one file; a list of a million bookmarks takes as much.
pub(super) const FILE_BYTES: u64 = 1 << 30;

/// A backup whose list of files was read.
#[derive(Debug)]
pub(super) struct Archive {
    pub path: PathBuf,
    reader: ArchiveReader,
    /// The version of the program that made it.
    pub program: String,
    /// When it was made: RFC 3339, UTC; what it says of itself.
    pub made: String,
    /// The files that can be put back, each name once.
    pub parts: Vec<Part>,
    /// The names of files that this version does not know, or that none would put anywhere.
    pub unknown: Vec<String>,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let not_a_backup = |reason: &str| BackupError::NotABackup {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        let file = File::open(path).map_err(|source| BackupError::read(path, source))?;
        let is_file = file.metadata().map(|it| it.is_file());
        if !is_file.map_err(|source| BackupError::read(path, source))? {
            return Err(not_a_backup("it is a folder"));
        }
        let mut start = Vec::new();
        (&file)
            .take(4)
            .read_to_end(&mut start)
            .map_err(|source| BackupError::read(path, source))?;
        let reader = ArchiveReader::new(file).map_err(|error| match error {
            ArchiveError::Io(source) => BackupError::read(path, source),
            ArchiveError::Refused(reason) if start == b"PK\x03\x04" => {
                BackupError::damaged(path, "the end of the file", reason)
            }
            ArchiveError::Refused(reason) => not_a_backup(&reason),
        })?;
        if reader.size(NAME).is_none() {
            return Err(not_a_backup("it has no backup.ron"));
        }
        let bytes = reader
            .read(NAME, MOST)
            .map_err(|error| unread(path, NAME, error))?;
        let manifest = Manifest::parse(&bytes).map_err(|fault| match fault {
            Fault::Newer(program) => BackupError::Newer {
                path: path.to_owned(),
                program,
            },
            Fault::Damaged(reason) => BackupError::damaged(path, NAME, reason),
        })?;
        let mut seen = HashSet::new();
        let mut unknown = Vec::new();
        let mut parts = manifest.files;
        parts.retain(|part| {
            let is_known = is_readers_file(&part.name) && part.name.split('/').all(is_safe_part);
            if !is_known {
                unknown.push(part.name.clone());
            }
            is_known && seen.insert(part.name.clone())
        });
        if parts.is_empty() {
            return Err(not_a_backup("there are no files of yours in it"));
        }
        Ok(Self {
            path: path.to_owned(),
            reader,
            program: manifest.program,
            made: manifest.made,
            parts,
            unknown,
        })
    }

    /// The bytes of a file, which are what the list says of them.
    pub(super) fn read(&self, part: &Part) -> Result<Vec<u8>, BackupError> {
        let bytes = self
            .reader
            .read(&part.name, FILE_BYTES)
            .map_err(|error| unread(&self.path, &part.name, error))?;
        if !part.is(&bytes) {
            let reason = "it is not what backup.ron says of it";
            return Err(BackupError::damaged(&self.path, &part.name, reason));
        }
        Ok(bytes)
    }

    /// Reads everything, and writes the lists of records into a folder.
    pub(super) fn unpack_lists(
        &self,
        to: &Path,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<(), BackupError> {
        for (done, part) in self.parts.iter().enumerate() {
            if cancel.load(Ordering::Relaxed) {
                return Err(BackupError::Stopped);
            }
            progress(Step::Reading(done, self.parts.len()));
            let bytes = self.read(part)?;
            if is_kept_copy(&part.name) {
                continue;
            }
            let path = to.join(&part.name);
            let written = match path.parent() {
                Some(folder) => fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)),
                None => Err(io::ErrorKind::InvalidInput.into()),
            };
            written.map_err(BackupError::Temporary)?;
        }
        Ok(())
    }
}

fn unread(path: &Path, name: &str, error: ArchiveError) -> BackupError {
    match error {
        ArchiveError::Io(source) => BackupError::read(path, source),
        ArchiveError::Refused(reason) => BackupError::damaged(path, name, reason),
    }
}
