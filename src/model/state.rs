//! The model: everything that is true of the running program except pixels.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::action::{Origin, Overlay};
use super::all_marks::AllMarks;
use super::backup::Backups;
use super::bookmark::Bookmark;
use super::compare::StoryChanges;
use super::copies::{Copies, StoryKey};
use super::drive::Drives;
use super::edition::Story;
use super::event::RequestId;
use super::exchange::Exchange;
use super::filing::{Filing, Mark};
use super::go_to::GoTo;
use super::highlight::Highlight;
use super::highlighting::Highlighting;
use super::history::{History, Stop, View};
use super::ids::{HighlightId, SeriesId, StoryId};
use super::notice::Notices;
use super::open::{BodyState, OpenPack};
use super::order::Order;
use super::preview::Preview;
use super::seek::{Destination, Seek, Target};
use super::settings::{Recent, Settings};
use super::stamp::Stamp;

/// A bookmark, and whether the disk knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The record; one that was taken away is kept, so that it can be put back.
    pub bookmark: Arc<Bookmark>,
    /// How many changes to it are on their way to the disk.
    pub waiting: usize,
}

impl Marked {
    /// Whether what the screen shows is on disk.
    pub fn is_saved(&self) -> bool {
        self.waiting == 0
    }

    /// Whether the story is bookmarked.
    pub fn is_there(&self) -> bool {
        self.bookmark.is_there()
    }
}

/// A marked passage, and whether the disk knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The record; one that was taken away is kept, so that it can be put back.
    pub highlight: Highlight,
    /// How many changes to it are on their way to the disk.
    pub waiting: usize,
}

impl Passage {
    /// The record, for whoever looks among all marks.
    pub(super) fn mark(&self) -> Mark {
        Mark::Highlight(Arc::new(self.highlight.clone()))
    }
}

/// A pack on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The request.
    pub request: RequestId,
    /// What is being opened.
    pub origin: Origin,
    /// What to show of it.
    pub then: View,
    /// How many stories are through.
    pub stories: usize,
    /// How many steps back (negative) or forward it is; 0 for a new place. History is turned when the pack is here.
    pub(super) way: isize,
}

/// Everything that is true of the running program except pixels.
#[derive(Default)]
pub struct Model {
    /// The open pack.
    pub open: Option<OpenPack>,
    /// The pack that is on its way; the open one stays readable.
    pub opening: Option<Opening>,
    /// Where to go first, when the reader's files are read; nothing for what was open last.
    pub first: Vec<Destination>,
    /// The pack that is being written, in a window that follows it.
    pub preview: Option<Preview>,
    /// What the page shows.
    pub view: View,
    /// The way the reader came.
    pub history: History,
    /// The bookmarks of every series that was open, or of every series once something needed them.
    pub bookmarks: BTreeMap<(SeriesId, StoryId), Marked>,
    /// The marked passages of the same series.
    pub highlights: BTreeMap<(SeriesId, HighlightId), Passage>,
    /// Which of them are listed.
    pub filing: Filing,
    /// What there is of marking beside the passages.
    pub highlighting: Highlighting,
    /// The copies the reader keeps.
    pub copies: Copies,
    /// All of the reader's files, and what is done with them as a whole.
    pub backups: Backups,
    /// What is taken in from other programs and written for them.
    pub exchange: Exchange,
    /// What is copied to a drive.
    pub drives: Drives,
    /// Whether there is something to say on how to begin.
    pub welcome: bool,
    /// What the reader has chosen.
    pub settings: Settings,
    /// Packs opened lately.
    pub recent: Recent,
    /// What there is to tell.
    pub notices: Notices,
    /// What is laid over the page.
    pub overlay: Option<Overlay>,
    /// The field for where to go.
    pub go_to: GoTo,
    /// Where the newest reference led.
    pub target: Option<Target>,
    /// Whether what changed in the story on the page is unfolded; only where something did.
    pub changes_unfolded: bool,
    /// Whether something waits to be saved because saving failed.
    pub unsaved: bool,
    /// The time of the newest frame; the app writes it.
    pub now: Stamp,
    /// The bookmarks by their place in the list, the newest first.
    pub(super) newest: Order,
    /// How many stories of the open pack have a bookmark.
    pub(super) bookmarked: usize,
    /// Whether the marks of every series are here.
    pub(super) all_marks: AllMarks,
    /// The reference that is being followed.
    pub(super) seek: Option<Seek>,
    /// Of which bookmarks was told that they are not what they were.
    pub(super) told_standing: BTreeSet<(StoryKey, &'static str)>,
    pub(super) requests: u64,
}

impl Model {
    /// The story on the page.
    pub fn story(&self) -> Option<Arc<Story>> {
        self.open.as_ref()?.story(self.story_id()?)
    }

    /// The id of the story on the page.
    pub fn story_id(&self) -> Option<&StoryId> {
        match &self.view {
            View::Story(id) => Some(id),
            View::Front | View::Bookmarks => None,
        }
    }

    /// The body of the story on the page.
    pub fn body(&self) -> Option<&BodyState> {
        self.open.as_ref()?.body(self.story_id()?)
    }

    /// What changed in the story on the page since an earlier edition.
    pub fn changes(&self) -> Option<&Arc<StoryChanges>> {
        self.open.as_ref()?.changes(self.story_id()?)
    }

    /// The bookmark of a story of the open pack.
    pub fn bookmark(&self, id: &StoryId) -> Option<&Marked> {
        let series = self.open.as_ref()?.series().clone();
        self.bookmarks
            .get(&(series, id.clone()))
            .filter(|marked| marked.is_there())
    }

    /// How many bookmarks there are, of all packs once their marks are here.
    pub fn bookmarks_in_all(&self) -> usize {
        self.newest.count()
    }

    /// The bookmark in this place, the newest being in place 0.
    pub fn newest_bookmark(&self, place: usize) -> Option<&Marked> {
        self.bookmarks.get(self.newest.newest(place)?)
    }

    /// How many stories of the open pack have a bookmark.
    pub fn bookmarked_count(&self) -> usize {
        self.bookmarked
    }

    /// The bookmarked stories of the open series.
    pub(super) fn bookmarked_ids(&self) -> impl Iterator<Item = &StoryId> {
        let series = self.open.as_ref().map(OpenPack::series);
        let first = series.map(|series| (series.clone(), StoryId::default()));
        first
            .into_iter()
            .flat_map(|first| self.bookmarks.range(first..))
            .take_while(move |((of, _), _)| Some(of) == series)
            .filter(|(_, marked)| marked.is_there())
            .map(|((_, id), _)| id)
    }

    /// Where the reader is, to come back to.
    pub(super) fn here(&self) -> Option<Stop> {
        Some(Stop {
            origin: self.open.as_ref()?.origin.clone(),
            view: self.view.clone(),
        })
    }

    pub(super) fn request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(self.requests)
    }
}
