//! A pack that is being written: what is wrong with it, and how its newest state takes the place of the one before.
//!
//! The newest state waits until the open story's text and the listed rows are here too, and comes onto the screen with them
//! in one step: nothing on the page flickers, and the reader stays where they were.

use std::sync::Arc;

use super::action::Origin;
use super::effect::Effect;
use super::event::{Event, Opened, PackKey, RequestId, StoryBody};
use super::history::View;
use super::ids::StoryId;
use super::listing::{Listing, Show};
use super::notice::{Level, Notice};
use super::open::{BodyState, OpenPack};
use super::state::Model;

/// How much a finding weighs, the heaviest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// There is no edition to show.
    Error,
    /// Something is left out or shown differently.
    Warning,
    /// Everything is shown; the author could still do better.
    Advice,
}

impl Weight {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Advice];
}

/// Something that is wrong with the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Its code, such as `P020`, or empty.
    pub code: String,
    /// The file of the pack it is found in, or empty.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The column, counted from 1.
    pub column: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
    /// The story it belongs to, where that can be told.
    pub story: Option<StoryId>,
}

impl Finding {
    /// Its place as editors understand it: `file:line:column`, as far as it is known.
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        for number in self.line.into_iter().chain(self.column) {
            place.push(':');
            place.push_str(&number.to_string());
        }
        place
    }
}

/// A pack that is being written.
pub struct Preview {
    /// The folder.
    pub origin: Origin,
    /// What is wrong with it, the heaviest first; nothing until it was checked.
    pub findings: Option<Arc<[Finding]>>,
    /// Whether the newest state could not be opened, so that the page shows an older one.
    pub behind: bool,
    /// How many lists of findings there were before this one.
    pub checked: u64,
    /// The newest check that was asked for.
    checking: Option<RequestId>,
    /// How many findings there are of each weight, in the order of [`Weight::ALL`].
    counts: [usize; 3],
    renewal: Option<Renewal>,
    /// Whether something changed since the renewal began.
    again: bool,
}

/// The newest state of the pack, on its way.
struct Renewal {
    request: RequestId,
    /// It is open, and waits for the rest.
    ready: Option<Ready>,
}

/// What comes onto the screen in one step.
struct Ready {
    opened: Opened,
    story: Option<StoryId>,
    body: Option<Result<Arc<StoryBody>, String>>,
    asked: Option<(RequestId, String, Show)>,
    rows: Option<Arc<[u32]>>,
}

impl Ready {
    fn is_whole(&self) -> bool {
        self.story.is_some() == self.body.is_some() && self.asked.is_some() == self.rows.is_some()
    }
}

impl Preview {
    /// A preview of what lies at `origin`.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            findings: None,
            behind: false,
            checked: 0,
            checking: None,
            counts: [0; 3],
            renewal: None,
            again: false,
        }
    }

    /// How many findings have this weight.
    pub fn count(&self, weight: Weight) -> usize {
        let counts = Weight::ALL.iter().zip(self.counts);
        counts
            .filter_map(|(of, count)| (*of == weight).then_some(count))
            .sum()
    }

    /// Whether the newest state of the pack, or what is wrong with it, is still on its way.
    pub fn is_waiting(&self) -> bool {
        self.renewal.is_some() || self.checking.is_some()
    }

    fn ready(&self, key: PackKey) -> Option<&Ready> {
        let ready = self.renewal.as_ref()?.ready.as_ref()?;
        (ready.opened.key == key).then_some(ready)
    }

    fn ready_mut(&mut self) -> Option<&mut Ready> {
        self.renewal.as_mut()?.ready.as_mut()
    }
}

impl Model {
    /// The preview, while what is open is the pack that is being written.
    pub fn previewing(&self) -> Option<&Preview> {
        let preview = self.preview.as_ref()?;
        let elsewhere = self
            .open
            .as_ref()
            .is_some_and(|open| open.origin != preview.origin);
        (!elsewhere).then_some(preview)
    }

    /// Follows the folder from now on.
    pub(super) fn begin_preview(&mut self) -> Vec<Effect> {
        let Some(preview) = &self.preview else {
            return vec![];
        };
        // It is opened when it is being followed: what changes from then on is told.
        vec![Effect::Follow(preview.origin.clone())]
    }

    /// Something changed in the folder: it is checked, and its newest state is asked for.
    pub(super) fn renew(&mut self) -> Vec<Effect> {
        let request = self.request();
        let Some(preview) = &mut self.preview else {
            return vec![];
        };
        preview.checking = Some(request);
        let mut effects = vec![Effect::Check(request, preview.origin.clone())];
        effects.extend(self.reopen());
        effects
    }

    fn reopen(&mut self) -> Option<Effect> {
        self.previewing()?;
        let request = self.request();
        let preview = self.preview.as_mut()?;
        if preview.renewal.is_some() {
            // What is on its way comes first, so that a folder that never rests is seen all the same.
            preview.again = true;
            return None;
        }
        preview.renewal = Some(Renewal {
            request,
            ready: None,
        });
        Some(Effect::Open(request, preview.origin.clone()))
    }

    /// Whether an event belongs to the preview and to nothing else.
    pub(super) fn is_for_preview(&self, event: &Event) -> bool {
        let Some(preview) = &self.preview else {
            return false;
        };
        let asked = preview.renewal.as_ref().map(|renewal| renewal.request);
        match event {
            Event::Edited | Event::Checked(..) => true,
            Event::Opened(request, _) | Event::OpenFailed(request, _) => asked == Some(*request),
            Event::Body(key, id, _) => preview
                .ready(*key)
                .is_some_and(|ready| ready.story.as_ref() == Some(id)),
            Event::Filtered(key, ..) => preview.ready(*key).is_some(),
            _ => false,
        }
    }

    /// Takes in what belongs to the preview.
    pub(super) fn handle_preview(&mut self, event: Event) -> Vec<Effect> {
        let Some(preview) = &mut self.preview else {
            return vec![];
        };
        match event {
            Event::Edited => self.renew(),
            Event::Checked(request, findings) => {
                if preview.checking == Some(request) {
                    preview.checking = None;
                    preview.checked += 1;
                    preview.counts = Weight::ALL
                        .map(|weight| findings.iter().filter(|it| it.weight == weight).count());
                    preview.findings = Some(findings);
                }
                vec![]
            }
            Event::Opened(_, opened) => self.make_ready(opened),
            Event::OpenFailed(..) => {
                // The last good page stays; the check says what is wrong.
                preview.renewal = None;
                preview.behind = true;
                self.renew_again()
            }
            Event::Body(_, _, body) => {
                if let Some(ready) = preview.ready_mut() {
                    ready.body = Some(body);
                }
                self.swap_when_whole()
            }
            Event::Filtered(_, request, rows) => {
                if let Some(ready) = preview.ready_mut()
                    && ready.asked.as_ref().is_some_and(|(it, ..)| *it == request)
                {
                    ready.rows = Some(rows);
                }
                self.swap_when_whole()
            }
            _ => vec![],
        }
    }

    /// The newest state is open: asks for what comes onto the screen with it.
    fn make_ready(&mut self, opened: Opened) -> Vec<Effect> {
        if self.previewing().is_none() {
            let key = opened.key;
            if let Some(preview) = &mut self.preview {
                preview.renewal = None;
                preview.again = false;
            }
            return vec![Effect::Close(key)];
        }
        let key = opened.key;
        let mut effects = Vec::new();
        let story = self.open.as_ref().and(self.story_id()).cloned();
        let story = story.filter(|id| opened.edition.row_of(id).is_some());
        effects.extend(story.clone().map(|id| Effect::ReadBody(key, id)));
        let mut asked = None;
        if let Some((query, show)) = self.open.as_ref().and_then(OpenPack::wish)
            && let Some(wanted) = self.query()
        {
            let request = self.request();
            effects.push(Effect::Filter(key, request, wanted));
            asked = Some((request, query, show));
        }
        if let Some(renewal) = self.preview.as_mut().and_then(|it| it.renewal.as_mut()) {
            renewal.ready = Some(Ready {
                opened,
                story,
                body: None,
                asked,
                rows: None,
            });
        }
        effects.extend(self.swap_when_whole());
        effects
    }

    fn swap_when_whole(&mut self) -> Vec<Effect> {
        let Some(preview) = &mut self.preview else {
            return vec![];
        };
        let whole = preview
            .renewal
            .take_if(|it| it.ready.as_ref().is_some_and(Ready::is_whole));
        let Some(ready) = whole.and_then(|renewal| renewal.ready) else {
            return vec![];
        };
        preview.behind = false;
        let mut effects = if self.previewing().is_some() {
            self.swap(ready)
        } else {
            vec![Effect::Close(ready.opened.key)]
        };
        effects.extend(self.renew_again());
        effects
    }

    fn renew_again(&mut self) -> Vec<Effect> {
        let preview = self.preview.as_mut();
        let again = preview.is_some_and(|it| std::mem::take(&mut it.again));
        again.then(|| self.reopen()).flatten().into_iter().collect()
    }

    /// Another state was opened on another way: what is on its way may be older, and is asked for anew.
    pub(super) fn overtake(&mut self) -> Vec<Effect> {
        let renewal = self.preview.as_mut().and_then(|it| it.renewal.take());
        let Some(renewal) = renewal else {
            return vec![];
        };
        let ready = renewal.ready.map(|it| Effect::Close(it.opened.key));
        ready.into_iter().chain(self.reopen()).collect()
    }

    /// Puts the newest state in the place of the one before.
    fn swap(&mut self, ready: Ready) -> Vec<Effect> {
        let Ready {
            opened,
            story,
            body,
            asked,
            rows,
        } = ready;
        let headline = self.story().map(|story| story.headline.clone());
        let mut effects = Vec::new();
        let mut unlisted = false;
        let open = match self.open.take() {
            None => OpenPack::new(opened),
            Some(before) => {
                effects.push(Effect::Renew(before.key, opened.key));
                let body = story.zip(body).map(|(id, body)| {
                    let state = newer(before.body(&id), body);
                    (id, state)
                });
                let listing = rows.map(|rows| Listing::some(&*opened.edition, rows));
                let listed = asked.map(|(_, query, show)| (query, show));
                unlisted = before.wish() != listed;
                before.renewed(opened, listing, body)
            }
        };
        self.open = Some(open);
        self.count_bookmarked();
        if unlisted {
            effects.extend(self.list_again());
        }
        effects.extend(self.stay(headline));
        effects
    }

    /// Stays on the story that is on the page, or on the front page where there is no such story any more.
    fn stay(&mut self, headline: Option<String>) -> Vec<Effect> {
        let Some(id) = self.story_id().cloned() else {
            return vec![];
        };
        if self.story().is_some() {
            return self.fetch(&id);
        }
        let name = headline.unwrap_or_else(|| id.to_string());
        let text = format!("“{name}” is not in the pack any more; this is its front page.");
        self.notices
            .push(Notice::new(Level::Info, "The story is gone", text));
        self.view = View::Front;
        vec![]
    }
}

impl OpenPack {
    /// The same pack in its newest state: the reader's wishes stay, what was read of the old state does not.
    fn renewed(
        self,
        opened: Opened,
        listing: Option<Listing>,
        body: Option<(StoryId, BodyState)>,
    ) -> Self {
        let mut new = Self::new(Opened {
            reading: self.reading,
            ..opened
        });
        new.since = self.since;
        new.listed = self.listed + 1;
        new.query = self.query;
        new.show = self.show;
        if let Some(listing) = listing {
            new.listing = listing;
        }
        if let Some((id, state)) = body {
            new.keep_body(id, state);
        }
        new
    }

    /// What the list is narrowed to, if it is.
    fn wish(&self) -> Option<(String, Show)> {
        let narrowed = self.is_filtered() || self.show != Show::All;
        narrowed.then(|| (self.query.clone(), self.show))
    }
}

/// A body that was read anew; the one before where nothing changed in it, so that nothing is laid out anew.
fn newer(old: Option<&BodyState>, new: Result<Arc<StoryBody>, String>) -> BodyState {
    match (old, new) {
        (Some(BodyState::Ready(old)), Ok(new)) if **old == *new => BodyState::Ready(old.clone()),
        (_, Ok(new)) => BodyState::Ready(new),
        (_, Err(sentence)) => BodyState::Failed(sentence),
    }
}
