//! What the sheet of settings is put together from.

use eframe::egui::{
    self, Align, Button, CornerRadius, Frame, Id, Layout, Margin, Rect, Response, RichText, Role,
    Sense, Stroke, Ui, pos2, vec2,
};

use super::super::context::Cx;
use super::super::icons::{self, Icon};
use super::super::widgets::icon_button;
use crate::model::Action;
use crate::theme::scale;
use crate::typeset::{Ink, Style, access};

/// The head of a sheet that is at most `widest` wide: its title, and a button to close it, which `close` names. Returns how wide the
/// sheet is.
pub fn sheet_head(ui: &mut Ui, cx: &mut Cx<'_>, widest: f32, title: &str, close: &str) -> f32 {
    let room = ui.ctx().content_rect().width();
    let width = (room - 96.0).clamp(260.0, widest);
    ui.set_width(width);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.allocate_ui_with_layout(
        vec2(width, 32.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            if icon_button(ui, cx, Icon::Close, close, true).clicked() {
                cx.act(Action::CloseOverlay);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                heading(ui, cx, title, &scale::FRONT_SECTION, 1);
            });
        },
    );
    width
}

/// A heading.
pub fn heading(ui: &mut Ui, cx: &mut Cx<'_>, text: &str, style: &Style, level: usize) {
    node(ui, cx, text, style, Role::Heading, Some(level));
}

/// Words that are read on their own.
pub fn say(ui: &mut Ui, cx: &mut Cx<'_>, text: &str, style: &Style) {
    node(ui, cx, text, style, Role::Label, None);
}

fn node(ui: &mut Ui, cx: &mut Cx<'_>, text: &str, style: &Style, role: Role, level: Option<usize>) {
    let setting = cx.set(text, style, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(setting.size(), Sense::hover());
    cx.paint(ui, &setting, rect.min.round());
    let id = ui.make_persistent_id((text, rect.top().to_bits()));
    access::node(ui, id, rect, role, text, level);
}

/// A hairline between two sections.
pub fn rule(ui: &mut Ui, cx: &Cx<'_>) {
    ui.add_space(20.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let y = rect.center().y.round() - 0.5;
    ui.painter().hline(rect.x_range(), y, (1.0, cx.tokens.rule));
    ui.add_space(18.0);
}

/// A button; the one that one most likely wants has the accent.
pub fn button(ui: &mut Ui, cx: &Cx<'_>, name: &str, primary: bool, enabled: bool) -> bool {
    let mut text = RichText::new(name);
    let mut button = Button::new(text.clone());
    if primary && enabled {
        text = text.color(cx.tokens.on_accent);
        button = Button::new(text).fill(cx.tokens.accent);
    }
    let response = ui.add_enabled(enabled, button);
    follow(&response);
    response.clicked()
}

/// Brings what has just got the keyboard into view.
pub fn follow(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// What came of something, or what there is to heed, on a ground of its own.
pub fn note(ui: &mut Ui, cx: &mut Cx<'_>, good: bool, text: &str) {
    let t = cx.tokens;
    let (icon, ground, edge, ink, role) = if good {
        (Icon::Done, t.note, t.note_edge, Ink::Text, Role::Status)
    } else {
        (
            Icon::Alert,
            t.alert_ground,
            t.alert,
            Ink::Alert,
            Role::Alert,
        )
    };
    Frame::new()
        .fill(ground)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(14, 11))
        .show(ui, |ui| {
            let width = ui.available_width();
            let style = scale::PLAIN.scaled(0.95);
            let setting = cx.set(text, &style, width - 28.0);
            let size = vec2(width, setting.size().y);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let line = setting.size().y.min(21.0);
            let mark = Rect::from_min_size(rect.min, vec2(18.0, line));
            icons::paint(ui.painter(), icon, mark, 16.0, cx.tokens.ink(ink));
            cx.paint(ui, &setting, pos2(rect.left() + 28.0, rect.top()).round());
            let id = ui.make_persistent_id(("note", text));
            access::node(ui, id, rect, role, text, None);
        });
}

/// How far something is.
pub fn progress(ui: &mut Ui, cx: &mut Cx<'_>, text: &str, part: f32) {
    say(ui, cx, text, &scale::META);
    ui.add_space(8.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    let radius = CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, cx.tokens.shade);
    let mut done = rect;
    done.set_width((rect.width() * part.clamp(0.0, 1.0)).max(6.0));
    ui.painter().rect_filled(done, radius, cx.tokens.accent);
    let id = Id::unique("progress of the backup");
    let response = access::node(ui, id, rect, Role::ProgressIndicator, text, None);
    egui::Context::accesskit_node_builder(&response.ctx, response.id, |node| {
        node.set_numeric_value(f64::from((part * 100.0).round()));
    });
}
