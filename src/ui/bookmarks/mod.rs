//! What the reader marked in every pack ever opened, also when the pack is gone: bookmarks, passages, and what was taken away.

mod choosing;
mod entry;
mod head;
mod passage;

use eframe::egui::{Id, Rect, Ui, pos2, vec2};

use super::context::Cx;
use super::scroll::{Column, Scroll, key_of};
use crate::model::{Drawer, Listed};
use crate::theme::scale;

/// What the view remembers between frames.
#[derive(Default)]
pub struct Bookmarks {
    scroll: Scroll,
    typed: String,
    focus: bool,
}

impl Bookmarks {
    /// The column, for the keys that scroll.
    pub fn scroll(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    /// Puts the keyboard into the field of words to find, at the next frame.
    pub fn find(&mut self) {
        self.focus = true;
        self.scroll.to(0, 0.0);
    }

    /// Draws the list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
        let here = cx.model.all_marks_here();
        // A list of some of them would pass for all, and grow under the reader's hand.
        let count = if here { cx.model.marks_listed() } else { 0 };
        let margin = if rect.width() < 560.0 {
            scale::MARGIN
        } else {
            54.0
        };
        let width = (rect.width() - 2.0 * margin).min(760.0).floor();
        let left = (rect.center().x - width / 2.0).round();
        let filing = &cx.model.filing;
        let key = key_of((
            width.to_bits(),
            cx.zoom().to_bits(),
            (count, here),
            (filing.listed, filing.revision(), filing.chosen.is_some()),
            cx.text.generation(),
        ));
        if !ui.memory(|m| m.has_focus(head::find_id())) {
            self.typed.clone_from(&filing.find);
        }
        let choosing = filing.chosen.is_some();
        let tokens = cx.tokens;
        let mut page = Page {
            cx,
            count,
            left,
            width,
            typed: &mut self.typed,
            focus: &mut self.focus,
        };
        let id = Id::unique("bookmarks view");
        self.scroll
            .show(ui, id, rect, (key, 130.0), tokens, &mut page);
        if choosing {
            choosing::bar(ui, cx, rect);
        }
    }
}

struct Page<'a, 'b> {
    cx: &'a mut Cx<'b>,
    count: usize,
    left: f32,
    width: f32,
    typed: &'a mut String,
    focus: &'a mut bool,
}

impl Page<'_, '_> {
    fn item(&mut self, place: usize, draw: Option<(&mut Ui, Rect)>) -> f32 {
        match self.cx.model.listed_mark(place) {
            Some(Listed::Bookmark(marked)) => self.entry(marked, draw),
            Some(Listed::Highlight(passage)) => self.passage(passage, draw),
            None => 0.0,
        }
    }

    /// Where an item that begins at `top` answers the pointer.
    fn area(&self, top: f32, height: f32) -> Rect {
        Rect::from_min_size(
            pos2(self.left - 12.0, top + 4.0),
            vec2(self.width + 24.0, height - 8.0),
        )
    }

    /// The place of a button beside an item, the first being 0.
    fn button(&self, top: f32, place: usize) -> Rect {
        let right = self.left + self.width - 16.0 - 36.0 * place as f32;
        Rect::from_center_size(pos2(right, top + 30.0), vec2(34.0, 32.0))
    }
}

impl Column for Page<'_, '_> {
    fn count(&self) -> usize {
        self.count + 2
    }

    fn height(&mut self, index: usize) -> f32 {
        match index {
            0 => self.head(None),
            _ if index > self.count => 72.0,
            _ => self.item(index - 1, None),
        }
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        match index {
            0 => self.head(Some((ui, rect))),
            _ => self.item(index - 1, Some((ui, rect))),
        };
    }
}

/// What a drawer is called.
fn drawer_name(drawer: Drawer) -> &'static str {
    match drawer {
        Drawer::Bookmarks => "Bookmarks",
        Drawer::Highlights => "Highlights",
        Drawer::Removed => "Removed",
    }
}
