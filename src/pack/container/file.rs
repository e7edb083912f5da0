//! One open file that any number of threads read, each at a place of its own.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// A file whose position nobody relies on.
#[derive(Debug)]
pub(in crate::pack) struct SharedFile {
    file: Mutex<File>,
    length: u64,
}

impl SharedFile {
    pub(in crate::pack) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            file: Mutex::new(file),
            length,
        })
    }

    /// How long the file was when it was opened.
    pub(in crate::pack) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from `at` on, at most `most` of them; fewer where the file ends.
    pub(in crate::pack) fn bytes(&self, at: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let end = at.saturating_add(most as u64).min(self.length);
        self.section(at..end).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// A part of the file as a stream.
    pub(super) fn section(&self, range: Range<u64>) -> Section<'_> {
        Section { file: self, range }
    }

    /// The same for those who read in small steps.
    pub(super) fn buffered(&self, range: Range<u64>) -> impl BufRead + '_ {
        const BUFFER: usize = 32 << 10;
        BufReader::with_capacity(BUFFER, self.section(range))
    }
}

/// A part of a [`SharedFile`].
pub(super) struct Section<'a> {
    file: &'a SharedFile,
    range: Range<u64>,
}

impl Read for Section<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.range.end.saturating_sub(self.range.start);
        let most = (out.len() as u64).min(left) as usize;
        let Some(out) = out.get_mut(..most).filter(|out| !out.is_empty()) else {
            return Ok(0);
        };
        let mut file = self
            .file
            .file
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.range.start))?;
        let count = file.read(out)?;
        self.range.start += count as u64;
        Ok(count)
    }
}
