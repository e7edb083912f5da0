//! Passages under the words they are of: a ground in their colour, where it must be a line as well, and a node for those who listen.

use eframe::egui::{
    CornerRadius, Key, Modifiers, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind,
    accesskit, pos2, vec2,
};

use super::Entry;
use crate::model::{Action, Colour, HighlightAction};
use crate::theme::Tokens;
use crate::typeset::{Setting, access};
use crate::ui::icons::{self, Icon};
use crate::ui::story::flow::{Canvas, Flow};
use crate::ui::widgets::marked_ground;

/// How much of a line's height stays free above and below.
const FREE: f32 = 0.07;

/// Paints what is marked of a leaf whose words stand at `at`, before they are painted themselves.
pub fn under(flow: &mut Flow<'_, '_, '_>, leaf: usize, setting: &Setting, at: Pos2) {
    let (highlights, tokens, narrow) = (flow.highlights, flow.cx.tokens, flow.narrow);
    let Some(canvas) = &mut flow.canvas else {
        return;
    };
    for (nth, entry, range) in highlights.in_leaf(leaf, setting.text().len()) {
        let rects = setting.rects(range);
        for rect in &rects {
            let rect = rect.translate(at.to_vec2());
            let area = rect.shrink2(vec2(0.0, (rect.height() * FREE).round()));
            mark(canvas.ui.painter(), tokens, entry.colour, area);
            canvas.drawn.marked.push((nth, rect));
        }
        let begins = entry.first_block().map(|block| highlights.leaf_of(block)) == Some(leaf);
        let Some(first) = rects.first().filter(|_| begins) else {
            continue;
        };
        let first = first.translate(at.to_vec2());
        if !entry.note.is_empty() && !narrow {
            let x = if setting.is_rtl() {
                at.x + setting.size().x.max(first.right() - at.x) + 17.0
            } else {
                at.x - 17.0
            };
            let sign = Rect::from_center_size(pos2(x, first.center().y), vec2(16.0, 16.0));
            icons::paint(canvas.ui.painter(), Icon::Note, sign, 15.0, tokens.soft);
        }
        if node(canvas, entry, first, tokens) {
            flow.cx
                .actions
                .push(Action::Highlights(HighlightAction::Open(entry.id.clone())));
        }
    }
}

/// A passage for those who listen and for the keyboard; whether it is asked for. The pointer goes through it to the words.
fn node(canvas: &mut Canvas<'_>, entry: &Entry, rect: Rect, tokens: &Tokens) -> bool {
    let id = canvas.ui.scope_id().with(("highlight", entry.id.as_str()));
    let response = canvas
        .ui
        .interact(rect, id, Sense::focusable_noninteractive());
    let mut words = format!("Highlighted in {}: {}", entry.colour.name(), entry.said());
    if !entry.note.is_empty() {
        words.push_str(". Note: ");
        words.push_str(&entry.note);
    }
    access::describe(&response, Role::Mark, &words, None);
    canvas.ui.ctx().accesskit_node_builder(id, |node| {
        node.add_action(accesskit::Action::Click);
    });
    if response.has_focus() {
        let radius = CornerRadius::same(3);
        let stroke = Stroke::new(1.5, tokens.focus);
        let painter = canvas.ui.painter();
        painter.rect_stroke(rect, radius, stroke, StrokeKind::Outside);
    }
    let focused = response.has_focus();
    canvas.ui.input_mut(|i| {
        focused && i.consume_key(Modifiers::NONE, Key::Enter)
            || i.has_accesskit_action_request(id, accesskit::Action::Click)
    })
}

/// Paints a mark.
pub fn mark(painter: &Painter, tokens: &Tokens, colour: Colour, area: Rect) {
    painter.rect_filled(area, CornerRadius::same(2), marked_ground(tokens, colour));
    if tokens.lined {
        line(painter, tokens, colour, area);
    }
}

/// The line of a colour, for those who do not see it: whole, dashed, dotted or double.
fn line(painter: &Painter, tokens: &Tokens, colour: Colour, area: Rect) {
    let stroke = Stroke::new(1.5, tokens.ink);
    let y = area.bottom().round() - 1.0;
    let points = [pos2(area.left(), y), pos2(area.right(), y)];
    match colour {
        Colour::Yellow => {
            painter.line_segment(points, stroke);
        }
        Colour::Green => {
            painter.extend(Shape::dashed_line(&points, stroke, 6.0, 4.0));
        }
        Colour::Blue => {
            painter.extend(Shape::dotted_line(&points, stroke.color, 4.0, 1.1));
        }
        Colour::Pink => {
            let thin = Stroke::new(1.0, tokens.ink);
            painter.line_segment(points, thin);
            painter.line_segment(points.map(|it| it - vec2(0.0, 3.0)), thin);
        }
    }
}
