//! The top of the page: what there is, which of it is listed, in which order, found by which words and tags.

use std::cmp::Reverse;

use eframe::egui::{
    self, Align, Id, Layout, Popup, Rect, RichText, Role, Ui, UiBuilder, pos2, vec2,
};

use super::{Page, drawer_name};
use crate::model::{Action, Drawer, FilingAction, Sort};
use crate::theme::scale;
use crate::typeset::access;
use crate::ui::chips::{Chip, Chips};
use crate::ui::find_field::{self, FindField};
use crate::ui::icons::{self, Icon};
use crate::ui::sidebar::grouped;
use crate::ui::widgets::tab_row;

/// The most tags that are shown, and in how many rows: those of the most bookmarks.
const TAGS: usize = 40;
const TAG_ROWS: usize = 2;

/// The id of the field of words to find.
pub fn find_id() -> Id {
    Id::unique("find bookmarks")
}

impl Page<'_, '_> {
    /// The top of the page.
    pub fn head(&mut self, draw: Option<(&mut Ui, Rect)>) -> f32 {
        let title = self.cx.set("Bookmarks", &scale::MASTHEAD, self.width);
        let words = self.words();
        let note = self
            .cx
            .set(&words, &scale::PLAIN_SOFT, self.width.min(520.0));
        let chips = self.tags();
        let tags_height = if chips.size.y > 0.0 {
            chips.size.y + 14.0
        } else {
            0.0
        };
        let text = 26.0 + title.size().y + 4.0 + note.size().y;
        let tools = 10.0 + 42.0 + 12.0 + find_field::HEIGHT + 14.0;
        let here = self.cx.model.all_marks_here();
        let height = text + if here { tools + tags_height } else { 0.0 } + 8.0;
        let Some((ui, rect)) = draw else {
            return height;
        };
        let mut at = pos2(self.left, rect.top() + 26.0);
        self.cx.paint(ui, &title, at);
        let area = Rect::from_min_size(at, title.size());
        let id = Id::unique("bookmarks title");
        access::node(ui, id, area, Role::Heading, "Bookmarks", Some(1));
        at.y += title.size().y + 4.0;
        self.cx.paint(ui, &note, at);
        let area = Rect::from_min_size(at, note.size());
        let id = Id::unique("bookmarks note");
        access::node(ui, id, area, Role::Label, &words, None);
        if !here {
            return height;
        }
        at.y += note.size().y + 10.0;
        self.drawers(ui, at.y);
        at.y += 42.0 + 12.0;
        self.find(
            ui,
            Rect::from_min_size(at, vec2(self.width, find_field::HEIGHT)),
        );
        at.y += find_field::HEIGHT + 14.0;
        for (tag, response) in chips.draw(ui, self.cx, Id::unique("tags"), at) {
            if response.clicked() {
                self.cx
                    .act(Action::Filing(FilingAction::Tag(tag.to_owned())));
            }
        }
        height
    }

    /// A sentence about what is listed.
    fn words(&self) -> String {
        let (model, count) = (self.cx.model, self.count);
        let filing = &model.filing;
        if !model.all_marks_here() {
            return "Your bookmarks are being read…".to_owned();
        }
        if filing.is_narrowed() {
            let what = match filing.drawer {
                Drawer::Bookmarks => "bookmarks",
                Drawer::Highlights => "highlights",
                Drawer::Removed => "of what was removed",
            };
            return match count {
                0 if filing.is_finding() => "Looking…".to_owned(),
                0 => "Nothing is found. Clear the field, or choose fewer tags.".to_owned(),
                1 => "One is found.".to_owned(),
                _ => format!("{} {what} are found.", grouped(count)),
            };
        }
        match (filing.drawer, count) {
            (Drawer::Bookmarks, 0) => "Press B while reading a story, or click its ribbon, and it is kept here. Bookmarks stay when the pack they came from is gone.".to_owned(),
            (Drawer::Bookmarks, 1) => "One story, kept on this computer.".to_owned(),
            (Drawer::Bookmarks, _) => format!("{} stories, kept on this computer.", grouped(count)),
            (Drawer::Highlights, 0) => "Select a passage of a story and mark it; it is kept here with its own words, also when the story changes.".to_owned(),
            (Drawer::Highlights, 1) => "One passage, kept on this computer.".to_owned(),
            (Drawer::Highlights, _) => format!("{} passages, kept on this computer.", grouped(count)),
            (Drawer::Removed, 0) => "Nothing was removed. What you remove stays here, so that you can put it back.".to_owned(),
            (Drawer::Removed, _) => "What you removed stays here, so that you can put it back.".to_owned(),
        }
    }

    fn drawers(&mut self, ui: &mut Ui, top: f32) {
        let filing = &self.cx.model.filing;
        let counts = [
            (Drawer::Bookmarks, self.cx.model.bookmarks_in_all()),
            (Drawer::Highlights, filing.highlights()),
            (Drawer::Removed, filing.removed()),
        ];
        let tabs = counts.map(|(drawer, count)| {
            let name = format!("{} {}", drawer_name(drawer), grouped(count));
            let chosen = filing.drawer == drawer;
            (name, chosen, Action::Filing(FilingAction::Open(drawer)))
        });
        let at = pos2(self.left, top);
        let end = tab_row(ui, self.cx, Id::unique("drawers"), tabs, at);
        let rect = Rect::from_min_max(
            pos2(end, top + 5.0),
            pos2(self.left + self.width, top + 37.0),
        );
        let mut right = ui.new_child(
            UiBuilder::new()
                .max_rect(rect)
                .layout(Layout::right_to_left(Align::Center)),
        );
        right.spacing_mut().item_spacing.x = 4.0;
        self.order(&mut right);
        if filing.drawer == Drawer::Bookmarks && self.count > 0 {
            let name = if filing.chosen.is_some() {
                "Done"
            } else {
                "Choose…"
            };
            if quiet(&mut right, self.cx.tokens.soft, name).clicked() {
                self.cx.act(Action::Filing(FilingAction::Choose));
            }
        }
        let line = top + 42.0;
        let span = self.left..=self.left + self.width;
        ui.painter()
            .hline(span, line.round() - 0.5, (1.0, self.cx.tokens.rule));
    }

    fn order(&mut self, ui: &mut Ui) {
        let filing = &self.cx.model.filing;
        let removed = filing.drawer == Drawer::Removed;
        let name = |sort| match sort {
            Sort::Saved if removed => "Removed last",
            Sort::Saved => "Saved last",
            Sort::StoryDate => "Story date",
            Sort::Publisher => "Publisher",
        };
        let now = filing.sort;
        let soft = self.cx.tokens.soft;
        // Room for the icon at the end.
        let button = quiet(ui, soft, &format!("{}      ", name(now)));
        let end = button.rect.right_center() - vec2(14.0, 0.0);
        let end = Rect::from_center_size(end, vec2(12.0, 12.0));
        icons::paint(ui.painter(), Icon::Down, end, 12.0, soft);
        button.widget_info(|| {
            let text = format!("Order: {}", name(now));
            egui::WidgetInfo::labeled(egui::Role::Button, true, text)
        });
        Popup::menu(&button).gap(4.0).show(|ui| {
            ui.set_min_width(150.0);
            ui.spacing_mut().button_padding = vec2(10.0, 6.0);
            for sort in Sort::ALL {
                let mark = if sort == now { "✓ " } else { "" };
                if ui.button(format!("{mark}{}", name(sort))).clicked() {
                    self.cx.act(Action::Filing(FilingAction::Sort(sort)));
                    ui.close();
                }
            }
        });
    }

    fn find(&mut self, ui: &mut Ui, rect: Rect) {
        let field = FindField {
            id: find_id(),
            hint: "Find by words, tags or notes",
            clear: "Clear the field",
        };
        let found = field.ui(ui, self.cx, rect, self.typed, self.focus);
        if found.changed {
            let words = self.typed.clone();
            self.cx.act(Action::Filing(FilingAction::Find(words)));
        }
    }

    fn tags(&mut self) -> Chips {
        let filing = &self.cx.model.filing;
        if filing.drawer != Drawer::Bookmarks {
            return Chips::lay(self.cx, [], self.width, TAG_ROWS);
        }
        let mut tags: Vec<(&str, usize)> = filing.tag_counts().collect();
        tags.sort_by_key(|(tag, count)| (!filing.tags.contains(*tag), Reverse(*count)));
        // A tag that no bookmark has any longer can still be what the list is narrowed to.
        let lost = filing.tags.iter().map(String::as_str);
        let lost = lost.filter(|tag| !tags.iter().any(|(it, _)| it == tag));
        let lost: Vec<(&str, usize)> = lost.map(|tag| (tag, 0)).collect();
        let chips = lost.into_iter().chain(tags).take(TAGS).map(|(tag, count)| {
            let chosen = filing.tags.contains(tag);
            Chip {
                label: tag.to_owned(),
                name: format!("Tag {tag}, {}", grouped(count)),
                chosen,
            }
        });
        let chips: Vec<Chip> = chips.collect();
        Chips::lay(self.cx, chips, self.width, TAG_ROWS)
    }
}

/// A button that is words without a frame.
fn quiet(ui: &mut Ui, colour: egui::Color32, words: &str) -> egui::Response {
    ui.add(
        egui::Button::new(RichText::new(words).color(colour).size(13.0)).frame_when_inactive(false),
    )
}
