//! A marked passage in the list: its words, what the reader wrote beside it, and where it is from.

use eframe::egui::{Id, Rect, Role, Stroke, StrokeKind, Ui, pos2, vec2};

use super::Page;
use super::entry::when;
use crate::model::{Action, HighlightAction, Passage};
use crate::theme::scale;
use crate::typeset::{Ink, access};
use crate::ui::icons::Icon;
use crate::ui::meta::joined;
use crate::ui::widgets::{focus_ring, hot, marked_ground};

/// How far the words stand in.
const INDENT: f32 = 16.0;

impl Page<'_, '_> {
    /// A marked passage in the list.
    pub fn passage(&mut self, passage: &Passage, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let highlight = &passage.highlight;
        let (zoom, width) = (self.cx.list_zoom(), self.width - 120.0);
        let quote = scale::NOTE.scaled(zoom).max_lines(8);
        let quote = self.cx.set(&highlight.anchor.quote, &quote, width - INDENT);
        let note = highlight.remark.text();
        let note = (!note.is_empty()).then(|| {
            let style = scale::PLAIN.scaled(zoom).max_lines(8);
            self.cx.set(&note, &style, width - INDENT)
        });
        let saved = match (passage.waiting, highlight.is_there()) {
            (0, true) => when("Marked", highlight.life.made),
            (0, false) => when("Removed", highlight.life.removed),
            _ => "Not saved yet".to_owned(),
        };
        let facts = [&*highlight.was.headline, &highlight.was.publisher, &saved];
        let facts = joined(facts, "  ·  ");
        let meta = self
            .cx
            .set(&facts, &scale::CAPTION.ink(Ink::Soft), width - INDENT);
        let note_height = note.as_ref().map_or(0.0, |it| it.size().y + 6.0);
        let height = 18.0 + quote.size().y + note_height + 6.0 + meta.size().y + 18.0;
        let Some((ui, rect)) = draw else {
            return height;
        };
        let (series, name) = (highlight.series.clone(), highlight.id.clone());
        let area = self.area(rect.top(), height);
        let id = Id::unique(("passage", series.as_str(), name.as_str()));
        let response = hot(ui, id, area, Role::Button, &highlight.anchor.quote, None);
        if response.clicked() {
            let show = HighlightAction::Show(series.clone(), name.clone());
            self.cx.act(Action::Highlights(show));
        }
        let span = self.left..=self.left + self.width;
        ui.painter()
            .hline(span, rect.top().round() + 0.5, (1.0, self.cx.tokens.rule));
        let mut at = pos2(self.left, rect.top() + 18.0);
        let bar = Rect::from_min_size(at, vec2(6.0, quote.size().y));
        let edge = Stroke::new(1.0, self.cx.tokens.faint);
        let colour = marked_ground(self.cx.tokens, highlight.colour.1);
        ui.painter().rect(bar, 2, colour, edge, StrokeKind::Inside);
        at.x += INDENT;
        self.cx.paint(ui, &quote, at);
        at.y += quote.size().y + 6.0;
        if let Some(note) = &note {
            self.cx.paint(ui, note, at);
            at.y += note.size().y + 6.0;
        }
        self.cx.paint(ui, &meta, at);
        access::node(ui, id.with("words"), area, Role::Paragraph, &facts, None);
        if highlight.is_there() {
            let said = format!("Remove the highlight: {}", highlight.anchor.quote);
            let icon = (Icon::Close, said.as_str(), "Remove the highlight");
            if self.icon(ui, id.with("remove"), icon, (rect.top(), 0), false) {
                let remove = HighlightAction::Remove(series, name);
                self.cx.act(Action::Highlights(remove));
            }
        } else {
            let name_said = format!("Put the highlight back: {}", highlight.anchor.quote);
            let icon = (Icon::Undo, name_said.as_str(), "Put it back");
            if self.icon(ui, id.with("restore"), icon, (rect.top(), 0), false) {
                let back = HighlightAction::Restore(series, name);
                self.cx.act(Action::Highlights(back));
            }
        }
        focus_ring(ui, self.cx, &response, area);
        height
    }
}
