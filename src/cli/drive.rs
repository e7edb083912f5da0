//! `offprint drive`: packs copied to a drive, with the program, a page to start from and check numbers.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::bar::Bar;
use super::source::origin;
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::drive::{DriveError, copy, prepare};
use crate::model::{Copied, DriveStep, in_groups, size};
use crate::platform;

#[derive(Debug, clap::Args)]
pub(super) struct Drive {
    /// The packs: folders, .offprint files, `world-desk` or `guide`
    #[arg(required = true, value_name = "PACK")]
    pub packs: Vec<PathBuf>,
    /// The drive, or a folder on it
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// Leave the program out
    #[arg(long)]
    pub without_program: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What `drive --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct DriveJson {
    folder: String,
    files: Vec<FileJson>,
    bytes: u64,
    /// Whether the files were read back from the drive itself, and not from what the system remembers of it.
    read_from_drive: bool,
}

#[derive(Serialize)]
struct FileJson {
    /// Its name in the folder.
    name: String,
    /// What it is.
    title: String,
    bytes: u64,
    sha256: String,
}

/// Copies to a drive.
pub(super) fn run(wish: &Drive, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    const MB: u64 = 1_000_000;
    let packs: Vec<_> = wish.packs.iter().map(|it| origin(it)).collect();
    let program = (!wish.without_program).then(platform::program).flatten();
    let to = platform::absolute(&wish.to);
    let never = AtomicBool::new(false);
    let bar = Bar::counting("MB", terminal);
    let progress = |step, done, all| {
        let (what, unit) = match step {
            DriveStep::Preparing => ("Preparing", 1),
            DriveStep::Writing => ("Writing", MB),
            DriveStep::ReadingBack => ("Reading back", MB),
        };
        bar.show(what, (done / unit) as usize, (all / unit) as usize);
    };
    let ready = prepare(&packs, program.as_deref(), &to, &never, &progress);
    let copied = ready.and_then(|ready| copy(ready, &never, &progress));
    bar.clear();
    let copied = copied?;
    if wish.json {
        terminal.json(&DriveJson::of(copied))?;
        return Ok(DONE);
    }
    for file in &copied.files {
        terminal.line(format_args!(
            "{}: {}, {}",
            file.name,
            file.title,
            size(file.bytes)
        ))?;
        terminal.line(format_args!("  {}", in_groups(&file.sha256)))?;
    }
    let how = if copied.from_drive {
        "Each file was read back from the drive, and is what was written."
    } else {
        "Each file was read back, and is what was written."
    };
    terminal.line(how)?;
    Ok(DONE)
}

impl DriveJson {
    fn of(copied: Copied) -> Self {
        let bytes = copied.files.iter().map(|it| it.bytes).sum();
        let files = copied.files.into_iter().map(|it| FileJson {
            name: it.name,
            title: it.title,
            bytes: it.bytes,
            sha256: it.sha256,
        });
        Self {
            folder: copied.folder.display().to_string(),
            files: files.collect(),
            bytes,
            read_from_drive: copied.from_drive,
        }
    }
}

impl From<DriveError> for CliError {
    fn from(error: DriveError) -> Self {
        if error.is_refusal() {
            Self::Refused(error.to_string())
        } else {
            Self::Failed(error.to_string())
        }
    }
}
