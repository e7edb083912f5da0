//! The reader's files: bookmarks, reading marks, settings, recent packs. What is in them is never lost.
//!
//! Three rules keep that promise. Every file is replaced as a whole by `replace`, the one place that writes.
//! Every change is an operation applied, under a lock, to the file as it is at that moment, so that a window and a command line
//! never undo each other. And what is not understood is carried along to the byte: the files are edited as outlines,
//! never written anew from memory.
//!
//! Nothing here knows of packs or the window; threads only share out what is one job.

mod adopt;
mod aside;
mod bookmarks;
mod carried;
mod class;
mod copies;
mod diagnosis;
mod disk;
mod elsewhere;
mod error;
mod file;
mod files;
mod folder;
mod highlights;
mod intake;
mod join;
mod kept;
mod lock;
mod marks;
mod merge;
mod names;
mod notice;
mod older;
mod outline;
mod parallel;
mod quick;
mod reading;
mod recent;
mod replace;
mod salvage;
mod series;
mod settings;
mod survey;
mod take_in;
#[cfg(test)]
mod tests;
mod unknown;
mod volumes;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::model::Stamp;
use crate::platform::Paths;

pub use adopt::{AdoptError, Adopted};
pub use error::ShelfError;
pub use files::{ReadersFile, is_kept_copy, is_merged, is_readers_file};
pub use intake::{TakenIn, read_foreign};
pub use kept::{KeptCopy, Stored, is_sound};
pub use merge::{Counts, Merged};
pub use names::file_stem;
pub use notice::{Fate, ShelfNotice, Trouble};
pub use replace::{replace, replace_with};
pub use series::series_of;

/// The reader's data folder.
#[derive(Clone, Debug)]
pub struct Shelf {
    paths: Arc<Paths>,
    /// Where the files are once the first folder took none.
    moved: Arc<OnceLock<PathBuf>>,
    clock: fn() -> Timestamp,
    /// Whether somebody was told that older states are not kept.
    told: Arc<AtomicBool>,
    /// How many bytes of records a file has at the most before the older ones go to a volume.
    large: usize,
}

/// What a load found. A load never fails as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded<T> {
    /// What could be read.
    pub value: T,
    /// What the reader should know about the files.
    pub notices: Vec<ShelfNotice>,
}

/// What a change did. It is durable when this is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Whether the file is another than before.
    pub changed: bool,
    /// What the reader should know about the files.
    pub notices: Vec<ShelfNotice>,
}

impl Shelf {
    /// The shelf in `data_dir`. Touches nothing; folders are created by the first change.
    pub fn open(data_dir: impl Into<PathBuf>) -> Self {
        Self::with_clock(data_dir, Timestamp::now)
    }

    /// The shelf in `data_dir`, with another idea of the time.
    pub fn with_clock(data_dir: impl Into<PathBuf>, clock: fn() -> Timestamp) -> Self {
        let data = data_dir.into();
        let paths = Paths {
            data,
            ..Paths::default()
        };
        Self::of(paths, clock)
    }

    /// The shelf where this machine has it, with what is known of other places.
    pub fn at(paths: Paths) -> Self {
        Self::of(paths, Timestamp::now)
    }

    fn of(paths: Paths, clock: fn() -> Timestamp) -> Self {
        Self {
            paths: Arc::new(paths),
            moved: Arc::default(),
            clock,
            told: Arc::default(),
            large: volumes::LARGE,
        }
    }

    /// The same with volumes of about so many bytes.
    #[must_use]
    pub fn with_volumes_of(self, large: usize) -> Self {
        Self { large, ..self }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.moved.get().unwrap_or(&self.paths.data)
    }

    /// The time, as the reader's files have it.
    pub fn now(&self) -> Stamp {
        Stamp::from_millis((self.clock)().as_millisecond())
    }
}
