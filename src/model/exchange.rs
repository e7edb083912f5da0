//! Bookmarks taken in from a file of another program, and written for one: asked for, on the way, done.

use std::path::PathBuf;

use super::action::{Action, Overlay};
use super::effect::Effect;
use super::notice::{Level, Notice};
use super::state::Model;

/// The titles of notices; a newer one takes the older away.
const IMPORTED: &str = "Bookmarks imported";
const NOT_IMPORTED: &str = "Nothing was imported";
const STOPPED: &str = "Import stopped";
const EXPORTED: &str = "Bookmarks exported";
const NOT_EXPORTED: &str = "Nothing was exported";

/// What the reader does about other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeAction {
    /// Take in a file; asks which.
    Import,
    /// Take in this file.
    ImportFrom(PathBuf),
    /// Write a file; asks which.
    Export,
    /// Write this file, in the form that its ending names.
    ExportTo(PathBuf),
    /// Stop what is on the way.
    Cancel,
}

/// What the outside is to do about other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeJob {
    /// Ask which file to take in.
    AskFile,
    /// Ask where a file is to lie.
    AskPlace,
    /// Take in this file.
    Import(PathBuf),
    /// Write this file, in the form that its ending names.
    Export(PathBuf),
    /// Stop what is on the way.
    Cancel,
}

/// What is on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeStep {
    /// A file is being read.
    Reading,
    /// What was read is being saved.
    Saving,
    /// A file is being written.
    Writing,
}

/// What the outside answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeEvent {
    /// Which file to take in.
    File(PathBuf),
    /// Where a file is to lie.
    Place(PathBuf),
    /// So many of a hundred parts are done.
    Doing(ExchangeStep, usize),
    /// A file was taken in, or why not; nothing where it was stopped.
    Imported(Option<Result<ImportSummary, String>>),
    /// A file was written, with so many bookmarks, or why not.
    Exported(Result<(PathBuf, usize), String>),
}

/// What came of a file that was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// The file.
    pub file: PathBuf,
    /// What it is.
    pub form: String,
    /// Bookmarks and passages that were not here.
    pub added: usize,
    /// Those that know more than before.
    pub changed: usize,
    /// Those in which nothing was new.
    pub same: usize,
    /// How many of them the reader took away before, and that stay so.
    pub removed: usize,
    /// What those are, as far as it is listed.
    pub still_removed: Vec<String>,
    /// What was not understood, in sentences without a full stop.
    pub doubts: Vec<String>,
    /// How much more was not understood.
    pub more: usize,
}

/// What the model knows of files of other programs.
#[derive(Debug, Default)]
pub struct Exchange {
    /// How far what is on the way is, in parts of a hundred.
    pub doing: Option<(ExchangeStep, usize)>,
    /// What came of the file that was taken in last.
    pub summary: Option<ImportSummary>,
}

impl ImportSummary {
    /// What was done, in a sentence.
    pub fn sentence(&self) -> String {
        let mut parts = vec![format!("{} new", self.added)];
        for (count, what) in [(self.changed, "changed"), (self.same, "here already")] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        match self.removed {
            0 => {}
            1 => parts.push("one of them removed before, which stays so".to_owned()),
            count => parts.push(format!("{count} of them removed before, which stay so")),
        }
        let doubts = self.doubts.len() + self.more;
        match doubts {
            0 => {}
            1 => parts.push("one line not understood".to_owned()),
            count => parts.push(format!("{count} lines not understood")),
        }
        format!("{}.", parts.join(", "))
    }

    /// Whether there is more to tell than the sentence.
    pub fn has_more(&self) -> bool {
        !self.doubts.is_empty() || !self.still_removed.is_empty()
    }
}

impl Model {
    pub(super) fn act_on_exchange(&mut self, action: ExchangeAction) -> Vec<Effect> {
        let job = match action {
            ExchangeAction::Cancel => ExchangeJob::Cancel,
            // One after the other; there is a button that stops the first.
            _ if self.exchange.doing.is_some() => return vec![],
            ExchangeAction::Import => ExchangeJob::AskFile,
            ExchangeAction::Export => ExchangeJob::AskPlace,
            ExchangeAction::ImportFrom(file) => {
                self.exchange.doing = Some((ExchangeStep::Reading, 0));
                ExchangeJob::Import(file)
            }
            ExchangeAction::ExportTo(file) => {
                self.exchange.doing = Some((ExchangeStep::Writing, 0));
                ExchangeJob::Export(file)
            }
        };
        vec![Effect::Exchange(job)]
    }

    pub(super) fn hear_of_exchange(&mut self, event: ExchangeEvent) -> Vec<Effect> {
        match event {
            ExchangeEvent::File(file) => {
                return self.act_on_exchange(ExchangeAction::ImportFrom(file));
            }
            ExchangeEvent::Place(file) => {
                return self.act_on_exchange(ExchangeAction::ExportTo(file));
            }
            ExchangeEvent::Doing(step, part) => {
                if self.exchange.doing.is_some() {
                    self.exchange.doing = Some((step, part));
                }
            }
            ExchangeEvent::Imported(result) => {
                self.exchange.doing = None;
                match result {
                    Some(Ok(summary)) => {
                        let has_more = summary.has_more();
                        let mut notice = Notice::new(Level::Info, IMPORTED, summary.sentence());
                        if has_more {
                            let details = Action::Toggle(Overlay::Imported);
                            notice = notice.offering("Details", details);
                        }
                        self.exchange.summary = Some(summary);
                        self.tell_of_exchange(notice);
                    }
                    Some(Err(sentence)) => {
                        self.tell_of_exchange(Notice::new(Level::Error, NOT_IMPORTED, sentence));
                    }
                    None => {
                        let text = "You stopped it. Import the file again to take in what is left.";
                        self.tell_of_exchange(Notice::new(Level::Info, STOPPED, text));
                    }
                }
            }
            ExchangeEvent::Exported(result) => {
                self.exchange.doing = None;
                self.tell_of_exchange(match result {
                    Ok((file, count)) => {
                        let count = match count {
                            1 => "One bookmark is".to_owned(),
                            count => format!("{count} bookmarks are"),
                        };
                        let text = format!("{count} in {}", file.display());
                        Notice::new(Level::Info, EXPORTED, text)
                    }
                    Err(sentence) => Notice::new(Level::Error, NOT_EXPORTED, sentence),
                });
            }
        }
        vec![]
    }

    fn tell_of_exchange(&mut self, notice: Notice) {
        for title in [IMPORTED, NOT_IMPORTED, STOPPED, EXPORTED, NOT_EXPORTED] {
            self.notices.retract(title);
        }
        self.notices.push(notice);
    }
}
