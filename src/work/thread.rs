//! A named thread with a queue, that a panic in one job does not end.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

use super::Mailbox;
use crate::model::{Event, Level, Notice};

/// Where jobs are lined up for a thread.
pub struct Line<J> {
    sender: Sender<J>,
}

impl<J: Send + 'static> Line<J> {
    /// Starts a thread that is given the queue and runs `turn` until nobody can send any more.
    ///
    /// `turn` waits for a job and does it; it says whether there may be another.
    pub fn start(
        name: &str,
        reports: Mailbox,
        mut turn: impl FnMut(&Receiver<J>) -> Option<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, receiver) = channel();
        Builder::new().name(name.to_owned()).spawn(move || {
            loop {
                match catch_unwind(AssertUnwindSafe(|| turn(&receiver))) {
                    Ok(Some(())) => {}
                    Ok(None) => break,
                    Err(panic) => reports.event(Event::Notice(broken(&panic))),
                }
            }
        })?;
        Ok(Self { sender })
    }

    /// Lines up a job.
    pub fn send(&self, job: J) {
        if self.sender.send(job).is_err() {
            log::error!("a worker has ended; a job is lost");
        }
    }
}

/// What to tell the reader when a job went wrong in a way nobody thought of.
pub fn broken(panic: &(dyn Any + Send)) -> Notice {
    let what = said(panic);
    Notice::new(
        Level::Error,
        "Something went wrong inside Offprint",
        format!("What you were doing may not have worked; what you saved is safe. ({what})"),
    )
}

/// What a panic said.
pub fn said(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason was given".to_owned())
}
