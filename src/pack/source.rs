//! Where the files of a pack come from: a folder, an archive, or the program itself.
//! It reads whole files under a limit and nothing else; what they mean is not its business.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use super::archive::Archive;
use super::embedded::Embedded;
use super::error::PackError;
use super::folder::Folder;
use super::name::Name;

/// The manifest's name.
pub(super) const MANIFEST: &str = "pack.ron";

/// The files of a pack. Any number of threads may read at once.
#[derive(Debug)]
pub(super) enum Source {
    Folder(Folder),
    Archive(Archive),
    Embedded(&'static Embedded),
}

impl Source {
    /// Looks at what lies at `path`. Returns the folder that had to be entered to find the manifest, where there was one.
    pub(super) fn detect(path: &Path) -> Result<(Self, Option<String>), PackError> {
        let kind = fs::metadata(path).map_err(|e| PackError::from_io(&e, path))?;
        if kind.is_dir() {
            return Self::folder(path);
        }
        if !kind.is_file() {
            return Err(PackError::NotAPlace {
                path: path.to_owned(),
            });
        }
        if path.file_name().is_some_and(|name| name == MANIFEST)
            && let Some(parent) = path.parent()
        {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            return Self::folder(parent);
        }
        let (archive, entered) = Archive::open(path)?;
        Ok((Self::Archive(archive), entered))
    }

    fn folder(path: &Path) -> Result<(Self, Option<String>), PackError> {
        let manifest = Name::new(MANIFEST)?;
        let folder = Folder::open(path)?;
        if folder.exists(&manifest) {
            return Ok((Self::Folder(folder), None));
        }
        if let Some(inner) = folder.only_folder() {
            let name = inner
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let inner = Folder::open(&inner)?;
            if inner.exists(&manifest) {
                return Ok((Self::Folder(inner), name));
            }
        }
        Err(PackError::NoManifest {
            path: path.to_owned(),
        })
    }

    /// Reads a file that has at most `limit` bytes.
    pub(super) fn read(&self, name: &Name, limit: u64) -> Result<Vec<u8>, PackError> {
        match self {
            Self::Folder(folder) => folder.read(name, limit),
            Self::Archive(archive) => archive.read(name, limit),
            Self::Embedded(_) => {
                let bytes = self.read_up_to(name, limit.saturating_add(1))?;
                if bytes.len() as u64 > limit {
                    let name = name.to_string();
                    return Err(PackError::TooLarge { limit, name });
                }
                Ok(bytes)
            }
        }
    }

    /// Reads at most `most` bytes from the start of a file.
    pub(super) fn read_up_to(&self, name: &Name, most: u64) -> Result<Vec<u8>, PackError> {
        match self {
            Self::Folder(folder) => folder.read_up_to(name, most),
            Self::Archive(archive) => archive.read_up_to(name, most),
            Self::Embedded(embedded) => match embedded.get(name.as_str()) {
                Some(bytes) => Ok(bytes.iter().take(most as usize).copied().collect()),
                None => Err(PackError::Missing {
                    name: name.to_string(),
                }),
            },
        }
    }

    /// The entry names of an archive as they stand, which may be unsafe; nothing for other sources.
    pub(super) fn entry_names(&self) -> Vec<String> {
        match self {
            Self::Archive(archive) => archive.all_names(),
            Self::Folder(_) | Self::Embedded(_) => Vec::new(),
        }
    }
}

/// Answers whether files exist, listing each folder once instead of asking the system for every file.
#[derive(Debug)]
pub(super) struct Lookup<'a> {
    source: &'a Source,
    listed: HashMap<String, HashSet<String>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            listed: HashMap::new(),
        }
    }

    /// Whether something has that name; reading it may still fail.
    pub(super) fn exists(&mut self, name: &Name) -> bool {
        match self.source {
            Source::Archive(archive) => archive.exists(name),
            Source::Embedded(embedded) => embedded.get(name.as_str()).is_some(),
            Source::Folder(files) => {
                let (folder, file) = name.split();
                if !self.listed.contains_key(folder) {
                    self.listed.insert(folder.to_owned(), files.list(folder));
                }
                self.listed
                    .get(folder)
                    .is_some_and(|names| names.contains(file))
            }
        }
    }
}
