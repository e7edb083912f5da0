//! How a bookmark stands to the pack that is open: whether the story is there, and still says what it said.

use super::bookmark::Bookmark;
use super::ids::{SeriesId, StoryId};
use super::notice::{Level, Notice};
use super::open::{BodyState, OpenPack};
use super::state::Model;

/// The titles of the notices of what does not stand as it did; the next story takes them away.
const CHANGED: &str = "This story has changed since you bookmarked it";
const ANOTHER: &str = "Another pack uses the same names";

/// How a bookmark stands to the pack that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The pack is of another series, or the story has not been read yet: nothing can be said.
    Unknown,
    /// The story reads as it did.
    Same,
    /// The story reads otherwise.
    Changed,
    /// The series is the same, and this edition has no such story.
    Missing,
    /// Series and story are called the same, and are another publisher's.
    Another,
}

impl Model {
    /// How a bookmark stands to the pack that is open.
    pub fn standing(&self, bookmark: &Bookmark) -> Standing {
        let open = self.open.as_ref();
        let Some(open) = open.filter(|open| *open.series() == bookmark.series) else {
            return Standing::Unknown;
        };
        if is_anothers(bookmark, open) {
            return Standing::Another;
        }
        if open.edition.row_of(&bookmark.story).is_none() {
            return Standing::Missing;
        }
        let was = &bookmark.was.digest;
        match open.body(&bookmark.story) {
            Some(BodyState::Ready(body)) if body.digest == *was => Standing::Same,
            Some(BodyState::Ready(_)) if !was.is_empty() => Standing::Changed,
            _ => Standing::Unknown,
        }
    }

    /// Says once, of the story on the page, that it is not what was bookmarked.
    pub(super) fn tell_standing(&mut self, story: &StoryId) {
        if self.story_id() != Some(story) || self.preview.is_some() {
            return;
        }
        let Some(marked) = self.bookmark(story) else {
            return;
        };
        let (bookmark, was) = (&marked.bookmark, &marked.bookmark.was);
        let when = bookmark
            .saved()
            .date()
            .map(|it| format!(" on {}", it.day()));
        let when = when.unwrap_or_default();
        let (title, text) = match self.standing(bookmark) {
            Standing::Changed => (
                CHANGED,
                format!(
                    "You bookmarked it{when}, in edition {}. The bookmark, its note and the passages you marked are kept.",
                    was.edition
                ),
            ),
            Standing::Another => (
                ANOTHER,
                format!(
                    "You bookmarked “{}”{when}, of {}; the pack was {}. This one is another publisher's, under the same names.",
                    was.headline, was.publisher, was.origin
                ),
            ),
            Standing::Unknown | Standing::Same | Standing::Missing => return,
        };
        let key = (bookmark.series.clone(), bookmark.story.clone());
        if self.told_standing.insert((key, title)) {
            self.notices.push(Notice::new(Level::Info, title, text));
        }
    }

    /// Whether the story of this name in the open pack is another publisher's than the bookmarked one.
    pub(super) fn is_anothers(&self, series: &SeriesId, story: &StoryId) -> bool {
        let marked = self.bookmarks.get(&(series.clone(), story.clone()));
        marked.is_some_and(|it| self.standing(&it.bookmark) == Standing::Another)
    }

    /// The notices of a story that is no longer on the page.
    pub(super) fn retract_standing(&mut self) {
        self.notices.retract(CHANGED);
        self.notices.retract(ANOTHER);
    }
}

/// Whether the open pack only calls itself what the bookmark's pack did: the publisher is another, and so is the headline or the
/// text. A publisher who changes the name changes not the stories.
fn is_anothers(bookmark: &Bookmark, open: &OpenPack) -> bool {
    let (was, info) = (&bookmark.was, open.edition.info());
    if was.publisher.is_empty() || info.publisher.is_empty() || was.publisher == info.publisher {
        return false;
    }
    let same_words = open
        .story(&bookmark.story)
        .is_some_and(|story| story.headline == was.headline);
    let same_text = match open.body(&bookmark.story) {
        Some(BodyState::Ready(body)) => !was.digest.is_empty() && body.digest == was.digest,
        _ => same_words,
    };
    !same_text
}
