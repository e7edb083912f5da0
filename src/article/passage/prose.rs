//! A story's texts as one run of prose, in which words can be looked for that go over several of them.

use std::ops::Range;

use crate::article::block::Body;

/// What stands between two texts.
pub const BETWEEN: &str = "\n\n";

/// A place in a story: which of its texts, counted from 0, and a byte of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Which text of the body: a paragraph, a heading, a cell, a caption is one each.
    pub block: usize,
    /// How many bytes of it stand before the place.
    pub byte: usize,
}

/// Some words of a story, from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// Before the first of the words.
    pub start: Spot,
    /// After the last of them.
    pub end: Spot,
}

impl Stretch {
    /// The bytes that it takes of a text of `len` bytes; `None` where it takes none.
    pub fn range_in(&self, block: usize, len: usize) -> Option<Range<usize>> {
        if block < self.start.block || block > self.end.block {
            return None;
        }
        let from = if block == self.start.block {
            self.start.byte
        } else {
            0
        };
        let to = if block == self.end.block {
            self.end.byte.min(len)
        } else {
            len
        };
        (from < to).then_some(from..to)
    }
}

/// The texts of a story one after the other, a blank line between two of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    /// Where each of the texts stands in it; one that is empty stands nowhere and takes nothing.
    blocks: Vec<Range<usize>>,
}

impl Prose {
    /// Puts texts together.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut prose = Self::default();
        for text in texts {
            prose.push(text);
        }
        prose
    }

    /// The texts of a body in the order in which they are read: what one can select, and nothing else.
    pub fn of(body: &Body) -> Self {
        Self::new(body.texts())
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The texts it was made of.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        self.blocks.iter().map(text)
    }

    /// The bytes of the whole that a stretch takes, white space at the ends left out; `None` if it is not in here or is blank.
    pub fn bytes(&self, stretch: Stretch) -> Option<Range<usize>> {
        let range = self.byte(stretch.start)?..self.byte(stretch.end)?;
        let words = self.text.get(range.clone())?;
        let start = range.start + (words.len() - words.trim_start().len());
        let words = words.trim();
        (!words.is_empty()).then(|| start..start + words.len())
    }

    /// Bytes of the whole as places in the texts.
    pub fn stretch(&self, range: &Range<usize>) -> Option<Stretch> {
        let first = self.blocks.partition_point(|it| it.end <= range.start);
        let last = self.blocks.partition_point(|it| it.start < range.end);
        let last = last.checked_sub(1)?;
        let (start, end) = (self.blocks.get(first)?, self.blocks.get(last)?);
        Some(Stretch {
            start: Spot {
                block: first,
                byte: range.start.saturating_sub(start.start),
            },
            end: Spot {
                block: last,
                byte: range.end.min(end.end).saturating_sub(end.start),
            },
        })
    }

    /// The byte of the whole that is so many characters into a text; where there is no such place, the nearest.
    pub(super) fn near(&self, block: usize, characters: usize) -> usize {
        let Some(range) = self.blocks.get(block) else {
            return self.text.len();
        };
        let text = self.text.get(range.clone()).unwrap_or_default();
        let within = text.char_indices().nth(characters);
        range.start + within.map_or(text.len(), |(at, _)| at)
    }

    /// Which text a byte of the whole stands in, and after how many characters of that.
    pub(super) fn characters_before(&self, byte: usize) -> Option<(usize, usize)> {
        let block = self.blocks.partition_point(|it| it.end <= byte);
        let start = self.blocks.get(block)?.start;
        let before = self.text.get(start..byte).unwrap_or_default();
        Some((block, before.chars().count()))
    }

    fn byte(&self, spot: Spot) -> Option<usize> {
        let range = self.blocks.get(spot.block)?;
        let at = range.start.checked_add(spot.byte)?;
        (at <= range.end && self.text.is_char_boundary(at)).then_some(at)
    }

    fn push(&mut self, text: &str) {
        if !text.is_empty() && !self.text.is_empty() {
            self.text.push_str(BETWEEN);
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(start..self.text.len());
    }
}
