//! `recent.ron`: the packs opened lately, the newest first.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::diagnosis::readable;
use super::file::{Kind, edit_list, records};
use super::outline::{Group, quote};
use super::quick::parse;
use super::{Loaded, Saved, Shelf, ShelfError};
use crate::model::{Recent, RecentChange, RecentPack};

/// The name of the file.
pub(super) const NAME: &str = "recent.ron";

pub(super) const KIND: Kind = Kind {
    file: "Recent",
    version: 1,
    list: Some("packs"),
    record: "Pack",
    understands: |text| parse::<Record>(text).is_ok(),
};

pub(super) const FRESH: &str = "// Offprint keeps here which packs you opened lately.\nRecent(\n    version: 1,\n    packs: [],\n)\n";

#[derive(Deserialize)]
#[serde(rename = "Pack")]
struct Record {
    path: String,
    #[serde(default)]
    title: String,
    /// Not in the files of the first version.
    #[serde(default)]
    series: String,
    #[serde(default)]
    edition: String,
    #[serde(default)]
    opened: String,
}

impl Shelf {
    /// The packs opened lately.
    pub fn load_recent(&self) -> Loaded<Recent> {
        let path = self.recent_path();
        self.load_file(&KIND, &path, FRESH, |text, notices| {
            let records = records(&KIND, &path, text, notices, parse::<Record>);
            Recent {
                entries: records.into_iter().map(|it| it.into_pack(self)).collect(),
            }
        })
    }

    /// Applies changes to the recent list, and returns when they are on the disk.
    pub fn change_recent(&self, changes: &[RecentChange]) -> Result<Saved, ShelfError> {
        self.change_file(&KIND, &self.recent_path(), FRESH, |file| {
            edit_list(&KIND, file, |list| apply(self, list, changes))
        })
    }

    fn recent_path(&self) -> PathBuf {
        self.folder().join(NAME)
    }
}

/// Lists the packs of another list that are not in ours below those that are, as far as there is room.
pub(super) fn take_in(shelf: &Shelf, other: &Path, bytes: &[u8]) -> Result<Saved, ShelfError> {
    let (text, notice) = readable(&KIND, other, bytes, FRESH);
    // However it is written, a place is listed once.
    let path_of = |record: &str| {
        let record = parse::<Record>(record).ok();
        record.map(|it| shelf.place_as_read(it.path))
    };
    let mut saved = shelf.change_file(&KIND, &shelf.recent_path(), FRESH, |file| {
        let theirs = Group::fields(&text).ok();
        let theirs = theirs.as_ref().and_then(|it| it.get("packs"));
        let Some(Ok(theirs)) = theirs.map(Group::items) else {
            return false;
        };
        edit_list(&KIND, file, |list| {
            let mut known: HashSet<String> = list.values().filter_map(path_of).collect();
            let mut room = Recent::MOST.saturating_sub(list.values().count());
            let mut changed = false;
            for record in theirs.values() {
                if room > 0
                    && let Some(path) = path_of(record)
                    && known.insert(path)
                {
                    list.push(record.to_owned(), "        ");
                    room -= 1;
                    changed = true;
                }
            }
            changed
        })
    })?;
    saved.notices.extend(notice);
    Ok(saved)
}

/// Applies changes to the list; `false` where it stays as it is.
fn apply(shelf: &Shelf, list: &mut Group<'_>, changes: &[RecentChange]) -> bool {
    let before: Vec<Option<RecentPack>> = list
        .values()
        .map(|text| parse(text).ok().map(|it: Record| it.into_pack(shelf)))
        .collect();
    let mut recent = Recent {
        entries: before.iter().flatten().cloned().collect(),
    };
    for change in changes {
        recent.apply(change);
    }
    if before.iter().flatten().eq(&recent.entries) {
        return false;
    }
    // What no change names keeps its text and its order; what was opened goes on top, with all that its record says besides.
    let is_named = |pack: &RecentPack| changes.iter().any(|it| path_of(it) == pack.path);
    let stays = |pack: &RecentPack| !is_named(pack) && recent.entries.contains(pack);
    let records: Vec<String> = list.values().map(str::to_owned).collect();
    list.retain(|index, _| before[index].as_ref().is_none_or(stays));
    for pack in recent.entries.iter().rev().filter(|it| is_named(it)) {
        let known = before.iter().zip(&records).find_map(|(it, text)| {
            let same = it.as_ref().is_some_and(|it| it.path == pack.path);
            same.then_some(text.as_str())
        });
        let pack = RecentPack {
            path: shelf.place_to_write(&pack.path),
            ..pack.clone()
        };
        list.push_first(record(&pack, known), "        ");
    }
    true
}

fn path_of(change: &RecentChange) -> &str {
    match change {
        RecentChange::Opened(pack) => &pack.path,
        RecentChange::Forget(path) => path,
    }
}

/// The record of a pack; what `known` says that we do not understand is carried along.
fn record(it: &RecentPack, known: Option<&str>) -> String {
    let Some(Ok(mut record)) = known.map(Group::fields) else {
        return fresh(it);
    };
    for (key, value) in fields(it) {
        record.set(key, quote(value));
    }
    record.render()
}

fn fresh(it: &RecentPack) -> String {
    let fields = fields(it).map(|(key, value)| format!("{key}: {}", quote(value)));
    format!("Pack({})", fields.join(", "))
}

fn fields(it: &RecentPack) -> [(&'static str, &str); 5] {
    [
        ("path", &it.path),
        ("title", &it.title),
        ("series", &it.series),
        ("edition", &it.edition),
        ("opened", &it.opened),
    ]
}

impl Record {
    fn into_pack(self, shelf: &Shelf) -> RecentPack {
        RecentPack {
            path: shelf.place_as_read(self.path),
            title: self.title,
            series: self.series,
            edition: self.edition,
            opened: self.opened,
        }
    }
}
