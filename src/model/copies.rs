//! Copies of stories that the reader keeps: which there are, making and removing them, one shown where the original is gone, and a
//! pack of them to hand on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::action::{Action, Origin};
use super::effect::Effect;
use super::event::{Opened, PackKey, RequestId};
use super::history::View;
use super::ids::{SeriesId, StoryId};
use super::notice::{Level, Notice};
use super::state::Model;

/// The titles of notices; a newer one takes the older away.
const REMOVED: &str = "Copy removed";
const NOT_KEPT: &str = "No copy was made";
const KEPT: &str = "A copy is kept";
pub(super) const SHOWN: &str = "This is your copy";
const EXPORTED: &str = "Clippings pack";

/// A story of a series.
pub type StoryKey = (SeriesId, StoryId);

/// What there is of copies of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyState {
    /// One is being made.
    Coming,
    /// They are on the disk, the newest first.
    Here(Vec<PathBuf>),
}

/// What the reader does with copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyAction {
    /// Keep a copy of a story of the open pack.
    Keep(StoryId),
    /// Take the copies of a story away.
    Remove(SeriesId, StoryId),
    /// Put copies back that were just taken away.
    Restore(SeriesId, StoryId),
    /// Make one pack of the copies of these stories; of all, where none are named.
    Export(Vec<StoryKey>),
    /// Stop making it.
    CancelExport,
}

/// What the outside is to do with copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyJob {
    /// Say which there are.
    List,
    /// Make a copy of a story of an open pack.
    Make(PackKey, SeriesId, StoryId),
    /// Take the copies of a story away.
    Remove(SeriesId, StoryId),
    /// Put them back.
    Restore(SeriesId, StoryId),
    /// Ask where a pack of copies is to lie.
    AskWhere,
    /// Make one pack of these copies.
    Export(Vec<PathBuf>, PathBuf),
    /// Stop making it.
    CancelExport,
}

/// What the outside answered about copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyEvent {
    /// These are there, the newest of a story first; and of these stories copies were removed.
    Listed(Vec<(SeriesId, StoryId, PathBuf)>, Vec<StoryKey>),
    /// What there is of a story now, and what there is to remark; or why a copy could not be made.
    Made(
        SeriesId,
        StoryId,
        Result<(Vec<PathBuf>, Vec<String>), String>,
    ),
    /// What there is of a story after its copies were taken away; or why they were not.
    Removed(SeriesId, StoryId, Result<Vec<PathBuf>, String>),
    /// What there is of a story after its copies were put back; or why they were not.
    Restored(SeriesId, StoryId, Result<Vec<PathBuf>, String>),
    /// Where the pack of copies is to lie, if it is to be made.
    Place(Option<PathBuf>),
    /// So many of so many steps are done.
    Exporting(usize, usize),
    /// The pack is made, of so many stories; or why not. Nothing where it was stopped.
    Exported(Option<Result<(PathBuf, usize), String>>),
}

/// What the model knows of copies.
#[derive(Debug, Default)]
pub struct Copies {
    known: BTreeMap<StoryKey, CopyState>,
    removed: BTreeSet<StoryKey>,
    wanted: Option<Wanted>,
    chosen: Vec<PathBuf>,
    /// How far a pack of copies is, while one is being made.
    pub exporting: Option<(usize, usize)>,
}

/// A bookmarked story whose pack is on its way, and which of its copies was tried last.
#[derive(Debug)]
struct Wanted {
    request: RequestId,
    key: StoryKey,
    tried: usize,
}

impl Copies {
    /// What there is of copies of a story.
    pub fn of(&self, series: &SeriesId, story: &StoryId) -> Option<&CopyState> {
        self.known.get(&(series.clone(), story.clone()))
    }

    /// Where the copies of a story are, the newest first.
    pub(super) fn places(&self, series: &SeriesId, story: &StoryId) -> Vec<Origin> {
        match self.of(series, story) {
            Some(CopyState::Here(paths)) => paths.iter().cloned().map(Origin::Path).collect(),
            Some(CopyState::Coming) | None => vec![],
        }
    }

    /// Whether copies of a story were removed that can be put back, and none is kept.
    pub fn can_be_put_back(&self, series: &SeriesId, story: &StoryId) -> bool {
        let key = (series.clone(), story.clone());
        self.removed.contains(&key) && !self.known.contains_key(&key)
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn know(&mut self, key: StoryKey, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            self.known.remove(&key);
        } else {
            self.known.insert(key, CopyState::Here(paths));
        }
    }

    /// The newest copy of each story, of all where none are named.
    fn newest(&self, of: &[StoryKey]) -> Vec<PathBuf> {
        let newest = |state: &CopyState| match state {
            CopyState::Here(paths) => paths.first().cloned(),
            CopyState::Coming => None,
        };
        if of.is_empty() {
            return self.known.values().filter_map(newest).collect();
        }
        let states = of.iter().filter_map(|key| self.known.get(key));
        states.filter_map(newest).collect()
    }
}

impl Model {
    /// What there is of copies of a story of the open pack.
    pub fn copy(&self, story: &StoryId) -> Option<&CopyState> {
        self.copies.of(self.open.as_ref()?.series(), story)
    }

    pub(super) fn act_on_copies(&mut self, action: CopyAction) -> Vec<Effect> {
        match action {
            CopyAction::Keep(story) => self.keep_copy(story),
            CopyAction::Remove(series, story) => {
                vec![Effect::Copies(CopyJob::Remove(series, story))]
            }
            CopyAction::Restore(series, story) => {
                self.notices.retract(REMOVED);
                vec![Effect::Copies(CopyJob::Restore(series, story))]
            }
            CopyAction::Export(of) => {
                self.copies.chosen = self.copies.newest(&of);
                if self.copies.chosen.is_empty() || self.copies.exporting.is_some() {
                    return vec![];
                }
                vec![Effect::Copies(CopyJob::AskWhere)]
            }
            CopyAction::CancelExport => vec![Effect::Copies(CopyJob::CancelExport)],
        }
    }

    fn keep_copy(&mut self, story: StoryId) -> Vec<Effect> {
        let Some(open) = self.open.as_ref().filter(|_| self.preview.is_none()) else {
            return vec![];
        };
        if open.story(&story).is_none() || self.copy(&story) == Some(&CopyState::Coming) {
            return vec![];
        }
        let (pack, series) = (open.key, open.series().clone());
        let mut effects = Vec::new();
        if self.bookmark(&story).is_none() {
            // A copy that nothing leads to is as good as lost.
            effects = self.apply(Action::ToggleBookmark(story.clone()));
        }
        let key = (series.clone(), story.clone());
        let known = self.copies.known.entry(key);
        known.or_insert(CopyState::Coming);
        self.notices.retract(NOT_KEPT);
        effects.push(Effect::Copies(CopyJob::Make(pack, series, story)));
        effects
    }

    pub(super) fn hear_of_copies(&mut self, event: CopyEvent) -> Vec<Effect> {
        match event {
            CopyEvent::Listed(all, removed) => {
                self.copies.removed.extend(removed);
                let mut known: BTreeMap<StoryKey, Vec<PathBuf>> = BTreeMap::new();
                for (series, story, path) in all {
                    known.entry((series, story)).or_default().push(path);
                }
                self.copies.known.retain(|_, it| *it == CopyState::Coming);
                for (key, paths) in known {
                    self.copies.know(key, paths);
                }
            }
            CopyEvent::Made(series, story, Ok((paths, remarks))) => {
                self.copies.know((series, story), paths);
                if !remarks.is_empty() {
                    let notice = Notice::new(Level::Warning, KEPT, remarks.join(" "));
                    self.notices.push(notice);
                }
            }
            CopyEvent::Made(series, story, Err(sentence)) => {
                let key = (series, story);
                if self.copies.known.get(&key) == Some(&CopyState::Coming) {
                    self.copies.known.remove(&key);
                }
                self.tell_of_copies(Level::Error, NOT_KEPT, sentence);
            }
            CopyEvent::Removed(series, story, Ok(paths)) => {
                self.copies.removed.insert((series.clone(), story.clone()));
                self.copies.know((series.clone(), story.clone()), paths);
                let restore = CopyAction::Restore(series.clone(), story.clone());
                let marked = self.bookmarks.get(&(series, story.clone()));
                let text = marked.map_or_else(
                    || story.to_string(),
                    |marked| marked.bookmark.was.headline.clone(),
                );
                self.notices.retract(REMOVED);
                let notice = Notice::new(Level::Info, REMOVED, text);
                self.notices
                    .push(notice.offering("Undo", Action::Copies(restore)));
            }
            CopyEvent::Removed(_, _, Err(sentence)) => {
                self.tell_of_copies(Level::Error, "The copy was not removed", sentence);
            }
            CopyEvent::Restored(series, story, Ok(paths)) => {
                self.copies.removed.remove(&(series.clone(), story.clone()));
                self.copies.know((series, story), paths);
            }
            CopyEvent::Restored(_, _, Err(sentence)) => {
                self.tell_of_copies(Level::Error, "The copy was not put back", sentence);
            }
            CopyEvent::Place(None) => self.copies.chosen.clear(),
            CopyEvent::Place(Some(to)) => {
                let chosen = std::mem::take(&mut self.copies.chosen);
                self.copies.exporting = Some((0, chosen.len()));
                return vec![Effect::Copies(CopyJob::Export(chosen, to))];
            }
            CopyEvent::Exporting(done, all) => {
                if self.copies.exporting.is_some() {
                    self.copies.exporting = Some((done, all));
                }
            }
            CopyEvent::Exported(result) => {
                self.copies.exporting = None;
                match result {
                    Some(Ok((path, stories))) => {
                        let count = match stories {
                            1 => "One story is".to_owned(),
                            count => format!("{count} stories are"),
                        };
                        let text = format!("{count} in {}", path.display());
                        self.tell_of_copies(Level::Info, EXPORTED, text);
                    }
                    Some(Err(sentence)) => {
                        self.tell_of_copies(Level::Error, EXPORTED, sentence);
                    }
                    None => {}
                }
            }
        }
        vec![]
    }

    fn tell_of_copies(&mut self, level: Level, title: &'static str, text: String) {
        self.notices.retract(title);
        self.notices.push(Notice::new(level, title, text));
    }

    /// Remembers that the pack on its way is wanted for this story, so that a copy can stand in for it.
    pub(super) fn want_for(&mut self, series: &SeriesId, story: &StoryId) {
        self.copies.wanted = self.opening.as_ref().map(|opening| Wanted {
            request: opening.request,
            key: (series.clone(), story.clone()),
            tried: 0,
        });
    }

    /// Opens a copy in place of a pack that could not be opened, or that is not what it was.
    pub(super) fn copy_instead(&mut self, request: RequestId) -> Option<Vec<Effect>> {
        let wanted = self.copies.wanted.take_if(|it| it.request == request)?;
        let CopyState::Here(paths) = self.copies.known.get(&wanted.key)? else {
            return None;
        };
        let path = paths.get(wanted.tried)?.clone();
        let (series, story) = wanted.key;
        let effects = self.start_opening(Origin::Path(path), View::Story(story.clone()), 0);
        self.want_for(&series, &story);
        if let Some(next) = &mut self.copies.wanted {
            next.tried = wanted.tried + 1;
        }
        Some(effects)
    }

    /// What follows from an opened pack that was wanted for a story: a copy is opened if it has not that story; it is said if this is one.
    pub(super) fn stand_in(&mut self, request: RequestId, opened: &Opened) -> Option<Vec<Effect>> {
        self.notices.retract(SHOWN);
        let wanted = self.copies.wanted.as_ref();
        let wanted = wanted.filter(|it| it.request == request)?;
        let info = opened.edition.info();
        let (series, story) = &wanted.key;
        if info.series == *series && opened.edition.row_of(story).is_some() {
            if wanted.tried > 0 {
                let text = format!(
                    "The pack it came from is gone, or no longer has the story. You kept it from “{}”, edition {}.",
                    info.title, info.edition
                );
                self.notices.push(Notice::new(Level::Info, SHOWN, text));
            }
            self.copies.wanted = None;
            return None;
        }
        let mut effects = self.copy_instead(request)?;
        effects.insert(0, Effect::Close(opened.key));
        Some(effects)
    }
}
