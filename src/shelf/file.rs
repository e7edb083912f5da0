//! Reads a file of the reader's, tells a sound one from a damaged one, and changes it without losing what it does not understand.

use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::aside::set_aside;
use super::disk;
use super::error::ShelfError;
use super::folder::{create_folder, folder_of, settle};
use super::lock::Lock;
use super::notice::{Fate, ShelfNotice, Trouble};
use super::older;
use super::outline::{Fault, Group};
use super::replace::{replace, sweep};
use super::salvage::{salvage, salvaged};
use super::{Loaded, Saved, Shelf};

/// How one kind of file is made.
pub(super) struct Kind {
    /// The name of the struct that is the file.
    pub file: &'static str,
    /// The newest version this program understands, and the one it writes.
    pub version: u32,
    /// The field with the list of records, where there is one.
    pub list: Option<&'static str>,
    /// The name of a record.
    pub record: &'static str,
    /// Whether a record is one.
    pub understands: fn(&str) -> bool,
}

/// A file as it is to be read and changed: sound, whatever it was on the disk.
struct Content {
    text: String,
    /// What there is to tell, unless everything is well.
    notice: Option<ShelfNotice>,
}

/// What a file's bytes are.
enum Found {
    Sound(String),
    Newer { version: u32, text: String },
    Damaged(Trouble),
}

impl Shelf {
    /// Reads a file and hands its fields to `read`, which adds notices of its own.
    pub(super) fn load_file<T: Default>(
        &self,
        kind: &Kind,
        path: &Path,
        fresh: &str,
        read: impl FnOnce(&str, &mut Vec<ShelfNotice>) -> T,
    ) -> Loaded<T> {
        match self.current(kind, path, fresh, None) {
            Ok(content) => {
                let mut notices: Vec<ShelfNotice> = content.notice.into_iter().collect();
                let value = read(&content.text, &mut notices);
                Loaded { value, notices }
            }
            Err(error) => {
                let what = match error {
                    ShelfError::Unreadable { source, .. } => source.to_string(),
                    other => other.to_string(),
                };
                Loaded {
                    value: T::default(),
                    notices: vec![ShelfNotice {
                        file: path.to_owned(),
                        trouble: Trouble::Unreadable { what },
                        fate: Fate::Left { salvaged: 0 },
                    }],
                }
            }
        }
    }

    /// Applies `edit` to the file as it is now, and returns when the result is on the disk.
    pub(super) fn change_file(
        &self,
        kind: &Kind,
        path: &Path,
        fresh: &str,
        edit: impl FnOnce(&mut Group<'_>) -> bool,
    ) -> Result<Saved, ShelfError> {
        let folder = folder_of(path);
        create_folder(folder).map_err(|error| ShelfError::write(path, error))?;
        let lock = Lock::of(&self.folder)?;
        sweep(folder);
        let is_new = !path.exists();
        let Content { text, notice } = self.current(kind, path, fresh, Some(&lock))?;
        let mut notices: Vec<ShelfNotice> = notice.into_iter().collect();
        let was_told = notices.first().cloned();
        let written = |error| ShelfError::write(path, error).after(was_told.as_ref());
        let mut file = Group::fields(&text).map_err(|fault| written(internal(fault)))?;
        let changed = edit(&mut file);
        if changed {
            // What was just written may be more than the version of the file allows.
            let version = file.get("version").and_then(|it| it.parse().ok());
            if version.is_some_and(|it: u32| it < kind.version) {
                file.set("version", kind.version.to_string());
            }
            let failed = older::keep(&self.folder, path, (self.clock)());
            replace(path, file.render().as_bytes()).map_err(written)?;
            if is_new {
                settle(&self.folder, folder).map_err(written)?;
            }
            if failed.is_some() && !self.told.swap(true, Ordering::Relaxed) {
                notices.extend(failed);
            }
        } else {
            // The change may be there because an earlier try failed at the very last step.
            settle(&self.folder, folder).map_err(written)?;
        }
        Ok(Saved { changed, notices })
    }

    /// The file as it is now. With the lock, a file that is damaged or newer is set aside, or this fails;
    /// without, it is read as far as possible, and a damaged one set aside if that can be.
    fn current(
        &self,
        kind: &Kind,
        path: &Path,
        fresh: &str,
        lock: Option<&Lock>,
    ) -> Result<Content, ShelfError> {
        let bytes = match disk::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Content {
                    text: fresh.to_owned(),
                    notice: None,
                });
            }
            Err(source) => {
                return Err(ShelfError::Unreadable {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        let (trouble, text, salvaged) = match diagnose(kind, &bytes) {
            Found::Sound(text) => return Ok(Content { text, notice: None }),
            Found::Newer { version, text } => {
                let (text, salvaged) = downgrade(kind, &text, fresh);
                (Trouble::Newer { version }, text, salvaged)
            }
            Found::Damaged(trouble) => {
                let (text, salvaged) = salvage(kind, &String::from_utf8_lossy(&bytes), fresh);
                (trouble, text, salvaged)
            }
        };
        let notice = |fate| ShelfNotice {
            file: path.to_owned(),
            trouble: trouble.clone(),
            fate,
        };
        // Another machine may still be writing a newer file; only a change of the reader's touches it.
        let newer = matches!(trouble, Trouble::Newer { .. });
        let fate = match lock {
            None if newer => Fate::Left { salvaged },
            None => match Lock::of(&self.folder) {
                // Again with the lock: it may have been mended or set aside while we waited.
                Ok(lock) => match self.current(kind, path, fresh, Some(&lock)) {
                    Ok(content) => return Ok(content),
                    Err(_) => Fate::Left { salvaged },
                },
                Err(_) => Fate::Left { salvaged },
            },
            Some(_) => match set_aside(
                path,
                (salvaged > 0 || newer).then_some(&text),
                (self.clock)(),
            ) {
                Ok(kept) => Fate::SetAside { kept, salvaged },
                Err(error) => {
                    return Err(ShelfError::NotSetAside {
                        notice: Box::new(notice(Fate::Left { salvaged })),
                        source: Box::new(ShelfError::write(path, error)),
                    });
                }
            },
        };
        let notice = notice(fate);
        log::warn!("{notice}");
        Ok(Content {
            text,
            notice: Some(notice),
        })
    }
}

/// Reads every record of a sound file's list with `parse`; those it does not understand are told in one notice.
pub(super) fn records<T>(
    kind: &Kind,
    path: &Path,
    text: &str,
    notices: &mut Vec<ShelfNotice>,
    parse: impl Fn(&str) -> Result<T, ron::error::SpannedError>,
) -> Vec<T> {
    let mut records = Vec::new();
    let mut unknown: Option<(usize, usize, String)> = None;
    for_each_record(kind, text, |record| match parse(record) {
        Ok(it) => records.push(it),
        Err(error) => match &mut unknown {
            None => {
                let line = position(text, offset(text, record)).0 + error.span.start.line - 1;
                unknown = Some((1, line, error.code.to_string()));
            }
            Some((count, ..)) => *count += 1,
        },
    });
    if let Some((count, line, what)) = unknown {
        notices.push(ShelfNotice {
            file: path.to_owned(),
            trouble: Trouble::Entries { count, line, what },
            fate: Fate::Used,
        });
    }
    records
}

/// Changes the list of a file's records.
pub(super) fn edit_list(
    kind: &Kind,
    file: &mut Group<'_>,
    edit: impl FnOnce(&mut Group<'_>) -> bool,
) -> bool {
    let Some(name) = kind.list else { return false };
    let text = file.get(name).unwrap_or("[]").to_owned();
    let Ok(mut list) = Group::items(&text) else {
        return false;
    };
    let changed = edit(&mut list);
    if changed {
        file.set(name, list.render());
    }
    changed
}

/// A record read as RON, the way people write it: without `Some`.
pub(super) fn parse<T: serde::de::DeserializeOwned>(
    text: &str,
) -> Result<T, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(text)
}

/// Whether a record may be of one of these stories. To look for a word costs far less than to read the record.
pub(super) fn mentions(record: &str, ids: &[&str]) -> bool {
    const FEW: usize = 8;
    // An id may be written with escapes.
    ids.len() > FEW || record.contains('\\') || ids.iter().any(|id| record.contains(id))
}

fn for_each_record<'a>(kind: &Kind, text: &'a str, mut each: impl FnMut(&'a str)) {
    let Some(name) = kind.list else { return };
    let Ok(file) = Group::fields(text) else {
        return;
    };
    let Some(list) = file.borrowed(name) else {
        return;
    };
    let Ok(list) = Group::items(list) else { return };
    list.borrowed_values().for_each(&mut each);
}

/// The text of a file that is not ours to change, as far as it is sound, and what is wrong with it.
pub(super) fn readable(
    kind: &Kind,
    path: &Path,
    bytes: &[u8],
    fresh: &str,
) -> (String, Option<ShelfNotice>) {
    let (trouble, (text, salvaged)) = match diagnose(kind, bytes) {
        Found::Sound(text) => return (text, None),
        Found::Newer { version, text } => {
            (Trouble::Newer { version }, downgrade(kind, &text, fresh))
        }
        Found::Damaged(trouble) => {
            let text = String::from_utf8_lossy(bytes);
            (trouble, salvage(kind, &text, fresh))
        }
    };
    let notice = ShelfNotice {
        file: path.to_owned(),
        trouble,
        fate: Fate::Left { salvaged },
    };
    (text, Some(notice))
}

/// What the bytes of a file are.
fn diagnose(kind: &Kind, bytes: &[u8]) -> Found {
    if bytes.trim_ascii().is_empty() {
        return Found::Damaged(Trouble::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Found::Damaged(Trouble::Zeros);
    }
    let Ok(text) = str::from_utf8(bytes) else {
        return Found::Damaged(Trouble::NotText);
    };
    let sound = || {
        let file = Group::fields(text).map_err(|it| damaged(text, it.at, it.what))?;
        let version = version_of(kind, &file, text)?;
        if version <= kind.version {
            check_list(kind, &file, text)?;
        }
        Ok(version)
    };
    match sound() {
        Ok(version) if version > kind.version => Found::Newer {
            version,
            text: text.to_owned(),
        },
        Ok(_) => Found::Sound(text.to_owned()),
        Err(trouble) => Found::Damaged(trouble),
    }
}

/// The version of a file that has the right name. A file without one was written by hand.
fn version_of(kind: &Kind, file: &Group<'_>, text: &str) -> Result<u32, Trouble> {
    if !file.name().is_empty() && file.name() != kind.file {
        let what = format!(
            "a `{}` is expected, and this is a `{}`",
            kind.file,
            file.name()
        );
        return Err(damaged(text, 0, &what));
    }
    match file.borrowed("version") {
        None => Ok(kind.version),
        Some(version) => version
            .parse()
            .map_err(|_| damaged(text, offset(text, version), "the version is not a number")),
    }
}

/// Whether the file has its list, and no record in it hides another.
fn check_list(kind: &Kind, file: &Group<'_>, text: &str) -> Result<(), Trouble> {
    let Some(name) = kind.list else { return Ok(()) };
    let Some(list) = file.borrowed(name) else {
        let what = format!("there should be one list named `{name}`");
        return Err(damaged(text, 0, &what));
    };
    let start = offset(text, list);
    let list = Group::items(list).map_err(|it| damaged(text, start + it.at, it.what))?;
    // A lost quotation mark may end a record in the middle of a later one.
    let opening = format!("{}(", kind.record);
    for record in list.borrowed_values() {
        let swallows = record.match_indices(&opening).any(|(at, _)| at > 0);
        if swallows && !(kind.understands)(record) && !salvaged(kind, record).is_empty() {
            let what = "an entry that has no proper end";
            return Err(damaged(text, offset(text, record), what));
        }
    }
    Ok(())
}

/// A newer file as one of our version, with everything in it, or what can be salvaged.
fn downgrade(kind: &Kind, text: &str, fresh: &str) -> (String, usize) {
    let Ok(mut file) = Group::fields(text) else {
        return salvage(kind, text, fresh);
    };
    if check_list(kind, &file, text).is_err() {
        return salvage(kind, text, fresh);
    }
    file.set("version", kind.version.to_string());
    let mut count = 0;
    for_each_record(kind, text, |record| {
        count += usize::from((kind.understands)(record));
    });
    (file.render(), count)
}

/// Where in `text` its part `part` begins.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn damaged(text: &str, at: usize, what: &str) -> Trouble {
    let (line, column) = position(text, at);
    Trouble::Damaged {
        line,
        column,
        what: what.to_owned(),
    }
}

/// Line and column of a byte, counted from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    (
        before.matches('\n').count() + 1,
        before[line..].chars().count() + 1,
    )
}

/// What we made ourselves has an outline; should that ever fail, the file on the disk stays.
fn internal(fault: Fault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault.what)
}
