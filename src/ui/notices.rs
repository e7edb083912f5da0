//! What there is to tell the reader, above everything else, at the foot of the page.

use eframe::egui::{
    Area, Button, CornerRadius, Frame, Id, Margin, Order, Rect, RichText, Role, Stroke, Ui, pos2,
    vec2,
};

use super::context::Cx;
use super::icons::{self, Icon};
use super::widgets::icon_button;
use crate::model::{Action, Level};
use crate::theme::scale;
use crate::typeset::{Ink, access};

/// Draws the notices.
pub fn notices(ui: &mut Ui, cx: &mut Cx<'_>, page: Rect) {
    if cx.model.notices.is_empty() {
        return;
    }
    expire(ui, cx);
    let width = (page.width() - 48.0).min(460.0);
    let corner = pos2(page.right() - 24.0, page.bottom() - 24.0);
    let model = cx.model;
    Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .pivot(eframe::egui::Align2::RIGHT_BOTTOM)
        .fixed_pos(corner)
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 10.0;
            for (id, notice) in model.notices.iter() {
                let t = cx.tokens;
                let (icon, ground, edge, ink) = match notice.level {
                    Level::Info => (Icon::Info, t.card, t.rule, Ink::Text),
                    Level::Warning => (Icon::Alert, t.note, t.note_edge, Ink::Text),
                    Level::Error => (Icon::Alert, t.alert_ground, t.alert, Ink::Alert),
                };
                Frame::new()
                    .fill(ground)
                    .stroke(Stroke::new(1.0, edge))
                    .corner_radius(CornerRadius::same(10))
                    .inner_margin(Margin::symmetric(16, 14))
                    .shadow(ui.visuals().popup_shadow)
                    .show(ui, |ui| {
                        let inner = width - 32.0;
                        let text_width = inner - 28.0 - 36.0;
                        let title = cx.set(&notice.title, &scale::NOTE_TITLE.ink(ink), text_width);
                        let text = cx.set(&notice.text, &scale::PLAIN.scaled(0.96), text_width);
                        let height = title.size().y + 2.0 + text.size().y;
                        let (rect, _) = ui
                            .allocate_exact_size(vec2(inner, height), eframe::egui::Sense::hover());
                        let mark = Rect::from_min_size(rect.min, vec2(18.0, 18.0));
                        let colour = t.ink(ink);
                        icons::paint(ui.painter(), icon, mark, 17.0, colour);
                        let at = rect.min + vec2(28.0, 0.0);
                        cx.paint(ui, &title, at);
                        cx.paint(ui, &text, at + vec2(0.0, title.size().y + 2.0));
                        let words = format!("{}. {}", notice.title, notice.text);
                        let node = Id::unique(("notice", id.0));
                        access::node(ui, node, rect, Role::Alert, &words, None);
                        let corner = Rect::from_min_size(
                            pos2(rect.right() - 30.0, rect.top() - 8.0),
                            vec2(34.0, 32.0),
                        );
                        let mut close =
                            ui.new_child(eframe::egui::UiBuilder::new().max_rect(corner));
                        if icon_button(&mut close, cx, Icon::Close, "Dismiss", true).clicked() {
                            cx.act(Action::Dismiss(*id));
                        }
                        if let Some((label, action)) = &notice.offer {
                            ui.add_space(6.0);
                            ui.horizontal(|ui| {
                                ui.add_space(28.0);
                                if ui.add(Button::new(RichText::new(label))).clicked() {
                                    cx.act(action.clone());
                                }
                            });
                        }
                    });
            }
        });
}

/// How long a notice that something was done stays, in seconds; what went wrong stays until it is dismissed.
const STAY: f64 = 8.0;

fn expire(ui: &Ui, cx: &mut Cx<'_>) {
    let now = ui.input(|i| i.time);
    let model = cx.model;
    for (id, notice) in model.notices.iter() {
        if notice.level != Level::Info {
            continue;
        }
        let key = Id::unique(("notice since", id.0));
        let since = ui.data_mut(|d| *d.get_temp_mut_or(key, now));
        let rest = STAY - (now - since);
        if rest <= 0.0 {
            cx.act(Action::Dismiss(*id));
        } else {
            ui.request_repaint_after(std::time::Duration::from_secs_f64(rest + 0.02));
        }
    }
}
