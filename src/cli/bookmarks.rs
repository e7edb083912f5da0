//! `offprint bookmarks`: the reader's bookmarks, listed and changed. Safe while a window is open on the same files.

use std::path::Path;

use serde::Serialize;

use super::bookmark_args::{AddMark, Bookmarks, BookmarksCommand, Mark};
use super::source::{open_pack, origin, row};
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use super::{filing, kept};
use crate::model::{Bookmark, BookmarkChange, Edition as _, Origin, SeriesId, StoryId, Tags};
use crate::pack::Pack;
use crate::shelf::{Shelf, ShelfNotice};

/// What a change of a bookmark prints with `--json`.
#[derive(Serialize)]
struct ChangeJson<'a> {
    series: &'a str,
    story: &'a str,
    /// Whether it was not so before.
    changed: bool,
}

pub(super) fn run(
    wish: &Bookmarks,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    match &wish.command {
        BookmarksCommand::List(it) => filing::list(it, wish.json, shelf, terminal),
        BookmarksCommand::Tag(it) => filing::tag(it, wish.json, shelf, terminal),
        BookmarksCommand::Note(it) => filing::note(it, wish.json, shelf, terminal),
        BookmarksCommand::Restore(it) => filing::restore(it, wish.json, shelf, terminal),
        BookmarksCommand::Add(mark) => add(mark, wish.json, shelf, terminal),
        BookmarksCommand::Remove(mark) => remove(mark, wish.json, shelf, terminal),
        BookmarksCommand::Keep(mark) => kept::keep(mark, wish.json, shelf, terminal),
        BookmarksCommand::Unkeep(mark) => kept::unkeep(mark, wish.json, shelf, terminal),
        BookmarksCommand::Kept => kept::kept(wish.json, shelf, terminal),
        BookmarksCommand::Apply => super::apply::run(std::io::stdin().lock(), shelf, terminal),
        BookmarksCommand::Export(it) => super::export::run(it, shelf, terminal),
        BookmarksCommand::Import(it) => super::import::run(it, wish.json, shelf, terminal),
        BookmarksCommand::Merge(it) => super::merge::run(&it.other, wish.json, shelf, terminal),
    }
}

fn add(
    wish: &AddMark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let mark = &wish.mark;
    let pack = open_pack(&mark.pack, terminal)?;
    let bookmark = bookmark(&pack, &mark.pack, &mark.story, shelf, terminal)?;
    let series = bookmark.series.clone();
    let (story, at) = (bookmark.story.clone(), shelf.now());
    let mut changes = vec![BookmarkChange::Add(Box::new(bookmark))];
    for tag in wish.tag.iter().filter_map(|tag| Tags::tidy(tag)) {
        let (story, there) = (story.clone(), true);
        changes.push(BookmarkChange::Tag {
            story,
            tag,
            there,
            at,
        });
    }
    if let Some(text) = wish.note.clone() {
        changes.push(BookmarkChange::Remark { story, text, at });
    }
    let saved = shelf.change_bookmarks(&series, &changes)?;
    tell(&saved.notices, terminal);
    let done = if saved.changed {
        "Bookmarked"
    } else {
        "Bookmarked already"
    };
    report(&series, &mark.story, saved.changed, done, json, terminal)?;
    Ok(DONE)
}

/// A new bookmark of a story in an open pack, which was typed as `typed`.
pub(super) fn bookmark(
    pack: &Pack,
    typed: &Path,
    story: &str,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<Bookmark, CliError> {
    let row = row(pack, typed, story)?;
    let Some(story) = pack.story(row) else {
        return Err(CliError::Refused("The story is gone".to_owned()));
    };
    let digest = match pack.body(row) {
        Ok(body) => body.digest,
        Err(error) => {
            // The story can still be found again; only a change of its text will go unnoticed.
            terminal.message(&error);
            String::new()
        }
    };
    let place = origin(typed).to_text();
    Ok(Bookmark::of(
        pack.info(),
        &story,
        &digest,
        &place,
        shelf.now(),
    ))
}

fn remove(
    mark: &Mark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let series = series_of(mark, terminal)?;
    let (story, at) = (StoryId::new(&mark.story), shelf.now());
    let saved = shelf.change_bookmarks(&series, &[BookmarkChange::Remove { story, at }])?;
    tell(&saved.notices, terminal);
    if !saved.changed && !json {
        let story = &mark.story;
        let message = format!(
            "`{story}` of {series} is not bookmarked; `offprint bookmarks list` prints what is"
        );
        return Err(CliError::Refused(message));
    }
    report(
        &series,
        &mark.story,
        saved.changed,
        "No longer bookmarked",
        json,
        terminal,
    )?;
    Ok(if saved.changed { DONE } else { PROBLEMS })
}

/// The series of a pack, or the one that is named: what the reader keeps outlives its pack, and so must the way to take it away.
pub(super) fn series_of(mark: &Mark, terminal: &mut Terminal<'_>) -> Result<SeriesId, CliError> {
    Ok(match origin(&mark.pack) {
        Origin::Path(path) if !path.exists() => SeriesId::new(mark.pack.to_string_lossy()),
        _ => open_pack(&mark.pack, terminal)?.info().series.clone(),
    })
}

/// Says what was done to a bookmark.
pub(super) fn report(
    series: &SeriesId,
    story: &str,
    changed: bool,
    done: &str,
    json: bool,
    terminal: &mut Terminal<'_>,
) -> Result<(), CliError> {
    if json {
        let series = series.as_str();
        terminal.json(&ChangeJson {
            series,
            story,
            changed,
        })?;
    } else {
        terminal.line(format_args!("{done}: {series} {story}"))?;
    }
    Ok(())
}

pub(super) fn tell(notices: &[ShelfNotice], terminal: &mut Terminal<'_>) {
    for notice in notices {
        terminal.message(notice);
    }
}
