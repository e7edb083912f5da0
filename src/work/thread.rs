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
                    Err(panic) => reports.event(Event::Notice(broken(&*panic))),
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

/// What a job comes to; one that breaks ends as well, so that another can begin.
pub fn unbroken<T>(job: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| Err(broken(&*panic).text))
}

/// What a panic said.
pub fn said(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason was given".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::super::Report;
    use super::*;

    #[test]
    fn a_job_that_panics_is_told_and_the_next_is_done() {
        let (sender, answers) = channel();
        let (wake, woken) = channel();
        let reports = Mailbox {
            sender,
            wake: Arc::new(move || wake.send(()).unwrap()),
        };
        let elsewhere = reports.clone();
        let line = Line::start("test", reports, move |jobs: &Receiver<i32>| {
            let job = jobs.recv().ok()?;
            assert!(job > 0, "this panic is part of a test: {job}");
            elsewhere.event(Event::Picked(Ok(Some(job.to_string().into()))));
            Some(())
        })
        .unwrap();
        for job in [-1, 7] {
            line.send(job);
        }
        let next = || answers.recv_timeout(Duration::from_secs(20)).unwrap();
        match next() {
            Report::Event(Event::Notice(notice)) => {
                assert_eq!(notice.level, Level::Error);
                assert_eq!(notice.title, "Something went wrong inside Offprint");
                assert!(notice.text.contains("part of a test: -1"), "{notice:?}");
            }
            _ => panic!("the panic was not told"),
        }
        match next() {
            Report::Event(Event::Picked(Ok(Some(path)))) => assert_eq!(path.as_os_str(), "7"),
            _ => panic!("the next job was not done"),
        }
        for _ in 0..2 {
            let wait = woken.recv_timeout(Duration::from_secs(20));
            wait.expect("the screen is woken by each");
        }
    }
}
