//! What there is of the reader's files, in numbers, and which were set aside: to be shown, and asked for by a thread.
//!
//! What was wrong with a file that was set aside is found by looking at it again, so nothing has to be kept about it.

use std::fs;
use std::path::Path;

use super::class::CLASSES;
use super::diagnosis::readable;
use super::files::{ReadersFile, is_kept_copy};
use super::names::KEPT_MARK;
use super::notice::Fate;
use super::{Shelf, ShelfError, kept, recent, settings};
use crate::model::{Aside, Bookmark, Date, Highlight, Survey};

/// A larger file is not looked at again.
const LOOKED_AT: u64 = 64 << 20;

impl Shelf {
    /// What there is of the reader's files. Reads all of them but the kept copies.
    pub fn survey(&self) -> Result<Survey, ShelfError> {
        let files = self.files()?;
        let (bookmarks, highlights) = (self.load_all_bookmarks(), self.load_all_highlights());
        let copies = files.iter().filter(|it| is_copy(it));
        Ok(Survey {
            folder: self.folder().display().to_string(),
            bookmarks: count(&bookmarks.value, Bookmark::is_there),
            highlights: count(&highlights.value, Highlight::is_there),
            copies: copies.clone().count(),
            copies_bytes: copies.map(|it| it.bytes).sum(),
            bytes: files.iter().map(|it| it.bytes).sum(),
            aside: self.set_aside()?,
        })
    }

    /// The files that were set aside, the newest first, with what is wrong with them.
    pub fn set_aside(&self) -> Result<Vec<Aside>, ShelfError> {
        let mut all: Vec<(String, Aside)> = Vec::new();
        for file in self.files()? {
            let (folder, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
            let inside = |name: String| match folder {
                "" => name,
                _ => format!("{folder}/{name}"),
            };
            if let Some((stem, time)) = name.split_once(KEPT_MARK) {
                let time = time.get(..15).unwrap_or_default().to_owned();
                let aside = Aside {
                    name: inside(format!("{stem}.ron")),
                    at: date(&time),
                    what: what_is_wrong(folder, stem, &file),
                    path: file.path,
                };
                all.push((time, aside));
            } else if let Some((own, _)) = name.split_once(kept::DAMAGED) {
                let aside = Aside {
                    name: inside(own.to_owned()),
                    at: None,
                    what: "This copy of a story is not what it was when it was kept.".to_owned(),
                    path: file.path,
                };
                all.push((String::new(), aside));
            }
        }
        all.sort_by(|a, b| b.0.cmp(&a.0));
        Ok(all.into_iter().map(|(_, aside)| aside).collect())
    }
}

fn count<T>(all: &[T], is_there: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|it| is_there(it)).count()
}

fn is_copy(file: &ReadersFile) -> bool {
    is_kept_copy(&file.name) && !file.name.contains(kept::DAMAGED)
}

/// The moment a name tells: `20250809-101112`.
fn date(time: &str) -> Option<Date> {
    let part = |range| time.get(range);
    let (day, clock) = time.split_once('-')?;
    if day.len() != 8 || clock.len() != 6 {
        return None;
    }
    Date::parse(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(9..11)?,
        part(11..13)?,
        part(13..15)?,
    ))
}

/// What is wrong with a file that was set aside, and what was saved of it, in sentences.
fn what_is_wrong(folder: &str, stem: &str, file: &ReadersFile) -> String {
    let class = CLASSES.iter().find(|it| it.folder == folder);
    let kind = match (class, folder, stem) {
        (Some(class), ..) => Some((&class.kind, (class.fresh)(None))),
        (None, "", "settings") => Some((&settings::KIND, settings::FRESH.to_owned())),
        (None, "", "recent") => Some((&recent::KIND, recent::FRESH.to_owned())),
        _ => None,
    };
    let Some((kind, fresh)) = kind.filter(|_| file.bytes <= LOOKED_AT) else {
        return "It was not as it should be.".to_owned();
    };
    let bytes = match fs::read(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => return format!("It cannot be read ({error})."),
    };
    let Some(notice) = readable(kind, Path::new(&file.name), &bytes, &fresh).1 else {
        return "It was another copy of the file; what it says was taken in.".to_owned();
    };
    let salvaged = match notice.fate {
        Fate::Left { salvaged } | Fate::SetAside { salvaged, .. } => salvaged,
        Fate::Merged { .. } | Fate::Used | Fate::Changed => 0,
    };
    let saved = match salvaged {
        0 => "Nothing in it could be read".to_owned(),
        1 => "The one entry that could be read was saved".to_owned(),
        count => format!("The {count} entries that could be read were saved"),
    };
    format!("It {}. {saved}.", notice.trouble)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_stands_in_the_name() {
        let long = |text: &str| date(text).map(Date::long);
        assert_eq!(
            long("20250809-101112").as_deref(),
            Some("9 August 2025, 10:11")
        );
        for bad in [
            "",
            "2025",
            "20250809",
            "20251309-101112",
            "ä-ö",
            "20250809-10111",
        ] {
            assert_eq!(long(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_was_set_aside_is_told() {
        let data = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = data.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "bookmarks/a.kept-20250809-101112.ron",
            "Bookmarks(version: 1, bookmarks: [Bookmark(story: \"x\"), Bookmark(",
        );
        write("bookmarks/a.ron", "Bookmarks(version: 1, bookmarks: [])");
        write("settings.kept-20250810-101112.ron", "");
        write(
            "reading/b.kept-20250807-101112-2.ron",
            "Reading(version: 1, stories: [])",
        );
        write(
            "kept/a/b.0123456789abcdef.offprint.damaged",
            "what is no archive",
        );
        let aside = Shelf::open(data.path()).set_aside().unwrap();
        let told: Vec<(&str, &str)> = aside
            .iter()
            .map(|it| (it.name.as_str(), it.what.as_str()))
            .collect();
        assert_eq!(
            told[0],
            ("settings.ron", "It is empty. Nothing in it could be read.")
        );
        assert_eq!(told[1].0, "bookmarks/a.ron");
        assert!(
            told[1].1.starts_with("It is damaged: line 1, column "),
            "{told:?}"
        );
        assert!(
            told[1]
                .1
                .ends_with("The one entry that could be read was saved."),
            "{told:?}"
        );
        assert_eq!(
            told[2],
            (
                "reading/b.ron",
                "It was another copy of the file; what it says was taken in."
            )
        );
        assert_eq!(told[3].0, "kept/a/b.0123456789abcdef.offprint");
        assert_eq!(told.len(), 4);
        assert!(aside.iter().all(|it| it.path.is_file()));
    }
}
