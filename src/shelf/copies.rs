//! Copies that programs which keep folders alike leave beside a file when two machines changed it: Syncthing, Dropbox, Nextcloud,
//! ownCloud and their kin. What they know is taken in, and they are set aside, so that each is taken in once.

use std::fs;
use std::path::{Path, PathBuf};

use super::aside::set_aside;
use super::lock::Lock;
use super::merge::{CLASSES, Merged, foreign};
use super::names::{KEPT_MARK, is_ours};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::{Shelf, ShelfError};
use crate::model::SeriesId;

impl Shelf {
    /// Takes in the copies of the file at `path` that lie beside it.
    pub(super) fn take_in_copies(&self, path: &Path, series: &SeriesId) -> Vec<ShelfNotice> {
        let mut notices = Vec::new();
        for copy in copies(path) {
            match self.take_in(&copy, series) {
                Ok(told) => notices.extend(told),
                Err(error) => notices.push(ShelfNotice {
                    file: copy,
                    trouble: Trouble::Unreadable {
                        what: error.to_string(),
                    },
                    fate: Fate::Left { salvaged: 0 },
                }),
            }
        }
        notices
    }

    fn take_in(&self, copy: &Path, series: &SeriesId) -> Result<Vec<ShelfNotice>, ShelfError> {
        let mut merged = Merged::default();
        let (class, _, text) = foreign(copy, &mut merged)?;
        self.merge_text(class, series, &text, false, &mut merged)?;
        let counts = [merged.bookmarks, merged.highlights, merged.reading];
        let entries = counts
            .map(|it| it.added + it.changed + it.same)
            .iter()
            .sum();
        let _lock = Lock::of(self.folder())?;
        let kept = set_aside(copy, None, (self.clock)())
            .map_err(|error| ShelfError::write(copy, error))?;
        let mut notices = merged.notices;
        notices.push(ShelfNotice {
            file: copy.to_owned(),
            trouble: Trouble::Copy { entries },
            fate: Fate::Merged { kept },
        });
        Ok(notices)
    }
}

/// The copies of a file of ours beside it, in the order of their names.
fn copies(path: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|it| it.to_str()))
    else {
        return Vec::new();
    };
    if !CLASSES.iter().any(|it| folder.ends_with(it.folder)) {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter_map(|it| it.file_name().into_string().ok());
    let mut copies: Vec<PathBuf> = names
        .filter(|name| is_copy(name, stem))
        .map(|name| folder.join(name))
        .collect();
    copies.sort();
    copies
}

/// Whether a file of this name is a copy of the file of `stem`.
fn is_copy(name: &str, stem: &str) -> bool {
    let Some(whole) = name.strip_suffix(".ron") else {
        return false;
    };
    let Some(rest) = whole.strip_prefix(stem) else {
        return false;
    };
    let lower = rest.to_ascii_lowercase();
    // What could be the file of another series is one.
    !is_ours(whole)
        && !rest.contains(KEPT_MARK)
        && (rest.starts_with(".sync-conflict-")
            || rest.starts_with(" (") && lower.contains("conflict"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        let table = [
            ("a.sync-conflict-20250809-101112-ABC7DEF.ron", true),
            ("a (Study's conflicted copy 2025-08-09).ron", true),
            ("a (conflicted copy 2025-08-09 101112).ron", true),
            ("a (conflicted copy 1).kept-20250809-101112.ron", false),
            ("a (1).ron", false),
            ("a.b (conflicted copy 1).ron", false),
            ("a.sync-conflict-20250809-101112-abc7def.ron", false),
            ("a.ron", false),
            ("a (conflicted copy 1).txt", false),
        ];
        for (name, expected) in table {
            assert_eq!(is_copy(name, "a"), expected, "{name}");
        }
    }
}
