//! `offprint backup`, `restore` and `where`: all of the reader's files in one file, put back from it, and where they are.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::bar::Bar;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::backup::{BackupError, Prepared, Step, back_up, default_name, prepare};
use crate::model::{Difference, Plan, Way, size};
use crate::shelf::Shelf;

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The file to make, or a folder to make it in
    pub file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The backup
    pub file: PathBuf,
    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,
    /// Make everything as it was, after a backup of what is there now; else what is missing is added, and nothing taken away
    #[arg(long)]
    pub exactly: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Where {
    /// Print JSON, with what there is and which files were set aside
    #[arg(long)]
    pub json: bool,
}

/// What `backup --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct BackupJson {
    path: String,
    files: usize,
    bytes: u64,
    /// What is not in it and why, in sentences.
    left_out: Vec<String>,
}

/// What `restore --json` prints.
#[derive(Serialize)]
struct RestoreJson<'a> {
    /// When the backup was made, as it says.
    made: &'a str,
    /// The version of the program that made it.
    program: &'a str,
    files: usize,
    exactly: bool,
    /// Whether it was done, and not only planned.
    done: bool,
    bookmarks: CountsJson,
    highlights: CountsJson,
    copies: CountsJson,
    reading: CountsJson,
    recent: CountsJson,
    /// The settings that change.
    settings: &'a [String],
    /// The backup of what was there before, where one was made.
    before: Option<String>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct CountsJson {
    added: usize,
    changed: usize,
    removed: usize,
}

/// What `where --json` prints.
#[derive(Serialize)]
struct WhereJson {
    folder: String,
    bookmarks: usize,
    highlights: usize,
    copies: usize,
    copies_bytes: u64,
    bytes: u64,
    aside: Vec<AsideJson>,
    /// Where the files were copied from at the first start, if they were.
    came_from: Option<String>,
    /// Where files lie that the first start will copy here.
    to_be_copied: Option<String>,
    /// The folder on a drive that cannot be written to, which this one is used in place of.
    stands_in_for: Option<String>,
}

#[derive(Serialize)]
struct AsideJson {
    path: String,
    /// What it was called in the folder.
    name: String,
    /// When it was set aside, as far as its name tells.
    at: Option<String>,
    /// What is wrong with it and what was saved of it.
    what: String,
}

/// Makes a backup.
pub(super) fn make(
    wish: &Backup,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let mut to = wish.file.clone();
    if to.is_dir() {
        to.push(default_name(&shelf.now().to_string()));
    }
    if to.symlink_metadata().is_ok() && !wish.force {
        let message = format!(
            "There is a file of this name already; --force writes over it: {}",
            to.display()
        );
        return Err(CliError::Refused(message));
    }
    let bar = Bar::new(terminal);
    let made = back_up(shelf, &to, &AtomicBool::new(false), &|step| {
        show(&bar, step);
    });
    bar.clear();
    let made = made?;
    for reason in &made.left_out {
        let message = format!("It is not in the backup: {reason}");
        terminal.message(&message);
    }
    let path = to.display().to_string();
    let status = if made.left_out.is_empty() {
        DONE
    } else {
        PROBLEMS
    };
    if wish.json {
        terminal.json(&BackupJson {
            path,
            files: made.files,
            bytes: made.bytes,
            left_out: made.left_out,
        })?;
    } else {
        let s = if made.files == 1 { "" } else { "s" };
        let (files, size) = (made.files, size(made.bytes));
        terminal.line(format_args!("{path}: {files} file{s}, {size}"))?;
    }
    Ok(status)
}

/// Puts a backup back, or says what that would change.
pub(super) fn restore(
    wish: &Restore,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let way = if wish.exactly {
        Way::Exactly
    } else {
        Way::Merging
    };
    let never = AtomicBool::new(false);
    let bar = Bar::new(terminal);
    let prepared = prepare(shelf, &wish.file, &never, &|step| show(&bar, step));
    bar.clear();
    let prepared = prepared?;
    let plan = prepared.plan(way);
    if !wish.json {
        for sentence in plan.sentences() {
            terminal.line(sentence)?;
        }
        terminal.flush()?;
    }
    for remark in &plan.remarks {
        terminal.message(remark);
    }
    let mut remarks = plan.remarks.clone();
    let mut before = None;
    if !wish.dry_run {
        let bar = Bar::new(terminal);
        let restored = prepared.restore(shelf, way, &never, &|step| show(&bar, step));
        bar.clear();
        let restored = restored?;
        for remark in &restored.remarks {
            terminal.message(remark);
        }
        remarks.extend(restored.remarks);
        before = restored.before.map(|it| it.display().to_string());
        if !wish.json {
            terminal.line("Done.")?;
            if let Some(before) = &before {
                terminal.line(format_args!("What was there before is in {before}"))?;
            }
        }
    }
    let status = if remarks.is_empty() { DONE } else { PROBLEMS };
    if wish.json {
        let json = RestoreJson::of(&prepared, plan, wish, before, remarks);
        terminal.json(&json)?;
    }
    Ok(status)
}

/// Says where the reader's files are.
pub(super) fn place(
    wish: &Where,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let came_from = shelf.came_from();
    let to_be_copied = shelf.found_elsewhere().pop();
    let stands_in_for = shelf.stands_in_for();
    if !wish.json {
        terminal.line(shelf.folder().display())?;
        if let Some(from) = came_from {
            terminal.message(&format!("They were copied from {}", from.display()));
        }
        if let Some(from) = to_be_copied {
            terminal.message(&format!(
                "There are files of yours in {}; they are copied when Offprint is next opened",
                from.display()
            ));
        }
        if let Some(folder) = stands_in_for {
            terminal.message(&format!(
                "They are kept here in place of {}, which cannot be written to",
                folder.display()
            ));
        }
        return Ok(DONE);
    }
    let text = |path: PathBuf| path.display().to_string();
    let survey = shelf.survey()?;
    let aside = survey.aside.into_iter().map(|it| AsideJson {
        path: it.path.display().to_string(),
        name: it.name,
        at: it.at.map(|at| format!("{}Z", at.iso())),
        what: it.what,
    });
    terminal.json(&WhereJson {
        folder: survey.folder,
        bookmarks: survey.bookmarks,
        highlights: survey.highlights,
        copies: survey.copies,
        copies_bytes: survey.copies_bytes,
        bytes: survey.bytes,
        aside: aside.collect(),
        came_from: came_from.map(text),
        to_be_copied: to_be_copied.map(text),
        stands_in_for: stands_in_for.map(|it| text(it.to_owned())),
    })?;
    Ok(DONE)
}

fn show(bar: &Bar, step: Step) {
    match step {
        Step::Packing(done, all) => bar.show("Packing", done, all),
        Step::Verifying(done, all) => bar.show("Verifying", done, all),
        Step::Reading(done, all) => bar.show("Reading", done, all),
        Step::Restoring(done, all) => bar.show("Restoring", done, all),
    }
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Shelf(error) => Self::Shelf(error),
            BackupError::Nothing { .. }
            | BackupError::NotABackup { .. }
            | BackupError::Damaged { .. }
            | BackupError::Newer { .. } => Self::Refused(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl<'a> RestoreJson<'a> {
    fn of(
        prepared: &'a Prepared,
        plan: &'a Plan,
        wish: &Restore,
        before: Option<String>,
        remarks: Vec<String>,
    ) -> Self {
        Self {
            made: prepared.made(),
            program: prepared.program(),
            files: prepared.files(),
            exactly: wish.exactly,
            done: !wish.dry_run,
            bookmarks: CountsJson::of(plan.bookmarks),
            highlights: CountsJson::of(plan.highlights),
            copies: CountsJson::of(plan.copies),
            reading: CountsJson::of(plan.reading),
            recent: CountsJson::of(plan.recent),
            settings: &plan.settings,
            before,
            remarks,
        }
    }
}

impl CountsJson {
    fn of(it: Difference) -> Self {
        Self {
            added: it.added,
            changed: it.changed,
            removed: it.removed,
        }
    }
}
