//! Makes a backup: one plain ZIP file that holds every file of the reader's as it is, and a list of them.
//!
//! One file is in memory at a time. The lists of records are first copied aside under the lock, so that they are of one moment; a kept copy
//! never changes. What was written is read back before it gets its name.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::FILE_BYTES;
use super::error::BackupError;
use super::manifest::{FORMAT, Manifest, NAME, Part};
use super::{Progress, Step};
use crate::pack::{ArchiveReader, ArchiveWriter, is_safe_part};
use crate::shelf::{ReadersFile, Shelf, is_kept_copy, replace_with};

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// How many files are in it.
    pub files: usize,
    /// Its size in bytes.
    pub bytes: u64,
    /// What could not be taken in, a sentence without a full stop each.
    pub left_out: Vec<String>,
}

/// What a backup of `day` (`2026-01-02`, or longer) is called unless the reader has another name for it.
pub fn default_name(day: &str) -> String {
    format!("offprint-backup-{}.zip", day.get(..10).unwrap_or(day))
}

/// Writes everything of the reader's into one file at `to`, in place of a file that is there. Stops where `cancel` becomes true.
pub fn back_up(
    shelf: &Shelf,
    to: &Path,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<BackedUp, BackupError> {
    let staged = tempfile::tempdir().map_err(BackupError::Temporary)?;
    let unread = shelf.snapshot(staged.path())?;
    let mut left_out: Vec<String> = unread
        .iter()
        .map(|(name, error)| format!("{name} could not be read ({error})"))
        .collect();
    let mut files = Shelf::open(staged.path()).files()?;
    let copies = shelf.files()?.into_iter();
    files.extend(copies.filter(|it| is_kept_copy(&it.name)));
    files.sort();
    files.retain(|file| {
        let is_safe = file.name.split('/').all(is_safe_part);
        if !is_safe {
            left_out.push(format!(
                "{} has a name that not every system takes",
                file.name
            ));
        }
        is_safe
    });
    if files.is_empty() && left_out.is_empty() {
        let folder = shelf.folder().to_owned();
        return Err(BackupError::Nothing { folder });
    }
    let made = shelf.now().to_string();
    let mut job = Job {
        to,
        cancel,
        progress,
        left_out,
    };
    let written = replace_with(to, |file| job.write(file, &files, made));
    let (files, bytes) = written.map_err(|error| match error {
        Failure::Io(source) => BackupError::write(to)(source),
        Failure::Backup(error) => error,
    })?;
    Ok(BackedUp {
        files,
        bytes,
        left_out: job.left_out,
    })
}

struct Job<'a> {
    to: &'a Path,
    cancel: &'a AtomicBool,
    progress: Progress<'a>,
    left_out: Vec<String>,
}

/// What happens while a file is being written.
enum Failure {
    Io(io::Error),
    Backup(BackupError),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Job<'_> {
    /// Writes the archive and reads it back. Returns how many files are in it, and its size.
    fn write(
        &mut self,
        file: &mut File,
        files: &[ReadersFile],
        made: String,
    ) -> Result<(usize, u64), Failure> {
        let mut manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made,
            files: Vec::new(),
        };
        let mut out = ArchiveWriter::new(BufWriter::new(&mut *file));
        for (done, it) in files.iter().enumerate() {
            self.go_on()?;
            (self.progress)(Step::Packing(done, files.len()));
            let bytes = match fs::read(&it.path) {
                Ok(bytes) => bytes,
                // A copy may be taken away while we are at it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    let (name, reason) = (&it.name, error);
                    self.left_out
                        .push(format!("{name} could not be read ({reason})"));
                    continue;
                }
            };
            if bytes.len() as u64 > FILE_BYTES {
                self.left_out.push(format!("{} is too large", it.name));
                continue;
            }
            manifest.files.push(Part::of(&it.name, &bytes));
            // A kept copy is compressed already.
            out.add(&it.name, bytes, !is_kept_copy(&it.name))?;
        }
        out.add(NAME, manifest.to_text().into_bytes(), true)?;
        out.finish()?.flush()?;
        file.sync_all()?;
        self.verify(file, &manifest)?;
        Ok((manifest.files.len(), file.metadata()?.len()))
    }

    /// Whether the archive holds what was written to it.
    fn verify(&self, file: &File, manifest: &Manifest) -> Result<(), Failure> {
        let not_the_same = |name: &str, reason: String| {
            Failure::Backup(BackupError::NotTheSame {
                path: self.to.to_owned(),
                name: name.to_owned(),
                reason,
            })
        };
        let archive = ArchiveReader::new(file.try_clone()?)
            .map_err(|error| not_the_same(NAME, error.to_string()))?;
        for (done, part) in manifest.files.iter().enumerate() {
            self.go_on()?;
            (self.progress)(Step::Verifying(done, manifest.files.len()));
            let read = archive
                .read(&part.name, FILE_BYTES)
                .map_err(|error| not_the_same(&part.name, error.to_string()))?;
            if !part.is(&read) {
                return Err(not_the_same(&part.name, "it is another".to_owned()));
            }
        }
        Ok(())
    }

    fn go_on(&self) -> Result<(), Failure> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Failure::Backup(BackupError::Stopped));
        }
        Ok(())
    }
}
