//! Where the marked passages of the story on the page are in its text.
//!
//! Where one stands as it did is seen at once; where it does not, it is looked for outside.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edition::Story;
use super::effect::Effect;
use super::event::{Event, PackKey, StoryBody};
use super::ids::{HighlightId, StoryId};
use super::open::{BodyState, OpenPack};
use super::state::Model;
use crate::article::{Anchor, Patience, Prose, Stretch};

/// Where a marked passage is in the story on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// It is being looked for.
    Sought,
    /// There.
    Here(Stretch),
    /// Nowhere: the words are not in this edition.
    Lost,
}

/// Passages to look for in a story.
#[derive(Clone, Debug, PartialEq)]
pub struct FindJob {
    pack: PackKey,
    story: StoryId,
    words: Arc<Prose>,
    wanted: Vec<(HighlightId, Anchor)>,
}

impl FindJob {
    /// Looks for the passages, which may take a second or two where the story is made to be difficult.
    pub fn run(self) -> Event {
        let mut patience = Patience::default();
        let found = self.wanted.into_iter().map(|(id, anchor)| {
            let found = anchor.find(&self.words, &mut patience);
            (id, found)
        });
        let found = found.collect();
        Event::PassagesFound(self.pack, self.story, found)
    }
}

/// The text on the page, and where in it the passages are.
#[derive(Debug)]
pub(super) struct Page {
    pack: PackKey,
    story: StoryId,
    body: Option<Arc<StoryBody>>,
    words: Arc<Prose>,
    places: BTreeMap<HighlightId, Whereabouts>,
}

impl Page {
    /// Forgets where a passage is: it is another one now.
    pub(super) fn forget(&mut self, id: &HighlightId) {
        self.places.remove(id);
    }
}

/// The story on the page with its pack, and its body unless it is a brief.
type PageText<'a> = (&'a OpenPack, Arc<Story>, Option<&'a Arc<StoryBody>>);

impl Model {
    /// Where a passage is in the story on the page.
    pub fn whereabouts(&self, id: &HighlightId) -> Whereabouts {
        let open = self.open.as_ref().map(|open| open.key);
        let page = self.highlighting.page.as_ref();
        // That of the page before says nothing of this one.
        let page = page.filter(|it| Some(it.pack) == open && Some(&it.story) == self.story_id());
        let place = page.and_then(|page| page.places.get(id).copied());
        place.unwrap_or(Whereabouts::Sought)
    }

    /// The story on the page with its body, if its text is here. A brief has no body, and its summary is its text.
    pub(super) fn text_on_page(&self) -> Option<PageText<'_>> {
        let open = self.open.as_ref()?;
        let story = self.story()?;
        match open.body(&story.id) {
            _ if story.brief => Some((open, story, None)),
            Some(BodyState::Ready(body)) => Some((open, story, Some(body))),
            _ => None,
        }
    }

    /// Finds where the passages of the story on the page are, as far as that is not known.
    pub(super) fn look_for_passages(&mut self) -> Option<Effect> {
        if self.highlighting.of.is_empty() {
            return None;
        }
        let (open, story, body) = self.text_on_page()?;
        let ids = self
            .highlighting
            .of
            .get(&(open.series().clone(), story.id.clone()))?;
        let page = self.highlighting.page.as_ref();
        let known = page.filter(|page| {
            page.pack == open.key
                && page.story == story.id
                && page.body.as_ref().map(Arc::as_ptr) == body.map(Arc::as_ptr)
        });
        let is_new = |id: &&HighlightId| known.is_none_or(|page| !page.places.contains_key(*id));
        let new: Vec<&HighlightId> = ids.iter().filter(is_new).collect();
        if new.is_empty() {
            return None;
        }
        let words = known.map(|page| page.words.clone());
        let words = words.unwrap_or_else(|| Arc::new(prose(&story, body)));
        let mut wanted = Vec::new();
        let mut places = BTreeMap::new();
        for id in new {
            let key = (open.series().clone(), id.clone());
            let anchor = self.highlights.get(&key).map(|it| &it.highlight.anchor);
            let there = anchor.and_then(|anchor| anchor.in_place(&words));
            if there.is_none() {
                wanted.extend(anchor.map(|anchor| (id.clone(), anchor.clone())));
            }
            let place = there.map_or(Whereabouts::Sought, Whereabouts::Here);
            places.insert(id.clone(), place);
        }
        let (pack, body, known) = (open.key, body.cloned(), known.is_some());
        let job = FindJob {
            pack,
            story: story.id.clone(),
            words: words.clone(),
            wanted,
        };
        match self.highlighting.page.as_mut().filter(|_| known) {
            Some(page) => page.places.extend(places),
            None => {
                self.highlighting.page = Some(Page {
                    pack,
                    story: story.id.clone(),
                    body,
                    words,
                    places,
                });
            }
        }
        self.highlighting.revision += 1;
        (!job.wanted.is_empty()).then_some(Effect::FindPassages(job))
    }

    /// Takes in where passages are that were looked for.
    pub(super) fn passages_found(
        &mut self,
        pack: PackKey,
        story: &StoryId,
        found: Vec<(HighlightId, Option<Stretch>)>,
    ) -> Vec<Effect> {
        let page = self.highlighting.page.as_mut();
        let Some(page) = page.filter(|it| it.pack == pack && it.story == *story) else {
            return vec![];
        };
        for (id, place) in found {
            if let Some(whereabouts) = page.places.get_mut(&id) {
                *whereabouts = place.map_or(Whereabouts::Lost, Whereabouts::Here);
            }
        }
        self.highlighting.revision += 1;
        vec![]
    }
}

/// The text of a story.
pub(super) fn prose(story: &Story, body: Option<&Arc<StoryBody>>) -> Prose {
    match body {
        Some(body) => Prose::of(&body.body),
        None => Prose::new([story.summary.as_str()]),
    }
}
