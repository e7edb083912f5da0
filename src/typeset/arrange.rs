//! From shaped letters to lines in a width: breaking, balancing, leaving out what is too much, aligning.
//! It shapes nothing but the ellipsis; the same letters are arranged again when only the width changes.

use std::ops::Range;

use parley::{BreakReason, Layout};

use super::fonts::Fonts;
use super::shape::{Brush, Piece, Shaped, Shaper, sane_size};
use super::{Align, Style};
use crate::article::Span;

/// Widths are told apart to this part of a pixel.
const STEPS: f32 = 8.0;
/// More lines than this are prose, and prose is not balanced.
const MOST_BALANCED: usize = 8;

/// A line of a setting, in pixels from its top left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Which piece, and which line of its layout.
    pub(super) piece: usize,
    pub(super) index: usize,
    /// Where the line's first letter stands, counted from the left.
    pub(super) x: f32,
    /// How much of it is space that hangs out on the left, as the end of a line does in a script written from the right.
    pub(super) hang: f32,
    /// From the first letter to the last, without trailing space.
    pub(super) width: f32,
    pub(super) baseline: f32,
    /// The bytes of the text, with trailing space but without the newline.
    pub(super) bytes: Range<usize>,
}

impl Line {
    /// Where what is seen of it begins.
    pub(super) fn left(&self) -> f32 {
        self.x + self.hang
    }

    /// Where what is seen of it ends.
    pub(super) fn right(&self) -> f32 {
        self.left() + self.width
    }
}

/// Lines, and the letters in them.
pub(super) struct Arranged {
    pub(super) pieces: Vec<Piece>,
    pub(super) lines: Vec<Line>,
    /// Every line is so many pixels high.
    pub(super) line_height: f32,
    /// The width of the longest line.
    pub(super) ink_width: f32,
    /// The width asked for, if it was bounded.
    pub(super) width: Option<f32>,
    pub(super) rtl: bool,
    /// How much of the text is shown, when not all of it is.
    pub(super) shown: Option<usize>,
}

/// A width in points as eighths of a pixel, rounded up so that what was measured fits; `None` is unbounded.
pub(super) fn quantised(width: f32, scale: f32) -> Option<u32> {
    let steps = (width * scale * STEPS).ceil();
    if steps.is_nan() || steps >= 1e8 {
        None
    } else {
        Some(steps.max(0.0) as u32)
    }
}

/// What arranging needs besides the letters.
pub(super) struct Task<'a> {
    pub(super) text: &'a str,
    pub(super) spans: &'a [Span],
    pub(super) style: &'a Style,
    pub(super) scale: f32,
    /// From [`quantised`].
    pub(super) width: Option<u32>,
}

impl Task<'_> {
    /// How many pieces to shape: what cannot be shown need not be.
    pub(super) fn pieces(&self) -> usize {
        self.style.max_lines.map_or(usize::MAX, |_| 1)
    }

    /// The width to break at. Never less than a letter: a column of nothing would be a million lines.
    fn measure(&self) -> f32 {
        let least = sane_size(self.style.size) * self.scale;
        self.width.map_or(f32::MAX, |steps| {
            // The little more forgives sums of widths their rounding.
            (steps as f32 / STEPS).max(least) + 0.02
        })
    }

    /// Puts letters into lines.
    pub(super) fn arrange(
        &self,
        mut letters: Shaped,
        shaper: &mut Shaper,
        fonts: &mut Fonts,
    ) -> Arranged {
        let measure = self.measure();
        let count = letters
            .pieces
            .iter_mut()
            .map(|piece| break_lines(piece, |_| measure).0)
            .sum::<usize>();
        let most = self.style.max_lines.unwrap_or(usize::MAX).max(1);
        let mut shown = (letters.len < self.text.len()).then_some(letters.len);
        if count > most || (shown.is_some() && self.style.max_lines.is_some()) {
            let (short, end) = self.elide(&mut letters, most.min(count.max(1)), shaper, fonts);
            shown = Some(end);
            letters = short;
        } else if self.style.balance
            && count <= MOST_BALANCED
            && let [piece] = &mut letters.pieces[..]
        {
            balance(piece, measure, count);
        }
        self.place(letters.pieces, shown, fonts)
    }

    /// The longest beginning of the text that fits into `most` lines with an ellipsis after it.
    fn elide(
        &self,
        letters: &mut Shaped,
        most: usize,
        shaper: &mut Shaper,
        fonts: &mut Fonts,
    ) -> (Shaped, usize) {
        let measure = self.measure();
        let mut shape = |text: &str| {
            let mut short = shaper.shape(fonts, text, self.spans, self.style, self.scale, 1);
            let count = short
                .pieces
                .iter_mut()
                .map(|piece| break_lines(piece, |_| measure).0)
                .sum::<usize>();
            (short, count)
        };
        let ellipsis = shape("…");
        let room = ellipsis.0.pieces.first().map_or(0.0, |p| p.layout.width());
        let line = letters
            .pieces
            .first()
            .and_then(|piece| piece.layout.get(most - 1));
        let bytes = line.map_or(0..0, |line| line.text_range());
        let mut end = line.map_or(0, |line| {
            let mut x = 0.0;
            let mut clusters: Vec<_> = line
                .runs()
                .flat_map(|run| {
                    let clusters = run.clusters().map(|c| (c.text_range().start, c.advance()));
                    clusters.collect::<Vec<_>>()
                })
                .collect();
            clusters.sort_by_key(|(at, _)| *at);
            let over = clusters.into_iter().find(|(_, advance)| {
                x += advance;
                x + room > measure
            });
            over.map_or(bytes.end, |(at, _)| at)
        });
        loop {
            end = tidy_end(self.text, bytes.start, end);
            let short = format!("{}…", self.text.get(..end).unwrap_or_default());
            let (short, count) = shape(&short);
            if count <= most || end == 0 {
                return (short, end);
            }
            // Letters changed their width beside the ellipsis: one less.
            let before = self.text.get(..end).unwrap_or_default();
            end = before.char_indices().next_back().map_or(0, |(at, _)| at);
        }
    }

    /// Where lines stand.
    fn place(&self, mut pieces: Vec<Piece>, shown: Option<usize>, fonts: &Fonts) -> Arranged {
        let size = sane_size(self.style.size) * self.scale;
        let leading = if self.style.leading.is_finite() {
            self.style.leading.clamp(0.5, 10.0)
        } else {
            1.4
        };
        let line_height = (size * leading).round().max(1.0);
        let extent = fonts.extent(self.style.family);
        let (ascent, descent) = (extent.ascent * size, extent.descent * size);
        let above = ((line_height - (ascent + descent)) / 2.0 + ascent).round();
        let rtl = pieces.first().is_some_and(|piece| piece.layout.is_rtl());
        let mut lines = Vec::new();
        for (number, piece) in pieces.iter_mut().enumerate() {
            for (index, line) in piece.layout.lines().enumerate() {
                let metrics = line.metrics();
                let range = line.text_range();
                // After a newline at the end there is one more line, with nothing on it.
                let nothing = range.is_empty() && index > 0;
                if nothing || self.text.is_empty() {
                    continue;
                }
                let (start, end) = (piece.start + range.start, piece.start + range.end);
                let newline = line.break_reason() == BreakReason::Explicit;
                let advance = line.runs().map(|run| run.advance()).sum::<f32>();
                let hang = if rtl { hanging(&line) } else { 0.0 };
                let behind = if rtl {
                    hang
                } else {
                    metrics.trailing_whitespace
                };
                lines.push(Line {
                    piece: number,
                    index,
                    x: -hang,
                    hang,
                    width: (advance - behind).max(0.0),
                    baseline: lines.len() as f32 * line_height + above,
                    bytes: start..if newline {
                        self.before_newline(start, end)
                    } else {
                        end
                    },
                });
            }
        }
        let ink_width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let width = self.width.map(|steps| steps as f32 / STEPS);
        let measure = width.unwrap_or(ink_width);
        for line in &mut lines {
            let free = measure - line.width;
            line.x += match (self.style.align, rtl) {
                (Align::Start, false) | (Align::End, true) => 0.0,
                (Align::Start, true) | (Align::End, false) => free,
                (Align::Centre, _) => free / 2.0,
            };
        }
        if let Some(shown) = shown {
            for line in &mut lines {
                line.bytes = line.bytes.start.min(shown)..line.bytes.end.min(shown);
            }
        }
        Arranged {
            pieces,
            lines,
            line_height,
            ink_width,
            width,
            rtl,
            shown,
        }
    }

    fn before_newline(&self, start: usize, end: usize) -> usize {
        let line = self.text.get(start..end).unwrap_or_default();
        let kept = line.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']);
        start + kept.len()
    }
}

/// Where to stop before an ellipsis: after a word, if one ends in the second half of the line, and without its comma.
fn tidy_end(text: &str, line: usize, end: usize) -> usize {
    let shown = text.get(..end).unwrap_or_default();
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    let mut kept = shown;
    if next.is_some_and(|c| !c.is_whitespace())
        && let Some(space) = shown.rfind(char::is_whitespace)
        && space > line + (end - line.min(end)) / 2
    {
        kept = shown.get(..space).unwrap_or_default();
    }
    let tidy = kept.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '.' | '–' | '—' | '-' | '(' | '…' | '،' | '、' | '，'
            )
    });
    // All signs and no words: better the signs than nothing.
    if tidy.is_empty() {
        kept.len()
    } else {
        tidy.len()
    }
}

/// Breaks lines as wide as `measure` says; how many there are with something on them, and how many words had to be broken.
fn break_lines(piece: &mut Piece, measure: impl Fn(usize) -> f32) -> (usize, usize) {
    let layout = &mut piece.layout;
    if let Some(units) = &piece.units {
        let broken = units.break_lines(layout, measure);
        return (filled(layout), broken);
    }
    let mut breaker = layout.break_lines();
    breaker.state_mut().set_layout_max_advance(f32::INFINITY);
    for line in 0.. {
        breaker.state_mut().set_line_max_advance(measure(line));
        if breaker.break_next().is_none() {
            break;
        }
    }
    breaker.finish();
    let by_force = |line: &parley::Line<'_, Brush>| line.break_reason() == BreakReason::Emergency;
    let broken = layout.lines().filter(by_force).count();
    (filled(layout), broken)
}

/// After a newline at the end there is one more line, with nothing on it.
fn filled(layout: &Layout<Brush>) -> usize {
    let last = layout.len().saturating_sub(1);
    let trailing = layout
        .get(last)
        .is_some_and(|line| last > 0 && line.text_range().is_empty());
    layout.len() - usize::from(trailing)
}

/// Lines as even as their number allows.
fn balance(piece: &mut Piece, measure: f32, count: usize) {
    if count < 2 || measure >= f32::MAX {
        return;
    }
    let as_before = break_lines(piece, |_| measure);
    let (mut low, mut high) = (measure / count as f32 / 2.0, measure);
    while high - low > 1.0 {
        let middle = f32::midpoint(low, high);
        if break_lines(piece, |_| middle) == as_before {
            high = middle;
        } else {
            low = middle;
        }
    }
    break_lines(piece, |_| high);
    let Some(narrower) = lone_word(&piece.layout) else {
        return;
    };
    // The last line may be as wide as it must: a word comes down to it.
    let uneven = |line: usize| match count - line.min(count) {
        2 => narrower + 0.5,
        1 => measure,
        _ => high,
    };
    if break_lines(piece, uneven) != as_before {
        break_lines(piece, |_| high);
    }
}

/// When the last line has but one word: how wide the line before it may be so that its last word comes down too.
fn lone_word(layout: &Layout<Brush>) -> Option<f32> {
    let last = filled(layout).checked_sub(1)?;
    // Where spaces begin between words, in reading order from the line's beginning.
    let spaces = |index: usize| {
        let line = layout.get(index)?;
        let mut clusters: Vec<_> = line
            .runs()
            .flat_map(|run| {
                let clusters = run.clusters();
                let parts =
                    clusters.map(|c| (c.text_range().start, c.advance(), c.is_space_or_nbsp()));
                parts.collect::<Vec<_>>()
            })
            .collect();
        clusters.sort_by_key(|(start, ..)| *start);
        let words = clusters.iter().rposition(|(.., space)| !space)?;
        let mut x = 0.0;
        let mut at = Vec::new();
        for (_, advance, space) in clusters.into_iter().take(words) {
            if space && x > 0.0 {
                at.push(x);
            }
            x += advance;
        }
        Some(at)
    };
    let alone = spaces(last)?.is_empty();
    let before = spaces(last.checked_sub(1)?)?;
    let edge = before.last().copied();
    edge.filter(|_| alone && before.len() > 1)
}

/// How wide the space at a line's end is that nobody sees, where lines end on the left. (Parley measures it at the other end.)
fn hanging(line: &parley::Line<'_, Brush>) -> f32 {
    let leftmost = line.runs().next().filter(parley::Run::is_rtl);
    leftmost.map_or(0.0, |run| {
        let from_left = run.visual_clusters();
        let space = from_left.take_while(|c| c.is_space_or_nbsp() || c.is_hard_line_break());
        space.map(|cluster| cluster.advance()).sum()
    })
}
