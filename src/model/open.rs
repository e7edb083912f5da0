//! The open pack: its edition, what the reader has read of it, its listing, and the few bodies in use.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::action::Origin;
use super::compare::StoryChanges;
use super::edition::{Edition, Story};
use super::event::{Opened, PackKey, RequestId, StoryBody};
use super::ids::{SeriesId, StoryId};
use super::listing::{Listing, Show};
use super::reading::Reading;

/// A body, asked for or here.
#[derive(Clone, Debug)]
pub enum BodyState {
    /// It was asked for.
    Wanted,
    /// It is here.
    Ready(Arc<StoryBody>),
    /// It could not be read; the sentence says why.
    Failed(String),
}

/// The bodies kept at hand: the open story, its neighbours, and some of those before.
const BODIES: usize = 12;

/// An open pack.
pub struct OpenPack {
    /// Its key in jobs.
    pub key: PackKey,
    /// Its first key: it stays the same when what lies there is opened anew while it is being written.
    pub since: PackKey,
    /// Where it came from.
    pub origin: Origin,
    /// What is in it.
    pub edition: Arc<dyn Edition>,
    /// What the reader has read of the series.
    pub reading: Reading,
    /// How many of the edition's stories are read.
    pub read_count: usize,
    /// The headline list.
    pub listing: Listing,
    /// How many lists there were before this one.
    pub listed: u64,
    /// What the list is narrowed to, as typed.
    pub query: String,
    /// Which stories are listed.
    pub show: Show,
    /// The newest filter that was asked for, while its answer is awaited.
    pub(super) filtering: Option<RequestId>,
    /// Where an earlier edition of the series is, to compare with.
    pub(super) earlier: Option<Origin>,
    bodies: VecDeque<(StoryId, BodyState)>,
    /// What changed since then, in the stories whose bodies are at hand.
    changes: BTreeMap<StoryId, Arc<StoryChanges>>,
}

impl OpenPack {
    pub(super) fn new(opened: Opened) -> Self {
        let listing = Listing::all(&*opened.edition);
        let read_count = opened
            .reading
            .read
            .iter()
            .filter(|id| opened.edition.row_of(id).is_some())
            .count();
        Self {
            key: opened.key,
            since: opened.key,
            origin: opened.origin,
            edition: opened.edition,
            reading: opened.reading,
            read_count,
            listing,
            listed: 0,
            query: String::new(),
            show: Show::All,
            filtering: None,
            earlier: None,
            bodies: VecDeque::new(),
            changes: BTreeMap::new(),
        }
    }

    /// What it is an edition of.
    pub fn series(&self) -> &SeriesId {
        &self.edition.info().series
    }

    /// A story by id.
    pub fn story(&self, id: &StoryId) -> Option<Arc<Story>> {
        self.edition.story(self.edition.row_of(id)?)
    }

    /// Whether the reader has opened a story.
    pub fn is_read(&self, id: &StoryId) -> bool {
        self.reading.read.contains(id)
    }

    /// How many stories are not read.
    pub fn unread(&self) -> usize {
        self.edition.count().saturating_sub(self.read_count)
    }

    /// Whether the list is narrowed by words.
    pub fn is_filtered(&self) -> bool {
        !self.query.trim().is_empty()
    }

    /// Lists other rows.
    pub(super) fn list(&mut self, listing: Listing) {
        self.filtering = None;
        self.listing = listing;
        self.listed += 1;
    }

    /// A story's body, if it was asked for.
    pub fn body(&self, id: &StoryId) -> Option<&BodyState> {
        self.bodies
            .iter()
            .find_map(|(kept, state)| (kept == id).then_some(state))
    }

    /// Remembers a body and lets the oldest go.
    pub(super) fn keep_body(&mut self, id: StoryId, state: BodyState) {
        self.bodies.retain(|(kept, _)| *kept != id);
        self.bodies.push_back((id, state));
        if self.bodies.len() > BODIES
            && let Some((oldest, _)) = self.bodies.pop_front()
        {
            self.changes.remove(&oldest);
        }
    }

    /// How a story reads otherwise than in the earlier edition, where it does.
    pub fn changes(&self, id: &StoryId) -> Option<&Arc<StoryChanges>> {
        self.changes.get(id)
    }

    /// Remembers what changed in a story whose body is at hand.
    pub(super) fn keep_changes(&mut self, id: StoryId, changes: Arc<StoryChanges>) {
        if self.body(&id).is_some() {
            self.changes.insert(id, changes);
        }
    }

    /// The row `by` places further in the listing than the story, if the listing goes that far.
    pub(super) fn neighbour(&self, id: &StoryId, by: isize) -> Option<usize> {
        let row = self.edition.row_of(id)?;
        let position = match self.listing.position_of(row) {
            // Not in the listing: the next one stands where it would be.
            Err(position) if by > 0 => position.checked_add_signed(by - 1)?,
            Ok(position) | Err(position) => position.checked_add_signed(by)?,
        };
        self.listing.row(position)
    }
}
