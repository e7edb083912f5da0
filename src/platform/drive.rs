//! What a drive is: where it begins, whether it can be written to, how it is formatted and what room it has, and what was really put on it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A file system, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Whether it is FAT, which holds no file of 4 GiB.
    pub is_fat: bool,
    /// How many bytes can be written to it.
    pub free: Option<u64>,
}

/// The top of the drive that a file or folder is on.
#[cfg(unix)]
pub fn drive_of(path: &Path) -> PathBuf {
    use std::os::unix::fs::MetadataExt as _;

    let device = |path: &Path| std::fs::metadata(path).map(|it| it.dev()).ok();
    let own = device(path);
    let same = path
        .ancestors()
        .take_while(|it| own.is_some() && device(it) == own);
    same.last().unwrap_or(path).to_owned()
}

/// The top of the drive that a file or folder is on.
#[cfg(not(unix))]
pub fn drive_of(path: &Path) -> PathBuf {
    path.ancestors().last().unwrap_or(path).to_owned()
}

/// Whether files can be made in a folder, which is tried.
pub fn can_write(folder: &Path) -> bool {
    tempfile::Builder::new()
        .prefix(".offprint-")
        .tempfile_in(folder)
        .is_ok()
}

/// How the file system is formatted that a folder is on, and what room it has.
#[cfg(target_os = "linux")]
pub fn format_of(folder: &Path) -> io::Result<Format> {
    let found = rustix::fs::statfs(folder)?;
    let block = u64::try_from(found.f_bsize).unwrap_or(0);
    Ok(Format {
        // What every FAT says of itself; exFAT is another, and holds files of any size.
        is_fat: found.f_type == 0x4d44,
        free: found.f_bavail.checked_mul(block),
    })
}

/// How the file system is formatted that a folder is on: it is not known here, and told when a file does not fit.
#[cfg(not(target_os = "linux"))]
pub fn format_of(_folder: &Path) -> io::Result<Format> {
    Ok(Format::default())
}

/// Lets go of what the system remembers of a file that is on the disk, so that the next read is from there. Returns whether it does.
#[cfg(target_os = "linux")]
pub fn forget(file: &File) -> bool {
    rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed).is_ok()
}

/// Lets go of what the system remembers of a file: there is no plain way to ask for that here.
#[cfg(not(target_os = "linux"))]
pub fn forget(_file: &File) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_is_above_its_folders() {
        let folder = tempfile::tempdir().unwrap();
        let drive = drive_of(folder.path());
        assert!(folder.path().starts_with(&drive), "{}", drive.display());
        assert_eq!(drive_of(&drive), drive);
        let nowhere = folder.path().join("nowhere");
        assert!(nowhere.starts_with(drive_of(&nowhere)));
    }

    #[test]
    fn what_can_be_written_to_is_tried_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        assert!(can_write(folder.path()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(!can_write(&folder.path().join("nowhere")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_says_what_room_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let format = format_of(folder.path()).unwrap();
        assert!(!format.is_fat && format.free.is_some(), "{format:?}");
        assert!(format_of(&folder.path().join("nowhere")).is_err());
    }
}
