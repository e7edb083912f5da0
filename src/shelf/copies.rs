//! Copies that programs which keep folders alike leave beside a file when two machines changed it: Syncthing, Dropbox, Nextcloud,
//! ownCloud and their kin. What they know is taken in, and they are set aside, so that each is taken in once.

use std::fs;
use std::path::{Path, PathBuf};

use super::aside::set_aside;
use super::class::Class;
use super::lock::Lock;
use super::merge::{Merged, foreign};
use super::names::{KEPT_MARK, is_ours, series_stem};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::{Shelf, ShelfError};
use crate::model::SeriesId;

impl Shelf {
    /// Takes in the copies of the files of a series that lie beside them. There may be nothing but such a copy.
    pub(super) fn take_in_copies(
        &self,
        class: &Class,
        stem: &str,
        series: Option<&SeriesId>,
    ) -> Vec<ShelfNotice> {
        let mut notices = Vec::new();
        for copy in copies(&self.folder().join(class.folder), stem) {
            match self.take_in(&copy, stem, series) {
                Ok(told) => notices.extend(told),
                Err(error) => notices.push(ShelfNotice::unreadable(&copy, &error)),
            }
        }
        notices
    }

    fn take_in(
        &self,
        copy: &Path,
        stem: &str,
        series: Option<&SeriesId>,
    ) -> Result<Vec<ShelfNotice>, ShelfError> {
        let mut merged = Merged::default();
        let theirs = foreign(copy)?;
        merged.notices.extend(theirs.notice);
        let series = series.or(theirs.series.as_ref());
        self.merge_texts(
            theirs.class,
            stem,
            series,
            &[theirs.text],
            false,
            &mut merged,
        )?;
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

/// The copies of the files of a series, in the order of their names.
fn copies(folder: &Path, stem: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter_map(|it| it.file_name().into_string().ok());
    let is_copy = |name: &String| name.strip_suffix(".ron").and_then(copy_of) == Some(stem);
    let mut copies: Vec<PathBuf> = names.filter(is_copy).map(|it| folder.join(it)).collect();
    copies.sort();
    copies
}

/// The name of the series' files, for the name of a copy of one of them, both without the ending.
pub(super) fn copy_of(name: &str) -> Option<&str> {
    // What could be the file of another series is one.
    if is_ours(name) || name.contains(KEPT_MARK) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let dropped = |at: &usize| lower[*at..].contains("conflict");
    // From behind: the id of a series may look like that, too, and there are copies of copies.
    let synced = name.rmatch_indices(".sync-conflict-").map(|(at, _)| at);
    let others = name.rmatch_indices(" (").map(|(at, _)| at).filter(dropped);
    synced.chain(others).find_map(|at| series_stem(&name[..at]))
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
            ("a-conflict (1).ron", false),
            ("a.b (conflicted copy 1).ron", false),
            ("a.sync-conflict-20250809-101112-abc7def.ron", false),
            ("a.ron", false),
            ("a%v0001.sync-conflict-20250809-101112-ABC7DEF.ron", true),
            ("a%v0012 (conflicted copy 1).ron", true),
            ("a%v0001.ron", false),
            (
                "a.sync-conflict-20250809-101112-ABC7DEF (conflicted copy 1).ron",
                true,
            ),
            (
                "a.sync-conflict-1.sync-conflict-20250809-101112-ABC7DEF.ron",
                false,
            ),
        ];
        for (name, expected) in table {
            let whole = name.strip_suffix(".ron").unwrap();
            assert_eq!(copy_of(whole) == Some("a"), expected, "{name}");
            assert_ne!(copy_of(whole), Some("a-conflict"), "{name}");
        }
    }
}
