//! Joins the records of another copy to those of a series here, on the text, so that what is not understood on either side stays.
//! A record that says more than before is written where it stands; what is new goes into the file in use.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::Shelf;
use super::class::Class;
use super::error::ShelfError;
use super::file::{Content, For, internal};
use super::merge::{Counts, Merged};
use super::notice::{Fate, ShelfNotice};
use super::outline::{Fault, Group};
use super::replace::replace;
use super::unknown::take_unknown;
use super::volumes::{self, volumes};
use crate::model::SeriesId;

/// A file of ours, taken apart.
struct Ours<'a> {
    path: PathBuf,
    file: Group<'a>,
    list: Group<'a>,
    /// Its records as the disk has them.
    records: Vec<&'a str>,
    /// Whether it may be written: not where a newer program wrote it.
    writable: bool,
    changed: bool,
}

/// What becomes of a record of theirs.
enum Verdict {
    Same,
    New(String),
    /// One of ours says more: this, at that place.
    Changed(usize, usize, String),
    /// Not understood, here or there: each of them stands for itself.
    Odd,
}

impl Shelf {
    /// Takes in the records of the files that another copy has of a series, the oldest file first; with `dry`, only counts them.
    pub(super) fn merge_texts(
        &self,
        class: &Class,
        stem: &str,
        series: Option<&SeriesId>,
        theirs: &[String],
        dry: bool,
        merged: &mut Merged,
    ) -> Result<(), ShelfError> {
        let path = self.series_path(class, stem);
        let kind = &class.kind;
        let name = kind.list.unwrap_or_default();
        let lock = (!dry).then(|| self.lock_for(&path)).transpose()?;
        let lock = lock.as_ref();
        let fresh = (class.fresh)(series);
        let mut contents = Vec::new();
        let found = volumes(&path).map_err(|source| ShelfError::Unreadable {
            path: path.clone(),
            source,
        })?;
        for volume in found {
            let content = self.current(
                kind,
                &volume,
                &fresh,
                lock.map_or(For::Reading, For::Knowing),
            )?;
            contents.push((volume, content));
        }
        let in_use = self.current(
            kind,
            &path,
            &fresh,
            lock.map_or(For::Reading, For::Changing),
        )?;
        contents.push((path.clone(), in_use));

        let mut ours = Vec::new();
        for (path, content) in &contents {
            let taken_apart = Ours::of(path, content, name);
            ours.push(taken_apart.map_err(|fault| ShelfError::write(path, internal(fault)))?);
        }
        let mut records = Vec::new();
        let mut more = false;
        for text in theirs {
            let Ok(file) = Group::fields(text) else {
                continue;
            };
            let Some(Ok(list)) = file.borrowed(name).map(Group::items) else {
                continue;
            };
            records.extend(list.borrowed_values());
            if let Some(in_use) = ours.last_mut() {
                let known = ["version", "series", name];
                more |= take_unknown(&mut in_use.file, &file, &known);
            }
        }
        let counts = join(class, &mut ours, &records);
        if let Some(in_use) = ours.last_mut() {
            in_use.changed |= more;
        }
        let notices = contents.iter().filter_map(|(_, it)| it.notice.clone());
        let mut notices: Vec<ShelfNotice> = notices.collect();
        let mut changed = false;
        for it in ours.iter_mut().filter(|it| it.changed && !dry) {
            changed = true;
            it.file.set(name, it.list.render());
            self.write_file(kind, &it.path, &mut it.file, &mut notices, |file| {
                if it.path == path {
                    volumes::write(kind, &path, file, self.large)
                } else {
                    replace(&it.path, file.render().as_bytes())
                }
            })?;
        }
        if !dry && !changed {
            self.settle_file(&path, &notices)?;
        }
        let sum = (class.counts)(merged);
        sum.added += counts.added;
        sum.changed += counts.changed;
        sum.same += counts.same;
        merged.notices.extend(notices);
        Ok(())
    }
}

impl<'a> Ours<'a> {
    fn of(path: &Path, content: &'a Content, name: &str) -> Result<Self, Fault> {
        let file = Group::fields(&content.text)?;
        let list = file
            .borrowed(name)
            .map_or(Group::items("[]"), Group::items)?;
        let is_left = |it: &ShelfNotice| matches!(it.fate, Fate::Left { .. });
        Ok(Self {
            path: path.to_owned(),
            records: list.borrowed_values().collect(),
            file,
            list,
            writable: !content.notice.as_ref().is_some_and(is_left),
            changed: false,
        })
    }
}

/// Joins the records of theirs to ours.
fn join(class: &Class, ours: &mut [Ours<'_>], theirs: &[&str]) -> Counts {
    let mut places: HashMap<Cow<'_, str>, Vec<(usize, usize)>> = HashMap::new();
    let mut odd: HashSet<&str> = HashSet::new();
    for (file, it) in ours.iter().enumerate() {
        for (at, record) in it.records.iter().enumerate() {
            match key(class, record) {
                Some(key) => places.entry(key).or_default().push((file, at)),
                None => _ = odd.insert(record),
            }
        }
    }
    // A record may stand in several files of theirs, as it may in ours.
    let mut known: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut groups: Vec<(Cow<'_, str>, Vec<&str>)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for record in theirs {
        let Some(key) = key(class, record) else {
            others.push(record);
            continue;
        };
        if let Some((_, records)) = known.get(&key).and_then(|at| groups.get_mut(*at)) {
            records.push(record);
        } else {
            known.insert(key.clone(), groups.len());
            groups.push((key, vec![record]));
        }
    }
    let verdicts: Vec<Verdict> = groups
        .iter()
        .map(|(key, records)| verdict(class, ours, places.get(key), records))
        .collect();
    let mut counts = Counts::default();
    for (verdict, (_, records)) in verdicts.into_iter().zip(groups) {
        match verdict {
            Verdict::Same => counts.same += 1,
            Verdict::New(text) => {
                add(ours, text);
                counts.added += 1;
            }
            Verdict::Changed(file, at, text) => {
                match ours.get_mut(file) {
                    Some(it) if it.writable => {
                        it.list.replace(at, text);
                        it.changed = true;
                    }
                    _ => add(ours, text),
                }
                counts.changed += 1;
            }
            Verdict::Odd => {
                let here = |record: &&str| ours.iter().any(|it| it.records.contains(record));
                let (same, new): (Vec<&str>, Vec<&str>) = records.into_iter().partition(here);
                counts.same += same.len();
                others.extend(new);
            }
        }
    }
    for record in others {
        if odd.insert(record) {
            add(ours, record.to_owned());
            counts.added += 1;
        } else {
            counts.same += 1;
        }
    }
    counts
}

/// Writes a record into the file in use.
fn add(ours: &mut [Ours<'_>], text: String) {
    if let Some(in_use) = ours.last_mut() {
        in_use.list.push(text, "        ");
        in_use.changed = true;
    }
}

/// What becomes of a record that stands at these places of ours and in these texts of theirs.
fn verdict(
    class: &Class,
    ours: &[Ours<'_>],
    places: Option<&Vec<(usize, usize)>>,
    theirs: &[&str],
) -> Verdict {
    let text_at = |(file, at): &(usize, usize)| {
        let file = ours.get(*file)?;
        file.records.get(*at).copied()
    };
    let here: Vec<&str> = places.into_iter().flatten().filter_map(text_at).collect();
    if theirs.iter().all(|it| here.contains(it)) {
        return Verdict::Same;
    }
    let joined = |texts: &[&str], mut text: Cow<'_, str>| {
        let mut changed = false;
        for other in texts {
            if let Some(new) = (class.join)(&text, other).ok()? {
                text = Cow::Owned(new);
                changed = true;
            }
        }
        Some((text.into_owned(), changed))
    };
    // The newest file that has it, and the first of its places there.
    let newest = places.and_then(|it| it.last());
    let place = newest.and_then(|last| places?.iter().find(|it| it.0 == last.0));
    let Some((&(file, at), base)) = place.and_then(|it| Some((it, text_at(it)?))) else {
        return match theirs {
            [only] => Verdict::New((*only).to_owned()),
            [first, rest @ ..] => {
                joined(rest, Cow::Borrowed(first)).map_or(Verdict::Odd, |it| Verdict::New(it.0))
            }
            [] => Verdict::Same,
        };
    };
    let all = match &here[..] {
        [_] => Some((base.to_owned(), false)),
        several => joined(several, Cow::Borrowed(base)),
    };
    match all.and_then(|(text, _)| joined(theirs, Cow::Owned(text))) {
        None => Verdict::Odd,
        Some((_, false)) => Verdict::Same,
        Some((text, true)) => Verdict::Changed(file, at, text),
    }
}

/// The name of a record, read in full only where its text does not show it.
fn key<'a>(class: &Class, text: &'a str) -> Option<Cow<'a, str>> {
    (class.key)(text).map(Cow::Owned)
}
