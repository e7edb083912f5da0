//! Keeping a copy of the story on the page, and how far a pack of kept stories is.

use eframe::egui::{self, Align, Layout, Rect, RichText, Ui, UiBuilder};

use super::context::Cx;
use super::icons::Icon;
use super::widgets::icon_button;
use crate::model::{Action, CopyAction, CopyState, StoryId};

/// How long making a pack may take before it is worth a word, in seconds.
const QUIET: f64 = 0.2;

/// The button that keeps a copy of a story, or takes it away.
pub fn keep_button(ui: &mut Ui, cx: &mut Cx<'_>, story: &StoryId) {
    if cx.model.preview.is_some() {
        return;
    }
    let Some(series) = cx.model.open.as_ref().map(|open| open.series().clone()) else {
        return;
    };
    let (icon, name, enabled, action) = match cx.model.copy(story) {
        None => (
            Icon::Keep,
            "Keep a copy (Shift+B)",
            true,
            CopyAction::Keep(story.clone()),
        ),
        Some(CopyState::Coming) => (
            Icon::Keep,
            "Keeping a copy…",
            false,
            CopyAction::Keep(story.clone()),
        ),
        Some(CopyState::Here(_)) => (
            Icon::Kept,
            "A copy is kept. Remove the copy",
            true,
            CopyAction::Remove(series, story.clone()),
        ),
    };
    if icon_button(ui, cx, icon, name, enabled).clicked() {
        cx.act(Action::Copies(action));
    }
}

/// How far a pack of kept stories is, and a way out. Returns whether there is one.
pub fn exporting(ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect) -> bool {
    let id = egui::Id::unique("exporting since");
    let Some((done, all)) = cx.model.copies.exporting else {
        ui.data_mut(|d| d.remove::<f64>(id));
        return false;
    };
    let now = ui.input(|i| i.time);
    let since = ui.data_mut(|d| *d.get_temp_mut_or(id, now));
    let waited = now - since;
    if waited < QUIET {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(QUIET - waited + 0.01));
        return true;
    }
    let text = format!("Making the pack… {done} of {all}");
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
    );
    child.add(egui::Spinner::new().size(14.0));
    child.add(egui::Label::new(RichText::new(text).color(cx.tokens.soft)).truncate());
    if child.button("Cancel").clicked() {
        cx.act(Action::Copies(CopyAction::CancelExport));
    }
    true
}
