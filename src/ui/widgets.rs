//! The few controls of the program's own: a button that is an icon, a tab, a picture in its box.

use eframe::egui::{
    CornerRadius, Id, Image, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use crate::images::{Shown, crop};

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
