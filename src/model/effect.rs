//! What the outside is to do, as plain values.

use std::path::PathBuf;
use std::sync::Arc;

use super::action::Origin;
use super::backup::BackupJob;
use super::bookmark::BookmarkChange;
use super::copies::CopyJob;
use super::drive::DriveJob;
use super::event::{PackKey, RequestId, StoryBody};
use super::exchange::ExchangeJob;
use super::filing::FilingJob;
use super::highlight::HighlightChange;
use super::ids::{SeriesId, StoryId};
use super::listing::Show;
use super::passages::FindJob;
use super::reading::ReadingChange;
use super::settings::{RecentChange, SettingsChange};

/// What the outside is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a pack.
    Open(RequestId, Origin),
    /// Stop opening a pack.
    CancelOpen(RequestId),
    /// A pack will not be asked for again.
    Close(PackKey),
    /// The second pack is the first in its newest state, which is not asked for again.
    Renew(PackKey, PackKey),
    /// Say whenever something changes in this folder.
    Follow(Origin),
    /// Look for everything that is wrong with a pack.
    Check(RequestId, Origin),
    /// Read a story's body.
    ReadBody(PackKey, StoryId),
    /// Find what changed in a story since the earlier edition at this place; if there is none to be found, nothing comes back.
    Compare(PackKey, StoryId, Arc<StoryBody>, Origin),
    /// Find marked passages in a story that does not have them where they were.
    FindPassages(FindJob),
    /// Find the rows that match.
    Filter(PackKey, RequestId, Query),
    /// Read the marks of every series.
    LoadAllMarks,
    /// Find marks among all there are.
    File(FilingJob),
    /// Keep something of the reader's on disk.
    Save(Save),
    /// Do something about copies of stories.
    Copies(CopyJob),
    /// Do something about all of the reader's files.
    Backup(BackupJob),
    /// Do something about files of other programs.
    Exchange(ExchangeJob),
    /// Copy packs to a drive.
    Drive(DriveJob),
    /// Try at once to save what waits.
    SaveAgain,
    /// Go over to the other place for the reader's files.
    KeepElsewhere,
    /// Ask the system for a file.
    PickFile,
    /// Ask the system for a folder.
    PickFolder,
    /// Open an address in the browser.
    OpenAddress(String),
    /// Show the folder of the reader's files.
    ShowFiles,
    /// Show a file in its folder.
    ShowFile(PathBuf),
    /// Put text on the clipboard.
    Copy(String),
}

/// Which rows are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Words that must all be found, folded; empty for every story.
    pub words: Vec<String>,
    /// The address the story first appeared at; any, where there is none.
    pub address: Option<String>,
    /// Which stories.
    pub show: Show,
    /// The rows read, or bookmarked, as `show` asks.
    pub marked: Arc<[StoryId]>,
}

/// A change to keep on disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Save {
    /// A bookmark.
    Bookmark(SeriesId, BookmarkChange),
    /// A marked passage.
    Highlight(SeriesId, HighlightChange),
    /// A read mark or a place.
    Reading(SeriesId, ReadingChange),
    /// A setting.
    Settings(SettingsChange),
    /// What the recent list holds.
    Recent(RecentChange),
}
