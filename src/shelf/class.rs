//! The kinds of files that a series has: bookmarks, marked passages, reading marks. What each does differently, in one table.

use std::borrow::Cow;

use ron::error::SpannedError;

use super::file::Kind;
use super::merge::{Counts, Merged};
use super::outline::Walk;
use super::{bookmarks, highlights, reading};
use crate::model::SeriesId;

/// A folder of files of one kind, one a series and its volumes.
pub(super) struct Class {
    /// Its name in the data folder.
    pub folder: &'static str,
    /// How its files are made.
    pub kind: Kind,
    /// A file without records.
    pub fresh: fn(Option<&SeriesId>) -> String,
    /// The field with the name of a record among those of its series.
    pub key_field: &'static str,
    /// The name of a record that is understood.
    pub key: fn(&str) -> Option<String>,
    /// A record of ours with what these of theirs know besides; `None` where that is nothing. Fails where one of them is not
    /// understood.
    pub join: fn(&str, &[&str]) -> Result<Option<String>, SpannedError>,
    /// Where a merge counts its records.
    pub counts: fn(&mut Merged) -> &mut Counts,
}

impl Class {
    /// The name of a record, read in full only where its text does not show it.
    pub fn key_of<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        let shown = self.shown_key(text).map(Cow::Borrowed);
        shown.or_else(|| (self.key)(text).map(Cow::Owned))
    }

    fn shown_key<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut fields = Walk::fields(text).ok()?;
        let mut found = None;
        while let Some((name, value)) = fields.field().ok()? {
            if name == self.key_field && found.replace(value).is_some() {
                return None;
            }
        }
        let key = found?.strip_prefix('"')?.strip_suffix('"')?;
        (!key.contains(['\\', '"'])).then_some(key)
    }
}

/// Every kind.
pub(super) static CLASSES: [&Class; 3] = [&bookmarks::CLASS, &highlights::CLASS, &reading::CLASS];
