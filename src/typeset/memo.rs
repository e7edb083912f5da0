//! Remembers settings, so that a frame in which nothing changes shapes nothing.
//! Bounded by bytes and by age; a text is found again by its content, never by where it lies in memory.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::rc::Rc;

use super::shape::Shaped;
use super::{Setting, Style};
use crate::article::Span;

/// About what a long article takes on a large screen, several times over.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// A setting not asked for in so many frames is forgotten.
const OLD: u64 = 600;
/// How often to look for old ones.
const SWEEP: u64 = 64;

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) text: &'a str,
    pub(super) spans: &'a [Span],
    pub(super) style: &'a Style,
    pub(super) scale: f32,
    pub(super) width: Option<u32>,
}

struct Kept {
    setting: Rc<Setting>,
    width: Option<u32>,
    used: u64,
    bytes: usize,
}

/// The settings of late.
#[derive(Default)]
pub(super) struct Memo {
    /// By the hash of what decides the letters' shapes; the few under one hash differ in arrangement, or collide.
    kept: HashMap<u64, Vec<Kept>>,
    hasher: RandomState,
    bytes: usize,
    frame: u64,
}

impl Wanted<'_> {
    fn is_shaped_like(&self, setting: &Setting) -> bool {
        setting.scale().to_bits() == self.scale.to_bits()
            && setting.style().same_shape(self.style)
            && setting.text() == self.text
            && setting.marked().spans == self.spans
    }
}

impl Memo {
    /// A new frame; forgets what is old, and what is too much.
    pub(super) fn begin_frame(&mut self) {
        self.frame += 1;
        if self.frame.is_multiple_of(SWEEP) {
            self.forget(self.frame.saturating_sub(OLD));
        }
        if self.bytes > MOST_BYTES {
            self.forget_oldest();
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }

    pub(super) fn key(&self, wanted: &Wanted<'_>) -> u64 {
        let mut state = self.hasher.build_hasher();
        wanted.text.hash(&mut state);
        wanted.style.hash_shape(&mut state);
        wanted.scale.to_bits().hash(&mut state);
        // Which marks there are is compared, not hashed.
        wanted.spans.len().hash(&mut state);
        state.finish()
    }

    /// A setting just like this.
    pub(super) fn find(&mut self, key: u64, wanted: &Wanted<'_>) -> Option<Rc<Setting>> {
        let frame = self.frame;
        let kept = self.kept.get_mut(&key)?.iter_mut().find(|kept| {
            kept.width == wanted.width
                && kept.setting.style() == wanted.style
                && wanted.is_shaped_like(&kept.setting)
        })?;
        kept.used = frame;
        Some(Rc::clone(&kept.setting))
    }

    /// The letters of a setting that differs only in how they are arranged. Taken from one that is no longer shown, if there is one.
    pub(super) fn letters(&mut self, key: u64, wanted: &Wanted<'_>) -> Option<Shaped> {
        let kept = self.kept.get_mut(&key)?;
        let like = |kept: &Kept| !kept.setting.elided() && wanted.is_shaped_like(&kept.setting);
        let frame = self.frame;
        let idle = |kept: &Kept| kept.used + 1 < frame && Rc::strong_count(&kept.setting) == 1;
        if let Some(at) = kept.iter().position(|kept| like(kept) && idle(kept)) {
            let taken = kept.swap_remove(at);
            self.bytes -= taken.bytes;
            return Rc::into_inner(taken.setting)?.into_letters();
        }
        kept.iter().find(|kept| like(kept))?.setting.letters_of()
    }

    pub(super) fn keep(&mut self, key: u64, width: Option<u32>, setting: &Rc<Setting>) {
        let bytes = setting.bytes();
        self.bytes += bytes;
        self.kept.entry(key).or_default().push(Kept {
            setting: Rc::clone(setting),
            width,
            used: self.frame,
            bytes,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.kept.values().map(Vec::len).sum()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Forgets what was last asked for before `frame`.
    fn forget(&mut self, frame: u64) {
        let mut freed = 0;
        self.kept.retain(|_, kept| {
            kept.retain(|kept| {
                let keep = kept.used >= frame;
                freed += if keep { 0 } else { kept.bytes };
                keep
            });
            !kept.is_empty()
        });
        self.bytes -= freed;
    }

    /// Forgets the oldest until there is some room again, but nothing that the last frame showed.
    fn forget_oldest(&mut self) {
        let mut ages: Vec<_> = self
            .kept
            .values()
            .flatten()
            .map(|kept| (kept.used, kept.bytes))
            .collect();
        ages.sort_unstable();
        let mut over = self.bytes.saturating_sub(MOST_BYTES / 4 * 3);
        let mut until = 0;
        for (used, bytes) in ages {
            if over == 0 || used + 1 >= self.frame {
                break;
            }
            until = used + 1;
            over = over.saturating_sub(bytes);
        }
        self.forget(until);
    }
}
