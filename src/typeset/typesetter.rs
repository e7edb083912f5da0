//! The one entrance: sets text, remembers what it set, and paints it.
//! One for a window. It starts no thread and reads no font of the system until a text needs one.

use std::rc::Rc;

use eframe::egui::{self, Color32, Painter, Pos2};

use super::{Face, Ink, Setting, Style};
use crate::article::Text;

/// Sets and paints text; owned by the application, lent to what draws.
pub struct Typesetter {}

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
    /// Glyphs drawn since the frame began.
    pub drawn: usize,
    /// Texts shaped since the start.
    pub shaped: usize,
}

impl Typesetter {
    /// Knows only `faces`. When a text needs more, the system's fonts are listed on a thread of their own, and `wake` is called
    /// from it when they are there: ask for a repaint.
    pub fn new(faces: &[Face], wake: impl Fn() + Send + Sync + 'static) -> Self {
        todo!()
    }

    /// The language of what is read next, such as `ja` or `zh-Hant`: it chooses among the forms of shared letters.
    pub fn set_language(&mut self, language: &str) {
        todo!()
    }

    /// Call once at the start of every pass: takes the scale, forgets what has not been used for long, adopts the system's fonts.
    pub fn begin_frame(&mut self, ctx: &egui::Context) {
        todo!()
    }

    /// Sets a text to a width in points; `f32::INFINITY` for a single line. Remembered until it has not been asked for in a while.
    pub fn set(&mut self, text: &Text, style: &Style, width: f32) -> Rc<Setting> {
        todo!()
    }

    /// [`Self::set`] for text without marks.
    pub fn set_plain(&mut self, text: &str, style: &Style, width: f32) -> Rc<Setting> {
        todo!()
    }

    /// Paints a setting with its top left corner at `at`, in points. Lines outside the painter's clip cost nothing.
    pub fn paint(
        &mut self,
        painter: &Painter,
        setting: &Setting,
        at: Pos2,
        inks: &dyn Fn(Ink) -> Color32,
    ) {
        todo!()
    }

    /// What it holds just now.
    pub fn stats(&self) -> Stats {
        todo!()
    }
}
