//! `bookmarks/<series>.ron`: one file a series, a record a bookmark, the newest last.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::file::{Kind, edit_list, mentions, parse, records};
use super::names::{file_stem, is_ours, series_of_stem};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::{Group, quote};
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Bookmark, BookmarkChange, SeriesId, StoryId};

const KIND: Kind = Kind {
    file: "Bookmarks",
    list: Some("bookmarks"),
    record: "Bookmark",
    understands: |text| parse::<Record>(text).is_ok(),
};

/// A record as version 1 has it. Only the story must be there; a record written by hand may be short.
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
}

impl Shelf {
    /// The bookmarks of a series, in the order they were saved.
    pub fn load_bookmarks(&self, series: &SeriesId) -> Loaded<Vec<Bookmark>> {
        let path = self.bookmarks_path(&file_stem(series));
        self.load_bookmark_file(&path, Some(series))
    }

    /// Every bookmark of every series, the newest first. A damaged file hurts only itself.
    pub fn load_all_bookmarks(&self) -> Loaded<Vec<Bookmark>> {
        let folder = self.folder().join("bookmarks");
        let mut all = Loaded::<Vec<Bookmark>>::default();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return all,
            Err(error) => {
                let what = error.to_string();
                all.notices.push(ShelfNotice {
                    file: folder,
                    trouble: Trouble::Unreadable { what },
                    fate: Fate::Left { salvaged: 0 },
                });
                return all;
            }
        };
        let stems: BTreeSet<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".ron").map(str::to_owned))
            .filter(|stem| is_ours(stem))
            .collect();
        for stem in stems {
            let series = series_of_stem(&stem);
            let loaded = self.load_bookmark_file(&self.bookmarks_path(&stem), series.as_ref());
            all.value.extend(loaded.value);
            all.notices.extend(loaded.notices);
        }
        all.value.sort_by(|a, b| b.saved.cmp(&a.saved));
        all
    }

    /// Applies changes to the bookmarks of a series, and returns when they are on the disk.
    pub fn change_bookmarks(
        &self,
        series: &SeriesId,
        changes: &[BookmarkChange],
    ) -> Result<Saved, ShelfError> {
        let path = self.bookmarks_path(&file_stem(series));
        self.change_file(&KIND, &path, &fresh(Some(series)), |file| {
            edit_list(&KIND, file, |list| apply(list, changes))
        })
    }

    fn load_bookmark_file(&self, path: &Path, series: Option<&SeriesId>) -> Loaded<Vec<Bookmark>> {
        self.load_file(&KIND, path, &fresh(series), |text, notices| {
            let file = Group::fields(text).ok();
            let named = file
                .and_then(|it| parse::<String>(it.get("series")?).ok())
                .map(SeriesId::new);
            let series = series.or(named.as_ref());
            records(&KIND, path, text, notices, parse::<Record>)
                .into_iter()
                .map(|record| record.into_bookmark(series))
                .collect()
        })
    }

    fn bookmarks_path(&self, stem: &str) -> PathBuf {
        self.folder().join("bookmarks").join(format!("{stem}.ron"))
    }
}

/// A file without bookmarks.
fn fresh(series: Option<&SeriesId>) -> String {
    let series = quote(series.map_or("", SeriesId::as_str));
    format!(
        "// Offprint keeps your bookmarks here. You may edit, copy and back up this file.\nBookmarks(\n    version: 1,\n    series: {series},\n    bookmarks: [],\n)\n"
    )
}

/// Applies changes to the list; `false` where it stays as it is.
fn apply(list: &mut Group<'_>, changes: &[BookmarkChange]) -> bool {
    let wanted: Vec<&str> = changes.iter().map(|it| story_of(it).as_str()).collect();
    let story = |text: &str| {
        let record = mentions(text, &wanted).then(|| parse::<Record>(text).ok());
        record.flatten().map(|it| StoryId::new(it.story))
    };
    let old: Vec<Option<StoryId>> = list.values().map(story).collect();
    let mut here: BTreeSet<&StoryId> = old.iter().flatten().collect();
    let mut gone = BTreeSet::new();
    let mut new: Vec<&Bookmark> = Vec::new();
    let mut digests: BTreeMap<&StoryId, &str> = BTreeMap::new();
    for change in changes {
        let story = story_of(change);
        match change {
            BookmarkChange::Add(bookmark) => {
                if here.insert(story) {
                    new.push(bookmark);
                }
            }
            BookmarkChange::Remove { .. } => {
                if here.remove(story) {
                    new.retain(|it| it.story != *story);
                    gone.insert(story);
                }
            }
            BookmarkChange::Digest { digest, .. } => {
                digests.insert(story, digest.as_str());
            }
        }
    }
    let filled = fill_digests(list, &old, &digests);
    let is_gone = |it: &Option<StoryId>| it.as_ref().is_some_and(|it| gone.contains(it));
    let any_gone = old.iter().any(is_gone);
    if any_gone {
        list.retain(|index, _| !is_gone(&old[index]));
    }
    for bookmark in &new {
        let digest = match digests.get(&bookmark.story) {
            Some(digest) if bookmark.digest.is_empty() => digest,
            _ => bookmark.digest.as_str(),
        };
        list.push(record(bookmark, digest), "        ");
    }
    any_gone || filled || !new.is_empty()
}

/// Writes digests into the records that have none; `false` where there was none to write.
fn fill_digests(
    list: &mut Group<'_>,
    stories: &[Option<StoryId>],
    digests: &BTreeMap<&StoryId, &str>,
) -> bool {
    let mut filled = Vec::new();
    for (index, (story, text)) in stories.iter().zip(list.values()).enumerate() {
        let Some(digest) = story.as_ref().and_then(|it| digests.get(it)) else {
            continue;
        };
        let empty = parse::<Record>(text).is_ok_and(|it| it.digest.is_empty());
        if let (true, Ok(mut fields)) = (empty, Group::fields(text)) {
            fields.set("digest", quote(digest));
            filled.push((index, fields.render()));
        }
    }
    let any = !filled.is_empty();
    for (index, text) in filled {
        list.replace(index, text);
    }
    any
}

fn story_of(change: &BookmarkChange) -> &StoryId {
    match change {
        BookmarkChange::Add(bookmark) => &bookmark.story,
        BookmarkChange::Remove { story } | BookmarkChange::Digest { story, .. } => story,
    }
}

/// A bookmark as it stands in the file.
fn record(it: &Bookmark, digest: &str) -> String {
    let published = it.published.as_deref().unwrap_or_default();
    let fields = [
        ("series", it.series.as_str()),
        ("edition", &it.edition),
        ("story", it.story.as_str()),
        ("digest", digest),
        ("headline", &it.headline),
        ("summary", &it.summary),
        ("publisher", &it.publisher),
        ("pack_title", &it.pack_title),
        ("published", published),
        ("saved", &it.saved),
        ("origin", &it.origin),
    ];
    let mut text = "Bookmark(\n".to_owned();
    for (name, value) in fields {
        if name != "published" || it.published.is_some() {
            // Writing to a string cannot fail.
            _ = writeln!(text, "            {name}: {},", quote(value));
        }
    }
    text.push_str("        )");
    text
}

impl Record {
    fn into_bookmark(self, series: Option<&SeriesId>) -> Bookmark {
        Bookmark {
            series: match series {
                Some(series) if self.series.is_empty() => series.clone(),
                _ => SeriesId::new(self.series),
            },
            edition: self.edition,
            story: StoryId::new(self.story),
            digest: self.digest,
            headline: self.headline,
            summary: self.summary,
            publisher: self.publisher,
            pack_title: self.pack_title,
            published: self.published,
            saved: self.saved,
            origin: self.origin,
        }
    }
}
