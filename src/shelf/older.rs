//! Older states of the reader's files, so that a change that was a mistake can be undone by hand: `older/` in the data folder.
//!
//! Before a file is replaced, what it was gets a second name there. That costs next to nothing: the bytes are not copied where the
//! file system can do without. Whatever fails here is told once and fails no save.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::aside::copy;
use super::disk;
use super::folder::create_folder;
use super::notice::{Fate, ShelfNotice, Trouble};
use super::replace::sweep;
use crate::platform;

/// The folder of older states in the data folder.
const FOLDER: &str = "older";
/// How many states of a file are kept besides the file itself.
const STATES: usize = 5;
/// The largest file, in bytes, that is copied at every change where a second name cannot be given; larger ones once a day.
const COPIED: u64 = 4 << 20;

/// Keeps the file at `path` in `data_dir` as it is, under the time it is replaced at; what is returned says why that failed.
/// Needs the lock.
pub(super) fn keep(data_dir: &Path, path: &Path, at: Timestamp) -> Option<ShelfNotice> {
    let error = match try_keep(data_dir, path, at) {
        Ok(()) => return None,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => error,
    };
    let notice = ShelfNotice {
        file: path.to_owned(),
        trouble: Trouble::NotKept {
            folder: data_dir.join(FOLDER),
            what: error.to_string(),
        },
        fate: Fate::Changed,
    };
    log::warn!("{notice}");
    Some(notice)
}

fn try_keep(data_dir: &Path, path: &Path, at: Timestamp) -> io::Result<()> {
    let target = platform::link_target(path)?;
    let size = fs::metadata(&target)?.len();
    let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let within = path.parent().and_then(|it| it.strip_prefix(data_dir).ok());
    let folder = data_dir.join(FOLDER).join(within.unwrap_or(Path::new("")));
    create_folder(&folder)?;
    sweep(&folder);
    let known = states(&folder, stem)?;
    let state = at.strftime("%Y%m%d-%H%M%S-%3f").to_string();
    if known.contains(&state) {
        return Ok(());
    }
    let new = named(&folder, stem, &state);
    if disk::hard_link(&target, &new).is_err() {
        let is_first = known.last().is_none_or(|last| day(last) != day(&state));
        if size > COPIED && !is_first {
            return Ok(());
        }
        copy(&target, &new)?;
    }
    let all = known.into_iter().chain([state]).collect();
    for old in spare(&all) {
        disk::remove(&named(&folder, stem, old))?;
    }
    Ok(())
}

/// The states of a file that are kept, the oldest first.
fn states(folder: &Path, stem: &str) -> io::Result<BTreeSet<String>> {
    let mut states = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let state = name.to_str().and_then(|name| {
            let rest = name.strip_prefix(stem)?.strip_prefix('.')?;
            let state = rest.strip_suffix(".ron")?;
            is_state(state).then(|| state.to_owned())
        });
        states.extend(state);
    }
    Ok(states)
}

fn named(folder: &Path, stem: &str, state: &str) -> PathBuf {
    folder.join(format!("{stem}.{state}.ron"))
}

/// Whether this is a time as they stand in names: `20260102-030405-678`.
fn is_state(text: &str) -> bool {
    let form = |(at, byte): (usize, u8)| match at {
        8 | 15 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 19 && text.bytes().enumerate().all(form)
}

fn day(state: &str) -> &str {
    state.get(..8).unwrap_or_default()
}

/// Which states can go. The newest stays; of those before, the first of each day, which is what the file was when the day began,
/// and of these the newest.
fn spare(states: &BTreeSet<String>) -> Vec<&String> {
    let mut others = states.iter().rev().skip(1).peekable();
    let mut kept = 1;
    let mut spare = Vec::new();
    while let Some(state) = others.next() {
        let is_first = others.peek().is_none_or(|before| day(before) != day(state));
        if is_first && kept < STATES {
            kept += 1;
        } else {
            spare.push(state);
        }
    }
    spare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_and_the_first_of_each_day_stay() {
        let table: [(&[&str], &[&str]); 5] = [
            (&[], &[]),
            (&["0102-09"], &[]),
            (&["0102-09", "0102-10"], &[]),
            (&["0102-09", "0102-10", "0102-11"], &["0102-10"]),
            (
                &[
                    "0101-08", "0102-08", "0103-08", "0103-09", "0104-08", "0105-08", "0106-08",
                ],
                &["0103-09", "0101-08"],
            ),
        ];
        let full = |it: &&str| format!("2026{it}0000-000");
        for (states, gone) in table {
            let states: BTreeSet<String> = states.iter().map(full).collect();
            assert!(states.iter().all(|it| is_state(it)));
            let gone: Vec<String> = gone.iter().map(full).collect();
            assert_eq!(spare(&states), gone.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_was_replaced_is_there_and_others_files_stay() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("bookmarks");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.ron");
        let older = data.path().join("older").join("bookmarks");
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let keep = |time: &str| assert_eq!(keep(data.path(), &path, at(time)), None);
        keep("2026-01-02T03:04:05Z");
        assert!(!older.join("a.20260102-030405-000.ron").exists());
        for (text, time) in [
            ("one", "2026-01-02T03:04:05Z"),
            ("two", "2026-01-02T03:04:06Z"),
            ("three", "2026-01-02T03:04:07.5Z"),
        ] {
            fs::write(&path, text).unwrap();
            keep(time);
            // As a replacement does it: the old bytes stay what they were.
            fs::remove_file(&path).unwrap();
        }
        fs::write(older.join("a.b.20260102-030405-000.ron"), "another").unwrap();
        let read = |name: &str| fs::read_to_string(older.join(name)).ok();
        assert_eq!(read("a.20260102-030405-000.ron").as_deref(), Some("one"));
        assert_eq!(read("a.20260102-030406-000.ron"), None);
        assert_eq!(read("a.20260102-030407-500.ron").as_deref(), Some("three"));
        assert_eq!(states(&older, "a").unwrap().len(), 2);
    }
}
