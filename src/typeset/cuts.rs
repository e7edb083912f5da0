//! Numbers for fonts at a size, so that a glyph's key is one number.
//! A number is never given twice; cuts that nobody draws with any more are forgotten, and their glyphs with them.

use parley::Run;

use super::raster::Cut;
use super::shape::Brush;

/// More than this are left over from zooming.
const MANY: usize = 96;
/// A cut not drawn with for so many frames is left over.
const OLD: u32 = 240;

struct Entry {
    number: u32,
    cut: Cut,
    used: u32,
}

/// All cuts in use, the last found first: text goes back to the same few.
#[derive(Default)]
pub(super) struct Cuts {
    entries: Vec<Entry>,
    next: u32,
    frame: u32,
}

impl Cuts {
    /// A new frame. True when some were forgotten.
    pub(super) fn begin_frame(&mut self) -> bool {
        self.frame = self.frame.wrapping_add(1);
        let before = self.entries.len();
        if before > MANY {
            let frame = self.frame;
            self.entries
                .retain(|entry| frame.wrapping_sub(entry.used) < OLD);
        }
        self.entries.len() != before
    }

    pub(super) fn knows(&self, number: u32) -> bool {
        self.entries.iter().any(|entry| entry.number == number)
    }

    /// The cut a run is set in, and its number.
    pub(super) fn of(&mut self, run: &Run<'_, Brush>) -> Option<(u32, &Cut)> {
        let bolder = is_made_bolder(run);
        let same = |entry: &Entry| {
            let cut = &entry.cut;
            cut.font == *run.font()
                && cut.size.to_bits() == run.font_size().to_bits()
                && *cut.coords == *run.normalized_coords()
                && cut.synthesis == run.synthesis()
                && cut.bolder == bolder
        };
        let at = if let Some(at) = self.entries.iter().position(same) {
            at
        } else {
            self.entries.push(Entry {
                number: self.next,
                cut: Cut {
                    font: run.font().clone(),
                    size: run.font_size(),
                    coords: run.normalized_coords().into(),
                    synthesis: run.synthesis(),
                    bolder,
                },
                used: self.frame,
            });
            self.next += 1;
            self.entries.len() - 1
        };
        self.entries.swap(0, at);
        let entry = self.entries.first_mut()?;
        entry.used = self.frame;
        Some((entry.number, &entry.cut))
    }
}

/// Whether a face has to be made bolder for what was asked for. A regular one is asked to for every weight above its own;
/// where a little more than regular was meant, as for quotes, that would be bold.
fn is_made_bolder(run: &Run<'_, Brush>) -> bool {
    const BOLD: f32 = 600.0;
    run.synthesis().embolden() && run.font_attrs().weight.value() >= BOLD
}
