//! Why there is no backup, or why one was not put back: what is wrong, where, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::shelf::ShelfError;

/// Why there is no backup, or why one was not put back. Nothing was changed, except where [`Self::Partly`] says so.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There are no files yet.
    #[error("There is nothing to back up yet: no bookmarks, no settings, no kept copies are in {}", folder.display())]
    Nothing {
        /// The data folder.
        folder: PathBuf,
    },
    /// The backup could not be written.
    #[error("The backup could not be written, and nothing is left of it ({source}). Check the drive, or choose another place: {}", path.display())]
    Write {
        /// The backup.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What was written reads otherwise.
    #[error("The drive gave back something else than was written to it ({name}: {reason}), so the backup was thrown away. Use another drive: {}", path.display())]
    NotTheSame {
        /// The backup.
        path: PathBuf,
        /// The part of it.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The backup could not be read.
    #[error("The backup could not be read ({source}). Check the file and its drive: {}", path.display())]
    Read {
        /// The backup.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is something else.
    #[error("This is not a backup ({reason}), so nothing was changed. Choose a file that `offprint backup` or the Settings made: {}", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What it is instead, or what it has not.
        reason: String,
    },
    /// A part of it is damaged.
    #[error("This backup is damaged, so nothing was changed: {name}: {reason}. Copy it again from where it came from, or use another: {}", path.display())]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// The part of it.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It is of a form that is not known yet.
    #[error("A newer Offprint ({program}) made this backup, so nothing was changed. Install that version or a later one: {}", path.display())]
    Newer {
        /// The backup.
        path: PathBuf,
        /// The version that made it.
        program: String,
    },
    /// There is no place for temporary files.
    #[error(
        "There is no room for temporary files ({0}), so nothing was changed. Free some space and try again"
    )]
    Temporary(io::Error),
    /// The reader's files could not be read or written.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// It went wrong halfway.
    #[error("Not everything could be put back. {what}. {rest}")]
    Partly {
        /// What went wrong, as a sentence without a full stop.
        what: String,
        /// What to do, as a sentence without a full stop.
        rest: String,
    },
    /// The reader stopped it.
    #[error("It was stopped, and nothing was changed")]
    Stopped,
}

impl BackupError {
    /// The same, halfway through.
    pub(super) fn partly(self, rest: String) -> Self {
        let what = match self {
            Self::Damaged { name, reason, .. } => format!("In the backup, {name}: {reason}"),
            Self::Stopped => "It was stopped".to_owned(),
            other => other.to_string(),
        };
        Self::Partly { what, rest }
    }

    pub(super) fn write(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write {
            path: path.clone(),
            source,
        }
    }

    pub(super) fn read(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        Self::Read { path, source }
    }

    pub(super) fn damaged(path: &Path, name: &str, reason: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            name: name.to_owned(),
            reason: reason.into(),
        }
    }
}
