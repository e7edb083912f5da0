//! The bar at the foot of the page while bookmarks are chosen: how many are, and what can be done with them.

use std::collections::BTreeSet;

use eframe::egui::{
    Align, Button, CornerRadius, Id, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, vec2,
};

use crate::model::{Action, FilingAction};
use crate::ui::context::Cx;
use crate::ui::sidebar::grouped;

/// Draws the bar.
pub fn bar(ui: &mut Ui, cx: &mut Cx<'_>, page: Rect) {
    let width = (page.width() - 32.0).min(620.0);
    let size = vec2(width, 52.0);
    let at = page.center_bottom() - vec2(width / 2.0, 52.0 + 16.0);
    let rect = Rect::from_min_size(at.round(), size);
    let t = cx.tokens;
    let corner = CornerRadius::same(12);
    let stroke = Stroke::new(1.0, t.rule);
    // The list behind it is not to be clicked through it.
    ui.interact(rect, Id::unique("choosing"), Sense::click());
    ui.painter()
        .rect(rect, corner, t.card, stroke, StrokeKind::Inside);
    let mut bar = ui.new_child(
        UiBuilder::new()
            .max_rect(rect.shrink2(vec2(16.0, 0.0)))
            .layout(Layout::left_to_right(Align::Center)),
    );
    let chosen = cx.model.filing.chosen.as_ref();
    let count = chosen.map_or(0, BTreeSet::len);
    let kept = cx.model.chosen_copies().len();
    let words = match (count, kept) {
        (0, _) => "Click the bookmarks you mean".to_owned(),
        (1, 1) => "1 chosen, a copy is kept".to_owned(),
        _ => format!(
            "{} chosen, {} kept as copies",
            grouped(count),
            grouped(kept)
        ),
    };
    bar.label(RichText::new(words).color(t.soft));
    bar.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Done").clicked() {
            cx.act(Action::Filing(FilingAction::Choose));
        }
        if ui.add_enabled(count > 0, Button::new("Remove")).clicked() {
            cx.act(Action::Filing(FilingAction::RemoveChosen));
        }
        let export = ui.add_enabled(kept > 0, Button::new("Export as a pack…"));
        let why = "Only stories a copy is kept of can be exported: open them and press Shift+B.";
        if export.on_disabled_hover_text(why).clicked() {
            cx.act(Action::Filing(FilingAction::ExportChosen));
        }
    });
}
