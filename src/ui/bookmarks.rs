//! The bookmarks of every pack ever opened, newest first, also when the pack is gone.

use eframe::egui::{Id, Rect, Role, Ui, pos2, vec2};

use super::card::underline;
use super::context::Cx;
use super::icons::{self, Icon};
use super::meta::joined;
use super::scroll::{Column, Scroll, key_of};
use super::sidebar::grouped;
use super::widgets::{focus_ring, hot};
use crate::model::{Action, BUILT_IN, Date, Marked};
use crate::theme::scale;
use crate::typeset::{Ink, Style, access};

/// What the view remembers between frames.
#[derive(Default)]
pub struct Bookmarks {
    scroll: Scroll,
}

impl Bookmarks {
    /// The column, for the keys that scroll.
    pub fn scroll(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    /// Draws the list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
        // A list of some of them would pass for all, and grow under the reader's hand.
        let count = if cx.model.all_marks_here() {
            cx.model.bookmarks_in_all()
        } else {
            0
        };
        let margin = if rect.width() < 560.0 {
            scale::MARGIN
        } else {
            54.0
        };
        let width = (rect.width() - 2.0 * margin).min(760.0).floor();
        let left = (rect.center().x - width / 2.0).round();
        let key = key_of((
            width.to_bits(),
            cx.zoom().to_bits(),
            count,
            cx.model.all_marks_here(),
            cx.text.generation(),
        ));
        let tokens = cx.tokens;
        let mut page = Page {
            cx,
            count,
            left,
            width,
        };
        let id = Id::unique("bookmarks view");
        self.scroll
            .show(ui, id, rect, (key, 130.0), tokens, &mut page);
    }
}

struct Page<'a, 'b> {
    cx: &'a mut Cx<'b>,
    count: usize,
    left: f32,
    width: f32,
}

impl Page<'_, '_> {
    fn head(&mut self, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let title = self.cx.set("Bookmarks", &scale::MASTHEAD, self.width);
        let count = match self.count {
            _ if !self.cx.model.all_marks_here() => "Your bookmarks are being read…".to_owned(),
            0 => "Press B while reading a story, or click its ribbon, and it is kept here. Bookmarks stay when the pack they came from is gone.".to_owned(),
            1 => "One story, kept on this computer.".to_owned(),
            count => format!("{} stories, kept on this computer.", grouped(count)),
        };
        let note = self
            .cx
            .set(&count, &scale::PLAIN_SOFT, self.width.min(520.0));
        let height = 26.0 + title.size().y + 4.0 + note.size().y + 24.0;
        if let Some((ui, rect)) = draw {
            let at = pos2(self.left, rect.top() + 26.0);
            self.cx.paint(ui, &title, at);
            let area = Rect::from_min_size(at, title.size());
            access::node(
                ui,
                Id::unique("bookmarks title"),
                area,
                Role::Heading,
                "Bookmarks",
                Some(1),
            );
            let at = at + vec2(0.0, title.size().y + 4.0);
            self.cx.paint(ui, &note, at);
            let area = Rect::from_min_size(at, note.size());
            access::node(
                ui,
                Id::unique("bookmarks note"),
                area,
                Role::Label,
                &count,
                None,
            );
        }
        height
    }

    fn entry(&mut self, index: usize, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let Some(marked) = self.cx.model.newest_bookmark(index) else {
            return 0.0;
        };
        let (key, bookmark) = (&marked.bookmark, &marked.bookmark.was);
        let zoom = self.cx.list_zoom();
        let text_width = self.width - 48.0;
        let headline = if bookmark.headline.is_empty() {
            key.story.as_str()
        } else {
            &bookmark.headline
        };
        let title = self.cx.set(headline, &scale::CARD.scaled(zoom), text_width);
        let style: Style = scale::CARD_SUMMARY.scaled(zoom).max_lines(2);
        let summary = self.cx.set(&bookmark.summary, &style, text_width);
        let from = where_from(marked);
        let meta_style = scale::CAPTION.ink(Ink::Soft);
        let meta = self.cx.set(&from, &meta_style, text_width);
        let saved = self.cx.set(&saved_when(marked), &meta_style, text_width);
        let gap = if bookmark.summary.is_empty() {
            0.0
        } else {
            4.0
        };
        let height = 16.0
            + title.size().y
            + gap
            + summary.size().y
            + 6.0
            + meta.size().y
            + saved.size().y
            + 16.0;
        let Some((ui, rect)) = draw else {
            return height;
        };

        let t = self.cx.tokens;
        let key = (key.series.clone(), key.story.clone());
        let area = Rect::from_min_size(
            pos2(self.left - 12.0, rect.top() + 4.0),
            vec2(self.width + 24.0, height - 8.0),
        );
        let id = Id::unique(("bookmark", key.0.as_str(), key.1.as_str()));
        let response = hot(ui, id, area, Role::Button, headline, None);
        if response.clicked() {
            self.cx
                .act(Action::ShowBookmark(key.0.clone(), key.1.clone()));
        }
        let span = self.left..=self.left + self.width;
        ui.painter()
            .hline(span, rect.top().round() + 0.5, (1.0, t.rule));
        let mut at = pos2(self.left, rect.top() + 16.0);
        self.cx.paint(ui, &title, at);
        if response.hovered() {
            underline(ui, self.cx, &title, at);
        }
        at.y += title.size().y + gap;
        self.cx.paint(ui, &summary, at);
        at.y += summary.size().y + 6.0;
        self.cx.paint(ui, &meta, at);
        at.y += meta.size().y;
        self.cx.paint(ui, &saved, at);
        let words = format!("{}. {from}. {}", bookmark.summary, saved_when(marked));
        access::node(ui, id.with("words"), area, Role::Paragraph, &words, None);

        let ribbon = Rect::from_center_size(
            pos2(self.left + self.width - 16.0, rect.top() + 30.0),
            vec2(34.0, 32.0),
        );
        let name = format!("Remove the bookmark: {headline}");
        let remove = hot(ui, id.with("remove"), ribbon, Role::Button, &name, None);
        let icon = if marked.is_saved() {
            Icon::Marked
        } else {
            Icon::Unmarked
        };
        if remove.hovered() {
            ui.painter().rect_filled(ribbon, 7, t.hover);
        }
        icons::paint(ui.painter(), icon, ribbon, 17.0, t.accent);
        if remove.on_hover_text("Remove the bookmark").clicked() {
            self.cx.act(Action::RemoveBookmark(key.0, key.1));
        }
        focus_ring(ui, self.cx, &response, area);
        height
    }
}

impl Column for Page<'_, '_> {
    fn count(&self) -> usize {
        self.count + 2
    }

    fn height(&mut self, index: usize) -> f32 {
        match index {
            0 => self.head(None),
            _ if index > self.count => 48.0,
            _ => self.entry(index - 1, None),
        }
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        match index {
            0 => self.head(Some((ui, rect))),
            _ => self.entry(index - 1, Some((ui, rect))),
        };
    }
}

/// Whose story it was, when it appeared, and which pack it came from.
fn where_from(marked: &Marked) -> String {
    let bookmark = &marked.bookmark.was;
    let day = bookmark.published.as_deref().and_then(Date::parse);
    let origin = if bookmark.origin == BUILT_IN {
        "comes with Offprint".to_owned()
    } else {
        bookmark.origin.clone()
    };
    let pack = match (bookmark.pack_title.is_empty(), bookmark.edition.is_empty()) {
        (true, _) => marked.bookmark.series.to_string(),
        (false, true) => bookmark.pack_title.clone(),
        (false, false) => format!("{}, edition {}", bookmark.pack_title, bookmark.edition),
    };
    let parts = [
        bookmark.publisher.clone(),
        day.map(Date::day).unwrap_or_default(),
        pack,
        origin,
    ];
    joined(parts.iter().map(String::as_str), "  ·  ")
}

/// When it was saved, or that it is not saved yet.
fn saved_when(marked: &Marked) -> String {
    if !marked.is_saved() {
        return "Not saved yet".to_owned();
    }
    match marked.bookmark.saved().date() {
        Some(date) => format!("Bookmarked {} UTC", date.long()),
        None => "Bookmarked".to_owned(),
    }
}
