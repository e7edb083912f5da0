//! What the reader keeps, in forms that other programs read, and what they wrote, as records. It opens no file and draws nothing.

mod annotation;
mod citation;
mod csv;
mod entry;
mod html;
mod intake;
mod json;
mod markdown;
mod netscape;

use std::fmt;

use crate::model::{Bookmark, Highlight};
pub use citation::{Citation, CitationForm};
use entry::Entry;
pub use intake::{
    Doubt, Going, ImportError, ImportForm, Imported, MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES, import,
};

/// A form to write bookmarks and marked passages in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// Markdown, to read and to paste.
    Markdown,
    /// Comma-separated values after RFC 4180, a line a bookmark or passage.
    Csv,
    /// One HTML page that needs nothing else.
    Html,
    /// JSON with everything that is known.
    Json,
    /// An annotation collection after the W3C Web Annotation Data Model (2017), as JSON-LD.
    Annotations,
    /// The bookmark file that browsers import.
    Netscape,
}

impl ExportForm {
    /// Every form, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::Csv,
        Self::Html,
        Self::Json,
        Self::Annotations,
        Self::Netscape,
    ];

    /// The ending that files of this form have, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Json => "json",
            Self::Annotations => "jsonld",
            Self::Netscape => "htm",
        }
    }

    /// The form of files with this ending, in capitals or not.
    pub fn of_extension(ending: &str) -> Option<Self> {
        let mut forms = Self::ALL.into_iter();
        forms.find(|it| it.extension().eq_ignore_ascii_case(ending))
    }
}

impl fmt::Display for ExportForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Html => "a web page",
            Self::Json => "JSON",
            Self::Annotations => "web annotations",
            Self::Netscape => "bookmarks for a browser",
        })
    }
}

/// The bookmarks and marked passages that are there, as text; what was taken away is left out. The newest bookmark comes first, each
/// with the passages of its story; passages of stories without a bookmark come last.
pub fn export(form: ExportForm, bookmarks: &[Bookmark], highlights: &[Highlight]) -> String {
    let entries = entry::entries(bookmarks, highlights);
    let write: fn(&[Entry<'_>]) -> String = match form {
        ExportForm::Markdown => markdown::page,
        ExportForm::Csv => csv::table,
        ExportForm::Html => html::page,
        ExportForm::Json => json::document,
        ExportForm::Annotations => annotation::collection,
        ExportForm::Netscape => netscape::list,
    };
    write(&entries)
}

/// A document as JSON for people and programs.
fn pretty(document: &impl serde::Serialize) -> String {
    // Records are plain text and numbers, which always have a form in JSON.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
