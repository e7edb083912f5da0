//! Where the reader's files are, where what can be rebuilt is, and where the program notes what it did.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::drive::{can_write, drive_of};

/// The name of our folder among those of other programs.
const NAME: &str = "offprint";
/// What other systems of packages know the program by.
const ID: &str = "org.offprint.Offprint";
/// A folder of this name beside the program holds the files instead: a reader on a stick carries everything along.
pub const PORTABLE: &str = "portable";
/// A file of this name in the system's folder says that it takes what a drive that cannot be written to does not.
pub const STAND_IN: &str = "keeps-for-a-drive.txt";

/// The folders of this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The reader's files.
    pub data: PathBuf,
    /// What can be rebuilt.
    pub cache: PathBuf,
    /// Logs, and reports of crashes.
    pub state: PathBuf,
    /// The drive on which program, files and packs are carried along.
    pub drive: Option<PathBuf>,
    /// The system's own folder, where `data` is another: it can take what `data` does not.
    pub usual: Option<PathBuf>,
    /// The folder beside the program that cannot be written to, where `data` is used in its place.
    pub stands_in_for: Option<PathBuf>,
    /// Where files may be that were kept before there was anything in `data`.
    pub former: Vec<PathBuf>,
}

/// No folder for the reader's files is known.
#[derive(Debug, thiserror::Error)]
#[error("This system names no folder for your files. Choose one with --data-dir")]
pub struct NoDataFolder;

/// What this machine has to offer.
#[derive(Debug, Default)]
struct Found {
    /// The folder beside the program, the drive it is on, and whether it can be written to.
    portable: Option<(PathBuf, PathBuf, bool)>,
    /// The system's folder for the files of programs.
    data: Option<PathBuf>,
    /// The system's folder for what can be rebuilt.
    cache: Option<PathBuf>,
    /// Our folder for logs.
    logs: Option<PathBuf>,
    /// Whether our folder in the system's has taken the place of one on a drive before.
    stands_in: bool,
    /// Where files may be that were kept before.
    former: Vec<PathBuf>,
}

impl Paths {
    /// The folder asked for, else the one beside the program, else the system's.
    pub fn find(asked: Option<&Path>) -> Result<Self, NoDataFolder> {
        let home = program().and_then(|it| Some(it.parent()?.to_owned()));
        let portable = home.map(|home| (home.join(PORTABLE), home));
        let portable = portable.filter(|(folder, _)| folder.is_dir());
        let data = dirs::data_dir();
        let stands_in = portable.is_some()
            && data
                .as_ref()
                .is_some_and(|it| it.join(NAME).join(STAND_IN).is_file());
        let found = Found {
            // Only a folder that another has stood in for is tried: to write to a drive takes its time.
            portable: portable.map(|(folder, home)| {
                let writable = !stands_in || can_write(&folder);
                (folder, drive_of(&home), writable)
            }),
            stands_in,
            former: former(dirs::home_dir().as_deref(), dirs::data_local_dir()),
            data,
            cache: dirs::cache_dir(),
            logs: logs(),
        };
        found.choose(asked)
    }
}

impl Found {
    fn choose(self, asked: Option<&Path>) -> Result<Paths, NoDataFolder> {
        let usual = self.data.map(|it| it.join(NAME));
        let carried = |data: PathBuf| Paths {
            cache: data.join("cache"),
            state: data.join("state"),
            usual: usual.clone().filter(|it| *it != data),
            data,
            ..Paths::default()
        };
        if let Some(asked) = asked {
            return Ok(carried(absolute(asked)));
        }
        let mut stands_in_for = None;
        let mut drive = None;
        if let Some((folder, root, writable)) = self.portable {
            if writable || !self.stands_in {
                return Ok(Paths {
                    drive: Some(root),
                    ..carried(folder)
                });
            }
            (stands_in_for, drive) = (Some(folder), Some(root));
        }
        let data = usual.ok_or(NoDataFolder)?;
        let cache = self
            .cache
            .map_or_else(|| data.join("cache"), |it| it.join(NAME));
        // On Windows both may be one folder.
        let cache = if cache == data {
            data.join("cache")
        } else {
            cache
        };
        let mut former = self.former;
        former.retain(|it| *it != data && stands_in_for.is_none());
        Ok(Paths {
            // Beside the files, where the system names no place.
            state: self.logs.unwrap_or_else(|| data.join("state")),
            data,
            cache,
            drive,
            usual: None,
            stands_in_for,
            former,
        })
    }
}

/// Where logs belong: the state folder of the XDG convention.
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn logs() -> Option<PathBuf> {
    Some(dirs::state_dir()?.join(NAME))
}

/// Where logs belong, and where the Console looks for them.
#[cfg(target_os = "macos")]
fn logs() -> Option<PathBuf> {
    Some(dirs::home_dir()?.join("Library/Logs").join(NAME))
}

/// Where logs belong: on this machine, and not with what wanders from one to the next.
#[cfg(target_os = "windows")]
fn logs() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join(NAME).join("logs"))
}

/// The program as the reader sees it: the `AppImage` and not what is mounted of it, the bundle and not what is inside.
pub fn program() -> Option<PathBuf> {
    let running = std::env::current_exe().ok()?;
    let image = std::env::var_os("APPIMAGE");
    let mounted = std::env::var_os("APPDIR");
    Some(as_seen(running, image.as_deref(), mounted.as_deref()))
}

/// What the reader sees of the running file, if an `AppImage` says that it is mounted there.
fn as_seen(running: PathBuf, image: Option<&OsStr>, mounted: Option<&OsStr>) -> PathBuf {
    // Whatever an AppImage starts inherits its variables; only what lies inside is it.
    if let (Some(image), Some(mounted)) = (image, mounted)
        && !mounted.is_empty()
        && running.starts_with(mounted)
    {
        return PathBuf::from(image);
    }
    let is = |folder: Option<&Path>, name: &str| {
        folder
            .and_then(Path::file_name)
            .is_some_and(|it| it == name)
    };
    let folder = running.parent();
    let contents = folder.and_then(Path::parent);
    let bundle = contents.and_then(Path::parent);
    match bundle.filter(|it| it.extension().is_some_and(|it| it == "app")) {
        Some(bundle) if is(folder, "MacOS") && is(contents, "Contents") => bundle.to_owned(),
        _ => running,
    }
}

/// Where other packages and other conventions would have kept files of ours.
fn former(home: Option<&Path>, local: Option<PathBuf>) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = local.map(|it| it.join(NAME)).into_iter().collect();
    if let Some(home) = home {
        all.extend([
            home.join(".local/share").join(NAME),
            home.join(".var/app").join(ID).join("data").join(NAME),
            home.join(format!(".{NAME}")),
        ]);
    }
    let mut known = Vec::new();
    all.retain(|it| {
        let fresh = !known.contains(it);
        known.push(it.clone());
        fresh
    });
    all
}

/// `path` from the root, so that it means the same whoever reads it.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> PathBuf {
        PathBuf::from(text)
    }

    fn found(stands_in: bool, writable: bool) -> Found {
        Found {
            portable: Some(("s/o/portable".into(), "s".into(), writable)),
            data: Some(path("d")),
            cache: Some(path("c")),
            logs: Some(path("s/offprint")),
            stands_in,
            former: vec!["d/offprint".into(), "h/.offprint".into()],
        }
    }

    #[test]
    fn what_is_asked_for_wins() {
        let asked = absolute(Path::new("mine"));
        let paths = found(false, true).choose(Some(Path::new("mine"))).unwrap();
        assert_eq!((&paths.data, paths.drive), (&asked, None));
        assert_eq!(paths.usual, Some(path("d/offprint")));
        assert_eq!(paths.state, asked.join("state"));
        assert_eq!(paths.former, [""; 0].map(PathBuf::from));
        let paths = found(false, true).choose(None).unwrap();
        assert_eq!(paths.data, Path::new("s/o/portable"));
        assert_eq!(paths.cache, Path::new("s/o/portable/cache"));
        assert_eq!(paths.state, Path::new("s/o/portable/state"));
        assert_eq!(
            (paths.drive, paths.usual),
            (Some(path("s")), Some(path("d/offprint")))
        );
        assert_eq!(paths.former, [""; 0].map(PathBuf::from));
        let portable = None;
        let paths = Found {
            portable,
            ..found(false, true)
        };
        let paths = paths.choose(None).unwrap();
        assert_eq!(paths.data, Path::new("d/offprint"));
        assert_eq!(paths.cache, Path::new("c/offprint"));
        assert_eq!(paths.state, Path::new("s/offprint"));
        assert_eq!((paths.drive, paths.usual), (None, None));
        assert_eq!(paths.former, [PathBuf::from("h/.offprint")]);
        assert!(Found::default().choose(None).is_err());
    }

    #[test]
    fn what_the_system_does_not_name_is_with_the_files() {
        let both = Found {
            data: Some(path("d")),
            cache: Some(path("d")),
            ..Found::default()
        };
        let paths = both.choose(None).unwrap();
        assert_eq!(paths.cache, Path::new("d/offprint/cache"));
        assert_eq!(paths.state, Path::new("d/offprint/state"));
    }

    #[test]
    fn a_drive_that_cannot_be_written_to_is_stood_in_for_only_where_the_reader_said_so() {
        for (stands_in, writable, data) in [
            (false, true, "s/o/portable"),
            (false, false, "s/o/portable"),
            (true, true, "s/o/portable"),
            (true, false, "d/offprint"),
        ] {
            let paths = found(stands_in, writable).choose(None).unwrap();
            assert_eq!(paths.data, Path::new(data), "{stands_in} {writable}");
            assert_eq!(paths.drive, Some(path("s")));
            let instead = paths.stands_in_for.is_some();
            assert_eq!(instead, data == "d/offprint");
            assert_eq!(paths.former, [""; 0].map(PathBuf::from));
        }
    }

    #[test]
    fn the_folder_is_beside_what_the_reader_sees() {
        for (running, image, mounted, seen) in [
            ("/usr/bin/offprint", None, None, "/usr/bin/offprint"),
            (
                "/m/x/usr/bin/offprint",
                Some("/s/O.AppImage"),
                Some("/m/x"),
                "/s/O.AppImage",
            ),
            // A terminal that is an AppImage starts an Offprint that is none.
            (
                "/usr/bin/offprint",
                Some("/s/T.AppImage"),
                Some("/m/x"),
                "/usr/bin/offprint",
            ),
            (
                "/usr/bin/offprint",
                Some("/s/T.AppImage"),
                Some(""),
                "/usr/bin/offprint",
            ),
            (
                "/s/Offprint.app/Contents/MacOS/offprint",
                None,
                None,
                "/s/Offprint.app",
            ),
            (
                "/s/Offprint/Contents/MacOS/offprint",
                None,
                None,
                "/s/Offprint/Contents/MacOS/offprint",
            ),
            (
                "/s/Offprint.app/offprint",
                None,
                None,
                "/s/Offprint.app/offprint",
            ),
            ("offprint", None, None, "offprint"),
        ] {
            let seen_as = as_seen(
                running.into(),
                image.map(OsStr::new),
                mounted.map(OsStr::new),
            );
            assert_eq!(seen_as, Path::new(seen), "{running}");
        }
    }

    #[test]
    fn every_place_is_looked_at_once() {
        let home = Path::new("h");
        assert_eq!(
            former(Some(home), Some(path("h/.local/share"))),
            [
                "h/.local/share/offprint",
                "h/.var/app/org.offprint.Offprint/data/offprint",
                "h/.offprint"
            ]
            .map(PathBuf::from)
        );
        assert_eq!(former(None, Some(path("l"))), [PathBuf::from("l/offprint")]);
        assert_eq!(former(None, None), [""; 0].map(PathBuf::from));
    }
}
