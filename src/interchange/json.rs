//! JSON with everything that is known. Fields may be added, never renamed or taken away.

use serde::Serialize;

use super::entry::Entry;
use crate::model::{Highlight, Remark, Snapshot};

#[derive(Serialize)]
struct Document<'a> {
    /// `offprint-marks`.
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
    saved: String,
    tags: Vec<&'a str>,
    /// Every version of the note; more than one where two machines wrote at once.
    notes: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct HighlightJson<'a> {
    id: &'a str,
    series: &'a str,
    story: &'a str,
    #[serde(flatten)]
    was: Was<'a>,
    saved: String,
    quote: &'a str,
    before: &'a str,
    after: &'a str,
    block: usize,
    offset: usize,
    colour: &'static str,
    notes: Vec<Note<'a>>,
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
            saved: it.saved().to_string(),
            tags: it.tags.iter().collect(),
            notes: notes(&it.remark),
        })
    });
    let highlights = entries.iter().flat_map(|it| &it.highlights);
    let document = Document {
        kind: "offprint-marks",
        version: 1,
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
        saved: it.life.made.to_string(),
        quote: &it.anchor.quote,
        before: &it.anchor.before,
        after: &it.anchor.after,
        block: it.anchor.block,
        offset: it.anchor.offset,
        colour: it.colour.1.name(),
        notes: notes(&it.remark),
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

fn notes(remark: &Remark) -> Vec<Note<'_>> {
    let versions = remark.versions().filter(|(_, text)| !text.is_empty());
    let note = |(at, text): (crate::model::Stamp, _)| Note {
        at: at.to_string(),
        text,
    };
    versions.map(note).collect()
}
