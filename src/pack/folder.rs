//! A pack that is a folder.
//! It never follows a link out of the folder and never opens anything but regular files, so that it cannot block on a pipe.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::error::PackError;
use super::name::Name;

/// A folder with `pack.ron` in it.
#[derive(Debug)]
pub(super) struct Folder {
    /// Where it really lies, without links.
    root: PathBuf,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, PackError> {
        let root = fs::canonicalize(path).map_err(|e| PackError::from_io(&e, path))?;
        Ok(Self { root })
    }

    /// The folder's only folder, for packs that were wrapped into one more folder by hand.
    pub(super) fn only_folder(&self) -> Option<PathBuf> {
        let mut only = None;
        // Somebody may have chosen a folder of a million files; a wrapped pack has next to nothing beside it.
        for entry in fs::read_dir(&self.root).ok()?.take(100).flatten() {
            let name = entry.file_name();
            let ignored = name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX";
            if !ignored
                && entry.file_type().is_ok_and(|kind| kind.is_dir())
                && only.replace(entry.path()).is_some()
            {
                return None;
            }
        }
        only
    }

    pub(super) fn read(&self, name: &Name, limit: u64) -> Result<Vec<u8>, PackError> {
        let bytes = self.read_up_to(name, limit.saturating_add(1))?;
        if bytes.len() as u64 > limit {
            let name = name.to_string();
            return Err(PackError::TooLarge { limit, name });
        }
        Ok(bytes)
    }

    /// At most `most` bytes from the start of a file.
    pub(super) fn read_up_to(&self, name: &Name, most: u64) -> Result<Vec<u8>, PackError> {
        let fail = |e: &io::Error| self.explain(e, name);
        let (file, size) = self.open_file(name)?;
        // The size is a hint only; what is read is what counts.
        let mut bytes = Vec::with_capacity(size.min(most).min(1 << 20) as usize);
        file.take(most)
            .read_to_end(&mut bytes)
            .map_err(|e| fail(&e))?;
        Ok(bytes)
    }

    /// Opens a file, and tells how many bytes it says it has.
    pub(super) fn open_file(&self, name: &Name) -> Result<(File, u64), PackError> {
        let path = self.locate(name)?;
        let fail = |e: &io::Error| self.explain(e, name);
        let file = File::open(&path).map_err(|e| fail(&e))?;
        let size = file.metadata().map_err(|e| fail(&e))?.len();
        Ok((file, size))
    }

    pub(super) fn exists(&self, name: &Name) -> bool {
        fs::symlink_metadata(self.path(name)).is_ok()
    }

    /// The names of what lies in a folder of the pack; nothing where it cannot be listed.
    pub(super) fn list(&self, folder: &str) -> HashSet<String> {
        let mut path = self.root.clone();
        path.extend(folder.split('/').filter(|part| !part.is_empty()));
        let Ok(entries) = fs::read_dir(path) else {
            return HashSet::new();
        };
        let names = entries
            .flatten()
            .map(|entry| entry.file_name().into_string());
        names.filter_map(Result::ok).collect()
    }

    /// The names of all regular files that can be seen, at most `most`. No link is followed, and what systems leave behind is
    /// passed over.
    pub(super) fn walk(&self, most: usize) -> Vec<String> {
        /// Deeper folders are no part of a pack.
        const DEEPEST: usize = 32;
        let mut names = Vec::new();
        let mut folders = vec![(self.root.clone(), String::new(), 0)];
        while let Some((path, prefix, depth)) = folders.pop() {
            for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string())
                else {
                    continue;
                };
                if is_left_behind(&name) {
                    continue;
                }
                let full = format!("{prefix}{name}");
                if kind.is_dir() && depth < DEEPEST {
                    folders.push((entry.path(), format!("{full}/"), depth + 1));
                } else if kind.is_file() {
                    names.push(full);
                    if names.len() >= most {
                        return names;
                    }
                }
            }
        }
        names
    }

    fn path(&self, name: &Name) -> PathBuf {
        let mut path = self.root.clone();
        // Part by part: on Windows a canonical path takes no `/`.
        path.extend(name.parts());
        path
    }

    /// Where a file really lies, if that is a regular file inside the pack.
    fn locate(&self, name: &Name) -> Result<PathBuf, PackError> {
        let fail = |e: &io::Error| self.explain(e, name);
        let path = fs::canonicalize(self.path(name)).map_err(|e| fail(&e))?;
        if !path.starts_with(&self.root) {
            let name = name.to_string();
            return Err(PackError::LeavesPack { name });
        }
        // Asked before opening: opening a pipe waits until somebody writes to it.
        if !fs::metadata(&path).map_err(|e| fail(&e))?.is_file() {
            let name = name.to_string();
            return Err(PackError::NotAFile { name });
        }
        Ok(path)
    }

    pub(super) fn explain(&self, error: &io::Error, name: &Name) -> PackError {
        match PackError::from_io(error, &self.path(name)) {
            PackError::NotFound { .. } if self.root.is_dir() => {
                // A link to nothing is missing as well, and a link to a forbidden place tells nothing of that place.
                let name = name.to_string();
                PackError::Missing { name }
            }
            PackError::NotFound { .. } => PackError::Vanished {
                path: self.root.clone(),
            },
            other => other,
        }
    }
}

/// Whether systems make files of that name by themselves.
pub(super) fn is_left_behind(name: &str) -> bool {
    let made = ["__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini"];
    name.starts_with('.') || made.iter().any(|it| it.eq_ignore_ascii_case(name))
}
