//! Looks for marked passages in stories that have been corrected. Who waits for a body never waits for this.

use std::io;
use std::sync::mpsc::Receiver;

use super::Mailbox;
use super::thread::Line;
use crate::model::FindJob;

/// Starts the thread.
pub fn start(reports: Mailbox) -> io::Result<Line<FindJob>> {
    Line::start(
        "passages",
        reports.clone(),
        move |jobs: &Receiver<FindJob>| {
            reports.event(jobs.recv().ok()?.run());
            Some(())
        },
    )
}
