//! What another program on the same files did: shown here, and not saved again.

use super::bookmark::Bookmark;
use super::effect::Effect;
use super::highlight::Highlight;
use super::ids::SeriesId;
use super::listing::Show;
use super::reading::ReadingChange;
use super::state::Model;

impl Model {
    /// Takes in the marks of a series as another program left them.
    pub(super) fn take_marks_from_elsewhere(
        &mut self,
        series: &SeriesId,
        bookmarks: Vec<Bookmark>,
        highlights: Vec<Highlight>,
    ) -> Vec<Effect> {
        let before = self.bookmarked_count();
        self.take_marks(series, bookmarks, highlights);
        let more = self.bookmarked_count() > before;
        let listed = self.open.as_ref().map(|open| open.show);
        // A story that is no longer bookmarked stays in the list, so that it does not jump.
        if more && listed == Some(Show::Bookmarked) {
            return self.list_again();
        }
        vec![]
    }

    /// Takes in what was read in another program. The story on the page stays where it is.
    pub(super) fn take_reading_from_elsewhere(
        &mut self,
        series: &SeriesId,
        changes: Vec<ReadingChange>,
    ) {
        if self.preview.is_some() {
            return;
        }
        let here = self.story_id().cloned();
        let Some(open) = self.open.as_mut().filter(|open| open.series() == series) else {
            return;
        };
        for change in changes {
            let listed = |id| usize::from(open.edition.row_of(id).is_some());
            match &change {
                ReadingChange::Read(id) if !open.reading.read.contains(id) => {
                    open.read_count += listed(id);
                }
                ReadingChange::Unread(id) if open.reading.read.contains(id) => {
                    open.read_count = open.read_count.saturating_sub(listed(id));
                }
                ReadingChange::Place(id, _) if here.as_ref() == Some(id) => continue,
                _ => {}
            }
            open.reading.apply(&change);
        }
    }
}
