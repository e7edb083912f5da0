//! Reads the marks of every series on a thread of its own, when something first needs them: no save waits for it.
//! They are reported a few at a time, so that no frame has to take in a hundred thousand.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::Builder;

use super::Mailbox;
use super::save::told;
use super::thread::broken;
use crate::model::{Event, Level, Notice};
use crate::shelf::Shelf;

/// The most marks that are reported at once: what a frame takes in without the reader seeing it.
const AT_ONCE: usize = 200;

/// Reads all and reports it.
pub fn start(shelf: Shelf, reports: Mailbox) {
    let elsewhere = reports.clone();
    let spawned = Builder::new().name("all marks".to_owned()).spawn(move || {
        let loaded = catch_unwind(AssertUnwindSafe(|| load(&shelf, &reports)));
        let notices = loaded.unwrap_or_else(|panic| vec![broken(&*panic)]);
        reports.event(Event::AllMarks(notices));
    });
    if let Err(error) = spawned {
        let text = format!(
            "The system gives no more threads ({error}). Close other programs and start Offprint again."
        );
        let title = "Not all bookmarks are shown";
        let notice = Notice::new(Level::Error, title, text);
        elsewhere.event(Event::AllMarks(vec![notice]));
    }
}

fn load(shelf: &Shelf, reports: &Mailbox) -> Vec<Notice> {
    if !shelf.folder().is_dir() {
        // Nothing is kept there yet, or the folder is away; whoever saves is told of that.
        return vec![];
    }
    let bookmarks = shelf.load_all_bookmarks();
    for some in pieces(bookmarks.value) {
        reports.event(Event::SomeMarks(some, vec![]));
    }
    let highlights = shelf.load_all_highlights();
    for some in pieces(highlights.value) {
        reports.event(Event::SomeMarks(vec![], some));
    }
    let notices = bookmarks.notices.iter().chain(&highlights.notices);
    notices.map(told).collect()
}

/// The same in their order, at most [`AT_ONCE`] at a time.
fn pieces<T>(all: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut all = all.into_iter();
    std::iter::from_fn(move || {
        let some: Vec<T> = all.by_ref().take(AT_ONCE).collect();
        (!some.is_empty()).then_some(some)
    })
}
