//! What an action does to the model, and what it asks of the outside.

use super::action::{Action, Origin, Overlay, Step};
use super::effect::{Effect, Query, Save};
use super::fold::fold;
use super::history::View;
use super::ids::{SeriesId, StoryId};
use super::listing::{Listing, Show};
use super::open::BodyState;
use super::reading::{Place, ReadingChange};
use super::settings::{RecentChange, SettingsChange};
use super::state::{Model, Opening};

/// The text sizes one steps through, as factors of the design's.
const TEXT_SIZES: [f32; 9] = [0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.45, 1.7, 2.0];

impl Model {
    /// Does what the reader asked for.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = self.act(action);
        effects.extend(self.list_marks_again());
        effects
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Open(origin) => self.start_opening(origin, View::Front, 0),
            Action::PickFile => vec![Effect::PickFile],
            Action::PickFolder => vec![Effect::PickFolder],
            Action::CancelOpening => self.cancel_opening().into_iter().collect(),
            Action::Forget(path) => {
                self.notices.retract(super::handle::NOT_OPENED);
                self.change_recent(RecentChange::Forget(path))
            }
            Action::ShowFiles => vec![Effect::ShowFiles],
            Action::ShowFile(path) => vec![Effect::ShowFile(path)],
            Action::ShowFront => self.show(View::Front),
            Action::ShowStory(id) => self.show(View::Story(id)),
            Action::ShowBookmarks => self.show(View::Bookmarks),
            Action::ShowBookmark(series, id) => self.show_bookmark(&series, id),
            Action::Go(step) => self.go(step),
            Action::Back => self.travel(-1),
            Action::Forward => self.travel(1),
            Action::ToggleBookmark(id) => self.toggle_bookmark(&id),
            Action::RemoveBookmark(series, id) => self.remove_bookmark(&series, &id),
            Action::RestoreBookmark(series, id) => self.restore_bookmark(&series, &id),
            Action::Filing(action) => self.file(action),
            Action::Copies(action) => self.act_on_copies(action),
            Action::Exchange(action) => self.act_on_exchange(action),
            Action::GoTo(action) => self.act_on_go_to(action),
            Action::Backup(action) => self.act_on_backups(action),
            Action::Highlights(action) => self.act_on_highlights(action),
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
            Action::ToggleChanges => {
                self.changes_unfolded = !self.changes_unfolded && self.changes().is_some();
                vec![]
            }
            Action::Toggle(overlay) => {
                let shown = self.overlay.as_ref() == Some(&overlay);
                self.overlay = (!shown).then_some(overlay);
                self.what_overlay_needs()
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
            Action::Window(place) => self.change_settings(SettingsChange::Window(place)),
            Action::Reached(series, id, place) => self.reached(series, &id, place),
            Action::Drive(action) => self.act_on_drives(action),
            Action::SaveAgain => vec![Effect::SaveAgain],
            Action::KeepElsewhere => {
                self.notices.retract(super::saving::TAKES_NOTHING);
                vec![Effect::KeepElsewhere]
            }
            Action::DismissWelcome => self.dismiss_welcome(),
            Action::ShowNews => self.show_news(),
            Action::Dismiss(id) => {
                self.notices.dismiss(id);
                vec![]
            }
        }
    }

    /// Starts to open a pack; what is open stays until the new one is there.
    pub(super) fn start_opening(&mut self, origin: Origin, then: View, way: isize) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.cancel_opening().into_iter().collect();
        self.notices.retract(super::handle::NOT_OPENED);
        let request = self.request();
        self.opening = Some(Opening {
            request,
            origin: origin.clone(),
            then,
            stories: 0,
            way,
        });
        effects.push(Effect::Open(request, origin));
        effects
    }

    fn cancel_opening(&mut self) -> Option<Effect> {
        let opening = self.opening.take()?;
        Some(Effect::CancelOpen(opening.request))
    }

    pub(super) fn show(&mut self, view: View) -> Vec<Effect> {
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
        if let Some(opening) = &mut self.opening {
            // The way it was counted by is another now.
            opening.way = 0;
        }
        self.arrive(view)
    }

    /// Shows a view without writing history.
    pub(super) fn arrive(&mut self, view: View) -> Vec<Effect> {
        self.overlay = None;
        self.changes_unfolded = false;
        self.view = view;
        self.retract_standing();
        if self.preview.is_some() && self.story_id().is_some() && self.story().is_none() {
            // It was there when the reader left it.
            self.view = View::Front;
        }
        let story = self.story_id().cloned();
        self.highlighting.leave(story.as_ref());
        let Some(id) = story else {
            let listed = self.view == View::Bookmarks;
            return listed
                .then(|| self.want_all_marks())
                .flatten()
                .into_iter()
                .collect();
        };
        let mut effects = self.fetch(&id);
        self.tell_standing(&id);
        effects.extend(self.mark_read(id));
        effects.extend(self.look_for_passages());
        effects
    }

    /// Asks for a story's body and, ahead of need, for its neighbours'.
    pub(super) fn fetch(&mut self, id: &StoryId) -> Vec<Effect> {
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
        if self.preview.is_some() {
            // Who writes a paper is not its reader.
            return None;
        }
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
        let Some(open) = self.open.as_mut().filter(|_| self.preview.is_none()) else {
            return vec![];
        };
        if open.reading.read.remove(&id) {
            open.read_count = open.read_count.saturating_sub(1);
            let change = ReadingChange::Unread(id.clone());
            let save = Save::Reading(open.series().clone(), change);
            let mut effects = vec![Effect::Save(save)];
            effects.extend(self.list_newcomer(&id, Show::Unread));
            return effects;
        }
        self.mark_read(id).into_iter().collect()
    }

    fn reached(&mut self, series: SeriesId, id: &StoryId, place: Place) -> Vec<Effect> {
        let change = ReadingChange::Place(id.clone(), place);
        if let Some(open) = self.open.as_mut().filter(|open| *open.series() == series) {
            if open.reading.places.get(id) == Some(&place) {
                return vec![];
            }
            open.reading.apply(&change);
        }
        if self.preview.is_some() {
            return vec![];
        }
        vec![Effect::Save(Save::Reading(series, change))]
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

    /// Goes one step back or forward; while a pack is on its way from there, one step from that.
    fn travel(&mut self, by: isize) -> Vec<Effect> {
        let Some(here) = self.here() else {
            return vec![];
        };
        let way = by + self.opening.as_ref().map_or(0, |opening| opening.way);
        if way == 0 {
            return self.cancel_opening().into_iter().collect();
        }
        let Some(stop) = self.history.at(way).cloned() else {
            return vec![];
        };
        if stop.origin != here.origin {
            return self.start_opening(stop.origin, stop.view, way);
        }
        let mut effects: Vec<Effect> = self.cancel_opening().into_iter().collect();
        self.history.travel(here, way);
        effects.extend(self.arrive(stop.view));
        effects
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
        let request = self.request();
        let query = self.query();
        let Some(open) = &mut self.open else {
            return vec![];
        };
        let Some(query) = query.filter(|_| open.show != Show::All || open.is_filtered()) else {
            open.list(Listing::all(&*open.edition));
            return vec![];
        };
        open.filtering = Some(request);
        vec![Effect::Filter(open.key, request, query)]
    }

    /// The stories the reader asked for, as the outside is asked for them.
    pub(super) fn query(&self) -> Option<Query> {
        let open = self.open.as_ref()?;
        let marked = match open.show {
            Show::All => Vec::new(),
            Show::Unread => open.reading.read.iter().cloned().collect(),
            Show::Bookmarked => self.bookmarked_ids().cloned().collect(),
        };
        Some(Query {
            words: fold(&open.query)
                .split_whitespace()
                .map(Into::into)
                .collect(),
            address: None,
            show: open.show,
            marked: marked.into(),
        })
    }

    /// A story that now belongs into the list comes in at once. One that does no longer stays, so that the list does not jump.
    pub(super) fn list_newcomer(&mut self, id: &StoryId, show: Show) -> Vec<Effect> {
        let is_new = self.open.as_ref().is_some_and(|open| {
            let row = open.edition.row_of(id);
            open.show == show && row.is_some_and(|row| open.listing.position_of(row).is_err())
        });
        if is_new { self.list_again() } else { vec![] }
    }

    pub(super) fn change_settings(&mut self, change: SettingsChange) -> Vec<Effect> {
        let before = self.settings.clone();
        self.settings.apply(change);
        if self.settings == before {
            return vec![];
        }
        vec![Effect::Save(Save::Settings(change))]
    }

    pub(super) fn change_recent(&mut self, change: RecentChange) -> Vec<Effect> {
        if self.preview.is_some() && matches!(change, RecentChange::Opened(_)) {
            return vec![];
        }
        self.recent.apply(&change);
        vec![Effect::Save(Save::Recent(change))]
    }
}

/// The text size a step up or down from `size`, or as it is at the end of the steps; 0 is the design's own.
fn stepped(size: f32, by: i32) -> f32 {
    let next = match by {
        0 => Some(&1.0),
        1.. => TEXT_SIZES.iter().find(|step| **step > size + 0.01),
        _ => TEXT_SIZES.iter().rev().find(|step| **step < size - 0.01),
    };
    next.copied().unwrap_or(size)
}
