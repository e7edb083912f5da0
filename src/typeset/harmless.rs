//! Text that parley can take, of the same length: places in it stay what they were.
//! It changes nothing that anybody would write on purpose, and what it changes was not to be seen.

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Characters that make one letter together, or are not seen, at most. Parley counts them in eight bits, kerning looks past them
/// again and again, and beyond that they are noise.
const MOST: usize = 48;

/// Whether a character hangs on the one before it: accents, joiners, variation selectors, skin tones, the tags of flags.
pub(super) fn hangs(c: char) -> bool {
    c >= '\u{300}'
        && (is_combining_mark(c)
            || matches!(c,
                '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{ff9e}' | '\u{ff9f}'
                | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}'))
}

/// The same text, without what no font draws: controls, carriage returns, marks that hang on nothing or without end.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let mut tamer = Tamer::default();
    if text.chars().all(|c| tamer.tame(c, None) == c) {
        return Cow::Borrowed(text);
    }
    let mut tamer = Tamer::default();
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(tamer.tame(c, chars.peek().copied()));
    }
    debug_assert_eq!(out.len(), text.len(), "places in the text must not move");
    Cow::Owned(out)
}

/// Knows how much hangs together so far.
#[derive(Default)]
struct Tamer {
    together: usize,
    /// The character before wants to be one letter with the next.
    joining: bool,
    jamo: bool,
    /// A line has begun and nothing stands on it: a mark would hang on the newline, which parley takes for an error.
    bare: bool,
}

impl Tamer {
    fn tame(&mut self, c: char, next: Option<char>) -> char {
        let tame = match c {
            '\r' if next != Some('\n') => '\n',
            c if c == '\n' || !c.is_control() => c,
            c if c.len_utf8() == 1 => ' ',
            _ => '\u{a0}',
        };
        if matches!(tame, '\n' | '\u{2028}' | '\u{2029}') {
            *self = Self {
                bare: true,
                ..Self::default()
            };
            return tame;
        }
        let jamo = matches!(tame, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}');
        let joined = !tame.is_ascii()
            && (hangs(tame) || is_unseen(tame) || self.joining || (self.jamo && jamo));
        let tame = match joined {
            true if self.together >= MOST => return blank(tame),
            // Something to hang on.
            true if self.bare && hangs(tame) => blank(tame),
            _ => tame,
        };
        self.together = if joined { self.together + 1 } else { 1 };
        self.bare = false;
        self.jamo = jamo;
        self.joining = joins_next(tame);
        tame
    }
}

/// Whether a character makes one letter with the one after it: joiners, the signs that take a vowel away, signs before numbers.
fn joins_next(c: char) -> bool {
    c >= '\u{600}'
        && (matches!(
            c,
            '\u{200d}' | '\u{600}'
                ..='\u{605}'
                    | '\u{6dd}'
                    | '\u{70f}'
                    | '\u{890}'
                    | '\u{891}'
                    | '\u{8e2}'
                    | '\u{d4e}'
        ) || ('\u{110bd}'..='\u{11f02}').contains(&c)
            || canonical_combining_class(c) == 9)
}

/// Whether fonts are asked to draw nothing for it.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Something empty that hangs on nothing and takes as many bytes.
fn blank(c: char) -> char {
    match c.len_utf8() {
        1 => ' ',
        2 => '\u{a0}',
        3 => '\u{2009}',
        _ => '\u{1d159}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "Plain words,\nand more.",
            "e\u{301}clair, naïve, 👩🏽\u{200d}🚀 🇲🇽 1\u{fe0f}\u{20e3}",
            "मेक्सिको की राष्ट्रपति",
            "قَالَتْ رَئِيسَةُ",
            "한국어 각",
            "ཧཱུྃ ༀ",
        ] {
            assert!(matches!(harmless(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_is_not_seen_is_replaced_byte_for_byte() {
        for (text, tame) in [
            ("a\tb\u{0}c\u{7f}", "a b c "),
            ("a\r\nb\rc", "a \nb\nc"),
            ("a\u{85}b", "a\u{a0}b"),
            ("\n\u{301}\u{301}a", "\n\u{a0}\u{301}a"),
            ("\n\u{200d}\u{301}a", "\n\u{2009}\u{301}a"),
        ] {
            assert_eq!(harmless(text), tame);
        }
        let tower = format!("a{}b\u{301}", "\u{301}".repeat(500));
        let tame = harmless(&tower);
        assert_eq!(tame.len(), tower.len());
        assert_eq!(tame.matches('\u{301}').count(), MOST); // and the last one
        assert!(tame.ends_with("b\u{301}"));
    }
}
