//! Takes in what another copy of the reader's files knows: from another machine, a stick, or beside the file itself, where a program
//! that keeps folders alike has put it. Record by record and field by field, in any order, any number of times, with one result.
//!
//! The other copy is only read.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Shelf;
use super::class::{CLASSES, Class};
use super::copies::copy_of;
use super::diagnosis::readable;
use super::error::ShelfError;
use super::names::{file_stem, series_of_stem, series_stem};
use super::notice::ShelfNotice;
use super::outline::{Group, Walk};
use super::parallel;
use super::quick::parse;
use super::series::stems;
use super::volumes::volumes;
use crate::model::SeriesId;

/// So many files are worked through sooner than a thread is there.
pub(super) const FEW_FILES: usize = 8;

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
            let theirs = foreign(other)?;
            merged.notices.extend(theirs.notice);
            let stem = other.file_stem().unwrap_or_default().to_string_lossy();
            let stem = series_stem(&stem).or_else(|| copy_of(&stem));
            let series = theirs.series.or_else(|| series_of_stem(stem?));
            let series = series.unwrap_or_default();
            let stem = file_stem(&series);
            self.merge_texts(
                theirs.class,
                &stem,
                Some(&series),
                &[theirs.text],
                dry,
                &mut merged,
            )?;
            return Ok(merged);
        }
        let mut any = false;
        for class in CLASSES {
            let folder = other.join(class.folder);
            let stems = stems(&folder, series_stem);
            for stem in stems.map_err(|source| unreadable(&folder, source))? {
                any = true;
                self.merge_series(class, &folder, &stem, dry, &mut merged)?;
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

    /// Takes in the files that a folder of another copy has of a series.
    fn merge_series(
        &self,
        class: &'static Class,
        folder: &Path,
        stem: &str,
        dry: bool,
        merged: &mut Merged,
    ) -> Result<(), ShelfError> {
        let path = folder.join(format!("{stem}.ron"));
        // Somebody may be writing there, so the volumes come second; but the oldest is to stand first here.
        let in_use = fs::symlink_metadata(&path).is_ok().then_some(&path);
        let in_use = in_use.map(|it| (it.clone(), fs::read(it)));
        let volumes = volumes(&path).map_err(|source| unreadable(&path, source))?;
        let mut files = parallel::map(volumes, FEW_FILES, |it| {
            let bytes = fs::read(&it);
            (it, bytes)
        });
        files.extend(in_use);
        if let Some(same) = self.same_records(class, &files) {
            (class.counts)(merged).same += same;
            return Ok(());
        }
        let mut series = series_of_stem(stem);
        let mut texts = Vec::new();
        for (path, theirs) in parallel::map(files, FEW_FILES, |(path, bytes)| {
            let bytes = bytes.map_err(|source| unreadable(&path, source));
            let theirs = bytes.and_then(|bytes| taken_for(&path, &bytes));
            (path, theirs)
        }) {
            match theirs {
                Ok(theirs) if theirs.class.folder == class.folder => {
                    series = series.or(theirs.series);
                    texts.push(theirs.text);
                    merged.notices.extend(theirs.notice);
                }
                Ok(_) => merged.notices.push(misplaced(&path, class.kind.file)),
                Err(error) => merged.notices.push(ShelfNotice::unreadable(&path, &error)),
            }
        }
        self.merge_texts(class, stem, series.as_ref(), &texts, dry, merged)
    }

    /// How many records there are in these files, where ours of the same names are the same to the byte.
    fn same_records(
        &self,
        class: &Class,
        files: &[(PathBuf, io::Result<Vec<u8>>)],
    ) -> Option<usize> {
        let folder = self.folder().join(class.folder);
        let counts = parallel::map(files.iter().collect(), FEW_FILES, |(path, bytes)| {
            let (ours, theirs) = (folder.join(path.file_name()?), bytes.as_ref().ok()?);
            let size = fs::metadata(&ours).ok()?.len();
            if size != theirs.len() as u64 || fs::read(&ours).ok()? != *theirs {
                return None;
            }
            let file = Group::fields(str::from_utf8(theirs).ok()?).ok()?;
            let list = Group::items(file.borrowed(class.kind.list?)?).ok()?;
            Some(list.values().count())
        });
        counts.into_iter().sum()
    }
}

/// A file of another copy.
pub(super) struct Theirs {
    /// What it is.
    pub class: &'static Class,
    /// The series it is of, as far as it says.
    pub series: Option<SeriesId>,
    /// Its text, as far as it is sound.
    pub text: String,
    /// What is wrong with it.
    pub notice: Option<ShelfNotice>,
}

/// Reads a file of another copy.
pub(super) fn foreign(path: &Path) -> Result<Theirs, ShelfError> {
    let bytes = fs::read(path).map_err(|source| unreadable(path, source))?;
    taken_for(path, &bytes)
}

/// What the bytes of a file are.
fn taken_for(path: &Path, bytes: &[u8]) -> Result<Theirs, ShelfError> {
    // Faster than `from_utf8_lossy` where all is well.
    let text = str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    let class = CLASSES
        .into_iter()
        .find(|it| mentions_struct(&text, it.kind.file));
    let Some(class) = class else {
        let what = "it is no file of bookmarks, marked passages or reading marks";
        return Err(unreadable(path, io::Error::other(what)));
    };
    let (text, notice) = readable(&class.kind, path, bytes, &(class.fresh)(None));
    let series = series_in(&text).filter(|it| !it.as_str().is_empty());
    Ok(Theirs {
        class,
        series,
        text,
        notice,
    })
}

/// The series that a file says it is of.
fn series_in(text: &str) -> Option<SeriesId> {
    let mut fields = Walk::fields(text).ok()?;
    // It stands before the records, which need not be gone through.
    while let Some((name, value)) = fields.field().ok()? {
        if name == "series" {
            return parse::<String>(value).ok().map(SeriesId::new);
        }
    }
    None
}

/// Whether a text is a file of this name, by the first word outside comments that could be it.
fn mentions_struct(text: &str, name: &str) -> bool {
    match Walk::fields(text) {
        Ok(file) if !file.name.is_empty() => file.name == name,
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

fn misplaced(path: &Path, expected: &str) -> ShelfNotice {
    let what = format!("a file of the kind `{expected}` is expected in this folder");
    ShelfNotice::unreadable(path, &what)
}
