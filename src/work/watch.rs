//! Sees what other programs change in the reader's files: another window, the command line, a tool that copies folders.
//!
//! Names, sizes and times are looked at once a second; no file is read before one has changed and come to rest. What this program
//! wrote itself is told by the thread that saves, and read by nobody again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, SystemTime};

use super::Mailbox;
use super::save::told;
use super::thread::broken;
use crate::model::{Event, Reading, ReadingChange, SeriesId};
use crate::shelf::{Shelf, file_stem, series_of};

/// How often all is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// A file that did not change for so long has come to rest.
const REST: Duration = Duration::from_millis(150);
/// A file that does not rest is read all the same after so many looks.
const RESTLESS: usize = 4;
/// The folders that are looked at.
const FOLDERS: [&str; 3] = ["bookmarks", "highlights", READING];
const READING: &str = "reading";

/// How files look from outside: by name, their sizes and times.
type Files = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// What the screen has of the reader's files, as the threads tell each other.
#[derive(Clone)]
pub struct Known {
    shelf: Shelf,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Every series that was open, with its reading marks as the disk had them last.
    series: BTreeMap<SeriesId, Reading>,
    /// Whether the marks of every series are on the screen.
    all: bool,
    files: Files,
}

impl Known {
    /// Nothing is on the screen yet.
    pub fn new(shelf: Shelf) -> Self {
        Self {
            shelf,
            state: Arc::default(),
        }
    }

    /// The marks of a series are about to be read.
    pub fn shows(&self, series: &SeriesId) {
        self.state().series.entry(series.clone()).or_default();
    }

    /// The reading marks of a series were read.
    pub fn has_read(&self, series: &SeriesId, reading: &Reading) {
        self.state().series.insert(series.clone(), reading.clone());
    }

    /// The marks of every series are about to be read.
    pub fn shows_all(&self) {
        self.state().all = true;
    }

    /// Does what writes the files of a series in a folder, and remembers that it was us, unless somebody else wrote as well.
    pub fn while_writing<T>(
        &self,
        folder: &str,
        series: &SeriesId,
        write: impl FnOnce() -> T,
    ) -> T {
        let folder = self.shelf.folder().join(folder);
        let stem = file_stem(series);
        let is_its = |path: &PathBuf| path.starts_with(&folder) && is_of(path, &stem);
        let before = look(&folder, is_its);
        let as_seen = {
            let state = self.state();
            state
                .files
                .iter()
                .filter(|(path, _)| is_its(path))
                .eq(&before)
        };
        let done = write();
        if as_seen {
            let after = look(&folder, is_its);
            let mut state = self.state();
            state.files.retain(|path, _| !is_its(path));
            state.files.extend(after);
        }
        done
    }

    /// Which files are new, or others than at the last look. One that is gone takes nothing off the screen: a stick may have been
    /// pulled out.
    fn changed(&self) -> BTreeSet<PathBuf> {
        let mut state = self.state();
        let mut now = Files::new();
        for folder in FOLDERS {
            now.extend(look(&self.shelf.folder().join(folder), |_| true));
        }
        let before = std::mem::take(&mut state.files);
        let differs = |path: &&PathBuf| before.get(*path) != now.get(*path);
        let changed = now.keys().filter(differs).cloned().collect();
        state.files = now;
        changed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a file is one of those of the series with this name; one too many does no harm.
fn is_of(path: &Path, stem: &str) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_prefix(stem))
        .is_some_and(|rest| rest.starts_with(['.', '-', '~', '%', ' ']))
}

/// How the files of a folder look; those that are being written have hidden names.
fn look(folder: &Path, wanted: impl Fn(&PathBuf) -> bool) -> Files {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .map(|entry| entry.path())
        .filter(wanted)
        .filter_map(|path| {
            // A link may lead elsewhere; what it leads to counts.
            let file = fs::metadata(&path).ok()?;
            let looks = (file.len(), file.modified().ok());
            file.is_file().then_some((path, looks))
        })
        .collect()
}

/// The thread that looks, for as long as this is kept.
pub struct Watch {
    _stop: Sender<()>,
}

impl Watch {
    /// Starts to look. What is on the disk now counts as known.
    pub fn start(shelf: Shelf, known: Known, reports: Mailbox) -> io::Result<Self> {
        let (stop, stopped) = channel::<()>();
        Builder::new().name("watch".to_owned()).spawn(move || {
            known.changed();
            while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let mut changed = known.changed();
                if changed.is_empty() {
                    continue;
                }
                for _ in 0..RESTLESS {
                    if stopped.recv_timeout(REST) != Err(RecvTimeoutError::Timeout) {
                        return;
                    }
                    let more = known.changed();
                    if more.is_empty() {
                        break;
                    }
                    changed.extend(more);
                }
                let read = AssertUnwindSafe(|| tell(&shelf, &known, &changed, &reports));
                if let Err(panic) = catch_unwind(read) {
                    reports.event(Event::Notice(broken(&*panic)));
                }
            }
        })?;
        Ok(Self { _stop: stop })
    }
}

/// Reads anew what is on the screen and has changed.
fn tell(shelf: &Shelf, known: &Known, changed: &BTreeSet<PathBuf>, reports: &Mailbox) {
    let (mut marks, mut reading) = (BTreeSet::new(), BTreeSet::new());
    {
        let state = known.state();
        for path in changed {
            let shown = state.series.keys();
            let shown = shown
                .filter(|series| is_of(path, &file_stem(series)))
                .cloned();
            if path.parent() == Some(&known.shelf.folder().join(READING)) {
                reading.extend(shown);
                continue;
            }
            marks.extend(shown);
            marks.extend(state.all.then(|| series_of(path)).flatten());
        }
    }
    for series in marks {
        let bookmarks = shelf.load_bookmarks(&series);
        let highlights = shelf.load_highlights(&series);
        for notice in bookmarks.notices.iter().chain(&highlights.notices) {
            reports.event(Event::Notice(told(notice)));
        }
        reports.event(Event::Marks(series, bookmarks.value, highlights.value));
    }
    for series in reading {
        let now = shelf.load_reading(&series);
        for notice in &now.notices {
            reports.event(Event::Notice(told(notice)));
        }
        if !now.notices.is_empty() {
            // What could not be read is not unread.
            continue;
        }
        let before = known
            .state()
            .series
            .insert(series.clone(), now.value.clone());
        let changes = between(&before.unwrap_or_default(), &now.value);
        if !changes.is_empty() {
            reports.event(Event::ReadElsewhere(series, changes));
        }
    }
}

/// The changes that lead from one state of the reading marks to another.
fn between(before: &Reading, after: &Reading) -> Vec<ReadingChange> {
    let read = after.read.difference(&before.read).cloned();
    let unread = before.read.difference(&after.read).cloned();
    let places = after.places.iter();
    let moved = places.filter(|(story, place)| before.places.get(*story) != Some(place));
    read.map(ReadingChange::Read)
        .chain(unread.map(ReadingChange::Unread))
        .chain(moved.map(|(story, place)| ReadingChange::Place(story.clone(), *place)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Place, StoryId};

    #[test]
    fn what_we_wrote_ourselves_is_no_change_and_what_others_wrote_is() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("bookmarks");
        fs::create_dir(&folder).unwrap();
        let known = Known::new(Shelf::open(home.path()));
        let series = SeriesId::new("org.example.a");
        let (ours, theirs) = (folder.join("org.example.a.ron"), folder.join("b.ron"));
        assert!(known.changed().is_empty());
        known.while_writing("bookmarks", &series, || fs::write(&ours, "1").unwrap());
        assert!(known.changed().is_empty());
        fs::write(&theirs, "1").unwrap();
        assert_eq!(known.changed(), BTreeSet::from([theirs]));
        // Somebody else wrote to the file before us: ours does not hide that.
        fs::write(&ours, "22").unwrap();
        known.while_writing("bookmarks", &series, || fs::write(&ours, "333").unwrap());
        assert_eq!(known.changed(), BTreeSet::from([ours.clone()]));
        fs::write(folder.join(".offprint-1.tmp"), "1").unwrap();
        assert!(known.changed().is_empty());
        fs::remove_file(&ours).unwrap();
        assert!(known.changed().is_empty());
        fs::write(&ours, "1").unwrap();
        assert_eq!(known.changed(), BTreeSet::from([ours]));
    }

    #[test]
    fn the_changes_between_two_states_lead_from_one_to_the_other() {
        let change = |reading: &Reading, changes: &[ReadingChange]| {
            let mut reading = reading.clone();
            for change in changes {
                reading.apply(change);
            }
            reading
        };
        let story = StoryId::new;
        let before = change(
            &Reading::default(),
            &[
                ReadingChange::Read(story("a")),
                ReadingChange::Read(story("b")),
            ],
        );
        let place = Place {
            block: 3,
            offset: 0.5,
        };
        let changes = [
            ReadingChange::Read(story("c")),
            ReadingChange::Unread(story("a")),
            ReadingChange::Place(story("b"), place),
        ];
        let after = change(&before, &changes);
        assert_eq!(between(&before, &after), changes);
        assert_eq!(between(&after, &after), []);
    }
}
