//! `offprint bookmarks merge`: what another copy of the reader's files knows, taken in here.

use std::path::Path;

use serde::Serialize;

use super::bookmarks::tell;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::shelf::{Counts, Shelf};

/// What `bookmarks merge --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct MergeJson {
    bookmarks: CountsJson,
    highlights: CountsJson,
    reading: CountsJson,
    /// What is wrong with files, in sentences.
    notices: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct CountsJson {
    added: usize,
    changed: usize,
    same: usize,
}

pub(super) fn run(
    other: &Path,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let merged = shelf.merge(other)?;
    let kinds = [
        ("bookmarks", merged.bookmarks),
        ("highlights", merged.highlights),
        ("reading", merged.reading),
    ];
    if json {
        let [bookmarks, highlights, reading] = kinds.map(|(_, it)| CountsJson::of(it));
        let notices = merged.notices.iter().map(ToString::to_string).collect();
        terminal.json(&MergeJson {
            bookmarks,
            highlights,
            reading,
            notices,
        })?;
    } else {
        for (name, it) in kinds {
            terminal.line(line(name, it))?;
        }
    }
    tell(&merged.notices, terminal);
    Ok(if merged.notices.is_empty() {
        DONE
    } else {
        PROBLEMS
    })
}

/// How many records of a kind were met, for people.
pub(super) fn line(name: &str, it: Counts) -> String {
    let Counts {
        added,
        changed,
        same,
    } = it;
    format!("{name:<10}  {added} new, {changed} changed, {same} as before")
}

impl CountsJson {
    pub(super) fn of(it: Counts) -> Self {
        Self {
            added: it.added,
            changed: it.changed,
            same: it.same,
        }
    }
}
