//! Finds words that were changed a little: by how many letters at most a text differs from them, in one walk over it.

use std::collections::HashMap;

/// The most letters that are looked for at once: a machine word has a bit for each.
pub(super) const MOST: usize = 64;

/// So many places are taken of a text in which everything is alike.
const PLACES: usize = 1000;

/// A place where a text is alike, and by how many letters it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    /// The byte given with the last letter.
    pub at: usize,
    /// How many letters were changed, put in or left out.
    pub errors: usize,
}

/// Where `letters` come to the end of something that differs from `pattern` by at most `errors`: of places side by side the best.
///
/// After Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", 1999. `pattern` is
/// looked at up to [`MOST`] letters; it takes time for each letter, however alike the text is.
pub(super) fn places(
    letters: impl Iterator<Item = (usize, char)>,
    pattern: impl Iterator<Item = char>,
    errors: usize,
) -> Vec<Alike> {
    let mut bits: HashMap<char, u64> = HashMap::new();
    let (mut count, mut top) = (0, 0_u64);
    for letter in pattern.take(MOST) {
        top = 1 << count;
        *bits.entry(letter).or_default() |= top;
        count += 1;
    }
    let (mut more, mut fewer) = (u64::MAX, 0_u64);
    let mut score = count;
    let mut found: Vec<Alike> = Vec::new();
    // The best place of those since the score last rose, not yet told.
    let mut best: Option<Alike> = None;
    for (at, letter) in letters {
        let same = bits.get(&letter).copied().unwrap_or(0);
        let vertical = same | fewer;
        let across = ((same & more).wrapping_add(more) ^ more) | same;
        let rises = fewer | !(across | more);
        let falls = more & across;
        let before = score;
        if rises & top != 0 {
            score += 1;
        }
        if falls & top != 0 {
            score -= 1;
        }
        let (rises, falls) = (rises << 1, falls << 1);
        more = falls | !(vertical | rises);
        fewer = rises & vertical;
        if score > before {
            found.extend(best.take());
            if found.len() >= PLACES {
                return found;
            }
        } else if score < before && score <= errors {
            best = Some(Alike { at, errors: score });
        }
    }
    found.extend(best);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(text: &str, pattern: &str, errors: usize) -> Vec<(usize, usize)> {
        let found = places(text.char_indices(), pattern.chars(), errors);
        found.iter().map(|it| (it.at, it.errors)).collect()
    }

    #[test]
    fn finds_what_differs_a_little() {
        for (text, pattern, errors, expected) in [
            ("the quay opens", "quay", 1, vec![(7, 0)]),
            ("the quai opens", "quay", 1, vec![(6, 1)]),
            ("the quay", "boat", 1, vec![]),
            ("one two one", "one", 0, vec![(2, 0), (10, 0)]),
            ("", "one", 1, vec![]),
        ] {
            assert_eq!(ends(text, pattern, errors), expected, "{pattern} in {text}");
        }
    }

    /// By how many letters the best end of `text` differs from `pattern`, the long way round.
    fn slowly(text: &[char], pattern: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=pattern.len()).collect();
        let mut best = row[pattern.len()];
        for letter in text {
            let mut corner = row[0];
            for (at, own) in pattern.iter().enumerate() {
                let turned = corner + usize::from(own != letter);
                corner = row[at + 1];
                row[at + 1] = turned.min(corner + 1).min(row[at] + 1);
            }
            best = best.min(row[pattern.len()]);
        }
        best
    }

    proptest! {
        #[test]
        fn the_best_place_is_as_good_as_the_long_way_finds_it(text in "[ab ]{0,60}", pattern in "[ab ]{1,64}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let best = slowly(&letters(&text), &letters(&pattern));
            let found = ends(&text, &pattern, best);
            if best < pattern.chars().count() {
                prop_assert_eq!(found.iter().map(|it| it.1).min(), Some(best));
            }
            if best > 0 {
                prop_assert_eq!(ends(&text, &pattern, best - 1), vec![]);
            }
        }
    }
}
