//! The reader's own record of a story. It says what the story was even when the pack is gone.

use super::date::Date;
use super::edition::{EditionInfo, Story};
use super::ids::{SeriesId, StoryId};

/// What a bookmark's origin says when the pack is inside the program.
pub const BUILT_IN: &str = "built in";

/// A story the reader wants to find again, with the bookmark's own copy of what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// What the pack is an edition of.
    pub series: SeriesId,
    /// The edition the reader was in.
    pub edition: String,
    /// The story.
    pub story: StoryId,
    /// SHA-256 of the body as it was, in hex; empty where it was not known.
    pub digest: String,
    /// The headline as it was.
    pub headline: String,
    /// The standfirst as it was, or empty.
    pub summary: String,
    /// Who made the pack, or empty.
    pub publisher: String,
    /// What the pack was called.
    pub pack_title: String,
    /// When the story appeared, as the pack wrote it.
    pub published: Option<String>,
    /// When the reader saved it: RFC 3339, UTC.
    pub saved: String,
    /// Where the pack was: a path, or [`BUILT_IN`].
    pub origin: String,
}

impl Bookmark {
    /// A bookmark of `story` in the edition `info`, which is at `origin`; `digest` is of its body, `saved` is now.
    pub fn of(info: &EditionInfo, story: &Story, digest: &str, origin: &str, saved: &str) -> Self {
        Self {
            series: info.series.clone(),
            edition: info.edition.clone(),
            story: story.id.clone(),
            digest: digest.to_owned(),
            headline: story.headline.clone(),
            summary: story.summary.clone(),
            publisher: info.publisher.clone(),
            pack_title: info.title.clone(),
            published: story.published.map(Date::iso),
            saved: saved.to_owned(),
            origin: origin.to_owned(),
        }
    }
}

/// A change to the bookmarks of one series.
///
/// It is applied to the file as it is at that moment, so that two programs on one data folder never undo each other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "changes are few and short-lived")]
pub enum BookmarkChange {
    /// Keep this story. A story that is bookmarked already stays as it was first saved.
    Add(Bookmark),
    /// Forget this story.
    Remove {
        /// The story of the series.
        story: StoryId,
    },
    /// Fill in what the body was, for a story that was bookmarked before its body was read. A digest that is there stays.
    Digest {
        /// The story of the series.
        story: StoryId,
        /// SHA-256 of the body, in hex.
        digest: String,
    },
}
