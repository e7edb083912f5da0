//! The reader's files as a whole: what there is, a backup of all of it, one put back after it was said what that changes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::action::{Action, Overlay};
use super::copies::CopyJob;
use super::date::Date;
use super::effect::Effect;
use super::event::Kept;
use super::ids::{SeriesId, StoryId};
use super::notice::{Level, Notice};
use super::plan::{Plan, Way};
use super::reading::{Reading, ReadingChange};
use super::state::Model;

/// What the reader does about all of their files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupAction {
    /// Make a backup; asks where first.
    BackUp,
    /// Make a backup there.
    BackUpTo(PathBuf),
    /// Put a backup back; asks which first.
    Restore,
    /// Say what putting this backup back would change.
    RestoreFrom(PathBuf),
    /// Choose how the backup is put back.
    Choose(Way),
    /// Put it back.
    Confirm,
    /// Leave everything as it is.
    Leave,
    /// Stop what is going on.
    Cancel,
}

/// What the outside is to do about all of the reader's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupJob {
    /// Say what there is.
    Survey,
    /// Ask where a backup is to lie.
    AskWhere,
    /// Ask which backup is to be put back.
    AskWhich,
    /// Make a backup there.
    BackUp(PathBuf),
    /// Read a backup and say what putting it back would change.
    Prepare(PathBuf),
    /// Put the backup back that was read.
    Restore(Way),
    /// The backup that was read is not wanted any more.
    Leave,
    /// Stop what is going on.
    Cancel,
}

/// What the outside answered.
#[derive(Clone, Debug)]
pub enum BackupEvent {
    /// What there is, or why that cannot be said.
    Surveyed(Result<Survey, String>),
    /// Where the backup is to lie, if one is to be made.
    Place(Option<PathBuf>),
    /// Which backup is to be put back, if any.
    Which(Option<PathBuf>),
    /// The system has no dialog to ask with.
    NotAsked(String),
    /// So many of so many files are done.
    Going(usize, usize),
    /// The backup is made, or why not. Nothing where it was stopped.
    BackedUp(Option<Result<BackupMade, String>>),
    /// What putting the backup back would change, or why it cannot be. Nothing where it was stopped.
    Prepared(Option<Result<Box<Offer>, String>>),
    /// The backup is back, or why it is not. Nothing where it was stopped.
    Restored(Option<Result<Box<PutBack>, String>>),
}

/// What there is of the reader's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// The data folder.
    pub folder: String,
    /// How many bookmarks there are.
    pub bookmarks: usize,
    /// How many passages are marked.
    pub highlights: usize,
    /// How many copies of stories are kept.
    pub copies: usize,
    /// How many bytes those take.
    pub copies_bytes: u64,
    /// How many bytes everything takes that a backup holds.
    pub bytes: u64,
    /// The files that were set aside, the newest first.
    pub aside: Vec<Aside>,
}

/// A file that was set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Where it is.
    pub path: PathBuf,
    /// What it was called in the data folder.
    pub name: String,
    /// When it was set aside, as far as its name tells.
    pub at: Option<Date>,
    /// What is wrong with it and what was saved of it, in sentences.
    pub what: String,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupMade {
    /// Where it is.
    pub path: PathBuf,
    /// How many files are in it.
    pub files: usize,
    /// What there is to remark, in sentences.
    pub remarks: Vec<String>,
}

/// A backup that can be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, as far as it says so.
    pub made: Option<Date>,
    /// What taking in what is missing would change.
    pub merging: Plan,
    /// What making everything as it was would change.
    pub exactly: Plan,
    /// The way that is chosen.
    pub way: Way,
}

/// A backup that was put back.
#[derive(Clone, Debug)]
pub struct PutBack {
    /// How.
    pub way: Way,
    /// The backup of what was there before, where one was made.
    pub before: Option<PathBuf>,
    /// What there is to remark, in sentences.
    pub remarks: Vec<String>,
    /// Settings and recent packs as they are now.
    pub kept: Kept,
    /// What is read of every series now.
    pub reading: BTreeMap<SeriesId, Reading>,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A backup is made.
    BackingUp,
    /// A backup is read.
    Reading,
    /// A backup is put back.
    PuttingBack,
}

/// What the model knows of all of the reader's files.
#[derive(Debug, Default)]
pub struct Backups {
    /// What there is, or why that cannot be said; nothing until it was asked for.
    pub survey: Option<Result<Survey, String>>,
    /// What is going on, and how many of how many files are done.
    pub going: Option<(Doing, usize, usize)>,
    /// The backup that can be put back.
    pub offer: Option<Box<Offer>>,
    /// What came of the last thing that was done: whether it was done, and a sentence.
    pub said: Option<(bool, String)>,
    /// Whether the system was asked for a place.
    asking: bool,
}

impl Offer {
    /// What the way that is chosen would change.
    pub fn plan(&self) -> &Plan {
        match self.way {
            Way::Merging => &self.merging,
            Way::Exactly => &self.exactly,
        }
    }
}

impl Backups {
    /// Whether something else can be begun.
    pub fn is_free(&self) -> bool {
        self.going.is_none() && !self.asking && self.offer.is_none()
    }
}

fn job(job: BackupJob) -> Vec<Effect> {
    vec![Effect::Backup(job)]
}

impl Model {
    /// What is asked for as something is laid over the page.
    pub(super) fn what_overlay_needs(&mut self) -> Vec<Effect> {
        if self.overlay != Some(Overlay::Settings) {
            return vec![];
        }
        if self.backups.going.is_none() {
            self.backups.said = None;
        }
        // Who closed them while a question was open has answered it.
        let leave = self.backups.offer.take().map(|_| BackupJob::Leave);
        let jobs = leave.into_iter().chain([BackupJob::Survey]);
        jobs.map(Effect::Backup).collect()
    }

    pub(super) fn act_on_backups(&mut self, action: BackupAction) -> Vec<Effect> {
        match action {
            BackupAction::BackUp if self.backups.is_free() => {
                self.backups.said = None;
                self.backups.asking = true;
                job(BackupJob::AskWhere)
            }
            BackupAction::Restore if self.backups.is_free() => {
                self.backups.said = None;
                self.backups.asking = true;
                job(BackupJob::AskWhich)
            }
            BackupAction::BackUpTo(path) if self.backups.is_free() => {
                self.backups.said = None;
                self.backups.going = Some((Doing::BackingUp, 0, 0));
                job(BackupJob::BackUp(path))
            }
            BackupAction::RestoreFrom(path) if self.backups.is_free() => {
                self.backups.said = None;
                self.backups.going = Some((Doing::Reading, 0, 0));
                job(BackupJob::Prepare(path))
            }
            BackupAction::BackUp
            | BackupAction::BackUpTo(_)
            | BackupAction::Restore
            | BackupAction::RestoreFrom(_) => vec![],
            BackupAction::Choose(way) => {
                if let Some(offer) = &mut self.backups.offer {
                    offer.way = way;
                }
                vec![]
            }
            BackupAction::Confirm => {
                let Some(offer) = self.backups.offer.take() else {
                    return vec![];
                };
                self.backups.going = Some((Doing::PuttingBack, 0, 0));
                job(BackupJob::Restore(offer.way))
            }
            BackupAction::Leave => {
                self.backups.offer = None;
                job(BackupJob::Leave)
            }
            BackupAction::Cancel => job(BackupJob::Cancel),
        }
    }

    pub(super) fn hear_of_backups(&mut self, event: BackupEvent) -> Vec<Effect> {
        match event {
            BackupEvent::Surveyed(survey) => self.backups.survey = Some(survey),
            BackupEvent::Place(place) => {
                self.backups.asking = false;
                let then = place.map(BackupAction::BackUpTo);
                return then.map_or_else(Vec::new, |it| self.act_on_backups(it));
            }
            BackupEvent::Which(which) => {
                self.backups.asking = false;
                let then = which.map(BackupAction::RestoreFrom);
                return then.map_or_else(Vec::new, |it| self.act_on_backups(it));
            }
            BackupEvent::NotAsked(sentence) => {
                self.backups.asking = false;
                self.tell_of_backup(false, sentence);
            }
            BackupEvent::Going(done, all) => {
                if let Some((_, known, of)) = &mut self.backups.going {
                    (*known, *of) = (done, all);
                }
            }
            BackupEvent::BackedUp(result) => {
                self.backups.going = None;
                match result {
                    None => self.tell_of_backup(false, "The backup was stopped.".to_owned()),
                    Some(Err(sentence)) => self.tell_of_backup(false, sentence),
                    Some(Ok(made)) => {
                        let files = match made.files {
                            1 => "1 file".to_owned(),
                            count => format!("{count} files"),
                        };
                        let mut text = format!(
                            "Everything is backed up and was read back: {files} in {}",
                            made.path.display()
                        );
                        for remark in &made.remarks {
                            text.push_str(". ");
                            text.push_str(remark);
                        }
                        self.tell_of_backup(made.remarks.is_empty(), text);
                    }
                }
            }
            BackupEvent::Prepared(result) => {
                self.backups.going = None;
                match result {
                    None => {}
                    Some(Err(sentence)) => self.tell_of_backup(false, sentence),
                    Some(Ok(offer)) => {
                        self.backups.offer = Some(offer);
                        self.overlay = Some(Overlay::Settings);
                    }
                }
            }
            BackupEvent::Restored(result) => {
                self.backups.going = None;
                match result {
                    None => self.tell_of_backup(false, "Nothing was put back.".to_owned()),
                    Some(Err(sentence)) => self.tell_of_backup(false, sentence),
                    Some(Ok(back)) => return self.put_back(*back),
                }
                return job(BackupJob::Survey);
            }
        }
        vec![]
    }

    /// The files are others now: what is on the screen becomes what they say.
    fn put_back(&mut self, back: PutBack) -> Vec<Effect> {
        let mut text = "The backup is back".to_owned();
        if let Some(before) = &back.before {
            text.push_str(". What was there before is in ");
            text.push_str(&before.display().to_string());
        }
        for remark in &back.remarks {
            text.push_str(". ");
            text.push_str(remark.trim_end_matches('.'));
        }
        self.tell_of_backup(true, text);
        // The window stays as large as it is.
        let window = self.settings.window;
        self.settings = back.kept.settings;
        self.settings.window = window;
        self.recent = back.kept.recent;
        for notice in back.kept.notices {
            self.notices.push(notice);
        }
        if back.way == Way::Exactly {
            self.forget_reading(&back.reading);
        }
        let mut effects = self.read_marks_again(back.way == Way::Exactly);
        effects.push(Effect::Copies(CopyJob::List));
        effects.extend(job(BackupJob::Survey));
        effects
    }

    /// What the files no longer say is read is not. What they say besides comes by itself, as from another program.
    fn forget_reading(&mut self, reading: &BTreeMap<SeriesId, Reading>) {
        let Some(open) = &self.open else { return };
        let series = open.series().clone();
        let is_read = |id: &StoryId| reading.get(&series).is_some_and(|it| it.read.contains(id));
        let read = open.reading.read.iter();
        let unread = read.filter(|id| !is_read(id)).cloned();
        let changes = unread.map(ReadingChange::Unread).collect();
        self.take_reading_from_elsewhere(&series, changes);
    }

    /// Says what came of it where the reader looks: on the page of settings, or beside what they read.
    fn tell_of_backup(&mut self, done: bool, text: String) {
        const TITLE: &str = "Your files";
        if self.overlay == Some(Overlay::Settings) {
            self.backups.said = Some((done, text));
            return;
        }
        let level = if done { Level::Info } else { Level::Error };
        self.notices.retract(TITLE);
        let notice = Notice::new(level, TITLE, text);
        let notice = notice.offering("Settings", Action::Toggle(Overlay::Settings));
        self.notices.push(notice);
    }
}
