//! The marks of every series: asked for when something first needs them, so that a start does not wait for what few look at.

use super::bookmark::Bookmark;
use super::effect::Effect;
use super::highlight::Highlight;
use super::notice::Notice;
use super::state::Model;

/// Whether the marks of every series are here; those of the open one come with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum AllMarks {
    /// Nothing has needed them.
    #[default]
    Unasked,
    /// They are on their way.
    Wanted,
    /// They are here.
    Here,
}

impl Model {
    /// Whether the marks of every series are here, and not only those of the series that were open.
    pub fn all_marks_here(&self) -> bool {
        self.all_marks == AllMarks::Here
    }

    /// Asks for the marks of every series, once.
    pub(super) fn want_all_marks(&mut self) -> Option<Effect> {
        if self.all_marks != AllMarks::Unasked {
            return None;
        }
        self.all_marks = AllMarks::Wanted;
        Some(Effect::LoadAllMarks)
    }

    /// Asks for all marks anew, as the files were changed as a whole. What the reader just did and no file has yet stays; with `forget`,
    /// nothing else does.
    pub(super) fn read_marks_again(&mut self, forget: bool) -> Vec<Effect> {
        if forget {
            let bookmarks = std::mem::take(&mut self.bookmarks);
            self.highlights.retain(|_, passage| passage.waiting > 0);
            self.filing.forget();
            for passage in self.highlights.values() {
                self.filing.note_highlight(None, &passage.highlight);
            }
            self.newest = super::order::Order::default();
            self.bookmarked = 0;
            for (key, marked) in bookmarks {
                if !marked.is_saved() {
                    self.put_bookmark(key, marked.bookmark, marked.waiting);
                }
            }
        }
        self.all_marks = AllMarks::Unasked;
        self.want_all_marks().into_iter().collect()
    }

    /// Some of the marks of every series are here. What the reader did meanwhile is joined with them.
    pub(super) fn take_some_marks(&mut self, bookmarks: Vec<Bookmark>, highlights: Vec<Highlight>) {
        for bookmark in bookmarks {
            let series = bookmark.series.clone();
            self.take_bookmark(series, bookmark);
        }
        for highlight in highlights {
            let series = highlight.series.clone();
            self.take_highlight(series, highlight);
        }
    }

    /// The last of them are here.
    pub(super) fn all_marks_are_here(&mut self, notices: Vec<Notice>) {
        self.all_marks = AllMarks::Here;
        for notice in notices {
            self.notices.push(notice);
        }
    }
}
