//! What the files in the state folder are called, and how many of them stay. By their names they are in the order of time.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// How many logs stay, and how many reports.
pub(super) const KEPT: usize = 5;

/// A moment as part of a file's name, on every system.
pub(super) fn moment(now: &Timestamp) -> String {
    format!("{now:.0}").replace(':', "-")
}

/// The files in a folder that begin and end so, oldest first.
pub(super) fn files(folder: &Path, begin: &str, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|it| {
            let name = it.file_name();
            let name = name.to_string_lossy();
            name.starts_with(begin) && name.ends_with(end)
        })
        .map(|it| it.path())
        .collect();
    found.sort();
    found
}

/// Removes the oldest files that begin and end so, until `stay` are left. One that cannot be removed is left.
pub(super) fn thin(folder: &Path, begin: &str, end: &str, stay: usize) {
    let found = files(folder, begin, end);
    for path in found.iter().take(found.len().saturating_sub(stay)) {
        fs::remove_file(path).ok();
    }
}
