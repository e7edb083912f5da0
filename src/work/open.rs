//! Opens a pack on a thread of its own.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::Mailbox;
use super::packs::Packs;
use super::thread::said;
use super::watch::Known;
use crate::model::{Edition as _, Event, Level, Notice, Opened, Origin, RequestId};
use crate::pack::{self, PackError, Problem, Progress, Severity};
use crate::shelf::Shelf;

/// A pack to open.
pub struct Job {
    /// The request.
    pub request: RequestId,
    /// Where it is.
    pub origin: Origin,
    /// Set to stop.
    pub cancel: Arc<AtomicBool>,
}

/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);

/// Opens a pack and reports it.
pub fn start(job: Job, packs: Packs, shelf: Shelf, known: Known, reports: Mailbox) {
    let request = job.request;
    let elsewhere = reports.clone();
    let spawned = Builder::new()
        .name(format!("open {}", request.0))
        .spawn(move || {
            let opened = catch_unwind(AssertUnwindSafe(|| {
                open(job, &packs, &shelf, &known, &reports)
            }));
            match opened {
                Ok(Some(event)) => reports.event(event),
                Ok(None) => {}
                Err(panic) => reports.event(failed(request, said(&*panic))),
            }
        });
    if let Err(error) = spawned {
        elsewhere.event(failed(
            request,
            format!("The system gives no more threads ({error})."),
        ));
    }
}

fn failed(request: RequestId, text: String) -> Event {
    Event::OpenFailed(request, Notice::new(Level::Error, "", text))
}

fn open(job: Job, packs: &Packs, shelf: &Shelf, known: &Known, reports: &Mailbox) -> Option<Event> {
    let told = Cell::new(Instant::now());
    let progress = |progress| {
        if let Progress::Stories(count) = progress
            && told.get().elapsed() >= TELL
        {
            told.set(Instant::now());
            reports.event(Event::Opening(job.request, count));
        }
    };
    let (pack, problems) = match pack::open(&job.origin, &job.cancel, &progress) {
        Ok(opened) => opened,
        Err(PackError::Cancelled) => return None,
        Err(error) => return Some(failed(job.request, format!("{error}."))),
    };
    let series = &pack.info().series;
    known.shows(series);
    let loaded = shelf.load_reading(series);
    known.has_read(series, &loaded.value);
    let bookmarks = shelf.load_bookmarks(series);
    let highlights = shelf.load_highlights(series);
    let notices = [&loaded.notices, &bookmarks.notices, &highlights.notices];
    for notice in notices.into_iter().flatten() {
        reports.event(Event::Notice(super::save::told(notice)));
    }
    let pack = Arc::new(pack);
    let key = packs.insert(pack.clone());
    Some(Event::Opened(
        job.request,
        Opened {
            key,
            origin: job.origin,
            edition: pack,
            reading: loaded.value,
            bookmarks: bookmarks.value,
            highlights: highlights.value,
            problems: sentences(&problems),
        },
    ))
}

/// The problems a reader should know of, the worst first.
fn sentences(problems: &[Problem]) -> Vec<String> {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    let warnings = problems.iter().filter(|p| p.severity == Severity::Warning);
    errors.chain(warnings).map(ToString::to_string).collect()
}
