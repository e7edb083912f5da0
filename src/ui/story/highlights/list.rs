//! The passages under the story: each with its words, its note and what can be done about it; last those that are not in this edition.

use eframe::egui::{CornerRadius, Pos2, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::Entry;
use crate::model::{Action, HighlightAction, SeriesId, Whereabouts};
use crate::theme::scale;
use crate::typeset::access;
use crate::ui::card::underline;
use crate::ui::icons::Icon;
use crate::ui::meta::joined;
use crate::ui::story::flow::Flow;
use crate::ui::widgets::marked_ground;
use crate::ui::widgets::{focus_ring, hot, icon_button};

/// Between the colour and the words.
const INSET: f32 = 20.0;
/// The room of the two buttons.
const BUTTONS: f32 = 76.0;

/// Sets the heading above the passages, and what is to be said of them; returns its height.
pub fn heading(flow: &mut Flow<'_, '_, '_>, lost: bool, at: Pos2, width: f32) -> f32 {
    if !lost {
        return flow.foot_heading("Your highlights", at, width);
    }
    let title = "Not found in this edition";
    let style = scale::NOTE_TITLE;
    let mut y = at.y + 14.0;
    y += flow.words(title, &style, pos2(at.x, y), width, Role::Label) + 2.0;
    let text = "You marked these words in another edition of the story. They are kept, and shown where they are found again.";
    y += flow.words(text, &scale::META, pos2(at.x, y), width, Role::Label);
    y + 10.0 - at.y
}

/// Sets a passage of the list; returns its height.
pub fn entry(flow: &mut Flow<'_, '_, '_>, nth: usize, at: Pos2, width: f32) -> f32 {
    let (highlights, open) = (flow.highlights, flow.open);
    let Some(entry) = highlights.entries().get(nth) else {
        return 0.0;
    };
    let series = open.series();
    let own = (width - INSET - BUTTONS).max(80.0);
    let quote = flow.cx.set(&entry.quote, &scale::PASSAGE, own);
    let note = (!entry.note.is_empty()).then(|| flow.cx.set(&entry.note, &scale::PLAIN, own));
    let about = flow.cx.set(&entry.about, &scale::SMALL, own);
    let mut height = quote.size().y + 4.0 + about.size().y;
    if let Some(note) = &note {
        height += 6.0 + note.size().y;
    }
    let Some(canvas) = &mut flow.canvas else {
        return height + 20.0;
    };
    let ui = &mut *canvas.ui;
    let t = flow.cx.tokens;
    let bar = Rect::from_min_size(at, vec2(6.0, height));
    let edge = Stroke::new(1.0, t.faint);
    let radius = CornerRadius::same(2);
    let colour = marked_ground(t, entry.colour);
    ui.painter()
        .rect(bar, radius, colour, edge, StrokeKind::Inside);
    let mut place = at + vec2(INSET, 0.0);
    let area = Rect::from_min_size(place, vec2(own, height)).expand(4.0);
    let id = ui.scope_id().with(("passage", entry.id.as_str()));
    let note_said = if entry.note.is_empty() {
        String::new()
    } else {
        format!("Note: {}", entry.note)
    };
    let words = joined([&*entry.quote, &note_said, &entry.about], "  ·  ");
    access::node(ui, id.with("words"), area, Role::Paragraph, &words, None);
    let leads = matches!(entry.place, Whereabouts::Here(_));
    if leads {
        let name = format!("Go to the passage: {}", entry.said());
        let response = hot(ui, id, area, Role::Button, &name, None);
        if response.clicked() {
            let show = HighlightAction::Show(series.clone(), entry.id.clone());
            flow.cx.act(Action::Highlights(show));
        }
        if response.hovered() {
            underline(ui, flow.cx, &quote, place);
        }
        focus_ring(ui, flow.cx, &response, area);
    }
    flow.cx.paint(ui, &quote, place);
    place.y += quote.size().y;
    if let Some(note) = &note {
        place.y += 6.0;
        flow.cx.paint(ui, note, place);
        place.y += note.size().y;
    }
    flow.cx.paint(ui, &about, place + vec2(0.0, 4.0));
    canvas.drawn.listed.push((nth, area));
    let corner = pos2(at.x + width - BUTTONS + 4.0, at.y - 6.0);
    buttons(flow, entry, series, corner);
    height + 20.0
}

fn buttons(flow: &mut Flow<'_, '_, '_>, entry: &Entry, series: &SeriesId, at: Pos2) {
    let Some(canvas) = &mut flow.canvas else {
        return;
    };
    let room = Rect::from_min_size(at, vec2(BUTTONS, 32.0));
    let salt = ("passage buttons", entry.id.as_str());
    let mut child: Ui = canvas
        .ui
        .new_child(UiBuilder::new().id_salt(salt).max_rect(room));
    child.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let name = format!("Colour and note: {}", entry.said());
        if icon_button(ui, flow.cx, Icon::Note, &name, true).clicked() {
            let open = HighlightAction::Open(entry.id.clone());
            flow.cx.act(Action::Highlights(open));
        }
        let name = format!("Remove the highlight: {}", entry.said());
        if icon_button(ui, flow.cx, Icon::Close, &name, true).clicked() {
            let remove = HighlightAction::Remove(series.clone(), entry.id.clone());
            flow.cx.act(Action::Highlights(remove));
        }
    });
}
