//! How far a long command has come, on a terminal; nothing anywhere else.

use std::cell::Cell;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use super::terminal::Terminal;

/// A line that is written over and over.
pub(super) struct Bar {
    shown: bool,
    /// What is counted.
    unit: &'static str,
    began: Instant,
    last: Cell<Option<Instant>>,
}

/// Shorter work is over before anybody has read the line.
const PATIENCE: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_millis(50);
const WIDTH: usize = 24;

impl Bar {
    pub(super) fn new(terminal: &Terminal<'_>) -> Self {
        Self::counting("files", terminal)
    }

    /// One that counts something else than files.
    pub(super) fn counting(unit: &'static str, terminal: &Terminal<'_>) -> Self {
        Self {
            shown: terminal.is_watched(),
            unit,
            began: Instant::now(),
            last: Cell::new(None),
        }
    }

    /// Shows that so many of so many are done.
    pub(super) fn show(&self, what: &str, done: usize, all: usize) {
        let due = match self.last.get() {
            Some(last) => last.elapsed() >= PAUSE,
            None => self.began.elapsed() >= PATIENCE,
        };
        if !self.shown || !due {
            return;
        }
        self.last.set(Some(Instant::now()));
        let full = (done * WIDTH).checked_div(all).unwrap_or(0).min(WIDTH);
        let (full, rest) = ("█".repeat(full), "·".repeat(WIDTH - full));
        // There is nowhere to tell that this failed.
        _ = write!(
            io::stderr(),
            "\r\x1b[K{what:<12} {full}{rest} {done} of {all} {}",
            self.unit
        );
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.last.get().is_some() {
            _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
