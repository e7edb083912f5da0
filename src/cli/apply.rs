//! `offprint bookmarks apply`: many changes from the standard input, one a line, each answered when it is on the disk.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::bookmarks::{bookmark, tell};
use super::source::open_pack;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::model::{BookmarkChange, SeriesId, StoryId};
use crate::pack::Pack;
use crate::shelf::Shelf;

/// What `bookmarks apply --help` says below its options.
pub(super) const HELP: &str = r#"Each line of the input is a change, in JSON:
  {"do": "add", "pack": "./my-pack", "story": "storm"}
  {"do": "remove", "series": "org.example.desk", "story": "storm"}
  {"do": "restore", "series": "org.example.desk", "story": "storm"}
  {"do": "tag", "series": "org.example.desk", "story": "storm", "tag": "weather"}
  {"do": "untag", "series": "org.example.desk", "story": "storm", "tag": "weather"}
  {"do": "note", "series": "org.example.desk", "story": "storm", "text": "Ask Ada."}
An empty text takes a note away.

A change that is on the disk is answered at once, with the number of its line and whether it was not so before:
  {"line":1,"series":"org.example.desk","story":"storm","changed":true}
One that cannot be made is told on the standard error with the number of its line, and the next one is made.

Exit status:
  0  every change is on the disk
  1  some are not
  2  it could not run"#;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// A line of the input. Changes may be added, never renamed or taken away.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
enum Wish {
    Add {
        pack: PathBuf,
        story: String,
    },
    Remove {
        series: String,
        story: String,
    },
    Restore {
        series: String,
        story: String,
    },
    Tag {
        series: String,
        story: String,
        tag: String,
    },
    Untag {
        series: String,
        story: String,
        tag: String,
    },
    Note {
        series: String,
        story: String,
        text: String,
    },
}

/// The answer to a line. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct Answer<'a> {
    line: usize,
    series: &'a str,
    story: &'a str,
    /// Whether it was not so before.
    changed: bool,
}

pub(super) fn run(
    mut input: impl BufRead,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let mut packs = BTreeMap::new();
    let mut status = DONE;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = (&mut input).take(LONGEST).read_until(b'\n', &mut line);
        let done = match read {
            Ok(0) => break,
            Ok(_) if line.len() as u64 == LONGEST && !line.ends_with(b"\n") => {
                input.skip_until(b'\n').map_err(|it| unread(&it))?;
                Err(CliError::Refused(format!(
                    "it is longer than {LONGEST} bytes"
                )))
            }
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => one(&line, number, &mut packs, shelf, terminal),
            Err(error) => return Err(unread(&error)),
        };
        match done {
            Ok(()) => {}
            // Nobody would learn what is done from here on.
            Err(error @ (CliError::Write(_) | CliError::Json(_))) => return Err(error),
            Err(error) => {
                status = PROBLEMS;
                terminal.message(&format_args!("Line {number} was not done: {error}"));
            }
        }
    }
    Ok(status)
}

/// Makes the change of one line, and answers when it is on the disk.
fn one(
    line: &[u8],
    number: usize,
    packs: &mut BTreeMap<PathBuf, Pack>,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<(), CliError> {
    let wish = serde_json::from_slice(line).map_err(|error| not_understood(&error))?;
    let (series, change) = match wish {
        Wish::Add { pack, story } => {
            if !packs.contains_key(&pack) {
                packs.insert(pack.clone(), open_pack(&pack, terminal)?);
            }
            let Some(opened) = packs.get(&pack) else {
                return Ok(());
            };
            let new = bookmark(opened, &pack, &story, shelf, terminal)?;
            (new.series.clone(), BookmarkChange::Add(Box::new(new)))
        }
        Wish::Remove { series, story } => {
            let (story, at) = (StoryId::new(story), shelf.now());
            (SeriesId::new(series), BookmarkChange::Remove { story, at })
        }
        Wish::Restore { series, story } => {
            let (story, at) = (StoryId::new(story), shelf.now());
            (SeriesId::new(series), BookmarkChange::Restore { story, at })
        }
        Wish::Tag { series, story, tag } => tagged(series, story, tag, true, shelf),
        Wish::Untag { series, story, tag } => tagged(series, story, tag, false, shelf),
        Wish::Note {
            series,
            story,
            text,
        } => {
            let (story, at) = (StoryId::new(story), shelf.now());
            let change = BookmarkChange::Remark { story, text, at };
            (SeriesId::new(series), change)
        }
    };
    let saved = shelf.change_bookmarks(&series, std::slice::from_ref(&change))?;
    tell(&saved.notices, terminal);
    terminal.json_line(&Answer {
        line: number,
        series: series.as_str(),
        story: change.story().as_str(),
        changed: saved.changed,
    })?;
    Ok(())
}

fn tagged(
    series: String,
    story: String,
    tag: String,
    there: bool,
    shelf: &Shelf,
) -> (SeriesId, BookmarkChange) {
    let (story, at) = (StoryId::new(story), shelf.now());
    let change = BookmarkChange::Tag {
        story,
        tag,
        there,
        at,
    };
    (SeriesId::new(series), change)
}

fn not_understood(error: &serde_json::Error) -> CliError {
    let text = error.to_string();
    // It counts lines of its own.
    let what = text.split(" at line ").next().unwrap_or_default();
    let column = error.column();
    CliError::Refused(format!(
        "{what} (column {column}); `offprint bookmarks apply --help` shows what a line may be"
    ))
}

fn unread(error: &std::io::Error) -> CliError {
    CliError::Failed(format!("The standard input could not be read: {error}"))
}
