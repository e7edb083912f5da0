//! What the reader has read of a series, and how far.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::StoryId;

/// Read marks and places of one series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The stories that are read.
    pub read: BTreeSet<StoryId>,
    /// Where the reader was in a story.
    pub places: BTreeMap<StoryId, Place>,
}

/// A place in a story that holds at every width and text size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The block at the top of the page, counted from 0.
    pub block: usize,
    /// How far into that block, 0 to 1.
    pub offset: f32,
}

/// A change to the reading marks of one series.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingChange {
    /// The story is read.
    Read(StoryId),
    /// The story is unread.
    Unread(StoryId),
    /// The reader is here in the story.
    Place(StoryId, Place),
}

impl Reading {
    /// Applies a change.
    pub fn apply(&mut self, change: &ReadingChange) {
        match change {
            ReadingChange::Read(story) => {
                self.read.insert(story.clone());
            }
            ReadingChange::Unread(story) => {
                self.read.remove(story);
            }
            ReadingChange::Place(story, place) => {
                self.places.insert(story.clone(), place.tidy());
            }
        }
    }
}

impl Place {
    /// The same place with an offset that is a number from 0 to 1.
    #[must_use]
    pub fn tidy(self) -> Self {
        let offset = if self.offset.is_finite() {
            self.offset.clamp(0.0, 1.0)
        } else {
            0.0
        };
        Self { offset, ..self }
    }
}
