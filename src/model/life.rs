//! Whether a record of the reader's is there: when it was made, taken away and put back. Nothing is ever struck out,
//! so that what is taken away on one machine does not come back from another.

use super::stamp::Stamp;

/// The times of a record's life. Two copies of it are joined by taking the later of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// When it was made, for the last time.
    pub made: Stamp,
    /// When it was taken away, for the last time.
    pub removed: Stamp,
    /// When it was put back as it had been, for the last time.
    pub restored: Stamp,
}

impl Life {
    /// Made now, and never taken away.
    pub fn new(made: Stamp) -> Self {
        Self {
            made,
            ..Self::default()
        }
    }

    /// Whether the record is there. Where it was made and taken away in the same moment, it is.
    pub fn is_there(&self) -> bool {
        self.made.max(self.restored) >= self.removed
    }

    /// Takes the record away.
    pub fn remove(&mut self, at: Stamp) {
        self.removed = at.after(self.made.max(self.restored));
    }

    /// Puts the record back; it was made when it had been made.
    pub fn restore(&mut self, at: Stamp) {
        self.restored = at.after(self.removed);
    }

    /// Makes the record anew.
    pub fn renew(&mut self, at: Stamp) {
        self.made = at.after(self.removed);
    }

    /// The newest of its times.
    pub fn latest(&self) -> Stamp {
        self.made.max(self.removed).max(self.restored)
    }

    /// Takes in what another copy knows.
    pub fn join(&mut self, other: &Self) {
        self.made = self.made.max(other.made);
        self.removed = self.removed.max(other.removed);
        self.restored = self.restored.max(other.restored);
    }
}
