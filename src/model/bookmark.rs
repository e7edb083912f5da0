//! The reader's own record of a story. It says what the story was even when the pack is gone.

use super::date::Date;
use super::edition::{EditionInfo, Story};
use super::ids::{SeriesId, StoryId};
use super::life::Life;
use super::remark::Remark;
use super::stamp::Stamp;
use super::tags::Tags;

/// What a bookmark's origin says when the pack is inside the program.
pub const BUILT_IN: &str = "built in";

/// A story the reader wants to find again, with the bookmark's own copy of what it was.
///
/// One that was taken away is kept as well, with the time of that, so that it can be put back and does not come back by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    /// What the pack is an edition of.
    pub series: SeriesId,
    /// The story.
    pub story: StoryId,
    /// What the story was when it was bookmarked.
    pub was: Snapshot,
    /// When it was bookmarked, and whether it still is.
    pub life: Life,
    /// The reader's tags.
    pub tags: Tags,
    /// What the reader wrote beside it.
    pub remark: Remark,
}

/// What a story was when the reader marked it, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snapshot {
    /// The edition the reader was in.
    pub edition: String,
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
    /// Where the pack was: a path, or [`BUILT_IN`].
    pub origin: String,
}

impl Snapshot {
    /// What `story` is in the edition `info`, which is at `origin`; `digest` is of its body.
    pub fn of(info: &EditionInfo, story: &Story, digest: &str, origin: &str) -> Self {
        Self {
            edition: info.edition.clone(),
            digest: digest.to_owned(),
            headline: story.headline.clone(),
            summary: story.summary.clone(),
            publisher: info.publisher.clone(),
            pack_title: info.title.clone(),
            published: story.published.map(Date::iso),
            origin: origin.to_owned(),
        }
    }
}

impl Bookmark {
    /// A bookmark of `story` in the edition `info`, which is at `origin`; `digest` is of its body, `saved` is now.
    pub fn of(info: &EditionInfo, story: &Story, digest: &str, origin: &str, saved: Stamp) -> Self {
        Self {
            series: info.series.clone(),
            story: story.id.clone(),
            was: Snapshot::of(info, story, digest, origin),
            life: Life::new(saved),
            ..Self::default()
        }
    }

    /// When the reader saved it.
    pub fn saved(&self) -> Stamp {
        self.life.made
    }

    /// Whether the story is bookmarked, and not one that was.
    pub fn is_there(&self) -> bool {
        self.life.is_there()
    }

    /// Takes in what another copy of the record knows: in any order, any number of times, with one result.
    pub fn join(&mut self, other: &Self) {
        if (other.life.made, &other.was) > (self.life.made, &self.was) {
            self.was.clone_from(&other.was);
        }
        self.life.join(&other.life);
        self.tags.join(&other.tags);
        self.remark.join(&other.remark);
    }
}

/// A change to the bookmarks of one series.
///
/// It is applied to the file as it is at that moment, so that two programs on one data folder never undo each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookmarkChange {
    /// Bookmark this story. One that is bookmarked already stays as it was first saved; one that was taken away is
    /// made anew and has its tags and remarks again.
    Add(Box<Bookmark>),
    /// Take the bookmark of this story away.
    Remove {
        /// The story of the series.
        story: StoryId,
        /// Now.
        at: Stamp,
    },
    /// Put the bookmark of this story back as it was.
    Restore {
        /// The story of the series.
        story: StoryId,
        /// Now.
        at: Stamp,
    },
    /// Fill in what the body was, for a story that was bookmarked before its body was read. A digest that is there stays.
    Digest {
        /// The story of the series.
        story: StoryId,
        /// SHA-256 of the body, in hex.
        digest: String,
    },
    /// Give the bookmark a tag, or take one away.
    Tag {
        /// The story of the series.
        story: StoryId,
        /// The tag.
        tag: String,
        /// Whether it is to be there.
        there: bool,
        /// Now.
        at: Stamp,
    },
    /// Write beside the story; an empty text takes the remark away.
    Remark {
        /// The story of the series.
        story: StoryId,
        /// The text.
        text: String,
        /// Now.
        at: Stamp,
    },
    /// Take in what another copy of the record knows.
    Join(Box<Bookmark>),
}

impl BookmarkChange {
    /// The story it is about.
    pub fn story(&self) -> &StoryId {
        match self {
            Self::Add(bookmark) | Self::Join(bookmark) => &bookmark.story,
            Self::Remove { story, .. }
            | Self::Restore { story, .. }
            | Self::Digest { story, .. }
            | Self::Tag { story, .. }
            | Self::Remark { story, .. } => story,
        }
    }

    /// Applies the change to the record of its story, which may not be there yet.
    pub fn apply(&self, record: &mut Option<Bookmark>) {
        match (self, record) {
            (Self::Add(new) | Self::Join(new), record @ None) => *record = Some((**new).clone()),
            (Self::Add(new), Some(record)) if !record.is_there() => {
                record.was.clone_from(&new.was);
                record.life.renew(new.life.made);
                record.tags.join(&new.tags);
                record.remark.join(&new.remark);
            }
            (Self::Join(other), Some(record)) => record.join(other),
            (Self::Remove { at, .. }, Some(record)) if record.is_there() => {
                record.life.remove(*at);
            }
            (Self::Restore { at, .. }, Some(record)) if !record.is_there() => {
                record.life.restore(*at);
            }
            (Self::Digest { digest, .. }, Some(record)) if record.was.digest.is_empty() => {
                record.was.digest.clone_from(digest);
            }
            (Self::Tag { tag, there, at, .. }, Some(record)) => record.tags.set(tag, *there, *at),
            (Self::Remark { text, at, .. }, Some(record)) => record.remark.write(text, *at),
            _ => {}
        }
    }
}
