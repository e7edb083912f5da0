//! `offprint bookmarks list`, `tag`, `note` and `restore`: bookmarks found, and what the reader makes of them.

use std::cmp::Reverse;
use std::io::Read as _;

use clap::ValueEnum;
use serde::Serialize;

use super::bookmark_args::Mark;
use super::bookmarks::{report, series_of, tell};
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::model::{
    Bookmark, BookmarkChange, Date, MAX_REMARK_BYTES, SeriesId, StoryId, Tags, fold,
};
use crate::shelf::Shelf;

/// Which bookmarks are listed, and how.
#[derive(Debug, clap::Args)]
pub(super) struct ListBookmarks {
    /// Only those with these words in headline, summary, publisher, tags or note
    #[arg(long, value_name = "WORDS")]
    pub find: Option<String>,
    /// Only those with this tag; several times for several
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// In which order
    #[arg(long, value_enum, default_value_t = SortBy::Saved)]
    pub sort: SortBy,
    /// Those that were taken away, and can be restored
    #[arg(long)]
    pub removed: bool,
}

/// The orders there are.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SortBy {
    /// Saved last first
    Saved,
    /// The newest story first
    Date,
    /// By publisher, in the order of the alphabet
    Publisher,
}

/// Tags for a bookmark.
#[derive(Debug, clap::Args)]
pub(super) struct TagMark {
    #[command(flatten)]
    pub mark: Mark,
    /// The tags
    #[arg(required = true, value_name = "TAG")]
    pub tags: Vec<String>,
    /// Take the tags away
    #[arg(long)]
    pub remove: bool,
}

/// A note for a bookmark.
#[derive(Debug, clap::Args)]
pub(super) struct NoteMark {
    #[command(flatten)]
    pub mark: Mark,
    /// The note; `-` to read it from the standard input, nothing to print the one there is, "" to take it away
    pub text: Option<String>,
}

/// What `bookmarks list --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct ListJson<'a> {
    bookmarks: Vec<BookmarkJson<'a>>,
}

#[derive(Serialize)]
struct BookmarkJson<'a> {
    series: &'a str,
    edition: &'a str,
    story: &'a str,
    headline: &'a str,
    summary: &'a str,
    publisher: &'a str,
    pack_title: &'a str,
    published: Option<&'a str>,
    saved: String,
    /// When it was taken away, only where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<String>,
    digest: &'a str,
    origin: &'a str,
    tags: Vec<&'a str>,
    note: String,
}

pub(super) fn list(
    wish: &ListBookmarks,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let mut loaded = shelf.load_all_bookmarks();
    let words = fold(wish.find.as_deref().unwrap_or_default());
    let words: Vec<&str> = words.split_whitespace().collect();
    let tags: Vec<String> = wish.tag.iter().filter_map(|tag| Tags::tidy(tag)).collect();
    loaded.value.retain(|it| {
        it.is_there() != wish.removed
            && tags.iter().all(|tag| it.tags.has(tag))
            && has_all(it, &words)
    });
    order(&mut loaded.value, wish.sort);
    if json {
        let bookmarks = loaded.value.iter().map(BookmarkJson::of).collect();
        terminal.json(&ListJson { bookmarks })?;
    } else {
        for it in &loaded.value {
            let saved = it.saved().to_string();
            let day = saved.get(..10).unwrap_or_default();
            let (series, story) = (&it.series, &it.story);
            let headline = &it.was.headline;
            terminal.line(format_args!("{day:<10}  {series}  {story}  {headline}"))?;
        }
    }
    tell(&loaded.notices, terminal);
    Ok(if loaded.notices.is_empty() {
        DONE
    } else {
        PROBLEMS
    })
}

fn has_all(it: &Bookmark, words: &[&str]) -> bool {
    let text = (!words.is_empty()).then(|| it.folded());
    text.is_none_or(|text| words.iter().all(|word| text.contains(word)))
}

/// Those saved last are first as they come.
fn order(bookmarks: &mut [Bookmark], sort: SortBy) {
    match sort {
        SortBy::Saved => {}
        SortBy::Date => bookmarks
            .sort_by_cached_key(|it| Reverse(it.was.published.as_deref().and_then(Date::parse))),
        SortBy::Publisher => bookmarks.sort_by_cached_key(|it| {
            let publisher = fold(&it.was.publisher);
            (publisher.is_empty(), publisher)
        }),
    }
}

pub(super) fn tag(
    wish: &TagMark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let (at, there) = (shelf.now(), !wish.remove);
    let tags = wish.tags.iter().filter_map(|tag| Tags::tidy(tag));
    let changes: Vec<BookmarkChange> = tags
        .map(|tag| BookmarkChange::Tag {
            story: StoryId::new(&wish.mark.story),
            tag,
            there,
            at,
        })
        .collect();
    let done = if there { "Tagged" } else { "No longer tagged" };
    change(&wish.mark, &changes, done, json, shelf, terminal)
}

pub(super) fn note(
    wish: &NoteMark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let story = StoryId::new(&wish.mark.story);
    let text = match wish.text.as_deref() {
        None => {
            let bookmark = find(&wish.mark, shelf, terminal)?;
            terminal.line(format_args!("{}", bookmark.remark.text()))?;
            return Ok(DONE);
        }
        Some("-") => read_text(&mut std::io::stdin())?,
        Some(text) => text.to_owned(),
    };
    let at = shelf.now();
    let text = text.trim_end().to_owned();
    let change_it = [BookmarkChange::Remark { story, text, at }];
    change(&wish.mark, &change_it, "Noted", json, shelf, terminal)
}

pub(super) fn restore(
    mark: &Mark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let (story, at) = (StoryId::new(&mark.story), shelf.now());
    let series = series_of(mark, terminal)?;
    let loaded = shelf.load_bookmarks(&series);
    tell(&loaded.notices, terminal);
    if !loaded.value.iter().any(|it| it.story == story) {
        return Err(unknown(&series, &mark.story));
    }
    let saved = shelf.change_bookmarks(&series, &[BookmarkChange::Restore { story, at }])?;
    tell(&saved.notices, terminal);
    let done = done(saved.changed, "Bookmarked again");
    report(&series, &mark.story, saved.changed, done, json, terminal)?;
    Ok(DONE)
}

/// What was done, where anything was.
fn done(changed: bool, done: &str) -> &str {
    if changed { done } else { "It was so already" }
}

/// Changes a bookmark that must be there.
fn change(
    mark: &Mark,
    changes: &[BookmarkChange],
    done: &str,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let bookmark = find(mark, shelf, terminal)?;
    let saved = shelf.change_bookmarks(&bookmark.series, changes)?;
    tell(&saved.notices, terminal);
    let (series, done) = (&bookmark.series, self::done(saved.changed, done));
    report(series, &mark.story, saved.changed, done, json, terminal)?;
    Ok(DONE)
}

fn find(mark: &Mark, shelf: &Shelf, terminal: &mut Terminal<'_>) -> Result<Bookmark, CliError> {
    let series = series_of(mark, terminal)?;
    let loaded = shelf.load_bookmarks(&series);
    tell(&loaded.notices, terminal);
    let mut all = loaded.value.into_iter();
    all.find(|it| it.story.as_str() == mark.story && it.is_there())
        .map(|it| Bookmark {
            series: series.clone(),
            ..it
        })
        .ok_or_else(|| unknown(&series, &mark.story))
}

fn unknown(series: &SeriesId, story: &str) -> CliError {
    CliError::Refused(format!(
        "`{story}` of {series} is not bookmarked; `offprint bookmarks list` prints what is, with --removed what was"
    ))
}

/// A note from elsewhere, no longer than a note may be.
fn read_text(from: &mut impl std::io::Read) -> Result<String, CliError> {
    let most = MAX_REMARK_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = from.take(most).read_to_end(&mut bytes);
    read.map_err(|error| CliError::Refused(format!("The note could not be read: {error}")))?;
    if bytes.len() > MAX_REMARK_BYTES {
        return Err(CliError::Refused(format!(
            "The note is longer than {} KiB; shorten it",
            MAX_REMARK_BYTES / 1024
        )));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl<'a> BookmarkJson<'a> {
    fn of(it: &'a Bookmark) -> Self {
        Self {
            series: it.series.as_str(),
            edition: &it.was.edition,
            story: it.story.as_str(),
            headline: &it.was.headline,
            summary: &it.was.summary,
            publisher: &it.was.publisher,
            pack_title: &it.was.pack_title,
            published: it.was.published.as_deref(),
            saved: it.saved().to_string(),
            removed: (!it.is_there()).then(|| it.life.removed.to_string()),
            digest: &it.was.digest,
            origin: &it.was.origin,
            tags: it.tags.iter().collect(),
            note: it.remark.text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_from_elsewhere_is_bounded() {
        assert_eq!(read_text(&mut &b"a\n"[..]).unwrap(), "a\n");
        let long = vec![b'a'; MAX_REMARK_BYTES + 1];
        let error = read_text(&mut &long[..]).unwrap_err();
        assert!(error.to_string().contains("longer than 64 KiB"), "{error}");
    }
}
