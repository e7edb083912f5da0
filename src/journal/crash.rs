//! Reports of crashes: written when one happens, and told once at the next start.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::thread;

use jiff::Timestamp;

use super::names::{KEPT, files, moment, thin};
use crate::platform::{create_private_folder, system};

const BEGIN: &str = "crash-";
/// How the name of a report ends that nobody was told of.
const UNTOLD: &str = ".new.txt";
const END: &str = ".txt";

const ABOUT: &str = "\
Offprint ended unexpectedly. This report says what is known of that. It was written on this computer and sent nowhere; whoever is to
mend it needs it from you. It holds no story, bookmark or note, but a message or a line of the log may name a file or quote a few words.";

/// What happened: the message, the place in the source and the calls that led there.
pub(super) fn describe(info: &PanicHookInfo<'_>) -> String {
    let thread = thread::current();
    let place = info
        .location()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let message = info.payload_as_str().unwrap_or("no reason was given");
    format!(
        "Thread: {}\nPlace: {place}\nMessage: {message}\n\nCalls, the last first:\n{}",
        thread.name().unwrap_or("unnamed"),
        Backtrace::force_capture()
    )
}

/// Writes a report, and returns where it is.
pub(super) fn write(
    folder: &Path,
    now: &Timestamp,
    what: &str,
    last: &[String],
) -> io::Result<PathBuf> {
    let mut text = format!(
        "{ABOUT}\n\nTime: {now:.0}\nVersion: {}\nSystem: {}\n{what}",
        env!("CARGO_PKG_VERSION"),
        system()
    );
    text.push_str("\nThe last lines of the log:\n");
    for line in last {
        text.push_str(line);
    }
    if last.is_empty() {
        writeln!(text, "none").ok();
    }
    create_private_folder(folder)?;
    let path = folder.join(format!(
        "{BEGIN}{}-{}{UNTOLD}",
        moment(now),
        std::process::id()
    ));
    let mut file = File::create_new(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}

/// The newest report that nobody was told of; it and those before it are told with this.
///
/// A report changes its name before it is returned. So it is never told twice, whoever asks at the same time, and not at all where the
/// name cannot be changed.
pub(super) fn untold(folder: &Path) -> Option<PathBuf> {
    let mut newest = None;
    for path in files(folder, BEGIN, UNTOLD) {
        let name = path.file_name()?.to_string_lossy();
        let told = folder.join(format!("{}{END}", name.strip_suffix(UNTOLD)?));
        if fs::rename(&path, &told).is_ok() {
            newest = Some(told);
        }
    }
    thin(folder, BEGIN, END, KEPT);
    newest
}
