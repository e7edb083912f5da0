//! The pictures on screen: asked for when first seen, kept while there is room, let go oldest first.
//! It decodes nothing; it says what it wants and is given pixels.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Vec2, vec2};

use crate::model::PackKey;

/// A picture at one size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// The pack it is in.
    pub pack: PackKey,
    /// Its name there.
    pub file: Arc<str>,
    /// The most pixels it may be wide; one of a few steps, so that a window being resized does not decode at every width.
    pub width: u32,
}

/// What there is of a picture.
pub enum Shown {
    /// It was asked for and will come.
    Coming,
    /// Draw it: the texture and its size in pixels.
    Ready(eframe::egui::TextureId, Vec2),
    /// It cannot be shown; the sentence says why.
    Failed(Arc<str>),
}

enum Entry {
    Coming,
    Ready(TextureHandle),
    Failed(Arc<str>),
}

/// The widths a picture is decoded at, in pixels.
const WIDTHS: [u32; 6] = [160, 320, 640, 1280, 1920, 2560];

/// The textures of the pictures on screen and of those seen last.
pub struct Pictures {
    entries: HashMap<PictureKey, (u64, Entry)>,
    bytes: usize,
    budget: usize,
    frame: u64,
    wanted: Vec<PictureKey>,
}

impl Pictures {
    /// Keeps textures of at most `budget` bytes, and never drops one that was drawn in the newest frame.
    pub fn new(budget: usize) -> Self {
        Self {
            entries: HashMap::new(),
            bytes: 0,
            budget,
            frame: 0,
            wanted: Vec::new(),
        }
    }

    /// Call at the start of every frame: lets the oldest go where there are too many.
    pub fn begin_frame(&mut self) {
        if self.bytes > self.budget {
            self.trim();
        }
        self.frame += 1;
    }

    /// What there is of a picture that shall be `width` pixels wide; asks for it when there is nothing yet.
    pub fn get(&mut self, pack: PackKey, file: &str, width: f32) -> Shown {
        let key = PictureKey {
            pack,
            file: file.into(),
            width: step(width),
        };
        let frame = self.frame;
        if let Some((used, entry)) = self.entries.get_mut(&key) {
            *used = frame;
            return match entry {
                Entry::Coming => self.smaller(&key).unwrap_or(Shown::Coming),
                Entry::Ready(texture) => Shown::Ready(texture.id(), texture.size_vec2()),
                Entry::Failed(why) => Shown::Failed(why.clone()),
            };
        }
        self.wanted.push(key.clone());
        self.entries.insert(key.clone(), (frame, Entry::Coming));
        self.smaller(&key).unwrap_or(Shown::Coming)
    }

    /// The same picture at another size, until the right one is there.
    fn smaller(&mut self, key: &PictureKey) -> Option<Shown> {
        let frame = self.frame;
        WIDTHS.iter().rev().find_map(|&width| {
            let other = PictureKey {
                width,
                ..key.clone()
            };
            match self.entries.get_mut(&other) {
                Some((used, Entry::Ready(texture))) => {
                    *used = frame;
                    Some(Shown::Ready(texture.id(), texture.size_vec2()))
                }
                _ => None,
            }
        })
    }

    /// What was asked for since the last call.
    pub fn take_wanted(&mut self) -> Vec<PictureKey> {
        std::mem::take(&mut self.wanted)
    }

    /// Takes in what a worker decoded.
    pub fn arrive(&mut self, ctx: &Context, key: PictureKey, result: Result<ColorImage, String>) {
        let entry = match result {
            Ok(image) => {
                self.bytes += bytes_of(image.size);
                Entry::Ready(ctx.load_texture(&*key.file, image, TextureOptions::LINEAR))
            }
            Err(why) => Entry::Failed(why.into()),
        };
        if let Some((_, Entry::Ready(before))) = self.entries.insert(key, (self.frame, entry)) {
            self.bytes -= bytes_of(before.size());
        }
    }

    /// A picture that was asked for will not come; who still wants it asks again.
    pub fn dropped(&mut self, key: &PictureKey) {
        if let Some((_, Entry::Coming)) = self.entries.get(key) {
            self.entries.remove(key);
        }
    }

    /// Forgets every picture of a pack.
    pub fn forget(&mut self, pack: PackKey) {
        self.retain(|key, _, _| key.pack != pack);
    }

    /// Whether a picture was asked for that has not come yet.
    pub fn is_waiting(&self) -> bool {
        let coming = |(_, entry): &(u64, Entry)| matches!(entry, Entry::Coming);
        self.entries.values().any(coming)
    }

    /// The bytes of the textures just now.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn trim(&mut self) {
        let used: Vec<(u64, usize)> = self
            .entries
            .values()
            .filter_map(|(used, entry)| match entry {
                Entry::Ready(texture) => Some((*used, bytes_of(texture.size()))),
                _ => None,
            })
            .collect();
        let oldest_kept = cut(used, self.budget * 3 / 4).min(self.frame);
        self.retain(|_, used, entry| !matches!(entry, Entry::Ready(_)) || used >= oldest_kept);
    }

    fn retain(&mut self, keep: impl Fn(&PictureKey, u64, &Entry) -> bool) {
        let mut freed = 0;
        self.entries.retain(|key, (used, entry)| {
            let kept = keep(key, *used, entry);
            if let (false, Entry::Ready(texture)) = (kept, &*entry) {
                freed += bytes_of(texture.size());
            }
            kept
        });
        self.bytes -= freed;
        let known: HashSet<_> = self.entries.keys().collect();
        self.wanted.retain(|key| known.contains(key));
    }
}

/// The oldest frame whose pictures may stay so that all that stays fits the budget.
fn cut(mut used: Vec<(u64, usize)>, budget: usize) -> u64 {
    used.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    for (frame, bytes) in used {
        sum += bytes;
        if sum > budget {
            return frame + 1;
        }
    }
    0
}

/// The smallest step that is wide enough.
fn step(width: f32) -> u32 {
    WIDTHS
        .into_iter()
        .find(|&step| step as f32 >= width)
        .unwrap_or(WIDTHS[WIDTHS.len() - 1])
}

fn bytes_of([width, height]: [usize; 2]) -> usize {
    width * height * 4
}

/// The part of a picture, in texture coordinates, that fills a box of another shape from the middle.
pub fn crop(picture: Vec2, shape: Vec2) -> eframe::egui::Rect {
    let (picture, shape) = (picture.max(Vec2::splat(1.0)), shape.max(Vec2::splat(1.0)));
    let scale = (picture.x / shape.x).min(picture.y / shape.y);
    let part = vec2(shape.x * scale / picture.x, shape.y * scale / picture.y);
    eframe::egui::Rect::from_center_size(eframe::egui::pos2(0.5, 0.5), part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first_and_what_stays_fits() {
        for (used, budget, oldest) in [
            (vec![], 10, 0),
            (vec![(1, 5), (2, 5)], 10, 0),
            (vec![(1, 5), (2, 5), (3, 5)], 10, 2),
            (vec![(3, 50)], 10, 4),
        ] {
            assert_eq!(cut(used, budget), oldest);
        }
    }

    #[test]
    fn a_picture_is_asked_for_once_and_forgotten_with_its_pack() {
        let ctx = Context::default();
        let mut pictures = Pictures::new(1000);
        pictures.begin_frame();
        assert!(matches!(
            pictures.get(PackKey(1), "a.png", 100.0),
            Shown::Coming
        ));
        assert!(matches!(
            pictures.get(PackKey(1), "a.png", 150.0),
            Shown::Coming
        ));
        let wanted = pictures.take_wanted();
        assert_eq!(wanted.len(), 1);
        let image = ColorImage::filled([10, 10], eframe::egui::Color32::WHITE);
        pictures.arrive(&ctx, wanted[0].clone(), Ok(image));
        assert_eq!(pictures.bytes(), 400);
        assert!(matches!(
            pictures.get(PackKey(1), "a.png", 100.0),
            Shown::Ready(..)
        ));
        pictures.forget(PackKey(1));
        assert_eq!(pictures.bytes(), 0);
    }

    #[test]
    fn the_budget_holds_and_what_is_on_screen_stays() {
        let ctx = Context::default();
        let mut pictures = Pictures::new(1000);
        for n in 0..10 {
            pictures.begin_frame();
            pictures.get(PackKey(1), &n.to_string(), 100.0);
            for key in pictures.take_wanted() {
                let image = ColorImage::filled([10, 10], eframe::egui::Color32::WHITE);
                pictures.arrive(&ctx, key, Ok(image));
            }
        }
        pictures.begin_frame();
        assert!(pictures.bytes() <= 1000);
        assert!(matches!(
            pictures.get(PackKey(1), "9", 100.0),
            Shown::Ready(..)
        ));
    }

    #[test]
    fn pictures_fill_their_box_from_the_middle() {
        let crop = crop(vec2(160.0, 90.0), vec2(72.0, 54.0));
        assert!((crop.width() - 0.75).abs() < 1e-6 && (crop.height() - 1.0).abs() < 1e-6);
        assert_eq!(crop.center(), eframe::egui::pos2(0.5, 0.5));
    }
}
