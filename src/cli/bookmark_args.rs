//! What can be typed after `offprint bookmarks`, and what its `--help` says.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::filing::{ListBookmarks, NoteMark, TagMark};

#[derive(Debug, clap::Args)]
pub(super) struct Bookmarks {
    #[command(subcommand)]
    pub command: BookmarksCommand,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
}

/// A story whose copy is to go.
#[derive(Debug, clap::Args)]
pub(super) struct UnkeepMark {
    #[command(flatten)]
    pub mark: Mark,
    /// Put the copy back instead
    #[arg(long)]
    pub undo: bool,
}

/// A story to bookmark.
#[derive(Debug, clap::Args)]
pub(super) struct AddMark {
    #[command(flatten)]
    pub mark: Mark,
    /// Give it this tag; several times for several
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Write this beside it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum BookmarksCommand {
    /// Print bookmarks of every pack, the newest first
    List(ListBookmarks),
    /// Bookmark a story
    Add(AddMark),
    /// Give a bookmark tags, or take them away
    Tag(TagMark),
    /// Write a note beside a bookmark, or print it
    Note(NoteMark),
    /// Put a bookmark back that was taken away, with its tags and note
    Restore(Mark),
    /// Take a bookmark away; works without the pack too, by its series
    Remove(Mark),
    /// Keep a copy of a story with its pictures, for when its pack is gone, and bookmark it
    Keep(Mark),
    /// Remove the copy of a story; works without the pack too, by its series. The bookmark stays
    Unkeep(UnkeepMark),
    /// Print every story you keep a copy of
    Kept,
    /// Make many changes, one a line of the standard input; each is answered when it is on the disk
    #[command(after_long_help = super::apply::HELP)]
    Apply,
    /// Take in what another copy of your files knows: bookmarks, marked passages, reading marks
    Merge(Merge),
    /// Write bookmarks and marked passages in a form that other programs read
    Export(Export),
    /// Take in bookmarks from a file that another program wrote, or that `export --as json` did
    Import(Import),
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = IMPORT_HELP)]
pub(super) struct Import {
    /// The file; it is only read
    pub file: PathBuf,
    /// What the file is, if that is not to be told by its content
    #[arg(long, value_enum, value_name = "FORM")]
    pub from: Option<FromForm>,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

/// What `bookmarks import --help` says below its options.
const IMPORT_HELP: &str = "\
Links become bookmarks of the series `web`; folders, and lists other than the unread, become tags. A file may be
imported again: what is here already stays as it is, and what you have removed stays removed.

JSON:
  form, dry_run   what the file is, and whether nothing was written
  bookmarks, highlights, reading   each added, changed, same
  still_removed   what you have removed before, and what stays so
  doubts          what was not understood: line, what, left_out
  notices         what is wrong with your own files

Exit status:
  0  everything was understood
  1  something was not, or the file is nothing that can be imported
  2  it could not run";

/// A form to import bookmarks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FromForm {
    /// What `export --as json` writes
    Json,
    /// A file of your data folder
    Ron,
    /// Pocket, newer
    PocketCsv,
    /// Pocket, older
    PocketHtml,
    /// Instapaper
    InstapaperCsv,
    /// The bookmark file of a browser
    Browser,
}

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The form
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: MarksForm,
    /// The file to make, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Only stories of this series
    #[arg(long, value_name = "SERIES")]
    pub series: Option<String>,
    /// Only stories whose bookmark has this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
}

/// A form to export bookmarks and marked passages in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MarksForm {
    /// Markdown
    Md,
    /// Comma-separated values
    Csv,
    /// One web page
    Html,
    /// Everything that is known
    Json,
    /// W3C web annotations
    Jsonld,
    /// The bookmark file that browsers import
    Netscape,
}

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// Another data folder, or one file of it; it is only read
    pub other: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Mark {
    /// A folder, an .offprint file, `world-desk` or `guide`; for `remove` and `unkeep` also a series
    pub pack: PathBuf,
    /// The story's id, as `list --json` gives it
    pub story: String,
}
