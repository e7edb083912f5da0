//! A story as a card: picture, label, headline, and a few lines where there is room.

use eframe::egui::{Pos2, Rect, Role, Ui, pos2, vec2};

use super::context::Cx;
use super::icons::{self, Icon};
use super::row::label;
use super::widgets::{focus_ring, hot, picture};
use crate::model::{Action, OpenPack, Story};
use crate::theme::scale;

/// How much of a story a card shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Picture, label and headline.
    Headline,
    /// And the summary.
    Summary,
}

/// The height of a card's picture.
fn picture_height(width: f32) -> f32 {
    (width * 9.0 / 16.0).round()
}

/// Measures a card (`at` is `None`) or draws it; returns its height.
pub fn card(
    cx: &mut Cx<'_>,
    draw: Option<(&mut Ui, Pos2)>,
    open: &OpenPack,
    story: &Story,
    width: f32,
    detail: Detail,
) -> f32 {
    let zoom = cx.list_zoom();
    let picture_part = if story.thumbnail.is_some() {
        picture_height(width) + 10.0
    } else {
        0.0
    };
    let about = label(open, story).to_uppercase();
    let about = cx.set(&about, &scale::LABEL.max_lines(1), width);
    let headline = cx.set(&story.headline, &scale::CARD.scaled(zoom), width);
    let summary = (detail == Detail::Summary && !story.summary.is_empty())
        .then(|| cx.set(&story.summary, &scale::CARD_SUMMARY.scaled(zoom), width));
    let mut height = picture_part + about.size().y + 3.0 + headline.size().y;
    if let Some(summary) = &summary {
        height += 5.0 + summary.size().y;
    }
    let Some((ui, at)) = draw else {
        return height;
    };

    let rect = Rect::from_min_size(at, vec2(width, height));
    let id = ui.scope_id().with(("card", story.id.as_str()));
    let response = hot(
        ui,
        id,
        rect.expand(6.0),
        Role::Button,
        &story.headline,
        None,
    );
    if response.clicked() {
        cx.act(Action::ShowStory(story.id.clone()));
    }
    let mut y = at.y;
    if let Some(thumbnail) = &story.thumbnail {
        let area = Rect::from_min_size(at, vec2(width, picture_height(width)));
        picture(ui, cx, Some(&thumbnail.file), area, 5);
        y += picture_part;
    }
    cx.paint(ui, &about, pos2(at.x, y));
    if cx.model.bookmark(&story.id).is_some() {
        let ribbon = Rect::from_center_size(
            pos2(at.x + about.ink_width() + 14.0, y + about.size().y / 2.0),
            vec2(12.0, 12.0),
        );
        icons::paint(ui.painter(), Icon::Marked, ribbon, 12.0, cx.tokens.accent);
    }
    y += about.size().y + 3.0;
    cx.paint(ui, &headline, pos2(at.x, y));
    if response.hovered() {
        underline(ui, cx, &headline, pos2(at.x, y));
    }
    y += headline.size().y + 5.0;
    if let Some(summary) = &summary {
        cx.paint(ui, summary, pos2(at.x, y));
    }
    focus_ring(ui, cx, &response, rect.expand(6.0));
    height
}

/// A thin line under every line of a headline the pointer is on.
pub fn underline(ui: &Ui, cx: &Cx<'_>, setting: &crate::typeset::Setting, at: Pos2) {
    for rect in setting.rects(0..setting.text().len()) {
        let line = setting.line_at(setting.hit(rect.center().to_vec2()));
        let y = at.y + setting.baseline(line) + 3.0;
        let x = at.x + rect.left()..=at.x + rect.right();
        ui.painter().hline(x, y.round(), (1.0, cx.tokens.accent));
    }
}

/// How many cards stand side by side in `width`, and how wide each is.
pub fn columns(width: f32, gap: f32) -> (usize, f32) {
    let count = ((width + gap) / (250.0 + gap)).floor().clamp(1.0, 4.0);
    (
        count as usize,
        ((width - gap * (count - 1.0)) / count).floor(),
    )
}
