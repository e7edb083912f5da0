//! The settings, laid over the page: how it looks, and the reader's files as a whole.

mod files;
mod look;
mod parts;
mod restore;

use eframe::egui::{Id, Margin, ScrollArea, Ui};

pub(super) use self::parts::{button, note, progress, say, sheet_head};

use self::parts::rule;
use super::context::Cx;
use crate::theme::scale;

/// The widest the sheet gets.
const WIDEST: f32 = 620.0;

/// Draws the sheet.
pub fn sheet(ui: &mut Ui, cx: &mut Cx<'_>) {
    let room = ui.ctx().content_rect().size();
    let title = match cx.model.backups.offer {
        Some(_) => "Restore a backup",
        None => "Settings",
    };
    let width = sheet_head(ui, cx, WIDEST, title, "Close the settings (Esc)");
    ui.add_space(14.0);
    restore::news(ui, cx);
    // What stands above takes from it, so that all of it stays inside the window.
    let most = (room.y - 124.0 - ui.min_rect().height()).max(120.0);
    ScrollArea::vertical()
        .max_height(most)
        .min_scrolled_height(most)
        .content_margin(Margin {
            right: 16,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(width - 16.0);
            match &cx.model.backups.offer {
                Some(offer) => restore::offer(ui, cx, offer),
                None => sections(ui, cx),
            }
        });
    stay_in_the_middle(ui);
}

/// What lies in the middle is placed by its size in the frame before; one that has another is drawn again at once.
fn stay_in_the_middle(ui: &Ui) {
    let id = Id::unique("height of the settings");
    let height = ui.min_rect().height();
    let before = ui.data_mut(|d| {
        d.get_temp(id)
            .filter(|before: &f32| (before - height).abs() < 0.5)
    });
    if before.is_none() {
        ui.data_mut(|d| d.insert_temp(id, height));
        ui.ctx()
            .request_discard("the settings are of another height");
    }
}

fn sections(ui: &mut Ui, cx: &mut Cx<'_>) {
    section(ui, cx, "Appearance");
    look::look(ui, cx);
    rule(ui, cx);
    section(ui, cx, "Your files");
    files::place(ui, cx);
    rule(ui, cx);
    section(ui, cx, "Backup");
    restore::backup(ui, cx);
    rule(ui, cx);
    section(ui, cx, "Files that were set aside");
    files::aside(ui, cx);
}

fn section(ui: &mut Ui, cx: &mut Cx<'_>, name: &str) {
    parts::heading(ui, cx, name, &scale::NOTE_TITLE.scaled(1.08), 2);
    ui.add_space(10.0);
}

/// A paragraph of what there is to know.
fn remark(ui: &mut Ui, cx: &mut Cx<'_>, text: &str) {
    say(ui, cx, text, &scale::META);
}
