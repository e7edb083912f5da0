//! Takes in what another copy of the reader's files knows: from another machine, a stick, or beside the file itself, where a program
//! that keeps folders alike has put it. Record by record and field by field, in any order, any number of times, with one result.
//!
//! The other copy is only read.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::ShelfError;
use super::file::{Kind, edit_list, parse, readable};
use super::marks::{Mark, rewritten};
use super::names::{file_stem, is_ours, series_of_stem};
use super::notice::{Fate, ShelfNotice, Trouble};
use super::outline::Group;
use super::reading::ReadingRecord;
use super::{Shelf, bookmarks, highlights, reading};
use crate::model::{Bookmark, Highlight, SeriesId};

/// What a merge did. It is durable when this is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Bookmarks, with those that were taken away.
    pub bookmarks: Counts,
    /// Marked passages, with those that were taken away.
    pub highlights: Counts,
    /// Stories with reading marks.
    pub reading: Counts,
    /// What the reader should know about the files, on both sides.
    pub notices: Vec<ShelfNotice>,
}

/// How many records a merge met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were not here.
    pub added: usize,
    /// Records that say more than before.
    pub changed: usize,
    /// Records in which nothing was new.
    pub same: usize,
}

/// A folder of files of one kind, one a series.
pub(super) struct Class {
    /// Its name in the data folder.
    pub folder: &'static str,
    kind: &'static Kind,
    fresh: fn(Option<&SeriesId>) -> String,
    /// The name of a record among those of its file.
    key: fn(&str) -> Option<String>,
    /// A record of ours with what theirs knows besides; `None` where that is nothing.
    join: fn(&str, &str) -> Option<String>,
    counts: fn(&mut Merged) -> &mut Counts,
}

/// The kinds of files that can be merged.
pub(super) const CLASSES: [Class; 3] = [
    Class {
        folder: "bookmarks",
        kind: &bookmarks::KIND,
        fresh: bookmarks::fresh,
        key: key_of::<Bookmark>,
        join: joined::<Bookmark>,
        counts: |it| &mut it.bookmarks,
    },
    Class {
        folder: "highlights",
        kind: &highlights::KIND,
        fresh: |series| highlights::fresh(series.unwrap_or(&SeriesId::default())),
        key: key_of::<Highlight>,
        join: joined::<Highlight>,
        counts: |it| &mut it.highlights,
    },
    Class {
        folder: "reading",
        kind: &reading::KIND,
        fresh: |series| reading::fresh(series.unwrap_or(&SeriesId::default())),
        key: |text| Some(parse::<ReadingRecord>(text).ok()?.id),
        join: reading::joined,
        counts: |it| &mut it.reading,
    },
];

impl Shelf {
    /// Takes in everything another data folder knows of bookmarks, marked passages and reading marks, or one file of such a folder.
    ///
    /// Fails at the first file of ours that cannot be changed; what was taken in before stays. A damaged file on the other side gives
    /// what can be read of it and a notice.
    pub fn merge(&self, other: &Path) -> Result<Merged, ShelfError> {
        self.merge_or_try(other, false)
    }

    /// What [`Self::merge`] would do; nothing is written.
    pub fn try_merge(&self, other: &Path) -> Result<Merged, ShelfError> {
        self.merge_or_try(other, true)
    }

    fn merge_or_try(&self, other: &Path, dry: bool) -> Result<Merged, ShelfError> {
        let mut merged = Merged::default();
        if !other.is_dir() {
            let (class, series, text) = foreign(other, &mut merged)?;
            self.merge_text(class, &series, &text, dry, &mut merged)?;
            return Ok(merged);
        }
        let mut any = false;
        for class in &CLASSES {
            let folder = other.join(class.folder);
            for stem in stems(&folder).map_err(|source| unreadable(&folder, source))? {
                let path = folder.join(format!("{stem}.ron"));
                any = true;
                match foreign(&path, &mut merged) {
                    Ok((it, series, text)) if it.folder == class.folder => {
                        let series = series_of_stem(&stem).unwrap_or(series);
                        self.merge_text(class, &series, &text, dry, &mut merged)?;
                    }
                    Ok(_) => merged.notices.push(misplaced(&path, class.kind.file)),
                    Err(error) => merged.notices.push(left(&path, error.to_string())),
                }
            }
        }
        if !any {
            let source = io::Error::other(
                "there are no files of Offprint’s in it; name a data folder, or one of its files",
            );
            return Err(unreadable(other, source));
        }
        Ok(merged)
    }

    /// Takes in the records of one file; with `dry`, only counts them.
    pub(super) fn merge_text(
        &self,
        class: &Class,
        series: &SeriesId,
        theirs: &str,
        dry: bool,
        merged: &mut Merged,
    ) -> Result<(), ShelfError> {
        let Ok(other) = Group::fields(theirs) else {
            return Ok(());
        };
        let name = class.kind.list.unwrap_or_default();
        let Some(Ok(list)) = other.borrowed(name).map(Group::items) else {
            return Ok(());
        };
        let records: Vec<&str> = list.borrowed_values().collect();
        let path = self.folder().join(class.folder);
        let path = path.join(format!("{}.ron", file_stem(series)));
        let mut counts = Counts::default();
        let fresh = (class.fresh)(Some(series));
        let mut edit = |file: &mut Group<'_>| {
            let changed = edit_list(class.kind, file, |ours| {
                counts = join_lists(class, ours, &records);
                counts.added + counts.changed > 0
            });
            let before = file.fields_named().count();
            take_unknown(file, &other);
            changed || file.fields_named().count() > before
        };
        let notices = if dry {
            let read = |text: &str, _: &mut Vec<ShelfNotice>| {
                if let Ok(mut file) = Group::fields(text) {
                    edit(&mut file);
                }
            };
            self.load_file(class.kind, &path, &fresh, read).notices
        } else {
            self.change_file(class.kind, &path, &fresh, edit)?.notices
        };
        let sum = (class.counts)(merged);
        sum.added += counts.added;
        sum.changed += counts.changed;
        sum.same += counts.same;
        merged.notices.extend(notices);
        Ok(())
    }
}

/// What a file of another copy is, the series it is of, and its text, as far as it is sound.
pub(super) fn foreign(
    path: &Path,
    merged: &mut Merged,
) -> Result<(&'static Class, SeriesId, String), ShelfError> {
    let bytes = fs::read(path).map_err(|source| unreadable(path, source))?;
    let text = String::from_utf8_lossy(&bytes);
    let class = CLASSES
        .iter()
        .find(|it| mentions_struct(&text, it.kind.file));
    let Some(class) = class else {
        let what = "it is no file of bookmarks, marked passages or reading marks";
        return Err(unreadable(path, io::Error::other(what)));
    };
    let (text, notice) = readable(class.kind, path, &bytes, &(class.fresh)(None));
    merged.notices.extend(notice);
    let named = Group::fields(&text).ok().and_then(|file| {
        let series: String = parse(file.get("series")?).ok()?;
        (!series.is_empty()).then(|| SeriesId::new(series))
    });
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let series = named.or_else(|| series_of_stem(&stem)).unwrap_or_default();
    Ok((class, series, text))
}

/// Joins the records of theirs to ours.
fn join_lists(class: &Class, ours: &mut Group<'_>, theirs: &[&str]) -> Counts {
    let mut counts = Counts::default();
    let known: HashSet<String> = ours.values().map(str::to_owned).collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, text) in ours.values().enumerate() {
        if let Some(key) = (class.key)(text) {
            places.entry(key).or_insert(at);
        }
    }
    let mut next = ours.values().count();
    for record in theirs {
        // To the letter as here, understood or not.
        if known.contains(*record) {
            counts.same += 1;
            continue;
        }
        let Some(key) = (class.key)(record) else {
            ours.push((*record).to_owned(), "        ");
            next += 1;
            counts.added += 1;
            continue;
        };
        let Some(&at) = places.get(&key) else {
            ours.push((*record).to_owned(), "        ");
            places.insert(key, next);
            next += 1;
            counts.added += 1;
            continue;
        };
        let text = ours.value(at).unwrap_or_default();
        match (class.join)(text, record) {
            Some(new) => {
                ours.replace(at, new);
                counts.changed += 1;
            }
            None => counts.same += 1,
        }
    }
    counts
}

/// The key of a record, read in full only where its text does not show it.
fn key_of<M: Mark>(text: &str) -> Option<String> {
    let shown = Group::fields(text).ok().and_then(|record| {
        let quoted = record.get(M::KEY)?;
        let key = quoted.strip_prefix('"')?.strip_suffix('"')?;
        (!key.contains(['\\', '"'])).then(|| key.to_owned())
    });
    shown.or_else(|| Some(M::read(text).ok()?.key().to_owned()))
}

fn joined<M: Mark>(ours: &str, theirs: &str) -> Option<String> {
    let (old, other) = (M::read(ours).ok()?, M::read(theirs).ok()?);
    let mut new = old.clone();
    new.join(&other);
    let text = if new == old {
        ours.to_owned()
    } else {
        rewritten(ours, &new)
    };
    let with_unknown = joined_unknown(
        &text,
        theirs,
        &new.fields().iter().map(|it| it.name).collect::<Vec<_>>(),
    );
    let text = with_unknown.unwrap_or(text);
    (text != ours).then_some(text)
}

/// A record with the fields of theirs that it has not and that are none of the `known`.
pub(super) fn joined_unknown(ours: &str, theirs: &str, known: &[&str]) -> Option<String> {
    let (mut record, other) = (Group::fields(ours).ok()?, Group::fields(theirs).ok()?);
    let mut changed = false;
    for (name, value) in other.fields_named() {
        if !known.contains(&name) && record.get(name).is_none() {
            record.set(name, value.to_owned());
            changed = true;
        }
    }
    changed.then(|| record.render())
}

fn take_unknown(file: &mut Group<'_>, other: &Group<'_>) {
    for (name, value) in other.fields_named() {
        let is_new = file.fields_named().all(|(it, _)| it != name);
        if is_new && name != "version" && name != "series" {
            file.set(name, value.to_owned());
        }
    }
}

/// The names of files of ours in a folder, without the ending; none where there is no such folder.
fn stems(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut stems = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let stem = name.to_str().and_then(|it| it.strip_suffix(".ron"));
        stems.extend(stem.filter(|it| is_ours(it)).map(str::to_owned));
    }
    stems.sort();
    Ok(stems)
}

/// Whether a text is a file of this name, by the first word outside comments that could be it.
fn mentions_struct(text: &str, name: &str) -> bool {
    match Group::fields(text.trim_end_matches('\0')) {
        Ok(file) if !file.name().is_empty() => file.name() == name,
        // Damaged: what its first lines say is a guess that a merge can afford.
        _ => text
            .lines()
            .take(8)
            .any(|line| line.trim_start().starts_with(&format!("{name}("))),
    }
}

fn unreadable(path: &Path, source: io::Error) -> ShelfError {
    let path = PathBuf::from(path);
    ShelfError::Unreadable { path, source }
}

fn left(path: &Path, what: String) -> ShelfNotice {
    ShelfNotice {
        file: path.to_owned(),
        trouble: Trouble::Unreadable { what },
        fate: Fate::Left { salvaged: 0 },
    }
}

fn misplaced(path: &Path, expected: &str) -> ShelfNotice {
    left(
        path,
        format!("a file of the kind `{expected}` is expected in this folder"),
    )
}
