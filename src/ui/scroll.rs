//! A column of any number of items of any height, of which only the visible ones are measured and drawn.
//!
//! The place is kept as an item and how far it is scrolled out, never as a distance from the top: items above that turn out
//! taller than they were guessed do not move what is being read.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use eframe::egui::{self, CornerRadius, Id, Rect, Response, Sense, Ui, pos2, vec2};

use super::heights::Heights;
use crate::theme::Tokens;

/// What a scrolled column holds.
pub trait Column {
    /// The number of items.
    fn count(&self) -> usize;
    /// The height of an item in points; asked for items in view and their neighbours only.
    fn height(&mut self, index: usize) -> f32;
    /// Draws an item.
    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect);
}

/// One number for all that decides the heights of a column's items.
pub fn key_of(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// Where a column is scrolled to.
#[derive(Clone, Debug, Default)]
pub struct Scroll {
    heights: Heights,
    key: u64,
    anchor: usize,
    offset: f32,
    wish: Option<Wish>,
    view: f32,
    at_end: bool,
}

/// Where the column shall be at the next frame.
#[derive(Clone, Copy, Debug)]
enum Wish {
    By(f32),
    To(usize, f32),
    Show(usize, f32),
    Reveal(usize),
    End,
}

/// How much of the page before stays in sight when paging, in points.
const OVERLAP: f32 = 56.0;
/// How much of the view stays above a place that is shown.
const ABOVE: f32 = 0.3;
/// The width in which the bar answers the pointer.
const BAR: f32 = 12.0;

impl Scroll {
    /// Moves by so many points, down being positive.
    pub fn by(&mut self, points: f32) {
        self.wish = Some(Wish::By(points));
    }

    /// Moves by `pages` of what is in view, keeping a few lines in sight.
    pub fn by_pages(&mut self, pages: f32) {
        self.by(pages * (self.view - OVERLAP).max(OVERLAP));
    }

    /// Puts an item at the top, scrolled out by `fraction` of its height.
    pub fn to(&mut self, index: usize, fraction: f32) {
        self.wish = Some(Wish::To(index, fraction));
    }

    /// Puts a place in an item, by its fraction from the top, into the upper part of the view.
    pub fn show_place(&mut self, index: usize, fraction: f32) {
        self.wish = Some(Wish::Show(index, fraction));
    }

    /// Goes to the last item.
    pub fn end(&mut self) {
        self.wish = Some(Wish::End);
    }

    /// Moves as little as needed for an item to be in view.
    pub fn reveal(&mut self, index: usize) {
        self.wish = Some(Wish::Reveal(index));
    }

    /// The item at the top, and which fraction of it is scrolled out.
    pub fn place(&self) -> (usize, f32) {
        let height = self.heights.measured(self.anchor).unwrap_or(1.0).max(1.0);
        (self.anchor, (self.offset / height).clamp(0.0, 1.0))
    }

    /// Whether the last item is wholly in view.
    pub fn at_end(&self) -> bool {
        self.at_end
    }

    /// Shows the column in `rect`. Heights are forgotten when `key` is another than before; the place is kept.
    ///
    /// Returns the response of the ground behind the items, which senses clicks and drags.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        id: Id,
        rect: Rect,
        (key, guess): (u64, f32),
        tokens: &Tokens,
        column: &mut impl Column,
    ) -> Response {
        let count = column.count();
        self.view = rect.height();
        if self.key != key || self.heights.count() != count {
            let fraction = self.place().1;
            self.heights = Heights::new(count, guess);
            self.key = key;
            self.anchor = self.anchor.min(count.saturating_sub(1));
            self.wish = self.wish.or(Some(Wish::To(self.anchor, fraction)));
        }
        let ground = ui.interact(rect, id, Sense::click_and_drag());
        if ui.rect_contains_pointer(rect) {
            self.offset -= ui.input(|i| i.smooth_scroll_delta().y);
        }
        self.grant(column);
        self.settle(column);
        self.bar_input(ui, id, rect);
        self.settle(column);

        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        child.set_clip_rect(rect.intersect(ui.clip_rect()));
        let mut y = rect.top() - self.offset;
        let mut index = self.anchor;
        while index < count && y < rect.bottom() {
            let height = self.measure(column, index);
            let item = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), height));
            column.draw(&mut child, index, item);
            y += height;
            index += 1;
        }
        self.at_end = index >= count && y <= rect.bottom() + 1.0;
        self.draw_bar(ui, id, rect, tokens);
        ground
    }

    fn measure(&mut self, column: &mut impl Column, index: usize) -> f32 {
        if let Some(height) = self.heights.measured(index) {
            return height;
        }
        let height = column.height(index).max(0.0);
        self.heights.set(index, height);
        height
    }

    fn grant(&mut self, column: &mut impl Column) {
        match self.wish.take() {
            Some(Wish::By(points)) => self.offset += points,
            Some(Wish::To(index, fraction)) => {
                self.anchor = index.min(self.heights.count().saturating_sub(1));
                self.offset = fraction * self.measure(column, self.anchor);
            }
            Some(Wish::Show(index, fraction)) => {
                self.anchor = index.min(self.heights.count().saturating_sub(1));
                let above = self.view * ABOVE;
                self.offset = fraction * self.measure(column, self.anchor) - above;
            }
            Some(Wish::End) => {
                self.anchor = self.heights.count().saturating_sub(1);
                self.offset = self.measure(column, self.anchor);
            }
            Some(Wish::Reveal(index)) => self.bring(column, index),
            None => {}
        }
    }

    fn bring(&mut self, column: &mut impl Column, index: usize) {
        let height = self.measure(column, index);
        if index < self.anchor || (index == self.anchor && self.offset > 0.0) {
            self.anchor = index;
            // A heading above comes along where there is room for it.
            self.offset = -40.0;
            return;
        }
        let mut bottom = -self.offset;
        for between in self.anchor..=index {
            bottom += self.measure(column, between);
            if bottom > self.view && between < index {
                // Far below: no need to measure all that lies between.
                self.anchor = index;
                self.offset = height - self.view + 16.0;
                return;
            }
        }
        if bottom > self.view {
            self.offset += bottom - self.view + 16.0;
        }
    }

    /// Brings anchor and offset into their range: the anchor is the item at the top, and no gap is left at either end.
    fn settle(&mut self, column: &mut impl Column) {
        let count = self.heights.count();
        if count == 0 {
            (self.anchor, self.offset) = (0, 0.0);
            return;
        }
        self.walk(column);
        let mut filled = -self.offset;
        for index in self.anchor..count {
            filled += self.measure(column, index);
            if filled >= self.view {
                break;
            }
        }
        if filled < self.view {
            self.offset -= self.view - filled;
            self.walk(column);
        }
        // Whole pixels keep letters crisp and rows from shimmering.
        self.offset = self.offset.max(0.0);
    }

    fn walk(&mut self, column: &mut impl Column) {
        let last = self.heights.count().saturating_sub(1);
        while self.offset < 0.0 && self.anchor > 0 {
            self.anchor -= 1;
            self.offset += self.measure(column, self.anchor);
        }
        self.offset = self.offset.max(0.0);
        while self.anchor < last {
            let height = self.measure(column, self.anchor);
            if self.offset < height {
                break;
            }
            self.offset -= height;
            self.anchor += 1;
        }
    }

    /// The top and height of the thumb, as fractions of the view, or nothing where all is in view.
    fn thumb(&self) -> Option<(f32, f32)> {
        let total = self.heights.total();
        let view = f64::from(self.view);
        if total <= view + 1.0 || view <= 0.0 {
            return None;
        }
        let top = self.heights.before(self.anchor) + f64::from(self.offset);
        let height = (view / total).max(32.0 / view).min(1.0);
        let way = (top / (total - view)).clamp(0.0, 1.0) * (1.0 - height);
        Some((way as f32, height as f32))
    }

    fn bar_rect(rect: Rect) -> Rect {
        Rect::from_min_max(pos2(rect.right() - BAR, rect.top()), rect.max)
    }

    fn bar_input(&mut self, ui: &Ui, id: Id, rect: Rect) {
        let Some((top, height)) = self.thumb() else {
            return;
        };
        let bar = ui.interact(
            Self::bar_rect(rect),
            id.with("bar"),
            Sense::click_and_drag(),
        );
        let Some(pointer) = bar.interact_pointer_pos() else {
            return;
        };
        let at = (pointer.y - rect.top()) / rect.height();
        let grip_id = id.with("grip");
        if bar.drag_started() || bar.clicked() {
            let inside = at >= top && at <= top + height;
            let grip = if inside { at - top } else { height / 2.0 };
            ui.data_mut(|d| d.insert_temp(grip_id, grip));
        }
        let grip: f32 = ui.data(|d| d.get_temp(grip_id)).unwrap_or(height / 2.0);
        let way = f64::from(((at - grip) / (1.0 - height).max(0.001)).clamp(0.0, 1.0));
        let (anchor, offset) = self
            .heights
            .at(way * (self.heights.total() - f64::from(self.view)));
        (self.anchor, self.offset) = (anchor, offset);
    }

    fn draw_bar(&self, ui: &Ui, id: Id, rect: Rect, tokens: &Tokens) {
        let Some((top, height)) = self.thumb() else {
            return;
        };
        let bar = Self::bar_rect(rect);
        let active = ui.rect_contains_pointer(bar) || ui.ctx().is_being_dragged(id.with("bar"));
        let width = if active { 8.0 } else { 4.0 };
        let thumb = Rect::from_min_size(
            pos2(
                rect.right() - width - 2.0,
                rect.top() + top * rect.height() + 2.0,
            ),
            vec2(width, height * rect.height() - 4.0),
        );
        let colour = if active {
            tokens.soft
        } else {
            tokens.faint.gamma_multiply(0.6)
        };
        ui.painter()
            .rect_filled(thumb, CornerRadius::same(4), colour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Palette;

    struct Stripes {
        count: usize,
        measured: usize,
        drawn: Vec<usize>,
    }

    impl Column for Stripes {
        fn count(&self) -> usize {
            self.count
        }

        fn height(&mut self, index: usize) -> f32 {
            self.measured += 1;
            20.0 + (index % 5) as f32 * 10.0
        }

        fn draw(&mut self, _: &mut Ui, index: usize, _: Rect) {
            self.drawn.push(index);
        }
    }

    fn show(scroll: &mut Scroll, count: usize) -> Stripes {
        let ctx = egui::Context::default();
        let mut stripes = Stripes {
            count,
            measured: 0,
            drawn: Vec::new(),
        };
        let tokens = Tokens::of(Palette::Light);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 400.0));
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            stripes.drawn.clear();
            scroll.show(
                ui,
                Id::unique("stripes"),
                rect,
                (1, 40.0),
                &tokens,
                &mut stripes,
            );
        });
        // Nothing is drawn here, so nothing becomes of the textures.
        output.textures_delta.clear();
        stripes
    }

    #[test]
    fn only_what_is_in_view_is_measured_and_drawn() {
        let mut scroll = Scroll::default();
        let stripes = show(&mut scroll, 1_000_000);
        assert!(stripes.drawn.len() < 20 && stripes.measured < 40);
        scroll.to(500_000, 0.5);
        let stripes = show(&mut scroll, 1_000_000);
        assert_eq!(stripes.drawn[0], 500_000);
        assert!(stripes.measured < 40);
    }

    #[test]
    fn both_ends_are_without_a_gap() {
        let mut scroll = Scroll::default();
        show(&mut scroll, 100);
        scroll.by(-500.0);
        assert_eq!(show(&mut scroll, 100).drawn[0], 0);
        scroll.end();
        let stripes = show(&mut scroll, 100);
        assert_eq!(stripes.drawn.last(), Some(&99));
        assert!(scroll.at_end());
        scroll.by(99_999.0);
        assert_eq!(show(&mut scroll, 100).drawn, stripes.drawn);
        // Fewer items than fill the view start at the top.
        assert_eq!(show(&mut scroll, 3).drawn, [0, 1, 2]);
    }

    #[test]
    fn scrolling_back_over_guessed_items_does_not_move_the_page() {
        let mut scroll = Scroll::default();
        show(&mut scroll, 1000);
        scroll.to(500, 0.0);
        show(&mut scroll, 1000);
        scroll.by(-15.0);
        show(&mut scroll, 1000);
        // Item 499 is 60 points high; 15 of them are in view.
        assert_eq!(scroll.place(), (499, 0.75));
    }

    #[test]
    fn an_item_is_revealed_with_the_least_movement() {
        let mut scroll = Scroll::default();
        show(&mut scroll, 1000);
        scroll.reveal(3);
        assert_eq!(show(&mut scroll, 1000).drawn[0], 0);
        scroll.reveal(600);
        assert!(show(&mut scroll, 1000).drawn.contains(&600));
        scroll.reveal(10);
        assert!(show(&mut scroll, 1000).drawn.contains(&10));
    }
}
