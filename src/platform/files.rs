//! The little about files that the standard library leaves to each system.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Makes a rename inside `folder` durable.
///
/// File systems that cannot do this say so in many ways, and none of them is a reason to call a save failed.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Makes a rename inside `folder` durable: here the rename itself has seen to it.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives `file` the owner of the file it will replace, as far as we may.
///
/// A single `sudo offprint` must not leave a reader with files that are no longer theirs.
#[cfg(unix)]
pub fn copy_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    let differs = file
        .metadata()
        .is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid()));
    if differs && let Err(error) = fchown(file, Some(old.uid()), Some(old.gid())) {
        log::debug!("the owner of a file changes as it is replaced: {error}");
    }
}

/// Gives `file` the owner of the file it will replace: here the folder decides.
#[cfg(not(unix))]
pub fn copy_owner(_file: &File, _old: &Metadata) {}

/// Creates a folder and those above it; what did not exist before is for this user alone.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// The file that `path` stands for: itself, or what a chain of symbolic links leads to, whether it exists or not.
///
/// People link single files into folders that another tool carries from machine to machine; replacing the link
/// would quietly end that.
pub fn link_target(path: &Path) -> io::Result<PathBuf> {
    const LONGEST_CHAIN: usize = 32;
    let mut at = path.to_owned();
    for _ in 0..LONGEST_CHAIN {
        match fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let target = fs::read_link(&at)?;
                at = at.parent().unwrap_or(Path::new("")).join(target);
            }
            Ok(_) => return Ok(at),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(at),
            // What cannot be looked at may be a link.
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "too many symbolic links, each leading to the next",
    ))
}
