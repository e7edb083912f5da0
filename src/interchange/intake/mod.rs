//! What other programs wrote of a reader's bookmarks, as records: our own JSON, and the exports of Pocket, Instapaper and browsers.
//!
//! What cannot be understood is told with its line, never dropped in silence; no text is too odd to be read. Every record has the time
//! that the file gives, and never the present, so that a file that is read twice says nothing new the second time.

mod json;
mod link;
mod links;
mod markup;
mod place;
mod table;
mod tables;

use std::borrow::Cow;
use std::fmt;

use crate::model::{Bookmark, Highlight};

/// The largest file that is read, in bytes.
pub const MAX_IMPORT_BYTES: usize = 100_000_000;
/// The most entries that are read of a file.
pub const MAX_IMPORT_ENTRIES: usize = 1_000_000;

/// What a file to import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportForm {
    /// The JSON that [`export`](super::export) writes.
    Json,
    /// One of the reader's own RON files. It is the shelf that reads it, and not [`import`].
    Ron,
    /// What Pocket gave out last: CSV with `title,url,time_added,tags,status`.
    PocketCsv,
    /// What Pocket gave out before: an HTML page with lists of links.
    PocketHtml,
    /// What Instapaper gives out: CSV with `URL,Title,Selection,Folder,Timestamp`, and `Tags` lately.
    InstapaperCsv,
    /// The bookmark file of browsers, which goes back to Netscape.
    Browser,
}

impl ImportForm {
    /// What `bytes` look like, by what is in them; `None` where it is nothing that can be imported.
    pub fn recognise(bytes: &[u8]) -> Option<Self> {
        const LOOK: usize = 64 * 1024;
        let head = text_of(bytes.get(..LOOK).unwrap_or(bytes));
        let head = head.trim_start();
        if head.starts_with('{') {
            return Some(Self::Json);
        }
        if is_ron(head) {
            return Some(Self::Ron);
        }
        if head.starts_with('<') {
            let head = head.to_ascii_lowercase();
            let has = |part: &str| head.contains(part);
            return if has("time_added=") || has("pocket export") {
                Some(Self::PocketHtml)
            } else if has("netscape-bookmark-file") || has("<dt") || has("<a ") {
                Some(Self::Browser)
            } else {
                None
            };
        }
        tables::recognise(head)
    }
}

impl fmt::Display for ImportForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "JSON of Offprint’s",
            Self::Ron => "a file of Offprint’s",
            Self::PocketCsv => "Pocket, CSV",
            Self::PocketHtml => "Pocket, HTML",
            Self::InstapaperCsv => "Instapaper, CSV",
            Self::Browser => "bookmarks of a browser",
        })
    }
}

/// What was read of a file.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// The bookmarks, in the order of the file.
    pub bookmarks: Vec<Bookmark>,
    /// The marked passages, in the order of the file.
    pub highlights: Vec<Highlight>,
    /// What was not understood, in the order of the file.
    pub doubts: Vec<Doubt>,
}

/// Something in a file that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// What is wrong with it, and what was done about it: no full stop.
    pub what: String,
    /// Whether the whole entry was left out.
    pub left_out: bool,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Why nothing of a file was read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ImportError {
    /// It is none of the forms.
    #[error(
        "This is no file that bookmarks can be imported from. Choose JSON of Offprint’s, one of your own RON files, an export of Pocket or Instapaper, or the bookmark file of a browser"
    )]
    Unknown,
    /// Too many bytes.
    #[error(
        "The file is larger than {} MB. Take it apart and import the parts",
        MAX_IMPORT_BYTES / 1_000_000
    )]
    TooLarge,
    /// Too many entries.
    #[error(
        "The file has more than {MAX_IMPORT_ENTRIES} entries. Take it apart and import the parts"
    )]
    TooMany,
    /// It is not the form it was taken for.
    #[error("Line {line}: {what}. Nothing was imported")]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// Whoever asked wants it no longer.
    #[error("The import was stopped; nothing was imported")]
    Cancelled,
}

/// Told how many bytes of how many are read; says whether to go on.
pub type Going<'a> = &'a dyn Fn(usize, usize) -> bool;

/// Reads a file that is of this `form`. A byte that is no text becomes `�`.
///
/// Fails where the file is too large, is not of this form or `going` ends it.
pub fn import(bytes: &[u8], form: ImportForm, going: Going<'_>) -> Result<Imported, ImportError> {
    if bytes.len() > MAX_IMPORT_BYTES {
        return Err(ImportError::TooLarge);
    }
    let text = text_of(bytes);
    match form {
        ImportForm::Json => json::read(&text, going),
        ImportForm::Ron => Err(ImportError::Unknown),
        ImportForm::PocketCsv | ImportForm::InstapaperCsv => tables::read(&text, form, going),
        ImportForm::PocketHtml | ImportForm::Browser => links::read(&text, form, going),
    }
}

/// The bytes as text: UTF-8, or UTF-16 where they begin with its mark, with `�` for what is neither.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1);
        let units = units.map(|it| pair([it[0], it[1]]));
        let chars = char::decode_utf16(units);
        Cow::Owned(chars.map(|it| it.unwrap_or('\u{FFFD}')).collect())
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Whether a text begins like one of the reader's files, after its comments.
fn is_ron(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|it| !it.is_empty() && !it.starts_with("//") && !it.starts_with("#!["));
    first.is_some_and(|line| {
        ["Bookmarks", "Highlights", "Reading"].iter().any(|name| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().starts_with('('))
        })
    })
}

#[cfg(test)]
mod any_tests;
#[cfg(test)]
mod tests;
