//! A file or folder that appears under its name whole or not at all.
//! What is half done lies beside it under a name that says so, and goes away if nothing comes of it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file that is being made.
#[derive(Debug)]
pub(super) struct DraftFile {
    pub(super) file: File,
    place: Place,
}

/// A folder that is being made.
#[derive(Debug)]
pub(super) struct DraftFolder {
    place: Place,
}

#[derive(Debug)]
struct Place {
    draft: PathBuf,
    target: PathBuf,
    done: bool,
}

impl DraftFile {
    /// Begins a file that will lie at `target`.
    pub(super) fn new(target: &Path) -> io::Result<Self> {
        let place = Place::beside(target);
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&place.draft)?;
        Ok(Self { file, place })
    }

    /// Where it lies for now.
    pub(super) fn path(&self) -> &Path {
        &self.place.draft
    }

    /// Puts it on the disk and gives it its name, in place of a file that had it.
    pub(super) fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        drop(self.file);
        self.place.finish()
    }
}

impl DraftFolder {
    /// Begins a folder that will lie at `target`.
    pub(super) fn new(target: &Path) -> io::Result<Self> {
        let place = Place::beside(target);
        fs::create_dir(&place.draft)?;
        Ok(Self { place })
    }

    /// Where it lies for now.
    pub(super) fn path(&self) -> &Path {
        &self.place.draft
    }

    /// Gives it its name; an empty folder may have it already.
    pub(super) fn finish(self) -> io::Result<()> {
        match fs::remove_dir(&self.place.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.place.finish()
    }
}

impl Place {
    fn beside(target: &Path) -> Self {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}.unfinished", std::process::id()));
        Self {
            draft: target.with_file_name(name),
            target: target.to_owned(),
            done: false,
        }
    }

    fn finish(mut self) -> io::Result<()> {
        fs::rename(&self.draft, &self.target)?;
        self.done = true;
        // Not every system lets a folder be opened; the file is whole either way.
        let folder = self.target.parent().filter(|it| *it != Path::new(""));
        if let Err(error) =
            File::open(folder.unwrap_or(Path::new("."))).and_then(|it| it.sync_all())
        {
            log::debug!(
                "the folder of {} is not synced: {error}",
                self.target.display()
            );
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let removed = if self.draft.is_dir() {
            fs::remove_dir_all(&self.draft)
        } else {
            fs::remove_file(&self.draft)
        };
        if let Err(error) = removed
            && error.kind() != io::ErrorKind::NotFound
        {
            log::warn!("{} stays behind: {error}", self.draft.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn nothing_is_left_of_what_was_given_up() {
        let home = tempfile::tempdir().unwrap();
        let (file, folder) = (home.path().join("a.offprint"), home.path().join("b"));
        fs::write(&file, "old").unwrap();
        let mut draft = DraftFile::new(&file).unwrap();
        draft.file.write_all(b"half").unwrap();
        let half = DraftFolder::new(&folder).unwrap();
        fs::write(half.path().join("x"), "x").unwrap();
        drop((draft, half));
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_finished_takes_the_name() {
        let home = tempfile::tempdir().unwrap();
        let (file, folder) = (home.path().join("a.offprint"), home.path().join("b"));
        fs::write(&file, "old").unwrap();
        fs::create_dir(&folder).unwrap();
        let mut draft = DraftFile::new(&file).unwrap();
        draft.file.write_all(b"new").unwrap();
        draft.finish().unwrap();
        let whole = DraftFolder::new(&folder).unwrap();
        fs::write(whole.path().join("x"), "x").unwrap();
        whole.finish().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(folder.join("x").exists());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
        // A folder that holds something is not taken away.
        assert!(DraftFolder::new(&folder).unwrap().finish().is_err());
        assert!(folder.join("x").exists());
    }
}
