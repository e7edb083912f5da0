//! Files that were kept where another package, another convention or an older version has them: copied at the first start, whole or
//! not at all, and left there as they were.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::folder::{create_folder, folder_of};
use super::lock;
use super::{Shelf, is_kept_copy};
use crate::platform;

/// The file that says where the others came from.
const NOTE: &str = "came-from.txt";
/// What can be rebuilt is not copied.
const CACHE: &str = "cache";

/// Files that were copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// Where they are still.
    pub from: PathBuf,
    /// Other places with files of ours that were not used.
    pub others: Vec<PathBuf>,
}

/// Why files that were found are not here. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error(
    "Files of yours were found in {} and could not be copied to {} ({source}). They are as they were. Free some space and start again, or take them in later: offprint bookmarks merge {}",
    from.display(),
    to.display(),
    from.display()
)]
pub struct AdoptError {
    /// Where they are.
    pub from: PathBuf,
    /// Where they were to be.
    pub to: PathBuf,
    /// Why they are not.
    pub source: io::Error,
}

impl Shelf {
    /// At the first start, copies the files of another place here. Nothing where there are none, or this is no first start.
    pub fn adopt(&self) -> Result<Option<Adopted>, AdoptError> {
        let to = self.folder();
        let mut found = self.found_elsewhere();
        let Some(from) = found.pop() else {
            return Ok(None);
        };
        let copied = self.copy_whole(&from, to);
        copied.map_err(|source| AdoptError {
            from: from.clone(),
            to: to.to_owned(),
            source,
        })?;
        Ok(Some(Adopted {
            from,
            others: found,
        }))
    }

    /// Where a first start would find files of the reader's, the place that is to be used last; nothing if this is no first start.
    pub fn found_elsewhere(&self) -> Vec<PathBuf> {
        if !is_untouched(self.folder()) {
            return Vec::new();
        }
        let places = self.paths.former.iter();
        in_order(places.filter_map(|it| Some((it.clone(), last_change(it)?))))
    }

    /// Where the files were copied from, if they were.
    pub fn came_from(&self) -> Option<PathBuf> {
        let note = fs::read_to_string(self.folder().join(NOTE)).ok()?;
        note.lines().nth(1).map(PathBuf::from)
    }

    fn copy_whole(&self, from: &Path, to: &Path) -> io::Result<()> {
        let parent = folder_of(to);
        create_folder(parent)?;
        // In the same folder, so that it can be renamed; gone with all that is in it if this fails.
        let draft = tempfile::Builder::new()
            .prefix(".offprint-")
            .tempdir_in(parent)?;
        copy_tree(from, draft.path(), true)?;
        let note = format!(
            "These files were copied on {} from\n{}\nand left there as they were. When you have seen that everything is here, you can remove those.\n",
            self.now(),
            from.display()
        );
        let path = draft.path().join(NOTE);
        fs::write(&path, note)?;
        File::open(&path)?.sync_all()?;
        platform::sync_folder(draft.path())?;
        for name in lock::NAMES {
            match fs::remove_file(to.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        match fs::remove_dir(to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(draft.path(), to)?;
        // It has another name now, under which nothing removes it.
        _ = draft.keep();
        platform::sync_folder(parent)
    }
}

/// Whether a data folder holds nothing at all yet.
fn is_untouched(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(entries) => entries.flatten().all(|it| {
            let name = it.file_name();
            lock::NAMES.iter().any(|lock| name == **lock)
        }),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// When a file of the reader's was last changed in a folder; nothing where there is none.
fn last_change(folder: &Path) -> Option<SystemTime> {
    let files = Shelf::open(folder).files().ok()?;
    let lists = files.iter().filter(|it| !is_kept_copy(&it.name));
    let changed = |path: &Path| fs::metadata(path).and_then(|it| it.modified());
    lists
        .map(|it| changed(&it.path).unwrap_or(SystemTime::UNIX_EPOCH))
        .max()
}

/// The places by the time they were used last; of two of the same time, the likelier is the later one.
fn in_order(places: impl Iterator<Item = (PathBuf, SystemTime)>) -> Vec<PathBuf> {
    let mut places: Vec<_> = places.collect();
    // The likeliest was looked at first.
    places.reverse();
    places.sort_by_key(|(_, changed)| *changed);
    places.into_iter().map(|(path, _)| path).collect()
}

/// Copies what is in a folder, and has it on the disk. What is hidden is being written or locked and is not copied.
fn copy_tree(from: &Path, to: &Path, top: bool) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") || top && name == CACHE {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        // A link may lead elsewhere; what it leads to counts. One that leads nowhere has nothing to give.
        let kind = match fs::metadata(&source) {
            Ok(kind) => kind,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if kind.is_dir() && !entry.file_type()?.is_symlink() {
            platform::create_private_folder(&target)?;
            copy_tree(&source, &target, false)?;
        } else if kind.is_file() {
            let mut file = File::create(&target)?;
            io::copy(&mut File::open(&source)?, &mut file)?;
            if let Ok(time) = kind.modified() {
                // Only of use to who looks at it.
                file.set_modified(time).ok();
            }
            file.sync_all()?;
        }
    }
    platform::sync_folder(to)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::model::{SettingsChange, Theme};
    use crate::platform::Paths;

    fn shelf(home: &Path, former: &[&str]) -> Shelf {
        Shelf::at(Paths {
            data: home.join("new/offprint"),
            former: former.iter().map(|it| home.join(it)).collect(),
            ..Paths::default()
        })
    }

    /// Files as somebody left them, one that nobody knows among them.
    fn old(home: &Path, name: &str) {
        let folder = home.join(name);
        let sepia = SettingsChange::Theme(Theme::Sepia);
        Shelf::open(&folder).change_settings(&[sepia]).unwrap();
        for (name, text) in [
            (
                "bookmarks/a.ron",
                "Bookmarks(version: 2, series: \"a\", bookmarks: [])",
            ),
            ("bookmarks/a.kept-1.ron", "damaged ["),
            ("older/settings/1.ron", "x"),
            ("mine.txt", "mine"),
            ("cache/big", "big"),
        ] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                all.extend(tree(&entry.path()));
            } else {
                all.insert(entry.path(), fs::read(entry.path()).unwrap());
            }
        }
        all
    }

    #[test]
    fn all_files_are_copied_once_and_stay_where_they_were() {
        let home = tempfile::tempdir().unwrap();
        old(home.path(), "old");
        let before = tree(&home.path().join("old"));
        let shelf = shelf(home.path(), &["nowhere", "old"]);
        assert_eq!(shelf.found_elsewhere(), [home.path().join("old")]);
        let adopted = shelf.adopt().unwrap().unwrap();
        assert_eq!(
            (&adopted.from, adopted.others.len()),
            (&home.path().join("old"), 0)
        );
        assert_eq!(tree(&home.path().join("old")), before);
        assert_eq!(shelf.load_settings().value.theme, Theme::Sepia);
        let mut names: Vec<String> = tree(shelf.folder())
            .keys()
            .map(|it| {
                it.strip_prefix(shelf.folder())
                    .unwrap()
                    .display()
                    .to_string()
            })
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "bookmarks/a.kept-1.ron",
                "bookmarks/a.ron",
                NOTE,
                "mine.txt",
                "older/settings/1.ron",
                "settings.ron"
            ]
        );
        assert_eq!(shelf.came_from(), Some(home.path().join("old")));
        // Nothing of the draft is left, and the next start is not the first.
        assert_eq!(fs::read_dir(home.path().join("new")).unwrap().count(), 1);
        assert_eq!(shelf.adopt().unwrap(), None);
    }

    #[test]
    fn a_folder_that_was_used_is_never_touched() {
        let home = tempfile::tempdir().unwrap();
        old(home.path(), "old");
        let shelf = shelf(home.path(), &["old"]);
        for name in ["settings.ron", "backups/x.zip", "cache/x"] {
            let path = shelf.folder().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "x").unwrap();
            assert_eq!(shelf.adopt().unwrap(), None, "{name}");
            assert_eq!(fs::read_to_string(&path).unwrap(), "x");
            fs::remove_dir_all(shelf.folder()).unwrap();
        }
        // One in which a start stopped early has nothing but locks.
        fs::create_dir_all(shelf.folder()).unwrap();
        fs::write(shelf.folder().join(".lock"), "").unwrap();
        assert!(shelf.adopt().unwrap().is_some());
    }

    #[test]
    fn what_cannot_be_copied_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        old(home.path(), "old");
        fs::write(home.path().join("new"), "a file").unwrap();
        let first = shelf(home.path(), &["old"]);
        // A file in the place of the folder above.
        assert_eq!(first.found_elsewhere(), [""; 0].map(PathBuf::from));
        fs::remove_file(home.path().join("new")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            // A link to itself cannot be read by anybody.
            symlink("loop.ron", home.path().join("old/loop.ron")).unwrap();
            let error = first.adopt().unwrap_err().to_string();
            for part in ["old", "offprint bookmarks merge", "as they were"] {
                assert!(error.contains(part), "{error}");
            }
            assert!(!first.folder().exists());
            assert_eq!(fs::read_dir(home.path().join("new")).unwrap().count(), 0);
            fs::remove_file(home.path().join("old/loop.ron")).unwrap();
        }
        assert!(first.adopt().unwrap().is_some());
    }

    #[test]
    fn the_place_that_was_used_last_is_taken() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        for (places, expected) in [
            (&[][..], &[][..]),
            (&[("a", 1)], &["a"]),
            (&[("a", 1), ("b", 2)], &["a", "b"]),
            (&[("a", 2), ("b", 1)], &["b", "a"]),
            // Of two that are alike the one that was looked at first is the likelier.
            (&[("a", 1), ("b", 1)], &["b", "a"]),
        ] {
            let places = places
                .iter()
                .map(|(name, time)| (PathBuf::from(name), at(*time)));
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(in_order(places), expected);
        }
    }

    #[test]
    fn where_nothing_was_kept_nothing_is_found() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("old")).unwrap();
        fs::write(home.path().join("old/readme.txt"), "x").unwrap();
        let shelf = shelf(home.path(), &["old"]);
        assert_eq!(shelf.adopt().unwrap(), None);
        assert_eq!(shelf.came_from(), None);
        assert!(!shelf.folder().exists());
    }
}
