//! What the reader marked, stories and passages: changed here and on the disk, and taken in from there.

use super::bookmark::{Bookmark, BookmarkChange};
use super::effect::{Effect, Save};
use super::highlight::{Highlight, HighlightChange};
use super::ids::SeriesId;
use super::state::{Marked, Model, Passage};

impl Model {
    /// Changes a bookmark here and on the disk.
    pub(super) fn change_bookmark(
        &mut self,
        series: &SeriesId,
        change: BookmarkChange,
    ) -> Vec<Effect> {
        let key = (series.clone(), change.story().clone());
        let before = self.bookmarks.remove(&key);
        let waiting = before.as_ref().map_or(0, |it| it.waiting) + 1;
        let mut bookmark = before.map(|it| it.bookmark);
        change.apply(&mut bookmark);
        let Some(bookmark) = bookmark else {
            return vec![];
        };
        self.bookmarks.insert(key, Marked { bookmark, waiting });
        self.tally_bookmarks();
        vec![Effect::Save(Save::Bookmark(series.clone(), change))]
    }

    /// Changes a marked passage here and on the disk.
    #[expect(dead_code, reason = "no panel asks for it yet")]
    pub(super) fn change_highlight(
        &mut self,
        series: &SeriesId,
        change: HighlightChange,
    ) -> Vec<Effect> {
        let key = (series.clone(), change.id().clone());
        let before = self.highlights.remove(&key);
        let waiting = before.as_ref().map_or(0, |it| it.waiting) + 1;
        let mut highlight = before.map(|it| it.highlight);
        change.apply(&mut highlight);
        let Some(highlight) = highlight else {
            return vec![];
        };
        self.highlights.insert(key, Passage { highlight, waiting });
        vec![Effect::Save(Save::Highlight(series.clone(), change))]
    }

    /// Takes in what the disk holds of a series. What the reader did meanwhile is newer, and joined with it.
    pub(super) fn take_marks(
        &mut self,
        series: &SeriesId,
        bookmarks: Vec<Bookmark>,
        highlights: Vec<Highlight>,
    ) {
        for mut bookmark in bookmarks {
            let key = (series.clone(), bookmark.story.clone());
            let known = self.bookmarks.get(&key).filter(|it| it.waiting > 0);
            let waiting = known.map_or(0, |known| {
                bookmark.join(&known.bookmark);
                known.waiting
            });
            self.bookmarks.insert(key, Marked { bookmark, waiting });
        }
        for mut highlight in highlights {
            let key = (series.clone(), highlight.id.clone());
            let known = self.highlights.get(&key).filter(|it| it.waiting > 0);
            let waiting = known.map_or(0, |known| {
                highlight.join(&known.highlight);
                known.waiting
            });
            self.highlights.insert(key, Passage { highlight, waiting });
        }
        self.tally_bookmarks();
    }
}
