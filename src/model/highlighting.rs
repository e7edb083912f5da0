//! Marking passages: what the reader does about them.

use std::collections::{BTreeMap, BTreeSet};

use super::action::Action;
use super::bookmark::Snapshot;
use super::effect::Effect;
use super::highlight::{Colour, Highlight, HighlightChange};
use super::ids::{HighlightId, SeriesId, StoryId};
use super::life::Life;
use super::notice::{Level, Notice};
use super::passages::{Page, Whereabouts, prose};
use super::state::{Model, Passage};
use crate::article::{Anchor, Stretch};

/// The longest passage that can be marked, in bytes.
const LONGEST: usize = 64 * 1024;
/// The title of the notice that a mark was taken away; the next takes its place.
const REMOVED: &str = "Highlight removed";

/// Something about marked passages.
#[derive(Clone, Debug, PartialEq)]
pub enum HighlightAction {
    /// Mark words of the story on the page; words that are marked already get another colour.
    Mark {
        /// Which.
        words: Stretch,
        /// In this colour, or that of the last time.
        colour: Option<Colour>,
        /// Whether the reader wants to write beside them.
        note: bool,
    },
    /// Bring a passage into view; opens its story, and the pack of that where needed.
    Show(SeriesId, HighlightId),
    /// Show what there is to do about a passage of the story on the page.
    Open(HighlightId),
    /// Show that no longer.
    Close,
    /// Choose another colour.
    Colour(SeriesId, HighlightId, Colour),
    /// Write beside a passage; an empty text takes the note away.
    Write(SeriesId, HighlightId, String),
    /// Take a mark away.
    Remove(SeriesId, HighlightId),
    /// Put a mark back that was just taken away.
    Restore(SeriesId, HighlightId),
}

/// What there is of marking beside the records.
#[derive(Debug, Default)]
pub struct Highlighting {
    /// The colour of the last time.
    pub colour: Colour,
    /// The passage of the story on the page about which something is to be done.
    pub open: Option<HighlightId>,
    /// The passage to bring into view, and how many there were to bring before it.
    pub wanted: Option<(u64, HighlightId)>,
    /// How many states there were of the passages before this one.
    pub revision: u64,
    wishes: u64,
    /// The story of the passage that is wanted.
    wanted_in: Option<StoryId>,
    /// The passages of each story that are marked, and not those that were.
    pub(super) of: BTreeMap<(SeriesId, StoryId), BTreeSet<HighlightId>>,
    pub(super) page: Option<Page>,
}

impl Highlighting {
    /// Takes note of what became of a passage.
    pub(super) fn note(&mut self, series: &SeriesId, before: Option<&Highlight>, now: &Highlight) {
        self.revision += 1;
        let key = |it: &Highlight| (series.clone(), it.story.clone());
        if let Some(before) = before
            && before.is_there()
            && let Some(ids) = self.of.get_mut(&key(before))
        {
            ids.remove(&before.id);
            if ids.is_empty() {
                self.of.remove(&key(before));
            }
        }
        if now.is_there() {
            self.of.entry(key(now)).or_default().insert(now.id.clone());
        } else if self.open.as_ref() == Some(&now.id) {
            self.open = None;
        }
        if before.is_some_and(|it| it.anchor != now.anchor)
            && let Some(page) = &mut self.page
        {
            page.forget(&now.id);
        }
    }

    /// Another page comes, of this story if it is one: nothing is to be done about the passages of the one before any more.
    pub(super) fn leave(&mut self, next: Option<&StoryId>) {
        self.open = None;
        if self.wanted_in.as_ref() != next {
            self.wanted = None;
        }
    }

    pub(super) fn want(&mut self, id: HighlightId, story: StoryId) {
        self.wishes += 1;
        self.wanted = Some((self.wishes, id));
        self.wanted_in = Some(story);
    }
}

impl Model {
    /// The marked passages of a story, in no order that means anything.
    pub fn passages<'a>(
        &'a self,
        series: &'a SeriesId,
        story: &'a StoryId,
    ) -> impl Iterator<Item = &'a Passage> {
        let ids = self.highlighting.of.get(&(series.clone(), story.clone()));
        let ids = ids.into_iter().flatten();
        ids.filter_map(move |id| self.highlights.get(&(series.clone(), id.clone())))
    }

    pub(super) fn act_on_highlights(&mut self, action: HighlightAction) -> Vec<Effect> {
        let at = self.now;
        match action {
            HighlightAction::Mark {
                words,
                colour,
                note,
            } => self.mark(words, colour, note),
            HighlightAction::Show(series, id) => self.show_passage(&series, id),
            HighlightAction::Open(id) => {
                self.highlighting.open = Some(id);
                vec![]
            }
            HighlightAction::Close => {
                self.highlighting.open = None;
                vec![]
            }
            HighlightAction::Colour(series, id, colour) => {
                self.highlighting.colour = colour;
                self.change_highlight(&series, HighlightChange::Colour { id, colour, at })
            }
            HighlightAction::Write(series, id, text) => {
                self.change_highlight(&series, HighlightChange::Remark { id, text, at })
            }
            HighlightAction::Remove(series, id) => self.unmark(&series, id),
            HighlightAction::Restore(series, id) => {
                self.notices.retract(REMOVED);
                let change = HighlightChange::Restore { id, at };
                let mut effects = self.change_highlight(&series, change);
                effects.extend(self.look_for_passages());
                effects
            }
        }
    }

    fn mark(&mut self, words: Stretch, colour: Option<Colour>, note: bool) -> Vec<Effect> {
        let colour = colour.unwrap_or(self.highlighting.colour);
        self.highlighting.colour = colour;
        let Some((open, story, body)) = self.text_on_page() else {
            return vec![];
        };
        let prose = prose(&story, body);
        let Some(anchor) = Anchor::of(&prose, words) else {
            return vec![];
        };
        if anchor.quote.len() > LONGEST {
            let text = "Select fewer paragraphs at a time.";
            let title = "This passage is too long to highlight";
            self.notices.push(Notice::new(Level::Warning, title, text));
            return vec![];
        }
        let series = open.series().clone();
        let marked = self.passages(&series, &story.id);
        let same = marked.map(|it| &it.highlight).find(|it| {
            let place = self.whereabouts(&it.id);
            it.anchor.quote == anchor.quote
                && matches!(place, Whereabouts::Here(at) if prose.bytes(at) == prose.bytes(words))
        });
        let (id, change) = if let Some(same) = same {
            let (id, at) = (same.id.clone(), self.now);
            (id.clone(), HighlightChange::Colour { id, colour, at })
        } else {
            let digest = body.map_or("", |body| &body.digest);
            let origin = open.origin.to_text();
            let id = self.new_name(&series, &story.id, &anchor);
            let highlight = Highlight {
                id: id.clone(),
                series: series.clone(),
                story: story.id.clone(),
                anchor,
                was: Snapshot::of(open.edition.info(), &story, digest, &origin),
                colour: (self.now, colour),
                life: Life::new(self.now),
                ..Highlight::default()
            };
            (id, HighlightChange::Add(Box::new(highlight)))
        };
        let mut effects = self.change_highlight(&series, change);
        effects.extend(self.look_for_passages());
        if note {
            self.highlighting.open = Some(id);
        }
        effects
    }

    /// A name that no passage of the series has. It tells what is marked and when, so that two machines do not give the same one to
    /// different passages.
    fn new_name(&self, series: &SeriesId, story: &StoryId, anchor: &Anchor) -> HighlightId {
        let words = [story.as_str(), &anchor.quote, &anchor.before].join("\n");
        let time = self.now.to_string();
        let time: String = time.chars().filter(char::is_ascii_digit).collect();
        let name = |count: u32| {
            let digest = fnv(words.bytes().chain(count.to_le_bytes()));
            HighlightId::new(format!("{time}-{digest:012x}"))
        };
        let is_new =
            |id: &HighlightId| !self.highlights.contains_key(&(series.clone(), id.clone()));
        (0..=u32::MAX).map(name).find(is_new).unwrap_or_default()
    }

    fn unmark(&mut self, series: &SeriesId, id: HighlightId) -> Vec<Effect> {
        let Some(passage) = self.highlights.get(&(series.clone(), id.clone())) else {
            return vec![];
        };
        let text = shortened(&passage.highlight.anchor.quote);
        let restore = HighlightAction::Restore(series.clone(), id.clone());
        self.notices.retract(REMOVED);
        let notice = Notice::new(Level::Info, REMOVED, text);
        self.notices
            .push(notice.offering("Undo", Action::Highlights(restore)));
        let at = self.now;
        self.change_highlight(series, HighlightChange::Remove { id, at })
    }
}

/// The beginning of a passage, in one line.
fn shortened(quote: &str) -> String {
    let mut words = String::new();
    for word in quote.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > 80 {
            let end = words.floor_char_boundary(80);
            words.truncate(end);
            words.push('…');
            break;
        }
    }
    words
}

/// A number made of bytes, to tell things apart by (FNV-1a, 64 bits, of which 48 are taken).
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash >> 16
}
