//! The field in which one types what to look for.

use eframe::egui::{
    self, CornerRadius, Id, Key, Rect, Role, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2,
    vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use super::widgets::hot;
use crate::theme::scale;

/// How high the field is.
pub const HEIGHT: f32 = 36.0;

/// What the field is called.
pub struct FindField<'a> {
    /// Its id.
    pub id: Id,
    /// What stands in it while it is empty, and what is said aloud of it.
    pub hint: &'a str,
    /// What is said aloud of the button that empties it.
    pub clear: &'a str,
}

/// What the reader did in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    /// The words are others than before.
    pub changed: bool,
    /// Enter was pressed.
    pub entered: bool,
}

impl FindField<'_> {
    /// Draws the field; `focus` is whether it is to have the keyboard, and is taken.
    pub fn ui(
        &self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        field: Rect,
        typed: &mut String,
        focus: &mut bool,
    ) -> Found {
        let (t, id) = (cx.tokens, self.id);
        let focused = ui.memory(|m| m.has_focus(id));
        let edge = if focused { t.focus } else { t.rule };
        let stroke = Stroke::new(if focused { 1.5 } else { 1.0 }, edge);
        let corner = CornerRadius::same(8);
        ui.painter()
            .rect(field, corner, t.card, stroke, StrokeKind::Inside);
        let glass = Rect::from_min_size(field.min, vec2(34.0, field.height()));
        icons::paint(ui.painter(), Icon::Find, glass, 15.0, t.soft);

        let inner = Rect::from_min_max(
            pos2(field.left() + 34.0, field.top()),
            pos2(field.right() - 34.0, field.bottom()),
        );
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
        let edit = TextEdit::singleline(typed)
            .id(id)
            .hint_text(egui::RichText::new(self.hint).color(t.soft))
            .frame(egui::Frame::NONE)
            .desired_width(inner.width())
            .align(egui::Align2::LEFT_CENTER);
        let response = child.add_sized(inner.size(), edit);
        response
            .ctx
            .accesskit_node_builder(id, |node| node.set_label(self.hint));
        if std::mem::take(focus) {
            response.request_focus();
        }
        let mut found = Found {
            changed: response.changed(),
            entered: response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)),
        };

        let end = Rect::from_min_max(pos2(field.right() - 34.0, field.top()), field.max);
        if typed.is_empty() {
            let key = Rect::from_center_size(end.center(), vec2(18.0, 18.0));
            let stroke = Stroke::new(1.0, t.rule);
            ui.painter()
                .rect_stroke(key, CornerRadius::same(4), stroke, StrokeKind::Inside);
            let setting = cx.set("/", &scale::SMALL, f32::INFINITY);
            let at = key.center() - setting.size() / 2.0;
            cx.paint(ui, &setting, at);
        } else {
            let clear = hot(ui, id.with("clear"), end, Role::Button, self.clear, None);
            let colour = if clear.hovered() { t.ink } else { t.soft };
            icons::paint(ui.painter(), Icon::Close, end, 14.0, colour);
            if clear.clicked() {
                typed.clear();
                found.changed = true;
            }
        }
        found
    }
}
