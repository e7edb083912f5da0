//! Why packs are not on a drive: what is wrong, where, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::size;

/// Why not everything is on the drive. What is there under its name is whole.
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    /// There is no such folder.
    #[error("There is no folder {}, so nothing was written. Choose a folder on the drive", .0.display())]
    NoFolder(PathBuf),
    /// A pack cannot be read or made ready.
    #[error("Nothing was written, as a pack cannot be copied. {reason}")]
    Pack {
        /// What is wrong with it, as a sentence without a full stop.
        reason: String,
    },
    /// The program cannot be read.
    #[error(
        "The program itself cannot be read ({0}), so nothing was written. Leave it out, or start it again from where it is"
    )]
    Program(io::Error),
    /// FAT has no room for the length of a file.
    #[error(
        "{name} has {}, and the drive is formatted as FAT, which holds no file of 4 GiB or more; nothing was written. Format the drive as exFAT, or leave out that pack",
        size(*bytes)
    )]
    Fat {
        /// The file.
        name: String,
        /// Its size.
        bytes: u64,
    },
    /// There is too little room.
    #[error(
        "{} is needed and {} is free in {}, so nothing was written. Free some space there, or choose fewer packs",
        size(*needed),
        size(*free),
        folder.display()
    )]
    Room {
        /// How many bytes are needed.
        needed: u64,
        /// How many there are.
        free: u64,
        /// The folder.
        folder: PathBuf,
    },
    /// Something of the same name is there.
    #[error(
        "There is something else of the name {} in {} already, so nothing was written. Move it away, or choose another folder",
        names.join(", "),
        folder.display()
    )]
    Occupied {
        /// The names.
        names: Vec<String>,
        /// The folder.
        folder: PathBuf,
    },
    /// There is no place for temporary files.
    #[error(
        "There is no room for temporary files on this computer ({0}), so nothing was written. Free some space and try again"
    )]
    Temporary(io::Error),
    /// A file that is to be copied cannot be read.
    #[error("{} could not be read ({source}). Look whether it is still there, and try again", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The drive was pulled out.
    #[error(
        "The drive is gone while {name} was written: {} is not there any more. Put it in again and copy once more; what is whole on it is not written twice",
        folder.display()
    )]
    Gone {
        /// The file.
        name: String,
        /// The folder.
        folder: PathBuf,
    },
    /// The drive is full after all.
    #[error(
        "The drive became full while {name} was written. Free some space on it, or choose fewer packs"
    )]
    Full {
        /// The file.
        name: String,
    },
    /// What was read back is something else.
    #[error(
        "The drive gave back something else than was written to it: {name}. That file was thrown away. Use another drive"
    )]
    NotTheSame {
        /// The file.
        name: String,
    },
    /// A file could not be written.
    #[error("{name} could not be written to {} ({source}). Check the drive, and whether it can be written to", folder.display())]
    Write {
        /// The file.
        name: String,
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The reader stopped it.
    #[error("It was stopped")]
    Stopped,
}

impl DriveError {
    /// The error for a failure to write `name` into `folder`.
    pub(super) fn write(name: &str, folder: &Path, source: io::Error) -> Self {
        let (name, folder) = (name.to_owned(), folder.to_owned());
        if !folder.is_dir() {
            return Self::Gone { name, folder };
        }
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { name },
            _ => Self::Write {
                name,
                folder,
                source,
            },
        }
    }

    /// The error for a failure to read `path`.
    pub(super) fn read(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read {
            path: path.clone(),
            source,
        }
    }

    /// Whether the wish was refused before anything was written.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NoFolder(_)
                | Self::Pack { .. }
                | Self::Fat { .. }
                | Self::Room { .. }
                | Self::Occupied { .. }
        )
    }
}
