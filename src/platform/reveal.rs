//! Shows a folder in the system's file manager.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

#[cfg(target_os = "macos")]
const MANAGER: &str = "open";
#[cfg(target_os = "windows")]
const MANAGER: &str = "explorer";
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
const MANAGER: &str = "xdg-open";

/// The system has nothing to show folders with.
#[derive(Debug, thiserror::Error)]
#[error("The folder could not be shown ({source}). It is {folder}")]
pub struct RevealError {
    folder: String,
    source: io::Error,
}

/// Opens `folder` in the file manager and returns at once.
pub fn reveal_folder(folder: &Path) -> Result<(), RevealError> {
    reveal_with(MANAGER, folder).map_err(|source| RevealError {
        folder: folder.display().to_string(),
        source,
    })
}

fn reveal_with(manager: &str, folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "it does not exist yet",
        ));
    }
    let mut child = Command::new(manager)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // A child that nobody waits for stays in the process table.
    let wait = move || {
        if let Err(error) = child.wait() {
            log::debug!("the file manager: {error}");
        }
    };
    std::thread::Builder::new()
        .name("file manager".to_owned())
        .spawn(wait)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let error = reveal_with("no-such-file-manager", folder.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let error = reveal_folder(&folder.path().join("missing")).unwrap_err();
        assert!(error.to_string().contains("does not exist yet"), "{error}");
    }
}
