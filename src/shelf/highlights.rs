//! `highlights/<series>.ron`: one file a series and its volumes, a record a marked passage, the newest last.

use ron::error::SpannedError;
use serde::Deserialize;

use super::class::Class;
use super::file::Kind;
use super::marks::{self, Field, Mark, OtherNote, optional, remark_fields, text, time};
use super::names::file_stem;
use super::outline::quote;
use super::quick::parse;
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{
    Anchor, Colour, Highlight, HighlightChange, HighlightId, SeriesId, Snapshot, StoryId,
};

pub(super) static CLASS: Class = Class {
    folder: "highlights",
    kind: Kind {
        file: "Highlights",
        version: 1,
        list: Some("highlights"),
        record: Highlight::NAME,
        understands: |text| Highlight::read(text).is_ok(),
    },
    fresh,
    key_field: Highlight::KEY,
    key: marks::key::<Highlight>,
    join: marks::joined::<Highlight>,
    counts: |it| &mut it.highlights,
};

/// A record as version 1 has it. Its name, its story and its words must be there.
#[derive(Deserialize)]
#[serde(rename = "Highlight")]
struct Record {
    id: String,
    story: String,
    quote: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    block: usize,
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    colour: String,
    #[serde(default)]
    colour_at: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    note_at: String,
    #[serde(default)]
    other_notes: Vec<OtherNote>,
    #[serde(default)]
    notes_replaced: Vec<String>,
    #[serde(default)]
    series: String,
    #[serde(default)]
    edition: String,
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
    origin: String,
    #[serde(default)]
    saved: String,
    #[serde(default)]
    removed: String,
    #[serde(default)]
    restored: String,
}

impl Shelf {
    /// The marked passages of a series, in the order they were made, with those that were taken away.
    pub fn load_highlights(&self, series: &SeriesId) -> Loaded<Vec<Highlight>> {
        self.load_marks(&file_stem(series), Some(series))
    }

    /// Every marked passage of every series, with those that were taken away. A damaged file hurts only itself.
    pub fn load_all_highlights(&self) -> Loaded<Vec<Highlight>> {
        self.load_all_marks()
    }

    /// Applies changes to the marked passages of a series, and returns when they are on the disk.
    pub fn change_highlights(
        &self,
        series: &SeriesId,
        changes: &[HighlightChange],
    ) -> Result<Saved, ShelfError> {
        self.change_marks::<Highlight>(series, changes)
    }
}

/// A file without highlights.
fn fresh(series: Option<&SeriesId>) -> String {
    let series = quote(series.map_or("", SeriesId::as_str));
    format!(
        "// Offprint keeps the passages you marked here. You may edit, copy and back up this file.\nHighlights(\n    version: 1,\n    series: {series},\n    highlights: [],\n)\n"
    )
}

impl Mark for Highlight {
    const NAME: &'static str = "Highlight";
    const KEY: &'static str = "id";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "story",
        "quote",
        "before",
        "after",
        "block",
        "offset",
        "colour",
        "colour_at",
        "note",
        "note_at",
        "other_notes",
        "notes_replaced",
        "series",
        "edition",
        "digest",
        "headline",
        "summary",
        "publisher",
        "pack_title",
        "published",
        "origin",
        "saved",
        "removed",
        "restored",
    ];
    type Change = HighlightChange;

    fn class() -> &'static Class {
        &CLASS
    }

    fn read(text: &str) -> Result<Self, SpannedError> {
        let it: Record = parse(text)?;
        Ok(Self {
            id: HighlightId::new(it.id),
            series: SeriesId::new(it.series),
            story: StoryId::new(it.story),
            anchor: Anchor {
                quote: it.quote,
                before: it.before,
                after: it.after,
                block: it.block,
                offset: it.offset,
            },
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
            colour: (marks::stamp(&it.colour_at), Colour::named(&it.colour)),
            remark: marks::remark(&it.note, &it.note_at, &it.other_notes, &it.notes_replaced),
            life: marks::life(&it.saved, &it.removed, &it.restored),
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }

    fn series(&mut self) -> &mut SeriesId {
        &mut self.series
    }

    fn shed(&mut self, other: &mut Self) {
        marks::shed(&mut self.was, &mut other.was);
        marks::shed(&mut self.anchor, &mut other.anchor);
        marks::shed(&mut self.life, &mut other.life);
        marks::shed(&mut self.remark, &mut other.remark);
    }

    fn was(&mut self) -> &mut Snapshot {
        &mut self.was
    }

    fn fields(&self) -> Vec<Field> {
        let (anchor, was) = (&self.anchor, &self.was);
        let number = |name, value: usize| Field {
            name,
            value: value.to_string(),
            needed: true,
        };
        let mut fields = vec![
            text("id", self.id.as_str()),
            text("story", self.story.as_str()),
            text("quote", &anchor.quote),
            text("before", &anchor.before),
            text("after", &anchor.after),
            number("block", anchor.block),
            number("offset", anchor.offset),
            text("colour", self.colour.1.name()),
            time("colour_at", self.colour.0),
        ];
        fields.extend(remark_fields(&self.remark));
        fields.extend([
            text("series", self.series.as_str()),
            text("edition", &was.edition),
            text("digest", &was.digest),
            text("headline", &was.headline),
            optional("summary", &was.summary),
            text("publisher", &was.publisher),
            text("pack_title", &was.pack_title),
            optional("published", was.published.as_deref().unwrap_or_default()),
            text("origin", &was.origin),
            text("saved", &self.life.made.to_string()),
            time("removed", self.life.removed),
            time("restored", self.life.restored),
        ]);
        fields
    }

    fn join(&mut self, other: &Self) {
        self.join(other);
    }

    fn key_of(change: &HighlightChange) -> &str {
        change.id().as_str()
    }

    fn brought(change: &mut HighlightChange) -> Option<&mut Self> {
        match change {
            HighlightChange::Add(it) | HighlightChange::Join(it) => Some(it),
            _ => None,
        }
    }

    fn apply(change: &HighlightChange, record: &mut Option<Self>) {
        change.apply(record);
    }
}
