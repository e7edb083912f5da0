//! Selecting words of the story: with the pointer, with keys, and what one can do with them then.

use eframe::egui::{self, CursorIcon, Event, Key, Modifiers, Pos2, Rect, Response, Ui};

use super::StoryPage;
use super::flow::{Drawn, Placed};
use super::highlights::{Card, Choice, bar};
use crate::article::Stretch;
use crate::model::{Action, Colour, HighlightAction, Overlay};
use crate::typeset::{Grain, Point};
use crate::ui::context::Cx;

impl StoryPage {
    /// Takes in what the pointer and the keys do to the selection.
    pub(super) fn select(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        ground: &Response,
        rect: Rect,
        drawn: &Drawn,
    ) {
        let placed = &drawn.placed;
        let pointer = ui.input(|i| i.pointer.interact_pos());
        if ground.hovered() && pointer.is_some_and(|at| over_text(placed, at)) {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        let passage = pointer.and_then(|at| drawn.passage_at(at));
        let down = ui.input(|i| i.pointer.any_down());
        if ground.hovered() && passage.is_some() && !down {
            ui.set_cursor_icon(CursorIcon::PointingHand);
        }
        let pressed = ui.input(|i| i.pointer.primary_pressed()) && ground.contains_pointer();
        if let (true, Some(at)) = (pressed, pointer.filter(|at| rect.contains(*at))) {
            let shift = ui.input(|i| i.modifiers.shift);
            self.pressing = true;
            match point_at(placed, at) {
                Some((point, _)) if shift => self.selection.extend(point),
                Some((point, _)) => self.selection.press(point),
                None => self.selection.clear(),
            }
        }
        if let Some(at) = pointer {
            if ground.triple_clicked() {
                if let Some((point, on)) = point_at(placed, at) {
                    self.selection
                        .press_paragraph(point.leaf, on.setting.text().len());
                }
            } else if ground.double_clicked() {
                if let Some((point, on)) = point_at(placed, at) {
                    self.selection
                        .press_word(point.leaf, on.setting.word_at(point.byte));
                }
            } else if ground.dragged() {
                self.drag(ui, rect, placed, at);
            }
        }
        self.pressing &= down;
        let named = |nth: usize| self.highlights.entries().get(nth).map(|it| it.id.clone());
        let passage = passage.and_then(named);
        if ground.clicked()
            && self.selection.is_empty()
            && let Some(id) = &passage
        {
            cx.act(Action::Highlights(HighlightAction::Open(id.clone())));
        }
        if ground.secondary_clicked() {
            self.menu_on = passage;
        }
        self.keys(ui, cx);
        ground.context_menu(|ui| self.menu(ui, cx));
    }

    fn menu(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let chosen = !self.selection.is_empty();
        if ui.add_enabled(chosen, egui::Button::new("Copy")).clicked() {
            cx.act(Action::Copy(self.copied()));
            ui.close();
        }
        let quoted = self.quoted();
        let name = match &quoted {
            Some(_) => "Cite these words…",
            None => "Cite this story…",
        };
        if ui.button(name).clicked() {
            cx.act(Action::Toggle(Overlay::Cite(quoted)));
            ui.close();
        }
        if ui.button("Select all").clicked() {
            self.select_all();
            ui.close();
        }
        let words = self.words();
        if words.is_some() || self.menu_on.is_some() {
            ui.separator();
        }
        if words.is_some() && ui.button("Highlight").clicked() {
            cx.actions.extend(self.mark(None, false));
            ui.close();
        }
        let Some(id) = self.menu_on.clone() else {
            return;
        };
        if ui.button("Colour and note…").clicked() {
            cx.act(Action::Highlights(HighlightAction::Open(id.clone())));
            ui.close();
        }
        if let Some(open) = &cx.model.open
            && ui.button("Remove the highlight").clicked()
        {
            let remove = HighlightAction::Remove(open.series().clone(), id);
            cx.act(Action::Highlights(remove));
            ui.close();
        }
    }

    /// What is selected of the story's text.
    fn words(&self) -> Option<Stretch> {
        let leaves = &self.pieces.leaves;
        self.highlights.selected(&self.selection, leaves)
    }

    /// Marks what is selected of the story's text, if anything is.
    pub fn mark(&mut self, colour: Option<Colour>, note: bool) -> Option<Action> {
        let words = self.words()?;
        self.selection.clear();
        Some(Action::Highlights(HighlightAction::Mark {
            words,
            colour,
            note,
        }))
    }

    /// What hovers over the page: the card of a passage, or the bar at what is selected.
    pub(super) fn hover(&mut self, ui: &Ui, cx: &mut Cx<'_>, rect: Rect, drawn: &Drawn) {
        Card::update(&mut self.card, cx, &self.highlights);
        if let Some(card) = &mut self.card {
            if let Some((nth, entry)) = self.highlights.entry(card.id()) {
                card.put(drawn.place_of(nth, rect));
                card.ui(ui, cx, entry, rect);
            }
            return;
        }
        if self.pressing || self.words().is_none() {
            return;
        }
        match bar(ui, cx, &self.lines(drawn), rect) {
            Some(Choice::Mark(colour)) => cx.actions.extend(self.mark(Some(colour), false)),
            Some(Choice::Note) => cx.actions.extend(self.mark(None, true)),
            Some(Choice::Copy) => cx.act(Action::Copy(self.copied())),
            None => {}
        }
    }

    /// The boxes of what is selected, as far as it was drawn.
    fn lines(&self, drawn: &Drawn) -> Vec<Rect> {
        let parts = drawn.placed.iter().filter_map(|placed| {
            let len = placed.setting.text().len();
            let range = self.selection.range_in(placed.leaf, len)?;
            Some((placed.rect.min, placed.setting.rects(range)))
        });
        parts
            .flat_map(|(at, rects)| rects.into_iter().map(move |it| it.translate(at.to_vec2())))
            .collect()
    }

    fn drag(&mut self, ui: &Ui, rect: Rect, placed: &[Placed], at: Pos2) {
        if let Some((point, on)) = point_at(placed, at) {
            let grain = self.selection.grain();
            self.selection.drag(point, |point| match grain {
                Grain::Paragraph => 0..on.setting.text().len(),
                Grain::Word | Grain::Character => on.setting.word_at(point.byte),
            });
        }
        // Beyond an edge the page follows, the faster the further.
        let beyond = (at.y - rect.bottom()).max(0.0) - (rect.top() - at.y).max(0.0);
        if beyond != 0.0 {
            self.scroll.by(beyond.clamp(-120.0, 120.0) * 0.25);
            ui.request_repaint();
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        if ui.text_edit_focused() {
            return;
        }
        let (copy, all) = ui.input_mut(|i| {
            let copy = i.events.iter().any(|event| matches!(event, Event::Copy));
            (copy, i.consume_key(Modifiers::COMMAND, Key::A))
        });
        if all {
            self.select_all();
        }
        if copy && !self.selection.is_empty() {
            cx.act(Action::Copy(self.copied()));
        }
    }

    fn select_all(&mut self) {
        let last = self.pieces.leaves.last().map_or(0, |leaf| leaf.len());
        self.selection.select_all(self.pieces.leaves.len(), last);
    }

    fn copied(&self) -> String {
        self.selection
            .copy(|leaf| self.pieces.leaves.get(leaf).map(|text| &**text))
    }
}

fn over_text(placed: &[Placed], at: Pos2) -> bool {
    placed.iter().any(|placed| placed.rect.contains(at))
}

/// The nearest text to a place, and the byte in it.
fn point_at(placed: &[Placed], at: Pos2) -> Option<(Point, &Placed)> {
    let distance = |rect: Rect| {
        let y = (rect.top() - at.y).max(at.y - rect.bottom()).max(0.0);
        let x = (rect.left() - at.x).max(at.x - rect.right()).max(0.0);
        (y, x)
    };
    let nearest = placed.iter().min_by(|a, b| {
        let (a, b) = (distance(a.rect), distance(b.rect));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    })?;
    let byte = if at.y < nearest.rect.top() {
        0
    } else if at.y > nearest.rect.bottom() {
        nearest.setting.text().len()
    } else {
        nearest.setting.hit(at - nearest.rect.min)
    };
    Some((Point::new(nearest.leaf, byte), nearest))
}
