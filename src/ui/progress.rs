//! How far something is that takes its time, in the bar above the page, and a way out.

use std::time::Duration;

use eframe::egui::{Align, Id, Label, Layout, Rect, RichText, Spinner, Ui, UiBuilder};

use super::context::Cx;
use crate::model::Action;

/// How long something may take before it is worth a word, in seconds.
const QUIET: f64 = 0.2;

/// Says how far what is called `key` is, and offers to stop it if it can be. Returns whether it is on the way.
pub fn line(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    rect: Rect,
    key: &str,
    text: Option<&str>,
    cancel: Option<Action>,
) -> bool {
    let id = Id::unique(("on the way since", key));
    let Some(text) = text else {
        ui.data_mut(|d| d.remove::<f64>(id));
        return false;
    };
    let now = ui.input(|i| i.time);
    let since = ui.data_mut(|d| *d.get_temp_mut_or(id, now));
    let waited = now - since;
    if waited < QUIET {
        ui.request_repaint_after(Duration::from_secs_f64(QUIET - waited + 0.01));
        return true;
    }
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
    );
    child.add(Spinner::new().size(14.0));
    child.add(Label::new(RichText::new(text).color(cx.tokens.soft)).truncate());
    if let Some(cancel) = cancel
        && child.button("Cancel").clicked()
    {
        cx.act(cancel);
    }
    true
}
