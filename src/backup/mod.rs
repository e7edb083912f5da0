//! Everything of the reader's in one file, and back: a plain ZIP file with the files as they are, and `backup.ron`, a list of them.
//!
//! To put one back is to take in what is missing, which loses nothing; or, where the reader wants that, to make everything as it was, after
//! a backup of what is there now. What is read is never believed, and nothing is changed before all of it was read and compared.

mod archive;
mod contents;
mod error;
mod make;
mod manifest;
mod restore;

pub use error::BackupError;
pub use make::{BackedUp, back_up, default_name};
pub use restore::{Prepared, Restored, prepare};

/// How far a long job is: so many of so many files are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files are put into a backup.
    Packing(usize, usize),
    /// A backup is read back.
    Verifying(usize, usize),
    /// A backup is read and compared.
    Reading(usize, usize),
    /// Files are put back.
    Restoring(usize, usize),
}

/// Who is told how far a job is.
pub type Progress<'a> = &'a dyn Fn(Step);
