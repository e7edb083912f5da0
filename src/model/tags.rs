//! The words under which the reader files a story, each with the time it was last given or taken away.

use std::collections::BTreeMap;

use super::stamp::Stamp;

/// The reader's tags. Two copies are joined tag by tag: what was done last holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    marks: BTreeMap<String, Mark>,
}

/// What was last done to a tag; in this order, so that of two that were done in the same moment the giving holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    at: Stamp,
    there: bool,
}

/// The longest tag, in bytes.
pub const MAX_TAG_BYTES: usize = 64;

impl Tags {
    /// A tag as it is kept: without blanks around it or more than one between words, and not longer than
    /// [`MAX_TAG_BYTES`]; `None` where nothing is left.
    pub fn tidy(tag: &str) -> Option<String> {
        let plain = |it: char| it != ',' && (it.is_whitespace() || !it.is_control());
        let tag: String = tag.chars().filter(|it| plain(*it)).collect();
        let mut tidy = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        tidy.truncate(tidy.floor_char_boundary(MAX_TAG_BYTES));
        let tidy = tidy.trim();
        (!tidy.is_empty()).then(|| tidy.to_owned())
    }

    /// Gives a tag or takes it away; what is so already stays as it is.
    pub fn set(&mut self, tag: &str, there: bool, at: Stamp) {
        let before = self.marks.get(tag).copied();
        if before.is_some_and(|it| it.there) == there {
            return;
        }
        let at = before.map_or(at, |it| at.after(it.at));
        self.marks.insert(tag.to_owned(), Mark { at, there });
    }

    /// Takes in that a tag was given or taken away at a time, as a file says.
    pub fn note(&mut self, tag: &str, there: bool, at: Stamp) {
        let mark = Mark { at, there };
        let known = self.marks.entry(tag.to_owned()).or_insert(mark);
        *known = (*known).max(mark);
    }

    /// The tags that are there, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let there = self.marks.iter().filter(|(_, mark)| mark.there);
        there.map(|(tag, _)| tag.as_str())
    }

    /// Whether this tag is there.
    pub fn has(&self, tag: &str) -> bool {
        self.marks.get(tag).is_some_and(|mark| mark.there)
    }

    /// Whether there is no tag.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Every tag that was ever there: its name, whether it is now, and since when.
    pub fn marks(&self) -> impl Iterator<Item = (&str, bool, Stamp)> {
        let marks = self.marks.iter();
        marks.map(|(tag, mark)| (tag.as_str(), mark.there, mark.at))
    }

    /// Takes in what another copy knows.
    pub fn join(&mut self, other: &Self) {
        for (tag, there, at) in other.marks() {
            self.note(tag, there, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_kept_without_what_a_list_of_tags_would_be_split_at() {
        for (typed, kept) in [
            ("to do", Some("to do")),
            ("  sea ,\tair\n", Some("sea air")),
            ("a\u{0}b", Some("ab")),
            (" , ", None),
            ("", None),
        ] {
            assert_eq!(Tags::tidy(typed).as_deref(), kept, "{typed:?}");
        }
        let long = "ä".repeat(40);
        assert_eq!(Tags::tidy(&long).map(|it| it.len()), Some(64));
    }
}
