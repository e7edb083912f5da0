//! `offprint bookmarks keep`, `unkeep` and `kept`, and `offprint clippings`: copies of stories, kept, listed and put together into a pack.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::Clippings;
use super::bar::Bar;
use super::bookmark_args::{Mark, UnkeepMark};
use super::bookmarks::series_of;
use super::source::{open_pack, origin, row};
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::model::{Bookmark, BookmarkChange, Edition as _, Origin, SeriesId, StoryId};
use crate::pack::{ClippingsError, ClippingsStep, clippings, open};
use crate::shelf::{KeptCopy, Shelf, is_sound};

/// What `bookmarks keep --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct KeepJson<'a> {
    series: &'a str,
    story: &'a str,
    digest: &'a str,
    /// Whether this copy was not there before.
    changed: bool,
    path: String,
    bytes: usize,
    /// Pictures that could not be read and are not in the copy.
    missing: &'a [String],
}

/// What `bookmarks unkeep --json` prints.
#[derive(Serialize)]
struct UnkeepJson<'a> {
    series: &'a str,
    story: &'a str,
    changed: bool,
    /// How many copies there were.
    removed: usize,
}

/// What `bookmarks unkeep --undo --json` prints.
#[derive(Serialize)]
struct RekeepJson<'a> {
    series: &'a str,
    story: &'a str,
    changed: bool,
    /// How many copies were put back.
    restored: usize,
}

/// What `bookmarks kept --json` prints.
#[derive(Serialize)]
struct KeptJson {
    kept: Vec<CopyJson>,
}

#[derive(Serialize)]
struct CopyJson {
    series: String,
    story: String,
    edition: String,
    pack_title: String,
    publisher: String,
    rights: String,
    headline: String,
    digest: String,
    path: String,
    bytes: u64,
    /// Whether it is what it was when it was kept.
    sound: bool,
}

/// What `clippings --json` prints.
#[derive(Serialize)]
struct ClippingsJson {
    path: String,
    stories: usize,
    pictures: usize,
    bytes: u64,
}

/// Keeps a copy of a story, and bookmarks it.
pub(super) fn keep(
    mark: &Mark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let pack = open_pack(&mark.pack, terminal)?;
    let row = row(&pack, &mark.pack, &mark.story)?;
    let Some(story) = pack.story(row) else {
        return Err(CliError::Refused("The story is gone".to_owned()));
    };
    let clip = pack.clip(row)?;
    for reason in &clip.missing {
        let message = format!("The copy is made without a picture. {reason}");
        terminal.message(&message);
    }
    let stored = shelf.keep(&clip.series, &clip.story, &clip.bytes)?;
    if let Some(aside) = &stored.set_aside {
        let message = format!(
            "The copy that was there is damaged; it was set aside and a new one made: {}",
            aside.display()
        );
        terminal.message(&message);
    }
    let place = origin(&mark.pack).to_text();
    let bookmark = Bookmark::of(pack.info(), &story, &clip.digest, &place, shelf.now());
    let change = BookmarkChange::Add(Box::new(bookmark));
    let saved = shelf.change_bookmarks(&clip.series, &[change])?;
    for notice in &saved.notices {
        terminal.message(notice);
    }
    let path = stored.path.display();
    if json {
        terminal.json(&KeepJson {
            series: clip.series.as_str(),
            story: clip.story.as_str(),
            digest: &clip.digest,
            changed: stored.fresh,
            path: path.to_string(),
            bytes: clip.bytes.len(),
            missing: &clip.missing,
        })?;
    } else {
        let done = if stored.fresh { "Kept" } else { "Kept already" };
        terminal.line(format_args!("{done}: {} {}", clip.series, clip.story))?;
        terminal.line(format_args!("{path}"))?;
    }
    Ok(DONE)
}

/// Removes the copies of a story. They stay beside under another name until the reader clears the folder.
/// Puts the removed copies of a story back.
fn rekeep(
    series: &SeriesId,
    story: &str,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let restored = shelf.restore_kept(series, &StoryId::new(story))?;
    if json {
        terminal.json(&RekeepJson {
            series: series.as_str(),
            story,
            changed: restored > 0,
            restored,
        })?;
    } else if restored == 0 {
        let message = format!("No removed copy of `{story}` of {series} is there to be put back");
        return Err(CliError::Refused(message));
    } else {
        terminal.line(format_args!("Kept again: {series} {story}"))?;
    }
    Ok(if restored > 0 { DONE } else { PROBLEMS })
}

pub(super) fn unkeep(
    wish: &UnkeepMark,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let series = series_of(&wish.mark, terminal)?;
    let story = &wish.mark.story;
    if wish.undo {
        return rekeep(&series, story, json, shelf, terminal);
    }
    let removed = shelf.remove_kept(&series, &StoryId::new(story))?;
    if json {
        terminal.json(&UnkeepJson {
            series: series.as_str(),
            story,
            changed: removed > 0,
            removed,
        })?;
    } else if removed == 0 {
        let message = format!(
            "No copy of `{story}` of {series} is kept; `offprint bookmarks kept` prints what is"
        );
        return Err(CliError::Refused(message));
    } else {
        terminal.line(format_args!("No longer kept: {series} {story}"))?;
    }
    Ok(if removed > 0 { DONE } else { PROBLEMS })
}

/// Lists what is kept, by series and story, the newest copy of a story first.
pub(super) fn kept(json: bool, shelf: &Shelf, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let mut status = DONE;
    let mut all = Vec::new();
    for copy in shelf.kept() {
        let sound = is_sound(&copy.path).unwrap_or(false);
        if !sound {
            status = PROBLEMS;
            let message = format!(
                "This copy is damaged or cannot be read; it is left as it is. Keep the story again, if its pack is still there: {}",
                copy.path.display()
            );
            terminal.message(&message);
        }
        all.push(CopyJson::of(&copy, sound));
    }
    if json {
        terminal.json(&KeptJson { kept: all })?;
    } else {
        for it in &all {
            let (series, story) = (&it.series, &it.story);
            terminal.line(format_args!(
                "{series}  {story}  {}  {}",
                it.edition, it.headline
            ))?;
        }
    }
    Ok(status)
}

/// Makes one pack of kept stories.
pub(super) fn export(
    wish: &Clippings,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let chosen = chosen(wish, shelf, terminal)?;
    let copies: Vec<PathBuf> = chosen.into_iter().map(|copy| copy.path).collect();
    let bar = Bar::new(terminal);
    let progress = |step| match step {
        ClippingsStep::Reading(done, all) => bar.show("Reading", done, all),
        ClippingsStep::Packing(done, all) => bar.show("Packing", done, all),
        ClippingsStep::Verifying(done, all) => bar.show("Verifying", done, all),
    };
    let never = AtomicBool::new(false);
    let made = clippings(&copies, &wish.title, &wish.output, &never, &progress);
    bar.clear();
    let made = made.map_err(|error| match error {
        ClippingsError::Pack(error) => CliError::Pack(error),
        ClippingsError::Write { .. } | ClippingsError::NotTheSame { .. } => {
            CliError::Failed(error.to_string())
        }
        ClippingsError::Empty
        | ClippingsError::Name(_)
        | ClippingsError::Itself(_)
        | ClippingsError::Picture { .. } => CliError::Refused(error.to_string()),
    })?;
    let path = wish.output.display();
    if wish.json {
        terminal.json(&ClippingsJson {
            path: path.to_string(),
            stories: made.stories,
            pictures: made.pictures,
            bytes: made.bytes,
        })?;
    } else {
        let s = if made.stories == 1 { "y" } else { "ies" };
        let pictures = match made.pictures {
            1 => "1 picture".to_owned(),
            count => format!("{count} pictures"),
        };
        terminal.line(format_args!(
            "{path}: {} stor{s}, {pictures}, {} bytes",
            made.stories, made.bytes
        ))?;
    }
    Ok(DONE)
}

/// The newest copy of each story that is wanted; everything that is kept where nothing is said.
fn chosen(
    wish: &Clippings,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<KeptCopy>, CliError> {
    let mut copies = shelf.kept();
    copies.dedup_by(|later, first| later.series == first.series && later.story == first.story);
    if let Some(series) = &wish.series {
        copies.retain(|copy| copy.series.as_str() == series);
    }
    if !wish.tag.is_empty() {
        let marked = shelf.load_all_bookmarks();
        for notice in &marked.notices {
            terminal.message(notice);
        }
        let tagged: std::collections::HashSet<(&SeriesId, &StoryId)> = marked
            .value
            .iter()
            .filter(|it| it.is_there() && wish.tag.iter().any(|tag| it.tags.has(tag)))
            .map(|it| (&it.series, &it.story))
            .collect();
        copies.retain(|copy| tagged.contains(&(&copy.series, &copy.story)));
    }
    if wish.story.is_empty() {
        return Ok(copies);
    }
    let mut chosen = Vec::new();
    for typed in &wish.story {
        let found = typed.rsplit_once('/').and_then(|(series, story)| {
            let is = |it: &&KeptCopy| it.series.as_str() == series && it.story.as_str() == story;
            copies.iter().find(is)
        });
        let Some(found) = found else {
            let message = format!(
                "There is no such copy: `{typed}`. Write it as SERIES/STORY; `offprint bookmarks kept` prints what is kept"
            );
            return Err(CliError::Refused(message));
        };
        if !chosen.contains(found) {
            chosen.push(found.clone());
        }
    }
    Ok(chosen)
}

impl CopyJson {
    /// What the copy says of itself, as far as it can be opened.
    fn of(copy: &KeptCopy, sound: bool) -> Self {
        let opened = open(
            &Origin::Path(copy.path.clone()),
            &AtomicBool::new(false),
            &|_| {},
        );
        let mut it = Self {
            series: copy.series.to_string(),
            story: copy.story.to_string(),
            edition: String::new(),
            pack_title: String::new(),
            publisher: String::new(),
            rights: String::new(),
            headline: String::new(),
            digest: String::new(),
            path: copy.path.display().to_string(),
            bytes: copy.bytes,
            sound,
        };
        let Ok((pack, _)) = opened else {
            return it;
        };
        let info = pack.info();
        it.edition.clone_from(&info.edition);
        it.pack_title.clone_from(&info.title);
        it.publisher.clone_from(&info.publisher);
        it.rights.clone_from(&info.rights);
        if let Some(row) = pack.row_of(&copy.story)
            && let Some(story) = pack.story(row)
        {
            it.headline.clone_from(&story.headline);
            it.digest = pack.digest(row).unwrap_or_default();
        }
        it
    }
}
