//! The story on the page: laid out piece by piece, selected with the pointer, remembered where it was left.

mod changed;
mod changes;
mod filed;
mod flow;
mod highlights;
mod lit;
mod piece;
mod place;
mod quoted;
mod reach;
mod select;
mod table;

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{Id, Rect, Ui, pos2};

use self::flow::{Canvas, Drawn, Flow, related_columns};
use self::highlights::{Card, Highlights};
use self::lit::Lit;
use self::piece::{BodyPart, Piece, Pieces};
use super::context::Cx;
use super::scroll::{Column, Scroll, key_of};
use crate::model::{
    Action, BodyState, HighlightId, Model, OpenPack, PackKey, Place, SeriesId, Story, StoryBody,
    StoryChanges, StoryId, Whereabouts,
};
use crate::theme::scale;
use crate::typeset::Selection;

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
    /// Whether the pointer is selecting.
    pressing: bool,
    /// The leaves that were in view in the last frame.
    seen: Range<usize>,
    highlights: Highlights,
    card: Option<Card>,
    /// The passage that the menu is about.
    menu_on: Option<HighlightId>,
    /// The newest passage that was brought into view, by its count.
    shown_passage: u64,
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
        self.make(cx.model, open, story, across);
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
        self.bring(cx.model);

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
            self.highlights.made(),
            cx.model.filing.revision(),
        ));
        let mut drawn = Drawn::default();
        let mut page = Page {
            cx,
            open,
            pieces: &self.pieces,
            selection: &self.selection,
            highlights: &self.highlights,
            drawn: &mut drawn,
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
        self.lit
            .draw(ui, tokens, rect, &drawn.placed, &mut self.scroll);
        let leaves = || drawn.placed.iter().map(|placed| placed.leaf);
        self.seen = leaves().min().unwrap_or(0)..leaves().max().map_or(0, |last| last + 1);
        self.select(ui, cx, &ground, rect, &drawn);
        self.hover(ui, cx, rect, &drawn);
        self.remember(ui, cx);
    }

    fn shows(&self, open: &OpenPack, story: &Story) -> bool {
        let shown = self.shown.as_ref();
        shown.is_some_and(|shown| shown.since == open.since && shown.story == story.id)
    }

    /// Makes the pieces anew when the story or its body is another than before.
    fn make(&mut self, model: &Model, open: &OpenPack, story: &Story, across: usize) {
        let state = open.body(&story.id);
        let body = match state {
            Some(BodyState::Ready(body)) => Some(body.clone()),
            _ => None,
        };
        let failed = matches!(state, Some(BodyState::Failed(_)));
        let changes = open.changes(&story.id);
        let unfolded = model.changes_unfolded && changes.is_some();
        let otherwise = self.highlights.update(model, open, &story.id);
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
            if otherwise {
                self.list(true);
            }
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
        self.list(false);
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

    /// Lists the marked passages as they are now; the place on the page stays.
    fn list(&mut self, keep_place: bool) {
        self.highlights.set_texts(self.pieces.texts.clone());
        // They come with the text: what stands below it is not shown to be pushed away.
        let pieces = &self.pieces;
        let coming = pieces.texts.is_empty() && pieces.all.contains(&Piece::Coming);
        let count = self.highlights.entries().len();
        let count = if coming { 0 } else { count };
        let found = self.highlights.found();
        let (piece, fraction) = self.scroll.place();
        let now = self.pieces.list(found, count, piece);
        if keep_place && now != piece {
            self.scroll.to(now, fraction);
        }
    }

    /// Brings a passage into view that was asked for.
    fn bring(&mut self, model: &Model) {
        let Some((count, id)) = &model.highlighting.wanted else {
            return;
        };
        let coming = self.shown.as_ref().is_none_or(|it| it.body.is_none());
        if self.shown_passage == *count || coming {
            return;
        }
        let Some((nth, entry)) = self.highlights.entry(id) else {
            return;
        };
        match entry.place {
            Whereabouts::Sought => return,
            Whereabouts::Here(at) => {
                let leaf = self.highlights.leaf_of(at.start.block);
                if let Some((piece, fraction)) = self.pieces.holding(leaf) {
                    self.scroll.show_place(piece, fraction);
                }
            }
            // One heading stands above it, and another above those that are lost.
            Whereabouts::Lost => self
                .scroll
                .show_place(self.pieces.listed.start + nth + 2, 0.0),
        }
        self.shown_passage = *count;
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
            cx.actions.extend(self.tell_place());
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

    /// The reader leaves the story, or may: what the model was not told yet of what they did in it.
    pub fn leave(&mut self) -> Vec<Action> {
        let written = self.card.as_mut().and_then(Card::written);
        self.tell_place().into_iter().chain(written).collect()
    }

    /// Tells the model where the reader is in the story shown, unless it was told already.
    fn tell_place(&mut self) -> Option<Action> {
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

struct Page<'a, 'b> {
    cx: &'a mut Cx<'b>,
    open: &'a OpenPack,
    pieces: &'a Pieces,
    selection: &'a Selection,
    highlights: &'a Highlights,
    drawn: &'a mut Drawn,
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
            drawn: &mut *self.drawn,
        });
        let mut flow = Flow {
            cx: self.cx,
            open: self.open,
            highlights: self.highlights,
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
