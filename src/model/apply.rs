//! What an action does to the model, and what it asks of the outside.

use super::action::{Action, Origin, Overlay, Step};
use super::bookmark::{Bookmark, BookmarkChange};
use super::effect::{Effect, Query, Save};
use super::fold::fold;
use super::history::{History, Stop, View};
use super::ids::{SeriesId, StoryId};
use super::listing::{Listing, Show};
use super::notice::{Level, Notice};
use super::open::BodyState;
use super::reading::ReadingChange;
use super::settings::{RecentChange, SettingsChange};
use super::state::{Marked, Model, Opening};

/// The text sizes one steps through, as factors of the design's.
const TEXT_SIZES: [f32; 9] = [0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.45, 1.7, 2.0];

impl Model {
    /// Does what the reader asked for.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Open(origin) => self.start_opening(origin, View::Front, false),
            Action::PickFile => vec![Effect::PickFile],
            Action::PickFolder => vec![Effect::PickFolder],
            Action::CancelOpening => match self.opening.take() {
                Some(opening) => vec![Effect::CancelOpen(opening.request)],
                None => vec![],
            },
            Action::Forget(path) => self.change_recent(RecentChange::Forget(path)),
            Action::ShowFront => self.show(View::Front),
            Action::ShowStory(id) => self.show(View::Story(id)),
            Action::ShowBookmarks => self.show(View::Bookmarks),
            Action::ShowBookmark(series, id) => self.show_bookmark(&series, id),
            Action::Go(step) => self.go(step),
            Action::Back => self.travel(History::back),
            Action::Forward => self.travel(History::forward),
            Action::ToggleBookmark(id) => self.toggle_bookmark(&id),
            Action::RemoveBookmark(series, id) => self.remove_bookmark(&series, &id),
            Action::RestoreBookmark(series, id) => self.restore_bookmark(&series, &id),
            Action::ToggleRead(id) => self.toggle_read(id),
            Action::Filter(query) => self.narrow(|open| open.query = query),
            Action::Show(show) => self.narrow(|open| open.show = show),
            Action::Leave(address) => {
                self.overlay = Some(Overlay::Leaving(address));
                vec![]
            }
            Action::OpenAddress(address) => {
                self.overlay = None;
                vec![Effect::OpenAddress(address)]
            }
            Action::Copy(text) => vec![Effect::Copy(text)],
            Action::Toggle(overlay) => {
                let shown = self.overlay.as_ref() == Some(&overlay);
                self.overlay = (!shown).then_some(overlay);
                vec![]
            }
            Action::CloseOverlay => {
                self.overlay = None;
                vec![]
            }
            Action::SetTheme(theme) => self.change_settings(SettingsChange::Theme(theme)),
            Action::TextSize(by) => {
                let size = stepped(self.settings.text_size, by);
                self.change_settings(SettingsChange::TextSize(size))
            }
            Action::SidebarWidth(width) => {
                self.change_settings(SettingsChange::SidebarWidth(width))
            }
            Action::WindowSize(size) => self.change_settings(SettingsChange::Window(size)),
            Action::Reached(id, place) => {
                let Some(open) = &mut self.open else {
                    return vec![];
                };
                if open.reading.places.get(&id) == Some(&place) {
                    return vec![];
                }
                let change = ReadingChange::Place(id, place);
                open.reading.apply(&change);
                vec![Effect::Save(Save::Reading(open.series().clone(), change))]
            }
            Action::SaveAgain => vec![Effect::SaveAgain],
            Action::Dismiss(id) => {
                self.notices.dismiss(id);
                vec![]
            }
        }
    }

    /// Starts to open a pack; what is open stays until the new one is there.
    pub(super) fn start_opening(
        &mut self,
        origin: Origin,
        then: View,
        travelling: bool,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(before) = self.opening.take() {
            effects.push(Effect::CancelOpen(before.request));
        }
        self.notices.retract(super::handle::NOT_OPENED);
        let request = self.request();
        self.opening = Some(Opening {
            request,
            origin: origin.clone(),
            then,
            stories: 0,
            travelling,
        });
        effects.push(Effect::Open(request, origin));
        effects
    }

    fn show(&mut self, view: View) -> Vec<Effect> {
        if self.view == view {
            return vec![];
        }
        if let View::Story(id) = &view
            && self
                .open
                .as_ref()
                .is_none_or(|open| open.story(id).is_none())
        {
            return vec![];
        }
        if let Some(here) = self.here() {
            self.history.leave(here);
        }
        self.arrive(view)
    }

    /// Shows a view without writing history.
    pub(super) fn arrive(&mut self, view: View) -> Vec<Effect> {
        self.overlay = None;
        self.view = view;
        let Some(id) = self.story_id().cloned() else {
            return vec![];
        };
        let mut effects = self.fetch(&id);
        effects.extend(self.mark_read(id));
        effects
    }

    /// Asks for a story's body and, ahead of need, for its neighbours'.
    fn fetch(&mut self, id: &StoryId) -> Vec<Effect> {
        let Some(open) = &mut self.open else {
            return vec![];
        };
        let mut wanted: Vec<StoryId> = [1, -1]
            .into_iter()
            .filter_map(|by| open.neighbour(id, by))
            .filter_map(|row| Some(open.edition.story(row)?.id.clone()))
            .collect();
        wanted.insert(0, id.clone());
        let key = open.key;
        let mut effects = Vec::new();
        // The open story last: what is kept longest is what was kept last.
        for id in wanted {
            match open.body(&id).cloned() {
                Some(state @ (BodyState::Ready(_) | BodyState::Wanted)) => {
                    open.keep_body(id, state);
                }
                Some(BodyState::Failed(_)) | None => {
                    open.keep_body(id.clone(), BodyState::Wanted);
                    effects.push(Effect::ReadBody(key, id));
                }
            }
        }
        effects
    }

    fn mark_read(&mut self, id: StoryId) -> Option<Effect> {
        let open = self.open.as_mut()?;
        if !open.reading.read.insert(id.clone()) {
            return None;
        }
        open.read_count += 1;
        Some(Effect::Save(Save::Reading(
            open.series().clone(),
            ReadingChange::Read(id),
        )))
    }

    fn toggle_read(&mut self, id: StoryId) -> Vec<Effect> {
        let Some(open) = &mut self.open else {
            return vec![];
        };
        if open.reading.read.remove(&id) {
            open.read_count = open.read_count.saturating_sub(1);
            let series = open.series().clone();
            return vec![Effect::Save(Save::Reading(
                series,
                ReadingChange::Unread(id),
            ))];
        }
        self.mark_read(id).into_iter().collect()
    }

    fn go(&mut self, step: Step) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return vec![];
        };
        let here = self.story_id().cloned();
        let row = match (step, &here) {
            (Step::Next, Some(id)) => open.neighbour(id, 1),
            (Step::Previous, Some(id)) => open.neighbour(id, -1),
            (Step::Next | Step::First, _) => open.listing.row(0),
            (Step::Previous, None) => None,
            (Step::NextUnread, _) => self.next_unread(),
        };
        let Some(story) = row.and_then(|row| open.edition.story(row)) else {
            return vec![];
        };
        self.show(View::Story(story.id.clone()))
    }

    /// The next unread row of the listing after the open story, from the top again at the end.
    fn next_unread(&self) -> Option<usize> {
        let open = self.open.as_ref()?;
        if open.unread() == 0 {
            return None;
        }
        let start = self
            .story_id()
            .and_then(|id| open.edition.row_of(id))
            .map_or(0, |row| match open.listing.position_of(row) {
                Ok(position) => position + 1,
                Err(position) => position,
            });
        let count = open.listing.count();
        (start..count)
            .chain(0..start.min(count))
            .filter_map(|position| open.listing.row(position))
            .find(|&row| {
                open.edition
                    .story(row)
                    .is_some_and(|story| !open.is_read(&story.id))
            })
    }

    fn travel(&mut self, turn: impl FnOnce(&mut History, Stop) -> Option<Stop>) -> Vec<Effect> {
        let Some(here) = self.here() else {
            return vec![];
        };
        let same = here.origin.clone();
        let Some(stop) = turn(&mut self.history, here) else {
            return vec![];
        };
        if stop.origin == same {
            self.arrive(stop.view)
        } else {
            self.start_opening(stop.origin, stop.view, true)
        }
    }

    fn narrow(&mut self, change: impl FnOnce(&mut super::open::OpenPack)) -> Vec<Effect> {
        let Some(open) = &mut self.open else {
            return vec![];
        };
        change(open);
        self.list_again()
    }

    /// Lists the stories the reader asked for.
    pub(super) fn list_again(&mut self) -> Vec<Effect> {
        let bookmarked: Vec<StoryId> = self.bookmarked_ids().cloned().collect();
        let request = self.request();
        let Some(open) = &mut self.open else {
            return vec![];
        };
        if open.show == Show::All && !open.is_filtered() {
            open.filtering = None;
            open.listing = Listing::all(&*open.edition);
            return vec![];
        }
        open.filtering = Some(request);
        let marked = match open.show {
            Show::All => Vec::new(),
            Show::Unread => open.reading.read.iter().cloned().collect(),
            Show::Bookmarked => bookmarked,
        };
        let query = Query {
            words: fold(&open.query)
                .split_whitespace()
                .map(Into::into)
                .collect(),
            show: open.show,
            marked: marked.into(),
        };
        vec![Effect::Filter(open.key, request, query)]
    }

    fn toggle_bookmark(&mut self, id: &StoryId) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return vec![];
        };
        let series = open.series().clone();
        let key = (series.clone(), id.clone());
        if self.bookmarks.get(&key).is_some_and(|m| !m.removed) {
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
        let bookmark = Bookmark::of(info, &story, digest, &origin, &self.now);
        let read_first = (digest.is_empty() && open.body(id).is_none())
            .then(|| Effect::ReadBody(open.key, id.clone()));
        let mut effects = self.keep_bookmark(key, bookmark);
        effects.extend(read_first);
        effects
    }

    fn keep_bookmark(&mut self, key: (SeriesId, StoryId), bookmark: Bookmark) -> Vec<Effect> {
        let series = key.0.clone();
        self.bookmarks.insert(
            key,
            Marked {
                bookmark: bookmark.clone(),
                removed: false,
                saved: false,
            },
        );
        vec![Effect::Save(Save::Bookmark(
            series,
            BookmarkChange::Add(bookmark),
        ))]
    }

    fn remove_bookmark(&mut self, series: &SeriesId, id: &StoryId) -> Vec<Effect> {
        let key = (series.clone(), id.clone());
        let Some(marked) = self.bookmarks.get_mut(&key) else {
            return vec![];
        };
        marked.removed = true;
        marked.saved = false;
        let restore = Action::RestoreBookmark(series.clone(), id.clone());
        let title = "Bookmark removed";
        self.notices.retract(title);
        let text = marked.bookmark.headline.clone();
        self.notices
            .push(Notice::new(Level::Info, title, text).offering("Undo", restore));
        vec![Effect::Save(Save::Bookmark(
            series.clone(),
            BookmarkChange::Remove { story: id.clone() },
        ))]
    }

    fn restore_bookmark(&mut self, series: &SeriesId, id: &StoryId) -> Vec<Effect> {
        let key = (series.clone(), id.clone());
        let Some(marked) = self.bookmarks.get(&key) else {
            return vec![];
        };
        self.notices.retract("Bookmark removed");
        let bookmark = marked.bookmark.clone();
        self.keep_bookmark(key, bookmark)
    }

    fn show_bookmark(&mut self, series: &SeriesId, id: StoryId) -> Vec<Effect> {
        if let Some(open) = &self.open
            && open.series() == series
            && open.story(&id).is_some()
        {
            return self.show(View::Story(id));
        }
        let Some(marked) = self.bookmarks.get(&(series.clone(), id.clone())) else {
            return vec![];
        };
        let origin = Origin::from_text(&marked.bookmark.origin, series);
        self.start_opening(origin, View::Story(id), false)
    }

    fn change_settings(&mut self, change: SettingsChange) -> Vec<Effect> {
        let before = self.settings.clone();
        self.settings.apply(change);
        if self.settings == before {
            return vec![];
        }
        vec![Effect::Save(Save::Settings(change))]
    }

    pub(super) fn change_recent(&mut self, change: RecentChange) -> Vec<Effect> {
        self.recent.apply(&change);
        vec![Effect::Save(Save::Recent(change))]
    }
}

/// The text size `by` steps from `size`; 0 is the design's own.
fn stepped(size: f32, by: i32) -> f32 {
    if by == 0 {
        return 1.0;
    }
    let at = TEXT_SIZES
        .iter()
        .position(|step| *step >= size - 0.01)
        .unwrap_or(TEXT_SIZES.len() - 1);
    let to = (at as i32 + by).clamp(0, TEXT_SIZES.len() as i32 - 1) as usize;
    TEXT_SIZES.get(to).copied().unwrap_or(1.0)
}
