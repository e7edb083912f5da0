//! Another folder for what the data folder does not take: that of a drive which cannot be written to, for one.
//!
//! Everything that can be read in the data folder is taken in there, and from then on all of this run's changes go there. The data folder
//! itself is left as it is.

use std::path::Path;

use super::folder::create_folder;
use super::replace::replace;
use super::{Shelf, ShelfError, ShelfNotice};
use crate::platform::{STAND_IN, can_write};

impl Shelf {
    /// The folder that can take what the data folder does not, if there is one and it is not in use yet.
    pub fn elsewhere(&self) -> Option<&Path> {
        let usual = self.paths.usual.as_deref();
        usual.filter(|_| self.moved.get().is_none())
    }

    /// Whether the files are carried on a drive, beside the program.
    pub fn is_carried(&self) -> bool {
        self.paths.drive.is_some()
    }

    /// Whether files can be made in the data folder, which is tried; one that is not there yet is made.
    pub fn takes_files(&self) -> bool {
        create_folder(self.folder()).is_ok() && can_write(self.folder())
    }

    /// Goes over to [`Self::elsewhere`], with everything that is here, for the rest of this run. Where the files are carried on a drive,
    /// a note there says that it is to be so at the next start as well.
    ///
    /// Where that fails, everything stays as it was; what was taken in there already does no harm.
    pub fn move_elsewhere(&self) -> Result<Vec<ShelfNotice>, ShelfError> {
        let Some(there) = self.elsewhere() else {
            return Ok(Vec::new());
        };
        let other = Self::with_clock(there, self.clock);
        create_folder(there).map_err(|error| ShelfError::write(there, error))?;
        let notices = if self.folder().is_dir() {
            other.take_in_all(self.folder())?
        } else {
            Vec::new()
        };
        if self.is_carried() {
            let note = there.join(STAND_IN);
            let text = format!(
                "Offprint keeps here what it cannot write to {}.\nIt looks here again whenever it starts from a drive that it cannot write to. Remove this file, and it does not.\n",
                self.folder().display()
            );
            replace(&note, text.as_bytes()).map_err(|error| ShelfError::write(&note, error))?;
        }
        // Nobody else moves it: changes are one thread's.
        self.moved.set(there.to_owned()).ok();
        Ok(notices)
    }

    /// The folder on a drive that this one is used in place of.
    pub fn stands_in_for(&self) -> Option<&Path> {
        self.paths.stands_in_for.as_deref()
    }

    /// Takes in what the drive has that this folder stands in for, as it may have been written to elsewhere.
    pub fn catch_up(&self) -> Result<Vec<ShelfNotice>, ShelfError> {
        match &self.paths.stands_in_for {
            Some(folder) if folder.is_dir() => self.take_in_all(folder),
            _ => Ok(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::{RecentChange, RecentPack, Settings, SettingsChange, Theme};
    use crate::platform::Paths;

    fn pack(path: &str) -> RecentChange {
        RecentChange::Opened(RecentPack {
            path: path.to_owned(),
            title: String::new(),
            series: String::new(),
            edition: String::new(),
            opened: String::new(),
        })
    }

    /// A shelf on a drive, with a sepia theme, and beside it the folder of the system.
    fn shelf(home: &Path) -> Shelf {
        let data = home.join("drive/portable");
        let shelf = Shelf::at(Paths {
            data,
            drive: Some(home.join("drive")),
            usual: Some(home.join("usual")),
            ..Paths::default()
        });
        let sepia = SettingsChange::Theme(Theme::Sepia);
        shelf.change_settings(&[sepia]).unwrap();
        shelf.change_recent(&[pack("/p/one")]).unwrap();
        shelf
    }

    #[test]
    fn all_that_is_here_goes_along_and_stays() {
        let home = tempfile::tempdir().unwrap();
        let shelf = shelf(home.path());
        let data = shelf.folder().to_owned();
        let before = fs::read(data.join("settings.ron")).unwrap();
        let clone = shelf.clone();
        assert_eq!(shelf.move_elsewhere().unwrap(), []);
        assert_eq!(shelf.elsewhere(), None);
        // Every thread has a shelf of its own.
        assert_eq!(clone.folder(), home.path().join("usual"));
        assert_eq!(clone.load_settings().value.theme, Theme::Sepia);
        let larger = SettingsChange::TextSize(2.0);
        clone.change_settings(&[larger]).unwrap();
        assert_eq!(fs::read(data.join("settings.ron")).unwrap(), before);
        let note = fs::read_to_string(home.path().join("usual").join(STAND_IN)).unwrap();
        assert!(note.contains(&data.display().to_string()), "{note}");
    }

    #[test]
    fn what_was_there_before_stays_there() {
        let home = tempfile::tempdir().unwrap();
        let usual = Shelf::open(home.path().join("usual"));
        usual.change_recent(&[pack("/p/two")]).unwrap();
        let shelf = shelf(home.path());
        shelf.move_elsewhere().unwrap();
        let recent = shelf.load_recent().value.entries;
        let paths: Vec<&str> = recent.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["/p/two", "/p/one"]);
    }

    #[test]
    fn a_move_that_fails_changes_nothing() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("usual"), "a file").unwrap();
        let shelf = shelf(home.path());
        let error = shelf.move_elsewhere().unwrap_err();
        assert!(error.to_string().contains("usual"), "{error}");
        assert_eq!(shelf.folder(), home.path().join("drive/portable"));
        assert!(shelf.elsewhere().is_some());
        fs::remove_file(home.path().join("usual")).unwrap();
        shelf.move_elsewhere().unwrap();
    }

    #[test]
    fn what_stands_in_hears_of_what_is_new_on_the_drive() {
        let home = tempfile::tempdir().unwrap();
        let on_drive = shelf(home.path());
        let shelf = Shelf::at(Paths {
            data: home.path().join("usual"),
            stands_in_for: Some(on_drive.folder().to_owned()),
            ..Paths::default()
        });
        assert_eq!(shelf.load_settings().value, Settings::default());
        shelf.catch_up().unwrap();
        assert_eq!(shelf.load_settings().value.theme, Theme::Sepia);
        // What was chosen here meanwhile stays, and what is new there is listed.
        let dark = SettingsChange::Theme(Theme::Dark);
        shelf.change_settings(&[dark]).unwrap();
        on_drive.change_recent(&[pack("/p/two")]).unwrap();
        shelf.catch_up().unwrap();
        assert_eq!(shelf.load_settings().value.theme, Theme::Dark);
        assert_eq!(shelf.load_recent().value.entries.len(), 2);
        fs::remove_dir_all(home.path().join("drive")).unwrap();
        assert_eq!(shelf.catch_up().unwrap(), []);
    }
}
