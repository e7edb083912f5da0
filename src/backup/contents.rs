//! What is in a data folder, record by record, so that two of them can be compared.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{Bookmark, Difference, Highlight, HighlightId, Place, Plan, SeriesId, StoryId};
use crate::shelf::Shelf;

/// What is in a data folder, without the kept copies.
#[derive(Debug, Default)]
pub(super) struct Contents {
    bookmarks: BTreeMap<(SeriesId, StoryId), Bookmark>,
    highlights: BTreeMap<(SeriesId, HighlightId), Highlight>,
    reading: BTreeMap<(SeriesId, StoryId), (bool, Option<Place>)>,
    recent: BTreeMap<String, String>,
    settings: BTreeMap<String, String>,
    /// What is wrong with its files: the file, and what.
    pub faults: Vec<(PathBuf, String)>,
}

impl Contents {
    /// Reads everything. Copies beside a file are taken in on the way, and a damaged file is set aside, so it must be a folder of our own.
    pub(super) fn of(shelf: &Shelf) -> Self {
        let (bookmarks, highlights) = (shelf.load_all_bookmarks(), shelf.load_all_highlights());
        let (reading, recent) = (shelf.load_all_reading(), shelf.load_recent());
        let notices = [
            &bookmarks.notices,
            &highlights.notices,
            &reading.notices,
            &recent.notices,
        ];
        let mut it = Self {
            faults: notices
                .into_iter()
                .flatten()
                .map(|notice| (notice.file.clone(), notice.trouble.to_string()))
                .collect(),
            settings: shelf.chosen_settings(),
            ..Self::default()
        };
        for bookmark in bookmarks.value.into_iter().filter(Bookmark::is_there) {
            let key = (bookmark.series.clone(), bookmark.story.clone());
            it.bookmarks.insert(key, bookmark);
        }
        for highlight in highlights.value.into_iter().filter(Highlight::is_there) {
            let key = (highlight.series.clone(), highlight.id.clone());
            it.highlights.insert(key, highlight);
        }
        for (series, reading) in reading.value {
            for story in reading.read {
                let mark = it.reading.entry((series.clone(), story)).or_default();
                mark.0 = true;
            }
            for (story, place) in reading.places {
                let mark = it.reading.entry((series.clone(), story)).or_default();
                mark.1 = Some(place);
            }
        }
        let paths = recent.value.entries.into_iter();
        it.recent = paths.map(|pack| (pack.path, pack.title)).collect();
        it
    }

    /// What becomes another from `self` to `after`. Of the copies it knows nothing.
    pub(super) fn plan(&self, after: &Self) -> Plan {
        let names = self.settings.keys().chain(after.settings.keys());
        let differs = |name: &&String| self.settings.get(*name) != after.settings.get(*name);
        let mut settings: Vec<String> = names.filter(differs).cloned().collect();
        settings.sort();
        settings.dedup();
        Plan {
            bookmarks: difference(&self.bookmarks, &after.bookmarks),
            highlights: difference(&self.highlights, &after.highlights),
            reading: difference(&self.reading, &after.reading),
            recent: difference(&self.recent, &after.recent),
            settings,
            ..Plan::default()
        }
    }
}

fn difference<K: Ord, V: PartialEq>(before: &BTreeMap<K, V>, after: &BTreeMap<K, V>) -> Difference {
    let mut found = Difference::default();
    for (key, new) in after {
        match before.get(key) {
            None => found.added += 1,
            Some(old) => found.changed += usize::from(old != new),
        }
    }
    found.removed = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .count();
    found
}
