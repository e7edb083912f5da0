//! What is to be written to the drive, made ready on this computer, and whether it can be.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use super::error::DriveError;
use super::sums::{Sums, digest};
use super::{PACKS, PAGE, Progress, SUMS};
use crate::model::{DriveStep, Edition as _, Origin};
use crate::pack::{self, BuildError, BuildOptions, PackError, Severity, SizeClass};
use crate::platform::{self, Format};

/// A file that is to be on the drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where it is now.
    pub source: PathBuf,
    /// Its name on the drive, with `/` between its parts.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its check number.
    pub sha256: String,
    /// Whether it is a pack, and no part of the program.
    pub is_pack: bool,
}

/// Everything that is to be on a drive. It is known to fit, and that nothing else is in its way.
#[derive(Debug)]
pub struct Ready {
    /// The folder on the drive.
    pub(super) to: PathBuf,
    pub(super) files: Vec<Planned>,
    /// What the program is called there, if it comes along.
    pub(super) program: Option<String>,
    /// What was copied there before.
    pub(super) before: Sums,
    /// Packs that were made into one file, and the page.
    pub(super) made: TempDir,
}

/// FAT keeps the length of a file in 32 bits.
const FAT_MOST: u64 = u32::MAX as u64;
/// Drives give out room in pieces, the largest in use of this size.
const PIECE: u64 = 64 << 10;
/// Room for the page, the list, and what a folder takes.
const REST: u64 = 512 << 10;

/// Makes everything ready: each pack as one file, the program if there is to be one, and looks whether it can be written to `to`.
/// Writes nothing there.
pub fn prepare(
    packs: &[Origin],
    program: Option<&Path>,
    to: &Path,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Ready, DriveError> {
    make_ready(packs, program, to, cancel, progress).map_err(|error| {
        // What could not be read because it was to stop is not at fault.
        if cancel.load(Ordering::Relaxed) {
            DriveError::Stopped
        } else {
            error
        }
    })
}

fn make_ready(
    packs: &[Origin],
    program: Option<&Path>,
    to: &Path,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Ready, DriveError> {
    if !to.is_dir() {
        return Err(DriveError::NoFolder(to.to_owned()));
    }
    let made = tempfile::tempdir().map_err(DriveError::Temporary)?;
    let mut files = Vec::new();
    for (done, origin) in packs.iter().enumerate() {
        go_on(cancel)?;
        progress(DriveStep::Preparing, done as u64, packs.len() as u64);
        let known: HashSet<String> = files.iter().map(|it: &Planned| folded(&it.name)).collect();
        files.push(pack_file(origin, made.path(), &known, cancel)?);
    }
    let mut name = None;
    if let Some(program) = program {
        name = program.file_name().and_then(|it| it.to_str());
        let listed = name.map(|name| list_program(program, name, &mut files, cancel));
        listed
            .unwrap_or_else(|| Err(io::ErrorKind::InvalidFilename.into()))
            .map_err(DriveError::Program)?;
    }
    let before = Sums::read(&to.join(SUMS)).unwrap_or_default();
    let new = unoccupied(&files, &before, to, cancel)?;
    let format = platform::format_of(to).unwrap_or_default();
    fits(&new, format, to)?;
    Ok(Ready {
        to: to.to_owned(),
        files,
        program: name.map(str::to_owned),
        before,
        made,
    })
}

pub(super) fn go_on(cancel: &AtomicBool) -> Result<(), DriveError> {
    if cancel.load(Ordering::Relaxed) {
        return Err(DriveError::Stopped);
    }
    Ok(())
}

/// A pack as one file: the file it is, or one that is made of it.
fn pack_file(
    origin: &Origin,
    made: &Path,
    known: &HashSet<String>,
    cancel: &AtomicBool,
) -> Result<Planned, DriveError> {
    let (pack, _) = pack::open(origin, cancel, &|_| {}).map_err(|error| match error {
        PackError::Cancelled => DriveError::Stopped,
        error => unfit(&error),
    })?;
    let info = pack.info();
    let title = format!("{}, {}", info.title, info.edition);
    let own = match origin {
        Origin::Path(path) if is_single(path) => Some(path),
        _ => None,
    };
    let stem = match own.and_then(|it| it.file_stem()?.to_str()) {
        Some(stem) => stem.to_owned(),
        None => format!("{}-{}", last_part(info.series.as_str()), info.edition),
    };
    let file = free_name(&safe(&stem), known);
    let source = match own {
        Some(path) => path.clone(),
        None => one_file(origin, &made.join(&file), &title, cancel)?,
    };
    let (sha256, bytes) = number_of(&source, cancel).map_err(DriveError::read(&source))?;
    Ok(Planned {
        source,
        name: format!("{PACKS}/{file}"),
        title,
        bytes,
        sha256,
        is_pack: true,
    })
}

/// Makes one file of a pack that is none.
fn one_file(
    origin: &Origin,
    to: &Path,
    title: &str,
    cancel: &AtomicBool,
) -> Result<PathBuf, DriveError> {
    let options = BuildOptions {
        class: SizeClass::Full,
        keep_metadata: false,
        deny: Severity::Error,
    };
    let built = pack::build_origin(origin, to, options, cancel, &|_| {});
    built.map(|_| to.to_owned()).map_err(|error| match error {
        BuildError::Pack(PackError::Cancelled) => DriveError::Stopped,
        BuildError::Refused(problems) => {
            let first = problems.iter().find(|it| it.severity == Severity::Error);
            let first = first.map(ToString::to_string).unwrap_or_default();
            unfit(&format!("“{title}” has errors: {first}"))
        }
        BuildError::Write { reason, .. } => DriveError::Temporary(io::Error::other(reason)),
        error => unfit(&error),
    })
}

fn unfit(reason: &dyn std::fmt::Display) -> DriveError {
    DriveError::Pack {
        reason: reason.to_string(),
    }
}

/// Whether a pack is one file already, as it is handed out.
fn is_single(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "offprint") && path.is_file()
}

fn last_part(series: &str) -> &str {
    series.rsplit('.').next().unwrap_or(series)
}

/// A name that every system takes.
fn safe(stem: &str) -> String {
    const LONGEST: usize = 100;
    let is_odd = |it: char| it.is_control() || "<>:\"/\\|?*".contains(it);
    let text: String = stem
        .chars()
        .map(|it| if is_odd(it) { '-' } else { it })
        .take(LONGEST)
        .collect();
    let text = text.trim_matches(['.', ' ', '-']);
    let is_safe = pack::is_safe_part(&format!("{text}.offprint"));
    if text.is_empty() || !is_safe {
        return "pack".to_owned();
    }
    text.to_owned()
}

/// A name in the folder of packs that none of the others has, on any system.
fn free_name(stem: &str, known: &HashSet<String>) -> String {
    let first = format!("{stem}.offprint");
    let more = (2..).map(|number| format!("{stem}-{number}.offprint"));
    let mut names = std::iter::once(first.clone()).chain(more);
    names
        .find(|it| !known.contains(&folded(&format!("{PACKS}/{it}"))))
        .unwrap_or(first)
}

/// Drives may take capitals and small letters for the same.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The files of the program: one, or those of a bundle.
fn list_program(
    path: &Path,
    name: &str,
    files: &mut Vec<Planned>,
    cancel: &AtomicBool,
) -> io::Result<()> {
    let kind = fs::metadata(path)?;
    if !kind.is_dir() {
        let (sha256, bytes) = number_of(path, cancel)?;
        files.push(Planned {
            source: path.to_owned(),
            name: name.to_owned(),
            title: "Offprint, the program".to_owned(),
            bytes,
            sha256,
            is_pack: false,
        });
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(path)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let part = entry.file_name();
        let part = part.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        list_program(&entry.path(), &format!("{name}/{part}"), files, cancel)?;
    }
    Ok(())
}

/// Those of the files that are not there yet as they should be; fails where something else has the name of one.
fn unoccupied(
    files: &[Planned],
    before: &Sums,
    to: &Path,
    cancel: &AtomicBool,
) -> Result<Vec<Planned>, DriveError> {
    let mut new = Vec::new();
    let mut names = Vec::new();
    for file in files {
        go_on(cancel)?;
        let path = to.join(&file.name);
        match path.symlink_metadata() {
            Err(_) => new.push(file.clone()),
            Ok(_) => match number_of(&path, cancel) {
                Ok((digits, _)) if digits == file.sha256 => {}
                Ok((digits, _)) if before.has(&file.name, &digits) => new.push(file.clone()),
                _ => names.push(file.name.clone()),
            },
        }
    }
    let page = to.join(PAGE);
    if page.symlink_metadata().is_ok() {
        let is_ours = number_of(&page, cancel).is_ok_and(|(digits, _)| before.has(PAGE, &digits));
        if !is_ours {
            names.push(PAGE.to_owned());
        }
    }
    // What is not known because it was stopped is in nobody's way.
    go_on(cancel)?;
    // A list of ours has something in it.
    if to.join(SUMS).symlink_metadata().is_ok() && before.0.is_empty() {
        names.push(SUMS.to_owned());
    }
    if names.is_empty() {
        return Ok(new);
    }
    let folder = to.to_owned();
    Err(DriveError::Occupied { names, folder })
}

/// The check number of a file, and its size.
pub(super) fn number_of(path: &Path, cancel: &AtomicBool) -> io::Result<(String, u64)> {
    digest(File::open(path)?, |_| {
        go_on(cancel).map_err(|_| io::Error::from(io::ErrorKind::Interrupted))
    })
}

/// Whether files that are new can be written to a drive, before anything is.
fn fits(new: &[Planned], format: Format, folder: &Path) -> Result<(), DriveError> {
    if format.is_fat
        && let Some(file) = new.iter().find(|it| it.bytes > FAT_MOST)
    {
        return Err(DriveError::Fat {
            name: file.title.clone(),
            bytes: file.bytes,
        });
    }
    let pieces = new.iter().map(|it| it.bytes.div_ceil(PIECE) * PIECE);
    let needed = pieces.sum::<u64>() + REST;
    match format.free {
        Some(free) if free < needed => Err(DriveError::Room {
            needed,
            free,
            folder: folder.to_owned(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: u64) -> Planned {
        Planned {
            source: PathBuf::new(),
            name: "packs/a.offprint".to_owned(),
            title: "World Desk, 1".to_owned(),
            bytes,
            sha256: String::new(),
            is_pack: true,
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        const GIB: u64 = 1 << 30;
        let fat = |free| Format {
            is_fat: true,
            free: Some(free),
        };
        let other = |free| Format {
            is_fat: false,
            free,
        };
        for (bytes, format, expected) in [
            (4 * GIB - 1, fat(9 * GIB), ""),
            (
                4 * GIB,
                fat(9 * GIB),
                "World Desk, 1 has 4.29 GB, and the drive is formatted as FAT",
            ),
            (4 * GIB, other(Some(9 * GIB)), ""),
            (4 * GIB, other(None), ""),
            (
                4 * GIB,
                other(Some(4 * GIB)),
                "is needed and 4.29 GB is free in /media/x",
            ),
            (1, other(Some(1)), "is needed and 1 B is free"),
            (1, other(Some(GIB)), ""),
            // Which of both is wrong first is that which no tidying up helps.
            (4 * GIB, fat(1), "formatted as FAT"),
        ] {
            let said = fits(&[file(bytes)], format, Path::new("/media/x"));
            let said = said.map_err(|it| it.to_string()).err().unwrap_or_default();
            let fits = expected.is_empty() == said.is_empty() && said.contains(expected);
            assert!(fits, "{bytes} {format:?}: {said}");
        }
        assert!(fits(&[], fat(GIB), Path::new("/")).is_ok());
    }

    #[test]
    fn every_system_takes_the_names() {
        for (stem, expected) in [
            ("world-desk-2025-08-09", "world-desk-2025-08-09"),
            ("a: b? <c>", "a- b- -c"),
            ("..", "pack"),
            ("con", "pack"),
            ("naïve 新聞", "naïve 新聞"),
            ("x. ", "x"),
        ] {
            assert_eq!(safe(stem), expected, "{stem}");
        }
        assert_eq!(safe(&"ä".repeat(300)).chars().count(), 100);
        let known = HashSet::from([
            "packs/a.offprint".to_owned(),
            "packs/a-2.offprint".to_owned(),
        ]);
        assert_eq!(free_name("A", &known), "A-3.offprint");
        assert_eq!(free_name("b", &known), "b.offprint");
    }
}
