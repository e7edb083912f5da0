//! `offprint new`: a folder with a small pack that is well, to be written over.
//! It never writes over anything, and leaves nothing half made.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::args::New;
use super::terminal::Terminal;
use super::{CliError, DONE};
use crate::pack::{Template, TemplateFile};
use crate::platform::{absolute, sync_folder};

/// Makes the pack; `date` is today's.
pub(super) fn run(wish: &New, date: &str, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let template = make(&wish.folder, date)?;
    let folder = quoted(&wish.folder);
    terminal.line(format_args!("Made {folder}, “{}”:", template.title()))?;
    for (name, _) in template.files().iter().rev() {
        terminal.line(format_args!("  {name}"))?;
    }
    terminal.line("\nLook at it while you write, and hand it out as one file:")?;
    terminal.line(format_args!("  offprint preview {folder}"))?;
    let file = quoted(&single_file(&wish.folder));
    terminal.line(format_args!("  offprint build {folder} -o {file}"))?;
    Ok(DONE)
}

/// Makes a pack in `folder`, which must not be there yet, or be empty.
fn make(folder: &Path, date: &str) -> Result<Template, CliError> {
    let whole = absolute(folder);
    // `.` is called what the folder is called that it stands for.
    let whole = fs::canonicalize(&whole).unwrap_or(whole);
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let template = Template::new(&name, date);
    let files = template.files();
    let made = if is_there(&whole)? {
        fill(&whole, &files)
    } else {
        create(&whole, &files)
    };
    made.map_err(|error| CliError::NotMade {
        error,
        folder: folder.to_owned(),
    })?;
    Ok(template)
}

/// Whether there is an empty folder already. Anything else that is there is in the way.
fn is_there(folder: &Path) -> Result<bool, CliError> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(true),
        Ok(false) => Err(CliError::Refused(format!(
            "There is something in this folder already, and nothing is written over; choose a name that is free: {shown}"
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if fs::symlink_metadata(folder).is_ok() {
                return Err(CliError::Refused(format!(
                    "There is a link to nothing at this place; choose a name that is free: {shown}"
                )));
            }
            match folder.parent() {
                Some(parent) if parent.is_dir() => Ok(false),
                _ => Err(CliError::Refused(format!(
                    "There is no folder to put this one into; make that first: {shown}"
                ))),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(CliError::Refused(
            format!("There is a file at this place; choose a name that is free: {shown}"),
        )),
        Err(error) => Err(CliError::NotMade {
            error,
            folder: folder.to_owned(),
        }),
    }
}

/// Makes the folder beside its place, and moves it there when it is whole.
fn create(folder: &Path, files: &[TemplateFile]) -> io::Result<()> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    let beside = beside(parent)?;
    // One deeper: the folder that is thrown away is for this user alone, the pack is as other folders are.
    let whole = beside.path().join("pack");
    write_all(&whole, files)?;
    fs::rename(&whole, folder)?;
    sync_folder(parent)
}

/// Moves the files into a folder that is there, the manifest last. What was moved is taken away again if the rest fails.
fn fill(folder: &Path, files: &[TemplateFile]) -> io::Result<()> {
    let beside = beside(folder)?;
    let whole = beside.path().join("pack");
    write_all(&whole, files)?;
    let mut moved: Vec<PathBuf> = Vec::new();
    for (name, _) in files {
        // Whole folders are moved, each once.
        let top = name.split('/').next().unwrap_or(name);
        let to = folder.join(top);
        if moved.contains(&to) {
            continue;
        }
        if let Err(error) = move_new(&whole.join(top), &to) {
            for path in moved {
                let gone = if path.is_dir() {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                };
                if let Err(error) = gone {
                    log::warn!("{} stays: {error}", path.display());
                }
            }
            return Err(error);
        }
        moved.push(to);
    }
    sync_folder(folder)
}

/// A folder for what is not whole yet; gone when it is dropped.
fn beside(parent: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new()
        .prefix(".offprint-")
        .suffix(".tmp")
        .tempdir_in(parent)
}

fn write_all(folder: &Path, files: &[TemplateFile]) -> io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let within = path.parent().unwrap_or(folder);
        fs::create_dir_all(within)?;
        let mut file = File::create_new(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        sync_folder(within)?;
    }
    sync_folder(folder)
}

/// Moves something to a place where nothing is.
fn move_new(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// The file that a folder becomes: beside it, under its name.
fn single_file(folder: &Path) -> PathBuf {
    let whole = absolute(folder);
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".offprint");
    match folder.file_name() {
        Some(_) => folder.with_file_name(name),
        // `.`, which is called what the folder is called that it stands for.
        None => Path::new("..").join(name),
    }
}

/// A path as one types it: in quotation marks where it has more than the plainest characters.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:~+,".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("\"{path}\"")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::model::{Edition as _, Origin};
    use crate::pack::{check, open};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_pack_is_named_after_its_folder_and_checks_clean() {
        let desk = tempfile::tempdir().unwrap();
        let empty = desk.path().join("The “Empty” Post");
        fs::create_dir(&empty).unwrap();
        let new = desk.path().join("village-news");
        for (folder, title, series) in [
            (&new, "Village News", "org.example.village-news"),
            (&empty, "The “Empty” Post", "org.example.the-empty-post"),
        ] {
            make(folder, "2025-09-01").unwrap();
            let origin = Origin::Path(folder.clone());
            let cancel = AtomicBool::new(false);
            assert_eq!(check(&origin, &cancel).unwrap(), []);
            let (pack, _) = open(&origin, &cancel, &|_| {}).unwrap();
            let info = pack.info();
            assert_eq!((&*info.title, info.series.as_str()), (title, series));
            assert_eq!(info.edition, "2025-09-01");
            assert_eq!(pack.count(), 3);
            assert_eq!(names(folder), ["images", "pack.ron", "stories"]);
        }
        assert_eq!(names(desk.path()), ["The “Empty” Post", "village-news"]);
    }

    #[test]
    fn the_commands_that_are_printed_can_be_typed() {
        for (folder, expected) in [
            ("village-news", "village-news.offprint"),
            ("papers/may.2025/", "papers/may.2025.offprint"),
            ("my paper", "\"my paper.offprint\""),
        ] {
            assert_eq!(quoted(&single_file(Path::new(folder))), expected);
        }
        assert!(single_file(Path::new(".")).starts_with(".."));
    }

    #[test]
    fn nothing_is_written_over_and_nothing_is_left_half() {
        let desk = tempfile::tempdir().unwrap();
        let full = desk.path().join("full");
        fs::create_dir(&full).unwrap();
        fs::write(full.join("letter.txt"), "Dear Ana").unwrap();
        let file = full.join("letter.txt");
        let orphan = desk.path().join("no/such/folder");
        for (folder, sentence) in [
            (&full, "There is something in this folder already"),
            (&file, "There is a file at this place"),
            (&orphan, "There is no folder to put this one into"),
        ] {
            match make(folder, "2025-09-01") {
                Err(CliError::Refused(said)) => assert!(said.starts_with(sentence), "{said}"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "Dear Ana");
        assert_eq!(names(desk.path()), ["full"]);
        assert_eq!(names(&full), ["letter.txt"]);
    }

    #[test]
    fn what_cannot_be_finished_is_taken_away_again() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("news");
        // A name that no file can have fails in the middle of writing.
        let bad: Vec<TemplateFile> = vec![
            ("stories/a.md", b"A".as_slice().into()),
            ("stories/\0.md", b"B".as_slice().into()),
        ];
        create(&folder, &bad).unwrap_err();
        assert_eq!(names(desk.path()), [""; 0]);

        // Somebody puts a file in the way between the look and the move.
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("pack.ron"), "mine").unwrap();
        let files = Template::new("news", "2025-09-01").files();
        fill(&folder, &files).unwrap_err();
        assert_eq!(names(&folder), ["pack.ron"]);
        assert_eq!(fs::read_to_string(folder.join("pack.ron")).unwrap(), "mine");
    }
}
