//! What an event does to the model, and what follows from it.

use std::sync::Arc;

use super::action::{Action, Origin};
use super::bookmark::BookmarkChange;
use super::effect::Effect;
use super::event::{Event, Kept, Opened, PackKey, RequestId, StoryBody};
use super::history::View;
use super::ids::StoryId;
use super::listing::Listing;
use super::notice::{Level, Notice};
use super::open::{BodyState, OpenPack};
use super::seek::Destination;
use super::settings::{RecentChange, RecentPack};
use super::state::{Marked, Model};

/// The title of the notice that a pack did not open; the next attempt takes it away.
pub(super) const NOT_OPENED: &str = "This pack cannot be opened";
/// The titles of the notices about the open pack; the next pack takes them away.
const PROBLEMS: &str = "Something is missing in this pack";
const NO_SUCH_STORY: &str = "The story is not in this edition";

impl Model {
    /// Takes in what the outside answered.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = if self.is_for_preview(&event) {
            self.handle_preview(event)
        } else {
            self.handle_reading(event)
        };
        effects.extend(self.list_marks_again());
        // A text may have come, or passages of it.
        effects.extend(self.look_for_passages());
        effects
    }

    fn handle_reading(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Kept(kept) => self.take_kept(kept),
            Event::Opening(request, stories) => {
                if let Some(opening) = self.opening.as_mut().filter(|o| o.request == request) {
                    opening.stories = stories;
                }
                vec![]
            }
            Event::Opened(request, opened) => self.take_pack(request, opened),
            Event::OpenFailed(request, mut notice) => {
                let Some(opening) = self.opening.take_if(|o| o.request == request) else {
                    return vec![];
                };
                if let Some(effects) = self.copy_instead(request) {
                    return effects;
                }
                if let Some(effects) = self.seek_past(request) {
                    return effects;
                }
                self.history.forget(opening.way);
                // With nothing to go on reading, what comes with the program is better than an empty window.
                let bare = self.open.is_none() && self.preview.is_none();
                let effects = if bare && opening.origin != Origin::WorldDesk {
                    self.start_opening(Origin::WorldDesk, View::Front, 0)
                } else {
                    vec![]
                };
                NOT_OPENED.clone_into(&mut notice.title);
                let path = opening.origin.to_text();
                if self.recent.entries.iter().any(|pack| pack.path == path) {
                    let label = "Take it off the list of recent packs";
                    notice.offer = Some((label.into(), Action::Forget(path)));
                }
                self.notices.push(notice);
                effects
            }
            Event::Body(key, id, result) => self.take_body(key, id, result),
            Event::Changed(key, id, changes) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.key == key) {
                    open.keep_changes(id, changes);
                }
                vec![]
            }
            Event::PassagesFound(key, id, found) => self.passages_found(key, &id, found),
            Event::Filtered(key, request, rows) => {
                if let Some(effects) = self.take_goals(key, request, &rows) {
                    return effects;
                }
                if let Some(open) = self.open.as_mut().filter(|open| open.key == key)
                    && open.filtering == Some(request)
                {
                    open.list(Listing::some(&*open.edition, rows));
                }
                vec![]
            }
            Event::Picked(Ok(Some(path))) => self.apply(Action::Open(Origin::Path(path))),
            // Only a preview listens to the last two.
            Event::Picked(Ok(None)) | Event::Edited | Event::Checked(..) => vec![],
            Event::Picked(Err(notice)) | Event::Notice(notice) => {
                self.notices.push(notice);
                vec![]
            }
            Event::HandedOver(there) => self.go_first(there).unwrap_or_default(),
            Event::BookmarksSaved(..)
            | Event::HighlightsSaved(..)
            | Event::Marks(..)
            | Event::SomeMarks(..)
            | Event::AllMarks(_)
            | Event::Filed(..) => self.hear_of_marks(event),
            Event::ReadElsewhere(series, changes) => {
                self.take_reading_from_elsewhere(&series, changes);
                vec![]
            }
            Event::Copies(event) => self.hear_of_copies(event),
            Event::Backup(event) => self.hear_of_backups(event),
            Event::Exchange(event) => self.hear_of_exchange(event),
            Event::Drive(event) => self.hear_of_drives(event),
            Event::SaveFailed(..)
            | Event::TakesNothing { .. }
            | Event::KeptElsewhere(_)
            | Event::AllSaved => {
                self.hear_of_saving(event);
                vec![]
            }
        }
    }

    /// Keeps a body of the open pack, and asks what changed in it since an earlier edition.
    fn take_body(
        &mut self,
        key: PackKey,
        id: StoryId,
        result: Result<Arc<StoryBody>, String>,
    ) -> Vec<Effect> {
        let Some(open) = self.open.as_mut().filter(|open| open.key == key) else {
            return vec![];
        };
        let mut effects = Vec::new();
        let state = match result {
            Ok(body) => {
                if let Some(earlier) = open.earlier.clone() {
                    effects.push(Effect::Compare(key, id.clone(), body.clone(), earlier));
                }
                BodyState::Ready(body)
            }
            Err(sentence) => BodyState::Failed(sentence),
        };
        open.keep_body(id.clone(), state);
        self.tell_of_target();
        self.tell_standing(&id);
        effects.extend(self.fill_digest(id));
        effects
    }

    /// A story bookmarked before its body was read gets its digest now.
    fn fill_digest(&mut self, story: StoryId) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return vec![];
        };
        let Some(BodyState::Ready(body)) = open.body(&story) else {
            return vec![];
        };
        let (series, digest) = (open.series().clone(), body.digest.clone());
        let edition = &open.edition.info().edition;
        let key = (series.clone(), story.clone());
        // In another edition the story may read otherwise.
        let wants = self
            .bookmarks
            .get(&key)
            .is_some_and(|Marked { bookmark, .. }| {
                let was = &bookmark.was;
                bookmark.is_there() && was.digest.is_empty() && was.edition == *edition
            });
        if !wants {
            return vec![];
        }
        self.change_bookmark(&series, BookmarkChange::Digest { story, digest })
    }

    fn take_kept(&mut self, kept: Kept) -> Vec<Effect> {
        self.settings = kept.settings;
        self.recent = kept.recent;
        for notice in kept.notices {
            self.notices.push(notice);
        }
        let mut effects = self.greet();
        effects.extend(self.open_first());
        effects
    }

    /// Opens what was asked for at the start, else what was open last, else what comes with the program.
    fn open_first(&mut self) -> Vec<Effect> {
        if self.preview.is_some() {
            return self.begin_preview();
        }
        let first = std::mem::take(&mut self.first);
        self.go_first(first).unwrap_or_else(|| self.open_last())
    }

    /// Opens what was open last, else what comes with the program.
    pub(super) fn open_last(&mut self) -> Vec<Effect> {
        let last = self.recent.entries.first();
        let last = last.map(|pack| Origin::Path(pack.path.clone().into()));
        self.start_opening(last.unwrap_or(Origin::WorldDesk), View::Front, 0)
    }

    /// Opens the first of these packs; where a place is among them, that one, in one of the packs if it is there. Nothing for nothing.
    fn go_first(&mut self, there: Vec<Destination>) -> Option<Vec<Effect>> {
        let mut place = None;
        let mut packs = Vec::new();
        for destination in there {
            match destination {
                Destination::Pack(origin) => packs.push(origin),
                Destination::Place(reference) => place = place.or(Some(reference)),
            }
        }
        if let Some(reference) = place {
            let mut effects = self.list_as_recent(packs.iter().cloned());
            effects.extend(self.follow(reference, packs));
            return Some(effects);
        }
        let mut packs = packs.into_iter();
        let mut effects = self.apply(Action::Open(packs.next()?));
        effects.extend(self.list_as_recent(packs));
        Some(effects)
    }

    /// One pack is shown at a time; the others that were asked for with it are one click away.
    fn list_as_recent(&mut self, packs: impl Iterator<Item = Origin>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for origin in packs {
            if let Origin::Path(path) = &origin {
                let title = path.file_name().unwrap_or_default();
                let path = origin.to_text();
                let known = self.recent.entries.iter().find(|it| it.path == path);
                // What was once seen of it is better than its file name.
                let pack = known.cloned().map_or_else(
                    || RecentPack {
                        path: path.clone(),
                        title: title.to_string_lossy().into_owned(),
                        series: String::new(),
                        edition: String::new(),
                        opened: self.now.to_string(),
                    },
                    |known| RecentPack {
                        opened: self.now.to_string(),
                        ..known
                    },
                );
                effects.extend(self.change_recent(RecentChange::Opened(pack)));
            }
        }
        effects
    }

    fn take_pack(&mut self, request: RequestId, mut opened: Opened) -> Vec<Effect> {
        let Some(opening) = self.opening.take_if(|o| o.request == request) else {
            return vec![Effect::Close(opened.key)];
        };
        if let Some(effects) = self.stand_in(request, &opened) {
            return effects;
        }
        if let Some(effects) = self.seek_instead(request, &opened) {
            return effects;
        }
        match self.here() {
            Some(here) if opening.way == 0 => self.history.leave(here),
            Some(here) => _ = self.history.travel(here, opening.way),
            None => {}
        }
        self.notices.retract(PROBLEMS);
        self.notices.retract(NO_SUCH_STORY);
        if self
            .preview
            .as_ref()
            .is_none_or(|it| it.origin != opened.origin)
        {
            self.tell_problems(&opened);
        }
        let mut effects: Vec<Effect> = self
            .open
            .take()
            .map(|before| Effect::Close(before.key))
            .into_iter()
            .collect();
        let info = opened.edition.info();
        if let (Origin::Path(_), false) = (&opened.origin, info.excerpt) {
            let pack = RecentPack {
                path: opened.origin.to_text(),
                title: info.title.clone(),
                series: info.series.as_str().to_owned(),
                edition: info.edition.clone(),
                opened: self.now.to_string(),
            };
            effects.extend(self.change_recent(RecentChange::Opened(pack)));
        }
        let series = opened.edition.info().series.clone();
        let bookmarks = std::mem::take(&mut opened.bookmarks);
        let highlights = std::mem::take(&mut opened.highlights);
        self.take_marks(&series, bookmarks, highlights);
        let mut open = OpenPack::new(opened);
        open.earlier = self.earlier(&open);
        let view = match opening.then {
            View::Story(id) if open.story(&id).is_none() => {
                self.notices.push(Notice::new(
                    Level::Warning,
                    NO_SUCH_STORY,
                    format!(
                        "“{}” has no story named {id}. The bookmark is kept as it is.",
                        open.edition.info().title
                    ),
                ));
                View::Front
            }
            view => view,
        };
        self.open = Some(open);
        self.count_bookmarked();
        effects.extend(self.arrive(view));
        self.sought(request);
        effects.extend(self.overtake());
        effects
    }

    /// Where the newest earlier edition of the open series is, among those that were open lately.
    fn earlier(&self, open: &OpenPack) -> Option<Origin> {
        let info = open.edition.info();
        let (series, path) = (info.series.as_str(), open.origin.to_text());
        let earlier = self.recent.earlier(series, &info.edition, &path)?;
        Some(Origin::Path(earlier.path.clone().into()))
    }

    fn tell_problems(&mut self, opened: &Opened) {
        let Some(first) = opened.problems.first() else {
            return;
        };
        let more = opened.problems.len() - 1;
        let text = match more {
            0 => first.clone(),
            1 => format!("{first} One more problem was found."),
            _ => format!("{first} {more} more problems were found."),
        };
        self.notices
            .push(Notice::new(Level::Warning, PROBLEMS, text));
    }
}
