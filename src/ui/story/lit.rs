//! The place in a story that a reference led to: scrolled into view, and set off for a moment.

use eframe::egui::{CornerRadius, Rect, Ui, pos2};

use super::flow::Placed;
use super::piece::Pieces;
use crate::model::{OpenPack, Story, Target};
use crate::theme::Tokens;
use crate::ui::scroll::Scroll;

/// How long a place is set off, in seconds.
const LONG: f64 = 2.4;
/// How far from the edges of the page it comes to stand, in points.
const ROOM: f32 = 96.0;

/// The place that was led to last.
#[derive(Debug, Default)]
pub struct Lit {
    /// The number of the newest target that was seen.
    seen: u64,
    /// The leaf that is set off.
    leaf: Option<usize>,
    /// When it was drawn first.
    since: Option<f64>,
    /// How many pages it was looked for further down in its piece.
    pages: usize,
}

/// A piece of more pages than this is not leafed through.
const MOST_PAGES: usize = 100;

impl Lit {
    /// Scrolls to the place of a new target, once the text of its story is here.
    pub fn aim(
        &mut self,
        target: Option<&Target>,
        open: &OpenPack,
        story: &Story,
        pieces: &Pieces,
        scroll: &mut Scroll,
    ) {
        let Some(target) = target.filter(|it| it.number != self.seen) else {
            return;
        };
        let reference = &target.reference;
        if *open.series() != reference.series || story.id != reference.story {
            return;
        }
        self.seen = target.number;
        self.leaf = None;
        if let Some((leaf, piece)) = reference.block.and_then(|block| pieces.block(block)) {
            scroll.to(piece, 0.0);
            self.leaf = Some(leaf);
            (self.since, self.pages) = (None, 0);
        }
    }

    /// Nothing is set off any more: another story is on the page, or other texts.
    pub fn clear(&mut self) {
        self.leaf = None;
    }

    /// Sets the place off, and brings it fully into view when it is drawn for the first time.
    pub fn draw(
        &mut self,
        ui: &Ui,
        tokens: &Tokens,
        page: Rect,
        placed: &[Placed],
        scroll: &mut Scroll,
    ) {
        let Some(leaf) = self.leaf else {
            return;
        };
        let Some(place) = placed.iter().find(|it| it.leaf == leaf) else {
            self.look_further(ui, leaf, page, placed, scroll);
            return;
        };
        let now = ui.input(|i| i.time);
        let since = *self.since.get_or_insert_with(|| {
            let (top, bottom) = (place.rect.top(), place.rect.bottom());
            let low = (bottom - (page.bottom() - ROOM)).max(0.0);
            // The beginning comes before the end.
            let by = low.min(top - page.top() - ROOM);
            if by != 0.0 {
                scroll.by(by);
                ui.request_repaint();
            }
            now
        });
        let left = LONG - (now - since);
        if left <= 0.0 {
            self.leaf = None;
            return;
        }
        let around = place.rect.expand2(eframe::egui::vec2(10.0, 5.0));
        let painter = ui.painter().with_clip_rect(page);
        let ground = tokens.accent.gamma_multiply(0.13);
        painter.rect_filled(around, CornerRadius::same(6), ground);
        let bar = Rect::from_min_max(around.min, pos2(around.left() + 3.0, around.bottom()));
        painter.rect_filled(bar, CornerRadius::same(2), tokens.accent);
        ui.request_repaint_after(std::time::Duration::from_secs_f64(left + 0.02));
    }

    /// Pages on within a piece that is higher than the page, such as a long table: only what is in view has a place.
    fn look_further(
        &mut self,
        ui: &Ui,
        leaf: usize,
        page: Rect,
        placed: &[Placed],
        scroll: &mut Scroll,
    ) {
        if self.since.is_some() {
            // It was seen, and the reader has moved on.
            return;
        }
        let last = placed.iter().map(|it| it.leaf).max();
        let further = last.is_some_and(|last| last < leaf) && !scroll.at_end();
        if further && self.pages < MOST_PAGES {
            self.pages += 1;
            scroll.by(page.height() * 0.8);
            ui.request_repaint();
        } else if last.is_some() {
            self.leaf = None;
        }
    }
}
