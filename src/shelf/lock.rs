//! One writer at a time: an advisory lock on a file in the data folder, waited for, but not for ever.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::disk;
use super::error::ShelfError;

const NAME: &str = ".lock";
/// Locked by the one who is next.
const TURN: &str = ".lock-next";
/// The files of a lock, in which nothing stands.
pub(super) const NAMES: [&str; 2] = [NAME, TURN];
const PATIENCE: Duration = Duration::from_secs(5);
/// Short, as one who changes one thing after another leaves it free for a moment only.
const PAUSE: Duration = Duration::from_millis(1);

/// Held while files are changed; ends with the value, and with the process.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of a data folder that exists.
    pub fn of(folder: &Path) -> Result<Self, ShelfError> {
        Self::patiently(folder, PATIENCE)
    }

    fn patiently(folder: &Path, patience: Duration) -> Result<Self, ShelfError> {
        let until = Instant::now() + patience;
        // Whoever waits for the lock has the turn, so that one who lets it go and wants it again at once does not get it first.
        let turn = wait(&folder.join(TURN), until)?;
        let lock = wait(&folder.join(NAME), until)?;
        drop(turn);
        Ok(Self { _file: lock })
    }
}

/// Waits for a file that nobody else has locked, and locks it.
fn wait(path: &Path, until: Instant) -> Result<File, ShelfError> {
    let file = disk::open_lock(path).map_err(|error| ShelfError::write(path, error))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::WouldBlock) => {
                let path = path.to_owned();
                return Err(ShelfError::Busy { path });
            }
            Err(TryLockError::Error(error)) => {
                // Some network file systems have no locks. To save nothing there would be worse than to save alone.
                log::warn!("{} cannot be locked: {error}", path.display());
                return Ok(file);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_and_then_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::of(folder.path()).unwrap();
        let second = Lock::patiently(folder.path(), Duration::from_millis(20));
        assert!(matches!(second, Err(ShelfError::Busy { .. })), "{second:?}");
        drop(first);
        Lock::patiently(folder.path(), Duration::ZERO).unwrap();
    }
}
