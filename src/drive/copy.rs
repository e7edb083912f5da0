//! Writes what is ready to the drive, file by file, and reads each back from it before it gets its name.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::error::DriveError;
use super::page::{Sheet, page};
use super::plan::{Planned, Ready, go_on, number_of};
use super::sums::{Sums, digest};
use super::{PACKS, PAGE, Progress, SUMS};
use crate::model::{Copied, CopiedFile, DriveStep};
use crate::platform;

/// Writes everything, with a page to start from and a list of check numbers. Stops where `cancel` becomes true.
///
/// Each file is whole under its name, or not there; one that is there as it should be is only read.
pub fn copy(
    ready: Ready,
    cancel: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Copied, DriveError> {
    let all = ready.files.iter().map(|it| it.bytes).sum();
    let mut job = Job {
        to: &ready.to,
        cancel,
        progress,
        all,
        written: 0,
        read: 0,
        from_drive: true,
    };
    for folder in [job.to.to_owned(), job.to.join(PACKS)] {
        sweep(&folder);
    }
    let packs = ready.files.iter().filter(|it| it.is_pack).count();
    let planned: Vec<CopiedFile> = ready.files.iter().map(copied).collect();
    let earlier = earlier(&ready, cancel)?;
    let text = page(&Sheet {
        files: &planned,
        packs,
        program: ready.program.as_deref(),
        earlier: &earlier,
    });
    let page = ready.made_of(PAGE, "A page to start from", &text)?;
    let about_page = copied(&page);
    let new = planned.iter().chain([&about_page]).map(listed);
    let sums = Sums(new.chain(earlier).collect());
    // Whatever happens from here on, each file that is there is listed with the number it has, old or new, and known to be ours.
    let replaced = ready.before.0.iter().filter(|it| !sums.0.contains(it));
    let both = Sums(sums.0.iter().chain(replaced).cloned().collect());
    job.put(&ready.made_of(SUMS, SUMS, &both.to_text())?)?;
    let mut files = Vec::new();
    for planned in ready.files.iter().chain([&page]) {
        files.push(job.put(planned)?);
    }
    if ready.program.is_some() {
        let folder = ready.to.join(platform::PORTABLE);
        fs::create_dir_all(&folder)
            .map_err(|error| DriveError::write(platform::PORTABLE, &ready.to, error))?;
    }
    let title = "The check numbers of all of them";
    files.push(job.put(&ready.made_of(SUMS, title, &sums.to_text())?)?);
    Ok(Copied {
        from_drive: job.from_drive,
        folder: ready.to,
        files,
    })
}

/// What is on the drive from an earlier copy and not copied now, each with the number it has.
fn earlier(ready: &Ready, cancel: &AtomicBool) -> Result<Vec<(String, String)>, DriveError> {
    let before = &ready.before.0;
    let mut all = Vec::new();
    for entry @ (name, digits) in before {
        let is_new = name == PAGE || ready.files.iter().any(|it| it.name == *name);
        let path = ready.to.join(name);
        if is_new || !path.is_file() {
            continue;
        }
        go_on(cancel)?;
        // One that stands there twice was being replaced when a copy was cut off.
        let is_once = before.iter().filter(|(it, _)| it == name).count() == 1;
        if is_once || number_of(&path, cancel).is_ok_and(|(it, _)| it == *digits) {
            all.push(entry.clone());
        }
    }
    Ok(all)
}

fn listed(file: &CopiedFile) -> (String, String) {
    (file.name.clone(), file.sha256.clone())
}

impl Ready {
    /// A text that goes to the drive as well.
    fn made_of(&self, name: &str, title: &str, text: &str) -> Result<Planned, DriveError> {
        let source = self.made.path().join(name);
        fs::write(&source, text).map_err(DriveError::Temporary)?;
        let number = digest::<io::Error>(text.as_bytes(), |_| Ok(()));
        let (sha256, bytes) = number.map_err(DriveError::Temporary)?;
        Ok(Planned {
            source,
            name: name.to_owned(),
            title: title.to_owned(),
            bytes,
            sha256,
            is_pack: false,
        })
    }
}

/// How the name of a file begins and ends that is being written.
const DRAFT: (&str, &str) = (".offprint-", ".unfinished");

/// Takes away what a copy left that was cut off: the drive was pulled out, or the power failed.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(DRAFT.0)
            && name.ends_with(DRAFT.1)
            && let Err(error) = fs::remove_file(entry.path())
        {
            log::debug!("{name} stays behind: {error}");
        }
    }
}

struct Job<'a> {
    to: &'a Path,
    cancel: &'a AtomicBool,
    progress: Progress<'a>,
    all: u64,
    written: u64,
    read: u64,
    from_drive: bool,
}

/// What happens while a file is read and written: it cannot be read, it cannot be written, or it is not wanted any more.
enum Trouble {
    Source(io::Error),
    Error(DriveError),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Source(error)
    }
}

impl Job<'_> {
    /// Writes a file, reads it back, and gives it its name.
    fn put(&mut self, planned: &Planned) -> Result<CopiedFile, DriveError> {
        let name = &planned.name;
        let target = self.to.join(name);
        let failed = |error| DriveError::write(name, self.to, error);
        let folder = target.parent().unwrap_or(self.to);
        // The folder itself is never made: where it is gone, so is the drive.
        let inside = name.rsplit_once('/').map(|(inside, _)| inside);
        make_folders(self.to, inside.unwrap_or_default()).map_err(failed)?;
        let source = File::open(&planned.source).map_err(DriveError::read(&planned.source))?;
        let kind = source
            .metadata()
            .map_err(DriveError::read(&planned.source))?;
        // What is to be read may be that very file.
        if fs::metadata(&target).is_ok_and(|it| it.is_file() && it.len() == planned.bytes) {
            let there = File::open(&target).map_err(failed)?;
            if self.read_back(&there, name)? == planned.sha256 {
                self.written += planned.bytes;
                return Ok(copied(planned));
            }
            self.read = self.read.saturating_sub(planned.bytes);
        }
        let mut draft = tempfile::Builder::new()
            .prefix(DRAFT.0)
            .suffix(DRAFT.1)
            .tempfile_in(folder)
            .map_err(failed)?;
        let written = digest(source, |part| {
            go_on(self.cancel).map_err(Trouble::Error)?;
            let wrote = draft.write_all(part);
            wrote.map_err(|error| Trouble::Error(failed(error)))?;
            self.written += part.len() as u64;
            (self.progress)(DriveStep::Writing, self.written, self.all);
            Ok(())
        });
        let (sha256, _) = written.map_err(|trouble| match trouble {
            Trouble::Source(error) => DriveError::read(&planned.source)(error),
            Trouble::Error(error) => error,
        })?;
        if sha256 != planned.sha256 {
            let changed = io::Error::other("it changed while it was copied");
            return Err(DriveError::read(&planned.source)(changed));
        }
        // FAT knows no rights and says so; there every file can be started.
        fs::set_permissions(draft.path(), kind.permissions()).ok();
        draft.as_file().sync_all().map_err(failed)?;
        let there = File::open(draft.path()).map_err(failed)?;
        if self.read_back(&there, name)? != sha256 {
            return Err(DriveError::NotTheSame { name: name.clone() });
        }
        draft
            .persist(&target)
            .map_err(|error| DriveError::write(name, self.to, error.error))?;
        platform::sync_folder(folder).map_err(|error| DriveError::write(name, self.to, error))?;
        Ok(copied(planned))
    }

    /// The check number of what is on the drive, which the system has to ask for again.
    fn read_back(&mut self, there: &File, name: &str) -> Result<String, DriveError> {
        self.from_drive &= platform::forget(there);
        let found = digest(there, |part| {
            go_on(self.cancel).map_err(Trouble::Error)?;
            self.read += part.len() as u64;
            (self.progress)(DriveStep::ReadingBack, self.read, self.all);
            Ok(())
        });
        let (sha256, _) = found.map_err(|trouble| match trouble {
            Trouble::Source(error) => DriveError::write(name, self.to, error),
            Trouble::Error(error) => error,
        })?;
        Ok(sha256)
    }
}

/// Makes the folders of a name inside a folder, which has to be there.
fn make_folders(top: &Path, inside: &str) -> io::Result<()> {
    let mut path = top.to_owned();
    for part in inside.split('/').filter(|it| !it.is_empty()) {
        path.push(part);
        match fs::create_dir(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn copied(planned: &Planned) -> CopiedFile {
    CopiedFile {
        name: planned.name.clone(),
        title: planned.title.clone(),
        bytes: planned.bytes,
        sha256: planned.sha256.clone(),
    }
}
