//! The few controls of the program's own: a button that is an icon, a tab, a picture in its box.

use eframe::egui::{
    CornerRadius, Id, Image, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use crate::images::{Shown, crop};
use crate::model::{Action, Colour};
use crate::theme::{Tokens, scale};
use crate::typeset::Ink;

/// A button that is an icon. `name` is said aloud and shown when the pointer rests on it.
pub fn icon_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str, enabled: bool) -> Response {
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(34.0, 32.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let t = cx.tokens;
    if enabled && (response.hovered() || response.has_focus()) {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(7), t.hover);
    }
    let colour = match (enabled, icon) {
        (false, _) => t.faint.gamma_multiply(0.6),
        (true, Icon::Marked) => t.accent,
        (true, _) => t.soft,
    };
    icons::paint(ui.painter(), icon, rect, 18.0, colour);
    focus_ring(ui, cx, &response, rect);
    response.on_hover_text(name)
}

/// The ring around what has the keyboard.
pub fn focus_ring(ui: &Ui, cx: &Cx<'_>, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, cx.tokens.focus);
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(7), stroke, StrokeKind::Inside);
    }
}

/// Something to click on that is drawn by others: its response, name and place in the tree.
pub fn hot(
    ui: &Ui,
    id: Id,
    rect: Rect,
    role: Role,
    name: &str,
    selected: Option<bool>,
) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| match selected {
        Some(selected) => WidgetInfo::selected(role, true, selected, name),
        None => WidgetInfo::labeled(role, true, name),
    });
    response
}

/// Tabs side by side, from the top left corner on: what each says, whether it is chosen, and what choosing it does.
/// Returns where the last one ends.
pub fn tab_row(
    ui: &Ui,
    cx: &mut Cx<'_>,
    id: Id,
    tabs: impl IntoIterator<Item = (String, bool, Action)>,
    at: Pos2,
) -> f32 {
    let (mut left, top) = (at.x, at.y);
    for (place, (name, chosen, action)) in tabs.into_iter().enumerate() {
        let mut style = scale::META;
        if chosen {
            style = style.weight(600.0).ink(Ink::Text);
        }
        let setting = cx.set(&name, &style, f32::INFINITY);
        let width = setting.ink_width();
        let area = Rect::from_min_size(pos2(left - 6.0, top + 4.0), vec2(width + 12.0, 34.0));
        let response = hot(ui, id.with(place), area, Role::Tab, &name, Some(chosen));
        if response.clicked() {
            cx.act(action);
        }
        let under = Rect::from_min_size(pos2(left, top + 33.0), vec2(width, 2.0));
        if response.hovered() && !chosen {
            ui.painter().rect_filled(under, 0, cx.tokens.rule);
        }
        focus_ring(ui, cx, &response, area);
        cx.paint(ui, &setting, pos2(left, top + 11.0));
        if chosen {
            ui.painter().rect_filled(under, 0, cx.tokens.accent);
        }
        left += width + 18.0;
    }
    left
}

/// A picture that fills its box, cropped from the middle; a quiet ground while it is on its way.
pub fn picture(ui: &Ui, cx: &mut Cx<'_>, file: Option<&str>, rect: Rect, radius: u8) {
    let radius = CornerRadius::same(radius);
    let shown = match (file, cx.model.open.as_ref()) {
        (Some(file), Some(open)) if ui.is_rect_visible(rect) => {
            let width = rect.width().max(rect.height() * 16.0 / 9.0);
            let pixels = width * ui.pixels_per_point();
            Some(cx.pictures.get(open.key, file, pixels))
        }
        _ => None,
    };
    match shown {
        Some(Shown::Ready(texture, size)) => {
            Image::from_texture((texture, rect.size()))
                .uv(crop(size, rect.size()))
                .corner_radius(radius)
                .paint_at(ui, rect);
        }
        Some(Shown::Failed(_)) => {
            ui.painter().rect_filled(rect, radius, cx.tokens.shade);
            let size = (rect.height() * 0.3).min(28.0);
            icons::paint(ui.painter(), Icon::Alert, rect, size, cx.tokens.soft);
        }
        Some(Shown::Coming) | None => {
            ui.painter().rect_filled(rect, radius, cx.tokens.shade);
        }
    }
}

/// The ground of what is marked in a colour.
pub fn marked_ground(tokens: &Tokens, colour: Colour) -> eframe::egui::Color32 {
    match colour {
        Colour::Yellow => tokens.yellow,
        Colour::Green => tokens.green,
        Colour::Blue => tokens.blue,
        Colour::Pink => tokens.pink,
    }
}
