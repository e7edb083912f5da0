//! Takes in what other programs wrote of bookmarks, and writes it for them, on a thread of its own.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Mailbox;
use super::thread::{Line, unbroken};
use crate::interchange::{ExportForm, ImportError, ImportForm, MAX_IMPORT_BYTES, export, import};
use crate::model::{Bookmark, Event, ExchangeEvent, ExchangeJob, ExchangeStep, ImportSummary};
use crate::shelf::{Counts, Shelf, read_foreign, replace};

/// The thread, as the worker holds it.
pub struct Exchanger {
    line: Line<(Job, Arc<AtomicBool>)>,
    cancel: Arc<AtomicBool>,
}

enum Job {
    Import(PathBuf),
    Export(PathBuf),
}

/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);
/// So many sentences of a kind are listed in the window; the command line has all.
const LISTED: usize = 500;

impl Exchanger {
    /// Starts the thread.
    pub fn start(shelf: Shelf, reports: &Mailbox) -> io::Result<Self> {
        let mail = reports.clone();
        let turn = move |jobs: &Receiver<(Job, Arc<AtomicBool>)>| {
            let (job, cancel) = jobs.recv().ok()?;
            let work = Work {
                shelf: &shelf,
                mail: &mail,
                cancel: &cancel,
                told: Cell::new(Instant::now()),
            };
            mail.event(Event::Exchange(match job {
                Job::Import(file) => {
                    let done = unbroken(|| work.import(&file));
                    ExchangeEvent::Imported(done.transpose())
                }
                Job::Export(file) => ExchangeEvent::Exported(unbroken(|| work.export(&file))),
            }));
            Some(())
        };
        Ok(Self {
            line: Line::start("exchange", reports.clone(), turn)?,
            cancel: Arc::default(),
        })
    }

    /// Does a job.
    pub fn send(&mut self, job: ExchangeJob) {
        let job = match job {
            ExchangeJob::Import(file) => Job::Import(file),
            ExchangeJob::Export(file) => Job::Export(file),
            ExchangeJob::Cancel => return self.cancel.store(true, Ordering::Relaxed),
            // A dialog is the window's.
            ExchangeJob::AskFile | ExchangeJob::AskPlace => return,
        };
        self.cancel = Arc::default();
        self.line.send((job, self.cancel.clone()));
    }
}

struct Work<'a> {
    shelf: &'a Shelf,
    mail: &'a Mailbox,
    cancel: &'a AtomicBool,
    told: Cell<Instant>,
}

impl Work<'_> {
    /// Tells how far it is, and says whether to go on.
    fn going(&self, step: ExchangeStep, done: usize, all: usize) -> bool {
        if self.told.get().elapsed() >= TELL {
            self.told.set(Instant::now());
            let part = done.saturating_mul(100).checked_div(all).unwrap_or(0);
            self.mail
                .event(Event::Exchange(ExchangeEvent::Doing(step, part)));
        }
        !self.cancel.load(Ordering::Relaxed)
    }

    /// Takes in a file; `None` where that was stopped.
    fn import(&self, file: &Path) -> Result<Option<ImportSummary>, String> {
        let told = |error: &dyn std::fmt::Display| format!("{error}: {}.", file.display());
        let bytes = read_foreign(file, MAX_IMPORT_BYTES)
            .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
        let form = ImportForm::recognise(&bytes).ok_or_else(|| told(&ImportError::Unknown))?;
        let mut summary = ImportSummary {
            file: file.to_owned(),
            form: form.to_string(),
            ..ImportSummary::default()
        };
        if form == ImportForm::Ron {
            let merged = self
                .shelf
                .merge(file)
                .map_err(|error| format!("{error}."))?;
            count(
                &mut summary,
                &[merged.bookmarks, merged.highlights, merged.reading],
            );
            list(&mut summary, merged.notices.iter());
            return Ok(Some(summary));
        }
        let going = |done, all| self.going(ExchangeStep::Reading, done, all);
        let read = match import(&bytes, form, &going) {
            Ok(read) => read,
            Err(ImportError::Cancelled) => return Ok(None),
            Err(error) => return Err(told(&error)),
        };
        drop(bytes);
        let going = |done, all| self.going(ExchangeStep::Saving, done, all);
        let taken = self
            .shelf
            .import(read.bookmarks, read.highlights, false, &going)
            .map_err(|error| format!("{error}."))?;
        let Some(mut taken) = taken else {
            return Ok(None);
        };
        count(&mut summary, &[taken.bookmarks, taken.highlights]);
        list(&mut summary, read.doubts.iter());
        list(&mut summary, taken.notices.iter());
        summary.removed = taken.still_removed.len();
        taken.still_removed.truncate(LISTED);
        summary.still_removed = taken.still_removed;
        Ok(Some(summary))
    }

    /// Writes a file in the form that its ending names; says which, and how many bookmarks are in it.
    fn export(&self, file: &Path) -> Result<(PathBuf, usize), String> {
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        let Some(form) = ExportForm::of_extension(&ending) else {
            let endings = ExportForm::ALL.map(|it| format!(".{}", it.extension()));
            return Err(format!(
                "The ending of the name says which form is wanted, and this one says none. Choose a name that ends in one of {}: {}.",
                endings.join(" "),
                file.display()
            ));
        };
        let bookmarks = self.shelf.load_all_bookmarks();
        let highlights = self.shelf.load_all_highlights();
        let notices = bookmarks.notices.iter().chain(&highlights.notices);
        if let Some(notice) = notices.into_iter().next() {
            // What is not in the file would be missed years later.
            self.mail.event(Event::Notice(super::save::told(notice)));
        }
        let text = export(form, &bookmarks.value, &highlights.value);
        replace(file, text.as_bytes())
            .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
        let there = bookmarks.value.iter().filter(|it| Bookmark::is_there(it));
        Ok((file.to_owned(), there.count()))
    }
}

fn count(summary: &mut ImportSummary, counts: &[Counts]) {
    for it in counts {
        summary.added += it.added;
        summary.changed += it.changed;
        summary.same += it.same;
    }
}

fn list<T: ToString>(summary: &mut ImportSummary, sentences: impl Iterator<Item = T>) {
    for it in sentences {
        if summary.doubts.len() < LISTED {
            summary.doubts.push(it.to_string());
        } else {
            summary.more += 1;
        }
    }
}
