//! Reads a file of the reader's and changes it without losing what it does not understand.

use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::aside::set_aside;
use super::diagnosis::{Found, diagnose, downgrade, for_each_record, offset, position};
use super::disk;
use super::error::ShelfError;
use super::folder::{create_folder, folder_of, settle};
use super::lock::Lock;
use super::notice::{Fate, ShelfNotice, Trouble};
use super::older;
use super::outline::{Fault, Group};
use super::replace::{replace, sweep};
use super::salvage::salvage;
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
pub(super) struct Content {
    pub text: String,
    /// What there is to tell, unless everything is well.
    pub notice: Option<ShelfNotice>,
}

/// What a file is read for, and by that what becomes of one that is not as it should be.
#[derive(Clone, Copy)]
#[expect(
    dead_code,
    reason = "a lock shows that it is held; nobody asks it anything"
)]
pub(super) enum For<'a> {
    /// To be shown: a damaged one is set aside if that can be.
    Reading,
    /// To know what is in it before another is changed: a damaged one is set aside.
    Knowing(&'a Lock),
    /// To be changed: one that is damaged or newer is set aside.
    Changing(&'a Lock),
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
        match self.current(kind, path, fresh, For::Reading) {
            Ok(content) => {
                let mut notices: Vec<ShelfNotice> = content.notice.into_iter().collect();
                let value = read(&content.text, &mut notices);
                Loaded { value, notices }
            }
            Err(error) => {
                let notice = match error {
                    ShelfError::Unreadable { source, .. } => ShelfNotice::unreadable(path, &source),
                    other => ShelfNotice::unreadable(path, &other),
                };
                Loaded {
                    value: T::default(),
                    notices: vec![notice],
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
        let lock = self.lock_for(path)?;
        let content = self.current(kind, path, fresh, For::Changing(&lock))?;
        let mut notices: Vec<ShelfNotice> = content.notice.into_iter().collect();
        let mut file = Group::fields(&content.text)
            .map_err(|fault| ShelfError::write(path, internal(fault)))?;
        let changed = edit(&mut file);
        if changed {
            self.write_file(kind, path, &mut file, &mut notices, |file| {
                replace(path, file.render().as_bytes())
            })?;
        }
        if !changed {
            self.settle_file(path, &notices)?;
        }
        Ok(Saved { changed, notices })
    }

    /// The lock, with the folder of this file there and free of litter.
    pub(super) fn lock_for(&self, path: &Path) -> Result<Lock, ShelfError> {
        let folder = folder_of(path);
        create_folder(folder).map_err(|error| ShelfError::write(path, error))?;
        let lock = Lock::of(self.folder())?;
        sweep(folder);
        if !path.exists() {
            // Whoever made the folder, or set the file aside, may have been stopped before that was on the disk.
            self.settle_file(path, &[])?;
        }
        Ok(lock)
    }

    /// Has a changed file written by `write`; what it was stays among the older states. `notices` are those that are to be told
    /// already.
    pub(super) fn write_file(
        &self,
        kind: &Kind,
        path: &Path,
        file: &mut Group<'_>,
        notices: &mut Vec<ShelfNotice>,
        write: impl FnOnce(&Group<'_>) -> io::Result<()>,
    ) -> Result<(), ShelfError> {
        raise_version(kind, file);
        let failed = older::keep(self.folder(), path, (self.clock)());
        write(file).map_err(|error| ShelfError::write(path, error).after(notices.first()))?;
        self.tell_once(failed, notices);
        Ok(())
    }

    /// Tells that older states could not be kept, unless that was told before.
    pub(super) fn tell_once(&self, failed: Option<ShelfNotice>, notices: &mut Vec<ShelfNotice>) {
        if failed.is_some() && !self.told.swap(true, Ordering::Relaxed) {
            notices.extend(failed);
        }
    }

    /// Sees to it that what is there is on the disk, as it may not be where an earlier try failed at the very last step.
    pub(super) fn settle_file(
        &self,
        path: &Path,
        notices: &[ShelfNotice],
    ) -> Result<(), ShelfError> {
        settle(self.folder(), folder_of(path))
            .map_err(|error| ShelfError::write(path, error).after(notices.first()))
    }

    /// The file as it is now, read as far as possible. Where it is read for a change, a file that has to be set aside is, or this
    /// fails.
    pub(super) fn current(
        &self,
        kind: &Kind,
        path: &Path,
        fresh: &str,
        purpose: For<'_>,
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
        let fate = match purpose {
            For::Reading | For::Knowing(_) if newer => Fate::Left { salvaged },
            For::Reading => match Lock::of(self.folder()) {
                // Again with the lock: it may have been mended or set aside while we waited.
                Ok(lock) => match self.current(kind, path, fresh, For::Knowing(&lock)) {
                    Ok(content) => return Ok(content),
                    Err(_) => Fate::Left { salvaged },
                },
                Err(_) => Fate::Left { salvaged },
            },
            For::Knowing(_) | For::Changing(_) => match set_aside(
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

/// Gives a file that was changed the version it needs: what was just written may be more than the one it has allows.
pub(super) fn raise_version(kind: &Kind, file: &mut Group<'_>) {
    let version = file.get("version").and_then(|it| it.parse().ok());
    if version.is_some_and(|it: u32| it < kind.version) {
        file.set("version", kind.version.to_string());
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

/// Whether a record may be of one of these stories. To look for a word costs far less than to read the record.
pub(super) fn mentions(record: &str, ids: &[&str]) -> bool {
    const FEW: usize = 8;
    // An id may be written with escapes.
    ids.len() > FEW || record.contains('\\') || ids.iter().any(|id| record.contains(id))
}

/// What we made ourselves has an outline; should that ever fail, the file on the disk stays.
pub(super) fn internal(fault: Fault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault.what)
}
