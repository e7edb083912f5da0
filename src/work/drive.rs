//! Copies packs and the program to a drive, on a thread of its own.

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Mailbox;
use super::thread::{Line, unbroken};
use crate::drive::{DriveError, copy, prepare, program};
use crate::model::{Copied, DriveEvent, DriveJob, DriveWish, Event};

/// The thread, as the worker holds it.
pub struct Carrier {
    line: Line<(DriveWish, Arc<AtomicBool>)>,
    cancel: Arc<AtomicBool>,
}

/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);

impl Carrier {
    /// Starts the thread.
    pub fn start(reports: &Mailbox) -> io::Result<Self> {
        let mail = reports.clone();
        let turn = move |jobs: &Receiver<(DriveWish, Arc<AtomicBool>)>| {
            let (wish, cancel) = jobs.recv().ok()?;
            // Whatever happens, the window hears that it is over.
            let done = unbroken(|| carry(&wish, &cancel, &mail).transpose()).transpose();
            mail.event(Event::Drive(DriveEvent::Done(done)));
            Some(())
        };
        Ok(Self {
            line: Line::start("drive", reports.clone(), turn)?,
            cancel: Arc::default(),
        })
    }

    /// Does a job.
    pub fn send(&mut self, job: DriveJob) {
        match job {
            DriveJob::Copy(wish) => {
                self.cancel = Arc::default();
                self.line.send((wish, self.cancel.clone()));
            }
            DriveJob::Cancel => self.cancel.store(true, Ordering::Relaxed),
            // Dialogs and the file manager are the window's.
            DriveJob::AskWhere | DriveJob::ShowFolder(_) => {}
        }
    }
}

fn carry(wish: &DriveWish, cancel: &AtomicBool, mail: &Mailbox) -> Option<Result<Copied, String>> {
    let told = Cell::new(Instant::now());
    let progress = |step, done, all| {
        if told.get().elapsed() >= TELL {
            told.set(Instant::now());
            mail.event(Event::Drive(DriveEvent::Going(step, done, all)));
        }
    };
    let program = wish.program.then(program).flatten();
    let ready = prepare(&wish.packs, program.as_deref(), &wish.to, cancel, &progress);
    match ready.and_then(|ready| copy(ready, cancel, &progress)) {
        Ok(copied) => Some(Ok(copied)),
        Err(DriveError::Stopped) => None,
        Err(error) => Some(Err(format!("{error}."))),
    }
}
