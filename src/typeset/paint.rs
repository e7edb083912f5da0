//! Puts a setting on the screen: glyphs as textured quads on whole pixels, and the grounds and lines that marks ask for.
//! It decides no colour and no place; glyphs are drawn when they are first seen.

use eframe::egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, TextureId, Vec2, pos2, vec2};
use parley::{Glyph, Run};

use super::arrange::Line;
use super::atlas::{Atlas, Key, SIDE, Slot};
use super::cuts::Cuts;
use super::fonts::Fonts;
use super::raster::Rasteriser;
use super::shape::Brush;
use super::{Ink, Setting};

/// Draws glyphs and remembers them.
#[derive(Default)]
pub(super) struct Press {
    pub(super) atlas: Atlas,
    /// Glyphs painted in this frame.
    pub(super) painted: usize,
    cuts: Cuts,
    rasteriser: Rasteriser,
}

/// What is painted for one setting, in the order of layers.
struct Sheet<'a> {
    painter: &'a Painter,
    scale: f32,
    grounds: Vec<(Rect, Color32)>,
    glyphs: Vec<Mesh>,
    rules: Vec<(Rect, Color32)>,
}

/// The colours of one setting, asked for once.
struct Palette {
    text: Color32,
    link: Color32,
    code: Color32,
    ground: Color32,
}

/// A stretch of a line with one brush, in pixels.
#[derive(Clone, Copy)]
struct Stretch {
    brush: Brush,
    left: f32,
    right: f32,
    size: f32,
}

impl Press {
    pub(super) fn begin_frame(&mut self) {
        self.painted = 0;
        if self.cuts.begin_frame() {
            let cuts = &self.cuts;
            self.atlas.retain_cuts(|number| cuts.knows(number));
        }
        self.atlas.begin_frame();
    }

    /// Paints what the painter's clip shows.
    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        setting: &Setting,
        at: Pos2,
        inks: &dyn Fn(Ink) -> Color32,
        fonts: &mut Fonts,
    ) {
        let scale = setting.scale();
        // On whole pixels, so that a paragraph looks the same wherever it stands.
        let origin = (at.to_vec2() * scale).round();
        let clip = painter.clip_rect() * scale;
        let arranged = setting.arranged();
        let height = arranged.line_height;
        // Letters may reach out of their line; a line's height of them is let through.
        let first = ((clip.top() - origin.y) / height - 1.0).floor().max(0.0) as usize;
        let last = ((clip.bottom() - origin.y) / height + 1.0).ceil().max(0.0) as usize;
        let lines = arranged.lines.iter().take(last).skip(first);
        let palette = Palette {
            text: inks(setting.style().ink),
            link: inks(Ink::Link),
            code: inks(Ink::Code),
            ground: inks(Ink::CodeGround),
        };
        let mut sheet = Sheet {
            painter,
            scale,
            grounds: Vec::new(),
            glyphs: Vec::new(),
            rules: Vec::new(),
        };
        for line in lines {
            self.line(&mut sheet, setting, line, origin, &palette, fonts);
        }
        sheet.hand_in();
    }

    fn line(
        &mut self,
        sheet: &mut Sheet<'_>,
        setting: &Setting,
        line: &Line,
        origin: Vec2,
        palette: &Palette,
        fonts: &mut Fonts,
    ) {
        let arranged = setting.arranged();
        let Some(piece) = arranged.pieces.get(line.piece) else {
            return;
        };
        let Some(laid) = piece.layout.get(line.index) else {
            return;
        };
        let styles = piece.layout.styles();
        let brush = |glyph: &Glyph| styles.get(glyph.style_index()).map(|style| style.brush);
        let base = origin.y + line.baseline;
        let mut x = origin.x + line.x;
        let mut stretch: Option<Stretch> = None;
        let seen = origin.x + line.left()..origin.x + line.right();
        let finish = |sheet: &mut Sheet<'_>, stretch: Option<Stretch>| {
            if let Some(mut stretch) = stretch {
                // Space at a line's end is neither underlined nor tinted.
                stretch.left = stretch.left.max(seen.start);
                stretch.right = stretch.right.min(seen.end);
                sheet.decorate(stretch, base, palette);
            }
        };
        for run in laid.runs() {
            let Some((cut, _)) = self.cuts.of(&run) else {
                continue;
            };
            for cluster in run.visual_clusters() {
                for glyph in cluster.glyphs() {
                    let brush = brush(&glyph).unwrap_or_default();
                    if stretch.is_none_or(|s| s.brush != brush) {
                        let fresh = Stretch {
                            brush,
                            left: x,
                            right: x,
                            size: run.font_size(),
                        };
                        finish(sheet, stretch.replace(fresh));
                    }
                    let colour = palette.of(brush);
                    let pen = pos2(x + glyph.x, (base + glyph.y).round());
                    self.glyph(sheet, (&run, cut), &glyph, pen, colour, fonts);
                    x += glyph.advance;
                    if let Some(stretch) = &mut stretch {
                        stretch.right = x;
                    }
                }
            }
        }
        finish(sheet, stretch);
    }

    fn glyph(
        &mut self,
        sheet: &mut Sheet<'_>,
        run: (&Run<'_, Brush>, u32),
        glyph: &Glyph,
        pen: Pos2,
        colour: Color32,
        fonts: &mut Fonts,
    ) {
        // No font so far has this letter. The box that stands for it is shown when no other will come.
        if glyph.id == 0 && !fonts.want_system() {
            return;
        }
        let Ok(id) = u16::try_from(glyph.id) else {
            return;
        };
        let quarters = (pen.x * 4.0).round();
        let whole = (quarters / 4.0).floor();
        let quarter = (quarters - whole * 4.0) as u8;
        let Some(slot) = self.slot(sheet, run, id, quarter, is_dark(colour)) else {
            return;
        };
        if slot.is_empty() {
            return;
        }
        let colour = if slot.coloured {
            Color32::WHITE
        } else {
            colour
        };
        self.painted += 1;
        let Some(texture) = self.atlas.texture(slot.page) else {
            return;
        };
        let rect = slot.pixels(whole, pen.y) / sheet.scale;
        sheet
            .mesh(texture)
            .add_rect_with_uv(rect, slot.uv(), colour);
    }

    fn slot(
        &mut self,
        sheet: &Sheet<'_>,
        (run, cut): (&Run<'_, Brush>, u32),
        id: u16,
        quarter: u8,
        dark: bool,
    ) -> Option<Slot> {
        let key = Key::new(cut, id, quarter, dark);
        if let Some(slot) = self.atlas.get(key) {
            return Some(slot);
        }
        let (_, cut) = self.cuts.of(run)?;
        let bitmap = self.rasteriser.draw(cut, id, quarter, SIDE - 1);
        self.atlas.put(sheet.painter.ctx(), key, &bitmap)
    }
}

impl Palette {
    fn of(&self, brush: Brush) -> Color32 {
        match brush {
            Brush { link: true, .. } => self.link,
            Brush { code: true, .. } => self.code,
            Brush { .. } => self.text,
        }
    }
}

impl Sheet<'_> {
    /// The mesh of a page. There are one or two in use.
    fn mesh(&mut self, page: TextureId) -> &mut Mesh {
        let meshes = &mut self.glyphs;
        let at = meshes.iter().position(|mesh| mesh.texture_id == page);
        let at = at.unwrap_or_else(|| {
            meshes.push(Mesh::with_texture(page));
            meshes.len() - 1
        });
        &mut meshes[at]
    }

    /// What a mark draws besides its letters.
    fn decorate(&mut self, stretch: Stretch, base: f32, palette: &Palette) {
        let Stretch {
            brush,
            left,
            right,
            size,
        } = stretch;
        if left >= right {
            return;
        }
        let span = |top: f32, height: f32| {
            let (left, right) = (left.round(), right.round());
            Rect::from_min_size(pos2(left, top.round()), vec2(right - left, height))
        };
        let thin = (size / 18.0).round().max(1.0);
        if brush.code {
            let ground = span(base - size, (size * 1.32).round());
            self.grounds.push((
                ground.expand2(vec2((size * 0.15).round(), 0.0)),
                palette.ground,
            ));
        }
        if brush.link {
            let colour = palette.link.gamma_multiply(0.5);
            self.rules.push((span(base + size * 0.14, thin), colour));
        }
        if brush.strike {
            let colour = palette.of(brush);
            self.rules.push((span(base - size * 0.26, thin), colour));
        }
    }

    /// Gives everything to the painter: grounds, then letters, then lines.
    fn hand_in(self) {
        let scale = self.scale;
        for (rect, colour) in self.grounds {
            if colour != Color32::TRANSPARENT {
                self.painter.rect_filled(rect / scale, 3.0, colour);
            }
        }
        self.painter
            .extend(self.glyphs.into_iter().map(Shape::mesh));
        if !self.rules.is_empty() {
            let mut mesh = Mesh::default();
            for (rect, colour) in self.rules {
                mesh.add_colored_rect(rect / scale, colour);
            }
            self.painter.add(Shape::mesh(mesh));
        }
    }
}

/// Whether letters of this colour stand on a lighter ground. Nobody sets dark on dark.
fn is_dark(colour: Color32) -> bool {
    let [r, g, b, a] = colour.to_array().map(u32::from);
    299 * r + 587 * g + 114 * b < 500 * a
}
