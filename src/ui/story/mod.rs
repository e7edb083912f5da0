//! The story on the page: laid out piece by piece, selected with the pointer, remembered where it was left.

mod changed;
mod changes;
mod flow;
mod lit;
mod piece;
mod place;
mod quoted;
mod table;

use std::sync::Arc;

use eframe::egui::{self, CursorIcon, Event, Id, Key, Modifiers, Pos2, Rect, Response, Ui, pos2};

use self::flow::{Canvas, Flow, Placed, related_columns};
use self::lit::Lit;
use self::piece::{BodyPart, Pieces};
use super::context::Cx;
use super::scroll::{Column, Scroll, key_of};
use crate::model::{
    Action, BodyState, OpenPack, Overlay, PackKey, Place, SeriesId, Story, StoryBody, StoryChanges,
    StoryId,
};
use crate::theme::scale;
use crate::typeset::{Grain, Point, Selection};

/// What the story page remembers between frames.
#[derive(Default)]
pub struct StoryPage {
    shown: Option<Shown>,
    pieces: Pieces,
    /// How many pages of pieces there were before this one.
    made: u64,
    scroll: Scroll,
    selection: Selection,
    lit: Lit,
    /// The place last told to the model, and when the page last moved.
    told: Option<Place>,
    moved: Option<f64>,
}

/// What the pieces were made of.
struct Shown {
    pack: PackKey,
    /// The pack's first key, which stays the same while the pack is being written.
    since: PackKey,
    series: SeriesId,
    story: StoryId,
    body: Option<Arc<StoryBody>>,
    failed: bool,
    changes: Option<Arc<StoryChanges>>,
    unfolded: bool,
    across: usize,
}

/// How long a place must hold before it is worth writing down, in seconds.
const SETTLE: f64 = 0.6;

impl StoryPage {
    /// The column, for the keys that scroll.
    pub fn scroll(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    /// Draws a story of the open pack.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, rect: Rect, open: &OpenPack, story: &Story) {
        let narrow = rect.width() < 560.0;
        let margin = if narrow {
            scale::MARGIN
        } else {
            scale::HANG + 24.0
        };
        let measure = scale::MEASURE * cx.zoom().max(0.85);
        let width = (rect.width() - 2.0 * margin)
            .min(measure)
            .floor()
            .max(120.0);
        let left = (rect.center().x - width / 2.0).round();
        let (across, _) = related_columns(width);
        if !self.shows(open, story) {
            cx.actions.extend(self.leave());
        }
        self.make(open, story, cx.model.changes_unfolded, across);
        if self.comes_back_deep(open, story) {
            return;
        }
        if self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.body.is_some())
        {
            let (target, scroll) = (cx.model.target.as_ref(), &mut self.scroll);
            self.lit.aim(target, open, story, &self.pieces, scroll);
        }

        let zoom = cx.zoom();
        let changes = self
            .shown
            .as_ref()
            .map(|it| (it.changes.is_some(), it.unfolded));
        let generation = cx.text.generation();
        let key = key_of((
            width.to_bits(),
            zoom.to_bits(),
            generation,
            changes,
            self.made,
        ));
        let mut placed = Vec::new();
        let mut page = Page {
            cx,
            open,
            pieces: &self.pieces,
            selection: &self.selection,
            placed: &mut placed,
            left,
            width,
            narrow,
        };
        let tokens = page.cx.tokens;
        // The story's own id: what is hovered or dragged in one story is not in the next.
        let id = Id::unique(("story", story.id.as_str()));
        let ground = self
            .scroll
            .show(ui, id, rect, (key, 120.0), tokens, &mut page);
        self.lit.draw(ui, tokens, rect, &placed, &mut self.scroll);
        self.select(ui, cx, &ground, rect, &placed);
        self.remember(ui, cx);
    }

    fn shows(&self, open: &OpenPack, story: &Story) -> bool {
        let shown = self.shown.as_ref();
        shown.is_some_and(|shown| shown.since == open.since && shown.story == story.id)
    }

    /// Makes the pieces anew when the story or its body is another than before.
    fn make(&mut self, open: &OpenPack, story: &Story, unfolded: bool, across: usize) {
        let state = open.body(&story.id);
        let body = match state {
            Some(BodyState::Ready(body)) => Some(body.clone()),
            _ => None,
        };
        let failed = matches!(state, Some(BodyState::Failed(_)));
        let changes = open.changes(&story.id);
        let unfolded = unfolded && changes.is_some();
        let same_story = self.shows(open, story);
        let fresh = same_story
            && self.shown.as_ref().is_some_and(|shown| {
                shown.pack == open.key
                    && shown.failed == failed
                    && shown.across == across
                    && shown.unfolded == unfolded
                    && shown.changes.as_ref().map(Arc::as_ptr) == changes.map(Arc::as_ptr)
                    && match (&shown.body, &body) {
                        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                        (None, None) => true,
                        _ => false,
                    }
            });
        if fresh {
            return;
        }
        let part = match state {
            Some(BodyState::Ready(body)) => BodyPart::Here(body),
            Some(BodyState::Failed(why)) => BodyPart::Failed(why),
            Some(BodyState::Wanted) | None => BodyPart::Coming,
        };
        let had_body = self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.body.is_some());
        let told = changes.map(|it| (&**it, unfolded));
        let before = std::mem::replace(
            &mut self.pieces,
            Pieces::new(open, story, &part, told, across),
        );
        self.made += 1;
        if same_story && before.leaves != self.pieces.leaves {
            // Numbers of words that are others now would select the wrong ones.
            self.selection.clear();
            self.lit.clear();
        }
        if same_story && had_body && body.is_some() {
            let (piece, fraction) = self.scroll.place();
            self.scroll
                .to(self.pieces.place_of(piece, &before), fraction);
        } else if !same_story || !had_body {
            let place = open.reading.places.get(&story.id).copied();
            self.scroll = Scroll::default();
            if body.is_some() {
                let place = place.unwrap_or_default();
                self.told = Some(place);
                self.scroll.to(place.block, place.offset);
            }
        }
        let folds = self.shown.as_ref().is_some_and(|it| it.unfolded) != unfolded;
        if !same_story || folds {
            // The texts have other numbers now.
            self.selection.clear();
            self.lit.clear();
        }
        self.shown = Some(Shown {
            pack: open.key,
            since: open.since,
            series: open.series().clone(),
            story: story.id.clone(),
            body,
            failed,
            changes: changes.cloned(),
            unfolded,
            across,
        });
    }

    /// Whether the body is on its way and the reader was deep in it: the top would only flash by.
    fn comes_back_deep(&self, open: &OpenPack, story: &Story) -> bool {
        let coming = self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.body.is_none() && !shown.failed);
        let place = open.reading.places.get(&story.id);
        coming && place.is_some_and(|place| place.block > 0)
    }

    fn select(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        ground: &Response,
        rect: Rect,
        placed: &[Placed],
    ) {
        let pointer = ui.input(|i| i.pointer.interact_pos());
        if ground.hovered() && pointer.is_some_and(|at| over_text(placed, at)) {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        let pressed = ui.input(|i| i.pointer.primary_pressed()) && ground.contains_pointer();
        if let (true, Some(at)) = (pressed, pointer.filter(|at| rect.contains(*at))) {
            let shift = ui.input(|i| i.modifiers.shift);
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
        self.keys(ui, cx);
        ground.context_menu(|ui| {
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
        });
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

    /// Tells the model where the reader is, once the page has come to rest.
    fn remember(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        if self.shown.as_ref().is_none_or(|shown| shown.body.is_none()) {
            return;
        }
        let place = self.place();
        if self.told == Some(place) {
            self.moved = None;
            return;
        }
        let now = ui.input(|i| i.time);
        if ui.input(|i| i.smooth_scroll_delta().y != 0.0) {
            self.moved = None;
        }
        let rested = now - *self.moved.get_or_insert(now);
        if rested >= SETTLE {
            cx.actions.extend(self.leave());
        } else {
            let rest = std::time::Duration::from_secs_f64(SETTLE - rested + 0.02);
            ui.request_repaint_after(rest);
        }
    }

    fn place(&self) -> Place {
        let (block, offset) = self.scroll.place();
        // A hundredth of a block is as near as anybody looks.
        let offset = (offset * 100.0).round() / 100.0;
        Place { block, offset }
    }

    /// Tells the model where the reader is in the story shown, unless it was told already.
    pub fn leave(&mut self) -> Option<Action> {
        let place = self.place();
        let shown = self.shown.as_ref().filter(|shown| shown.body.is_some())?;
        if self.told == Some(place) {
            return None;
        }
        self.told = Some(place);
        let (series, story) = (shown.series.clone(), shown.story.clone());
        Some(Action::Reached(series, story, place))
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

struct Page<'a, 'b> {
    cx: &'a mut Cx<'b>,
    open: &'a OpenPack,
    pieces: &'a Pieces,
    selection: &'a Selection,
    placed: &'a mut Vec<Placed>,
    left: f32,
    width: f32,
    narrow: bool,
}

impl Page<'_, '_> {
    fn flow(&mut self, index: usize, ui: Option<&mut Ui>, top: f32) -> f32 {
        let Some(piece) = self.pieces.all.get(index) else {
            return 0.0;
        };
        let zoom = self.cx.zoom();
        let canvas = ui.map(|ui| Canvas {
            ui,
            selection: self.selection,
            placed: &mut *self.placed,
        });
        let mut flow = Flow {
            cx: self.cx,
            open: self.open,
            canvas,
            zoom,
            narrow: self.narrow,
        };
        flow.piece(piece, pos2(self.left, top), self.width)
    }
}

impl Column for Page<'_, '_> {
    fn count(&self) -> usize {
        self.pieces.all.len()
    }

    fn height(&mut self, index: usize) -> f32 {
        self.flow(index, None, 0.0)
    }

    fn draw(&mut self, ui: &mut Ui, index: usize, rect: Rect) {
        self.flow(index, Some(ui), rect.top());
    }
}
