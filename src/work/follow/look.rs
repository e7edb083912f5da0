//! What a folder looks like from outside: names, sizes and times, put into one number. It reads no file.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// More than so many files are not looked at; of those the system tells, or nobody does.
const MOST: usize = 2_000;
/// Folders deeper than this are not looked into.
const DEEPEST: usize = 12;

/// What a folder looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Which folder it is: where it really lies, and since when. None while there is none.
    pub root: Option<(PathBuf, Option<SystemTime>)>,
    files: u64,
}

impl Look {
    /// What `folder` looks like now.
    pub fn at(folder: &Path) -> Self {
        let Ok(root) = fs::canonicalize(folder) else {
            return Self::default();
        };
        let Some(there) = fs::metadata(&root).ok().filter(fs::Metadata::is_dir) else {
            return Self::default();
        };
        let mut left = MOST;
        let files = all(&root, 0, &mut left);
        Self {
            root: Some((root, there.created().ok())),
            files,
        }
    }
}

/// A number for all that lies in a folder, whatever the order in which the system names it.
fn all(folder: &Path, depth: usize, left: &mut usize) -> u64 {
    let mut sum: u64 = 0;
    let Ok(entries) = fs::read_dir(folder) else {
        return sum;
    };
    for entry in entries.flatten() {
        if is_hidden(&entry.file_name()) {
            continue;
        }
        let Some(rest) = left.checked_sub(1) else {
            break;
        };
        *left = rest;
        let path = entry.path();
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if depth < DEEPEST {
                all(&path, depth + 1, left).hash(&mut hasher);
            }
        } else if let Ok(file) = fs::metadata(&path) {
            (file.len(), file.modified().ok()).hash(&mut hasher);
        }
        sum = sum.wrapping_add(hasher.finish());
    }
    sum
}

/// Whether a name is one of those that people do not see.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_looks_the_same_until_something_in_it_changes() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("pack");
        assert_eq!(Look::at(&folder), Look::default());
        fs::create_dir_all(folder.join("stories")).unwrap();
        let mut before = Look::at(&folder);
        let mut changed = |expected: bool, what: &str| {
            let now = Look::at(&folder);
            assert_eq!(now != before, expected, "{what}");
            before = now;
        };
        changed(false, "nothing");
        fs::write(folder.join("stories/a.md"), "a").unwrap();
        changed(true, "a new file");
        fs::write(folder.join("stories/a.md"), "ab").unwrap();
        changed(true, "a longer file");
        fs::write(folder.join("stories/.a.md.swp"), "x").unwrap();
        changed(false, "a hidden file");
        fs::rename(folder.join("stories/a.md"), folder.join("b.md")).unwrap();
        changed(true, "a file in another place");
        fs::remove_dir_all(&folder).unwrap();
        changed(true, "the folder is gone");
    }
}
