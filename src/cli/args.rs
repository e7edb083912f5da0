//! What can be typed, and what `--help` says about it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::backup::{Backup, Restore, Where};
use super::bookmark_args::Bookmarks;
use super::drive::Drive;
use crate::pack::Severity;

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
    /// Print a citation of a story
    Cite(Cite),
    /// Report every problem of a pack: its code, its place and what to do
    Check(Check),
    /// Make one file of a folder, to hand out
    Build(Build),
    /// Give the folder back that a single file was made of
    Unpack(Unpack),
    /// Mend a damaged single file from another copy of it
    Repair(Repair),
    /// Tell what changed between two editions, story by story and word by word
    Diff(Diff),
    /// List, add or remove bookmarks
    Bookmarks(Bookmarks),
    /// Make one pack of stories you keep a copy of, to hand on
    Clippings(Clippings),
    /// Copy packs to a drive to hand on, with the program, a page to start from and check numbers
    Drive(Drive),
    /// Put all your files into one: bookmarks, highlights, kept copies, reading marks and settings
    Backup(Backup),
    /// Put a backup back; nothing you have now is taken away, unless that is asked for
    Restore(Restore),
    /// Print where your files are
    Where(Where),
    /// Start a pack: a folder with a short example of everything, to be written over
    New(New),
    /// Open a window on a pack that is being written: it follows every change, and lists what is wrong
    Preview(Preview),
}

impl Command {
    /// Whether it reads or changes the reader's files.
    pub(super) fn uses_files(&self) -> bool {
        matches!(
            self,
            Self::Bookmarks(_) | Self::Clippings(_) | Self::Backup(_) | Self::Restore(_)
        )
    }
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
pub(super) struct Cite {
    /// A folder, an .offprint file, `world-desk` or `guide`
    pub pack: PathBuf,
    /// The story's id, as `list --json` gives it
    pub story: String,
    /// How to cite it
    #[arg(long = "as", value_enum, default_value_t = CiteForm::Text, value_name = "FORM")]
    pub form: CiteForm,
    /// Cite this text of the story, counted from 1: a paragraph, a heading, a caption, a cell is one each
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub block: Option<u32>,
}

/// How a story is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CiteForm {
    /// A sentence
    Text,
    /// An entry for BibTeX
    Bibtex,
    /// CSL-JSON, for Zotero and pandoc
    Csl,
    /// An `offprint:` reference, which opens the story
    Reference,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// A folder, an .offprint file, `world-desk` or `guide`
    #[arg(required_unless_present_any = ["explain", "rules"])]
    pub pack: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// End with status 1 for warnings, or for advice and warnings, as for errors
    #[arg(long, value_enum, value_name = "WEIGHT")]
    pub deny: Option<Deny>,
    /// Print why a rule is one, and what to do about it
    #[arg(long, value_name = "CODE", conflicts_with_all = ["pack", "deny", "rules"])]
    pub explain: Option<String>,
    /// Print every rule
    #[arg(long, conflicts_with_all = ["pack", "deny"])]
    pub rules: bool,
}

/// What a pack must not have besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
    /// Advice, and warnings
    Advice,
}

#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// The folder with pack.ron in it
    pub folder: PathBuf,
    /// The file to make; its name ends in .offprint
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// How much of the edition goes in; ids and texts are the same in all
    #[arg(long, value_enum, default_value_t = EditionClass::Full, value_name = "CLASS")]
    pub edition: EditionClass,
    /// Leave in pictures what cameras wrote into them, such as the place
    #[arg(long)]
    pub keep_metadata: bool,
    /// Refuse on lesser problems too
    #[arg(long, value_enum, value_name = "WEIGHT")]
    pub deny: Option<Deny>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// How much of an edition a single file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionClass {
    /// No pictures
    Text,
    /// Pictures at most 480 pixels wide and high
    Small,
    /// Everything as it is
    Full,
}

impl Deny {
    /// The least weight that is refused.
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Warnings => Severity::Warning,
            Self::Advice => Severity::Advice,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Unpack {
    /// An .offprint file
    pub file: PathBuf,
    /// The folder to make; it must not exist, or be empty
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Repair {
    /// The damaged .offprint file; it is kept beside the mended one, named *.damaged
    pub file: PathBuf,
    /// Another copy of the same file, which may be damaged elsewhere; may be given several times
    #[arg(long, value_name = "OTHER-COPY", required = true)]
    pub from: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = DIFF_HELP)]
pub(super) struct Diff {
    /// The older pack: a folder, an .offprint file, `world-desk` or `guide`
    pub old: PathBuf,
    /// The newer pack
    pub new: PathBuf,
    /// Print JSON; its fields are described below
    #[arg(long)]
    pub json: bool,
}

/// What `diff --help` says below its options.
const DIFF_HELP: &str = "\
Stories are compared by their ids, texts by their words; pictures by name only.
  +  in the new pack only
  -  in the old pack only
  ~  reads otherwise, with [-what went-] and {+what came+}

JSON:
  old, new     the two packs: pack (as typed), series, edition, title
  same_series  whether both are editions of one series
  pack         what the packs say of themselves: field, old, new
  added        stories of the new pack only, as `list --json` has them
  removed      stories of the old pack only
  changed      id, headline, fields (as in `pack`), body and blocks, where
    body         is \"same\", \"same words\" (its Markdown is another), \"changed\" or \"unreadable\"
    blocks       are paragraphs, headings, items and so on: change (\"added\", \"removed\", \"changed\"), kind,
                 old and new (or null), each with at (its number in the text, from 0), text, and marked: the
                 ranges of bytes of the text that the other side has not

Exit status:
  0  no differences
  1  there are differences
  2  it could not run, or a text could not be compared";

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
pub(super) struct Clippings {
    /// The file to make; its name ends in .offprint
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Only stories of this series
    #[arg(long, value_name = "SERIES")]
    pub series: Option<String>,
    /// Only stories whose bookmark has this tag; may be given several times, and any of them will do
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only this story; may be given several times. Everything you keep, if nothing is chosen
    #[arg(long, value_name = "SERIES/STORY")]
    pub story: Vec<String>,
    /// What the pack is called
    #[arg(long, default_value = "Clippings")]
    pub title: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The end of the help; `data` and `state` are the folders of this machine.
pub(super) fn after_help(data: &str, state: &str) -> String {
    format!(
        "\
Examples:
  offprint                                 open the window
  offprint ~/Downloads/desk.offprint       open a pack in it
  offprint list world-desk                 the headlines of the edition that comes along
  offprint show desk.offprint storm        read a story in the terminal
  offprint cite desk.offprint storm        cite it; --as bibtex, csl or reference
  offprint new ./my-pack                   start a pack
  offprint preview ./my-pack               see it while you write
  offprint check ./my-pack                 before handing a pack out
  offprint build ./my-pack -o my.offprint  one file to hand out
  offprint diff ./monday ./tuesday         what changed since yesterday
  offprint check --explain P012            why a rule is one, and what to do
  offprint bookmarks add ./my-pack storm
  offprint bookmarks list --json
  offprint bookmarks keep ./my-pack storm  a copy with its pictures
  offprint clippings -o mine.offprint      all you keep, as one pack
  offprint drive desk.offprint --to /media/stick
  offprint backup /media/stick             all your files in one

A pack that is named like a command is given as a path: offprint ./list

Exit status:
  0  done
  1  problems were found, or the wish was refused; for `diff`: there are differences
  2  it could not run

Your files:
  {data}
  A folder named `portable` beside the program is used instead, and --data-dir before both.

Logs, and reports of crashes:
  {state}
  or `state` in the folder that is used instead; they are sent nowhere

Environment:
  RUST_LOG           what is logged, and shown here as well: warn, offprint=debug, off
  NO_COLOR           if set, help and results have no colours
  COLUMNS            how wide results may be
  OFFPRINT_RENDERER  wgpu to draw the window by Vulkan, Metal or Direct3D first; otherwise OpenGL is tried first"
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
