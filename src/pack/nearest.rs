//! What somebody may have meant who wrote a name that nothing has.
//! It guesses slips of one or two letters and nothing further, and gives up where there is too much to compare.

/// Longer names are not compared.
const LONGEST: usize = 64;
/// Among more names than this nobody looks.
const MOST: usize = 5_000;

/// ` (perhaps “…” is meant)`, or nothing.
pub(super) fn hint<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> String {
    match nearest(written, names) {
        Some(name) => format!(" (perhaps “{name}” is meant)"),
        None => String::new(),
    }
}

fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = written.chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return None;
    }
    // One slip in a short name, two in a longer one.
    let allowed = match letters.len() {
        0..3 => return None,
        3..6 => 1,
        _ => 2,
    };
    names
        .take(MOST)
        .filter(|name| name.len().abs_diff(written.len()) <= 4 * allowed)
        .filter_map(|name| Some((distance(&letters, name, allowed)?, name)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// How many letters have to be put in, taken out, changed or swapped with the next, if no more than `allowed`.
fn distance(written: &[char], name: &str, allowed: usize) -> Option<usize> {
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=written.len()).collect();
    let mut last = None;
    for (row, letter) in name.chars().take(LONGEST + 1).enumerate() {
        let mut now = vec![row + 1];
        for (column, other) in written.iter().enumerate() {
            let at =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&before, column) + usize::from(letter != *other);
            let mut least = changed
                .min(at(&before, column + 1) + 1)
                .min(at(&now, column) + 1);
            let previous = column.checked_sub(1);
            if let Some(previous) = previous
                && last == Some(*other)
                && written.get(previous) == Some(&letter)
            {
                least = least.min(at(&two_before, previous) + 1);
            }
            now.push(least);
        }
        if now.iter().all(|slips| *slips > allowed) {
            return None;
        }
        two_before = std::mem::replace(&mut before, now);
        last = Some(letter);
    }
    before.last().copied().filter(|slips| *slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::{hint, nearest};

    #[test]
    fn guesses_slips_and_nothing_else() {
        let names = ["new-bridge", "lost-cat", "tags", "title", "images/Été.png"];
        for (written, meant) in [
            ("new-brdige", Some("new-bridge")),
            ("newbridge", Some("new-bridge")),
            ("new-bridges-x", None),
            ("tag", Some("tags")),
            ("tgas", Some("tags")),
            ("ta", None),
            ("mood", None),
            ("images/Eté.png", Some("images/Été.png")),
            ("", None),
        ] {
            assert_eq!(nearest(written, names.into_iter()), meant, "{written}");
        }
        assert_eq!(
            hint("tasg", names.into_iter()),
            " (perhaps “tags” is meant)"
        );
        assert_eq!(nearest(&"a".repeat(10_000), names.into_iter()), None);
    }
}
