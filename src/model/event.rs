//! What the outside answered, as plain values.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::article::{Body, Stretch};

use super::action::Origin;
use super::backup::BackupEvent;
use super::bookmark::Bookmark;
use super::compare::StoryChanges;
use super::copies::CopyEvent;
use super::drive::DriveEvent;
use super::edition::Edition;
use super::exchange::ExchangeEvent;
use super::filing::MarkKey;
use super::highlight::Highlight;
use super::ids::{HighlightId, SeriesId, StoryId};
use super::notice::Notice;
use super::preview::Finding;
use super::reading::{Reading, ReadingChange};
use super::seek::Destination;
use super::settings::{Recent, Settings};

/// An open pack's name for as long as the program runs; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PackKey(pub u64);

/// A request's name; an answer to any but the newest is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// A story's body as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryBody {
    /// The blocks.
    pub body: Body,
    /// SHA-256 of the body as it stands in the pack, in hexadecimal.
    pub digest: String,
    /// Width and height in pixels of each picture the story shows, where they could be read.
    pub sizes: BTreeMap<String, (u32, u32)>,
    /// How many words it has, pull quotes left out.
    pub words: usize,
    /// How long it takes to read, in minutes, at least 1.
    pub minutes: usize,
}

/// A pack that was opened.
#[derive(Clone)]
pub struct Opened {
    /// Its key in later jobs.
    pub key: PackKey,
    /// Where it came from.
    pub origin: Origin,
    /// What is in it.
    pub edition: Arc<dyn Edition>,
    /// What the reader has read of its series.
    pub reading: Reading,
    /// The bookmarks of its series, with those that were taken away.
    pub bookmarks: Vec<Bookmark>,
    /// The marked passages of its series, with those that were taken away.
    pub highlights: Vec<Highlight>,
    /// What is wrong with it, most important first, in sentences.
    pub problems: Vec<String>,
}

/// What the reader's files held at the start. Marks come with their pack, or when all are asked for.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The settings.
    pub settings: Settings,
    /// Packs opened lately.
    pub recent: Recent,
    /// What went wrong in reading them.
    pub notices: Vec<Notice>,
}

/// What the outside answered.
#[derive(Clone)]
pub enum Event {
    /// The reader's files were read.
    Kept(Kept),
    /// A pack is being opened, and so many stories are through.
    Opening(RequestId, usize),
    /// A pack is open.
    Opened(RequestId, Opened),
    /// A pack could not be opened.
    OpenFailed(RequestId, Notice),
    /// A body was read.
    Body(PackKey, StoryId, Result<Arc<StoryBody>, String>),
    /// A story reads otherwise than in an earlier edition.
    Changed(PackKey, StoryId, Arc<StoryChanges>),
    /// Where marked passages are in a story, or that they are not in it.
    PassagesFound(PackKey, StoryId, Vec<(HighlightId, Option<Stretch>)>),
    /// The rows that match a filter, ascending.
    Filtered(PackKey, RequestId, Arc<[u32]>),
    /// The folder is being followed from now on, or something in it changed.
    Edited,
    /// Everything that is wrong with the pack that is being written, the heaviest first.
    Checked(RequestId, Arc<[Finding]>),
    /// The reader chose a file or folder, or none.
    Picked(Result<Option<PathBuf>, Notice>),
    /// Another launch of the program handed this over.
    HandedOver(Vec<Destination>),
    /// Changes to the bookmarks of these stories are on disk; a story stands there once a change.
    BookmarksSaved(SeriesId, Vec<StoryId>),
    /// Changes to these marked passages are on disk; a passage stands there once a change.
    HighlightsSaved(SeriesId, Vec<HighlightId>),
    /// What the reader's files hold of a series, as another program left them.
    Marks(SeriesId, Vec<Bookmark>, Vec<Highlight>),
    /// What there is of copies of stories.
    Copies(CopyEvent),
    /// What there is of all of the reader's files, and what became of a backup.
    Backup(BackupEvent),
    /// What there is of files of other programs.
    Exchange(ExchangeEvent),
    /// What was read, and how far, in another program.
    ReadElsewhere(SeriesId, Vec<ReadingChange>),
    /// All of what the reader's files hold is here, and what went wrong in reading it.
    AllMarks(Vec<Notice>),
    /// Some of what the reader's files hold; all of it is here after the next [`Event::AllMarks`].
    SomeMarks(Vec<Bookmark>, Vec<Highlight>),
    /// The marks that were asked for, in their order.
    Filed(RequestId, Arc<[MarkKey]>),
    /// Something could not be saved yet; it is kept and tried again.
    SaveFailed(Notice),
    /// Nothing can be saved in a folder, which is told once.
    TakesNothing {
        /// The folder.
        folder: PathBuf,
        /// Where it could be instead.
        elsewhere: Option<PathBuf>,
        /// Whether the next start will look there as well.
        remembered: bool,
    },
    /// The reader's files are kept in another folder from now on, or why they are not.
    KeptElsewhere(Result<PathBuf, String>),
    /// What there is of packs copied to a drive.
    Drive(DriveEvent),
    /// All that waited to be saved is on disk.
    AllSaved,
    /// Something to tell.
    Notice(Notice),
}
