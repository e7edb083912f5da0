//! Where drawn glyphs are kept: textures of a fixed size, filled shelf by shelf, given up when they have grown old.
//! It never gives up what was used in this frame, and never holds more than [`MOST_PAGES`].

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use eframe::egui::{
    Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, pos2,
};

use super::raster::{Bitmap, Pixels};

/// The side of a page in pixels. Every graphics system has textures this large.
pub(super) const SIDE: usize = 1024;
/// Above this, pages are given up that have not been used for [`OLD`] frames, or hardly.
const FEW_PAGES: usize = 4;
/// Above this, the page with the least that is still used has to go, however young.
const MOST_PAGES: usize = 16;
/// A glyph not drawn for so many frames is old.
const OLD: u32 = 120;
/// A page of which less than this part is young is given up; its young glyphs move.
const HARDLY: usize = SIDE * SIDE / 4;

/// Which glyph: the number of its cut, its own, its place within the pixel, and what ground it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn new(cut: u32, glyph: u16, quarter: u8, dark: bool) -> Self {
        Self(
            u64::from(cut) << 19
                | u64::from(glyph) << 3
                | u64::from(quarter & 3) << 1
                | u64::from(dark),
        )
    }

    fn cut(self) -> u32 {
        (self.0 >> 19) as u32
    }
}

/// A kept glyph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) page: u16,
    x: u16,
    y: u16,
    width: u16,
    height: u16,
    left: i16,
    top: i16,
    stretch: u8,
    /// Has colours of its own.
    pub(super) coloured: bool,
    used: u32,
}

impl Slot {
    /// Whether there is nothing to paint.
    pub(super) fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The glyph's pixels on the screen, with the pen at a whole pixel.
    pub(super) fn pixels(&self, pen_x: f32, pen_y: f32) -> Rect {
        let stretch = f32::from(self.stretch);
        let min = pos2(
            pen_x + f32::from(self.left) * stretch,
            pen_y - f32::from(self.top) * stretch,
        );
        let max = pos2(
            min.x + f32::from(self.width) * stretch,
            min.y + f32::from(self.height) * stretch,
        );
        Rect::from_min_max(min, max)
    }

    /// The glyph's pixels on the page, as parts of its side.
    pub(super) fn uv(&self) -> Rect {
        const TEXEL: f32 = 1.0 / SIDE as f32;
        Rect::from_min_max(
            pos2(f32::from(self.x) * TEXEL, f32::from(self.y) * TEXEL),
            pos2(
                f32::from(self.x + self.width) * TEXEL,
                f32::from(self.y + self.height) * TEXEL,
            ),
        )
    }

    fn area(&self) -> usize {
        usize::from(self.width) * usize::from(self.height)
    }
}

/// A row of glyphs of about one height.
struct Shelf {
    y: usize,
    height: usize,
    x: usize,
}

struct Page {
    texture: TextureHandle,
    shelves: Vec<Shelf>,
    bottom: usize,
    used: u32,
}

/// All pages.
#[derive(Default)]
pub(super) struct Atlas {
    pages: Vec<Option<Page>>,
    slots: HashMap<Key, Slot, BuildHasherDefault<Mix>>,
    frame: u32,
}

impl Atlas {
    /// A new frame: nothing has been used in it. Old pages are given up.
    pub(super) fn begin_frame(&mut self) {
        self.frame = self.frame.wrapping_add(1);
        if self.page_count() > FEW_PAGES
            && self.frame.is_multiple_of(OLD / 4)
            && let Some((page, young)) = self.least_used()
            && young < HARDLY
        {
            self.give_up(page);
        }
    }

    /// Keeps only glyphs whose cut is still known; their room is won back when their page goes.
    pub(super) fn retain_cuts(&mut self, known: impl Fn(u32) -> bool) {
        self.slots.retain(|key, _| known(key.cut()));
    }

    /// A glyph that is kept already.
    #[inline]
    pub(super) fn get(&mut self, key: Key) -> Option<Slot> {
        let slot = self.slots.get_mut(&key)?;
        if slot.used != self.frame {
            slot.used = self.frame;
            if let Some(Some(page)) = self.pages.get_mut(usize::from(slot.page)) {
                page.used = self.frame;
            }
        }
        Some(*slot)
    }

    /// Keeps a drawn glyph; `None` if all pages are full of what this frame shows.
    pub(super) fn put(&mut self, ctx: &Context, key: Key, bitmap: &Bitmap) -> Option<Slot> {
        let mut slot = Slot {
            page: u16::MAX,
            x: 0,
            y: 0,
            width: bitmap.width as u16,
            height: bitmap.height as u16,
            left: bitmap.left as i16,
            top: bitmap.top as i16,
            stretch: bitmap.shrunk,
            coloured: matches!(bitmap.pixels, Pixels::Colour(_)),
            used: self.frame,
        };
        if !slot.is_empty() {
            let (number, x, y) = self.room(ctx, bitmap.width, bitmap.height)?;
            slot.page = number as u16;
            (slot.x, slot.y) = (x as u16, y as u16);
            let page = self.pages.get_mut(number)?.as_mut()?;
            page.used = self.frame;
            let image = ColorImage::new([bitmap.width, bitmap.height], texels(bitmap, key));
            page.texture
                .set_partial([x, y], image, TextureOptions::NEAREST);
        }
        self.slots.insert(key, slot);
        Some(slot)
    }

    /// The texture of a page.
    pub(super) fn texture(&self, page: u16) -> Option<TextureId> {
        let page = self.pages.get(usize::from(page))?.as_ref()?;
        Some(page.texture.id())
    }

    pub(super) fn page_count(&self) -> usize {
        self.pages.iter().flatten().count()
    }

    pub(super) fn glyph_count(&self) -> usize {
        self.slots.len()
    }

    /// Room for a glyph and a texel between it and the next.
    fn room(
        &mut self,
        ctx: &Context,
        width: usize,
        height: usize,
    ) -> Option<(usize, usize, usize)> {
        let (width, height) = (width + 1, height + 1);
        if width > SIDE || height > SIDE {
            return None;
        }
        let found = |(number, page): (usize, &mut Option<Page>)| {
            let (x, y) = page.as_mut()?.room(width, height)?;
            Some((number, x, y))
        };
        // The newest page first: it has the most room.
        if let Some(room) = self.pages.iter_mut().enumerate().rev().find_map(found) {
            return Some(room);
        }
        if self.page_count() >= MOST_PAGES {
            let (page, _) = self.least_used()?;
            self.give_up(page);
        }
        let free = self.pages.iter().position(Option::is_none);
        let number = free.unwrap_or_else(|| {
            self.pages.push(None);
            self.pages.len() - 1
        });
        let clear = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        let page = self.pages.get_mut(number)?.insert(Page {
            texture: ctx.load_texture(format!("glyphs {number}"), clear, TextureOptions::NEAREST),
            shelves: Vec::new(),
            bottom: 0,
            used: self.frame,
        });
        let (x, y) = page.room(width, height)?;
        Some((number, x, y))
    }

    /// The page with the fewest young texels that is not used in this frame, and how many those are.
    fn least_used(&self) -> Option<(usize, usize)> {
        let mut young = vec![0; self.pages.len()];
        let fresh = |slot: &&Slot| self.frame.wrapping_sub(slot.used) < OLD;
        self.slots.values().filter(fresh).for_each(|slot| {
            if let Some(young) = young.get_mut(usize::from(slot.page)) {
                *young += slot.area();
            }
        });
        let idle = |page: &Option<Page>| page.as_ref().is_some_and(|p| p.used != self.frame);
        let pages = self.pages.iter().zip(young).enumerate();
        pages
            .filter(|(_, (page, _))| idle(page))
            .map(|(number, (_, young))| (number, young))
            .min_by_key(|(_, young)| *young)
    }

    fn give_up(&mut self, number: usize) {
        if let Some(page) = self.pages.get_mut(number) {
            *page = None;
        }
        self.slots
            .retain(|_, slot| usize::from(slot.page) != number);
    }
}

impl Page {
    /// Takes room on the shelf that fits best.
    fn room(&mut self, width: usize, height: usize) -> Option<(usize, usize)> {
        let fits = |shelf: &&mut Shelf| shelf.height >= height && shelf.x + width <= SIDE;
        let best = self
            .shelves
            .iter_mut()
            .filter(fits)
            .min_by_key(|shelf| shelf.height);
        // A shelf much too high is only taken when there is no room for a new one.
        let roomy = self.bottom + height <= SIDE;
        if let Some(shelf) = best
            && (!roomy || shelf.height <= height + height / 4 + 2)
        {
            let place = (shelf.x, shelf.y);
            shelf.x += width;
            return Some(place);
        }
        if !roomy {
            return None;
        }
        // A little higher, so that the next glyph finds it good enough.
        let row = Shelf {
            y: self.bottom,
            height: height.next_multiple_of(4).min(SIDE - self.bottom),
            x: width,
        };
        let place = (0, row.y);
        self.bottom += row.height;
        self.shelves.push(row);
        Some(place)
    }
}

/// The bitmap as the graphics card wants it.
fn texels(bitmap: &Bitmap, key: Key) -> Vec<Color32> {
    match &bitmap.pixels {
        Pixels::Coverage(coverage) => {
            let dark = key.0 & 1 == 1;
            let texel = |&c: &u8| Color32::from_white_alpha(if dark { strengthened(c) } else { c });
            coverage.iter().map(texel).collect()
        }
        Pixels::Colour(rgba) => rgba
            .chunks_exact(4)
            .map(|texel| match *texel {
                [r, g, b, a] => {
                    let times = |c: u8| (u16::from(c) * u16::from(a) / 255) as u8;
                    Color32::from_rgba_premultiplied(times(r), times(g), times(b), a)
                }
                _ => Color32::TRANSPARENT,
            })
            .collect(),
    }
}

/// Dark letters on a light ground are given a little more than they cover: they look thinner than in print. Light letters on a dark
/// ground look bolder than they are, and are left alone. (Measured against the browser's rendering of the design: it adds nothing in
/// either; `2a - a²` would be a quarter too heavy.)
const fn strengthened(coverage: u8) -> u8 {
    /// In hundredths of what `2a - a²` would add.
    const STRENGTH: u32 = 20;
    let c = coverage as u32;
    (c + STRENGTH * c * (255 - c) / 25_500) as u8
}

/// Mixes the one number a [`Key`] is: the default hasher takes longer than painting the glyph.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}
