//! The folders of the reader's files, made so that they are there after a power cut.

use std::io;
use std::path::{Path, PathBuf};

use super::disk;

/// The folder a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a folder and those above it that are missing.
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|it| !it.as_os_str().is_empty() && !it.is_dir())
        .map(Path::to_owned)
        .collect();
    missing.iter().rev().try_for_each(|it| {
        disk::make_folder(it)?;
        disk::sync_folder(folder_of(it))
    })
}

/// Makes durable what is in `folder`, and that it and those above it up to the data folder are there: whoever made them may have been
/// stopped before they were.
pub(super) fn settle(data_dir: &Path, folder: &Path) -> io::Result<()> {
    let ours = folder.ancestors().take_while(|it| *it != data_dir);
    for folder in ours.chain([data_dir]) {
        disk::sync_folder(folder)?;
    }
    match disk::sync_folder(folder_of(data_dir)) {
        // It is not ours, and to look into it may be forbidden.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        result => result,
    }
}
