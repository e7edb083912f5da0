//! The reader's marks as they are filed: which are listed, in which order, found by which words and tags.
//!
//! The list most readers look at, every bookmark and the newest first, is kept as it changes (`order.rs`). Any other is found on
//! a thread that is told once of every mark, and from then on only of those that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bookmark::Bookmark;
use super::copies::{CopyAction, StoryKey};
use super::effect::Effect;
use super::event::RequestId;
use super::fold::fold;
use super::highlight::Highlight;
use super::history::View;
use super::ids::{HighlightId, SeriesId, StoryId};
use super::note::Draft;
use super::state::{Marked, Model, Passage};
use super::tags::Tags;

/// Which marks are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Drawer {
    /// The bookmarks.
    #[default]
    Bookmarks,
    /// The marked passages.
    Highlights,
    /// Bookmarks and passages that were taken away.
    Removed,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By when they were saved, or taken away; the newest first.
    #[default]
    Saved,
    /// By when the stories appeared; the newest first, those without a date last.
    StoryDate,
    /// By who published them, in the order of the alphabet, and each publisher's newest first; those without one last.
    Publisher,
}

impl Sort {
    /// Every order, as they are offered.
    pub const ALL: [Self; 3] = [Self::Saved, Self::StoryDate, Self::Publisher];
}

/// What names a mark of the reader's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKey {
    /// A bookmark.
    Bookmark(SeriesId, StoryId),
    /// A marked passage.
    Highlight(SeriesId, HighlightId),
}

/// A mark of the reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A bookmark.
    Bookmark(Arc<Bookmark>),
    /// A marked passage.
    Highlight(Arc<Highlight>),
}

/// Which marks are wanted, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilingQuery {
    /// Of which drawer.
    pub drawer: Drawer,
    /// In which order.
    pub sort: Sort,
    /// Words that must all be found, folded.
    pub words: Vec<String>,
    /// Tags that must all be there.
    pub tags: BTreeSet<String>,
}

/// What the outside is to find among the marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingJob {
    /// The request.
    pub request: RequestId,
    /// Whether what the one who looks knows is to be forgotten first.
    pub afresh: bool,
    /// Marks that are new to the one who looks, or other than they were.
    pub learn: Vec<Mark>,
    /// What is wanted.
    pub query: FilingQuery,
}

/// What the reader does with the marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilingAction {
    /// List the marks of this drawer.
    Open(Drawer),
    /// List them in this order.
    Sort(Sort),
    /// List those with these words.
    Find(String),
    /// List those with this tag, or no longer only those.
    Tag(String),
    /// Look at tags and note of a story, to change them.
    Edit(SeriesId, StoryId),
    /// Tags and note are to be these.
    Write(Draft),
    /// Choose bookmarks, or no longer.
    Choose,
    /// Choose this one too, or no longer.
    Pick(SeriesId, StoryId),
    /// Make a pack of the copies of those that are chosen.
    ExportChosen,
    /// Take away those that are chosen.
    RemoveChosen,
    /// Put these back that were taken away together.
    RestoreAll(Vec<StoryKey>),
}

/// How the reader's marks are filed.
#[derive(Debug, Default)]
pub struct Filing {
    /// Which are listed.
    pub drawer: Drawer,
    /// In which order.
    pub sort: Sort,
    /// The words they must have.
    pub find: String,
    /// The tags they must have.
    pub tags: BTreeSet<String>,
    /// The stories that are chosen, while the reader chooses some.
    pub chosen: Option<BTreeSet<StoryKey>>,
    /// How many lists there were before this one.
    pub listed: u64,
    /// Those that were found, in their order.
    rows: Arc<[MarkKey]>,
    /// How many bookmarks have each tag.
    counts: BTreeMap<String, usize>,
    /// How many passages are marked.
    highlights: usize,
    /// How many marks were taken away.
    removed: usize,
    /// How many changes there were.
    revision: u64,
    /// The marks that changed since the one who looks was told; nothing where it was never told.
    changed: Option<BTreeSet<MarkKey>>,
    /// The request for the list that is on its way.
    finding: Option<RequestId>,
    /// Whether the list may be another than it would be now.
    stale: bool,
}

impl Filing {
    /// Whether the list is the one that is always there: every bookmark, the newest first.
    fn is_plain(&self) -> bool {
        self.drawer == Drawer::Bookmarks && self.sort == Sort::Saved && !self.is_narrowed()
    }

    /// Whether only those are listed that have some words or tags.
    pub fn is_narrowed(&self) -> bool {
        !self.find.trim().is_empty() || !self.tags.is_empty()
    }

    /// Every tag with the number of its bookmarks, in the order of the alphabet.
    pub fn tag_counts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts
            .iter()
            .map(|(tag, count)| (tag.as_str(), *count))
    }

    /// How many passages are marked.
    pub fn highlights(&self) -> usize {
        self.highlights
    }

    /// How many marks were taken away.
    pub fn removed(&self) -> usize {
        self.removed
    }

    /// Another number after every change of a mark.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the list is on its way.
    pub fn is_finding(&self) -> bool {
        self.finding.is_some()
    }

    /// Forgets every mark; those there are now are to be noted after this.
    pub(super) fn forget(&mut self) {
        self.counts.clear();
        (self.highlights, self.removed) = (0, 0);
        self.changed = None;
        self.stale = true;
        self.revision += 1;
    }

    fn count_tags(&mut self, tags: &Tags, there: bool) {
        for tag in tags.iter() {
            if there {
                *self.counts.entry(tag.to_owned()).or_default() += 1;
            } else if let Some(count) = self.counts.get_mut(tag) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(tag);
                }
            }
        }
    }

    fn change(&mut self, key: MarkKey) {
        self.stale = true;
        self.revision += 1;
        if let Some(changed) = &mut self.changed {
            changed.insert(key);
        }
    }

    /// A bookmark is another than before.
    pub(super) fn note_bookmark(
        &mut self,
        before: Option<&Marked>,
        key: &StoryKey,
        now: &Bookmark,
    ) {
        if let Some(before) = before.filter(|it| it.is_there()) {
            self.count_tags(&before.bookmark.tags, false);
        }
        if now.is_there() {
            self.count_tags(&now.tags, true);
        }
        let was_removed = before.is_some_and(|it| !it.is_there());
        self.removed += usize::from(!now.is_there());
        self.removed -= usize::from(was_removed);
        self.change(MarkKey::Bookmark(key.0.clone(), key.1.clone()));
    }

    /// A marked passage is another than before, of which only is known whether it was there.
    pub(super) fn note_highlight(&mut self, was_there: Option<bool>, now: &Highlight) {
        self.highlights += usize::from(now.is_there());
        self.highlights -= usize::from(was_there == Some(true));
        self.removed += usize::from(!now.is_there());
        self.removed -= usize::from(was_there == Some(false));
        self.change(MarkKey::Highlight(now.series.clone(), now.id.clone()));
    }
}

impl Model {
    pub(super) fn file(&mut self, action: FilingAction) -> Vec<Effect> {
        match action {
            FilingAction::Open(drawer) => {
                self.filing.chosen = None;
                self.list_marks(|filing| filing.drawer = drawer);
            }
            FilingAction::Sort(sort) => self.list_marks(|filing| filing.sort = sort),
            FilingAction::Find(words) => self.list_marks(|filing| filing.find = words),
            FilingAction::Tag(tag) => self.list_marks(|filing| {
                if !filing.tags.remove(&tag) {
                    filing.tags.insert(tag);
                    filing.drawer = Drawer::Bookmarks;
                }
            }),
            FilingAction::Edit(series, story) => return self.edit_note(series, story),
            FilingAction::Write(draft) => return self.write_note(&draft),
            FilingAction::Choose => {
                let chosen = self.filing.chosen.take();
                self.filing.chosen = chosen.is_none().then(BTreeSet::new);
            }
            FilingAction::Pick(series, story) => {
                let chosen = self.filing.chosen.get_or_insert_default();
                let key = (series, story);
                if !chosen.remove(&key) {
                    chosen.insert(key);
                }
            }
            FilingAction::ExportChosen => {
                let chosen = self.chosen_copies();
                if !chosen.is_empty() {
                    return self.act_on_copies(CopyAction::Export(chosen));
                }
            }
            FilingAction::RemoveChosen => return self.remove_chosen(),
            FilingAction::RestoreAll(keys) => return self.restore_all(keys),
        }
        vec![]
    }

    /// Those of the chosen stories that a copy is kept of.
    pub fn chosen_copies(&self) -> Vec<StoryKey> {
        let chosen = self.filing.chosen.iter().flatten();
        let kept = chosen.filter(|(series, story)| self.copies.of(series, story).is_some());
        kept.cloned().collect()
    }

    fn list_marks(&mut self, change: impl FnOnce(&mut Filing)) {
        change(&mut self.filing);
        self.filing.stale = true;
        if self.filing.is_plain() {
            self.filing.listed += 1;
            self.filing.finding = None;
        }
    }

    /// How many marks are listed.
    pub fn marks_listed(&self) -> usize {
        if self.filing.is_plain() {
            self.bookmarks_in_all()
        } else {
            self.filing.rows.len()
        }
    }

    /// The mark in this place of the list.
    pub fn listed_mark(&self, place: usize) -> Option<Listed<'_>> {
        if self.filing.is_plain() {
            return self.newest_bookmark(place).map(Listed::Bookmark);
        }
        match self.filing.rows.get(place)? {
            MarkKey::Bookmark(series, story) => {
                let key = (series.clone(), story.clone());
                self.bookmarks.get(&key).map(Listed::Bookmark)
            }
            MarkKey::Highlight(series, id) => {
                let key = (series.clone(), id.clone());
                self.highlights.get(&key).map(Listed::Highlight)
            }
        }
    }

    /// Asks for the list anew where it may be another than it would be now and is looked at.
    pub(super) fn list_marks_again(&mut self) -> Option<Effect> {
        let filing = &self.filing;
        if !filing.stale
            || filing.is_plain()
            || self.view != View::Bookmarks
            || !self.all_marks_here()
        {
            return None;
        }
        let request = self.request();
        let afresh = self.filing.changed.is_none();
        let learn = self.marks_to_learn();
        let filing = &mut self.filing;
        filing.stale = false;
        filing.finding = Some(request);
        filing.changed = Some(BTreeSet::new());
        let words = fold(&filing.find);
        let query = FilingQuery {
            drawer: filing.drawer,
            sort: filing.sort,
            words: words.split_whitespace().map(Into::into).collect(),
            tags: filing.tags.clone(),
        };
        Some(Effect::File(FilingJob {
            request,
            afresh,
            learn,
            query,
        }))
    }

    fn marks_to_learn(&self) -> Vec<Mark> {
        let Some(changed) = &self.filing.changed else {
            let bookmarks = self.bookmarks.values();
            let highlights = self.highlights.values();
            return bookmarks
                .map(|it| Mark::Bookmark(it.bookmark.clone()))
                .chain(highlights.map(Passage::mark))
                .collect();
        };
        let mark = |key: &MarkKey| match key {
            MarkKey::Bookmark(series, story) => {
                let marked = self.bookmarks.get(&(series.clone(), story.clone()))?;
                Some(Mark::Bookmark(marked.bookmark.clone()))
            }
            MarkKey::Highlight(series, id) => {
                let passage = self.highlights.get(&(series.clone(), id.clone()))?;
                Some(passage.mark())
            }
        };
        changed.iter().filter_map(mark).collect()
    }

    /// The list is here.
    pub(super) fn take_listed_marks(&mut self, request: RequestId, rows: Arc<[MarkKey]>) {
        if self.filing.finding == Some(request) {
            self.filing.finding = None;
            if self.filing.rows != rows {
                self.filing.rows = rows;
                self.filing.listed += 1;
            }
        }
    }
}

/// A mark of the list.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'a> {
    /// A bookmark.
    Bookmark(&'a Marked),
    /// A marked passage.
    Highlight(&'a Passage),
}
