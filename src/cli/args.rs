//! What can be typed, and what `--help` says about it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

const ABOUT: &str = "A newsreader for content packs: a finished edition in one folder or file, read with no account and no network.";

const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nreads pack format 1\nMIT OR Apache-2.0"
);

/// A command line.
#[derive(Debug, Parser)]
#[command(
    name = "offprint",
    version,
    long_version = VERSION,
    about = ABOUT,
    long_about = None,
    max_term_width = 100,
    subcommand_help_heading = "Commands",
    disable_help_subcommand = true,
    override_usage = "offprint [OPTIONS] [PACK]...\n       offprint [OPTIONS] <COMMAND>"
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The packs to open in the window: folders, .offprint files, `world-desk` or `guide`
    #[arg(value_name = "PACK")]
    pub packs: Vec<PathBuf>,

    /// Keep your files (bookmarks, reading marks, settings) in DIR
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// Open the window, print as JSON how long its first page took and what memory it needs, and end
    #[arg(long)]
    pub measure_start: bool,
}

/// What can be done besides opening the window.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the headlines of a pack, a line each
    List(List),
    /// Print a story
    Show(Show),
    /// Report every problem of a pack: its code, its place and what to do
    Check(Check),
    /// List, add or remove bookmarks
    Bookmarks(Bookmarks),
    /// Start a pack: a folder with a short example of everything, to be written over
    New(New),
    /// Open a window on a pack that is being written: it follows every change, and lists what is wrong
    Preview(Preview),
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// A folder, an .offprint file, `world-desk` or `guide`
    pub pack: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// A folder, an .offprint file, `world-desk` or `guide`
    pub pack: PathBuf,
    /// The story's id, as `list --json` gives it
    pub story: String,
    /// How to print it
    #[arg(long = "as", value_enum, default_value_t = Form::Text, value_name = "FORM")]
    pub form: Form,
}

/// How a story is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Plain text; pull quotes are left out
    Text,
    /// Markdown, as the pack has it
    Md,
    /// A whole HTML page
    Html,
    /// Everything that is known of the story
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// A folder, an .offprint file, `world-desk` or `guide`
    pub pack: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder to make, or an empty one; the pack is named after it
    pub folder: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Preview {
    /// The folder that is being written
    pub folder: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Bookmarks {
    #[command(subcommand)]
    pub command: BookmarksCommand,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum BookmarksCommand {
    /// Print every bookmark of every pack, the newest first
    List,
    /// Bookmark a story
    Add(Mark),
    /// Take a bookmark away; works without the pack too, by its series
    Remove(Mark),
}

#[derive(Debug, clap::Args)]
pub(super) struct Mark {
    /// A folder, an .offprint file, `world-desk` or `guide`; for `remove` also a series
    pub pack: PathBuf,
    /// The story's id, as `list --json` gives it
    pub story: String,
}

/// The end of the help; `place` is the data folder of this machine.
pub(super) fn after_help(place: &str) -> String {
    format!(
        "\
Examples:
  offprint                                 open the window
  offprint ~/Downloads/desk.offprint       open a pack in it
  offprint list world-desk                 the headlines of the edition that comes along
  offprint show desk.offprint storm        read a story in the terminal
  offprint new ./my-pack                   start a pack
  offprint preview ./my-pack               see it while you write
  offprint check ./my-pack                 before handing a pack out
  offprint bookmarks add ./my-pack storm
  offprint bookmarks list --json

A pack that is named like a command is given as a path: offprint ./list

Exit status:
  0  done
  1  problems were found, or the wish was refused
  2  it could not run

Your files:
  {place}
  A folder named `portable` beside the program is used instead, and --data-dir before both."
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Args::command().debug_assert();
    }
}
