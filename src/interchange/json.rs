//! JSON with everything that is known. Fields may be added, never renamed or taken away.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entry::Entry;
use crate::model::{Highlight, Life, Remark, Snapshot, Stamp, Tags};

/// What the document says it is.
pub(super) const KIND: &str = "offprint-marks";
/// The newest version there is.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    /// [`KIND`].
    kind: &'static str,
    version: u32,
    bookmarks: Vec<BookmarkJson<'a>>,
    highlights: Vec<HighlightJson<'a>>,
}

#[derive(Serialize)]
struct BookmarkJson<'a> {
    series: &'a str,
    story: &'a str,
    #[serde(flatten)]
    was: Was<'a>,
    #[serde(flatten)]
    life: Times,
    tags: Vec<&'a str>,
    /// When each tag was given or, where it is not among them, taken away.
    tags_at: BTreeMap<&'a str, String>,
    #[serde(flatten)]
    remark: Notes<'a>,
}

#[derive(Serialize)]
struct HighlightJson<'a> {
    id: &'a str,
    series: &'a str,
    story: &'a str,
    #[serde(flatten)]
    was: Was<'a>,
    #[serde(flatten)]
    life: Times,
    quote: &'a str,
    before: &'a str,
    after: &'a str,
    block: usize,
    offset: usize,
    colour: &'static str,
    /// When the colour was chosen.
    colour_at: String,
    #[serde(flatten)]
    remark: Notes<'a>,
}

/// What the story was when it was marked.
#[derive(Serialize)]
struct Was<'a> {
    edition: &'a str,
    digest: &'a str,
    headline: &'a str,
    summary: &'a str,
    publisher: &'a str,
    pack_title: &'a str,
    published: Option<&'a str>,
    origin: &'a str,
}

/// When a record was made; and when it was taken away and put back, if it was.
#[derive(Serialize)]
struct Times {
    saved: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    removed: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    restored: String,
}

#[derive(Serialize)]
struct Notes<'a> {
    /// Every version of the note; more than one where two machines wrote at once, and an empty one where a note was taken away.
    notes: Vec<Note<'a>>,
    /// When the versions were written that others have replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes_replaced: Vec<String>,
}

#[derive(Serialize)]
struct Note<'a> {
    at: String,
    text: &'a str,
}

pub(super) fn document(entries: &[Entry<'_>]) -> String {
    let bookmarks = entries.iter().filter_map(|entry| {
        let it = entry.bookmark?;
        Some(BookmarkJson {
            series: it.series.as_str(),
            story: it.story.as_str(),
            was: was(&it.was),
            life: times(it.life),
            tags: it.tags.iter().collect(),
            tags_at: tag_times(&it.tags),
            remark: notes(&it.remark),
        })
    });
    let highlights = entries.iter().flat_map(|it| &it.highlights);
    let document = Document {
        kind: KIND,
        version: VERSION,
        bookmarks: bookmarks.collect(),
        highlights: highlights.map(|it| highlight(it)).collect(),
    };
    super::pretty(&document)
}

fn highlight(it: &Highlight) -> HighlightJson<'_> {
    HighlightJson {
        id: it.id.as_str(),
        series: it.series.as_str(),
        story: it.story.as_str(),
        was: was(&it.was),
        life: times(it.life),
        quote: &it.anchor.quote,
        before: &it.anchor.before,
        after: &it.anchor.after,
        block: it.anchor.block,
        offset: it.anchor.offset,
        colour: it.colour.1.name(),
        colour_at: it.colour.0.to_string(),
        remark: notes(&it.remark),
    }
}

fn was(it: &Snapshot) -> Was<'_> {
    Was {
        edition: &it.edition,
        digest: &it.digest,
        headline: &it.headline,
        summary: &it.summary,
        publisher: &it.publisher,
        pack_title: &it.pack_title,
        published: it.published.as_deref(),
        origin: &it.origin,
    }
}

fn times(it: Life) -> Times {
    let Life {
        made,
        removed,
        restored,
    } = it;
    Times {
        saved: made.to_string(),
        removed: removed.to_string(),
        restored: restored.to_string(),
    }
}

fn tag_times(tags: &Tags) -> BTreeMap<&str, String> {
    let known = tags
        .marks()
        .filter(|(_, there, at)| !there || !at.is_never());
    known.map(|(tag, _, at)| (tag, at.to_string())).collect()
}

fn notes(remark: &Remark) -> Notes<'_> {
    let note = |(at, text): (Stamp, _)| Note {
        at: at.to_string(),
        text,
    };
    Notes {
        notes: remark.versions().map(note).collect(),
        notes_replaced: remark.replaced().map(|at| at.to_string()).collect(),
    }
}
