//! Writes the log's file: one a run, made with its first line, of a bounded length. If it cannot be written, the program goes on without.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use jiff::Timestamp;

use super::names::{KEPT, moment, thin};
use crate::platform::create_private_folder;

const BEGIN: &str = "log-";
const END: &str = ".txt";
/// The most bytes a file may have.
pub(super) const MOST: usize = 1_000_000;

/// What the pen is given.
pub(super) enum Entry {
    /// A line, and how many were lost just before it.
    Line(String, usize),
    /// A line that the terminal has had already.
    Earlier(String),
    /// Says when everything before it is written.
    Flush(Sender<()>),
}

/// Who writes the file.
pub(super) struct Pen {
    folder: PathBuf,
    name: String,
    aloud: bool,
    page: Page,
}

enum Page {
    /// Nothing is written yet.
    Blank,
    /// The file, and how many bytes are in it.
    Open(File, usize),
    /// It is full, or cannot be written.
    Over,
}

impl Pen {
    /// For a run that begins now.
    pub fn new(folder: &Path, aloud: bool) -> Self {
        let began = moment(&Timestamp::now());
        Self {
            folder: folder.to_owned(),
            // Two runs may begin in one second.
            name: format!("{BEGIN}{began}-{}{END}", std::process::id()),
            aloud,
            page: Page::Blank,
        }
    }

    pub fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Line(line, lost) => {
                if lost > 0 {
                    self.write(&format!("({lost} lines came too fast and are lost)\n"));
                }
                if self.aloud {
                    io::stderr().write_all(line.as_bytes()).ok();
                }
                self.write(&line);
            }
            Entry::Earlier(line) => self.write(&line),
            // Who waits for it may have given up.
            Entry::Flush(done) => done.send(()).unwrap_or_default(),
        }
    }

    fn write(&mut self, line: &str) {
        if matches!(self.page, Page::Blank) {
            self.page = self.begin().map_or(Page::Over, |file| Page::Open(file, 0));
        }
        let Page::Open(file, length) = &mut self.page else {
            return;
        };
        *length += line.len();
        let full = *length > MOST;
        let text = if full {
            "(This log is full; the rest of this run is not in it.)\n"
        } else {
            line
        };
        if file.write_all(text.as_bytes()).is_err() || full {
            self.page = Page::Over;
        }
    }

    fn begin(&self) -> io::Result<File> {
        create_private_folder(&self.folder)?;
        thin(&self.folder, BEGIN, END, KEPT - 1);
        File::create_new(self.folder.join(&self.name))
    }
}
