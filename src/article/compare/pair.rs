//! Which of the passages that went became which of those that came: the ones that share most of their words.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use super::Kind;
use super::passage::Found;
use super::words::tokens;

/// Passages are taken for one and the same from so many shared words in a thousand.
const ENOUGH: usize = 500;
/// The words of a passage that are looked at.
const LOOKED_AT: usize = 400;
/// The text of a passage in which they are looked for, in bytes.
const BEGINNING: usize = 8 << 10;

/// How much comparing may still be done, in words, to find the best pairs; after that the first may pair with the first only.
#[derive(Debug)]
pub(super) struct Pairing(usize);

impl Default for Pairing {
    fn default() -> Self {
        Self(1 << 23)
    }
}

/// The words of a passage, as numbers in ascending order.
struct Bag {
    kind: Kind,
    words: Vec<u64>,
}

/// Pairs of places in the two lists, ascending on both sides.
pub(super) fn pairs(
    gone: &[Found<'_>],
    come: &[Found<'_>],
    left: &mut Pairing,
) -> Vec<(usize, usize)> {
    if gone.is_empty() || come.is_empty() {
        return Vec::new();
    }
    // What cannot be paired by its place need not be looked at.
    let cells = gone.len().saturating_mul(come.len());
    let work = cells.saturating_mul(LOOKED_AT);
    if work > left.0 && gone.len().max(come.len()) > 1 {
        let places = 0..gone.len().min(come.len());
        let alike = |at: &usize| Bag::of(&gone[*at]).likeness(&Bag::of(&come[*at])) >= ENOUGH;
        return places.filter(alike).map(|at| (at, at)).collect();
    }
    left.0 = left.0.saturating_sub(work);
    let gone: Vec<Bag> = gone.iter().map(Bag::of).collect();
    let come: Vec<Bag> = come.iter().map(Bag::of).collect();
    best(&gone, &come)
}

/// The pairs in order that are most alike in all.
fn best(gone: &[Bag], come: &[Bag]) -> Vec<(usize, usize)> {
    let width = come.len() + 1;
    let alike = |row: usize, column: usize| {
        let likeness = gone[row].likeness(&come[column]);
        if likeness >= ENOUGH { likeness } else { 0 }
    };
    let mut own = vec![0; gone.len() * width];
    let mut sums = vec![0; (gone.len() + 1) * width];
    for row in (0..gone.len()).rev() {
        for column in (0..come.len()).rev() {
            let at = row * width + column;
            own[at] = alike(row, column);
            let paired = if own[at] > 0 {
                own[at] + sums[at + width + 1]
            } else {
                0
            };
            sums[at] = paired.max(sums[at + width]).max(sums[at + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < gone.len() && column < come.len() {
        let at = row * width + column;
        if own[at] > 0 && sums[at] == own[at] + sums[at + width + 1] {
            pairs.push((row, column));
            row += 1;
            column += 1;
        } else if sums[at] == sums[at + width] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

impl Bag {
    fn of(found: &Found<'_>) -> Self {
        let text = &found.text;
        let text = text
            .get(..text.floor_char_boundary(BEGINNING))
            .unwrap_or(text);
        let words = tokens(text)
            .into_iter()
            .filter_map(|range| text.get(range))
            .filter(|word| word.chars().any(char::is_alphanumeric));
        let mut words: Vec<u64> = words.take(LOOKED_AT).map(number).collect();
        words.sort_unstable();
        Self {
            kind: found.kind,
            words,
        }
    }

    /// How many words in a thousand both have.
    fn likeness(&self, other: &Self) -> usize {
        let all = self.words.len() + other.words.len();
        if self.kind != other.kind || all == 0 {
            return 0;
        }
        let (mut a, mut b, mut both) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.words.get(a), other.words.get(b)) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    both += 1;
                    a += 1;
                    b += 1;
                }
            }
        }
        2000 * both / all
    }
}

fn number(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
