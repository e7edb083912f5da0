//! Words in small pills, side by side and as many rows deep as they need.

use std::rc::Rc;

use eframe::egui::{
    CornerRadius, Id, Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use super::context::Cx;
use super::widgets::hot;
use crate::theme::scale;
use crate::typeset::{Ink, Setting};

/// A word in a pill.
pub struct Chip {
    /// The word.
    pub label: String,
    /// What is said aloud of it.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Pills in their places.
pub struct Chips {
    chips: Vec<(Chip, Rc<Setting>, Rect)>,
    /// How much room they take.
    pub size: Vec2,
}

/// The height of a pill, and the room between two.
const HEIGHT: f32 = 26.0;
const GAP: f32 = 6.0;
/// The room on either side of the word.
const PAD: f32 = 10.0;

impl Chips {
    /// Lays pills out in `width`, and no more rows of them than `rows`; what does not fit is left out.
    pub fn lay(
        cx: &mut Cx<'_>,
        chips: impl IntoIterator<Item = Chip>,
        width: f32,
        rows: usize,
    ) -> Self {
        let mut at = Vec2::ZERO;
        let mut laid: Vec<(Chip, Rc<Setting>, Rect)> = Vec::new();
        for chip in chips {
            let mut style = scale::META.max_lines(1);
            if chip.chosen {
                style = style.weight(600.0).ink(Ink::Accent);
            }
            let setting = cx.set(&chip.label, &style, width - 2.0 * PAD);
            let wide = (setting.ink_width() + 2.0 * PAD).ceil();
            if at.x > 0.0 && at.x + wide > width {
                at = vec2(0.0, at.y + HEIGHT + GAP);
            }
            if at.y + HEIGHT > rows as f32 * (HEIGHT + GAP) {
                break;
            }
            let rect = Rect::from_min_size(at.to_pos2(), vec2(wide, HEIGHT));
            at.x += wide + GAP;
            laid.push((chip, setting, rect));
        }
        let size = laid.iter().fold(Vec2::ZERO, |size, (_, _, rect)| {
            size.max(rect.max.to_vec2())
        });
        Self { chips: laid, size }
    }

    /// Draws them with the top left corner at `at`. Returns what happens to each, with its word.
    pub fn draw(&self, ui: &Ui, cx: &mut Cx<'_>, id: Id, at: Pos2) -> Vec<(&str, Response)> {
        let mut answers = Vec::new();
        for (chip, setting, rect) in &self.chips {
            let rect = rect.translate(at.to_vec2());
            let response = hot(
                ui,
                id.with(&chip.label),
                rect,
                Role::Button,
                &chip.name,
                Some(chip.chosen),
            );
            let t = cx.tokens;
            let lit = response.hovered() || response.has_focus();
            let ground = if lit { t.hover } else { t.shade };
            let edge = match (response.has_focus(), chip.chosen) {
                (true, _) => Stroke::new(2.0, t.focus),
                (false, true) => Stroke::new(1.5, t.accent),
                (false, false) => Stroke::new(1.0, t.rule),
            };
            let corner = CornerRadius::same(13);
            ui.painter()
                .rect(rect, corner, ground, edge, StrokeKind::Inside);
            let text = rect.min + vec2(PAD, ((HEIGHT - setting.size().y) / 2.0).round());
            cx.paint(ui, setting, text);
            answers.push((chip.label.as_str(), response));
        }
        answers
    }
}
