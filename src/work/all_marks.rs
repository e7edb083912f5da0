//! Reads the marks of every series on a thread of its own, when something first needs them: no save waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::Builder;

use super::Mailbox;
use super::save::told;
use super::thread::broken;
use crate::model::{Event, Level, Notice};
use crate::shelf::Shelf;

/// Reads all and reports it.
pub fn start(shelf: Shelf, reports: Mailbox) {
    let elsewhere = reports.clone();
    let spawned = Builder::new().name("all marks".to_owned()).spawn(move || {
        let loaded = catch_unwind(AssertUnwindSafe(|| load(&shelf)));
        reports.event(loaded.unwrap_or_else(|panic| nothing(broken(&*panic))));
    });
    if let Err(error) = spawned {
        let text = format!(
            "The system gives no more threads ({error}). Close other programs and start Offprint again."
        );
        let title = "Not all bookmarks are shown";
        elsewhere.event(nothing(Notice::new(Level::Error, title, text)));
    }
}

fn load(shelf: &Shelf) -> Event {
    if !shelf.folder().is_dir() {
        // Nothing is kept there yet, or the folder is away; whoever saves is told of that.
        return Event::AllMarks(vec![], vec![], vec![]);
    }
    let bookmarks = shelf.load_all_bookmarks();
    let highlights = shelf.load_all_highlights();
    let notices = bookmarks.notices.iter().chain(&highlights.notices);
    let notices = notices.map(told).collect();
    Event::AllMarks(bookmarks.value, highlights.value, notices)
}

fn nothing(notice: Notice) -> Event {
    Event::AllMarks(vec![], vec![], vec![notice])
}
