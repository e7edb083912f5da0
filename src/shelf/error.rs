//! Why a change was not saved: what is wrong, where, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::notice::ShelfNotice;

/// A change that is not on disk. What was on disk before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// No room.
    #[error("The disk is full, so {} was not saved. Free some space and try again", path.display())]
    Full {
        /// The file that was to be written.
        path: PathBuf,
    },
    /// Nothing there can be written.
    #[error("{} was not saved because its disk is read-only. Make it writable, or choose another folder with --data-dir", path.display())]
    ReadOnly {
        /// The file that was to be written.
        path: PathBuf,
    },
    /// This user may not.
    #[error("{} was not saved because you may not write there. Allow it, or choose another folder with --data-dir", path.display())]
    Denied {
        /// The file that was to be written.
        path: PathBuf,
    },
    /// A file stands where a folder should be.
    #[error("{} was not saved because a file stands where its folder should be. Move that file away, or choose another folder with --data-dir", path.display())]
    NotAFolder {
        /// The file that was to be written.
        path: PathBuf,
    },
    /// The lock was not to be had.
    #[error("Another program has been using {} for too long, so nothing was saved. Close other windows of Offprint and try again", path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// The file cannot be read, so nothing may be written over it.
    #[error("{} could not be read, so nothing was written over it ({source}). Check the file and its disk", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is damaged and cannot be set aside.
    #[error(
        "{notice} It could not be set aside, so nothing was written over it ({source}). Move the file somewhere safe and try again"
    )]
    NotSetAside {
        /// What is wrong with it.
        notice: Box<ShelfNotice>,
        /// Why it stays.
        source: Box<Self>,
    },
    /// The file was damaged and is set aside, and then the change could not be written.
    #[error("{notice} {source}")]
    SetAside {
        /// What was wrong with it, and where it is now.
        notice: Box<ShelfNotice>,
        /// Why the change is not saved.
        source: Box<Self>,
    },
    /// Anything else.
    #[error("{} was not saved ({source}). Check the disk and try again", path.display())]
    Write {
        /// The file that was to be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl ShelfError {
    /// The error for a failure to write `path`.
    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                Self::NotAFolder { path }
            }
            _ => Self::Write { path, source },
        }
    }

    /// This error, with what has to be told of the file besides.
    pub(super) fn after(self, notice: Option<&ShelfNotice>) -> Self {
        match notice {
            None => self,
            Some(notice) => Self::SetAside {
                notice: Box::new(notice.clone()),
                source: Box::new(self),
            },
        }
    }

    /// Whether it stays so until somebody allows to write there.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::ReadOnly { .. } | Self::Denied { .. })
    }

    /// Whether the same change may work a little later without anyone doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_says_where_and_what_to_do() {
        let table = [
            (
                io::ErrorKind::StorageFull,
                "The disk is full",
                "Free some space",
            ),
            (
                io::ErrorKind::QuotaExceeded,
                "The disk is full",
                "Free some space",
            ),
            (io::ErrorKind::ReadOnlyFilesystem, "read-only", "--data-dir"),
            (
                io::ErrorKind::PermissionDenied,
                "may not write",
                "--data-dir",
            ),
            (
                io::ErrorKind::NotADirectory,
                "a file stands",
                "Move that file",
            ),
            (io::ErrorKind::TimedOut, "timed out", "Check the disk"),
        ];
        for (kind, what, remedy) in table {
            let text = ShelfError::write(Path::new("data/a.ron"), kind.into()).to_string();
            for part in ["data/a.ron", what, remedy] {
                assert!(text.contains(part), "{part}: {text}");
            }
        }
    }
}
