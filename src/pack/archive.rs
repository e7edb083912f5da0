//! A pack that is one file. It opens only plain entries under safe names, each under a limit.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::container::{Directory, DirectoryError, EntryError, SharedFile};
use super::error::PackError;
use super::limits::SMALL_PART_BYTES;
use super::name::Name;
use super::parts::{self, SizeClass};
use super::source::MANIFEST;

/// An archive whose directory has been read.
#[derive(Debug)]
pub(super) struct Archive {
    pub(super) path: PathBuf,
    pub(super) file: SharedFile,
    pub(super) directory: Directory,
    /// The folder inside the archive that holds the pack, with its `/`; usually empty.
    pub(super) prefix: String,
    /// What was left out when it was made.
    pub(super) class: SizeClass,
}

impl Archive {
    /// Opens an archive. Returns the folder that had to be entered to find the manifest, where there was one.
    pub(super) fn open(path: &Path) -> Result<(Self, Option<String>), PackError> {
        let mut archive = Self::open_any(path)?;
        let Some(prefix) = find_prefix(&archive.directory) else {
            return Err(PackError::NoManifest {
                path: path.to_owned(),
            });
        };
        let entered = (!prefix.is_empty()).then(|| prefix.trim_end_matches('/').to_owned());
        archive.prefix = prefix;
        let class = Name::new(parts::SIZE).and_then(|name| archive.read(&name, SMALL_PART_BYTES));
        if let Ok(class) = class {
            archive.class = SizeClass::parse(&class);
        }
        Ok((archive, entered))
    }

    /// Opens an archive that need not be a pack any more.
    pub(super) fn open_any(path: &Path) -> Result<Self, PackError> {
        let fail = |e| PackError::from_io(&e, path);
        let file = File::open(path).and_then(SharedFile::new).map_err(fail)?;
        let directory = Directory::read(&file).map_err(|error| match error {
            DirectoryError::Io(error) => fail(error),
            DirectoryError::Refused(reason) => PackError::Archive {
                reason: reason.to_owned(),
                path: path.to_owned(),
            },
        })?;
        Ok(Self {
            path: path.to_owned(),
            file,
            directory,
            prefix: String::new(),
            class: SizeClass::Full,
        })
    }

    pub(super) fn read(&self, name: &Name, limit: u64) -> Result<Vec<u8>, PackError> {
        let full = self.full(name);
        if self
            .directory
            .get(&full)
            .is_some_and(|it| it.size() > limit)
        {
            let name = name.to_string();
            return Err(PackError::TooLarge { limit, name });
        }
        self.read_up_to(name, limit)
    }

    /// At most `most` bytes from the start of an entry; a check sum is compared where the entry was read to its end.
    pub(super) fn read_up_to(&self, name: &Name, most: u64) -> Result<Vec<u8>, PackError> {
        let full = self.full(name);
        let Some(entry) = self.directory.get(&full) else {
            let name = name.to_string();
            return Err(PackError::Missing { name });
        };
        entry
            .read(&self.file, &full, most)
            .map_err(|error| self.explain(error, name.as_str()))
    }

    pub(super) fn exists(&self, name: &Name) -> bool {
        self.directory.get(&self.full(name)).is_some()
    }

    /// The name of a file of the pack inside the archive.
    fn full(&self, name: &Name) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Every entry's name as it stands, which may be unsafe.
    pub(super) fn all_names(&self) -> Vec<String> {
        let names = self.directory.iter();
        names.map(|(name, _)| name.to_owned()).collect()
    }

    /// The first bytes of the file.
    pub(super) fn start(&self, most: usize) -> Result<Vec<u8>, PackError> {
        let read = self.file.bytes(0, most);
        read.map_err(|error| PackError::from_io(&error, &self.path))
    }

    pub(super) fn explain(&self, error: EntryError, name: &str) -> PackError {
        let name = name.to_owned();
        match error {
            EntryError::Io(error) => PackError::from_io(&error, &self.path),
            EntryError::Refused(reason) => PackError::Entry { reason, name },
            EntryError::Contradicts(reason) => PackError::Entry {
                reason: reason.to_owned(),
                name,
            },
            EntryError::Link => PackError::LeavesPack { name },
            EntryError::NotAFile => PackError::NotAFile { name },
        }
    }
}

/// Where the manifest lies: at the top, or in the archive's only folder.
fn find_prefix(directory: &Directory) -> Option<String> {
    if directory.get(MANIFEST).is_some() {
        return Some(String::new());
    }
    let mut tops = directory
        .iter()
        .filter_map(|(name, _)| name.split_once('/'))
        .map(|(top, _)| top)
        .filter(|top| *top != "__MACOSX" && !top.starts_with('.'));
    let first = tops.next()?;
    let prefix = format!("{first}/");
    (Name::new(first).is_ok()
        && tops.all(|top| top == first)
        && directory.get(&format!("{prefix}{MANIFEST}")).is_some())
    .then_some(prefix)
}
