//! One writer at a time: an advisory lock on a file in the data folder, waited for, but not for ever.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::disk;
use super::error::ShelfError;

const NAME: &str = ".lock";
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
        let path = folder.join(NAME);
        let file = disk::open_lock(&path).map_err(|error| ShelfError::write(&path, error))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(TryLockError::WouldBlock) => return Err(ShelfError::Busy { path }),
                Err(TryLockError::Error(error)) => {
                    // Some network file systems have no locks. To save nothing there would be worse than to save alone.
                    log::warn!("{} cannot be locked: {error}", path.display());
                    break;
                }
            }
        }
        Ok(Self { _file: file })
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
