//! `offprint diff`: what is different between two packs. Bodies are read two at a time, and not at all where their bytes are the same.

mod json;
mod page;
mod text;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::args::Diff;
use super::source::open_pack;
use super::terminal::Terminal;
use super::{CliError, DONE, FAILED, PROBLEMS};
use crate::article::{Change, compare};
use crate::model::{Edition as _, FieldChange, Story, compare_editions, compare_stories};
use crate::pack::{Pack, PackError};

/// Two packs side by side. It is asked for one story after the other and keeps none of them.
struct Comparison<'a> {
    old: &'a Pack,
    new: &'a Pack,
    /// How many stories were added, removed and changed so far.
    counts: [Cell<usize>; 3],
    /// What could not be compared, in sentences.
    trouble: RefCell<Vec<String>>,
}

/// A story that is in both packs and not the same.
struct StoryDiff {
    story: Arc<Story>,
    fields: Vec<FieldChange>,
    body: BodyDiff,
}

/// What became of a body.
enum BodyDiff {
    /// It is the same to the byte.
    Same,
    /// It was written anew and has the same words: other emphasis, other addresses, other line breaks.
    SameWords,
    /// Its words are others.
    Changed(Vec<Change>),
    /// It cannot be read in one of the packs.
    Unreadable,
}

pub(super) fn run(wish: &Diff, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let old = open_pack(&wish.old, terminal)?;
    let new = open_pack(&wish.new, terminal)?;
    let (was, is) = (&old.info().series, &new.info().series);
    if was != is {
        let message = format!(
            "These packs are of two series, {was} and {is}; their stories are compared by id all the same"
        );
        terminal.message(&message);
    }
    let comparison = Comparison {
        old: &old,
        new: &new,
        counts: Default::default(),
        trouble: RefCell::default(),
    };
    let pack = compare_editions(&old, &new);
    if wish.json {
        terminal.json(&json::DiffJson::of(wish, &comparison, &pack))?;
    } else {
        text::print(&comparison, &pack, terminal)?;
    }
    let trouble = comparison.trouble.take();
    for sentence in &trouble {
        terminal.message(sentence);
    }
    let same = was == is && pack.is_empty() && comparison.counts.iter().all(|it| it.get() == 0);
    if same && !wish.json && trouble.is_empty() {
        terminal.message(&"no differences");
    }
    Ok(match (trouble.is_empty(), same) {
        (false, _) => FAILED,
        (true, true) => DONE,
        (true, false) => PROBLEMS,
    })
}

impl Comparison<'_> {
    /// The stories that are in the new pack only.
    fn added(&self) -> impl Iterator<Item = Arc<Story>> {
        stories(self.new)
            .filter(|story| self.old.row_of(&story.id).is_none())
            .inspect(|_| count(&self.counts[0]))
    }

    /// The stories that are in the old pack only.
    fn removed(&self) -> impl Iterator<Item = Arc<Story>> {
        stories(self.old)
            .filter(|story| self.new.row_of(&story.id).is_none())
            .inspect(|_| count(&self.counts[1]))
    }

    /// The stories that are in both and differ, in the order of the new pack.
    fn changed(&self) -> impl Iterator<Item = StoryDiff> {
        (0..self.new.count())
            .filter_map(|row| self.story(row))
            .inspect(|_| count(&self.counts[2]))
    }

    fn story(&self, row: usize) -> Option<StoryDiff> {
        let story = self.new.story(row)?;
        let before = self.old.row_of(&story.id)?;
        let old = self.old.story(before)?;
        let fields = compare_stories((self.old, &old), (self.new, &story));
        let body = self.body(before, row).unwrap_or_else(|error| {
            let sentence = format!("The text of `{}` cannot be compared: {error}", story.id);
            self.trouble.borrow_mut().push(sentence);
            BodyDiff::Unreadable
        });
        let same = fields.is_empty() && matches!(body, BodyDiff::Same);
        (!same).then_some(StoryDiff {
            story,
            fields,
            body,
        })
    }

    fn body(&self, before: usize, row: usize) -> Result<BodyDiff, PackError> {
        if self.old.digest(before)? == self.new.digest(row)? {
            return Ok(BodyDiff::Same);
        }
        let changes = compare(&self.old.body(before)?.body, &self.new.body(row)?.body);
        Ok(if changes.is_empty() {
            BodyDiff::SameWords
        } else {
            BodyDiff::Changed(changes)
        })
    }
}

fn stories(pack: &Pack) -> impl Iterator<Item = Arc<Story>> {
    (0..pack.count()).filter_map(|row| pack.story(row))
}

fn count(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}
