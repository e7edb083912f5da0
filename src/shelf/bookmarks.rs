//! `bookmarks/<series>.ron`: one file a series and its volumes, a record a bookmark, the newest last.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ron::error::SpannedError;
use serde::Deserialize;

use super::class::Class;
use super::file::Kind;
use super::marks::{self, Field, Mark, OtherNote, optional, remark_fields, tag_fields, text, time};
use super::names::file_stem;
use super::outline::quote;
use super::quick::parse;
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Bookmark, BookmarkChange, SeriesId, Snapshot, StoryId};

pub(super) static CLASS: Class = Class {
    folder: "bookmarks",
    kind: Kind {
        file: "Bookmarks",
        version: 2,
        list: Some("bookmarks"),
        record: Bookmark::NAME,
        understands: |text| Bookmark::read(text).is_ok(),
    },
    fresh,
    key_field: Bookmark::KEY,
    key: marks::key::<Bookmark>,
    join: marks::joined::<Bookmark>,
    counts: |it| &mut it.bookmarks,
};

/// A record as versions 1 and 2 have it; what is after `origin` came with version 2. Only the story must be there; a record
/// written by hand may be short.
#[derive(Deserialize)]
#[serde(rename = "Bookmark")]
struct Record {
    #[serde(default)]
    series: String,
    #[serde(default)]
    edition: String,
    story: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    headline: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    pack_title: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    saved: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    removed: String,
    #[serde(default)]
    restored: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    tags_at: BTreeMap<String, String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    note_at: String,
    #[serde(default)]
    other_notes: Vec<OtherNote>,
    #[serde(default)]
    notes_replaced: Vec<String>,
}

impl Mark for Bookmark {
    const NAME: &'static str = "Bookmark";
    const KEY: &'static str = "story";
    const FIELDS: &'static [&'static str] = &[
        "series",
        "edition",
        "story",
        "digest",
        "headline",
        "summary",
        "publisher",
        "pack_title",
        "published",
        "saved",
        "origin",
        "removed",
        "restored",
        "tags",
        "tags_at",
        "note",
        "note_at",
        "other_notes",
        "notes_replaced",
    ];
    type Change = BookmarkChange;

    fn class() -> &'static Class {
        &CLASS
    }

    fn read(text: &str) -> Result<Self, SpannedError> {
        let it: Record = parse(text)?;
        Ok(Self {
            series: SeriesId::new(it.series),
            story: StoryId::new(it.story),
            was: Snapshot {
                edition: it.edition,
                digest: it.digest,
                headline: it.headline,
                summary: it.summary,
                publisher: it.publisher,
                pack_title: it.pack_title,
                published: it.published,
                origin: it.origin,
            },
            life: marks::life(&it.saved, &it.removed, &it.restored),
            tags: marks::tags(&it.tags, &it.tags_at),
            remark: marks::remark(&it.note, &it.note_at, &it.other_notes, &it.notes_replaced),
        })
    }

    fn key(&self) -> &str {
        self.story.as_str()
    }

    fn series(&mut self) -> &mut SeriesId {
        &mut self.series
    }

    fn shed(&mut self, other: &mut Self) {
        marks::shed(&mut self.was, &mut other.was);
        marks::shed(&mut self.life, &mut other.life);
        marks::shed(&mut self.tags, &mut other.tags);
        marks::shed(&mut self.remark, &mut other.remark);
    }

    fn was(&mut self) -> &mut Snapshot {
        &mut self.was
    }

    fn fields(&self) -> Vec<Field> {
        let was = &self.was;
        let published = was.published.as_deref().unwrap_or_default();
        let mut fields = vec![
            text("series", self.series.as_str()),
            text("edition", &was.edition),
            text("story", self.story.as_str()),
            text("digest", &was.digest),
            text("headline", &was.headline),
            text("summary", &was.summary),
            text("publisher", &was.publisher),
            text("pack_title", &was.pack_title),
            optional("published", published),
            text("saved", &self.life.made.to_string()),
            text("origin", &was.origin),
            time("removed", self.life.removed),
            time("restored", self.life.restored),
        ];
        fields.extend(tag_fields(&self.tags));
        fields.extend(remark_fields(&self.remark));
        fields
    }

    fn join(&mut self, other: &Self) {
        self.join(other);
    }

    fn key_of(change: &BookmarkChange) -> &str {
        change.story().as_str()
    }

    fn brought(change: &mut BookmarkChange) -> Option<&mut Self> {
        match change {
            BookmarkChange::Add(it) | BookmarkChange::Join(it) => Some(it),
            _ => None,
        }
    }

    fn apply(change: &BookmarkChange, record: &mut Option<Self>) {
        change.apply(record);
    }
}

impl Shelf {
    /// The bookmarks of a series, in the order they were saved.
    pub fn load_bookmarks(&self, series: &SeriesId) -> Loaded<Vec<Bookmark>> {
        self.load_marks(&file_stem(series), Some(series))
    }

    /// Every bookmark of every series, the newest first. A damaged file hurts only itself.
    pub fn load_all_bookmarks(&self) -> Loaded<Vec<Bookmark>> {
        let mut all = self.load_all_marks::<Bookmark>();
        all.value.sort_by_key(|it| Reverse(it.saved()));
        all
    }

    /// Applies changes to the bookmarks of a series, and returns when they are on the disk.
    pub fn change_bookmarks(
        &self,
        series: &SeriesId,
        changes: &[BookmarkChange],
    ) -> Result<Saved, ShelfError> {
        self.change_marks::<Bookmark>(series, changes)
    }
}

/// A file without bookmarks.
fn fresh(series: Option<&SeriesId>) -> String {
    let series = quote(series.map_or("", SeriesId::as_str));
    format!(
        "// Offprint keeps your bookmarks here. You may edit, copy and back up this file.\nBookmarks(\n    version: 2,\n    series: {series},\n    bookmarks: [],\n)\n"
    )
}
