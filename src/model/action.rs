//! What the reader did, as plain values: the only way in which the screen changes the model.

use std::path::{Path, PathBuf};

use super::backup::BackupAction;
use super::bookmark::BUILT_IN;
use super::cite::Quoted;
use super::copies::CopyAction;
use super::drive::DriveAction;
use super::exchange::ExchangeAction;
use super::filing::FilingAction;
use super::go_to::GoToAction;
use super::highlighting::HighlightAction;
use super::ids::{SeriesId, StoryId};
use super::listing::Show;
use super::notice::NoticeId;
use super::reading::Place;
use super::settings::{Theme, WindowPlace};

/// The series of the manual that comes with the program.
const GUIDE_SERIES: &str = "org.offprint.guide";
/// The series of the edition that comes with the program.
const WORLD_DESK_SERIES: &str = "org.offprint.world-desk";

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The edition that comes with the program.
    WorldDesk,
    /// The manual that comes with the program.
    Guide,
    /// A folder or file.
    Path(PathBuf),
}

impl Origin {
    /// What one types for it: a word for what comes with the program, else its path.
    pub fn typed(&self) -> &Path {
        match self {
            Self::WorldDesk => Path::new("world-desk"),
            Self::Guide => Path::new("guide"),
            Self::Path(path) => path,
        }
    }

    /// What was typed for a pack. A file or folder named like a word is given with its folder.
    pub fn from_typed(typed: PathBuf) -> Self {
        [Self::WorldDesk, Self::Guide]
            .into_iter()
            .find(|word| word.typed() == typed)
            .unwrap_or(Self::Path(typed))
    }
}

/// A move through the headline list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the story below.
    Next,
    /// To the story above.
    Previous,
    /// To the first story further on that has not been read, from the top again if there is none.
    NextUnread,
    /// To the first story of the list.
    First,
}

/// Something laid over the page until it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// All the keys.
    Keys,
    /// An address outside the pack, before the browser opens it.
    Leaving(String),
    /// What the edition says of itself.
    About,
    /// A field for where to go.
    GoTo,
    /// How the story on the page is cited, or words of it.
    Cite(Option<Quoted>),
    /// The settings, and the reader's files as a whole.
    Settings,
    /// Tags and note of a story.
    Note(SeriesId, StoryId),
    /// What came of the file that was taken in last.
    Imported,
    /// What can be copied to a drive, and what came of it.
    Drive,
}

/// What the reader did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Open a pack.
    Open(Origin),
    /// Ask the system for a file to open.
    PickFile,
    /// Ask the system for a folder to open.
    PickFolder,
    /// Stop opening.
    CancelOpening,
    /// Take the pack at this path off the recent list.
    Forget(String),
    /// Show the front page.
    ShowFront,
    /// Show a story of the open pack.
    ShowStory(StoryId),
    /// Show the bookmarks of every pack.
    ShowBookmarks,
    /// Show the story of a bookmark, opening its pack when needed.
    ShowBookmark(SeriesId, StoryId),
    /// Move through the headline list.
    Go(Step),
    /// Where the reader was before.
    Back,
    /// Where the reader was before going back.
    Forward,
    /// Set or take away the bookmark of a story of the open pack.
    ToggleBookmark(StoryId),
    /// Take away a bookmark of any pack.
    RemoveBookmark(SeriesId, StoryId),
    /// Put a bookmark back that was just taken away.
    RestoreBookmark(SeriesId, StoryId),
    /// Something about how the marks are filed.
    Filing(FilingAction),
    /// Something about copies of stories.
    Copies(CopyAction),
    /// Something about files of other programs.
    Exchange(ExchangeAction),
    /// Something about the field for where to go.
    GoTo(GoToAction),
    /// Something about all of the reader's files.
    Backup(BackupAction),
    /// Something about packs copied to a drive.
    Drive(DriveAction),
    /// Something about marked passages.
    Highlights(HighlightAction),
    /// Mark a story read or unread.
    ToggleRead(StoryId),
    /// Narrow the headline list.
    Filter(String),
    /// Choose which stories are listed.
    Show(Show),
    /// Go where a link leads outside the pack: shows the address first.
    Leave(String),
    /// Open an address in the browser.
    OpenAddress(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Unfold what changed in the story on the page since an earlier edition, or fold it up again.
    ToggleChanges,
    /// Lay something over the page, or take it off when it is there.
    Toggle(Overlay),
    /// Take off what is laid over the page.
    CloseOverlay,
    /// Choose the colours.
    SetTheme(Theme),
    /// Show where the reader's files are.
    ShowFiles,
    /// Show a file in its folder.
    ShowFile(PathBuf),
    /// Make the text larger (+1), smaller (−1) or as it was (0).
    TextSize(i32),
    /// The sidebar was given this width, in points.
    SidebarWidth(f32),
    /// The window was left so.
    Window(WindowPlace),
    /// This is where the reader is in a story of a series; its pack may be closed by now.
    Reached(SeriesId, StoryId, Place),
    /// Try again what could not be saved.
    SaveAgain,
    /// Keep in the system's folder from now on what the data folder does not take.
    KeepElsewhere,
    /// Say no more of how to begin.
    DismissWelcome,
    /// Show what is new in this version.
    ShowNews,
    /// Take a notice away.
    Dismiss(NoticeId),
}

impl Origin {
    /// How the reader's files write it: a path, or [`BUILT_IN`].
    pub fn to_text(&self) -> String {
        match self {
            Self::WorldDesk | Self::Guide => BUILT_IN.to_owned(),
            Self::Path(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// What comes with the program of this series.
    pub(super) fn built_in(series: &SeriesId) -> Option<Self> {
        match series.as_str() {
            GUIDE_SERIES => Some(Self::Guide),
            WORLD_DESK_SERIES => Some(Self::WorldDesk),
            _ => None,
        }
    }

    /// Where a pack of `series` is that the reader's files say came from `text`.
    pub fn from_text(text: &str, series: &SeriesId) -> Self {
        match (text, series.as_str()) {
            (BUILT_IN, GUIDE_SERIES) => Self::Guide,
            (BUILT_IN, _) => Self::WorldDesk,
            _ => Self::Path(PathBuf::from(text)),
        }
    }
}
