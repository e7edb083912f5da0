//! Keeping a copy of the story on the page, and how far a pack of kept stories is.

use eframe::egui::{Rect, Ui};

use super::context::Cx;
use super::icons::Icon;
use super::progress;
use super::widgets::icon_button;
use crate::model::{Action, CopyAction, CopyState, StoryId};

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
    let exporting = cx.model.copies.exporting;
    let text = exporting.map(|(done, all)| format!("Making the pack… {done} of {all}"));
    let cancel = Action::Copies(CopyAction::CancelExport);
    progress::line(ui, cx, rect, "exporting", text.as_deref(), Some(cancel))
}
