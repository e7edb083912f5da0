//! The one way a file of the reader's is written: whole, beside the old one, then in its place.
//!
//! At every moment the name leads to the old file or to the new one, both complete. A failure leaves the old file and no litter;
//! a killed process leaves at most a temporary file, which [`sweep`] knows by its name.

use std::fs::{self, File, Permissions};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use super::disk;
use super::folder::folder_of;
use crate::platform;

const PREFIX: &str = ".offprint-";
const SUFFIX: &str = ".tmp";

/// Replaces the file at `path`, or creates it, and returns when it is on the disk.
///
/// A symbolic link is followed: what it leads to is replaced. Permissions stay; a new file is for this user alone.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_by(path, |file| disk::write(file, bytes))
}

/// The same for what is too large to be held at once: `write` is given the file that will take the place. If it fails, nothing changes.
pub fn replace_with<T, E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    replace_by(path, |file| write(file.as_file_mut()))
}

fn replace_by<T, E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut NamedTempFile) -> Result<T, E>,
) -> Result<T, E> {
    let target = platform::link_target(path)?;
    let folder = folder_of(&target);
    let old = match fs::metadata(&target) {
        // A rename would not ask; whoever made the file read-only meant it.
        Ok(old) if old.permissions().readonly() => {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
        }
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let mut file = disk::temporary(folder, PREFIX, SUFFIX)?;
    let written = write(&mut file)?;
    if let Some(old) = old {
        platform::copy_owner(file.as_file(), &old);
        keep_permissions(file.as_file(), old.permissions());
    }
    disk::sync(&file)?;
    disk::persist(file, &target)?;
    disk::sync_folder(folder)?;
    Ok(written)
}

/// Removes what killed processes left in `folder`. Only for a folder whose every writer holds the lock we hold.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX)
            && name.ends_with(SUFFIX)
            && let Err(error) = disk::remove(&entry.path())
        {
            log::debug!("{} stays: {error}", entry.path().display());
        }
    }
}

/// Some file systems have no permissions to set, and content matters more.
fn keep_permissions(file: &File, permissions: Permissions) {
    if let Err(error) = file.set_permissions(permissions) {
        log::debug!("a file keeps other permissions as it is replaced: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = names
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_files_and_leaves_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a.ron"]);

        // A folder stands in the way of the rename, the last step that can fail.
        let blocked = folder.path().join("b.ron");
        fs::create_dir(&blocked).unwrap();
        fs::write(blocked.join("x"), b"x").unwrap();
        assert!(replace(&blocked, b"three").is_err());
        assert_eq!(names(folder.path()), ["a.ron", "b.ron"]);
    }

    #[test]
    fn sweeps_only_its_own_litter() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".offprint-abc123.tmp", "note.tmp", ".offprint-notes"] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        sweep(folder.path());
        assert_eq!(names(folder.path()), [".offprint-notes", "note.tmp"]);
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_and_keeps_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let (link, file) = (folder.path().join("a.ron"), elsewhere.path().join("b.ron"));
        symlink(&file, &link).unwrap();
        replace(&link, b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        replace(&link, b"two").unwrap();
        assert_eq!(mode(&file), 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");

        let (ring, round) = (folder.path().join("r"), folder.path().join("o"));
        symlink(&round, &ring).unwrap();
        symlink(&ring, &round).unwrap();
        assert!(replace(&ring, b"three").is_err());
    }
}
