//! Selecting words with keys alone: a text at a time, then word by word at either end.

use eframe::egui::{Key, Modifiers, Ui};

use super::StoryPage;
use crate::typeset::Point;

/// What a key does to the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// The text after what is selected, or before it.
    Text(bool),
    /// The beginning goes a word forward, or back.
    Start(bool),
    /// The end does.
    End(bool),
}

/// The longer shortcuts first: a shorter one would take them.
const KEYS: [(Modifiers, Key, Reach); 6] = [
    (BOTH, Key::ArrowRight, Reach::End(true)),
    (BOTH, Key::ArrowLeft, Reach::End(false)),
    (Modifiers::COMMAND, Key::ArrowRight, Reach::Start(true)),
    (Modifiers::COMMAND, Key::ArrowLeft, Reach::Start(false)),
    (Modifiers::SHIFT, Key::ArrowDown, Reach::Text(true)),
    (Modifiers::SHIFT, Key::ArrowUp, Reach::Text(false)),
];
const BOTH: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl StoryPage {
    /// Selects with the keys of this frame.
    pub fn select_by_keys(&mut self, ui: &Ui) {
        let pressed = ui.input_mut(|i| {
            let mut keys = KEYS.into_iter();
            keys.find(|(modifiers, key, _)| i.consume_key(*modifiers, *key))
        });
        match pressed {
            Some((_, _, Reach::Text(forward))) => self.select_text(forward),
            Some((_, _, reach)) if !self.selection.is_empty() => self.reach(reach),
            _ => {}
        }
    }

    /// Selects a text; where nothing is selected the first of the story's own that is in view.
    fn select_text(&mut self, forward: bool) {
        let (start, end) = self.selection.ends();
        let from = match (self.selection.is_empty(), forward) {
            (true, _) => Some(self.seen.start.max(self.pieces.texts.start)),
            (false, true) => end.leaf.checked_add(1),
            (false, false) => start.leaf.checked_sub(1),
        };
        let is_there = |leaf: &usize| {
            let text = self.pieces.leaves.get(*leaf);
            text.is_some_and(|text| !text.trim().is_empty())
        };
        let leaf = from.and_then(|from| {
            if forward || self.selection.is_empty() {
                (from..self.pieces.leaves.len()).find(is_there)
            } else {
                (0..=from).rev().find(is_there)
            }
        });
        if let Some(leaf) = leaf {
            let len = self.pieces.leaves.get(leaf).map_or(0, |text| text.len());
            self.selection.press_paragraph(leaf, len);
            self.keep_in_view(leaf);
        }
    }

    fn reach(&mut self, reach: Reach) {
        let (start, end) = self.selection.ends();
        let text = |leaf: usize| self.pieces.leaves.get(leaf).map_or("", |text| text);
        let (new_start, new_end) = match reach {
            Reach::Start(true) => (
                Point::new(start.leaf, next_start(text(start.leaf), start.byte)),
                end,
            ),
            Reach::Start(false) => (
                Point::new(start.leaf, last_start(text(start.leaf), start.byte)),
                end,
            ),
            Reach::End(true) if end.byte >= text(end.leaf).len() => {
                let leaf = (end.leaf + 1).min(self.pieces.leaves.len().saturating_sub(1));
                let from = if leaf == end.leaf { end.byte } else { 0 };
                (start, Point::new(leaf, next_end(text(leaf), from)))
            }
            Reach::End(true) => (
                start,
                Point::new(end.leaf, next_end(text(end.leaf), end.byte)),
            ),
            Reach::End(false) => {
                let byte = last_end(text(end.leaf), end.byte);
                let leaves = byte == 0 && end.leaf > start.leaf;
                let before = end.leaf.saturating_sub(1);
                let last = Point::new(before, text(before).len());
                (
                    start,
                    if leaves {
                        last
                    } else {
                        Point::new(end.leaf, byte)
                    },
                )
            }
            Reach::Text(_) => return,
        };
        if new_start < new_end {
            self.selection.press(new_start);
            self.selection.extend(new_end);
            let moved = matches!(reach, Reach::Start(_));
            self.keep_in_view(if moved { new_start.leaf } else { new_end.leaf });
        }
    }

    fn keep_in_view(&mut self, leaf: usize) {
        let near = !self.seen.contains(&leaf) || leaf + 1 == self.seen.end;
        if let Some((piece, _)) = self.pieces.holding(leaf).filter(|_| near) {
            self.scroll.reveal(piece);
        }
    }
}

/// Whether a character is of a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// Whether a character is a word of its own: those of scripts without spaces are.
fn is_alone(c: char) -> bool {
    c >= '\u{2e80}' && c.is_alphanumeric()
}

/// Where the words of a text are, one after the other.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.find(|(_, c)| is_word(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) =
            letters.next_if(|(_, c)| !is_alone(first) && is_word(*c) && !is_alone(*c))
        {
            end = at + c.len_utf8();
        }
        Some((start, end))
    })
}

/// The end of the word that ends after a byte, or of the text.
fn next_end(text: &str, byte: usize) -> usize {
    let mut words = words(text).map(|(_, end)| end);
    words.find(|end| *end > byte).unwrap_or(text.len())
}

/// The end of the word that ends before a byte, or 0.
fn last_end(text: &str, byte: usize) -> usize {
    let words = words(text).map(|(_, end)| end);
    words.take_while(|end| *end < byte).last().unwrap_or(0)
}

/// The beginning of the word that begins after a byte, or the byte.
fn next_start(text: &str, byte: usize) -> usize {
    let mut words = words(text).map(|(start, _)| start);
    words.find(|start| *start > byte).unwrap_or(byte)
}

/// The beginning of the word that begins before a byte, or 0.
fn last_start(text: &str, byte: usize) -> usize {
    let words = words(text).map(|(start, _)| start);
    words.take_while(|start| *start < byte).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_from_word_to_word() {
        let text = "“One, it’s 2.” 東京";
        let starts: Vec<&str> = words(text).map(|(start, end)| &text[start..end]).collect();
        assert_eq!(starts, ["One", "it’s", "2", "東", "京"]);
        let one = text.find("One").unwrap();
        for (step, from, to) in [
            (next_end as fn(&str, usize) -> usize, 0, one + 3),
            (next_end, text.len(), text.len()),
            (last_end, text.len(), text.len() - "京".len()),
            (last_end, one, 0),
            (next_start, one, text.find("it").unwrap()),
            (next_start, text.len() - 3, text.len() - 3),
            (last_start, text.find("it").unwrap(), one),
            (last_start, one, 0),
        ] {
            assert_eq!(step(text, from), to, "{from}");
        }
    }
}
