//! Tells assistive technology what is painted: one node a paragraph, with its role, its words and its place.
//! It paints nothing and costs nothing while nobody listens.

use eframe::egui::{Id, Rect, Response, Role, Sense, Ui};

/// A node of its own for text that is only painted. `level` is that of a heading, 1 for the headline.
///
/// Registers `rect` as something that can be hovered; use [`describe`] where a response exists already.
pub fn node(ui: &Ui, id: Id, rect: Rect, role: Role, text: &str, level: Option<usize>) -> Response {
    let response = ui.interact(rect, id, Sense::hover());
    describe(&response, role, text, level);
    response
}

/// Gives a response's node its role, its words, its bounds and, for a heading, its level.
pub fn describe(response: &Response, role: Role, text: &str, level: Option<usize>) {
    let rect = response.rect;
    let clickable = response.sense.senses_click();
    let focusable = response.sense.is_focusable();
    response.ctx.accesskit_node_builder(response.id, |node| {
        use eframe::egui::accesskit;
        node.set_role(role);
        node.set_bounds(accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        if role == Role::Label {
            // A label's words are its value, by AccessKit's rule.
            node.set_value(text);
        } else {
            node.set_label(text);
        }
        if let Some(level) = level {
            // AccessKit counts from nought where ARIA counts from one.
            node.set_level(level.saturating_sub(1));
        }
        if focusable {
            node.add_action(accesskit::Action::Focus);
        }
        if clickable && focusable {
            node.add_action(accesskit::Action::Click);
        }
    });
}
