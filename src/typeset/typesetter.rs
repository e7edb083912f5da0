//! The one entrance: sets text, remembers what it set, and paints it.
//! One for a window. It starts no thread and reads no font of the system until a text needs one.

use std::rc::Rc;

use eframe::egui::{self, Color32, Painter, Pos2};

use super::arrange::{Task, quantised};
use super::atlas::SIDE;
use super::fonts::Fonts;
use super::memo::{Memo, Wanted};
use super::paint::Press;
use super::shape::Shaper;
use super::{Face, Ink, Setting, Style};
use crate::article::{Span, Text};

/// Sets and paints text; owned by the application, lent to what draws.
pub struct Typesetter {
    fonts: Fonts,
    shaper: Shaper,
    memo: Memo,
    press: Press,
    scale: f32,
    generation: u64,
    shaped: usize,
}

/// What a typesetter holds just now, for benchmarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Settings remembered.
    pub settings: usize,
    /// Their size, about, in bytes.
    pub setting_bytes: usize,
    /// Pages of the glyph atlas.
    pub pages: usize,
    /// Their size in bytes.
    pub atlas_bytes: usize,
    /// Glyphs on them.
    pub glyphs: usize,
    /// Glyphs painted since the frame began.
    pub painted: usize,
    /// Texts shaped since the start.
    pub shaped: usize,
}

impl Typesetter {
    /// Knows only `faces`. When a text needs more, the system's fonts are listed on a thread of their own, and `wake` is called
    /// from it when they are there: ask for a repaint.
    pub fn new(faces: &[Face], wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            fonts: Fonts::new(faces, wake),
            shaper: Shaper::new(),
            memo: Memo::default(),
            press: Press::default(),
            scale: 1.0,
            generation: 0,
            shaped: 0,
        }
    }

    /// The language of what is read next, such as `ja` or `zh-Hant`: it chooses among the forms of shared letters.
    pub fn set_language(&mut self, language: &str) {
        if self.shaper.set_language(language) {
            self.start_over();
        }
    }

    /// Call once at the start of every pass: takes the scale, forgets what has not been used for long, adopts the system's fonts.
    pub fn begin_frame(&mut self, ctx: &egui::Context) {
        let scale = ctx.pixels_per_point();
        if scale.to_bits() != self.scale.to_bits() && scale.is_finite() && scale > 0.0 {
            self.scale = scale;
            self.start_over();
        }
        if self.fonts.adopt_system() {
            self.start_over();
        }
        self.memo.begin_frame();
        self.press.begin_frame();
    }

    /// Changes whenever the same text may be set differently from before: heights measured earlier no longer hold.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Sets a text to a width in points; `f32::INFINITY` for a single line. Remembered until it has not been asked for in a while.
    pub fn set(&mut self, text: &Text, style: &Style, width: f32) -> Rc<Setting> {
        self.set_spans(&text.plain, &text.spans, style, width)
    }

    /// [`Self::set`] for text without marks.
    pub fn set_plain(&mut self, text: &str, style: &Style, width: f32) -> Rc<Setting> {
        self.set_spans(text, &[], style, width)
    }

    fn set_spans(&mut self, text: &str, spans: &[Span], style: &Style, width: f32) -> Rc<Setting> {
        let scale = self.scale;
        let width = quantised(width, scale);
        let wanted = Wanted {
            text,
            spans,
            style,
            scale,
            width,
        };
        let key = self.memo.key(&wanted);
        if let Some(setting) = self.memo.find(key, &wanted) {
            return setting;
        }
        let task = Task {
            text,
            spans,
            style,
            scale,
            width,
        };
        let shaped = self.memo.letters(key, &wanted).unwrap_or_else(|| {
            self.shaped += 1;
            self.shaper
                .shape(&mut self.fonts, text, spans, style, scale, task.pieces())
        });
        let arranged = task.arrange(shaped, &mut self.shaper, &mut self.fonts);
        let text = Text {
            plain: text.to_owned(),
            spans: spans.to_vec(),
        };
        let setting = Rc::new(Setting::new(text, *style, scale, arranged));
        self.memo.keep(key, width, &setting);
        setting
    }

    /// Paints a setting with its top left corner at `at`, in points. Lines outside the painter's clip cost nothing.
    pub fn paint(
        &mut self,
        painter: &Painter,
        setting: &Setting,
        at: Pos2,
        inks: &dyn Fn(Ink) -> Color32,
    ) {
        self.press
            .paint(painter, setting, at, inks, &mut self.fonts);
    }

    /// Whether fonts are on their way that may change what is painted.
    pub fn is_waiting(&self) -> bool {
        self.fonts.is_listing()
    }

    /// What it holds just now.
    pub fn stats(&self) -> Stats {
        let pages = self.press.atlas.page_count();
        Stats {
            settings: self.memo.len(),
            setting_bytes: self.memo.bytes(),
            pages,
            atlas_bytes: pages * SIDE * SIDE * 4,
            glyphs: self.press.atlas.glyph_count(),
            painted: self.press.painted,
            shaped: self.shaped,
        }
    }

    fn start_over(&mut self) {
        self.generation += 1;
        self.memo.clear();
    }
}
