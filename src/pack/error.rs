//! What can go wrong with a pack as a whole or with one of its files, in sentences that say what to do.
//! Content that is merely odd is no error; it is a [`Problem`](super::Problem).

use std::io;
use std::path::{Path, PathBuf};

/// Why a pack, or a file of it, cannot be had. The path comes last.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Nothing is at the place.
    #[error("There is nothing at this place: it may have been moved or renamed, or its drive taken out. Open it from where it is now: {}", .path.display())]
    NotFound {
        /// The place.
        path: PathBuf,
    },
    /// The pack was there and is gone.
    #[error("The pack is gone: it was moved, deleted or its drive taken out. Put it back, or open it from where it is now: {}", .path.display())]
    Vanished {
        /// Where it was.
        path: PathBuf,
    },
    /// The system does not let us read.
    #[error("Reading is not allowed: ask for the right to read it, or copy the pack to a folder of yours: {}", .path.display())]
    Denied {
        /// What may not be read.
        path: PathBuf,
    },
    /// Neither a folder nor a file: a pipe, a device.
    #[error("This is neither a folder nor a file: choose the folder of a pack, or a file named *.offprint: {}", .path.display())]
    NotAPlace {
        /// The place.
        path: PathBuf,
    },
    /// No `pack.ron`.
    #[error("There is no pack.ron here, so this is no pack: choose the folder that has pack.ron in it: {}", .path.display())]
    NoManifest {
        /// The place.
        path: PathBuf,
    },
    /// `pack.ron` cannot be understood.
    #[error("pack.ron cannot be understood at line {line}, column {column}: {reason}. The line reads `{text}`. Correct it and open the pack again: {}", .path.display())]
    ManifestSyntax {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1 in characters.
        column: usize,
        /// What the line says, shortened.
        text: String,
        /// What is wrong with it, without a full stop.
        reason: String,
        /// The place.
        path: PathBuf,
    },
    /// `pack.ron` is over the limit.
    #[error("pack.ron is larger than 64 MiB: split the edition into several packs: {}", .path.display())]
    ManifestTooLarge {
        /// The place.
        path: PathBuf,
    },
    /// A format that is newer than this program.
    #[error("This pack is in format {format}, which this Offprint does not know: get a newer Offprint to read it: {}", .path.display())]
    NewerFormat {
        /// What the manifest says.
        format: u64,
        /// The place.
        path: PathBuf,
    },
    /// No story is left.
    #[error("There is no story in this pack: add one to pack.ron, or correct the problems that left the others out: {}", .path.display())]
    NoStory {
        /// The place.
        path: PathBuf,
    },
    /// Not an archive, or a damaged one.
    #[error("This cannot be read as a pack: {reason}. Copy or download it again, or ask whoever made it: {}", .path.display())]
    Archive {
        /// What is wrong, without a full stop.
        reason: String,
        /// The place.
        path: PathBuf,
    },
    /// One entry of an archive is damaged, encrypted or of an unknown method.
    #[error(
        "A file in this pack cannot be read: {reason}. Copy or download the pack again, or ask whoever made it: {name}"
    )]
    Entry {
        /// What is wrong, without a full stop.
        reason: String,
        /// The file's name.
        name: String,
    },
    /// A name that could lead out of the pack.
    #[error(
        "A name in this pack is not safe, {fault}: name a file inside the pack, such as images/map.png: {name:?}"
    )]
    UnsafeName {
        /// What is wrong.
        fault: &'static str,
        /// The name.
        name: String,
    },
    /// A symbolic link that leads out of the pack.
    #[error(
        "A file in this pack is a link that leads out of it and is not followed: put the file itself into the pack: {name}"
    )]
    LeavesPack {
        /// The file's name.
        name: String,
    },
    /// A file that is not there.
    #[error("A file is missing from this pack: add it, or ask whoever made the pack: {name}")]
    Missing {
        /// The file's name.
        name: String,
    },
    /// A picture of an edition in the text class.
    #[error("This copy of the edition comes without pictures: {name}")]
    LeftOut {
        /// The picture's name.
        name: String,
    },
    /// A folder, pipe or device where a file should be.
    #[error("This is not a file, so it is not read: put a file in its place: {name}")]
    NotAFile {
        /// The file's name.
        name: String,
    },
    /// A file over its limit.
    #[error("A file in this pack is too large, over {} MiB, and is not read: make it smaller: {name}", .limit >> 20)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// The file's name.
        name: String,
    },
    /// A body that is not UTF-8.
    #[error("A body is not UTF-8 at line {line}: save it as UTF-8: {name}")]
    NotUtf8 {
        /// The line, counted from 1.
        line: usize,
        /// The file's name.
        name: String,
    },
    /// A picture of more pixels than the limit.
    #[error(
        "A picture is too large, {width} × {height} pixels: make it smaller than 20 megapixels: {name}"
    )]
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// The file's name.
        name: String,
    },
    /// The system could not read.
    #[error("Reading failed ({reason}): check the drive or the connection and try again: {}", .path.display())]
    Io {
        /// What the system says.
        reason: String,
        /// What was being read.
        path: PathBuf,
    },
    /// Somebody no longer wants it.
    #[error("Opening was cancelled")]
    Cancelled,
}

impl PackError {
    /// The code of the format's problem list, where the pack is at fault.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoManifest { .. } => "P001",
            Self::ManifestSyntax { .. } | Self::ManifestTooLarge { .. } => "P002",
            Self::NewerFormat { .. } => "P003",
            Self::NoStory { .. } => "P004",
            Self::UnsafeName { .. } => "P040",
            Self::Archive { .. } | Self::Entry { .. } => "P041",
            Self::LeavesPack { .. } => "P042",
            Self::NotUtf8 { .. } => "P021",
            Self::TooManyPixels { .. } => "P032",
            Self::NotFound { .. }
            | Self::Vanished { .. }
            | Self::Denied { .. }
            | Self::NotAPlace { .. }
            | Self::Missing { .. }
            | Self::LeftOut { .. }
            | Self::NotAFile { .. }
            | Self::TooLarge { .. }
            | Self::Io { .. }
            | Self::Cancelled => return None,
        })
    }

    /// What the system said about `path`.
    pub(super) fn from_io(error: &io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            _ => Self::Io {
                reason: error.to_string(),
                path,
            },
        }
    }
}
