//! Puts a backup back: first a plan, which changes nothing, then the same for good.
//!
//! A plan is true because it is made by doing it: on a copy of the reader's lists in a temporary folder, with the same code.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use super::archive::Archive;
use super::contents::Contents;
use super::error::BackupError;
use super::make::back_up;
use super::{Progress, Step};
use crate::model::{Plan, Way};
use crate::shelf::{Shelf, ShelfError, ShelfNotice, is_kept_copy, is_merged, is_sound};

/// Where a backup of what was there goes before an exact restore, in the data folder.
const BEFORE: &str = "backups";

/// A backup that was read from end to end, and what either way of putting it back would change.
#[derive(Debug)]
pub struct Prepared {
    archive: Archive,
    /// The lists of records of the backup.
    lists: TempDir,
    /// What taking in what is missing would change.
    pub merging: Plan,
    /// What making everything as it was would change.
    pub exactly: Plan,
}

/// What a restore did. It is on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// The backup of what was there before, where one was made.
    pub before: Option<PathBuf>,
    /// What the reader should know, in sentences.
    pub remarks: Vec<String>,
}

/// Reads a backup and finds what putting it back would change. Changes nothing.
pub fn prepare(
    shelf: &Shelf,
    path: &Path,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Prepared, BackupError> {
    let archive = Archive::open(path)?;
    let lists = tempfile::tempdir().map_err(BackupError::Temporary)?;
    archive.unpack_lists(lists.path(), cancel, progress)?;
    let now = tempfile::tempdir().map_err(BackupError::Temporary)?;
    if let Some((name, source)) = shelf.snapshot(now.path())?.into_iter().next() {
        let path = shelf.folder().join(name);
        return Err(ShelfError::Unreadable { path, source }.into());
    }
    if cancel.load(Ordering::Relaxed) {
        return Err(BackupError::Stopped);
    }
    let (theirs, ours) = (Shelf::open(lists.path()), Shelf::open(now.path()));
    let backup = Contents::of(&theirs);
    let before = Contents::of(&ours);
    ours.take_in_lists(lists.path())?;
    let mut merging = before.plan(&Contents::of(&ours));
    let mut exactly = before.plan(&backup);
    let present = shelf.files()?;
    let copies = present.iter().filter(|it| is_kept_copy(&it.name));
    let wanted = archive.parts.iter().filter(|it| is_kept_copy(&it.name));
    let has = |name: &str| present.iter().any(|it| it.name == name);
    let added = wanted.clone().filter(|it| !has(&it.name)).count();
    merging.copies.added = added;
    exactly.copies.added = added;
    let names: HashSet<&str> = wanted.map(|it| it.name.as_str()).collect();
    exactly.copies.removed = copies
        .filter(|it| !names.contains(it.name.as_str()))
        .count();
    let mut remarks: Vec<String> = backup
        .faults
        .iter()
        .map(|(file, what)| {
            let name = file.strip_prefix(lists.path()).unwrap_or(file);
            format!("{} in the backup {what}.", name.display())
        })
        .collect();
    if let Some(first) = archive.unknown.first() {
        remarks.push(match archive.unknown.len() {
            1 => format!("{first} is not known to this version of Offprint and stays in the backup."),
            count => format!("{count} files, such as {first}, are not known to this version of Offprint and stay in the backup."),
        });
    }
    merging.remarks.clone_from(&remarks);
    exactly.remarks = remarks;
    Ok(Prepared {
        archive,
        lists,
        merging,
        exactly,
    })
}

impl Prepared {
    /// When the backup was made, as it says itself: RFC 3339.
    pub fn made(&self) -> &str {
        &self.archive.made
    }

    /// The version of the program that made it.
    pub fn program(&self) -> &str {
        &self.archive.program
    }

    /// How many files are in it.
    pub fn files(&self) -> usize {
        self.archive.parts.len()
    }

    /// What a restore would change.
    pub fn plan(&self, way: Way) -> &Plan {
        match way {
            Way::Merging => &self.merging,
            Way::Exactly => &self.exactly,
        }
    }

    /// Puts the backup back. To restore it exactly, a backup of what is there now is made first.
    pub fn restore(
        &self,
        shelf: &Shelf,
        way: Way,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<Restored, BackupError> {
        match way {
            Way::Merging => self.merge(shelf, cancel, progress),
            Way::Exactly => self.exactly(shelf, cancel, progress),
        }
    }

    fn merge(
        &self,
        shelf: &Shelf,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<Restored, BackupError> {
        let partly = |error: BackupError| {
            let rest =
                "What was there before is still there; put the backup back again to have the rest";
            error.partly(rest.to_owned())
        };
        let all = self.archive.parts.len();
        progress(Step::Restoring(0, all));
        let notices = shelf
            .take_in_lists(self.lists.path())
            .map_err(|error| partly(error.into()))?;
        let ours = |it: &&ShelfNotice| !it.file.starts_with(self.lists.path());
        for (done, part) in self.archive.parts.iter().enumerate() {
            if cancel.load(Ordering::Relaxed) {
                return Err(partly(BackupError::Stopped));
            }
            progress(Step::Restoring(done, all));
            let place = shelf.folder().join(&part.name);
            let is_wanted = if is_kept_copy(&part.name) {
                !is_sound(&place).unwrap_or(false)
            } else {
                // What can be merged was merged, and a copy beside a file taken in with it. Of the rest nothing is written over.
                !is_merged(&part.name)
                    && place.symlink_metadata().is_err()
                    && self.lists.path().join(&part.name).exists()
            };
            if is_wanted {
                let bytes = self.archive.read(part).map_err(partly)?;
                let put = shelf.put_file(&part.name, &bytes);
                put.map_err(|error| partly(error.into()))?;
            }
        }
        Ok(Restored {
            before: None,
            remarks: notices
                .iter()
                .filter(ours)
                .map(ToString::to_string)
                .collect(),
        })
    }

    fn exactly(
        &self,
        shelf: &Shelf,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<Restored, BackupError> {
        let before = match back_up_before(shelf, cancel, progress) {
            Ok(path) => Some(path),
            Err(BackupError::Nothing { .. }) => None,
            Err(error) => return Err(error),
        };
        let partly = |error: BackupError| {
            let rest = before.as_ref().map_or_else(
                || "There was nothing before".to_owned(),
                |path| format!("What was there before is in {}", path.display()),
            );
            error.partly(rest)
        };
        let present = shelf.files().map_err(|error| partly(error.into()))?;
        let all = self.archive.parts.len();
        for (done, part) in self.archive.parts.iter().enumerate() {
            // From here on to stop would leave neither the one nor the other.
            progress(Step::Restoring(done, all));
            let bytes = self.archive.read(part).map_err(partly)?;
            let put = shelf.put_file(&part.name, &bytes);
            put.map_err(|error| partly(error.into()))?;
        }
        let parts = self.archive.parts.iter();
        let wanted: HashSet<&str> = parts.map(|it| it.name.as_str()).collect();
        for file in present {
            if !wanted.contains(file.name.as_str()) {
                let taken = shelf.take_file_away(&file.name);
                taken.map_err(|error| partly(error.into()))?;
            }
        }
        Ok(Restored {
            before,
            remarks: Vec::new(),
        })
    }
}

/// Makes a backup of what is there now, in the data folder itself: where else can be written to is not known.
fn back_up_before(
    shelf: &Shelf,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<PathBuf, BackupError> {
    let folder = shelf.folder().join(BEFORE);
    std::fs::create_dir_all(&folder).map_err(BackupError::write(&folder))?;
    let now = shelf.now().to_string();
    let stamp: String = now.chars().filter(char::is_ascii_digit).take(14).collect();
    let mut path = folder.join(format!("before-restore-{stamp}.zip"));
    let mut number = 1;
    while path.symlink_metadata().is_ok() {
        number += 1;
        path = folder.join(format!("before-restore-{stamp}-{number}.zip"));
    }
    let made = back_up(shelf, &path, cancel, progress)?;
    match made.left_out.into_iter().next() {
        None => Ok(path),
        // Restoring exactly takes away what is not in the backup, so all of it has to be in this one.
        Some(reason) => Err(BackupError::write(&path)(std::io::Error::other(reason))),
    }
}
