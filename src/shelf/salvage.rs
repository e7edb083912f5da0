//! What is whole in a damaged file, record by record.

use super::file::{Kind, edit_list};
use super::outline::{Group, is_blank, value_end};

/// A new file with the records of a damaged one that are whole, wherever in it they stand.
pub(super) fn salvage(kind: &Kind, text: &str, fresh: &str) -> (String, usize) {
    let found = salvaged(kind, text);
    let Ok(mut file) = Group::fields(fresh) else {
        return (fresh.to_owned(), 0);
    };
    edit_list(kind, &mut file, |list| {
        for record in &found {
            list.push((*record).to_owned(), "        ");
        }
        !found.is_empty()
    });
    (file.render(), found.len())
}

/// The records that are whole and understood, wherever in the text they stand. After one that is neither, the next is looked for
/// right behind its beginning: what seems to be its end may be anywhere.
pub(super) fn salvaged<'a>(kind: &Kind, text: &'a str) -> Vec<&'a str> {
    whole(kind, text, |record| {
        (kind.understands)(record) && !hides(kind, record)
    })
}

/// Whether whole records stand within this one: a text in it has lost its end, and goes on to the end of another's.
pub(super) fn hides(kind: &Kind, record: &str) -> bool {
    let inside = record.find('(').map_or("", |at| &record[at + 1..]);
    let found = swallows(kind, record).then(|| whole(kind, inside, kind.understands));
    let mut found = found.into_iter().flatten();
    found.any(|it| it.starts_with(kind.record))
}

/// The records that are whole and that `fit`.
fn whole<'a>(kind: &Kind, text: &'a str, fit: impl Fn(&str) -> bool) -> Vec<&'a str> {
    /// More than any record has; keeps a lost quotation mark from costing the square of a large file.
    const LONGEST: usize = 1 << 20;
    // What is made of brackets alone is not gone through from each of them.
    let mut patience = (text.len() + LONGEST) * 8;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(Opening { start, bracket, .. }) = next_opening(kind, text, at) {
        let limit = text.floor_char_boundary((start + LONGEST).min(text.len()));
        let seen = match value_end(&text[..limit], start) {
            Ok(end) if fit(&text[start..end]) => {
                found.push(&text[start..end]);
                at = end;
                continue;
            }
            Ok(end) => end,
            Err(fault) => fault.at,
        };
        at = bracket + 1;
        match patience.checked_sub(seen.saturating_sub(start)) {
            Some(rest) => patience = rest,
            None => break,
        }
    }
    found
}

/// Whether another record seems to begin within this one, as when an end was lost.
pub(super) fn swallows(kind: &Kind, record: &str) -> bool {
    let mut at = 0;
    while let Some(opening) = next_opening(kind, record, at) {
        if opening.named && opening.start > 0 {
            return true;
        }
        at = opening.bracket + 1;
    }
    false
}

/// Whether what stands before a name is a part of it. One letter is not: a blank may have become one.
fn is_longer_name(before: &str) -> bool {
    let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
    before.chars().rev().take(2).filter(is_part).count() == 2
}

/// Where a record may begin.
struct Opening {
    /// Its first byte.
    start: usize,
    /// Its bracket.
    bracket: usize,
    /// Whether it has its name before the bracket.
    named: bool,
}

/// The next place from `at` on where a record may begin: its name and a bracket, as it may be written by hand with blanks between;
/// or a bracket alone, where an item of a list begins.
fn next_opening(kind: &Kind, text: &str, at: usize) -> Option<Opening> {
    let brackets = text.get(at..)?.match_indices('(');
    brackets.map(|(offset, _)| at + offset).find_map(|bracket| {
        let before = &text[at..bracket];
        let word = before.trim_end_matches(is_blank);
        if let Some(rest) = word.strip_suffix(kind.record)
            && !is_longer_name(rest)
        {
            let start = at + rest.len();
            return Some(Opening {
                start,
                bracket,
                named: true,
            });
        }
        let begins = word.is_empty() || word.ends_with([',', '[', ')']);
        let line = before[word.len()..].contains('\n');
        (begins || line).then_some(Opening {
            start: bracket,
            bracket,
            named: false,
        })
    })
}
