//! The small bar at selected words: a colour to mark them with, a note, a copy.

use eframe::egui::{
    Align2, Area, CornerRadius, Frame, Id, Margin, Order, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::paint::mark;
use crate::model::Colour;
use crate::ui::context::Cx;
use crate::ui::icons::Icon;
use crate::ui::widgets::{focus_ring, icon_button};

/// What is to become of the selected words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// They are marked.
    Mark(Colour),
    /// They are marked, and the reader writes beside them.
    Note,
    /// They are copied.
    Copy,
}

/// How far the bar stands from the words.
const AWAY: f32 = 8.0;
/// About how high the bar is.
const HEIGHT: f32 = 44.0;

/// Draws the bar above words whose lines these are, or below them where there is no room.
pub fn bar(ui: &Ui, cx: &mut Cx<'_>, lines: &[Rect], page: Rect) -> Option<Choice> {
    let seen = lines.iter().filter(|line| page.intersects(**line));
    let first = seen.clone().min_by(|a, b| a.top().total_cmp(&b.top()))?;
    let last = seen.max_by(|a, b| a.bottom().total_cmp(&b.bottom()))?;
    let x = first.center().x.round();
    let (pivot, at) = if first.top() - AWAY - HEIGHT > page.top() {
        (Align2::CENTER_BOTTOM, pos2(x, first.top() - AWAY))
    } else {
        let y = (last.bottom() + AWAY).min(page.bottom() - HEIGHT - AWAY);
        (Align2::CENTER_TOP, pos2(x, y))
    };
    let mut choice = None;
    Area::new(Id::unique("highlight bar"))
        .order(Order::Middle)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain_to(page.shrink(4.0))
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            frame(ui, cx).inner_margin(Margin::same(5)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0;
                    let usual = cx.model.highlighting.colour;
                    for colour in Colour::ALL {
                        let key = if colour == usual { " (L)" } else { "" };
                        let name = format!("Highlight in {}{key}", colour.name());
                        if chip(ui, cx, colour, &name, None).clicked() {
                            choice = Some(Choice::Mark(colour));
                        }
                    }
                    let name = "Highlight and write a note";
                    if icon_button(ui, cx, Icon::Note, name, true).clicked() {
                        choice = Some(Choice::Note);
                    }
                    let name = "Copy the selected words";
                    if icon_button(ui, cx, Icon::Copy, name, true).clicked() {
                        choice = Some(Choice::Copy);
                    }
                });
            });
        });
    choice
}

/// The ground of what hovers over the page.
pub fn frame(ui: &Ui, cx: &Cx<'_>) -> Frame {
    Frame::new()
        .fill(cx.tokens.card)
        .stroke(Stroke::new(1.0, cx.tokens.rule))
        .corner_radius(CornerRadius::same(10))
        .shadow(ui.visuals().popup_shadow)
}

/// A colour to choose; `chosen` where one of several is.
pub fn chip(
    ui: &mut Ui,
    cx: &Cx<'_>,
    colour: Colour,
    name: &str,
    chosen: Option<bool>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(34.0, 32.0), Sense::click());
    response.widget_info(|| match chosen {
        Some(chosen) => WidgetInfo::selected(Role::RadioButton, true, chosen, name),
        None => WidgetInfo::labeled(Role::Button, true, name),
    });
    let t = cx.tokens;
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, CornerRadius::same(7), t.hover);
    }
    let area = Rect::from_center_size(rect.center(), vec2(20.0, 20.0));
    mark(painter, t, colour, area);
    let edge = if chosen == Some(true) {
        Stroke::new(2.0, t.ink)
    } else {
        Stroke::new(1.0, t.faint)
    };
    let outside = eframe::egui::StrokeKind::Outside;
    painter.rect_stroke(area, CornerRadius::same(4), edge, outside);
    focus_ring(ui, cx, &response, rect);
    response.on_hover_text(name)
}
