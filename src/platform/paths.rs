//! Where the reader's files are, and where what can be rebuilt is.

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
        Self::choose(asked, portable, dirs::data_dir(), dirs::cache_dir())
    }

    fn choose(
        asked: Option<&Path>,
        portable: Option<PathBuf>,
        data: Option<PathBuf>,
        cache: Option<PathBuf>,
    ) -> Result<Self, NoDataFolder> {
        if let Some(data) = asked.map(absolute).or(portable) {
            let cache = data.join("cache");
            return Ok(Self { data, cache });
        }
        let data = data.ok_or(NoDataFolder)?.join(NAME);
        let cache = cache.map_or_else(|| data.join("cache"), |it| it.join(NAME));
        // On Windows both may be one folder.
        let cache = if cache == data {
            data.join("cache")
        } else {
            cache
        };
        Ok(Self { data, cache })
    }
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
        let asked = absolute(Path::new("mine"));
        let found = Paths::choose(Some(Path::new("mine")), path("p"), path("d"), path("c"));
        assert_eq!(found.unwrap().data, asked);
        let found = Paths::choose(None, path("p"), path("d"), path("c")).unwrap();
        assert_eq!(found.cache, Path::new("p").join("cache"));
        let found = Paths::choose(None, None, path("d"), path("c")).unwrap();
        assert_eq!(found.data, Path::new("d").join("offprint"));
        assert_eq!(found.cache, Path::new("c").join("offprint"));
        assert!(Paths::choose(None, None, None, path("c")).is_err());
    }
}
