//! A backup of everything, and one put back after it was said what that changes.

use eframe::egui::{CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::context::Cx;
use super::super::widgets::{focus_ring, hot};
use super::parts::{button, follow, note, progress, say};
use super::remark;
use crate::model::{Action, BackupAction, Date, Doing, Offer, Plan, Way};
use crate::theme::scale;

/// How long something may take before it is worth a word, in seconds.
const QUIET: f64 = 0.2;

/// Draws what is going on, and what came of the last thing that was done.
pub fn news(ui: &mut Ui, cx: &mut Cx<'_>) {
    let backups = &cx.model.backups;
    if let Some(going) = backups.going {
        going_ui(ui, cx, going);
    } else {
        let id = Id::unique("backup since");
        ui.data_mut(|d| d.remove::<f64>(id));
    }
    if let Some((good, text)) = &backups.said {
        note(ui, cx, *good, text);
        ui.add_space(18.0);
    }
}

/// Draws what can be done.
pub fn backup(ui: &mut Ui, cx: &mut Cx<'_>) {
    remark(
        ui,
        cx,
        "A backup is one ZIP file with everything in it: bookmarks, highlights, kept copies, reading marks and settings.",
    );
    ui.add_space(10.0);
    let free = cx.model.backups.is_free();
    ui.horizontal(|ui| {
        if button(ui, cx, "Back up…", true, free) {
            cx.act(Action::Backup(BackupAction::BackUp));
        }
        if button(ui, cx, "Restore…", false, free) {
            cx.act(Action::Backup(BackupAction::Restore));
        }
    });
}

/// How far it is, and a way out, once it takes longer than a blink.
fn going_ui(ui: &mut Ui, cx: &mut Cx<'_>, (doing, done, all): (Doing, usize, usize)) {
    let id = Id::unique("backup since");
    let now = ui.input(|i| i.time);
    let since = ui.data_mut(|d| *d.get_temp_mut_or(id, now));
    let waited = now - since;
    if waited < QUIET {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(QUIET - waited + 0.01));
        return;
    }
    let what = match doing {
        Doing::BackingUp => "Backing up…",
        Doing::Reading => "Reading the backup…",
        Doing::PuttingBack => "Putting it back…",
    };
    let (text, part) = match all {
        0 => (what.to_owned(), 0.0),
        _ => (format!("{what} {done} of {all}"), done as f32 / all as f32),
    };
    progress(ui, cx, &text, part);
    ui.add_space(10.0);
    if button(ui, cx, "Cancel", false, true) {
        cx.act(Action::Backup(BackupAction::Cancel));
    }
    ui.add_space(18.0);
}

/// Draws what would be put back, and asks whether and how.
pub fn offer(ui: &mut Ui, cx: &mut Cx<'_>, offer: &Offer) {
    let title = match offer.made.map(Date::long) {
        Some(made) => format!("Backup of {made} UTC"),
        None => "Backup".to_owned(),
    };
    say(ui, cx, &title, &scale::PLAIN.weight(600.0));
    ui.add_space(2.0);
    remark(ui, cx, &offer.path.display().to_string());
    ui.add_space(12.0);
    let exactly = "What is here now is backed up first, into the folder “backups” of your files.";
    for (way, title, plan, more) in [
        (Way::Merging, "Add what is missing", &offer.merging, ""),
        (
            Way::Exactly,
            "Make everything as it was",
            &offer.exactly,
            exactly,
        ),
    ] {
        if choice(ui, cx, title, plan, more, offer.way == way) {
            cx.act(Action::Backup(BackupAction::Choose(way)));
        }
        ui.add_space(8.0);
    }
    for text in &offer.plan().remarks {
        note(ui, cx, false, text);
        ui.add_space(8.0);
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        if button(ui, cx, "Restore", true, true) {
            cx.act(Action::Backup(BackupAction::Confirm));
        }
        if button(ui, cx, "Leave everything as it is", false, true) {
            cx.act(Action::Backup(BackupAction::Leave));
        }
    });
}

/// One of the ways to put a backup back, with what it would change.
fn choice(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    title: &str,
    plan: &Plan,
    more: &str,
    chosen: bool,
) -> bool {
    const PAD: f32 = 14.0;
    const INDENT: f32 = 28.0;
    let width = ui.available_width();
    let inner = width - 2.0 * PAD - INDENT;
    let mut sentences = plan.sentences();
    if !more.is_empty() {
        sentences.push(more.to_owned());
    }
    let words = sentences.join(" ");
    let name = cx.set(title, &scale::PLAIN.weight(600.0), inner);
    let text = cx.set(&sentences.join("\n"), &scale::META.scaled(1.02), inner);
    let height = 2.0 * 11.0 + name.size().y + 3.0 + text.size().y;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let id = Id::unique(("way", title));
    let label = format!("{title}. {words}");
    let response = hot(ui, id, rect, Role::RadioButton, &label, Some(chosen));
    follow(&response);
    let t = cx.tokens;
    let ground = match (chosen, response.hovered()) {
        (true, _) => t.select,
        (false, true) => t.hover,
        (false, false) => t.card,
    };
    let edge = if chosen { t.accent } else { t.rule };
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        ground,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let at = pos2(rect.left() + PAD, rect.top() + 11.0);
    let dot = Rect::from_min_size(at, vec2(16.0, name.size().y)).center();
    ui.painter().circle(
        dot,
        7.0,
        t.card,
        Stroke::new(1.5, if chosen { t.accent } else { t.soft }),
    );
    if chosen {
        ui.painter().circle_filled(dot, 3.5, t.accent);
    }
    let at = pos2(at.x + INDENT, at.y).round();
    cx.paint(ui, &name, at);
    cx.paint(ui, &text, at + vec2(0.0, (name.size().y + 3.0).round()));
    focus_ring(ui, cx, &response, rect);
    response.clicked()
}
