//! `offprint bookmarks import`: what another program wrote of bookmarks, taken in here.

use serde::Serialize;

use super::bar::Bar;
use super::bookmark_args::{FromForm, Import};
use super::bookmarks::tell;
use super::merge::{CountsJson, line};
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::interchange::{Doubt, ImportError, ImportForm, MAX_IMPORT_BYTES, import};
use crate::shelf::{Merged, Shelf, TakenIn, read_foreign};

/// What `bookmarks import --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct ImportJson<'a> {
    form: &'static str,
    dry_run: bool,
    bookmarks: CountsJson,
    highlights: CountsJson,
    reading: CountsJson,
    still_removed: &'a [String],
    doubts: Vec<DoubtJson<'a>>,
    /// What is wrong with the reader's own files, in sentences.
    notices: Vec<String>,
}

#[derive(Serialize)]
struct DoubtJson<'a> {
    line: usize,
    what: &'a str,
    left_out: bool,
}

pub(super) fn run(
    wish: &Import,
    json: bool,
    shelf: &Shelf,
    terminal: &mut Terminal<'_>,
) -> Result<u8, CliError> {
    let path = wish.file.display();
    let bytes = read_foreign(&wish.file, MAX_IMPORT_BYTES)
        .map_err(|error| CliError::Failed(format!("{path} cannot be read: {error}")))?;
    let form = match wish.from {
        Some(form) => form.form(),
        None => ImportForm::recognise(&bytes).ok_or(ImportError::Unknown)?,
    };
    let (merged, still_removed, doubts) = if form == ImportForm::Ron {
        let merged = if wish.dry_run {
            shelf.try_merge(&wish.file)?
        } else {
            shelf.merge(&wish.file)?
        };
        (merged, vec![], vec![])
    } else {
        let bar = Bar::counting("bytes", terminal);
        let read = import(&bytes, form, &|done, all| {
            bar.show("Reading", done, all);
            true
        });
        bar.clear();
        let read = read?;
        let bar = Bar::counting("entries", terminal);
        let taken = shelf.import(
            read.bookmarks,
            read.highlights,
            wish.dry_run,
            &|done, all| {
                bar.show("Saving", done, all);
                true
            },
        );
        bar.clear();
        let taken = taken?.unwrap_or_default();
        (merged(&taken), taken.still_removed, read.doubts)
    };
    if json {
        print_json(
            form,
            wish.dry_run,
            &merged,
            &still_removed,
            &doubts,
            terminal,
        )?;
    } else {
        let would = if wish.dry_run { " (only tried)" } else { "" };
        terminal.line(format_args!("{path}: {form}{would}"))?;
        terminal.line(line("bookmarks", merged.bookmarks))?;
        for (name, counts) in [
            ("highlights", merged.highlights),
            ("reading", merged.reading),
        ] {
            if counts != crate::shelf::Counts::default() {
                terminal.line(line(name, counts))?;
            }
        }
        for what in &still_removed {
            terminal.line(format_args!("removed before, and stays so: {what}"))?;
        }
        for doubt in &doubts {
            terminal.message(doubt);
        }
    }
    tell(&merged.notices, terminal);
    let is_clean = doubts.is_empty() && merged.notices.is_empty();
    Ok(if is_clean { DONE } else { PROBLEMS })
}

fn merged(taken: &TakenIn) -> Merged {
    Merged {
        bookmarks: taken.bookmarks,
        highlights: taken.highlights,
        notices: taken.notices.clone(),
        ..Merged::default()
    }
}

fn print_json(
    form: ImportForm,
    dry_run: bool,
    merged: &Merged,
    still_removed: &[String],
    doubts: &[Doubt],
    terminal: &mut Terminal<'_>,
) -> Result<(), CliError> {
    let doubts = doubts.iter().map(|it| DoubtJson {
        line: it.line,
        what: &it.what,
        left_out: it.left_out,
    });
    terminal.json(&ImportJson {
        form: FromForm::name(form),
        dry_run,
        bookmarks: CountsJson::of(merged.bookmarks),
        highlights: CountsJson::of(merged.highlights),
        reading: CountsJson::of(merged.reading),
        still_removed,
        doubts: doubts.collect(),
        notices: merged.notices.iter().map(ToString::to_string).collect(),
    })?;
    Ok(())
}

impl FromForm {
    fn form(self) -> ImportForm {
        match self {
            Self::Json => ImportForm::Json,
            Self::Ron => ImportForm::Ron,
            Self::PocketCsv => ImportForm::PocketCsv,
            Self::PocketHtml => ImportForm::PocketHtml,
            Self::InstapaperCsv => ImportForm::InstapaperCsv,
            Self::Browser => ImportForm::Browser,
        }
    }

    /// What is typed for a form.
    fn name(form: ImportForm) -> &'static str {
        match form {
            ImportForm::Json => "json",
            ImportForm::Ron => "ron",
            ImportForm::PocketCsv => "pocket-csv",
            ImportForm::PocketHtml => "pocket-html",
            ImportForm::InstapaperCsv => "instapaper-csv",
            ImportForm::Browser => "browser",
        }
    }
}
