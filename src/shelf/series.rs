//! The records of a series, wherever they stand: in the file in use, in its volumes, in copies beside them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::class::Class;
use super::copies::copy_of;
use super::diagnosis::for_each_record;
use super::error::ShelfError;
use super::file::{For, edit_list, internal, records};
use super::lock::Lock;
use super::marks::{self, Mark};
use super::names::{file_stem, series_of_stem, series_stem};
use super::notice::{Fate, ShelfNotice};
use super::outline::Group;
use super::quick::parse;
use super::volumes::{self, Search, volumes};
use super::{Loaded, Saved, Shelf};
use crate::model::SeriesId;

impl Shelf {
    /// The file in use of the series whose files are named `stem`.
    pub(super) fn series_path(&self, class: &Class, stem: &str) -> PathBuf {
        self.folder().join(class.folder).join(format!("{stem}.ron"))
    }

    /// Hands every file of a series to `read` and returns what that made of them, the oldest volume first and the file in use last.
    pub(super) fn read_series<T: Default>(
        &self,
        class: &Class,
        stem: &str,
        series: Option<&SeriesId>,
        read: impl Fn(&Path, &str, &mut Vec<ShelfNotice>) -> T,
    ) -> Loaded<Vec<T>> {
        let path = self.series_path(class, stem);
        let fresh = (class.fresh)(series);
        let mut all = Loaded {
            value: Vec::new(),
            notices: self.take_in_copies(class, stem, series),
        };
        let read_file = |path: &Path| {
            self.load_file(&class.kind, path, &fresh, |text, notices| {
                read(path, text, notices)
            })
        };
        // Before the volumes are asked for: what goes from it to a volume meanwhile is then met twice, and not at no time.
        let in_use = read_file(&path);
        match volumes(&path) {
            Ok(volumes) => {
                for volume in volumes {
                    let loaded = read_file(&volume);
                    all.value.push(loaded.value);
                    all.notices.extend(loaded.notices);
                }
            }
            Err(error) => all.notices.push(ShelfNotice::unreadable(&path, &error)),
        }
        all.value.push(in_use.value);
        all.notices.extend(in_use.notices);
        all
    }

    /// The marks of a series, each once, in the order they were made.
    pub(super) fn load_marks<M: Mark>(
        &self,
        stem: &str,
        series: Option<&SeriesId>,
    ) -> Loaded<Vec<M>> {
        let class = M::class();
        let files = self.read_series(class, stem, series, |path, text, notices| {
            let file = Group::fields(text).ok();
            let named = file.and_then(|it| parse::<String>(it.get("series")?).ok());
            let series = series.cloned().or(named.map(SeriesId::new));
            let mut marks = records(&class.kind, path, text, notices, M::read);
            for mark in &mut marks {
                let origin = std::mem::take(&mut mark.was().origin);
                mark.was().origin = self.place_as_read(origin);
                if let Some(series) = &series
                    && mark.series().as_str().is_empty()
                {
                    *mark.series() = series.clone();
                }
            }
            marks
        });
        let mut marks: Vec<M> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for mark in files.value.into_iter().flatten() {
            let known = places.get(mark.key()).and_then(|at| marks.get_mut(*at));
            if let Some(known) = known {
                known.join(&mark);
            } else {
                places.insert(mark.key().to_owned(), marks.len());
                marks.push(mark);
            }
        }
        Loaded {
            value: marks,
            notices: files.notices,
        }
    }

    /// The marks of every series. A damaged file hurts only itself.
    pub(super) fn load_all_marks<M: Mark>(&self) -> Loaded<Vec<M>> {
        let folder = self.folder().join(M::class().folder);
        let mut all = Loaded::<Vec<M>>::default();
        // Of a series there may be nothing but a volume or another machine's copy.
        match stems(&folder, |name| series_stem(name).or_else(|| copy_of(name))) {
            Ok(stems) => {
                for stem in stems {
                    let loaded = self.load_marks(&stem, series_of_stem(&stem).as_ref());
                    all.value.extend(loaded.value);
                    all.notices.extend(loaded.notices);
                }
            }
            Err(error) => all.notices.push(ShelfNotice::unreadable(&folder, &error)),
        }
        all
    }

    /// Applies changes to the marks of a series, and returns when they are on the disk.
    pub(super) fn change_marks<M: Mark>(
        &self,
        series: &SeriesId,
        changes: &[M::Change],
    ) -> Result<Saved, ShelfError> {
        let mut changes = changes.to_vec();
        for brought in changes.iter_mut().filter_map(M::brought) {
            let origin = self.place_to_write(&brought.was().origin);
            brought.was().origin = origin;
        }
        let names: Vec<&str> = changes.iter().map(M::key_of).collect();
        self.change_series(M::class(), series, &names, |list, elsewhere| {
            marks::apply::<M>(list, elsewhere, &changes)
        })
    }

    /// Has `edit` change the records of the file in use, and returns when the result is on the disk. The change is about the records
    /// of these `names`; those of them that stand in volumes come along, the oldest first.
    pub(super) fn change_series(
        &self,
        class: &Class,
        series: &SeriesId,
        names: &[&str],
        edit: impl FnOnce(&mut Group<'_>, &[String]) -> bool,
    ) -> Result<Saved, ShelfError> {
        let path = self.series_path(class, &file_stem(series));
        let fresh = (class.fresh)(Some(series));
        let lock = self.lock_for(&path)?;
        let content = self.current(&class.kind, &path, &fresh, For::Changing(&lock))?;
        let mut notices: Vec<ShelfNotice> = content.notice.into_iter().collect();
        let elsewhere = self.in_volumes(class, &path, names, &lock, &mut notices)?;
        let mut file = Group::fields(&content.text)
            .map_err(|fault| ShelfError::write(&path, internal(fault)))?;
        let changed = edit_list(&class.kind, &mut file, |list| edit(list, &elsewhere));
        if changed {
            self.write_file(&class.kind, &path, &mut file, &mut notices, |file| {
                volumes::write(&class.kind, &path, file, self.large)
            })?;
        }
        if !changed {
            self.settle_file(&path, &notices)?;
        }
        Ok(Saved { changed, notices })
    }

    /// The records of these names in the volumes of a file, the oldest first.
    fn in_volumes(
        &self,
        class: &Class,
        path: &Path,
        names: &[&str],
        lock: &Lock,
        notices: &mut Vec<ShelfNotice>,
    ) -> Result<Vec<String>, ShelfError> {
        let unreadable = |path: &Path, source| ShelfError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let mut found = Vec::new();
        let mut search = Search::new(class.key_field, names);
        let wanted: BTreeSet<&str> = names.iter().copied().collect();
        for volume in volumes(path).map_err(|source| unreadable(path, source))? {
            let may = search.may_hold(&volume);
            if !may.map_err(|source| unreadable(&volume, source))? {
                continue;
            }
            let fresh = (class.fresh)(None);
            let content = self.current(&class.kind, &volume, &fresh, For::Knowing(lock))?;
            let is_left = |it: &ShelfNotice| matches!(it.fate, Fate::Left { .. });
            // What is left as it is was told of when it was read.
            notices.extend(content.notice.filter(|it| !is_left(it)));
            for_each_record(&class.kind, &content.text, |record| {
                if class.key_of(record).is_some_and(|it| wanted.contains(&*it)) {
                    found.push(record.to_owned());
                }
            });
        }
        Ok(found)
    }
}

/// The series that a file belongs to by its name: the one in use, a volume, or another machine's copy. `None` where that is no file of
/// ours, or its name is too long to tell.
pub fn series_of(path: &Path) -> Option<SeriesId> {
    let name = path.file_stem()?.to_str()?;
    series_of_stem(series_stem(name).or_else(|| copy_of(name))?)
}

/// The names of the series that have files in a folder; none where there is no such folder. `series` tells whose a name is.
pub(super) fn stems(
    folder: &Path,
    series: impl Fn(&str) -> Option<&str>,
) -> io::Result<BTreeSet<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let mut stems = BTreeSet::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|it| it.strip_suffix(".ron"));
        stems.extend(name.and_then(&series).map(str::to_owned));
    }
    Ok(stems)
}
