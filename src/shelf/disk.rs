//! The calls that read and change the disk, one by one. Nothing else in the shelf writes.
//!
//! In the tests of the shelf each is written down and any can be made to fail, so that it can be tried what a fault or a power cut
//! at each would leave.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

#[cfg(test)]
use super::tests::seam::step;
use crate::platform;

/// So much of a file is written with one call; little in tests, so that a file is cut in many places.
const PART: usize = if cfg!(test) { 150 } else { 1 << 20 };
/// Whether the disk is waited for. In tests of this crate nobody pulls the plug, and a thousand saves should take a second.
const WAITS: bool = !cfg!(test);

/// A call that is about to be made.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests look at it"))]
pub(super) enum Step<'a> {
    Read,
    Lock,
    MakeFolder(&'a Path),
    Create,
    Write(&'a Path, &'a [u8]),
    Sync(&'a Path),
    Rename(&'a Path, &'a Path),
    Link(&'a Path, &'a Path),
    Remove(&'a Path),
    SyncFolder(&'a Path),
}

#[cfg(not(test))]
fn step<T>(_: &Step<'_>, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    call()
}

pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    step(&Step::Read, || fs::read(path))
}

/// Adds what is in a file to `bytes`, whose room is used again.
pub(super) fn read_into(path: &Path, bytes: &mut Vec<u8>) -> io::Result<()> {
    step(&Step::Read, || {
        File::open(path)?.read_to_end(bytes).map(drop)
    })
}

/// Opens the file whose lock is to be had.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let open = || {
        let mut options = File::options();
        options.create(true).truncate(false).write(true).open(path)
    };
    step(&Step::Lock, open)
}

/// Makes a folder in one that is there.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    step(&Step::MakeFolder(path), || {
        platform::create_private_folder(path)
    })
}

/// An empty file in `folder` that goes by itself unless it is renamed.
pub(super) fn temporary(folder: &Path, prefix: &str, suffix: &str) -> io::Result<NamedTempFile> {
    step(&Step::Create, || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix).suffix(suffix).tempfile_in(folder)
    })
}

pub(super) fn write(file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
    for part in bytes.chunks(PART) {
        let path = file.path().to_owned();
        step(&Step::Write(&path, part), || file.write_all(part))?;
    }
    Ok(())
}

pub(super) fn sync(file: &NamedTempFile) -> io::Result<()> {
    step(&Step::Sync(file.path()), || {
        if WAITS {
            file.as_file().sync_all()
        } else {
            Ok(())
        }
    })
}

/// Gives a temporary file its name, which may be that of another file.
pub(super) fn persist(file: NamedTempFile, to: &Path) -> io::Result<()> {
    let from = file.path().to_owned();
    step(&Step::Rename(&from, to), || {
        file.persist(to).map_err(|it| it.error).map(drop)
    })
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step(&Step::Rename(from, to), || fs::rename(from, to))
}

pub(super) fn hard_link(from: &Path, to: &Path) -> io::Result<()> {
    step(&Step::Link(from, to), || fs::hard_link(from, to))
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    step(&Step::Remove(path), || fs::remove_file(path))
}

/// Makes what was created, renamed and removed in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    step(&Step::SyncFolder(folder), || {
        if WAITS {
            platform::sync_folder(folder)
        } else {
            Ok(())
        }
    })
}
