//! Which words of two passages differ. What is between two changes and says nothing by itself belongs to them.

use std::collections::HashMap;
use std::ops::Range;

use super::sequence::{Budget, common};
use crate::article::inline::is_unspaced;

/// Two passages that are longer together are not compared word by word.
const LONGEST: usize = 1 << 20;
/// A word this short between two changes is no reason to tell them apart.
const SHORT: usize = 3;

/// The bytes that are gone from `old` and those that have come into `new`.
pub(super) fn differing(
    old: &str,
    new: &str,
    budget: &mut Budget,
) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    if old.len().saturating_add(new.len()) > LONGEST {
        return (whole(old), whole(new));
    }
    let (old_words, new_words) = (tokens(old), tokens(new));
    let mut names: HashMap<&str, u32> = HashMap::new();
    let (old_numbers, new_numbers) = (
        numbers(old, &old_words, &mut names),
        numbers(new, &new_words, &mut names),
    );
    let mut same = common(&old_numbers, &new_numbers, budget);
    drop_crumbs(&mut same, old, &old_words, new_words.len());
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    same.push((old_words.len(), new_words.len()));
    let (mut from, mut to) = (0, 0);
    for (at, now) in same {
        gone.extend(bytes(&old_words, from..at));
        come.extend(bytes(&new_words, to..now));
        (from, to) = (at + 1, now + 1);
    }
    (gone, come)
}

fn whole(text: &str) -> Vec<Range<usize>> {
    // One range, and none of an empty text.
    std::iter::once(0..text.len())
        .filter(|range| !range.is_empty())
        .collect()
}

fn numbers<'a>(
    text: &'a str,
    tokens: &[Range<usize>],
    names: &mut HashMap<&'a str, u32>,
) -> Vec<u32> {
    let number = |range: &Range<usize>| {
        let next = names.len() as u32;
        let word = text.get(range.clone()).unwrap_or_default();
        *names.entry(word).or_insert(next)
    };
    tokens.iter().map(number).collect()
}

/// The bytes of some tokens that follow each other.
fn bytes(tokens: &[Range<usize>], some: Range<usize>) -> Option<Range<usize>> {
    let some = tokens.get(some)?;
    Some(some.first()?.start..some.last()?.end)
}

/// Takes out what two passages have in common by chance only: a space, a comma, “of” between two changes.
fn drop_crumbs(
    same: &mut Vec<(usize, usize)>,
    old: &str,
    old_tokens: &[Range<usize>],
    new_count: usize,
) {
    let ends = (old_tokens.len(), new_count);
    let mut kept = Vec::with_capacity(same.len());
    let runs = same.chunk_by(|a, b| (a.0 + 1, a.1 + 1) == *b);
    for run in runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let between = *first != (0, 0) && (last.0 + 1, last.1 + 1) != ends;
        let text = bytes(old_tokens, first.0..last.0 + 1).and_then(|range| old.get(range));
        let mut words = tokens(text.unwrap_or_default())
            .into_iter()
            .filter_map(|range| text?.get(range))
            .filter(|word| word.chars().any(char::is_alphanumeric));
        let crumb = match (words.next(), words.next()) {
            (None, _) => true,
            (Some(word), None) => word.chars().count() <= SHORT && !word.chars().any(is_unspaced),
            _ => false,
        };
        if !(between && crumb) {
            kept.extend_from_slice(run);
        }
    }
    *same = kept;
}

/// Words, runs of space, and every other sign by itself; together they are the text. No letter is parted from its accents.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut before = Sort::Sign;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let mut sort = Sort::of(c);
        // An apostrophe or a decimal point has its word on both sides.
        let next = chars.peek().map(|(_, next)| *next);
        if before == Sort::Word
            && matches!(c, '\'' | '’' | '.' | ',')
            && next.is_some_and(|next| joins(c, next))
        {
            sort = Sort::Word;
        }
        let goes_on = match sort {
            Sort::Mark => true,
            Sort::Word | Sort::Space => sort == before,
            Sort::Sign => false,
        };
        match tokens.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ => tokens.push(at..end),
        }
        if sort != Sort::Mark {
            before = sort;
        }
    }
    tokens
}

fn joins(sign: char, next: char) -> bool {
    match sign {
        '.' | ',' => next.is_ascii_digit(),
        _ => next.is_alphabetic(),
    }
}

/// What a character does to the words around it.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Word,
    Space,
    /// It belongs to the character before it.
    Mark,
    /// It stands by itself, as each character of Chinese and Japanese does.
    Sign,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_whitespace() => Self::Space,
            '\u{300}'..='\u{36F}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{20D0}'..='\u{20F0}'
            | '\u{3099}'
            | '\u{309A}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0100}'..='\u{E01EF}' => Self::Mark,
            _ if is_unspaced(c) => Self::Sign,
            _ if c.is_alphanumeric() => Self::Word,
            // Signs of Latin text; in other scripts what is no letter may still be a part of one.
            '\0'..='\u{BF}' | '\u{2000}'..='\u{2BFF}' => Self::Sign,
            _ => Self::Word,
        }
    }
}
