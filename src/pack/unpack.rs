//! Gives the folder back that a single file was made of. Whatever the file says, nothing is written anywhere else.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::Archive;
use super::container::MIMETYPE;
use super::draft::DraftFolder;
use super::error::PackError;
use super::limits::MANIFEST_BYTES;
use super::name::{Name, alike};
use super::parts::{META, SizeClass};

/// What was unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// How many files were written.
    pub files: usize,
    /// How many bytes they have together.
    pub bytes: u64,
    /// What the file held of the edition; a build of the same class gives the same file.
    pub class: SizeClass,
}

/// Why nothing was unpacked.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// The file cannot be read, or nobody wants it any more.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// It is a folder.
    #[error("This is a folder already: {}", .0.display())]
    IsFolder(PathBuf),
    /// Something is at the place.
    #[error("There is something at this place, and nothing is written over: choose a folder that does not exist or is empty: {}", .0.display())]
    Taken(PathBuf),
    /// Names that some systems take for one.
    #[error(
        "Two files in this pack, {first} and {second}, are one and the same on some systems, so it is not unpacked: ask whoever made it"
    )]
    Collision {
        /// One of the names.
        first: String,
        /// The other.
        second: String,
    },
    /// A file could not be written.
    #[error("A file could not be written ({reason}); nothing was left behind: {}", .path.display())]
    Write {
        /// What the system says.
        reason: String,
        /// The folder.
        path: PathBuf,
    },
}

/// Unpacks the single file `from` into the folder `to`, which must not exist, or be empty.
///
/// All names are looked at before the first file is written. `cancel` may be set from another thread; `progress` is called from this
/// one with the number of files that are done and of all.
pub fn unpack(
    from: &Path,
    to: &Path,
    cancel: &AtomicBool,
    progress: &dyn Fn(usize, usize),
) -> Result<Unpacked, UnpackError> {
    if from.is_dir() {
        return Err(UnpackError::IsFolder(from.to_owned()));
    }
    let (archive, _) = Archive::open(from)?;
    let names = names(&archive)?;
    let free = match fs::read_dir(to) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if !free {
        return Err(UnpackError::Taken(to.to_owned()));
    }
    let fail = |error: io::Error| UnpackError::Write {
        reason: error.to_string(),
        path: to.to_owned(),
    };
    let draft = DraftFolder::new(to).map_err(fail)?;
    let mut bytes = 0;
    for (done, name) in names.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled.into());
        }
        progress(done, names.len());
        let content = archive.read(name, MANIFEST_BYTES)?;
        let mut path = draft.path().to_owned();
        path.extend(name.parts());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        // A new file each time: nothing that is there already is followed or written over.
        let mut file = fs::File::create_new(&path).map_err(fail)?;
        io::Write::write_all(&mut file, &content).map_err(fail)?;
        bytes += content.len() as u64;
    }
    draft.finish().map_err(fail)?;
    Ok(Unpacked {
        files: names.len(),
        bytes,
        class: archive.class,
    })
}

/// The files of the pack, all of them safe and no two of them the same anywhere.
fn names(archive: &Archive) -> Result<Vec<Name>, UnpackError> {
    if let Some(fault) = archive
        .directory
        .faults()
        .iter()
        .find(|it| it.code == "P040")
    {
        return Err(UnpackError::Pack(PackError::UnsafeName {
            name: fault.name.clone(),
            fault: "it is not UTF-8",
        }));
    }
    let mut names = Vec::new();
    for (full, entry) in archive.directory.iter() {
        // What lies beside the pack's own folder is no part of it.
        let Some(name) = full.strip_prefix(&archive.prefix) else {
            continue;
        };
        if entry.is_folder() {
            continue;
        }
        let name = Name::new(name)?;
        if name.as_str() != MIMETYPE && !name.as_str().starts_with(META) {
            names.push(name);
        }
    }
    let mut seen: HashMap<String, &Name> = HashMap::new();
    for name in &names {
        if let Some(other) = seen.insert(alike(name.as_str()), name) {
            return Err(UnpackError::Collision {
                first: other.to_string(),
                second: name.to_string(),
            });
        }
    }
    Ok(names)
}
