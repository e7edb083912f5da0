//! What the reader should know about their files: which one, what is wrong with it, what became of it.

use std::fmt;
use std::path::{Path, PathBuf};

/// A file of the reader's that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfNotice {
    /// The file.
    pub file: PathBuf,
    /// What is wrong.
    pub trouble: Trouble,
    /// What became of it.
    pub fate: Fate,
}

impl ShelfNotice {
    /// A file that cannot be read and stays as it is.
    pub(super) fn unreadable(file: &Path, error: &impl fmt::Display) -> Self {
        Self {
            file: file.to_owned(),
            trouble: Trouble::Unreadable {
                what: error.to_string(),
            },
            fate: Fate::Left { salvaged: 0 },
        }
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing is in it.
    Empty,
    /// Only zeros are in it, as after a power cut.
    Zeros,
    /// It is no UTF-8.
    NotText,
    /// It is no RON of the right shape.
    Damaged {
        /// Where it shows, counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// A newer Offprint wrote it.
    Newer {
        /// Its version.
        version: u32,
    },
    /// Some entries are not understood.
    Entries {
        /// How many.
        count: usize,
        /// The line of the first, counted from 1.
        line: usize,
        /// What is wrong with the first.
        what: String,
    },
    /// It is another copy of a file of ours, left by a program that keeps folders alike.
    Copy {
        /// How many entries it has.
        entries: usize,
    },
    /// What it was before could not be kept.
    NotKept {
        /// The folder of older states.
        folder: PathBuf,
        /// What the system says.
        what: String,
    },
    /// It cannot be read at all.
    Unreadable {
        /// What the system says.
        what: String,
    },
}

/// What became of a file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was set aside; what could be read is in a new file of the old name.
    SetAside {
        /// Where it is now.
        kept: PathBuf,
        /// How many entries the new file has from it.
        salvaged: usize,
    },
    /// It is where it was and as it was. Nothing is written over it.
    Left {
        /// How many entries could be read.
        salvaged: usize,
    },
    /// What it knows was taken in, and it was set aside.
    Merged {
        /// Where it is now.
        kept: PathBuf,
    },
    /// It was changed all the same.
    Changed,
    /// It stays in use; what is not understood is kept in it.
    Used,
}

impl fmt::Display for ShelfNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.file.display(), self.trouble)?;
        match &self.fate {
            Fate::SetAside { kept, salvaged } => {
                write!(f, ". It is kept as {}", kept.display())?;
                match salvaged {
                    0 => write!(f, "; nothing in it could be read"),
                    1 => write!(f, "; the one entry that could be read is still here"),
                    n => write!(f, "; the {n} entries that could be read are still here"),
                }?;
                f.write_str(".")
            }
            Fate::Left { salvaged: 0 } => f.write_str(". It is left as it is."),
            Fate::Left { salvaged } => write!(
                f,
                ". It is left as it is; {salvaged} of its entries could be read."
            ),
            Fate::Merged { kept } => write!(
                f,
                "; what it says was taken in, and it is kept as {}.",
                kept.display()
            ),
            Fate::Changed => f.write_str(". The change itself is saved."),
            Fate::Used => f.write_str(". They are kept in the file as they are."),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Zeros => f.write_str("holds nothing but zeros, as after a power cut"),
            Self::NotText => f.write_str("is not text (UTF-8)"),
            Self::Damaged { line, column, what } => {
                write!(f, "is damaged: line {line}, column {column}: {what}")
            }
            Self::Newer { version } => {
                write!(f, "was written by a newer Offprint (version {version})")
            }
            Self::Entries {
                count: 1,
                line,
                what,
            } => {
                write!(
                    f,
                    "has an entry that is not understood: line {line}: {what}"
                )
            }
            Self::Entries { count, line, what } => write!(
                f,
                "has {count} entries that are not understood; the first is in line {line}: {what}"
            ),
            Self::Copy { entries } => {
                write!(f, "is another copy of your file, with {entries} entries")
            }
            Self::NotKept { folder, what } => write!(
                f,
                "was changed, but what it was before could not be kept in {} ({what})",
                folder.display()
            ),
            Self::Unreadable { what } => write!(f, "could not be read: {what}"),
        }
    }
}
