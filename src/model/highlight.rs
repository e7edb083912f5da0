//! A passage the reader marked in a story, anchored by its own words so that it is found again in a corrected edition.

use super::bookmark::Snapshot;
use super::ids::{HighlightId, SeriesId, StoryId};
use super::life::Life;
use super::remark::Remark;
use super::stamp::Stamp;
use crate::article::Anchor;

/// A colour to mark with, by what it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// The usual one.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

impl Colour {
    /// Every colour, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// What it is called in files: `yellow`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The colour of this name, or the usual one for a name that is not known.
    pub fn named(name: &str) -> Self {
        let named = Self::ALL.into_iter().find(|it| it.name() == name);
        named.unwrap_or_default()
    }
}

/// A passage the reader marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// Its name.
    pub id: HighlightId,
    /// What the pack is an edition of.
    pub series: SeriesId,
    /// The story.
    pub story: StoryId,
    /// Which words.
    pub anchor: Anchor,
    /// What the story was when it was marked.
    pub was: Snapshot,
    /// Its colour, and when that was chosen.
    pub colour: (Stamp, Colour),
    /// What the reader wrote beside it.
    pub remark: Remark,
    /// When it was made, and whether it still is there.
    pub life: Life,
}

impl Highlight {
    /// Whether the passage is marked, and not one that was.
    pub fn is_there(&self) -> bool {
        self.life.is_there()
    }

    /// Takes in what another copy of the record knows: in any order, any number of times, with one result.
    pub fn join(&mut self, other: &Self) {
        let (mine, theirs) = (
            (self.life.made, &self.was, &self.anchor, &self.story),
            (other.life.made, &other.was, &other.anchor, &other.story),
        );
        if theirs > mine {
            self.was.clone_from(&other.was);
            self.anchor.clone_from(&other.anchor);
            self.story.clone_from(&other.story);
        }
        self.life.join(&other.life);
        self.colour = self.colour.max(other.colour);
        self.remark.join(&other.remark);
    }
}

/// A change to the highlights of one series, applied to the file as it is at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HighlightChange {
    /// Mark a passage; one of the same name stays as it is.
    Add(Box<Highlight>),
    /// Take the mark away.
    Remove {
        /// Which.
        id: HighlightId,
        /// Now.
        at: Stamp,
    },
    /// Put the mark back as it was.
    Restore {
        /// Which.
        id: HighlightId,
        /// Now.
        at: Stamp,
    },
    /// Choose another colour.
    Colour {
        /// Which.
        id: HighlightId,
        /// The colour.
        colour: Colour,
        /// Now.
        at: Stamp,
    },
    /// Write beside the passage; an empty text takes the remark away.
    Remark {
        /// Which.
        id: HighlightId,
        /// The text.
        text: String,
        /// Now.
        at: Stamp,
    },
    /// Take in what another copy of the record knows.
    Join(Box<Highlight>),
}

impl HighlightChange {
    /// The highlight it is about.
    pub fn id(&self) -> &HighlightId {
        match self {
            Self::Add(highlight) | Self::Join(highlight) => &highlight.id,
            Self::Remove { id, .. }
            | Self::Restore { id, .. }
            | Self::Colour { id, .. }
            | Self::Remark { id, .. } => id,
        }
    }

    /// Applies the change to its record, which may not be there yet.
    pub fn apply(&self, record: &mut Option<Highlight>) {
        match (self, record) {
            (Self::Add(new) | Self::Join(new), record @ None) => *record = Some((**new).clone()),
            (Self::Join(other), Some(record)) => record.join(other),
            (Self::Remove { at, .. }, Some(record)) if record.is_there() => {
                record.life.remove(*at);
            }
            (Self::Restore { at, .. }, Some(record)) if !record.is_there() => {
                record.life.restore(*at);
            }
            (Self::Colour { colour, at, .. }, Some(record)) if record.colour.1 != *colour => {
                record.colour = (at.after(record.colour.0), *colour);
            }
            (Self::Remark { text, at, .. }, Some(record)) => record.remark.write(text, *at),
            _ => {}
        }
    }
}
