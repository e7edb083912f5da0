//! A bookmark in the list: what the story was, what the reader made of it, and how it stands now.

use std::rc::Rc;

use eframe::egui::{Id, Rect, Response, Role, Ui, pos2, vec2};

use super::Page;
use crate::model::{
    Action, BUILT_IN, CopyAction, CopyState, Date, FilingAction, Marked, Stamp, Standing,
};
use crate::theme::scale;
use crate::typeset::{Ink, Setting, Style, access};
use crate::ui::card::underline;
use crate::ui::chips::{Chip, Chips};
use crate::ui::icons::{self, Icon};
use crate::ui::meta::joined;
use crate::ui::widgets::{focus_ring, hot};

/// The most rows of tags in an entry.
const TAG_ROWS: usize = 3;
/// How far a note stands in.
const NOTE_INDENT: f32 = 14.0;

/// What an entry says, set.
struct Words {
    title: Rc<Setting>,
    summary: Option<Rc<Setting>>,
    /// From where, when saved, and how it stands.
    facts: Vec<Rc<Setting>>,
    note: Option<Rc<Setting>>,
    tags: Chips,
}

impl Words {
    fn height(&self) -> f32 {
        let summary = self.summary.as_ref().map_or(0.0, |it| it.size().y + 4.0);
        let facts: f32 = self.facts.iter().map(|it| it.size().y).sum();
        let note = self.note.as_ref().map_or(0.0, |it| it.size().y + 12.0);
        let tags = if self.tags.size.y > 0.0 {
            self.tags.size.y + 10.0
        } else {
            0.0
        };
        16.0 + self.title.size().y + summary + 6.0 + facts + note + tags + 16.0
    }
}

impl Page<'_, '_> {
    /// A bookmark in the list.
    pub fn entry(&mut self, marked: &Marked, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let words = self.entry_words(marked);
        let height = words.height();
        let Some((ui, rect)) = draw else {
            return height;
        };
        let bookmark = &marked.bookmark;
        let (series, story) = (&bookmark.series, &bookmark.story);
        let headline = headline(marked);
        let area = self.area(rect.top(), height);
        let id = Id::unique(("bookmark", series.as_str(), story.as_str()));
        let chosen = self.cx.model.filing.chosen.as_ref();
        let chosen = chosen.map(|it| it.contains(&(series.clone(), story.clone())));
        let role = match chosen {
            Some(_) => Role::CheckBox,
            None => Role::Button,
        };
        let response = hot(ui, id, area, role, headline, chosen);
        if response.clicked() {
            let (series, story) = (series.clone(), story.clone());
            self.cx.act(match chosen {
                Some(_) => Action::Filing(FilingAction::Pick(series, story)),
                None => Action::ShowBookmark(series, story),
            });
        }
        if chosen == Some(true) {
            ui.painter().rect_filled(area, 8, self.cx.tokens.select);
        }
        let span = self.left..=self.left + self.width;
        ui.painter()
            .hline(span, rect.top().round() + 0.5, (1.0, self.cx.tokens.rule));
        self.paint_words(ui, &words, &response, id, rect.top());
        let spoken = spoken(marked, &words);
        access::node(ui, id.with("words"), area, Role::Paragraph, &spoken, None);
        match chosen {
            Some(chosen) => {
                let icon = if chosen { Icon::Done } else { Icon::Circle };
                let colour = if chosen {
                    self.cx.tokens.accent
                } else {
                    self.cx.tokens.soft
                };
                let at = self.button(rect.top(), 0);
                icons::paint(ui.painter(), icon, at, 19.0, colour);
            }
            None => self.buttons(ui, marked, id, rect.top()),
        }
        focus_ring(ui, self.cx, &response, area);
        height
    }

    fn entry_words(&mut self, marked: &Marked) -> Words {
        let (bookmark, was) = (&marked.bookmark, &marked.bookmark.was);
        let (zoom, width) = (self.cx.list_zoom(), self.width - 120.0);
        let title = scale::CARD.scaled(zoom);
        let style: Style = scale::CARD_SUMMARY.scaled(zoom).max_lines(2);
        let meta = scale::CAPTION.ink(Ink::Soft);
        let mut facts = vec![
            self.cx.set(&where_from(marked), &meta, width),
            self.cx.set(&saved_when(marked), &meta, width),
        ];
        let copies = &self.cx.model.copies;
        let (series, story) = (&bookmark.series, &bookmark.story);
        let copy = match copies.of(series, story) {
            Some(CopyState::Here(_)) => Some("A copy is kept"),
            Some(CopyState::Coming) => Some("Keeping a copy…"),
            None if copies.can_be_put_back(series, story) => Some("Its copy was removed"),
            None => None,
        };
        if let Some(words) = copy {
            facts.push(self.cx.set(words, &meta, width));
        }
        if let Some(words) = how_it_stands(self.cx.model.standing(bookmark)) {
            facts.push(self.cx.set(words, &meta.ink(Ink::Accent), width));
        }
        let note = bookmark.remark.text();
        let note_style = scale::PLAIN.scaled(zoom).max_lines(8);
        let tags = bookmark.tags.iter().map(|tag| Chip {
            label: tag.to_owned(),
            name: format!("Tag {tag}"),
            chosen: self.cx.model.filing.tags.contains(tag),
        });
        let tags: Vec<Chip> = tags.collect();
        Words {
            title: self.cx.set(headline(marked), &title, width),
            summary: (!was.summary.is_empty()).then(|| self.cx.set(&was.summary, &style, width)),
            facts,
            note: (!note.is_empty()).then(|| self.cx.set(&note, &note_style, width - NOTE_INDENT)),
            tags: Chips::lay(self.cx, tags, width, TAG_ROWS),
        }
    }

    fn paint_words(&mut self, ui: &Ui, words: &Words, response: &Response, id: Id, top: f32) {
        let mut at = pos2(self.left, top + 16.0);
        self.cx.paint(ui, &words.title, at);
        if response.hovered() {
            underline(ui, self.cx, &words.title, at);
        }
        at.y += words.title.size().y;
        if let Some(summary) = &words.summary {
            self.cx.paint(ui, summary, at + vec2(0.0, 4.0));
            at.y += 4.0 + summary.size().y;
        }
        at.y += 6.0;
        for fact in &words.facts {
            self.cx.paint(ui, fact, at);
            at.y += fact.size().y;
        }
        if let Some(note) = &words.note {
            at.y += 10.0;
            let bar = Rect::from_min_size(at, vec2(3.0, note.size().y));
            ui.painter().rect_filled(bar, 1, self.cx.tokens.note_edge);
            self.cx.paint(ui, note, at + vec2(NOTE_INDENT, 0.0));
            at.y += note.size().y + 2.0;
        }
        at.y += 10.0;
        for (tag, response) in words.tags.draw(ui, self.cx, id.with("tags"), at) {
            if response.clicked() {
                self.cx
                    .act(Action::Filing(FilingAction::Tag(tag.to_owned())));
            }
        }
    }

    /// What can be done with a bookmark: take it away or put it back, and change tags and note.
    fn buttons(&mut self, ui: &Ui, marked: &Marked, id: Id, top: f32) {
        let bookmark = &marked.bookmark;
        let (series, story) = (bookmark.series.clone(), bookmark.story.clone());
        let headline = headline(marked);
        if self.cx.model.copies.can_be_put_back(&series, &story) {
            let name = format!("Put the copy back: {headline}");
            let icon = (Icon::Keep, name.as_str(), "Put the copy back");
            // Beyond those that the bookmark itself has.
            let place = if marked.is_there() { 2 } else { 1 };
            if self.icon(ui, id.with("copy"), icon, (top, place), false) {
                let back = CopyAction::Restore(series.clone(), story.clone());
                self.cx.act(Action::Copies(back));
            }
        }
        if !marked.is_there() {
            let name = format!("Put the bookmark back: {headline}");
            if self.icon(
                ui,
                id.with("restore"),
                (Icon::Undo, &name, "Put it back"),
                (top, 0),
                false,
            ) {
                self.cx.act(Action::RestoreBookmark(series, story));
            }
            return;
        }
        let icon = if marked.is_saved() {
            Icon::Marked
        } else {
            Icon::Unmarked
        };
        let name = format!("Remove the bookmark: {headline}");
        if self.icon(
            ui,
            id.with("remove"),
            (icon, &name, "Remove the bookmark"),
            (top, 0),
            true,
        ) {
            let (series, story) = (series.clone(), story.clone());
            self.cx.act(Action::RemoveBookmark(series, story));
        }
        let name = format!("Tags and note: {headline}");
        if self.icon(
            ui,
            id.with("note"),
            (Icon::Note, &name, "Tags and note"),
            (top, 1),
            false,
        ) {
            self.cx
                .act(Action::Filing(FilingAction::Edit(series, story)));
        }
    }

    /// A button beside an item: its icon, its name and a hint. Returns whether it was clicked.
    pub fn icon(
        &mut self,
        ui: &Ui,
        id: Id,
        (icon, name, hint): (Icon, &str, &str),
        (top, place): (f32, usize),
        accent: bool,
    ) -> bool {
        let rect = self.button(top, place);
        let response = hot(ui, id, rect, Role::Button, name, None);
        let t = self.cx.tokens;
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 7, t.hover);
        }
        let colour = if accent { t.accent } else { t.soft };
        icons::paint(ui.painter(), icon, rect, 17.0, colour);
        focus_ring(ui, self.cx, &response, rect);
        response.on_hover_text(hint).clicked()
    }
}

fn headline(marked: &Marked) -> &str {
    let bookmark = &marked.bookmark;
    if bookmark.was.headline.is_empty() {
        bookmark.story.as_str()
    } else {
        &bookmark.was.headline
    }
}

/// The entry as it is read aloud.
fn spoken(marked: &Marked, words: &Words) -> String {
    let facts = words.facts.iter().map(|it| it.text());
    let summary = std::iter::once(marked.bookmark.was.summary.as_str());
    let note = marked.bookmark.remark.text();
    let note = if note.is_empty() {
        note
    } else {
        format!("Note: {note}")
    };
    let parts: Vec<&str> = summary
        .chain(facts)
        .chain([note.as_str()])
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(". ")
}

/// A sentence on how a bookmark stands to the open pack, where there is something to say.
fn how_it_stands(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Unknown | Standing::Same => None,
        Standing::Changed => Some("Changed since you bookmarked it"),
        Standing::Missing => Some("Not in the edition that is open; the bookmark is kept"),
        Standing::Another => Some("The open pack uses the same names, and is another publisher's"),
    }
}

/// Whose story it was, when it appeared, and which pack it came from.
fn where_from(marked: &Marked) -> String {
    let was = &marked.bookmark.was;
    let day = was.published.as_deref().and_then(Date::parse);
    let origin = if was.origin == BUILT_IN {
        "comes with Offprint".to_owned()
    } else {
        was.origin.clone()
    };
    let pack = match (was.pack_title.is_empty(), was.edition.is_empty()) {
        _ if marked.bookmark.web_address().is_some() => "on the web".to_owned(),
        (true, _) => marked.bookmark.series.to_string(),
        (false, true) => was.pack_title.clone(),
        (false, false) => format!("{}, edition {}", was.pack_title, was.edition),
    };
    let parts = [
        was.publisher.clone(),
        day.map(Date::day).unwrap_or_default(),
        pack,
        origin,
    ];
    joined(parts.iter().map(String::as_str), "  ·  ")
}

/// When it was saved or taken away, or that the disk does not know yet.
fn saved_when(marked: &Marked) -> String {
    let life = &marked.bookmark.life;
    if !marked.is_saved() {
        return "Not saved yet".to_owned();
    }
    let (word, at) = if marked.is_there() {
        ("Bookmarked", life.made)
    } else {
        ("Removed", life.removed)
    };
    when(word, at)
}

/// What happened, and when, where that is known.
pub fn when(word: &str, at: Stamp) -> String {
    match at.date() {
        Some(date) => format!("{word} {} UTC", date.long()),
        None => word.to_owned(),
    }
}
