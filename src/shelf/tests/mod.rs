//! The promise of the shelf, tried by breaking what it stands on: every call that can fail, every moment the power can go,
//! every byte that can rot. `OFFPRINT_TORTURE=full` tries more of it.

mod faults;
mod power;
mod rot;
pub(super) mod seam;

use jiff::Timestamp;

use super::Shelf;
use crate::model::{
    Anchor, Bookmark, BookmarkChange, Highlight, HighlightChange, HighlightId, Life, SeriesId,
    Snapshot, Stamp, StoryId,
};

const DESK: &str = "desk";

/// Whether everything is to be tried, and not only what takes a second.
fn full() -> bool {
    std::env::var_os("OFFPRINT_TORTURE").is_some_and(|it| it == "full")
}

/// Prints a figure; `./dev torture` shows it.
fn figure(what: &str) {
    println!("torture: {what}");
}

/// A folder that goes with the test; in memory, where there is such a place: a disk would be waited for at every rename.
fn ground() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    folder.unwrap()
}

fn desk() -> SeriesId {
    SeriesId::new(DESK)
}

/// Every change is a minute after the one before, so that each leaves an older state.
fn clock() -> Timestamp {
    thread_local! {
        static MINUTES: std::cell::Cell<i64> = const { std::cell::Cell::new(29_000_000) };
    }
    let minutes = MINUTES.get();
    MINUTES.set(minutes + 1);
    Timestamp::from_second(minutes * 60).unwrap()
}

fn shelf(folder: &std::path::Path) -> Shelf {
    Shelf::with_clock(folder.join("data"), clock)
}

fn at(second: i64) -> Stamp {
    Stamp::from_millis(1_750_000_000_000 + second * 1000)
}

fn snapshot(story: &str) -> Snapshot {
    Snapshot {
        edition: "2025-08-09".to_owned(),
        headline: format!("“{story}” (of [many]) \\ /* \"so\" they say */ // Größe"),
        origin: "https://example.org/desk.offprint".to_owned(),
        ..Snapshot::default()
    }
}

fn bookmark(story: &str) -> Bookmark {
    Bookmark {
        series: desk(),
        story: StoryId::new(story),
        was: snapshot(story),
        life: Life::new(at(0)),
        ..Bookmark::default()
    }
}

fn add(story: &str) -> BookmarkChange {
    BookmarkChange::Add(Box::new(bookmark(story)))
}

fn mark(name: &str) -> HighlightChange {
    HighlightChange::Add(Box::new(Highlight {
        id: HighlightId::new(name),
        series: desk(),
        story: StoryId::new("storm"),
        anchor: Anchor {
            quote: format!("the words of {name}: \"Highlight(\""),
            ..Anchor::default()
        },
        was: snapshot("storm"),
        life: Life::new(at(0)),
        ..Highlight::default()
    }))
}
