//! What is wrong with a single file as a container: entries that contradict each other, parts that are not what was packed.
//! Every part is read to its end, once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::pack::archive::Archive;
use crate::pack::container::{Entry, EntryError, MEDIA_TYPE, MIMETYPE};
use crate::pack::error::PackError;
use crate::pack::limits::{MANIFEST_BYTES, PICTURE_BYTES};
use crate::pack::name::Name;
use crate::pack::parts::{self, META, PARTS, Part, digest};
use crate::pack::problem::Problem;
use crate::pack::source::MANIFEST;

/// The problems of a container, in the order of its names.
pub(super) fn problems(
    archive: &Archive,
    cancel: &AtomicBool,
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Problem>, PackError> {
    let own_name = archive.path.file_name().unwrap_or_default();
    let own_name = own_name.to_string_lossy().into_owned();
    let mut problems: Vec<Problem> = archive
        .directory
        .faults()
        .iter()
        .map(|fault| {
            let file = if fault.name.is_empty() {
                &own_name
            } else {
                &fault.name
            };
            Problem::new(fault.code, file, &fault.message)
        })
        .collect();
    if !begins_as_pack(archive)? {
        problems.push(Problem::new("P070", &own_name, "The file does not begin with the entry `mimetype`, by which other programs know a pack: make it with `offprint build`."));
    }
    let list = read_list(archive, &mut problems)?;
    let all = archive.directory.iter().count();
    for (done, (full, entry)) in archive.directory.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(PackError::Cancelled);
        }
        progress(done, all);
        let Some(file) = full.strip_prefix(&archive.prefix) else {
            continue;
        };
        if entry.is_folder() {
            continue;
        }
        problems.extend(part(archive, full, file, entry, list.as_ref())?);
    }
    let missing = list.iter().flatten().filter(|(name, _)| {
        let full = format!("{}{name}", archive.prefix);
        archive.directory.get(&full).is_none()
    });
    for (name, _) in missing {
        problems.push(Problem::new("P077", name, "This part was packed and is not here any more: copy or download the file again, or mend it with `offprint repair`."));
    }
    Ok(problems)
}

/// What is wrong with one part.
fn part(
    archive: &Archive,
    full: &str,
    file: &str,
    entry: &Entry,
    list: Option<&HashMap<String, Part>>,
) -> Result<Option<Problem>, PackError> {
    let limit = if file == MANIFEST || file == PARTS {
        MANIFEST_BYTES
    } else {
        PICTURE_BYTES
    };
    let bytes = match entry.read(&archive.file, full, limit) {
        Ok(bytes) => bytes,
        Err(EntryError::Contradicts(reason)) => {
            let message = format!(
                "What the file says of this part contradicts itself, as {reason}; it is not opened: make or copy the file again."
            );
            return Ok(Some(Problem::new("P073", file, message)));
        }
        Err(error) => {
            let error = archive.explain(error, file);
            let code = match &error {
                PackError::Entry { .. } | PackError::LeavesPack { .. } => error.code(),
                PackError::NotAFile { .. } => Some("P041"),
                _ => return Err(error),
            };
            return Ok(code.map(|code| Problem::new(code, file, error.to_string())));
        }
    };
    let is_own = file == MIMETYPE || file.starts_with(META);
    let Some(list) = list else {
        return Ok(None);
    };
    Ok(match list.get(file) {
        Some(part) if digest(&bytes) != part.sha256 => Some(Problem::new(
            "P076",
            file,
            "This part is not what was packed: copy or download the file again, or mend it with `offprint repair`.",
        )),
        None if !is_own => Some(Problem::new(
            "P078",
            file,
            "This part was put in after the pack was made, or is listed nowhere: make the pack again.",
        )),
        _ => None,
    })
}

fn begins_as_pack(archive: &Archive) -> Result<bool, PackError> {
    let start = archive.start(30 + MIMETYPE.len() + MEDIA_TYPE.len())?;
    Ok(start.starts_with(b"PK\x03\x04")
        && start
            .get(30..)
            .is_some_and(|it| it == format!("{MIMETYPE}{MEDIA_TYPE}").as_bytes()))
}

/// The list of parts by name; nothing where there is none, or none that can be read.
fn read_list(
    archive: &Archive,
    problems: &mut Vec<Problem>,
) -> Result<Option<HashMap<String, Part>>, PackError> {
    let bytes = match archive.read(&Name::new(PARTS)?, MANIFEST_BYTES) {
        Ok(bytes) => bytes,
        Err(error @ PackError::Io { .. }) => return Err(error),
        // That it is damaged is said when its turn comes.
        Err(_) => return Ok(None),
    };
    match parts::parse(&bytes) {
        Ok(list) => Ok(Some(
            list.into_iter()
                .map(|part| (part.name.to_string(), part))
                .collect(),
        )),
        Err(reason) => {
            let message = format!(
                "The list of parts cannot be understood, so damage may go unnoticed ({reason}): make the pack again."
            );
            problems.push(Problem::new("P079", PARTS, message));
            Ok(None)
        }
    }
}
