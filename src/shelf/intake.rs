//! Takes in records that came from another program's file: each joins what is here of its story, so that nothing is taken away, what the
//! reader took away stays so, and the same file again changes nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::error::ShelfError;
use super::marks::Mark;
use super::{Counts, Shelf, ShelfNotice};
use crate::model::{Bookmark, BookmarkChange, Highlight, HighlightChange, SeriesId};

/// What was taken in, or would be. It is durable when this is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Bookmarks.
    pub bookmarks: Counts,
    /// Marked passages.
    pub highlights: Counts,
    /// What the reader took away before and what stays so: the headlines of bookmarks, and the words of passages.
    pub still_removed: Vec<String>,
    /// What the reader should know about the files.
    pub notices: Vec<ShelfNotice>,
}

impl Shelf {
    /// Takes in these records, the files of one series after those of another; with `dry`, only says what that would do.
    ///
    /// `going` is told how many records of how many are through, and says whether to go on; `None` where it ended this, and then the
    /// series that were through stay taken in. Fails at the first file that cannot be changed.
    pub fn import(
        &self,
        bookmarks: Vec<Bookmark>,
        highlights: Vec<Highlight>,
        dry: bool,
        going: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Option<TakenIn>, ShelfError> {
        let all = bookmarks.len() + highlights.len();
        let (mut done, mut taken) = (0, TakenIn::default());
        for (series, records) in by_series(bookmarks, |it| &it.series) {
            if !going(done, all) {
                return Ok(None);
            }
            done += records.len();
            let known = self.load_bookmarks(&series);
            let news = news(known.value, records, &mut taken.bookmarks, |it| {
                if !it.is_there() {
                    taken.still_removed.push(name(it));
                }
            });
            taken.notices.extend(known.notices);
            if dry || news.is_empty() {
                continue;
            }
            if !going(done, all) {
                return Ok(None);
            }
            let join = |it: Bookmark| BookmarkChange::Join(Box::new(it));
            let changes: Vec<BookmarkChange> = news.into_iter().map(join).collect();
            let saved = self.change_bookmarks(&series, &changes)?;
            taken.notices.extend(saved.notices);
        }
        for (series, records) in by_series(highlights, |it| &it.series) {
            if !going(done, all) {
                return Ok(None);
            }
            done += records.len();
            let known = self.load_highlights(&series);
            let news = news(known.value, records, &mut taken.highlights, |it| {
                if !it.is_there() {
                    taken.still_removed.push(it.anchor.quote.clone());
                }
            });
            taken.notices.extend(known.notices);
            if dry || news.is_empty() {
                continue;
            }
            let join = |it: Highlight| HighlightChange::Join(Box::new(it));
            let changes: Vec<HighlightChange> = news.into_iter().map(join).collect();
            let saved = self.change_highlights(&series, &changes)?;
            taken.notices.extend(saved.notices);
        }
        // The same damage may have been met twice.
        taken.notices.dedup();
        Ok(Some(taken))
    }
}

/// The bytes of a file that another program wrote; of one that is larger, one byte more than `most`.
pub fn read_foreign(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    if path.is_dir() {
        let what = "it is a folder, and a file is wanted";
        return Err(io::Error::new(io::ErrorKind::IsADirectory, what));
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let file = File::open(path)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn name(bookmark: &Bookmark) -> String {
    match bookmark.was.headline.as_str() {
        "" => bookmark.story.to_string(),
        headline => headline.to_owned(),
    }
}

/// Records by series and name; those of one name are one.
fn by_series<M: Mark>(
    records: Vec<M>,
    series: fn(&M) -> &SeriesId,
) -> BTreeMap<SeriesId, BTreeMap<String, M>> {
    let mut all: BTreeMap<SeriesId, BTreeMap<String, M>> = BTreeMap::new();
    for record in records {
        add(all.entry(series(&record).clone()).or_default(), record);
    }
    all
}

fn add<M: Mark>(records: &mut BTreeMap<String, M>, record: M) {
    match records.entry(record.key().to_owned()) {
        Entry::Vacant(place) => _ = place.insert(record),
        Entry::Occupied(mut place) => place.get_mut().join(&record),
    }
}

/// Those of the records that say something new, each counted and, as it will be, shown to `each`.
fn news<M: Mark>(
    known: Vec<M>,
    records: BTreeMap<String, M>,
    counts: &mut Counts,
    mut each: impl FnMut(&M),
) -> Vec<M> {
    let mut here = BTreeMap::new();
    for record in known {
        add(&mut here, record);
    }
    let mut news = Vec::new();
    for (key, record) in records {
        let Some(before) = here.get(&key) else {
            counts.added += 1;
            each(&record);
            news.push(record);
            continue;
        };
        let mut after = before.clone();
        after.join(&record);
        each(&after);
        if after == *before {
            counts.same += 1;
        } else {
            counts.changed += 1;
            news.push(record);
        }
    }
    news
}
