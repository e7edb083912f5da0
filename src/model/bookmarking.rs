//! Bookmarking a story, taking the bookmark away, putting it back, and going where it leads.

use super::action::{Action, Origin};
use super::bookmark::{Bookmark, BookmarkChange, Snapshot};
use super::copies::StoryKey;
use super::effect::Effect;
use super::filing::FilingAction;
use super::history::View;
use super::ids::{HighlightId, SeriesId, StoryId};
use super::listing::Show;
use super::notice::{Level, Notice};
use super::open::BodyState;
use super::reference::Reference;
use super::state::Model;

/// The title of the notice that a bookmark was taken away; the next one takes it off.
const REMOVED: &str = "Bookmark removed";

impl Model {
    pub(super) fn toggle_bookmark(&mut self, id: &StoryId) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return vec![];
        };
        let series = open.series().clone();
        if self.is_bookmarked(&series, id) {
            return self.remove_bookmark(&series, id);
        }
        let Some(story) = open.story(id) else {
            return vec![];
        };
        let digest = match open.body(id) {
            Some(BodyState::Ready(body)) => &body.digest,
            _ => "",
        };
        let (info, origin) = (open.edition.info(), open.origin.to_text());
        let bookmark = Bookmark::of(info, &story, digest, &origin, self.now);
        let read_first = (digest.is_empty() && open.body(id).is_none())
            .then(|| Effect::ReadBody(open.key, id.clone()));
        let mut effects = self.change_bookmark(&series, BookmarkChange::Add(bookmark.into()));
        effects.extend(self.list_newcomer(id, Show::Bookmarked));
        effects.extend(read_first);
        effects
    }

    pub(super) fn remove_bookmark(&mut self, series: &SeriesId, id: &StoryId) -> Vec<Effect> {
        let key = (series.clone(), id.clone());
        let Some(marked) = self.bookmarks.get(&key) else {
            return vec![];
        };
        let restore = Action::RestoreBookmark(series.clone(), id.clone());
        self.notices.retract(REMOVED);
        let text = marked.bookmark.was.headline.clone();
        self.notices
            .push(Notice::new(Level::Info, REMOVED, text).offering("Undo", restore));
        let (story, at) = (id.clone(), self.now);
        self.change_bookmark(series, BookmarkChange::Remove { story, at })
    }

    pub(super) fn restore_bookmark(&mut self, series: &SeriesId, id: &StoryId) -> Vec<Effect> {
        self.notices.retract(REMOVED);
        let (story, at) = (id.clone(), self.now);
        let mut effects = self.change_bookmark(series, BookmarkChange::Restore { story, at });
        effects.extend(self.list_newcomer(id, Show::Bookmarked));
        effects
    }

    pub(super) fn show_bookmark(&mut self, series: &SeriesId, id: StoryId) -> Vec<Effect> {
        if self.is_open(series, &id) && !self.is_anothers(series, &id) {
            return self.show(View::Story(id));
        }
        let Some(marked) = self.bookmarks.get(&(series.clone(), id.clone())) else {
            return vec![];
        };
        let was = marked.bookmark.was.clone();
        self.open_for(series, &id, &was)
    }

    /// Shows a marked passage in its story, opening the pack of that when needed.
    pub(super) fn show_passage(&mut self, series: &SeriesId, id: HighlightId) -> Vec<Effect> {
        let Some(passage) = self.highlights.get(&(series.clone(), id.clone())) else {
            return vec![];
        };
        let story = passage.highlight.story.clone();
        let was = passage.highlight.was.clone();
        self.highlighting.want(id, story.clone());
        if self.is_open(series, &story) {
            return self.show(View::Story(story));
        }
        self.open_for(series, &story, &was)
    }

    /// Opens the pack at a place that the reader's files name, or a copy if it is gone, and shows a story of it. Where they name no
    /// place, it is looked for; one on the web has an address instead.
    fn open_for(&mut self, series: &SeriesId, story: &StoryId, was: &Snapshot) -> Vec<Effect> {
        if let Some(address) = was.web_address() {
            return self.apply(Action::Leave(address.to_owned()));
        }
        if was.origin.is_empty() {
            return self.follow(Reference::of_story(series, &was.edition, story), vec![]);
        }
        let origin = Origin::from_text(&was.origin, series);
        let effects = self.start_opening(origin, View::Story(story.clone()), 0);
        self.want_for(series, story);
        effects
    }

    /// Takes away the bookmarks that are chosen, with one word to undo it.
    pub(super) fn remove_chosen(&mut self) -> Vec<Effect> {
        let chosen = self.filing.chosen.take().unwrap_or_default();
        let mut gone = Vec::new();
        let mut effects = Vec::new();
        for key in chosen {
            if self.is_bookmarked(&key.0, &key.1) {
                let (story, at) = (key.1.clone(), self.now);
                effects.extend(self.change_bookmark(&key.0, BookmarkChange::Remove { story, at }));
                gone.push(key);
            }
        }
        if gone.is_empty() {
            return effects;
        }
        let title = match gone.len() {
            1 => REMOVED.to_owned(),
            count => format!("{count} bookmarks removed"),
        };
        let notice = Notice::new(Level::Info, title, "They are under Removed, too.");
        let undo = Action::Filing(FilingAction::RestoreAll(gone));
        self.notices.push(notice.offering("Undo", undo));
        effects
    }

    /// Puts bookmarks back that were taken away together.
    pub(super) fn restore_all(&mut self, keys: Vec<StoryKey>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (series, story) in keys {
            let change = BookmarkChange::Restore {
                story,
                at: self.now,
            };
            effects.extend(self.change_bookmark(&series, change));
        }
        effects
    }
}
