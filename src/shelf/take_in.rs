//! All of another data folder taken in: what is missing here is added, and nothing is taken away.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::files::{is_kept_copy, is_merged};
use super::{Shelf, ShelfError, ShelfNotice, is_sound};

impl Shelf {
    /// Takes in every list of records of another folder: as it is where there is none here, so that comments in it stay. Settings
    /// become those of the other folder.
    pub fn take_in_lists(&self, other: &Path) -> Result<Vec<ShelfNotice>, ShelfError> {
        let mut notices = self.take_in_marks(other)?;
        notices.extend(self.take_in_choices(other)?.notices);
        Ok(notices)
    }

    /// Takes in everything of another folder: its lists, the copies of stories that are not here or damaged here, and what lies there
    /// untouched. Settings that are here stay.
    pub(super) fn take_in_all(&self, other: &Path) -> Result<Vec<ShelfNotice>, ShelfError> {
        let mut notices = self.take_in_marks(other)?;
        notices.extend(self.take_in_recent(other)?.notices);
        for file in Self::open(other).files()? {
            let place = self.folder().join(&file.name);
            let is_here = if is_kept_copy(&file.name) {
                is_sound(&place).unwrap_or(false)
            } else {
                is_merged(&file.name) || place.symlink_metadata().is_ok()
            };
            if !is_here {
                self.put_file(&file.name, &read(&file.path)?)?;
            }
        }
        Ok(notices)
    }

    /// Merges bookmarks, highlights and reading marks, and puts the lists here that are missing.
    fn take_in_marks(&self, other: &Path) -> Result<Vec<ShelfNotice>, ShelfError> {
        let here = self.files()?;
        let here: HashSet<&str> = here.iter().map(|it| one_list(&it.name)).collect();
        let mut in_folders = false;
        for file in Self::open(other).files()? {
            if !is_merged(&file.name) {
                continue;
            }
            if !here.contains(one_list(&file.name)) {
                self.put_file(&file.name, &read(&file.path)?)?;
            }
            in_folders |= file.name.contains('/');
        }
        if in_folders {
            return Ok(self.merge(other)?.notices);
        }
        Ok(Vec::new())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ShelfError> {
    fs::read(path).map_err(|source| ShelfError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// What the files have in common that are one list together: a long one is in several.
fn one_list(name: &str) -> &str {
    name.split("%v")
        .next()
        .unwrap_or(name)
        .trim_end_matches(".ron")
}
