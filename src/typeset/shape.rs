//! From a text and a style to letters with widths, by parley; not yet in lines.
//! It never fails: text that parley cannot take is made harmless first, byte for byte, so that places in it stay what they were.

use std::ops::Range;
use std::rc::Rc;

use parley::fontique::Language;
use parley::{
    FontFeature, FontFeatures, FontStyle, FontVariation, FontVariations, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, RangedBuilder, StyleProperty, setting::Tag,
};

use super::bidi::{Units, is_rtl};
use super::fonts::{Fonts, Letters, stack};
use super::harmless::{hangs, harmless};
use super::{Family, Style};
use crate::article::{Mark, Span};

/// Code inside prose is set smaller: its letters are larger for their size.
const CODE_SIZE: f32 = 0.88;
/// Parley counts bytes of a run in sixteen bits. A paragraph longer than this is set in pieces, each beginning a new line.
const LONGEST_PIECE: usize = 16 * 1024;
/// What is longer than this is not text that anybody reads; the rest is left out, and the setting says so.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;

/// What letters are besides their shape; decides the ink and what is drawn around them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Brush {
    pub(super) code: bool,
    pub(super) link: bool,
    pub(super) strike: bool,
}

/// A shaped run of the text; `start` is where it begins in the whole.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) layout: Layout<Brush>,
    /// What is never parted, where words run from right to left.
    pub(super) units: Option<Rc<Units>>,
}

/// A shaped text.
#[derive(Clone, Default)]
pub(super) struct Shaped {
    pub(super) pieces: Vec<Piece>,
    /// How many bytes of the text were shaped.
    pub(super) len: usize,
}

/// Shapes text. Holds scratch space only.
pub(super) struct Shaper {
    scratch: LayoutContext<Brush>,
    language: Option<Language>,
}

impl Shaper {
    pub(super) fn new() -> Self {
        Self {
            scratch: LayoutContext::new(),
            language: None,
        }
    }

    /// True when text may be shaped differently from now on.
    pub(super) fn set_language(&mut self, language: &str) -> bool {
        let language = Language::parse(language).ok();
        let changed = self.language != language;
        self.language = language;
        changed
    }

    /// Shapes `text`, or its first `pieces` pieces. `scale` is pixels per point; the layouts are in pixels.
    pub(super) fn shape(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        spans: &[Span],
        style: &Style,
        scale: f32,
        pieces: usize,
    ) -> Shaped {
        let mut shaped = Shaped::default();
        let tracking = if text.chars().any(joins) {
            0.0
        } else {
            style.tracking
        };
        let language = language_of(text).or(self.language);
        while shaped.len < text.len().min(LONGEST_TEXT) && shaped.pieces.len() < pieces {
            let rest = text.get(shaped.len..).unwrap_or_default();
            let raw = rest.get(..piece_len(rest)).unwrap_or(rest);
            let start = shaped.len;
            shaped.len += raw.len();
            let piece = harmless(raw);
            let mut builder = self
                .scratch
                .ranged_builder(&mut fonts.context, &piece, scale, false);
            builder.push_default(StyleProperty::Locale(language));
            push_style(&mut builder, style, tracking);
            push_signs(&mut builder, raw, style.family);
            for span in spans {
                let from = span.range.start.max(start);
                let to = span.range.end.min(shaped.len);
                // A span that cuts a character in two would be the author's error and our panic.
                if from < to && text.is_char_boundary(from) && text.is_char_boundary(to) {
                    push_mark(&mut builder, style, &span.mark, from - start..to - start);
                }
            }
            if style.family == Family::Mono {
                push_tabs(&mut builder, raw, style.size);
            }
            let rtl = raw.chars().any(is_rtl);
            builder.push_default(if rtl {
                OverflowWrap::Normal
            } else {
                OverflowWrap::Anywhere
            });
            let mut layout = builder.build(&piece);
            let units = rtl.then(|| Rc::new(Units::of(&mut layout)));
            shaped.pieces.push(Piece {
                start,
                layout,
                units,
            });
        }
        shaped
    }
}

fn push_style(builder: &mut RangedBuilder<'_, Brush>, style: &Style, tracking: f32) {
    let size = sane_size(style.size);
    builder.push_default(StyleProperty::FontFamily(stack(
        style.family,
        Letters::Words,
    )));
    builder.push_default(StyleProperty::FontSize(size));
    builder.push_default(StyleProperty::FontWeight(FontWeight::new(sane_weight(
        style.weight,
    ))));
    if style.italic {
        builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
    }
    // Faces drawn for small and large sizes are drawn for points, so that a sharper screen shows the same letters.
    let optical = [FontVariation::new(Tag::new(b"opsz"), size)];
    builder.push_default(StyleProperty::FontVariations(FontVariations::from(
        &optical,
    )));
    // Figures of their own widths: the serif's are as wide as one another unless asked.
    let mut features = vec![FontFeature::new(Tag::new(b"pnum"), 1)];
    if tracking.is_finite() && tracking != 0.0 {
        builder.push_default(StyleProperty::LetterSpacing(tracking));
        // Letters drawn as one would be tighter or looser than their neighbours.
        features.push(FontFeature::new(Tag::new(b"liga"), 0));
        features.push(FontFeature::new(Tag::new(b"clig"), 0));
    }
    builder.push_default(StyleProperty::FontFeatures(FontFeatures::from(
        features.as_slice(),
    )));
    builder.push_default(LineHeight::FontSizeRelative(1.0));
}

fn push_mark(
    builder: &mut RangedBuilder<'_, Brush>,
    style: &Style,
    mark: &Mark,
    range: Range<usize>,
) {
    if mark.bold {
        let weight = (sane_weight(style.weight) + 200.0).max(700.0);
        builder.push(
            StyleProperty::FontWeight(FontWeight::new(weight)),
            range.clone(),
        );
    }
    if mark.italic {
        // Emphasis inside italics is upright.
        let slope = if style.italic {
            FontStyle::Normal
        } else {
            FontStyle::Italic
        };
        builder.push(StyleProperty::FontStyle(slope), range.clone());
    }
    if mark.code {
        builder.push(
            StyleProperty::FontFamily(stack(Family::Mono, Letters::Words)),
            range.clone(),
        );
        builder.push(
            StyleProperty::FontSize(sane_size(style.size) * CODE_SIZE),
            range.clone(),
        );
        builder.push(StyleProperty::LetterSpacing(0.0), range.clone());
    }
    let brush = Brush {
        code: mark.code,
        link: mark.link.is_some(),
        strike: mark.strike,
    };
    if brush != Brush::default() {
        builder.push(StyleProperty::Brush(brush), range);
    }
}

/// Signs and pictures are looked for in other places than words.
fn push_signs(builder: &mut RangedBuilder<'_, Brush>, piece: &str, family: Family) {
    let mut open: Option<(usize, Letters)> = None;
    let mut close = |open: Option<(usize, Letters)>, end: usize| {
        if let Some((start, letters)) = open {
            builder.push(
                StyleProperty::FontFamily(stack(family, letters)),
                start..end,
            );
        }
    };
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let pictured = chars.peek().is_some_and(|(_, next)| *next == '\u{fe0f}');
        let letters = match c {
            // What joins pictures, or colours them, belongs to them.
            '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}' => {
                open.map_or(Letters::Words, |(_, letters)| letters)
            }
            '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}' => Letters::Emoji,
            _ if pictured => Letters::Emoji,
            '\u{2100}'..='\u{2bff}' | '\u{1d400}'..='\u{1f2ff}' => Letters::Signs,
            _ => Letters::Words,
        };
        if open.map_or(Letters::Words, |(_, letters)| letters) != letters {
            let fresh = (letters != Letters::Words).then_some((at, letters));
            close(std::mem::replace(&mut open, fresh), at);
        }
    }
    close(open, piece.len());
}

/// A tab in code is as wide as four letters. It was made a space; three more are added.
fn push_tabs(builder: &mut RangedBuilder<'_, Brush>, piece: &str, size: f32) {
    const LETTER: f32 = 0.6;
    for (at, _) in piece.match_indices('\t') {
        let spacing = StyleProperty::WordSpacing(3.0 * LETTER * sane_size(size));
        builder.push(spacing, at..=at);
    }
}

/// Sizes come from settings files too.
pub(super) fn sane_size(size: f32) -> f32 {
    if size.is_finite() {
        size.clamp(1.0, 1000.0)
    } else {
        16.0
    }
}

fn sane_weight(weight: f32) -> f32 {
    if weight.is_finite() {
        weight.clamp(1.0, 1000.0)
    } else {
        400.0
    }
}

/// How much of a long text to shape at once: up to a line's end, else up to a space, else as much as may be.
fn piece_len(text: &str) -> usize {
    if text.len() <= LONGEST_PIECE {
        return text.len();
    }
    let window = text.get(..text.floor_char_boundary(LONGEST_PIECE));
    let window = window.unwrap_or(text);
    let end = window
        .rfind('\n')
        .or_else(|| window.rfind(' '))
        .map_or(window.len(), |at| at + 1);
    if end < window.len() {
        return end;
    }
    // What hangs on a letter stays with it, unless there is nothing else.
    let hanging = text.get(end..).is_some_and(|rest| rest.starts_with(hangs));
    let base = window.trim_end_matches(hangs).char_indices().next_back();
    match base {
        Some((at, _)) if hanging && at > 0 => at,
        _ => end,
    }
}

/// Whether a letter joins its neighbours, so that space between them would break words apart.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' // Arabic, Syriac, Thaana, N'Ko, Mandaic
        | '\u{900}'..='\u{dff}' // the scripts of India
        | '\u{e00}'..='\u{109f}' // Thai, Lao, Tibetan, Myanmar
        | '\u{1780}'..='\u{18af}' // Khmer, Mongolian
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}')
}

/// The language a text is surely in, where that decides the forms of shared letters.
fn language_of(text: &str) -> Option<Language> {
    // Latin text, most of all, is not worth a second look.
    let first = text
        .chars()
        .find(|c| *c >= '\u{1100}' && !('\u{1e00}'..'\u{2e00}').contains(c))?;
    let from = text.find(first).unwrap_or_default();
    for c in text.get(from..)?.chars() {
        match c {
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => return Language::parse("ja").ok(),
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => {
                return Language::parse("ko").ok();
            }
            _ => {}
        }
    }
    None
}
