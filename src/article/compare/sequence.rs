//! What two sequences have in common, in order. The work is bounded whatever they are.
//!
//! Equal ends are cut off; what occurs exactly once on both sides divides the rest (B. Cohen's patience diff); parts that are
//! small enough get a table of their longest common subsequence. What is left when the budget is spent counts as different.

use std::collections::HashMap;
use std::ops::Range;

/// A table this small is always the better answer than dividing.
const SMALL: usize = 1 << 16;
/// No table is larger; its sides then fit 16 bits too.
const LARGE: usize = 1 << 21;
/// How often a part is divided again.
const DEEPEST: usize = 12;

/// How many cells of tables may still be filled, in all that is compared.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(1 << 24)
    }
}

impl Budget {
    /// Takes so many cells, if there are as many.
    fn take(&mut self, cells: usize) -> bool {
        let left = self.0.checked_sub(cells);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// A part of both sequences that is still to be compared, and how often it was divided.
type Part = (Range<usize>, Range<usize>, usize);

/// Pairs of places that hold the same, ascending on both sides.
pub(super) fn common(old: &[u32], new: &[u32], budget: &mut Budget) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut parts: Vec<Part> = vec![(0..old.len(), 0..new.len(), 0)];
    while let Some((mut a, mut b, depth)) = parts.pop() {
        while !a.is_empty() && !b.is_empty() && old[a.start] == new[b.start] {
            found.push((a.start, b.start));
            a.start += 1;
            b.start += 1;
        }
        while !a.is_empty() && !b.is_empty() && old[a.end - 1] == new[b.end - 1] {
            a.end -= 1;
            b.end -= 1;
            found.push((a.end, b.end));
        }
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let cells = a.len().saturating_mul(b.len());
        if cells <= SMALL && budget.take(cells) {
            table(old, new, &a, &b, &mut found);
            continue;
        }
        let posts = if depth < DEEPEST {
            posts(old, new, &a, &b)
        } else {
            Vec::new()
        };
        if !posts.is_empty() {
            let (mut from, mut to) = (a.start, b.start);
            for (at, now) in posts {
                parts.push((from..at, to..now, depth + 1));
                found.push((at, now));
                (from, to) = (at + 1, now + 1);
            }
            parts.push((from..a.end, to..b.end, depth + 1));
        } else if cells <= LARGE && budget.take(cells) {
            table(old, new, &a, &b, &mut found);
        }
    }
    found.sort_unstable();
    found
}

/// What occurs exactly once in both parts: as many of them as are in the same order.
fn posts(old: &[u32], new: &[u32], a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
    /// How often something occurs on each side, and where in the new part.
    #[derive(Default)]
    struct Seen(usize, usize, usize);

    let mut seen: HashMap<u32, Seen> = HashMap::new();
    for item in &old[a.clone()] {
        seen.entry(*item).or_default().0 += 1;
    }
    for (at, item) in b.clone().zip(&new[b.clone()]) {
        if let Some(seen) = seen.get_mut(item) {
            seen.1 += 1;
            seen.2 = at;
        }
    }
    let once = a.clone().zip(&old[a.clone()]).filter_map(|(at, item)| {
        let Seen(1, 1, now) = seen.get(item)? else {
            return None;
        };
        Some((at, *now))
    });
    ascending(&once.collect::<Vec<_>>())
}

/// The longest run of pairs whose second parts ascend as the first do.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Where the best run of each length ends, and what stands before each pair in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.push(pairs[at]);
        next = before[at];
    }
    run.reverse();
    run
}

/// The longest common subsequence of two parts, by a table of lengths.
fn table(
    old: &[u32],
    new: &[u32],
    a: &Range<usize>,
    b: &Range<usize>,
    found: &mut Vec<(usize, usize)>,
) {
    let (old, new) = (&old[a.clone()], &new[b.clone()]);
    let width = new.len() + 1;
    // In a row and a column: how much the rests from there have in common.
    let mut lengths = vec![0_u16; (old.len() + 1) * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            let at = row * width + column;
            lengths[at] = if old[row] == new[column] {
                lengths[at + width + 1] + 1
            } else {
                lengths[at + width].max(lengths[at + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < old.len() && column < new.len() {
        let at = row * width + column;
        if old[row] == new[column] {
            found.push((a.start + row, b.start + column));
            row += 1;
            column += 1;
        } else if lengths[at + width] >= lengths[at + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
}
