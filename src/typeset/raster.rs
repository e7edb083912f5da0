//! Draws single glyphs into small bitmaps, by swash.
//! It remembers nothing but scratch space; the atlas keeps what was drawn.

use parley::FontData;
use parley::fontique::Synthesis;
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

/// A font at a size: everything about a glyph but which one.
pub(super) struct Cut {
    pub(super) font: FontData,
    pub(super) size: f32,
    /// Where on each axis a variable font stands.
    pub(super) coords: Box<[i16]>,
    pub(super) synthesis: Synthesis,
    /// Whether it is made bolder than it is.
    pub(super) bolder: bool,
}

/// A drawn glyph. `left` and `top` lead from the pen to the top left corner, right and up.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Bitmap {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: usize,
    pub(super) height: usize,
    /// How many times smaller than asked it was drawn; more than once only where it would not fit.
    pub(super) shrunk: u8,
    pub(super) pixels: Pixels,
}

/// What a bitmap consists of, row by row.
#[derive(Debug, PartialEq)]
pub(super) enum Pixels {
    /// How much of each pixel is covered.
    Coverage(Vec<u8>),
    /// Red, green, blue, alpha, not multiplied.
    Colour(Vec<u8>),
}

impl Default for Pixels {
    fn default() -> Self {
        Self::Coverage(Vec::new())
    }
}

/// Draws glyphs.
#[derive(Default)]
pub(super) struct Rasteriser {
    context: ScaleContext,
}

impl Rasteriser {
    /// Draws a glyph `quarter` quarters of a pixel to the right of the pen, no larger than `most` pixels each way.
    pub(super) fn draw(&mut self, cut: &Cut, glyph: u16, quarter: u8, most: usize) -> Bitmap {
        // A few letters are a dozen times as wide as others; they are drawn small and stretched.
        for shrunk in [1, 2, 4, 8] {
            let image = self.render(cut, glyph, f32::from(quarter) / 4.0, f32::from(shrunk));
            let Some(image) = image else { break };
            let (width, height) = (
                image.placement.width as usize,
                image.placement.height as usize,
            );
            if width > most || height > most {
                continue;
            }
            let pixels = match image.content {
                Content::Mask if image.data.len() == width * height => Pixels::Coverage(image.data),
                Content::Color if image.data.len() == width * height * 4 => {
                    Pixels::Colour(image.data)
                }
                _ => break,
            };
            return Bitmap {
                left: image.placement.left,
                top: image.placement.top,
                width,
                height,
                shrunk,
                pixels,
            };
        }
        Bitmap::default()
    }

    fn render(&mut self, cut: &Cut, glyph: u16, offset: f32, shrunk: f32) -> Option<Image> {
        const SOURCES: [Source; 4] = [
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
            Source::Bitmap(StrikeWith::BestFit),
        ];
        let data = cut.font.data.as_ref();
        let font = FontRef::from_index(data, usize::try_from(cut.font.index).ok()?)?;
        // By an id of ours: a font reference has a new one each time it is made, and would be taken apart anew.
        let id = [cut.font.data.id(), u64::from(cut.font.index)];
        let size = cut.size / shrunk;
        let mut scaler = self
            .context
            .builder_with_id(font, id)
            .size(size)
            .hint(false)
            .normalized_coords(cut.coords.iter())
            .build();
        let mut render = Render::new(&SOURCES);
        render
            .format(Format::Alpha)
            .offset(Vector::new(offset / shrunk, 0.0));
        if cut.bolder {
            render.embolden(size / 32.0);
        }
        if let Some(degrees) = cut.synthesis.skew() {
            render.transform(Some(Transform::skew(
                Angle::from_degrees(degrees),
                Angle::ZERO,
            )));
        }
        render.render(&mut scaler, glyph)
    }
}
