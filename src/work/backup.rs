//! Looks at all of the reader's files, makes backups of them and puts backups back.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Mailbox;
use super::save::load;
use super::thread::Line;
use crate::backup::{BackupError, Prepared, Step, back_up, prepare};
use crate::model::{BackupEvent, BackupJob, BackupMade, Date, Event, Offer, PutBack, Way};
use crate::shelf::Shelf;

/// The thread.
pub struct Keeper {
    jobs: Line<(BackupJob, Arc<AtomicBool>)>,
    cancel: Arc<AtomicBool>,
}

/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);

impl Keeper {
    /// Starts the thread. `flush` waits until what the reader did is on the disk, as far as it can be.
    pub fn start(
        shelf: Shelf,
        flush: impl Fn() -> bool + Send + 'static,
        reports: &Mailbox,
    ) -> io::Result<Self> {
        let mail = reports.clone();
        let mut prepared = None;
        let jobs = Line::start(
            "backup",
            reports.clone(),
            move |jobs: &Receiver<(BackupJob, Arc<AtomicBool>)>| {
                let (job, cancel) = jobs.recv().ok()?;
                let work = Work {
                    shelf: &shelf,
                    cancel: &cancel,
                    mail: &mail,
                    told: Cell::new(Instant::now()),
                };
                let event = match job {
                    BackupJob::Survey => {
                        flush();
                        let survey = shelf.survey().map_err(|error| format!("{error}."));
                        BackupEvent::Surveyed(survey)
                    }
                    BackupJob::BackUp(to) => {
                        flush();
                        BackupEvent::BackedUp(work.back_up(to))
                    }
                    BackupJob::Prepare(path) => {
                        flush();
                        BackupEvent::Prepared(work.prepare(path, &mut prepared))
                    }
                    BackupJob::Restore(way) => {
                        flush();
                        BackupEvent::Restored(work.restore(way, prepared.take()))
                    }
                    BackupJob::Leave => {
                        prepared = None;
                        return Some(());
                    }
                    // Dialogs are the window's, and to stop is not a job.
                    BackupJob::AskWhere | BackupJob::AskWhich | BackupJob::Cancel => {
                        return Some(());
                    }
                };
                mail.event(Event::Backup(event));
                Some(())
            },
        )?;
        Ok(Self {
            jobs,
            cancel: Arc::default(),
        })
    }

    /// Does a job.
    pub fn send(&mut self, job: BackupJob) {
        if job == BackupJob::Cancel {
            self.cancel.store(true, Ordering::Relaxed);
            return;
        }
        if job != BackupJob::Survey {
            self.cancel = Arc::default();
        }
        self.jobs.send((job, self.cancel.clone()));
    }
}

/// One job.
struct Work<'a> {
    shelf: &'a Shelf,
    cancel: &'a AtomicBool,
    mail: &'a Mailbox,
    told: Cell<Instant>,
}

impl Work<'_> {
    fn back_up(&self, to: PathBuf) -> Option<Result<BackupMade, String>> {
        let mut to = to;
        if to.extension().is_none() {
            to.as_mut_os_string().push(".zip");
            if to.exists() {
                // The dialog asked about another name.
                return Some(Err(format!(
                    "There is a file of this name already: choose another name, or remove it first: {}.",
                    to.display()
                )));
            }
        }
        told(back_up(self.shelf, &to, self.cancel, &|step| {
            self.tell(step);
        }))
        .map(|made| {
            made.map(|made| BackupMade {
                path: to,
                files: made.files,
                remarks: made.left_out,
            })
        })
    }

    fn prepare(
        &self,
        path: PathBuf,
        keep: &mut Option<Prepared>,
    ) -> Option<Result<Box<Offer>, String>> {
        *keep = None;
        let prepared = prepare(self.shelf, Path::new(&path), self.cancel, &|step| {
            self.tell(step);
        });
        told(prepared).map(|prepared| {
            let prepared = keep.insert(prepared?);
            Ok(Box::new(Offer {
                path,
                made: Date::parse(prepared.made()),
                merging: prepared.merging.clone(),
                exactly: prepared.exactly.clone(),
                way: Way::default(),
            }))
        })
    }

    fn restore(
        &self,
        way: Way,
        prepared: Option<Prepared>,
    ) -> Option<Result<Box<PutBack>, String>> {
        let Some(prepared) = prepared else {
            let sentence = "The backup has to be read again: choose it once more.";
            return Some(Err(sentence.to_owned()));
        };
        let restored = prepared.restore(self.shelf, way, self.cancel, &|step| self.tell(step));
        told(restored).map(|restored| {
            restored.map(|restored| {
                Box::new(PutBack {
                    way,
                    before: restored.before,
                    remarks: restored.remarks,
                    kept: load(self.shelf),
                    reading: self.shelf.load_all_reading().value,
                })
            })
        })
    }

    /// Tells how far it is, now and then.
    fn tell(&self, step: Step) {
        if self.told.get().elapsed() >= TELL {
            self.told.set(Instant::now());
            let (Step::Packing(done, all)
            | Step::Verifying(done, all)
            | Step::Reading(done, all)
            | Step::Restoring(done, all)) = step;
            self.mail
                .event(Event::Backup(BackupEvent::Going(done, all)));
        }
    }
}

/// What to tell: nothing where it was stopped, else what came of it, or why nothing did.
fn told<T>(result: Result<T, BackupError>) -> Option<Result<T, String>> {
    match result {
        Err(BackupError::Stopped) => None,
        result => Some(result.map_err(|error| format!("{error}."))),
    }
}
