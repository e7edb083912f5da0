//! What the program knows of an edition: a row at a time, never the whole.

use std::ops::Range;
use std::sync::Arc;

use super::date::Date;
use super::ids::{SeriesId, StoryId};

/// An open edition as everything above `pack` sees it.
///
/// It is asked for row *i*, for a count, for a story by id: an edition of twenty stories and one of a million take the same path.
/// None of these calls may read a file or take more than microseconds; bodies and pictures come through jobs.
pub trait Edition: Send + Sync {
    /// Who made it, what it is called, when it appeared.
    fn info(&self) -> &EditionInfo;
    /// The sections in order; together their rows are `0..count()`.
    fn sections(&self) -> &[Section];
    /// The number of stories.
    fn count(&self) -> usize;
    /// The story in row `row`.
    fn story(&self, row: usize) -> Option<Arc<Story>>;
    /// The row of a story.
    fn row_of(&self, id: &StoryId) -> Option<usize>;
}

/// What an edition says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionInfo {
    /// What it is an edition of.
    pub series: SeriesId,
    /// Which one; sortable.
    pub edition: String,
    /// Its name.
    pub title: String,
    /// What it is, in a sentence, or empty.
    pub summary: String,
    /// BCP 47, such as `en`; empty where unknown.
    pub language: String,
    /// When it appeared.
    pub published: Option<Date>,
    /// Who made it, or empty.
    pub publisher: String,
    /// The maker's address, or empty.
    pub publisher_url: String,
    /// What one may do with it, or empty.
    pub rights: String,
    /// The picture of its front.
    pub cover: Option<Picture>,
    /// Whether it is only a part of the edition, such as a story that a reader kept.
    pub excerpt: bool,
}

/// A named run of stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its name, as shown.
    pub title: String,
    /// Its rows.
    pub rows: Range<usize>,
}

/// A story without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its name in the series.
    pub id: StoryId,
    /// The section's place in [`Edition::sections`].
    pub section: usize,
    /// The headline.
    pub headline: String,
    /// The standfirst, or empty.
    pub summary: String,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// When it appeared.
    pub published: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Its picture.
    pub thumbnail: Option<Picture>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Other stories, by id.
    pub related: Vec<StoryId>,
    /// Where it first appeared, an address.
    pub source: Option<String>,
    /// Whether it has no body.
    pub brief: bool,
    /// Where it was taken from, in a pack that holds stories of others.
    pub clipped: Option<Box<Clipped>>,
}

/// Where a story was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clipped {
    /// What the pack was an edition of.
    pub series: SeriesId,
    /// What the story was called there.
    pub story: StoryId,
    /// Which edition, or empty.
    pub edition: String,
    /// The pack's name, or empty.
    pub title: String,
    /// When the edition appeared.
    pub published: Option<Date>,
    /// Who made it, or empty.
    pub publisher: String,
    /// What one may do with the story, or empty.
    pub rights: String,
    /// SHA-256 of the body as it was there, in hexadecimal, or empty.
    pub digest: String,
}

impl Clipped {
    /// The pack and its day: `World Desk, 9 August 2025`.
    pub fn from(&self) -> String {
        let title = if self.title.is_empty() {
            self.series.as_str()
        } else {
            &self.title
        };
        match self.published {
            Some(date) => format!("{title}, {}", date.day()),
            None if self.edition.is_empty() => title.to_owned(),
            None => format!("{title}, edition {}", self.edition),
        }
    }
}

/// A picture of a pack, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name inside the pack.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The caption, or empty.
    pub caption: String,
    /// Whose it is, or empty.
    pub credit: String,
}
