//! Follows a reference: finds a pack that has the story among those that are known, opens it, and tells where it is not what was cited.
//!
//! Known are the open pack, those opened lately, those that bookmarks came from, what comes with the program, and kept copies. They are
//! tried one after the other; nothing is looked for on the disk but what one of them names.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use super::action::Origin;
use super::copies::SHOWN;
use super::effect::Effect;
use super::event::{Opened, RequestId};
use super::history::View;
use super::ids::StoryId;
use super::notice::{Level, Notice};
use super::open::{BodyState, OpenPack};
use super::reference::Reference;
use super::state::Model;

/// The titles of notices; the next reference takes them away.
const NOT_FOUND: &str = "The story is in no pack at hand";
const OTHERWISE: &str = "This is not quite what was cited";

/// What can be opened from outside the window: a pack, or a place in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A pack.
    Pack(Origin),
    /// A story, or a block of it.
    Place(Reference),
}

impl Destination {
    /// What was typed: a reference, a word for what comes with the program, or a path. What begins like a reference and is none is a
    /// path; who wants to say why it is none asks [`Reference::parse`] before.
    pub fn from_typed(typed: PathBuf) -> Self {
        let reference = typed.to_str().and_then(|it| Reference::parse(it).ok());
        reference.map_or_else(|| Self::Pack(Origin::from_typed(typed)), Self::Place)
    }

    /// What one types for it.
    pub fn typed(&self) -> PathBuf {
        match self {
            Self::Pack(origin) => origin.typed().to_owned(),
            Self::Place(reference) => reference.to_string().into(),
        }
    }
}

impl From<Origin> for Destination {
    fn from(origin: Origin) -> Self {
        Self::Pack(origin)
    }
}

/// A reference that is being followed.
#[derive(Debug)]
pub(super) struct Seek {
    reference: Reference,
    /// The packs to try, the likeliest last.
    left: Vec<Origin>,
    /// Those that were tried.
    tried: HashSet<Origin>,
    /// The pack on its way; none while the marks of every series are.
    request: Option<RequestId>,
}

/// No more packs of a series are tried than this.
const MOST: usize = 32;

/// Where a reference led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The reference.
    pub reference: Reference,
    /// Which one it is since the program began: who has scrolled to it does not do so again.
    pub number: u64,
    /// Whether it was told where the story is not what was cited.
    told: bool,
}

impl Model {
    /// Shows the place a reference names; packs that were given with it are tried first.
    pub(super) fn follow(&mut self, reference: Reference, given: Vec<Origin>) -> Vec<Effect> {
        for title in [NOT_FOUND, OTHERWISE] {
            self.notices.retract(title);
        }
        let mut left = given;
        left.extend(self.packs_with(&reference));
        left.reverse();
        self.seek = Some(Seek {
            reference,
            left,
            tried: HashSet::new(),
            request: None,
        });
        self.seek_on()
    }

    /// Tries the next pack.
    fn seek_on(&mut self) -> Vec<Effect> {
        let Some(mut seek) = self.seek.take() else {
            return vec![];
        };
        while let Some(origin) = seek.left.pop() {
            if !seek.tried.insert(origin.clone()) {
                continue;
            }
            match self.open.as_ref().filter(|open| open.origin == origin) {
                Some(open) if open.has(&seek.reference) => return self.found_here(seek.reference),
                Some(_) => {}
                None => {
                    let story = seek.reference.story.clone();
                    let effects = self.start_opening(origin, View::Story(story), 0);
                    seek.request = self.opening.as_ref().map(|opening| opening.request);
                    self.seek = Some(seek);
                    return effects;
                }
            }
        }
        self.seek_further(seek)
    }

    /// All that is known was tried: goes on when the bookmarks of every series are here, or gives up.
    fn seek_further(&mut self, mut seek: Seek) -> Vec<Effect> {
        if !self.all_marks_here() {
            let effects = self.want_all_marks().into_iter().collect();
            seek.request = None;
            self.seek = Some(seek);
            return effects;
        }
        let Reference {
            series,
            edition,
            story,
            ..
        } = &seek.reference;
        let edition = match &**edition {
            "" => String::new(),
            edition => format!(", edition {edition}"),
        };
        let met = self
            .recent
            .entries
            .iter()
            .find(|it| it.series == series.as_str());
        let text = match met {
            Some(pack) if !pack.title.is_empty() => format!(
                "It is “{story}” of “{}”{edition}. The editions opened lately do not have it, or are not where they were: open the one that has it and go there again.",
                pack.title
            ),
            _ => format!(
                "It is “{story}” of the series {series}{edition}. Open a pack of that series and go there again."
            ),
        };
        self.notices
            .push(Notice::new(Level::Warning, NOT_FOUND, text));
        if self.open.is_none() && self.preview.is_none() {
            // Something to read is better than an empty window.
            return self.open_last();
        }
        vec![]
    }

    /// The marks of every series are here, and with them the packs they came from.
    pub(super) fn seek_among_marks(&mut self) -> Vec<Effect> {
        let waits = self.seek.take_if(|seek| seek.request.is_none());
        // Who has opened something else meanwhile no longer waits for it.
        let Some(mut seek) = waits.filter(|_| self.opening.is_none()) else {
            return vec![];
        };
        seek.left = self.packs_with(&seek.reference);
        seek.left.reverse();
        self.seek = Some(seek);
        self.seek_on()
    }

    /// What follows if the pack of this request cannot be opened: the next one is tried, if it was opened for a reference.
    pub(super) fn seek_past(&mut self, request: RequestId) -> Option<Vec<Effect>> {
        let for_it = self.seek.as_ref()?.request == Some(request);
        for_it.then(|| self.seek_on())
    }

    /// What follows if a pack that was opened for a reference has not the story.
    pub(super) fn seek_instead(
        &mut self,
        request: RequestId,
        opened: &Opened,
    ) -> Option<Vec<Effect>> {
        let seek = self
            .seek
            .as_ref()
            .filter(|it| it.request == Some(request))?;
        let reference = &seek.reference;
        let is_it = opened.edition.info().series == reference.series
            && opened.edition.row_of(&reference.story).is_some();
        if is_it {
            return None;
        }
        let mut effects = vec![Effect::Close(opened.key)];
        effects.extend(self.seek_on());
        Some(effects)
    }

    /// The pack of this request is open and its story on the page: if it was opened for a reference, that is where it led.
    pub(super) fn sought(&mut self, request: RequestId) {
        if let Some(seek) = self.seek.take_if(|seek| seek.request == Some(request)) {
            self.aim(seek.reference);
        }
    }

    fn found_here(&mut self, reference: Reference) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(opening) = self.opening.take() {
            effects.push(Effect::CancelOpen(opening.request));
        }
        self.overlay = None;
        effects.extend(self.show(View::Story(reference.story.clone())));
        self.aim(reference);
        effects
    }

    fn aim(&mut self, reference: Reference) {
        let number = self.request().0;
        self.target = Some(Target {
            reference,
            number,
            told: false,
        });
        self.tell_of_target();
    }

    /// Tells where the story on the page is not what was cited, once its text is here.
    pub(super) fn tell_of_target(&mut self) {
        let (Some(open), Some(target)) = (&self.open, &self.target) else {
            return;
        };
        let reference = &target.reference;
        let waits = !target.told && self.story_id() == Some(&reference.story);
        if !waits || *open.series() != reference.series {
            return;
        }
        let body = match open.body(&reference.story) {
            Some(BodyState::Ready(body)) => Some(body),
            Some(BodyState::Failed(_)) => None,
            Some(BodyState::Wanted) | None => return,
        };
        let mut sentences = Vec::new();
        let info = open.edition.info();
        if !reference.edition.is_empty() && reference.edition != info.edition {
            sentences.push(format!(
                "The reference is to edition {}; this is edition {}, the one at hand.",
                reference.edition, info.edition
            ));
        }
        let excerpt = info.excerpt;
        let brief = open.story(&reference.story).is_some_and(|it| it.brief);
        if let Some(body) = body {
            if !reference.digest.is_empty() && (brief || reference.digest != body.digest) {
                sentences.push("The story has changed since.".to_owned());
            }
            if let Some(block) = reference.block
                && block >= body.body.texts().len()
            {
                sentences.push(format!("It has no block {} here.", block.saturating_add(1)));
            }
        }
        if let Some(target) = &mut self.target {
            target.told = true;
        }
        if excerpt {
            let notice = Notice::new(Level::Info, SHOWN, "No other pack at hand has the story.");
            self.notices.push(notice);
        }
        if !sentences.is_empty() {
            let notice = Notice::new(Level::Info, OTHERWISE, sentences.join(" "));
            self.notices.push(notice);
        }
    }

    /// Where the story may be, the likeliest place first.
    fn packs_with(&self, reference: &Reference) -> Vec<Origin> {
        let fits = |edition: &str| reference.edition.is_empty() || edition == reference.edition;
        let series = &reference.series;
        let mut recent: Vec<_> = self
            .recent
            .entries
            .iter()
            .filter(|pack| pack.series == series.as_str())
            .collect();
        recent.sort_by_key(|pack| Reverse(&pack.edition));
        let recent = recent
            .into_iter()
            .map(|pack| (&*pack.edition, Origin::Path(pack.path.clone().into())));
        let first = (series.clone(), StoryId::default());
        let marks = self
            .bookmarks
            .range(first..)
            .take_while(|((of, _), _)| of == series)
            .map(|(_, marked)| &marked.bookmark.was)
            .filter(|was| !was.origin.is_empty() && was.web_address().is_none())
            .map(|was| (&*was.edition, Origin::from_text(&was.origin, series)));
        let mut seen = HashSet::new();
        let known = recent
            .chain(marks)
            .filter(|(_, origin)| seen.insert(origin.clone()));
        let (exact, others): (Vec<_>, Vec<_>) = known.partition(|(edition, _)| fits(edition));

        let open = self.open.as_ref().filter(|open| open.has(reference));
        let open = open.map(|open| (fits(&open.edition.info().edition), open.origin.clone()));
        let (here, near) = match open {
            Some((true, origin)) => (Some(origin), None),
            Some((false, origin)) => (None, Some(origin)),
            None => (None, None),
        };
        here.into_iter()
            .chain(exact.into_iter().map(|(_, origin)| origin))
            .chain(Origin::built_in(series))
            .chain(near)
            .chain(self.copies.places(series, &reference.story))
            .chain(others.into_iter().map(|(_, origin)| origin))
            .take(MOST)
            .collect()
    }
}

impl OpenPack {
    /// Whether a reference names a story of this series that is here, in whichever edition.
    fn has(&self, reference: &Reference) -> bool {
        *self.series() == reference.series && self.story(&reference.story).is_some()
    }
}
