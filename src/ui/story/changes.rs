//! The line that says that a story was changed, and what it unfolds: a quiet panel with a line for each change.

use eframe::egui::{CornerRadius, Pos2, Rect, Role, Stroke, StrokeKind, pos2, vec2};

use super::changed::Changes;
use super::flow::Flow;
use super::piece::Leaf;
use crate::model::Action;
use crate::theme::scale;
use crate::ui::icons::{self, Icon};
use crate::ui::widgets::hot;

/// The space between the panel's edge and its words.
const PAD: [f32; 2] = [20.0, 16.0];
/// The room of the labels beside the lines, where the page is wide enough for it.
const LABELS: f32 = 96.0;
/// The sign that shows whether it is unfolded.
const SIGN: f32 = 14.0;

/// Sets what changed; returns its height.
pub fn changes(flow: &mut Flow<'_, '_, '_>, changes: &Changes, at: Pos2, width: f32) -> f32 {
    let mut height = line(flow, changes, at, width);
    if changes.unfolded {
        height += 12.0;
        height += panel(flow, changes, at + vec2(0.0, height), width);
    }
    height
}

/// The line one clicks on.
fn line(flow: &mut Flow<'_, '_, '_>, changes: &Changes, at: Pos2, width: f32) -> f32 {
    let inset = SIGN + 4.0;
    let set = flow.cx.set(&changes.line, &scale::META, width - inset);
    let size = set.size();
    let Some(canvas) = &mut flow.canvas else {
        return size.y;
    };
    let rect = Rect::from_min_size(at, vec2(inset + set.ink_width(), size.y));
    let id = canvas.ui.scope_id().with("changes");
    let around = rect.expand2(vec2(4.0, 3.0));
    let response = hot(canvas.ui, id, around, Role::Button, &changes.line, None);
    canvas.ui.ctx().accesskit_node_builder(id, |node| {
        node.set_expanded(changes.unfolded);
    });
    let t = flow.cx.tokens;
    let sign = Rect::from_min_size(at + vec2(-2.0, (size.y - SIGN) / 2.0), vec2(SIGN, SIGN));
    let icon = if changes.unfolded {
        Icon::Down
    } else {
        Icon::Forward
    };
    icons::paint(canvas.ui.painter(), icon, sign, SIGN, t.link);
    let words = at + vec2(inset, 0.0);
    flow.cx.paint(canvas.ui, &set, words);
    if response.hovered() {
        crate::ui::card::underline(canvas.ui, flow.cx, &set, words);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, t.focus);
        let radius = CornerRadius::same(4);
        canvas
            .ui
            .painter()
            .rect_stroke(around, radius, stroke, StrokeKind::Outside);
    }
    if response
        .on_hover_cursor(eframe::egui::CursorIcon::PointingHand)
        .clicked()
    {
        flow.cx.act(Action::ToggleChanges);
    }
    size.y
}

fn panel(flow: &mut Flow<'_, '_, '_>, changes: &Changes, at: Pos2, width: f32) -> f32 {
    let inner = width - 2.0 * PAD[0];
    let inside = at + vec2(PAD[0], PAD[1]);
    if let Some(canvas) = flow.canvas.take() {
        // The panel lies under its words, so it is measured first.
        let height = words(flow, changes, inside, inner) + 2.0 * PAD[1];
        let t = flow.cx.tokens;
        let rect = Rect::from_min_size(at, vec2(width, height));
        let stroke = Stroke::new(1.0, t.note_edge);
        let radius = CornerRadius::same(8);
        canvas
            .ui
            .painter()
            .rect(rect, radius, t.note, stroke, StrokeKind::Inside);
        flow.canvas = Some(canvas);
    }
    words(flow, changes, inside, inner) + 2.0 * PAD[1]
}

fn words(flow: &mut Flow<'_, '_, '_>, changes: &Changes, at: Pos2, width: f32) -> f32 {
    let mut y = at.y;
    let mut before = "";
    for (nth, (label, leaf, spoken)) in changes.lines.iter().enumerate() {
        let label = *label;
        if nth > 0 {
            y += flow.gap(if label == before { 8.0 } else { 14.0 });
        }
        let shown = if label == before { "" } else { label };
        before = label;
        y += row(flow, shown, (leaf, spoken), pos2(at.x, y), width);
    }
    if !changes.remark.is_empty() {
        y += flow.gap(14.0);
        let inset = labels_width(flow, width);
        let place = pos2(at.x + inset, y);
        let remark = &changes.remark;
        y += flow.words(remark, &scale::SMALL, place, width - inset, Role::Label);
    }
    y - at.y
}

/// A change with what happened beside it, or above it where there is no room.
fn row(
    flow: &mut Flow<'_, '_, '_>,
    label: &str,
    (leaf, spoken): (&Leaf, &str),
    at: Pos2,
    width: f32,
) -> f32 {
    let style = flow.scaled(scale::NOTE);
    let labels = flow.scaled(scale::CHANGE);
    let inset = labels_width(flow, width);
    let mut top = 0.0;
    if !label.is_empty() {
        let set = flow.cx.set(label, &labels, width);
        let mut place = at;
        if inset > 0.0 {
            // On one line with the first words.
            let words = flow.cx.set_text(&leaf.text, &style, width - inset);
            place.y += (words.baseline(0) - set.baseline(0)).round();
        } else {
            top = set.size().y + 2.0;
        }
        if let Some(canvas) = &flow.canvas {
            flow.cx.paint(canvas.ui, &set, place);
        }
    }
    let at = at + vec2(inset, top);
    let role = (Role::Paragraph, Some(spoken));
    top + flow.said(leaf, &style, at, width - inset, role, None)
}

/// How much of the width the labels take.
fn labels_width(flow: &Flow<'_, '_, '_>, width: f32) -> f32 {
    if flow.narrow {
        0.0
    } else {
        (LABELS * flow.zoom).min(width / 3.0).round()
    }
}
