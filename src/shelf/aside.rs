//! Sets a file aside under a dated name in its own folder, where the reader finds it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk;
use super::folder::folder_of;
use super::names::KEPT_MARK;
use super::replace::replace;
use crate::platform;

/// Keeps the file at `path` as `<name>.kept-<date>-<time>.ron` and puts `new` in its place, or nothing.
///
/// In every moment, and if any step fails, the damaged file is there under one name or both. Needs the lock.
pub(super) fn set_aside(path: &Path, new: Option<&String>, at: Timestamp) -> io::Result<PathBuf> {
    let target = platform::link_target(path)?;
    let kept = free_name(&target, at);
    match new {
        None => disk::rename(&target, &kept)?,
        Some(new) => {
            copy(&target, &kept)?;
            let replaced = replace(&target, new.as_bytes());
            if let Err(error) = replaced {
                // Where the old one is still in its place, a second name at every start would only be litter.
                if is_same(&target, &kept) {
                    disk::remove(&kept)?;
                }
                return Err(error);
            }
        }
    }
    disk::sync_folder(folder_of(&kept))?;
    Ok(kept)
}

/// A second name for the file, or a copy where the file system has no such thing; on the disk before this returns.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    match disk::hard_link(from, to) {
        Ok(()) => disk::sync_folder(folder_of(to)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Whoever is killed half-way must not leave half a copy under this name.
        Err(_) => replace(to, &disk::read(from)?),
    }
}

/// Whether two files are there and hold the same; only then is one of them to spare.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((disk::read(a), disk::read(b)), (Ok(a), Ok(b)) if a == b)
}

/// A name beside `path` that is not taken.
fn free_name(path: &Path, at: Timestamp) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let stamp = at.strftime("%Y%m%d-%H%M%S");
    let mut kept = path.with_file_name(format!("{stem}{KEPT_MARK}{stamp}.ron"));
    let mut number = 1;
    while fs::symlink_metadata(&kept).is_ok() {
        number += 1;
        kept = path.with_file_name(format!("{stem}{KEPT_MARK}{stamp}-{number}.ron"));
    }
    kept
}
