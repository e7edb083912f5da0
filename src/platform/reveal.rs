//! Shows a folder in the system's file manager, and an address in its browser. Inside a Flatpak both are asked of the desktop's portal:
//! its `xdg-open` does that.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::Builder;

/// What shows a folder, and what opens an address: each a program and its first words.
#[cfg(target_os = "macos")]
const OPENERS: [&[&str]; 2] = [&["open"], &["open"]];
#[cfg(target_os = "windows")]
const OPENERS: [&[&str]; 2] = [&["explorer"], &["rundll32", "url.dll,FileProtocolHandler"]];
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
const OPENERS: [&[&str]; 2] = [&["xdg-open"], &["xdg-open"]];

/// The system did not show what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// No file manager, or no such folder.
    #[error("The folder could not be shown ({source}). It is {}", .folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// No browser.
    #[error(
        "The address could not be opened ({source}). It can be typed into a browser: {address}"
    )]
    Address {
        /// Which address.
        address: String,
        /// Why not.
        source: io::Error,
    },
}

/// Opens `folder` in the file manager, on another thread; calls `failed` if that was not possible.
pub fn reveal_folder(folder: PathBuf, failed: impl FnOnce(RevealError) + Send + 'static) {
    aside("file manager", move || {
        let there = if folder.is_dir() {
            open(OPENERS[0], folder.as_os_str())
        } else {
            Err(io::Error::new(io::ErrorKind::NotFound, "it does not exist"))
        };
        if let Err(source) = there {
            failed(RevealError::Folder { folder, source });
        }
    });
}

/// Opens an address of the web in the browser, on another thread; calls `failed` if that was not possible.
pub fn open_address(address: String, failed: impl FnOnce(RevealError) + Send + 'static) {
    aside("browser", move || {
        let opened = if is_of_the_web(&address) {
            open(OPENERS[1], address.as_ref())
        } else {
            Err(io::Error::other("it is none of the web"))
        };
        if let Err(source) = opened {
            failed(RevealError::Address { address, source });
        }
    });
}

fn aside(name: &str, run: impl FnOnce() + Send + 'static) {
    if let Err(error) = Builder::new().name(name.to_owned()).spawn(run) {
        log::error!("no thread for the {name}: {error}");
    }
}

/// Whatever a pack calls an address, no program is started by it and no file opened.
fn is_of_the_web(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        let start = address.get(..scheme.len());
        start.is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    })
}

/// Returns once it is handed over, or what shows it was closed.
fn open(opener: &[&str], what: &OsStr) -> io::Result<()> {
    let Some((program, words)) = opener.split_first() else {
        return Ok(());
    };
    let status = Command::new(program)
        .args(words)
        .arg(what)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() && SAYS_IF_IT_FAILED {
        return Err(io::Error::other(format!("{program} ended with {status}")));
    }
    Ok(())
}

/// Whether the exit status means anything; that of the file manager of Windows is 1 whatever it did.
const SAYS_IF_IT_FAILED: bool = cfg!(not(target_os = "windows"));

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn told(start: impl FnOnce(mpsc::Sender<String>)) -> String {
        let (sender, told) = mpsc::channel();
        start(sender);
        told.recv().unwrap()
    }

    #[test]
    fn what_cannot_be_shown_is_told() {
        let error = open(&["no-such-file-manager"], "folder".as_ref()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);

        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        let error = told(|sender| {
            reveal_folder(missing.clone(), move |it| {
                sender.send(it.to_string()).unwrap();
            });
        });
        assert!(error.contains("does not exist"), "{error}");
        assert!(error.ends_with(&missing.display().to_string()), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn an_opener_that_fails_is_told() {
        assert!(open(&["true"], "folder".as_ref()).is_ok());
        let error = open(&["false"], "folder".as_ref()).unwrap_err();
        assert!(error.to_string().starts_with("false ended with"), "{error}");
    }

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        for (address, of_the_web) in [
            ("https://example.org/?a=b,c&d", true),
            ("HTTP://example.org", true),
            ("file:///etc/hostname", false),
            ("--version", false),
            ("httpsé", false),
            ("", false),
        ] {
            assert_eq!(is_of_the_web(address), of_the_web, "{address}");
        }
        let error = told(|sender| {
            open_address("file:///etc/hostname".to_owned(), move |it| {
                sender.send(it.to_string()).unwrap();
            });
        });
        assert!(error.ends_with("file:///etc/hostname"), "{error}");
    }
}
