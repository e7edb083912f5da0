//! Finds the entries of a pack whose directory is gone: half a download, a bad sector at the end.
//! It goes from one local header to the next, and where one is damaged on to the next that can be found.

use std::io;

use super::MEDIA_TYPE;
use super::directory::Directory;
use super::entry::{Entry, HEADER, Kind, Local, SIZES_FOLLOW};
use super::fields::Wide;
use super::file::SharedFile;
use crate::pack::limits::ARCHIVE_ENTRIES;

/// Lists what there is in `directory`; false if the file does not even begin like a pack.
pub(super) fn salvage(file: &SharedFile, directory: &mut Directory) -> io::Result<bool> {
    let start = file.bytes(0, HEADER + 8 + MEDIA_TYPE.len())?;
    if !start.starts_with(b"PK\x03\x04") || !start.ends_with(MEDIA_TYPE.as_bytes()) {
        return Ok(false);
    }
    let mut at = 0;
    let mut left = ARCHIVE_ENTRIES;
    while at < file.length() && left > 0 {
        left -= 1;
        at = match entry(file, at, directory)? {
            Some(end) => end,
            None => match next_header(file, at + 1)? {
                Some(next) => next,
                None => break,
            },
        };
    }
    Ok(!directory.is_empty())
}

/// Lists the entry at `at`, and says where it ends.
fn entry(file: &SharedFile, at: u64, directory: &mut Directory) -> io::Result<Option<u64>> {
    let head = file.bytes(at, HEADER)?;
    let Some(local) = Local::read(&head) else {
        return Ok(None);
    };
    let name_length = usize::from(local.name);
    let tail = file.bytes(at + HEADER as u64, name_length + usize::from(local.extra))?;
    let (Some(name), Some(extra)) = (tail.get(..name_length), tail.get(name_length..)) else {
        return Ok(None);
    };
    let mut wide = Wide::find(extra);
    let sizes = [wide.or_wide(local.size), wide.or_wide(local.packed)];
    let ([Some(size), Some(packed)], 0) = (sizes, local.flags & SIZES_FOLLOW) else {
        return Ok(None);
    };
    let start = at + HEADER as u64 + tail.len() as u64;
    let Some(end) = start
        .checked_add(packed)
        .filter(|end| *end <= file.length())
    else {
        return Ok(None);
    };
    let entry = Entry {
        offset: at,
        packed,
        size,
        crc: local.crc,
        method: local.method,
        flags: local.flags,
        kind: Kind::File,
        ..Entry::default()
    };
    directory.add(name, entry);
    Ok(Some(end))
}

/// The next place at or after `from` where a local header might begin.
fn next_header(file: &SharedFile, from: u64) -> io::Result<Option<u64>> {
    const WINDOW: usize = 1 << 20;
    let mut at = from;
    loop {
        let window = file.bytes(at, WINDOW)?;
        if let Some(found) = window.windows(4).position(|it| it == b"PK\x03\x04") {
            return Ok(Some(at + found as u64));
        }
        if window.len() < WINDOW {
            return Ok(None);
        }
        // A header may begin in one window and end in the next.
        at += (WINDOW - 3) as u64;
    }
}
