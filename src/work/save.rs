//! Keeps the reader's files: every change at once, in order, tried again for as long as it takes.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::Mailbox;
use super::thread::said;
use super::watch::Known;
use crate::model::{
    BookmarkChange, Event, HighlightChange, Kept, Level, Notice, ReadingChange, RecentChange, Save,
    SeriesId, SettingsChange,
};
use crate::shelf::{Saved, Shelf, ShelfError, ShelfNotice};

/// What cannot be saved is tried again after this long, and with every further change.
const AGAIN: Duration = Duration::from_secs(4);
/// The program does not wait longer than this for the disk when it ends.
const LAST_WAIT: Duration = Duration::from_secs(8);

enum Job {
    Save(Box<Save>),
    Again,
    /// Goes over to the other place for the files.
    Elsewhere,
    /// Answers when all that came before was tried.
    Flush(SyncSender<()>),
    Finish,
}

/// The thread that saves.
pub struct Saver {
    sender: Sender<Job>,
    thread: Option<JoinHandle<()>>,
}

impl Saver {
    /// Starts the thread; it first reads what is kept and reports it.
    pub fn start(shelf: Shelf, known: Known, reports: Mailbox) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let thread = Builder::new().name("save".to_owned()).spawn(move || {
            let begun = begin(&shelf);
            let mut kept = load(&shelf);
            kept.notices.extend(begun);
            reports.event(Event::Kept(kept));
            Keeper {
                shelf,
                known,
                reports,
                waiting: VecDeque::new(),
                told: None,
            }
            .run(&receiver);
        })?;
        Ok(Self {
            sender,
            thread: Some(thread),
        })
    }

    /// Lines up a change.
    pub fn save(&self, save: Save) {
        self.send(Job::Save(Box::new(save)));
    }

    /// Tries at once what could not be saved.
    pub fn again(&self) {
        self.send(Job::Again);
    }

    /// Goes over to the other place for the files, and tries there what could not be saved.
    pub fn keep_elsewhere(&self) {
        self.send(Job::Elsewhere);
    }

    /// A way to wait until all that was lined up has been tried.
    ///
    /// What it returns says whether that came to pass within a few seconds.
    pub fn flusher(&self) -> impl Fn() -> bool + Send + Sync + 'static {
        let sender = self.sender.clone();
        move || {
            let (done, answer) = sync_channel(1);
            sender.send(Job::Flush(done)).is_ok() && answer.recv_timeout(LAST_WAIT).is_ok()
        }
    }

    /// Ends the thread once all was tried a last time.
    pub fn finish(&mut self) {
        let Some(thread) = self.thread.take() else {
            return;
        };
        let flushed = self.flusher()();
        self.send(Job::Finish);
        // A disk that hangs must not hang the program; one that answered lets the thread end at once.
        if flushed && thread.join().is_err() {
            log::error!("the thread that saves has panicked");
        }
    }

    fn send(&self, job: Job) {
        if self.sender.send(job).is_err() {
            log::debug!("the thread that saves has ended");
        }
    }
}

/// Takes over, before anything is read, what is kept elsewhere, and says so: files of an older place at the first start, and what a drive
/// has that cannot be written to.
fn begin(shelf: &Shelf) -> Vec<Notice> {
    let mut notices = Vec::new();
    match shelf.adopt() {
        Ok(None) => {}
        Ok(Some(adopted)) => {
            let mut text = format!(
                "Your files were found in {} and copied to {}. Those there are as they were.",
                adopted.from.display(),
                shelf.folder().display()
            );
            for other in &adopted.others {
                // Writing to a string cannot fail.
                _ = write!(
                    text,
                    " Older ones are in {0}; `offprint bookmarks merge {0}` takes them in.",
                    other.display()
                );
            }
            let title = "Your files are here";
            notices.push(Notice::new(Level::Info, title, text));
        }
        Err(error) => {
            let title = "Your files are not here yet";
            notices.push(Notice::new(Level::Error, title, format!("{error}.")));
        }
    }
    match shelf.catch_up() {
        Ok(found) => notices.extend(found.iter().map(told)),
        Err(error) => {
            let title = "Not all that is on the drive is shown";
            notices.push(Notice::new(Level::Warning, title, format!("{error}.")));
        }
    }
    notices
}

/// Reads what a start needs; marks come with their pack, or when all are asked for.
pub fn load(shelf: &Shelf) -> Kept {
    let settings = shelf.load_settings();
    let recent = shelf.load_recent();
    let notices = [&settings.notices, &recent.notices];
    Kept {
        notices: notices.into_iter().flatten().map(told).collect(),
        settings: settings.value,
        recent: recent.value,
    }
}

/// What to tell the reader of a file that is not as it should be.
pub fn told(notice: &ShelfNotice) -> Notice {
    let title = "One of your files is not as it should be";
    Notice::new(Level::Warning, title, notice.to_string())
}

struct Keeper {
    shelf: Shelf,
    known: Known,
    reports: Mailbox,
    /// Changes in the order they were made; a failed one stays in front of later ones of its file.
    waiting: VecDeque<Save>,
    /// What the reader was told last of why something waits.
    told: Option<String>,
}

impl Keeper {
    fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let first = if self.waiting.is_empty() {
                jobs.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                jobs.recv_timeout(AGAIN)
            };
            let mut flushes = Vec::new();
            let mut last = false;
            let mut again = false;
            let mut moves = false;
            // A try that nobody asked for is told of only when it ends in another way than the one before.
            let quiet = matches!(first, Err(RecvTimeoutError::Timeout));
            let mut take = |job, waiting: &mut VecDeque<Save>| match job {
                Job::Save(save) => waiting.push_back(*save),
                Job::Again => again = true,
                Job::Elsewhere => moves = true,
                Job::Flush(done) => flushes.push(done),
                Job::Finish => last = true,
            };
            match first {
                Ok(job) => take(job, &mut self.waiting),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            for job in jobs.try_iter() {
                take(job, &mut self.waiting);
            }
            if moves {
                self.go_elsewhere();
            }
            self.try_all(quiet, again);
            for done in flushes {
                done.send(()).ok();
            }
            if last {
                break;
            }
        }
    }

    fn go_elsewhere(&mut self) {
        let tried = catch_unwind(AssertUnwindSafe(|| self.shelf.move_elsewhere()));
        let moved = match tried {
            Ok(Ok(notices)) => {
                for notice in &notices {
                    self.reports.event(Event::Notice(told(notice)));
                }
                Ok(self.shelf.folder().to_owned())
            }
            Ok(Err(error)) => Err(format!("{error}.")),
            Err(panic) => Err(said(&*panic)),
        };
        self.reports.event(Event::KeptElsewhere(moved));
    }

    /// Whether nothing at all can be saved where the files are; then it is told once, and not with every mark.
    fn takes_nothing(&self, error: &ShelfError) -> bool {
        error.is_lasting() && !self.shelf.takes_files()
    }

    /// Tries everything that waits; what fails stays, in order.
    fn try_all(&mut self, quiet: bool, asked: bool) {
        let mut error = None;
        let mut nothing = false;
        let groups = grouped(std::mem::take(&mut self.waiting));
        for group in groups {
            let tried = catch_unwind(AssertUnwindSafe(|| group.write(&self.shelf, &self.known)));
            let failure = match tried {
                Ok(Ok(done)) => {
                    for notice in &done.notices {
                        self.reports.event(Event::Notice(told(notice)));
                    }
                    if let Group::Bookmarks(series, changes) = &group {
                        let done = changes.iter().map(|it| it.story().clone()).collect();
                        self.reports
                            .event(Event::BookmarksSaved(series.clone(), done));
                    }
                    if let Group::Highlights(series, changes) = &group {
                        let done = changes.iter().map(|it| it.id().clone()).collect();
                        self.reports
                            .event(Event::HighlightsSaved(series.clone(), done));
                    }
                    continue;
                }
                Ok(Err(error)) => {
                    nothing = nothing || self.takes_nothing(&error);
                    error.to_string()
                }
                Err(panic) => said(&*panic),
            };
            error.get_or_insert(failure);
            self.waiting.extend(group.into_saves());
        }
        if nothing {
            // Of which file it was does not matter: it is true of all.
            error = Some(String::new());
        }
        match error {
            // Only who asked is told again.
            Some(sentence) if nothing && !asked && self.told.as_ref() == Some(&sentence) => {}
            Some(sentence) if nothing => {
                self.told = Some(sentence);
                let elsewhere = self.shelf.elsewhere().map(Path::to_owned);
                let folder = self.shelf.folder().to_owned();
                self.reports.event(Event::TakesNothing {
                    folder,
                    elsewhere,
                    remembered: self.shelf.is_carried(),
                });
            }
            Some(sentence) if quiet && self.told.as_ref() == Some(&sentence) => {}
            Some(sentence) => {
                let text = format!(
                    "{sentence}. What you changed is kept while Offprint runs and is tried again."
                );
                self.told = Some(sentence);
                let notice = Notice::new(Level::Error, "", text);
                self.reports.event(Event::SaveFailed(notice));
            }
            None => {
                if self.told.take().is_some() {
                    self.reports.event(Event::AllSaved);
                }
            }
        }
    }
}

/// Changes to one file, in order.
#[derive(Clone, Debug, PartialEq)]
enum Group {
    Bookmarks(SeriesId, Vec<BookmarkChange>),
    Highlights(SeriesId, Vec<HighlightChange>),
    Reading(SeriesId, Vec<ReadingChange>),
    Settings(Vec<SettingsChange>),
    Recent(Vec<RecentChange>),
}

/// One group a file, so that a hundred marks are one write.
fn grouped(saves: VecDeque<Save>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    'saves: for save in saves {
        for group in &mut groups {
            match (group, &save) {
                (Group::Bookmarks(of, changes), Save::Bookmark(series, change)) if of == series => {
                    changes.push(change.clone());
                }
                (Group::Highlights(of, changes), Save::Highlight(series, change))
                    if of == series =>
                {
                    changes.push(change.clone());
                }
                (Group::Reading(of, changes), Save::Reading(series, change)) if of == series => {
                    changes.push(change.clone());
                }
                (Group::Settings(changes), Save::Settings(change)) => changes.push(*change),
                (Group::Recent(changes), Save::Recent(change)) => changes.push(change.clone()),
                _ => continue,
            }
            continue 'saves;
        }
        groups.push(match save {
            Save::Bookmark(series, change) => Group::Bookmarks(series, vec![change]),
            Save::Highlight(series, change) => Group::Highlights(series, vec![change]),
            Save::Reading(series, change) => Group::Reading(series, vec![change]),
            Save::Settings(change) => Group::Settings(vec![change]),
            Save::Recent(change) => Group::Recent(vec![change]),
        });
    }
    groups
}

impl Group {
    fn write(&self, shelf: &Shelf, known: &Known) -> Result<Saved, ShelfError> {
        match self {
            Self::Bookmarks(series, changes) => known.while_writing("bookmarks", series, || {
                shelf.change_bookmarks(series, changes)
            }),
            Self::Highlights(series, changes) => known.while_writing("highlights", series, || {
                shelf.change_highlights(series, changes)
            }),
            Self::Reading(series, changes) => {
                known.while_writing("reading", series, || shelf.change_reading(series, changes))
            }
            Self::Settings(changes) => shelf.change_settings(changes),
            Self::Recent(changes) => shelf.change_recent(changes),
        }
    }

    fn into_saves(self) -> Vec<Save> {
        match self {
            Self::Bookmarks(series, changes) => {
                let save = |change| Save::Bookmark(series.clone(), change);
                changes.into_iter().map(save).collect()
            }
            Self::Highlights(series, changes) => {
                let save = |change| Save::Highlight(series.clone(), change);
                changes.into_iter().map(save).collect()
            }
            Self::Reading(series, changes) => {
                let save = |change| Save::Reading(series.clone(), change);
                changes.into_iter().map(save).collect()
            }
            Self::Settings(changes) => changes.into_iter().map(Save::Settings).collect(),
            Self::Recent(changes) => changes.into_iter().map(Save::Recent).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{StoryId, Theme};

    #[test]
    fn changes_to_one_file_are_one_write_and_keep_their_order() {
        let mark = |series: &str, story: &str| {
            Save::Reading(
                SeriesId::new(series),
                ReadingChange::Read(StoryId::new(story)),
            )
        };
        let theme = Save::Settings(SettingsChange::Theme(Theme::Dark));
        let saves = [
            mark("a", "1"),
            theme.clone(),
            mark("b", "1"),
            mark("a", "2"),
        ];
        let groups = grouped(saves.clone().into());
        assert_eq!(groups.len(), 3);
        let again: Vec<Save> = groups.into_iter().flat_map(Group::into_saves).collect();
        assert_eq!(
            again,
            [saves[0].clone(), saves[3].clone(), theme, saves[2].clone()]
        );
    }
}
