//! Mends a damaged single file with the sound parts of other copies of the same edition.
//!
//! Parts are carried over as they lie in the file, so what comes out is, to the byte, the file as it was made. The damaged file is kept
//! beside it under another name.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::Archive;
use super::build::{Role, verify};
use super::container::{MEDIA_TYPE, MIMETYPE, Packed, Writer};
use super::draft::DraftFile;
use super::error::PackError;
use super::limits::MANIFEST_BYTES;
use super::manifest;
use super::name::Name;
use super::parts::{self, META, PARTS, Part, SIZE, digest};
use super::source::MANIFEST;

/// What was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The parts that came from another copy; empty if only the file's own directory was damaged, or nothing at all.
    pub parts: Vec<String>,
    /// Where the damaged file is now; nothing if there was nothing to mend.
    pub kept: Option<PathBuf>,
}

/// Why nothing was mended.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// A file cannot be read, or nobody wants it any more.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The copies are not of one edition, or not made alike.
    #[error("These are not two copies of one file, so neither can mend the other: ask for a copy of the same edition and size: {}", .0.display())]
    Different(PathBuf),
    /// Some parts are sound in no copy.
    #[error("No copy has these parts whole, so nothing was changed; with another copy as a further --from it may work: {}", .0.join(", "))]
    Lost(Vec<String>),
    /// The mended file could not be written.
    #[error("The mended file could not be written ({reason}); the damaged one is as it was: {}", .path.display())]
    Write {
        /// What the system says.
        reason: String,
        /// The file.
        path: PathBuf,
    },
}

/// A copy of the file.
struct Copy {
    path: PathBuf,
    archive: Archive,
}

impl Copy {
    fn open(path: &Path) -> Result<Self, PackError> {
        Ok(Self {
            path: path.to_owned(),
            archive: Archive::open_any(path)?,
        })
    }

    /// A part, if it is whole here.
    fn part(&self, name: &Name) -> Option<Vec<u8>> {
        self.archive.read(name, MANIFEST_BYTES).ok()
    }

    /// The part as it lies in the file.
    fn raw(&self, name: &Name) -> Option<Packed> {
        let entry = self.archive.directory.get(name.as_str())?;
        let bytes = entry.raw(&self.archive.file, name.as_str()).ok()?;
        Some(Packed::copied(entry, bytes))
    }

    /// Series and edition, if the manifest is whole here.
    fn identity(&self) -> Option<(String, String)> {
        let bytes = self.part(&Name::new(MANIFEST).ok()?)?;
        let (parsed, _) = manifest::parse(&bytes, &self.path).ok()?;
        let found = (parsed.id?, parsed.edition?);
        Some(found)
    }

    fn parts(&self) -> Option<Vec<Part>> {
        let bytes = self.part(&Name::new(PARTS).ok()?)?;
        parts::parse(&bytes).ok()
    }
}

/// Mends `file` from `others`, copies of the same file. A file that is whole is left alone.
///
/// `cancel` may be set from another thread; `progress` is called from this one with the number of parts that are done and of all.
pub fn repair(
    file: &Path,
    others: &[PathBuf],
    cancel: &AtomicBool,
    progress: &dyn Fn(usize, usize),
) -> Result<Repaired, RepairError> {
    let mut copies = Vec::new();
    match Copy::open(file) {
        Ok(copy) => copies.push(copy),
        // Nothing of it can be used, and it is to be replaced.
        Err(PackError::Archive { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let own = copies.len();
    for other in others {
        copies.push(Copy::open(other)?);
    }
    agree(&copies)?;
    let listed = copies.iter().find_map(Copy::parts);
    let is_listed = listed.is_some();
    let listed = match listed {
        Some(listed) => listed,
        None => found(&copies)?,
    };

    let mut borrowed = Vec::new();
    let mut lost = Vec::new();
    let mut sources = Vec::with_capacity(listed.len());
    for (done, part) in listed.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled.into());
        }
        progress(done, listed.len());
        let whole = |copy: &Copy| {
            copy.part(&part.name)
                .is_some_and(|bytes| digest(&bytes) == part.sha256)
        };
        match copies.iter().position(whole) {
            Some(source) => {
                if source >= own {
                    borrowed.push(part.name.to_string());
                }
                sources.push(source);
            }
            None => lost.push(part.name.to_string()),
        }
    }
    if !lost.is_empty() {
        return Err(RepairError::Lost(lost));
    }
    let sound = own == 1
        && borrowed.is_empty()
        && copies.first().is_some_and(|it| {
            it.archive.directory.faults().is_empty() && (!is_listed || it.parts().is_some())
        });
    if sound {
        return Ok(Repaired {
            parts: borrowed,
            kept: None,
        });
    }

    let fail = |error: io::Error| RepairError::Write {
        reason: error.to_string(),
        path: file.to_owned(),
    };
    let mut draft = DraftFile::new(file).map_err(fail)?;
    let mut writer = Writer::new(BufWriter::with_capacity(1 << 20, &mut draft.file));
    let media_type = Packed::stored(MEDIA_TYPE.as_bytes().to_vec());
    writer
        .add(&Name::new(MIMETYPE)?, &media_type)
        .map_err(fail)?;
    for (part, source) in listed.iter().zip(sources) {
        let raw = copies.get(source).and_then(|copy| copy.raw(&part.name));
        let raw = raw.ok_or_else(|| RepairError::Lost(vec![part.name.to_string()]))?;
        writer.add(&part.name, &raw).map_err(fail)?;
    }
    for name in [SIZE, PARTS] {
        let name = Name::new(name)?;
        let whole = copies.iter().find(|copy| copy.part(&name).is_some());
        if let Some(raw) = whole.and_then(|copy| copy.raw(&name)) {
            writer.add(&name, &raw).map_err(fail)?;
        }
    }
    drop(writer.finish().map_err(fail)?);
    if !verify(draft.path(), &listed, cancel, &|_, _| {})? {
        return Err(fail(io::Error::other("the drive gave back something else")));
    }
    // The file must not be open any more for every system to rename it.
    drop(copies);
    let kept = keep_aside(file).map_err(fail)?;
    draft.finish().map_err(fail)?;
    Ok(Repaired {
        parts: borrowed,
        kept: Some(kept),
    })
}

/// Copies of other editions, or of another make, mend nothing.
fn agree(copies: &[Copy]) -> Result<(), RepairError> {
    let mut identities = copies.iter().filter_map(|it| Some((it, it.identity()?)));
    let mut parts = copies.iter().filter_map(|it| Some((it, it.parts()?)));
    if let Some((_, first)) = identities.next()
        && let Some((other, _)) = identities.find(|(_, it)| *it != first)
    {
        return Err(RepairError::Different(other.path.clone()));
    }
    if let Some((_, first)) = parts.next()
        && let Some((other, _)) = parts.find(|(_, it)| *it != first)
    {
        return Err(RepairError::Different(other.path.clone()));
    }
    Ok(())
}

/// The parts of copies that have no list of them, by their own check sums.
fn found(copies: &[Copy]) -> Result<Vec<Part>, RepairError> {
    let mut found: BTreeMap<Name, Option<Part>> = BTreeMap::new();
    for copy in copies {
        for (name, entry) in copy.archive.directory.iter() {
            let Ok(name) = Name::new(name) else {
                continue;
            };
            if entry.is_folder() || name.as_str() == MIMETYPE || name.as_str().starts_with(META) {
                continue;
            }
            let whole = copy.part(&name).map(|bytes| Part {
                name: name.clone(),
                bytes: bytes.len() as u64,
                sha256: digest(&bytes),
            });
            let known = found.entry(name).or_default();
            match (known.as_ref(), whole) {
                (Some(known), Some(whole)) if *known != whole => {
                    return Err(RepairError::Different(copy.path.clone()));
                }
                (None, Some(whole)) => *known = Some(whole),
                _ => {}
            }
        }
    }
    let lost = found.iter().filter(|(_, part)| part.is_none());
    let lost: Vec<String> = lost.map(|(name, _)| name.to_string()).collect();
    if !lost.is_empty() {
        return Err(RepairError::Lost(lost));
    }
    let mut listed: Vec<Part> = found.into_values().flatten().collect();
    listed.sort_by_cached_key(|part| (Role::of(&part.name), part.name.clone()));
    Ok(listed)
}

/// Gives the damaged file another name beside it.
fn keep_aside(file: &Path) -> io::Result<PathBuf> {
    for number in 1..100 {
        let mut name = OsString::from(file.file_name().unwrap_or_default());
        name.push(".damaged");
        if number > 1 {
            name.push(format!("-{number}"));
        }
        let kept = file.with_file_name(name);
        if !kept.try_exists()? {
            fs::rename(file, &kept)?;
            return Ok(kept);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
