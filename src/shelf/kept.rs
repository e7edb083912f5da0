//! Stories the reader keeps a copy of: small packs in `kept/<series>/`, each a file that is never written over.
//!
//! A file's name has the story and the beginning of the digest of its bytes, so that the copy of a corrected story is another file, the same
//! copy the same file, and a damaged one is known. What is in the bytes is not looked at here.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::Shelf;
use super::disk;
use super::error::ShelfError;
use super::folder::{create_folder, folder_of, settle};
use super::lock::Lock;
use super::names::{file_stem, series_of_stem};
use super::replace::{replace, sweep};
use crate::model::{SeriesId, StoryId};

/// The folder of the copies.
pub(super) const FOLDER: &str = "kept";
const ENDING: &str = ".offprint";
/// Follows the name of a copy that the reader removed.
pub(super) const REMOVED: &str = ".removed";
/// Follows the name of a copy that is not what it was.
pub(super) const DAMAGED: &str = ".damaged";
/// How much of the digest is in the name, in hexadecimal.
const DIGITS: usize = 16;

/// A kept copy of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCopy {
    /// What the story's pack is an edition of.
    pub series: SeriesId,
    /// The story.
    pub story: StoryId,
    /// Where the copy is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was kept, as far as the system knows.
    pub at: Option<SystemTime>,
}

/// A copy that is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was not there before.
    pub fresh: bool,
    /// Where a damaged file of its name is now.
    pub set_aside: Option<PathBuf>,
}

impl Shelf {
    /// The folder of the copies, which need not be there.
    pub fn kept_folder(&self) -> PathBuf {
        self.folder().join(FOLDER)
    }

    /// Keeps the pack `bytes` as the copy of a story. It is on the disk, and was read back, when this returns.
    pub fn keep(
        &self,
        series: &SeriesId,
        story: &StoryId,
        bytes: &[u8],
    ) -> Result<Stored, ShelfError> {
        let folder = self.kept_folder().join(file_stem(series));
        let name = format!("{}.{}{ENDING}", stem_of(story), digits(bytes));
        let path = folder.join(name);
        let failed = |error| ShelfError::write(&path, error);
        create_folder(&folder).map_err(failed)?;
        let _lock = Lock::of(self.folder())?;
        sweep(&folder);
        // An earlier try may have failed at the very last step.
        settle(self.folder(), &folder).map_err(failed)?;
        let set_aside = match disk::read(&path) {
            Ok(found) if found == bytes => {
                return Ok(Stored {
                    path,
                    fresh: false,
                    set_aside: None,
                });
            }
            Ok(_) => Some(rename_aside(&path, DAMAGED).map_err(failed)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        replace(&path, bytes).map_err(failed)?;
        if disk::read(&path).map_err(failed)? != bytes {
            rename_aside(&path, DAMAGED).map_err(failed)?;
            return Err(failed(io::Error::other(
                "the drive gave back something else than was written to it",
            )));
        }
        Ok(Stored {
            path,
            fresh: true,
            set_aside,
        })
    }

    /// Every copy, by series and story, the newest of a story first. A folder that cannot be read has none.
    pub fn kept(&self) -> Vec<KeptCopy> {
        let mut all: Vec<KeptCopy> = entries(&self.kept_folder())
            .into_iter()
            .filter_map(|(name, path)| Some((series_of_stem(&name)?, path)))
            .flat_map(|(series, folder)| copies_in(&series, &folder))
            .collect();
        all.sort_by(order);
        all
    }

    /// The stories of which copies were removed that can be put back.
    pub fn removed_kept(&self) -> Vec<(SeriesId, StoryId)> {
        let folders = entries(&self.kept_folder()).into_iter();
        let folders = folders.filter_map(|(name, path)| Some((series_of_stem(&name)?, path)));
        let removed = folders.flat_map(|(series, folder)| {
            let stories = entries(&folder).into_iter();
            let stories = stories.filter_map(|(name, _)| story_of(&removed_name(&name)?));
            stories.map(move |story| (series.clone(), story))
        });
        removed.collect()
    }

    /// The copies of a story, the newest first.
    pub fn kept_of(&self, series: &SeriesId, story: &StoryId) -> Vec<KeptCopy> {
        let folder = self.kept_folder().join(file_stem(series));
        let mut all = copies_in(series, &folder);
        all.retain(|copy| copy.story == *story);
        all.sort_by(order);
        all
    }

    /// Takes the copies of a story away; they stay under another name, for [`Shelf::restore_kept`]. Returns how many there were.
    pub fn remove_kept(&self, series: &SeriesId, story: &StoryId) -> Result<usize, ShelfError> {
        let folder = self.kept_folder().join(file_stem(series));
        if !folder.is_dir() {
            return Ok(0);
        }
        let _lock = Lock::of(self.folder())?;
        let copies = self.kept_of(series, story);
        for copy in &copies {
            rename_aside(&copy.path, REMOVED)
                .map_err(|error| ShelfError::write(&copy.path, error))?;
        }
        Ok(copies.len())
    }

    /// Puts the removed copies of a story back. Returns how many there were.
    pub fn restore_kept(&self, series: &SeriesId, story: &StoryId) -> Result<usize, ShelfError> {
        let folder = self.kept_folder().join(file_stem(series));
        if !folder.is_dir() {
            return Ok(0);
        }
        let _lock = Lock::of(self.folder())?;
        let mut removed: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        for (name, path) in entries(&folder) {
            let Some(own) = removed_name(&name) else {
                continue;
            };
            if story_of(&own).as_ref() == Some(story) {
                removed.insert(folder.join(own), path);
            }
        }
        let mut restored = 0;
        for (to, from) in removed {
            if fs::symlink_metadata(&to).is_ok() {
                // It was kept again meanwhile, and the name says that it is the same.
                continue;
            }
            let failed = |error| ShelfError::write(&to, error);
            disk::rename(&from, &to).map_err(failed)?;
            disk::sync_folder(&folder).map_err(failed)?;
            restored += 1;
        }
        Ok(restored)
    }
}

/// Whether a copy is what it was when it was kept, as its name says.
pub fn is_sound(path: &Path) -> io::Result<bool> {
    let bytes = fs::read(path)?;
    let end = format!(".{}{ENDING}", digits(&bytes));
    Ok(path
        .file_name()
        .and_then(OsStr::to_str)
        .is_some_and(|name| name.ends_with(&end)))
}

/// What a copy was called that the reader removed, if this is the name of one.
fn removed_name(name: &str) -> Option<String> {
    let (own, _) = name.split_once(&format!("{ENDING}{REMOVED}"))?;
    Some(format!("{own}{ENDING}"))
}

/// Whether this is the name of a copy, or of one that is damaged, and not of one that the reader removed.
pub(super) fn is_copy_name(name: &str) -> bool {
    let cut = name.split_once(&format!("{ENDING}{DAMAGED}"));
    let name = cut.map_or(name.to_owned(), |(own, _)| format!("{own}{ENDING}"));
    story_of(&name).is_some()
}

fn order(a: &KeptCopy, b: &KeptCopy) -> std::cmp::Ordering {
    let key = |it: &KeptCopy| (it.series.clone(), it.story.clone());
    key(a)
        .cmp(&key(b))
        .then_with(|| b.at.cmp(&a.at))
        .then_with(|| a.path.cmp(&b.path))
}

/// The names in a folder that are text, and the paths.
fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                log::warn!("{} cannot be listed: {error}", folder.display());
            }
            return Vec::new();
        }
    };
    let named = |it: fs::DirEntry| Some((it.file_name().into_string().ok()?, it.path()));
    entries.flatten().filter_map(named).collect()
}

fn copies_in(series: &SeriesId, folder: &Path) -> Vec<KeptCopy> {
    entries(folder)
        .into_iter()
        .filter_map(|(name, path)| {
            let story = story_of(&name)?;
            let meta = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            Some(KeptCopy {
                series: series.clone(),
                story,
                bytes: meta.len(),
                at: meta.modified().ok(),
                path,
            })
        })
        .collect()
}

/// A story's part of a copy's name. Safe on every file system, as a series' is.
fn stem_of(story: &StoryId) -> String {
    file_stem(&SeriesId::new(story.as_str()))
}

/// The story of a copy, if the name is one we give.
fn story_of(name: &str) -> Option<StoryId> {
    let (stem, digits) = name.strip_suffix(ENDING)?.rsplit_once('.')?;
    let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let is_ours = digits.len() == DIGITS && digits.bytes().all(is_hex);
    let story = series_of_stem(stem).filter(|_| is_ours)?;
    Some(StoryId::new(story.as_str()))
}

/// The beginning of the digest of some bytes.
fn digits(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes).iter().take(DIGITS / 2) {
        // Writing to a string cannot fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// Gives a file another name beside its own, one that is not taken. Needs the lock.
pub(super) fn rename_aside(path: &Path, mark: &str) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut aside = path.with_file_name(format!("{name}{mark}"));
    let mut number = 1;
    while fs::symlink_metadata(&aside).is_ok() {
        number += 1;
        aside = path.with_file_name(format!("{name}{mark}-{number}"));
    }
    disk::rename(path, &aside)?;
    disk::sync_folder(folder_of(&aside))?;
    Ok(aside)
}
