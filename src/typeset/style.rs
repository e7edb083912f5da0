//! How a piece of text is to be set: face, size, leading and the colour's name.
//! It never holds a colour: names are resolved while painting, so a change of theme shapes nothing anew.

use std::hash::{Hash, Hasher};

/// Which of the embedded families.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// For everything a story says.
    #[default]
    Serif,
    /// For labels, captions and the interface.
    Sans,
    /// For code.
    Mono,
}

/// Where lines stand in their width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// Left, or right when the paragraph reads right to left.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// Right, or left when the paragraph reads right to left.
    End,
}

/// The name of a colour; the painter's caller says which colour it is just now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    /// What is read.
    #[default]
    Text,
    /// Standfirsts, captions, times.
    Soft,
    /// Decoration; too weak to carry words.
    Faint,
    /// Labels and marks.
    Accent,
    /// The words of a callout.
    Quote,
    /// Words that lead somewhere, and the line under them.
    Link,
    /// Code inside prose.
    Code,
    /// The ground behind code inside prose; may be transparent.
    CodeGround,
    /// Words on a filled accent.
    OnAccent,
    /// Something went wrong.
    Alert,
}

/// How to set a piece of text. Sizes are in points.
///
/// ```
/// use offprint::typeset::{Family, Style};
/// let headline = Style::new(Family::Serif, 40.0).weight(600.0).leading(1.12).tracking(-0.6).balance();
/// assert_eq!(headline.size, 40.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The family.
    pub family: Family,
    /// The size of the letters.
    pub size: f32,
    /// 400 is regular, 600 semi-bold, 700 bold; anything between, for faces that vary.
    pub weight: f32,
    /// The italic face.
    pub italic: bool,
    /// From baseline to baseline, as a multiple of `size`; rounded to whole pixels, so that lines keep one rhythm.
    pub leading: f32,
    /// Space added after each letter. Scripts whose letters join take none.
    pub tracking: f32,
    /// Where lines stand in their width.
    pub align: Align,
    /// Whether lines are made as even as their number allows, with no lone word at the end: for headlines.
    pub balance: bool,
    /// At most so many lines; the last ends in an ellipsis when there was more.
    pub max_lines: Option<usize>,
    /// The colour's name, where marks do not say otherwise.
    pub ink: Ink,
}

impl Style {
    /// Regular text in one ink, start-aligned, with a comfortable leading of 1.4.
    pub const fn new(family: Family, size: f32) -> Self {
        Self {
            family,
            size,
            weight: 400.0,
            italic: false,
            leading: 1.4,
            tracking: 0.0,
            align: Align::Start,
            balance: false,
            max_lines: None,
            ink: Ink::Text,
        }
    }

    /// With this weight.
    #[must_use]
    pub const fn weight(mut self, weight: f32) -> Self {
        self.weight = weight;
        self
    }

    /// In italics.
    #[must_use]
    pub const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// With this leading, a multiple of the size.
    #[must_use]
    pub const fn leading(mut self, leading: f32) -> Self {
        self.leading = leading;
        self
    }

    /// With this tracking, in points.
    #[must_use]
    pub const fn tracking(mut self, tracking: f32) -> Self {
        self.tracking = tracking;
        self
    }

    /// Aligned so.
    #[must_use]
    pub const fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Balanced, as headlines are.
    #[must_use]
    pub const fn balance(mut self) -> Self {
        self.balance = true;
        self
    }

    /// In at most so many lines.
    #[must_use]
    pub const fn max_lines(mut self, lines: usize) -> Self {
        self.max_lines = Some(lines);
        self
    }

    /// In this ink.
    #[must_use]
    pub const fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    /// The same style at a multiple of its size: the reader's text size.
    #[must_use]
    pub const fn scaled(mut self, factor: f32) -> Self {
        self.size *= factor;
        self.tracking *= factor;
        self
    }

    /// What decides the shapes of the letters, as bits; the rest only arranges them.
    fn shape(&self) -> (Family, u32, u32, bool, u32) {
        (
            self.family,
            self.size.to_bits(),
            self.weight.to_bits(),
            self.italic,
            self.tracking.to_bits(),
        )
    }

    /// What arranges shaped letters, without the width.
    fn arrangement(&self) -> (u32, Align, bool, Option<usize>, Ink) {
        (
            self.leading.to_bits(),
            self.align,
            self.balance,
            self.max_lines,
            self.ink,
        )
    }

    /// Whether text shaped for `other` is shaped for this style too.
    pub(super) fn same_shape(&self, other: &Self) -> bool {
        self.shape() == other.shape()
    }

    /// Feeds what decides the shapes of the letters into a hasher.
    pub(super) fn hash_shape(&self, state: &mut impl Hasher) {
        self.shape().hash(state);
    }
}

// By bits: a style is a key, and a NaN must be found again.
impl PartialEq for Style {
    fn eq(&self, other: &Self) -> bool {
        self.shape() == other.shape() && self.arrangement() == other.arrangement()
    }
}

impl Eq for Style {}

impl Hash for Style {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shape().hash(state);
        self.arrangement().hash(state);
    }
}
