//! Packs copied to a drive for others, with the program: chosen, on the way, done.

use std::collections::HashSet;
use std::path::PathBuf;

use super::action::{Action, Origin, Overlay};
use super::effect::Effect;
use super::notice::{Level, Notice};
use super::state::Model;

/// The title of a notice of what came of it.
const TITLE: &str = "Copy to a drive";

/// What the reader does about a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriveAction {
    /// Show what can be copied.
    Show,
    /// Copy this pack, or do not.
    Toggle(Origin),
    /// Copy the program, or do not.
    ToggleProgram,
    /// Ask where the folder on the drive is, and copy there.
    Copy,
    /// Copy to this folder.
    CopyTo(PathBuf),
    /// Stop what is on the way.
    Cancel,
    /// Show the folder in the file manager.
    ShowFolder(PathBuf),
}

/// What the outside is to do about a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriveJob {
    /// Ask for the folder.
    AskWhere,
    /// Copy.
    Copy(DriveWish),
    /// Stop what is on the way.
    Cancel,
    /// Show a folder in the file manager.
    ShowFolder(PathBuf),
}

/// What is to be copied, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveWish {
    /// The packs.
    pub packs: Vec<Origin>,
    /// Whether the program comes along.
    pub program: bool,
    /// The folder on the drive.
    pub to: PathBuf,
}

/// What the outside answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriveEvent {
    /// Where the folder is, if it was chosen.
    Place(Option<PathBuf>),
    /// The system has no dialog to ask with.
    NotAsked(String),
    /// So many of so many bytes are done; of files, while packs are made ready.
    Going(DriveStep, u64, u64),
    /// It is done, or why not; nothing where it was stopped.
    Done(Option<Result<Copied, String>>),
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveStep {
    /// Packs are made ready.
    Preparing,
    /// Files are written.
    Writing,
    /// What was written is read back.
    ReadingBack,
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The folder on the drive.
    pub folder: PathBuf,
    /// The files in the order they were written; each was read back.
    pub files: Vec<CopiedFile>,
    /// Whether they were read from the drive, and not from what the system remembers of it.
    pub from_drive: bool,
}

/// A file on the drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedFile {
    /// Its name in the folder, with `/` between its parts.
    pub name: String,
    /// What it is: the title of a pack with its edition, or what a file is for.
    pub title: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its check number: SHA-256 in hexadecimal.
    pub sha256: String,
}

/// What the model knows of copying to a drive.
#[derive(Debug)]
pub struct Drives {
    /// The packs that are chosen.
    chosen: HashSet<Origin>,
    /// Whether the program comes along.
    pub program: bool,
    /// What is on the way, and how much of how much is done.
    pub going: Option<(DriveStep, u64, u64)>,
    /// What came of the last time.
    pub done: Option<Result<Copied, String>>,
    /// Whether the system was asked for a folder.
    asking: bool,
}

impl Default for Drives {
    fn default() -> Self {
        Self {
            chosen: HashSet::new(),
            program: true,
            going: None,
            done: None,
            asking: false,
        }
    }
}

impl Drives {
    /// Whether a pack is chosen.
    pub fn has_chosen(&self, origin: &Origin) -> bool {
        self.chosen.contains(origin)
    }

    /// Whether something else can be begun.
    pub fn is_free(&self) -> bool {
        self.going.is_none() && !self.asking
    }
}

/// A check number in groups of four, so that two can be compared by eye.
pub fn in_groups(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

impl Model {
    /// The packs that can be copied, with their names: the open one, those opened lately, and what comes with the program.
    pub fn packs_at_hand(&self) -> Vec<(Origin, String)> {
        let named = |title: &str, edition: &str| match edition {
            "" => title.to_owned(),
            _ => format!("{title}, {edition}"),
        };
        let open = self.open.iter().map(|open| {
            let info = open.edition.info();
            (open.origin.clone(), named(&info.title, &info.edition))
        });
        let recent = self.recent.entries.iter().map(|pack| {
            let title = if pack.title.is_empty() {
                &pack.path
            } else {
                &pack.title
            };
            (
                Origin::Path(pack.path.clone().into()),
                named(title, &pack.edition),
            )
        });
        let ours = [
            (Origin::WorldDesk, "World Desk, the sample edition"),
            (Origin::Guide, "The Offprint Guide"),
        ];
        let ours = ours.map(|(origin, name)| (origin, name.to_owned()));
        let mut seen = HashSet::new();
        open.chain(recent)
            .chain(ours)
            .filter(|(origin, _)| seen.insert(origin.clone()))
            .collect()
    }

    pub(super) fn act_on_drives(&mut self, action: DriveAction) -> Vec<Effect> {
        match action {
            DriveAction::Show => {
                self.overlay = Some(Overlay::Drive);
                if self.drives.is_free() {
                    self.drives.done = None;
                    let open = self.open.as_ref().map(|open| open.origin.clone());
                    self.drives.chosen = open.into_iter().collect();
                }
                vec![]
            }
            DriveAction::Toggle(origin) => {
                if !self.drives.chosen.remove(&origin) {
                    self.drives.chosen.insert(origin);
                }
                vec![]
            }
            DriveAction::ToggleProgram => {
                self.drives.program = !self.drives.program;
                vec![]
            }
            DriveAction::Copy if self.drives.is_free() && !self.drives.chosen.is_empty() => {
                self.drives.asking = true;
                vec![Effect::Drive(DriveJob::AskWhere)]
            }
            DriveAction::CopyTo(to) if self.drives.is_free() => {
                let all = self.packs_at_hand().into_iter().map(|(origin, _)| origin);
                let packs: Vec<Origin> = all.filter(|it| self.drives.has_chosen(it)).collect();
                if packs.is_empty() {
                    return vec![];
                }
                self.drives.done = None;
                self.drives.going = Some((DriveStep::Preparing, 0, 0));
                let program = self.drives.program;
                let wish = DriveWish { packs, program, to };
                vec![Effect::Drive(DriveJob::Copy(wish))]
            }
            DriveAction::Copy | DriveAction::CopyTo(_) => vec![],
            DriveAction::Cancel => vec![Effect::Drive(DriveJob::Cancel)],
            DriveAction::ShowFolder(folder) => vec![Effect::Drive(DriveJob::ShowFolder(folder))],
        }
    }

    pub(super) fn hear_of_drives(&mut self, event: DriveEvent) -> Vec<Effect> {
        match event {
            DriveEvent::Place(place) => {
                self.drives.asking = false;
                let then = place.map(DriveAction::CopyTo);
                return then.map_or_else(Vec::new, |it| self.act_on_drives(it));
            }
            DriveEvent::NotAsked(sentence) => {
                self.drives.asking = false;
                self.drives.done = Some(Err(sentence));
            }
            DriveEvent::Going(step, done, all) => {
                if let Some(going) = &mut self.drives.going {
                    *going = (step, done, all);
                }
            }
            DriveEvent::Done(result) => {
                self.drives.going = None;
                let sentence = "It was stopped. What is on the drive under its name is whole; the list of check numbers may name more than is there.";
                let result = result.unwrap_or_else(|| Err(sentence.to_owned()));
                self.tell_of_drive(&result);
                self.drives.done = Some(result);
            }
        }
        vec![]
    }

    /// Says what came of it to who has gone on reading meanwhile.
    fn tell_of_drive(&mut self, result: &Result<Copied, String>) {
        if self.overlay == Some(Overlay::Drive) {
            return;
        }
        let (level, text) = match result {
            Ok(copied) => (
                Level::Info,
                format!("Everything is in {}.", copied.folder.display()),
            ),
            Err(sentence) => (Level::Error, sentence.clone()),
        };
        self.notices.retract(TITLE);
        let notice = Notice::new(level, TITLE, text);
        let show = Action::Toggle(Overlay::Drive);
        self.notices.push(notice.offering("Show", show));
    }
}
