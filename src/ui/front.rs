//! The front page: masthead, the lead story large, the others as cards in their sections.

use std::sync::Arc;

use eframe::egui::{Id, Pos2, Rect, Role, Ui, pos2, vec2};

use super::card::{self, Detail};
use super::context::Cx;
use super::scroll::{Column, Scroll, key_of};
use super::welcome::welcome;
use super::widgets::{focus_ring, hot, picture};
use crate::model::{Action, OpenPack, Story};
use crate::theme::scale;
use crate::typeset::{Ink, access};

/// What the front page remembers between frames.
#[derive(Default)]
pub struct Front {
    scroll: Scroll,
    key: Option<u64>,
}

/// Between two cards, across and down.
const GAP: [f32; 2] = [24.0, 30.0];

impl Front {
    /// The column, for the keys that scroll.
    pub fn scroll(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    /// Draws the front page of the open pack.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) {
        let model = cx.model;
        let Some(open) = &model.open else {
            return;
        };
        if self.key != Some(open.since.0) {
            self.key = Some(open.since.0);
            self.scroll = Scroll::default();
        }
        let margin = if rect.width() < 720.0 {
            scale::MARGIN
        } else {
            44.0
        };
        let width = (rect.width() - 2.0 * margin).min(scale::FRONT).floor();
        let left = (rect.center().x - width / 2.0).round();
        let (across, card_width) = card::columns(width, GAP[0]);
        let mut page = Page {
            rows: Rows::new(open, across, model.shows_welcome()),
            open,
            left,
            width,
            across,
            card_width,
            cx,
        };
        let key = key_of((
            rect.width().to_bits(),
            page.cx.zoom().to_bits(),
            open.key,
            page.cx.text.generation(),
            page.rows.welcome,
        ));
        let tokens = page.cx.tokens;
        let id = Id::unique("front");
        self.scroll
            .show(ui, id, rect, (key, 280.0), tokens, &mut page);
    }
}

/// Which items the page has: found by arithmetic over the sections, never by walking the stories.
struct Rows {
    /// For each shown section: its first item, its index, its first row, its rows.
    sections: Vec<(usize, usize, usize, usize)>,
    items: usize,
    /// Whether it says how to begin.
    welcome: bool,
}

enum Item {
    Masthead,
    Welcome,
    Lead,
    Section(usize),
    /// Cards: the first row and how many.
    Cards(usize, usize),
    End,
}

impl Rows {
    fn new(open: &OpenPack, across: usize, welcome: bool) -> Self {
        let mut items = 2 + usize::from(welcome);
        let mut sections = Vec::new();
        for (index, section) in open.edition.sections().iter().enumerate() {
            // The very first story is the lead and stands above.
            let start = section.rows.start.max(1);
            let count = section.rows.end.saturating_sub(start);
            if count == 0 {
                continue;
            }
            sections.push((items, index, start, count));
            items += 1 + count.div_ceil(across);
        }
        Self {
            sections,
            items: items + 1,
            welcome,
        }
    }

    fn item(&self, index: usize, across: usize) -> Item {
        match index {
            0 => return Item::Masthead,
            1 if self.welcome => return Item::Welcome,
            _ if index == 1 + usize::from(self.welcome) => return Item::Lead,
            _ if index + 1 == self.items => return Item::End,
            _ => {}
        }
        let at = self.sections.partition_point(|(first, ..)| *first <= index);
        let Some(&(first, section, start, count)) = self.sections.get(at.wrapping_sub(1)) else {
            return Item::End;
        };
        if index == first {
            return Item::Section(section);
        }
        let before = (index - first - 1) * across;
        Item::Cards(start + before, count.saturating_sub(before).min(across))
    }
}

struct Page<'a, 'b> {
    cx: &'a mut Cx<'b>,
    open: &'a OpenPack,
    rows: Rows,
    left: f32,
    width: f32,
    across: usize,
    card_width: f32,
}

impl Page<'_, '_> {
    fn item(&mut self, index: usize, draw: Option<(&mut Ui, Rect)>) -> f32 {
        match self.rows.item(index, self.across) {
            Item::Masthead => self.masthead(draw),
            Item::Welcome => welcome(self.cx, draw, self.left, self.width),
            Item::Lead => match self.open.edition.story(0) {
                Some(story) => self.lead(draw, &story),
                None => 0.0,
            },
            Item::Section(section) => self.section(draw, section),
            Item::Cards(first, count) => self.cards(draw, first, count),
            Item::End => self.end(draw),
        }
    }

    fn masthead(&mut self, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let info = self.open.edition.info();
        let date = match info.published {
            Some(date) => date.weekday(),
            None => format!("Edition {}", info.edition),
        };
        let date = self.cx.set(&date, &scale::META, f32::INFINITY);
        let room = self.width - date.ink_width() - 24.0;
        let beside = room > 280.0;
        let name_width = if beside { room } else { self.width };
        let name = self.cx.set(&info.title, &scale::MASTHEAD, name_width);
        let top = 26.0;
        let mut bottom = top + name.size().y;
        if !beside {
            bottom += date.size().y;
        }
        let height = bottom + 10.0 + 4.0 + 24.0;
        if let Some((ui, rect)) = draw {
            let at = pos2(self.left, rect.top() + top);
            self.cx.paint(ui, &name, at);
            let id = Id::unique("masthead");
            let area = Rect::from_min_size(at, name.size());
            access::node(ui, id, area, Role::Heading, &info.title, Some(1));
            let date_at = if beside {
                let y = at.y + name.last_baseline() - date.first_baseline();
                pos2(self.left + self.width - date.ink_width(), y)
            } else {
                pos2(self.left, at.y + name.size().y)
            };
            self.cx.paint(ui, &date, date_at);
            let y = (rect.top() + bottom + 10.0).round();
            let span = self.left..=self.left + self.width;
            let stroke = (1.0, self.cx.tokens.rule);
            ui.painter().hline(span.clone(), y + 0.5, stroke);
            ui.painter().hline(span, y + 3.5, stroke);
        }
        height
    }

    fn lead(&mut self, draw: Option<(&mut Ui, Rect)>, story: &Arc<Story>) -> f32 {
        let info = self.open.edition.info();
        let file = story.thumbnail.as_ref().or(info.cover.as_ref());
        let side_by_side = self.width >= 640.0 && file.is_some();
        let (picture_width, text_width) = if side_by_side {
            let picture = (self.width * 0.56).floor();
            (picture, self.width - picture - 30.0)
        } else {
            (self.width, self.width)
        };
        let zoom = self.cx.list_zoom();
        let fit = (text_width / 380.0).clamp(0.72, 1.25);
        let about = super::row::label(self.open, story).to_uppercase();
        let about = self.cx.set(&about, &scale::LABEL, text_width);
        let headline = self
            .cx
            .set(&story.headline, &scale::LEAD.scaled(zoom * fit), text_width);
        let lines = if side_by_side { 6 } else { 5 };
        let summary = self.cx.set(
            &story.summary,
            &scale::LEAD_SUMMARY.scaled(zoom).max_lines(lines),
            text_width,
        );
        let mut meta = Vec::new();
        if let Some(date) = story.published {
            meta.push(date.day());
        }
        if self.cx.model.bookmark(&story.id).is_some() {
            meta.push("bookmarked".to_owned());
        }
        let meta = self.cx.set(&meta.join("  ·  "), &scale::META, text_width);
        let text_height = about.size().y
            + 6.0
            + headline.size().y
            + 12.0
            + summary.size().y
            + 14.0
            + meta.size().y;
        // Beside a long text the picture grows with it, up to 4:3; its middle stays in sight.
        let tallest = (picture_width * 0.75).round();
        let picture_height = match file {
            None => 0.0,
            Some(_) if side_by_side => text_height.clamp((picture_width * 0.5625).round(), tallest),
            Some(_) => (picture_width * 0.5625).round(),
        };
        let height = if side_by_side {
            picture_height.max(text_height)
        } else {
            picture_height + 16.0 + text_height
        };
        if let Some((ui, rect)) = draw {
            let at = pos2(self.left, rect.top());
            let area = Rect::from_min_size(at, vec2(self.width, height));
            let id = Id::unique("lead");
            let response = hot(
                ui,
                id,
                area.expand(6.0),
                Role::Button,
                &story.headline,
                None,
            );
            if response.clicked() {
                self.cx.act(Action::ShowStory(story.id.clone()));
            }
            let picture_area = Rect::from_min_size(at, vec2(picture_width, picture_height));
            if let Some(file) = file {
                picture(ui, self.cx, Some(&file.file), picture_area, 6);
            }
            let mut y = at.y;
            let mut x = self.left;
            if side_by_side {
                x += picture_width + 30.0;
            } else {
                y += picture_height + 16.0;
            }
            self.cx.paint(ui, &about, pos2(x, y));
            y += about.size().y + 6.0;
            self.cx.paint(ui, &headline, pos2(x, y));
            if response.hovered() {
                card::underline(ui, self.cx, &headline, pos2(x, y));
            }
            y += headline.size().y + 12.0;
            self.cx.paint(ui, &summary, pos2(x, y));
            y += summary.size().y + 14.0;
            self.cx.paint(ui, &meta, pos2(x, y));
            focus_ring(ui, self.cx, &response, area.expand(6.0));
        }
        height + 32.0
    }

    fn section(&mut self, draw: Option<(&mut Ui, Rect)>, section: usize) -> f32 {
        let Some(section) = self.open.edition.sections().get(section) else {
            return 0.0;
        };
        let setting = self
            .cx
            .set(&section.title, &scale::FRONT_SECTION, self.width);
        let height = 14.0 + setting.size().y + 16.0;
        if let Some((ui, rect)) = draw {
            let span = self.left..=self.left + self.width;
            let y = rect.top().round() + 0.5;
            ui.painter().hline(span, y, (1.0, self.cx.tokens.rule));
            let at = pos2(self.left, rect.top() + 14.0);
            self.cx.paint(ui, &setting, at);
            let area = Rect::from_min_size(at, setting.size());
            let id = Id::unique(("front section", section.rows.start));
            access::node(ui, id, area, Role::Heading, &section.title, Some(2));
        }
        height
    }

    fn cards(&mut self, draw: Option<(&mut Ui, Rect)>, first: usize, count: usize) -> f32 {
        let (mut ui, top) = match draw {
            Some((ui, rect)) => (Some(ui), rect.top()),
            None => (None, 0.0),
        };
        let mut height: f32 = 0.0;
        for nth in 0..count {
            let Some(story) = self.open.edition.story(first + nth) else {
                continue;
            };
            let x = self.left + nth as f32 * (self.card_width + GAP[0]);
            let at = Pos2::new(x, top);
            let place = ui.as_mut().map(|ui| (&mut **ui, at));
            let card = card::card(
                self.cx,
                place,
                self.open,
                &story,
                self.card_width,
                Detail::Headline,
            );
            height = height.max(card);
        }
        height + GAP[1]
    }

    fn end(&mut self, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let info = self.open.edition.info();
        let parts: Vec<&str> = [&info.summary, &info.publisher, &info.rights]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let style = scale::CAPTION.ink(Ink::Soft);
        let text = parts.join("  ·  ");
        let setting = self.cx.set(&text, &style, self.width.min(scale::MEASURE));
        if let Some((ui, rect)) = draw {
            let span = self.left..=self.left + self.width;
            let y = rect.top().round() + 0.5;
            ui.painter().hline(span, y, (1.0, self.cx.tokens.rule));
            let at = pos2(self.left, rect.top() + 16.0);
            self.cx.paint(ui, &setting, at);
            let area = Rect::from_min_size(at, setting.size());
            access::node(ui, Id::unique("imprint"), area, Role::Label, &text, None);
        }
        16.0 + setting.size().y + 40.0
    }
}

impl Column for Page<'_, '_> {
    fn count(&self) -> usize {
        self.rows.items
    }

    fn height(&mut self, index: usize) -> f32 {
        self.item(index, None)
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        self.item(index, Some((ui, rect)));
    }
}
