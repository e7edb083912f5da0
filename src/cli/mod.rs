//! The program without a window: the same library, results on the standard output, messages on the standard error.
//! It decides only what was asked for; the window itself is opened by `app`.

mod apply;
mod args;
mod backup;
mod bar;
mod bookmark_args;
mod bookmarks;
mod build;
mod check;
mod cite;
mod diff;
mod drive;
mod export;
mod filing;
mod import;
mod kept;
mod list;
mod merge;
mod new;
mod preview;
mod rules;
mod show;
mod source;
mod terminal;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::interchange::ImportError;
use crate::model::{Destination, Origin, Reference, ReferenceError};
use crate::pack::PackError;
use crate::platform::Paths;
use crate::shelf::{Shelf, ShelfError};
use args::{Args, Command};
pub use terminal::Terminal;

/// The exit status when everything was done.
pub const DONE: u8 = 0;
/// The exit status when problems were found or the wish was refused.
pub const PROBLEMS: u8 = 1;
/// The exit status when it could not run.
pub const FAILED: u8 = 2;

/// What the command line comes to.
#[derive(Debug)]
pub enum Outcome {
    /// Everything is done; this is the exit status.
    Exit(u8),
    /// A window is wanted.
    Window(Launch),
}

/// The window that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// What to open in it; nothing means the pack that was open last, or the one that comes with the program.
    pub open: Vec<Destination>,
    /// Where the files are.
    pub paths: Paths,
    /// Whether to print how long the first page took, and end.
    pub measure_start: bool,
    /// Whether the one pack is a folder that is being written: what changes in it is shown at once.
    pub preview: bool,
}

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Pack(#[from] PackError),
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Failed(String),
    #[error("The pack could not be made, and nothing is left of it ({error}): {}", .folder.display())]
    NotMade {
        #[source]
        error: std::io::Error,
        folder: std::path::PathBuf,
    },
    #[error("The result could not be written: {0}")]
    Write(#[from] std::io::Error),
    #[error("The result could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Does what `args` ask for, the program's name first.
pub fn run(
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let parsed = command().try_get_matches_from(args);
    let args = match parsed.and_then(|it| Args::from_arg_matches(&it)) {
        Ok(args) => args,
        Err(error) => return Outcome::Exit(terminal.clap(&error)),
    };
    let paths = match Paths::find(args.data_dir.as_deref()) {
        Ok(paths) => paths,
        Err(error) => {
            terminal.message(&error);
            return Outcome::Exit(FAILED);
        }
    };
    let Some(wanted) = args.command else {
        return window(&args.packs, paths, args.measure_start, terminal);
    };
    if !args.packs.is_empty() {
        let mut command = command();
        let error = command.error(
            ErrorKind::ArgumentConflict,
            "a command comes first, and its packs after it",
        );
        return Outcome::Exit(terminal.clap(&error));
    }
    if let Command::Preview(wish) = &wanted {
        return preview::run(wish, paths, terminal);
    }
    let shelf = Shelf::at(paths);
    if wanted.uses_files() {
        adopt(&shelf, terminal);
    }
    let result = match &wanted {
        Command::List(wish) => list::run(wish, terminal),
        Command::Show(wish) => show::run(wish, terminal),
        Command::Cite(wish) => cite::run(wish, shelf.now(), terminal),
        Command::Check(wish) => check::run(wish, terminal),
        Command::Build(wish) => build::build(wish, terminal),
        Command::Unpack(wish) => build::unpack(wish, terminal),
        Command::Repair(wish) => build::repair(wish, terminal),
        Command::Diff(wish) => diff::run(wish, terminal),
        Command::Bookmarks(wish) => bookmarks::run(wish, &shelf, terminal),
        Command::Clippings(wish) => kept::export(wish, &shelf, terminal),
        Command::Drive(wish) => drive::run(wish, terminal),
        Command::Backup(wish) => backup::make(wish, &shelf, terminal),
        Command::Restore(wish) => backup::restore(wish, &shelf, terminal),
        Command::Where(wish) => backup::place(wish, &shelf, terminal),
        Command::New(wish) => new::run(wish, day(&shelf.now().to_string()), terminal),
        // It is a window, and was answered above.
        Command::Preview(_) => Ok(DONE),
    };
    Outcome::Exit(status(
        result.and_then(|code| terminal.flush().map(|()| code).map_err(Into::into)),
        terminal,
    ))
}

/// Copies files of an older place at the first start, as the window does.
fn adopt(shelf: &Shelf, terminal: &mut Terminal<'_>) {
    match shelf.adopt() {
        Ok(None) => {}
        Ok(Some(adopted)) => {
            let (from, to) = (adopted.from.display(), shelf.folder().display());
            terminal.message(&format!("Your files were copied from {from} to {to}"));
        }
        Err(error) => terminal.message(&error),
    }
}

/// The day of a moment that is written as the reader's files have it.
fn day(now: &str) -> &str {
    now.split_once('T').map_or(now, |(day, _)| day)
}

/// The exit status of a command; its error is told here and nowhere else.
fn status(result: Result<u8, CliError>, terminal: &mut Terminal<'_>) -> u8 {
    match result {
        Ok(code) => code,
        // Who closes the pipe has seen enough.
        Err(CliError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => DONE,
        Err(CliError::Json(error))
            if error.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe) =>
        {
            DONE
        }
        Err(error) => {
            terminal.message(&error);
            match error {
                CliError::Refused(_) | CliError::Import(_) => PROBLEMS,
                _ => FAILED,
            }
        }
    }
}

fn window(
    packs: &[std::path::PathBuf],
    paths: Paths,
    measure_start: bool,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let mut open = Vec::new();
    for pack in packs {
        let word = pack.to_string_lossy();
        match Reference::parse(&word) {
            Ok(reference) => {
                open.push(Destination::Place(reference));
                continue;
            }
            Err(ReferenceError::Scheme) => {}
            Err(error) => {
                terminal.message(&error);
                return Outcome::Exit(FAILED);
            }
        }
        let origin = source::origin(pack);
        // A mistyped command should not open a window to complain in; a path that leads nowhere should.
        let is_path = word.contains(['/', '\\', '.']);
        if let Origin::Path(path) = &origin
            && !is_path
            && !path.exists()
        {
            let message = format!(
                "There is no command and no pack named `{word}`. `offprint --help` lists the commands; a pack in this folder can be given as ./{word}"
            );
            terminal.message(&message);
            return Outcome::Exit(FAILED);
        }
        open.push(origin.into());
    }
    Outcome::Window(Launch {
        open,
        paths,
        measure_start,
        preview: false,
    })
}

/// The command line with the folders of this machine in its help.
fn command() -> clap::Command {
    let (data, state) = match Paths::find(None) {
        Ok(paths) => (
            paths.data.display().to_string(),
            paths.state.display().to_string(),
        ),
        Err(error) => (error.to_string(), error.to_string()),
    };
    with_folders(&data, &state)
}

/// The command line for manual pages and completions: it says the same on every machine.
pub fn definition() -> clap::Command {
    with_folders(
        "$XDG_DATA_HOME/offprint, by default ~/.local/share/offprint",
        "$XDG_STATE_HOME/offprint, by default ~/.local/state/offprint",
    )
}

fn with_folders(data: &str, state: &str) -> clap::Command {
    Args::command().after_help(args::after_help(data, state))
}
