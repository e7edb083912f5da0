//! How it looks: the colours, each shown as it is, and the text size.

use eframe::egui::{CornerRadius, Id, Rect, Role, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::context::Cx;
use super::super::widgets::{focus_ring, hot};
use super::parts::{button, follow, say};
use crate::model::{Action, Theme};
use crate::theme::{Palette, Tokens, scale};
use crate::typeset::{Ink, Setting};

const GAP: f32 = 10.0;
/// The height of a sample.
const SAMPLE: f32 = 56.0;

/// Draws the choices.
pub fn look(ui: &mut Ui, cx: &mut Cx<'_>) {
    let width = ui.available_width();
    // Five beside each other where there is room for their names.
    let columns = if width > 460.0 { 5.0 } else { 3.0 };
    let each = ((width - GAP * (columns - 1.0)) / columns).floor();
    let rows = (5.0_f32 / columns).ceil();
    let height = SAMPLE + 26.0;
    let (area, _) = ui.allocate_exact_size(
        vec2(width, rows * height + (rows - 1.0) * GAP),
        eframe::egui::Sense::hover(),
    );
    for (at, theme) in Theme::ALL.into_iter().enumerate() {
        let (row, column) = ((at as f32 / columns).floor(), at as f32 % columns);
        let corner = area.min + vec2(column * (each + GAP), row * (height + GAP));
        sample(
            ui,
            cx,
            theme,
            Rect::from_min_size(corner, vec2(each, SAMPLE)),
        );
    }
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        let percent = format!("Text size {} %", (cx.zoom() * 100.0).round());
        say_in_row(ui, cx, &percent);
        ui.add_space(8.0);
        for (name, by) in [("Smaller", -1), ("Larger", 1), ("As designed", 0)] {
            if button(ui, cx, name, false, true) {
                cx.act(Action::TextSize(by));
            }
        }
    });
}

fn say_in_row(ui: &mut Ui, cx: &mut Cx<'_>, text: &str) {
    let width = cx.set(text, &scale::PLAIN, f32::INFINITY).ink_width();
    ui.allocate_ui(vec2(width.ceil() + 2.0, 30.0), |ui| {
        ui.vertical(|ui| {
            ui.add_space(4.0);
            say(ui, cx, text, &scale::PLAIN);
        });
    });
}

fn sample(ui: &Ui, cx: &mut Cx<'_>, theme: Theme, rect: Rect) {
    let (name, palettes) = match theme {
        Theme::System => ("Like the system", [Palette::Light, Palette::Dark]),
        Theme::Light => ("Light", [Palette::Light; 2]),
        Theme::Dark => ("Dark", [Palette::Dark; 2]),
        Theme::Sepia => ("Sepia", [Palette::Sepia; 2]),
        Theme::Contrast => ("High contrast", [Palette::Contrast; 2]),
    };
    let chosen = cx.model.settings.theme == theme;
    let whole = rect.with_max_y(rect.bottom() + 26.0);
    let id = Id::unique(("colours", name));
    let response = hot(ui, id, whole, Role::RadioButton, name, Some(chosen));
    follow(&response);
    let letters = cx.set("Aa", &scale::CARD.scaled(1.15), f32::INFINITY);
    let middle = rect.center().x.round();
    let halves = [rect.with_max_x(middle), rect.with_min_x(middle)];
    let corners = [
        CornerRadius {
            nw: 8,
            sw: 8,
            ..CornerRadius::ZERO
        },
        CornerRadius {
            ne: 8,
            se: 8,
            ..CornerRadius::ZERO
        },
    ];
    for ((half, radius), palette) in halves.into_iter().zip(corners).zip(palettes) {
        let tokens = Tokens::of(palette);
        ui.painter().rect_filled(half, radius, tokens.paper);
        paint_letters(ui, cx, &letters, rect, half, &tokens);
    }
    let stroke = if chosen {
        Stroke::new(2.0, cx.tokens.accent)
    } else {
        Stroke::new(1.0, cx.tokens.rule)
    };
    ui.painter()
        .rect_stroke(rect, CornerRadius::same(8), stroke, StrokeKind::Inside);
    let mut style = scale::SMALL.max_lines(1);
    if chosen {
        style = style.weight(600.0).ink(Ink::Text);
    }
    let label = cx.set(name, &style, rect.width());
    let x = rect.center().x - label.ink_width() / 2.0;
    cx.paint(ui, &label, pos2(x, rect.bottom() + 5.0).round());
    focus_ring(ui, cx, &response, whole.expand(3.0));
    if response.clicked() {
        cx.act(Action::SetTheme(theme));
    }
}

/// Two letters in the ink of a theme, as far as they lie in a part of the sample.
fn paint_letters(
    ui: &Ui,
    cx: &mut Cx<'_>,
    letters: &Setting,
    rect: Rect,
    part: Rect,
    tokens: &Tokens,
) {
    let at = rect.center() - letters.size() / 2.0;
    let at = pos2(rect.center().x - letters.ink_width() / 2.0, at.y).round();
    let painter = ui.painter().with_clip_rect(part.intersect(ui.clip_rect()));
    cx.text.paint(&painter, letters, at, &|ink| tokens.ink(ink));
}
