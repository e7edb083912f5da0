//! Makes, lists, removes and exports the copies of stories that the reader keeps.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Mailbox;
use super::packs::Packs;
use super::thread::{Line, unbroken};
use crate::model::{CopyEvent, CopyJob, Edition as _, Event, PackKey, SeriesId, StoryId};
use crate::pack::{ClippingsError, ClippingsStep, PackError, clippings};
use crate::shelf::Shelf;

/// The threads: one that changes copies, one that puts them together.
pub struct Copier {
    changes: Line<Job>,
    exports: Line<(Vec<PathBuf>, PathBuf, Arc<AtomicBool>)>,
    cancel: Arc<AtomicBool>,
}

enum Job {
    List,
    Make(PackKey, SeriesId, StoryId),
    Remove(SeriesId, StoryId),
    Restore(SeriesId, StoryId),
}

/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);
/// What a pack of copies is called until its maker gives it another name.
const TITLE: &str = "Clippings";

impl Copier {
    /// Starts the threads; the first thing told is which copies there are.
    pub fn start(shelf: Shelf, packs: Packs, reports: &Mailbox) -> io::Result<Self> {
        let mail = reports.clone();
        let changes = Line::start("copies", reports.clone(), move |jobs: &Receiver<Job>| {
            let event = match jobs.recv().ok()? {
                Job::List => {
                    let all = shelf.kept().into_iter();
                    let all = all.map(|it| (it.series, it.story, it.path)).collect();
                    CopyEvent::Listed(all, shelf.removed_kept())
                }
                Job::Make(pack, series, story) => {
                    let made = make(&shelf, &packs, pack, &story);
                    let made = made.map(|remarks| (paths(&shelf, &series, &story), remarks));
                    CopyEvent::Made(series, story, made)
                }
                Job::Remove(series, story) => {
                    let done = shelf.remove_kept(&series, &story);
                    let done = done.map_err(|error| format!("{error}."));
                    let left = done.map(|_| paths(&shelf, &series, &story));
                    CopyEvent::Removed(series, story, left)
                }
                Job::Restore(series, story) => {
                    let done = shelf.restore_kept(&series, &story);
                    let done = done.map_err(|error| format!("{error}."));
                    let here = done.map(|_| paths(&shelf, &series, &story));
                    CopyEvent::Restored(series, story, here)
                }
            };
            mail.event(Event::Copies(event));
            Some(())
        })?;
        changes.send(Job::List);
        let mail = reports.clone();
        let exports = Line::start("clippings", reports.clone(), move |jobs| {
            let (copies, to, cancel): (Vec<PathBuf>, PathBuf, Arc<AtomicBool>) =
                jobs.recv().ok()?;
            // Whatever happens, the window hears that it is over.
            let done = unbroken(|| export(&copies, &to, &cancel, &mail).transpose()).transpose();
            mail.event(Event::Copies(CopyEvent::Exported(done)));
            Some(())
        })?;
        Ok(Self {
            changes,
            exports,
            cancel: Arc::default(),
        })
    }

    /// Does a job.
    pub fn send(&mut self, job: CopyJob) {
        match job {
            CopyJob::List => self.changes.send(Job::List),
            CopyJob::Make(pack, series, story) => self.changes.send(Job::Make(pack, series, story)),
            CopyJob::Remove(series, story) => self.changes.send(Job::Remove(series, story)),
            CopyJob::Restore(series, story) => self.changes.send(Job::Restore(series, story)),
            CopyJob::Export(copies, to) => {
                self.cancel = Arc::default();
                self.exports.send((copies, to, self.cancel.clone()));
            }
            CopyJob::CancelExport => self.cancel.store(true, Ordering::Relaxed),
            // A dialog is the window's.
            CopyJob::AskWhere => {}
        }
    }
}

/// Makes a copy; says what there is to remark, or why there is none.
fn make(
    shelf: &Shelf,
    packs: &Packs,
    pack: PackKey,
    story: &StoryId,
) -> Result<Vec<String>, String> {
    let pack = packs.get(pack);
    let pack = pack.ok_or("The pack was closed before. Open the story again and keep it.")?;
    let row = pack.row_of(story);
    let row = row.ok_or("The story is not in this pack any more.")?;
    let clip = pack.clip(row).map_err(|error| format!("{error}."))?;
    let stored = shelf
        .keep(&clip.series, &clip.story, &clip.bytes)
        .map_err(|error| format!("{error}."))?;
    let mut remarks: Vec<String> = clip.missing;
    if let Some(first) = remarks.first_mut() {
        first.insert_str(0, "The copy is made without a picture. ");
    }
    if let Some(aside) = stored.set_aside {
        remarks.push(format!(
            "The copy that was there is damaged; it was set aside and a new one made: {}.",
            aside.display()
        ));
    }
    Ok(remarks)
}

fn paths(shelf: &Shelf, series: &SeriesId, story: &StoryId) -> Vec<PathBuf> {
    let copies = shelf.kept_of(series, story).into_iter();
    copies.map(|copy| copy.path).collect()
}

fn export(
    copies: &[PathBuf],
    to: &Path,
    cancel: &AtomicBool,
    reports: &Mailbox,
) -> Option<Result<(PathBuf, usize), String>> {
    let told = std::cell::Cell::new(Instant::now());
    let progress = |step| {
        if told.get().elapsed() >= TELL {
            told.set(Instant::now());
            let (ClippingsStep::Reading(done, all)
            | ClippingsStep::Packing(done, all)
            | ClippingsStep::Verifying(done, all)) = step;
            reports.event(Event::Copies(CopyEvent::Exporting(done, all)));
        }
    };
    let mut to = to.to_owned();
    if to.extension().is_none_or(|it| it != "offprint") {
        to.as_mut_os_string().push(".offprint");
        if to.exists() {
            // The dialog asked about another name.
            let path = to.display();
            return Some(Err(format!(
                "There is a file of this name already: choose another name, or remove it first: {path}."
            )));
        }
    }
    match clippings(copies, TITLE, &to, cancel, &progress) {
        Ok(made) => Some(Ok((to, made.stories))),
        Err(ClippingsError::Pack(PackError::Cancelled)) => None,
        Err(error) => Some(Err(format!("{error}."))),
    }
}
