//! Where the reader's files are, where what can be rebuilt is, and where the program notes what it did.

use std::path::{Path, PathBuf};

/// The name of our folder among those of other programs.
const NAME: &str = "offprint";
/// A folder of this name beside the program holds the files instead: a reader on a stick carries everything along.
const PORTABLE: &str = "portable";

/// The folders of this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The reader's files.
    pub data: PathBuf,
    /// What can be rebuilt.
    pub cache: PathBuf,
    /// Logs, and reports of crashes.
    pub state: PathBuf,
}

/// What the system names for all programs; ours is a folder in each.
#[derive(Default)]
struct System {
    data: Option<PathBuf>,
    cache: Option<PathBuf>,
    logs: Option<PathBuf>,
}

/// No folder for the reader's files is known.
#[derive(Debug, thiserror::Error)]
#[error("This system names no folder for your files. Choose one with --data-dir")]
pub struct NoDataFolder;

impl Paths {
    /// The folder asked for, else the one beside the program, else the system's.
    pub fn find(asked: Option<&Path>) -> Result<Self, NoDataFolder> {
        let program = std::env::current_exe().ok();
        let beside = program.as_deref().and_then(Path::parent);
        let portable = beside.map(|it| it.join(PORTABLE)).filter(|it| it.is_dir());
        let system = System {
            data: dirs::data_dir(),
            cache: dirs::cache_dir(),
            logs: logs(),
        };
        Self::choose(asked, portable, system)
    }

    fn choose(
        asked: Option<&Path>,
        portable: Option<PathBuf>,
        system: System,
    ) -> Result<Self, NoDataFolder> {
        let one = |data: PathBuf| Self {
            cache: data.join("cache"),
            state: data.join("state"),
            data,
        };
        if let Some(data) = asked.map(absolute).or(portable) {
            return Ok(one(data));
        }
        let all = one(system.data.ok_or(NoDataFolder)?.join(NAME));
        let cache = system.cache.map(|it| it.join(NAME));
        Ok(Self {
            // On Windows both may be one folder.
            cache: cache.filter(|it| *it != all.data).unwrap_or(all.cache),
            state: system.logs.unwrap_or(all.state),
            data: all.data,
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

/// `path` from the root, so that it means the same whoever reads it.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_wins() {
        let path = |text: &str| Some(PathBuf::from(text));
        let system = || System {
            data: path("d"),
            cache: path("c"),
            logs: path("s/offprint"),
        };
        let asked = absolute(Path::new("mine"));
        let found = Paths::choose(Some(Path::new("mine")), path("p"), system()).unwrap();
        assert_eq!(found.state, asked.join("state"));
        assert_eq!(found.data, asked);
        let found = Paths::choose(None, path("p"), system()).unwrap();
        assert_eq!(found.cache, Path::new("p").join("cache"));
        assert_eq!(found.state, Path::new("p").join("state"));
        let found = Paths::choose(None, None, system()).unwrap();
        assert_eq!(found.data, Path::new("d").join("offprint"));
        assert_eq!(found.cache, Path::new("c").join("offprint"));
        assert_eq!(found.state, Path::new("s").join("offprint"));
    }

    #[test]
    fn what_the_system_does_not_name_is_with_the_files() {
        let data = Some(PathBuf::from("d"));
        let both = System {
            cache: data.clone(),
            data,
            logs: None,
        };
        let found = Paths::choose(None, None, both).unwrap();
        assert_eq!(found.cache, Path::new("d/offprint/cache"));
        assert_eq!(found.state, Path::new("d/offprint/state"));
        assert!(Paths::choose(None, None, System::default()).is_err());
    }
}
