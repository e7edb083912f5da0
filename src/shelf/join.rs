//! Joins the records of another copy to those of a series here, on the text, so that what is not understood on either side stays.
//! A record that says more than before is written where it stands; what is new goes into the file in use.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::Shelf;
use super::class::Class;
use super::error::ShelfError;
use super::file::{Content, For, internal, raise_version};
use super::merge::{Counts, FEW_FILES, Merged};
use super::notice::{Fate, ShelfNotice};
use super::older;
use super::outline::{Fault, Group};
use super::parallel;
use super::replace::replace;
use super::unknown::take_unknown;
use super::volumes::{self, volumes};
use crate::model::SeriesId;

/// So many records are worked through sooner than a thread is there.
const FEW_RECORDS: usize = 1_000;

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
        let mut files = volumes(&path).map_err(|source| ShelfError::Unreadable {
            path: path.clone(),
            source,
        })?;
        files.push(path.clone());
        let contents = parallel::map(files, FEW_FILES, |file| {
            let purpose = if file == path {
                lock.map_or(For::Reading, For::Changing)
            } else {
                lock.map_or(For::Reading, For::Knowing)
            };
            Ok((self.current(kind, &file, &fresh, purpose)?, file))
        });
        let contents: Vec<(Content, PathBuf)> = contents.into_iter().collect::<Result<_, _>>()?;
        let ours = parallel::map(contents.iter().collect(), FEW_FILES, |(content, path)| {
            let taken_apart = Ours::of(path, content, name);
            taken_apart.map_err(|fault| ShelfError::write(path, internal(fault)))
        });
        let mut ours: Vec<Ours<'_>> = ours.into_iter().collect::<Result<_, _>>()?;
        let mut records = Vec::new();
        let mut more = false;
        let theirs = parallel::map(theirs.iter().collect(), FEW_FILES, |text| {
            let file = Group::fields(text).ok()?;
            let list = Group::items(file.borrowed(name)?).ok()?;
            let records: Vec<&str> = list.borrowed_values().collect();
            Some((file, records))
        });
        for (file, list) in theirs.into_iter().flatten() {
            records.extend(list);
            if let Some(in_use) = ours.last_mut() {
                let known = ["version", "series", name];
                more |= take_unknown(&mut in_use.file, &file, &known);
            }
        }
        let counts = join(class, &mut ours, &records);
        if let Some(in_use) = ours.last_mut() {
            in_use.changed |= more;
        }
        let notices = contents.iter().filter_map(|(it, _)| it.notice.clone());
        let mut notices: Vec<ShelfNotice> = notices.collect();
        let changed: Vec<&mut Ours<'_>> = ours.iter_mut().filter(|it| it.changed && !dry).collect();
        let any = !changed.is_empty();
        // One after the other: each tidies up among the older states of the others.
        let keep = |it: &&mut Ours<'_>| older::keep(self.folder(), &it.path, (self.clock)());
        let failed: Vec<ShelfNotice> = changed.iter().filter_map(keep).collect();
        let written = parallel::map(changed, FEW_FILES, |it| {
            it.file.set(name, it.list.render());
            raise_version(kind, &mut it.file);
            let written = if it.path == path {
                volumes::write(kind, &path, &it.file, self.large)
            } else {
                replace(&it.path, it.file.render().as_bytes())
            };
            written.map_err(|error| ShelfError::write(&it.path, error))
        });
        for it in written {
            it.map_err(|error| error.after(notices.first()))?;
        }
        self.tell_once(failed.into_iter().next(), &mut notices);
        if !dry && !any {
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
    let mut odd: HashSet<&str> = HashSet::new();
    let here: Vec<(usize, usize, &str)> = ours
        .iter()
        .enumerate()
        .flat_map(|(file, it)| {
            let records = it.records.iter().enumerate();
            records.map(move |(at, record)| (file, at, *record))
        })
        .collect();
    let mut places: HashMap<Cow<'_, str>, Vec<(usize, usize)>> = HashMap::with_capacity(here.len());
    for (file, at, record, key) in parallel::map(here, FEW_RECORDS, |(file, at, record)| {
        (file, at, record, class.key_of(record))
    }) {
        match key {
            Some(key) => places.entry(key).or_default().push((file, at)),
            None => _ = odd.insert(record),
        }
    }
    // A record may stand in several files of theirs, as it may in ours.
    let mut known: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(theirs.len());
    let mut groups: Vec<(Cow<'_, str>, Vec<&str>)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let keys = parallel::map(theirs.iter().collect(), FEW_RECORDS, |it| class.key_of(it));
    for (record, key) in theirs.iter().zip(keys) {
        let Some(key) = key else {
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
    let verdicts = parallel::map(groups.iter().collect(), FEW_RECORDS, |(key, records)| {
        verdict(class, ours, places.get(key), records)
    });
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
    let new: Vec<&str> = theirs
        .iter()
        .copied()
        .filter(|it| !here.contains(it))
        .collect();
    let join = class.join;
    // The newest file that has it, and the first of its places there.
    let newest = places.and_then(|it| it.last());
    let place = newest.and_then(|last| places?.iter().find(|it| it.0 == last.0));
    let Some((&(file, at), base)) = place.and_then(|it| Some((it, text_at(it)?))) else {
        return match &new[..] {
            [] => Verdict::Same,
            [only] => Verdict::New((*only).to_owned()),
            [first, rest @ ..] => join(first, rest).map_or(Verdict::Odd, |it| {
                Verdict::New(it.unwrap_or_else(|| (*first).to_owned()))
            }),
        };
    };
    // What it says in all the files of ours, and with theirs.
    let others: Vec<&str> = here.into_iter().filter(|it| *it != base).collect();
    let all = if others.is_empty() {
        Ok(None)
    } else {
        join(base, &others)
    };
    let Ok(all) = all else { return Verdict::Odd };
    match join(all.as_deref().unwrap_or(base), &new) {
        Err(_) => Verdict::Odd,
        Ok(None) => Verdict::Same,
        Ok(Some(text)) => Verdict::Changed(file, at, text),
    }
}
