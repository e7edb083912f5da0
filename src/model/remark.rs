//! What the reader wrote beside a story or a passage. Written on two machines at once, both texts stay.

use std::collections::BTreeSet;

use super::stamp::Stamp;

/// A text of the reader's with as many versions as were written without knowing of each other; usually one.
///
/// A multi-value register: a version goes only when one is written that was written with it in sight
/// (Shapiro and others, "A comprehensive study of Convergent and Commutative Replicated Data Types", 2011, 3.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// The versions that nothing has replaced, by when they were written.
    versions: BTreeSet<(Stamp, String)>,
    /// When the versions were written that are replaced.
    replaced: BTreeSet<Stamp>,
}

/// The longest text, in bytes.
pub const MAX_REMARK_BYTES: usize = 64 * 1024;

impl Remark {
    /// Writes another text; an empty one takes the remark away.
    pub fn write(&mut self, text: &str, at: Stamp) {
        let text = &text[..text.floor_char_boundary(MAX_REMARK_BYTES)];
        // Of several versions one is made even where it says what they say together: the reader has settled it.
        if self.versions.len() < 2 && self.text() == text {
            return;
        }
        let mut last = self.replaced.last().copied().unwrap_or_default();
        for (written, _) in std::mem::take(&mut self.versions) {
            last = last.max(written);
            self.replaced.insert(written);
        }
        self.versions.insert((at.after(last), text.to_owned()));
    }

    /// Takes in a version that a file has.
    pub fn note(&mut self, text: &str, at: Stamp) {
        if !self.replaced.contains(&at) {
            self.versions.insert((at, text.to_owned()));
        }
    }

    /// Takes in that the version of this time was replaced.
    pub fn note_replaced(&mut self, at: Stamp) {
        self.replaced.insert(at);
        self.versions.retain(|(written, _)| *written != at);
    }

    /// What is to be read: the versions in the order they were written, a blank line between two.
    pub fn text(&self) -> String {
        let texts = self.versions.iter().map(|(_, text)| text.as_str());
        let texts: Vec<&str> = texts.filter(|it| !it.is_empty()).collect();
        texts.join("\n\n")
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.versions.iter().all(|(_, text)| text.is_empty())
    }

    /// The versions that nothing has replaced, the oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = (Stamp, &str)> {
        self.versions.iter().map(|(at, text)| (*at, text.as_str()))
    }

    /// When the versions were written that are replaced.
    pub fn replaced(&self) -> impl Iterator<Item = Stamp> {
        self.replaced.iter().copied()
    }

    /// Takes in what another copy knows.
    pub fn join(&mut self, other: &Self) {
        for at in other.replaced() {
            self.note_replaced(at);
        }
        for (at, text) in other.versions() {
            self.note(text, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_settles_versions_that_did_not_know_of_each_other() {
        let at = Stamp::from_millis;
        for (mine, theirs, settled) in [
            ("a", "b", "a\n\nb"),
            ("a", "b", "a"),
            ("a", "", "a"),
            ("a", "", ""),
        ] {
            let mut remark = Remark::default();
            remark.note(mine, at(1));
            remark.note(theirs, at(2));
            remark.write(settled, at(3));
            let versions: Vec<_> = remark.versions().collect();
            assert_eq!(versions, [(at(3), settled)], "{mine} {theirs}");
            let before = remark.clone();
            remark.write(settled, at(4));
            assert_eq!(remark, before, "the same text again is no change");
        }
    }
}
