//! A headline in the sidebar: thumbnail, headline in at most three lines, what it is about and when, marks.

use eframe::egui::{Id, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::context::Cx;
use super::icons::{self, Icon};
use super::meta::joined;
use super::widgets::{focus_ring, hot, picture};
use crate::model::{Action, Marked, OpenPack, Story};
use crate::theme::scale;
use crate::typeset::{Ink, Style};

const PAD_X: f32 = 20.0;
const PAD_Y: f32 = 10.0;
const GAP: f32 = 12.0;
/// The room the ribbon takes at the end of the line below the headline.
const RIBBON: f32 = 16.0;

/// The height of a row in a list of this width.
pub fn height(cx: &mut Cx<'_>, open: &OpenPack, row: usize, width: f32) -> f32 {
    let Some(story) = open.edition.story(row) else {
        return 0.0;
    };
    // As high as it needs read or unread: opening a story moves none of the rows below it.
    let width = text_width(width, &story);
    let zoom = cx.list_zoom();
    let headline = [scale::ROW, scale::ROW_UNREAD]
        .map(|style| cx.set(&story.headline, &style.scaled(zoom), width).size().y);
    let text = headline[0].max(headline[1]) + 6.0 + 16.0;
    let picture = if story.thumbnail.is_some() {
        scale::THUMBNAIL[1]
    } else {
        0.0
    };
    (text.max(picture) + 2.0 * PAD_Y).round()
}

fn text_width(width: f32, story: &Story) -> f32 {
    let picture = if story.thumbnail.is_some() {
        scale::THUMBNAIL[0] + GAP
    } else {
        0.0
    };
    (width - 2.0 * PAD_X - 3.0 - picture).max(40.0)
}

fn headline_style(cx: &Cx<'_>, open: &OpenPack, story: &Story) -> Style {
    let style = if open.is_read(&story.id) {
        scale::ROW
    } else {
        scale::ROW_UNREAD
    };
    style.scaled(cx.list_zoom())
}

/// What a story is about, in a word: its first tag, or its section.
pub fn label(open: &OpenPack, story: &Story) -> String {
    match story.tags.first() {
        Some(tag) => tag.clone(),
        None => open
            .edition
            .sections()
            .get(story.section)
            .map(|section| section.title.clone())
            .unwrap_or_default(),
    }
}

/// Draws a row.
pub fn draw(ui: &mut Ui, cx: &mut Cx<'_>, open: &OpenPack, row: usize, rect: Rect) {
    let Some(story) = open.edition.story(row) else {
        return;
    };
    let t = cx.tokens;
    let selected = cx.model.story_id() == Some(&story.id);
    let read = open.is_read(&story.id);
    let marked = cx.model.bookmark(&story.id).is_some();
    let mut name = story.headline.clone();
    if !read {
        name.push_str(", unread");
    }
    if marked {
        name.push_str(", bookmarked");
    }
    let id = Id::unique(("row", story.id.as_str()));
    let response = hot(ui, id, rect, Role::Button, &name, Some(selected));
    if selected {
        ui.painter().rect_filled(rect, 0, t.select);
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, 0, t.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, t.hover);
    }
    if response.clicked() {
        cx.act(Action::ShowStory(story.id.clone()));
    }

    let mut left = rect.left() + 3.0 + PAD_X;
    if let Some(thumbnail) = &story.thumbnail {
        let size = vec2(scale::THUMBNAIL[0], scale::THUMBNAIL[1]);
        let at = Rect::from_min_size(pos2(left, rect.top() + PAD_Y), size);
        picture(ui, cx, Some(&thumbnail.file), at, 5);
        left += size.x + GAP;
    }
    let style = headline_style(cx, open, &story);
    let room = text_width(rect.width(), &story);
    let setting = cx.set(&story.headline, &style, room);
    let top = rect.top() + PAD_Y - 2.0;
    cx.paint(ui, &setting, pos2(left, top));

    let line = top + setting.size().y + 6.0;
    let label = label(open, &story);
    let date = story
        .published
        .map(crate::model::Date::short)
        .unwrap_or_default();
    let meta = joined([label.as_str(), &date], " · ");
    let dot = if read { 0.0 } else { 13.0 };
    let width = (room - RIBBON - dot).max(20.0);
    let setting = cx.set(&meta, &scale::SMALL.ink(Ink::Soft).max_lines(1), width);
    // The dot stands where the line begins, the ribbon where it ends.
    let right = left + room;
    let (dot_at, meta_at, ribbon_at) = if setting.is_rtl() {
        (right - 3.5, right - dot - width, left + 4.0)
    } else {
        (left + 3.5, left + dot, right - 4.0)
    };
    if !read {
        let at = pos2(dot_at, line + 8.0);
        ui.painter().circle_filled(at, 3.5, t.accent);
    }
    cx.paint(ui, &setting, pos2(meta_at, line));

    let ribbon_at = pos2(ribbon_at, line + 8.0);
    ribbon(ui, cx, &story, ribbon_at, rect, &response, marked);
    focus_ring(ui, cx, &response, rect);
}

/// The ribbon at the end of the row: shown where there is a bookmark, offered where the pointer is.
fn ribbon(
    ui: &Ui,
    cx: &mut Cx<'_>,
    story: &Story,
    at: Pos2,
    rect: Rect,
    row: &eframe::egui::Response,
    marked: bool,
) {
    let area = Rect::from_center_size(at, vec2(28.0, 28.0));
    let near = ui.rect_contains_pointer(rect);
    if !marked && !near && !row.has_focus() {
        return;
    }
    let id = Id::unique(("ribbon", story.id.as_str()));
    let response = ui.interact(area, id, Sense::click());
    response.widget_info(|| {
        let name = if marked {
            "Remove the bookmark"
        } else {
            "Bookmark"
        };
        WidgetInfo::labeled(Role::Button, true, format!("{name}: {}", story.headline))
    });
    let saved = cx.model.bookmark(&story.id).is_none_or(Marked::is_saved);
    let (icon, colour) = match (marked, saved) {
        (true, true) => (Icon::Marked, cx.tokens.accent),
        (true, false) => (Icon::Unmarked, cx.tokens.accent),
        (false, _) if response.hovered() => (Icon::Unmarked, cx.tokens.accent),
        (false, _) => (Icon::Unmarked, cx.tokens.faint),
    };
    icons::paint(ui.painter(), icon, area, 15.0, colour);
    if response.clicked() {
        cx.act(Action::ToggleBookmark(story.id.clone()));
    }
}
