//! The pictures on screen: asked for when first seen, kept while there is room, let go oldest first.
//! It decodes nothing; it says what it wants and is given pixels.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Vec2};

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

/// What a file's bytes were when a picture was made of them; the same bytes have the same.
pub type Digest = u64;

/// A picture that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub key: PictureKey,
    /// What is shown of it was made of bytes with this digest; of the same bytes nothing needs to be made.
    pub shown: Option<Digest>,
}

/// What became of a picture that was wanted.
pub enum Decoded {
    /// Its pixels, and the digest of the bytes they were made of.
    Pixels(ColorImage, Digest),
    /// The bytes are those of what is shown already.
    Same,
}

enum Entry {
    Coming,
    Ready(TextureHandle, Digest),
    Failed(Arc<str>),
}

/// What is known of an entry.
struct Kept {
    /// The newest frame it was asked for in.
    used: u64,
    entry: Entry,
    /// Whether the pack was opened anew since: it is shown until it is known whether its file is still the same.
    stale: bool,
}

/// The widths a picture is decoded at, in pixels.
const WIDTHS: [u32; 6] = [160, 320, 640, 1280, 1920, 2560];

/// The textures of the pictures on screen and of those seen last.
pub struct Pictures {
    entries: HashMap<PictureKey, Kept>,
    bytes: usize,
    budget: usize,
    frame: u64,
    wanted: Vec<Wanted>,
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
        if let Some(kept) = self.entries.get_mut(&key) {
            kept.used = frame;
            if std::mem::take(&mut kept.stale) {
                let shown = match kept.entry {
                    Entry::Ready(_, digest) => Some(digest),
                    Entry::Coming | Entry::Failed(_) => None,
                };
                let key = key.clone();
                self.wanted.push(Wanted { key, shown });
            }
            return match &kept.entry {
                Entry::Coming => self.smaller(&key).unwrap_or(Shown::Coming),
                Entry::Ready(texture, _) => Shown::Ready(texture.id(), texture.size_vec2()),
                Entry::Failed(why) => Shown::Failed(why.clone()),
            };
        }
        self.wanted.push(Wanted {
            key: key.clone(),
            shown: None,
        });
        self.keep(key.clone(), Entry::Coming);
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
                Some(Kept {
                    used,
                    entry: Entry::Ready(texture, _),
                    ..
                }) => {
                    *used = frame;
                    Some(Shown::Ready(texture.id(), texture.size_vec2()))
                }
                _ => None,
            }
        })
    }

    /// What was asked for since the last call.
    pub fn take_wanted(&mut self) -> Vec<Wanted> {
        std::mem::take(&mut self.wanted)
    }

    /// Takes in what a worker decoded.
    pub fn arrive(&mut self, ctx: &Context, key: PictureKey, result: Result<Decoded, String>) {
        if !self.entries.contains_key(&key) {
            // Its pack is closed, or was opened anew and has asked again.
            return;
        }
        let entry = match result {
            Ok(Decoded::Pixels(image, digest)) => {
                let options = TextureOptions::LINEAR;
                let texture = if let Some(mut texture) = self.outdated(image.size) {
                    texture.set_partial([0, 0], image, options);
                    texture
                } else {
                    ctx.load_texture(&*key.file, image, options)
                };
                Entry::Ready(texture, digest)
            }
            Ok(Decoded::Same) => return,
            Err(why) => Entry::Failed(why.into()),
        };
        self.keep(key, entry);
    }

    /// The texture of the oldest picture of this size, if there is no room for another. To write over it is better than to free it: in the
    /// holes that freed ones leave, other things settle, and what the program holds grows to twice of what it needs.
    fn outdated(&mut self, size: [usize; 2]) -> Option<TextureHandle> {
        if self.bytes + bytes_of(size) <= self.budget {
            return None;
        }
        let frame = self.frame;
        let fits = |kept: &Kept| match &kept.entry {
            // What was drawn last is on the screen.
            Entry::Ready(texture, _) => kept.used < frame && texture.size() == size,
            Entry::Coming | Entry::Failed(_) => false,
        };
        let of_this_size = self.entries.iter().filter(|(_, kept)| fits(kept));
        let (key, _) = of_this_size.min_by_key(|(_, kept)| kept.used)?;
        let key = key.clone();
        match self.entries.remove(&key)?.entry {
            Entry::Ready(texture, _) => {
                self.bytes -= bytes_of(size);
                Some(texture)
            }
            Entry::Coming | Entry::Failed(_) => None,
        }
    }

    fn keep(&mut self, key: PictureKey, entry: Entry) {
        let kept = Kept {
            used: self.frame,
            entry,
            stale: false,
        };
        self.bytes += kept.bytes();
        if let Some(before) = self.entries.insert(key, kept) {
            self.bytes -= before.bytes();
        }
    }

    /// The pack `new` is `old` in its newest state: its pictures are shown until it is known whether they are still the same.
    pub fn renew(&mut self, old: PackKey, new: PackKey) {
        let keys: Vec<_> = self
            .entries
            .keys()
            .filter(|it| it.pack == old)
            .cloned()
            .collect();
        for key in keys {
            if let Some(mut kept) = self.entries.remove(&key) {
                kept.stale = true;
                let key = PictureKey { pack: new, ..key };
                self.entries.insert(key, kept);
            }
        }
        self.wanted.retain(|it| it.key.pack != old);
    }

    /// A picture that was asked for will not come; who still wants it asks again.
    pub fn dropped(&mut self, key: &PictureKey) {
        match self.entries.get_mut(key) {
            Some(kept) if matches!(kept.entry, Entry::Coming) => {
                self.entries.remove(key);
            }
            Some(kept) => kept.stale = true,
            None => {}
        }
    }

    /// Forgets every picture of a pack.
    pub fn forget(&mut self, pack: PackKey) {
        self.retain(|key, _| key.pack != pack);
    }

    /// Whether a picture was asked for that has not come yet.
    pub fn is_waiting(&self) -> bool {
        let coming = |kept: &Kept| matches!(kept.entry, Entry::Coming);
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
            .filter(|kept| kept.bytes() > 0)
            .map(|kept| (kept.used, kept.bytes()))
            .collect();
        let oldest_kept = cut(used, self.budget * 3 / 4).min(self.frame);
        self.retain(|_, kept| kept.bytes() == 0 || kept.used >= oldest_kept);
    }

    fn retain(&mut self, keep: impl Fn(&PictureKey, &Kept) -> bool) {
        let mut freed = 0;
        self.entries.retain(|key, kept| {
            let stays = keep(key, kept);
            if !stays {
                freed += kept.bytes();
            }
            stays
        });
        self.bytes -= freed;
        let known: HashSet<_> = self.entries.keys().collect();
        self.wanted.retain(|wanted| known.contains(&wanted.key));
    }
}

impl Kept {
    /// The bytes of its texture.
    fn bytes(&self) -> usize {
        match &self.entry {
            Entry::Ready(texture, _) => bytes_of(texture.size()),
            Entry::Coming | Entry::Failed(_) => 0,
        }
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
        pictures.arrive(&ctx, wanted[0].key.clone(), Ok(Decoded::Pixels(image, 7)));
        assert_eq!(pictures.bytes(), 400);
        assert!(matches!(
            pictures.get(PackKey(1), "a.png", 100.0),
            Shown::Ready(..)
        ));
        pictures.forget(PackKey(1));
        assert_eq!(pictures.bytes(), 0);
    }

    #[test]
    fn a_picture_of_a_pack_opened_anew_is_shown_until_another_is_there() {
        let ctx = Context::default();
        let mut pictures = Pictures::new(10_000);
        let image = || ColorImage::filled([10, 10], eframe::egui::Color32::WHITE);
        let shown = |pictures: &mut Pictures, pack| match pictures.get(PackKey(pack), "a", 9.0) {
            Shown::Ready(id, _) => id,
            Shown::Coming | Shown::Failed(_) => panic!("it is gone"),
        };
        pictures.begin_frame();
        pictures.get(PackKey(1), "a", 9.0);
        let key = pictures.take_wanted().remove(0).key;
        pictures.arrive(&ctx, key, Ok(Decoded::Pixels(image(), 7)));
        let before = shown(&mut pictures, 1);

        pictures.renew(PackKey(1), PackKey(2));
        assert_eq!(shown(&mut pictures, 2), before);
        let wanted = pictures.take_wanted();
        assert_eq!(
            wanted[0].shown,
            Some(7),
            "only other bytes are worth decoding"
        );
        pictures.arrive(&ctx, wanted[0].key.clone(), Ok(Decoded::Same));
        assert_eq!(shown(&mut pictures, 2), before);
        assert_eq!(pictures.take_wanted(), []);

        pictures.renew(PackKey(2), PackKey(3));
        assert_eq!(shown(&mut pictures, 3), before);
        let wanted = pictures.take_wanted().remove(0);
        pictures.arrive(&ctx, wanted.key, Ok(Decoded::Pixels(image(), 8)));
        assert_ne!(shown(&mut pictures, 3), before);
        assert_eq!(pictures.bytes(), 400);
    }

    #[test]
    fn the_budget_holds_and_what_is_on_screen_stays() {
        let ctx = Context::default();
        let mut pictures = Pictures::new(1000);
        for n in 0..10 {
            pictures.begin_frame();
            pictures.get(PackKey(1), &n.to_string(), 100.0);
            for wanted in pictures.take_wanted() {
                let image = ColorImage::filled([10, 10], eframe::egui::Color32::WHITE);
                pictures.arrive(&ctx, wanted.key, Ok(Decoded::Pixels(image, 7)));
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
    fn where_there_is_no_room_the_oldest_texture_is_written_over() {
        let ctx = Context::default();
        let mut pictures = Pictures::new(1000);
        let show = |pictures: &mut Pictures, name: &str, side: usize| {
            pictures.begin_frame();
            pictures.get(PackKey(1), name, 100.0);
            for wanted in pictures.take_wanted() {
                let image = ColorImage::filled([side, side], eframe::egui::Color32::WHITE);
                pictures.arrive(&ctx, wanted.key, Ok(Decoded::Pixels(image, 7)));
            }
            match pictures.get(PackKey(1), name, 100.0) {
                Shown::Ready(id, _) => id,
                Shown::Coming | Shown::Failed(_) => panic!("{name} is not there"),
            }
        };
        let first = show(&mut pictures, "first", 10);
        let second = show(&mut pictures, "second", 10);
        assert_ne!(first, second);
        assert_eq!(show(&mut pictures, "third", 10), first);
        assert_eq!(
            show(&mut pictures, "second", 10),
            second,
            "it is still there"
        );
        assert_eq!(pictures.bytes(), 800);
        // None is of this size, so it has one of its own.
        let larger = show(&mut pictures, "larger", 12);
        assert!(larger != first && larger != second);
    }
}
