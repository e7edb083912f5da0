//! The card at a marked passage: its colour, a note to write beside it, and a way to take it away.

use eframe::egui::{
    Align, Align2, Area, Button, Id, Key, Layout, Margin, Modifiers, Order, Rect, RichText,
    TextEdit, Ui, pos2, vec2,
};

use super::bar::{chip, frame};
use super::{Entry, Highlights, title};
use crate::model::{Action, Colour, HighlightAction, HighlightId, MAX_REMARK_BYTES, SeriesId};
use crate::ui::context::Cx;
use crate::ui::icons::Icon;
use crate::ui::widgets::icon_button;

/// How wide the card is, where there is room.
const WIDTH: f32 = 320.0;
/// About how high it is.
const HEIGHT: f32 = 210.0;

/// The card of a passage, with what is being written.
pub struct Card {
    series: SeriesId,
    id: HighlightId,
    /// The note as it was last known, and as the reader has it by now.
    known: String,
    draft: String,
    /// Where the passage was when it was last seen.
    at: Rect,
    /// Whether the note is to have the keyboard.
    wants_keyboard: bool,
    /// Where the card was in the last frame.
    area: Rect,
}

impl Card {
    /// The card of the passage that is open in the model, if there is one: the same as before, or another in its place.
    ///
    /// What was written in the one before is kept.
    pub fn update(card: &mut Option<Self>, cx: &mut Cx<'_>, highlights: &Highlights) {
        let wanted = cx.model.highlighting.open.as_ref();
        if let Some(mut before) = card.take_if(|card| Some(&card.id) != wanted) {
            cx.actions.extend(before.written());
        }
        let Some((_, entry)) = wanted.and_then(|id| highlights.entry(id)) else {
            if let Some(mut gone) = card.take() {
                cx.actions.extend(gone.written());
            }
            return;
        };
        let Some(open) = &cx.model.open else { return };
        let card = card.get_or_insert_with(|| Self {
            series: open.series().clone(),
            id: entry.id.clone(),
            known: entry.note.clone(),
            draft: entry.note.clone(),
            at: Rect::NOTHING,
            wants_keyboard: true,
            area: Rect::NOTHING,
        });
        if entry.note != card.known {
            // It was written elsewhere as well; nothing of either is lost.
            if card.draft == card.known {
                card.draft.clone_from(&entry.note);
            } else if !entry.note.is_empty() && !card.draft.contains(&entry.note) {
                card.draft = format!("{}\n\n{}", card.draft.trim_end(), entry.note);
            }
            card.known.clone_from(&entry.note);
        }
    }

    /// What is to be kept of what the reader wrote; it is told once.
    pub fn written(&mut self) -> Option<Action> {
        let text = self.draft.trim_end();
        if text == self.known.trim_end() {
            return None;
        }
        text.clone_into(&mut self.known);
        let (series, id) = (self.series.clone(), self.id.clone());
        let write = HighlightAction::Write(series, id, text.to_owned());
        Some(Action::Highlights(write))
    }

    /// The passage it is of.
    pub fn id(&self) -> &HighlightId {
        &self.id
    }

    /// Says where the passage is on the page, if it is in view.
    pub fn put(&mut self, at: Option<Rect>) {
        self.at = at.unwrap_or(Rect::NOTHING);
    }

    /// Draws the card below its passage, or above it where there is no room.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Cx<'_>, entry: &Entry, page: Rect) {
        self.area = Rect::NOTHING;
        if self.at != Rect::NOTHING {
            self.show(ui, cx, entry, page);
        }
        let outside = ui.input(|i| {
            let at = i.pointer.interact_pos();
            i.pointer.any_pressed() && at.is_some_and(|at| !self.area.contains(at))
        });
        if outside {
            cx.act(Action::Highlights(HighlightAction::Close));
        }
    }

    fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>, entry: &Entry, page: Rect) {
        let width = WIDTH.min(page.width() - 24.0);
        let x = self
            .at
            .left()
            .min(page.right() - width - 12.0)
            .max(page.left() + 12.0);
        let below = self.at.bottom() + 6.0;
        let (pivot, y) = if below + HEIGHT > page.bottom() && self.at.top() - HEIGHT > page.top() {
            (Align2::LEFT_BOTTOM, self.at.top() - 6.0)
        } else {
            (Align2::LEFT_TOP, below)
        };
        let shown = Area::new(Id::unique("highlight card"))
            .order(Order::Middle)
            .pivot(pivot)
            .fixed_pos(pos2(x.round(), y.round()))
            .constrain_to(page.shrink(4.0))
            .fade_in(false)
            .show(ui.ctx(), |ui| {
                let inner = width - 28.0;
                let margin = Margin::symmetric(14, 10);
                frame(ui, cx).inner_margin(margin).show(ui, |ui| {
                    ui.set_width(inner);
                    self.head(ui, cx, entry);
                    self.note(ui, cx);
                    ui.add_space(8.0);
                    self.foot(ui, cx);
                });
            });
        self.area = shown.response.rect;
    }

    fn head(&self, ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for colour in Colour::ALL {
                let chosen = Some(entry.colour == colour);
                if chip(ui, cx, colour, title(colour), chosen).clicked() {
                    let (series, id) = (self.series.clone(), self.id.clone());
                    let choice = HighlightAction::Colour(series, id, colour);
                    cx.act(Action::Highlights(choice));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, cx, Icon::Close, "Close the note", true).clicked() {
                    cx.act(Action::Highlights(HighlightAction::Close));
                }
            });
        });
        ui.add_space(6.0);
    }

    fn note(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter)) {
            cx.act(Action::Highlights(HighlightAction::Close));
        }
        let field = TextEdit::multiline(&mut self.draft)
            .id(Id::unique("highlight note"))
            .hint_text("Write a note")
            .desired_rows(4)
            .char_limit(MAX_REMARK_BYTES / 4)
            .desired_width(f32::INFINITY)
            .margin(vec2(8.0, 6.0));
        let response = ui.add(field);
        response.widget_info(|| {
            let role = eframe::egui::Role::MultilineTextInput;
            eframe::egui::WidgetInfo::labeled(role, true, "Your note")
        });
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
    }

    fn foot(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            if ui.button("Remove the highlight").clicked() {
                let (series, id) = (self.series.clone(), self.id.clone());
                cx.act(Action::Highlights(HighlightAction::Remove(series, id)));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let done = RichText::new("Done").color(cx.tokens.on_accent);
                let done = Button::new(done).fill(cx.tokens.accent);
                if ui.add(done).clicked() {
                    cx.act(Action::Highlights(HighlightAction::Close));
                }
            });
        });
    }
}
