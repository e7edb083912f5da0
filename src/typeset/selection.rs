//! What the reader has selected, over any number of paragraphs ("leaves", numbered in reading order).
//! Pure: it knows neither where text stands nor how a selection looks; the caller hits, paints and puts on the clipboard.

use std::ops::Range;

/// A place in the text: a leaf and a byte of its plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Which paragraph, in reading order.
    pub leaf: usize,
    /// Which byte of it, on a character boundary.
    pub byte: usize,
}

impl Point {
    /// This byte of that leaf.
    pub const fn new(leaf: usize, byte: usize) -> Self {
        Self { leaf, byte }
    }
}

/// How much a drag takes at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Characters, after a single press.
    #[default]
    Character,
    /// Whole words, after a double press.
    Word,
    /// Whole paragraphs, after a triple press.
    Paragraph,
}

/// A selection; empty until something was dragged over, pressed twice or extended to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What was pressed first: a point, or the whole word or paragraph. It stays selected while the head moves.
    anchor: (Point, Point),
    /// The end that moves.
    head: Point,
    grain: Grain,
}

impl Selection {
    /// A single press at `at`: an empty selection starts there.
    pub fn press(&mut self, at: Point) {
        *self = Self {
            anchor: (at, at),
            head: at,
            grain: Grain::Character,
        };
    }

    /// A double press on a word of a leaf; see [`super::Setting::word_at`].
    pub fn press_word(&mut self, leaf: usize, word: Range<usize>) {
        self.press_range(leaf, word, Grain::Word);
    }

    /// A triple press on a leaf of `len` bytes.
    pub fn press_paragraph(&mut self, leaf: usize, len: usize) {
        self.press_range(leaf, 0..len, Grain::Paragraph);
    }

    fn press_range(&mut self, leaf: usize, range: Range<usize>, grain: Grain) {
        let (start, end) = (Point::new(leaf, range.start), Point::new(leaf, range.end));
        *self = Self {
            anchor: (start, end),
            head: end,
            grain,
        };
    }

    /// A press with Shift held: what is selected reaches to `at` from where it began.
    pub fn extend(&mut self, at: Point) {
        self.head = at;
    }

    /// The pointer moves to `at` with the button held. `around` gives the word or the whole paragraph at a point, whichever
    /// [`Self::grain`] asks for; it is not called for characters.
    pub fn drag(&mut self, at: Point, around: impl FnOnce(Point) -> Range<usize>) {
        self.head = match self.grain {
            Grain::Character => at,
            Grain::Word | Grain::Paragraph => {
                let range = around(at);
                let byte = if at < self.anchor.0 {
                    range.start
                } else {
                    range.end
                };
                Point::new(at.leaf, byte)
            }
        };
    }

    /// Everything, from the first leaf to the end of the last, which has `last_len` bytes.
    pub fn select_all(&mut self, leaves: usize, last_len: usize) {
        let start = Point::default();
        *self = match leaves.checked_sub(1) {
            None => Self::default(),
            Some(last) => Self {
                anchor: (start, start),
                head: Point::new(last, last_len),
                grain: Grain::Character,
            },
        };
    }

    /// Nothing is selected any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How much a drag takes at a time just now.
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// The end that moves.
    pub fn head(&self) -> Point {
        self.head
    }

    /// The ends in reading order.
    pub fn ends(&self) -> (Point, Point) {
        (self.anchor.0.min(self.head), self.anchor.1.max(self.head))
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        let (start, end) = self.ends();
        start == end
    }

    /// Which leaves the selection touches.
    pub fn leaves(&self) -> Range<usize> {
        let (start, end) = self.ends();
        if start == end {
            start.leaf..start.leaf
        } else {
            start.leaf..end.leaf + 1
        }
    }

    /// What is selected of a leaf of `len` bytes; `None` when nothing is.
    pub fn range_in(&self, leaf: usize, len: usize) -> Option<Range<usize>> {
        let (start, end) = self.ends();
        if start == end || leaf < start.leaf || leaf > end.leaf {
            return None;
        }
        let from = if leaf == start.leaf { start.byte } else { 0 }.min(len);
        let to = if leaf == end.leaf { end.byte } else { len }.min(len);
        (from < to).then_some(from..to)
    }

    /// The selected text, with a blank line between paragraphs. `text` gives a leaf's plain text; leaves without any are left out.
    pub fn copy<'a>(&self, mut text: impl FnMut(usize) -> Option<&'a str>) -> String {
        let mut copied = String::new();
        for leaf in self.leaves() {
            let Some(whole) = text(leaf) else { continue };
            let Some(range) = self.range_in(leaf, whole.len()) else {
                continue;
            };
            // `get`: the text may have changed under the selection, and then a byte may lie inside a character.
            let Some(part) = whole.get(range) else {
                continue;
            };
            if !copied.is_empty() {
                copied.push_str("\n\n");
            }
            copied.push_str(part);
        }
        copied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAVES: [&str; 3] = ["One two three.", "Four five.", "Six."];

    fn copied(selection: &Selection) -> String {
        selection.copy(|leaf| LEAVES.get(leaf).copied())
    }

    fn word(text: &str, byte: usize) -> Range<usize> {
        let start = text[..byte].rfind(' ').map_or(0, |at| at + 1);
        let end = text[byte..].find(' ').map_or(text.len(), |at| byte + at);
        start..end
    }

    #[test]
    fn a_press_selects_nothing() {
        let mut selection = Selection::default();
        selection.press(Point::new(1, 3));
        assert!(selection.is_empty());
        assert_eq!(selection.range_in(1, 10), None);
        assert_eq!(copied(&selection), "");
    }

    #[test]
    fn a_drag_over_paragraphs_copies_them_with_blank_lines() {
        let mut selection = Selection::default();
        selection.press(Point::new(0, 8));
        selection.drag(Point::new(2, 3), |_| {
            unreachable!("characters ask for nothing")
        });
        assert_eq!(selection.range_in(0, 14), Some(8..14));
        assert_eq!(selection.range_in(1, 10), Some(0..10));
        assert_eq!(selection.range_in(2, 4), Some(0..3));
        assert_eq!(selection.range_in(3, 4), None);
        assert_eq!(copied(&selection), "three.\n\nFour five.\n\nSix");
    }

    #[test]
    fn backwards_is_the_same_as_forwards() {
        let mut selection = Selection::default();
        selection.press(Point::new(2, 3));
        selection.drag(Point::new(0, 8), |_| 0..0);
        assert_eq!(copied(&selection), "three.\n\nFour five.\n\nSix");
    }

    #[test]
    fn a_double_press_keeps_its_word_whichever_way_it_is_dragged() {
        let mut selection = Selection::default();
        selection.press_word(0, 4..7);
        assert_eq!(copied(&selection), "two");
        selection.drag(Point::new(0, 9), |at| word(LEAVES[at.leaf], at.byte));
        assert_eq!(copied(&selection), "two three.");
        selection.drag(Point::new(0, 1), |at| word(LEAVES[at.leaf], at.byte));
        assert_eq!(copied(&selection), "One two");
    }

    #[test]
    fn a_triple_press_takes_paragraphs() {
        let mut selection = Selection::default();
        selection.press_paragraph(1, 10);
        selection.drag(Point::new(0, 5), |at| 0..LEAVES[at.leaf].len());
        assert_eq!(copied(&selection), "One two three.\n\nFour five.");
        assert_eq!(selection.grain(), Grain::Paragraph);
    }

    #[test]
    fn shift_extends_from_where_it_began() {
        let mut selection = Selection::default();
        selection.press(Point::new(0, 4));
        selection.extend(Point::new(0, 7));
        assert_eq!(copied(&selection), "two");
        selection.extend(Point::new(0, 0));
        assert_eq!(copied(&selection), "One ");
    }

    #[test]
    fn everything_can_be_selected_and_nothing() {
        let mut selection = Selection::default();
        selection.select_all(3, 4);
        assert_eq!(copied(&selection), LEAVES.join("\n\n"));
        selection.select_all(0, 0);
        assert!(selection.is_empty());
        assert_eq!(selection.leaves().count(), 0);
    }

    #[test]
    fn text_that_shrank_or_changed_is_never_cut_inside_a_character() {
        let mut selection = Selection::default();
        selection.press(Point::new(0, 1));
        selection.extend(Point::new(0, 40));
        assert_eq!(selection.range_in(0, 5), Some(1..5));
        assert_eq!(selection.copy(|_| Some("éa")), "");
    }

    #[test]
    fn leaves_without_words_are_left_out() {
        let mut selection = Selection::default();
        selection.press(Point::new(0, 0));
        selection.extend(Point::new(2, 4));
        let text = selection.copy(|leaf| (leaf != 1).then(|| LEAVES[leaf]));
        assert_eq!(text, "One two three.\n\nSix.");
    }
}
