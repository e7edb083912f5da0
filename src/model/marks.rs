//! What the reader marked, stories and passages: changed here and on the disk, and taken in from there.

use std::sync::Arc;

use super::bookmark::{Bookmark, BookmarkChange};
use super::effect::{Effect, Save};
use super::event::Event;
use super::highlight::{Highlight, HighlightChange};
use super::ids::{HighlightId, SeriesId, StoryId};
use super::state::{Marked, Model, Passage};

impl Model {
    /// Takes in what the outside answered about marks.
    pub(super) fn hear_of_marks(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::BookmarksSaved(series, stories) => {
                self.bookmarks_saved(&series, stories);
                vec![]
            }
            Event::HighlightsSaved(series, ids) => {
                self.highlights_saved(&series, ids);
                vec![]
            }
            Event::Marks(series, bookmarks, highlights) => {
                self.take_marks_from_elsewhere(&series, bookmarks, highlights)
            }
            Event::SomeMarks(bookmarks, highlights) => {
                self.take_some_marks(bookmarks, highlights);
                vec![]
            }
            Event::AllMarks(notices) => {
                self.all_marks_are_here(notices);
                self.seek_among_marks()
            }
            Event::Filed(request, rows) => {
                self.take_listed_marks(request, rows);
                vec![]
            }
            _ => vec![],
        }
    }

    /// Changes a bookmark here and on the disk.
    pub(super) fn change_bookmark(
        &mut self,
        series: &SeriesId,
        change: BookmarkChange,
    ) -> Vec<Effect> {
        let key = (series.clone(), change.story().clone());
        let before = self.bookmarks.get(&key);
        let waiting = before.map_or(0, |it| it.waiting) + 1;
        let mut bookmark = before.map(|it| (*it.bookmark).clone());
        change.apply(&mut bookmark);
        let Some(bookmark) = bookmark else {
            return vec![];
        };
        self.put_bookmark(key, bookmark, waiting);
        vec![Effect::Save(Save::Bookmark(series.clone(), change))]
    }

    /// Changes a marked passage here and on the disk.
    pub(super) fn change_highlight(
        &mut self,
        series: &SeriesId,
        change: HighlightChange,
    ) -> Vec<Effect> {
        let key = (series.clone(), change.id().clone());
        let before = self.highlights.get(&key);
        let waiting = before.map_or(0, |it| it.waiting) + 1;
        let mut highlight = before.map(|it| it.highlight.clone());
        change.apply(&mut highlight);
        let Some(highlight) = highlight else {
            return vec![];
        };
        self.put_highlight(key, Passage { highlight, waiting });
        vec![Effect::Save(Save::Highlight(series.clone(), change))]
    }

    /// Changes to these are on the disk; one stands there once a change.
    pub(super) fn bookmarks_saved(&mut self, series: &SeriesId, stories: Vec<StoryId>) {
        for story in stories {
            if let Some(marked) = self.bookmarks.get_mut(&(series.clone(), story)) {
                marked.waiting = marked.waiting.saturating_sub(1);
            }
        }
    }

    /// Changes to these are on the disk; one stands there once a change.
    pub(super) fn highlights_saved(&mut self, series: &SeriesId, ids: Vec<HighlightId>) {
        for id in ids {
            if let Some(passage) = self.highlights.get_mut(&(series.clone(), id)) {
                passage.waiting = passage.waiting.saturating_sub(1);
            }
        }
        self.highlighting.revision += 1;
    }

    /// Takes in what the disk holds of a series. It may have been read before or after what the reader did meanwhile, so both are
    /// joined, and the later of two changes holds.
    pub(super) fn take_marks(
        &mut self,
        series: &SeriesId,
        bookmarks: Vec<Bookmark>,
        highlights: Vec<Highlight>,
    ) {
        for bookmark in bookmarks {
            self.take_bookmark(series.clone(), bookmark);
        }
        for highlight in highlights {
            self.take_highlight(series.clone(), highlight);
        }
    }

    pub(super) fn take_bookmark(&mut self, series: SeriesId, mut bookmark: Bookmark) {
        let key = (series, bookmark.story.clone());
        let mut waiting = 0;
        if let Some(known) = self.bookmarks.get(&key) {
            if *known.bookmark == bookmark {
                return;
            }
            bookmark.join(&known.bookmark);
            waiting = known.waiting;
        }
        self.put_bookmark(key, bookmark, waiting);
    }

    pub(super) fn take_highlight(&mut self, series: SeriesId, mut highlight: Highlight) {
        let key = (series, highlight.id.clone());
        let mut waiting = 0;
        if let Some(known) = self.highlights.get(&key) {
            if known.highlight == highlight {
                return;
            }
            highlight.join(&known.highlight);
            waiting = known.waiting;
        }
        self.put_highlight(key, Passage { highlight, waiting });
    }

    /// Puts a passage in the place of what was known of it.
    fn put_highlight(&mut self, key: (SeriesId, HighlightId), passage: Passage) {
        let before = self.highlights.get(&key).map(|it| &it.highlight);
        let was_there = before.map(Highlight::is_there);
        self.filing.note_highlight(was_there, &passage.highlight);
        self.highlighting.note(&key.0, before, &passage.highlight);
        self.highlights.insert(key, passage);
    }

    /// Puts a bookmark in the place of what was known of it, and keeps order and count as they should be.
    pub(super) fn put_bookmark(
        &mut self,
        key: (SeriesId, StoryId),
        bookmark: impl Into<Arc<Bookmark>>,
        waiting: usize,
    ) {
        let bookmark = bookmark.into();
        self.filing
            .note_bookmark(self.bookmarks.get(&key), &key, &bookmark);
        let marked = Marked { bookmark, waiting };
        let counts = self.is_listed(&key);
        if marked.is_there() {
            self.newest.insert((marked.bookmark.saved(), key.clone()));
            self.bookmarked += usize::from(counts);
        }
        let now = (marked.is_there(), marked.bookmark.saved());
        let Some(before) = self.bookmarks.insert(key.clone(), marked) else {
            return;
        };
        if before.is_there() {
            let saved = before.bookmark.saved();
            if now != (true, saved) {
                self.newest.remove(&(saved, key));
            }
            self.bookmarked -= usize::from(counts);
        }
    }

    /// Whether a story is of the open pack.
    fn is_listed(&self, (series, id): &(SeriesId, StoryId)) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.series() == series && open.edition.row_of(id).is_some())
    }

    /// Counts the bookmarks of the open pack; after every change of it, so that no frame has to.
    pub(super) fn count_bookmarked(&mut self) {
        self.bookmarked = match &self.open {
            Some(open) => self
                .bookmarked_ids()
                .filter(|id| open.edition.row_of(id).is_some())
                .count(),
            None => 0,
        };
    }
}
