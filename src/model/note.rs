//! The tags and the note of a story: looked at in a panel, changed there, and kept when the panel closes.

use super::action::{Action, Overlay};
use super::bookmark::BookmarkChange;
use super::effect::Effect;
use super::filing::FilingAction;
use super::ids::{SeriesId, StoryId};
use super::notice::{Level, Notice};
use super::open::OpenPack;
use super::state::{Marked, Model};
use super::tags::Tags;

/// The titles of the notices that something was taken away; the next one takes them off.
const NOTE_CHANGED: &str = "Tags and note changed";

/// Tags and note as they are in the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What the pack is an edition of.
    pub series: SeriesId,
    /// The story.
    pub story: StoryId,
    /// The tags.
    pub tags: Vec<String>,
    /// The note.
    pub note: String,
    /// The note as it was when the panel opened.
    pub note_before: String,
    /// The tags as they were when the panel opened.
    pub tags_before: Vec<String>,
}

impl Model {
    /// Tags and note of a story as they are now.
    pub fn draft(&self, series: &SeriesId, story: &StoryId) -> Draft {
        let key = (series.clone(), story.clone());
        let bookmark = self.bookmarks.get(&key).map(|it| &it.bookmark);
        let bookmark = bookmark.filter(|it| it.is_there());
        let tags: Vec<String> = bookmark
            .map(|it| it.tags.iter().map(Into::into).collect())
            .unwrap_or_default();
        let note = bookmark.map(|it| it.remark.text()).unwrap_or_default();
        let (series, story) = key;
        Draft {
            series,
            story,
            tags_before: tags.clone(),
            tags,
            note_before: note.clone(),
            note,
        }
    }

    pub(super) fn edit_note(&mut self, series: SeriesId, story: StoryId) -> Vec<Effect> {
        if self.is_bookmarked(&series, &story) || self.is_open(&series, &story) {
            self.overlay = Some(Overlay::Note(series, story));
        }
        // The tags there are to choose from are those of every series.
        self.want_all_marks().into_iter().collect()
    }

    /// Makes tags and note what they are in the draft. A story that has no bookmark is given one.
    pub(super) fn write_note(&mut self, draft: &Draft) -> Vec<Effect> {
        let now = self.draft(&draft.series, &draft.story);
        let tags: Vec<String> = draft.tags.iter().filter_map(|it| Tags::tidy(it)).collect();
        let note = settled(draft, &now.note);
        let mut effects = Vec::new();
        if !self.is_bookmarked(&draft.series, &draft.story) {
            if (tags.is_empty() && note.is_empty()) || !self.is_open(&draft.series, &draft.story) {
                return vec![];
            }
            effects = self.toggle_bookmark(&draft.story);
        }
        let (series, story, at) = (&draft.series, &draft.story, self.now);
        let lost = draft.tags_before.iter().filter(|it| !tags.contains(it));
        let lost: Vec<String> = lost.filter(|it| now.tags.contains(it)).cloned().collect();
        let added = tags.iter().filter(|it| !draft.tags_before.contains(it));
        let given = added.filter(|it| !now.tags.contains(it));
        let given: Vec<String> = given.cloned().collect();
        for (tag, there) in lost
            .iter()
            .map(|tag| (tag, false))
            .chain(given.iter().map(|tag| (tag, true)))
        {
            let (story, tag) = (story.clone(), tag.clone());
            let change = BookmarkChange::Tag {
                story,
                tag,
                there,
                at,
            };
            effects.extend(self.change_bookmark(series, change));
        }
        if note != now.note {
            let (story, text) = (story.clone(), note.clone());
            let change = BookmarkChange::Remark { story, text, at };
            effects.extend(self.change_bookmark(series, change));
        }
        let shortened = !now.note.is_empty() && note != now.note && !note.contains(&now.note);
        if shortened || !lost.is_empty() {
            self.offer_undo(draft, now, tags, note);
        }
        effects
    }

    fn offer_undo(&mut self, draft: &Draft, now: Draft, tags: Vec<String>, note: String) {
        let key = (draft.series.clone(), draft.story.clone());
        let marked = self.bookmarks.get(&key);
        let headline =
            marked.map_or_else(|| key.1.to_string(), |it| it.bookmark.was.headline.clone());
        let back = Draft {
            tags_before: tags,
            note_before: note,
            ..now
        };
        self.notices.retract(NOTE_CHANGED);
        let undo = Action::Filing(FilingAction::Write(back));
        let notice = Notice::new(Level::Info, NOTE_CHANGED, headline);
        self.notices.push(notice.offering("Undo", undo));
    }

    /// Whether a story has a bookmark.
    pub fn is_bookmarked(&self, series: &SeriesId, story: &StoryId) -> bool {
        let key = (series.clone(), story.clone());
        self.bookmarks.get(&key).is_some_and(Marked::is_there)
    }

    /// Whether a story is one of the open pack.
    pub(super) fn is_open(&self, series: &SeriesId, story: &StoryId) -> bool {
        let here = |open: &OpenPack| open.series() == series && open.story(story).is_some();
        self.open.as_ref().is_some_and(here)
    }
}

/// The note to keep, where it is now `now`: what another machine or program wrote meanwhile is not written over, it stands before.
fn settled(draft: &Draft, now: &str) -> String {
    let mine = draft.note.trim_end();
    let untouched = mine == draft.note_before.trim_end();
    if untouched {
        now.to_owned()
    } else if now == draft.note_before || now.is_empty() || mine.contains(now) {
        mine.to_owned()
    } else {
        format!("{now}\n\n{mine}")
    }
}
