//! What is in an archive, from the directory at its end, or, where that is damaged, from the entries themselves.
//! It reads no entry's content, and reserves no memory for what is only claimed.

use std::io::{self, Read as _};

use super::end::{End, NoEnd};
use super::entry::{Entry, Kind};
use super::fields::{Fields, Wide};
use super::file::SharedFile;
use super::salvage::salvage;

/// Something odd about an archive that does not keep it from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pack) struct Fault {
    /// A code of the format's problem list.
    pub(in crate::pack) code: &'static str,
    /// The entry, or nothing for the archive as a whole.
    pub(in crate::pack) name: String,
    /// What is wrong and what to do.
    pub(in crate::pack) message: String,
}

/// The most faults that are kept; a thousand say no more than the first hundred.
const MOST_FAULTS: usize = 100;

/// The entries of an archive.
#[derive(Debug, Default)]
pub(in crate::pack) struct Directory {
    /// In the order in which they are listed.
    entries: Vec<Entry>,
    /// All names, one after another: a million small strings would take three times as much.
    names: String,
    /// Entries by name; of those with one name only the one that is listed last.
    by_name: Vec<u32>,
    faults: Vec<Fault>,
}

/// Why an archive cannot be read.
#[derive(Debug)]
pub(in crate::pack) enum DirectoryError {
    /// The system could not read.
    Io(io::Error),
    /// It is none, it is damaged, or of a kind that is refused; a reason without a full stop.
    Refused(&'static str),
}

impl From<io::Error> for DirectoryError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Directory {
    /// Reads the directory. One that is damaged is made anew from the entries, if the file says in its first bytes that it is a pack.
    pub(in crate::pack) fn read(file: &SharedFile) -> Result<Self, DirectoryError> {
        let reason = match End::find(file) {
            Ok(end) => match Self::listed(file, &end)? {
                Some(directory) => return Ok(directory),
                None => "its table of contents is damaged",
            },
            Err(NoEnd::Io(error)) => return Err(error.into()),
            Err(NoEnd::Refused(reason)) => return Err(DirectoryError::Refused(reason)),
            Err(NoEnd::Damaged(reason)) => reason,
        };
        let mut directory = Self::default();
        if !salvage(file, &mut directory)? {
            return Err(DirectoryError::Refused(reason));
        }
        directory.fault("P071", "", "The table of contents of this file is damaged or cut off; what can still be found is shown: copy or download the file again, or mend it with `offprint repair`.");
        directory.finish(file.length());
        Ok(directory)
    }

    /// The entries that the directory lists; nothing if it makes no sense.
    fn listed(file: &SharedFile, end: &End) -> io::Result<Option<Self>> {
        let mut directory = Self::default();
        let mut bytes = file.buffered(end.start..end.stop);
        let mut tail = Vec::new();
        for _ in 0..end.entries {
            let mut head = [0; 46];
            if let Err(error) = bytes.read_exact(&mut head) {
                return ended(error);
            }
            let Some((lengths, entry)) = central(&head) else {
                return Ok(None);
            };
            tail.clear();
            let length: u64 = lengths.iter().map(|it| u64::from(*it)).sum();
            if bytes.by_ref().take(length).read_to_end(&mut tail)? as u64 != length {
                return Ok(None);
            }
            let (name, rest) = tail.split_at(lengths[0].into());
            let extra = rest.get(..lengths[1].into()).unwrap_or_default();
            let mut wide = Wide::find(extra);
            let wide = [entry.size, entry.packed, entry.offset].map(|it| wide.or_wide(it as u32));
            let [Some(size), Some(packed), Some(offset)] = wide else {
                return Ok(None);
            };
            let entry = Entry {
                offset,
                packed,
                size,
                ..entry
            };
            directory.add(name, entry);
        }
        let mut more = [0];
        if bytes.read(&mut more)? != 0 {
            return Ok(None);
        }
        if end.trailing > 0 {
            directory.fault("P074", "", "Something follows the end of the pack: it is not read; make or copy the file again.");
        }
        directory.finish(end.start);
        Ok(Some(directory))
    }

    /// Lists an entry under a name.
    pub(super) fn add(&mut self, name: &[u8], mut entry: Entry) {
        let (Ok(text), Ok(start)) = (std::str::from_utf8(name), u32::try_from(self.names.len()))
        else {
            let shown = String::from_utf8_lossy(name).into_owned();
            self.fault("P040", &shown, "A name in this pack is not UTF-8, so no reader can ask for it: rename the file and make the pack again.");
            return;
        };
        if text.ends_with('/') {
            entry.kind = Kind::Folder;
        }
        entry.name = start..start + text.len() as u32;
        self.names.push_str(text);
        self.entries.push(entry);
    }

    /// Puts the names in order, and finds out which entries lie where another lies or beyond `end`.
    fn finish(&mut self, end: u64) {
        let names = &self.names;
        let name_of = |entry: &Entry| names.get(entry.name_range()).unwrap_or_default();
        let mut order: Vec<u32> = (0..self.entries.len() as u32).collect();
        let entry = |index: u32| self.entries.get(index as usize);
        order.sort_by(|a, b| {
            let key = |index: u32| entry(index).map(name_of);
            key(*a).cmp(&key(*b))
        });
        let mut doubles = Vec::new();
        let mut by_name: Vec<u32> = Vec::with_capacity(order.len());
        for index in order {
            let name = entry(index).map(name_of);
            match by_name.last_mut() {
                // The order is stable: of equal names the last that is listed stays.
                Some(last) if entry(*last).map(name_of) == name => {
                    *last = index;
                    doubles.extend(
                        name.map(str::to_owned)
                            .filter(|_| doubles.len() < MOST_FAULTS),
                    );
                }
                _ => by_name.push(index),
            }
        }
        self.by_name = by_name;
        doubles.dedup();
        for name in doubles {
            self.fault("P072", &name, "Two files of this pack have the same name; the one listed last is taken: make the pack again with one of them.");
        }
        self.mark_overlaps(end);
    }

    /// Entries that share bytes are how a small file unpacks to a great deal; none of them is opened.
    fn mark_overlaps(&mut self, end: u64) {
        let mut places: Vec<(u64, u64, usize)> = self
            .entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.offset, entry.least_end(), index))
            .collect();
        places.sort_unstable();
        let mut shared = Vec::new();
        let mut furthest: Option<(u64, usize)> = None;
        for (start, stop, index) in places {
            if let Some((before, other)) = furthest
                && start < before
            {
                shared.extend([other, index]);
            }
            if stop > end {
                shared.push(index);
            }
            if furthest.is_none_or(|(before, _)| stop > before) {
                furthest = Some((stop, index));
            }
        }
        for index in shared {
            if let Some(entry) = self.entries.get_mut(index) {
                entry.out_of_place = true;
            }
        }
    }

    fn fault(&mut self, code: &'static str, name: &str, message: &str) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault {
                code,
                name: name.to_owned(),
                message: message.to_owned(),
            });
        }
    }

    /// The entry of that name.
    pub(in crate::pack) fn get(&self, name: &str) -> Option<&Entry> {
        let entry = |index: &u32| self.entries.get(*index as usize);
        let at = self
            .by_name
            .binary_search_by(|index| entry(index).map(|it| self.name(it)).cmp(&Some(name)))
            .ok()?;
        entry(self.by_name.get(at)?)
    }

    /// The name of an entry of this directory.
    pub(in crate::pack) fn name(&self, entry: &Entry) -> &str {
        self.names.get(entry.name_range()).unwrap_or_default()
    }

    /// The entries that can be asked for, in the order of their names.
    pub(in crate::pack) fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        let entry = |index: &u32| self.entries.get(*index as usize);
        self.by_name
            .iter()
            .filter_map(entry)
            .map(|entry| (self.name(entry), entry))
    }

    /// What is odd about the archive as a whole.
    pub(in crate::pack) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether no entry was found.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn ended<T>(error: io::Error) -> io::Result<Option<T>> {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Ok(None),
        _ => Err(error),
    }
}

/// The fixed part of a directory entry (APPNOTE 4.3.12): the lengths of name, extra fields and comment, and the rest.
fn central(head: &[u8; 46]) -> Option<([u16; 3], Entry)> {
    let fields = Fields(head);
    if !head.starts_with(b"PK\x01\x02") {
        return None;
    }
    let lengths = [fields.u16(28)?, fields.u16(30)?, fields.u16(32)?];
    let entry = Entry {
        flags: fields.u16(8)?,
        method: fields.u16(10)?,
        crc: fields.u32(16)?,
        packed: fields.u32(20)?.into(),
        size: fields.u32(24)?.into(),
        offset: fields.u32(42)?.into(),
        kind: Kind::of(fields.u16(4)?, fields.u32(38)?),
        ..Entry::default()
    };
    Some((lengths, entry))
}
