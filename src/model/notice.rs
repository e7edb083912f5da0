//! What the program has to say to the reader: one sentence, and what to do.

use super::action::Action;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something was done.
    Info,
    /// Something is not as it should be, and reading goes on.
    Warning,
    /// Something the reader asked for did not happen.
    Error,
}

/// A notice's name while it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoticeId(pub u64);

/// Something to tell the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What is the matter, in a few words.
    pub title: String,
    /// What is wrong, where, and what to do.
    pub text: String,
    /// A button: its label, and what it does.
    pub offer: Option<(String, Action)>,
}

impl Notice {
    /// A notice without a button.
    pub fn new(level: Level, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            level,
            title: title.into(),
            text: text.into(),
            offer: None,
        }
    }

    /// The same notice with a button.
    #[must_use]
    pub fn offering(mut self, label: impl Into<String>, action: Action) -> Self {
        self.offer = Some((label.into(), action));
        self
    }
}

/// The notices on screen, oldest first; the same sentence is never there twice.
#[derive(Debug, Default)]
pub struct Notices {
    shown: Vec<(NoticeId, Notice)>,
    next: u64,
}

/// More than this many at once would hide the page; the oldest go.
const MOST: usize = 4;

impl Notices {
    /// Shows a notice.
    pub fn push(&mut self, notice: Notice) {
        self.shown.retain(|(_, shown)| *shown != notice);
        self.next += 1;
        self.shown.push((NoticeId(self.next), notice));
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
    }

    /// Takes a notice away.
    pub fn dismiss(&mut self, id: NoticeId) {
        self.shown.retain(|(shown, _)| *shown != id);
    }

    /// Takes away the notices with this title.
    pub fn retract(&mut self, title: &str) {
        self.shown.retain(|(_, shown)| shown.title != title);
    }

    /// The notices, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &(NoticeId, Notice)> {
        self.shown.iter()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}
