//! The system's own dialogs. Each is built on the calling thread, as macOS wants it, and waited for on another.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rfd::{AsyncFileDialog, FileHandle};

/// What a pack may be called; `pack.ron` is the manifest of one that is a folder.
const ENDINGS: [&str; 3] = ["offprint", "zip", "ron"];

/// What the reader picks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A pack that is one file, or the `pack.ron` of one that is a folder.
    File,
    /// A pack that is a folder.
    Folder,
    /// A backup of the reader's files.
    Backup,
    /// A folder on a drive.
    Drive,
}

/// No dialog could be shown.
#[derive(Debug, thiserror::Error)]
pub enum DialogError {
    /// The system has no dialog to show.
    #[error(
        "This system shows no file dialog. Drop the pack onto the window, or start Offprint with its path. A desktop portal (xdg-desktop-portal) or zenity brings the dialog back"
    )]
    Missing,
    /// It has not even a thread left.
    #[error(
        "The file dialog could not be shown ({0}). Drop the pack onto the window, or start Offprint with its path"
    )]
    Thread(#[from] io::Error),
}

/// Lets the reader pick a file or a folder, starting in `folder`, and calls `done` with the choice on another thread; `None` means none was made.
///
/// Call it on the window's thread.
pub fn pick_pack(
    pick: Pick,
    window: Option<&eframe::Frame>,
    folder: Option<&Path>,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let mut dialog = dialog(window)?;
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    match pick {
        Pick::File => {
            let dialog = dialog
                .set_title("Open a pack")
                .add_filter("Packs", &ENDINGS)
                .add_filter("All files", &["*"]);
            wait(dialog.pick_file(), done)
        }
        Pick::Folder => wait(dialog.set_title("Open a pack’s folder").pick_folder(), done),
        Pick::Drive => {
            let dialog = dialog.set_title("Choose the drive, or a folder on it");
            wait(dialog.pick_folder(), done)
        }
        Pick::Backup => {
            let dialog = dialog
                .set_title("Restore a backup")
                .add_filter("Backups", &["zip"])
                .add_filter("All files", &["*"]);
            wait(dialog.pick_file(), done)
        }
    }
}

/// Lets the reader say where a new pack is to lie, and calls `done` with the choice on another thread; `None` means none was made.
///
/// Call it on the window's thread.
pub fn pick_new_pack(
    window: Option<&eframe::Frame>,
    name: &str,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let filter = ("Packs", "offprint");
    pick_new_file(window, "Export as pack", name, filter, done)
}

/// Lets the reader say where a backup is to lie, and calls `done` with the choice on another thread; `None` means none was made.
///
/// Call it on the window's thread.
pub fn pick_new_backup(
    window: Option<&eframe::Frame>,
    name: &str,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let filter = ("Backups", "zip");
    pick_new_file(window, "Back up your files", name, filter, done)
}

fn pick_new_file(
    window: Option<&eframe::Frame>,
    title: &str,
    name: &str,
    (kind, ending): (&str, &str),
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let dialog = dialog(window)?
        .set_title(title)
        .set_file_name(name)
        .add_filter(kind, &[ending]);
    wait(dialog.save_file(), done)
}

/// Lets the reader pick a file that another program wrote of bookmarks, and calls `done` with the choice on another thread; `None` means
/// none was made.
///
/// Call it on the window's thread.
pub fn pick_bookmarks(
    window: Option<&eframe::Frame>,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let dialog = dialog(window)?
        .set_title("Import bookmarks")
        .add_filter("Bookmarks", &["html", "htm", "csv", "json", "ron", "txt"])
        .add_filter("All files", &["*"]);
    wait(dialog.pick_file(), done)
}

/// Lets the reader say where a file of bookmarks for other programs is to lie, and calls `done` with the choice on another thread;
/// `None` means none was made. The form is told by the ending.
///
/// Call it on the window's thread.
pub fn pick_new_bookmarks(
    window: Option<&eframe::Frame>,
    name: &str,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let dialog = dialog(window)?
        .set_title("Export bookmarks")
        .set_file_name(name)
        .add_filter("Web page (*.html)", &["html"])
        .add_filter("Markdown (*.md)", &["md"])
        .add_filter("Table (*.csv)", &["csv"])
        .add_filter("Everything, to import again (*.json)", &["json"])
        .add_filter("Web annotations (*.jsonld)", &["jsonld"])
        .add_filter("Bookmarks for a browser (*.htm)", &["htm"]);
    wait(dialog.save_file(), done)
}

/// A dialog in front of the window, if there can be one.
fn dialog(window: Option<&eframe::Frame>) -> Result<AsyncFileDialog, DialogError> {
    if !may_have_dialogs() {
        return Err(DialogError::Missing);
    }
    let dialog = AsyncFileDialog::new();
    Ok(match window {
        Some(window) => dialog.set_parent(window),
        None => dialog,
    })
}

fn wait(
    choice: impl Future<Output = Option<FileHandle>> + Send + 'static,
    done: impl FnOnce(Result<Option<PathBuf>, DialogError>) + Send + 'static,
) -> Result<(), DialogError> {
    let run = move || {
        let start = Instant::now();
        let choice = pollster::block_on(choice).map(|it| it.path().to_owned());
        done(verdict(choice, start.elapsed()));
    };
    std::thread::Builder::new()
        .name("file dialog".to_owned())
        .spawn(run)?;
    Ok(())
}

/// A dialog that fails says the same as one that is cancelled; only nobody cancels so fast.
fn verdict(choice: Option<PathBuf>, after: Duration) -> Result<Option<PathBuf>, DialogError> {
    const FASTER_THAN_PEOPLE: Duration = Duration::from_millis(150);
    if choice.is_none() && CAN_BE_MISSING && after < FASTER_THAN_PEOPLE {
        return Err(DialogError::Missing);
    }
    Ok(choice)
}

/// Whether the system may be without dialogs: only where a desktop is a matter of choice.
const CAN_BE_MISSING: bool = cfg!(all(unix, not(target_os = "macos")));

/// Whether there is anything that could show one: a session bus, behind which a portal may be, or zenity.
fn may_have_dialogs() -> bool {
    let has_bus = || {
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|it| !it.is_empty())
            || dirs::runtime_dir().is_some_and(|it| it.join("bus").exists())
    };
    let has_zenity = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|it| it.join("zenity").is_file())
    };
    !CAN_BE_MISSING || has_bus() || has_zenity()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_never_was_is_told_from_one_cancelled() {
        let at_once = Duration::ZERO;
        assert_eq!(verdict(None, at_once).is_err(), CAN_BE_MISSING);
        assert!(matches!(verdict(None, Duration::from_secs(1)), Ok(None)));
        assert!(matches!(verdict(Some("a".into()), at_once), Ok(Some(_))));
    }
}
