//! The sheet for copying packs to a drive: what is chosen, how far it is, and what came of it with the check numbers.

use eframe::egui::{Checkbox, CornerRadius, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::context::Cx;
use super::settings::{button, note, progress, say, sheet_head};
use crate::model::{Action, Copied, CopiedFile, DriveAction, DriveStep, Overlay, in_groups, size};
use crate::theme::scale;

/// The widest the sheet gets.
const WIDEST: f32 = 560.0;

/// Draws the sheet.
pub fn sheet(ui: &mut Ui, cx: &mut Cx<'_>) {
    let room = ui.ctx().content_rect().size();
    sheet_head(ui, cx, WIDEST, "Copy to a drive", "Close (Esc)");
    ui.add_space(12.0);
    if let Some(going) = cx.model.drives.going {
        going_ui(ui, cx, going);
        return;
    }
    let most = (room.y - 240.0).max(120.0);
    match &cx.model.drives.done {
        Some(Ok(copied)) => copied_ui(ui, cx, copied, most),
        Some(Err(sentence)) => {
            note(ui, cx, false, sentence);
            ui.add_space(16.0);
            choice(ui, cx, (most - 90.0).max(120.0));
        }
        None => choice(ui, cx, most),
    }
}

/// What can be copied.
fn choice(ui: &mut Ui, cx: &mut Cx<'_>, most: f32) {
    let text = "Each edition becomes one file on the drive, beside a page that says how to start and a list of check numbers. Everything is read back from the drive. What is there already stays.";
    say(ui, cx, text, &scale::META);
    ui.add_space(16.0);
    ui.spacing_mut().icon_width = 17.0;
    ui.spacing_mut().icon_spacing = 10.0;
    let packs = cx.model.packs_at_hand();
    let mut any = false;
    ScrollArea::vertical()
        .max_height(most - 130.0)
        .content_margin(Margin {
            right: 16,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (origin, name) in packs {
                let mut chosen = cx.model.drives.has_chosen(&origin);
                any |= chosen;
                if tick(ui, &mut chosen, &name) {
                    cx.act(Action::Drive(DriveAction::Toggle(origin)));
                }
            }
        });
    ui.add_space(10.0);
    let mut program = cx.model.drives.program;
    if tick(
        ui,
        &mut program,
        "Offprint itself, for this system, to be started from the drive",
    ) {
        cx.act(Action::Drive(DriveAction::ToggleProgram));
    }
    ui.add_space(18.0);
    ui.horizontal(|ui| {
        let free = any && cx.model.drives.is_free();
        if button(ui, cx, "Choose the drive…", true, free) {
            cx.act(Action::Drive(DriveAction::Copy));
        }
        if button(ui, cx, "Cancel", false, true) {
            cx.act(Action::CloseOverlay);
        }
    });
}

fn tick(ui: &mut Ui, chosen: &mut bool, name: &str) -> bool {
    let text = RichText::new(name).size(14.0);
    ui.add(Checkbox::new(chosen, text)).changed()
}

/// How far it is, and a way out.
fn going_ui(ui: &mut Ui, cx: &mut Cx<'_>, (step, done, all): (DriveStep, u64, u64)) {
    let what = match step {
        DriveStep::Preparing => "Making the editions ready…".to_owned(),
        DriveStep::Writing => format!("Writing… {} of {}", size(done), size(all)),
        DriveStep::ReadingBack => format!("Reading back… {} of {}", size(done), size(all)),
    };
    let part = if all == 0 {
        0.0
    } else {
        done as f32 / all as f32
    };
    progress(ui, cx, &what, part);
    ui.add_space(8.0);
    let text = "Leave the drive in until this is done. You can go on reading.";
    say(ui, cx, text, &scale::META);
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        if button(ui, cx, "Go on reading", true, true) {
            cx.act(Action::CloseOverlay);
        }
        if button(ui, cx, "Stop", false, true) {
            cx.act(Action::Drive(DriveAction::Cancel));
        }
    });
}

/// What is on the drive now.
fn copied_ui(ui: &mut Ui, cx: &mut Cx<'_>, copied: &Copied, most: f32) {
    let how = if copied.from_drive {
        "was read back from the drive"
    } else {
        "was read back"
    };
    let text = format!(
        "Everything is in {} and {how}. You can take the drive out once the system has let it go.",
        copied.folder.display()
    );
    note(ui, cx, true, &text);
    ui.add_space(16.0);
    let text =
        "The check numbers are on the drive as well, in SHA256SUMS and on the page to start from.";
    say(ui, cx, text, &scale::META);
    ui.add_space(12.0);
    ScrollArea::vertical()
        .max_height(most - 120.0)
        .content_margin(Margin {
            right: 16,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            for file in &copied.files {
                file_ui(ui, cx, file);
            }
        });
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if button(ui, cx, "Open the folder", true, true) {
            let show = DriveAction::ShowFolder(copied.folder.clone());
            cx.act(Action::Drive(show));
        }
        if button(ui, cx, "Close", false, true) {
            cx.act(Action::Toggle(Overlay::Drive));
        }
    });
}

fn file_ui(ui: &mut Ui, cx: &mut Cx<'_>, file: &CopiedFile) {
    say(ui, cx, &file.title, &scale::NAME);
    ui.add_space(1.0);
    let about = format!("{}, {}", file.name, size(file.bytes));
    say(ui, cx, &about, &scale::META);
    ui.add_space(4.0);
    Frame::new()
        .fill(cx.tokens.code_ground)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let number = RichText::new(in_groups(&file.sha256))
                .monospace()
                .size(11.5);
            ui.add(Label::new(number).wrap().selectable(true));
        });
    ui.add_space(12.0);
}

/// How far it is, in the bar above the page, while the sheet is closed. Returns whether something is on the way.
pub fn copying(ui: &mut Ui, cx: &mut Cx<'_>, rect: eframe::egui::Rect) -> bool {
    let going = cx.model.drives.going;
    let text = going.map(|(step, done, all)| match step {
        DriveStep::Preparing => "Copying to the drive…".to_owned(),
        DriveStep::Writing | DriveStep::ReadingBack => {
            format!("Copying to the drive… {} of {}", size(done), size(all))
        }
    });
    let cancel = Action::Drive(DriveAction::Cancel);
    super::progress::line(ui, cx, rect, "drive", text.as_deref(), Some(cancel))
}
