//! The passages the reader marked in the story on the page, as the page shows them: made anew when one of them changes.

mod bar;
mod card;
mod list;
mod paint;

pub use bar::{Choice, bar};
pub use card::Card;
pub use list::{entry, heading};
pub use paint::under;

use std::ops::Range;
use std::sync::Arc;

use crate::article::{Spot, Stretch};
use crate::model::{Colour, HighlightId, Model, OpenPack, PackKey, Passage, StoryId, Whereabouts};
use crate::typeset::Selection;

/// The passages of a story.
#[derive(Default)]
pub struct Highlights {
    /// What they were made of.
    of: Option<(PackKey, StoryId, u64)>,
    /// How often they were made.
    made: u64,
    /// Those in the text in its order, then those that are not in this edition.
    entries: Vec<Entry>,
    /// Which leaves of the page are the story's text.
    texts: Range<usize>,
}

/// A passage.
pub struct Entry {
    /// Its name.
    pub id: HighlightId,
    /// Its colour.
    pub colour: Colour,
    /// Its words in one line, or their beginning.
    pub quote: String,
    /// What the reader wrote beside it.
    pub note: String,
    /// Where it is.
    pub place: Whereabouts,
    /// When it was marked, and in which edition if it is not in this one.
    pub about: String,
}

/// So much of a passage is shown where it is listed, in bytes.
const SHOWN: usize = 600;
/// So much of it is said where something can be done about it.
const SAID: usize = 60;

impl Highlights {
    /// Takes in how things stand; says whether anything is otherwise than before.
    pub fn update(&mut self, model: &Model, open: &OpenPack, story: &StoryId) -> bool {
        let revision = model.highlighting.revision;
        let same = self
            .of
            .as_ref()
            .is_some_and(|(pack, of, then)| *pack == open.key && of == story && *then == revision);
        if same {
            return false;
        }
        self.of = Some((open.key, story.clone(), revision));
        self.made += 1;
        let passages = model.passages(open.series(), story);
        let mut passages: Vec<(Whereabouts, &Passage)> = passages
            .map(|it| (model.whereabouts(&it.highlight.id), it))
            .collect();
        passages.sort_by_cached_key(|(place, passage)| {
            let highlight = &passage.highlight;
            let anchor = &highlight.anchor;
            let at = match place {
                Whereabouts::Here(at) => (at.start.block, at.start.byte),
                Whereabouts::Sought | Whereabouts::Lost => (anchor.block, anchor.offset),
            };
            let lost = *place == Whereabouts::Lost;
            (lost, at, highlight.life.made, highlight.id.clone())
        });
        self.entries = passages
            .into_iter()
            .map(|(place, passage)| Entry::new(place, passage))
            .collect();
        true
    }

    /// Says which leaves of the page are the story's text.
    pub fn set_texts(&mut self, texts: Range<usize>) {
        self.texts = texts;
    }

    /// How often something was otherwise than before.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// The passages.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many of them are in the text, or are being looked for there; the others follow.
    pub fn found(&self) -> usize {
        let lost = |entry: &Entry| entry.place == Whereabouts::Lost;
        self.entries.partition_point(|entry| !lost(entry))
    }

    /// The passage of this name.
    pub fn entry(&self, id: &HighlightId) -> Option<(usize, &Entry)> {
        let mut entries = self.entries.iter().enumerate();
        entries.find(|(_, entry)| entry.id == *id)
    }

    /// Which leaf of the page a text of the story is.
    pub fn leaf_of(&self, block: usize) -> usize {
        self.texts.start.saturating_add(block)
    }

    /// What is selected of the story's text; the words of the leaves are wanted for it.
    pub fn selected(&self, selection: &Selection, leaves: &[Arc<str>]) -> Option<Stretch> {
        let (start, end) = selection.ends();
        let texts = &self.texts;
        if start == end || end.leaf < texts.start || start.leaf >= texts.end {
            return None;
        }
        let spot = |leaf: usize, byte: usize| Spot {
            block: leaf - texts.start,
            byte,
        };
        let start = if texts.contains(&start.leaf) {
            spot(start.leaf, start.byte)
        } else {
            Spot::default()
        };
        let end = if texts.contains(&end.leaf) {
            spot(end.leaf, end.byte)
        } else {
            let last = texts.end - 1;
            spot(last, leaves.get(last)?.len())
        };
        (start < end).then_some(Stretch { start, end })
    }

    /// The passages in a leaf of so many bytes, with the bytes they take of it.
    fn in_leaf(
        &self,
        leaf: usize,
        len: usize,
    ) -> impl Iterator<Item = (usize, &Entry, Range<usize>)> {
        let block = self.texts.contains(&leaf).then(|| leaf - self.texts.start);
        let entries = block.map(|block| (block, self.entries.iter().enumerate()));
        entries.into_iter().flat_map(move |(block, entries)| {
            entries.filter_map(move |(nth, entry)| match entry.place {
                Whereabouts::Here(at) => Some((nth, entry, at.range_in(block, len)?)),
                Whereabouts::Sought | Whereabouts::Lost => None,
            })
        })
    }
}

impl Entry {
    fn new(place: Whereabouts, passage: &Passage) -> Self {
        let highlight = &passage.highlight;
        let edition = &highlight.was.edition;
        let mut about = vec![title(highlight.colour.1).to_owned()];
        if place == Whereabouts::Lost && !edition.is_empty() {
            about.push(format!("marked in edition {edition}"));
        }
        about.extend(
            highlight
                .life
                .made
                .date()
                .map(|it| format!("{} UTC", it.long())),
        );
        if passage.waiting > 0 {
            about.push("not saved yet".to_owned());
        }
        Self {
            id: highlight.id.clone(),
            colour: highlight.colour.1,
            quote: beginning(&highlight.anchor.quote, SHOWN),
            note: highlight.remark.text(),
            place,
            about: about.join("  ·  "),
        }
    }

    /// Its words as they are said where something can be done about it.
    pub fn said(&self) -> String {
        beginning(&self.quote, SAID)
    }

    /// The text it begins in, if it is there.
    fn first_block(&self) -> Option<usize> {
        match self.place {
            Whereabouts::Here(at) => Some(at.start.block),
            Whereabouts::Sought | Whereabouts::Lost => None,
        }
    }
}

/// The beginning of some words, in one line and of so many bytes at the most.
fn beginning(words: &str, most: usize) -> String {
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > most {
            line.truncate(line.floor_char_boundary(most));
            line.push('…');
            break;
        }
    }
    line
}

/// A colour's name as it stands alone.
pub fn title(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Yellow",
        Colour::Green => "Green",
        Colour::Blue => "Blue",
        Colour::Pink => "Pink",
    }
}
