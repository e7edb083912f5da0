//! `bookmarks/<series>.ron`: one file a series, a record a bookmark, the newest last.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ron::error::SpannedError;
use serde::Deserialize;

use super::file::{Kind, edit_list, parse, records};
use super::marks::{self, Field, Mark, OtherNote, optional, remark_fields, tag_fields, text, time};
use super::names::{file_stem, is_ours, series_of_stem};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::{Group, quote};
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Bookmark, BookmarkChange, SeriesId, Snapshot, StoryId};

pub(super) const KIND: Kind = Kind {
    file: "Bookmarks",
    version: 2,
    list: Some("bookmarks"),
    record: Bookmark::NAME,
    understands: |text| Bookmark::read(text).is_ok(),
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
    type Change = BookmarkChange;

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

    fn apply(change: &BookmarkChange, record: &mut Option<Self>) {
        change.apply(record);
    }
}

impl Shelf {
    /// The bookmarks of a series, in the order they were saved.
    pub fn load_bookmarks(&self, series: &SeriesId) -> Loaded<Vec<Bookmark>> {
        let path = self.bookmarks_path(&file_stem(series));
        let copies = self.take_in_copies(&path, series);
        let mut loaded = self.load_bookmark_file(&path, Some(series));
        loaded.notices.splice(0..0, copies);
        loaded
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
            if let Some(series) = &series {
                let path = self.bookmarks_path(&stem);
                all.notices.extend(self.take_in_copies(&path, series));
            }
            let loaded = self.load_bookmark_file(&self.bookmarks_path(&stem), series.as_ref());
            all.value.extend(loaded.value);
            all.notices.extend(loaded.notices);
        }
        all.value.sort_by_key(|it| Reverse(it.saved()));
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
            edit_list(&KIND, file, |list| marks::apply::<Bookmark>(list, changes))
        })
    }

    fn load_bookmark_file(&self, path: &Path, series: Option<&SeriesId>) -> Loaded<Vec<Bookmark>> {
        self.load_file(&KIND, path, &fresh(series), |text, notices| {
            let file = Group::fields(text).ok();
            let named = file
                .and_then(|it| parse::<String>(it.get("series")?).ok())
                .map(SeriesId::new);
            let series = series.or(named.as_ref());
            let mut bookmarks = records(&KIND, path, text, notices, Bookmark::read);
            for bookmark in &mut bookmarks {
                if let Some(series) = series
                    && bookmark.series.as_str().is_empty()
                {
                    bookmark.series = series.clone();
                }
            }
            bookmarks
        })
    }

    fn bookmarks_path(&self, stem: &str) -> PathBuf {
        self.folder().join("bookmarks").join(format!("{stem}.ron"))
    }
}

/// A file without bookmarks.
pub(super) fn fresh(series: Option<&SeriesId>) -> String {
    let series = quote(series.map_or("", SeriesId::as_str));
    format!(
        "// Offprint keeps your bookmarks here. You may edit, copy and back up this file.\nBookmarks(\n    version: 2,\n    series: {series},\n    bookmarks: [],\n)\n"
    )
}
