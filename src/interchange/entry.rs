//! What is written of one story: its bookmark, if there is one, and its marked passages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Bookmark, Highlight, SeriesId, Snapshot, StoryId};

/// A story with what the reader marked in it.
pub(super) struct Entry<'a> {
    pub series: &'a SeriesId,
    pub story: &'a StoryId,
    pub was: &'a Snapshot,
    pub bookmark: Option<&'a Bookmark>,
    /// In the order of the text.
    pub highlights: Vec<&'a Highlight>,
}

impl Entry<'_> {
    /// The headline, or the story's id where none was known.
    pub fn headline(&self) -> &str {
        match self.was.headline.trim() {
            "" => self.story.as_str(),
            headline => headline,
        }
    }

    /// Publisher, pack, edition: what is known of them.
    pub fn source(&self) -> String {
        let known = [&self.was.publisher, &self.was.pack_title, &self.was.edition];
        let known: Vec<&str> = known.iter().map(|it| it.trim()).collect();
        let mut parts: Vec<&str> = Vec::new();
        for part in known {
            if !part.is_empty() && !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }
}

/// The stories with something in them that is there.
pub(super) fn entries<'a>(
    bookmarks: &'a [Bookmark],
    highlights: &'a [Highlight],
) -> Vec<Entry<'a>> {
    let mut passages: BTreeMap<_, Vec<&Highlight>> = BTreeMap::new();
    for highlight in highlights.iter().filter(|it| it.is_there()) {
        let key = (&highlight.series, &highlight.story);
        passages.entry(key).or_default().push(highlight);
    }
    for passages in passages.values_mut() {
        passages.sort_by_key(|it| (it.anchor.block, it.anchor.offset));
    }
    let mut newest: Vec<&Bookmark> = bookmarks.iter().filter(|it| it.is_there()).collect();
    newest.sort_by_key(|it| (Reverse(it.saved()), &it.series, &it.story));
    let mut entries: Vec<Entry<'_>> = newest
        .into_iter()
        .map(|bookmark| Entry {
            series: &bookmark.series,
            story: &bookmark.story,
            was: &bookmark.was,
            bookmark: Some(bookmark),
            highlights: passages
                .remove(&(&bookmark.series, &bookmark.story))
                .unwrap_or_default(),
        })
        .collect();
    for ((series, story), highlights) in passages {
        if let Some(first) = highlights.first() {
            entries.push(Entry {
                series,
                story,
                was: &first.was,
                bookmark: None,
                highlights,
            });
        }
    }
    entries
}
