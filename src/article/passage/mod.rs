//! Words of a story that are to be found again when the story has been corrected: by where they stood, by what they are, and by
//! what stands around them.

mod alike;
mod prose;
#[cfg(test)]
mod tests;

pub use prose::{Prose, Spot, Stretch};

use std::ops::Range;

use self::alike::{Alike, MOST, places};
use super::inline::is_unspaced;

/// Which words are meant: what they are, what stands around them, and where they stood.
///
/// The words are looked for first where they stood, then by what stands around them. After the text quote selector and the text
/// position selector of the W3C Web Annotation Data Model (2017), sections 4.2.4 and 4.2.5.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// The words. Where they go over several texts, a blank line (`\n\n`) stands between two of them.
    pub quote: String,
    /// Up to 32 characters before the words, in the same text or those before it.
    pub before: String,
    /// Up to 32 characters after the words.
    pub after: String,
    /// Which text of the body the words begin in, counted from 0: a paragraph, a heading, a cell, a caption is one each.
    pub block: usize,
    /// How many characters of that text stand before the words.
    pub offset: usize,
}

/// How many characters are kept of what stands before the words, and after them.
const AROUND: usize = 32;
/// So many characters, of the words and around them, must be the same for words that do not stand where they stood.
const ENOUGH: usize = 16;
/// Of so many letters one may be another.
const ONE_IN: usize = 5;
/// Between the two ends of a long passage so many parts of it are looked for.
const PARTS: usize = 8;
/// A word is not cut where its end is this near, in letters.
const WORD: usize = 24;

/// How many letters may be walked over to find words that were changed.
#[derive(Clone, Copy, Debug)]
pub struct Patience(pub usize);

impl Default for Patience {
    /// About a second's worth.
    fn default() -> Self {
        Self(40_000_000)
    }
}

impl Anchor {
    /// What is kept of some words of a story; `None` if there are none there.
    pub fn of(prose: &Prose, words: Stretch) -> Option<Self> {
        let range = prose.bytes(words)?;
        let (text, quote) = (prose.text(), prose.text().get(range.clone())?);
        let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
        let first = before.char_indices().rev().take(AROUND).last();
        let (block, offset) = prose.characters_before(range.start)?;
        Some(Self {
            quote: quote.to_owned(),
            before: before
                .get(first.map_or(before.len(), |(at, _)| at)..)?
                .to_owned(),
            after: after.chars().take(AROUND).collect(),
            block,
            offset,
        })
    }

    /// The words where they stood, if they stand there still and so does what is on one side of them. Quick: it looks nowhere else.
    pub fn in_place(&self, prose: &Prose) -> Option<Stretch> {
        let start = prose.near(self.block, self.offset);
        let range = start..start.checked_add(self.quote.len())?;
        let there = !self.quote.is_empty() && prose.text().get(range.clone())? == self.quote;
        (there && self.fit(prose, &range).one_side)
            .then(|| prose.stretch(&range))
            .flatten()
    }

    /// The words wherever they stand, if need be with letters changed, as far as `patience` goes; `None` if they are not there.
    pub fn find(&self, prose: &Prose, patience: &mut Patience) -> Option<Stretch> {
        if self.quote.trim().is_empty() {
            return None;
        }
        let range = self
            .find_same(prose)
            .or_else(|| self.find_alike(prose, patience))?;
        prose.stretch(&range)
    }

    /// The same words: of several places the one with most of the same around it, then the one nearest to where they stood.
    fn find_same(&self, prose: &Prose) -> Option<Range<usize>> {
        let stood = prose.near(self.block, self.offset);
        let letters = self.quote.chars().count();
        prose
            .text()
            .match_indices(&self.quote)
            .map(|(at, words)| (at..at + words.len(), stood.abs_diff(at)))
            .map(|(range, away)| (self.fit(prose, &range), range, away))
            .filter(|(fit, _, away)| *away == 0 || fit.is_enough(letters))
            .max_by_key(|(fit, _, away)| (fit.same, std::cmp::Reverse(*away)))
            .map(|(_, range, _)| range)
    }

    /// Words that are nearly the same: their two ends are looked for, each with some letters changed, and then what is between.
    fn find_alike(&self, prose: &Prose, patience: &mut Patience) -> Option<Range<usize>> {
        let text = prose.text();
        let letters = self.quote.chars().count();
        let end = letters.min(MOST);
        let errors = end / ONE_IN;
        let cost = text.len().checked_mul(2)?;
        if errors == 0 || patience.0 < cost {
            return None;
        }
        patience.0 -= cost;
        let mut starts = places(
            text.char_indices().rev(),
            head(&self.quote, letters, end),
            errors,
        );
        starts.reverse();
        let ends = text.char_indices().map(|(at, it)| (at + it.len_utf8(), it));
        let tail = self.quote.chars().skip(letters - end);
        let ends = places(ends, tail, errors);
        let stood = prose.near(self.block, self.offset);
        let mut pairs = self.pairs(&starts, &ends);
        pairs.sort_by_cached_key(|(range, errors)| {
            let around = self.fit(prose, range).same;
            (
                errors.saturating_sub(around / 4),
                stood.abs_diff(range.start),
            )
        });
        let range = pairs.into_iter().take(PARTS).find_map(|(range, errors)| {
            let fits = self.fit(prose, &range);
            let same = letters.saturating_sub(errors);
            let holds = fits.is_enough(same) && self.middle_holds(prose, &range, letters, patience);
            holds.then_some(range)
        })?;
        Some(self.whole_words(text, range))
    }

    /// The bytes with the words whole that were cut at their ends, if they were whole before.
    fn whole_words(&self, text: &str, mut range: Range<usize>) -> Range<usize> {
        let (before, after) = (text.get(..range.start), text.get(range.end..));
        let within = text.get(range.clone()).unwrap_or_default();
        if within.starts_with(is_of_word) && !self.before.ends_with(is_of_word) {
            range.start -= cut_off(before.unwrap_or_default().chars().rev());
        }
        if within.ends_with(is_of_word) && !self.after.starts_with(is_of_word) {
            range.end += cut_off(after.unwrap_or_default().chars());
        }
        range
    }

    /// Beginnings with the ends that are about as far away as the passage is long.
    fn pairs(&self, starts: &[Alike], ends: &[Alike]) -> Vec<(Range<usize>, usize)> {
        let length = self.quote.len();
        let (least, most) = (length - length / 3, length.saturating_add(length / 3));
        let mut pairs = Vec::new();
        for start in starts {
            let from = ends.partition_point(|it| it.at < start.at.saturating_add(least));
            let near = ends.iter().skip(from);
            let near = near.take_while(|it| it.at <= start.at.saturating_add(most));
            let best = near.min_by_key(|it| (it.errors, it.at.abs_diff(start.at + length)));
            if let Some(end) = best {
                pairs.push((start.at..end.at, start.errors.max(end.errors)));
            }
        }
        pairs
    }

    /// Whether most of what is between the two ends of a long passage is still there.
    fn middle_holds(
        &self,
        prose: &Prose,
        range: &Range<usize>,
        letters: usize,
        patience: &mut Patience,
    ) -> bool {
        let parts = (letters / MOST).saturating_sub(1).min(PARTS);
        let text = prose.text().get(range.clone()).unwrap_or_default();
        let cost = text.len().saturating_mul(parts);
        if parts == 0 || patience.0 < cost {
            return parts == 0;
        }
        patience.0 -= cost;
        let step = letters / (parts + 1);
        let held = (1..=parts).filter(|part| {
            let part = self.quote.chars().skip(part * step).take(MOST.min(step));
            !places(text.char_indices(), part, MOST.min(step) / 4).is_empty()
        });
        held.count() * 2 > parts
    }

    /// How much of what stood around the words stands around these bytes.
    fn fit(&self, prose: &Prose, range: &Range<usize>) -> Fit {
        let text = prose.text();
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let left = alike(self.before.chars().rev(), before.chars().rev());
        let right = alike(self.after.chars(), after.chars());
        // A side is whole if all that was kept of it is there: so much of it, or all there is.
        let whole = |own: &str, same: usize, there: &str| {
            own.chars().count() == same && (same >= AROUND || there.chars().nth(same).is_none())
        };
        Fit {
            same: left + right,
            one_side: whole(&self.before, left, before) || whole(&self.after, right, after),
        }
    }
}

/// How well what stands around some words fits.
#[derive(Clone, Copy, Debug)]
struct Fit {
    /// How many characters next to them are the same.
    same: usize,
    /// Whether all are on one side.
    one_side: bool,
}

impl Fit {
    /// Whether it tells words of which `letters` are the same from any others.
    fn is_enough(self, letters: usize) -> bool {
        self.one_side || letters + self.same >= ENOUGH
    }
}

/// How many letters two texts have in common from where they begin.
fn alike(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// The first `count` of the `letters` letters of some words, from the last of them back.
fn head(words: &str, letters: usize, count: usize) -> impl Iterator<Item = char> {
    words.chars().rev().skip(letters - count)
}

/// Whether a letter is part of a word that ends with a space or a sign.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unspaced(letter)
}

/// How many bytes of a word the letters begin with; none of one that goes on and on.
fn cut_off(letters: impl Iterator<Item = char>) -> usize {
    let word = letters.take_while(|it| is_of_word(*it)).take(WORD + 1);
    let (count, bytes) = word.fold((0, 0), |(count, bytes), it| {
        (count + 1, bytes + it.len_utf8())
    });
    if count > WORD { 0 } else { bytes }
}
