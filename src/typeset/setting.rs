//! A text that has been set: where its lines, words and letters stand.
//! It answers questions in points and bytes, and never changes.

use std::ops::Range;

use eframe::egui::{Rect, Vec2, pos2, vec2};
use parley::layout::Cluster;

use super::Style;
use super::arrange::{Arranged, Line};
use super::harmless::hangs;
use super::shape::{Brush, Shaped};
use crate::article::{Link, Text};

/// A set text. Positions are in points from its top left corner; bytes are those of [`Self::text`].
pub struct Setting {
    text: Text,
    style: Style,
    scale: f32,
    arranged: Arranged,
}

/// A letter on a line, from left to right, in pixels.
struct Letter {
    bytes: Range<usize>,
    left: f32,
    right: f32,
    rtl: bool,
    begins_word: bool,
}

impl Setting {
    pub(super) fn new(text: Text, style: Style, scale: f32, arranged: Arranged) -> Self {
        Self {
            text,
            style,
            scale,
            arranged,
        }
    }

    /// The room it takes: the width it was set to (or its own, if that was unbounded) and whole lines high. Empty text takes no height.
    pub fn size(&self) -> Vec2 {
        let width = self.arranged.width.unwrap_or(self.arranged.ink_width);
        let height = self.line_count() as f32 * self.arranged.line_height;
        vec2(width, height) / self.scale
    }

    /// The width of the longest line, without trailing space.
    pub fn ink_width(&self) -> f32 {
        self.arranged.ink_width / self.scale
    }

    /// The whole text, even where the setting ends in an ellipsis.
    pub fn text(&self) -> &str {
        &self.text.plain
    }

    /// The text with its marks.
    pub fn marked(&self) -> &Text {
        &self.text
    }

    /// The style it was set in.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// How many lines there are; none for an empty text.
    pub fn line_count(&self) -> usize {
        self.arranged.lines.len()
    }

    /// The height of a line.
    pub fn line_height(&self) -> f32 {
        self.arranged.line_height / self.scale
    }

    /// Where the letters of a line stand, downwards from the top; that of the last line for lines there are not.
    pub fn baseline(&self, line: usize) -> f32 {
        self.line(line).map_or(0.0, |line| line.baseline) / self.scale
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
        self.arranged.rtl
    }

    /// Whether words were left out at the end.
    pub fn elided(&self) -> bool {
        self.arranged.shown.is_some()
    }

    /// The byte whose edge is nearest, always on a character boundary.
    pub fn hit(&self, at: Vec2) -> usize {
        let at = at * self.scale;
        let Some(line) = self.line(self.line_under(at.y)) else {
            return 0;
        };
        // No further out than the line: far out, all letters are equally far.
        let x = at.x.clamp(line.left() - 1.0, line.right() + 1.0);
        let mut nearest = (f32::INFINITY, line.bytes.start);
        self.letters(line, |letter| {
            let (start, end) = (letter.bytes.start, letter.bytes.end);
            let (left, right) = if letter.rtl {
                (end, start)
            } else {
                (start, end)
            };
            // Where directions meet, one place is two bytes; that of the letter under the pointer is meant.
            let outside = (letter.left - x).max(x - letter.right).max(0.0);
            if outside < nearest.0 || (outside == 0.0 && x > letter.left) {
                let middle = f32::midpoint(letter.left, letter.right);
                nearest = (outside, if x < middle { left } else { right });
            }
        });
        let byte = nearest.1.clamp(line.bytes.start, line.bytes.end);
        self.whole_letter(byte)
    }

    /// The link under a place, if its very letters are there, and its bytes.
    pub fn link_at(&self, at: Vec2) -> Option<(Range<usize>, &Link)> {
        self.links().next()?;
        let at = at * self.scale;
        if at.y < 0.0 || at.y >= self.line_count() as f32 * self.arranged.line_height {
            return None;
        }
        let line = self.line(self.line_under(at.y))?;
        let mut under = None;
        self.letters(line, |letter| {
            if (letter.left..letter.right).contains(&at.x) {
                under = Some(letter.bytes.start);
            }
        });
        let byte = under?;
        self.links().find(|(bytes, _)| bytes.contains(&byte))
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
        let mut rects = Vec::new();
        let lines = &self.arranged.lines;
        let first = lines.partition_point(|line| line.bytes.end <= range.start);
        for (number, line) in lines.iter().enumerate().skip(first) {
            if line.bytes.start >= range.end {
                break;
            }
            let mut open: Option<(f32, f32)> = None;
            let mut boxes = Vec::new();
            self.letters(line, |letter| {
                if letter.bytes.start >= range.end || letter.bytes.end <= range.start {
                    return;
                }
                match &mut open {
                    Some((_, right)) if (*right - letter.left).abs() < 0.1 => *right = letter.right,
                    _ => boxes.extend(open.replace((letter.left, letter.right))),
                }
            });
            boxes.extend(open);
            // Space that hangs out at the end of a line is not shown as selected.
            let (start, end) = (line.left(), line.right());
            let clip = |(left, right): (f32, f32)| (left.max(start), right.min(end));
            let boxes = boxes
                .into_iter()
                .map(clip)
                .filter(|(left, right)| left < right);
            let top = number as f32 * self.arranged.line_height;
            rects.extend(boxes.map(|(left, right)| {
                Rect::from_min_max(
                    pos2(left, top) / self.scale,
                    pos2(right, top + self.arranged.line_height) / self.scale,
                )
            }));
        }
        rects
    }

    /// The word around a byte; the space or the sign, where it is not in a word.
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        let Some(shown) = self.arranged.lines.last().map(|line| line.bytes.end) else {
            return 0..0;
        };
        // The end of the text is not in a word; the last one is meant.
        let byte = byte.min(shown.saturating_sub(1));
        let here = self.line_at(byte);
        let (mut start, mut end) = (None, None);
        // A word may go over a line's end where it had to be broken.
        for number in (0..=here).rev() {
            start = start.max(self.word_starts(number).filter(|at| *at <= byte).last());
            if start.is_some() {
                break;
            }
        }
        for number in here..self.line_count() {
            end = self.word_starts(number).find(|at| *at > byte);
            if end.is_some() {
                break;
            }
        }
        let last = self.arranged.lines.get(here).map_or(shown, |l| l.bytes.end);
        let newline_between = end.is_some_and(|end| end > last && self.ends_hard(here));
        let end = if newline_between {
            last
        } else {
            end.unwrap_or(shown)
        };
        let (start, end) = (start.unwrap_or(0), end);
        self.whole_letter(start)..self.whole_letter(end.max(start))
    }

    /// Which line a byte is on.
    pub fn line_at(&self, byte: usize) -> usize {
        let after = self
            .arranged
            .lines
            .partition_point(|line| line.bytes.start <= byte);
        after.saturating_sub(1)
    }

    /// The bytes of a line, without the newline that ends it; empty for lines there are not.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let line = self.arranged.lines.get(line);
        line.map_or(0..0, |line| line.bytes.clone())
    }

    pub(super) fn arranged(&self) -> &Arranged {
        &self.arranged
    }

    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// The letters, to be arranged anew; none when only part of them is there.
    pub(super) fn letters_of(&self) -> Option<Shaped> {
        self.arranged.shown.is_none().then(|| Shaped {
            pieces: self.arranged.pieces.clone(),
            len: self.text.plain.len(),
        })
    }

    /// [`Self::letters_of`] a setting nobody needs any more, without copying.
    pub(super) fn into_letters(self) -> Option<Shaped> {
        self.arranged.shown.is_none().then_some(Shaped {
            len: self.text.plain.len(),
            pieces: self.arranged.pieces,
        })
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        const FIXED: usize = 2048;
        const LETTER: usize = 40;
        const LINE: usize = 400;
        FIXED + self.text.plain.len() * LETTER + self.line_count() * LINE
    }

    fn line(&self, line: usize) -> Option<&Line> {
        let last = self.arranged.lines.last();
        self.arranged.lines.get(line).or(last)
    }

    /// Which line is nearest to a height in pixels.
    fn line_under(&self, y: f32) -> usize {
        let line = (y / self.arranged.line_height).floor();
        // As a cast does: not a number is nought.
        (line.max(0.0) as usize).min(self.line_count().saturating_sub(1))
    }

    /// Whether a line ends because the text says so.
    fn ends_hard(&self, line: usize) -> bool {
        let lines = &self.arranged.lines;
        match (lines.get(line), lines.get(line + 1)) {
            (Some(here), Some(next)) => next.bytes.start > here.bytes.end,
            _ => true,
        }
    }

    /// Walks a line from left to right.
    fn letters(&self, line: &Line, mut each: impl FnMut(Letter)) {
        let Some(piece) = self.arranged.pieces.get(line.piece) else {
            return;
        };
        let Some(laid) = piece.layout.get(line.index) else {
            return;
        };
        let mut x = line.x;
        for run in laid.runs() {
            let rtl = run.is_rtl();
            for cluster in run.visual_clusters() {
                let left = x;
                x += cluster.advance();
                let range = cluster.text_range();
                let bytes = (piece.start + range.start).min(line.bytes.end)
                    ..(piece.start + range.end).min(line.bytes.end);
                // The ellipsis and the newline are no letters of the text.
                if !bytes.is_empty() {
                    each(Letter {
                        bytes,
                        left,
                        right: x,
                        rtl,
                        begins_word: begins_word(&cluster),
                    });
                }
            }
        }
    }

    /// The bytes of a line where words begin, in order.
    fn word_starts(&self, line: usize) -> impl Iterator<Item = usize> + use<> {
        let mut starts = Vec::new();
        if let Some(line) = self.arranged.lines.get(line) {
            self.letters(line, |letter| {
                if letter.begins_word {
                    starts.push(letter.bytes.start);
                }
            });
        }
        starts.sort_unstable();
        starts.into_iter()
    }

    /// The nearest boundary at or before `byte` that parts no letter from its marks.
    fn whole_letter(&self, byte: usize) -> usize {
        let text = self.text();
        let mut at = text.floor_char_boundary(byte);
        while at > 0 && at < text.len() {
            let (before, after) = text.split_at(at);
            let joined = after.chars().next().is_some_and(hangs) || before.ends_with('\u{200d}');
            if !joined {
                break;
            }
            let Some(previous) = before.chars().next_back() else {
                break;
            };
            at -= previous.len_utf8();
        }
        at
    }
}

fn begins_word(cluster: &Cluster<'_, Brush>) -> bool {
    cluster.is_word_boundary()
}
