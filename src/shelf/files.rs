//! Everything of the reader's, file by file: listed for a backup, put back from one, taken away for one.
//!
//! A file is known by its name in the data folder, with `/` between its parts: `bookmarks/org.example.desk.ron`. Older states, copies the
//! reader removed, locks and what is being written are none of these files.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::disk;
use super::error::ShelfError;
use super::folder::{create_folder, folder_of, settle};
use super::kept;
use super::lock::Lock;
use super::names::series_stem;
use super::older;
use super::replace::{replace, sweep};
use super::{Saved, Shelf, recent, settings};

/// The folders that hold a file a series.
const FOLDERS: [&str; 3] = ["bookmarks", "highlights", "reading"];
const ENDING: &str = ".ron";

/// A file of the reader's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadersFile {
    /// Its name in the data folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Whether a file of the reader's may have this name in the data folder. Says nothing of what systems take for names.
pub fn is_readers_file(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let is_hidden = |part: &&str| part.is_empty() || part.starts_with('.');
    if parts.iter().any(is_hidden) {
        return false;
    }
    match parts.as_slice() {
        [file] => file.ends_with(ENDING),
        [folder, file] => FOLDERS.contains(folder) && file.ends_with(ENDING),
        [kept::FOLDER, _, file] => kept::is_copy_name(file),
        _ => false,
    }
}

/// Whether a file is a list of records that is merged, and not one that lies there untouched: set aside, or of a kind that is not known.
pub fn is_merged(name: &str) -> bool {
    match name.split_once('/') {
        None => matches!(name, settings::NAME | recent::NAME),
        Some((folder, file)) => {
            let stem = file.strip_suffix(ENDING);
            FOLDERS.contains(&folder) && stem.and_then(series_stem).is_some()
        }
    }
}

/// Whether a file is a copy of a story, and not a list of records.
pub fn is_kept_copy(name: &str) -> bool {
    name.starts_with(kept::FOLDER) && is_readers_file(name)
}

impl Shelf {
    /// Every file of the reader's, in the order of their names. Fails where a folder cannot be listed.
    pub fn files(&self) -> Result<Vec<ReadersFile>, ShelfError> {
        let mut all = Vec::new();
        list(self.folder(), "", &mut all)?;
        for folder in FOLDERS {
            list(&self.folder().join(folder), folder, &mut all)?;
        }
        let copies = self.kept_folder();
        for (series, path) in entries(&copies)? {
            list(&path, &format!("{}/{series}", kept::FOLDER), &mut all)?;
        }
        all.sort();
        Ok(all)
    }

    /// Copies every list of records into `to`, as all of them are at one moment. Returns those that cannot be read, and why.
    ///
    /// Nobody can change a file meanwhile, as far as a folder that cannot be written to has a lock.
    pub fn snapshot(&self, to: &Path) -> Result<Vec<(String, io::Error)>, ShelfError> {
        let lock = match self.folder().is_dir().then(|| Lock::of(self.folder())) {
            Some(Err(error @ ShelfError::Busy { .. })) => return Err(error),
            Some(Ok(lock)) => Some(lock),
            // What nobody can write to does not change.
            Some(Err(_)) | None => None,
        };
        let mut unread = Vec::new();
        for file in self.files()? {
            if is_kept_copy(&file.name) {
                continue;
            }
            let path = to.join(&file.name);
            let bytes = match fs::read(&file.path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    unread.push((file.name, error));
                    continue;
                }
            };
            fs::create_dir_all(folder_of(&path))
                .and_then(|()| fs::write(&path, bytes))
                .map_err(|error| ShelfError::write(&path, error))?;
        }
        drop(lock);
        Ok(unread)
    }

    /// Makes a file what `bytes` are. What it was stays among the older states; a copy of a story that is another is set aside.
    /// Returns whether it was not so already. The name must be one of [`is_readers_file`], safe on this system.
    pub fn put_file(&self, name: &str, bytes: &[u8]) -> Result<bool, ShelfError> {
        let path = self.folder().join(name);
        let failed = |error| ShelfError::write(&path, error);
        let folder = folder_of(&path);
        create_folder(self.folder())
            .and_then(|()| create_folder(folder))
            .map_err(failed)?;
        let _lock = Lock::of(self.folder())?;
        sweep(folder);
        match disk::read(&path) {
            Ok(found) if found == bytes => return Ok(false),
            Ok(_) if is_kept_copy(name) => {
                kept::rename_aside(&path, kept::DAMAGED).map_err(failed)?;
            }
            // Where that fails, what was here is still in the backup that is made before.
            Ok(_) => _ = older::keep(self.folder(), &path, (self.clock)()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        replace(&path, bytes)
            .and_then(|()| settle(self.folder(), folder))
            .map_err(failed)?;
        Ok(true)
    }

    /// Takes a file away. A list of records stays among the older states, a copy of a story under another name.
    pub fn take_file_away(&self, name: &str) -> Result<(), ShelfError> {
        let path = self.folder().join(name);
        let failed = |error| ShelfError::write(&path, error);
        let _lock = Lock::of(self.folder())?;
        if is_kept_copy(name) {
            return kept::rename_aside(&path, kept::REMOVED)
                .map(drop)
                .map_err(failed);
        }
        _ = older::keep(self.folder(), &path, (self.clock)());
        match disk::remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        disk::sync_folder(folder_of(&path)).map_err(failed)
    }

    /// Takes in what another copy of the data folder has of settings and recent packs: its settings, and the packs not listed here.
    /// Bookmarks, marked passages and reading marks are [`Shelf::merge`]'s.
    pub fn take_in_choices(&self, other: &Path) -> Result<Saved, ShelfError> {
        let mut all = self.take_in_file(other, settings::NAME, settings::take_in)?;
        let saved = self.take_in_recent(other)?;
        all.changed |= saved.changed;
        all.notices.extend(saved.notices);
        Ok(all)
    }

    /// Takes in the packs on the list of another copy of the data folder.
    pub(super) fn take_in_recent(&self, other: &Path) -> Result<Saved, ShelfError> {
        self.take_in_file(other, recent::NAME, recent::take_in)
    }

    fn take_in_file(
        &self,
        other: &Path,
        name: &str,
        take_in: fn(&Self, &Path, &[u8]) -> Result<Saved, ShelfError>,
    ) -> Result<Saved, ShelfError> {
        let path = other.join(name);
        match fs::read(&path) {
            Ok(bytes) => take_in(self, &path, &bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Saved::default()),
            Err(source) => Err(ShelfError::Unreadable { path, source }),
        }
    }
}

/// Adds the reader's files of a folder, whose name in the data folder is `within`.
fn list(folder: &Path, within: &str, all: &mut Vec<ReadersFile>) -> Result<(), ShelfError> {
    for (name, path) in entries(folder)? {
        let name = match within {
            "" => name,
            _ => format!("{within}/{name}"),
        };
        // A link may lead elsewhere; what it leads to counts.
        let file = fs::metadata(&path).ok().filter(Metadata::is_file);
        if let Some(file) = file.filter(|_| is_readers_file(&name)) {
            let bytes = file.len();
            all.push(ReadersFile { name, path, bytes });
        }
    }
    Ok(())
}

/// The names in a folder that are text, and the paths; none where there is no such folder.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, ShelfError> {
    let failed = |source| ShelfError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let found = match fs::read_dir(folder) {
        Ok(found) => found,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut all = Vec::new();
    for entry in found {
        let entry = entry.map_err(failed)?;
        if let Ok(name) = entry.file_name().into_string() {
            all.push((name, entry.path()));
        }
    }
    Ok(all)
}

/// Whether there is no such folder, or something else stands in its place.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_readers_own_files_have_such_names() {
        let digest = "0123456789abcdef";
        let table = [
            ("settings.ron", true),
            ("bookmarks/a.ron", true),
            ("bookmarks/a%v0001.ron", true),
            ("bookmarks/a.kept-20250101-101112.ron", true),
            (
                "highlights/a.sync-conflict-20250809-101112-ABC7DEF.ron",
                true,
            ),
            ("reading/a.ron", true),
            (&format!("kept/a/b.{digest}.offprint"), true),
            (&format!("kept/a/b.{digest}.offprint.damaged-2"), true),
            (&format!("kept/a/b.{digest}.offprint.removed"), false),
            ("kept/a/b.txt", false),
            ("kept/a.ron", false),
            ("bookmarks/a/b.ron", false),
            ("older/bookmarks/a.ron", false),
            ("bookmarks/.offprint-abc.tmp", false),
            ("bookmarks/.a.ron", false),
            (".lock", false),
            ("../settings.ron", false),
            ("bookmarks/../../x.ron", false),
            ("/settings.ron", false),
            ("notes.txt", false),
            ("", false),
        ];
        for (name, expected) in table {
            assert_eq!(is_readers_file(name), expected, "{name}");
        }
    }
}
