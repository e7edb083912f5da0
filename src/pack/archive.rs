//! A pack that is one file: a ZIP archive.
//! It never trusts a size that the archive states, and opens only plain, stored or deflated entries under safe names.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::error::PackError;
use super::limits::ARCHIVE_ENTRIES;
use super::name::Name;
use super::source::MANIFEST;

/// An archive whose directory has been read.
#[derive(Debug)]
pub(super) struct Archive {
    path: PathBuf,
    /// Cloned for each read: the directory is shared, the position is not.
    zip: ZipArchive<SharedFile>,
    /// The folder inside the archive that holds the pack, with its `/`; usually empty.
    prefix: String,
}

impl Archive {
    /// Opens an archive. Returns the folder that had to be entered to find the manifest, where there was one.
    pub(super) fn open(path: &Path) -> Result<(Self, Option<String>), PackError> {
        let fail = |e: &io::Error| PackError::from_io(e, path);
        let mut file =
            SharedFile::new(File::open(path).map_err(|e| fail(&e))?).map_err(|e| fail(&e))?;
        let refuse = |reason: String| PackError::Archive {
            reason,
            path: path.to_owned(),
        };
        if let Some(reason) = fault_of_directory(&mut file).map_err(|e| fail(&e))? {
            return Err(refuse(reason.to_owned()));
        }
        let config = Config {
            archive_offset: ArchiveOffset::Known(0),
        };
        let zip = ZipArchive::with_config(config, file).map_err(|e| refuse(plain_reason(&e)))?;
        if zip.len() as u64 > ARCHIVE_ENTRIES {
            return Err(refuse(TOO_MANY.to_owned()));
        }
        let Some(prefix) = find_prefix(&zip) else {
            return Err(PackError::NoManifest {
                path: path.to_owned(),
            });
        };
        let entered = (!prefix.is_empty()).then(|| prefix.trim_end_matches('/').to_owned());
        let archive = Self {
            path: path.to_owned(),
            zip,
            prefix,
        };
        Ok((archive, entered))
    }

    pub(super) fn read(&self, name: &Name, limit: u64) -> Result<Vec<u8>, PackError> {
        let bytes = self.read_up_to(name, limit.saturating_add(1))?;
        if bytes.len() as u64 > limit {
            let name = name.to_string();
            return Err(PackError::TooLarge { limit, name });
        }
        Ok(bytes)
    }

    /// At most `most` bytes from the start of an entry; a check sum is compared where the entry was read to its end.
    pub(super) fn read_up_to(&self, name: &Name, most: u64) -> Result<Vec<u8>, PackError> {
        let refuse = |reason: String| PackError::Entry {
            reason,
            name: name.to_string(),
        };
        let index = self.index(name).ok_or_else(|| PackError::Missing {
            name: name.to_string(),
        })?;
        let mut zip = self.zip.clone();
        {
            let entry = zip
                .by_index_data(index)
                .map_err(|e| refuse(plain_reason(&e)))?;
            if entry.is_symlink() {
                let name = name.to_string();
                return Err(PackError::LeavesPack { name });
            }
            if entry.is_dir() {
                let name = name.to_string();
                return Err(PackError::NotAFile { name });
            }
            if entry.encrypted() {
                return Err(refuse("it is encrypted, and packs are not".to_owned()));
            }
            if !matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            ) {
                return Err(refuse(
                    "it is compressed in a way that packs do not use; use Deflate".to_owned(),
                ));
            }
        }
        let entry = zip.by_index(index).map_err(|e| refuse(plain_reason(&e)))?;
        let mut bytes = Vec::new();
        if let Err(error) = entry.take(most).read_to_end(&mut bytes) {
            return Err(match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound => {
                    PackError::from_io(&error, &self.path)
                }
                _ => refuse(format!("it is damaged ({error})")),
            });
        }
        Ok(bytes)
    }

    pub(super) fn exists(&self, name: &Name) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &Name) -> Option<usize> {
        let full = format!("{}{name}", self.prefix);
        self.zip.index_for_name_raw(full.as_bytes())
    }

    /// Every entry's name as it stands.
    pub(super) fn all_names(&self) -> Vec<String> {
        let names = self.zip.file_names_raw();
        names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect()
    }
}

const NOT_ZIP: &str = "it is neither a folder nor a ZIP archive";
const TOO_MANY: &str = "it has more than 1,000,000 entries";
const DAMAGED: &str = "its table of contents is damaged";

/// Where the manifest lies: at the top, or in the archive's only folder.
fn find_prefix(zip: &ZipArchive<SharedFile>) -> Option<String> {
    if zip.index_for_name_raw(MANIFEST.as_bytes()).is_some() {
        return Some(String::new());
    }
    let names = zip
        .file_names_raw()
        .filter_map(|name| std::str::from_utf8(name).ok());
    let mut tops = names
        .filter_map(|name| name.split_once('/'))
        .map(|(top, _)| top)
        .filter(|top| *top != "__MACOSX" && !top.starts_with('.'));
    let first = tops.next()?;
    let prefix = format!("{first}/");
    (Name::new(first).is_ok()
        && tops.all(|top| top == first)
        && zip
            .index_for_name_raw(format!("{prefix}{MANIFEST}").as_bytes())
            .is_some())
    .then_some(prefix)
}

/// Looks at the end of the archive before anybody reserves memory for what it claims.
fn fault_of_directory(file: &mut SharedFile) -> io::Result<Option<&'static str>> {
    const RECORD: u64 = 22;
    const LOCATOR: u64 = 20;
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(RECORD + LOCATOR + 0xFFFF);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(length - start).read_to_end(&mut tail)?;
    let mut found = false;
    for (at, record) in tail.windows(RECORD as usize).enumerate() {
        if !record.starts_with(b"PK\x05\x06") {
            continue;
        }
        found = true;
        let entries = u64::from(number(record, 10, 2));
        let locator = at
            .checked_sub(LOCATOR as usize)
            .and_then(|from| tail.get(from..at));
        let claimed = match locator.filter(|bytes| bytes.starts_with(b"PK\x06\x07")) {
            None => entries,
            Some(locator) => {
                let at = wide_number(locator, 8);
                if at > length {
                    return Ok(Some(DAMAGED));
                }
                file.seek(SeekFrom::Start(at))?;
                let mut wide = Vec::new();
                file.by_ref().take(56).read_to_end(&mut wide)?;
                if wide.len() < 56 || !wide.starts_with(b"PK\x06\x06") {
                    return Ok(Some(DAMAGED));
                }
                wide_number(&wide, 32).max(wide_number(&wide, 24))
            }
        };
        if claimed > ARCHIVE_ENTRIES {
            return Ok(Some(TOO_MANY));
        }
        // Each entry takes 46 bytes of the directory at the least.
        if claimed.saturating_mul(46) > length {
            return Ok(Some(DAMAGED));
        }
    }
    Ok((!found).then_some(NOT_ZIP))
}

/// A little-endian number of two or four bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> u32 {
    let bytes = bytes.get(at..at + width).unwrap_or_default();
    bytes
        .iter()
        .rev()
        .fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

/// A little-endian number of eight bytes.
fn wide_number(bytes: &[u8], at: usize) -> u64 {
    u64::from(number(bytes, at + 4, 4)) << 32 | u64::from(number(bytes, at, 4))
}

fn plain_reason(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(reason) => format!("{DAMAGED} ({reason})"),
        ZipError::UnsupportedArchive(reason) => {
            format!("it is a kind of ZIP archive that packs do not use ({reason})")
        }
        ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            "it ends too early".to_owned()
        }
        other => other.to_string(),
    }
}

/// One open file behind any number of readers, each with its own position and a small buffer.
#[derive(Debug)]
struct SharedFile {
    file: Arc<Mutex<File>>,
    length: u64,
    at: u64,
    buffer: Vec<u8>,
    /// The bytes of the buffer that are not read yet begin here.
    used: usize,
}

/// Enough for several hundred entries of the directory.
const BUFFER: usize = 32 << 10;

impl SharedFile {
    fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(Mutex::new(file)),
            length,
            at: 0,
            buffer: Vec::new(),
            used: 0,
        })
    }

    fn left(&self) -> usize {
        self.buffer.len() - self.used
    }
}

impl Clone for SharedFile {
    fn clone(&self) -> Self {
        Self {
            file: Arc::clone(&self.file),
            length: self.length,
            at: self.at,
            buffer: Vec::new(),
            used: 0,
        }
    }
}

impl Read for SharedFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left() == 0 {
            self.buffer.resize(BUFFER, 0);
            self.used = 0;
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            let got = file
                .seek(SeekFrom::Start(self.at))
                .and_then(|_| file.read(&mut self.buffer));
            self.buffer.truncate(*got.as_ref().unwrap_or(&0));
            got?;
        }
        let waiting = self.buffer.get(self.used..).unwrap_or_default();
        let count = waiting.len().min(out.len());
        for (to, from) in out.iter_mut().zip(waiting) {
            *to = *from;
        }
        self.used += count;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let at = at.ok_or(io::ErrorKind::InvalidInput)?;
        match at.checked_sub(self.at) {
            // Still in the buffer: a directory is read in small steps forward.
            Some(ahead) if ahead <= self.left() as u64 => self.used += ahead as usize,
            _ => {
                self.buffer.clear();
                self.used = 0;
            }
        }
        self.at = at;
        Ok(at)
    }
}
