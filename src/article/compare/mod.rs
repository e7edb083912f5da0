//! What is different between two bodies, passage by passage and word by word.
//! It finds no passage that was moved, never takes long, and where it gives up it calls a passage rewritten.

mod pair;
mod passage;
mod run;
mod sequence;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use self::pair::{Pairing, pairs};
use self::passage::{Found, passages};
pub use self::run::{Run, shortened};
use self::sequence::{Budget, common};
use self::words::differing;
use super::block::Body;

/// What a passage is in its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A run of prose.
    Paragraph,
    /// A heading.
    Heading,
    /// A paragraph of a quote.
    Quote,
    /// A paragraph of a pull quote.
    PullQuote,
    /// Who is quoted.
    Attribution,
    /// What an item of a list begins with.
    Item,
    /// A picture: its caption, what it shows, and its name.
    Picture,
    /// What a note is called.
    Note,
    /// A row of a table, a tab between two cells.
    Row,
    /// A thematic break.
    Rule,
    /// Preformatted text.
    Code,
}

/// The smallest run of text that is compared: what a reader would call a paragraph, a heading, an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its number in its body, counted from 0 in reading order.
    pub at: usize,
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
}

/// A passage that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is in the new body only.
    Added(Passage),
    /// It was in the old body only.
    Removed(Passage),
    /// It reads otherwise.
    Changed(Box<Edit>),
}

/// A passage as it was and as it is. Without what is marked, both read the same to the byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// As it was.
    pub old: Passage,
    /// As it is.
    pub new: Passage,
    /// The bytes of the old text that are gone, ascending and apart.
    pub gone: Vec<Range<usize>>,
    /// The bytes of the new text that have come, ascending and apart.
    pub come: Vec<Range<usize>>,
}

/// How two bodies differ, in reading order; what was removed stands before what came in its place.
///
/// Only words count: another emphasis or another address behind a link is no change.
pub fn compare(old: &Body, new: &Body) -> Vec<Change> {
    let (old, new) = (passages(old), passages(new));
    let mut names = HashMap::new();
    let (old_numbers, new_numbers) = (numbers(&old, &mut names), numbers(&new, &mut names));
    let mut budget = Budget::default();
    let mut same = common(&old_numbers, &new_numbers, &mut budget);
    // The ends of both close the last gap.
    same.push((old.len(), new.len()));
    let mut pairing = Pairing::default();
    let mut changes = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (at, now) in same {
        let gap = Gap {
            old: &old,
            new: &new,
            budget: &mut budget,
            changes: &mut changes,
        };
        gap.tell(from..at, to..now, &mut pairing);
        (from, to) = (at + 1, now + 1);
    }
    changes
}

/// The same number for the same passage, on both sides.
fn numbers<'a, 'b>(passages: &'a [Found<'b>], names: &mut HashMap<&'a Found<'b>, u32>) -> Vec<u32> {
    let number = |found| {
        let next = names.len() as u32;
        *names.entry(found).or_insert(next)
    };
    passages.iter().map(number).collect()
}

/// What lies between two passages that are the same in both bodies.
struct Gap<'a, 'b> {
    old: &'a [Found<'b>],
    new: &'a [Found<'b>],
    budget: &'a mut Budget,
    changes: &'a mut Vec<Change>,
}

impl Gap<'_, '_> {
    fn tell(mut self, old: Range<usize>, new: Range<usize>, pairing: &mut Pairing) {
        let (mut from, mut to) = (old.start, new.start);
        let gone = self.old.get(old.clone()).unwrap_or_default();
        let come = self.new.get(new.clone()).unwrap_or_default();
        for (at, now) in pairs(gone, come, pairing) {
            let (at, now) = (old.start + at, new.start + now);
            self.apart(from..at, to..now);
            self.changed(at, now);
            (from, to) = (at + 1, now + 1);
        }
        self.apart(from..old.end, to..new.end);
    }

    /// Passages that have nothing to do with each other.
    fn apart(&mut self, old: Range<usize>, new: Range<usize>) {
        let gone = old.filter_map(|at| Some(Change::Removed(self.old.get(at)?.passage(at))));
        self.changes.extend(gone);
        let come = new.filter_map(|at| Some(Change::Added(self.new.get(at)?.passage(at))));
        self.changes.extend(come);
    }

    fn changed(&mut self, at: usize, now: usize) {
        let (Some(old), Some(new)) = (self.old.get(at), self.new.get(now)) else {
            return;
        };
        let (gone, come) = differing(&old.text, &new.text, self.budget);
        self.changes.push(Change::Changed(Box::new(Edit {
            old: old.passage(at),
            new: new.passage(now),
            gone,
            come,
        })));
    }
}

impl Edit {
    /// How one line became another: a headline, a summary.
    pub fn of(kind: Kind, old: &str, new: &str) -> Self {
        let (gone, come) = differing(old, new, &mut Budget::default());
        let passage = |text: &str| Passage {
            at: 0,
            kind,
            text: text.to_owned(),
        };
        Self {
            old: passage(old),
            new: passage(new),
            gone,
            come,
        }
    }
}

impl Kind {
    /// Its name, for people and for programs; never another for the same thing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::PullQuote => "pull quote",
            Self::Attribution => "attribution",
            Self::Item => "list item",
            Self::Picture => "picture",
            Self::Note => "note",
            Self::Row => "table row",
            Self::Rule => "rule",
            Self::Code => "code",
        }
    }
}
