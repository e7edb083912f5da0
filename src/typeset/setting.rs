//! A text that has been set: where its lines, words and letters stand.
//! It answers questions in points and bytes, and never changes.

use std::ops::Range;

use eframe::egui::{Rect, Vec2};

use crate::article::{Link, Text};

/// A set text. Positions are in points from its top left corner; bytes are those of [`Self::text`].
pub struct Setting {
    text: Text,
}

impl Setting {
    /// The room it takes: the width it was set to (or its own, if that was unbounded) and whole lines high. Empty text takes no height.
    pub fn size(&self) -> Vec2 {
        todo!()
    }

    /// The width of the longest line, without trailing space.
    pub fn ink_width(&self) -> f32 {
        todo!()
    }

    /// The whole text, even where the setting ends in an ellipsis.
    pub fn text(&self) -> &str {
        &self.text.plain
    }

    /// How many lines there are; none for an empty text.
    pub fn line_count(&self) -> usize {
        todo!()
    }

    /// Where the letters of a line stand, downwards from the top; that of the last line for lines there are not.
    pub fn baseline(&self, line: usize) -> f32 {
        todo!()
    }

    /// The first baseline.
    pub fn first_baseline(&self) -> f32 {
        self.baseline(0)
    }

    /// The last baseline.
    pub fn last_baseline(&self) -> f32 {
        self.baseline(usize::MAX)
    }

    /// Whether the paragraph reads from right to left.
    pub fn is_rtl(&self) -> bool {
        todo!()
    }

    /// Whether words were left out at the end.
    pub fn elided(&self) -> bool {
        todo!()
    }

    /// The byte whose edge is nearest, always on a character boundary.
    pub fn hit(&self, at: Vec2) -> usize {
        todo!()
    }

    /// The link under a place, if its very letters are there.
    pub fn link_at(&self, at: Vec2) -> Option<(Range<usize>, &Link)> {
        todo!()
    }

    /// Every link and its bytes, in reading order.
    pub fn links(&self) -> impl Iterator<Item = (Range<usize>, &Link)> {
        self.text
            .spans
            .iter()
            .filter_map(|span| Some((span.range.clone(), span.mark.link.as_ref()?)))
    }

    /// The boxes that cover these bytes, whole lines high; several on a line that reads in two directions.
    pub fn rects(&self, range: Range<usize>) -> Vec<Rect> {
        todo!()
    }

    /// The word around a byte; the space or the sign, where it is not in a word.
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        todo!()
    }

    /// Which line a byte is on.
    pub fn line_at(&self, byte: usize) -> usize {
        todo!()
    }

    /// The bytes of a line; empty for lines there are not.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        todo!()
    }
}
