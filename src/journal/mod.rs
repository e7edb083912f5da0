//! What the program notes of its own work: a log, and a report if it breaks. Both are files in the state folder.
//! Nothing here is ever sent anywhere, and what is read appears by its path at the most.
//!
//! `RUST_LOG` says what is noted, as in other programs (`offprint=debug`); without it, warnings and errors are. The last lines are
//! in memory; with a window they also go to a file, which a thread of its own writes.

mod crash;
mod names;
mod pen;

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use env_filter::{Builder as FilterBuilder, Filter};
use jiff::Timestamp;
use log::{LevelFilter, Log, Metadata, Record};

use pen::{Entry, Pen};

/// The variable that says what is noted.
const VARIABLE: &str = "RUST_LOG";
/// What is noted where it says nothing.
const USUAL: LevelFilter = LevelFilter::Warn;
/// How many of the last lines a report has.
const LAST: usize = 100;
/// How many lines may wait for the disk; whoever writes more loses some, and is never kept waiting.
const WAITING: usize = 1024;
/// The longest the end of the program waits for the last lines to be written.
const PATIENCE: Duration = Duration::from_millis(500);

static JOURNAL: OnceLock<Journal> = OnceLock::new();

/// The log of this run.
struct Journal {
    filter: Filter,
    /// Whether the lines go to the terminal, too.
    aloud: bool,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    last: VecDeque<String>,
    /// Who writes the file, once there is one.
    pen: Option<SyncSender<Entry>>,
    /// How many lines were lost since the last that was not.
    lost: usize,
}

/// Notes from now on what is logged. An error is a sentence on how `RUST_LOG` cannot be meant; then the usual is noted.
pub fn start() -> Result<(), String> {
    let asked = std::env::var(VARIABLE).ok();
    let (journal, error) = Journal::new(asked.as_deref());
    let journal = JOURNAL.get_or_init(|| journal);
    if log::set_logger(journal).is_ok() {
        log::set_max_level(journal.filter.filter());
    }
    error.map_or(Ok(()), Err)
}

/// Keeps the log in a file in this folder from now on, made with the first line. If an earlier run has left a report of a crash that
/// nobody was told of, calls `crashed` with it, on another thread.
pub fn keep(folder: &Path, crashed: impl FnOnce(PathBuf) + Send + 'static) -> io::Result<()> {
    match JOURNAL.get() {
        Some(journal) => journal.keep(folder, crashed),
        None => Ok(()),
    }
}

/// Writes a report of a crash into the folder, and returns where it is.
pub fn report(folder: &Path, info: &PanicHookInfo<'_>) -> io::Result<PathBuf> {
    let last = JOURNAL.get().map(Journal::last).unwrap_or_default();
    crash::write(folder, &Timestamp::now(), &crash::describe(info), &last)
}

impl Journal {
    fn new(asked: Option<&str>) -> (Self, Option<String>) {
        let asked = asked.filter(|it| !it.trim().is_empty());
        let mut builder = FilterBuilder::new();
        let read = asked.map_or(Ok(()), |it| builder.try_parse(it).map(drop));
        if asked.is_none() || read.is_err() {
            builder = FilterBuilder::new();
            builder.filter_level(USUAL);
        }
        let error = read.err().map(|error| {
            format!("{VARIABLE} is not understood, and warnings are logged ({error}). `RUST_LOG=offprint=debug` is one way to write it")
        });
        let journal = Self {
            filter: builder.build(),
            aloud: asked.is_some(),
            notes: Mutex::default(),
        };
        (journal, error)
    }

    fn keep(
        &self,
        folder: &Path,
        crashed: impl FnOnce(PathBuf) + Send + 'static,
    ) -> io::Result<()> {
        let (sender, entries) = sync_channel(WAITING);
        let mut pen = Pen::new(folder, self.aloud);
        let folder = folder.to_owned();
        let write = move || {
            if let Some(report) = crash::untold(&folder) {
                crashed(report);
            }
            for entry in entries {
                pen.take(entry);
            }
        };
        Builder::new().name("log".to_owned()).spawn(write)?;
        let mut notes = self.notes();
        // The terminal has had these.
        for line in &notes.last {
            sender.try_send(Entry::Earlier(line.clone())).ok();
        }
        notes.pen = Some(sender);
        Ok(())
    }

    fn note(&self, line: String) {
        let mut notes = self.notes();
        if notes.last.len() == LAST {
            notes.last.pop_front();
        }
        notes.last.push_back(line.clone());
        let Some(pen) = &notes.pen else {
            drop(notes);
            if self.aloud {
                io::stderr().write_all(line.as_bytes()).ok();
            }
            return;
        };
        match pen.try_send(Entry::Line(line, notes.lost)) {
            Ok(()) => notes.lost = 0,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => notes.lost += 1,
        }
    }

    fn last(&self) -> Vec<String> {
        self.notes().last.iter().cloned().collect()
    }

    /// The notes, also after whoever held them broke down.
    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log for Journal {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.filter.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if self.filter.matches(record) {
            self.note(line(&Timestamp::now(), record));
        }
    }

    fn flush(&self) {
        let pen = self.notes().pen.clone();
        if let Some(pen) = pen {
            let (done, written) = channel();
            if pen.try_send(Entry::Flush(done)).is_ok() {
                written.recv_timeout(PATIENCE).ok();
            }
        }
    }
}

/// The longest a line of the log may be, in bytes.
const LONGEST: usize = 2_000;

/// A record as a line: when, how grave, who on which thread, what.
fn line(now: &Timestamp, record: &Record<'_>) -> String {
    let thread = thread::current();
    let mut line = format!(
        "{now:.3} {:5} {} [{}] {}",
        record.level(),
        record.target(),
        thread.name().unwrap_or("unnamed"),
        record.args()
    );
    if line.len() > LONGEST {
        let end = line.floor_char_boundary(LONGEST);
        line.truncate(end);
        line.push('…');
    }
    // A record is a line, whatever is in it.
    let mut line = line.replace(['\r', '\n'], " ");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests;
